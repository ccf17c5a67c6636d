//! Undoing scraping damage, with an edit list.
//!
//! Some mirror sites turn simplified pages into traditional ones and put `(reading)` behind every occurrence of a fixed
//! list of characters. They replace *bytes* of GBK text, so the pair that stands for a listed character is also found
//! across two neighbours, and everything behind it is then read one byte off. Six modules undo this and what is like it:
//!
//! * [`annotation`] finds `X(reading)` and decides by the whole document whether that is damage or teaching text;
//! * [`residue`] re-reads the bytes where an annotation fell between two characters, and where a run lost a byte;
//! * [`words`] does as [`annotation`] for readings of whole words;
//! * [`evidence`] says what a document shows, and from when on it counts as damaged;
//! * [`pinyin`] reads the syllables, [`gbk`] is the code page: both need them.
//!
//! No list of characters or readings is built in: the document itself shows which characters were annotated.

pub mod annotation;
pub mod evidence;
pub mod gbk;
mod pinyin;
mod residue;
pub mod words;

pub use annotation::{Pinyin, edits};
pub use evidence::Evidence;
