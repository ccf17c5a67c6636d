//! Scores as columns.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::counts;
use super::supervise::supervise;
use crate::analysis::scores::{self, ScoreColumns};
use crate::stats::adjust::Adjustment;
use crate::stats::contingency::Table;
use crate::stats::measures::Measure;
use crate::stats::parameters::Parameters;
use crate::{Error, Result};

/// Words to measures.
pub(super) fn measures_of(words: &[String]) -> Result<Vec<Measure>> {
    words.iter().map(|word| word.parse()).collect()
}

/// A word to a correction.
pub(super) fn adjustment_of(word: Option<&str>) -> Result<Option<Adjustment>> {
    word.map(str::parse).transpose()
}

/// Parameters of measures, as the facade hands them over.
#[derive(FromPyObject)]
pub(super) struct MeasureParameters {
    constant: f64,
    base: f64,
    level: f64,
    family: String,
}

impl MeasureParameters {
    /// With the word of the correction understood; the number of tests is not known here.
    pub(super) fn parse(&self) -> Result<Parameters> {
        Ok(Parameters {
            constant: self.constant,
            base: self.base,
            level: self.level,
            family: self.family.parse()?,
            ..Parameters::default()
        })
    }
}

/// Score, and for tests log p, p and adjusted p, of each measure.
pub(super) fn score_columns(scores: &[ScoreColumns]) -> Vec<Column> {
    let mut columns = Vec::new();
    for one in scores {
        let name = one.measure.name();
        columns.push(Column::new(name.into(), &one.score));
        if let Some(test) = &one.significance {
            columns.push(Column::new(format!("{name}_log_p").into(), &test.log_p));
            columns.push(Column::new(format!("{name}_p").into(), &test.p));
            if let Some(adjusted) = &test.p_adjusted {
                columns.push(Column::new(format!("{name}_p_adjusted").into(), adjusted));
            }
        }
        if let Some(resampled) = &one.resampled {
            for (suffix, values) in [
                ("permutation_p", &resampled.p),
                ("permutation_p_adjusted", &resampled.p_adjusted),
                ("bootstrap_low", &resampled.low),
                ("bootstrap_high", &resampled.high),
            ] {
                if let Some(values) = values {
                    columns.push(Column::new(format!("{name}_{suffix}").into(), values));
                }
            }
        }
    }
    columns
}

/// Scores of tables given by their cells: O11, O12, O21, O22.
#[pyfunction]
fn score_tables(
    py: Python<'_>,
    cells: [PySeries; 4],
    measures: Vec<String>,
    adjust: Option<&str>,
    parameters: MeasureParameters,
) -> PyResult<PyFrame> {
    let parameters = parameters.parse()?;
    let (measures, adjust) = (measures_of(&measures)?, adjustment_of(adjust)?);
    let scores = supervise(py, None, move |_| {
        let [o11, o12, o21, o22] = &cells;
        let [a, b, c, d] =
            [(o11, "o11"), (o12, "o12"), (o21, "o21"), (o22, "o22")].map(|(s, name)| counts(&s.0, name));
        let (a, b, c, d) = (a?, b?, c?, d?);
        if b.len() != a.len() || c.len() != a.len() || d.len() != a.len() {
            return Err(Error::data("tables", "four columns of one length", a.len()));
        }
        let tables = (0..a.len())
            .map(|i| Table::from_cells(a[i], b[i], c[i], d[i]))
            .collect::<Result<Vec<_>>>()?;
        let parameters = Parameters {
            n_tested: tables.len(),
            ..parameters
        };
        Ok(scores::score_with(&tables, &measures, adjust, &parameters))
    })?;
    bridge::frame(score_columns(&scores))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(score_tables, module)?)
}
