//! One look at each character of a text for what its cutting wants to know: where lines end, whether a line may hold an end
//! of a sentence, whether it holds Han characters that need care.
//!
//! Nearly all of a Chinese text is Han characters that are none of these; their first byte says so, and the loop steps over
//! them whole.

use super::han::is_break;
use super::segment::is_rare_han;
use super::sentences::is_end_mark;

/// What the first byte of a character says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing of interest; so many bytes to the next character.
    Plain(u8),
    /// One has to look.
    Look,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Look; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            // Line breaks and marks of ASCII.
            0x0A..=0x0D | b'!' | b'?' | b'.' | b';' => Class::Look,
            0..=0x7F => Class::Plain(1),
            // U+0085 has the first byte C2.
            0xC3..=0xDF => Class::Plain(2),
            // E2: …, quotation marks, separators; E3: 。 and the first extension; E4: its end; E9: the end of the first block of Han.
            0xE0 | 0xE1 | 0xE5..=0xE8 | 0xEA..=0xEE => Class::Plain(3),
            _ => Class::Look,
        };
        if byte == 255 {
            break;
        }
        byte += 1;
    }
    classes
};

/// A line and what was seen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line with the break at its end.
    pub text: &'a str,
    /// Whether it ends in a line break, which only the last line of a text may not.
    pub closed: bool,
    /// Byte of the first mark that may end a sentence, a line break at the end left out; [`super::sentences::ends_inside`] says whether
    /// anything follows it.
    pub first_mark: Option<usize>,
    /// Whether it holds Han characters that jieba-rs knows and Python's jieba does not.
    pub rare_han: bool,
}

/// The lines of a text, as [`str::split_inclusive`] at [`is_break`] gives them.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let line = first_line(rest);
        rest = &rest[line.text.len()..];
        Some(line)
    })
}

fn first_line(text: &str) -> Line<'_> {
    let bytes = text.as_bytes();
    let (mut at, mut first_mark, mut rare_han) = (0, None, false);
    while let Some(&byte) = bytes.get(at) {
        // Four of five characters: a guess that the processor makes right, so that it need not wait for the table to know the next.
        if matches!(byte, 0xE5..=0xE8) {
            at += 3;
            continue;
        }
        // The first and the last quarter of Han, but for their rare ends: before U+4E00 and from U+9FC0.
        let second = bytes.get(at + 1).copied().unwrap_or(0);
        if byte == 0xE4 && second >= 0xB8 || byte == 0xE9 && second < 0xBF {
            at += 3;
            continue;
        }
        match CLASSES[byte as usize] {
            Class::Plain(width) => at += usize::from(width),
            Class::Look => {
                let Some(c) = text[at..].chars().next() else { break };
                if is_break(c) {
                    return Line {
                        text: &text[..at + c.len_utf8()],
                        closed: true,
                        first_mark,
                        rare_han,
                    };
                }
                if first_mark.is_none() && is_end_mark(c) {
                    first_mark = Some(at);
                }
                rare_han |= is_rare_han(c);
                at += c.len_utf8();
            }
        }
    }
    Line {
        text,
        closed: false,
        first_mark,
        rare_han,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_a_slow_look_sees(text in "([一-龥㐀䶿龟鿖鿿豈𠀀。，！？；…“”a-z.!?;\u{85}\u{2028}\n\r\u{B} éΩ한]){0,40}") {
            let found: Vec<Line<'_>> = lines(&text).collect();
            let expected: Vec<&str> = text.split_inclusive(is_break).collect();
            prop_assert_eq!(found.iter().map(|l| l.text).collect::<Vec<_>>(), expected);
            for line in found {
                prop_assert_eq!(line.closed, line.text.ends_with(is_break));
                prop_assert_eq!(line.rare_han, line.text.contains(is_rare_han));
                let content = line.text.trim_end_matches(is_break);
                prop_assert_eq!(line.first_mark, content.find(is_end_mark));
            }
        }
    }

    #[test]
    fn every_character_is_classed_by_its_first_byte() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = format!("{c}一");
            let line = lines(&text).next();
            let seen = line.map(|l| (l.text.len() == c.len_utf8(), l.first_mark.is_some(), l.rare_han));
            let wanted = (is_break(c), is_end_mark(c), is_rare_han(c));
            assert_eq!(seen, Some(wanted), "{c:?}");
        }
    }
}
