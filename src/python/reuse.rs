//! Shared passages, their versions, set phrases.

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries};
use super::columns::{floats, ints, strings};
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw::{self, RawEdit};
use crate::reuse::cluster::{self, Side};
use crate::reuse::matches::{self, ReuseOptions};
use crate::reuse::normalize::{Folded, Folding};
use crate::reuse::pairs;
use crate::reuse::phrases;
use crate::text::places::ByteMarks;
use crate::{Error, Result};

/// Texts as they are compared.
pub(super) fn fold(texts: &[&str], ignore_punctuation: bool) -> Vec<Folded> {
    let folding = Folding { ignore_punctuation };
    texts.par_iter().map(|text| Folded::new(text, folding)).collect()
}

/// `char_start`, `char_end`, `raw_start`, `raw_end` with a suffix.
fn span_columns(
    suffix: &str,
    documents: &[u32],
    spans: &[(u32, u32)],
    edits: Option<&Vec<Vec<RawEdit>>>,
) -> [Column; 4] {
    let raw: Vec<(u32, u32)> = match edits {
        Some(edits) => documents
            .iter()
            .zip(spans)
            .map(|(&d, &span)| raw::to_raw(&edits[d as usize], span))
            .collect(),
        None => spans.to_vec(),
    };
    [
        ints(&format!("char_start{suffix}"), spans.iter().map(|s| s.0)),
        ints(&format!("char_end{suffix}"), spans.iter().map(|s| s.1)),
        ints(&format!("raw_start{suffix}"), raw.iter().map(|s| s.0)),
        ints(&format!("raw_end{suffix}"), raw.iter().map(|s| s.1)),
    ]
}

fn edits_of(edits: Option<PyFrame>, n: usize) -> Result<Option<Vec<Vec<RawEdit>>>> {
    edits.map(|frame| raw_edits(&frame.0, n)).transpose()
}

/// Passages, pairs of documents, folded length of each document, skipped and shared seeds.
type Reuse = (PyFrame, PyFrame, Vec<usize>, u64, u64);

/// One row a passage and one row a pair; documents are numbers. `texts_too`: with the texts of the passages.
#[pyfunction]
#[allow(clippy::too_many_arguments)] // keyword arguments in Python
#[pyo3(signature = (texts, edits, *, ignore_punctuation, min_chars, seed_chars, max_gap, min_identity, max_doc_freq, baseline, texts_too, progress=None))]
fn text_reuse(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    ignore_punctuation: bool,
    min_chars: u32,
    seed_chars: u32,
    max_gap: u32,
    min_identity: f64,
    max_doc_freq: Option<u32>,
    baseline: Vec<bool>,
    texts_too: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<Reuse> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits_of(edits, texts.len())?;
    let options = ReuseOptions {
        min_chars,
        seed_chars,
        max_gap,
        min_identity,
        max_doc_freq,
        baseline,
    };
    let (columns, pair_columns, lengths, skipped, shared) = supervise(py, progress.as_ref(), |watch| {
        let folded = fold(&texts, ignore_punctuation);
        let found = matches::find(&folded, &options, watch)?;
        let matches = &found.matches;
        let first: Vec<u32> = matches.iter().map(|m| m.first).collect();
        let second: Vec<u32> = matches.iter().map(|m| m.second).collect();
        let place = |d: u32, span: (u32, u32)| folded[d as usize].span(span.0 as usize, span.1 as usize);
        let spans_1: Vec<_> = matches.iter().map(|m| place(m.first, m.span_1)).collect();
        let spans_2: Vec<_> = matches.iter().map(|m| place(m.second, m.span_2)).collect();
        let mut columns = vec![
            ints("document_1", first.iter().copied()),
            ints("document_2", second.iter().copied()),
        ];
        columns.extend(span_columns("_1", &first, &spans_1, edits.as_ref()));
        columns.extend(span_columns("_2", &second, &spans_2, edits.as_ref()));
        if texts_too {
            let places: Vec<ByteMarks<'_>> = texts.par_iter().map(|text| ByteMarks::new(text)).collect();
            let cut = |name: &str, documents: &[u32], spans: &[(u32, u32)]| {
                let texts: Vec<&str> = documents
                    .iter()
                    .zip(spans)
                    .map(|(&d, &span)| places[d as usize].cut(span))
                    .collect();
                Column::new(name.into(), texts)
            };
            columns.push(cut("text_1", &first, &spans_1));
            columns.push(cut("text_2", &second, &spans_2));
        }
        columns.extend([
            ints("length", matches.iter().map(|m| m.same)),
            floats(
                "identity",
                matches
                    .iter()
                    .map(|m| f64::from(m.same) / f64::from(m.columns.max(1))),
            ),
            ints("doc_freq", matches.iter().map(|m| m.doc_freq)),
            floats("weight", matches.iter().map(|m| m.weight)),
            floats("in_baseline", matches.iter().map(|m| m.in_baseline)),
        ]);
        let sums = pairs::summarize(matches);
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

/// Versions of passages: `passage`, `document`, spans, `text`, `folded` (the text as it is compared). `passages` has `document_1`,
/// `char_start_1`, `char_end_1` and the same of side 2, `UInt32`.
#[pyfunction]
#[pyo3(signature = (texts, edits, passages, *, ignore_punctuation, overlap, progress=None))]
fn passage_clusters(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    passages: PyFrame,
    ignore_punctuation: bool,
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
        let documents: Vec<u32> = found.iter().map(|o| o.side.document).collect();
        let spans: Vec<(u32, u32)> = found.iter().map(|o| (o.side.start, o.side.end)).collect();
        let cut: Vec<&str> = found.iter().map(|o| text(o.side)).collect();
        let folded: Vec<String> = fold(&cut, ignore_punctuation)
            .into_iter()
            .map(|f| f.chars.into_iter().collect())
            .collect();
        let mut columns = vec![
            ints("passage", found.iter().map(|o| o.passage)),
            ints("document", documents.iter().copied()),
        ];
        columns.extend(span_columns("", &documents, &spans, edits.as_ref()));
        columns.push(Column::new("text".into(), cut));
        columns.push(Column::new("folded".into(), folded));
        Ok(columns)
    })?;
    bridge::frame(columns)
}

/// Phrases (`folded`, `han`, `maximal_in`: pairs of documents, `contained_in`: rows) and their places (`phrase`: row, `document`, spans,
/// `text`).
#[pyfunction]
#[pyo3(signature = (texts, edits, *, min_chars, progress=None))]
fn shared_phrases(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    min_chars: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(PyFrame, PyFrame)> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits_of(edits, texts.len())?;
    let (phrase_columns, columns) = supervise(py, progress.as_ref(), |watch| {
        let found = phrases::shared_phrases(&texts, min_chars, watch)?;
        let mut contained: (Vec<i64>, Vec<usize>) = (Vec::new(), vec![0]);
        let mut maximal: (Vec<i64>, Vec<i64>, Vec<usize>) = (Vec::new(), Vec::new(), vec![0]);
        for phrase in &found {
            contained
                .0
                .extend(phrase.contained_in.iter().map(|&p| i64::from(p)));
            contained.1.push(contained.0.len());
            maximal.0.extend(phrase.maximal_in.iter().map(|p| i64::from(p.0)));
            maximal.1.extend(phrase.maximal_in.iter().map(|p| i64::from(p.1)));
            maximal.2.push(maximal.0.len());
        }
        let list = |name: &str, values: Vec<i64>, offsets: &[usize]| -> Result<Column> {
            let values = Series::new("item".into(), values);
            Ok(bridge::lists(name.into(), &values, offsets, None)?.into_column())
        };
        let phrase_columns = vec![
            strings("folded", found.iter().map(|p| p.folded.as_str())),
            ints("han", found.iter().map(|p| p.han)),
            list("contained_in", contained.0, &contained.1)?,
            list("maximal_1", maximal.0, &maximal.2)?,
            list("maximal_2", maximal.1, &maximal.2)?,
        ];
        let places: Vec<ByteMarks<'_>> = texts.iter().map(|text| ByteMarks::new(text)).collect();
        let rows: Vec<(u32, (u32, u32, u32))> = (0u32..)
            .zip(&found)
            .flat_map(|(row, phrase)| phrase.occurrences.iter().map(move |&o| (row, o)))
            .collect();
        let documents: Vec<u32> = rows.iter().map(|(_, o)| o.0).collect();
        let spans: Vec<(u32, u32)> = rows.iter().map(|(_, o)| (o.1, o.2)).collect();
        let cut: Vec<&str> = rows
            .iter()
            .map(|(_, o)| places[o.0 as usize].cut((o.1, o.2)))
            .collect();
        let mut columns = vec![
            ints("phrase", rows.iter().map(|r| r.0)),
            ints("document", documents.iter().copied()),
        ];
        columns.extend(span_columns("", &documents, &spans, edits.as_ref()));
        columns.push(Column::new("text".into(), cut));
        Ok((phrase_columns, columns))
    })?;
    Ok((bridge::frame(phrase_columns)?, bridge::frame(columns)?))
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

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(text_reuse, module)?)?;
    module.add_function(wrap_pyfunction!(passage_clusters, module)?)?;
    module.add_function(wrap_pyfunction!(shared_phrases, module)?)?;
    module.add_function(wrap_pyfunction!(fold_texts, module)?)
}
