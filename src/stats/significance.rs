//! Tests of significance on a 2×2 table: is the difference more than chance, if every token were drawn by itself?
//!
//! All are signed by the direction of the table, null where a sum of the table is 0, and 0 where observed equals expected.

use std::f64::consts::LN_10;

use super::contingency::Table;
use super::exact;
use super::special::{deviance_unit, log_chi_squared_tail};

/// Signed log-likelihood ratio G² over all four cells: 2 Σ O·ln(O/E). Dunning (1993).
///
/// Summed as Σ E·φ(O/E − 1) with φ(t) = (1+t)ln(1+t) − t: the same number (the excesses cancel), every term is
/// positive, and no digit is lost where O is close to E in large samples.
pub fn log_likelihood(table: &Table) -> Option<f64> {
    table
        .has_full_margins()
        .then(|| table.signed(four_cells(table, table.excess())))
}

fn four_cells(table: &Table, excess: f64) -> f64 {
    let cells = [
        (table.e11(), excess),
        (table.e12(), -excess),
        (table.e21(), -excess),
        (table.e22(), excess),
    ];
    2.0 * cells.map(|(e, d)| e * deviance_unit(d / e)).iter().sum::<f64>()
}

/// [`log_likelihood`] with Yates's correction: every |O − E| shrinks by ½, not below 0. Yates (1934).
pub fn log_likelihood_yates(table: &Table) -> Option<f64> {
    table.has_full_margins().then(|| {
        let size = (table.excess().abs() - 0.5).max(0.0);
        table.signed(four_cells(table, size.copysign(table.excess())))
    })
}

/// [`log_likelihood`] divided by Williams's q. Williams (1976).
pub fn log_likelihood_williams(table: &Table) -> Option<f64> {
    log_likelihood(table).map(|g| g / williams(table))
}

/// q = 1 + (n/r1 + n/r2 − 1)(n/c1 + n/c2 − 1)/(6n), at least 1.
fn williams(table: &Table) -> f64 {
    let n = table.n() as f64;
    let part = |a: u64, b: u64| n / a as f64 + n / b as f64 - 1.0;
    1.0 + part(table.r1(), table.r2()) * part(table.c1(), table.c2()) / (6.0 * n)
}

/// Fisher's exact test as a score: −log₁₀ of the two-sided p, signed. Fisher (1935).
pub fn fisher_exact(table: &Table) -> Option<f64> {
    // `max` turns the −0 of p = 1 into 0.
    exact::fisher_log_p(table).map(|log_p| table.signed((-log_p / LN_10).max(0.0)))
}

/// ln p of [`fisher_exact`].
pub fn fisher_exact_log_p(table: &Table) -> Option<f64> {
    exact::fisher_log_p(table)
}

/// G² − ln n: twice the logarithm of the Bayes factor for a difference, by BIC. Wilson (2013).
pub fn bic(table: &Table) -> Option<f64> {
    log_likelihood(table).map(|g| g.abs() - (table.n() as f64).ln())
}

/// What quanteda.textstats calls `lr` without correction: 2 Σ O·ln(O/E + 10⁻⁹).
pub fn log_likelihood_quanteda(table: &Table) -> Option<f64> {
    table.has_full_margins().then(|| {
        let shift: f64 = [
            (table.o11(), table.e11()),
            (table.o12(), table.e12()),
            (table.o21(), table.e21()),
            (table.o22(), table.e22()),
        ]
        .into_iter()
        .filter(|(o, _)| *o > 0)
        .map(|(o, e)| o as f64 * (QUANTEDA * e / o as f64).ln_1p())
        .sum();
        table.signed(four_cells(table, table.excess()) + 2.0 * shift)
    })
}

/// What quanteda adds inside a logarithm.
const QUANTEDA: f64 = 1e-9;

/// What quanteda.textstats calls `chi2` by default: Yates's correction where |o11·o22 − o12·o21| ≥ n/2 and an expected
/// count is below 5.
pub fn chi_squared_quanteda(table: &Table) -> Option<f64> {
    let least = [table.e11(), table.e12(), table.e21(), table.e22()]
        .into_iter()
        .fold(f64::INFINITY, f64::min);
    let corrected = least < 5.0 && table.determinant().abs() >= table.n() as f64 / 2.0;
    pearson(table, if corrected { 0.5 } else { 0.0 })
}

/// The two-cell form 2 (O₁₁·ln(O₁₁/E₁₁) + O₂₁·ln(O₂₁/E₂₁)) of Rayson & Garside (2000), signed.
///
/// The excesses of the two cells cancel as well, so the sum can be taken as in [`log_likelihood`].
pub fn log_likelihood_2cell(table: &Table) -> Option<f64> {
    table.has_full_margins().then(|| {
        let excess = table.excess();
        let (e11, e21) = (table.e11(), table.e21());
        table.signed(2.0 * (e11 * deviance_unit(excess / e11) + e21 * deviance_unit(-excess / e21)))
    })
}

/// Pearson's X² = n·(o11·o22 − o12·o21)² / (r1·r2·c1·c2), signed, without continuity correction.
pub fn chi_squared(table: &Table) -> Option<f64> {
    pearson(table, 0.0)
}

/// Pearson's X² with Yates's correction: every |O − E| shrinks by ½, not below 0.
pub fn chi_squared_yates(table: &Table) -> Option<f64> {
    pearson(table, 0.5)
}

fn pearson(table: &Table, correction: f64) -> Option<f64> {
    table.has_full_margins().then(|| {
        let excess = (table.excess().abs() - correction).max(0.0);
        let inverse = table.e11().recip() + table.e12().recip() + table.e21().recip() + table.e22().recip();
        table.signed(excess * excess * inverse)
    })
}

/// ln p of [`log_likelihood`] by the survival function of χ² with one degree of freedom.
pub fn log_likelihood_log_p(table: &Table) -> Option<f64> {
    log_likelihood(table).map(two_sided)
}

/// ln p of [`log_likelihood_2cell`].
pub fn log_likelihood_2cell_log_p(table: &Table) -> Option<f64> {
    log_likelihood_2cell(table).map(two_sided)
}

/// ln p of [`chi_squared`].
pub fn chi_squared_log_p(table: &Table) -> Option<f64> {
    chi_squared(table).map(two_sided)
}

/// ln p of [`chi_squared_yates`].
pub fn chi_squared_yates_log_p(table: &Table) -> Option<f64> {
    chi_squared_yates(table).map(two_sided)
}

/// ln p of [`log_likelihood_yates`].
pub fn log_likelihood_yates_log_p(table: &Table) -> Option<f64> {
    log_likelihood_yates(table).map(two_sided)
}

/// ln p of [`log_likelihood_williams`].
pub fn log_likelihood_williams_log_p(table: &Table) -> Option<f64> {
    log_likelihood_williams(table).map(two_sided)
}

/// ln p of [`log_likelihood_quanteda`].
pub fn log_likelihood_quanteda_log_p(table: &Table) -> Option<f64> {
    log_likelihood_quanteda(table).map(two_sided)
}

/// ln p of [`chi_squared_quanteda`].
pub fn chi_squared_quanteda_log_p(table: &Table) -> Option<f64> {
    chi_squared_quanteda(table).map(two_sided)
}

fn two_sided(signed: f64) -> f64 {
    log_chi_squared_tail(signed.abs())
}
