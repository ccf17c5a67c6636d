//! Document-feature matrix: how often each document uses each feature.
//!
//! Counts ([`Dfm`]) and weights ([`WeightedDfm`]) are different types, so that nothing is weighted twice.

pub mod trim;

use std::sync::Arc;

use rayon::prelude::*;

pub use trim::{Threshold, ThresholdUnit, Trim};

use super::csr::Csr;
use super::pattern::Patterns;
use super::tokens::{PAD, Tokens};
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;

/// Counts of features by document, with the marginals that every statistic needs. Cloning is cheap.
///
/// Columns are in the order of the vocabulary, which is that of the code points.
#[derive(Debug, Clone, PartialEq)]
pub struct Dfm {
    vocabulary: Arc<Vocabulary>,
    counts: Arc<Csr<u64>>,
    feature_counts: Arc<Vec<u64>>,
    doc_freqs: Arc<Vec<u64>>,
    row_sums: Arc<Vec<u64>>,
    total: u64,
}

/// A document-feature matrix of weights.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedDfm {
    vocabulary: Arc<Vocabulary>,
    weights: Arc<Csr<f64>>,
}

impl WeightedDfm {
    /// Puts a vocabulary and weights together.
    ///
    /// # Errors
    /// [`Error::Data`] where the matrix has not one column a feature.
    pub fn new(vocabulary: Arc<Vocabulary>, weights: Csr<f64>) -> Result<Self> {
        same_width(&vocabulary, weights.n_columns())?;
        Ok(Self {
            vocabulary,
            weights: Arc::new(weights),
        })
    }

    /// The features, in the order of the columns.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Weights by document (row) and feature (column).
    pub fn weights(&self) -> &Arc<Csr<f64>> {
        &self.weights
    }

    /// The documents named, in that order.
    ///
    /// # Errors
    /// [`Error::Data`] for a document that does not exist.
    pub fn select_documents(&self, rows: &[usize]) -> Result<Self> {
        Self::new(Arc::clone(&self.vocabulary), self.weights.select_rows(rows)?)
    }

    /// The features named. Weights stay what they were in the whole matrix.
    ///
    /// # Errors
    /// [`Error::Data`] for an id that does not exist.
    pub fn select_features(&self, ids: &[u32]) -> Result<Self> {
        let (vocabulary, places) = keep_ids(&self.vocabulary, ids)?;
        let weights = self.weights.renumber_columns(&places, vocabulary.len())?;
        Self::new(vocabulary, weights)
    }
}

fn same_width(vocabulary: &Vocabulary, columns: usize) -> Result<()> {
    if vocabulary.len() == columns {
        return Ok(());
    }
    Err(Error::data(
        "features",
        format!("one for each of {columns} columns"),
        vocabulary.len(),
    ))
}

/// A vocabulary of some of the features, and the new id of each old one. Repeated ids count once.
pub(super) fn keep_ids(vocabulary: &Arc<Vocabulary>, ids: &[u32]) -> Result<(Arc<Vocabulary>, Places)> {
    let mut keep = vec![false; vocabulary.len()];
    for &id in ids {
        *keep
            .get_mut(id as usize)
            .ok_or_else(|| Error::data("ids", format!("below {}", vocabulary.len()), id))? = true;
    }
    keep_features(vocabulary, &keep)
}

/// A vocabulary of the features that are flagged, and the new id of each old one.
pub(super) fn keep_features(
    vocabulary: &Arc<Vocabulary>,
    keep: &[bool],
) -> Result<(Arc<Vocabulary>, Places)> {
    let mut next = 0_u32;
    let places: Vec<Option<u32>> = keep
        .iter()
        .map(|&k| {
            k.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    if next as usize == vocabulary.len() {
        return Ok((Arc::clone(vocabulary), places));
    }
    let kept = vocabulary
        .features()
        .iter()
        .zip(keep)
        .filter(|(_, k)| **k)
        .map(|(f, _)| f);
    Ok((Arc::new(Vocabulary::new(kept)?), places))
}

/// The features that occur in the tokens, and the new id of each old one.
pub(crate) fn occurring(tokens: &Tokens) -> Result<(Arc<Vocabulary>, Places)> {
    let mut seen = vec![false; tokens.vocabulary().len()];
    for &id in tokens.ids().iter().filter(|&&id| id != PAD) {
        seen[id as usize] = true;
    }
    keep_features(tokens.vocabulary(), &seen)
}

/// The new id of each old one, by old id.
pub(crate) type Places = Vec<Option<u32>>;

/// Ids of the features that match one of the words, ascending. A pattern of several words matches no single feature.
///
/// # Errors
/// As [`Patterns::compile`].
pub fn matching_ids(vocabulary: &Vocabulary, patterns: &Patterns) -> Result<Vec<u32>> {
    let compiled = patterns.compile(vocabulary)?;
    let mut found = Vec::new();
    Ok((0_u32..)
        .zip(vocabulary.features())
        .map(|(id, _)| id)
        .filter(|&id| {
            found.clear();
            compiled.matches(&[id], 0, &mut found);
            !found.is_empty()
        })
        .collect())
}

/// The union of vocabularies, and for each of them the new id of each old one.
pub(super) fn union(parts: &[&Arc<Vocabulary>]) -> Result<(Arc<Vocabulary>, Vec<Places>)> {
    let whole = match parts {
        [first, rest @ ..] if rest.iter().all(|v| v == first) => Arc::clone(first),
        _ => Arc::new(Vocabulary::new(parts.iter().flat_map(|v| v.features()))?),
    };
    let places = parts
        .iter()
        .map(|v| v.features().iter().map(|f| whole.id(f)).collect())
        .collect();
    Ok((whole, places))
}

impl Dfm {
    /// Puts a vocabulary and counts together and sums the margins.
    ///
    /// # Errors
    /// [`Error::Data`] where the matrix has not one column a feature, for a stored zero, and where all counts together pass 2⁶³ − 1.
    pub fn new(vocabulary: Arc<Vocabulary>, counts: Csr<u64>) -> Result<Self> {
        same_width(&vocabulary, counts.n_columns())?;
        if counts.values().contains(&0) {
            return Err(Error::data("counts", "without stored zeros", "a zero"));
        }
        let total: u128 = counts.values().iter().map(|&c| u128::from(c)).sum();
        // No sum below can overflow once the sum of all fits.
        let total = i64::try_from(total)
            .ok()
            .and_then(|t| u64::try_from(t).ok())
            .ok_or_else(|| Error::data("counts", "at most 9223372036854775807 in total", total))?;
        let mut feature_counts = vec![0_u64; vocabulary.len()];
        let mut doc_freqs = vec![0_u64; vocabulary.len()];
        let mut row_sums = Vec::with_capacity(counts.n_rows());
        for row in 0..counts.n_rows() {
            let mut sum = 0;
            for (feature, count) in counts.cells(row) {
                feature_counts[feature as usize] += count;
                doc_freqs[feature as usize] += 1;
                sum += count;
            }
            row_sums.push(sum);
        }
        Ok(Self {
            vocabulary,
            counts: Arc::new(counts),
            feature_counts: Arc::new(feature_counts),
            doc_freqs: Arc::new(doc_freqs),
            row_sums: Arc::new(row_sums),
            total,
        })
    }

    /// Counts the tokens of each document. Padding is not counted; features that do not occur have no column.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn from_tokens(tokens: &Tokens, watch: &Watch) -> Result<Self> {
        // A place for every feature, cleared after each document by those it used: no sorting of tokens, only of types. Which
        // features occur at all is seen from the cells, of which there are a tenth as many as tokens.
        let width = tokens.vocabulary().len();
        let rows: Vec<Vec<(u32, u64)>> = (0..tokens.n_documents())
            .into_par_iter()
            .map_init(
                || (vec![0_u32; width], Vec::new()),
                |(counts, used), d| {
                    watch.step(1)?;
                    let document = tokens.document(d);
                    u32::try_from(document.len()).map_err(|_| {
                        Error::data("docs", "documents of fewer than 2^32 tokens", document.len())
                    })?;
                    for &id in document {
                        if id == PAD {
                            continue;
                        }
                        let count = &mut counts[id as usize];
                        if *count == 0 {
                            used.push(id);
                        }
                        *count += 1;
                    }
                    used.sort_unstable();
                    Ok(used
                        .drain(..)
                        .map(|id| (id, u64::from(std::mem::take(&mut counts[id as usize]))))
                        .collect())
                },
            )
            .collect::<Result<_>>()?;
        let mut seen = vec![false; width];
        for &(id, _) in rows.iter().flatten() {
            seen[id as usize] = true;
        }
        let (vocabulary, places) = keep_features(tokens.vocabulary(), &seen)?;
        let counts = Csr::from_rows_of(rows.iter().map(Vec::len).sum(), width, rows)?;
        if vocabulary.len() == width {
            return Self::new(vocabulary, counts);
        }
        let counts = counts.renumber_columns(&places, vocabulary.len())?;
        Self::new(vocabulary, counts)
    }

    /// Builds from cells in any order; cells that name the same document and feature are added, zeros are dropped.
    ///
    /// # Errors
    /// [`Error::Data`] where the columns differ in length or a row or feature is out of range.
    pub fn from_cells(
        vocabulary: &Arc<Vocabulary>,
        n_documents: usize,
        documents: &[u32],
        features: &[u32],
        counts: &[u64],
    ) -> Result<Self> {
        if documents.len() != counts.len() || features.len() != counts.len() {
            return Err(Error::data("cells", "three columns of one length", counts.len()));
        }
        let mut rows = vec![Vec::new(); n_documents];
        for ((&document, &feature), &count) in documents.iter().zip(features).zip(counts) {
            let row = rows
                .get_mut(document as usize)
                .ok_or_else(|| Error::data("documents", format!("below {n_documents}"), document))?;
            row.push((feature, count));
        }
        let rows = rows.into_iter().map(add_up).collect::<Result<Vec<_>>>()?;
        Self::new(Arc::clone(vocabulary), Csr::from_rows(vocabulary.len(), rows)?)
    }

    /// The features, in the order of the columns.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Counts by document (row) and feature (column).
    pub fn counts(&self) -> &Arc<Csr<u64>> {
        &self.counts
    }

    /// How often each feature occurs.
    pub fn feature_counts(&self) -> &[u64] {
        &self.feature_counts
    }

    /// In how many documents each feature occurs.
    pub fn doc_freqs(&self) -> &[u64] {
        &self.doc_freqs
    }

    /// How many tokens each document has.
    pub fn row_sums(&self) -> &[u64] {
        &self.row_sums
    }

    /// How many tokens there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Number of documents.
    pub fn n_documents(&self) -> usize {
        self.counts.n_rows()
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        self.vocabulary.len()
    }

    /// Only the features named; their order stays that of the code points.
    ///
    /// # Errors
    /// [`Error::Data`] for an id that does not exist.
    pub fn select_features(&self, ids: &[u32]) -> Result<Self> {
        let (vocabulary, places) = keep_ids(&self.vocabulary, ids)?;
        let counts = self.counts.renumber_columns(&places, vocabulary.len())?;
        Self::new(vocabulary, counts)
    }

    /// The documents named, in that order. All features stay, also those that no longer occur.
    ///
    /// # Errors
    /// [`Error::Data`] for a document that does not exist.
    pub fn select_documents(&self, rows: &[usize]) -> Result<Self> {
        Self::new(Arc::clone(&self.vocabulary), self.counts.select_rows(rows)?)
    }

    /// Adds the documents of each group together: document `d` goes to row `groups[d]`.
    ///
    /// # Errors
    /// [`Error::Data`] where there is not one group number a document, or one is not below `n_groups`.
    pub fn group(&self, groups: &[u32], n_groups: usize) -> Result<Self> {
        Self::merge(&[(self, groups)], n_groups)
    }

    /// Adds matrices: document `d` of a part goes to row `rows[d]` of the result, whose features are those of all parts.
    ///
    /// Sums of whole numbers: neither the order of the parts nor the order of merging matters.
    ///
    /// # Errors
    /// [`Error::Data`] where a part has not one row number a document or one is not below `n_documents`, and where the
    /// counts together pass 2⁶³ − 1.
    pub fn merge(parts: &[(&Self, &[u32])], n_documents: usize) -> Result<Self> {
        let vocabularies: Vec<_> = parts.iter().map(|(part, _)| &part.vocabulary).collect();
        let (vocabulary, places) = union(&vocabularies)?;
        let mut sources: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_documents];
        for (p, (part, rows)) in parts.iter().enumerate() {
            if rows.len() != part.n_documents() {
                return Err(Error::data(
                    "rows",
                    format!("one for each of {} documents", part.n_documents()),
                    rows.len(),
                ));
            }
            for (d, &row) in rows.iter().enumerate() {
                sources
                    .get_mut(row as usize)
                    .ok_or_else(|| Error::data("rows", format!("below {n_documents}"), row))?
                    .push((p, d));
            }
        }
        let rows = sources
            .into_par_iter()
            .map(|sources| {
                let cells = sources.iter().flat_map(|&(p, d)| {
                    let places = &places[p];
                    parts[p]
                        .0
                        .counts
                        .cells(d)
                        .filter_map(|(c, v)| Some((places[c as usize]?, v)))
                });
                add_up(cells.collect())
            })
            .collect::<Result<Vec<_>>>()?;
        Self::new(Arc::clone(&vocabulary), Csr::from_rows(vocabulary.len(), rows)?)
    }
}

/// Sorts cells by column and adds those of one column; zeros are dropped.
fn add_up(mut cells: Vec<(u32, u64)>) -> Result<Vec<(u32, u64)>> {
    cells.sort_unstable_by_key(|&(column, _)| column);
    let mut sums: Vec<(u32, u64)> = Vec::with_capacity(cells.len());
    for (column, count) in cells.into_iter().filter(|&(_, count)| count > 0) {
        match sums.last_mut() {
            Some(last) if last.0 == column => {
                last.1 = last
                    .1
                    .checked_add(count)
                    .ok_or_else(|| Error::data("counts", "at most 9223372036854775807 in total", "more"))?;
            }
            _ => sums.push((column, count)),
        }
    }
    Ok(sums)
}
