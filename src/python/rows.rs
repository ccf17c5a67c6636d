//! Rows with places in texts: one table of fields a kind of row, and everything that crosses is made of it.
//!
//! A kernel returns a struct a row. [`Row::FIELDS`] says under which name and how each value is read off it, in the order in which
//! users see the columns. From the table come the frame ([`frame`], with raw places), the list of structs of an expression of `.zh`
//! ([`list`]) and the dtypes against which the schemas of the facade are tested ([`types`]). A new column is a line of the table.
//! A row stands in one text, or in the two of a pair ([`Row::SIDES`]).

use polars::prelude::*;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::bridge::{self, PyFrame, PySeries, Rows};
use super::columns::int;
use super::supervise::supervise;
use super::tokens::raw_edits;
use crate::corpus::raw::{self, RawEdit};
use crate::run::Watch;
use crate::text::places::ByteMarks;
use crate::{Error, Result};

/// Half-open, in characters.
pub(super) type Span = std::ops::Range<usize>;

/// How a value is read off a row; the variant decides the dtype.
pub(super) enum Read<R: 'static> {
    /// Where it stands: `char_start`, `char_end`, and in a frame `raw_start`, `raw_end`; the field's own name is not used.
    Place,
    /// `String` or null: the text at its place; null without texts.
    Stretch,
    /// `Int64`.
    Int(fn(&R) -> usize),
    /// `Int64` or null.
    MaybeInt(fn(&R) -> Option<usize>),
    /// `UInt32`: a place in a column of edits.
    Position(fn(&R) -> usize),
    /// `Float64`.
    Float(fn(&R) -> f64),
    /// `Float64` or null.
    MaybeFloat(fn(&R) -> Option<f64>),
    /// `Boolean`.
    Flag(fn(&R) -> bool),
    /// `String`.
    Text(fn(&R) -> &str),
    /// `String`, made for the column.
    Own(fn(&R) -> String),
    /// `String` or null.
    MaybeText(fn(&R) -> Option<&str>),
    /// `String`: a stretch of the text as it is written.
    Cut(fn(&R) -> Span),
    /// `String` or null: the same.
    MaybeCut(fn(&R) -> Option<Span>),
    /// `List(String)`.
    Texts(fn(&R) -> &[String]),
}

/// A column, or the four of a place.
pub(super) struct Field<R: 'static> {
    name: &'static str,
    read: Read<R>,
    /// Of which text [`Read::Place`] and [`Read::Stretch`] are: a number in [`Row::SIDES`].
    side: usize,
}

impl<R: Row> Field<R> {
    pub(super) const fn new(name: &'static str, read: Read<R>) -> Self {
        Self { name, read, side: 0 }
    }

    /// `char_start`, `char_end`, `raw_start`, `raw_end`.
    pub(super) const fn place() -> Self {
        Self::place_in(0)
    }

    /// The same in one of the texts of a pair.
    pub(super) const fn place_in(side: usize) -> Self {
        let (name, read) = ("", Read::Place);
        Self { name, read, side }
    }

    /// The text at that place.
    pub(super) const fn stretch(name: &'static str, side: usize) -> Self {
        let read = Read::Stretch;
        Self { name, read, side }
    }

    /// The names of the columns of a place.
    fn places(&self) -> [PlSmallStr; 4] {
        let side = R::SIDES.get(self.side).copied().unwrap_or_default();
        PLACES.map(|name| format!("{name}{side}").into())
    }

    /// Name and dtype of each column; `framed`: with raw places.
    fn columns(&self, framed: bool) -> Vec<(PlSmallStr, DataType)> {
        let dtype = match self.read {
            Read::Place => {
                let names = self.places().into_iter().take(if framed { 4 } else { 2 });
                return names.map(|name| (name, DataType::Int64)).collect();
            }
            Read::Int(_) | Read::MaybeInt(_) => DataType::Int64,
            Read::Position(_) => DataType::UInt32,
            Read::Float(_) | Read::MaybeFloat(_) => DataType::Float64,
            Read::Flag(_) => DataType::Boolean,
            Read::Text(_)
            | Read::Own(_)
            | Read::MaybeText(_)
            | Read::Cut(_)
            | Read::MaybeCut(_)
            | Read::Stretch => DataType::String,
            Read::Texts(_) => DataType::List(Box::new(DataType::String)),
        };
        vec![(self.name.into(), dtype)]
    }
}

const PLACES: [&str; 4] = ["char_start", "char_end", "raw_start", "raw_end"];

/// What a finder finds, as columns.
pub(super) trait Row: Send + Sync + Sized + 'static {
    /// The word that names the kind of row: that of the public function.
    const NAME: &'static str;
    /// The columns in order.
    const FIELDS: &'static [Field<Self>];
    /// What stands behind the names of `document` and of places, a word for each text that a row is of.
    const SIDES: &'static [&'static str] = &[""];
    /// Where it stands in its text, of a pair in the first; where that is known.
    fn span(&self) -> Option<Span>;
    /// Of a pair: the index of the second text, and where it stands there.
    fn second(&self) -> Option<(usize, Span)> {
        None
    }
}

/// Texts → rows with places.
pub(super) trait Finder: Sync {
    /// What is found.
    type Row: Row;

    /// The rows of a text by itself, in the order of the text.
    ///
    /// # Errors
    /// Those of the kernel.
    fn find(&self, text: &str) -> Result<Vec<Self::Row>>;

    /// The rows of each text; a finder that knows more of all texts together than of each says so here.
    ///
    /// # Errors
    /// Those of the kernel; [`Error::Interrupted`].
    fn find_all(&self, texts: &[&str], watch: &Watch) -> Result<Vec<Vec<Self::Row>>> {
        let one = |text: &&str| {
            watch.step(1)?;
            self.find(text)
        };
        texts.par_iter().map(one).collect()
    }
}

/// Which raw places a frame has.
#[derive(Clone, Copy)]
enum RawPlaces<'a> {
    /// No columns of them.
    Absent,
    /// Those in the text: nothing was edited.
    OfText,
    /// By the edits of each text.
    By(&'a [Vec<RawEdit>]),
}

/// Rows of texts, each with the index of its text, in order.
struct Found<'a, R> {
    texts: &'a [&'a str],
    rows: Vec<(usize, &'a R)>,
}

/// The rows of lists with the index of their text.
fn numbered<R>(lists: &[Vec<R>]) -> Vec<(usize, &R)> {
    let lists = lists.iter().enumerate();
    lists
        .flat_map(|(text, list)| list.iter().map(move |row| (text, row)))
        .collect()
}

/// The index of the text of a side, and where the row stands there.
fn place_of<R: Row>(&(text, row): &(usize, &R), side: usize) -> Option<(usize, Span)> {
    if side == 0 {
        return row.span().map(|span| (text, span));
    }
    row.second()
}

/// A place as edits hold it.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<R: Row> Found<'_, R> {
    fn read<T>(&self, name: &str, of: impl Fn(&R) -> T) -> Column
    where
        Series: NamedFrom<Vec<T>, [T]>,
        Vec<T>: AsRef<[T]>,
    {
        Column::new(name.into(), self.rows.iter().map(|r| of(r.1)).collect::<Vec<T>>())
    }

    /// Stretches of the texts.
    fn cut(&self, name: &str, span: impl Fn(&R) -> Option<Span>) -> Column {
        let mut cutter = Cutter::default();
        let mut at = usize::MAX;
        let values = self.rows.iter().map(|&(text, row)| {
            if at != text {
                at = text;
                cutter = Cutter::new(self.texts.get(text).copied().unwrap_or_default());
            }
            span(row).map(|span| cutter.cut(span))
        });
        StringChunked::from_iter_options(name.into(), values).into_column()
    }

    /// The texts at the places of a side. Rows of pairs jump from text to text, so all texts are measured once.
    fn stretches(&self, name: &str, side: usize) -> Column {
        let marks: Vec<ByteMarks<'_>> = self.texts.par_iter().map(|text| ByteMarks::new(text)).collect();
        let values = self.rows.iter().map(|row| {
            let (text, span) = place_of(row, side)?;
            Some(marks.get(text)?.cut((narrow(span.start), narrow(span.end))))
        });
        StringChunked::from_iter_options(name.into(), values).into_column()
    }

    /// The columns of a field.
    fn columns(&self, field: &Field<R>, raw: RawPlaces<'_>) -> Result<Vec<Column>> {
        let name = field.name;
        let options = |of: fn(&R) -> Option<&str>| {
            StringChunked::from_iter_options(name.into(), self.rows.iter().map(|r| of(r.1))).into_column()
        };
        Ok(vec![match field.read {
            Read::Place => return Ok(self.places(field, raw)),
            Read::Stretch => self.stretches(name, field.side),
            Read::Int(of) => self.read(name, |r| int(of(r))),
            Read::MaybeInt(of) => self.read(name, |r| of(r).map(int)),
            Read::Position(of) => {
                let place = |(_, row): &(usize, &R)| {
                    u32::try_from(of(row))
                        .map_err(|_| Error::data("text", "texts of fewer than 2^32 characters", of(row)))
                };
                let values = self.rows.iter().map(place).collect::<Result<Vec<u32>>>()?;
                Column::new(name.into(), values)
            }
            Read::Float(of) => self.read(name, of),
            Read::MaybeFloat(of) => self.read(name, of),
            Read::Flag(of) => self.read(name, of),
            Read::Text(of) => {
                StringChunked::from_iter_values(name.into(), self.rows.iter().map(|r| of(r.1))).into_column()
            }
            Read::Own(of) => self.read(name, of),
            Read::MaybeText(of) => options(of),
            Read::Cut(of) => self.cut(name, |r| Some(of(r))),
            Read::MaybeCut(of) => self.cut(name, of),
            Read::Texts(of) => {
                let mut values: Vec<&str> = Vec::new();
                let mut offsets = vec![0];
                for (_, row) in &self.rows {
                    values.extend(of(row).iter().map(String::as_str));
                    offsets.push(values.len());
                }
                let values = Series::new("item".into(), values);
                bridge::lists(name.into(), &values, &offsets, None)?.into_column()
            }
        }])
    }

    fn places(&self, field: &Field<R>, raw: RawPlaces<'_>) -> Vec<Column> {
        let [start, end, raw_start, raw_end] = field.places();
        let at = |name: PlSmallStr, of: fn(Span) -> usize| {
            let values = self.rows.iter().map(|row| place_of(row, field.side));
            let values = values.map(|place| place.map(|(_, span)| int(of(span))));
            Column::new(name, values.collect::<Vec<Option<i64>>>())
        };
        let mut made = vec![at(start, |span| span.start), at(end, |span| span.end)];
        let edits = match raw {
            RawPlaces::Absent => return made,
            RawPlaces::OfText => {
                made.push(made[0].clone().with_name(raw_start));
                made.push(made[1].clone().with_name(raw_end));
                return made;
            }
            RawPlaces::By(edits) => edits,
        };
        let raw = |row: &(usize, &R)| {
            let (text, span) = place_of(row, field.side)?;
            let edits = edits.get(text).map_or(&[][..], Vec::as_slice);
            Some(raw::to_raw(edits, (narrow(span.start), narrow(span.end))))
        };
        let raw: Vec<Option<(u32, u32)>> = self.rows.iter().map(raw).collect();
        let at = |name: PlSmallStr, of: fn((u32, u32)) -> u32| {
            let values = raw.iter().map(|place| place.map(|place| i64::from(of(place))));
            Column::new(name, values.collect::<Vec<Option<i64>>>())
        };
        made.push(at(raw_start, |span| span.0));
        made.push(at(raw_end, |span| span.1));
        made
    }
}

/// Cuts stretches out of a text by characters; stretches near the last one are found without counting from the start.
#[derive(Default)]
struct Cutter<'a> {
    text: &'a str,
    byte: usize,
    place: usize,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The byte of a character; the end of the text for a place behind it.
    fn byte_of(&mut self, place: usize) -> usize {
        let (behind, ahead) = self.text.split_at(self.byte);
        if place >= self.place {
            let steps = place - self.place;
            self.byte += ahead.char_indices().nth(steps).map_or(ahead.len(), |(at, _)| at);
        } else {
            let steps = self.place - place;
            self.byte = behind.char_indices().rev().nth(steps - 1).map_or(0, |(at, _)| at);
        }
        self.place = place;
        self.byte
    }

    fn cut(&mut self, span: Span) -> &'a str {
        let start = self.byte_of(span.start);
        let end = self.byte_of(span.end);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// One row a find: `document` (index of the text), then the columns of the fields.
///
/// `edits` as in `Tokens.to_frame`; without them raw places are those of the text.
///
/// # Errors
/// Texts that are null or no strings, edits of another form, and what the finder returns.
pub(super) fn frame<F: Finder>(
    py: Python<'_>,
    finder: &F,
    texts: &PySeries,
    edits: Option<PyFrame>,
    progress: Option<&Py<PyAny>>,
) -> PyResult<PyFrame> {
    let texts = bridge::texts(&texts.0, "text")?;
    let edits = edits.map(|frame| raw_edits(&frame.0, texts.len())).transpose()?;
    let columns = supervise(py, progress, |watch| {
        let lists = finder.find_all(&texts, watch)?;
        columns(&texts, numbered(&lists), edits.as_deref())
    })?;
    bridge::frame(columns)
}

/// `document` (of a pair `document_1` and `document_2`) and the columns of the fields of rows, each with the index of its (first) text.
///
/// # Errors
/// A place that a column of edits cannot hold.
pub(super) fn columns<R: Row>(
    texts: &[&str],
    rows: Vec<(usize, &R)>,
    edits: Option<&[Vec<RawEdit>]>,
) -> Result<Vec<Column>> {
    let found = Found { texts, rows };
    let raw = edits.map_or(RawPlaces::OfText, RawPlaces::By);
    let mut made = Vec::new();
    for (side, word) in R::SIDES.iter().enumerate() {
        let document = |row: &(usize, &R)| match side {
            0 => Some(int(row.0)),
            _ => place_of(row, side).map(|place| int(place.0)),
        };
        let documents: Vec<Option<i64>> = found.rows.iter().map(document).collect();
        made.push(Column::new(format!("document{word}").into(), documents));
    }
    for field in R::FIELDS {
        made.extend(found.columns(field, raw)?);
    }
    Ok(made)
}

/// The rows of each text as a list of structs; null where `valid` is there and false.
///
/// # Errors
/// As [`columns`].
pub(super) fn nested<R: Row>(
    name: PlSmallStr,
    texts: &[&str],
    lists: &[Vec<R>],
    valid: Option<Vec<bool>>,
) -> Result<Rows> {
    let found = Found {
        texts,
        rows: numbered(lists),
    };
    let mut made = Vec::new();
    for field in R::FIELDS {
        made.extend(found.columns(field, RawPlaces::Absent)?);
    }
    let mut offsets = vec![0];
    let mut end = 0;
    for list in lists {
        end += list.len();
        offsets.push(end);
    }
    bridge::rows(name, &made, &offsets, valid)
}

/// The finds of each text of an expression's column as a list of structs, null for null.
///
/// # Errors
/// A column that does not hold strings, and what the finder returns.
pub(super) fn list<F: Finder>(finder: &F, inputs: &[Series]) -> Result<Rows> {
    let series = input(inputs)?;
    let strings = texts(series)?;
    let valid: Vec<bool> = strings.iter().map(|text| text.is_some()).collect();
    let texts: Vec<&str> = strings.iter().map(Option::unwrap_or_default).collect();
    let lists = strings
        .iter()
        .map(|text| text.map_or_else(|| Ok(Vec::new()), |text| finder.find(text)))
        .collect::<Result<Vec<_>>>()?;
    nested(series.name().clone(), &texts, &lists, Some(valid))
}

/// The column that an expression stands on.
///
/// # Errors
/// None was given.
pub(super) fn input(inputs: &[Series]) -> Result<&Series> {
    inputs
        .first()
        .ok_or_else(|| Error::Internal("an expression without input".to_owned()))
}

/// The texts of an expression's input.
///
/// # Errors
/// It is no column of strings.
pub(super) fn texts(series: &Series) -> Result<&StringChunked> {
    series
        .str()
        .map_err(|_| Error::data("text", "a column of strings", series.dtype()))
}

/// The dtype of [`list`].
pub(super) fn list_type<R: Row>() -> ArrowDataType {
    bridge::rows_type(R::FIELDS.iter().flat_map(|field| field.columns(false)))
}

/// Name and dtype (in polars' words) of each column of the frame.
pub(super) fn types<R: Row>() -> (&'static str, Vec<(String, String)>) {
    let columns = R::FIELDS.iter().flat_map(|field| field.columns(true));
    let word = |dtype: DataType| match dtype {
        DataType::Int64 => "Int64".to_owned(),
        DataType::UInt32 => "UInt32".to_owned(),
        DataType::Float64 => "Float64".to_owned(),
        DataType::Boolean => "Boolean".to_owned(),
        DataType::List(_) => "List(String)".to_owned(),
        _ => "String".to_owned(),
    };
    let columns = columns.map(|(name, dtype)| (name.to_string(), word(dtype)));
    (R::NAME, columns.collect())
}

#[cfg(test)]
mod tests {
    use super::Cutter;

    #[test]
    fn stretches_are_cut_forwards_and_backwards() {
        let mut cutter = Cutter::new("ab“三会一课”。");
        assert_eq!(cutter.cut(3..7), "三会一课");
        assert_eq!(cutter.cut(8..9), "。");
        assert_eq!(cutter.cut(1..3), "b“");
        assert_eq!(cutter.cut(0..9), "ab“三会一课”。");
        assert_eq!(cutter.cut(9..12), "");
        assert_eq!(cutter.cut(0..0), "");
        assert_eq!(cutter.cut(4..5), "会");
        assert_eq!(Cutter::new("").cut(0..1), "");
    }
}
