//! Keyword in context against a plain scan.

use duizhao::corpus::kwic::{Context, kwic};
use duizhao::corpus::pattern::{Patterns, ValueType};
use duizhao::corpus::tokenize::{from_lists, tokenize};
use duizhao::run::Watch;
use duizhao::text::segment::Segmenter;
use proptest::prelude::*;

const PLAIN: Context<'_> = Context {
    window: 2,
    separator: " ",
    across: true,
};

proptest! {
    /// Every way to put a word together from whole tokens is found, and nothing else.
    #[test]
    fn words_are_found_across_tokens(document in prop::collection::vec(prop::sample::select(vec!["党", "建", "党建", "工作", "作"]), 0..14)) {
        let lists = vec![document.iter().map(|w| Some(*w)).collect::<Vec<_>>()];
        let tokens = from_lists(&lists, &Watch::new()).unwrap();
        for word in ["党建", "建工作", "党"] {
            let patterns = Patterns::of_words([word], ValueType::Fixed);
            let lines = kwic(&tokens, None, &patterns, PLAIN, &Watch::new()).unwrap();
            let got: Vec<(usize, usize)> = lines.iter().map(|l| (l.token_start, l.token_end)).collect();
            let mut expected = Vec::new();
            for start in 0..document.len() {
                for end in start + 1..=document.len() {
                    if document[start..end].concat() == word {
                        expected.push((start, end));
                    }
                }
            }
            prop_assert_eq!(got, expected);
            for line in &lines {
                prop_assert_eq!(&line.left, &document[line.token_start.saturating_sub(2)..line.token_start].join(" "));
                prop_assert_eq!(&line.right, &document[line.token_end..document.len().min(line.token_end + 2)].join(" "));
            }
        }
    }

    /// Left, keyword and right are one stretch of the text.
    #[test]
    fn context_is_a_stretch_of_the_text(text in "[党建工作。𠮷 a]{0,60}", window in 0_usize..4) {
        let texts = [text.as_str()];
        let tokens = tokenize(&texts, &Segmenter::default(), true, &Watch::new()).unwrap();
        let patterns = Patterns::of_words(["*"], ValueType::Glob);
        let context = Context { window, ..PLAIN };
        let lines = kwic(&tokens, Some(&texts), &patterns, context, &Watch::new()).unwrap();
        prop_assert_eq!(lines.len(), tokens.len());
        for line in lines {
            let whole = format!("{}{}{}", line.left, line.keyword, line.right);
            prop_assert!(text.contains(&whole), "{whole:?} in {text:?}");
            let (start, end) = line.span.unwrap();
            let slice: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
            prop_assert_eq!(slice, line.keyword);
        }
    }
}

#[test]
fn a_word_does_not_cross_sentences() {
    let lists = vec![vec![
        Some("最后"),
        Some("\n"),
        Some("一公里"),
        Some("最后"),
        Some("一公里"),
    ]];
    let tokens = from_lists(&lists, &Watch::new()).unwrap();
    let patterns = Patterns::of_words(["最后一公里"], ValueType::Fixed);
    let lines = kwic(&tokens, None, &patterns, PLAIN, &Watch::new()).unwrap();
    assert_eq!(lines.iter().map(|l| l.token_start).collect::<Vec<_>>(), [2]);
}
