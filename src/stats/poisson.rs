//! Counts as rates: exact intervals and the exact comparison of two rates.

use super::exact::beta_quantile_logit;
use super::special::ln_gamma;

/// Lower and upper tail of the gamma distribution with shape `a` at `x`: series below a + 1, continued fraction above
/// (Abramowitz & Stegun 6.5.29, 6.5.31).
fn gamma_tails(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
        while term > sum * f64::EPSILON / 8.0 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        let lower = (front * sum).min(1.0);
        (lower, 1.0 - lower)
    } else {
        // Lentz's method.
        let tiny = 1e-300;
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / tiny;
        let mut d = 1.0 / b;
        let mut h = d;
        let mut i = 1.0;
        while i < 1e6 {
            let an = -i * (i - a);
            b += 2.0;
            let lifted = an * d + b;
            d = 1.0 / if lifted.abs() < tiny { tiny } else { lifted };
            let carried = b + an / c;
            c = if carried.abs() < tiny { tiny } else { carried };
            let step = d * c;
            h *= step;
            if (step - 1.0).abs() < f64::EPSILON {
                break;
            }
            i += 1.0;
        }
        let upper = (front * h).min(1.0);
        (1.0 - upper, upper)
    }
}

/// The x at which a falling or rising function of x crosses 0, by bisection to the last bit.
fn crossing(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Exact interval of the mean of a Poisson variable that was observed as `count`, at `level` such as 0.95.
///
/// Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28, 437–442: half the χ² quantiles with
/// `2·count` and `2·count + 2` degrees of freedom. The lower bound of 0 is 0.
pub fn garwood(count: u64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let k = count as f64;
    let far = k + 10.0 * (k + 10.0).sqrt() * (1.0 - tail.max(1e-300).ln() / 10.0);
    let low = if count == 0 {
        0.0
    } else {
        crossing(0.0, far, |x| gamma_tails(k, x).0 < tail)
    };
    (low, crossing(0.0, far, |x| gamma_tails(k + 1.0, x).1 > tail))
}

/// ln of the binomial probability of `k` in `n` with chance `p` in (0, 1).
fn ln_binomial(k: f64, n: f64, p: f64) -> f64 {
    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0) + k * p.ln() + (n - k) * (-p).ln_1p()
}

/// Exact interval of the ratio of two Poisson rates, the first over the second, at `level` such as 0.95.
///
/// Given the sum of the counts the first is binomial; the bounds of its chance *π* (Clopper & Pearson 1934, *Biometrika* 26,
/// 404–413) carry over by π/(1 − π) · exposure₂/exposure₁, as in Przyborowski & Wilenski (1940, *Biometrika* 31, 313–323). The lower
/// bound is 0 where the first count is 0, the upper one infinite where the second is 0. `None` where an exposure is not
/// positive or both counts are 0.
pub fn rate_ratio_bounds(count: (u64, u64), exposure: (f64, f64), level: f64) -> Option<(f64, f64)> {
    if count.0 + count.1 == 0 || exposure.0 <= 0.0 || exposure.1 <= 0.0 {
        return None;
    }
    let (a, b) = (count.0 as f64, count.1 as f64);
    let tail = (1.0 - level) / 2.0;
    let scale = exposure.1 / exposure.0;
    let low = if count.0 == 0 {
        0.0
    } else {
        beta_quantile_logit(a, b + 1.0, tail).exp() * scale
    };
    let high = if count.1 == 0 {
        f64::INFINITY
    } else {
        beta_quantile_logit(a + 1.0, b, 1.0 - tail).exp() * scale
    };
    Some((low, high))
}

/// Exact two-sided p of the equality of two Poisson rates: given the sum, the first count is binomial with the share of the
/// first exposure, and all counts that are no more probable than what was observed are summed.
///
/// Przyborowski, J. & Wilenski, H. (1940). *Biometrika* 31, 313–323. `None` where an exposure is not positive or both counts
/// are 0.
pub fn equal_rates_p(count: (u64, u64), exposure: (f64, f64)) -> Option<f64> {
    let n = count.0 + count.1;
    if n == 0 || exposure.0 <= 0.0 || exposure.1 <= 0.0 {
        return None;
    }
    let p = exposure.0 / (exposure.0 + exposure.1);
    let observed = ln_binomial(count.0 as f64, n as f64, p);
    // Ties in exact arithmetic differ in the last bits.
    let sum: f64 = (0..=n)
        .map(|k| ln_binomial(k as f64, n as f64, p))
        .filter(|&l| l <= observed + 1e-7)
        .map(f64::exp)
        .sum();
    Some(sum.clamp(f64::from_bits(1), 1.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn intervals_as_scipy() {
        // scipy 1.17.1: chi2.ppf(0.025, 2k)/2, chi2.ppf(0.975, 2k + 2)/2; made by tests/golden/make_rates.py
        for line in include_str!("../../tests/golden/garwood.csv").lines().skip(1) {
            let f: Vec<f64> = line.split(',').take(4).map(|v| v.parse().unwrap()).collect();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let (low, high) = garwood(f[0] as u64, f[1]);
            assert!((low - f[2]).abs() <= 1e-9 * f[2].max(1.0), "{line}: {low}");
            assert!((high - f[3]).abs() <= 1e-9 * f[3].max(1.0), "{line}: {high}");
        }
    }

    #[test]
    fn comparison_as_scipy() {
        // scipy 1.17.1: binomtest(k, n, p).pvalue; made by tests/golden/make_rates.py
        for line in include_str!("../../tests/golden/equal_rates.csv").lines().skip(1) {
            let f: Vec<f64> = line.split(',').take(5).map(|v| v.parse().unwrap()).collect();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let p = equal_rates_p((f[0] as u64, f[1] as u64), (f[2], f[3])).unwrap();
            assert!((p - f[4]).abs() <= 1e-9 * f[4], "{line}: {p}");
        }
        assert_eq!(equal_rates_p((0, 0), (1.0, 1.0)), None);
        assert_eq!(equal_rates_p((1, 0), (0.0, 1.0)), None);
    }
}
