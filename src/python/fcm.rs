//! Feature co-occurrence matrices.

use numpy::Element;
use polars::prelude::*;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{count_column, counts, numbers, weights};
use super::dfm::{
    Arrays, arrays, cell_places, feature_column, match_features, matrix, unmatched, vocabulary,
};
use super::headers::{self, Exact};
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::corpus::csr::Csr;
use crate::corpus::fcm::{self, Cell, Cooccurrences, FcmOptions, FcmParts};
use crate::num::Window;
use crate::{Error, Result};

/// Counts of pairs of features.
#[pyclass(frozen, module = "duizhao._core")]
pub(super) struct Fcm(pub(super) fcm::Fcm);

/// Sums of distance weights over pairs of features.
#[pyclass(frozen, module = "duizhao._core")]
pub(super) struct WeightedFcm(pub(super) fcm::WeightedFcm);

/// All of a matrix but its frames, for storage.
#[derive(Serialize, Deserialize)]
#[serde(bound(
    serialize = "T: std::fmt::Display",
    deserialize = "T: std::str::FromStr<Err: std::fmt::Display>"
))]
struct Header<T> {
    options: FcmOptions,
    distance_weights: Vec<Exact<f64>>,
    total: Exact<T>,
    n_units: u64,
}

/// A cell type that frames and `NumPy` know.
trait Shown: Cell + Element + std::fmt::Display + std::str::FromStr<Err: std::fmt::Display> {
    const NAME: &'static str;
    fn column(name: &str, values: &[Self]) -> Column;
    fn values(series: &Series, argument: &'static str) -> Result<Vec<Self>>;
}

impl Shown for u64 {
    const NAME: &'static str = "count";
    fn column(name: &str, values: &[Self]) -> Column {
        count_column(name, values)
    }
    fn values(series: &Series, argument: &'static str) -> Result<Vec<Self>> {
        counts(series, argument)
    }
}

impl Shown for f64 {
    const NAME: &'static str = "weight";
    fn column(name: &str, values: &[Self]) -> Column {
        Column::new(name.into(), values)
    }
    fn values(series: &Series, argument: &'static str) -> Result<Vec<Self>> {
        weights(series, argument)
    }
}

fn features<T: Shown>(fcm: &Cooccurrences<T>) -> PyResult<PyFrame> {
    let margins = fcm.margins();
    bridge::frame(vec![
        feature_column(fcm.vocabulary()),
        T::column("margin_node", margins.rows),
        T::column("margin_collocate", margins.columns),
        count_column("unit_freq", fcm.unit_freqs()),
    ])
}

fn cells<T: Shown>(csr: &Csr<T>) -> PyResult<PyFrame> {
    let mut columns = cell_places(csr, "node", "collocate");
    columns.push(T::column(T::NAME, csr.values()));
    bridge::frame(columns)
}

fn collocates<T: Shown>(fcm: &Cooccurrences<T>, node: u32) -> PyResult<PyFrame> {
    let (ids, values): (Vec<u32>, Vec<T>) = fcm.collocates(node).into_iter().unzip();
    bridge::frame(vec![
        Column::new("collocate".into(), ids),
        T::column(T::NAME, &values),
    ])
}

fn header<T: Shown>(fcm: &Cooccurrences<T>) -> Result<String> {
    headers::write(&Header {
        options: *fcm.options(),
        distance_weights: fcm.distance_weights().iter().copied().map(Exact).collect(),
        total: Exact(fcm.margins().total),
        n_units: fcm.n_units(),
    })
}

fn column<'a>(frame: &'a PyFrame, name: &str) -> Result<&'a Series> {
    let column = frame
        .0
        .column(name)
        .map_err(|e| Error::data("fcm", format!("a frame with the column {name:?}"), e))?;
    Ok(column.as_materialized_series())
}

/// From what `header`, `features` and `cells` gave.
fn from_parts<T: Shown>(header: &str, features: &PyFrame, cells: &PyFrame) -> Result<Cooccurrences<T>> {
    let header: Header<T> = headers::read("fcm", header)?;
    let vocabulary = vocabulary(column(features, "feature")?)?;
    let cells = matrix(
        vocabulary.len(),
        vocabulary.len(),
        &numbers(column(cells, "node")?, "node")?,
        &numbers(column(cells, "collocate")?, "collocate")?,
        &T::values(column(cells, T::NAME)?, T::NAME)?,
    )?;
    Cooccurrences::from_parts(FcmParts {
        vocabulary,
        cells,
        options: header.options,
        distance_weights: header.distance_weights.into_iter().map(|w| w.0).collect(),
        rows: T::values(column(features, "margin_node")?, "margin_node")?,
        columns: T::values(column(features, "margin_collocate")?, "margin_collocate")?,
        total: header.total.0,
        unit_freqs: counts(column(features, "unit_freq")?, "unit_freq")?,
        n_units: header.n_units,
    })
}

/// The methods that counts and weights share.
macro_rules! shared_methods {
    ($class:ident, $cell:ty) => {
        #[pymethods]
        impl $class {
            /// What `header`, `features` and `cells` gave.
            #[staticmethod]
            fn from_parts(header: &str, features: PyFrame, cells: PyFrame) -> PyResult<Self> {
                Ok(Self(from_parts::<$cell>(header, &features, &cells)?))
            }

            /// Options, distance weights, total and number of units as JSON.
            fn header(&self) -> PyResult<String> {
                Ok(header(&self.0)?)
            }

            #[getter]
            fn n_features(&self) -> usize {
                self.0.vocabulary().len()
            }

            #[getter]
            fn n_nonzero(&self) -> usize {
                self.0.cells().n_nonzero()
            }

            #[getter]
            fn n_units(&self) -> u64 {
                self.0.n_units()
            }

            /// Size of the sample that the margins belong to.
            #[getter]
            fn total(&self) -> $cell {
                self.0.margins().total
            }

            /// Features with their margins and the number of units that have them.
            fn features(&self) -> PyResult<PyFrame> {
                features(&self.0)
            }

            /// Every stored cell: row, column, value.
            fn cells(&self) -> PyResult<PyFrame> {
                cells(self.0.cells())
            }

            /// Every cell of both triangles.
            fn symmetric_cells(&self) -> PyResult<PyFrame> {
                cells(&self.0.symmetric()?)
            }

            /// Features that share a pair with a node.
            fn collocates(&self, node: u32) -> PyResult<PyFrame> {
                collocates(&self.0, node)
            }

            /// Row pointers, columns and values as stored, without a copy.
            fn arrays(slf: Bound<'_, Self>) -> Arrays<'_, $cell> {
                arrays(slf.as_any(), slf.get().0.cells())
            }

            fn select_features(&self, ids: PySeries) -> PyResult<Self> {
                Ok(Self(self.0.select_features(&numbers(&ids.0, "features")?)?))
            }

            fn merge(&self, py: Python<'_>, other: &Bound<'_, Self>) -> PyResult<Self> {
                let other = &other.get().0;
                Ok(Self(supervise(py, None, |_| self.0.merge(other))?))
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
    };
}
shared_methods!(Fcm, u64);
shared_methods!(WeightedFcm, f64);

/// Which pairs count, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct PairOptions {
    unit: String,
    window: Option<u64>,
    counting: String,
    ordered: bool,
    self_pairs_twice: bool,
}

impl PairOptions {
    fn parse(self) -> Result<FcmOptions> {
        Ok(FcmOptions {
            unit: self.unit.parse()?,
            window: self.window.map(Window::try_from).transpose()?,
            counting: self.counting.parse()?,
            ordered: self.ordered,
            self_pairs_twice: self.self_pairs_twice,
        })
    }
}

/// Counts pairs; without a window over whole units.
#[pyfunction]
#[pyo3(signature = (tokens, options, *, progress=None))]
fn count_pairs(
    py: Python<'_>,
    tokens: &Bound<'_, PyTokens>,
    options: PairOptions,
    progress: Option<Py<PyAny>>,
) -> PyResult<Fcm> {
    let options = options.parse()?;
    let tokens = &tokens.get().0;
    supervise(py, progress.as_ref(), |watch| {
        fcm::Fcm::from_tokens(tokens, options, watch)
    })
    .map(Fcm)
}

/// Sums the weight of each distance over pairs.
#[pyfunction]
#[pyo3(signature = (tokens, *, weights, unit, ordered, self_pairs_twice, progress=None))]
fn weigh_pairs(
    py: Python<'_>,
    tokens: &Bound<'_, PyTokens>,
    weights: Vec<f64>,
    unit: &str,
    ordered: bool,
    self_pairs_twice: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<WeightedFcm> {
    let unit = unit.parse()?;
    let tokens = &tokens.get().0;
    supervise(py, progress.as_ref(), |watch| {
        fcm::WeightedFcm::from_tokens(tokens, &weights, unit, ordered, self_pairs_twice, watch)
    })
    .map(WeightedFcm)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Fcm>()?;
    module.add_class::<WeightedFcm>()?;
    module.add_function(wrap_pyfunction!(count_pairs, module)?)?;
    module.add_function(wrap_pyfunction!(weigh_pairs, module)?)
}
