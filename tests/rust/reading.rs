//! Files in every encoding that the sample data can be written in.

use std::fs;
use std::path::PathBuf;

use duizhao::run::Watch;
use duizhao::text::encoding::decode;
use duizhao::text::reading::read_files;
use duizhao::text::script::{Script, convert};
use duizhao::text::sentences::{Ends, sentences, trimmed};
use encoding_rs::{BIG5, Encoding, GB18030};

use crate::shared;

fn seeds() -> Option<Vec<PathBuf>> {
    let mut files: Vec<_> = fs::read_dir(shared()?.join("seeds"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    Some(files)
}

fn utf_16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() })
        .collect()
}

/// The bytes of a text in an encoding that has all its characters.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let (bytes, _, failed) = encoding.encode(text);
    (!failed).then(|| bytes.into_owned())
}

#[test]
fn seeds_come_back_from_every_encoding() {
    let Some(files) = seeds() else { return };
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let versions = [
            ("utf-8", Some(text.clone().into_bytes())),
            ("gb18030", encoded(&text, GB18030)),
            ("utf-16-le", Some(utf_16(&text, true))),
            ("utf-16-be", Some(utf_16(&text, false))),
        ];
        for (name, bytes) in versions {
            let found = decode(&bytes.unwrap(), None).unwrap();
            assert_eq!(
                (found.encoding.as_str(), found.replaced),
                (name, 0),
                "{}",
                file.display()
            );
            assert_eq!(found.text, text);
        }
    }
}

/// Sentence by sentence: how short a text may be.
#[test]
fn sentences_come_back_from_every_encoding() {
    let Some(data) = shared() else { return };
    let table = fs::read_to_string(data.join("conversion/ud_gsd_trad_simp.dev.tsv")).unwrap();
    let (mut tried, mut wrong) = (0, Vec::new());
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let traditional = cells[2].replace('．', "·");
        let simplified = convert(cells[3], Script::Simplified);
        let versions = [
            ("gb18030", encoded(&simplified, GB18030), &simplified),
            ("big5", encoded(&traditional, BIG5), &traditional),
            ("utf-16-le", Some(utf_16(&simplified, true)), &simplified),
            ("utf-16-be", Some(utf_16(&traditional, false)), &traditional),
        ];
        for (name, bytes, text) in versions {
            let Some(bytes) = bytes else { continue };
            tried += 1;
            if decode(&bytes, None).unwrap().text != *text {
                wrong.push(format!("{name}: {text}"));
            }
        }
        // The first ten characters alone.
        let first: String = simplified.chars().take(10).collect();
        let span = sentences(&first, Ends::default()).remove(0);
        let first = &first[trimmed(&first, span)];
        if first.chars().count() >= 8 && first.chars().all(|c| c as u32 >= 0x3000) {
            tried += 1;
            if decode(&encoded(first, GB18030).unwrap(), None).unwrap().text != *first {
                wrong.push(format!("short gb18030: {first}"));
            }
        }
    }
    println!("{} of {tried} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 2000, "{tried}");
    assert!(
        wrong.len() * 200 < tried,
        "{} of {tried}: {wrong:#?}",
        wrong.len()
    );
}

#[test]
fn files_are_read_in_order_and_problems_are_named() {
    let folder = std::env::temp_dir().join(format!("duizhao-reading-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name);
    fs::write(path("a.txt"), "云川县").unwrap();
    fs::write(
        path("b.HTML"),
        "<html><title>春</title><body><p>春天来了</p></body></html>",
    )
    .unwrap();
    fs::write(
        path("c.txt"),
        [0_u8, 159, 146, 150, 1, 2, 3, 4, 5, 6, 7, 255, 254, 0, 1],
    )
    .unwrap();
    let files = ["a.txt", "b.HTML", "c.txt", "d.txt"].map(path);
    let watch = Watch::new();
    let read = read_files(&files, None, &watch).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(watch.done(), 4);
    assert_eq!(
        (read[0].text.as_str(), read[0].encoding.as_str()),
        ("云川县", "utf-8")
    );
    assert_eq!(
        (read[1].text.as_str(), read[1].title.as_deref()),
        ("春天来了", Some("春"))
    );
    assert!(
        read[2]
            .problem
            .as_deref()
            .unwrap()
            .starts_with("no text in a known encoding"),
        "{:?}",
        read[2]
    );
    assert_eq!(read[3].problem.as_deref(), Some("no such file or directory"));
    assert!(read_files(&files, Some("klingon"), &watch).is_err());
}
