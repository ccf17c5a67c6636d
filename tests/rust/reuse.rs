//! Shared passages, set phrases, near-duplicates, changes.

use duizhao::reuse::chain::Block;
use duizhao::reuse::diff::{changes, compare};
use duizhao::reuse::matches::{Match, ReuseOptions, find, maximal, rarity};
use duizhao::reuse::minhash::{Bands, MinHash, common, shingles};
use duizhao::reuse::near_duplicates::{NearOptions, near_duplicates};
use duizhao::reuse::normalize::{Folded, Folding};
use duizhao::reuse::phrases::shared_phrases;
use duizhao::run::Watch;
use proptest::prelude::*;

fn folded(text: &str) -> Folded {
    Folded::new(text, Folding::default())
}

fn passages(texts: &[&str], options: &ReuseOptions) -> Vec<Match> {
    let texts: Vec<Folded> = texts.iter().map(|t| folded(t)).collect();
    find(&texts, options, &Watch::new()).unwrap().matches
}

/// Text without repeats: each character occurs once.
fn alphabet(from: u32, length: u32) -> String {
    (from..from + length).filter_map(char::from_u32).collect()
}

/// Every pair of places, every length: what a maximal exact match is by definition.
fn slow_maximal(a: &[char], b: &[char], least: usize) -> Vec<Block> {
    let mut found = Vec::new();
    for i in 0..a.len() {
        for j in 0..b.len() {
            if i > 0 && j > 0 && a[i - 1] == b[j - 1] {
                continue;
            }
            let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if length >= least {
                found.push(Block {
                    start_1: u32::try_from(i).unwrap(),
                    start_2: u32::try_from(j).unwrap(),
                    length: u32::try_from(length).unwrap(),
                });
            }
        }
    }
    found.sort_unstable();
    found
}

#[test]
fn an_exact_copy_has_its_span() {
    let copied = alphabet(0x5000, 30);
    let a = format!("{}。{copied}，{}", alphabet(0x6000, 40), alphabet(0x6100, 20));
    let b = format!("{}“{copied}”{}", alphabet(0x7000, 10), alphabet(0x7100, 50));
    let c = alphabet(0x8000, 80);
    let found = passages(&[&a, &b, &c], &ReuseOptions::default());
    assert_eq!(found.len(), 1);
    let m = found[0];
    assert_eq!((m.first, m.second), (0, 1));
    assert_eq!((m.span_1, m.span_2), ((40, 70), (10, 40)));
    assert_eq!((m.same, m.columns, m.doc_freq), (30, 30, 2));
    assert!((m.weight - 1.0).abs() < 1e-12);
}

#[test]
fn an_edited_copy_is_one_passage() {
    let parts: Vec<String> = (0..3).map(|k| alphabet(0x5000 + k * 0x40, 20)).collect();
    let a = format!("{}{}{}{}", alphabet(0x6000, 9), parts[0], parts[1], parts[2]);
    // One substitution, one insertion of 4, one deletion of 3 at the start of the last part.
    let mut first: Vec<char> = parts[0].chars().collect();
    first[10] = '改';
    let first: String = first.into_iter().collect();
    let b = format!(
        "{}{first}{}{}{}",
        alphabet(0x7000, 5),
        alphabet(0x7100, 4),
        parts[1],
        parts[2].chars().skip(3).collect::<String>()
    );
    let found = passages(&[&a, &b], &ReuseOptions::default());
    assert_eq!(found.len(), 1, "{found:?}");
    let m = found[0];
    assert_eq!((m.span_1, m.span_2), ((9, 69), (5, 66)));
    assert_eq!((m.same, m.columns), (56, 64));
    let exact = ReuseOptions {
        max_gap: 0,
        ..ReuseOptions::default()
    };
    let spans: Vec<_> = passages(&[&a, &b], &exact).iter().map(|m| m.span_1).collect();
    assert_eq!(spans, [(29, 49), (52, 69)]);
}

#[test]
fn boilerplate_weighs_less_and_baselines_explain() {
    let formula = alphabet(0x5000, 20);
    let own = alphabet(0x5100, 20);
    let texts: Vec<String> = (0..5)
        .map(|k| {
            let extra = if k < 2 { own.as_str() } else { "" };
            format!(
                "{}{formula}{}{extra}",
                alphabet(0x6000 + k * 64, 15),
                alphabet(0x8000 + k * 64, 15)
            )
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = passages(&texts, &ReuseOptions::default());
    assert_eq!(found.len(), 10 + 1);
    for m in &found {
        if m.doc_freq == 5 {
            assert!(m.weight.abs() < 1e-12);
        } else {
            assert_eq!((m.first, m.second, m.doc_freq), (0, 1, 2));
            assert!((m.weight - 1.0).abs() < 1e-12);
        }
    }
    // The last document is what all copied from: the others share nothing else with each other but the passage of their own.
    let options = ReuseOptions {
        baseline: vec![false, false, false, false, true],
        ..ReuseOptions::default()
    };
    let pairs: Vec<_> = passages(&texts, &options)
        .iter()
        .map(|m| (m.first, m.second))
        .collect();
    assert_eq!(pairs, [(0, 1), (0, 4), (1, 4), (2, 4), (3, 4)]);
    // Skipped n-grams are counted.
    let options = ReuseOptions {
        max_doc_freq: Some(4),
        ..ReuseOptions::default()
    };
    let folded: Vec<Folded> = texts.iter().map(|t| folded(t)).collect();
    let found = find(&folded, &options, &Watch::new()).unwrap();
    assert_eq!(found.matches.len(), 1);
    assert!(found.skipped > 0 && found.skipped < found.shared);
}

#[test]
fn rarity_is_scaled() {
    assert!((rarity(2, 10) - 1.0).abs() < 1e-12);
    assert!(rarity(10, 10).abs() < 1e-12);
    // ln(10 / 5) / ln(10 / 2) = ln 2 / ln 5
    assert!((rarity(5, 10) - 0.430_676_558_073_393).abs() < 1e-12);
    assert!((rarity(2, 2) - 1.0).abs() < 1e-12);
}

#[test]
fn repeats_do_not_multiply() {
    let formula = alphabet(0x5000, 16);
    let text = |from: u32, n: u32| -> String {
        let parts: Vec<String> = (0..n)
            .map(|k| formula.clone() + &alphabet(from + k * 16, 10))
            .collect();
        parts.concat()
    };
    let (a, b) = (text(0x6000, 20), text(0x8000, 30));
    let found = passages(&[&a, &b], &ReuseOptions::default());
    assert!((30..=50).contains(&found.len()), "{}", found.len());
    let mut covered = vec![false; 30 * 26];
    for m in &found {
        covered[m.span_2.0 as usize..m.span_2.1 as usize].fill(true);
    }
    assert_eq!(covered.iter().filter(|&&c| c).count(), 30 * 16);
}

#[test]
fn options_are_checked() {
    let with = |change: fn(&mut ReuseOptions)| {
        let mut options = ReuseOptions::default();
        change(&mut options);
        find(&[], &options, &Watch::new()).is_err()
    };
    assert!(with(|o| o.min_chars = 1));
    assert!(with(|o| o.seed_chars = 13));
    assert!(with(|o| o.min_identity = 0.2));
    assert!(with(|o| o.min_identity = f64::NAN));
    assert!(with(|o| o.max_gap = 1000));
    assert!(with(|o| o.max_doc_freq = Some(1)));
    assert!(with(|o| o.baseline = vec![true]));
    assert!(!with(|_| ()));
    let watch = Watch::new();
    watch.stop();
    let texts = [folded("春眠不觉晓处处闻啼鸟"), folded("夜来风雨声花落知多少")];
    assert!(find(&texts, &ReuseOptions::default(), &watch).is_err());
}

/// Measured recall of the bands is what the curve says, over seeds of the hash functions: sets of 100 with a Jaccard similarity of s.
#[test]
fn recall_is_at_least_the_stated_one() {
    let bands = Bands::choose(128, 0.6, 0.95).unwrap();
    for (both, own) in [(60, 20), (75, 12), (43, 28)] {
        let trials: u64 = 400;
        let similarity = f64::from(both) / f64::from(both + 2 * own);
        let mut hits = 0u32;
        for trial in 0..trials {
            let family = MinHash::new(128, trial).unwrap();
            let member = |kind: u64, k: u32| {
                duizhao::reuse::normalize::mix((trial << 32) ^ (kind << 20) ^ u64::from(k))
            };
            let set = |kind: u64| -> Vec<u64> {
                let mut set: Vec<u64> = (0..both)
                    .map(|k| member(0, k))
                    .chain((0..own).map(|k| member(kind, k)))
                    .collect();
                set.sort_unstable();
                set
            };
            let (a, b) = (set(1), set(2));
            assert_eq!(common(&a, &b), both as usize);
            let (x, y) = (family.signature(&a), family.signature(&b));
            let shared = x
                .chunks_exact(bands.rows)
                .zip(y.chunks_exact(bands.rows))
                .take(bands.bands)
                .any(|(x, y)| x == y);
            hits += u32::from(shared);
        }
        let measured = f64::from(hits) / trials as f64;
        let stated = bands.recall(similarity);
        let error = 4.0 * (stated * (1.0 - stated) / trials as f64).sqrt();
        assert!(
            (measured - stated).abs() <= error + 0.003,
            "{similarity}: measured {measured}, stated {stated}"
        );
    }
}

#[test]
fn signatures_estimate_jaccard() {
    let a = shingles(&folded(&alphabet(0x5000, 400)).chars, 5);
    let b = shingles(&folded(&alphabet(0x5064, 400)).chars, 5);
    let exact = common(&a, &b) as f64 / (a.len() + b.len() - common(&a, &b)) as f64;
    let family = MinHash::new(2048, 7).unwrap();
    let (x, y) = (family.signature(&a), family.signature(&b));
    let equal = x.iter().zip(&y).filter(|(a, b)| a == b).count();
    let error = 4.0 * (exact * (1.0 - exact) / 2048.0).sqrt();
    assert!((equal as f64 / 2048.0 - exact).abs() < error);
}

#[test]
fn near_duplicates_are_exact_and_empty_ones_are_left_out() {
    let base = alphabet(0x5000, 200);
    let edited = format!("{}改{}", alphabet(0x5000, 100), alphabet(0x5065, 99));
    let other = alphabet(0x6000, 200);
    let spaced = format!("{}\n，{}", alphabet(0x5000, 50), alphabet(0x5032, 150));
    let texts: Vec<Folded> = [base.as_str(), "", &edited, &other, "。！", &spaced]
        .map(folded)
        .into();
    let found = near_duplicates(&texts, NearOptions::default(), &Watch::new()).unwrap();
    assert_eq!(found.empty, [1, 4]);
    let pairs: Vec<_> = found.pairs.iter().map(|p| (p.first, p.second)).collect();
    assert_eq!(pairs, [(0, 2), (0, 5), (2, 5)]);
    // 196 n-grams each, five of them changed: 191 / 201.
    assert!((found.pairs[0].similarity - 191.0 / 201.0).abs() < 1e-12);
    assert!((found.pairs[1].similarity - 1.0).abs() < 1e-12);
}

#[test]
fn gold_versions_of_one_report() {
    let Some(folder) = crate::shared() else { return };
    let read =
        |path: &str| std::fs::read_to_string(folder.join("reuse/state_council_versions").join(path)).unwrap();
    let texts = [
        folded(&read("mybook/2007.txt")),
        folded(&read("wikisource/2007.txt")),
        folded(&read("mybook/2008.txt")),
    ];
    let options = NearOptions {
        min_similarity: 0.5,
        n: 8,
        ..NearOptions::default()
    };
    let found = near_duplicates(&texts, options, &Watch::new()).unwrap();
    let pairs: Vec<_> = found.pairs.iter().map(|p| (p.first, p.second)).collect();
    assert_eq!(pairs, [(0, 1)]);
}

fn small_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(vec!['甲', '乙', '丙', '，', '\n']),
        0..60,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn maximal_matches_are_all_and_maximal(a in small_text(), b in small_text(), least in 2usize..7) {
        let (a, b) = (folded(&a).chars, folded(&b).chars);
        prop_assert_eq!(maximal(&a, &b, least), slow_maximal(&a, &b, least));
    }

    /// Winnowed seeds lose no exact match: what the slow reference covers on either side is covered.
    #[test]
    fn exact_passages_cover_what_is_shared(a in small_text(), b in small_text()) {
        let options = ReuseOptions { min_chars: 6, seed_chars: 4, max_gap: 0, ..ReuseOptions::default() };
        let (x, y) = (folded(&a).chars, folded(&b).chars);
        let found = passages(&[&a, &b], &options);
        let best = slow_maximal(&x, &y, 6).iter().map(|m| m.length).max();
        prop_assert_eq!(found.iter().map(|m| m.same).max(), best);
        for m in &found {
            prop_assert_eq!(&x[m.span_1.0 as usize..m.span_1.1 as usize], &y[m.span_2.0 as usize..m.span_2.1 as usize]);
        }
    }

    /// The same passages, whichever document comes first.
    #[test]
    fn order_of_documents_does_not_matter(texts in proptest::collection::vec(small_text(), 2..5)) {
        let options = ReuseOptions { min_chars: 6, seed_chars: 4, ..ReuseOptions::default() };
        let forward: Vec<&str> = texts.iter().map(String::as_str).collect();
        let backward: Vec<&str> = forward.iter().rev().copied().collect();
        let last = u32::try_from(texts.len() - 1).unwrap();
        let one = passages(&forward, &options);
        let mut other: Vec<Match> = passages(&backward, &options)
            .into_iter()
            .map(|m| Match { first: last - m.second, second: last - m.first, span_1: m.span_2, span_2: m.span_1, ..m })
            .collect();
        other.sort_by_key(|m| (m.first, m.second, m.span_1, m.span_2));
        // Documents with one and the same text are interchangeable; their numbers decide.
        let mut unique = forward.iter().map(|t| folded(t).chars).collect::<Vec<_>>();
        unique.sort();
        unique.dedup();
        if unique.len() == texts.len() {
            let key = |m: &Match| (m.first, m.second, m.span_1, m.span_2, m.same, m.columns, m.doc_freq);
            prop_assert_eq!(one.iter().map(key).collect::<Vec<_>>(), other.iter().map(key).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_panics(texts in proptest::collection::vec(any::<String>(), 0..6)) {
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let options = ReuseOptions { min_chars: 3, seed_chars: 2, ..ReuseOptions::default() };
        passages(&borrowed, &options);
        shared_phrases(&borrowed, 2, &Watch::new()).unwrap();
        let all: Vec<Folded> = borrowed.iter().map(|t| folded(t)).collect();
        near_duplicates(&all, NearOptions::default(), &Watch::new()).unwrap();
        for pair in borrowed.windows(2) {
            changes(pair[0], pair[1], &Watch::new()).unwrap();
        }
    }

    /// What no row covers is the same on both sides; moved stretches are equal but for white space; no two rows overlap.
    #[test]
    fn moves_leave_the_rest_equal(old in proptest::collection::vec(small_text(), 3), new in proptest::collection::vec(small_text(), 3)) {
        let (a, b): (Vec<&str>, Vec<&str>) = (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        let rows = compare(&a[..2], &b[..2], &a[2..], &b[2..], 1, &Watch::new()).unwrap();
        let cut = |text: &str, span: &std::ops::Range<u32>| -> String {
            text.chars().skip(span.start as usize).take(span.len()).collect()
        };
        for row in rows.iter().filter(|r| r.moved) {
            let (from, to) = (cut(a[row.of_old], &row.change.old), cut(b[row.of_new], &row.change.new));
            let dense = |s: &str| s.split_whitespace().collect::<String>();
            prop_assert_eq!(dense(&from), dense(&to));
        }
        let rest = |text: &str, mut spans: Vec<std::ops::Range<u32>>| -> String {
            spans.retain(|s| !s.is_empty());
            spans.sort_by_key(|s| s.start);
            let (mut kept, mut at) = (String::new(), 0);
            for span in spans {
                assert!(span.start >= at, "overlap");
                kept += &cut(text, &(at..span.start));
                at = span.end;
            }
            kept + &cut(text, &(at..u32::MAX))
        };
        for k in 0..2 {
            let gone = rows.iter().filter(|r| r.of_old == k).map(|r| r.change.old.clone()).collect();
            let come = rows.iter().filter(|r| r.of_new == k).map(|r| r.change.new.clone()).collect();
            prop_assert_eq!(rest(a[k], gone), rest(b[k], come));
        }
    }

    /// The changes turn the old text into the new one.
    #[test]
    fn changes_can_be_applied(old in small_text(), new in small_text()) {
        let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let mut made: Vec<char> = Vec::new();
        let mut at = 0;
        for change in changes(&old, &new, &Watch::new()).unwrap() {
            made.extend(&a[at..change.old.start as usize]);
            made.extend(&b[change.new.start as usize..change.new.end as usize]);
            at = change.old.end as usize;
        }
        made.extend(&a[at..]);
        prop_assert_eq!(made, b);
    }
}
