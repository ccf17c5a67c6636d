//! New words: strings that a text uses like words, whatever a segmenter's dictionary knows.
//!
//! A string is taken for a word where it is frequent, holds together (the least pointwise mutual information over its
//! splits) and stands free (the entropy of what comes before and after it): Church & Hanks (1990) for the first,
//! Luo, S. & Sun, M. (2003), *SIGHAN*, and Huang, J. H. & Powers, D. (2003), *IJCNLP*, for the second, with the
//! boundary counts of Feng, H., Chen, K., Deng, X. & Zheng, W. (2004), *Computational Linguistics* 30(1), where a
//! punctuation mark or text end is a neighbour of its own each time.
//!
//! All substrings come from one suffix array, sorted to the depth that is needed by prefix doubling (Manber & Myers 1993,
//! *SIAM J. Comput.* 22(5)): O(n log d) for `n` characters and depth `d`, since each round is a radix sort.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Result};
use crate::run::Watch;
use crate::text::han::is_han;
use crate::text::script::view;
use crate::text::segment::Segmenter;

/// What a candidate must reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Most characters, from 2 to [`Limits::LONGEST`].
    pub max_chars: usize,
    /// Least occurrences.
    pub min_count: usize,
    /// Least documents.
    pub min_doc_freq: usize,
    /// Least cohesion, in nats.
    pub min_cohesion: f64,
    /// Least entropy on each side, in nats.
    pub min_entropy: f64,
    /// Largest share of occurrences that the segmenter cuts across.
    pub max_across: f64,
    /// Characters that no word begins or ends with.
    pub edges: Vec<char>,
    /// Whether letters and digits are characters of words, too; otherwise Han only.
    pub letters: bool,
}

impl Limits {
    /// Largest `max_chars`.
    pub const LONGEST: usize = 32;
}

/// A candidate that reached all limits.
#[derive(Debug, Clone, PartialEq)]
pub struct NewWord {
    /// The string.
    pub word: String,
    /// Occurrences.
    pub count: usize,
    /// Those that lie in no longer word of the result.
    pub count_free: usize,
    /// Documents.
    pub doc_freq: usize,
    /// min over splits of ln (n · f(w) / (f(a) · f(b))), n the number of characters.
    pub cohesion: f64,
    /// Entropy of the character before, in nats.
    pub left_entropy: f64,
    /// Entropy of the character behind, in nats.
    pub right_entropy: f64,
    /// log₂(1 + count) · cohesion · the smaller entropy.
    pub score: f64,
    /// Occurrences that the segmenter leaves whole.
    pub cut_whole: usize,
    /// Occurrences that it cuts inside, with cuts at both ends.
    pub cut_split: usize,
    /// Occurrences where an end lies inside a token.
    pub cut_across: usize,
    /// Whether the segmenter's dictionary has it.
    pub in_dictionary: bool,
}

/// All texts as numbers: 0 where no word goes on, then the characters of words by code point.
struct Stretch {
    codes: Vec<u32>,
    chars: Vec<char>,
    /// Document of each place.
    documents: Vec<u32>,
    /// Whether the segmenter begins a token here.
    cuts: Vec<bool>,
    /// Whether some text is seen otherwise than it is written.
    is_changed: bool,
}

impl Stretch {
    fn new(texts: &[&str], segmenter: &Segmenter, letters: bool, watch: &Watch) -> Result<Self> {
        let counts = |c: char| is_han(c) || (letters && c.is_alphanumeric());
        let parts = texts
            .par_iter()
            .map(|text| {
                watch.step(1)?;
                // One place more than characters: the gap between documents.
                let mut chars: Vec<char> = text.chars().map(|c| if counts(c) { c } else { '\0' }).collect();
                chars.push('\0');
                let mut cuts = vec![false; chars.len()];
                let seen = segmenter.look(text);
                segmenter.each_seen(&seen, |piece| {
                    for at in [piece.start, piece.end] {
                        if let Some(cut) = cuts.get_mut(at as usize) {
                            *cut = true;
                        }
                    }
                });
                Ok((chars, cuts, seen.is_changed()))
            })
            .collect::<Result<Vec<_>>>()?;
        let mut made = Self {
            codes: Vec::new(),
            chars: Vec::new(),
            documents: Vec::new(),
            cuts: Vec::new(),
            is_changed: parts.iter().any(|part| part.2),
        };
        for (document, (chars, cuts, _)) in (0..).zip(parts) {
            made.documents.extend(std::iter::repeat_n(document, chars.len()));
            made.chars.extend(chars);
            made.cuts.extend(cuts);
        }
        let mut known: Vec<char> = made.chars.clone();
        known.par_sort_unstable();
        known.dedup();
        let codes: FxHashMap<char, u32> = known.into_iter().filter(|&c| c != '\0').zip(1..).collect();
        made.codes = made
            .chars
            .iter()
            .map(|c| codes.get(c).copied().unwrap_or(0))
            .collect();
        if u32::try_from(made.codes.len()).is_err() {
            return Err(Error::data(
                "docs",
                "fewer than 2^32 characters",
                made.codes.len(),
            ));
        }
        Ok(made)
    }

    /// Characters that no word begins or ends with, in traditional text in its forms, too.
    fn edges(&self, given: &[char]) -> FxHashSet<char> {
        let mut edges: FxHashSet<char> = given.iter().copied().collect();
        if self.is_changed {
            let all: FxHashSet<char> = self.chars.iter().copied().collect();
            let simplified = |c: char| view::word(c.encode_utf8(&mut [0; 4])).chars().next();
            edges.extend(
                all.into_iter()
                    .filter(|&c| simplified(c).is_some_and(|s| given.contains(&s))),
            );
        }
        edges
    }

    fn word(&self, at: usize, length: usize) -> String {
        self.chars[at..at + length].iter().collect()
    }
}

/// Places sorted by the `depth` codes (or more) that follow, equal ones by place; a code of 0 ends the comparison.
fn sorted_suffixes(codes: &[u32], depth: usize, watch: &Watch) -> Result<Vec<u32>> {
    let n = codes.len();
    #[allow(clippy::cast_possible_truncation)] // the number of places was checked
    let places = 0..n as u32;
    let mut order: Vec<u32> = places.collect();
    let mut rank: Vec<u32> = codes.to_vec();
    let mut length = 0;
    // Every sort is stable and the first starts from the order of places, so equal stretches stay in it.
    loop {
        if length > 0 {
            // By the second half, then (stably) by the first: what lies behind a 0 does not count.
            let second = |p: u32| {
                let p = p as usize;
                if rank[p] == 0 {
                    0
                } else {
                    rank.get(p + length).copied().unwrap_or(0)
                }
            };
            order = radix(&order, second);
        }
        order = radix(&order, |p| rank[p as usize]);
        watch.step(0)?;
        // New ranks; rank 0 stays for places where no word begins.
        let mut next = vec![0_u32; n];
        let key = |p: u32| {
            let p = p as usize;
            let behind = if length == 0 || rank[p] == 0 {
                0
            } else {
                rank.get(p + length).copied().unwrap_or(0)
            };
            (rank[p], behind)
        };
        let mut current = 0;
        let mut last = (0, 0);
        for &p in &order {
            let k = key(p);
            if k.0 != 0 && k != last {
                current += 1;
            }
            last = k;
            next[p as usize] = if k.0 == 0 { 0 } else { current };
        }
        rank = next;
        length = if length == 0 { 1 } else { length * 2 };
        if length >= depth {
            return Ok(order);
        }
    }
}

/// Stable radix sort by keys, 16 bits at a time.
fn radix(order: &[u32], key: impl Fn(u32) -> u32) -> Vec<u32> {
    let most = order.iter().map(|&p| key(p)).max().unwrap_or(0);
    let mut from = order.to_vec();
    let mut to = vec![0_u32; order.len()];
    let mut shift = 0;
    while shift < 32 && (shift == 0 || most >> shift > 0) {
        let digit = |p: u32| ((key(p) >> shift) & 0xffff) as usize;
        let mut starts = vec![0_usize; 0x1_0001];
        for &p in &from {
            starts[digit(p) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        for &p in &from {
            let place = &mut starts[digit(p)];
            to[*place] = p;
            *place += 1;
        }
        std::mem::swap(&mut from, &mut to);
        shift += 16;
    }
    from
}

/// Entropy in nats of groups of equal items; `alone` counts items that are each a group of their own.
fn entropy(items: &mut [u32], alone: usize) -> f64 {
    items.sort_unstable();
    let n = (items.len() + alone) as f64;
    let term = |k: f64| -k / n * (k / n).ln();
    let groups: f64 = items.chunk_by(|a, b| a == b).map(|g| term(g.len() as f64)).sum();
    (groups + alone as f64 * term(1.0)).max(0.0)
}

/// The suffix array with what is needed to walk it.
struct Index<'a> {
    text: &'a Stretch,
    order: Vec<u32>,
    /// Shared characters of each suffix and the one before it, up to the longest word and one.
    shared: Vec<u8>,
    /// Characters until the next place where no word goes on, up to the same.
    ahead: Vec<u8>,
    n_chars: f64,
    edges: FxHashSet<char>,
}

impl<'a> Index<'a> {
    fn new(text: &'a Stretch, limits: &Limits, watch: &Watch) -> Result<Self> {
        let depth = limits.max_chars + 1;
        let codes = &text.codes;
        let order = sorted_suffixes(codes, depth, watch)?;
        let cap = u8::try_from(depth).unwrap_or(u8::MAX);
        let mut ahead = vec![0_u8; codes.len()];
        for p in (0..codes.len()).rev() {
            if codes[p] != 0 {
                ahead[p] = ahead.get(p + 1).map_or(1, |&a| (a + 1).min(cap));
            }
        }
        let common = |a: usize, b: usize| {
            let most = ahead[a].min(ahead[b]);
            (0..most)
                .take_while(|&k| codes[a + k as usize] == codes[b + k as usize])
                .count()
        };
        let mut shared = vec![0_u8; order.len()];
        shared.par_iter_mut().enumerate().skip(1).for_each(|(i, s)| {
            *s = u8::try_from(common(order[i - 1] as usize, order[i] as usize)).unwrap_or(u8::MAX);
        });
        let n_chars = codes.iter().filter(|&&c| c != 0).count() as f64;
        Ok(Self {
            text,
            order,
            shared,
            ahead,
            n_chars,
            edges: text.edges(&limits.edges),
        })
    }

    /// Ranges of `order` whose suffixes share `length` characters, at least `least` of them.
    fn groups(&self, length: usize, least: usize) -> Vec<(usize, usize)> {
        let mut groups = Vec::new();
        let mut start = 0;
        for i in 1..=self.order.len() {
            if i == self.order.len() || usize::from(self.shared[i]) < length {
                let whole = usize::from(self.ahead[self.order[start] as usize]) >= length;
                if whole && i - start >= least {
                    groups.push((start, i));
                }
                start = i;
            }
        }
        groups
    }

    /// How often the `length` codes at a place occur.
    fn count(&self, at: usize, length: usize) -> usize {
        let codes = &self.text.codes;
        let wanted = &codes[at..at + length];
        let head = |p: u32| {
            let p = p as usize;
            &codes[p..(p + length).min(p + usize::from(self.ahead[p]))]
        };
        let low = self.order.partition_point(|&p| head(p) < wanted);
        self.order[low..].partition_point(|&p| head(p) <= wanted)
    }

    /// min over splits of ln (n f(w) / (f(a) f(b))).
    fn cohesion(&self, at: usize, length: usize, count: usize) -> f64 {
        (1..length)
            .map(|k| {
                let (a, b) = (self.count(at, k) as f64, self.count(at + k, length - k) as f64);
                (self.n_chars * count as f64 / (a * b)).ln()
            })
            .fold(f64::INFINITY, f64::min)
    }

    fn candidate(&self, limits: &Limits, length: usize, (start, end): (usize, usize)) -> Option<Candidate> {
        let places = &self.order[start..end];
        let at = places[0] as usize;
        let (first, last) = (self.text.chars[at], self.text.chars[at + length - 1]);
        if self.edges.contains(&first) || self.edges.contains(&last) {
            return None;
        }
        let side = |of: &dyn Fn(usize) -> u32| {
            let mut items: Vec<u32> = places
                .iter()
                .map(|&p| of(p as usize))
                .filter(|&c| c != 0)
                .collect();
            let alone = places.len() - items.len();
            entropy(&mut items, alone)
        };
        let codes = &self.text.codes;
        let left_entropy = side(&|p| p.checked_sub(1).map_or(0, |q| codes[q]));
        let right_entropy = side(&|p| codes.get(p + length).copied().unwrap_or(0));
        if left_entropy.min(right_entropy) < limits.min_entropy {
            return None;
        }
        let mut documents: Vec<u32> = places.iter().map(|&p| self.text.documents[p as usize]).collect();
        documents.sort_unstable();
        documents.dedup();
        if documents.len() < limits.min_doc_freq {
            return None;
        }
        let cohesion = self.cohesion(at, length, places.len());
        if cohesion < limits.min_cohesion {
            return None;
        }
        let (mut whole, mut split) = (0, 0);
        for &p in places {
            let p = p as usize;
            let cuts = &self.text.cuts;
            if cuts[p] && cuts[p + length] {
                if cuts[p + 1..p + length].iter().any(|&c| c) {
                    split += 1;
                } else {
                    whole += 1;
                }
            }
        }
        let across = places.len() - whole - split;
        (across as f64 <= limits.max_across * places.len() as f64).then_some(Candidate {
            range: (start, end),
            length,
            doc_freq: documents.len(),
            cohesion,
            left_entropy,
            right_entropy,
            whole,
            split,
            across,
        })
    }
}

struct Candidate {
    range: (usize, usize),
    length: usize,
    doc_freq: usize,
    cohesion: f64,
    left_entropy: f64,
    right_entropy: f64,
    whole: usize,
    split: usize,
    across: usize,
}

/// Finds new words. Rows from the highest score to the lowest, then by the word in code-point order.
///
/// Nested candidates: from the longest down, a candidate stays if it occurs `min_count` times outside of longer words that
/// stayed. No texts, or none long enough, give no rows.
///
/// # Errors
/// [`Error::Parameter`] for a `max_chars` outside its range; [`Error::Data`] beyond 2³² characters; [`Error::Interrupted`].
pub fn new_words(
    texts: &[&str],
    segmenter: &Segmenter,
    limits: &Limits,
    watch: &Watch,
) -> Result<Vec<NewWord>> {
    if !(2..=Limits::LONGEST).contains(&limits.max_chars) {
        return Err(Error::parameter(
            "max_chars",
            format!("a whole number from 2 to {}", Limits::LONGEST),
            limits.max_chars,
        ));
    }
    let text = Stretch::new(texts, segmenter, limits.letters, watch)?;
    let index = Index::new(&text, limits, watch)?;
    // Ends of the kept words by start, for finding what lies inside one.
    let mut ends = vec![0_u32; text.codes.len()];
    let mut words = Vec::new();
    for length in (2..=limits.max_chars).rev() {
        let mut reach = ends.clone();
        for p in 1..reach.len() {
            reach[p] = reach[p].max(reach[p - 1]);
        }
        let found: Vec<Candidate> = index
            .groups(length, limits.min_count.max(1))
            .into_par_iter()
            .filter_map(|group| index.candidate(limits, length, group))
            .collect();
        watch.step(0)?;
        for c in found {
            let places = &index.order[c.range.0..c.range.1];
            let end = |p: u32| p + u32::try_from(length).unwrap_or(0);
            let free = places.iter().filter(|&&p| reach[p as usize] < end(p)).count();
            if free < limits.min_count {
                continue;
            }
            for &p in places {
                let known = &mut ends[p as usize];
                *known = (*known).max(end(p));
            }
            let word = text.word(places[0] as usize, c.length);
            let count = places.len();
            words.push(NewWord {
                in_dictionary: segmenter.has_word(&word),
                score: (1.0 + count as f64).log2() * c.cohesion * c.left_entropy.min(c.right_entropy),
                word,
                count,
                count_free: free,
                doc_freq: c.doc_freq,
                cohesion: c.cohesion,
                left_entropy: c.left_entropy,
                right_entropy: c.right_entropy,
                cut_whole: c.whole,
                cut_split: c.split,
                cut_across: c.across,
            });
        }
    }
    words.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.word.cmp(&b.word)));
    Ok(words)
}
