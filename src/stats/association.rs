//! Association of a node (row) and a collocate (column).
//!
//! Null where node or collocate does not occur in the sample at all.

use super::contingency::Table;
use super::special::deviance_unit;

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

/// (|O₁₁ − E₁₁| − ½)/√E₁₁ with the sign of O₁₁ − E₁₁, and 0 where the two differ by less than ½: [`z_score`] with Yates's
/// continuity correction. Yates (1934); Evert (2005).
pub fn z_score_yates(table: &Table) -> Option<f64> {
    occur(table).then(|| table.signed((table.excess().abs() - 0.5).max(0.0) / table.e11().sqrt()))
}

/// 2·(O₁₁·ln(O₁₁/E₁₁) − (O₁₁ − E₁₁)) with the sign of O₁₁ − E₁₁: the log-likelihood ratio of one Poisson count. Evert
/// (2008).
pub fn simple_log_likelihood(table: &Table) -> Option<f64> {
    occur(table).then(|| {
        let e11 = table.e11();
        table.signed(2.0 * e11 * deviance_unit(table.excess() / e11))
    })
}

/// O₁₁·(ln(O₁₁/E₁₁) − 1); 0 by limit where the two never meet. Quasthoff & Wolff (2002), as given by Evert (2005).
pub fn poisson_stirling(table: &Table) -> Option<f64> {
    occur(table).then(|| match table.o11() {
        0 => 0.0,
        joint => joint as f64 * (log_quotient(table, 1) - 1.0),
    })
}

/// ln(O₁₁/E₁₁)·ln(O₁₁ + 1); 0 by limit where the two never meet, for x·ln x goes to 0.
/// Kilgarriff & Tugwell (2001).
pub fn pmi_log_frequency(table: &Table) -> Option<f64> {
    occur(table).then(|| match table.o11() {
        0 => 0.0,
        joint => log_quotient(table, 1) * (joint as f64).ln_1p(),
    })
}

/// O₁₁/√(R₁·C₁), from 0 to 1: the geometric mean of the two conditional probabilities (Ochiai's coefficient, the cosine of
/// the two). Ochiai (1957); Evert (2005).
pub fn geometric_mean(table: &Table) -> Option<f64> {
    // Rounding must not carry it beyond 1.
    occur(table).then(|| {
        let (r1, c1) = (table.r1() as f64, table.c1() as f64);
        (table.o11() as f64 / (r1 * c1).sqrt()).min(1.0)
    })
}

/// (O₁₁·O₂₂ − O₁₂·O₂₁)/√(R₁·R₂·C₁·C₂), from −1 to 1: the correlation of the two. Pearson (1900); Yule (1912).
pub fn phi(table: &Table) -> Option<f64> {
    table.has_full_margins().then(|| {
        let rows = (table.r1() as f64 * table.r2() as f64).sqrt();
        let columns = (table.c1() as f64 * table.c2() as f64).sqrt();
        (table.determinant() / rows / columns).clamp(-1.0, 1.0)
    })
}

/// O₁₁·ln(O₁₁/E₁₁): the contribution of the pair to the mutual information; 0 by limit where the two never meet.
/// Evert (2005).
pub fn local_mi(table: &Table) -> Option<f64> {
    occur(table).then(|| match table.o11() {
        0 => 0.0,
        joint => joint as f64 * log_quotient(table, 1),
    })
}
