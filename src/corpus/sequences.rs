//! Sequences of neighbouring tokens, and in how many ways the other sequences agree with each of them.
//!
//! A *window* of size K is K neighbouring positions of one unit that no break divides; a *sequence* is a window without
//! padding, as the list of its tokens. For each sequence that is frequent enough, all windows of its size are sorted by
//! the positions at which they agree with it: 2ᴷ cells, the contingency table of K dimensions.
//!
//! Counting is level by level: a sequence of K tokens is a pair of sequences of K − 1 that overlap, and can be frequent
//! only if both are, so that a key always fits 64 bits. Keys are counted by sorting. The margins are counted in one pass
//! over the windows along a tree of the tokens of frequent sequences: time grows with the number of tokens (times 2ᴷ at
//! worst), memory with 20 bytes a token and the number of frequent sequences.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::fcm::{Unit, unit_bounds};
use super::tokens::{PAD, Tokens};
use crate::error::{Error, Result};
use crate::run::Watch;

/// Largest size of a sequence.
pub const MOST: usize = 5;

/// Which sequences are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct SequenceOptions {
    /// Numbers of tokens, from 2 to [`MOST`]; ascending and distinct.
    pub sizes: Vec<usize>,
    /// Least count of a sequence; 0 counts as 1.
    pub min_count: u64,
    /// The stretch that a window does not leave.
    pub unit: Unit,
    /// Whether windows with padding count in the margins, where padding agrees with no token; otherwise padding divides
    /// windows as a break does.
    pub padding_in_margins: bool,
}

/// The frequent sequences of one size, in the order of their ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequences {
    /// Number of tokens of each.
    pub size: usize,
    /// Ids, `size` a sequence.
    pub ids: Vec<u32>,
    /// Occurrences.
    pub counts: Vec<u64>,
    /// Occurrences that stand in a longer window without padding, of the next larger size that was asked for.
    pub nested: Vec<u64>,
    /// 2ᴷ numbers a sequence: at place `m` the number of windows that agree with it *at least* at the positions whose bit
    /// is set in `m` (bit 0 is the first token). At the last place stands the count, at place 0 the number of windows.
    pub margins: Vec<u64>,
    /// Number of windows.
    pub total: u64,
}

impl Sequences {
    /// Number of sequences.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Ids of a sequence.
    pub fn sequence(&self, index: usize) -> &[u32] {
        &self.ids[index * self.size..(index + 1) * self.size]
    }

    /// Only the sequences that are wanted; the windows stay what they were.
    #[must_use]
    pub fn listing(&self, wanted: impl Fn(&[u32]) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.len()).filter(|&i| wanted(self.sequence(i))).collect();
        Self {
            size: self.size,
            ids: kept.iter().flat_map(|&i| self.sequence(i)).copied().collect(),
            counts: kept.iter().map(|&i| self.counts[i]).collect(),
            nested: kept.iter().map(|&i| self.nested[i]).collect(),
            margins: kept.iter().flat_map(|&i| self.margins(i)).copied().collect(),
            total: self.total,
        }
    }

    /// Margins of a sequence.
    pub fn margins(&self, index: usize) -> &[u64] {
        let cells = 1 << self.size;
        &self.margins[index * cells..(index + 1) * cells]
    }

    /// Cells of a sequence: at place `m` the number of windows that agree with it at *exactly* the positions in `m`.
    pub fn cells(&self, index: usize) -> Vec<u64> {
        let mut cells = self.margins(index).to_vec();
        for bit in 0..self.size {
            for m in 0..cells.len() {
                if m >> bit & 1 == 0 {
                    cells[m] -= cells[m | 1 << bit];
                }
            }
        }
        cells
    }
}

/// No node, no sequence.
const NONE: u32 = u32::MAX;
/// A place that no window holds.
const BREAK: u32 = u32::MAX;

/// The text as one line of ids, units and breaks divided by [`BREAK`].
struct Line {
    /// Ids; [`BREAK`]; `padding` for padding.
    ids: Vec<u32>,
    /// From each place on, how many places a window may hold, up to [`MOST`].
    reach: Vec<u8>,
    /// The same without padding.
    clean: Vec<u8>,
    padding: u32,
    n_features: usize,
}

impl Line {
    fn new(tokens: &Tokens, breaks: &[bool], options: &SequenceOptions) -> Result<Self> {
        let n_features = tokens.vocabulary().len();
        let padding = u32::try_from(n_features).unwrap_or(PAD - 1);
        let mut ids = Vec::with_capacity(tokens.len() + tokens.n_documents());
        for unit in unit_bounds(tokens, options.unit)? {
            ids.extend(tokens.ids()[unit].iter().map(|&id| match id {
                PAD if options.padding_in_margins => padding,
                PAD => BREAK,
                id if breaks[id as usize] => BREAK,
                id => id,
            }));
            ids.push(BREAK);
        }
        let most = u8::try_from(MOST).unwrap_or(u8::MAX);
        let (mut reach, mut clean) = (vec![0_u8; ids.len()], vec![0_u8; ids.len()]);
        let (mut open, mut free) = (0_u8, 0_u8);
        for (place, &id) in ids.iter().enumerate().rev() {
            open = if id == BREAK { 0 } else { most.min(open + 1) };
            free = if id == BREAK || id == padding {
                0
            } else {
                most.min(free + 1)
            };
            reach[place] = open;
            clean[place] = free;
        }
        Ok(Self {
            ids,
            reach,
            clean,
            padding,
            n_features,
        })
    }

    /// Whether each place stands in a stretch without padding of at least `length` places.
    fn in_stretch(&self, length: u8) -> Vec<bool> {
        let mut inside = vec![false; self.ids.len()];
        let mut left = 0;
        for (place, mark) in inside.iter_mut().enumerate() {
            if self.clean[place] >= length {
                left = length;
            }
            *mark = left > 0;
            left = left.saturating_sub(1);
        }
        inside
    }
}

/// Distinct keys with their numbers, ascending.
fn count_sorted(mut keys: Vec<u64>) -> (Vec<u64>, Vec<u64>) {
    keys.par_sort_unstable();
    let (mut distinct, mut counts) = (Vec::new(), Vec::new());
    for run in keys.chunk_by(|a, b| a == b) {
        distinct.push(run[0]);
        counts.push(run.len() as u64);
    }
    (distinct, counts)
}

fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// Counts the sequences of each size. `breaks` says of each feature whether it divides windows (punctuation).
///
/// # Errors
/// [`Error::Parameter`] for a size out of range or sizes that do not ascend, and where the unit is unknown to the tokens;
/// [`Error::Data`] where `breaks` has another length than the vocabulary; [`Error::Interrupted`].
pub fn sequences(
    tokens: &Tokens,
    breaks: &[bool],
    options: &SequenceOptions,
    watch: &Watch,
) -> Result<Vec<Sequences>> {
    let sizes = &options.sizes;
    if let Some(bad) = sizes.iter().find(|&&k| !(2..=MOST).contains(&k)) {
        return Err(Error::parameter("size", "a whole number from 2 to 5", bad));
    }
    if sizes.is_empty() || sizes.windows(2).any(|w| w[0] >= w[1]) {
        return Err(Error::parameter(
            "size",
            "one or more distinct numbers",
            format!("{sizes:?}"),
        ));
    }
    if breaks.len() != tokens.vocabulary().len() {
        let allowed = format!("one for each of {} features", tokens.vocabulary().len());
        return Err(Error::data("breaks", allowed, breaks.len()));
    }
    let line = Line::new(tokens, breaks, options)?;
    watch.step(1)?;
    let least = options.min_count.max(1);
    let largest = sizes.last().copied().unwrap_or(2);
    let mut found = Vec::with_capacity(sizes.len());
    // Number of the frequent sequence of the level that starts at each place.
    let mut here = frequent_tokens(&line, least);
    let mut shorter: Vec<u32> = (0..line.padding).collect();
    for size in 2..=largest {
        let keys = |wanted: &(dyn Fn(usize) -> bool + Sync)| -> Vec<u64> {
            (0..line.ids.len().saturating_sub(1))
                .into_par_iter()
                .filter(|&i| {
                    usize::from(line.clean[i]) >= size && here[i] != NONE && here[i + 1] != NONE && wanted(i)
                })
                .map(|i| pair(here[i], here[i + 1]))
                .collect()
        };
        let (mut distinct, mut counts) = count_sorted(keys(&|_| true));
        watch.step(1)?;
        let kept: Vec<usize> = (0..counts.len()).filter(|&i| counts[i] >= least).collect();
        distinct = kept.iter().map(|&i| distinct[i]).collect();
        counts = kept.iter().map(|&i| counts[i]).collect();
        if u32::try_from(distinct.len()).map_or(true, |n| n == NONE) {
            return Err(Error::data(
                "tokens",
                "a text with fewer than 2^32 frequent sequences",
                distinct.len(),
            ));
        }
        let ids = spell(&distinct, &shorter, size);
        if sizes.contains(&size) {
            let nested = match sizes.iter().find(|&&longer| longer > size) {
                None => vec![0; counts.len()],
                Some(&longer) => {
                    let inside = line.in_stretch(u8::try_from(longer).unwrap_or(u8::MAX));
                    let (alone, times) = count_sorted(keys(&|i| !inside[i]));
                    let alone_times = |key: &u64| alone.binary_search(key).map_or(0, |at| times[at]);
                    distinct
                        .iter()
                        .zip(&counts)
                        .map(|(key, count)| count - alone_times(key))
                        .collect()
                }
            };
            let (margins, total) = margins(&line, &ids, &counts, size, watch)?;
            found.push(Sequences {
                size,
                ids: ids.clone(),
                counts,
                nested,
                margins,
                total,
            });
        }
        if size < largest {
            let numbers: FxHashMap<u64, u32> = distinct.iter().copied().zip(0..).collect();
            here = (0..line.ids.len())
                .into_par_iter()
                .map(|i| {
                    if usize::from(line.clean[i]) < size || here[i] == NONE || here[i + 1] == NONE {
                        return NONE;
                    }
                    numbers.get(&pair(here[i], here[i + 1])).copied().unwrap_or(NONE)
                })
                .collect();
            shorter = ids;
        }
        watch.step(1)?;
    }
    Ok(found)
}

/// At each place its token, if that is frequent enough to stand in a frequent sequence.
fn frequent_tokens(line: &Line, least: u64) -> Vec<u32> {
    let mut counts = vec![0_u64; line.n_features];
    for &id in line.ids.iter().filter(|&&id| id < line.padding) {
        counts[id as usize] += 1;
    }
    line.ids
        .par_iter()
        .map(|&id| {
            if id < line.padding && counts[id as usize] >= least {
                id
            } else {
                NONE
            }
        })
        .collect()
}

/// Ids of the sequences that the keys stand for: all of the first half, and the last of the second.
fn spell(keys: &[u64], shorter: &[u32], size: usize) -> Vec<u32> {
    let half = size - 1;
    let mut ids = Vec::with_capacity(keys.len() * size);
    for key in keys {
        #[allow(clippy::cast_possible_truncation)] // the two halves of a key
        let (first, second) = ((key >> 32) as usize, (*key as u32) as usize);
        ids.extend_from_slice(&shorter[first * half..(first + 1) * half]);
        ids.push(shorter[(second + 1) * half - 1]);
    }
    ids
}

/// A tree over the tokens of the frequent sequences: a node is a set of positions and the tokens at them. The parent lacks
/// the last position.
struct Tree {
    size: usize,
    /// By position, the node of each token alone.
    alone: Vec<Vec<u32>>,
    /// By set of positions: (parent, token at the last position) → node.
    nodes: Vec<FxHashMap<u64, u32>>,
    n_nodes: usize,
}

/// Last position of a set, and the set without it.
fn last_of(set: usize) -> (usize, usize) {
    let last = set.ilog2() as usize;
    (last, set ^ 1 << last)
}

impl Tree {
    /// The tree, and for each sequence the node of each set of positions (but none and all).
    fn new(line: &Line, ids: &[u32], size: usize) -> (Self, Vec<u32>) {
        let all = (1 << size) - 1;
        let mut tree = Self {
            size,
            alone: vec![vec![NONE; line.n_features + 1]; size],
            nodes: vec![FxHashMap::default(); all],
            n_nodes: 0,
        };
        let mut of = Vec::with_capacity(ids.len() / size * all);
        for sequence in ids.chunks_exact(size) {
            let base = of.len();
            of.push(NONE);
            for set in 1..all {
                let (last, rest) = last_of(set);
                let token = sequence[last];
                let slot = if rest == 0 {
                    &mut tree.alone[last][token as usize]
                } else {
                    tree.nodes[set]
                        .entry(pair(of[base + rest], token))
                        .or_insert(NONE)
                };
                if *slot == NONE {
                    // Below 2^5 nodes a sequence; more than 2^32 would need 2^27 sequences and is refused by memory first.
                    *slot = u32::try_from(tree.n_nodes).unwrap_or(NONE - 1);
                    tree.n_nodes += 1;
                }
                of.push(*slot);
            }
        }
        (tree, of)
    }

    /// Adds a window to the nodes that it agrees with.
    fn add(&self, window: &[u32], counts: &mut [u64]) {
        let mut at = [NONE; 1 << MOST];
        for set in 1..(1 << self.size) - 1 {
            let (last, rest) = last_of(set);
            let token = window[last];
            at[set] = if rest == 0 {
                self.alone[last][token as usize]
            } else if at[rest] == NONE || at[1 << last] == NONE {
                NONE
            } else {
                self.nodes[set]
                    .get(&pair(at[rest], token))
                    .copied()
                    .unwrap_or(NONE)
            };
            if at[set] != NONE {
                counts[at[set] as usize] += 1;
            }
        }
    }
}

/// Margins of each sequence, and the number of windows.
fn margins(line: &Line, ids: &[u32], joint: &[u64], size: usize, watch: &Watch) -> Result<(Vec<u64>, u64)> {
    let (tree, of) = Tree::new(line, ids, size);
    watch.step(1)?;
    // One table of counts a worker.
    let share = line.ids.len().div_ceil(rayon::current_num_threads()).max(1 << 16);
    let parts: Vec<(Vec<u64>, u64)> = (0..line.ids.len())
        .step_by(share)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|start| {
            let (mut counts, mut windows) = (vec![0; tree.n_nodes], 0);
            for i in start..line.ids.len().min(start + share) {
                if usize::from(line.reach[i]) >= size {
                    windows += 1;
                    tree.add(&line.ids[i..i + size], &mut counts);
                }
                if i % (1 << 16) == 0 {
                    watch.step(0)?;
                }
            }
            Ok((counts, windows))
        })
        .collect::<Result<_>>()?;
    let mut parts = parts.into_iter();
    let (mut counts, mut total) = parts.next().unwrap_or_else(|| (vec![0; tree.n_nodes], 0));
    for (part, windows) in parts {
        total += windows;
        for (sum, n) in counts.iter_mut().zip(part) {
            *sum += n;
        }
    }
    let all = (1 << size) - 1;
    let mut margins = Vec::with_capacity(joint.len() << size);
    for (nodes, count) in of.chunks_exact(all).zip(joint) {
        margins.push(total);
        margins.extend(nodes[1..].iter().map(|&node| counts[node as usize]));
        margins.push(*count);
    }
    Ok((margins, total))
}
