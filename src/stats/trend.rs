//! Trends of counts over time.

use rayon::prelude::*;

use super::inference::Inference;
use super::poisson::garwood;
use super::rank::{Kendall, kendall};
use super::resample::{as_extreme, enough, permutation_p};
use super::special::{normal_cdf, normal_quantile};
use crate::error::{Error, Result};
use crate::run::Watch;

/// One document: its time, the occurrences counted in it, its tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When.
    pub time: f64,
    /// Occurrences.
    pub count: u64,
    /// Tokens.
    pub tokens: u64,
}

/// Rates by period, periods ascending.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Periods {
    /// The time that the documents of the period share.
    pub time: Vec<f64>,
    /// Documents.
    pub documents: Vec<u64>,
    /// Occurrences.
    pub count: Vec<u64>,
    /// Tokens.
    pub tokens: Vec<u64>,
    /// Exact Poisson interval of the rate per token (Garwood 1936); `None` without tokens.
    pub exact: Vec<Option<(f64, f64)>>,
    /// Bootstrap interval of the rate per token; `None` without resamples or with fewer than three documents that have tokens.
    pub bootstrap: Vec<Option<(f64, f64)>>,
}

/// The trend over all documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slope {
    /// Change of the logarithm of the rate per unit of time: Poisson regression with the tokens as offset. `None` where it does not exist
    /// (no occurrences, one time only, or all occurrences at one end).
    pub slope: Option<f64>,
    /// Its standard error, robust to any dispersion: sandwich over documents with the factor N / (N − 2) (White 1980; HC1).
    pub se_robust: Option<f64>,
    /// Wald's interval of the slope, slope ± z·`se_robust` with z the normal quantile at (1 + level)/2. Wald, A. (1943). Tests of
    /// statistical hypotheses concerning several parameters when the number of observations is large. *Transactions of the AMS*
    /// 54(3), 426–482. `None` where the robust standard error is.
    pub bounds: Option<(f64, f64)>,
    /// Its standard error by the quasi-Poisson dispersion.
    pub se_quasi: Option<f64>,
    /// Pearson's dispersion X² / (N − 2): 1 for Poisson counts, greater where words cluster in documents.
    pub dispersion: Option<f64>,
    /// Two-sided normal p-value of slope / robust standard error.
    pub p: Option<f64>,
    /// Two-sided permutation p-value of the slope.
    pub p_permutation: Option<f64>,
    /// Kendall's S of the rates of the periods, see [`super::rank::kendall`]. Mann (1945), *Econometrica* 13.
    pub kendall_s: f64,
    /// Kendall's τ-b of the rates of the periods.
    pub kendall_tau: Option<f64>,
    /// Two-sided normal p-value of S with the correction for ties and continuity. `None` for fewer than three periods.
    pub kendall_p: Option<f64>,
    /// Median of the slopes between all pairs of periods, rate per token and unit of time. Theil (1950); Sen (1968), *JASA* 63.
    pub theil_sen: Option<f64>,
    /// Lower and upper bound of that by Sen's method.
    pub theil_sen_bounds: Option<(f64, f64)>,
}

/// Poisson regression of counts on time with the tokens as exposure: intercept, slope.
fn regress(points: &[Point], times: &[f64]) -> Option<(f64, f64)> {
    let used = || points.iter().zip(times).filter(|(p, _)| p.tokens > 0);
    let (count, tokens) = used().fold((0.0, 0.0), |s, (p, _)| {
        (s.0 + p.count as f64, s.1 + p.tokens as f64)
    });
    if count <= 0.0 {
        return None;
    }
    let (mut a, mut b) = ((count / tokens).ln(), 0.0);
    for _ in 0..100 {
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (p, &t) in used() {
            let (y, mean) = (p.count as f64, p.tokens as f64 * (a + b * t).exp());
            ga += y - mean;
            gb += (y - mean) * t;
            haa += mean;
            hab += mean * t;
            hbb += mean * t * t;
        }
        let determinant = haa * hbb - hab * hab;
        if !(determinant > 1e-12 * haa * hbb && determinant.is_finite()) {
            return None;
        }
        let (da, db) = (
            (hbb * ga - hab * gb) / determinant,
            (haa * gb - hab * ga) / determinant,
        );
        let most = da.abs().max(db.abs());
        let scale = if most > 2.0 { 2.0 / most } else { 1.0 };
        a += da * scale;
        b += db * scale;
        if most < 1e-12 * (1.0 + a.abs().max(b.abs())) {
            return (a.abs().max(b.abs()) < 500.0).then_some((a, b));
        }
    }
    None
}

/// Rates by period, and the slope over the documents.
///
/// Times are exchanged between documents; the documents of each period are drawn again. One step of the watch a replicate.
///
/// # Errors
/// [`Error::Data`] for a time that is not finite; as [`Inference::check`].
pub fn trend(points: &[Point], inference: &Inference, watch: &Watch) -> Result<(Periods, Slope)> {
    inference.check(points.len())?;
    if let Some(bad) = points.iter().find(|p| !p.time.is_finite()) {
        return Err(Error::data("time", "finite numbers", bad.time));
    }
    let periods = by_period(points, inference, watch)?;
    // Times from 0 to 1, for the sake of the arithmetic.
    let (first, last) = (
        points.iter().map(|p| p.time).fold(f64::INFINITY, f64::min),
        points.iter().map(|p| p.time).fold(f64::NEG_INFINITY, f64::max),
    );
    let span = if last > first { last - first } else { 1.0 };
    let times: Vec<f64> = points.iter().map(|p| (p.time - first) / span).collect();
    let mut slope = Slope::default();
    if let Some((a, b)) = regress(points, &times) {
        slope.slope = Some(b / span);
        errors(points, &times, (a, b), span, inference.level, &mut slope);
        if inference.permutations > 0 {
            let documents = inference.documents(points.len());
            let plan = inference.exchange(&documents);
            let hits: Vec<bool> = (0..inference.permutations)
                .into_par_iter()
                .map(|replicate| {
                    watch.step(1)?;
                    let from = plan.permutation(replicate);
                    let mut shuffled = times.clone();
                    for (&document, from) in documents.iter().zip(from) {
                        shuffled[document] = times[documents[from]];
                    }
                    // A replicate without a finite slope has all occurrences at one end: as extreme as can be.
                    Ok(regress(points, &shuffled).is_none_or(|(_, r)| as_extreme(r, b)))
                })
                .collect::<Result<_>>()?;
            let hits = hits.iter().filter(|&&h| h).count() as u64;
            slope.p_permutation = Some(permutation_p(hits, inference.permutations as u64));
        }
    }
    robust(&periods, inference.level, &mut slope)?;
    Ok((periods, slope))
}

/// Standard errors, dispersion, Wald's p and interval of the slope `b` per `span`.
fn errors(points: &[Point], times: &[f64], (a, b): (f64, f64), span: f64, level: f64, slope: &mut Slope) {
    let n = points.iter().filter(|p| p.tokens > 0).count() as f64;
    let (mut haa, mut hab, mut hbb) = (0.0, 0.0, 0.0);
    let (mut maa, mut mab, mut mbb, mut pearson) = (0.0, 0.0, 0.0, 0.0);
    for (p, &t) in points.iter().zip(times).filter(|(p, _)| p.tokens > 0) {
        let mean = p.tokens as f64 * (a + b * t).exp();
        let off = (p.count as f64 - mean).powi(2);
        haa += mean;
        hab += mean * t;
        hbb += mean * t * t;
        maa += off;
        mab += off * t;
        mbb += off * t * t;
        pearson += off / mean;
    }
    let determinant = haa * hbb - hab * hab;
    if n <= 2.0 || determinant <= 0.0 {
        return;
    }
    let dispersion = pearson / (n - 2.0);
    let (ia, ib) = (-hab / determinant, haa / determinant);
    let variance = (ia * ia * maa + 2.0 * ia * ib * mab + ib * ib * mbb) * n / (n - 2.0);
    slope.dispersion = Some(dispersion);
    slope.se_quasi = Some((dispersion * ib).sqrt() / span);
    if variance > 0.0 {
        let se = variance.sqrt();
        slope.se_robust = Some(se / span);
        let reach = normal_quantile(f64::midpoint(1.0, level)) * se;
        slope.bounds = Some(((b - reach) / span, (b + reach) / span));
        slope.p = Some((2.0 * normal_cdf(-(b / se).abs())).min(1.0));
    }
}

fn by_period(points: &[Point], inference: &Inference, watch: &Watch) -> Result<Periods> {
    let mut order = inference.documents(points.len());
    order.sort_by(|&a, &b| points[a].time.total_cmp(&points[b].time));
    #[allow(clippy::float_cmp)] // the same time or not
    let groups: Vec<Vec<usize>> = order
        .chunk_by(|&a, &b| points[a].time == points[b].time)
        .map(<[usize]>::to_vec)
        .collect();
    let mut found = Periods::default();
    for (number, group) in groups.iter().enumerate() {
        let count: u64 = group.iter().map(|&i| points[i].count).sum();
        let tokens: u64 = group.iter().map(|&i| points[i].tokens).sum();
        found.time.push(points[group[0]].time);
        found.documents.push(group.len() as u64);
        found.count.push(count);
        found.tokens.push(tokens);
        found.exact.push((tokens > 0).then(|| {
            let (low, high) = garwood(count, inference.level);
            (low / tokens as f64, high / tokens as f64)
        }));
        let sized = group.iter().filter(|&&i| points[i].tokens > 0).count();
        let rate = |times: &dyn Fn(usize) -> f64| {
            let (mut y, mut n) = (0.0, 0.0);
            for (unit, &i) in group.iter().enumerate() {
                y += times(unit) * points[i].count as f64;
                n += times(unit) * points[i].tokens as f64;
            }
            y / n
        };
        // Each period has numbers of its own.
        let seed = (number as u64).wrapping_mul(0x9E37_79B9);
        let own = Inference {
            seed: inference.seed.wrapping_add(seed),
            ..inference.clone()
        };
        let plan = own.drawing_of_one_group(group).filter(|_| enough(&[sized]));
        found.bootstrap.push(if let Some(plan) = plan {
            let mut replicates: Vec<f64> = (0..own.resamples)
                .map(|replicate| {
                    let times = plan.multiplicities(replicate);
                    rate(&|unit| f64::from(times[unit]))
                })
                .collect();
            watch.step(own.resamples as u64)?;
            let without: Vec<f64> = (0..group.len())
                .map(|left| rate(&|unit| f64::from(u8::from(unit != left))))
                .collect();
            own.bounds(count as f64 / tokens as f64, &mut replicates, &without)
        } else {
            None
        });
    }
    Ok(found)
}

/// Mann–Kendall and Theil–Sen on the rates of the periods.
fn robust(periods: &Periods, level: f64, slope: &mut Slope) -> Result<()> {
    let series: Vec<(f64, f64)> = (0..periods.time.len())
        .filter(|&i| periods.tokens[i] > 0)
        .map(|i| {
            (
                periods.time[i],
                periods.count[i] as f64 / periods.tokens[i] as f64,
            )
        })
        .collect();
    let n = series.len();
    if n < 2 {
        return Ok(());
    }
    let (times, mut rates): (Vec<f64>, Vec<f64>) = series.iter().copied().unzip();
    let Kendall { s, tau } = kendall(&times, &rates)?;
    let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
    for (i, a) in series.iter().enumerate() {
        slopes.extend(series[i + 1..].iter().map(|b| (b.1 - a.1) / (b.0 - a.0)));
    }
    slopes.sort_unstable_by(f64::total_cmp);
    rates.sort_unstable_by(f64::total_cmp);
    #[allow(clippy::float_cmp)] // ties
    let ties: Vec<f64> = rates
        .chunk_by(|a, b| a == b)
        .map(|tie| tie.len() as f64)
        .collect();
    let m = n as f64;
    let variance = (m * (m - 1.0) * (2.0 * m + 5.0)
        - ties.iter().map(|t| t * (t - 1.0) * (2.0 * t + 5.0)).sum::<f64>())
        / 18.0;
    slope.kendall_s = s;
    slope.kendall_tau = tau;
    let quantile = |p: f64| super::resample::quantile(&slopes, p);
    slope.theil_sen = Some(quantile(0.5));
    if n >= 3 && variance > 0.0 {
        let z = if s == 0.0 {
            0.0
        } else {
            (s.abs() - 1.0) / variance.sqrt()
        };
        slope.kendall_p = Some((2.0 * normal_cdf(-z)).min(1.0));
        // Ranks of Sen's bounds, as scipy.stats.theilslopes takes them.
        let reach = normal_quantile(f64::midpoint(1.0, level)) * variance.sqrt();
        let count = slopes.len() as f64;
        let upper = (f64::midpoint(count, reach).round_ties_even())
            .min(count - 1.0)
            .max(0.0);
        let lower = (((count - reach) / 2.0).round_ties_even() - 1.0).max(0.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within the slopes
        {
            slope.theil_sen_bounds = Some((slopes[lower as usize], slopes[upper as usize]));
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn slopes_as_a_newton_fit_in_fifty_digits() {
        // Made by tests/golden/make_ranks.py
        for line in include_str!("../../tests/golden/trend_slopes.csv")
            .lines()
            .skip(1)
        {
            let f: Vec<&str> = line.split(',').collect();
            let column = |text: &str| -> Vec<u64> { text.split(' ').map(|v| v.parse().unwrap()).collect() };
            let number = |i: usize| f[i].parse::<f64>().unwrap();
            let points: Vec<Point> = (column(f[0]).iter().zip(column(f[1])).zip(column(f[2])))
                .map(|((&time, count), tokens)| Point {
                    time: time as f64,
                    count,
                    tokens,
                })
                .collect();
            let inference = Inference {
                level: number(3),
                ..Inference::default()
            };
            let (_, slope) = trend(&points, &inference, &Watch::new()).unwrap();
            let (low, high) = slope.bounds.unwrap();
            let found = [slope.slope.unwrap(), slope.se_robust.unwrap(), low, high];
            for (i, value) in found.into_iter().enumerate() {
                assert!(
                    (value - number(4 + i)).abs() <= 1e-10 * number(4 + i).abs(),
                    "{line}: {i} {value}"
                );
            }
        }
    }
}
