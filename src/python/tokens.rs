//! Tokens: building, choosing, joining, and their frames.

mod stored;

use numpy::PyArray1;
use polars::prelude::*;
use pyo3::prelude::*;

use self::stored::{from_columns, tag_column, to_columns, token_column};
use super::bridge::{self, PyFrame, PySeries};
use super::columns::{Each, ints, strings};
use super::segmenter::PySegmenter;
use super::supervise::supervise;
use crate::corpus::compound::{self, Compound};
use crate::corpus::pattern::{Patterns, ValueType};
use crate::corpus::raw::{self, RawEdit};
use crate::corpus::select::{self, Remove};
use crate::corpus::tokenize;
use crate::corpus::tokens::Tokens;
use crate::corpus::{lookup, ngrams};
use crate::num::NgramSize;
use crate::{Error, Result};

/// See `duizhao.Tokens`; this is the part without documents.
#[pyclass(frozen, eq, name = "Tokens", module = "duizhao._core", from_py_object)]
#[derive(Clone, PartialEq)]
pub(super) struct PyTokens(pub(super) Tokens);

/// Patterns as the facade hands them over: phrases, how they are read, whether case is folded.
#[derive(FromPyObject)]
pub(super) struct PatternParts(pub(super) Vec<Vec<String>>, String, bool);

impl PatternParts {
    pub(super) fn parse(self) -> Result<Patterns> {
        Ok(Patterns {
            phrases: self.0,
            value_type: self.1.parse()?,
            case_insensitive: self.2,
        })
    }
}

/// Which tokens go by what they are made of, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Stripped {
    punctuation: bool,
    numbers: bool,
    symbols: bool,
    min_chars: usize,
}

/// What stands in place of matches, as the facade hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct LookupOptions {
    /// Number of the key of each pattern.
    pattern_keys: Vec<u32>,
    keys: Vec<String>,
    within_key: bool,
    exclusive: bool,
    nomatch: Option<String>,
    append: Option<(String, String)>,
}

impl LookupOptions {
    fn parse(&self) -> lookup::Lookup<'_> {
        lookup::Lookup {
            keys: &self.keys,
            pattern_keys: &self.pattern_keys,
            scope: if self.within_key {
                lookup::Scope::Key
            } else {
                lookup::Scope::Dictionary
            },
            unmatched: match &self.nomatch {
                Some(word) => lookup::Unmatched::Replace(word),
                None if self.exclusive => lookup::Unmatched::Drop,
                None => lookup::Unmatched::Keep,
            },
            append: (self.append.as_ref()).map(|(between, before)| (between.as_str(), before.as_str())),
        }
    }
}

#[pymethods]
impl PyTokens {
    /// Cuts texts.
    #[staticmethod]
    #[pyo3(signature = (texts, segmenter, *, spans, progress=None))]
    fn from_texts(
        py: Python<'_>,
        texts: PySeries,
        segmenter: &PySegmenter,
        spans: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let texts = bridge::texts(&texts.0, "text")?;
        supervise(py, progress.as_ref(), |watch| {
            tokenize::tokenize(&texts, &segmenter.0, spans, watch)
        })
        .map(Self)
    }

    /// Takes tokens from a column of lists of strings; a null in a list is padding.
    #[staticmethod]
    #[pyo3(signature = (lists, *, progress=None))]
    fn from_lists(py: Python<'_>, lists: PySeries, progress: Option<Py<PyAny>>) -> PyResult<Self> {
        let lists = bridge::string_lists(&lists.0, "text")?;
        let documents = lists.documents()?;
        supervise(py, progress.as_ref(), |watch| {
            tokenize::from_lists(&documents, watch)
        })
        .map(Self)
    }

    /// The inverse of `to_columns`.
    #[staticmethod]
    fn from_columns(py: Python<'_>, columns: PyFrame) -> PyResult<Self> {
        Ok(Self(py.detach(|| from_columns(&columns.0))?))
    }

    /// One row a document, all parts as lists: `token`, `char_start`, `char_end`, `tag`, `sentence_start`,
    /// `paragraph_start` (positions within the document). Parts that are not there are absent.
    fn to_columns(&self, py: Python<'_>) -> PyResult<PyFrame> {
        bridge::frame(py.detach(|| to_columns(&self.0))?)
    }

    fn __len__(&self) -> usize {
        self.0.n_documents()
    }

    #[getter]
    fn has_tags(&self) -> bool {
        self.0.tags().is_some()
    }

    /// A view of all ids.
    fn ids<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u32>> {
        bridge::borrow_array(slf.clone().into_any(), slf.get().0.ids())
    }

    /// A view of the offsets.
    fn offsets<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<usize>> {
        bridge::borrow_array(slf.clone().into_any(), slf.get().0.offsets())
    }

    /// The features by code point.
    fn types(&self) -> PySeries {
        let types = self.0.vocabulary().features().iter().map(AsRef::as_ref);
        PySeries(strings("token", types).take_materialized_series())
    }

    /// `n_tokens` and `n_types` of each document, padding not counted.
    fn marginals(&self, py: Python<'_>) -> PyResult<PyFrame> {
        let found = supervise(py, None, |_| Ok(self.0.marginals()))?;
        let each = Each(&found);
        bridge::frame(vec![
            each.ints("n_tokens", |m| m.0),
            each.ints("n_types", |m| m.1),
        ])
    }

    /// Tokens of one document; `None` for padding.
    fn document(&self, index: usize) -> PyResult<Vec<Option<String>>> {
        if index >= self.0.n_documents() {
            let allowed = format!("below {}", self.0.n_documents());
            return Err(Error::parameter("index", allowed, index).into());
        }
        Ok(self.0.words(index).map(|w| w.map(str::to_owned)).collect())
    }

    /// One row a position: `document` (index), `position`, `token`, `tag`, the four span columns. `edits` has the columns
    /// `document`, `raw_start`, `raw_end`, `char_start`, `char_end` of the edits of cleaning, in order.
    fn to_frame(&self, py: Python<'_>, edits: Option<PyFrame>) -> PyResult<PyFrame> {
        bridge::frame(py.detach(|| to_frame(&self.0, edits.as_ref().map(|e| &e.0)))?)
    }

    /// Removes tokens by what they are made of and by a list of words.
    #[pyo3(signature = (*, words, remove, padding))]
    fn strip(&self, py: Python<'_>, words: Vec<String>, remove: Stripped, padding: bool) -> PyResult<Self> {
        let remove = Remove {
            punctuation: remove.punctuation,
            numbers: remove.numbers,
            symbols: remove.symbols,
            min_chars: remove.min_chars,
        };
        let patterns = Patterns {
            case_insensitive: false,
            ..Patterns::of_words(words, ValueType::Fixed)
        };
        supervise(py, None, |_| {
            let compiled = patterns.compile(self.0.vocabulary())?;
            let gone = select::removed_features(self.0.vocabulary(), remove, Some(&compiled));
            select::keep(&self.0, padding, |_, id| !gone[id as usize])
        })
        .map(Self)
    }

    /// Keeps or removes what patterns cover.
    #[pyo3(signature = (patterns, *, invert, window, padding))]
    fn select(
        &self,
        py: Python<'_>,
        patterns: PatternParts,
        invert: bool,
        window: (usize, usize),
        padding: bool,
    ) -> PyResult<Self> {
        let patterns = patterns.parse()?;
        supervise(py, None, |watch| {
            let compiled = patterns.compile(self.0.vocabulary())?;
            select::select(&self.0, &compiled, invert, window, padding, watch)
        })
        .map(Self)
    }

    /// Numbers of the patterns that match nowhere.
    fn unmatched(
        &self,
        py: Python<'_>,
        phrases: Vec<Vec<String>>,
        value_type: String,
        case_insensitive: bool,
    ) -> PyResult<Vec<usize>> {
        let patterns = PatternParts(phrases, value_type, case_insensitive).parse()?;
        supervise(py, None, |watch| {
            patterns.compile(self.0.vocabulary())?.unmatched(&self.0, watch)
        })
    }

    /// N-grams of the given sizes and gaps.
    #[pyo3(signature = (*, sizes, skips, concatenator))]
    fn ngrams(
        &self,
        py: Python<'_>,
        sizes: Vec<u64>,
        skips: Vec<usize>,
        concatenator: &str,
    ) -> PyResult<Self> {
        let sizes = sizes
            .into_iter()
            .map(NgramSize::try_from)
            .collect::<Result<Vec<_>>>()?;
        supervise(py, None, |watch| {
            ngrams::ngrams(&self.0, &sizes, &skips, concatenator, watch)
        })
        .map(Self)
    }

    /// Joins what patterns match.
    #[pyo3(signature = (patterns, *, concatenator, join, window, keep_unigrams))]
    fn compound(
        &self,
        py: Python<'_>,
        patterns: PatternParts,
        concatenator: &str,
        join: bool,
        window: (usize, usize),
        keep_unigrams: bool,
    ) -> PyResult<Self> {
        let patterns = patterns.parse()?;
        let how = Compound {
            concatenator,
            join,
            window,
            keep_unigrams,
        };
        supervise(py, None, |watch| {
            let compiled = patterns.compile(self.0.vocabulary())?;
            compound::compound(&self.0, &compiled, how, watch)
        })
        .map(Self)
    }

    /// Categories in place of what patterns match.
    fn lookup(&self, py: Python<'_>, patterns: PatternParts, options: LookupOptions) -> PyResult<Self> {
        let patterns = patterns.parse()?;
        let how = options.parse();
        supervise(py, None, |watch| {
            let compiled = patterns.compile(self.0.vocabulary())?;
            lookup::lookup(&self.0, &compiled, how, watch)
        })
        .map(Self)
    }

    /// The documents with these indices.
    fn select_documents(&self, py: Python<'_>, indices: Vec<usize>) -> PyResult<Self> {
        supervise(py, None, |_| self.0.select_documents(&indices)).map(Self)
    }

    /// One document for each group.
    fn group(&self, py: Python<'_>, groups: Vec<usize>, n_groups: usize) -> PyResult<Self> {
        supervise(py, None, |_| self.0.group(&groups, n_groups)).map(Self)
    }
}

/// The edits of each document, from a frame with a column `document`.
pub(super) fn raw_edits(frame: &DataFrame, n_documents: usize) -> Result<Vec<Vec<RawEdit>>> {
    let column = |name: &str| -> Result<Vec<u32>> {
        let values = frame.column(name).and_then(|c| c.u32().cloned());
        let values = values
            .map_err(|_| Error::data("edits", format!("a frame with a UInt32 column {name}"), "others"))?;
        Ok(values.into_no_null_iter().collect())
    };
    let (documents, raw_start, raw_end) = (column("document")?, column("raw_start")?, column("raw_end")?);
    let (char_start, char_end) = (column("char_start")?, column("char_end")?);
    let mut edits = vec![Vec::new(); n_documents];
    for (i, &document) in documents.iter().enumerate() {
        edits
            .get_mut(document as usize)
            .ok_or_else(|| Error::data("edits", format!("documents below {n_documents}"), document))?
            .push(RawEdit {
                raw: (raw_start[i], raw_end[i]),
                cleaned: (char_start[i], char_end[i]),
            });
    }
    Ok(edits)
}

fn to_frame(tokens: &Tokens, edits: Option<&DataFrame>) -> Result<Vec<Column>> {
    let n = tokens.len();
    let lengths = || tokens.offsets().windows(2).map(|w| w[1] - w[0]);
    let documents = (0_u32..)
        .zip(lengths())
        .flat_map(|(d, len)| std::iter::repeat_n(d, len));
    let positions = lengths().flat_map(|len| 0..len);
    let tags = if tokens.tags().is_some() {
        tag_column(tokens).into_column()
    } else {
        StringChunked::full_null("tag".into(), n).into_column()
    };
    let mut columns = vec![
        UInt32Chunked::from_iter_values("document".into(), documents).into_column(),
        ints("position", positions),
        token_column(tokens).into_column(),
        tags,
    ];
    let names = ["char_start", "char_end", "raw_start", "raw_end"];
    let Some(spans) = tokens.spans() else {
        columns.extend(names.map(|name| Int64Chunked::full_null(name.into(), n).into_column()));
        return Ok(columns);
    };
    let raw = match edits {
        Some(edits) => {
            let edits = raw_edits(edits, tokens.n_documents())?;
            let mut raw = Vec::with_capacity(n);
            for (d, edits) in edits.iter().enumerate() {
                let inside = tokens.offsets()[d]..tokens.offsets()[d + 1];
                raw.extend(spans[inside].iter().map(|&span| raw::to_raw(edits, span)));
            }
            raw
        }
        None => spans.to_vec(),
    };
    columns.extend([
        ints(names[0], spans.iter().map(|s| s.0)),
        ints(names[1], spans.iter().map(|s| s.1)),
        ints(names[2], raw.iter().map(|s| s.0)),
        ints(names[3], raw.iter().map(|s| s.1)),
    ]);
    Ok(columns)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyTokens>()
}
