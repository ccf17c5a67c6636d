//! How data crosses: polars frames both ways, our memory to `NumPy`, columns to expression plugins.
//!
//! polars-ffi defines a small C structure (`SeriesExport`, Arrow's C data interface per chunk) that every polars build
//! understands; nothing is copied. This file and its two parts are the only ones of the crate with `unsafe` code; each block says
//! why it holds.
#![allow(unsafe_code)]

pub(super) mod nested;
pub(super) mod plugin;

use std::mem::ManuallyDrop;

use numpy::ndarray::ArrayView1;
use numpy::{Element, PyArray1, PyArrayMethods};
use polars::prelude::*;
use polars_arrow::array::ListArray;
use polars_arrow::bitmap::Bitmap;
use polars_arrow::offset::OffsetsBuffer;
use polars_ffi::version_0::{SeriesExport, export_series, import_series};
use pyo3::intern;
use pyo3::prelude::*;

pub(super) use self::nested::{Rows, rows, rows_type};
pub(super) use self::plugin::expression;
use crate::{Error, Result};

/// A `polars.Series`.
pub(super) struct PySeries(pub(super) Series);

/// A `polars.DataFrame`.
pub(super) struct PyFrame(pub(super) DataFrame);

/// polars' own failures while data cross are failures of ours.
pub(super) fn polars_error(error: &PolarsError) -> Error {
    Error::Internal(format!("polars: {error}"))
}

impl<'a, 'py> FromPyObject<'a, 'py> for PySeries {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let py = object.py();
        let mut export = SeriesExport::empty();
        let address = (&raw mut export).addr();
        object
            .getattr(intern!(py, "_s"))?
            .call_method1(intern!(py, "_export"), (address,))?;
        // SAFETY: `_export` filled the structure with chunks that it owns a count of; `import_series` takes them over.
        let series = unsafe { import_series(export) }.map_err(|e| polars_error(&e))?;
        Ok(Self(series))
    }
}

impl<'py> IntoPyObject<'py> for PySeries {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        // `_import` takes the structure over by reading it, so it must not be dropped here as well.
        let export = ManuallyDrop::new(export_series(&self.0));
        let class = py.import(intern!(py, "polars"))?.getattr(intern!(py, "Series"))?;
        class.call_method1(intern!(py, "_import"), ((&raw const export).addr(),))
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for PyFrame {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let py = object.py();
        let mut columns = Vec::new();
        for series in object.call_method0(intern!(py, "get_columns"))?.try_iter()? {
            columns.push(series?.extract::<PySeries>()?.0.into_column());
        }
        let frame = DataFrame::new_infer_height(columns).map_err(|e| polars_error(&e))?;
        Ok(Self(frame))
    }
}

impl<'py> IntoPyObject<'py> for PyFrame {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let columns = self
            .0
            .columns()
            .iter()
            .map(|c| PySeries(c.as_materialized_series().clone()).into_pyobject(py))
            .collect::<PyResult<Vec<_>>>()?;
        py.import(intern!(py, "polars"))?
            .getattr(intern!(py, "DataFrame"))?
            .call1((columns,))
    }
}

/// Columns of equal length as a frame.
pub(super) fn frame(columns: Vec<Column>) -> PyResult<PyFrame> {
    Ok(PyFrame(
        DataFrame::new_infer_height(columns).map_err(|e| polars_error(&e))?,
    ))
}

/// The strings of a column without nulls. `argument` names the column in the error.
///
/// # Errors
/// [`Error::Data`] for another dtype (the facade checks dtypes first and raises `DataTypeError`) and for nulls.
pub(super) fn texts<'a>(series: &'a Series, argument: &'static str) -> Result<Vec<&'a str>> {
    let strings = series
        .str()
        .map_err(|_| Error::data(argument, "a column of strings", series.dtype()))?;
    strings
        .iter()
        .enumerate()
        .map(|(row, text)| {
            text.ok_or_else(|| Error::data(argument, "texts without nulls", format!("null in row {row}")))
        })
        .collect()
}

fn list_offsets(offsets: &[usize]) -> Result<OffsetsBuffer<i64>> {
    offsets
        .iter()
        .map(|&o| i64::try_from(o))
        .collect::<std::result::Result<Vec<_>, _>>()
        .ok()
        .and_then(|o| OffsetsBuffer::try_from(o).ok())
        .ok_or_else(|| Error::Internal("offsets of lists do not ascend".to_owned()))
}

/// Values cut into lists: list `i` holds `values[offsets[i]..offsets[i + 1]]`, or is null where `valid` is there and false.
pub(super) fn lists(
    name: PlSmallStr,
    values: &Series,
    offsets: &[usize],
    valid: Option<Vec<bool>>,
) -> Result<Series> {
    let values = values.rechunk();
    let inner = values.to_arrow(0, CompatLevel::newest());
    let dtype = ListArray::<i64>::default_datatype(inner.dtype().clone());
    let array = ListArray::<i64>::try_new(dtype, list_offsets(offsets)?, inner, valid.map(Bitmap::from))
        .map_err(|e| polars_error(&e))?;
    Series::try_from((name, array.boxed())).map_err(|e| polars_error(&e))
}

/// A column of lists, laid open: where each list starts in the values.
fn list_parts(series: &Series, argument: &'static str) -> Result<(Series, Vec<usize>)> {
    let lists = series
        .list()
        .map_err(|_| Error::data(argument, "a column of lists", series.dtype()))?;
    if lists.null_count() > 0 {
        let found = format!("{} null lists", lists.null_count());
        return Err(Error::data(argument, "lists without nulls", found));
    }
    let lists = lists.rechunk();
    let mut offsets = vec![0];
    for array in lists.downcast_iter() {
        offsets = array
            .offsets()
            .iter()
            .map(|&o| usize::try_from(o).unwrap_or_default())
            .collect();
    }
    Ok((lists.get_inner(), offsets))
}

/// A column of lists of strings whose strings can be borrowed.
pub(super) struct StringLists {
    values: StringChunked,
    offsets: Vec<usize>,
}

impl StringLists {
    /// The strings of each list; `None` for a null.
    pub(super) fn documents(&self) -> Result<Vec<Vec<Option<&str>>>> {
        let values: Vec<Option<&str>> = self.values.iter().collect();
        self.offsets
            .windows(2)
            .map(|w| values.get(w[0]..w[1]).map(<[_]>::to_vec))
            .collect::<Option<_>>()
            .ok_or_else(|| Error::Internal("offsets of lists lie outside their values".to_owned()))
    }
}

/// The strings of a column of lists. `argument` names the column in the error.
///
/// # Errors
/// [`Error::Data`] for another dtype and for null lists.
pub(super) fn string_lists(series: &Series, argument: &'static str) -> Result<StringLists> {
    let (values, offsets) = list_parts(series, argument)?;
    let values = values
        .str()
        .map_err(|_| Error::data(argument, "a column of lists of strings", series.dtype()))?
        .clone();
    Ok(StringLists { values, offsets })
}

/// The numbers of a column of lists of `UInt32`.
///
/// # Errors
/// As [`string_lists`]; a null among the numbers is an error too.
pub(super) fn number_lists(series: &Series, argument: &'static str) -> Result<Vec<Vec<u32>>> {
    let (values, offsets) = list_parts(series, argument)?;
    let wrong = || {
        Error::data(
            argument,
            "a column of lists of UInt32 without nulls",
            series.dtype(),
        )
    };
    let values: Vec<u32> = values
        .u32()
        .map_err(|_| wrong())?
        .iter()
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    offsets
        .windows(2)
        .map(|w| values.get(w[0]..w[1]).map(<[_]>::to_vec))
        .collect::<Option<_>>()
        .ok_or_else(wrong)
}

/// `NumPy`'s view of memory that `owner` keeps alive: no copy, read-only.
///
/// The slice must be part of `owner` (a frozen pyclass) and never change or move while `owner` lives.
pub(super) fn borrow_array<'py, T: Element>(
    owner: Bound<'py, PyAny>,
    slice: &[T],
) -> Bound<'py, PyArray1<T>> {
    // SAFETY: the callers pass slices of immutable, heap-allocated storage owned by `owner`, whose count the array holds;
    // the writeable flag is cleared before anybody else sees the array.
    let array = unsafe { PyArray1::borrow_from_array(&ArrayView1::from(slice), owner) };
    array.readwrite().make_nonwriteable();
    array
}
