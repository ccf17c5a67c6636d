//! Columns: how values become columns of a frame, and how columns are read as values.
//!
//! [`ints`], [`floats`], … make a column of values; [`Each`] makes columns of a field of each row. Whole numbers are `Int64` in every
//! frame that users see. A reader ([`numbers`], [`counts`], …) takes the dtype that the facade casts to and names the argument in the
//! error.

use polars::prelude::*;

use crate::{Error, Result};

/// A whole number as frames hold it; one above the range of `Int64` stands as its end.
pub(super) fn int<T: TryInto<i64>>(value: T) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// `Int64`.
pub(super) fn ints<T: TryInto<i64>>(name: &str, values: impl IntoIterator<Item = T>) -> Column {
    Column::new(name.into(), values.into_iter().map(int).collect::<Vec<i64>>())
}

/// `Int64` or null.
pub(super) fn maybe_ints<T: TryInto<i64>>(name: &str, values: impl IntoIterator<Item = Option<T>>) -> Column {
    let values = values.into_iter().map(|value| value.map(int));
    Column::new(name.into(), values.collect::<Vec<Option<i64>>>())
}

/// `Float64`.
pub(super) fn floats(name: &str, values: impl IntoIterator<Item = f64>) -> Column {
    Column::new(name.into(), values.into_iter().collect::<Vec<f64>>())
}

/// `Float64` or null.
pub(super) fn maybe_floats(name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Column {
    Column::new(name.into(), values.into_iter().collect::<Vec<Option<f64>>>())
}

/// The bounds of intervals as `<name>_low` and `<name>_high`, `Float64` or null.
pub(super) fn bounds(name: &str, intervals: &[Option<(f64, f64)>]) -> [Column; 2] {
    let side = |side: &str, of: fn((f64, f64)) -> f64| {
        maybe_floats(&format!("{name}_{side}"), intervals.iter().map(|i| i.map(of)))
    };
    [side("low", |i| i.0), side("high", |i| i.1)]
}

/// `String`.
pub(super) fn strings<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Column {
    StringChunked::from_iter_values(name.into(), values.into_iter()).into_column()
}

/// `String` or null.
pub(super) fn maybe_strings<'a>(name: &str, values: impl IntoIterator<Item = Option<&'a str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values.into_iter()).into_column()
}

/// `Boolean`.
pub(super) fn flags(name: &str, values: impl IntoIterator<Item = bool>) -> Column {
    Column::new(name.into(), values.into_iter().collect::<Vec<bool>>())
}

/// Counts of a table; its kernel keeps their sum below 2⁶³.
pub(super) fn count_column(name: &str, counts: &[u64]) -> Column {
    ints(name, counts.iter().copied())
}

/// The rows of a table, of which each column takes one field.
pub(super) struct Each<'a, R>(pub(super) &'a [R]);

impl<R> Each<'_, R> {
    pub(super) fn ints<T: TryInto<i64>>(&self, name: &str, of: impl Fn(&R) -> T) -> Column {
        ints(name, self.0.iter().map(of))
    }

    pub(super) fn maybe_ints<T: TryInto<i64>>(&self, name: &str, of: impl Fn(&R) -> Option<T>) -> Column {
        maybe_ints(name, self.0.iter().map(of))
    }

    pub(super) fn floats(&self, name: &str, of: impl Fn(&R) -> f64) -> Column {
        floats(name, self.0.iter().map(of))
    }

    pub(super) fn maybe_floats(&self, name: &str, of: impl Fn(&R) -> Option<f64>) -> Column {
        maybe_floats(name, self.0.iter().map(of))
    }

    pub(super) fn strings(&self, name: &str, of: impl Fn(&R) -> &str) -> Column {
        strings(name, self.0.iter().map(of))
    }

    pub(super) fn maybe_strings(&self, name: &str, of: impl Fn(&R) -> Option<&str>) -> Column {
        maybe_strings(name, self.0.iter().map(of))
    }

    pub(super) fn flags(&self, name: &str, of: impl Fn(&R) -> bool) -> Column {
        flags(name, self.0.iter().map(of))
    }

    pub(super) fn maybe_flags(&self, name: &str, of: impl Fn(&R) -> Option<bool>) -> Column {
        Column::new(name.into(), self.0.iter().map(of).collect::<Vec<Option<bool>>>())
    }

    /// Numbers of rows of another table, `UInt32`.
    pub(super) fn numbers(&self, name: &str, of: impl Fn(&R) -> u32) -> Column {
        Column::new(name.into(), self.0.iter().map(of).collect::<Vec<u32>>())
    }
}

/// The values of a column without nulls; `what` stands in the error.
fn whole<T>(values: impl Iterator<Item = Option<T>>, argument: &'static str, what: &str) -> Result<Vec<T>> {
    let wrong = || Error::data(argument, format!("{what} without nulls"), "null");
    values.map(|value| value.ok_or_else(wrong)).collect()
}

fn u32s<'a>(series: &'a Series, argument: &'static str) -> Result<&'a UInt32Chunked> {
    let wrong = |_| Error::data(argument, "a column of UInt32", series.dtype());
    series.u32().map_err(wrong)
}

fn f64s<'a>(series: &'a Series, argument: &'static str) -> Result<&'a Float64Chunked> {
    let wrong = |_| Error::data(argument, "a column of Float64", series.dtype());
    series.f64().map_err(wrong)
}

/// A column of row, group or feature numbers.
///
/// # Errors
/// [`Error::Data`] for another dtype than `UInt32` and for nulls.
pub(super) fn numbers(series: &Series, argument: &'static str) -> Result<Vec<u32>> {
    whole(u32s(series, argument)?.iter(), argument, "numbers")
}

/// A column of group numbers, or null for no group.
///
/// # Errors
/// [`Error::Data`] for another dtype than `UInt32`.
pub(super) fn maybe_numbers(series: &Series, argument: &'static str) -> Result<Vec<Option<u32>>> {
    Ok(u32s(series, argument)?.iter().collect())
}

/// A column of counts.
///
/// # Errors
/// [`Error::Data`] for another dtype than `UInt64` and for nulls.
pub(super) fn counts(series: &Series, argument: &'static str) -> Result<Vec<u64>> {
    let wrong = |_| Error::data(argument, "a column of UInt64", series.dtype());
    whole(series.u64().map_err(wrong)?.iter(), argument, "counts")
}

/// A column of weights.
///
/// # Errors
/// [`Error::Data`] for another dtype than `Float64` and for nulls.
pub(super) fn weights(series: &Series, argument: &'static str) -> Result<Vec<f64>> {
    whole(f64s(series, argument)?.iter(), argument, "weights")
}

/// A column of values that may be missing.
///
/// # Errors
/// [`Error::Data`] for another dtype than `Float64`.
pub(super) fn maybe_weights(series: &Series, argument: &'static str) -> Result<Vec<Option<f64>>> {
    Ok(f64s(series, argument)?.iter().collect())
}

/// A column of values, NaN for null.
///
/// # Errors
/// [`Error::Data`] for another dtype than `Float64`.
pub(super) fn values_or_nan(series: &Series, argument: &'static str) -> Result<Vec<f64>> {
    let values = f64s(series, argument)?.iter();
    Ok(values.map(|value| value.unwrap_or(f64::NAN)).collect())
}
