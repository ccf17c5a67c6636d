//! Traditional ↔ simplified.
//!
//! The mapping is `OpenCC`'s (data and greedy longest match through `ferrous-opencc`, configurations `t2s` and `s2t`).
//! Two things are added to it:
//!
//! * **Evidence.** A character that both scripts own (乾, 於, 徵 … to simplified; 后, 里, 台, 面 … to traditional) is
//!   converted only where its sentence is not already in the target script, so that 乾 in a simplified page and 皇后
//!   in a traditional one stay. A sentence counts as traditional when it holds a character that only traditional text
//!   uses (t2s changes it and GB 2312 lacks it), as simplified when s2t changes one and Big5 lacks it; a sentence
//!   without either follows the majority of its text, and is converted where the text says nothing.
//! * **著.** `OpenCC` leaves 著 alone; as a verb or aspect marker (著力, 躺著睡, 沿著) it becomes 着, as "write, manifest"
//!   (著名, 專著, 顯著) it stays.

mod zhu;

use std::sync::OnceLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use rustc_hash::{FxHashMap, FxHashSet};

use super::edit::{Edit, EditKind};
use super::han::{HAN, is_han};

crate::words! {
    /// Which way to convert.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Script as "script" {
        /// To simplified characters.
        Simplified = "simplified",
        /// To traditional characters.
        Traditional = "traditional",
    }
}

/// Characters that the standard of 2013 keeps in simplified text although t2s maps them: in names (昇, 堃) or in one
/// of their senses (乾坤, 象徵 as a note). Alone they are no evidence of traditional text.
const KEPT_IN_SIMPLIFIED: &str = "乾夥徵於麽瞭藉著昇陞迺甦邨堃龢氾蹚勠噘鍾濛淼喆溼";

/// Of these, the ones whose conversion is a reading among two.
const TWO_READINGS: &str = "乾夥徵麽著";

/// Variants of traditional text that t2s leaves.
const VARIANTS: [(char, char); 4] = [('擡', '抬'), ('牠', '它'), ('妳', '你'), ('谿', '溪')];

/// What a character says of the script of its text, as bits.
mod class {
    /// t2s changes it and simplified text does not use it.
    pub(super) const TRADITIONAL: u8 = 1;
    /// t2s changes it, but simplified text uses it too.
    pub(super) const TRADITIONAL_SHARED: u8 = 2;
    /// s2t changes it and traditional text does not use it.
    pub(super) const SIMPLIFIED: u8 = 4;
    /// s2t changes it, but traditional text uses it too.
    pub(super) const SIMPLIFIED_SHARED: u8 = 8;
}

/// The two converters and what follows from them; built once a process.
struct Tables {
    to_simplified: OpenCC,
    to_traditional: OpenCC,
    classes: FxHashMap<char, u8>,
    /// Simplified characters that more than one traditional character maps to.
    merged: FxHashSet<char>,
}

impl Tables {
    /// `None` only if the embedded data were broken, which the tests exclude.
    fn get() -> Option<&'static Self> {
        static TABLES: OnceLock<Option<Tables>> = OnceLock::new();
        TABLES.get_or_init(Self::build).as_ref()
    }

    fn build() -> Option<Self> {
        let to_simplified = OpenCC::from_config(BuiltinConfig::T2s).ok()?;
        let to_traditional = OpenCC::from_config(BuiltinConfig::S2t).ok()?;
        // One call for the whole repertoire; the line feeds keep phrases from forming.
        let mut all = String::new();
        for c in HAN.iter().flat_map(|range| range.first..=range.last) {
            all.push(c);
            all.push('\n');
        }
        let mut classes: FxHashMap<char, u8> = FxHashMap::default();
        let mut sources: FxHashMap<char, u32> = FxHashMap::default();
        for (from, to) in pairs(&all, &to_simplified.convert(&all)) {
            // 说 is 說 only (説 is a variant that Big5 lacks); 后 is 後 or 后 itself.
            if in_big5(from) {
                *sources.entry(to).or_default() += 1;
            }
            if from != to {
                let shared = KEPT_IN_SIMPLIFIED.contains(from) || in_gb2312(from);
                *classes.entry(from).or_default() |= if shared {
                    class::TRADITIONAL_SHARED
                } else {
                    class::TRADITIONAL
                };
            }
        }
        classes.insert('著', class::TRADITIONAL_SHARED);
        for (from, _) in VARIANTS {
            classes.insert(from, class::TRADITIONAL);
        }
        for (from, to) in pairs(&all, &to_traditional.convert(&all)) {
            if from != to {
                *classes.entry(from).or_default() |= if in_big5(from) {
                    class::SIMPLIFIED_SHARED
                } else {
                    class::SIMPLIFIED
                };
            }
        }
        let merged = sources
            .into_iter()
            .filter_map(|(c, n)| (n > 1).then_some(c))
            .collect();
        Some(Self {
            to_simplified,
            to_traditional,
            classes,
            merged,
        })
    }

    fn class(&self, c: char) -> u8 {
        // Everything that either converter knows is a Han character.
        if c < '\u{3400}' {
            0
        } else {
            self.classes.get(&c).copied().unwrap_or(0)
        }
    }
}

/// Lines of one character each, side by side.
fn pairs<'a>(from: &'a str, to: &'a str) -> impl Iterator<Item = (char, char)> + 'a {
    from.lines()
        .zip(to.lines())
        .filter_map(|(f, t)| Some((f.chars().next()?, t.chars().next()?)))
}

/// Whether a character is one of the 6,763 Han characters of GB 2312.
fn in_gb2312(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let (bytes, _, failed) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !failed && matches!(bytes.as_ref(), [0xB0..=0xF7, 0xA1..=0xFE])
}

/// Whether Big5 has the character (the encoder knows no Hong Kong supplement).
fn in_big5(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let (_, _, failed) = encoding_rs::BIG5.encode(c.encode_utf8(&mut buffer));
    !failed
}

/// What a stretch of text says of its script.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    traditional: usize,
    simplified: usize,
    /// Characters that conversion to simplified (to traditional) may change.
    to_simplified: usize,
    to_traditional: usize,
}

impl Evidence {
    fn of(tables: &Tables, text: &str) -> Self {
        let mut found = Self::default();
        for c in text.chars() {
            let class = tables.class(c);
            found.traditional += usize::from(class & class::TRADITIONAL != 0);
            found.simplified += usize::from(class & class::SIMPLIFIED != 0);
            found.to_simplified += usize::from(class & (class::TRADITIONAL | class::TRADITIONAL_SHARED) != 0);
            found.to_traditional += usize::from(class & (class::SIMPLIFIED | class::SIMPLIFIED_SHARED) != 0);
        }
        found
    }

    /// Whether this sentence of `whole` has something to convert and is not in the target script already.
    fn calls_for(self, whole: Self, to: Script) -> bool {
        let (other, own, changeable, other_whole, own_whole) = match to {
            Script::Simplified => (
                self.traditional,
                self.simplified,
                self.to_simplified,
                whole.traditional,
                whole.simplified,
            ),
            Script::Traditional => (
                self.simplified,
                self.traditional,
                self.to_traditional,
                whole.simplified,
                whole.traditional,
            ),
        };
        changeable > 0 && (other > 0 || (own == 0 && other_whole >= own_whole))
    }
}

/// Edits (kind [`EditKind::Script`]) that convert `text`, one a changed character, so that offsets stay exact.
///
/// `certain` is `false` where the character has another reading: 乾, 徵, 著 and the like to simplified; to traditional
/// every character that several traditional ones map to (发 ← 發, 髮).
pub fn edits(text: &str, to: Script) -> Vec<Edit> {
    let Some(tables) = Tables::get() else {
        return Vec::new();
    };
    let whole = Evidence::of(tables, text);
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(['\n', '。', '！', '？', '；', '!', '?', ';']) {
        if Evidence::of(tables, sentence).calls_for(whole, to) {
            convert_sentence(tables, sentence, start, to, &mut found);
        }
        start += sentence.len();
    }
    found
}

/// The converted text; what applying [`edits`] gives.
pub fn convert(text: &str, to: Script) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits(text, to) {
        out.push_str(&text[done..edit.start]);
        out.push_str(&edit.replacement);
        done = edit.end;
    }
    out.push_str(&text[done..]);
    out
}

fn convert_sentence(tables: &Tables, sentence: &str, offset: usize, to: Script, found: &mut Vec<Edit>) {
    let converter = match to {
        Script::Simplified => &tables.to_simplified,
        Script::Traditional => &tables.to_traditional,
    };
    let source: Vec<(usize, char)> = sentence.char_indices().collect();
    let mut target: Vec<char> = converter.convert(sentence).chars().collect();
    if target.len() != source.len() {
        // No phrase of the data changes its length; should a later edition hold one, its sentence goes character by
        // character, which is right but for choices that need the phrase.
        target = source
            .iter()
            .map(|&(_, c)| {
                let mut converted = converter.convert(c.encode_utf8(&mut [0; 4]));
                match (converted.pop(), converted.is_empty()) {
                    (Some(one), true) => one,
                    _ => c,
                }
            })
            .collect();
    }
    if to == Script::Simplified {
        supplement(&mut target);
        zhu::correct(&mut target);
    }
    for (&(at, before), after) in source.iter().zip(target) {
        if before != after {
            found.push(Edit {
                start: offset + at,
                end: offset + at + before.len_utf8(),
                replacement: after.to_string(),
                kind: EditKind::Script,
                certain: match to {
                    Script::Simplified => !TWO_READINGS.contains(before),
                    Script::Traditional => !tables.merged.contains(&before),
                },
            });
        }
    }
}

/// What t2s leaves undone in simplified characters: variants, and 於 where the data take it for a surname inside a
/// sentence (他於倫敦).
fn supplement(text: &mut [char]) {
    /// 於 in names and old words: 於菟, 於潜, 於邑, 於陵; 樊於期.
    const KEPT_BEFORE: &str = "菟潜邑陵期戏乎穆";
    for at in 0..text.len() {
        if let Some((_, to)) = VARIANTS.iter().find(|(from, _)| *from == text[at]) {
            text[at] = *to;
        }
        let inside = at > 0 && is_han(text[at - 1]);
        if text[at] == '於' && inside && !text.get(at + 1).is_some_and(|c| KEPT_BEFORE.contains(*c)) {
            text[at] = '于';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplified(text: &str) -> String {
        convert(text, Script::Simplified)
    }

    fn traditional(text: &str) -> String {
        convert(text, Script::Traditional)
    }

    #[test]
    fn characters_and_phrases() {
        assert_eq!(
            simplified("協商建言，開創後來居上的局面"),
            "协商建言，开创后来居上的局面"
        );
        assert_eq!(
            simplified("這裡乾淨，乾隆皇帝說扭轉乾坤"),
            "这里干净，乾隆皇帝说扭转乾坤"
        );
        assert_eq!(simplified("瞭望臺上瞭解情況"), "瞭望台上了解情况");
        assert_eq!(
            traditional("皇后的头发很干燥，干部干活不干涉，吃面条见面，一只船只剩两只"),
            "皇后的頭髮很乾燥，幹部幹活不干涉，喫麪條見面，一隻船隻剩兩隻"
        );
        assert_eq!(
            traditional("公里里程，后来发现发展，台风过后平台"),
            "公里里程，後來發現發展，颱風過後平臺"
        );
    }

    #[test]
    fn what_the_data_leave() {
        assert_eq!(simplified("他於倫敦說，妳擡頭看牠"), "他于伦敦说，你抬头看它");
        assert_eq!(simplified("樊於期說，於潛縣"), "樊於期说，於潜县");
    }

    #[test]
    fn text_in_the_target_script_stays() {
        for clean in [
            "乾隆年间的著名作家说，于是瞭望塔的于先生和於先生都来了。",
            "李乾说后来里面干了。",
            "获益甚夥，宫商角徵羽，他说。",
        ] {
            assert_eq!(simplified(clean), clean);
        }
        for clean in [
            "皇后說這裡的公里數，于先生吃麵，群峰下的床。",
            "隻身在臺灣的台北人說準備好了，干預干涉。",
        ] {
            assert_eq!(traditional(clean), clean);
        }
    }

    #[test]
    fn sentences_without_evidence_follow_their_text() {
        // The second sentence alone could be either script.
        assert_eq!(simplified("這是說明。王乾在此。"), "这是说明。王干在此。");
        assert_eq!(simplified("这是说明。王乾在此。"), "这是说明。王乾在此。");
        assert_eq!(simplified("乾燥"), "干燥");
    }

    #[test]
    fn edits_are_single_characters_with_spans() {
        let text = "一個問題";
        let found = edits(text, Script::Simplified);
        let spans: Vec<_> = found
            .iter()
            .map(|e| (e.start, e.end, e.replacement.as_str()))
            .collect();
        assert_eq!(spans, [(3, 6, "个"), (6, 9, "问"), (9, 12, "题")]);
        assert!(found.iter().all(|e| e.certain && e.kind == EditKind::Script));
        assert!(edits("", Script::Traditional).is_empty());
    }

    #[test]
    fn certainty_tells_where_there_is_a_choice() {
        let flags = |text: &str, to| edits(text, to).iter().map(|e| e.certain).collect::<Vec<_>>();
        assert_eq!(flags("乾淨說", Script::Simplified), [false, true, true]);
        assert_eq!(flags("头发说", Script::Traditional), [true, false, true]);
    }

    #[test]
    fn names_are_words() {
        assert_eq!("traditional".parse(), Ok(Script::Traditional));
        let problem = "trad".parse::<Script>().map_err(|e| e.to_string());
        assert_eq!(
            problem,
            Err("`script` must be one of 'simplified', 'traditional'; got 'trad'".to_owned())
        );
    }
}
