//! What the byte-wise damage leaves where it does not fall on characters.
//!
//! *A false annotation.* The listed character is the byte pair `b t`. It is also found where `b` ends one character and
//! `t` begins the next; `(reading)` is then written between them. Read as GBK again, `b` ends its character as before,
//! `t (` is no pair and becomes `?`, `reading)` stands in the open, and what follows is read one byte off until a byte of
//! ASCII value sets the reader right: `月換屆` → `月?lián)Q屆`. Undone by putting `t` back and reading on from it.
//!
//! *A byte shift.* The first byte before a full-width `！` (A3 A1) is lost, so that all pairs behind it are one off, again
//! up to a byte of ASCII value: `。”說` → `!闭f`. Undone by reading from the second byte of `！`; the character of which
//! only the last byte is left is a guess.

use super::super::han::is_han;
use super::super::places::Places;
use super::gbk::{decode, encode, in_gb2312, is_common, is_punctuation};
use super::pinyin::{List, is_reading, syllable};

/// Longest run that is read one byte off, in characters.
const LONGEST_RUN: usize = 64;

/// `?reading)`, also with U+FFFD for `?` and with a `(` that the decoder spared: the syllable and the index behind.
pub(super) fn event(chars: &Places<'_>, i: usize) -> Option<(String, usize)> {
    if !matches!(chars.at(i), Some('?' | '\u{FFFD}')) {
        return None;
    }
    let from = i + 1 + usize::from(chars.at(i + 1) == Some('('));
    syllable(chars, from)
}

/// A stretch that was read again.
pub(super) struct Reread {
    /// What it says.
    pub(super) text: String,
    /// Index of the character behind it.
    pub(super) end: usize,
    /// Whether no other reading was as good.
    pub(super) certain: bool,
}

/// The trail bytes with which `lead` makes a character of this reading, the best guess first, and whether it is the only
/// one of its rank: annotated elsewhere in the document, then characters outside GB 2312, then any.
fn trails(lead: u8, reading: &str, list: &List) -> (Vec<u8>, bool) {
    let rank = |c: char| match list.get(&c) {
        Some(entry) if entry.readings.iter().any(|r| r == reading) => 0,
        _ if !in_gb2312(c) && is_common(c) => 1,
        _ if !in_gb2312(c) => 2,
        _ => 3,
    };
    let mut found: Vec<(u8, u8)> = (0x40..=0xFE)
        .filter_map(|trail| {
            let c = decode(lead, trail).filter(|c| is_han(*c) && is_reading(*c, reading))?;
            Some((rank(c), trail))
        })
        .collect();
    found.sort_unstable();
    let best = found.first().map(|f| f.0);
    let alone = found.iter().filter(|f| Some(f.0) == best).count() == 1;
    (found.into_iter().map(|f| f.1).collect(), alone)
}

fn is_plausible(c: char) -> bool {
    is_common(c) || is_punctuation(c) || (is_han(c) && !in_gb2312(c))
}

/// Reads on from `pending`, the first byte of a pair, until the pairs fall on characters again.
fn reread(chars: &Places<'_>, from: usize, pending: u8, list: &List) -> Option<Reread> {
    let mut lead = pending;
    let mut text = String::new();
    for i in from..(from + LONGEST_RUN).min(chars.len()) {
        if let Some((reading, end)) = event(chars, i) {
            let (candidates, certain) = trails(lead, &reading, list);
            text.push(decode(lead, *candidates.first()?)?);
            return Some(Reread { text, end, certain });
        }
        let c = chars.at(i)?;
        if let Some([first, second]) = encode(c) {
            text.push(decode(lead, first).filter(|c| is_plausible(*c))?);
            lead = second;
            continue;
        }
        let trail = u8::try_from(c).ok().filter(u8::is_ascii_graphic)?;
        text.push(decode(lead, trail).filter(|c| is_plausible(*c))?);
        return Some(Reread {
            text,
            end: i + 1,
            certain: true,
        });
    }
    None
}

/// The true text from the `?` at `i` on, where `base` stands before it.
pub(super) fn false_annotation(chars: &Places<'_>, i: usize, base: char, list: &List) -> Option<Reread> {
    let (reading, end) = event(chars, i)?;
    let [_, lead] = encode(base)?;
    let (candidates, alone) = trails(lead, &reading, list);
    candidates
        .into_iter()
        .enumerate()
        .find_map(|(n, trail)| Some((n, reread(chars, end, trail, list)?)))
        .map(|(n, found)| Reread {
            certain: found.certain && alone && n == 0,
            ..found
        })
}

/// A run that was read one byte off.
pub(super) struct Shift {
    /// Index of the first character that stands for the lost one.
    pub(super) lost_from: usize,
    /// The guess.
    pub(super) lost: char,
    /// Index of the first character of the run.
    pub(super) from: usize,
    /// What the run says.
    pub(super) text: String,
    /// Index of the character behind it.
    pub(super) end: usize,
}

/// The true text around the `!` at `i`, if a run behind it was read one byte off.
pub(super) fn byte_shift(chars: &Places<'_>, i: usize, list: &List) -> Option<Shift> {
    const AFTER_MARK: u8 = 0xA1;
    let found = reread(chars, i + 1, AFTER_MARK, list)?;
    let mark = found.text.chars().next()?;
    // A1 with the first byte of a common character is a bracket or quotation mark; the text must need it there.
    let needed = match mark {
        '”' | '’' | '」' | '』' | '》' | '〉' | '】' | '〕' => is_open(chars, i, mark),
        '“' | '‘' | '「' | '『' | '《' | '〈' | '【' | '〔' => is_closed(chars, found.end, mark),
        _ => false,
    };
    // The byte of ASCII value must be a stray one, not the start of a word or number.
    let stray = !chars.at(found.end).is_some_and(|c| c.is_ascii_alphanumeric());
    if !needed || !stray || found.text.chars().count() < 2 || !found.certain {
        return None;
    }
    let has_trace = i > 0 && matches!(chars.at(i - 1), Some('?' | '\u{FFFD}'));
    Some(Shift {
        lost_from: i - usize::from(has_trace),
        // Speech and slogans end in a full stop. Before any other mark nothing speaks for one character that ends in
        // the byte A3 rather than another.
        lost: if matches!(mark, '”' | '’' | '」' | '』') {
            '。'
        } else {
            '\u{FFFD}'
        },
        from: if has_trace { i } else { i + 1 },
        text: found.text,
        end: found.end,
    })
}

const PAIRS: [(char, char); 8] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
];

/// Whether the line holds an opening partner of `closing` before `i` that nothing closes.
fn is_open(chars: &Places<'_>, i: usize, closing: char) -> bool {
    let Some(opening) = PAIRS.iter().find(|p| p.1 == closing).map(|p| p.0) else {
        return false;
    };
    (0..i)
        .rev()
        .filter_map(|j| chars.at(j))
        .take_while(|c| *c != '\n')
        .find(|c| *c == opening || *c == closing)
        == Some(opening)
}

/// Whether the line holds a closing partner of `opening` from `i` on, before another opening one.
fn is_closed(chars: &Places<'_>, i: usize, opening: char) -> bool {
    let Some(closing) = PAIRS.iter().find(|p| p.0 == opening).map(|p| p.1) else {
        return false;
    };
    (i..chars.len())
        .filter_map(|j| chars.at(j))
        .take_while(|c| *c != '\n')
        .find(|c| *c == opening || *c == closing)
        == Some(closing)
}
