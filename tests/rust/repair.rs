//! Repair of inserted readings: the damage is made here, byte by byte, and undone by the kernel.

use std::fs;

use duizhao::text::edit::{EditKind, apply};
use duizhao::text::repair::{Evidence, Pinyin, edits};
use encoding_rs::GBK;
use pinyin::ToPinyinMulti;
use proptest::prelude::*;

use crate::shared;

fn reading(c: char) -> &'static str {
    c.to_pinyin_multi().unwrap().get(0).with_tone()
}

fn gbk(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = GBK.encode(text);
    assert!(!lossy, "{text}");
    bytes.into_owned()
}

/// Writes `(reading)` behind the two bytes of each listed character wherever they stand, one character after the other.
fn annotate_bytes(text: &str, list: &[char]) -> Vec<u8> {
    let mut bytes = gbk(text);
    for &c in list {
        let pair = gbk(&c.to_string());
        let inserted = gbk(&format!("({})", reading(c)));
        let mut out = Vec::new();
        let mut i = 0;
        while i < bytes.len() {
            if bytes[i..].starts_with(&pair) {
                out.extend(&pair);
                out.extend(&inserted);
                i += 2;
            } else {
                out.push(bytes[i]);
                i += 1;
            }
        }
        bytes = out;
    }
    bytes
}

/// As Windows reads code page 936: a lead byte takes its partner along even if the pair means nothing.
fn decode_windows(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] < 0x80 {
            out.push(bytes[i] as char);
            i += 1;
        } else {
            let pair = &bytes[i..(i + 2).min(bytes.len())];
            match GBK.decode_without_bom_handling_and_without_replacement(pair) {
                Some(text) if pair.len() == 2 => out.push_str(&text),
                _ => out.push('?'),
            }
            i += 2;
        }
    }
    out
}

fn damaged(text: &str, list: &[char]) -> String {
    decode_windows(&annotate_bytes(text, list))
}

fn repaired(text: &str) -> (String, Evidence, bool) {
    let (found, evidence) = edits(text, Pinyin::Auto);
    let certain = found.iter().all(|e| e.certain);
    (apply(text, &found).unwrap(), evidence, certain)
}

const LIST: [char; 24] = [
    '協', '會', '動', '實', '學', '強', '領', '習', '發', '關', '機', '設', '個', '聯', '堅', '進', '導',
    '點', '報', '數', '區', '業', '農', '積',
];

/// Sentences of ours in which listed characters come often enough to pass the gate.
const SENTENCES: &str = "縣協商會議學習領會文件，推動各機關實事求是、堅持強農興業。\
    設立三個聯絡點，報告數據，引導區內學會積極發動群眾，會後進行實地調研。\
    協會關心農業發展，強化學習機制，堅決推進設施聯通，動員各界領導帶頭報到。";

#[test]
fn simulated_damage_is_undone() {
    let text = SENTENCES.repeat(2);
    let broken = damaged(&text, &LIST);
    assert!(broken.contains("協(xié)商會(huì)議學(xué)習(xí)"));
    let (result, evidence, certain) = repaired(&broken);
    assert_eq!(result, text);
    assert!(certain && evidence.removed && evidence.residues_left == 0);
}

#[test]
fn annotations_between_two_characters_are_undone() {
    // Each tail holds the bytes of a listed character across two others; the list of the page is the same as above.
    let mut seen = 0;
    for tail in [
        "當月換屆完成。",
        "他們在聯系。",
        "全文字數不多。",
        "進入區內。",
        "當地村民詢問。",
    ] {
        let list: Vec<char> = LIST
            .iter()
            .copied()
            .chain(['冊', '當', '雲', '謹', '詢'])
            .collect();
        let text = format!("{SENTENCES}{SENTENCES}{tail}");
        let broken = damaged(&text, &list);
        seen += usize::from(broken.contains('?'));
        let (result, evidence, certain) = repaired(&broken);
        assert_eq!(result, text, "{broken}");
        assert!(certain && evidence.residues_left == 0, "{tail}");
        assert!(evidence.residues_repaired > 0 || !broken.contains('?'));
    }
    assert_eq!(seen, 5);
}

#[test]
fn a_lost_byte_before_an_exclamation_mark_is_undone() {
    // The bytes of 。 are A1 A3 and those of ” A1 B1: without the first byte they read as ！ and a run of other pairs.
    for (before, after) in [
        ("“要見實效", "說明工作"),
        ("“抓在日常", "山東經驗"),
        ("他說“完成", "市政協報告"),
    ] {
        let mut bytes = annotate_bytes(&format!("{SENTENCES}{SENTENCES}{before}"), &LIST);
        bytes.extend(&gbk("。”")[1..]);
        bytes.extend(annotate_bytes(after, &LIST));
        let broken = decode_windows(&bytes);
        let (result, evidence, certain) = repaired(&broken);
        assert_eq!(
            result,
            format!("{SENTENCES}{SENTENCES}{before}。”{after}"),
            "{broken}"
        );
        assert!(!certain, "the full stop is a guess");
        assert_eq!(evidence.residues_repaired, 1);
    }
}

#[test]
fn exclamations_in_a_damaged_page_stay() {
    let tail = "“真好!”大家說。你好!闭門A級!按規定辦事B。";
    let text = format!("{}{tail}", damaged(&SENTENCES.repeat(2), &LIST));
    let (result, _, _) = repaired(&text);
    assert!(result.ends_with(tail), "{result}");
}

#[test]
fn what_cannot_be_undone_is_counted() {
    let text = format!(
        "{}全年?xyz，共計?zhuāng)甲\u{E849}乙",
        damaged(&SENTENCES.repeat(2), &LIST)
    );
    let (result, evidence, _) = repaired(&text);
    assert!(result.ends_with("全年?xyz，共計?zhuāng)甲\u{E849}乙"));
    assert_eq!(evidence.residues_left, 2);
}

#[test]
fn gate_by_gate() {
    let gate = |text: &str| edits(text, Pinyin::Auto).1;
    // Nine annotations are not enough.
    let nine = "協(xié)會(huì)動(dòng)".repeat(3);
    assert!(!gate(&nine).passes());
    assert!(gate(&"協(xié)會(huì)動(dòng)".repeat(4)).passes());
    // Two in 100 Han characters.
    let dense = "協(xié)會(huì)動(dòng)".repeat(4);
    assert!(gate(&format!("{dense}{}", "一".repeat(580))).passes());
    assert!(!gate(&format!("{dense}{}", "一".repeat(600))).passes());
    // Three types that occur twice.
    assert!(!gate(&"協(xié)會(huì)".repeat(10)).passes());
    // Nine tenths of their occurrences.
    assert!(gate(&format!("{dense}協")).passes());
    assert!(!gate(&format!("{dense}協會")).passes());
    // One reading a character.
    assert!(!gate(&format!("{dense}長(zhǎng)長(cháng)")).passes());
    assert!(gate(&format!("{dense}長(zhǎng)長(zhǎng)")).passes());
    // Nine tenths outside GB 2312.
    assert!(gate(&format!("{dense}商(shāng)")).passes());
    assert!(!gate(&format!("{dense}商(shāng)商(shāng)")).passes());
    // A primer in simplified characters.
    assert!(!gate(&"我(wǒ)们(men)学(xué)习(xí)".repeat(10)).passes());
}

#[test]
fn a_gloss_in_a_damaged_page_stays() {
    let text = format!(
        "{}亳(bó)州、市(州)、PM2.5(細顆粒物)",
        damaged(&SENTENCES.repeat(2), &LIST)
    );
    assert!(repaired(&text).0.ends_with("亳(bó)州、市(州)、PM2.5(細顆粒物)"));
}

#[test]
fn never_and_always() {
    let text = damaged(&SENTENCES.repeat(2), &LIST);
    let (found, evidence) = edits(&text, Pinyin::Never);
    assert!(found.is_empty() && evidence.passes() && !evidence.removed);
    let (found, _) = edits("协(xié)同", Pinyin::Always);
    assert_eq!(apply("协(xié)同", &found).unwrap(), "协同");
}

/// Han characters of ordinary text in either script, with full-width marks.
const POOL: &str = "縣協商會議學習領會文件推動各機關實事求是堅持強農興業設立三個聯絡點報告數據引導區內積極發動群眾後進行實地調研\
    們在換屆月字當地村民詢問入心關懷發展化機制決通員界帶頭到，。、；：“”的一是了我不人有他這來說國時要就出年得生自以可下過天去能對小多然於\
    都起還成事只作想看文無開手十用主方又如前所本見經頭面公同三已老從動兩長知現實業門路線總產條此變東水軍級號領確治傳眼身統育增義專";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Either the text comes back, or the kernel says that it does not: a doubt or a residue that is left.
    #[test]
    fn random_text_and_random_lists(
        picks in proptest::collection::vec(0..200_usize, 60..300),
        keep in proptest::collection::vec(any::<bool>(), LIST.len()),
    ) {
        let pool: Vec<char> = POOL.chars().filter(|c| !c.is_whitespace()).collect();
        let list: Vec<char> = LIST.iter().zip(&keep).filter(|(_, k)| **k).map(|(c, _)| *c).collect();
        prop_assume!(list.len() >= 8);
        let random: String = picks.iter().map(|i| pool[i % pool.len()]).collect();
        let text = format!("{SENTENCES}{random}。{SENTENCES}");
        let broken = damaged(&text, &list);
        let (result, evidence, certain) = repaired(&broken);
        prop_assert!(evidence.removed);
        if result != text {
            prop_assert!(evidence.residues_left > 0 || !certain, "{}\n{}\n{}", text, broken, result);
        }
    }

    /// Undamaged text in which question marks and parentheses come at random is not touched.
    #[test]
    fn random_clean_text_stays(text in "[协会動動的一是“”！!？?（(）)a-zā1，。\n]{0,200}") {
        let (found, evidence) = edits(&text, Pinyin::Auto);
        prop_assert!(found.is_empty() || evidence.passes());
    }
}

#[test]
fn the_documented_readings_are_known() {
    let Some(data) = shared() else { return };
    let json = fs::read_to_string(data.join("damage/annotated_char_readings.json")).unwrap();
    let table: std::collections::BTreeMap<String, std::collections::BTreeMap<String, u32>> =
        serde_json::from_str(&json).unwrap();
    assert!(table.len() > 90);
    for (c, readings) in table {
        for r in readings.keys() {
            let text = format!("{c}({r})");
            assert_eq!(edits(&text, Pinyin::Always).1.matches, 1, "{text}");
        }
    }
}

fn seed(data: &std::path::Path, key: &str) -> String {
    let file = fs::read_dir(data.join("seeds"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .find(|f| f.file_name().unwrap().to_str().unwrap().starts_with(key))
        .unwrap();
    fs::read_to_string(file).unwrap()
}

#[test]
fn every_annotated_damage_is_found_where_it_stands() {
    let Some(data) = shared() else { return };
    let table = fs::read_to_string(data.join("gold/damage.tsv")).unwrap();
    for key in ["002", "004"] {
        let raw = seed(&data, key);
        let at: Vec<usize> = raw.char_indices().map(|(b, _)| b).chain([raw.len()]).collect();
        let (found, evidence) = edits(&raw, Pinyin::Auto);
        assert!(evidence.removed && evidence.residues_left == 0, "{evidence:?}");
        let mut rows = 0;
        for row in table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()) {
            let &[file, start, end, _, _, traditional, kind, ..] = row.as_slice() else {
                panic!()
            };
            if file != key {
                continue;
            }
            rows += 1;
            let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
            // The table counts the annotated character in; we touch only what was inserted.
            let (kind, start, expected) = if kind == "pinyin_annotation" {
                (EditKind::PinyinAnnotation, start + 1, "")
            } else {
                (EditKind::FalseAnnotation, start, traditional)
            };
            assert!(
                found.iter().any(|e| (e.start, e.end) == (at[start], at[end])
                    && e.kind == kind
                    && e.replacement == expected
                    && e.certain),
                "{row:?}"
            );
        }
        assert_eq!(rows, found.len(), "no other edit");
        let body = fs::read_to_string(data.join(format!("gold/repaired_traditional/{key}.txt"))).unwrap();
        let lines: Vec<String> = apply(&raw, &found)
            .unwrap()
            .lines()
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect();
        assert!(lines.join("\n").contains(&body));
    }
}

#[test]
fn the_page_with_both_residues_is_whole() {
    let Some(data) = shared() else { return };
    let (result, evidence, certain) = repaired(&seed(&data, "000"));
    assert!(evidence.removed && evidence.residues_left == 0 && evidence.residues_repaired == 2 && !certain);
    assert!(
        result.contains("月換屆") && result.contains("里。”市政協主席"),
        "{result}"
    );
    assert!(!result.contains(['?', '\u{E849}']) && !result.contains("é)"));
}

/// A fixed sequence of numbers: every run sees the same texts.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

#[test]
fn nearly_all_misplaced_annotations_are_undone_and_none_is_undone_wrongly() {
    let pool: Vec<char> = POOL.chars().filter(|c| !c.is_whitespace()).collect();
    let mut numbers = Numbers(12_345);
    let (mut all, mut undone) = (0, 0);
    for round in 0..600 {
        let list: Vec<char> = LIST.iter().copied().filter(|_| numbers.below(4) > 0).collect();
        // Half of the texts hold ASCII digits: one that follows a run read one byte off is lost for good.
        let random: String = (0..300)
            .map(|_| match numbers.below(25) {
                0 if round % 2 == 1 => '3',
                _ => pool[numbers.below(pool.len())],
            })
            .collect();
        let text = format!("{SENTENCES}{random}。{SENTENCES}");
        let broken = damaged(&text, &list);
        let (result, evidence, certain) = repaired(&broken);
        if broken.contains('?') {
            all += 1;
            undone += usize::from(result == text);
        }
        assert!(
            result == text || evidence.residues_left > 0 || !certain,
            "{text}\n{broken}\n{result}"
        );
    }
    assert!(all > 20, "{all} texts with misplaced annotations");
    assert!(undone * 10 >= all * 9, "{undone} of {all}");
}
