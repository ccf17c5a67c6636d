//! The shared currency of every cleaning step: a list of edits.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

crate::words! {
    /// Why a stretch of text was changed. The word of each kind is what `dz.repairs` shows in the column `kind`.
    #[derive(PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum EditKind as "kind" {
        /// `協(xié)` → `協`: an inserted reading removed under the document gate.
        PinyinAnnotation = "pinyin_annotation",
        /// `們?cè)诼?lián)` → `們在聯`: an annotation inserted across a character boundary.
        FalseAnnotation = "false_annotation",
        /// `里?!笔姓…f(xié)` → `里。”市政協`: bytes read one off.
        ByteShift = "byte_shift",
        /// UTF-8 read as GBK, GBK read as Latin-1 and the like.
        Mojibake = "mojibake",
        /// `犜犺犲` → `The`: letters of a font of PDF files, read as Han characters.
        ShiftedLetters = "shifted_letters",
        /// `_x000D_`, `\u653f`, `%E6%94%BF`, `\n`: characters as other programs write them down.
        Escape = "escape",
        /// `<p>`, `</strong>`, `<br>`, comments: markup inside a text.
        HtmlTag = "html_tag",
        /// `&nbsp;`, `&#20013;` …
        HtmlEntity = "html_entity",
        /// Zero-width characters, byte-order marks, soft hyphens.
        ZeroWidth = "zero_width",
        /// Control characters other than tab and line feed; CR LF and CR become LF.
        Control = "control",
        /// The break between two pages.
        PageBreak = "page_break",
        /// A page number, a running head or foot.
        PageLine = "page_line",
        /// `２０２６`, `ＧＤＰ` → `2026`, `GDP`.
        FullWidth = "full_width",
        /// `1 9 9 3 年` → `1993年`.
        SpacedDigits = "spaced_digits",
        /// Blanks inside words: `工 作 报 告`, `农村生 活用水`.
        SpacedWords = "spaced_words",
        /// ASCII punctuation between Han characters back to its full-width form.
        Punctuation = "punctuation",
        /// A line break inside a sentence.
        LineBreak = "line_break",
        /// Unicode normal form (NFC, compatibility ideographs).
        UnicodeForm = "unicode_form",
        /// Runs of spaces, leading and trailing spaces, empty lines.
        Whitespace = "whitespace",
        /// Navigation, share bars, pagers, counters.
        Boilerplate = "boilerplate",
        /// Title, dateline, byline, editor line: taken out of the body and kept as metadata.
        Metadata = "metadata",
        /// An abstract that repeats the first paragraph.
        Abstract = "abstract",
        /// Traditional ↔ simplified.
        Script = "script",
    }
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

impl Edit {
    /// A certain edit.
    pub fn new(start: usize, end: usize, replacement: impl Into<String>, kind: EditKind) -> Self {
        Self {
            start,
            end,
            replacement: replacement.into(),
            kind,
            certain: true,
        }
    }

    /// A certain deletion.
    pub fn delete(start: usize, end: usize, kind: EditKind) -> Self {
        Self::new(start, end, String::new(), kind)
    }
}

/// Checks the promise that every step gives: sorted, disjoint, on character boundaries, inside the text.
///
/// # Errors
/// [`Error::Internal`] for a list that breaks it.
pub fn check(text: &str, edits: &[Edit]) -> Result<()> {
    let mut at = 0;
    for edit in edits {
        if edit.start < at || edit.end < edit.start || text.get(edit.start..edit.end).is_none() {
            return Err(Error::Internal(format!(
                "edit {}..{} of kind {} does not follow {at} in a text of {} bytes",
                edit.start,
                edit.end,
                edit.kind.name(),
                text.len()
            )));
        }
        at = edit.end;
    }
    Ok(())
}

/// The text after the edits.
///
/// # Errors
/// As [`check`].
pub fn apply(text: &str, edits: &[Edit]) -> Result<String> {
    check(text, edits)?;
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.start).unwrap_or_default());
        out.push_str(&edit.replacement);
        at = edit.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_serde_names() {
        for kind in EditKind::ALL {
            let json = serde_json::to_string(&kind).unwrap_or_default();
            assert_eq!(json, format!("\"{}\"", kind.name()));
        }
    }

    #[test]
    fn edits_out_of_order_are_refused() {
        let (a, b) = (
            Edit::delete(0, 3, EditKind::Control),
            Edit::new(3, 6, "x", EditKind::Control),
        );
        assert_eq!(apply("一二三", &[a.clone(), b.clone()]), Ok("x三".to_owned()));
        assert!(apply("一二三", &[b, a]).is_err());
        assert!(apply("一", &[Edit::delete(1, 3, EditKind::Control)]).is_err());
        assert!(apply("一", &[Edit::delete(0, 6, EditKind::Control)]).is_err());
    }
}
