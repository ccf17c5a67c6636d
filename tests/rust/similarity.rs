//! Similarities against a dense reference, and their laws.
#![allow(clippy::float_cmp, clippy::cast_possible_truncation)] // exact zeros; a handful of rows

use duizhao::run::Watch;
use duizhao::stats::coefficients::Similarity;
use duizhao::stats::similarity::{Pairs, SparseRows, Wanted, pairs};
use proptest::prelude::*;

fn sparse(rows: &[Vec<f64>]) -> SparseRows {
    let n = rows.first().map_or(0, Vec::len);
    SparseRows::new(n, rows.iter().map(|row| (0_u32..).zip(row.iter().copied()))).unwrap()
}

fn compare(rows: &[Vec<f64>], method: Similarity, wanted: &Wanted) -> Pairs {
    pairs(&sparse(rows), method, wanted, &Watch::new()).unwrap()
}

/// Straight from the definitions, over all columns.
fn dense(method: Similarity, a: &[f64], b: &[f64]) -> Option<f64> {
    let n = a.len() as f64;
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(&x, &y)| f(x, y)).sum::<f64>();
    let has = |x: f64| f64::from(x != 0.0);
    let (aa, bb, ab) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
    let (in_a, in_b, both) = (
        sum(&|x, _| has(x)),
        sum(&|_, y| has(y)),
        sum(&|x, y| has(x) * has(y)),
    );
    let same = sum(&|x, y| f64::from(has(x) == has(y)));
    let (p, q) = match method {
        Similarity::Cosine => (ab, aa.sqrt() * bb.sqrt()),
        Similarity::Jaccard => (both, in_a + in_b - both),
        Similarity::Dice => (2.0 * both, in_a + in_b),
        Similarity::Overlap => (both, in_a.min(in_b)),
        Similarity::JaccardWeighted => (sum(&f64::min), sum(&f64::max)),
        Similarity::JaccardExtended => (ab, aa + bb - ab),
        Similarity::DiceExtended => (2.0 * ab, aa + bb),
        Similarity::Correlation => {
            let (ma, mb) = (sum(&|x, _| x) / n, sum(&|_, y| y) / n);
            let centred = sum(&|x, y| (x - ma) * (y - mb));
            (
                centred,
                (sum(&|x, _| (x - ma).powi(2)) * sum(&|_, y| (y - mb).powi(2))).sqrt(),
            )
        }
        Similarity::SimpleMatching => (same, n),
        Similarity::Hamann => (2.0 * same - n, n),
    };
    (q > 1e-12).then(|| p / q)
}

fn matrix() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let cell = prop_oneof![3 => Just(0.0), 2 => (1..6_u32).prop_map(f64::from), 1 => 0.1..3.0_f64];
    (1..7_usize).prop_flat_map(move |columns| {
        proptest::collection::vec(proptest::collection::vec(cell.clone(), columns), 0..8)
    })
}

proptest! {
    #[test]
    fn as_defined(rows in matrix()) {
        for &method in Similarity::ALL {
            let found = compare(&rows, method, &Wanted::default());
            prop_assert_eq!(found.first.len(), rows.len() * rows.len().saturating_sub(1) / 2);
            for ((&i, &j), &got) in found.first.iter().zip(&found.second).zip(&found.similarity) {
                prop_assert!(i < j);
                let expected = dense(method, &rows[i as usize], &rows[j as usize]);
                match (got, expected) {
                    (Some(got), Some(expected)) => prop_assert!((got - expected).abs() < 1e-9, "{:?}: {} {}", method, got, expected),
                    (got, expected) => prop_assert_eq!(got, expected, "{:?} of {} and {}", method, i, j),
                }
            }
            let ranks: Vec<f64> = found.similarity.iter().map(|s| s.unwrap_or(f64::NEG_INFINITY)).collect();
            prop_assert!(ranks.windows(2).all(|w| w[0] >= w[1]), "most alike first");
        }
    }

    /// Exchanging rows exchanges names and nothing else, to the last bit; features give what documents give, transposed.
    #[test]
    fn order_of_rows_does_not_matter(rows in matrix()) {
        let reversed: Vec<_> = rows.iter().rev().cloned().collect();
        let last = rows.len().saturating_sub(1) as u32;
        for &method in Similarity::ALL {
            let mut one: Vec<_> = triples(&compare(&rows, method, &Wanted::default()));
            let mut other: Vec<_> = triples(&compare(&reversed, method, &Wanted::default()))
                .into_iter()
                .map(|(i, j, s)| (last - j, last - i, s))
                .collect();
            one.sort_unstable();
            other.sort_unstable();
            prop_assert_eq!(one, other);
        }
        let back = sparse(&rows).transposed().unwrap().transposed().unwrap();
        if !rows.is_empty() {
            prop_assert_eq!(back, sparse(&rows));
        }
    }

    /// `top`, `of` and `min_similarity` choose among the pairs and change none.
    #[test]
    fn bounds_only_choose(rows in matrix(), top in 1..4_usize, least in 0.0..1.0_f64) {
        let all = triples(&compare(&rows, Similarity::Cosine, &Wanted::default()));
        let figure = |i: u32, j: u32| all.iter().find(|t| (t.0, t.1) == (i.min(j), i.max(j))).unwrap().2;
        let above = triples(&compare(&rows, Similarity::Cosine, &Wanted { bound: Some(least), ..Wanted::default() }));
        let expected: Vec<_> = all.iter().filter(|t| t.2.is_some_and(|s| f64::from_bits(s) >= least)).copied().collect();
        prop_assert_eq!(above, expected);
        let near = triples(&compare(&rows, Similarity::Cosine, &Wanted { top: Some(top), ..Wanted::default() }));
        for row in 0..rows.len() as u32 {
            let mine: Vec<_> = near.iter().filter(|t| t.0 == row).collect();
            let mut others: Vec<f64> = (0..rows.len() as u32)
                .filter(|&j| j != row)
                .filter_map(|j| figure(row, j).map(f64::from_bits))
                .collect();
            others.sort_unstable_by(|a, b| b.total_cmp(a));
            others.truncate(top);
            prop_assert_eq!(mine.iter().map(|t| f64::from_bits(t.2.unwrap())).collect::<Vec<_>>(), others);
            let of = triples(&compare(&rows, Similarity::Cosine, &Wanted { of: Some(vec![row]), ..Wanted::default() }));
            prop_assert_eq!(of.len(), rows.len() - 1);
            prop_assert!(of.iter().all(|t| t.0 == row && t.2 == figure(row, t.1)));
        }
    }
}

fn triples(pairs: &Pairs) -> Vec<(u32, u32, Option<u64>)> {
    let bits = pairs.similarity.iter().map(|s| s.map(f64::to_bits));
    pairs
        .first
        .iter()
        .zip(&pairs.second)
        .zip(bits)
        .map(|((&i, &j), s)| (i, j, s))
        .collect()
}

#[test]
fn bad_requests_are_named() {
    let rows = sparse(&[vec![1.0, -1.0], vec![0.0, 2.0]]);
    let run = |method: Similarity, wanted: Wanted| {
        pairs(&rows, method, &wanted, &Watch::new()).map_err(|e| e.to_string())
    };
    let failed = |wanted: Wanted| run(Similarity::Cosine, wanted).unwrap_err();
    assert!(
        failed(Wanted {
            top: Some(0),
            ..Wanted::default()
        })
        .starts_with("`top`")
    );
    assert!(
        failed(Wanted {
            of: Some(vec![2]),
            ..Wanted::default()
        })
        .starts_with("`of`")
    );
    assert!(
        failed(Wanted {
            bound: Some(f64::NAN),
            ..Wanted::default()
        })
        .starts_with("`min_similarity`")
    );
    assert!(
        run(Similarity::JaccardWeighted, Wanted::default())
            .unwrap_err()
            .contains("negative")
    );
    assert!(
        "manhattan"
            .parse::<Similarity>()
            .unwrap_err()
            .to_string()
            .contains("'cosine', 'jaccard'")
    );
    // 10,001 empty rows make 50,005,000 pairs.
    let many = SparseRows::new(1, (0..10_001).map(|_| [])).unwrap();
    assert!(pairs(&many, Similarity::Cosine, &Wanted::default(), &Watch::new()).is_err());
    let none = Wanted {
        bound: Some(0.5),
        ..Wanted::default()
    };
    assert_eq!(
        pairs(&many, Similarity::Cosine, &none, &Watch::new()).unwrap(),
        Pairs::default()
    );
}
