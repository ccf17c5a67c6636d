//! Association of a node (row) and a collocate (column).
//!
//! Null where node or collocate does not occur in the sample at all.

use super::contingency::Table;

fn occur(table: &Table) -> bool {
    table.r1() > 0 && table.c1() > 0
}

fn ratio(numerator: u64, denominator: f64) -> f64 {
    numerator as f64 / denominator
}

/// ln(O₁₁/E₁₁); −∞ where the two never meet. Church & Hanks (1990).
pub fn pmi(table: &Table) -> Option<f64> {
    occur(table).then(|| log_quotient(table, 1))
}

/// What quanteda.textstats calls `pmi`: ln(O₁₁/E₁₁ + 10⁻⁹), −20.72 where the two never meet.
pub fn pmi_quanteda(table: &Table) -> Option<f64> {
    occur(table).then(|| (ratio(table.o11(), table.e11()) + 1e-9).ln())
}

/// ln(O₁₁²/E₁₁); −∞ where the two never meet. Daille (1994).
pub fn pmi2(table: &Table) -> Option<f64> {
    occur(table).then(|| log_quotient(table, 2))
}

/// ln(O₁₁³/E₁₁); −∞ where the two never meet. Daille (1994).
pub fn pmi3(table: &Table) -> Option<f64> {
    occur(table).then(|| log_quotient(table, 3))
}

/// ln(O₁₁ᵏ/E₁₁). Near independence ln(O/E) is taken from the exact excess, so that it cannot contradict the sign.
fn log_quotient(table: &Table, k: i32) -> f64 {
    let e11 = table.e11();
    let relative = table.excess() / e11;
    let base = if table.o11() == 0 {
        return f64::NEG_INFINITY;
    } else if relative.abs() < 0.5 {
        relative.ln_1p()
    } else {
        ratio(table.o11(), e11).ln()
    };
    base + f64::from(k - 1) * (table.o11() as f64).ln()
}

/// PMI / −ln(O₁₁/n), from −1 (never together; by limit) over 0 (independent) to 1 (never apart). Bouma (2009).
pub fn npmi(table: &Table) -> Option<f64> {
    occur(table).then(|| {
        if table.o11() == 0 {
            -1.0
        } else if table.o12() == 0 && table.o21() == 0 {
            1.0
        } else {
            let information = -ratio(table.o11(), table.n() as f64).ln();
            // Rounding must not carry the quotient out of the range that the formula has.
            (log_quotient(table, 1) / information).clamp(-1.0, 1.0)
        }
    })
}

/// 14 + log₂ of [`dice`]: at most 14, −∞ where the two never meet; one point is a factor of 2. Rychlý (2008).
pub fn log_dice(table: &Table) -> Option<f64> {
    dice(table).map(|d| 14.0 + d.log2())
}

/// 2·O₁₁/(R₁ + C₁), from 0 to 1. Dice (1945).
pub fn dice(table: &Table) -> Option<f64> {
    occur(table).then(|| 2.0 * ratio(table.o11(), table.r1() as f64 + table.c1() as f64))
}

/// O₁₁/(O₁₁ + O₁₂ + O₂₁), from 0 to 1. Jaccard (1912).
pub fn jaccard(table: &Table) -> Option<f64> {
    occur(table).then(|| ratio(table.o11(), table.r1() as f64 + table.o21() as f64))
}

/// min(O₁₁/R₁, O₁₁/C₁), from 0 to 1. Pedersen & Bruce (1996).
pub fn min_sensitivity(table: &Table) -> Option<f64> {
    occur(table).then(|| ratio(table.o11(), table.r1().max(table.c1()) as f64))
}

/// (O₁₁ − E₁₁)/√O₁₁; −∞ where the two never meet. Church, Gale, Hanks & Hindle (1991).
pub fn t_score(table: &Table) -> Option<f64> {
    occur(table).then(|| match table.o11() {
        0 => f64::NEG_INFINITY,
        joint => table.excess() / (joint as f64).sqrt(),
    })
}

/// (O₁₁ − E₁₁)/√E₁₁. Berry-Rogghe (1973), as simplified by Evert (2005).
pub fn z_score(table: &Table) -> Option<f64> {
    occur(table).then(|| table.excess() / table.e11().sqrt())
}

/// O₁₁·ln(O₁₁/E₁₁): the contribution of the pair to the mutual information; 0 by limit where the two never meet.
/// Evert (2005).
pub fn local_mi(table: &Table) -> Option<f64> {
    occur(table).then(|| match table.o11() {
        0 => 0.0,
        joint => joint as f64 * log_quotient(table, 1),
    })
}
