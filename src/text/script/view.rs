//! How the rules see a text: traditional sentences in simplified characters, in as many characters and bytes, so that each place in
//! what is seen is the same place in what is written.
//!
//! The dictionary of the segmenter and the word lists of the finders are simplified. They look at [`Seen::text`]; what they find is cut out of
//! [`Seen::written`]. A text in simplified characters is seen as it is written, without a copy.
//!
//! **Which sentences are traditional.** What tells is which character set has a character: traditional are those of the first plane of Big5 (and a few
//! forms of Hong Kong) that GB 2312 lacks, simplified those of GB 2312 that Big5 lacks; what both have, as 乾 and 后, tells nothing. A sentence with
//! three more of one kind than of the other is of that script. One that does not say so clearly follows its line, by the same three characters; where
//! that is silent, too, the text, which goes by the plain majority. So a name in traditional characters inside a simplified page stays what it
//! is, and 乾 in a traditional sentence is seen as 干.
//!
//! **What they are seen as.** As [`super::convert`] makes them, but for a character whose simplified form has another number of bytes
//! (a few rare ones of the extensions, which no dictionary here knows): it stays.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::chunks::{Becomes, Chunk};
use super::simplified;
use super::tables::Tables;

/// A text as it is written and as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen<'t> {
    written: &'t str,
    changed: Option<String>,
}

impl<'t> Seen<'t> {
    /// The text with its traditional sentences in simplified characters.
    pub fn of(text: &'t str) -> Self {
        Self::of_characters(text, text.chars())
    }

    /// The same, for who has the text's characters already.
    pub fn of_characters(text: &'t str, characters: impl Iterator<Item = char>) -> Self {
        let changed = Kinds::get()
            .may_be_in(characters)
            .then(|| changed(text))
            .flatten();
        Self {
            written: text,
            changed,
        }
    }

    /// The text as it is written, whatever its script.
    pub fn as_written(text: &'t str) -> Self {
        Self {
            written: text,
            changed: None,
        }
    }

    /// What is written.
    pub fn written(&self) -> &'t str {
        self.written
    }

    /// What is seen: of the same characters' places and of as many bytes.
    pub fn text(&self) -> &str {
        self.changed.as_deref().unwrap_or(self.written)
    }

    /// Whether anything is seen otherwise than it is written.
    pub fn is_changed(&self) -> bool {
        self.changed.is_some()
    }
}

/// A word in simplified characters, with as many characters and bytes; as it is written where it holds characters of simplified text.
pub fn word(written: &str) -> Cow<'_, str> {
    let kinds = Kinds::get();
    if written.chars().any(|c| kinds.of(c) < 0) {
        return Cow::Borrowed(written);
    }
    let mut seen = String::with_capacity(written.len());
    simplify(written, &mut seen);
    if seen == written {
        Cow::Borrowed(written)
    } else {
        Cow::Owned(seen)
    }
}

/// Characters from U+4E00 to U+9FFF, a bit each.
struct Set([u64; Set::WORDS]);

impl Set {
    /// The first character, whose number ends in six bits of zero.
    const FIRST: u32 = 0x4E00;
    const WORDS: usize = 0x5200 / 64;

    /// Those of these that are there.
    fn of(text: &str) -> Self {
        let mut set = Self([0; Self::WORDS]);
        for c in text.chars() {
            let (word, bit) = Self::place(u32::from(c));
            if let Some(word) = set.0.get_mut(word) {
                *word |= bit;
            }
        }
        set
    }

    /// The word of a character, behind the last for one of another block, and its bit.
    fn place(code: u32) -> (usize, u64) {
        ((code.wrapping_sub(Self::FIRST) / 64) as usize, 1 << (code % 64))
    }

    /// These without those.
    fn without(mut self, other: &Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= !other;
        }
        self
    }
}

/// Forms of Hong Kong and of old print that the first plane of Big5 lacks.
const FORMS: &str = "衞爲説羣啓綫牀鈎厠鷄奬閲鋭裏峯擡衆麪";

/// Characters that Big5 has and GB 2312 lacks, and that simplified text uses all the same, in names.
const NAMES: &str = "昇陞迺甦鍾濛";

/// What each character from U+4E00 to U+9FFF tells of the script of its sentence: 1 for traditional, −1 for simplified, 0 for nothing.
struct Kinds(Box<[i8]>);

impl Kinds {
    const FIRST: u32 = Set::FIRST;

    fn get() -> &'static Self {
        static KINDS: OnceLock<Kinds> = OnceLock::new();
        KINDS.get_or_init(Self::build)
    }

    fn build() -> Self {
        /// The characters that pairs of bytes stand for, a line feed behind each pair, so that one that stands for nothing takes no other with it.
        fn decoded(encoding: &'static encoding_rs::Encoding, rows: std::ops::RangeInclusive<u8>) -> Set {
            let pairs = rows.flat_map(|row| (0x40..=0xFE_u8).flat_map(move |cell| [row, cell, b'\n']));
            Set::of(&encoding.decode_without_bom_handling(&pairs.collect::<Vec<_>>()).0)
        }
        let gb2312 = {
            let pairs = (0xB0..=0xF7_u8).flat_map(|row| (0xA1..=0xFE_u8).flat_map(move |cell| [row, cell]));
            Set::of(
                &encoding_rs::GBK
                    .decode_without_bom_handling(&pairs.collect::<Vec<_>>())
                    .0,
            )
        };
        // The first plane is that of the frequent characters; the other holds rare ones, which names of both scripts use.
        let mut traditional = decoded(encoding_rs::BIG5, 0xA4..=0xC6);
        for (word, form) in traditional.0.iter_mut().zip(Set::of(FORMS).0) {
            *word |= form;
        }
        let traditional = traditional.without(&gb2312).without(&Set::of(NAMES));
        let simplified = gb2312.without(&decoded(encoding_rs::BIG5, 0xA4..=0xF9));
        let kind = |(plus, minus): (u64, u64), bit: u32| (plus >> bit & 1) as i8 - (minus >> bit & 1) as i8;
        let words = traditional.0.into_iter().zip(simplified.0);
        Self(
            words
                .flat_map(|word| (0..64).map(move |bit| kind(word, bit)))
                .collect(),
        )
    }

    /// What a character tells.
    fn of(&self, c: char) -> i8 {
        let place = u32::from(c).wrapping_sub(Self::FIRST);
        self.0.get(place as usize).copied().unwrap_or(0)
    }

    /// Whether any sentence of a text may be traditional; a quick look, since nearly every text is simplified and is asked.
    fn may_be_in(&self, text: impl Iterator<Item = char>) -> bool {
        let (mut whole, mut line, mut sentence) = (0, 0, 0);
        let mut clear = false;
        for c in text {
            if let Some(&kind) = self.0.get(u32::from(c).wrapping_sub(Self::FIRST) as usize) {
                sentence += Lean::from(kind);
            } else if is_end(c) {
                clear |= clearly(sentence) == Some(true);
                line += std::mem::take(&mut sentence);
                if c == '\n' {
                    clear |= clearly(line) == Some(true);
                    whole += std::mem::take(&mut line);
                }
            }
        }
        line += sentence;
        clear |= clearly(sentence) == Some(true) || clearly(line) == Some(true);
        // Where no character is traditional, nothing leans that way.
        clear || whole + line > 0
    }
}

/// How many more characters of the one script than of the other a stretch holds.
type Lean = i32;

/// Whether a stretch is traditional; `None` where it does not say so clearly, by more characters than a name has.
fn clearly(lean: Lean) -> Option<bool> {
    (lean.abs() >= 3).then_some(lean > 0)
}

/// Sentences here end where conversion begins anew: its phrases do not reach over these marks.
fn is_end(c: char) -> bool {
    matches!(c, '\n' | '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

/// The text as it is seen, where that is not as it is written.
fn changed(text: &str) -> Option<String> {
    let kinds = Kinds::get();
    // Sentences by their last byte, and the number of their line.
    let mut sentences: Vec<(usize, usize, Lean)> = Vec::new();
    let mut lines: Vec<Lean> = vec![0];
    let mut lean = 0;
    for (at, c) in text.char_indices() {
        lean += Lean::from(kinds.of(c));
        let after = at + c.len_utf8();
        if is_end(c) || after == text.len() {
            sentences.push((after, lines.len() - 1, lean));
            if let Some(line) = lines.last_mut() {
                *line += std::mem::take(&mut lean);
            }
            if c == '\n' {
                lines.push(0);
            }
        }
    }
    let by_majority = lines.iter().sum::<Lean>() > 0;
    let traditional = |line: usize, sentence: Lean| {
        let line = || clearly(lines.get(line).copied().unwrap_or(0));
        clearly(sentence).or_else(line).unwrap_or(by_majority)
    };
    let mut seen = String::with_capacity(text.len());
    let mut start = 0;
    for &(end, line, sentence) in &sentences {
        let written = text.get(start..end).unwrap_or_default();
        if traditional(line, sentence) {
            simplify(written, &mut seen);
        } else {
            seen.push_str(written);
        }
        start = end;
    }
    (seen.len() == text.len() && seen != text).then_some(seen)
}

/// Adds a sentence in simplified characters, with as many characters and bytes.
fn simplify(sentence: &str, seen: &mut String) {
    for Chunk {
        start, end, becomes, ..
    } in simplified(Tables::get(), sentence, false)
    {
        let written = sentence.get(start..end).unwrap_or_default();
        match becomes {
            // Without regional words a piece is a character.
            Becomes::One(c) if c.len_utf8() == written.len() => seen.push(c),
            _ => seen.push_str(written),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        Seen::of(text).text().to_owned()
    }

    #[test]
    fn traditional_text_of_any_region_is_seen_as_simplified() {
        for (written, expected) in [
            ("委員會辦理提案，聽取民眾意見。", "委员会办理提案，听取民众意见。"),
            (
                "衞生署署長説羣衆爲本，裏外一致。",
                "卫生署署长说群众为本，里外一致。",
            ),
            ("沿著這條路，看著著名作家的書。", "沿着这条路，看着著名作家的书。"),
            ("乾隆年間的糧食很乾燥。", "乾隆年间的粮食很干燥。"),
            (
                "區公所\n鄉鎮３間，「關懷據點」18處。",
                "区公所\n乡镇３间，「关怀据点」18处。",
            ),
        ] {
            assert_eq!(seen(written), expected);
            let look = Seen::of(written);
            assert!(look.is_changed());
            assert_eq!(look.written(), written);
        }
    }

    #[test]
    fn what_is_simplified_or_says_nothing_stays() {
        for text in [
            "",
            "党的建设",
            "于是他说。",
            "乾隆年间，李乾和樊於期都在里面，他说着话。",
            // A name, alone in its sentence, between simplified ones.
            "局里发来贺电。作者：陳一心。后来又发一份。",
            "会议由張國華主持，听取了汇报。",
            "王昇、鍾某来了。",
            "乾燥",
            "English text, 123。",
        ] {
            assert_eq!(Seen::of(text), Seen::as_written(text), "{text}");
        }
    }

    #[test]
    fn each_sentence_by_itself_and_the_silent_ones_by_what_is_around() {
        assert_eq!(
            seen("会议听取汇报，决定发布。\n縣議會審議預算，決議發布。王乾在此。\n王乾在此，大家发言说过。"),
            "会议听取汇报，决定发布。\n县议会审议预算，决议发布。王干在此。\n王乾在此，大家发言说过。"
        );
        assert_eq!(
            seen("縣議會審議預算。他引用：“我们党从来这么说。”后乾。"),
            "县议会审议预算。他引用：“我们党从来这么说。”后干。"
        );
    }

    #[test]
    fn as_many_bytes_are_seen() {
        // The simplified form of this character lies in another plane.
        let written = "這個縣的釟魚，説釓與釔。";
        let look = Seen::of(written);
        assert_eq!(look.text().len(), written.len());
        let lengths = |text: &str| text.chars().map(char::len_utf8).collect::<Vec<_>>();
        assert_eq!(lengths(look.text()), lengths(written));
    }

    #[test]
    fn words_by_themselves() {
        for (written, expected) in [
            ("黨建引領", "党建引领"),
            ("於是", "于是"),
            ("乾坤", "乾坤"),
            ("里面", "里面"),
            ("发於", "发於"),
            ("“三會一課”", "“三会一课”"),
        ] {
            assert_eq!(word(written), expected);
        }
    }

    #[test]
    fn the_kinds_are_those_of_the_character_sets() {
        let kinds = Kinds::get();
        for (text, kind) in [
            ("這個為來說國會裡裏衞爲羣臺灣", 1),
            ("这个为来说国会们发过", -1),
            ("的一是在不了有和人乾后里面於昇鍾Aé。𠮷㐀鿿\u{A000}", 0),
        ] {
            for c in text.chars() {
                assert_eq!(kinds.of(c), kind, "{c}");
            }
        }
    }

    /// The quick look says no only where the careful one finds no traditional sentence.
    #[test]
    fn the_quick_look_overlooks_nothing() {
        let kinds = Kinds::get();
        for (text, expected) in [
            ("", false),
            ("a𠮷這b", true),
            ("é𠮷㐀。这說", false),
            ("这个\n這說為\n这个为", true),
            ("这个。這說為。这个为", true),
            ("这个！這說？為；这个为", false),
            ("这个這；說為；个", false),
            ("这个\n這。說。為\n这个为", true),
            ("这个为发过，這說為，这", false),
        ] {
            assert_eq!(kinds.may_be_in(text.chars()), expected, "{text}");
            if !expected {
                assert_eq!(changed(text), None, "{text}");
            }
        }
    }
}
