//! Traditional ↔ simplified, and the forms and words of Taiwan and Hong Kong.
//!
//! The dictionaries are `OpenCC`'s (by way of the crate `zhhz`), with lists of our own before them (`src/lists/script`). Four things are added to what
//! its configurations do:
//!
//! * **Evidence.** A character that both scripts own (乾, 於, 徵 … to simplified; 后, 里, 台, 面 … to traditional) is
//!   converted only where its sentence is not already in the target script, so that 乾 in a simplified page and 皇后
//!   in a traditional one stay. A sentence counts as traditional when it holds a character that only traditional text
//!   uses (t2s changes it and GB 2312 lacks it), as simplified when s2t changes one and Big5 lacks it; a sentence
//!   without either follows the majority of its text, and is converted where the text says nothing.
//! * **Borders of words.** To traditional, a phrase of the dictionary that would cut a word of the segmenter in two is not taken: 有关系统 is
//!   有關 and 系統, although 关系 is 關係; and a surname before a title stays (余先生).
//! * **Every region is read.** To simplified, the forms of Taiwan and Hong Kong (衞, 裡, 汙) need no word of where the text comes from.
//! * **著.** `OpenCC` leaves 著 alone; as a verb or aspect marker (著力, 躺著睡, 沿著) it becomes 着, as "write, manifest"
//!   (著名, 專著, 顯著) it stays.

mod borders;
mod chunks;
mod dictionary;
mod tables;
pub mod view;
mod zhu;

use super::edit::{Edit, EditKind};
use super::han::{is_blank, is_han};
use crate::list;
use chunks::{Becomes, Chunk};
pub(super) use tables::to_traditional_characters;
use tables::{Tables, class};

crate::words! {
    /// Which way to convert.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Script as "script" {
        /// To simplified characters.
        Simplified = "simplified",
        /// To traditional characters, those of `OpenCC`'s own standard; traditional text of any region stays.
        Traditional = "traditional",
        /// To traditional characters as Taiwan writes them.
        Taiwan = "taiwan",
        /// To traditional characters as Hong Kong writes them.
        HongKong = "hongkong",
    }
}

/// Characters whose conversion to simplified is a reading among two.
const TWO_READINGS: &str = "乾夥徵麽著";

/// What a stretch of text says of its script.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    traditional: usize,
    simplified: usize,
}

impl Evidence {
    fn of(tables: &Tables, text: &str) -> Self {
        let mut found = Self::default();
        for c in text.chars() {
            let class = tables.class(c);
            found.traditional += usize::from(class & class::TRADITIONAL != 0);
            found.simplified += usize::from(class & class::SIMPLIFIED != 0);
        }
        found
    }

    /// Whether this sentence of `whole` is not in the target script already.
    fn calls_for(self, whole: Self, to: Script) -> bool {
        let (other, own, other_whole, own_whole) = match to {
            Script::Simplified => (
                self.traditional,
                self.simplified,
                whole.traditional,
                whole.simplified,
            ),
            Script::Traditional | Script::Taiwan | Script::HongKong => (
                self.simplified,
                self.traditional,
                whole.simplified,
                whole.traditional,
            ),
        };
        other > 0 || (own == 0 && other_whole >= own_whole)
    }
}

/// Edits (kind [`EditKind::Script`]) that convert `text`, one a changed character, so that offsets stay exact; with `regional_words` one a phrase
/// where a word of another length was chosen.
///
/// `certain` is `false` where the character has another reading: 乾, 徵, 著 and the like to simplified; to traditional
/// every character that several traditional ones map to (发 ← 發, 髮); and where another word was chosen.
pub fn edits(text: &str, to: Script, regional_words: bool) -> Vec<Edit> {
    let tables = Tables::get();
    let mut whole = Evidence::of(tables, text);
    let listed = to != Script::Simplified && whole.simplified == 0 && whole.traditional > 0 && is_list(text);
    if listed {
        whole = Evidence::default();
    }
    let mut found = Vec::new();
    let mut start = 0;
    let ends =
        |c: char| matches!(c, '\n' | '。' | '！' | '？' | '；' | '!' | '?' | ';') || listed && is_blank(c);
    for sentence in text.split_inclusive(ends) {
        let called = Evidence::of(tables, sentence).calls_for(whole, to);
        let chunks = match to {
            Script::Simplified if called => simplified(tables, sentence, regional_words),
            Script::Simplified => Vec::new(),
            _ => traditional(tables, sentence, to, called, regional_words),
        };
        for chunk in chunks {
            let span = start + chunk.start..start + chunk.end;
            let written = &text[span.clone()];
            let replacement = match chunk.becomes {
                Becomes::One(c) if written.chars().eq([c]) => continue,
                Becomes::One(c) => c.to_string(),
                Becomes::Many(many) if many == written => continue,
                Becomes::Many(many) => many,
            };
            let one_reading = match to {
                Script::Simplified => !written.contains(|c| TWO_READINGS.contains(c)),
                _ => !written.contains(|c| tables.merged.contains(&c)),
            };
            found.push(Edit {
                start: span.start,
                end: span.end,
                replacement,
                kind: EditKind::Script,
                certain: one_reading && !chunk.reworded,
            });
        }
        start += sentence.len();
    }
    found
}

/// Whether a text is a list of words set apart by blanks, each of which says its script itself.
fn is_list(text: &str) -> bool {
    /// How many characters a word of a list has at most.
    const LONGEST: usize = 8;
    let mut words = text.split(is_blank).filter(|word| !word.is_empty()).peekable();
    let mut count = 0;
    let short = words.all(|word| {
        count += 1;
        word.chars().count() <= LONGEST && word.chars().all(is_han)
    });
    short && count > 1
}

/// The converted text; what applying [`edits`] gives, without regional words.
pub fn convert(text: &str, to: Script) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits(text, to, false) {
        out.push_str(&text[done..edit.start]);
        out.push_str(&edit.replacement);
        done = edit.end;
    }
    out.push_str(&text[done..]);
    out
}

fn simplified(tables: &Tables, sentence: &str, regional_words: bool) -> Vec<Chunk> {
    let mut pieces = chunks::of(sentence);
    if regional_words {
        // Words of Taiwan and Hong Kong are none of the segmenter's.
        pieces = chunks::convert(&pieces, tables::mainland_words(), true);
    }
    pieces = chunks::convert(&pieces, &tables.to_simplified, false);
    let (mut text, _) = chunks::flat(&pieces);
    supplement(&mut text);
    zhu::correct(&mut text);
    chunks::refill(&mut pieces, &text);
    keep_names(tables, &mut pieces, sentence);
    pieces
}

/// Puts 陞 back, which the standard keeps in names, where it ends a name of three characters that stands by itself.
fn keep_names(tables: &Tables, pieces: &mut [Chunk], sentence: &str) {
    for (at, _) in sentence.match_indices('陞') {
        let mut before = sentence[..at].chars().rev();
        let (given, surname, other) = (before.next(), before.next(), before.next());
        let listed = surname
            .map(|c| tables.to_simplified.character(c).unwrap_or(c))
            .is_some_and(|c| list!("entities/surnames").has_char(c));
        let behind = sentence[at..].chars().nth(1);
        let alone = !other.is_some_and(is_han) && !behind.is_some_and(is_han);
        if listed && alone && given.is_some_and(is_han) {
            for piece in pieces.iter_mut().filter(|piece| piece.start == at) {
                piece.becomes = Becomes::One('陞');
            }
        }
    }
}

/// `called`: whether the sentence is to be converted from simplified characters; if not, only the forms and words of the region are put in.
fn traditional(
    tables: &Tables,
    sentence: &str,
    to: Script,
    called: bool,
    regional_words: bool,
) -> Vec<Chunk> {
    let words = tables::regional_words(to).filter(|_| regional_words);
    let forms = tables::regional_forms(to);
    if !called && words.is_none() && forms.is_none() {
        return Vec::new();
    }
    let mut pieces = chunks::of(sentence);
    if called {
        let table = tables::traditional();
        let matter = borders::matter(sentence, table);
        if matter {
            borders::mark(&mut pieces, sentence);
        }
        pieces = chunks::convert(&pieces, table, false);
        if matter {
            borders::keep_names(&mut pieces, sentence, table);
        }
    }
    if let Some(words) = words {
        borders::mark(&mut pieces, &tables.to_simplified.convert(sentence));
        pieces = chunks::convert(&pieces, words, true);
    }
    if let Some(forms) = forms {
        for piece in &mut pieces {
            (piece.word, piece.begins, piece.ends) = (0, true, true);
        }
        pieces = chunks::convert(&pieces, forms, false);
    }
    pieces
}

/// What the dictionaries leave undone in simplified characters: 於 where they take it for a surname inside a sentence (他於倫敦).
fn supplement(text: &mut [char]) {
    /// 於 in names and old words: 於菟, 於潜, 於邑, 於陵; 樊於期.
    const KEPT_BEFORE: &str = "菟潜邑陵期戏乎穆";
    for at in 0..text.len() {
        let inside = at > 0 && is_han(text[at - 1]);
        if text[at] == '於' && inside && !text.get(at + 1).is_some_and(|c| KEPT_BEFORE.contains(*c)) {
            text[at] = '于';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit;
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
        let found = edits(text, Script::Simplified, false);
        let spans: Vec<_> = found
            .iter()
            .map(|e| (e.start, e.end, e.replacement.as_str()))
            .collect();
        assert_eq!(spans, [(3, 6, "个"), (6, 9, "问"), (9, 12, "题")]);
        assert!(found.iter().all(|e| e.certain && e.kind == EditKind::Script));
        assert!(edits("", Script::Traditional, false).is_empty());
    }

    #[test]
    fn certainty_tells_where_there_is_a_choice() {
        let flags = |text: &str, to| {
            edits(text, to, false)
                .iter()
                .map(|e| e.certain)
                .collect::<Vec<_>>()
        };
        assert_eq!(flags("乾淨說", Script::Simplified), [false, true, true]);
        assert_eq!(flags("头发说", Script::Traditional), [true, false, true]);
    }

    fn all(to: Script, regional_words: bool, pairs: &[(&str, &str)]) {
        for &(from, expected) in pairs {
            let found = edits(from, to, regional_words);
            assert_eq!(
                edit::apply(from, &found).as_deref(),
                Ok(expected),
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn no_phrase_crosses_the_border_of_words() {
        all(
            Script::Traditional,
            false,
            &[
                ("相关系列产品", "相關系列產品"),
                ("五年历程", "五年歷程"),
                ("我国历史悠久", "我國歷史悠久"),
                ("汕头发展很快", "汕頭發展很快"),
                ("玉米面积扩大", "玉米面積擴大"),
                ("物联系统", "物聯系統"),
                ("好干部的标准", "好幹部的標準"),
                ("才能有效推进", "才能有效推進"),
                ("伟大斗争", "偉大鬥爭"),
                ("负责人参加会议", "負責人參加會議"),
                ("厚植发展优势", "厚植發展優勢"),
                ("这周围的山", "這周圍的山"),
            ],
        );
    }

    #[test]
    fn phrases_of_several_words_and_within_words_are_taken() {
        all(
            Script::Traditional,
            false,
            &[
                ("密切联系群众", "密切聯繫羣衆"),
                ("这周开会", "這週開會"),
                ("头发干燥", "頭髮乾燥"),
                ("几率", "幾率"),
                ("甲胄", "甲冑"),
                ("一出戏演完了", "一齣戲演完了"),
                ("人工干预", "人工干預"),
            ],
        );
    }

    #[test]
    fn surnames_stay() {
        all(
            Script::Traditional,
            false,
            &[
                ("余先生到会", "余先生到會"),
                ("范女士说话", "范女士說話"),
                ("游局长讲话", "游局長講話"),
                ("岳老师来过", "岳老師來過"),
                ("老余，请进", "老余，請進"),
                ("余经理说话", "余經理說話"),
                ("两千余代表到会", "兩千餘代表到會"),
                ("业余教练说", "業餘教練說"),
                ("其余同志后来离开", "其餘同志後來離開"),
                ("剩余的东西", "剩餘的東西"),
                ("模范先生", "模範先生"),
            ],
        );
    }

    #[test]
    fn every_region_is_read_as_simplified() {
        all(
            Script::Simplified,
            false,
            &[
                ("衞生防護", "卫生防护"),
                ("汚染", "污染"),
                ("汙水", "污水"),
                ("裏面和裡面", "里面和里面"),
                ("為爲", "为为"),
                ("說説", "说说"),
                ("峯羣", "峰群"),
                ("餘款（馀款）", "余款（余款）"),
                ("枱面", "台面"),
                ("屋簷", "屋檐"),
                ("喫飯", "吃饭"),
            ],
        );
    }

    #[test]
    fn phrases_decide_where_nothing_tells_the_script() {
        all(
            Script::Simplified,
            false,
            &[
                ("甚麼", "什么"),
                ("一目瞭然", "一目了然"),
                ("乾縣", "乾县"),
                ("乾陵", "乾陵"),
                ("乾枯", "干枯"),
                ("覆蓋", "覆盖"),
                ("答覆", "答复"),
                ("土坏", "土坯"),
                ("老么", "老幺"),
                ("沈穩", "沉稳"),
                ("高陞", "高升"),
                ("陳元陞", "陈元陞"),
            ],
        );
        // 坏 and 么 of simplified text in a sentence that holds traditional characters.
        assert_eq!(simplified("這里破坏了，什么都沒有"), "这里破坏了，什么都没有");
    }

    #[test]
    fn forms_of_regions() {
        all(
            Script::Taiwan,
            false,
            &[
                ("公司里面为了群众", "公司裡面為了群眾"),
                ("衞生説明", "衛生說明"),
                ("羣山的峯", "群山的峰"),
                ("吃面条", "吃麵條"),
                ("软件", "軟件"),
                ("看着桥梁", "看著橋梁"),
            ],
        );
        all(
            Script::HongKong,
            false,
            &[
                ("卫生署说明", "衞生署説明"),
                ("衛生說明在裡面", "衞生説明在裏面"),
                ("台湾", "台灣"),
                ("软件", "軟件"),
            ],
        );
        // The common standard leaves what another region writes.
        all(Script::Traditional, false, &[("這裡為了群眾", "這裡為了群眾")]);
    }

    #[test]
    fn words_of_regions_both_ways() {
        all(
            Script::Taiwan,
            true,
            &[
                ("软件和鼠标", "軟體和滑鼠"),
                ("打印机", "印表機"),
                ("老挝", "寮國"),
                ("軟件", "軟體"),
            ],
        );
        all(Script::HongKong, true, &[("鼠标", "滑鼠"), ("硬盘", "硬碟")]);
        all(
            Script::Simplified,
            true,
            &[
                ("軟體和滑鼠", "软件和鼠标"),
                ("印表機", "打印机"),
                ("寮國", "老挝"),
                ("硬碟", "硬盘"),
            ],
        );
        // One edit where the length changes, one a character where not, none of them certain.
        let shown = |text: &str| -> Vec<(usize, usize, String, bool)> {
            edits(text, Script::Taiwan, true)
                .into_iter()
                .map(|e| (e.start, e.end, e.replacement, e.certain))
                .collect()
        };
        assert_eq!(
            shown("软件"),
            [(0, 3, "軟".to_owned(), true), (3, 6, "體".to_owned(), false)]
        );
        assert_eq!(shown("调制解调器"), [(0, 15, "數據機".to_owned(), false)]);
    }

    #[test]
    fn names_are_words() {
        assert_eq!("traditional".parse(), Ok(Script::Traditional));
        let problem = "trad".parse::<Script>().map_err(|e| e.to_string());
        assert_eq!(
            problem,
            Err(
                "`script` must be one of 'simplified', 'traditional', 'taiwan', 'hongkong'; got 'trad'"
                    .to_owned()
            )
        );
    }
}
