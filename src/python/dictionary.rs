//! Dictionaries: entries with their categories, as `dz.Dictionary` holds them.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use crate::text::dictionary::{Dictionary, Entry, Spec};
use crate::{Error, Result};

/// See `duizhao.Dictionary`.
#[pyclass(
    frozen,
    eq,
    hash,
    name = "Dictionary",
    module = "duizhao._core",
    from_py_object
)]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct PyDictionary(pub(super) Dictionary);

/// Row of an entry, and what bars it: in front of, behind, inside.
type Contexts = (usize, Vec<String>, Vec<String>, Vec<String>);

pub(super) fn bad_json(error: serde_json::Error) -> Error {
    Error::Format {
        what: "a stored dictionary".into(),
        problem: error.to_string(),
    }
}

pub(super) fn from_json(json: &str) -> Result<Dictionary> {
    let spec: Spec = serde_json::from_str(json).map_err(bad_json)?;
    Dictionary::new(spec, "a stored dictionary", &[])
}

#[pymethods]
impl PyDictionary {
    /// Entries as columns of equal length; `options` is the rest of the specification as JSON.
    #[new]
    #[pyo3(signature = (categories, entries, weights, contexts, options, *, origin, lines))]
    fn new(
        categories: PySeries,
        entries: PySeries,
        weights: PySeries,
        contexts: Vec<Contexts>,
        options: &str,
        origin: &str,
        lines: Vec<usize>,
    ) -> PyResult<Self> {
        let mut spec: Spec = serde_json::from_str(options).map_err(bad_json)?;
        let categories = bridge::texts(&categories.0, "category")?;
        let texts = bridge::texts(&entries.0, "entry")?;
        let weights = weights.0.f64().map_err(|e| bridge::polars_error(&e))?.clone();
        spec.entries = categories
            .iter()
            .zip(&texts)
            .zip(weights.iter())
            .map(|((category, text), weight)| Entry {
                category: (*category).to_owned(),
                text: (*text).to_owned(),
                weight,
                ..Entry::default()
            })
            .collect();
        for (row, not_before, not_after, not_inside) in contexts {
            let n = spec.entries.len();
            let entry = spec
                .entries
                .get_mut(row)
                .ok_or_else(|| Error::data("contexts", format!("rows below {n}"), row))?;
            (entry.not_before, entry.not_after, entry.not_inside) = (not_before, not_after, not_inside);
        }
        Ok(Self(Dictionary::new(spec, origin, &lines)?))
    }

    fn __len__(&self) -> usize {
        self.0.spec().entries.len()
    }

    /// One row an entry: `category` (levels joined by U+001F), `entry`, `weight`, `not_before`, `not_after`, `not_inside`.
    fn entries(&self) -> PyResult<PyFrame> {
        let entries = &self.0.spec().entries;
        let texts = |name: &str, of: fn(&Entry) -> &str| {
            StringChunked::from_iter_values(name.into(), entries.iter().map(of)).into_column()
        };
        let lists = |name: &str, of: fn(&Entry) -> &Vec<String>| -> Result<Column> {
            let mut offsets = vec![0];
            let mut values: Vec<&str> = Vec::new();
            for entry in entries {
                values.extend(of(entry).iter().map(String::as_str));
                offsets.push(values.len());
            }
            let values = Series::new("item".into(), values);
            Ok(bridge::lists(name.into(), &values, &offsets, None)?.into_column())
        };
        let weights: Vec<Option<f64>> = entries.iter().map(|e| e.weight).collect();
        bridge::frame(vec![
            texts("category", |e| &e.category),
            texts("entry", |e| &e.text),
            Column::new("weight".into(), weights),
            lists("not_before", |e| &e.not_before)?,
            lists("not_after", |e| &e.not_after)?,
            lists("not_inside", |e| &e.not_inside)?,
        ])
    }

    /// Everything but the entries, as JSON.
    fn options(&self) -> PyResult<String> {
        let spec = Spec {
            entries: Vec::new(),
            ..self.0.spec().clone()
        };
        Ok(serde_json::to_string(&spec).map_err(bad_json)?)
    }

    /// The whole specification as JSON; equal dictionaries give equal strings.
    fn to_json(&self) -> PyResult<String> {
        Ok(serde_json::to_string(self.0.spec()).map_err(bad_json)?)
    }

    #[staticmethod]
    fn from_json(json: &str) -> PyResult<Self> {
        Ok(Self(from_json(json)?))
    }
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyDictionary>()
}
