//! `MinHash` signatures and how to cut them into bands.
//!
//! `MinHash`: Broder, "On the resemblance and containment of documents", 1997. The share of equal places of two signatures estimates the
//! Jaccard similarity of the two sets. Bands: Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, section 3.4: with b bands of
//! r rows two documents of similarity s become candidates with probability 1 − (1 − s^r)^b.

use super::normalize::{hash, mix};
use crate::error::{Error, Result};

/// The set of n-grams of a folded text, as sorted hashes without repeats. A text shorter than `n` has one: itself. An empty text has
/// none. A run of more than `n` digits is one n-gram more, or 100000 and 1000000 would have the same ones.
pub fn shingles(chars: &[char], n: usize) -> Vec<u64> {
    if chars.is_empty() {
        return Vec::new();
    }
    let n = n.max(1);
    let mut set: Vec<u64> = if chars.len() < n {
        vec![hash(chars)]
    } else {
        chars.windows(n).map(hash).collect()
    };
    let digits = chars.split(|c| !c.is_ascii_digit());
    set.extend(digits.filter(|run| run.len() > n).map(hash));
    set.sort_unstable();
    set.dedup();
    set
}

/// Number of common members of two sorted sets.
pub fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    both
}

/// A family of hash functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinHash {
    /// Odd factors and summands.
    functions: Vec<(u64, u64)>,
}

impl MinHash {
    /// `hashes` functions (a·x + b) mod 2^64, upper half, with a odd: Dietzfelbinger et al. 1997, from splitmix64 of the seed.
    ///
    /// # Errors
    /// [`Error::Parameter`] for none or more than 4096.
    pub fn new(hashes: usize, seed: u64) -> Result<Self> {
        if !(1..=4096).contains(&hashes) {
            return Err(Error::parameter("hashes", "between 1 and 4096", hashes));
        }
        let mut state = mix(seed ^ 0x6475_697A_6861_6F00);
        let mut next = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            mix(state)
        };
        Ok(Self {
            functions: (0..hashes).map(|_| (next() | 1, next())).collect(),
        })
    }

    /// The smallest value of each function over the set; all `u32::MAX` for the empty set.
    pub fn signature(&self, set: &[u64]) -> Vec<u32> {
        self.functions
            .iter()
            .map(|&(a, b)| {
                set.iter()
                    .map(|&x| (a.wrapping_mul(x).wrapping_add(b) >> 32) as u32)
                    .min()
                    .unwrap_or(u32::MAX)
            })
            .collect()
    }
}

/// Bands and rows of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// Number of bands.
    pub bands: usize,
    /// Values in each.
    pub rows: usize,
}

impl Bands {
    /// The widest bands (fewest false candidates) with which a pair of similarity `min_similarity` is found with probability `recall` at least.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a similarity or recall out of range, or a similarity so low that even bands of one row do not give the recall.
    pub fn choose(hashes: usize, min_similarity: f64, recall: f64) -> Result<Self> {
        if !(min_similarity > 0.0 && min_similarity <= 1.0) {
            return Err(Error::parameter(
                "min_similarity",
                "above 0 and at most 1",
                min_similarity,
            ));
        }
        if !(recall > 0.0 && recall < 1.0) {
            return Err(Error::parameter("recall", "above 0 and below 1", recall));
        }
        (1..=hashes)
            .rev()
            .map(|rows| Self {
                bands: hashes / rows,
                rows,
            })
            .find(|bands| bands.recall(min_similarity) >= recall)
            .ok_or_else(|| {
                Error::parameter(
                    "hashes",
                    format!("enough for recall {recall} at similarity {min_similarity}"),
                    hashes,
                )
            })
    }

    /// Probability that a pair of this similarity becomes a candidate: 1 − (1 − s^r)^b.
    pub fn recall(self, similarity: f64) -> f64 {
        let rows = i32::try_from(self.rows).unwrap_or(i32::MAX);
        let bands = i32::try_from(self.bands).unwrap_or(i32::MAX);
        1.0 - (1.0 - similarity.clamp(0.0, 1.0).powi(rows)).powi(bands)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bands_of_the_book() {
        // Leskovec, Rajaraman & Ullman, figure 3.8 (section 3.4.2): b = 20, r = 5.
        let bands = Bands { bands: 20, rows: 5 };
        for (s, p) in [
            (0.2, 0.006),
            (0.3, 0.047),
            (0.4, 0.186),
            (0.5, 0.470),
            (0.6, 0.802),
            (0.7, 0.975),
            (0.8, 0.9996),
        ] {
            assert!((bands.recall(s) - p).abs() < 6e-4, "{s}: {}", bands.recall(s));
        }
    }

    #[test]
    fn chosen_bands_keep_the_promise() {
        for min_similarity in [0.1, 0.3, 0.5, 0.8, 0.95, 1.0] {
            let bands = Bands::choose(128, min_similarity, 0.95).unwrap();
            assert!(bands.recall(min_similarity) >= 0.95 && bands.bands * bands.rows <= 128);
        }
        assert!(Bands::choose(128, 0.001, 0.99).is_err());
        assert!(Bands::choose(128, 0.0, 0.9).is_err() && Bands::choose(128, 0.5, 1.0).is_err());
        assert!(MinHash::new(0, 1).is_err());
    }
}
