//! Distances of sparse rows.
//!
//! Sums run over the union of the columns of two rows in ascending order, so that a figure depends neither on threads nor on
//! the place of the rows. Columns that both rows lack add nothing, unless a smoothing constant fills them: they all add the
//! same then, and are counted instead of visited.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::similarity::{Pair, Pairs, Wanted};
use super::sparse::{SparseRows, row_id};
use crate::error::{Error, Result};
use crate::registry::{Entry, Family, Sign};
use crate::run::Watch;

macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident { $name:literal, $high:expr, metric: $metric:literal, non_negative: $positive:literal, $formula:literal, $source:literal })+) => {
        /// How far two rows are from one another.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Distance { $($(#[$doc])* $variant,)+ }

        $crate::word_functions!(Distance as "method" { $($variant = $name),+ });

        impl Distance {
            /// The row of the registry; in formulas a, b are the values, p, q the shares of their sums.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        word: $name, family: Family::Distance, range: (0.0, $high), sign: Sign::Apart,
                        formula: $formula, source: $source,
                    },)+
                }
            }

            /// Whether the triangle inequality holds (and the distance is symmetric).
            pub const fn is_metric(self) -> bool {
                match self { $(Self::$variant => $metric,)+ }
            }

            /// Whether values must not be negative.
            pub const fn needs_non_negative(self) -> bool {
                match self { $(Self::$variant => $positive,)+ }
            }
        }
    };
}

const INF: f64 = f64::INFINITY;

registry! {
    /// Straight line.
    Euclidean { "euclidean", INF, metric: true, non_negative: false, "sqrt(sum((a - b)^2))", "Deza & Deza 2009, ch. 5" }
    /// City block.
    Manhattan { "manhattan", INF, metric: true, non_negative: false, "sum(|a - b|)", "Deza & Deza 2009, ch. 5" }
    /// Greatest difference.
    Chebyshev { "chebyshev", INF, metric: true, non_negative: false, "max(|a - b|)", "Deza & Deza 2009, ch. 5" }
    /// Power mean of the differences; the power is an option.
    Minkowski { "minkowski", INF, metric: true, non_negative: false, "sum(|a - b|^power)^(1/power)", "Deza & Deza 2009, ch. 5" }
    /// Relative differences; columns that both lack add 0.
    Canberra { "canberra", INF, metric: true, non_negative: false, "sum(|a - b| / (|a| + |b|))", "Lance & Williams 1967" }
    /// Share that is not in common. Undefined where both rows are empty.
    BrayCurtis { "bray_curtis", 1.0, metric: false, non_negative: true, "sum(|a - b|) / sum(a + b)", "Bray & Curtis 1957" }
    /// Number of columns with different values.
    Hamming { "hamming", INF, metric: true, non_negative: false, "number of columns with a != b", "Hamming 1950" }
    /// Angle: 1 less the cosine. Undefined where a row is empty.
    Cosine { "cosine", 2.0, metric: false, non_negative: false, "1 - sum(ab) / sqrt(sum(a^2) * sum(b^2))", "Salton & McGill 1983" }
    /// X² of the 2×n table of two rows over its total. Undefined where a row is empty.
    ChiSquared { "chi_squared", 1.0, metric: false, non_negative: true, "X^2 / N of the table with the rows a and b", "Kilgarriff 2001" }
    /// χ² distance of correspondence analysis: columns weigh by their mass in the whole matrix. Undefined where a row is empty.
    ChiSquaredProfile { "chi_squared_profile", INF, metric: true, non_negative: true, "sqrt(sum((p - q)^2 / column mass))", "Greenacre 2017, ch. 4" }
    /// Hellinger distance. Undefined where a row is empty.
    Hellinger { "hellinger", 1.0, metric: true, non_negative: true, "sqrt(sum((sqrt(p) - sqrt(q))^2) / 2)", "Hellinger 1909" }
    /// Divergence of the second row from the first in bits; infinite where the first has what the second lacks. Not symmetric.
    KullbackLeibler { "kullback_leibler", INF, metric: false, non_negative: true, "sum(p * log2(p / q))", "Kullback & Leibler 1951" }
    /// Both divergences together, in bits.
    Jeffreys { "jeffreys", INF, metric: false, non_negative: true, "sum((p - q) * log2(p / q))", "Jeffreys 1946" }
    /// Jensen–Shannon divergence in bits. Undefined where a row is empty.
    JensenShannon { "jensen_shannon", 1.0, metric: false, non_negative: true, "sum(p * log2(p / m) + q * log2(q / m)) / 2, m = (p + q) / 2", "Lin 1991" }
    /// Its square root, which is a metric.
    JensenShannonMetric { "jensen_shannon_metric", 1.0, metric: true, non_negative: true, "sqrt(jensen_shannon)", "Endres & Schindelin 2003" }
}

/// What some distances take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistanceOptions {
    /// Exponent of [`Distance::Minkowski`], at least 1.
    pub power: f64,
    /// Added to every cell, also to zeros, before shares are taken ([`Distance::KullbackLeibler`], [`Distance::Jeffreys`],
    /// the Jensen–Shannon pair, [`Distance::ChiSquared`], [`Distance::Hellinger`]).
    pub smoothing: f64,
}

impl Default for DistanceOptions {
    fn default() -> Self {
        Self {
            power: 2.0,
            smoothing: 0.0,
        }
    }
}

impl DistanceOptions {
    fn check(self) -> Result<()> {
        if !(self.power >= 1.0 && self.power.is_finite()) {
            return Err(Error::parameter(
                "power",
                "a finite number of at least 1",
                self.power,
            ));
        }
        if !(self.smoothing >= 0.0 && self.smoothing.is_finite()) {
            return Err(Error::parameter(
                "smoothing",
                "a finite number of at least 0",
                self.smoothing,
            ));
        }
        Ok(())
    }
}

/// A row with its sums.
#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    columns: &'a [u32],
    values: &'a [f64],
    sum: f64,
    squares: f64,
}

/// Calls `f(column, a, b)` for the columns that either row has, ascending, and returns how many there were.
fn union(a: Row<'_>, b: Row<'_>, mut f: impl FnMut(u32, f64, f64)) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.columns.len() || j < b.columns.len() {
        let left = a.columns.get(i).copied().unwrap_or(u32::MAX);
        let right = b.columns.get(j).copied().unwrap_or(u32::MAX);
        n += 1;
        match left.cmp(&right) {
            Ordering::Less => {
                f(left, a.values[i], 0.0);
                i += 1;
            }
            Ordering::Greater => {
                f(right, 0.0, b.values[j]);
                j += 1;
            }
            Ordering::Equal => {
                f(left, a.values[i], b.values[j]);
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// p·log₂(p/q), with its limit 0 at p = 0 and infinity at q = 0.
fn information(p: f64, q: f64) -> f64 {
    if p > 0.0 { p * (p / q).log2() } else { 0.0 }
}

impl Distance {
    /// Whether the distance from one row to another is that back.
    pub const fn is_symmetric(self) -> bool {
        !matches!(self, Self::KullbackLeibler)
    }

    fn between(
        self,
        a: Row<'_>,
        b: Row<'_>,
        n: usize,
        mass: &[f64],
        options: DistanceOptions,
    ) -> Option<f64> {
        let total = |term: &dyn Fn(f64, f64) -> f64| {
            let mut sum = 0.0;
            union(a, b, |_, x, y| sum += term(x, y));
            sum
        };
        // Shares after smoothing; columns that both lack all add the same.
        let smoothing = options.smoothing;
        let (whole_a, whole_b) = (a.sum + smoothing * n as f64, b.sum + smoothing * n as f64);
        let shares = |term: &dyn Fn(f64, f64) -> f64| -> Option<f64> {
            if !(whole_a > 0.0 && whole_b > 0.0) {
                return None;
            }
            let mut sum = 0.0;
            let seen = union(a, b, |_, x, y| {
                sum += term((x + smoothing) / whole_a, (y + smoothing) / whole_b);
            });
            if smoothing > 0.0 {
                sum += (n - seen) as f64 * term(smoothing / whole_a, smoothing / whole_b);
            }
            Some(sum)
        };
        match self {
            Self::Euclidean => Some(total(&|x, y| (x - y) * (x - y)).sqrt()),
            Self::Manhattan => Some(total(&|x, y| (x - y).abs())),
            Self::Chebyshev => {
                let mut most = 0.0_f64;
                union(a, b, |_, x, y| most = most.max((x - y).abs()));
                Some(most)
            }
            Self::Minkowski => {
                Some(total(&|x, y| (x - y).abs().powf(options.power)).powf(options.power.recip()))
            }
            Self::Canberra => Some(total(&|x, y| (x - y).abs() / (x.abs() + y.abs()))),
            Self::BrayCurtis => {
                let whole = a.sum + b.sum;
                (whole > 0.0).then(|| total(&|x, y| (x - y).abs()) / whole)
            }
            #[allow(clippy::float_cmp)] // the same value or not
            Self::Hamming => Some(total(&|x, y| f64::from(x != y))),
            Self::Cosine => {
                let norm = a.squares.sqrt() * b.squares.sqrt();
                (norm > 0.0).then(|| (1.0 - total(&|x, y| x * y) / norm).clamp(0.0, 2.0))
            }
            // With o the cell, e = row·column/N: Σ(o − e)²/e / N = A·B/N² · Σ(p − q)²/((A·p + B·q)/N).
            Self::ChiSquared => {
                let all = whole_a + whole_b;
                let (left, right) = (whole_a / all, whole_b / all);
                shares(&|p, q| (p - q) * (p - q) / (left * p + right * q))
                    .map(|sum| (left * right * sum).min(1.0))
            }
            Self::ChiSquaredProfile => (a.sum > 0.0 && b.sum > 0.0).then(|| {
                let mut sum = 0.0;
                union(a, b, |column, x, y| {
                    let d = x / a.sum - y / b.sum;
                    sum += d * d / mass[column as usize];
                });
                sum.sqrt()
            }),
            Self::Hellinger => {
                shares(&|p, q| (p.sqrt() - q.sqrt()).powi(2)).map(|sum| (sum / 2.0).sqrt().min(1.0))
            }
            Self::KullbackLeibler => shares(&information).map(|sum| sum.max(0.0)),
            Self::Jeffreys => shares(&|p, q| information(p, q) + information(q, p)).map(|sum| sum.max(0.0)),
            Self::JensenShannon | Self::JensenShannonMetric => {
                let bits = shares(&|p, q| {
                    let middle = f64::midpoint(p, q);
                    information(p, middle) + information(q, middle)
                })
                .map(|sum| (sum / 2.0).clamp(0.0, 1.0));
                if self == Self::JensenShannon {
                    bits
                } else {
                    bits.map(f64::sqrt)
                }
            }
        }
    }
}

/// Nearest first, undefined last, then by row numbers.
fn nearer(a: &Pair, b: &Pair) -> Ordering {
    (a.2.is_none().cmp(&b.2.is_none()))
        .then_with(|| a.2.unwrap_or(0.0).total_cmp(&b.2.unwrap_or(0.0)))
        .then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
}

/// Distances of pairs of rows; order and choice as for [`super::similarity::pairs`], nearest first.
///
/// A distance that is not symmetric has both orders of each pair. One step of the watch a row.
///
/// # Errors
/// As [`super::similarity::pairs`]; [`Error::Parameter`] for a power below 1 or a negative smoothing; [`Error::Data`] for negative
/// values where shares are taken.
pub fn distances(
    rows: &SparseRows,
    method: Distance,
    options: DistanceOptions,
    wanted: &Wanted,
    watch: &Watch,
) -> Result<Pairs> {
    let ordered = !method.is_symmetric();
    wanted.check(rows.n_rows(), "max_distance", ordered)?;
    options.check()?;
    if method.needs_non_negative() && !rows.is_non_negative() {
        return Err(Error::data(
            "dfm",
            "without negative values for this method",
            method.name(),
        ));
    }
    let marginals = rows.marginals();
    let row_of = |row: u32| {
        let (columns, values) = rows.row(row as usize);
        let marginal = marginals[row as usize];
        Row {
            columns,
            values,
            sum: marginal.sum,
            squares: marginal.squares,
        }
    };
    let mass = if method == Distance::ChiSquaredProfile {
        column_masses(rows)
    } else {
        Vec::new()
    };
    let directed = wanted.directed();
    let end = row_id(rows.n_rows())?;
    let blocks: Vec<Vec<Pair>> = wanted
        .asked(rows.n_rows())?
        .par_iter()
        .map(|&row| {
            watch.step(1)?;
            let a = row_of(row);
            let mut block: Vec<Pair> = (wanted.least(row, ordered)..end)
                .filter(|&other| other != row)
                .map(|other| {
                    (
                        row,
                        other,
                        method.between(a, row_of(other), rows.n_columns(), &mass, options),
                    )
                })
                .filter(|pair| match (pair.2, wanted.bound) {
                    (Some(distance), Some(most)) => distance <= most,
                    (None, most) => most.is_none() && wanted.top.is_none(),
                    (Some(_), None) => true,
                })
                .collect();
            if directed {
                block.sort_unstable_by(nearer);
                block.truncate(wanted.top.unwrap_or(usize::MAX));
            }
            Ok(block)
        })
        .collect::<Result<_>>()?;
    Ok(Pairs::of(&blocks, (!directed).then_some(nearer)))
}

/// Share of each column in the sum of all cells.
///
/// Values are added in ascending order within a column, so that the order of the rows does not matter.
fn column_masses(rows: &SparseRows) -> Vec<f64> {
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); rows.n_columns()];
    for row in 0..rows.n_rows() {
        let (places, values) = rows.row(row);
        for (&column, &value) in places.iter().zip(values) {
            columns[column as usize].push(value);
        }
    }
    let sums: Vec<f64> = columns
        .iter_mut()
        .map(|values| {
            values.sort_unstable_by(f64::total_cmp);
            values.iter().sum()
        })
        .collect();
    let all: f64 = sums.iter().sum();
    sums.iter().map(|sum| sum / all).collect()
}
