//! Rates of categories in groups of documents, with intervals.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::inference::Inference;
use crate::stats::poisson::{equal_rates_p, garwood, rate_ratio_bounds};
use crate::stats::resample::{as_extreme, enough, permutation_p};

/// Counts of each category in each document, and the sizes of the documents.
#[derive(Debug, Clone, Copy)]
pub struct Counts<'a> {
    /// Documents × categories.
    pub counts: ArrayView2<'a, u64>,
    /// Size of each document, in characters or tokens.
    pub sizes: &'a [u64],
    /// Group of each document; every number below the number of groups.
    pub groups: &'a [u32],
    /// Number of groups.
    pub n_groups: usize,
}

/// One category in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Group number.
    pub group: usize,
    /// Category number.
    pub category: usize,
    /// Hits.
    pub count: u64,
    /// Size of the group.
    pub size: u64,
    /// Documents of the group, and those with a hit.
    pub documents: (u64, u64),
    /// Hits per unit of size; `None` for a size of 0.
    pub rate: Option<f64>,
    /// Exact Poisson interval of `rate`.
    pub exact: Option<(f64, f64)>,
    /// Bootstrap interval of `rate`.
    pub bootstrap: Option<(f64, f64)>,
    /// Rate here over rate in all other groups; infinite where only the others have none, `None` where neither has any.
    pub ratio: Option<f64>,
    /// Exact interval of `ratio`.
    pub ratio_exact: Option<(f64, f64)>,
    /// p of equality with the others, hits taken for independent.
    pub ratio_p: Option<f64>,
    /// p of the same, documents taken for exchangeable.
    pub permutation_p: Option<f64>,
}

fn divide(count: f64, size: f64) -> Option<f64> {
    (size > 0.0).then(|| count / size)
}

impl Counts<'_> {
    fn check(&self) -> Result<()> {
        let n = self.sizes.len();
        if self.counts.nrows() != n || self.groups.len() != n {
            return Err(Error::data("counts", "one row a document", self.counts.nrows()));
        }
        match self.groups.iter().find(|&&g| g as usize >= self.n_groups) {
            Some(bad) => Err(Error::data("groups", format!("below {}", self.n_groups), bad)),
            None => Ok(()),
        }
    }

    fn n_categories(&self) -> usize {
        self.counts.ncols()
    }

    fn get(&self, document: usize, category: usize) -> u64 {
        self.counts[[document, category]]
    }

    /// Difference of the rates of the members and the others.
    fn difference(&self, category: usize, member: impl Fn(usize) -> bool) -> Option<f64> {
        let (mut count, mut size) = ([0_u64; 2], [0_u64; 2]);
        for d in 0..self.sizes.len() {
            let side = usize::from(!member(d));
            count[side] += self.get(d, category);
            size[side] += self.sizes[d];
        }
        let rate = |side: usize| divide(count[side] as f64, size[side] as f64);
        Some(rate(0)? - rate(1)?)
    }
}

/// Rates by group, then category.
///
/// # Errors
/// [`Error::Data`] where lengths differ or a group is out of range; [`Error::Interrupted`].
pub fn rates(data: Counts<'_>, inference: &Inference, watch: &Watch) -> Result<Vec<Rate>> {
    data.check()?;
    let members: Vec<Vec<usize>> = (0..data.n_groups)
        .map(|g| {
            (0..data.sizes.len())
                .filter(|&d| data.groups[d] as usize == g)
                .collect()
        })
        .collect();
    inference.check(data.sizes.len())?;
    let documents: Vec<usize> = (0..data.sizes.len()).collect();
    let plan = inference.exchange(&documents);
    let permuted = plan.labels(0..inference.permutations, data.groups);
    let all: u64 = data.sizes.iter().sum();
    (0..data.n_groups * data.n_categories())
        .into_par_iter()
        .map(|cell| {
            watch.step(1)?;
            let (group, category) = (cell / data.n_categories(), cell % data.n_categories());
            let inside = &members[group];
            let sum = |units: &[usize]| units.iter().map(|&d| data.get(d, category)).sum::<u64>();
            let (count, size) = (sum(inside), inside.iter().map(|&d| data.sizes[d]).sum::<u64>());
            let total: u64 = (0..data.sizes.len()).map(|d| data.get(d, category)).sum();
            let rate = divide(count as f64, size as f64);
            let exact = rate.map(|_| {
                let (low, high) = garwood(count, inference.level);
                (low / size as f64, high / size as f64)
            });
            let (rest, rest_size) = (total - count, all - size);
            let alone = data.n_groups < 2;
            let counts = ((count, rest), (size as f64, rest_size as f64));
            let ratio = (!alone).then(|| rate_ratio(counts.0, counts.1)).flatten();
            let ratio_exact = ratio.and_then(|_| rate_ratio_bounds(counts.0, counts.1, inference.level));
            let ratio_p = ratio.and_then(|_| equal_rates_p(counts.0, counts.1));
            let permutation_p = (!alone && inference.permutations > 0)
                .then(|| data.difference(category, |d| data.groups[d] as usize == group))
                .flatten()
                .map(|observed| {
                    let hits = permuted
                        .outer_iter()
                        .filter(|labels| {
                            data.difference(category, |d| labels[d] as usize == group)
                                .is_none_or(|r| as_extreme(r, observed))
                        })
                        .count();
                    permutation_p(hits as u64, permuted.nrows() as u64)
                });
            Ok(Rate {
                group,
                category,
                count,
                size,
                documents: (
                    inside.len() as u64,
                    inside.iter().filter(|&&d| data.get(d, category) > 0).count() as u64,
                ),
                rate,
                exact,
                bootstrap: bootstrap(&data, category, inside, rate, inference),
                ratio,
                ratio_exact,
                ratio_p,
                permutation_p,
            })
        })
        .collect()
}

/// Rate over rate; infinite where only the second count is 0, `None` where both are or a size is.
fn rate_ratio(count: (u64, u64), size: (f64, f64)) -> Option<f64> {
    let (here, there) = (divide(count.0 as f64, size.0)?, divide(count.1 as f64, size.1)?);
    (count.0 + count.1 > 0).then(|| here / there)
}

/// One category in one group against another, or against all others.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// Group number.
    pub group: usize,
    /// The group that it is compared with; `None` for all others together.
    pub reference: Option<usize>,
    /// Category number.
    pub category: usize,
    /// Hits here and there.
    pub count: (u64, u64),
    /// Sizes here and there.
    pub size: (u64, u64),
    /// Rate here over rate there.
    pub ratio: Option<f64>,
    /// Its exact interval, hits taken for independent.
    pub exact: Option<(f64, f64)>,
    /// Its interval over documents redrawn within either side; `None` without resamples or with fewer than
    /// three documents on a side.
    pub bootstrap: Option<(f64, f64)>,
    /// p of equality, hits taken for independent.
    pub exact_p: Option<f64>,
    /// p of the difference of the rates, documents taken for exchangeable (within blocks).
    pub permutation_p: Option<f64>,
}

/// Compares rates: by pair of groups, then category.
///
/// # Errors
/// [`Error::Data`] where lengths differ or a group is out of range; [`Error::Interrupted`].
pub fn contrasts(
    data: Counts<'_>,
    pairs: &[(usize, Option<usize>)],
    inference: &Inference,
    watch: &Watch,
) -> Result<Vec<Contrast>> {
    data.check()?;
    inference.check(data.sizes.len())?;
    let groups = pairs.iter().flat_map(|&(a, b)| [Some(a), b]).flatten();
    if let Some(bad) = groups.into_iter().find(|&g| g >= data.n_groups) {
        return Err(Error::data("pairs", format!("below {}", data.n_groups), bad));
    }
    let parts = pairs
        .par_iter()
        .map(|&pair| {
            watch.step(1)?;
            Ok(contrasts_of(&data, pair, inference))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(parts.into_iter().flatten().collect())
}

/// All categories of one pair. Draws are made once for all of them.
fn contrasts_of(
    data: &Counts<'_>,
    (group, reference): (usize, Option<usize>),
    inference: &Inference,
) -> Vec<Contrast> {
    let side = |d: usize| match data.groups[d] as usize {
        g if g == group => Some(0),
        g if reference.is_none_or(|r| r == g) => Some(1),
        _ => None,
    };
    let (units, sides): (Vec<usize>, Vec<u32>) = (0..data.sizes.len())
        .filter_map(|d| side(d).map(|side| (d, side)))
        .unzip();
    let alone = sides.windows(2).all(|w| w[0] == w[1]);
    let on = |side: u32| {
        let sized = units
            .iter()
            .zip(&sides)
            .filter(|&(&d, &s)| s == side && data.sizes[d] > 0);
        sized.count()
    };
    let times = match inference.drawing(&units, &sides) {
        Some(within) if !alone && enough(&[on(0), on(1)]) => within.draws(0..inference.resamples),
        _ => Array2::zeros((0, units.len())),
    };
    let permutations = if alone { 0 } else { inference.permutations };
    let labels = inference.exchange(&units).labels(0..permutations, &sides);
    let sums = |category: usize, weight: &dyn Fn(usize) -> u32, side: &dyn Fn(usize) -> u32| {
        let (mut count, mut size) = ([0_u64; 2], [0_u64; 2]);
        for (unit, &d) in units.iter().enumerate() {
            let (weight, side) = (u64::from(weight(unit)), side(unit) as usize);
            count[side] += weight * data.get(d, category);
            size[side] += weight * data.sizes[d];
        }
        ((count[0], count[1]), (size[0], size[1]))
    };
    let own = |unit: usize| sides[unit];
    let float = |size: (u64, u64)| (size.0 as f64, size.1 as f64);
    let difference = |count: (u64, u64), size: (u64, u64)| {
        let size = float(size);
        Some(divide(count.0 as f64, size.0)? - divide(count.1 as f64, size.1)?)
    };
    (0..data.n_categories())
        .into_par_iter()
        .map(|category| {
            let (count, size) = sums(category, &|_| 1, &own);
            let ratio = (!alone).then(|| rate_ratio(count, float(size))).flatten();
            let of = |weight: &dyn Fn(usize) -> u32| {
                let (count, size) = sums(category, weight, &own);
                rate_ratio(count, float(size)).unwrap_or(f64::NAN)
            };
            let bootstrap = ratio.filter(|_| !times.is_empty()).and_then(|observed| {
                let mut replicates: Vec<f64> = times.outer_iter().map(|t| of(&|unit| t[unit])).collect();
                let jackknife: Vec<f64> = (0..units.len())
                    .map(|out| of(&|unit| u32::from(unit != out)))
                    .collect();
                inference.bounds(observed, &mut replicates, &jackknife)
            });
            let permuted = difference(count, size)
                .filter(|_| !labels.is_empty())
                .map(|observed| {
                    let hits = labels
                        .outer_iter()
                        .filter(|labels| {
                            let (count, size) = sums(category, &|_| 1, &|unit| labels[unit]);
                            difference(count, size).is_none_or(|r| as_extreme(r, observed))
                        })
                        .count();
                    permutation_p(hits as u64, labels.nrows() as u64)
                });
            Contrast {
                group,
                reference,
                category,
                count,
                size,
                ratio,
                exact: ratio.and_then(|_| rate_ratio_bounds(count, float(size), inference.level)),
                bootstrap,
                exact_p: ratio.and_then(|_| equal_rates_p(count, float(size))),
                permutation_p: permuted,
            }
        })
        .collect()
}

/// Interval of the rate over resampled documents of a group; `None` with fewer than three documents that have a size.
fn bootstrap(
    data: &Counts<'_>,
    category: usize,
    inside: &[usize],
    rate: Option<f64>,
    inference: &Inference,
) -> Option<(f64, f64)> {
    let sized = inside.iter().filter(|&&d| data.sizes[d] > 0).count();
    if !enough(&[sized]) {
        return None;
    }
    let plan = inference.drawing_of_one_group(inside)?;
    let weighted = |times: &dyn Fn(usize) -> u32| {
        let (mut count, mut size) = (0_u64, 0_u64);
        for (unit, &d) in inside.iter().enumerate() {
            let times = u64::from(times(unit));
            count += times * data.get(d, category);
            size += times * data.sizes[d];
        }
        divide(count as f64, size as f64).unwrap_or(f64::NAN)
    };
    let mut replicates: Vec<f64> = (0..inference.resamples)
        .map(|i| {
            let times = plan.multiplicities(i);
            weighted(&|unit| times[unit])
        })
        .collect();
    let jackknife: Vec<f64> = (0..inside.len())
        .map(|out| weighted(&|unit| u32::from(unit != out)))
        .collect();
    inference.bounds(rate?, &mut replicates, &jackknife)
}
