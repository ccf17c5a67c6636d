//! Term weights and fitted idf.

use std::sync::Arc;

use polars::prelude::*;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, count_column, counts, weights};
use super::dfm::{Dfm, WeightedDfm, feature_column, vocabulary};
use super::headers::{self, Exact};
use super::supervise::supervise;
use crate::Result;
use crate::analysis::tfidf::{self, FittedIdf};
use crate::num::Proportion;
use crate::stats::tfidf::{IdfFormula, IdfScheme, LogBase, Preset, TfIdf};

/// A fitted inverse document frequency.
#[pyclass(frozen, module = "duizhao._core")]
pub(super) struct Idf(FittedIdf);

/// What was fitted, for the header of a stored idf.
#[derive(Serialize, Deserialize)]
struct IdfHeader {
    n_documents: u64,
    scheme: IdfScheme,
    base: Exact<f64>,
    smoothing: Exact<f64>,
    k: Exact<f64>,
    add: Exact<f64>,
}

/// What the user said, over what the preset (or the default) says.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Wishes {
    preset: Option<String>,
    tf: Option<String>,
    tf_k: Option<f64>,
    idf: Option<String>,
    base: Option<f64>,
    smoothing: Option<f64>,
    k: Option<f64>,
    add: Option<f64>,
    norm: Option<String>,
    unseen: Option<String>,
}

impl Wishes {
    fn options(&self) -> Result<TfIdf> {
        let mut options = match &self.preset {
            Some(word) => word.parse::<Preset>()?.options(),
            None => TfIdf::default(),
        };
        if let Some(word) = &self.tf {
            options.tf.scheme = word.parse()?;
        }
        if let Some(k) = self.tf_k {
            options.tf.k = Some(Proportion::new("tf_k", k)?);
        }
        if let Some(base) = self.base {
            options.tf.base = LogBase::try_from(base)?;
            options.idf.base = options.tf.base;
        }
        if let Some(word) = &self.idf {
            options.idf.scheme = word.parse()?;
        }
        options.idf.smoothing = self.smoothing.unwrap_or(options.idf.smoothing);
        options.idf.k = self.k.unwrap_or(options.idf.k);
        options.idf.add = self.add.unwrap_or(options.idf.add);
        options.idf = options.idf.checked()?;
        if let Some(word) = &self.norm {
            options.norm = word.parse()?;
        }
        if let Some(word) = &self.unseen {
            options.unseen = word.parse()?;
        }
        Ok(options)
    }
}

#[pymethods]
impl Idf {
    /// Fits the formula on the document frequencies of a matrix.
    #[staticmethod]
    fn fit(dfm: &Bound<'_, Dfm>, wishes: Wishes) -> PyResult<Self> {
        Ok(Self(FittedIdf::fit(&dfm.get().0, wishes.options()?.idf)?))
    }

    /// A table of features and their idf.
    #[staticmethod]
    fn from_table(features: PySeries, values: PySeries) -> PyResult<Self> {
        Ok(Self(FittedIdf::from_table(
            &bridge::texts(&features.0, "feature")?,
            &weights(&values.0, "idf")?,
        )?))
    }

    /// What `header` and `to_frame` gave.
    #[staticmethod]
    fn from_doc_freqs(header: &str, features: PySeries, doc_freqs: PySeries) -> PyResult<Self> {
        let header: IdfHeader = headers::read("idf", header)?;
        let formula = IdfFormula {
            scheme: header.scheme,
            base: LogBase::try_from(header.base.0)?,
            smoothing: header.smoothing.0,
            k: header.k.0,
            add: header.add.0,
        };
        Ok(Self(FittedIdf::from_doc_freqs(
            vocabulary(&features.0)?,
            header.n_documents,
            counts(&doc_freqs.0, "doc_freq")?,
            formula,
        )?))
    }

    /// Number of documents and formula as JSON; `None` for a table that was supplied.
    fn header(&self) -> PyResult<Option<String>> {
        let json = self.0.source().map(|source| {
            let formula = &source.formula;
            headers::write(&IdfHeader {
                n_documents: source.n_documents,
                scheme: formula.scheme,
                base: Exact(formula.base.get()),
                smoothing: Exact(formula.smoothing),
                k: Exact(formula.k),
                add: Exact(formula.add),
            })
        });
        Ok(json.transpose()?)
    }

    #[getter]
    fn n_features(&self) -> usize {
        self.0.vocabulary().len()
    }

    #[getter]
    fn n_documents(&self) -> Option<u64> {
        self.0.source().map(|s| s.n_documents)
    }

    /// Feature, document frequency, idf.
    fn to_frame(&self) -> PyResult<PyFrame> {
        let doc_freq = match self.0.source() {
            Some(source) => count_column("doc_freq", &source.doc_freqs),
            None => Column::full_null("doc_freq".into(), self.0.vocabulary().len(), &DataType::Int64),
        };
        bridge::frame(vec![
            feature_column(self.0.vocabulary()),
            doc_freq,
            Column::new("idf".into(), self.0.values()),
        ])
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// The idf to use: the one that is given, or one fitted on the matrix itself.
fn fitted(dfm: &Dfm, idf: Option<&Bound<'_, Idf>>, options: &TfIdf) -> Result<Arc<FittedIdf>> {
    Ok(Arc::new(match idf {
        Some(idf) => idf.get().0.clone(),
        None => FittedIdf::fit(&dfm.0, options.idf)?,
    }))
}

/// One row a count: document and feature (numbers), freq, tf, idf, tfidf.
#[pyfunction]
fn tfidf_frame(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    idf: Option<&Bound<'_, Idf>>,
    wishes: Wishes,
) -> PyResult<PyFrame> {
    let options = wishes.options()?;
    let dfm = dfm.get();
    let idf = fitted(dfm, idf, &options)?;
    let rows = supervise(py, None, |watch| tfidf::tfidf(&dfm.0, &idf, &options, watch))?;
    let each = Each(&rows);
    bridge::frame(vec![
        each.numbers("document", |r| r.document),
        each.numbers("feature", |r| r.feature),
        each.ints("freq", |r| r.freq),
        each.floats("tf", |r| r.tf),
        each.maybe_floats("idf", |r| r.idf),
        each.maybe_floats("tfidf", |r| r.tfidf),
    ])
}

/// The same as a matrix.
#[pyfunction]
fn tfidf_matrix(
    py: Python<'_>,
    dfm: &Bound<'_, Dfm>,
    idf: Option<&Bound<'_, Idf>>,
    wishes: Wishes,
) -> PyResult<WeightedDfm> {
    let options = wishes.options()?;
    let dfm = dfm.get();
    let idf = fitted(dfm, idf, &options)?;
    Ok(WeightedDfm(supervise(py, None, |watch| {
        tfidf::tfidf_matrix(&dfm.0, &idf, &options, watch)
    })?))
}

/// The idf of each document frequency by the default formula, ln(N / df); null where nothing is finite.
#[pyfunction]
fn idf_values(n_documents: u64, doc_freq: PySeries) -> PyResult<PySeries> {
    let found = IdfFormula::default().values(n_documents, &counts(&doc_freq.0, "doc_freq")?);
    Ok(PySeries(Series::new("idf".into(), found)))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Idf>()?;
    module.add_function(wrap_pyfunction!(idf_values, module)?)?;
    module.add_function(wrap_pyfunction!(tfidf_frame, module)?)?;
    module.add_function(wrap_pyfunction!(tfidf_matrix, module)?)
}
