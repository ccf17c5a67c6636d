//! The segmenter and the expression `.zh.tokens`.

use std::sync::{Mutex, PoisonError};

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PySeries, expression};
use super::supervise::supervise;
use crate::text::segment::user_words::{self, UserWord};
use crate::text::segment::{Piece, SegmentOptions, Segmenter};
use crate::{Error, Result};

/// A word of a user dictionary: the word, its frequency, its tag.
type Entry = (String, Option<usize>, Option<String>);

/// See `duizhao.Segmenter`.
#[pyclass(
    frozen,
    eq,
    hash,
    name = "Segmenter",
    module = "duizhao._core",
    from_py_object
)]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct PySegmenter(pub(super) Segmenter);

#[pymethods]
impl PySegmenter {
    #[new]
    #[pyo3(signature = (*, hmm, mode, pos, join_latin, user_words, suppress, script))]
    #[allow(clippy::fn_params_excessive_bools, clippy::too_many_arguments)] // keyword arguments in Python
    fn new(
        hmm: bool,
        mode: &str,
        pos: bool,
        join_latin: bool,
        user_words: Vec<Entry>,
        suppress: Vec<String>,
        script: &str,
    ) -> PyResult<Self> {
        let user_words = user_words
            .into_iter()
            .map(|(word, freq, tag)| UserWord { word, freq, tag })
            .collect();
        Ok(Self(Segmenter::new(SegmentOptions {
            hmm,
            mode: mode.parse()?,
            pos,
            join_latin,
            user_words,
            suppress,
            script: script.parse()?,
        })?))
    }

    #[getter]
    fn hmm(&self) -> bool {
        self.0.options().hmm
    }

    #[getter]
    fn mode(&self) -> &'static str {
        self.0.options().mode.name()
    }

    #[getter]
    fn pos(&self) -> bool {
        self.0.options().pos
    }

    #[getter]
    fn join_latin(&self) -> bool {
        self.0.options().join_latin
    }

    #[getter]
    fn user_words(&self) -> Vec<Entry> {
        let words = self.0.options().user_words.iter();
        words.map(|w| (w.word.clone(), w.freq, w.tag.clone())).collect()
    }

    #[getter]
    fn suppress(&self) -> Vec<String> {
        self.0.options().suppress.clone()
    }

    #[getter]
    fn script(&self) -> &'static str {
        self.0.options().script.name()
    }

    /// The tokens of a text.
    fn cut(&self, py: Python<'_>, text: &str) -> Vec<String> {
        py.detach(|| {
            let seen = self.0.look(text);
            self.0.cut(&seen).iter().map(|p| p.word.to_owned()).collect()
        })
    }

    /// Tokens with tag and place: `(token, tag, char_start, char_end)`.
    fn tokenize(&self, py: Python<'_>, text: &str) -> Vec<(String, Option<String>, u32, u32)> {
        let owned = |p: &Piece<'_>| (p.word.to_owned(), p.tag.map(str::to_owned), p.start, p.end);
        py.detach(|| {
            let seen = self.0.look(text);
            self.0.cut(&seen).iter().map(owned).collect()
        })
    }

    /// All options as JSON; equal segmenters give equal strings.
    fn to_json(&self) -> PyResult<String> {
        let json = serde_json::to_string(self.0.options());
        Ok(json.map_err(|e| Error::Internal(format!("options of a segmenter: {e}")))?)
    }

    #[staticmethod]
    fn from_json(json: &str) -> PyResult<Self> {
        Ok(Self(segmenter_from_json(json)?))
    }
}

fn segmenter_from_json(json: &str) -> Result<Segmenter> {
    let options = serde_json::from_str(json).map_err(|e| Error::Format {
        what: "a stored segmenter".into(),
        problem: e.to_string(),
    })?;
    Segmenter::new(options)
}

/// The segmenter of an expression, kept between the many calls of one query: polars hands it over as text each time.
fn shared_segmenter(json: &str) -> Result<Segmenter> {
    static RECENT: Mutex<Vec<(String, Segmenter)>> = Mutex::new(Vec::new());
    const KEPT: usize = 8;
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, segmenter)) = recent.iter().find(|(known, _)| known == json) {
        return Ok(segmenter.clone());
    }
    let segmenter = segmenter_from_json(json)?;
    if recent.len() == KEPT {
        recent.remove(0);
    }
    recent.push((json.to_owned(), segmenter.clone()));
    Ok(segmenter)
}

/// Words of a user dictionary in text form; `origin` names it in errors.
#[pyfunction]
fn parse_dictionary(origin: &str, text: &str) -> PyResult<Vec<Entry>> {
    let words = user_words::parse(origin, text)?;
    Ok(words.into_iter().map(|w| (w.word, w.freq, w.tag)).collect())
}

/// Words of a list in text form, one a line; `origin` names it in errors.
#[pyfunction]
fn parse_word_list(origin: &str, text: &str) -> PyResult<Vec<String>> {
    Ok(user_words::parse_list(origin, text)?)
}

#[derive(Deserialize)]
struct TokensArguments {
    segmenter: String,
}

/// Body of `.zh.tokens`: a list of tokens for each text, null for null.
fn zh_tokens(inputs: &[Series], arguments: TokensArguments) -> Result<Series> {
    let texts = inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))?;
    let strings = texts
        .str()
        .map_err(|_| Error::data("text", "a column of strings", texts.dtype()))?;
    let segmenter = shared_segmenter(&arguments.segmenter)?;
    let mut values = Vec::new();
    let mut offsets = vec![0];
    let seen: Vec<_> = strings
        .iter()
        .map(|text| text.map(|text| segmenter.look(text)))
        .collect();
    for text in &seen {
        if let Some(text) = text {
            segmenter.each(text, |piece| values.push(Some(piece.word)));
        }
        offsets.push(values.len());
    }
    let values: StringChunked = values.into_iter().collect();
    let valid = (strings.null_count() > 0).then(|| strings.iter().map(|t| t.is_some()).collect());
    bridge::lists(texts.name().clone(), &values.into_series(), &offsets, valid)
}

expression!(
    _polars_plugin_zh_tokens,
    _polars_plugin_field_zh_tokens,
    zh_tokens,
    || DataType::List(Box::new(DataType::String))
);

/// Number of tokens of jieba-rs's bare `cut` over all texts, on the threads that the kernels use; nothing is kept.
#[pyfunction]
fn bare_cut(py: Python<'_>, texts: PySeries, hmm: bool) -> PyResult<usize> {
    let column: Series = texts.0;
    let texts = bridge::texts(&column, "texts")?;
    supervise(py, None, |_| {
        let jieba = crate::text::segment::default_jieba();
        Ok(texts.par_iter().map(|text| jieba.cut(text, hmm).len()).sum())
    })
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PySegmenter>()?;
    module.add_function(wrap_pyfunction!(parse_dictionary, module)?)?;
    module.add_function(wrap_pyfunction!(parse_word_list, module)?)?;
    module.add_function(wrap_pyfunction!(bare_cut, module)?)?;
    Ok(())
}
