//! Sentences on the sample data and on any text.

use std::fs;

use duizhao::text::sentences::{Ends, clauses, ends_inside, in_chars, paragraphs, sentences, trimmed};
use proptest::prelude::*;

use crate::shared;

proptest! {
    /// Every cut is a tiling, and the finer ones refine the coarser ones.
    #[test]
    fn stretches_tile_the_text(
        text in prop_oneof!["\\PC{0,60}", "[一二。！？…“”（）《》,.;:!?\"a1 \\n\\r　—]{0,60}"],
        semicolons: bool,
    ) {
        let ends = Ends { semicolons };
        let cuts = [paragraphs(&text), sentences(&text, ends), clauses(&text)];
        for spans in &cuts {
            let mut at = 0;
            for span in spans {
                prop_assert_eq!(span.start, at);
                prop_assert!(span.end > span.start);
                at = span.end;
            }
            prop_assert_eq!(at, text.len());
            let joined: String = spans.iter().map(|s| &text[s.clone()]).collect();
            prop_assert_eq!(&joined, &text);
            let chars = in_chars(&text, spans);
            prop_assert_eq!(chars.last().map_or(0, |s| s.end), text.chars().count());
            // Only a text of white space has a stretch without content.
            for span in spans {
                prop_assert!(!trimmed(&text, span.clone()).is_empty() || spans.len() == 1);
            }
        }
        // The short cut never denies an end.
        for line in duizhao::text::scan::lines(&text) {
            let one = sentences(line.text, ends).len() <= 1;
            prop_assert!(one || line.first_mark.is_some_and(|first| ends_inside(line.text, first)));
        }
        let starts = |i: usize| cuts[i].iter().map(|s| s.start).collect::<Vec<_>>();
        let (paragraph, sentence) = (starts(0), starts(1));
        prop_assert!(paragraph.iter().all(|p| sentence.contains(p)));
    }
}

#[test]
fn gold_sentences_are_found() {
    let Some(data) = shared() else { return };
    let table = fs::read_to_string(data.join("gold/segmentation_gold.tsv")).unwrap();
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| header.iter().position(|h| *h == name).unwrap();
    let (file, text) = (column("file"), column("text"));
    let mut found = 0;
    for row in lines {
        let cells: Vec<&str> = row.split('\t').collect();
        let path = data.join(format!("gold/repaired/{}.txt", cells[file]));
        let Ok(document) = fs::read_to_string(path) else {
            continue;
        };
        let cut: Vec<&str> = sentences(&document, Ends::default())
            .into_iter()
            .map(|s| &document[trimmed(&document, s)])
            .collect();
        assert!(cut.contains(&cells[text]), "{}", cells[text]);
        found += 1;
    }
    assert!(found >= 20, "{found}");
}
