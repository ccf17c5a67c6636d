//! The shared currency of every cleaning step: a list of edits.

use serde::{Deserialize, Serialize};

/// Why a stretch of text was changed. The word of each kind is what `dz.repairs` shows in the column `kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditKind {
    /// `協(xié)` → `協`: an inserted reading removed under the document gate.
    PinyinAnnotation,
    /// `們?cè)诼?lián)` → `們在聯`: an annotation inserted across a character boundary.
    FalseAnnotation,
    /// `里?!笔姓…f(xié)` → `里。”市政協`: bytes read one off.
    ByteShift,
    /// UTF-8 read as GBK, GBK read as Latin-1 and the like.
    Mojibake,
    /// `&nbsp;`, `&#20013;` …
    HtmlEntity,
    /// Zero-width characters, byte-order marks, soft hyphens.
    ZeroWidth,
    /// Control characters other than tab and line feed; CR LF and CR become LF.
    Control,
    /// `２０２６`, `ＧＤＰ` → `2026`, `GDP`.
    FullWidth,
    /// `1 9 9 3 年` → `1993年`.
    SpacedDigits,
    /// ASCII punctuation between Han characters back to its full-width form.
    Punctuation,
    /// A line break inside a sentence.
    LineBreak,
    /// Unicode normal form (NFC, compatibility ideographs).
    UnicodeForm,
    /// Runs of spaces, leading and trailing spaces, empty lines.
    Whitespace,
    /// Navigation, share bars, pagers, counters.
    Boilerplate,
    /// Title, dateline, byline, editor line: taken out of the body and kept as metadata.
    Metadata,
    /// An abstract that repeats the first paragraph.
    Abstract,
    /// Traditional ↔ simplified.
    Script,
}

/// One change to a text: `text[start..end]` (bytes, half-open, on character boundaries) becomes `replacement`.
///
/// The list that a step returns is sorted by `start`, its spans do not overlap, and no edit replaces a text by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// First byte of the replaced stretch.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands there afterwards.
    pub replacement: String,
    /// Why.
    pub kind: EditKind,
    /// `false` where the repaired text is the likeliest reading rather than the only one.
    pub certain: bool,
}
