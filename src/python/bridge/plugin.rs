//! Expression plugins: what polars calls for `.zh`.
#![allow(unsafe_code)]
// What polars calls must be `pub` and exported, though no Rust path leads there.
#![allow(unreachable_pub)]

use std::cell::RefCell;
use std::ffi::{CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::*;
use polars_arrow::ffi::{ArrowSchema, export_field_to_c};
use polars_ffi::version_0::{SeriesExport, export_series, import_series_buffer};
use serde::de::DeserializeOwned;

use super::nested::{Rows, RowsExport};
use super::polars_error;
use crate::{Error, Result};

/// What an expression may return.
pub(in crate::python) trait Returned {
    /// Hands it over.
    ///
    /// # Safety
    /// `place` must be that which polars hands to a plugin for its result.
    unsafe fn hand_over(self, place: *mut SeriesExport);
}

impl Returned for Series {
    unsafe fn hand_over(self, place: *mut SeriesExport) {
        // SAFETY: polars passes a pointer to an empty structure for the result.
        unsafe { *place = export_series(&self) }
    }
}

impl Returned for Rows {
    unsafe fn hand_over(self, place: *mut SeriesExport) {
        // SAFETY: as above; both structures have one layout, which is polars' plugin interface.
        unsafe { place.cast::<RowsExport>().write(self.export()) }
    }
}

/// A dtype in polars' words or in Arrow's.
pub(in crate::python) trait Kind {
    /// In Arrow's.
    fn arrow(self, name: PlSmallStr) -> ArrowField;
}

impl Kind for DataType {
    fn arrow(self, name: PlSmallStr) -> ArrowField {
        self.to_arrow_field(name, CompatLevel::newest())
    }
}

impl Kind for ArrowDataType {
    fn arrow(self, name: PlSmallStr) -> ArrowField {
        ArrowField::new(name, self, true)
    }
}

thread_local! {
    /// What polars asks for after an expression returned nothing.
    static LAST_ERROR: RefCell<CString> = RefCell::default();
}

fn set_last_error(message: &str) {
    let message = CString::new(message.replace('\0', " ")).unwrap_or_default();
    LAST_ERROR.with(|slot| *slot.borrow_mut() = message);
}

/// Part of polars' plugin interface: the message of the last error on this thread.
///
/// # Safety
/// Called by polars; the pointer holds until the next failing expression on the same thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _polars_plugin_get_last_error_message() -> *const c_char {
    LAST_ERROR.with(|slot| slot.borrow().as_ptr())
}

/// Part of polars' plugin interface: version of the exchange structures.
///
/// # Safety
/// Called by polars; touches no memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _polars_plugin_get_version() -> u32 {
    let (major, minor) = polars_ffi::get_version();
    (u32::from(major) << 16) + u32::from(minor)
}

/// The keyword arguments of an expression.
///
/// # Safety
/// The pointer must be null or lead to `length` bytes that stay during the call.
unsafe fn arguments<K: DeserializeOwned>(kwargs: *const u8, length: usize) -> Result<K> {
    let bytes: &[u8] = if kwargs.is_null() || length == 0 {
        // An empty pickle: an expression without keyword arguments.
        b"}."
    } else {
        // SAFETY: as the caller promises.
        unsafe { std::slice::from_raw_parts(kwargs, length) }
    };
    serde_pickle::from_slice(bytes, serde_pickle::DeOptions::new())
        .map_err(|e| Error::Internal(format!("arguments of the expression: {e}")))
}

/// Body of an expression plugin; use the macro [`expression!`].
///
/// # Safety
/// The pointers must be those that polars hands to a plugin.
pub(in crate::python) unsafe fn run_expression<K: DeserializeOwned, R: Returned>(
    inputs: *mut SeriesExport,
    n_inputs: usize,
    kwargs: *const u8,
    kwargs_len: usize,
    returned: *mut SeriesExport,
    body: fn(&[Series], K) -> Result<R>,
) {
    let outcome = catch_unwind(AssertUnwindSafe(|| -> Result<R> {
        // SAFETY: polars passes `n_inputs` exported series and hands them over.
        let inputs = unsafe { import_series_buffer(inputs, n_inputs) }.map_err(|e| polars_error(&e))?;
        // SAFETY: polars passes a buffer of `kwargs_len` bytes that outlives the call.
        body(&inputs, unsafe { arguments(kwargs, kwargs_len) }?)
    }));
    match outcome {
        // SAFETY: polars passes a pointer to an empty structure for the result.
        Ok(Ok(result)) => unsafe { result.hand_over(returned) },
        Ok(Err(error)) => set_last_error(&error.to_string()),
        Err(_) => set_last_error("internal error: an expression panicked"),
    }
}

/// Body of the dtype half of an expression plugin: same name as the first input, a dtype that the arguments decide.
///
/// # Safety
/// The pointers must be those that polars hands to a plugin.
pub(in crate::python) unsafe fn run_field<K: DeserializeOwned, D: Kind>(
    fields: *mut ArrowSchema,
    n: usize,
    returned: *mut ArrowSchema,
    kwargs: *const u8,
    kwargs_len: usize,
    dtype: fn(K) -> Result<D>,
) {
    let outcome = catch_unwind(AssertUnwindSafe(|| -> Result<()> {
        // SAFETY: polars passes `n` fields that outlive the call.
        let fields = unsafe { std::slice::from_raw_parts(fields, n) };
        let name = fields.first().map_or_else(PlSmallStr::default, |f| {
            // SAFETY: a field exported by polars.
            unsafe { polars_arrow::ffi::import_field_from_c(f) }
                .map_or_else(|_| PlSmallStr::default(), |f| f.name)
        });
        // SAFETY: polars passes a buffer of `kwargs_len` bytes that outlives the call.
        let field = dtype(unsafe { arguments(kwargs, kwargs_len) }?)?.arrow(name);
        // SAFETY: polars passes a pointer to an empty structure for the result.
        unsafe { *returned = export_field_to_c(&field) };
        Ok(())
    }));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => set_last_error(&error.to_string()),
        Err(_) => set_last_error("internal error: the dtype of an expression panicked"),
    }
}

/// Declares an expression plugin:
/// `expression!(_polars_plugin_zh_repair, _polars_plugin_field_zh_repair, body, || DataType::String);`
/// where `fn body(inputs: &[Series], kwargs: K) -> Result<R>`, `R` is a [`Series`] or [`Rows`], and `K: DeserializeOwned` (use a struct
/// with `#[serde(default)]`; an empty struct where there are no arguments). The first name without its prefix is
/// the `function_name` of `polars.plugins.register_plugin_function`. Where the arguments decide about the dtype, name a
/// function of them instead: `expression!(…, body, of K: dtype);` with `fn dtype(kwargs: K) -> Result<D>`.
macro_rules! expression {
    ($call:ident, $field:ident, $body:path, || $dtype:expr) => {
        $crate::python::bridge::expression!($call, $field, $body, of serde::de::IgnoredAny: |_| Ok($dtype));
    };
    ($call:ident, $field:ident, $body:path, of $options:ty: $dtype:expr) => {
        #[doc(hidden)]
        #[allow(unsafe_code, unreachable_pub, clippy::missing_safety_doc)] // called by polars only, with the pointers it makes
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $call(
            inputs: *mut polars_ffi::version_0::SeriesExport,
            n_inputs: usize,
            kwargs: *const u8,
            kwargs_len: usize,
            returned: *mut polars_ffi::version_0::SeriesExport,
            _context: *mut polars_ffi::version_0::CallerContext,
        ) {
            unsafe {
                $crate::python::bridge::plugin::run_expression(inputs, n_inputs, kwargs, kwargs_len, returned, $body)
            }
        }

        #[doc(hidden)]
        #[allow(unsafe_code, unreachable_pub, clippy::missing_safety_doc)]
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $field(
            fields: *mut polars_arrow::ffi::ArrowSchema,
            n: usize,
            returned: *mut polars_arrow::ffi::ArrowSchema,
            kwargs: *const u8,
            kwargs_len: usize,
        ) {
            unsafe {
                $crate::python::bridge::plugin::run_field::<$options, _>(
                    fields, n, returned, kwargs, kwargs_len, $dtype,
                );
            }
        }
    };
}
#[allow(unused_imports)]
pub(in crate::python) use expression;
