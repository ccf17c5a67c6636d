//! Floating-point numbers in stored headers, exact to the last bit.
//!
//! `serde_json` reads decimals fast but not always to the nearest number; the standard library writes the shortest decimal that
//! names a number and reads it back exactly. So numbers stand in headers as strings.

use std::fmt::Display;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, Result};

/// A number that is stored as a string.
#[derive(Clone, Copy)]
pub(super) struct Exact<T>(pub(super) T);

impl<T: Display> Serialize for Exact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: std::str::FromStr<Err: Display>> Deserialize<'de> for Exact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

/// A header as JSON.
pub(super) fn write(header: &impl Serialize) -> Result<String> {
    serde_json::to_string(header).map_err(|e| Error::Internal(e.to_string()))
}

/// A header from JSON; `what` is being read.
pub(super) fn read<T: DeserializeOwned>(what: &'static str, header: &str) -> Result<T> {
    serde_json::from_str(header).map_err(|e| Error::Format {
        what: what.into(),
        problem: e.to_string(),
    })
}
