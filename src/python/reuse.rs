//! Shared passages, their versions, set phrases.

use std::sync::Arc;

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{floats, ints};
use super::rows::{self, Field, Read, Row, Span};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw::RawEdit;
use crate::reuse::cluster::{self, Side};
use crate::reuse::matches::{self, Match, ReuseOptions};
use crate::reuse::normalize::{Folded, Folding};
use crate::reuse::pairs::{self, Held, Stretch};
use crate::reuse::phrases::{self, Phrase};
use crate::text::places::ByteMarks;
use crate::{Error, Result};

/// Texts as they are compared.
pub(super) fn fold(texts: &[&str], ignore_punctuation: bool) -> Vec<Folded> {
    let folding = Folding { ignore_punctuation };
    texts.par_iter().map(|text| Folded::new(text, folding)).collect()
}

fn edits_of(edits: Option<PyFrame>, n: usize) -> Result<Option<Vec<Vec<RawEdit>>>> {
    edits.map(|frame| raw_edits(&frame.0, n)).transpose()
}

/// A passage of two documents, with its places in their texts.
pub(super) struct Shared {
    found: Match,
    span_1: Span,
    span_2: Span,
}

impl Row for Shared {
    const NAME: &'static str = "text_reuse";
    const SIDES: &'static [&'static str] = &["_1", "_2"];
    const FIELDS: &'static [Field<Self>] = &[
        Field::place_in(0),
        Field::place_in(1),
        Field::stretch("text_1", 0),
        Field::stretch("text_2", 1),
        Field::new("length", Read::Int(|s| s.found.same as usize)),
        Field::new(
            "identity",
            Read::Float(|s| f64::from(s.found.same) / f64::from(s.found.columns.max(1))),
        ),
        Field::new("doc_freq", Read::Int(|s| s.found.doc_freq as usize)),
        Field::new("weight", Read::Float(|s| s.found.weight)),
        Field::new("in_baseline", Read::Float(|s| s.found.in_baseline)),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span_1.clone())
    }

    fn second(&self) -> Option<(usize, Span)> {
        Some((self.found.second as usize, self.span_2.clone()))
    }
}

/// Passages, pairs of documents, folded length of each document, skipped and shared seeds.
type Reuse = (PyFrame, PyFrame, Vec<usize>, u64, u64);

/// How passages are looked for, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Options {
    min_chars: u32,
    seed_chars: u32,
    max_gap: u32,
    min_identity: f64,
    max_doc_freq: Option<u32>,
    baseline: Vec<bool>,
}

impl Options {
    fn parse(self) -> ReuseOptions {
        ReuseOptions {
            min_chars: self.min_chars,
            seed_chars: self.seed_chars,
            max_gap: self.max_gap,
            min_identity: self.min_identity,
            max_doc_freq: self.max_doc_freq,
            baseline: self.baseline,
        }
    }
}

/// One row a passage and one row a pair; documents are numbers. `texts_too`: with the texts of the passages.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, ignore_punctuation, options, texts_too, progress=None))]
fn text_reuse(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    ignore_punctuation: bool,
    options: Options,
    texts_too: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<Reuse> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits_of(edits, texts.len())?;
    let options = options.parse();
    let (columns, pair_columns, lengths, skipped, shared) = supervise(py, progress.as_ref(), |watch| {
        let folded = fold(&texts, ignore_punctuation);
        let found = matches::find(&folded, &options, watch)?;
        let place = |d: u32, span: (u32, u32)| {
            let (start, end) = folded[d as usize].span(span.0 as usize, span.1 as usize);
            start as usize..end as usize
        };
        let shared: Vec<Shared> = found
            .matches
            .iter()
            .map(|&m| Shared {
                found: m,
                span_1: place(m.first, m.span_1),
                span_2: place(m.second, m.span_2),
            })
            .collect();
        let rows = shared.iter().map(|s| (s.found.first as usize, s)).collect();
        let columns = rows::columns(if texts_too { &texts } else { &[] }, rows, edits.as_deref())?;
        let sums = pairs::summarize(&found.matches);
        let pair_columns = vec![
            ints("document_1", sums.iter().map(|p| p.first)),
            ints("document_2", sums.iter().map(|p| p.second)),
            ints("passages", sums.iter().map(|p| p.passages)),
            ints("covered_1", sums.iter().map(|p| p.covered_1)),
            ints("covered_2", sums.iter().map(|p| p.covered_2)),
            floats("weighted_1", sums.iter().map(|p| p.weighted_1)),
            floats("weighted_2", sums.iter().map(|p| p.weighted_2)),
            ints("longest", sums.iter().map(|p| p.longest)),
        ];
        let lengths: Vec<usize> = folded.iter().map(Folded::len).collect();
        Ok((columns, pair_columns, lengths, found.skipped, found.shared))
    })?;
    Ok((
        bridge::frame(columns)?,
        bridge::frame(pair_columns)?,
        lengths,
        skipped,
        shared,
    ))
}

fn numbers(frame: &DataFrame, name: &str) -> Result<Vec<u32>> {
    let wrong =
        |found: String| Error::data("passages", format!("a frame with a UInt32 column {name}"), found);
    let column = frame.column(name).map_err(|e| wrong(e.to_string()))?;
    let values = column.u32().map_err(|e| wrong(e.to_string()))?;
    values
        .iter()
        .collect::<Option<_>>()
        .ok_or_else(|| wrong("null".to_owned()))
}

/// A place of a passage.
pub(super) struct Version {
    passage: usize,
    span: Span,
}

impl Row for Version {
    const NAME: &'static str = "passages";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("passage", Read::Int(|v| v.passage)),
        Field::place(),
        Field::stretch("text", 0),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

/// Versions of passages: `document` (index), then the columns of [`Version`]. `passages` has `document_1`, `char_start_1`, `char_end_1` and
/// the same of side 2, `UInt32`.
#[pyfunction]
#[pyo3(signature = (texts, edits, passages, *, overlap, progress=None))]
fn passage_clusters(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    passages: PyFrame,
    overlap: f64,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    if !(overlap > 0.0 && overlap <= 1.0) {
        return Err(Error::parameter("overlap", "above 0 and at most 1", overlap).into());
    }
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits_of(edits, texts.len())?;
    let sides = |k: u8| -> Result<Vec<Side>> {
        let column = |name: &str| numbers(&passages.0, &format!("{name}_{k}"));
        let (documents, starts, ends) = (column("document")?, column("char_start")?, column("char_end")?);
        (0..documents.len())
            .map(|i| {
                let (document, start, end) = (documents[i], starts[i], ends[i]);
                if document as usize >= texts.len() || start > end {
                    let allowed = format!("documents below {} and spans from start to end", texts.len());
                    return Err(Error::data(
                        "passages",
                        allowed,
                        format!("{document}, {start}..{end}"),
                    ));
                }
                Ok(Side { document, start, end })
            })
            .collect()
    };
    let pairs: Vec<(Side, Side)> = sides(1)?.into_iter().zip(sides(2)?).collect();
    let columns = supervise(py, progress.as_ref(), |watch| {
        let places: Vec<ByteMarks<'_>> = texts.par_iter().map(|text| ByteMarks::new(text)).collect();
        let text = |side: Side| places[side.document as usize].cut((side.start, side.end));
        let found = cluster::cluster(&pairs, overlap, text, watch)?;
        let versions: Vec<(usize, Version)> = found
            .iter()
            .map(|o| {
                let (passage, span) = (o.passage as usize, o.side.start as usize..o.side.end as usize);
                (o.side.document as usize, Version { passage, span })
            })
            .collect();
        let rows = versions.iter().map(|(document, v)| (*document, v)).collect();
        rows::columns(&texts, rows, edits.as_deref())
    })?;
    bridge::frame(columns)
}

/// A place of a phrase, with what is known of the phrase.
pub(super) struct PhrasePlace {
    phrase: Arc<Known>,
    span: Span,
}

/// A phrase, the number of its documents, and the phrases that have it inside.
struct Known {
    phrase: Phrase,
    documents: usize,
    contained_in: Vec<String>,
}

impl Row for PhrasePlace {
    const NAME: &'static str = "shared_phrases";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("phrase", Read::Text(|p| &p.phrase.phrase.folded)),
        Field::place(),
        Field::stretch("text", 0),
        Field::new("n_han", Read::Int(|p| p.phrase.phrase.han as usize)),
        Field::new("n_documents", Read::Int(|p| p.phrase.documents)),
        Field::new("n_occurrences", Read::Int(|p| p.phrase.phrase.occurrences.len())),
        Field::new("maximal_pairs", Read::Int(|p| p.phrase.phrase.maximal_in.len())),
        Field::new("contained_in", Read::Texts(|p| &p.phrase.contained_in)),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

/// The places of phrases, phrase by phrase, each with the index of its document.
fn phrase_places(found: Vec<Phrase>) -> Vec<(usize, PhrasePlace)> {
    let contained: Vec<Vec<String>> = found
        .iter()
        .map(|phrase| {
            let longer = phrase.contained_in.iter().filter_map(|&p| found.get(p as usize));
            longer.map(|p| p.folded.clone()).collect()
        })
        .collect();
    let mut made = Vec::new();
    for (phrase, contained_in) in found.into_iter().zip(contained) {
        let mut documents: Vec<u32> = phrase.occurrences.iter().map(|o| o.0).collect();
        documents.dedup();
        let documents = documents.len();
        let known = Arc::new(Known {
            phrase,
            documents,
            contained_in,
        });
        for &(document, start, end) in &known.phrase.occurrences {
            let phrase = Arc::clone(&known);
            let span = start as usize..end as usize;
            made.push((document as usize, PhrasePlace { phrase, span }));
        }
    }
    made
}

/// The places of phrases: `document` (index), then the columns of [`PhrasePlace`].
#[pyfunction]
#[pyo3(signature = (texts, edits, *, min_chars, progress=None))]
fn shared_phrases(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    min_chars: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits_of(edits, texts.len())?;
    let columns = supervise(py, progress.as_ref(), |watch| {
        let places = phrase_places(phrases::shared_phrases(&texts, min_chars, watch)?);
        let rows = places.iter().map(|(document, p)| (*document, p)).collect();
        rows::columns(&texts, rows, edits.as_deref())
    })?;
    bridge::frame(columns)
}

/// Each text as it is compared.
#[pyfunction]
fn fold_texts(py: Python<'_>, texts: PySeries, ignore_punctuation: bool) -> PyResult<PySeries> {
    let texts = bridge::texts(&texts.0, "text")?;
    let folded = supervise(py, None, |_| {
        let folded = fold(&texts, ignore_punctuation);
        Ok(folded
            .into_iter()
            .map(|f| f.chars.into_iter().collect::<String>())
            .collect::<Vec<_>>())
    })?;
    Ok(PySeries(Series::new("folded".into(), folded)))
}

/// One row an end of an edge: `chars`, `weight`, `passages`. `stretches` has `end`, `document`, `char_start`, `char_end` (`UInt32`) and
/// `weight`.
#[pyfunction]
fn held_passages(
    py: Python<'_>,
    texts: PySeries,
    stretches: PyFrame,
    ends: usize,
    ignore_punctuation: bool,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let column = |name: &str| numbers(&stretches.0, name);
    let (end, document) = (column("end")?, column("document")?);
    let (from, to) = (column("char_start")?, column("char_end")?);
    let weights = weights(&stretches.0)?;
    let found: Vec<Held> = supervise(py, None, |_| {
        let stretches = (0..end.len())
            .map(|i| Stretch {
                end: end[i],
                document: document[i],
                span: (from[i], to[i]),
                weight: weights[i],
            })
            .collect();
        Ok(pairs::held(&fold(&texts, ignore_punctuation), stretches, ends))
    })?;
    bridge::frame(vec![
        ints("chars", found.iter().map(|h| h.chars)),
        floats("weight", found.iter().map(|h| h.weight)),
        ints("passages", found.iter().map(|h| h.passages)),
    ])
}

fn weights(frame: &DataFrame) -> Result<Vec<f64>> {
    let wrong = |found: String| Error::data("reuse", "a Float64 column weight without nulls", found);
    let column = frame.column("weight").map_err(|e| wrong(e.to_string()))?;
    let values = column.f64().map_err(|e| wrong(e.to_string()))?;
    values
        .iter()
        .collect::<Option<_>>()
        .ok_or_else(|| wrong("null".to_owned()))
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(text_reuse, module)?)?;
    module.add_function(wrap_pyfunction!(passage_clusters, module)?)?;
    module.add_function(wrap_pyfunction!(shared_phrases, module)?)?;
    module.add_function(wrap_pyfunction!(held_passages, module)?)?;
    module.add_function(wrap_pyfunction!(fold_texts, module)?)
}
