//! What holds for the rows of every registry.

use std::collections::BTreeSet;

use duizhao::discourse::register::{Component, measure};
use duizhao::registry::{Entry, Family};
use duizhao::stats::coefficients::Similarity;
use duizhao::stats::delta::Delta;
use duizhao::stats::dispersion::Dispersion;
use duizhao::stats::distance::Distance;
use duizhao::stats::diversity::Diversity;
use duizhao::stats::measures::Measure;
use duizhao::text::segment::{SegmentOptions, Segmenter};
use proptest::prelude::*;

/// Word of the enum beside its row, of all registries.
fn all() -> Vec<(&'static str, Entry)> {
    let mut rows: Vec<_> = Measure::ALL.iter().map(|m| (m.name(), m.entry())).collect();
    rows.extend(Dispersion::ALL.iter().map(|m| (m.name(), m.entry())));
    rows.extend(Diversity::ALL.iter().map(|m| (m.name(), m.entry())));
    rows.extend(Similarity::ALL.iter().map(|m| (m.name(), m.entry())));
    rows.extend(Distance::ALL.iter().map(|m| (m.name(), m.entry())));
    rows.extend(Delta::ALL.iter().map(|m| (m.name(), m.entry())));
    rows.extend(Component::ALL.iter().map(|c| (c.name(), c.entry())));
    rows
}

#[test]
fn rows_are_whole() {
    for (word, entry) in all() {
        assert_eq!(word, entry.word);
        assert!(entry.range.0 < entry.range.1, "{word}: {:?}", entry.range);
        assert!(
            !entry.formula.is_empty() && !entry.source.is_empty(),
            "{word}: {entry:?}"
        );
    }
}

#[test]
fn a_word_stands_once_in_its_family_and_every_family_has_some() {
    let rows = all();
    let keys: BTreeSet<_> = rows.iter().map(|(w, e)| (e.family.name(), *w)).collect();
    assert_eq!(keys.len(), rows.len());
    let families: BTreeSet<_> = keys.iter().map(|(family, _)| *family).collect();
    assert_eq!(families, Family::WORDS.allowed.iter().copied().collect());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn components_lie_in_their_range(
        pieces in prop::collection::vec(
            prop::sample::select(vec!["坚持", "党建引领", "的", "我们", "了", "是", "a", "Ａ", "7", "１", "，", "、", "。", "；", "：", "“", "”", "《", "》", "——", "……", "\n", " ", "！"]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        let segmenter = Segmenter::new(SegmentOptions { pos: true, ..SegmentOptions::default() }).unwrap();
        let found = measure(&text, Some(&segmenter));
        for component in Component::ALL {
            let (low, high) = component.entry().range;
            if let Some(value) = component.value(&found) {
                prop_assert!((low..=high).contains(&value), "{component} of {text:?}: {value}");
            }
        }
    }
}
