//! What the byte-wise damage leaves where it does not fall on characters.
//!
//! *A false annotation.* The listed character is the byte pair `b t`. It is also found where `b` ends one character and
//! `t` begins the next; `(reading)` is then written between them. Read as GBK again, `b` ends its character as before,
//! `t (` is no pair and becomes `?`, `reading)` stands in the open, and what follows is read one byte off until a byte of
//! ASCII value sets the reader right: `月換屆` → `月?lián)Q屆`. Undone by putting `t` back and reading on from it.
//!
//! *A byte shift.* The first byte of a character that ends in the byte A3 is lost where A3 and the first byte of the next
//! character make a full-width mark (A3 A1 is `！`, A3 BB `；`), which the site then writes as `!` or `;`, so that all pairs
//! behind it are one off, again up to a byte of ASCII value: `。”說` → `!闭f`, `。基層黨` → `?;鶎狱h`. Undone by reading from
//! the second byte of the mark. The character of which only the last byte is left is a guess: the one that the text has
//! behind the same character elsewhere (`規模`, `學校`), else a full stop.
//!
//! Two bytes that are no pair became `?`. Inside a run both are looked for: the one that ends the character before and the
//! one that begins the next must make frequent characters that stand together elsewhere in the text.

use super::super::encoding::is_frequent;
use super::super::han::is_han;
use super::super::places::Places;
use super::gbk::{decode, encode, in_gb2312, is_common, is_punctuation};
use super::pinyin::{List, is_reading, syllable};

/// A run that cannot be read again is looked at for so many characters.
pub(super) const LONGEST_TORN: usize = 12;

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

/// So many lost pairs are looked for in one run.
const MOST_LOST: u8 = 2;

/// Reads on from `pending`, the first byte of a pair, until the pairs fall on characters again.
fn reread(chars: &Places<'_>, from: usize, pending: u8, list: &List) -> Option<Reread> {
    walk(chars, from, pending, list, MOST_LOST)
}

fn walk(chars: &Places<'_>, from: usize, pending: u8, list: &List, lost: u8) -> Option<Reread> {
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
        if matches!(c, '?' | '\u{FFFD}') {
            let found = lost_pair(chars, i, lead, list, lost.checked_sub(1)?, text.chars().last())?;
            text.push_str(&found.text);
            return Some(Reread { text, ..found });
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

/// Reads over the `?` at `i`, which stands for two bytes that are no pair.
fn lost_pair(
    chars: &Places<'_>,
    i: usize,
    lead: u8,
    list: &List,
    lost: u8,
    before: Option<char>,
) -> Option<Reread> {
    let page = chars.slice(0..chars.len());
    let known = |a: char, b: char| page.contains(&String::from_iter([a, b]));
    let begun: Vec<(u8, char)> = (0x81..=0xFE_u8)
        .filter_map(|byte| {
            Some((
                byte,
                decode(lead, byte).filter(|c| is_frequent(*c) || is_punctuation(*c))?,
            ))
        })
        .collect();
    let mut best: Option<(usize, Reread)> = None;
    let mut equal = false;
    for second in 0x81..=0xFE_u8 {
        let firsts = begun.iter().filter(|(first, _)| is_no_pair(*first, second));
        let mut rest = None;
        for (_, c) in firsts {
            let rest = rest.get_or_insert_with(|| walk(chars, i + 1, second, list, lost));
            let Some(rest) = rest.as_ref() else { break };
            let Some(next) = rest.text.chars().next() else {
                break;
            };
            if !is_frequent(next) && !is_punctuation(next) {
                break;
            }
            let text = format!("{c}{}", rest.text);
            let score = usize::from(before.is_some_and(|b| known(b, *c)))
                + text
                    .chars()
                    .zip(text.chars().skip(1))
                    .filter(|(a, b)| known(*a, *b))
                    .count();
            match &best {
                Some((most, _)) if *most > score => {}
                Some((most, _)) if *most == score => equal = true,
                _ => {
                    equal = false;
                    best = Some((
                        score,
                        Reread {
                            text,
                            end: rest.end,
                            certain: false,
                        },
                    ));
                }
            }
        }
    }
    best.filter(|(score, _)| *score > 0 && !equal)
        .map(|(_, found)| found)
}

/// Two bytes that decoders make `?` of: no character, or one of the places that GBK leaves to its users.
fn is_no_pair(first: u8, second: u8) -> bool {
    decode(first, second).is_none_or(|c| ('\u{E000}'..='\u{F8FF}').contains(&c))
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
    /// Whether no other reading of the run was as good.
    pub(super) certain: bool,
}

/// The second byte of the full-width mark that `c` is or was.
pub(super) fn mark_byte(c: char) -> Option<u8> {
    Some(match c {
        '!' | '！' => 0xA1,
        '(' | '（' => 0xA8,
        ')' | '）' => 0xA9,
        ',' | '，' => 0xAC,
        ':' | '：' => 0xBA,
        ';' | '；' => 0xBB,
        '?' | '？' => 0xBF,
        _ => return None,
    })
}

/// The true text around the mark at `i`, if a run behind it was read one byte off.
pub(super) fn byte_shift(chars: &Places<'_>, i: usize, list: &List) -> Option<Shift> {
    let second = chars.at(i).and_then(mark_byte)?;
    if chars
        .at(i + 1)
        .is_none_or(|c| c.is_whitespace() || mark_byte(c).is_some() && c != '?')
    {
        return None;
    }
    let found = reread(chars, i + 1, second, list)?;
    let first = found.text.chars().next()?;
    // A1 with the first byte of a common character is a bracket or quotation mark; the text must need it there.
    let needed = match first {
        '”' | '’' | '」' | '』' | '》' | '〉' | '】' | '〕' => is_open(chars, i, first),
        '“' | '‘' | '「' | '『' | '《' | '〈' | '【' | '〔' => is_closed(chars, found.end, first),
        _ => says_more(chars, i + 1, &found),
    };
    // The byte of ASCII value must be a stray one, not the start of a word or number.
    let stray = !chars.at(found.end).is_some_and(|c| c.is_ascii_alphanumeric());
    let single = found.text.chars().count() == 1;
    // One character is enough where its reading follows, `,F(xiàn)` for 。現, or where a letter alone between Han
    // characters makes a frequent one: `?h級` for 。縣級.
    let read = chars.at(found.end) == Some('(')
        && syllable(chars, found.end + 1).is_some_and(|(s, _)| is_reading(first, &s));
    let alone = chars.at(i + 1).is_some_and(|c| c.is_ascii_alphabetic())
        && chars.at(found.end).is_some_and(is_han)
        && is_frequent(first);
    if !stray || !(if single { read || alone } else { needed }) {
        return None;
    }
    let has_trace = i > 0 && matches!(chars.at(i - 1), Some('?' | '\u{FFFD}'));
    let lost_from = i - usize::from(has_trace);
    Some(Shift {
        lost_from,
        lost: lost_character(chars, lost_from, first),
        from: if has_trace { i } else { i + 1 },
        text: found.text,
        end: found.end,
        certain: found.certain && (!single || read),
    })
}

/// Whether a run makes frequent characters, and more of them than stand there.
fn says_more(chars: &Places<'_>, from: usize, found: &Reread) -> bool {
    let frequent = |text: &str| text.chars().filter(|c| is_frequent(*c)).count();
    let said = frequent(&found.text);
    let marks = found.text.chars().filter(|c| is_punctuation(*c)).count();
    2 * (said + marks) >= found.text.chars().count() && said > frequent(chars.slice(from..found.end))
}

/// The character whose last byte is A3: the one that the text has elsewhere behind the same character.
fn lost_character(chars: &Places<'_>, at: usize, next: char) -> char {
    const LAST: u8 = 0xA3;
    let page = chars.slice(0..chars.len());
    let candidates = (0x81..=0xFE_u8).filter_map(|lead| decode(lead, LAST).filter(|c| is_plausible(*c)));
    let seen = chars.before(at).and_then(|before| {
        candidates
            .map(|c| (page.matches(&String::from_iter([before, c])).count(), c))
            .filter(|(times, _)| *times > 0)
            .max_by_key(|(times, c)| (*times, *c != '。'))
    });
    match (seen, next) {
        (_, '”' | '’' | '」' | '』') => '。',
        (Some((_, c)), _) => c,
        // Nothing speaks for one character rather than another, but that most sentences go on behind a full stop.
        (None, c) if is_han(c) => '。',
        (None, _) => '\u{FFFD}',
    }
}

/// Whether something like a run that was read one byte off follows the mark at `i`, though it could not be read again.
pub(super) fn is_torn(chars: &Places<'_>, i: usize) -> bool {
    let Some(next) = chars.at(i + 1).filter(|c| !c.is_whitespace()) else {
        return false;
    };
    let traced = matches!(chars.before(i), Some('?' | '\u{FFFD}'));
    let odd = |c: char| !c.is_ascii() && !is_frequent(c) && !is_punctuation(c);
    let run = (i + 1..i + LONGEST_TORN)
        .map_while(|j| chars.at(j))
        .take_while(|c| !c.is_ascii());
    let (mut odds, mut len) = (0_usize, 0_usize);
    for c in run {
        odds += usize::from(odd(c));
        len += 1;
    }
    let stop = chars.at(i + 1 + len);
    let stray = stop.is_some_and(|c| {
        c.is_ascii_alphabetic()
            || matches!(
                c,
                '?' | '@' | '[' | ']' | '^' | '_' | '`' | '{' | '|' | '}' | '~' | '\\'
            )
    });
    traced && (odds > 0 || !is_han(next) && !matches!(next, '”' | '’' | '"' | ')' | '）'))
        || stray && odds > 0
        || next == '?' && (chars.at(i) != Some('?') || chars.at(i + 2).is_some_and(|c| !c.is_whitespace()))
        || next.is_ascii_alphabetic() && chars.at(i + 2) == Some('(') && syllable(chars, i + 3).is_some()
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
