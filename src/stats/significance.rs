//! Tests of significance on a 2×2 table: is the difference more than chance, if every token were drawn by itself?
//!
//! All are signed by the direction of the table, null where a sum of the table is 0, and 0 where observed equals expected.

use super::contingency::Table;
use super::special::{deviance_unit, log_chi_squared_tail};

/// Signed log-likelihood ratio G² over all four cells: 2 Σ O·ln(O/E). Dunning (1993).
///
/// Summed as Σ E·φ(O/E − 1) with φ(t) = (1+t)ln(1+t) − t: the same number (the excesses cancel), every term is
/// positive, and no digit is lost where O is close to E in large samples.
pub fn log_likelihood(table: &Table) -> Option<f64> {
    table.has_full_margins().then(|| {
        let excess = table.excess();
        let cells = [
            (table.e11(), excess),
            (table.e12(), -excess),
            (table.e21(), -excess),
            (table.e22(), excess),
        ];
        table.signed(2.0 * cells.map(|(e, d)| e * deviance_unit(d / e)).iter().sum::<f64>())
    })
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

fn two_sided(signed: f64) -> f64 {
    log_chi_squared_tail(signed.abs())
}
