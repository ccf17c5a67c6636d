//! `crate::Error` → an exception class of `duizhao.errors`.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::Error;

/// Name of the Python class that stands for an error. Exhaustive on purpose: a new variant must choose its class here.
fn class_name(error: &Error) -> &'static str {
    match error {
        Error::Parameter { .. } => "ParameterError",
        Error::Data { .. } => "DataError",
        Error::Dictionary { .. } => "DictionaryError",
        Error::Format { .. } => "FormatError",
        Error::Interrupted | Error::Internal(_) => "InternalError",
    }
}

/// An exception of `duizhao.errors` by class name.
pub(super) fn raise(py: Python<'_>, class: &str, message: &str) -> PyErr {
    let made = py
        .import("duizhao.errors")
        .and_then(|m| m.getattr(class))
        .and_then(|c| c.call1((message,)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        // Only if the Python half of the package is missing.
        Err(_) => PyRuntimeError::new_err(format!("{class}: {message}")),
    }
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        Python::attach(|py| raise(py, class_name(&error), &error.to_string()))
    }
}
