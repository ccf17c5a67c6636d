//! Lists of rows: Arrow memory that our polars cannot name.
#![allow(unsafe_code)]

use std::ffi::c_void;
use std::mem::ManuallyDrop;

use polars::prelude::*;
use polars_arrow::array::{Array, ListArray, StructArray};
use polars_arrow::bitmap::Bitmap;
use polars_arrow::ffi::{ArrowArray, ArrowSchema, export_array_to_c, export_field_to_c};
use polars_ffi::version_0::SeriesExport;
use pyo3::intern;
use pyo3::prelude::*;

use super::{list_offsets, polars_error};
use crate::{Error, Result};

/// Lists of rows, a `polars.Series` of dtype `List(Struct)` in Python. It is Arrow memory and no [`Series`], since the polars that
/// this crate links is built without structs: they would cost every clean build minutes, and nothing here computes with them.
pub(in crate::python) struct Rows {
    field: ArrowField,
    array: Box<dyn Array>,
}

/// The dtype of [`rows`].
pub(in crate::python) fn rows_type(
    fields: impl IntoIterator<Item = (PlSmallStr, DataType)>,
) -> ArrowDataType {
    let fields = fields
        .into_iter()
        .map(|(name, dtype)| dtype.to_arrow_field(name, CompatLevel::newest()))
        .collect();
    ListArray::<i64>::default_datatype(ArrowDataType::Struct(fields))
}

/// Columns of equal length cut into lists of rows: list `i` holds the rows `offsets[i]..offsets[i + 1]`, or is null where `valid` is
/// there and false.
pub(in crate::python) fn rows(
    name: PlSmallStr,
    columns: &[Column],
    offsets: &[usize],
    valid: Option<Vec<bool>>,
) -> Result<Rows> {
    let kind = rows_type(columns.iter().map(|c| (c.name().clone(), c.dtype().clone())));
    let inner = match &kind {
        ArrowDataType::LargeList(item) => item.dtype().clone(),
        _ => return Err(Error::Internal("lists of rows are no lists".to_owned())),
    };
    let values = columns
        .iter()
        .map(|c| {
            c.as_materialized_series()
                .rechunk()
                .to_arrow(0, CompatLevel::newest())
        })
        .collect();
    let length = offsets.last().copied().unwrap_or(0);
    let inner = StructArray::try_new(inner, length, values, None).map_err(|e| polars_error(&e))?;
    let array = ListArray::<i64>::try_new(
        kind.clone(),
        list_offsets(offsets)?,
        inner.boxed(),
        valid.map(Bitmap::from),
    )
    .map_err(|e| polars_error(&e))?;
    Ok(Rows {
        field: ArrowField::new(name, kind, true),
        array: array.boxed(),
    })
}

/// [`SeriesExport`] field by field: its own are private, and polars fills it from a [`Series`] only.
#[repr(C)]
pub(super) struct RowsExport {
    field: *mut ArrowSchema,
    arrays: *mut *mut ArrowArray,
    len: usize,
    release: Option<unsafe extern "C" fn(*mut RowsExport)>,
    owned: *mut c_void,
}
const _: () = assert!(
    size_of::<RowsExport>() == size_of::<SeriesExport>()
        && align_of::<RowsExport>() == align_of::<SeriesExport>()
);

/// What a [`RowsExport`] points at.
struct Owned {
    schema: ArrowSchema,
    /// Who imports takes the array over by reading it: it must not be dropped here as well.
    array: ManuallyDrop<ArrowArray>,
    arrays: [*mut ArrowArray; 1],
}

unsafe extern "C" fn release_rows(export: *mut RowsExport) {
    // SAFETY: polars calls this once with the structure that `export` filled.
    unsafe {
        if let Some(export) = export.as_mut().filter(|e| !e.owned.is_null()) {
            drop(Box::from_raw(export.owned.cast::<Owned>()));
            export.owned = std::ptr::null_mut();
            export.release = None;
        }
    }
}

impl Rows {
    pub(super) fn export(self) -> RowsExport {
        let owned = Box::into_raw(Box::new(Owned {
            schema: export_field_to_c(&self.field),
            array: ManuallyDrop::new(export_array_to_c(self.array)),
            arrays: [std::ptr::null_mut()],
        }));
        // SAFETY: `owned` was just made and nobody else has it; `ManuallyDrop` has the layout of what it holds.
        unsafe {
            (*owned).arrays[0] = (&raw mut (*owned).array).cast();
            RowsExport {
                field: &raw mut (*owned).schema,
                arrays: (&raw mut (*owned).arrays).cast(),
                len: 1,
                release: Some(release_rows),
                owned: owned.cast(),
            }
        }
    }
}

impl<'py> IntoPyObject<'py> for Rows {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        // `_import` takes the structure over by reading it; `RowsExport` has no destructor of its own.
        let export = self.export();
        let class = py.import(intern!(py, "polars"))?.getattr(intern!(py, "Series"))?;
        class.call_method1(intern!(py, "_import"), ((&raw const export).addr(),))
    }
}
