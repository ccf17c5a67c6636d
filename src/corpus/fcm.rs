//! Feature co-occurrence matrix: how often two features stand near each other.
//!
//! A *pair* is two tokens of one unit (document, sentence or paragraph) of which the first stands before the second,
//! in a window at a distance of at most the window's size. Padding is distance, never a feature. Each pair counts once,
//! also where both are the same feature: a feature that occurs `c` times in a unit makes `c(c − 1)/2` pairs with itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::csr::Csr;
use super::dfm::{keep_ids, union};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::num::Window;

mod count;
pub(crate) use count::unit_bounds;

crate::words! {
    /// The stretch of text that a pair does not leave.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Unit as "within" {
        /// A document.
        Document = "document",
        /// A paragraph; also ends with its document.
        Paragraph = "paragraph",
        /// A sentence; also ends with its document.
        Sentence = "sentence",
    }
}

crate::words! {
    /// What a cell counts.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Counting as "count" {
        /// Pairs.
        Frequency = "frequency",
        /// Units with at least one such pair.
        Boolean = "boolean",
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
        let (vocabulary, places) = keep_ids(&self.vocabulary, ids)?;
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
