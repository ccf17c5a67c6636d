//! Tokens against slow and plain versions of the same.

use duizhao::corpus::compound::{Compound, compound};
use duizhao::corpus::ngrams::ngrams;
use duizhao::corpus::pattern::{Patterns, ValueType};
use duizhao::corpus::select::{keep, select};
use duizhao::corpus::tokenize::{from_lists, tokenize};
use duizhao::corpus::tokens::{PAD, Tokens};
use duizhao::num::NgramSize;
use duizhao::run::Watch;
use duizhao::text::segment::Segmenter;
use proptest::prelude::*;

type Lists = Vec<Vec<Option<String>>>;

fn lists() -> impl Strategy<Value = Lists> {
    let word = prop::sample::select(vec!["党", "建", "a", "。", "党建"]).prop_map(|w| Some(w.to_owned()));
    let token = prop_oneof![5 => word, 1 => Just(None)];
    prop::collection::vec(prop::collection::vec(token, 0..12), 0..6)
}

fn made(lists: &Lists) -> Tokens {
    let borrowed: Vec<Vec<Option<&str>>> = lists
        .iter()
        .map(|d| d.iter().map(Option::as_deref).collect())
        .collect();
    from_lists(&borrowed, &Watch::new()).unwrap()
}

fn shown(tokens: &Tokens) -> Lists {
    (0..tokens.n_documents())
        .map(|d| tokens.words(d).map(|w| w.map(str::to_owned)).collect())
        .collect()
}

/// What every `Tokens` promises.
fn check(tokens: &Tokens) {
    let features = tokens.vocabulary().features();
    assert!(features.windows(2).all(|w| w[0] < w[1]), "sorted and distinct");
    for (id, feature) in (0..).zip(features) {
        assert_eq!(tokens.vocabulary().id(feature), Some(id));
        assert!(tokens.ids().contains(&id), "{feature} occurs");
    }
    for starts in [tokens.sentence_starts(), tokens.paragraph_starts()]
        .into_iter()
        .flatten()
    {
        assert!(starts.windows(2).all(|w| w[0] < w[1]));
        assert!(starts.iter().all(|&s| s < tokens.len()));
        let documents = tokens.offsets().windows(2).filter(|w| w[0] < w[1]);
        assert!(documents.map(|w| w[0]).all(|o| starts.contains(&o)));
    }
    for (d, (n, types)) in tokens.marginals().into_iter().enumerate() {
        let mut words: Vec<u32> = tokens
            .document(d)
            .iter()
            .copied()
            .filter(|&id| id != PAD)
            .collect();
        assert_eq!(n, words.len() as u64);
        words.sort_unstable();
        words.dedup();
        assert_eq!(types, words.len() as u64);
    }
}

fn size(n: u64) -> NgramSize {
    NgramSize::try_from(n).unwrap()
}

/// All skip-grams of one document, straight from the definition.
fn plain_ngrams(document: &[Option<String>], n: usize, skips: &[usize]) -> Vec<Option<String>> {
    fn grow(
        document: &[Option<String>],
        places: &[usize],
        n: usize,
        skips: &[usize],
        out: &mut Vec<Option<String>>,
    ) {
        if places.len() == n {
            let words: Option<Vec<&str>> = places.iter().map(|&p| document[p].as_deref()).collect();
            out.extend(words.map(|w| Some(w.join("_"))));
            return;
        }
        for skip in skips {
            let next = places.last().unwrap() + 1 + skip;
            if next < document.len() {
                grow(document, &[places, &[next]].concat(), n, skips, out);
            }
        }
    }
    let mut out = Vec::new();
    for start in 0..document.len() {
        grow(document, &[start], n, skips, &mut out);
    }
    out
}

proptest! {
    #[test]
    fn lists_come_back(lists in lists()) {
        let tokens = made(&lists);
        check(&tokens);
        prop_assert_eq!(shown(&tokens), lists);
    }

    #[test]
    fn ngrams_follow_their_definition(lists in lists(), n in 1_u64..4, skips in prop::sample::subsequence(vec![0, 1, 3], 1..=3)) {
        let tokens = made(&lists);
        let grams = ngrams(&tokens, &[size(n)], &skips, "_", &Watch::new()).unwrap();
        check(&grams);
        let expected: Lists = lists.iter().map(|d| plain_ngrams(d, usize::try_from(n).unwrap(), &skips)).collect();
        prop_assert_eq!(shown(&grams), expected);
    }

    #[test]
    fn selection_follows_its_definition(lists in lists(), before in 0_usize..3, after in 0_usize..3, invert: bool, padding: bool) {
        let tokens = made(&lists);
        let patterns = Patterns {
            phrases: vec![vec!["党".into(), "建".into()], vec!["a".into()]],
            value_type: ValueType::Fixed,
            case_insensitive: false,
        };
        let compiled = patterns.compile(tokens.vocabulary()).unwrap();
        let got = select(&tokens, &compiled, invert, (before, after), padding, &Watch::new()).unwrap();
        check(&got);
        let expected: Lists = lists.iter().map(|document| {
            let is = |p: usize, w: &str| document.get(p).is_some_and(|t| t.as_deref() == Some(w));
            let covered = |p: usize| (0..document.len()).any(|start| {
                let len = if is(start, "党") && is(start + 1, "建") { 2 } else { usize::from(is(start, "a")) };
                len > 0 && p + before >= start && p < start + len + after
            });
            document.iter().enumerate().filter_map(|(p, token)| {
                let kept = token.clone().filter(|_| covered(p) != invert);
                if padding { Some(kept) } else { kept.map(Some) }
            }).collect()
        }).collect();
        prop_assert_eq!(shown(&got), expected);
    }

    #[test]
    fn compounds_lose_no_character(lists in lists(), join: bool, window in 0_usize..2) {
        let tokens = made(&lists);
        let patterns = Patterns {
            phrases: vec![vec!["党".into(), "*".into()], vec!["建".into(), "a".into()]],
            value_type: ValueType::Glob,
            case_insensitive: true,
        };
        let compiled = patterns.compile(tokens.vocabulary()).unwrap();
        let how = Compound { concatenator: "", join: true, window: (window, window), keep_unigrams: false };
        let got = compound(&tokens, &compiled, how, &Watch::new()).unwrap();
        check(&got);
        let text = |lists: &Lists| -> Vec<String> { lists.iter().map(|d| d.iter().flatten().cloned().collect()).collect() };
        prop_assert_eq!(text(&shown(&got)), text(&lists));
        // With the parts kept, taking the compounds out again gives what there was.
        let how = Compound { concatenator: "+", join, window: (window, window), keep_unigrams: true };
        let got = compound(&tokens, &compiled, how, &Watch::new()).unwrap();
        check(&got);
        let parts: Lists = shown(&got).into_iter().map(|d| d.into_iter().filter(|t| t.as_ref().is_none_or(|t| !t.contains('+'))).collect()).collect();
        prop_assert_eq!(parts, lists);
    }

    #[test]
    fn documents_can_be_picked_and_grouped(lists in lists(), seed: u64) {
        let tokens = made(&lists);
        let n = lists.len();
        let order: Vec<usize> = (0..n).rev().chain(0..n).collect();
        let picked = tokens.select_documents(&order).unwrap();
        check(&picked);
        prop_assert_eq!(shown(&picked), order.iter().map(|&d| lists[d].clone()).collect::<Lists>());
        let groups: Vec<usize> = (0..n).map(|d| usize::try_from((seed >> d) & 1).unwrap()).collect();
        let grouped = tokens.group(&groups, 2).unwrap();
        check(&grouped);
        let expected: Lists = (0..2).map(|g| (0..n).filter(|&d| groups[d] == g).flat_map(|d| lists[d].clone()).collect()).collect();
        prop_assert_eq!(shown(&grouped), expected);
        prop_assert!(tokens.group(&groups, 0).is_err() == (n > 0));
        prop_assert!(tokens.select_documents(&[n]).is_err());
    }

    #[test]
    fn texts_are_cut_the_same_on_any_number_of_threads(texts in prop::collection::vec("[党建设的工作。！\n a-c0-9.%“”𠮷]{0,40}", 0..12)) {
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let segmenter = Segmenter::default();
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| tokenize(&borrowed, &segmenter, true, &Watch::new()).unwrap())
        };
        let tokens = on(1);
        check(&tokens);
        prop_assert_eq!(&tokens, &on(3));
        for (d, text) in texts.iter().enumerate() {
            let chars: Vec<char> = text.chars().collect();
            let inside = tokens.offsets()[d]..tokens.offsets()[d + 1];
            let mut reached = 0;
            for (word, &(start, end)) in tokens.words(d).zip(&tokens.spans().unwrap()[inside]) {
                let slice = &chars[start as usize..end as usize];
                prop_assert_eq!(word.unwrap(), slice.iter().collect::<String>());
                prop_assert!(chars[reached..start as usize].iter().all(|c| c.is_whitespace()));
                reached = end as usize;
            }
            prop_assert!(chars[reached..].iter().all(|c| c.is_whitespace()));
        }
    }
}

#[test]
fn removing_everything_leaves_documents() {
    let tokens = made(&vec![vec![Some("党".into())], vec![], vec![Some("建".into())]]);
    let none = keep(&tokens, false, |_, _| false).unwrap();
    assert_eq!(
        (none.n_documents(), none.len(), none.vocabulary().len()),
        (3, 0, 0)
    );
    let padded = keep(&tokens, true, |_, _| false).unwrap();
    assert_eq!((padded.len(), padded.vocabulary().len()), (2, 0));
    assert_eq!(padded.sentence_starts(), Some(&[0, 1][..]));
}

#[test]
fn large_inputs_are_cut_in_blocks_without_a_trace() {
    // Several blocks of documents, so that ids of different blocks meet.
    let texts: Vec<String> = (0..400)
        .map(|i| format!("第{i}篇：坚持党建引领{}。", "推动高质量发展".repeat(40)))
        .collect();
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let segmenter = Segmenter::default();
    let tokens = tokenize(&borrowed, &segmenter, true, &Watch::new()).unwrap();
    check(&tokens);
    for d in [0, 57, 399] {
        let seen = segmenter.look(borrowed[d]);
        let alone = segmenter.cut(&seen);
        assert!(tokens.words(d).eq(alone.iter().map(|p| Some(p.word))));
    }
    let grams = ngrams(&tokens, &[size(2)], &[0], "_", &Watch::new()).unwrap();
    assert_eq!(grams.len(), tokens.len() - 400);
}

#[test]
fn a_stop_is_heard_everywhere() {
    let tokens = made(&vec![vec![Some("党".into())]]);
    let watch = Watch::new();
    watch.stop();
    let compiled = Patterns::of_words(["党"], ValueType::Fixed)
        .compile(tokens.vocabulary())
        .unwrap();
    let how = Compound {
        concatenator: "",
        join: true,
        window: (0, 0),
        keep_unigrams: false,
    };
    assert!(ngrams(&tokens, &[size(1)], &[0], "_", &watch).is_err());
    assert!(compound(&tokens, &compiled, how, &watch).is_err());
    assert!(select(&tokens, &compiled, false, (0, 0), false, &watch).is_err());
    assert!(ngrams(&tokens, &[], &[0], "_", &Watch::new()).is_err());
    assert!(ngrams(&tokens, &[size(1)], &[], "_", &Watch::new()).is_err());
}
