//! Near-duplicates among many documents.

use rayon::prelude::*;

use super::minhash::{Bands, MinHash, common, shingles};
use super::normalize::{Folded, hash, mix};
use crate::error::{Error, Result};
use crate::run::Watch;

/// What counts as a near-duplicate, and how it is looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearOptions {
    /// Least Jaccard similarity of the sets of n-grams.
    pub min_similarity: f64,
    /// Length of the n-grams.
    pub n: usize,
    /// Length of the signatures.
    pub hashes: usize,
    /// Least probability that a pair at `min_similarity` is found.
    pub recall: f64,
    /// Of the hash functions.
    pub seed: u64,
}

impl Default for NearOptions {
    fn default() -> Self {
        Self {
            min_similarity: 0.8,
            n: 5,
            hashes: 128,
            recall: 0.95,
            seed: 1,
        }
    }
}

/// A pair of near-duplicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Number of the first document, less than that of the second.
    pub first: u32,
    /// Number of the second document.
    pub second: u32,
    /// Jaccard similarity, exact.
    pub similarity: f64,
    /// Common n-grams over those of the document with fewer, exact.
    pub containment: f64,
}

/// All pairs that were found, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct NearFound {
    /// By first and second document.
    pub pairs: Vec<Near>,
    /// Documents without a letter or digit, which are no duplicates of anything.
    pub empty: Vec<u32>,
    /// The bands.
    pub bands: Bands,
    /// Pairs whose similarity was computed.
    pub candidates: u64,
}

/// Documents whose sets may be held in memory at once while candidates are checked.
const CHUNK: usize = 4096;

/// Finds pairs of documents whose sets of n-grams have a Jaccard similarity of at least `min_similarity`: candidates by `MinHash` in bands,
/// each checked exactly (on 64-bit hashes of the n-grams). Memory: 4 bytes a permutation and document, 8 a candidate.
///
/// # Errors
/// [`Error::Parameter`] for options out of range; [`Error::Interrupted`].
pub fn near_duplicates(texts: &[Folded], options: NearOptions, watch: &Watch) -> Result<NearFound> {
    let bands = Bands::choose(options.hashes, options.min_similarity, options.recall)?;
    if options.n == 0 {
        return Err(Error::parameter("size", "at least 1", options.n));
    }
    let family = MinHash::new(options.hashes, options.seed)?;
    let width = options.hashes;
    // Identical texts are one text here, or a page that stands a thousand times would give half a million candidates.
    let classes = identical(texts);
    let mut signatures = vec![0u32; classes.len() * width];
    signatures
        .par_chunks_mut(width)
        .zip(&classes)
        .try_for_each(|(row, class)| {
            let set = shingles(&texts[class[0] as usize].chars, options.n);
            row.copy_from_slice(&family.signature(&set));
            watch.step(class.len() as u64)
        })?;
    let empty: Vec<u32> = (0u32..)
        .zip(texts)
        .filter(|(_, text)| !text.has_letters())
        .map(|(document, _)| document)
        .collect();
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for band in 0..bands.bands {
        watch.step(0)?;
        let mut keys: Vec<(u64, u32)> = (0u32..)
            .zip(signatures.chunks(width))
            .map(|(class, signature)| {
                let rows = &signature[band * bands.rows..(band + 1) * bands.rows];
                (
                    rows.iter().fold(band as u64, |h, &v| mix(h ^ u64::from(v))),
                    class,
                )
            })
            .collect();
        keys.par_sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
            for (i, &(_, first)) in bucket.iter().enumerate() {
                candidates.extend(bucket[i + 1..].iter().map(|&(_, second)| (first, second)));
            }
        }
        // Bands agree on most pairs: repeats go before they pile up.
        candidates.par_sort_unstable();
        candidates.dedup();
    }
    let mut pairs: Vec<Near> = Vec::new();
    let mut put = |x: u32, y: u32, similarity: f64, containment: f64| {
        pairs.push(Near {
            first: x.min(y),
            second: x.max(y),
            similarity,
            containment,
        });
    };
    for class in &classes {
        for (i, &first) in class.iter().enumerate() {
            for &second in &class[i + 1..] {
                put(first, second, 1.0, 1.0);
            }
        }
    }
    for chunk in candidates.chunks(CHUNK) {
        watch.step(0)?;
        let found: Vec<(u32, u32, f64, f64)> = chunk
            .par_chunk_by(|a, b| a.0 == b.0)
            .flat_map_iter(|of| {
                let set = |class: u32| shingles(&texts[classes[class as usize][0] as usize].chars, options.n);
                let first = set(of[0].0);
                of.iter()
                    .filter_map(|&(a, b)| {
                        let second = set(b);
                        let both = common(&first, &second) as f64;
                        let similarity = both / ((first.len() + second.len()) as f64 - both);
                        let containment = both / first.len().min(second.len()) as f64;
                        (similarity >= options.min_similarity).then_some((a, b, similarity, containment))
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        for (a, b, similarity, containment) in found {
            for &x in &classes[a as usize] {
                for &y in &classes[b as usize] {
                    put(x, y, similarity, containment);
                }
            }
        }
    }
    pairs.par_sort_unstable_by_key(|pair| (pair.first, pair.second));
    Ok(NearFound {
        pairs,
        empty,
        bands,
        candidates: candidates.len() as u64,
    })
}

/// Documents with the same folded text together, in the order of their first; those without a letter or digit are left out.
fn identical(texts: &[Folded]) -> Vec<Vec<u32>> {
    let mut order: Vec<(u64, u32)> = (0u32..)
        .zip(texts)
        .filter(|(_, text)| text.has_letters())
        .map(|(document, text)| (hash(&text.chars), document))
        .collect();
    order.par_sort_unstable();
    let mut classes: Vec<Vec<u32>> = Vec::with_capacity(order.len());
    for same_hash in order.chunk_by(|a, b| a.0 == b.0) {
        let from = classes.len();
        for &(_, document) in same_hash {
            let chars = &texts[document as usize].chars;
            match classes[from..]
                .iter()
                .position(|class| texts[class[0] as usize].chars == *chars)
            {
                Some(place) => classes[from + place].push(document),
                None => classes.push(vec![document]),
            }
        }
    }
    classes.sort_unstable();
    classes
}
