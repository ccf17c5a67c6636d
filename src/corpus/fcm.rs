//! Feature co-occurrence matrix: how often two features stand near each other.
//!
//! A *pair* is two tokens of one unit (document, sentence or paragraph) of which the first stands before the second,
//! in a window at a distance of at most the window's size. Padding is distance, never a feature. Each pair counts once,
//! also where both are the same feature: a feature that occurs `c` times in a unit makes `c(c − 1)/2` pairs with itself.

use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::csr::Csr;
use super::dfm::{narrow, occurring, union};
use super::tokens::{PAD, Tokens};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::num::Window;
use crate::run::Watch;

/// The stretch of text that a pair does not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A document.
    Document,
    /// A paragraph; also ends with its document.
    Paragraph,
    /// A sentence; also ends with its document.
    Sentence,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::Document, Self::Paragraph, Self::Sentence];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }
}

impl FromStr for Unit {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|u| u.name() == word).ok_or_else(|| {
            Error::parameter(
                "within",
                "one of 'document', 'paragraph', 'sentence'",
                format!("{word:?}"),
            )
        })
    }
}

/// What a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Pairs.
    Frequency,
    /// Units with at least one such pair.
    Boolean,
}

impl Counting {
    /// Every way of counting.
    pub const ALL: [Self; 2] = [Self::Frequency, Self::Boolean];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frequency => "frequency",
            Self::Boolean => "boolean",
        }
    }
}

impl FromStr for Counting {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|u| u.name() == word)
            .ok_or_else(|| Error::parameter("count", "one of 'frequency', 'boolean'", format!("{word:?}")))
    }
}

/// Which pairs are counted, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FcmOptions {
    /// The stretch that a pair does not leave.
    pub unit: Unit,
    /// Greatest distance of a pair; `None` for any two tokens of a unit.
    pub window: Option<Window>,
    /// Pairs, or units with such a pair.
    pub counting: Counting,
    /// `true`: row = the feature that stands first. `false`: the pair has no direction and is stored once, in the row
    /// of the feature that comes first in code-point order.
    pub ordered: bool,
    /// Whether a pair of a feature with itself counts twice in an unordered window, as quanteda has it.
    pub self_pairs_twice: bool,
}

/// Counts of pairs of features. Cloning is cheap.
pub type Fcm = Cooccurrences<u64>;

/// Sums of distance weights over pairs of features.
pub type WeightedFcm = Cooccurrences<f64>;

/// A feature co-occurrence matrix with counts (`u64`) or weights (`f64`), and the margins of its sample space.
#[derive(Debug, Clone, PartialEq)]
pub struct Cooccurrences<T> {
    vocabulary: Arc<Vocabulary>,
    cells: Arc<Csr<T>>,
    options: FcmOptions,
    /// Weight at distance 1, 2, …; empty for counts.
    distance_weights: Arc<Vec<f64>>,
    rows: Arc<Vec<T>>,
    columns: Arc<Vec<T>>,
    total: T,
    unit_freqs: Arc<Vec<u64>>,
    n_units: u64,
}

/// What association measures need beside a cell: all four figures are of one sample space.
///
/// *Frequency and weighted*: the sample is a pair looked at from its first token. An unordered pair has no first token
/// and is looked at from both ends, so that the margin of a feature is the number of pair ends it fills and the total is
/// twice the number of pairs; a cell off the diagonal is the number of pairs as stored, and a cell on the diagonal twice
/// the number of pairs. *Boolean*: the sample is a unit, the margin of a feature the number of units that have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins<'a, T> {
    /// By feature, as the row (left, node).
    pub rows: &'a [T],
    /// By feature, as the column (right, collocate).
    pub columns: &'a [T],
    /// Size of the sample.
    pub total: T,
}

/// Parts of a [`Cooccurrences`], for building and taking apart.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the same words as on `Cooccurrences`
pub struct FcmParts<T> {
    pub vocabulary: Arc<Vocabulary>,
    pub cells: Csr<T>,
    pub options: FcmOptions,
    pub distance_weights: Vec<f64>,
    pub rows: Vec<T>,
    pub columns: Vec<T>,
    pub total: T,
    pub unit_freqs: Vec<u64>,
    pub n_units: u64,
}

/// A value of a cell: counts or weights.
pub trait Cell:
    Copy + Default + PartialEq + Send + Sync + std::ops::Add<Output = Self> + std::iter::Sum
{
}
impl Cell for u64 {}
impl Cell for f64 {}

impl<T: Cell> Cooccurrences<T> {
    /// Checks that the parts are of one size and puts them together.
    ///
    /// # Errors
    /// [`Error::Data`] where they are not, and for an unordered matrix with a cell below the diagonal.
    pub fn from_parts(parts: FcmParts<T>) -> Result<Self> {
        let n = parts.vocabulary.len();
        let sizes = [
            parts.cells.n_rows(),
            parts.cells.n_columns(),
            parts.rows.len(),
            parts.columns.len(),
            parts.unit_freqs.len(),
        ];
        if let Some(other) = sizes.into_iter().find(|&size| size != n) {
            return Err(Error::data(
                "fcm",
                format!("{n} rows, columns and margins"),
                other,
            ));
        }
        let lower = |row: usize| {
            parts
                .cells
                .cells(row)
                .next()
                .is_some_and(|(c, _)| (c as usize) < row)
        };
        if !parts.options.ordered && (0..n).any(lower) {
            return Err(Error::data(
                "fcm",
                "an upper triangle",
                "a cell below the diagonal",
            ));
        }
        Ok(Self {
            vocabulary: parts.vocabulary,
            cells: Arc::new(parts.cells),
            options: parts.options,
            distance_weights: Arc::new(parts.distance_weights),
            rows: Arc::new(parts.rows),
            columns: Arc::new(parts.columns),
            total: parts.total,
            unit_freqs: Arc::new(parts.unit_freqs),
            n_units: parts.n_units,
        })
    }

    /// The features, in the order of rows and columns.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// The matrix as stored: whole if ordered, else its upper triangle with the diagonal.
    pub fn cells(&self) -> &Arc<Csr<T>> {
        &self.cells
    }

    /// How it was counted.
    pub fn options(&self) -> &FcmOptions {
        &self.options
    }

    /// Weight at distance 1, 2, …; empty for counts.
    pub fn distance_weights(&self) -> &[f64] {
        &self.distance_weights
    }

    /// Margins of the sample space of the cells; see [`Margins`]. They are those of the whole text: selecting features
    /// does not change them.
    pub fn margins(&self) -> Margins<'_, T> {
        Margins {
            rows: &self.rows,
            columns: &self.columns,
            total: self.total,
        }
    }

    /// In how many units each feature occurs.
    pub fn unit_freqs(&self) -> &[u64] {
        &self.unit_freqs
    }

    /// Number of units.
    pub fn n_units(&self) -> u64 {
        self.n_units
    }

    /// The stored value of a pair; for unordered matrices in either order of its features.
    pub fn get(&self, first: u32, second: u32) -> T {
        let (row, column) = if self.options.ordered {
            (first, second)
        } else {
            (first.min(second), first.max(second))
        };
        if row as usize >= self.cells.n_rows() {
            return T::default();
        }
        self.cells.get(row as usize, column).unwrap_or_default()
    }

    /// The cell in the sample space of [`Cooccurrences::margins`]: as [`Cooccurrences::get`], but a pair of a feature with
    /// itself fills two ends of an unordered frequency.
    pub fn joint(&self, first: u32, second: u32) -> T {
        let stored = self.get(first, second);
        if first == second && self.ends_twice() {
            stored + stored
        } else {
            stored
        }
    }

    /// Whether a stored self pair is to be seen from both ends.
    fn ends_twice(&self) -> bool {
        let o = &self.options;
        !o.ordered && !o.self_pairs_twice && o.counting == Counting::Frequency
    }

    /// All features that share a pair with `node`, by id, with the stored value; for ordered matrices those that stand
    /// after it.
    pub fn collocates(&self, node: u32) -> Vec<(u32, T)> {
        if node as usize >= self.cells.n_rows() {
            return Vec::new();
        }
        let mut found = Vec::new();
        if !self.options.ordered {
            // The part of the node's column above the diagonal.
            found.extend((0..node).filter_map(|row| Some((row, self.cells.get(row as usize, node)?))));
        }
        found.extend(self.cells.cells(node as usize));
        found
    }

    /// Both triangles of an unordered matrix, the diagonal as stored; an ordered one as it is.
    ///
    /// # Errors
    /// None that a valid matrix can cause.
    pub fn symmetric(&self) -> Result<Csr<T>> {
        if self.options.ordered {
            return Ok((*self.cells).clone());
        }
        let n = self.cells.n_rows();
        let mut rows: Vec<Vec<(u32, T)>> = vec![Vec::new(); n];
        // Row by row, so that each row receives its columns in ascending order: first those below it, then its own.
        for (row, id) in (0..n).zip(0_u32..) {
            for (column, value) in self.cells.cells(row) {
                if column != id {
                    rows[column as usize].push((id, value));
                }
            }
        }
        let rows = rows.into_iter().enumerate().map(|(r, mut row)| {
            row.extend(self.cells.cells(r));
            row
        });
        Csr::from_rows(n, rows)
    }

    /// Only the features named. Margins stay those of the whole text, so that scores stay what they were.
    ///
    /// # Errors
    /// [`Error::Data`] for an id that does not exist.
    pub fn select_features(&self, ids: &[u32]) -> Result<Self> {
        let (vocabulary, places) = narrow(&self.vocabulary, ids)?;
        let kept: Vec<usize> = (0..places.len()).filter(|&old| places[old].is_some()).collect();
        let cells = self
            .cells
            .renumber_columns(&places, vocabulary.len())?
            .select_rows(&kept)?;
        Self::from_parts(FcmParts {
            vocabulary,
            cells,
            options: self.options,
            distance_weights: self.distance_weights.to_vec(),
            rows: kept.iter().map(|&i| self.rows[i]).collect(),
            columns: kept.iter().map(|&i| self.columns[i]).collect(),
            total: self.total,
            unit_freqs: kept.iter().map(|&i| self.unit_freqs[i]).collect(),
            n_units: self.n_units,
        })
    }

    /// Adds two matrices of disjoint texts. Counts are exact in any order of merging; weights agree up to rounding.
    ///
    /// # Errors
    /// [`Error::Parameter`] where they were counted differently.
    pub fn merge(&self, other: &Self) -> Result<Self> {
        if self.options != other.options || self.distance_weights != other.distance_weights {
            return Err(Error::parameter(
                "other",
                format!("counted in the same way: {:?}", self.options),
                format!("{:?}", other.options),
            ));
        }
        let (vocabulary, places) = union(&[&self.vocabulary, &other.vocabulary])?;
        let n = vocabulary.len();
        let mut sources: Vec<[Option<usize>; 2]> = vec![[None; 2]; n];
        for (part, places) in places.iter().enumerate() {
            for (old, new) in places.iter().enumerate() {
                if let Some(new) = new {
                    sources[*new as usize][part] = Some(old);
                }
            }
        }
        let parts = [self, other];
        let rows = sources.iter().map(|row| {
            let [a, b] = [0, 1].map(|p| {
                let cells = row[p].into_iter().flat_map(|r| parts[p].cells.cells(r));
                cells
                    .filter_map(|(c, v)| Some((places[p][c as usize]?, v)))
                    .collect::<Vec<_>>()
            });
            add_sorted(&a, &b)
        });
        let cells = Csr::from_rows(n, rows)?;
        let margin = |of: &dyn Fn(&Self) -> &[T]| -> Vec<T> {
            let at = |p: usize, row: &[Option<usize>; 2]| row[p].map_or_else(T::default, |r| of(parts[p])[r]);
            sources.iter().map(|row| at(0, row) + at(1, row)).collect()
        };
        let freq = |p: usize, row: &[Option<usize>; 2]| row[p].map_or(0, |r| parts[p].unit_freqs[r]);
        Self::from_parts(FcmParts {
            cells,
            options: self.options,
            distance_weights: self.distance_weights.to_vec(),
            rows: margin(&|part| &part.rows),
            columns: margin(&|part| &part.columns),
            total: self.total + other.total,
            unit_freqs: sources.iter().map(|row| freq(0, row) + freq(1, row)).collect(),
            n_units: self.n_units + other.n_units,
            vocabulary,
        })
    }

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

/// Adds two rows that are sorted by column.
fn add_sorted<T: Cell>(a: &[(u32, T)], b: &[(u32, T)]) -> Vec<(u32, T)> {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => {
                sum.push(a[i]);
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                sum.push(b[j]);
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                sum.push((a[i].0, a[i].1 + b[j].1));
                i += 1;
                j += 1;
            }
        }
    }
    sum.extend_from_slice(&a[i..]);
    sum.extend_from_slice(&b[j..]);
    sum
}

/// Tokens, the units they stand in, and where each feature stands: a row of the result needs nothing else, so rows are
/// counted in parallel without a table that all threads share, and nothing but the result grows with the number of pairs.
struct Units<'a> {
    vocabulary: Arc<Vocabulary>,
    /// Ids in `vocabulary`, or [`PAD`].
    ids: Vec<u32>,
    bounds: Vec<Range<usize>>,
    /// Unit of each token.
    unit_of: Vec<u32>,
    /// Positions of each feature, ascending: `positions[starts[f]..starts[f + 1]]`.
    positions: Vec<usize>,
    starts: Vec<usize>,
    watch: &'a Watch,
}

impl<'a> Units<'a> {
    fn new(tokens: &Tokens, unit: Unit, watch: &'a Watch) -> Result<Self> {
        let (vocabulary, places) = occurring(tokens)?;
        let ids: Vec<u32> = tokens
            .ids()
            .iter()
            .map(|&id| places.get(id as usize).copied().flatten().unwrap_or(PAD))
            .collect();
        let bounds = unit_bounds(tokens, unit)?;
        let mut unit_of = vec![0_u32; ids.len()];
        for (bound, unit) in bounds.iter().zip(0_u32..) {
            unit_of[bound.clone()].fill(unit);
        }
        let mut starts = vec![0_usize; vocabulary.len() + 1];
        for &id in ids.iter().filter(|&&id| id != PAD) {
            starts[id as usize + 1] += 1;
        }
        for f in 0..vocabulary.len() {
            starts[f + 1] += starts[f];
        }
        let mut next = starts.clone();
        let mut positions = vec![0_usize; starts[vocabulary.len()]];
        for (place, &id) in ids.iter().enumerate().filter(|(_, id)| **id != PAD) {
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

    fn positions(&self, feature: u32) -> &[usize] {
        &self.positions[self.starts[feature as usize]..self.starts[feature as usize + 1]]
    }

    /// Positions of a feature, one slice a unit in which it occurs.
    fn by_unit(&self, feature: u32) -> impl Iterator<Item = (u32, &[usize])> {
        self.positions(feature)
            .chunk_by(|&a, &b| self.unit_of[a] == self.unit_of[b])
            .map(|places| (self.unit_of[places[0]], places))
    }

    fn unit_freqs(&self) -> Vec<u64> {
        #[allow(clippy::cast_possible_truncation)] // ids are u32
        (0..self.vocabulary.len() as u32)
            .into_par_iter()
            .map(|f| self.by_unit(f).count() as u64)
            .collect()
    }

    /// Neighbours of a position within its unit and window: to the right, and to the left.
    fn reach(&self, place: usize, window: usize) -> (Range<usize>, Range<usize>) {
        let bound = &self.bounds[self.unit_of[place] as usize];
        (
            place + 1..bound.end.min(place.saturating_add(window).saturating_add(1)),
            bound.start.max(place.saturating_sub(window))..place,
        )
    }

    /// Computes all rows; `row` gets a scratch of one slot a feature.
    fn rows<T: Cell>(&self, row: impl Fn(u32, &mut Scratch) -> Vec<(u32, T)> + Sync) -> Result<Csr<T>> {
        let n = self.vocabulary.len();
        // Rows cost very different amounts; few blocks a thread keep the number of scratches small.
        let block = n.div_ceil(rayon::current_num_threads() * 32).max(1);
        let starts: Vec<usize> = (0..n).step_by(block).collect();
        let blocks: Vec<Vec<Vec<(u32, T)>>> = starts
            .into_par_iter()
            .with_max_len(1)
            .map(|start| {
                let mut scratch = Scratch::new(n);
                let rows = start..n.min(start + block);
                self.watch.step(rows.len() as u64)?;
                #[allow(clippy::cast_possible_truncation)] // ids are u32
                Ok(rows.map(|r| row(r as u32, &mut scratch)).collect())
            })
            .collect::<Result<_>>()?;
        Csr::from_rows(n, blocks.into_iter().flatten())
    }
}

/// Where the units of a corpus begin and end. An empty document is a document, but holds neither sentence nor paragraph.
fn unit_bounds(tokens: &Tokens, unit: Unit) -> Result<Vec<Range<usize>>> {
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
        self.used.sort_unstable();
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
        let unit = corpus.unit_of[place];
        let (right, left) = corpus.reach(place, window);
        let mut count = |other: u32| match options.counting {
            Counting::Frequency => scratch.add(other, if other == feature { self_pair } else { 1 }),
            Counting::Boolean => scratch.add_once(other, unit),
        };
        // The upper triangle: a pair belongs to the row of the smaller id, and a self pair to its left token.
        let ids = &corpus.ids;
        right
            .map(|q| ids[q])
            .filter(|&o| o != PAD && (options.ordered || o >= feature))
            .for_each(&mut count);
        if !options.ordered {
            left.map(|q| ids[q])
                .filter(|&o| o != PAD && o > feature)
                .for_each(&mut count);
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
            places[0] + 1
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
                let mut hit = |q: usize, least: u32| {
                    let other = corpus.ids[q];
                    if other != PAD && (ordered || other >= least) {
                        hits.push((other, q.abs_diff(place)));
                    }
                };
                right.for_each(|q| hit(q, feature));
                if !ordered {
                    left.for_each(|q| hit(q, feature + 1));
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
