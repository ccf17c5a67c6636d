//! Files of one document each, read in parallel.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{damage, encoding, html};
use crate::error::{Error, Result};
use crate::run::Watch;

/// One file: what it holds, or why it could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The text; empty if there is a problem.
    pub text: String,
    /// As [`encoding::Decoded::encoding`].
    pub encoding: String,
    /// Byte sequences that became U+FFFD.
    pub replaced: u64,
    /// As [`damage::Damage::total`].
    pub damage: u64,
    /// Title that an HTML page declares.
    pub title: Option<String>,
    /// Date that an HTML page declares, ISO 8601.
    pub date: Option<String>,
    /// Why a page holds no text; it is read all the same.
    pub empty: Option<&'static str>,
    /// Why the file was not read.
    pub problem: Option<String>,
}

/// One replaced sequence or control character in this many characters, and the bytes are taken for something that is
/// no text; fewer than four are forgiven in any text.
const BROKEN: u64 = 50;

/// The same where all bytes are valid in an encoding in which few sequences are.
const EXPORTED: u64 = 2;

/// Reads files, in the order given. A file that cannot be read has a `problem` and does not stop the others.
///
/// Names that end in `.html`, `.htm` or `.xhtml` are read as pages ([`html::main_text`]), others as plain text. With an
/// `encoding`, bytes that are not valid in it are a problem; without, the encoding of each file is found.
///
/// # Errors
/// [`Error::Parameter`] for an unknown `encoding`; [`Error::Interrupted`].
pub fn read_files(files: &[PathBuf], encoding: Option<&str>, watch: &Watch) -> Result<Vec<Document>> {
    encoding::decode(&[], encoding)?;
    files
        .par_iter()
        .map(|file| {
            watch.step(1)?;
            match read_file(file, encoding) {
                Ok(document) => Ok(document),
                Err(Problem::Error(error)) => Err(error),
                Err(Problem::File(problem)) => Ok(Document {
                    problem: Some(problem),
                    ..Document::default()
                }),
            }
        })
        .collect()
}

enum Problem {
    Error(Error),
    File(String),
}

fn read_file(file: &Path, wanted: Option<&str>) -> std::result::Result<Document, Problem> {
    let bytes = std::fs::read(file).map_err(|e| Problem::File(describe(&e)))?;
    let page = file.extension().and_then(|e| e.to_str()).is_some_and(|e| {
        ["html", "htm", "xhtml"]
            .iter()
            .any(|known| e.eq_ignore_ascii_case(known))
    });
    let decoded = if page {
        html::decode(&bytes, wanted)
    } else {
        encoding::decode(&bytes, wanted)
    }
    .map_err(Problem::Error)?;
    if let Some(doubt) = &decoded.doubt {
        return Err(Problem::File(doubt.to_string()));
    }
    let sequences = if decoded.replaced == 1 {
        "byte sequence is"
    } else {
        "byte sequences are"
    };
    let invalid = format!(
        "{} {sequences} not valid in {}",
        decoded.replaced, decoded.encoding
    );
    if wanted.is_some() && decoded.replaced > 0 {
        return Err(Problem::File(invalid));
    }
    if wanted.is_none() && (is_binary(&decoded) || is_chance(&bytes, &decoded)) {
        return Err(Problem::File(format!("no text in a known encoding ({invalid})")));
    }
    let mut document = Document {
        encoding: decoded.encoding,
        replaced: decoded.replaced,
        ..Document::default()
    };
    if page {
        let main = html::main_text(&decoded.text);
        document.text = main.text;
        document.title = main.title;
        document.date = main.date;
        document.empty = main.empty;
    } else {
        document.text = decoded.text;
    }
    document.damage = damage::count(&document.text).total();
    Ok(document)
}

/// Whether what was decoded is hardly text.
fn is_binary(decoded: &encoding::Decoded) -> bool {
    let control = damage::count(&decoded.text).control;
    let broken = decoded.replaced + control;
    let chars = decoded.text.chars().count() as u64;
    // Exports of databases put control characters between their fields; no other file is valid throughout.
    let exported =
        decoded.replaced == 0 && ["utf-8", "utf-8-sig", "gb18030", "big5"].contains(&&*decoded.encoding);
    broken > 3 && broken * if exported { EXPORTED } else { BROKEN } > chars
}

/// Whether bytes make characters of two or four bytes by chance: any two do, but those of a text are mostly letters, whatever its language.
fn is_chance(bytes: &[u8], decoded: &encoding::Decoded) -> bool {
    let wide = decoded.encoding.starts_with("utf-16") || decoded.encoding.starts_with("utf-32");
    let marked = bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.starts_with(&[0, 0, 0xFE, 0xFF]);
    if !wide || marked {
        return false;
    }
    let chars = decoded.text.chars().count();
    let likely = decoded.text.chars().filter(|c| {
        c.is_ascii_graphic() || c.is_whitespace() || encoding::is_frequent(*c) || (c.is_alphanumeric() && *c < '\u{600}')
            || matches!(c, '\u{3001}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}' | '\u{FF08}' | '\u{FF09}' | '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{2014}'..='\u{2026}')
    }).count();
    // Three of five: rare characters are many in lists of names, and half of chance's are Han or Hangul.
    likely * 5 < chars * 3
}

/// The reason without the number that the operating system gives it.
fn describe(error: &std::io::Error) -> String {
    let message = error.to_string();
    match message.find(" (os error") {
        Some(end) => message[..end].to_lowercase(),
        None => message,
    }
}
