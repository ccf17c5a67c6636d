//! Collocations.

use polars::prelude::*;
use pyo3::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, count_column, counts, ints};
use super::measures::{adjustment_of, measures_of, score_columns};
use super::supervise::supervise;
use super::tokens::PyTokens;
use crate::Result;
use crate::analysis::collocations::{CollocationOptions, collocations};
use crate::corpus::pattern::{Patterns, ValueType};
use crate::corpus::select::{Remove, keep_tags, removed_features};
use crate::corpus::sequences::SequenceOptions;
use crate::stats::interaction::interactions;

/// What is wanted, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    sizes: Vec<usize>,
    min_count: u64,
    within: String,
    smoothing: f64,
    padding_in_margins: bool,
    punctuation_breaks: bool,
    contains: Option<Vec<String>>,
    value_type: String,
    tags: Option<Vec<String>>,
    measures: Vec<String>,
    adjust: Option<String>,
}

impl Options {
    /// Patterns of which a sequence must have one.
    fn contains(&self) -> Result<Option<Patterns>> {
        let kind: ValueType = self.value_type.parse()?;
        Ok((self.contains.as_ref()).map(|words| Patterns::of_words(words, kind)))
    }

    /// Patterns of the tags that tokens must have.
    fn tags(&self) -> Option<Patterns> {
        (self.tags.as_ref()).map(|words| Patterns::of_words(words, ValueType::Glob))
    }

    /// What the kernel takes, but for the features that a sequence must have.
    fn parse(self) -> Result<CollocationOptions> {
        Ok(CollocationOptions {
            contains: None,
            sequences: SequenceOptions {
                sizes: self.sizes,
                min_count: self.min_count,
                unit: self.within.parse()?,
                padding_in_margins: self.padding_in_margins,
            },
            smoothing: self.smoothing,
            measures: measures_of(&self.measures)?,
            adjust: adjustment_of(self.adjust.as_deref())?,
        })
    }
}

/// One row a sequence.
#[pyfunction]
#[pyo3(name = "collocations")]
#[pyo3(signature = (tokens, options, *, progress=None))]
fn collocations_frame(
    py: Python<'_>,
    tokens: &PyTokens,
    options: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let remove = Remove {
        punctuation: options.punctuation_breaks,
        ..Remove::default()
    };
    let contains = options.contains()?;
    let tags = options.tags();
    let mut options = options.parse()?;
    let (texts, found) = supervise(py, progress.as_ref(), |watch| {
        let mut tokens = tokens.0.clone();
        let mut breaks = removed_features(tokens.vocabulary(), remove, None);
        if let Some(tags) = &tags {
            tokens = keep_tags(&tokens, tags, &breaks)?;
            breaks = removed_features(tokens.vocabulary(), remove, None);
        }
        let vocabulary = tokens.vocabulary();
        if let Some(patterns) = &contains {
            let compiled = patterns.compile(vocabulary)?;
            options.contains = Some(removed_features(vocabulary, Remove::default(), Some(&compiled)));
        }
        let found = collocations(&tokens, &breaks, &options, watch)?;
        let texts: StringChunked = found
            .ids
            .iter()
            .map(|ids| {
                let words: Vec<&str> = ids.iter().filter_map(|&id| vocabulary.feature(id)).collect();
                Some(words.join(" "))
            })
            .collect();
        Ok((texts, found))
    })?;
    let mut columns = vec![
        texts.with_name("collocation".into()).into_column(),
        count_column("count", &found.count),
        count_column("count_nested", &found.count_nested),
        ints("length", found.ids.iter().map(Vec::len)),
        count_column("n_sequences", &found.n_sequences),
        Column::new("lambda".into(), &found.lambda),
        Column::new("z".into(), &found.z),
    ];
    columns.extend(score_columns(&found.scores));
    bridge::frame(columns)
}

/// λ and z of each table of two variables: what has neither, the first alone, the second alone, both.
#[pyfunction]
fn pair_interactions(
    neither: PySeries,
    first: PySeries,
    second: PySeries,
    both: PySeries,
    smoothing: f64,
) -> PyResult<PyFrame> {
    let cells = [
        counts(&neither.0, "neither")?,
        counts(&first.0, "first")?,
        counts(&second.0, "second")?,
        counts(&both.0, "both")?,
    ];
    let found = interactions(&cells, smoothing)?;
    let each = Each(&found);
    bridge::frame(vec![
        each.maybe_floats("lambda", |i| i.map(|i| i.lambda)),
        each.maybe_floats("z", |i| i.map(|i| i.z())),
    ])
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(collocations_frame, module)?)?;
    module.add_function(wrap_pyfunction!(pair_interactions, module)?)
}
