//! Cleaning: frames of texts and edits, and the row-wise expressions of `.zh`.

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries, Rows, expression};
use super::columns::Each;
use super::rows::{self, Field, Read, Row, Span};
use super::supervise::supervise;
use crate::text::clean::{self, CleanOptions, Cleaned, Repair, Step};
use crate::text::script::Script;
use crate::{Error, Result};

/// How to clean, as words.
#[derive(Deserialize)]
struct Asked {
    steps: Vec<String>,
    pinyin: String,
    script: Option<String>,
    regional_words: bool,
}

impl Asked {
    fn options(&self) -> Result<CleanOptions> {
        let steps = self
            .steps
            .iter()
            .map(|word| word.parse::<Step>())
            .collect::<Result<Vec<_>>>()?;
        let script = self.script.as_deref().map(str::parse::<Script>).transpose()?;
        Ok(CleanOptions::new(steps)
            .with_pinyin(self.pinyin.parse()?)
            .with_script(script)
            .with_regional_words(self.regional_words))
    }
}

/// Names of the steps in order.
#[pyfunction]
fn clean_steps() -> Vec<&'static str> {
    Step::ALL.iter().map(|s| s.name()).collect()
}

/// Cleans texts: a frame with one row a text, and the edits of each text as a list of structs.
#[pyfunction]
#[pyo3(signature = (texts, *, steps, pinyin, script, regional_words, progress=None))]
fn clean_texts(
    py: Python<'_>,
    texts: PySeries,
    steps: Vec<String>,
    pinyin: String,
    script: Option<String>,
    regional_words: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<(PyFrame, Rows)> {
    let texts = bridge::texts(&texts.0, "text")?;
    let words = Asked {
        steps,
        pinyin,
        script,
        regional_words,
    };
    let options = words.options()?;
    let cleaned = supervise(py, progress.as_ref(), |watch| {
        clean::clean_all(&texts, &options, watch)
    })?;
    let frame = documents(&cleaned)?;
    let lists: Vec<Vec<Repair>> = cleaned.into_iter().map(|c| c.changes).collect();
    Ok((frame, rows::nested("edits".into(), &[], &lists, None)?))
}

fn documents(cleaned: &[Cleaned]) -> PyResult<PyFrame> {
    let each = Each(cleaned);
    bridge::frame(vec![
        each.strings("text", |c| &c.text),
        each.maybe_strings("title", |c| c.metadata.title.as_deref()),
        each.maybe_strings("date", |c| c.metadata.date.as_deref()),
        each.maybe_strings("source", |c| c.metadata.source.as_deref()),
        each.maybe_strings("author", |c| c.metadata.author.as_deref()),
        each.maybe_strings("reporter", |c| c.metadata.reporter.as_deref()),
        each.maybe_strings("editor", |c| c.metadata.editor.as_deref()),
    ])
}

impl Row for Repair {
    const NAME: &'static str = "edits";
    // Both places are the edit's own: nothing is to be mapped.
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("raw_start", Read::Position(|c| c.hunk.raw_start)),
        Field::new("raw_end", Read::Position(|c| c.hunk.raw_end)),
        Field::new("char_start", Read::Position(|c| c.hunk.start)),
        Field::new("char_end", Read::Position(|c| c.hunk.end)),
        Field::new("raw", Read::Text(|c| &c.raw)),
        Field::new("repaired", Read::Text(|c| &c.repaired)),
        Field::new("kind", Read::Own(|c| c.hunk.kind())),
        Field::new("certain", Read::Flag(|c| c.hunk.certain)),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.hunk.start..self.hunk.end)
    }
}

/// Raw texts from cleaned ones. `edits` has one row an edit in the order of the texts, with the columns `row`,
/// `char_start`, `char_end` (`UInt32`) and `raw`.
#[pyfunction]
fn restore_texts(py: Python<'_>, texts: PySeries, edits: PyFrame) -> PyResult<PySeries> {
    let texts = bridge::texts(&texts.0, "text")?;
    Ok(PySeries(py.detach(|| restored(&texts, &edits.0))?))
}

fn restored(texts: &[&str], edits: &DataFrame) -> Result<Series> {
    let column = |name: &str| {
        edits
            .column(name)
            .map_err(|e| bridge::polars_error(&e))
            .map(Column::as_materialized_series)
    };
    let numbers = |name: &str| -> Result<Vec<usize>> {
        let series = column(name)?;
        let numbers = series.u32().map_err(|e| bridge::polars_error(&e))?;
        numbers
            .iter()
            .map(|n| {
                n.map(|n| n as usize)
                    .ok_or_else(|| Error::data("edits", "edits without nulls", "null"))
            })
            .collect()
    };
    let (row, start, end) = (numbers("row")?, numbers("char_start")?, numbers("char_end")?);
    let raw = bridge::texts(column("raw")?, "edits")?;
    let mut from = 0;
    let mut out = Vec::with_capacity(texts.len());
    for (i, text) in texts.iter().enumerate() {
        let to = from + row.iter().skip(from).take_while(|r| **r == i).count();
        let spans = (from..to).map(|j| (start[j], end[j], raw[j]));
        out.push(clean::restore(text, spans)?);
        from = to;
    }
    Ok(Series::new("raw_text".into(), out))
}

/// Which texts have less than half of the Han characters of their raw texts.
#[pyfunction]
fn lose_most(py: Python<'_>, raw: PySeries, texts: PySeries) -> PyResult<PySeries> {
    let raw = bridge::texts(&raw.0, "raw_text")?;
    let texts = bridge::texts(&texts.0, "text")?;
    let lost: Vec<bool> = py.detach(|| {
        raw.iter()
            .zip(&texts)
            .map(|(raw, text)| clean::loses_most(raw, text))
            .collect()
    });
    Ok(PySeries(Series::new("lost".into(), lost)))
}

/// The evidence for inserted readings in each text.
#[pyfunction]
#[pyo3(signature = (texts, *, progress=None))]
fn repair_evidence(py: Python<'_>, texts: PySeries, progress: Option<Py<PyAny>>) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let found = supervise(py, progress.as_ref(), |watch| clean::evidence_all(&texts, watch))?;
    let each = Each(&found);
    bridge::frame(vec![
        each.flags("damaged", |f| f.0.passes() || f.0.words_pass()),
        each.ints("han", |f| f.0.han),
        each.ints("annotations", |f| f.0.matches),
        each.floats("annotations_per_100_han", |f| f.0.per_100_han()),
        each.ints("types", |f| f.0.types),
        each.ints("repeated_types", |f| f.0.repeated_types),
        each.floats("coverage", |f| f.0.coverage),
        each.floats("outside_gb2312", |f| f.0.outside_gb2312),
        each.ints("ambiguous_types", |f| f.0.ambiguous_types),
        each.ints("word_annotations", |f| f.0.word_matches),
        each.ints("repeated_words", |f| f.0.repeated_words),
        each.floats("word_coverage", |f| f.0.word_coverage),
        each.ints("residues_repaired", |f| f.0.residues_repaired),
        each.ints("residues_left", |f| f.0.residues_left),
        each.ints("lost_characters", |f| f.1),
    ])
}

/// `.zh.repair()`, `.zh.normalize()`, `.zh.to_simplified()` … : one kernel, other steps. A null stays null.
fn zh_clean(inputs: &[Series], words: Asked) -> Result<Series> {
    let options = words.options()?;
    let Some(series) = inputs.first() else {
        return Err(Error::Internal("an expression without input".to_owned()));
    };
    let strings = series
        .str()
        .map_err(|_| Error::data(series.name().to_string(), "a column of strings", series.dtype()))?;
    let cleaned = strings
        .iter()
        .map(|text| {
            text.map(|text| clean::clean(text, &options).map(|c| c.text))
                .transpose()
        })
        .collect::<Result<Vec<Option<String>>>>()?;
    Ok(Series::new(series.name().clone(), cleaned))
}

expression!(
    _polars_plugin_zh_clean,
    _polars_plugin_field_zh_clean,
    zh_clean,
    || DataType::String
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(clean_steps, module)?)?;
    module.add_function(wrap_pyfunction!(clean_texts, module)?)?;
    module.add_function(wrap_pyfunction!(restore_texts, module)?)?;
    module.add_function(wrap_pyfunction!(lose_most, module)?)?;
    module.add_function(wrap_pyfunction!(repair_evidence, module)?)?;
    Ok(())
}
