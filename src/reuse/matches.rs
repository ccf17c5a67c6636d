//! Passages that documents share, all pairs of documents at once.

use rayon::prelude::*;

use super::chain::{self, Block, Joining, Passage, to_u32};
use super::normalize::Folded;
use super::seeds::{Index, Posting};
use crate::error::{Error, Result};
use crate::run::Watch;

/// What counts as a shared passage.
#[derive(Debug, Clone, PartialEq)]
pub struct ReuseOptions {
    /// Least number of equal (folded) characters.
    pub min_chars: u32,
    /// Length of the n-grams that matches grow from; at most `min_chars`.
    pub seed_chars: u32,
    /// Most characters between two exact matches of one edited passage; 0: exact matches only.
    pub max_gap: u32,
    /// Least share of equal columns of an edited passage, 0 to 1.
    pub min_identity: f64,
    /// n-grams of more documents than this start no match.
    pub max_doc_freq: Option<u32>,
    /// Documents that all others may have copied from.
    pub baseline: Vec<bool>,
}

impl Default for ReuseOptions {
    fn default() -> Self {
        Self {
            min_chars: 12,
            seed_chars: 8,
            max_gap: 16,
            min_identity: 0.8,
            max_doc_freq: None,
            baseline: Vec::new(),
        }
    }
}

impl ReuseOptions {
    fn check(&self, documents: usize) -> Result<()> {
        let wrong = |argument: &'static str, allowed: String, found: String| {
            Err(Error::parameter(argument, allowed, found))
        };
        if self.min_chars < 2 {
            return wrong("min_chars", "at least 2".to_owned(), self.min_chars.to_string());
        }
        if self.seed_chars < 2 || self.seed_chars > self.min_chars {
            let allowed = format!("between 2 and `min_chars` ({})", self.min_chars);
            return wrong("seed_chars", allowed, self.seed_chars.to_string());
        }
        if !(0.5..=1.0).contains(&self.min_identity) {
            let allowed = "between 0.5 and 1".to_owned();
            return wrong("min_identity", allowed, self.min_identity.to_string());
        }
        if self.max_gap > 200 {
            return wrong("max_gap", "at most 200".to_owned(), self.max_gap.to_string());
        }
        if self.max_doc_freq.is_some_and(|most| most < 2) {
            return wrong("max_doc_freq", "at least 2".to_owned(), "less".to_owned());
        }
        if !self.baseline.is_empty() && self.baseline.len() != documents {
            let allowed = format!("one flag a document ({documents})");
            return Err(Error::data("baseline", allowed, self.baseline.len()));
        }
        Ok(())
    }
}

/// One passage of two documents; spans in folded characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Number of the first document, less than that of the second.
    pub first: u32,
    /// Number of the second document.
    pub second: u32,
    /// Where it stands in the first.
    pub span_1: (u32, u32),
    /// Where it stands in the second.
    pub span_2: (u32, u32),
    /// Characters that are the same.
    pub same: u32,
    /// Columns of the alignment.
    pub columns: u32,
    /// Least document frequency of its n-grams: at most so many documents have the whole passage.
    pub doc_freq: u32,
    /// Mean of [`rarity`] over its n-grams, 0 (boilerplate of all documents) to 1 (these two only).
    pub weight: f64,
    /// Share of its n-grams that stand in a baseline document.
    pub in_baseline: f64,
}

/// All passages, and what was not looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// By first and second document, then by place.
    pub matches: Vec<Match>,
    /// Shared n-grams (of those that winnowing keeps) in more than `max_doc_freq` documents, which started no match.
    pub skipped: u64,
    /// Shared n-grams altogether.
    pub shared: u64,
}

/// How rare an n-gram of `doc_freq` of `n` documents is: ln(n / df) / ln(n / 2), the inverse document frequency (Spärck Jones 1972)
/// scaled so that two documents give 1 and all documents 0; 1 where there are only two documents.
pub fn rarity(doc_freq: u32, n: usize) -> f64 {
    if n <= 2 {
        return 1.0;
    }
    let n = n as f64;
    ((n / f64::from(doc_freq.max(1))).ln() / (n / 2.0).ln()).clamp(0.0, 1.0)
}

/// A seed that stands more often than this (product of both counts) in a pair of documents is not compared place by place.
const MANY_PLACES: usize = 64;

/// Finds all passages of all pairs of documents.
///
/// Every exact match of at least `min_chars` characters is found unless all n-grams in it are skipped; an edited passage is found if its
/// longest exact stretch has `min_chars`, and mostly if it has `seed_chars`. A match that repeats what better matches of the same pair cover already on
/// both sides is left out (see [`select`]). The result does not depend on the order of the documents, but for which side is the first.
///
/// # Errors
/// [`Error::Parameter`] and [`Error::Data`] for options out of range; [`Error::Interrupted`].
pub fn find(texts: &[Folded], options: &ReuseOptions, watch: &Watch) -> Result<Found> {
    options.check(texts.len())?;
    // Pairs are compared in an order of content, so that ties fall the same way whichever document comes first.
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.par_sort_by(|&x, &y| texts[x].chars.cmp(&texts[y].chars).then(x.cmp(&y)));
    let window = (options.min_chars - options.seed_chars + 1) as usize;
    let index = Index::new(texts, options.seed_chars as usize, window, watch)?;
    let mut rank = vec![0u32; texts.len()];
    for (place, &document) in order.iter().enumerate() {
        rank[document] = to_u32(place);
    }
    let in_baseline: Vec<bool> = (0..to_u32(index.doc_freq.len()))
        .map(|g| {
            !options.baseline.is_empty()
                && index
                    .group(g)
                    .iter()
                    .any(|p| options.baseline[p.document as usize])
        })
        .collect();
    let pairing = Pairing {
        texts,
        options,
        index: &index,
        rank: &rank,
        in_baseline: &in_baseline,
    };
    let parts: Vec<Vec<Match>> = order
        .par_iter()
        .map_init(Scratch::default, |scratch, &document| {
            let found = pairing.of(document, scratch);
            watch.step(1)?;
            Ok(found)
        })
        .collect::<Result<_>>()?;
    let mut matches = parts.concat();
    matches.par_sort_unstable_by_key(|m| (m.first, m.second, m.span_1, m.span_2));
    let skipped = index
        .doc_freq
        .iter()
        .filter(|&&df| pairing.is_skipped(df))
        .count();
    Ok(Found {
        matches,
        skipped: skipped as u64,
        shared: index.doc_freq.len() as u64,
    })
}

/// Memory that one thread uses again and again.
#[derive(Default)]
struct Scratch {
    hits: Vec<(u32, u32, u32)>,
    cover: Cover,
}

/// Which characters of both sides are covered already; a new mark stands for a new pair.
#[derive(Default)]
struct Cover {
    mark: u32,
    first: Vec<u32>,
    second: Vec<u32>,
}

impl Cover {
    fn clear(&mut self, first: usize, second: usize) {
        self.mark = self.mark.wrapping_add(1);
        if self.mark == 0 {
            self.first.clear();
            self.second.clear();
            self.mark = 1;
        }
        self.first.resize(self.first.len().max(first), 0);
        self.second.resize(self.second.len().max(second), 0);
    }

    /// Covers a passage and says how many characters were new on the side with more of them.
    fn news(&self, passage: &Passage) -> usize {
        let new = |side: &[u32], span: (u32, u32)| {
            side[span.0 as usize..span.1 as usize]
                .iter()
                .filter(|&&m| m != self.mark)
                .count()
        };
        new(&self.first, passage.span_1).max(new(&self.second, passage.span_2))
    }

    fn add(&mut self, passage: &Passage) {
        self.first[passage.span_1.0 as usize..passage.span_1.1 as usize].fill(self.mark);
        self.second[passage.span_2.0 as usize..passage.span_2.1 as usize].fill(self.mark);
    }
}

struct Pairing<'a> {
    texts: &'a [Folded],
    options: &'a ReuseOptions,
    index: &'a Index,
    rank: &'a [u32],
    in_baseline: &'a [bool],
}

impl Pairing<'_> {
    fn is_skipped(&self, doc_freq: u32) -> bool {
        self.options.max_doc_freq.is_some_and(|most| doc_freq > most)
    }

    fn is_baseline(&self, document: usize) -> bool {
        self.options.baseline.get(document).copied().unwrap_or(false)
    }

    /// Passages of a document with all documents behind it.
    fn of(&self, document: usize, scratch: &mut Scratch) -> Vec<Match> {
        self.hits(document, &mut scratch.hits);
        scratch.hits.sort_unstable();
        let mut found = Vec::new();
        let mut places: Vec<(u32, u32)> = Vec::new();
        for pair in scratch.hits.chunk_by(|x, y| x.0 == y.0) {
            let other = pair[0].0 as usize;
            places.clear();
            places.extend(pair.iter().map(|&(_, i, j)| (i, j)));
            let (a, b) = (&self.texts[document].chars, &self.texts[other].chars);
            let blocks = chain::blocks(a, b, self.index.n, &mut places);
            let joining = Joining {
                min_chars: self.options.min_chars,
                max_gap: self.options.max_gap,
                min_identity: self.options.min_identity,
            };
            let passages = chain::passages(a, b, &blocks, joining);
            if passages.is_empty() {
                continue;
            }
            scratch.cover.clear(a.len(), b.len());
            let kept = select(passages, self.options.min_chars, &mut scratch.cover);
            found.extend(kept.iter().map(|p| self.describe(document, other, p)));
        }
        found
    }

    /// Places where an n-gram of the document stands in a document behind it: other document, place, other place.
    fn hits(&self, document: usize, hits: &mut Vec<(u32, u32, u32)>) {
        hits.clear();
        let rank = self.rank[document];
        for &(at, number) in &self.index.of_document[document] {
            if self.is_skipped(self.index.doc_freq[number as usize]) {
                continue;
            }
            let group = self.index.group(number);
            let own = places_of(group, document);
            let is_first = own.first().is_some_and(|p| p.at == at);
            for others in group.chunk_by(|x, y| x.document == y.document) {
                let other = others[0].document as usize;
                if self.rank[other] <= rank
                    || (self.in_baseline[number as usize]
                        && !self.is_baseline(document)
                        && !self.is_baseline(other))
                {
                    continue;
                }
                if is_first || own.len() * others.len() <= MANY_PLACES {
                    hits.extend(others.iter().map(|p| (p.document, at, p.at)));
                } else {
                    hits.push((others[0].document, at, others[0].at));
                }
            }
        }
    }

    fn describe(&self, document: usize, other: usize, passage: &Passage) -> Match {
        let n = self.texts.len();
        let (mut doc_freq, mut sum, mut seeds, mut baseline) = (u32::MAX, 0.0, 0u32, 0u32);
        let of = &self.index.of_document[document];
        let length = to_u32(self.index.n);
        for block in &passage.blocks {
            let from = of.partition_point(|&(at, _)| at < block.start_1);
            for &(_, number) in of[from..]
                .iter()
                .take_while(|(at, _)| at + length <= block.start_1 + block.length)
            {
                let df = self.index.doc_freq[number as usize];
                doc_freq = doc_freq.min(df);
                sum += rarity(df, n);
                seeds += 1;
                baseline += u32::from(self.in_baseline[number as usize]);
            }
        }
        let share = |value: f64| if seeds == 0 { 0.0 } else { value / f64::from(seeds) };
        let (first, second, span_1, span_2) = if document < other {
            (document, other, passage.span_1, passage.span_2)
        } else {
            (other, document, passage.span_2, passage.span_1)
        };
        Match {
            first: to_u32(first),
            second: to_u32(second),
            span_1,
            span_2,
            same: passage.aligned.same,
            columns: passage.aligned.columns,
            doc_freq: if seeds == 0 { 2 } else { doc_freq },
            weight: if seeds == 0 { 1.0 } else { share(sum) },
            in_baseline: share(f64::from(baseline)),
        }
    }
}

fn places_of(group: &[Posting], document: usize) -> &[Posting] {
    let document = to_u32(document);
    let from = group.partition_point(|p| p.document < document);
    let to = group.partition_point(|p| p.document <= document);
    &group[from..to]
}

/// Of passages that cover the same characters the ones with more equal characters: a passage stays if it covers at least half of
/// `min_chars` characters, on one side at least, that no better one covers. A formula that stands 20 times here and 30 times there
/// thus gives about 30 rows instead of 600, and the coverage of both sides stays.
fn select(mut passages: Vec<Passage>, min_chars: u32, cover: &mut Cover) -> Vec<Passage> {
    passages.sort_by(|x, y| {
        (y.aligned.same, x.aligned.columns, x.span_1, x.span_2).cmp(&(
            x.aligned.same,
            y.aligned.columns,
            y.span_1,
            y.span_2,
        ))
    });
    let least = (min_chars as usize / 2).max(1);
    passages.retain(|passage| {
        let stays = cover.news(passage) >= least;
        if stays {
            cover.add(passage);
        }
        stays
    });
    passages
}

/// All maximal exact matches of at least `min_chars` characters of two texts, without any selection; ordered by place.
pub fn maximal(a: &[char], b: &[char], min_chars: usize) -> Vec<Block> {
    let mut places: rustc_hash::FxHashMap<&[char], Vec<u32>> = rustc_hash::FxHashMap::default();
    if min_chars == 0 || a.len() < min_chars || b.len() < min_chars {
        return Vec::new();
    }
    for (j, gram) in b.windows(min_chars).enumerate() {
        places.entry(gram).or_default().push(to_u32(j));
    }
    let mut hits: Vec<(u32, u32)> = Vec::new();
    for (i, gram) in a.windows(min_chars).enumerate() {
        if let Some(of) = places.get(gram) {
            hits.extend(of.iter().map(|&j| (to_u32(i), j)));
        }
    }
    chain::blocks(a, b, min_chars, &mut hits)
}
