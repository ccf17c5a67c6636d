//! Agreement of two rankings.

use rustc_hash::FxHashSet;

use crate::error::{Error, Result};

/// How two columns of scores agree in their order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// Kendall's S: pairs in the same order less pairs in opposite order. Pairs tied in either column count 0.
    pub s: f64,
    /// τ-b, from −1 to 1; `None` for fewer than two values and where all values of a column are tied.
    pub tau: Option<f64>,
}

/// Kendall's S and τ-b of two columns of equal length, in O(n log n).
///
/// τ-b = S / √((P − tₓ)(P − tᵧ)), with P all pairs and t those that are tied in a column. Kendall, M. G. (1945). The
/// treatment of ties in ranking problems. *Biometrika* 33(3), 239–251. By sorting and counting the exchanges of a merge sort,
/// Knight, W. R. (1966). *JASA* 61(314), 436–439. Infinities are the greatest and least values; −0 equals 0.
///
/// # Errors
/// [`Error::Data`] for columns of different lengths and for NaN, which has no place in an order.
pub fn kendall(x: &[f64], y: &[f64]) -> Result<Kendall> {
    if x.len() != y.len() {
        return Err(Error::data("y", format!("{} values, as `x`", x.len()), y.len()));
    }
    if x.iter().chain(y).any(|v| v.is_nan()) {
        return Err(Error::data("x", "numbers", "NaN"));
    }
    // The sum makes −0 a 0, so that the total order is that of the numbers.
    let mut rows: Vec<(f64, f64)> = x.iter().zip(y).map(|(&x, &y)| (x + 0.0, y + 0.0)).collect();
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    #[allow(clippy::float_cmp)] // ties
    let (x_ties, both) = (
        tied(rows.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len)),
        tied(rows.chunk_by(|a, b| a == b).map(<[_]>::len)),
    );
    let mut column: Vec<f64> = rows.iter().map(|row| row.1).collect();
    let discordant = exchanges(&mut column);
    #[allow(clippy::float_cmp)] // ties
    let y_ties = tied(column.chunk_by(|a, b| a == b).map(<[_]>::len));
    let n = rows.len() as u64;
    let pairs = n * n.saturating_sub(1) / 2;
    // Those tied in both columns were taken off twice.
    let concordant = pairs + both - x_ties - y_ties - discordant;
    let s = concordant as f64 - discordant as f64;
    let tau = (x_ties < pairs && y_ties < pairs).then(|| {
        let root = ((pairs - x_ties) as f64 * (pairs - y_ties) as f64).sqrt();
        (s / root).clamp(-1.0, 1.0)
    });
    Ok(Kendall { s, tau })
}

/// Pairs within runs of these lengths.
fn tied(runs: impl Iterator<Item = usize>) -> u64 {
    runs.map(|n| n as u64 * (n as u64 - 1) / 2).sum()
}

/// Sorts, and says how many pairs stood in descending order.
fn exchanges(values: &mut [f64]) -> u64 {
    let n = values.len();
    let mut found = 0;
    let mut merged = values.to_vec();
    let mut width = 1;
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let (middle, end) = ((start + width).min(n), (start + 2 * width).min(n));
            let (mut left, mut right) = (start, middle);
            for place in &mut merged[start..end] {
                // The left one goes first among equals: ties are no exchange.
                if left < middle && (right == end || values[left] <= values[right]) {
                    *place = values[left];
                    left += 1;
                } else {
                    *place = values[right];
                    right += 1;
                    found += (middle - left) as u64;
                }
            }
        }
        values.copy_from_slice(&merged);
        width *= 2;
    }
    found
}

/// Extrapolated rank-biased overlap of two lists of different items, best first, from 0 to 1.
///
/// `persistence` is the p of the model, above 0 and below 1: how likely a reader goes on to the next rank. Webber, W., Moffat, A.
/// & Zobel, J. (2010). A similarity measure for indefinite rankings. *ACM TOIS* 28(4), article 20, equation 32, which takes
/// the lists to agree beyond their ends as they do up to them. `None` for two empty lists; 0 where one is empty.
///
/// # Errors
/// [`Error::Parameter`] for a `persistence` that is not between 0 and 1; [`Error::Data`] for an item twice in a list.
pub fn rank_biased_overlap(a: &[u32], b: &[u32], persistence: f64) -> Result<Option<f64>> {
    if !(persistence > 0.0 && persistence < 1.0) {
        return Err(Error::parameter(
            "persistence",
            "above 0 and below 1",
            persistence,
        ));
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (s, depth) = (short.len(), long.len());
    if s == 0 {
        return Ok((depth > 0).then_some(0.0));
    }
    // overlap[d]: items that both lists have among their first d.
    let (mut in_short, mut in_long) = (FxHashSet::default(), FxHashSet::default());
    let mut overlap = vec![0.0; depth + 1];
    for d in 1..=depth {
        let added = long[d - 1];
        let mut common = overlap[d - 1] + f64::from(u8::from(in_short.contains(&added)));
        let mut fresh = in_long.insert(added);
        if let Some(&other) = short.get(d - 1) {
            fresh &= in_short.insert(other);
            common += f64::from(u8::from(in_long.contains(&other)));
        }
        if !fresh {
            return Err(Error::data("items", "each once in a list", "one twice"));
        }
        overlap[d] = common;
    }
    let weight = |d: usize| persistence.powf(d as f64);
    let (at_short, at_end) = (overlap[s], overlap[depth]);
    let (s, end) = (s as f64, depth as f64);
    let seen: f64 = (1..=depth).map(|d| overlap[d] / d as f64 * weight(d)).sum();
    let beyond: f64 = (short.len() + 1..=depth)
        .map(|d| at_short * (d as f64 - s) / (s * d as f64) * weight(d))
        .sum();
    let last = (at_end - at_short) / end + at_short / s;
    let total = (1.0 - persistence) / persistence * (seen + beyond) + last * weight(depth);
    Ok(Some(total.min(1.0)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn kendall_as_scipy() {
        // scipy.stats.kendalltau(x, y).statistic; made by tests/golden/make_ranks.py
        for line in include_str!("../../tests/golden/kendall.csv").lines().skip(1) {
            let f: Vec<&str> = line.split(',').collect();
            let column = |text: &str| -> Vec<f64> { text.split(' ').map(|v| v.parse().unwrap()).collect() };
            let found = kendall(&column(f[0]), &column(f[1])).unwrap();
            assert!(
                (found.tau.unwrap() - f[2].parse::<f64>().unwrap()).abs() < 1e-12,
                "{line}"
            );
        }
    }

    #[test]
    fn ties_zeros_and_little() {
        let none = Kendall { s: 0.0, tau: None };
        assert_eq!(kendall(&[], &[]).unwrap(), none);
        assert_eq!(kendall(&[1.0], &[2.0]).unwrap(), none);
        assert_eq!(kendall(&[0.0, -0.0], &[1.0, 2.0]).unwrap(), none);
        let found = kendall(&[f64::NEG_INFINITY, 0.0, f64::INFINITY], &[3.0, 2.0, 1.0]).unwrap();
        assert_eq!(
            found,
            Kendall {
                s: -3.0,
                tau: Some(-1.0)
            }
        );
        assert!(kendall(&[1.0], &[]).is_err() && kendall(&[f64::NAN], &[1.0]).is_err());
    }

    #[test]
    fn overlap_by_hand() {
        let of = |a: &[u32], b: &[u32], p| rank_biased_overlap(a, b, p).unwrap();
        assert!((of(&[1, 2, 3], &[1, 2, 3], 0.9).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(of(&[1, 2], &[3, 4], 0.9), Some(0.0));
        assert_eq!((of(&[], &[], 0.9), of(&[], &[1], 0.9)), (None, Some(0.0)));
        // Agreement 0, 1, 1 at depths 1 to 3: (1/2)(0 + 1/2 + 1/4 …) = 1/2.
        assert!((of(&[2, 1, 3], &[1, 2, 3], 0.5).unwrap() - 0.5).abs() < 1e-12);
        assert!(rank_biased_overlap(&[1, 1], &[1, 2], 0.5).is_err());
        assert!(rank_biased_overlap(&[1], &[1], 1.0).is_err());
    }
}
