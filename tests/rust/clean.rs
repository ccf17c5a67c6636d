//! The pipeline: composition of edits, offsets, and the annotated documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use duizhao::text::clean::{CleanOptions, Cleaned, Step, clean, restore};
use duizhao::text::edit::{Edit, EditKind, apply};
use duizhao::text::offsets::{Composer, Hunk, Offsets, to_chars};
use duizhao::text::script::Script;
use proptest::prelude::*;

use crate::shared;

fn restored(cleaned: &Cleaned) -> String {
    let edits = cleaned
        .changes
        .iter()
        .map(|c| (c.hunk.start, c.hunk.end, c.raw.as_str()));
    restore(&cleaned.text, edits).unwrap()
}

/// Hunks of a list of changes.
fn offsets(cleaned: &Cleaned) -> Offsets {
    let hunks: Vec<Hunk> = cleaned.changes.iter().map(|c| c.hunk.clone()).collect();
    Offsets::new(&hunks)
}

/// Random edits for a text of `n` characters from cut points and replacements.
fn random_edits(text: &str, cuts: &[u16], words: &[String], kind: EditKind) -> Vec<Edit> {
    let at: Vec<usize> = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
    let mut points: Vec<usize> = cuts.iter().map(|c| at[usize::from(*c) % at.len()]).collect();
    points.sort_unstable();
    points
        .chunks_exact(2)
        .zip(words)
        .enumerate()
        .filter(|(_, (p, w))| text[p[0]..p[1]] != **w)
        .map(|(i, (p, word))| Edit {
            start: p[0],
            end: p[1],
            replacement: word.clone(),
            kind,
            certain: i % 3 != 0,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn edits_of_several_steps_compose(
        raw in "[一二三abc\n。é]{0,30}",
        steps in proptest::collection::vec(
            (proptest::collection::vec(any::<u16>(), 0..12), proptest::collection::vec("[甲乙x]{0,3}", 6)), 1..5),
    ) {
        let kinds = [EditKind::Mojibake, EditKind::FullWidth, EditKind::Boilerplate, EditKind::Script];
        let mut composer = Composer::new(&raw);
        let mut text = raw.clone();
        for ((cuts, words), kind) in steps.iter().zip(kinds) {
            let edits = random_edits(&text, cuts, words, kind);
            text = apply(&text, &edits).unwrap();
            composer.push(&edits).unwrap();
            prop_assert_eq!(composer.text(), &text);
        }
        let (text, bytes) = composer.into_parts();
        // The hunks are disjoint and rebuild the one text from the other, both ways.
        let (mut at_raw, mut at) = (0, 0);
        for hunk in &bytes {
            prop_assert!(at_raw <= hunk.raw_start && hunk.raw_start <= hunk.raw_end);
            prop_assert_eq!(&raw[at_raw..hunk.raw_start], &text[at..hunk.start]);
            prop_assert!(raw[hunk.raw_start..hunk.raw_end] != text[hunk.start..hunk.end]);
            prop_assert!(!hunk.kinds.is_empty() && hunk.kinds.is_sorted_by_key(|k| kinds.iter().position(|x| x == k)));
            (at_raw, at) = (hunk.raw_end, hunk.end);
        }
        prop_assert_eq!(&raw[at_raw..], &text[at..]);
        let hunks = to_chars(&raw, &text, &bytes);
        let stored: Vec<(usize, usize, String)> = hunks.iter().zip(&bytes)
            .map(|(h, b)| (h.start, h.end, raw[b.raw_start..b.raw_end].to_owned())).collect();
        let back = restore(&text, stored.iter().map(|(s, e, r)| (*s, *e, r.as_str()))).unwrap();
        prop_assert_eq!(&back, &raw);
        // Offsets against a slow reference: a list of raw spans, one a cleaned character.
        let map = Offsets::new(&hunks);
        let (raw_len, len) = (raw.chars().count(), text.chars().count());
        let mut places = vec![(0, 0); len];
        let (mut at_raw, mut at) = (0, 0);
        for h in hunks.iter().chain([&Hunk { raw_start: raw_len, raw_end: raw_len, start: len, end: len, kinds: vec![], certain: true }]) {
            while at < h.start { places[at] = (at_raw, at_raw + 1); at += 1; at_raw += 1; }
            while at < h.end { places[at] = (h.raw_start, h.raw_end); at += 1; }
            at_raw = h.raw_end;
        }
        for start in 0..len {
            for end in start + 1..=len {
                prop_assert_eq!(map.to_raw(start, end), (places[start].0, places[end - 1].1));
            }
        }
    }

    #[test]
    fn any_text_can_be_cleaned_and_restored(
        raw in "([协協会會(xié)\u{200b}\u{feff}\r\n\t \u{3000}０１Ａａ．％，。！?&amp;nbsp;éÖÐÎÄ鏀垮崗\u{E849}1 2年\u{301}⼈]|\\PC){0,60}",
        traditional in any::<bool>(),
    ) {
        let script = if traditional { Script::Traditional } else { Script::Simplified };
        let cleaned = clean(&raw, &CleanOptions::new(Step::ALL.iter().copied()).with_script(Some(script))).unwrap();
        prop_assert_eq!(restored(&cleaned), raw);
    }
}

/// Lines of pages, of print and of texts.
const LINES: [&str; 30] = [
    "首页 > 新闻 > 正文",
    "来源：云川日报",
    "各位代表：",
    "编辑：王明",
    "2023-01-02 10:00",
    "云川县春耕",
    "春天来了，大家都下地干活。",
    "",
    "摘要：春天来了，大家都下地干活。春天来了",
    "相关新闻",
    "会议结束。（记者 王强）",
    "本作品属于公有领域",
    "来源：",
    "小 微 企业",
    "下载 附件1 附件2",
    "微信 微博 分享",
    "大",
    "第 3 页 共 9 页",
    "- 12 -",
    "3",
    "\u{C}",
    "\u{C}云川县年鉴",
    "云川县年鉴",
    "政 府 工 作 报 告",
    "农村生 活用 水",
    "　　今年以来，全县上下深入贯彻落实上级的各项决策部署，统筹",
    "推进稳增长、促改革、调结构、惠民生、防风险各项工作，经济",
    "<p>县政协</p>会议",
    "上一篇 下一篇",
    "版权所有 云川县人民政府",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn no_text_is_emptied_and_all_come_back(
        lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..14),
        noise in "[\u{C}\n 首大小微信分享春夏甲3>：，。<]{0,12}",
    ) {
        let raw = lines.join("\n") + &noise;
        let cleaned = clean(&raw, &CleanOptions::default()).unwrap();
        let han = |text: &str| text.chars().any(|c| ('一'..='鿿').contains(&c));
        prop_assert_eq!(han(&raw), han(&cleaned.text), "{:?} {:?}", raw, cleaned.text);
        prop_assert_eq!(restored(&cleaned), raw);
    }
}

#[test]
fn legitimate_text_stays() {
    let text = "PM2.5(细颗粒物)、GDP(国内生产总值)、“1+7”、第(一)条、市(州)、乡(镇、街道)、f(x)、方案(a)、拼音(pīnyīn)、\
        协(xié)同、亳(bó)州、会(huì)计(jì)、〔2023〕12号、[2023]、5%、+3.2、14:54、1,000元、100℃、㎡、“三会一课”、①②、A&B";
    let cleaned = clean(
        text,
        &CleanOptions::default().with_script(Some(Script::Simplified)),
    )
    .unwrap();
    assert_eq!(cleaned.text, text);
    assert!(cleaned.changes.is_empty());
}

fn seeds(data: &Path) -> BTreeMap<String, PathBuf> {
    fs::read_dir(data.join("seeds"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .map(|p| (p.file_name().unwrap().to_str().unwrap()[..3].to_owned(), p))
        .collect()
}

#[test]
fn annotated_documents_come_out_as_annotated() {
    let Some(data) = shared() else { return };
    let options = CleanOptions::default().with_script(Some(Script::Simplified));
    let seeds = seeds(&data);
    for key in ["001", "002", "004"] {
        let raw = fs::read_to_string(&seeds[key]).unwrap();
        let cleaned = clean(&raw, &options).unwrap();
        let gold = fs::read_to_string(data.join(format!("gold/repaired/{key}.txt"))).unwrap();
        assert_eq!(cleaned.text, gold, "{key}");
        assert_eq!(restored(&cleaned), raw);
        let align: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(data.join(format!("gold/align/{key}.json"))).unwrap())
                .unwrap();
        let map = offsets(&cleaned);
        let expected: Vec<u64> = align["repaired_to_raw"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_u64().unwrap())
            .collect();
        assert_eq!(expected.len(), gold.chars().count());
        let chars: Vec<char> = gold.chars().collect();
        for (i, raw_at) in expected.iter().enumerate() {
            // A line feed between paragraphs has no one place among those it stands for.
            if chars[i] != '\n' {
                assert_eq!(map.to_raw(i, i + 1).0 as u64, *raw_at, "{key}, character {i}");
            }
        }
    }
}

#[test]
fn clean_documents_are_not_repaired() {
    let Some(data) = shared() else { return };
    let steps = Step::ALL
        .iter()
        .copied()
        .filter(|s| !matches!(s, Step::Boilerplate | Step::Whitespace | Step::Punctuation));
    let options = CleanOptions::new(steps).with_script(Some(Script::Simplified));
    let seeds = seeds(&data);
    for key in ["001", "003"] {
        let raw = fs::read_to_string(&seeds[key]).unwrap();
        assert_eq!(clean(&raw, &options).unwrap().text, raw, "{key}");
    }
}

/// Where `DUIZHAO_AUDIT` names a folder: all edits of every document below it, for a person to read.
#[test]
fn audit() {
    let Some(folder) = std::env::var_os("DUIZHAO_AUDIT") else {
        return;
    };
    let mut stack = vec![PathBuf::from(folder)];
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            stack.extend(fs::read_dir(&path).unwrap().map(|f| f.unwrap().path()));
            continue;
        }
        let Ok(raw) = fs::read_to_string(&path) else {
            continue;
        };
        let steps = Step::ALL
            .iter()
            .copied()
            .filter(|s| !matches!(s, Step::Punctuation));
        let cleaned = clean(&raw, &CleanOptions::new(steps)).unwrap();
        assert_eq!(restored(&cleaned), raw);
        let chars: Vec<char> = cleaned.text.chars().collect();
        for c in &cleaned.changes {
            let before: String = chars[c.hunk.start.saturating_sub(14)..c.hunk.start]
                .iter()
                .collect();
            let after: String = chars[c.hunk.end..(c.hunk.end + 14).min(chars.len())]
                .iter()
                .collect();
            println!(
                "AUDIT\t{}\t{}\t{:?}\t{:?}\t{:?}\t{:?}",
                path.file_name().unwrap().to_string_lossy(),
                c.hunk.kind(),
                before,
                c.raw.chars().take(60).collect::<String>(),
                c.repaired,
                after
            );
        }
    }
}
