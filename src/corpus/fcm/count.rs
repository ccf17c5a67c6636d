//! Counting pairs, row by row.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Cell, Cooccurrences, Counting, Fcm, FcmOptions, FcmParts, Unit, WeightedFcm};
use crate::corpus::csr::{Csr, pointer};
use crate::corpus::dfm::occurring;
use crate::corpus::tokens::{PAD, Tokens};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::num::Window;
use crate::run::Watch;

/// Tokens, the units they stand in, and where each feature stands: a row of the result needs nothing else, so rows are
/// counted in parallel without a table that all threads share, and nothing but the result grows with the number of pairs.
struct Units<'a> {
    vocabulary: Arc<Vocabulary>,
    /// Ids in `vocabulary`, or [`PAD`]; [`BREAK`] behind each unit, so that a walk ends there without asking where units end.
    ids: Vec<u32>,
    /// Places of the tokens of each unit in `ids`.
    bounds: Vec<Range<usize>>,
    /// Unit of each place.
    unit_of: Vec<u32>,
    /// Places of each feature, ascending: `positions[starts[f]..starts[f + 1]]`.
    positions: Vec<u32>,
    starts: Vec<usize>,
    watch: &'a Watch,
}

impl<'a> Units<'a> {
    fn new(tokens: &Tokens, unit: Unit, watch: &'a Watch) -> Result<Self> {
        let (vocabulary, places) = occurring(tokens)?;
        let mut bounds = unit_bounds(tokens, unit)?;
        let n_places = tokens.len() + bounds.len();
        if u32::try_from(n_places).is_err() {
            return Err(Error::data("tokens", "at most 2^32 tokens and units", n_places));
        }
        let mut ids = Vec::with_capacity(n_places);
        let mut unit_of = Vec::with_capacity(n_places);
        for (bound, unit) in bounds.iter_mut().zip(0_u32..) {
            let start = ids.len();
            let inside = tokens.ids()[bound.clone()].iter();
            ids.extend(inside.map(|&id| places.get(id as usize).copied().flatten().unwrap_or(PAD)));
            *bound = start..ids.len();
            ids.push(BREAK);
            unit_of.resize(ids.len(), unit);
        }
        let mut starts = vec![0_usize; vocabulary.len() + 1];
        for &id in ids.iter().filter(|&&id| id < BREAK) {
            starts[id as usize + 1] += 1;
        }
        for f in 0..vocabulary.len() {
            starts[f + 1] += starts[f];
        }
        let mut next = starts.clone();
        let mut positions = vec![0_u32; starts[vocabulary.len()]];
        for (place, &id) in (0_u32..).zip(&ids).filter(|(_, id)| **id < BREAK) {
            positions[next[id as usize]] = place;
            next[id as usize] += 1;
        }
        Ok(Self {
            vocabulary,
            ids,
            bounds,
            unit_of,
            positions,
            starts,
            watch,
        })
    }

    fn positions(&self, feature: u32) -> &[u32] {
        &self.positions[self.starts[feature as usize]..self.starts[feature as usize + 1]]
    }

    /// Positions of a feature, one slice a unit in which it occurs.
    fn by_unit(&self, feature: u32) -> impl Iterator<Item = (u32, &[u32])> {
        self.positions(feature)
            .chunk_by(|&a, &b| self.unit_of[a as usize] == self.unit_of[b as usize])
            .map(|places| (self.unit_of[places[0] as usize], places))
    }

    fn unit_freqs(&self) -> Vec<u64> {
        let mut freqs = vec![0; self.vocabulary.len()];
        let mut last = vec![u32::MAX; self.vocabulary.len()];
        for (&id, &unit) in self.ids.iter().zip(&self.unit_of).filter(|(id, _)| **id < BREAK) {
            if last[id as usize] != unit {
                last[id as usize] = unit;
                freqs[id as usize] += 1;
            }
        }
        freqs
    }

    /// Places in the window of a place and in its unit, padding included: to the right (nearest first), and to the left.
    fn reach(&self, place: u32, window: usize) -> (&[u32], &[u32]) {
        let place = place as usize;
        let right = &self.ids[place + 1..self.ids.len().min(place.saturating_add(window).saturating_add(1))];
        let left = &self.ids[place.saturating_sub(window)..place];
        let end = right.iter().position(|&id| id == BREAK).unwrap_or(right.len());
        let start = left.iter().rposition(|&id| id == BREAK).map_or(0, |at| at + 1);
        (&right[..end], &left[start..])
    }

    /// Computes all rows; `row` gets a scratch of one slot a feature.
    fn rows<T: Cell>(&self, row: impl Fn(u32, &mut Scratch) -> Vec<(u32, T)> + Sync) -> Result<Csr<T>> {
        let n = self.vocabulary.len();
        // Rows cost very different amounts; few blocks a thread keep the number of scratches small.
        let block = n.div_ceil(rayon::current_num_threads() * 32).max(1);
        let starts: Vec<usize> = (0..n).step_by(block).collect();
        let blocks: Vec<Block<T>> = starts
            .into_par_iter()
            .with_max_len(1)
            .map(|start| {
                let mut scratch = Scratch::new(n);
                let rows = start..n.min(start + block);
                self.watch.step(rows.len() as u64)?;
                let mut made = Block::default();
                for r in rows {
                    #[allow(clippy::cast_possible_truncation)] // ids are u32
                    for (column, value) in row(r as u32, &mut scratch) {
                        made.columns.push(column.cast_signed());
                        made.values.push(value);
                    }
                    made.ends.push(made.columns.len());
                }
                Ok(made)
            })
            .collect::<Result<_>>()?;
        let n_cells = blocks.iter().map(|b| b.columns.len()).sum();
        let (mut pointers, mut columns, mut values) = (
            Vec::with_capacity(n + 1),
            Vec::with_capacity(n_cells),
            Vec::with_capacity(n_cells),
        );
        pointers.push(0_i64);
        // A block goes as soon as it is copied.
        for made in blocks {
            let base = columns.len();
            for end in &made.ends {
                pointers.push(pointer(base + end)?);
            }
            columns.extend_from_slice(&made.columns);
            values.extend_from_slice(&made.values);
        }
        Csr::new(n, pointers, columns, values)
    }
}

/// Behind a unit.
const BREAK: u32 = PAD - 1;

/// The cells of some rows: 12 bytes each.
struct Block<T> {
    columns: Vec<i32>,
    values: Vec<T>,
    ends: Vec<usize>,
}

impl<T> Default for Block<T> {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            values: Vec::new(),
            ends: Vec::new(),
        }
    }
}

/// Where the units of a corpus begin and end. An empty document is a document, but holds neither sentence nor paragraph.
pub(crate) fn unit_bounds(tokens: &Tokens, unit: Unit) -> Result<Vec<Range<usize>>> {
    let offsets = tokens.offsets();
    let inner = match unit {
        Unit::Document => return Ok(offsets.windows(2).map(|w| w[0]..w[1]).collect()),
        Unit::Sentence => tokens.sentence_starts(),
        Unit::Paragraph => tokens.paragraph_starts(),
    };
    let Some(inner) = inner else {
        return Err(Error::parameter(
            "within",
            "'document', as these tokens do not know their sentences and paragraphs",
            format!("{:?}", unit.name()),
        ));
    };
    let mut cuts: Vec<usize> = inner
        .iter()
        .chain(offsets)
        .copied()
        .filter(|&c| c < tokens.len())
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(tokens.len());
    Ok(cuts.windows(2).map(|w| w[0]..w[1]).collect())
}

/// One counter a feature, and the list of those in use.
struct Scratch {
    counts: Vec<u64>,
    /// The last unit in which a feature was counted, plus one.
    last_unit: Vec<u32>,
    used: Vec<u32>,
}

impl Scratch {
    fn new(n: usize) -> Self {
        Self {
            counts: vec![0; n],
            last_unit: vec![0; n],
            used: Vec::new(),
        }
    }

    fn add(&mut self, feature: u32, n: u64) {
        let count = &mut self.counts[feature as usize];
        if *count == 0 {
            self.used.push(feature);
        }
        *count += n;
    }

    /// Adds once for each unit.
    fn add_once(&mut self, feature: u32, unit: u32) {
        let last = &mut self.last_unit[feature as usize];
        if *last != unit + 1 {
            *last = unit + 1;
            self.add(feature, 1);
        }
    }

    /// The cells, sorted, and a clean scratch.
    fn take(&mut self) -> Vec<(u32, u64)> {
        if self.used.len() > self.counts.len() / 16 {
            // A full row: looking at every counter costs less than sorting.
            self.used.clear();
            let counted = (0_u32..).zip(&self.counts).filter(|(_, count)| **count > 0);
            self.used.extend(counted.map(|(feature, _)| feature));
        } else {
            self.used.sort_unstable();
        }
        let row = self
            .used
            .iter()
            .map(|&f| (f, std::mem::take(&mut self.counts[f as usize])))
            .collect();
        for &f in &self.used {
            self.last_unit[f as usize] = 0;
        }
        self.used.clear();
        row
    }
}

impl Fcm {
    /// Counts pairs. Work is proportional to the number of pairs in windows; without a window to the square of the number
    /// of features in a unit. `watch` steps once a feature.
    ///
    /// # Errors
    /// [`Error::Parameter`] where the unit is a sentence or paragraph and the tokens do not know them;
    /// [`Error::Interrupted`].
    pub fn from_tokens(tokens: &Tokens, options: FcmOptions, watch: &Watch) -> Result<Self> {
        let options = FcmOptions {
            // Without meaning elsewhere, and equal counts shall have equal options.
            self_pairs_twice: options.self_pairs_twice && options.window.is_some() && !options.ordered,
            ..options
        };
        let corpus = Units::new(tokens, options.unit, watch)?;
        let cells = match options.window {
            Some(window) => {
                corpus.rows(|f, scratch| window_row(&corpus, f, window.get(), &options, scratch))?
            }
            None => corpus.rows(|f, scratch| unit_row(&corpus, f, &options, scratch))?,
        };
        Self::assemble(&corpus, cells, options, Vec::new(), |n| n)
    }
}

/// A row of a window count.
fn window_row(
    corpus: &Units<'_>,
    feature: u32,
    window: usize,
    options: &FcmOptions,
    scratch: &mut Scratch,
) -> Vec<(u32, u64)> {
    let self_pair = if options.self_pairs_twice { 2 } else { 1 };
    for &place in corpus.positions(feature) {
        let (right, left) = corpus.reach(place, window);
        let unit = corpus.unit_of[place as usize];
        let mut count = |other: u32| match options.counting {
            Counting::Frequency => scratch.add(other, if other == feature { self_pair } else { 1 }),
            Counting::Boolean => scratch.add_once(other, unit),
        };
        // The upper triangle: a pair belongs to the row of the smaller id, and a self pair to its left token.
        for &other in right {
            if other != PAD && (options.ordered || other >= feature) {
                count(other);
            }
        }
        if !options.ordered {
            for &other in left {
                if other != PAD && other > feature {
                    count(other);
                }
            }
        }
    }
    let mut row = scratch.take();
    if options.counting == Counting::Boolean
        && self_pair == 2
        && let Some(cell) = row.iter_mut().find(|(f, _)| *f == feature)
    {
        cell.1 *= 2;
    }
    row
}

/// A row of a count over whole units.
fn unit_row(
    corpus: &Units<'_>,
    feature: u32,
    options: &FcmOptions,
    scratch: &mut Scratch,
) -> Vec<(u32, u64)> {
    for (unit, places) in corpus.by_unit(feature) {
        let bound = &corpus.bounds[unit as usize];
        // Unordered: all of the unit. Ordered: only what stands behind the first.
        let from = if options.ordered {
            places[0] as usize + 1
        } else {
            bound.start
        };
        let own = places.len() as u64;
        let mut before = 1; // how often `feature` stands before the token at hand
        for &other in &corpus.ids[from..bound.end] {
            if other == PAD || (other < feature && !options.ordered) {
                continue;
            }
            match (options.counting, options.ordered, other == feature) {
                (Counting::Frequency, true, same) => {
                    scratch.add(other, before);
                    before += u64::from(same);
                }
                (Counting::Frequency, false, false) => scratch.add(other, own),
                // Reached only behind the first occurrence.
                (Counting::Boolean, true, _) | (Counting::Boolean, false, false) => {
                    scratch.add_once(other, unit);
                }
                (_, false, true) => {}
            }
        }
        if !options.ordered && own > 1 {
            match options.counting {
                Counting::Frequency => scratch.add(feature, own * (own - 1) / 2),
                Counting::Boolean => scratch.add_once(feature, unit),
            }
        }
    }
    scratch.take()
}

impl WeightedFcm {
    /// Sums `weights[d − 1]` over the pairs at distance `d`; the window is as long as the list.
    ///
    /// Pairs are first counted by distance, then multiplied and added from the shortest distance to the longest: the sums
    /// depend neither on the order of documents nor on threads.
    ///
    /// # Errors
    /// [`Error::Parameter`] for an empty list, one that passes [`Window::MAX`], or a weight that is not a finite number of
    /// at least 0; [`Error::Parameter`] where the unit is unknown to the tokens; [`Error::Interrupted`].
    pub fn from_tokens(
        tokens: &Tokens,
        weights: &[f64],
        unit: Unit,
        ordered: bool,
        self_pairs_twice: bool,
        watch: &Watch,
    ) -> Result<Self> {
        if let Some(bad) = weights.iter().find(|w| !(w.is_finite() && **w >= 0.0)) {
            return Err(Error::parameter("weights", "finite numbers of at least 0", bad));
        }
        let window = Window::try_from(weights.len() as u64)
            .map_err(|_| Error::parameter("weights", "a list of 1 to 10000 numbers", weights.len()))?;
        let options = FcmOptions {
            unit,
            window: Some(window),
            counting: Counting::Frequency,
            ordered,
            self_pairs_twice: self_pairs_twice && !ordered,
        };
        let corpus = Units::new(tokens, unit, watch)?;
        let self_pair = if options.self_pairs_twice { 2.0 } else { 1.0 };
        let cells = corpus.rows(|feature, _| {
            let mut hits: Vec<(u32, usize)> = Vec::new();
            for &place in corpus.positions(feature) {
                let (right, left) = corpus.reach(place, window.get());
                let mut hit = |other: u32, distance: usize, least: u32| {
                    if other != PAD && (ordered || other >= least) {
                        hits.push((other, distance));
                    }
                };
                for (&other, distance) in right.iter().zip(1..) {
                    hit(other, distance, feature);
                }
                if !ordered {
                    for (&other, distance) in left.iter().rev().zip(1..) {
                        hit(other, distance, feature + 1);
                    }
                }
            }
            hits.sort_unstable();
            let mut row: Vec<(u32, f64)> = Vec::new();
            for run in hits.chunk_by(|a, b| a == b) {
                let (other, distance) = run[0];
                let twice = if other == feature { self_pair } else { 1.0 };
                let sum = run.len() as f64 * weights[distance - 1] * twice;
                match row.last_mut() {
                    Some(last) if last.0 == other => last.1 += sum,
                    _ => row.push((other, sum)),
                }
            }
            // A weight of 0 makes no cell.
            row.retain(|(_, sum)| *sum > 0.0);
            row
        })?;
        Self::assemble(&corpus, cells, options, weights.to_vec(), |n| n as f64)
    }
}

impl<T: Cell> Cooccurrences<T> {
    /// Puts cells and margins of one count together.
    fn assemble(
        corpus: &Units<'_>,
        cells: Csr<T>,
        options: FcmOptions,
        distance_weights: Vec<f64>,
        of_units: impl Fn(u64) -> T,
    ) -> Result<Self> {
        let n = corpus.vocabulary.len();
        let unit_freqs = corpus.unit_freqs();
        let n_units = corpus.bounds.len() as u64;
        let (rows, columns, total) = if options.counting == Counting::Boolean {
            let margin: Vec<T> = unit_freqs.iter().map(|&f| of_units(f)).collect();
            (margin.clone(), margin, of_units(n_units))
        } else {
            let mut rows = vec![T::default(); n];
            let mut columns = vec![T::default(); n];
            for r in 0..n {
                for (c, v) in cells.cells(r) {
                    let c = c as usize;
                    rows[r] = rows[r] + v;
                    columns[c] = columns[c] + v;
                    if !options.ordered && (r != c || !options.self_pairs_twice) {
                        // From the other end.
                        rows[c] = rows[c] + v;
                        columns[r] = columns[r] + v;
                    }
                }
            }
            let total = rows.iter().copied().sum();
            (rows, columns, total)
        };
        Self::from_parts(FcmParts {
            vocabulary: Arc::clone(&corpus.vocabulary),
            cells,
            options,
            distance_weights,
            rows,
            columns,
            total,
            unit_freqs,
            n_units,
        })
    }
}
