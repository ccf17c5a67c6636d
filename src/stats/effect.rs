//! Effect sizes: how large is the difference, whatever the size of the sample?
//!
//! Null where target or reference is empty or the feature occurs on neither side.

use super::contingency::Table;
use super::exact;
use super::parameters::Parameters;
use super::special::normal_quantile;

/// The relative frequencies of the feature in target and reference.
fn shares(table: &Table) -> Option<(f64, f64)> {
    (table.r1() > 0 && table.r2() > 0 && table.c1() > 0).then(|| {
        (
            table.o11() as f64 / table.r1() as f64,
            table.o21() as f64 / table.r2() as f64,
        )
    })
}

/// log₂ of the ratio of relative frequencies, ½ added to both counts and both sizes (Walter 1975): finite also where a
/// side lacks the feature.
pub fn log_ratio(table: &Table) -> Option<f64> {
    shares(table).map(|_| {
        let share = |count: u64, size: u64| (count as f64 + 0.5) / (size as f64 + 0.5);
        (share(table.o11(), table.r1()) / share(table.o21(), table.r2())).log2()
    })
}

/// log₂ of the ratio of relative frequencies, a count of 0 taken as ½ (Hardie 2014).
pub fn log_ratio_hardie(table: &Table) -> Option<f64> {
    shares(table).map(|_| {
        let share = |count: u64, size: u64| if count == 0 { 0.5 } else { count as f64 } / size as f64;
        (share(table.o11(), table.r1()) / share(table.o21(), table.r2())).log2()
    })
}

/// ln of the odds ratio, ½ added to every cell (Haldane 1956; Anscombe 1956).
pub fn log_odds_ratio(table: &Table) -> Option<f64> {
    shares(table).map(|_| {
        let odds = |with: u64, without: u64| (with as f64 + 0.5) / (without as f64 + 0.5);
        (odds(table.o11(), table.o12()) / odds(table.o21(), table.o22())).ln()
    })
}

/// 100·(p₁ − p₂)/p₂; +∞ where the reference lacks the feature. Gabrielatos & Marchi (2011).
pub fn percent_difference(table: &Table) -> Option<f64> {
    shares(table).map(|(target, reference)| 100.0 * (target / reference - 1.0))
}

/// (p₁ − p₂)/(p₁ + p₂), from −1 to 1. Hofland & Johansson (1982).
pub fn difference_coefficient(table: &Table) -> Option<f64> {
    shares(table).map(|(target, reference)| (target - reference) / (target + reference))
}

/// ΔP forwards: o11/r1 − o21/r2, how much likelier the column becomes in the row. Gries (2013).
pub fn delta_p_forward(table: &Table) -> Option<f64> {
    shares(table).map(|(target, reference)| target - reference)
}

/// ΔP backwards: o11/c1 − o12/c2, how much likelier the row becomes in the column. Gries (2013).
pub fn delta_p_backward(table: &Table) -> Option<f64> {
    (table.c1() > 0 && table.c2() > 0)
        .then(|| table.o11() as f64 / table.c1() as f64 - table.o12() as f64 / table.c2() as f64)
}

/// (o11/r1)/(o21/r2); ∞ where the reference lacks the feature.
pub fn relative_risk(table: &Table) -> Option<f64> {
    shares(table).map(|(target, reference)| target / reference)
}

/// (o11·o22)/(o12·o21); ∞ where the divisor is 0, null where both products are (one side is the feature throughout).
pub fn odds_ratio(table: &Table) -> Option<f64> {
    shares(table).and_then(|_| {
        let with = u128::from(table.o11()) * u128::from(table.o22());
        let against = u128::from(table.o12()) * u128::from(table.o21());
        (with > 0 || against > 0).then(|| with as f64 / against as f64)
    })
}

/// (f₁ + k)/(f₂ + k), f in occurrences per `base` tokens, k the constant. Kilgarriff (2009).
pub fn simple_maths(table: &Table, parameters: &Parameters) -> Option<f64> {
    shares(table).map(|(target, reference)| {
        (target * parameters.base + parameters.constant) / (reference * parameters.base + parameters.constant)
    })
}

/// The bound of an exact interval for log₂ of the ratio of rates that is nearer to 0; 0 where the interval holds 0.
/// The interval is corrected for the number of features tested. Evert (2022); Hardie (2014).
pub fn conservative_log_ratio(table: &Table, parameters: &Parameters) -> Option<f64> {
    shares(table).map(|_| {
        let (low, high) = exact::log_ratio_bounds(table, parameters.tail());
        if low > 0.0 {
            low
        } else if high < 0.0 {
            high
        } else {
            0.0
        }
    })
}

/// As [`conservative_log_ratio`] with the normal interval of the log ratio, a count of 0 taken as ½. Hardie (2014).
pub fn conservative_log_ratio_normal(table: &Table, parameters: &Parameters) -> Option<f64> {
    let size = log_ratio_hardie(table)? * std::f64::consts::LN_2;
    let part =
        |count: u64, size: u64| if count == 0 { 2.0 } else { (count as f64).recip() } - (size as f64).recip();
    // With a single token on a side the variance of the formula can fall below 0.
    let variance = part(table.o11(), table.r1()) + part(table.o21(), table.r2());
    let reach = -normal_quantile(parameters.tail()) * variance.max(0.0).sqrt();
    // Where the ½ for a 0 turns the direction, nothing is sure.
    let sure = if size * table.determinant() > 0.0 {
        size.abs() - reach
    } else {
        0.0
    };
    Some(table.signed(sure.max(0.0) / std::f64::consts::LN_2))
}
