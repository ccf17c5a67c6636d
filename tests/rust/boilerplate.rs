//! Page furniture on the sample data, and on any text.

use std::fs;
use std::path::{Path, PathBuf};

use duizhao::text::boilerplate::{PageMetadata, edits};
use duizhao::text::edit::{Edit, EditKind};
use proptest::prelude::*;
use regex::Regex;

use crate::shared;

fn applied(text: &str, found: &[Edit]) -> String {
    let mut body = String::new();
    let mut done = 0;
    for edit in found {
        body.push_str(&text[done..edit.start]);
        body.push_str(&edit.replacement);
        done = edit.end;
    }
    body.push_str(&text[done..]);
    body
}

/// The body as the gold texts have it: lines stripped, empty ones dropped.
fn read(text: &str) -> (String, PageMetadata) {
    let (found, metadata) = edits(text);
    let body = applied(text, &found);
    let lines: Vec<_> = body.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    (lines.join("\n"), metadata)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A seed with its pinyin annotations taken out (what repair does before).
fn seed(data: &Path, number: usize) -> String {
    let text = fs::read_to_string(&files(&data.join("seeds"))[number]).unwrap();
    let annotation = Regex::new(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)").unwrap();
    annotation.replace_all(&text, "").into_owned()
}

#[allow(clippy::unnecessary_wraps)] // shortens the expectations below
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn seeds_give_the_gold_bodies_and_metadata() {
    let Some(data) = shared() else { return };
    let gold = |name: &str| fs::read_to_string(data.join("gold").join(name)).unwrap();

    let (body, metadata) = read(&seed(&data, 1));
    assert_eq!(body, gold("repaired/001.txt"));
    assert_eq!(metadata.title, some("萍乡市政协党建工作综述"));
    assert_eq!(metadata.date, some("2019-02-25"));
    assert_eq!(metadata.source, some("萍乡日报"));
    assert_eq!(
        (metadata.author, metadata.reporter, metadata.editor),
        (None, None, None)
    );

    let (body, metadata) = read(&seed(&data, 2));
    assert_eq!(body, gold("repaired_traditional/002.txt"));
    assert_eq!(
        metadata.title,
        some("如何強化黨建引領、提升履職能力?各市縣政協主席紛紛“亮家底”!")
    );
    assert_eq!(metadata.date, some("2023-07-05"));
    assert_eq!(metadata.source, some("人民政協報"));
    assert_eq!(metadata.reporter, some("王有強、靳燕"));
    assert_eq!(metadata.editor, some("李彬、洪琳"));

    // Headings, the newspaper's site, two people in the last line of the body.
    let (body, metadata) = read(&seed(&data, 0));
    assert!(body.starts_with("“眉山市委作為唯一市(州)黨委代表"), "{body}");
    assert!(body.ends_with("現代化眉山建設新篇章中。"), "{body}");
    assert_eq!(metadata.title, some("厚植黨建“基底色” 鍛造履職“硬實力”"));
    assert_eq!(metadata.date, some("2025-06-18"));
    assert_eq!(metadata.source, some("人民政協網"));
    assert_eq!(metadata.reporter, some("姚迪雅、韓冬"));
    assert_eq!(metadata.editor, some("李敏杰"));

    let (body, metadata) = read(&seed(&data, 3));
    assert!(body.starts_with("近年来,碧江区政协自觉扛牢"), "{body}");
    assert!(body.ends_with("凝聚起了磅礴力量。"), "{body}");
    assert!(body.contains("\n强化“三个认识”,在政治引领中凝心聚力\n"), "{body}");
    assert_eq!(metadata.title, some("碧江区政协:凝心聚力画出更大“同心圆”"));
    assert_eq!(metadata.date, some("2022-08-11"));
    assert_eq!(metadata.author, some("徐礼"));

    // A body and nothing else.
    assert_eq!(edits(&seed(&data, 4)), (Vec::new(), PageMetadata::default()));
}

#[test]
fn provincial_reports_begin_with_their_salutation() {
    let Some(data) = shared() else { return };
    let mut rows = csv::Reader::from_path(data.join("workreports/metadata.csv")).unwrap();
    let mut seen = 0;
    for row in rows.records() {
        let row = row.unwrap();
        if &row[1] != "province" {
            continue;
        }
        seen += 1;
        let text = fs::read_to_string(data.join("workreports").join(&row[7])).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let salutation: usize = row[12].parse().unwrap();
        let (body, metadata) = read(&text);
        let expected: Vec<&str> = lines[salutation..]
            .iter()
            .map(|l| l.trim())
            .filter(|l| !l.is_empty())
            .collect();
        // Everything before goes, and at the end nothing but whole lines without prose.
        let kept = body.lines().count();
        assert_eq!(body, expected[..kept].join("\n"), "{}", &row[0]);
        assert!(
            expected[kept..].iter().all(|l| l.chars().count() < 60),
            "{}: {:?}",
            &row[0],
            &expected[kept..]
        );
        let last = body.lines().last().unwrap();
        assert!(
            last.chars().count() > 20 && last.ends_with(['。', '！']),
            "{}: {last}",
            &row[0]
        );
        assert!(metadata.title.unwrap().ends_with("政府工作报告"), "{}", &row[0]);
        assert!(metadata.date.unwrap().starts_with("2026-"), "{}", &row[0]);
        assert!(metadata.author.is_some(), "{}", &row[0]);
    }
    assert_eq!(seen, 31);
}

#[test]
fn national_reports_lose_no_line_of_prose() {
    let Some(data) = shared() else { return };
    for file in files(&data.join("workreports/state_council")) {
        let text = fs::read_to_string(&file).unwrap();
        let (found, _) = edits(&text);
        for edit in found {
            let line = text[edit.start..edit.end].trim();
            let notice = line.contains("本作品") || line.contains("具有立法、行政、司法性质的文件");
            assert!(
                !line.contains('。') || notice || line == "。",
                "{}: {line}",
                file.display()
            );
        }
    }
}

#[test]
fn regulations_keep_their_articles() {
    let Some(data) = shared() else { return };
    for file in files(&data.join("localregs")) {
        let text = fs::read_to_string(&file).unwrap();
        let (found, metadata) = edits(&text);
        assert!(metadata.title.is_some(), "{}", file.display());
        // The title, and the comment that the collection puts behind the notes on adoption.
        for edit in found {
            let line = text[edit.start..edit.end].trim();
            assert!(
                line.starts_with("# ") || line == "<!-- INFO END -->",
                "{}: {line}",
                file.display()
            );
        }
    }
}

proptest! {
    /// Edits are sorted, apart, on character boundaries, and only take away.
    #[test]
    fn edits_are_well_formed(
        lines in prop::collection::vec(
            prop_oneof![
                Just("首页 > 新闻 > 正文"), Just("来源：云川日报"), Just("各位代表："), Just("编辑：王明"), Just("2023-01-02 10:00"),
                Just("云川县春耕"), Just("春天来了，大家都下地干活。"), Just(""), Just("　　"), Just("摘要：春天来了，大家都下地干活。春天来了"),
                Just("相关新闻"), Just("會議結束。（記者 王強）"), Just("\u{200b}"), Just("本作品属于公有领域"), Just("》《"), Just("来源："),
            ],
            0..12,
        ),
        noise in "\\PC{0,12}",
    ) {
        let text = lines.join("\n") + &noise;
        let (found, _) = edits(&text);
        let mut done = 0;
        for edit in &found {
            prop_assert!(edit.start >= done && edit.end > edit.start && edit.end <= text.len());
            prop_assert!(text.is_char_boundary(edit.start) && text.is_char_boundary(edit.end));
            prop_assert!(edit.replacement.is_empty());
            prop_assert!(matches!(edit.kind, EditKind::Boilerplate | EditKind::Metadata | EditKind::Abstract));
            done = edit.end;
        }
    }
}
