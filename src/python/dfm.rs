//! Document-feature matrices.

use std::sync::Arc;

use numpy::PyArray1;
use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{count_column, counts, numbers, strings, weights};
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::analysis::tfidf;
use crate::corpus::csr::Csr;
use crate::corpus::dfm::{self, Threshold, ThresholdUnit, Trim};
use crate::corpus::pattern::Patterns;
use crate::corpus::vocabulary::Vocabulary;
use crate::num::Proportion;
use crate::stats::tfidf::{LogBase, Tf};
use crate::{Error, Result};

/// Row pointers, columns and values of a sparse matrix, as `NumPy` sees them.
pub(super) type Arrays<'py, T> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i32>>,
    Bound<'py, PyArray1<T>>,
);

/// Counts of features by document.
#[pyclass(frozen, module = "duizhao._core")]
pub(super) struct Dfm(pub(super) dfm::Dfm);

/// Weights of features by document.
#[pyclass(frozen, module = "duizhao._core")]
pub(super) struct WeightedDfm(pub(super) dfm::WeightedDfm);

/// A vocabulary from a column that is already in code-point order and distinct, as ours are.
pub(super) fn vocabulary(features: &Series) -> Result<Arc<Vocabulary>> {
    let features = bridge::texts(features, "feature")?;
    if features.windows(2).any(|w| w[0] >= w[1]) {
        return Err(Error::data(
            "feature",
            "distinct and in code-point order",
            "others",
        ));
    }
    Ok(Arc::new(Vocabulary::new(features)?))
}

/// The features of a vocabulary as a column.
pub(super) fn feature_column(vocabulary: &Vocabulary) -> Column {
    strings("feature", vocabulary.features().iter().map(AsRef::as_ref))
}

/// Row and column numbers of every cell, under the names given.
pub(super) fn cell_places<T: Copy>(csr: &Csr<T>, row: &str, column: &str) -> Vec<Column> {
    let mut rows: Vec<u32> = Vec::with_capacity(csr.n_nonzero());
    for (r, id) in (0..csr.n_rows()).zip(0_u32..) {
        rows.resize(rows.len() + csr.row(r).0.len(), id);
    }
    let columns: Vec<u32> = csr.indices().iter().map(|&c| c.cast_unsigned()).collect();
    vec![Column::new(row.into(), rows), Column::new(column.into(), columns)]
}

/// Sorted cells of rows and columns as a matrix.
pub(super) fn matrix<T: Copy>(
    n_rows: usize,
    n_columns: usize,
    rows: &[u32],
    columns: &[u32],
    values: &[T],
) -> Result<Csr<T>> {
    if rows.len() != values.len() || columns.len() != values.len() {
        return Err(Error::data("cells", "three columns of one length", values.len()));
    }
    let mut by_row: Vec<Vec<(u32, T)>> = vec![Vec::new(); n_rows];
    for ((&row, &column), &value) in rows.iter().zip(columns).zip(values) {
        by_row
            .get_mut(row as usize)
            .ok_or_else(|| Error::data("cells", format!("rows below {n_rows}"), row))?
            .push((column, value));
    }
    Csr::from_rows(n_columns, by_row)
}

/// The three arrays of a matrix without a copy.
pub(super) fn arrays<'py, T: numpy::Element + Copy>(
    owner: &Bound<'py, PyAny>,
    csr: &Csr<T>,
) -> Arrays<'py, T> {
    (
        bridge::borrow_array(owner.clone(), csr.indptr()),
        bridge::borrow_array(owner.clone(), csr.indices()),
        bridge::borrow_array(owner.clone(), csr.values()),
    )
}

/// Ids of the features that match a pattern.
pub(super) fn match_features(
    vocabulary: &Vocabulary,
    words: &[String],
    value_type: &str,
    case_insensitive: bool,
) -> PyResult<PySeries> {
    let mut patterns = Patterns::of_words(words, value_type.parse()?);
    patterns.case_insensitive = case_insensitive;
    let ids = dfm::matching_ids(vocabulary, &patterns)?;
    Ok(PySeries(Series::new("feature".into(), ids)))
}

/// Numbers of the words that no feature matches.
pub(super) fn unmatched(
    vocabulary: &Vocabulary,
    words: &[String],
    value_type: &str,
    case_insensitive: bool,
) -> PyResult<Vec<usize>> {
    let mut patterns = Patterns::of_words(words, value_type.parse()?);
    patterns.case_insensitive = case_insensitive;
    Ok(patterns.compile(vocabulary)?.unknown())
}

/// A tf scheme from its word and parameters.
pub(super) fn tf(scheme: &str, base: Option<f64>, k: Option<f64>) -> Result<Tf> {
    Ok(Tf {
        scheme: scheme.parse()?,
        base: base.map_or(Ok(LogBase::E), LogBase::try_from)?,
        k: k.map(|k| Proportion::new("k", k)).transpose()?,
    })
}

fn rows(numbers: &[u32]) -> Vec<usize> {
    numbers.iter().map(|&n| n as usize).collect()
}

#[pymethods]
impl Dfm {
    /// Counts the tokens of each document.
    #[staticmethod]
    #[pyo3(signature = (tokens, *, progress=None))]
    fn from_tokens(
        py: Python<'_>,
        tokens: &Bound<'_, PyTokens>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let tokens = &tokens.get().0;
        supervise(py, progress.as_ref(), |watch| {
            dfm::Dfm::from_tokens(tokens, watch)
        })
        .map(Self)
    }

    /// Cells in any order; those of one document and feature are added.
    #[staticmethod]
    fn from_cells(
        py: Python<'_>,
        features: PySeries,
        n_documents: usize,
        rows: PySeries,
        columns: PySeries,
        values: PySeries,
    ) -> PyResult<Self> {
        let made = supervise(py, None, move |_| {
            dfm::Dfm::from_cells(
                &vocabulary(&features.0)?,
                n_documents,
                &numbers(&rows.0, "document")?,
                &numbers(&columns.0, "feature")?,
                &counts(&values.0, "count")?,
            )
        })?;
        Ok(Self(made))
    }

    #[getter]
    fn n_documents(&self) -> usize {
        self.0.n_documents()
    }

    #[getter]
    fn n_features(&self) -> usize {
        self.0.n_features()
    }

    #[getter]
    fn n_nonzero(&self) -> usize {
        self.0.counts().n_nonzero()
    }

    #[getter]
    fn total(&self) -> u64 {
        self.0.total()
    }

    /// Features with their marginals.
    fn features(&self) -> PyResult<PyFrame> {
        bridge::frame(vec![
            feature_column(self.0.vocabulary()),
            count_column("count", self.0.feature_counts()),
            count_column("doc_freq", self.0.doc_freqs()),
        ])
    }

    /// Tokens of each document.
    fn row_sums(&self) -> PySeries {
        PySeries(
            count_column("n_tokens", self.0.row_sums())
                .as_materialized_series()
                .clone(),
        )
    }

    /// Every cell: row, column, count.
    fn cells(&self) -> PyResult<PyFrame> {
        let mut columns = cell_places(self.0.counts(), "document", "feature");
        columns.push(count_column("count", self.0.counts().values()));
        bridge::frame(columns)
    }

    /// Row pointers, columns and counts without a copy.
    fn arrays(slf: Bound<'_, Self>) -> Arrays<'_, u64> {
        arrays(slf.as_any(), slf.get().0.counts())
    }

    fn select_documents(&self, documents: PySeries) -> PyResult<Self> {
        Ok(Self(
            self.0
                .select_documents(&rows(&numbers(&documents.0, "documents")?))?,
        ))
    }

    fn select_features(&self, ids: PySeries) -> PyResult<Self> {
        Ok(Self(self.0.select_features(&numbers(&ids.0, "features")?)?))
    }

    fn trim(
        &self,
        min_count: Option<f64>,
        max_count: Option<f64>,
        count_unit: &str,
        min_doc_freq: Option<f64>,
        max_doc_freq: Option<f64>,
        doc_freq_unit: &str,
    ) -> PyResult<Self> {
        let bound = |argument, unit: ThresholdUnit, value: Option<f64>| -> Result<Option<Threshold>> {
            value.map(|v| unit.bound(argument, v)).transpose()
        };
        let (count, doc_freq) = (count_unit.parse()?, doc_freq_unit.parse()?);
        Ok(Self(self.0.trim(&Trim {
            min_count: bound("min_count", count, min_count)?,
            max_count: bound("max_count", count, max_count)?,
            min_doc_freq: bound("min_doc_freq", doc_freq, min_doc_freq)?,
            max_doc_freq: bound("max_doc_freq", doc_freq, max_doc_freq)?,
        })?))
    }

    fn group(&self, py: Python<'_>, groups: PySeries, n_groups: usize) -> PyResult<Self> {
        let groups = numbers(&groups.0, "groups")?;
        Ok(Self(supervise(py, None, |_| self.0.group(&groups, n_groups))?))
    }

    /// Adds matrices; `rows[i]` says where the documents of `parts[i]` go.
    #[staticmethod]
    fn merge(
        py: Python<'_>,
        parts: Vec<Bound<'_, Self>>,
        rows: Vec<PySeries>,
        n_documents: usize,
    ) -> PyResult<Self> {
        let rows = rows
            .iter()
            .map(|r| numbers(&r.0, "rows"))
            .collect::<Result<Vec<_>>>()?;
        let parts: Vec<&dfm::Dfm> = parts.iter().map(|p| &p.get().0).collect();
        let pairs: Vec<(&dfm::Dfm, &[u32])> = parts.into_iter().zip(rows.iter().map(Vec::as_slice)).collect();
        Ok(Self(supervise(py, None, |_| {
            dfm::Dfm::merge(&pairs, n_documents)
        })?))
    }

    /// A tf scheme.
    fn weigh(
        &self,
        py: Python<'_>,
        scheme: &str,
        base: Option<f64>,
        k: Option<f64>,
    ) -> PyResult<WeightedDfm> {
        let tf = tf(scheme, base, k)?;
        Ok(WeightedDfm(supervise(py, None, |watch| {
            tfidf::weigh(&self.0, &tf, watch)
        })?))
    }

    /// Numbers of the words that no feature matches.
    fn unmatched(
        &self,
        words: Vec<String>,
        value_type: &str,
        case_insensitive: bool,
    ) -> PyResult<Vec<usize>> {
        unmatched(self.0.vocabulary(), &words, value_type, case_insensitive)
    }

    /// Ids of the features that match a pattern.
    fn match_features(
        &self,
        words: Vec<String>,
        value_type: &str,
        case_insensitive: bool,
    ) -> PyResult<PySeries> {
        match_features(self.0.vocabulary(), &words, value_type, case_insensitive)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

#[pymethods]
impl WeightedDfm {
    /// Cells sorted by row and column.
    #[staticmethod]
    fn from_cells(
        features: PySeries,
        n_documents: usize,
        rows: PySeries,
        columns: PySeries,
        values: PySeries,
    ) -> PyResult<Self> {
        let vocabulary = vocabulary(&features.0)?;
        let csr = matrix(
            n_documents,
            vocabulary.len(),
            &numbers(&rows.0, "document")?,
            &numbers(&columns.0, "feature")?,
            &weights(&values.0, "weight")?,
        )?;
        Ok(Self(dfm::WeightedDfm::new(vocabulary, csr)?))
    }

    #[getter]
    fn n_documents(&self) -> usize {
        self.0.weights().n_rows()
    }

    #[getter]
    fn n_features(&self) -> usize {
        self.0.vocabulary().len()
    }

    #[getter]
    fn n_nonzero(&self) -> usize {
        self.0.weights().n_nonzero()
    }

    fn features(&self) -> PyResult<PyFrame> {
        bridge::frame(vec![feature_column(self.0.vocabulary())])
    }

    /// Every cell: row, column, weight.
    fn cells(&self) -> PyResult<PyFrame> {
        let mut columns = cell_places(self.0.weights(), "document", "feature");
        columns.push(Column::new("weight".into(), self.0.weights().values()));
        bridge::frame(columns)
    }

    /// Row pointers, columns and weights without a copy.
    fn arrays(slf: Bound<'_, Self>) -> Arrays<'_, f64> {
        arrays(slf.as_any(), slf.get().0.weights())
    }

    fn select_documents(&self, documents: PySeries) -> PyResult<Self> {
        Ok(Self(
            self.0
                .select_documents(&rows(&numbers(&documents.0, "documents")?))?,
        ))
    }

    fn select_features(&self, ids: PySeries) -> PyResult<Self> {
        Ok(Self(self.0.select_features(&numbers(&ids.0, "features")?)?))
    }

    /// Numbers of the words that no feature matches.
    fn unmatched(
        &self,
        words: Vec<String>,
        value_type: &str,
        case_insensitive: bool,
    ) -> PyResult<Vec<usize>> {
        unmatched(self.0.vocabulary(), &words, value_type, case_insensitive)
    }

    /// Ids of the features that match a pattern.
    fn match_features(
        &self,
        words: Vec<String>,
        value_type: &str,
        case_insensitive: bool,
    ) -> PyResult<PySeries> {
        match_features(self.0.vocabulary(), &words, value_type, case_insensitive)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Dfm>()?;
    module.add_class::<WeightedDfm>()
}
