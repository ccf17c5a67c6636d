//! The finders without options: what each finds, and the list of them. A finder is a line of [`FINDERS`]; from it come its frame
//! (`_core.find`), its expression (`.zh.<name>()`) and its command.

use polars::prelude::*;
use pyo3::prelude::*;
use serde::Deserialize;

use super::bridge::{self, PyFrame, PySeries, Rows};
use super::rows::{self, Field, Finder, Read, Row, Span};
use super::supervise::supervise;
use crate::discourse::claims::{self, Claim};
use crate::discourse::entities::{self, Body, Person};
use crate::discourse::number::times;
use crate::discourse::page::Page;
use crate::discourse::quotations::{self, Quotation};
use crate::discourse::slogans::{self, Lexicon, Slogan, senses};
use crate::discourse::titles::{self, Title};
use crate::run::Watch;
use crate::text::clean::Repair;
use crate::{Error, Result};

fn optional(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl Row for Claim {
    const NAME: &'static str = "claims";
    const FIELDS: &'static [Field<Self>] = &[
        Field::place(),
        Field::new("sentence", Read::Int(|c| c.sentence)),
        Field::new("surface", Read::Cut(|c| c.start..c.end)),
        Field::new("number_text", Read::Text(|c| &c.number_text)),
        Field::new("value", Read::Float(|c| c.value)),
        Field::new("lower", Read::MaybeFloat(|c| c.lower)),
        Field::new("upper", Read::MaybeFloat(|c| c.upper)),
        Field::new("approximation", Read::MaybeText(|c| optional(&c.approximation))),
        Field::new("direction", Read::Text(|c| c.direction.name())),
        Field::new("unit", Read::MaybeText(|c| optional(&c.unit))),
        Field::new(
            "unit_normalised",
            Read::MaybeText(|c| optional(&c.unit_normalised)),
        ),
        Field::new("factor", Read::Float(|c| c.factor)),
        Field::new("value_normalised", Read::Float(|c| times(c.value, c.factor))),
        Field::new("object", Read::MaybeText(|c| c.object.as_deref())),
        Field::new("verb", Read::MaybeText(|c| c.verb.as_deref())),
        Field::new("kind", Read::Text(|c| c.kind.name())),
        Field::new("category", Read::Text(|c| c.category)),
        Field::new(
            "change",
            Read::MaybeFloat(|c| c.change.as_ref().map(|change| change.value)),
        ),
        Field::new(
            "change_unit",
            Read::MaybeText(|c| c.change.as_ref().map(|change| change.unit)),
        ),
        Field::new(
            "change_base",
            Read::MaybeText(|c| c.change.as_ref().and_then(|change| change.base.as_deref())),
        ),
        Field::new("in_slogan", Read::Flag(|c| c.in_slogan)),
        Field::new("sentence_text", Read::Cut(|c| c.sentence_span.clone())),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.start..self.end)
    }
}

#[derive(Default)]
struct Claims;

impl Finder for Claims {
    type Row = Claim;

    fn find(&self, text: &str) -> Result<Vec<Claim>> {
        Ok(claims::find(&Page::of(text)))
    }
}

impl Row for Slogan {
    const NAME: &'static str = "slogans";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("surface", Read::Text(|s| &s.surface)),
        Field::new("canonical", Read::Text(|s| &s.canonical)),
        Field::new("class", Read::Text(|s| s.class.name())),
        Field::new("numeral_pattern", Read::MaybeText(|s| optional(&s.pattern))),
        Field::new("quoted", Read::Text(|s| s.quoted.name())),
        Field::new("nested", Read::Flag(|s| s.nested)),
        Field::place(),
        Field::new("expansion", Read::MaybeText(|s| s.expansion.as_deref())),
        Field::new("expansion_source", Read::MaybeText(Slogan::expansion_source)),
        Field::new(
            "expansion_start",
            Read::MaybeInt(|s| s.expansion_span.as_ref().map(|e| e.start)),
        ),
        Field::new(
            "expansion_end",
            Read::MaybeInt(|s| s.expansion_span.as_ref().map(|e| e.end)),
        ),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

/// With the phrases that the user knows.
#[derive(Default)]
struct Slogans {
    lexicon: Lexicon,
}

impl Slogans {
    fn knowing(phrases: &[String]) -> Self {
        Self {
            lexicon: Lexicon::new(phrases),
        }
    }
}

impl Finder for Slogans {
    type Row = Slogan;

    fn find(&self, text: &str) -> Result<Vec<Slogan>> {
        Ok(slogans::find_with(text, &self.lexicon))
    }

    /// What some texts quote is found unquoted in others.
    fn find_all(&self, texts: &[&str], watch: &Watch) -> Result<Vec<Vec<Slogan>>> {
        slogans::find_all_with(texts, &self.lexicon, watch)
    }
}

impl Row for Quotation {
    const NAME: &'static str = "quotations";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("quotation", Read::Cut(|q| q.span.clone())),
        Field::new("kind", Read::Text(|q| q.kind.name())),
        Field::new("depth", Read::Int(|q| q.depth)),
        Field::new("sentence", Read::Int(|q| q.sentence)),
        Field::place(),
        Field::new("speaker", Read::MaybeCut(|q| q.speaker.clone())),
        Field::new(
            "speaker_start",
            Read::MaybeInt(|q| q.speaker.as_ref().map(|s| s.start)),
        ),
        Field::new(
            "speaker_end",
            Read::MaybeInt(|q| q.speaker.as_ref().map(|s| s.end)),
        ),
        Field::new("verb", Read::MaybeCut(|q| q.verb.clone())),
        Field::new("verb_start", Read::MaybeInt(|q| q.verb.as_ref().map(|v| v.start))),
        Field::new("verb_end", Read::MaybeInt(|q| q.verb.as_ref().map(|v| v.end))),
        Field::new("doc_share", Read::Float(|q| q.doc_share)),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

#[derive(Default)]
struct Quotations;

impl Finder for Quotations {
    type Row = Quotation;

    fn find(&self, text: &str) -> Result<Vec<Quotation>> {
        Ok(quotations::find(&Page::of(text)))
    }
}

impl Row for Body {
    const NAME: &'static str = "bodies";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("body", Read::Cut(|b| b.span.clone())),
        Field::new("kind", Read::Text(|b| b.kind)),
        Field::new("place", Read::MaybeCut(|b| b.place.clone())),
        Field::new("level", Read::MaybeText(|b| b.level)),
        Field::place(),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

#[derive(Default)]
struct Bodies;

impl Finder for Bodies {
    type Row = Body;

    fn find(&self, text: &str) -> Result<Vec<Body>> {
        Ok(entities::bodies(&Page::of(text)))
    }
}

impl Row for Person {
    const NAME: &'static str = "persons";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("name", Read::Cut(|p| p.name.clone())),
        Field::new("post", Read::Cut(|p| p.post.clone())),
        Field::new("body", Read::MaybeCut(|p| p.body.clone())),
        Field::place(),
        Field::new("post_start", Read::Int(|p| p.post.start)),
        Field::new("post_end", Read::Int(|p| p.post.end)),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.name.clone())
    }
}

#[derive(Default)]
struct Persons;

impl Finder for Persons {
    type Row = Person;

    fn find(&self, text: &str) -> Result<Vec<Person>> {
        Ok(entities::persons(&Page::of(text)))
    }
}

impl Row for Title {
    const NAME: &'static str = "titles";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("title", Read::Cut(|t| t.span.clone())),
        Field::new("kind", Read::Text(|t| t.kind)),
        Field::new("status", Read::MaybeText(|t| t.status)),
        Field::place(),
    ];

    fn span(&self) -> Option<Span> {
        Some(self.span.clone())
    }
}

#[derive(Default)]
struct Titles;

impl Finder for Titles {
    type Row = Title;

    fn find(&self, text: &str) -> Result<Vec<Title>> {
        Ok(titles::find(&Page::of(text)))
    }
}

/// Gives the word of a finder with the names and dtypes of its columns.
type Types = fn() -> (&'static str, Vec<(String, String)>);

/// Makes a frame of texts, edits and what is told of progress.
type Frame = fn(Python<'_>, &PySeries, Option<PyFrame>, Option<&Py<PyAny>>) -> PyResult<PyFrame>;

/// What a finder without options gives.
struct Entry {
    types: Types,
    frame: Frame,
    list: fn(&[Series]) -> Result<Rows>,
    list_type: fn() -> ArrowDataType,
}

const fn entry<F: Finder + Default>() -> Entry {
    Entry {
        types: rows::types::<F::Row>,
        frame: |py, texts, edits, progress| rows::frame(py, &F::default(), texts, edits, progress),
        list: |inputs| rows::list(&F::default(), inputs),
        list_type: rows::list_type::<F::Row>,
    }
}

/// All of them, in the order of the help text.
const FINDERS: &[Entry] = &[
    entry::<Claims>(),
    entry::<Slogans>(),
    entry::<Quotations>(),
    entry::<Bodies>(),
    entry::<Persons>(),
    entry::<Titles>(),
];

fn named(finder: &str) -> Result<&'static Entry> {
    FINDERS
        .iter()
        .find(|entry| (entry.types)().0 == finder)
        .ok_or_else(|| Error::parameter("finder", format!("one of {}", finders().join(", ")), finder))
}

/// The words of the finders.
#[pyfunction]
fn finders() -> Vec<&'static str> {
    FINDERS.iter().map(|entry| (entry.types)().0).collect()
}

/// One row a find of a finder: `document` (index), then its columns. `edits` as in `Tokens.to_frame`.
#[pyfunction]
#[pyo3(signature = (finder, texts, edits, *, progress=None))]
fn find(
    py: Python<'_>,
    finder: &str,
    texts: PySeries,
    edits: Option<PyFrame>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    (named(finder)?.frame)(py, &texts, edits, progress.as_ref())
}

/// The frame of slogans, also of the phrases of a lexicon.
#[pyfunction]
#[pyo3(signature = (texts, edits, *, lexicon, progress=None))]
fn slogans_frame(
    py: Python<'_>,
    texts: PySeries,
    edits: Option<PyFrame>,
    lexicon: Vec<String>,
    progress: Option<Py<PyAny>>,
) -> PyResult<PyFrame> {
    rows::frame(py, &Slogans::knowing(&lexicon), &texts, edits, progress.as_ref())
}

/// The number of the sense of each expansion of a label, in the order of the rows.
#[pyfunction]
fn slogan_senses(py: Python<'_>, labels: PySeries, expansions: PySeries) -> PyResult<PySeries> {
    let (labels, expansions) = (
        bridge::texts(&labels.0, "canonical")?,
        bridge::texts(&expansions.0, "expansion")?,
    );
    let rows: Vec<(&str, &str)> = labels.into_iter().zip(expansions).collect();
    let numbers = supervise(py, None, |_| Ok(senses::number(&rows)))?;
    let numbers: Vec<i64> = numbers
        .into_iter()
        .map(|n| i64::try_from(n).unwrap_or(i64::MAX))
        .collect();
    Ok(PySeries(Series::new("sense".into(), numbers)))
}

/// Name and dtype of the columns of every kind of row that this crate makes, by its name.
#[pyfunction]
fn row_types() -> Vec<(&'static str, Vec<(String, String)>)> {
    let mut types: Vec<_> = FINDERS.iter().map(|entry| (entry.types)()).collect();
    types.extend([
        rows::types::<super::sentences::Stretch>(),
        rows::types::<super::lookup::Found>(),
        rows::types::<super::kwic::Shown>(),
        rows::types::<Repair>(),
        rows::types::<super::reuse::Shared>(),
        rows::types::<super::reuse::Version>(),
        rows::types::<super::reuse::PhrasePlace>(),
    ]);
    types
}

#[derive(Debug, Deserialize)]
struct Options {
    finder: String,
    #[serde(default)]
    lexicon: Vec<String>,
}

/// `.zh.claims()`, `.zh.slogans()` … : the finds of each text by itself.
fn zh_find(inputs: &[Series], options: Options) -> Result<Rows> {
    if !options.lexicon.is_empty() {
        return rows::list(&Slogans::knowing(&options.lexicon), inputs);
    }
    (named(&options.finder)?.list)(inputs)
}

fn zh_find_type(options: Options) -> Result<ArrowDataType> {
    Ok((named(&options.finder)?.list_type)())
}

bridge::expression!(
    _polars_plugin_zh_find,
    _polars_plugin_field_zh_find,
    zh_find,
    of Options: zh_find_type
);

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(finders, module)?)?;
    module.add_function(wrap_pyfunction!(find, module)?)?;
    module.add_function(wrap_pyfunction!(slogans_frame, module)?)?;
    module.add_function(wrap_pyfunction!(slogan_senses, module)?)?;
    module.add_function(wrap_pyfunction!(row_types, module)?)
}
