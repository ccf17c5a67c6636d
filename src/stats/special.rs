//! Special functions with log tails.
//!
//! p-values of text comparisons leave the range of a double long before they leave the range of interest: the
//! logarithm is computed directly and stays finite for every finite statistic.

use std::f64::consts::{FRAC_2_SQRT_PI, PI};

/// Below this, `1 − erf` keeps enough digits; above it the continued fraction converges fast.
const SWITCH: f64 = 2.0;

/// ln P(X > `statistic`) for X distributed as χ² with one degree of freedom, which is ln erfc(√(x/2)).
///
/// 0 for a statistic of 0 or less, NaN for NaN. Relative error below 10⁻¹³.
pub fn log_chi_squared_tail(statistic: f64) -> f64 {
    if statistic <= 0.0 {
        return 0.0;
    }
    let half = statistic / 2.0;
    log_erfc(half.sqrt(), half)
}

/// ln erfc(x) for x ≥ 0, given x² as well (who has the square exactly should not lose it to a square root).
fn log_erfc(x: f64, square: f64) -> f64 {
    if x < SWITCH {
        // erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5 … (2n+1)); all terms positive (Abramowitz & Stegun 7.1.6).
        let mut term = x;
        let mut sum = x;
        let mut odd = 1.0;
        while term > sum * f64::EPSILON / 4.0 {
            odd += 2.0;
            term *= 2.0 * square / odd;
            sum += term;
        }
        (-FRAC_2_SQRT_PI * (-square).exp() * sum).ln_1p()
    } else {
        // √π e^(x²) erfc(x) = 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))) (7.1.14), from the far end.
        // Depth 16 + 400/x² is past the last bit from x = 2 on; a test compares with 50-digit values.
        let depth = 16.0 + (400.0 / square).ceil();
        let mut k = depth;
        let mut fraction = x;
        while k >= 1.0 {
            fraction = x + k / 2.0 / fraction;
            k -= 1.0;
        }
        -square - 0.5 * PI.ln() - fraction.ln()
    }
}

/// A p-value from its logarithm: never 0, because the smallest positive double (5·10⁻³²⁴) stands for all below it.
pub fn p_from_log(log_p: f64) -> f64 {
    log_p.exp().max(f64::from_bits(1))
}

/// P(Z ≤ z) of the standard normal distribution; relative error below 10⁻¹³ on either tail.
pub fn normal_cdf(z: f64) -> f64 {
    let half = z * z / 2.0;
    let tail = 0.5 * log_erfc(half.sqrt(), half).exp();
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The z with P(Z ≤ z) = `p`; −∞ for 0, ∞ for 1, NaN outside `[0, 1]`.
///
/// Starts from the rational approximation 26.2.23 of Abramowitz & Stegun (1964), which has three digits, and triples them
/// three times by Halley's method.
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let t = (-2.0 * p.ln()).sqrt();
    let mut z = (2.515_517 + t * (0.802_853 + t * 0.010_328))
        / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)))
        - t;
    for _ in 0..3 {
        let off = (normal_cdf(z) / p - 1.0) * p * (2.0 * PI).sqrt() * (z * z / 2.0).exp();
        z -= off / (1.0 + z * off / 2.0);
    }
    z
}

/// `(1 + t)·ln(1 + t) − t` for `t ≥ −1`, without cancellation near 0: what a cell with `observed = expected·(1 + t)` adds,
/// per unit expected, to half of G².
pub fn deviance_unit(t: f64) -> f64 {
    if t <= -1.0 {
        1.0
    } else if t.abs() < 0.1 {
        // Σ (−t)^k / (k (k−1)), k from 2: alternating or positive, 18 terms reach the last bit at |t| = 0.1.
        let mut power = t * t;
        let mut sum = 0.0;
        for k in 2..20_u32 {
            let k = f64::from(k);
            sum += power / (k * (k - 1.0));
            power *= -t;
        }
        sum
    } else {
        (1.0 + t) * t.ln_1p() - t
    }
}

/// ln m! − (m·ln m − m): ½ ln(2πm) and Stirling's series; 0 for 0. Real `m ≥ 0`.
///
/// Below 16 by stepping up, Γ(m + 1) = Γ(m + 2)/(m + 1); above the series reaches the last bit.
pub fn stirling(m: f64) -> f64 {
    if m <= 0.0 {
        return 0.0;
    }
    let xlogx = |x: f64| x * x.ln() - x;
    if m < 16.0 {
        let (mut x, mut product) = (m, 1.0);
        while x < 16.0 {
            x += 1.0;
            product *= x;
        }
        return stirling(x) + xlogx(x) - product.ln() - xlogx(m);
    }
    let square = m * m;
    let series = (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square)
        / m;
    0.5 * (2.0 * std::f64::consts::PI * m).ln() + series
}

/// ln Γ(x) for x > 0; ∞ for 0, NaN below. Absolute error of a few last bits of x·ln x.
///
/// Γ(x) = (x − 1)! by [`stirling`]; below 1, Γ(x) = Γ(x + 1)/x.
pub fn ln_gamma(x: f64) -> f64 {
    if x < 0.0 || x.is_nan() {
        return f64::NAN;
    }
    if x < 1.0 {
        return ln_gamma(x + 1.0) - x.ln();
    }
    let m = x - 1.0;
    if m > 0.0 {
        m * m.ln() - m + stirling(m)
    } else {
        0.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::unreadable_literal, clippy::excessive_precision)]
mod tests {
    use super::*;

    #[test]
    fn stirling_gives_factorials() {
        for m in 1..150_u32 {
            let log: f64 = (1..=m).map(|i| f64::from(i).ln()).sum();
            let m = f64::from(m);
            assert!((stirling(m) + m * m.ln() - m - log).abs() < 1e-11, "{m}");
        }
    }

    #[test]
    fn ln_gamma_as_mpmath() {
        // mpmath 1.4.1, mp.dps = 50: loggamma(mpf(x))
        for (x, expected) in [
            (0.1, 2.2527126517342059),
            (0.5, 0.57236494292470009),
            (1.5, -0.12078223763524522),
            (2.0, 0.0),
            (3.7, 1.4280723266653881),
            (10.0, 12.80182748008147),
            (16.9, 30.391812324394873),
            (17.0, 30.671860106080673),
            (101.5, 366.04569819527675),
            (1e6, 12815504.569147612),
            (1e12, 26631021115915.652),
        ] {
            assert!(
                (ln_gamma(x) - expected).abs() <= 4e-15 * expected.abs().max(x.max(1.0)),
                "{x}: {}",
                ln_gamma(x)
            );
        }
        assert!(ln_gamma(0.0).is_infinite() && ln_gamma(-0.5).is_nan());
    }

    #[test]
    fn normal_quantiles_as_scipy() {
        // scipy.stats.norm.ppf
        for (p, z) in [
            (0.975, 1.959963984540054),
            (0.5, 0.0),
            (0.001, -3.090232306167813),
            (1e-10, -6.361340902404056),
            (0.8413447460685429, 1.0),
        ] {
            assert!(
                (normal_quantile(p) - z).abs() < 1e-13 * z.abs().max(1.0),
                "{p}: {}",
                normal_quantile(p)
            );
            assert!((normal_cdf(z) - p).abs() <= 1e-14 * p.max(1e-3));
        }
        assert!(normal_quantile(0.0) == f64::NEG_INFINITY && normal_quantile(1.1).is_nan());
    }

    #[test]
    fn log_tail_agrees_with_fifty_digits() {
        // mpmath 1.4.1, mp.dps = 50: log(erfc(sqrt(mpf(x)/2)))
        for (x, expected) in REFERENCE {
            let got = log_chi_squared_tail(x);
            assert!(
                ((got - expected) / expected).abs() < 1e-13,
                "{x}: {got} instead of {expected}"
            );
        }
    }

    #[test]
    fn ends_of_the_range() {
        assert!(log_chi_squared_tail(0.0).abs() < f64::MIN_POSITIVE);
        assert!(log_chi_squared_tail(f64::NAN).is_nan());
        assert!(log_chi_squared_tail(1e300).is_finite());
        assert!(p_from_log(-1e300) > 0.0);
        assert!((p_from_log(0.0) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn deviance_is_continuous_where_the_formulas_meet() {
        for t in [0.1_f64, -0.1] {
            let below = deviance_unit(t * (1.0 - 1e-15));
            let above = deviance_unit(t);
            assert!(((below - above) / above).abs() < 1e-13);
        }
        assert!((deviance_unit(-1.0) - 1.0).abs() < f64::EPSILON);
        assert!((deviance_unit(1e-9) - 5e-19).abs() < 1e-27);
    }

    const REFERENCE: [(f64, f64); 18] = [
        (1e-12, -7.9788487911278787e-7),
        (1e-06, -0.00079820290701986934),
        (0.01, -0.083007412170328012),
        (0.5, -0.7350111298370844),
        (1.0, -1.1478744644493182),
        (3.841458820694124, -2.9957322735539898),
        (6.5, -4.5293719266698328),
        (7.9999999, -5.3649412093896273),
        (8.0, -5.3649412646166376),
        (8.0000001, -5.3649413198436473),
        (10.0, -6.4596124541501218),
        (25.0, -14.37185121342878),
        (71.0, -37.870751242912739),
        (270.72, -138.38999423861995),
        (1500.0, -753.88306710538243),
        (20000.0, -10005.177585122664),
        (1000000.0, -500007.13354763162),
        (1000000000000.0, -500000000014.0413),
    ];
}
