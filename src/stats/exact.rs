//! Exact inference on a 2×2 table: Fisher's test and bounds for the ratio of two rates.
//!
//! Counts of text reach 10¹² and p-values 10⁻¹⁰⁰⁰: everything is a logarithm, and sums over the hypergeometric
//! distribution stop where terms no longer matter, or become integrals where they would be millions.

use super::contingency::Table;
use super::special::{deviance_unit, normal_quantile, stirling};

/// Tables that are less probable than the observed one by no more than this relative amount count as equally probable,
/// as in R's `fisher.test`: their probabilities are equal up to rounding.
const TIE: f64 = 1e-7;

/// The hypergeometric distribution of one cell, given the sums of the table, with the probability of every value.
///
/// ln P = −G²/2 + Σ s(margins) − s(n) − Σ s(cells), where s is [`stirling`]: the large terms of the factorials cancel in
/// G², which is computed without loss, so that the result has the same digits for any size.
struct Hypergeometric {
    row: f64,
    column: f64,
    n: f64,
    low: f64,
    high: f64,
    /// The observed value, and its excess over the expectation without cancellation.
    observed: f64,
    excess: f64,
    margins: f64,
}

impl Hypergeometric {
    fn new(table: &Table) -> Self {
        let [row, column, n] = [table.r1(), table.c1(), table.n()].map(|v| v as f64);
        let (r2, c2) = (table.r2() as f64, table.c2() as f64);
        Self {
            row,
            column,
            n,
            low: table.c1().saturating_sub(table.r2()) as f64,
            high: table.r1().min(table.c1()) as f64,
            observed: table.o11() as f64,
            excess: table.excess(),
            margins: [row, r2, column, c2].map(stirling).iter().sum::<f64>() - stirling(n),
        }
    }

    /// ln P(cell = k) for real `k` between `low` and `high`.
    fn log_p(&self, k: f64) -> f64 {
        let (row, column, n) = (self.row, self.column, self.n);
        let expected = row * (column / n);
        let excess = self.excess + (k - self.observed);
        let cells = [
            (expected, excess, k),
            (row * ((n - column) / n), -excess, row - k),
            ((n - row) * (column / n), -excess, column - k),
            ((n - row) * ((n - column) / n), excess, (n - row) - (column - k)),
        ];
        cells.iter().fold(self.margins, |sum, &(e, d, cell)| {
            sum - e * deviance_unit((d / e).max(-1.0)) - stirling(cell.max(0.0))
        })
    }

    /// P(k + step)/P(k), for `step` of 1 or −1.
    fn ratio(&self, k: f64, step: f64) -> f64 {
        let rest = self.n - self.row - self.column;
        if step > 0.0 {
            (self.row - k) * (self.column - k) / ((k + 1.0) * (rest + k + 1.0))
        } else {
            k * (rest + k) / ((self.row - k + 1.0) * (self.column - k + 1.0))
        }
    }

    fn mode(&self) -> f64 {
        ((self.row + 1.0) * ((self.column + 1.0) / (self.n + 2.0)))
            .floor()
            .clamp(self.low, self.high)
    }

    /// ln of the sum of P from `k` outwards, `k` not nearer to the mode than a step towards `step`.
    fn log_tail(&self, k: f64, step: f64) -> f64 {
        let first = self.ratio(k, step);
        let end = if step > 0.0 { self.high } else { self.low };
        let length = (end - k).abs();
        let variance =
            self.row * (self.column / self.n) * ((self.n - self.row) / self.n) * (self.n - self.column)
                / (self.n - 1.0).max(1.0);
        let at = self.log_p(k);
        if variance < 1e7 || first < 0.999 || length < 1e4 {
            let (mut sum, mut term, mut place) = (1.0, 1.0, k);
            while (place - end).abs() > 0.5 {
                term *= self.ratio(place, step);
                place += step;
                sum += term;
                if term < sum * 1e-17 {
                    break;
                }
            }
            return at + f64::ln(sum);
        }
        // Euler–Maclaurin: Σ from k on is ∫ + f(k)/2 − f'(k)/12 + …, with f' outwards; the next term is below 10⁻¹¹ here.
        let slope = f64::midpoint(first.ln(), -self.ratio(k, -step).ln());
        let relative = |x: f64| (self.log_p(k + step * x) - at).exp();
        let mut reach = variance.sqrt();
        while reach < length && relative(reach) > 1e-18 {
            reach *= 2.0;
        }
        let reach = reach.min(length);
        let panels = 4000_u32;
        let width = reach / f64::from(panels);
        let mut sum = 1.0 + relative(reach);
        for i in 1..panels {
            sum += relative(width * f64::from(i)) * if i % 2 == 1 { 4.0 } else { 2.0 };
        }
        at + (sum * width / 3.0 + 0.5 - slope / 12.0).ln()
    }

    /// The value on the other side of the mode, nearest to it, that is not more probable than `limit`; `None` if all are.
    fn opposite(&self, limit: f64, step: f64) -> Option<f64> {
        let (mut inner, mut outer) = if step > 0.0 {
            (self.mode(), self.high)
        } else {
            (self.mode(), self.low)
        };
        if self.log_p(outer) > limit {
            return None;
        }
        if self.log_p(inner) <= limit {
            return Some(inner);
        }
        while (outer - inner).abs() > 1.0 {
            let middle = f64::midpoint(inner, outer).floor();
            if self.log_p(middle) <= limit {
                outer = middle;
            } else {
                inner = middle;
            }
        }
        Some(outer)
    }
}

/// ln of the two-sided p of Fisher's exact test: the sum over all tables with these sums that are not more probable than
/// the observed one. `None` where a sum of the table is 0. Fisher (1935); two-sided as in R's `fisher.test`.
pub fn fisher_log_p(table: &Table) -> Option<f64> {
    if !table.has_full_margins() {
        return None;
    }
    let law = Hypergeometric::new(table);
    let observed = table.o11() as f64;
    let mode = law.mode();
    let limit = law.log_p(observed) + TIE;
    // Near the mode two neighbours can be equally probable, whichever of them is called the mode.
    if law.log_p(mode) <= limit {
        return Some(0.0);
    }
    let step = if observed > mode { 1.0 } else { -1.0 };
    let near = law.log_tail(observed, step);
    let sum = match law.opposite(limit, -step) {
        None => near,
        Some(other) => {
            let far = law.log_tail(other, -step);
            let (large, small) = if near >= far { (near, far) } else { (far, near) };
            large + (small - large).exp().ln_1p()
        }
    };
    Some(sum.min(0.0))
}

/// Regularised incomplete beta function `I_x(a, b)` and the density at x, for `a, b ≥ 1`, from logit(x).
fn beta_cdf(a: f64, b: f64, logit: f64) -> (f64, f64) {
    let x = 1.0 / (1.0 + (-logit).exp());
    let y = 1.0 / (1.0 + logit.exp());
    // ln of x^a y^b / B(a, b), the large parts paired so that they cancel before they are summed.
    let n = a + b;
    let (ea, eb) = (n * x, n * y);
    let log_front =
        -(ea * deviance_unit((a - ea) / ea) + eb * deviance_unit((b - eb) / eb)) - stirling(a) - stirling(b)
            + stirling(n)
            + (a * (b / n)).ln();
    let front = log_front.exp();
    let upper = x > (a + 1.0) / (n + 2.0);
    let (p, q, z) = if upper { (b, a, y) } else { (a, b, x) };
    // Continued fraction of DLMF 8.17.22, by Lentz's method.
    let tiny = 1e-300;
    let (mut c, mut d) = (1.0, 1.0 - (p + q) * z / (p + 1.0));
    if f64::abs(d) < tiny {
        d = tiny;
    }
    d = 1.0 / d;
    let mut h = d;
    let mut m = 1.0;
    loop {
        let even = m * (q - m) * z / ((p + 2.0 * m - 1.0) * (p + 2.0 * m));
        let odd = -(p + m) * (p + q + m) * z / ((p + 2.0 * m) * (p + 2.0 * m + 1.0));
        let mut change = 1.0;
        for step in [even, odd] {
            d = 1.0 + step * d;
            c = 1.0 + step / c;
            if f64::abs(d) < tiny {
                d = tiny;
            }
            if f64::abs(c) < tiny {
                c = tiny;
            }
            d = 1.0 / d;
            change = d * c;
            h *= change;
        }
        m += 1.0;
        if f64::abs(change - 1.0) < 1e-15 || m > 100_000.0 {
            break;
        }
    }
    let below = front * h / p;
    // The density of logit(x) is x^a y^b / B(a, b).
    (if upper { 1.0 - below } else { below }, front)
}

/// logit of the `p`-quantile of the beta distribution with parameters `a, b ≥ 1`; relative error about 10⁻⁹.
///
/// Beyond 10⁵ in both parameters by the Cornish–Fisher expansion of the log of an F ratio (Abramowitz & Stegun 26.5.22 and
/// 26.6.16), whose error is of the order of 1/a² there; else by Newton's method from it.
pub(crate) fn beta_quantile_logit(a: f64, b: f64, p: f64) -> f64 {
    let z = normal_quantile(p);
    let lambda = (z * z - 3.0) / 6.0;
    let (u, v) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (u + v);
    let w = z * (h + lambda).max(0.1).sqrt() / h - (v - u) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
    let start = 2.0 * w + (a / b).ln();
    if a > 1e5 && b > 1e5 {
        return start;
    }
    let (mut low, mut high) = (-745.0_f64, 745.0_f64);
    let mut at = start.clamp(-740.0, 740.0);
    for _ in 0..200 {
        let (cdf, density) = beta_cdf(a, b, at);
        if cdf < p {
            low = at;
        } else {
            high = at;
        }
        let next = at - (cdf - p) / density;
        let next = if next > low && next < high {
            next
        } else {
            f64::midpoint(low, high)
        };
        if (next - at).abs() <= 1e-13 * at.abs().max(1.0) {
            return next;
        }
        at = next;
    }
    at
}

/// Lower and upper exact bound of log₂ of the ratio of two Poisson rates, each missed with probability `tail`: given their
/// sum, O11 is binomial, and the bounds are those of Clopper & Pearson (1934). −∞ and ∞ where a side has none.
pub fn log_ratio_bounds(table: &Table, tail: f64) -> (f64, f64) {
    let (x, y) = (table.o11() as f64, table.o21() as f64);
    let sizes = (table.r2() as f64 / table.r1() as f64).ln();
    let bound = |logit: f64| (logit + sizes) / std::f64::consts::LN_2;
    let low = if x > 0.0 {
        bound(beta_quantile_logit(x, y + 1.0, tail))
    } else {
        f64::NEG_INFINITY
    };
    let high = if y > 0.0 {
        bound(-beta_quantile_logit(y, x + 1.0, tail))
    } else {
        f64::INFINITY
    };
    (low, high)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::unreadable_literal)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one_and_tails_agree_with_plain_sums() {
        let table = Table::from_cells(7, 23, 11, 59).unwrap();
        let law = Hypergeometric::new(&table);
        let all: f64 = (0..=18).map(|k| law.log_p(f64::from(k)).exp()).sum();
        assert!((all - 1.0).abs() < 1e-12, "{all}");
        let tail: f64 = (9..=18).map(|k| law.log_p(f64::from(k)).exp()).sum();
        assert!((law.log_tail(9.0, 1.0) - tail.ln()).abs() < 1e-11);
    }

    /// The integral and the sum must agree where both can be had.
    #[test]
    fn integral_and_sum_agree() {
        let table = Table::from_cells(100_003_000, 300_000_000, 200_000_000, 600_000_000).unwrap();
        let law = Hypergeometric::new(&table);
        let k = law.mode() + 9000.0;
        let by_integral = law.log_tail(k, 1.0);
        let (mut sum, mut term, mut place) = (1.0, 1.0, k);
        while term > 1e-18 {
            term *= law.ratio(place, 1.0);
            place += 1.0;
            sum += term;
        }
        let by_sum = law.log_p(k) + f64::ln(sum);
        assert!((by_integral - by_sum).abs() < 1e-9, "{by_integral} {by_sum}");
    }

    #[test]
    fn beta_quantiles_as_scipy() {
        // scipy.stats.beta.ppf(p, a, b)
        for (a, b, p, x) in [
            (7.0, 3.0, 0.05, 0.45035841),
            (1.0, 1.0, 0.3, 0.3),
            (1.0, 10.0, 0.025, 1.0 - 0.975_f64.powf(0.1)),
        ] {
            let got = 1.0 / (1.0 + (-beta_quantile_logit(a, b, p)).exp());
            assert!((got - x).abs() < 1e-7, "{a} {b} {p}: {got}");
        }
    }

    #[test]
    fn quantile_inverts_and_meets_the_expansion() {
        for (a, b) in [(1.0, 1e6), (3.5, 900.0), (99_999.0, 200_000.0), (1e5, 1e5)] {
            for p in [1e-6, 0.025, 0.6, 0.999] {
                let logit = beta_quantile_logit(a, b, p);
                assert!((beta_cdf(a, b, logit).0 / p - 1.0).abs() < 1e-8, "{a} {b} {p}");
            }
        }
        let below = beta_quantile_logit(1e5, 1e5, 0.01);
        let above = beta_quantile_logit(1e5 + 1e-3, 1e5 + 1e-3, 0.01);
        assert!(((below - above) / below).abs() < 1e-7);
    }
}
