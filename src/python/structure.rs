//! Trees and maps.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{numbers, weights};
use super::similarity::Held;
use super::supervise::supervise;
use crate::analysis::structure;
use crate::stats::clustering::{Tree, cluster};
use crate::stats::decomposition::{Decomposition, scaling};

/// Merges, the order of the leaves, and the cophenetic correlation.
#[pyfunction]
fn cluster_tree(
    py: Python<'_>,
    n: usize,
    condensed: PySeries,
    linkage: &str,
) -> PyResult<(PyFrame, PySeries, Option<f64>)> {
    let linkage = linkage.parse()?;
    let condensed = weights(&condensed.0, "distances")?;
    let (tree, kept) = supervise(py, None, |_| {
        let tree = cluster(n, &condensed, linkage)?;
        let kept = tree.cophenetic_correlation(&condensed);
        Ok((tree, kept))
    })?;
    let merges = bridge::frame(vec![
        Column::new("first".into(), &tree.first),
        Column::new("second".into(), &tree.second),
        Column::new("height".into(), &tree.height),
        Column::new("size".into(), &tree.size),
    ])?;
    Ok((merges, PySeries(Series::new("order".into(), tree.order())), kept))
}

/// Cluster number of each leaf for `k` clusters.
#[pyfunction]
fn cut_tree(n: usize, first: PySeries, second: PySeries, k: usize) -> PyResult<PySeries> {
    let (first, second) = (numbers(&first.0, "first")?, numbers(&second.0, "second")?);
    let tree = Tree {
        n_leaves: n,
        height: vec![0.0; first.len()],
        size: vec![0; first.len()],
        first,
        second,
    };
    Ok(PySeries(Series::new("cluster".into(), tree.cut(k)?)))
}

/// Eigenvalues, their sum, coordinates of documents, coordinates of features: long columns, dimension by dimension.
type MapParts = (PySeries, f64, PySeries, PySeries);

fn parts(found: &Decomposition) -> MapParts {
    let long =
        |name: &str, columns: &[Vec<Option<f64>>]| PySeries(Series::new(name.into(), columns.concat()));
    (
        PySeries(Series::new("eigenvalue".into(), &found.eigenvalues)),
        found.total,
        long("documents", &found.documents),
        long("features", &found.features),
    )
}

/// Principal components, latent semantic analysis or correspondence analysis.
#[pyfunction]
#[pyo3(signature = (dfm, kind, dimensions, progress=None))]
fn map_documents(
    py: Python<'_>,
    dfm: &Bound<'_, PyAny>,
    kind: &str,
    dimensions: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<MapParts> {
    let kind = kind.parse()?;
    let held = Held::of(dfm)?;
    let matrix = held.matrix();
    let found = supervise(py, progress.as_ref(), |watch| {
        structure::map(matrix, kind, dimensions, watch)
    })?;
    Ok(parts(&found))
}

/// Classical scaling of a table of distances.
#[pyfunction]
fn scale_distances(py: Python<'_>, n: usize, condensed: PySeries, dimensions: usize) -> PyResult<MapParts> {
    let condensed = weights(&condensed.0, "distances")?;
    let found = supervise(py, None, |watch| scaling(n, &condensed, dimensions, watch))?;
    Ok(parts(&found))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(cluster_tree, module)?)?;
    module.add_function(wrap_pyfunction!(cut_tree, module)?)?;
    module.add_function(wrap_pyfunction!(map_documents, module)?)?;
    module.add_function(wrap_pyfunction!(scale_distances, module)?)
}
