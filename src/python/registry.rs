//! `dz.measures`: the registries as one frame.

use pyo3::prelude::*;

use super::bridge::{self, PyFrame};
use super::columns::Each;
use crate::discourse::register::Component;
use crate::registry::{Entry, Family, Needs};
use crate::stats::coefficients::Similarity;
use crate::stats::delta::Delta;
use crate::stats::dispersion::Dispersion;
use crate::stats::distance::Distance;
use crate::stats::diversity::Diversity;
use crate::stats::measures::Measure;

/// A row of a registry, and what only some registries say.
struct Row {
    entry: Entry,
    has_p: Option<bool>,
    needs: Option<Needs>,
    metric: Option<bool>,
    unit: Option<&'static str>,
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Self {
        Self {
            entry,
            has_p: None,
            needs: None,
            metric: None,
            unit: None,
        }
    }
}

/// All registries, one behind the other.
fn rows() -> Vec<Row> {
    let tables = Measure::ALL.iter().map(|m| Row {
        has_p: Some(m.has_p()),
        ..m.entry().into()
    });
    let dispersion = Dispersion::ALL.iter().map(|m| Row {
        needs: Some(m.needs()),
        ..m.entry().into()
    });
    let diversity = Diversity::ALL.iter().map(|m| Row {
        needs: Some(m.needs()),
        ..m.entry().into()
    });
    let similarity = Similarity::ALL.iter().map(|m| m.entry().into());
    let distance = Distance::ALL.iter().map(|m| Row {
        metric: Some(m.is_metric()),
        ..m.entry().into()
    });
    let delta = Delta::ALL.iter().map(|m| m.entry().into());
    let register = Component::ALL.iter().map(|c| Row {
        needs: Some(c.needs()),
        unit: Some(c.unit()),
        ..c.entry().into()
    });
    tables
        .chain(dispersion)
        .chain(diversity)
        .chain(similarity)
        .chain(distance)
        .chain(delta)
        .chain(register)
        .collect()
}

/// One row a measure of these families, in the order of the documentation; of all without any.
#[pyfunction]
#[pyo3(signature = (families=None))]
fn registry(families: Option<Vec<String>>) -> PyResult<PyFrame> {
    let families: Option<Vec<Family>> = families
        .map(|words| {
            words
                .iter()
                .map(|word| word.parse())
                .collect::<crate::Result<_>>()
        })
        .transpose()?;
    let mut rows = rows();
    if let Some(families) = families {
        rows.retain(|row| families.contains(&row.entry.family));
    }
    let each = Each(&rows);
    bridge::frame(vec![
        each.strings("measure", |r| r.entry.word),
        each.strings("family", |r| r.entry.family.name()),
        each.floats("lowest", |r| r.entry.range.0),
        each.floats("highest", |r| r.entry.range.1),
        each.strings("sign", |r| r.entry.sign.name()),
        each.maybe_flags("has_p", |r| r.has_p),
        each.maybe_strings("needs", |r| r.needs.map(Needs::name)),
        each.maybe_flags("metric", |r| r.metric),
        each.maybe_strings("unit", |r| r.unit),
        each.strings("formula", |r| r.entry.formula),
        each.strings("source", |r| r.entry.source),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(registry, module)?)
}
