//! Inference over documents for keyness: permutation of labels, bootstrap of documents.
//!
//! Words cluster in documents, so the document is what is exchanged and redrawn. Nothing but numbers is touched: the cells
//! of the matrix are turned once into columns by feature, and a replicate is a label or a multiplicity a document. One
//! feature is looked at under all replicates of a batch before the next, so its few documents stay in the cache.

use ndarray::{Array1, Array2, Array3, ArrayView1, Axis, Zip};
use rayon::prelude::*;

use crate::corpus::dfm::Dfm;
use crate::error::{Error, Result};
use crate::registry::Sign;
use crate::run::Watch;
use crate::stats::contingency::Table;
use crate::stats::inference::Inference;
use crate::stats::measures::Measure;
use crate::stats::parameters::Parameters;
use crate::stats::resample::{Plan, as_extreme_in, enough, permutation_p};

/// What resampling says of one measure, by feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replicated {
    /// Permutation p, never 0; null where the observed score is undefined.
    pub p: Vec<Option<f64>>,
    /// Lower bound of the bootstrap interval; `None` where a side has fewer than three documents.
    pub low: Vec<Option<f64>>,
    /// Upper bound.
    pub high: Vec<Option<f64>>,
}

/// Bytes that one kind of working memory may take (labels of a batch; replicates of a chunk of features).
const BUDGET: usize = 64 << 20;

/// The documents of a comparison and the cells of the features tested.
struct Sample<'a> {
    /// Group and size of each unit, in canonical order.
    label: Vec<u32>,
    size: Vec<u64>,
    n_groups: usize,
    targets: &'a [u32],
    /// Units and counts of each feature tested.
    columns: Vec<Vec<(u32, u64)>>,
    measures: &'a [Measure],
    parameters: Parameters,
}

/// `None` cannot happen for counts of one matrix: a part never exceeds its whole.
fn table(target: u64, of_target: u64, all: u64, of_all: u64) -> Option<Table> {
    Table::from_sizes(target, of_target, all - target, of_all - of_target).ok()
}

/// Sums of each group under each replicate of a batch: groups × replicates.
type Sums = Array2<u64>;

/// Tokens under each replicate of a batch, which are the same for all features.
struct Sizes {
    groups: Sums,
    /// Of all groups together.
    all: Array1<u64>,
}

impl From<Sums> for Sizes {
    fn from(groups: Sums) -> Self {
        let all = groups.sum_axis(Axis(0));
        Self { groups, all }
    }
}

/// Scores: features × statistics, which are targets, then measures.
type Scores = Array2<Option<f64>>;

impl Sample<'_> {
    fn n_units(&self) -> usize {
        self.label.len()
    }

    /// Calls `each(replicate, place of the statistic, score)` for all replicates of a batch.
    ///
    /// Lines of sums are walked side by side: that needs no check and no multiplication for each number.
    fn scores(&self, counts: &Sums, sizes: &Sizes, mut each: impl FnMut(usize, usize, Option<f64>)) {
        let all = counts.sum_axis(Axis(0));
        for (t, &target) in self.targets.iter().enumerate() {
            let target = target as usize;
            let mut replicate = 0;
            Zip::from(counts.row(target))
                .and(sizes.groups.row(target))
                .and(&all)
                .and(&sizes.all)
                .for_each(|&count, &size, &all, &of_all| {
                    let table = table(count, size, all, of_all);
                    for (m, measure) in self.measures.iter().enumerate() {
                        let score = table
                            .as_ref()
                            .and_then(|table| measure.score_with(table, &self.parameters));
                        each(replicate, t * self.measures.len() + m, score);
                    }
                    replicate += 1;
                });
        }
    }

    /// Number of statistics a feature has.
    fn width(&self) -> usize {
        self.targets.len() * self.measures.len()
    }

    /// Scores of the sample as it is.
    fn observed(&self) -> Scores {
        let sums = |of: &mut dyn Iterator<Item = (u32, u64)>| {
            let mut groups = Sums::zeros((self.n_groups, 1));
            for (unit, value) in of {
                groups[[self.label[unit as usize] as usize, 0]] += value;
            }
            groups
        };
        let sizes = Sizes::from(sums(&mut (0_u32..).zip(self.size.iter().copied())));
        let mut found = Scores::from_elem((self.columns.len(), self.width()), None);
        for (mut row, column) in found.outer_iter_mut().zip(&self.columns) {
            let counts = sums(&mut column.iter().copied());
            self.scores(&counts, &sizes, |_, at, score| row[at] = score);
        }
        found
    }
}

/// Inference for each target (outer) and measure (inner) over the features `tested`.
///
/// `labels` has the group of each document; those without one take no part. Replicate `i` is the same for all targets,
/// features and measures. Documents are redrawn within their group (and block), so every side keeps its number of documents.
///
/// # Errors
/// As [`Inference::check`]; [`crate::Error::Interrupted`].
#[allow(clippy::too_many_arguments)] // what keyness has at hand
pub fn infer(
    dfm: &Dfm,
    labels: &[Option<u32>],
    targets: &[u32],
    tested: &[u32],
    measures: &[Measure],
    parameters: Parameters,
    how: &Inference,
    watch: &Watch,
) -> Result<Vec<Vec<Replicated>>> {
    let mut place = vec![u32::MAX; dfm.n_features()];
    for (at, &feature) in (0_u32..).zip(tested) {
        place[feature as usize] = at;
    }
    let mut sample = Sample {
        label: Vec::new(),
        size: Vec::new(),
        n_groups: 0,
        targets,
        columns: vec![Vec::new(); tested.len()],
        measures,
        parameters,
    };
    how.check(labels.len())?;
    let mut documents = Vec::new();
    for row in how.documents(labels.len()) {
        let Some(label) = labels[row] else { continue };
        watch.step(1)?;
        #[allow(clippy::cast_possible_truncation)] // rows of a matrix fit 32 bits
        let unit = sample.label.len() as u32;
        let mut size = 0;
        for (feature, count) in dfm.counts().cells(row) {
            size += count;
            if let Some(column) = sample.columns.get_mut(place[feature as usize] as usize) {
                column.push((unit, count));
            }
        }
        sample.n_groups = sample.n_groups.max(label as usize + 1);
        sample.label.push(label);
        sample.size.push(size);
        documents.push(row);
    }
    sample.n_groups = targets
        .iter()
        .map(|&t| t as usize + 1)
        .fold(sample.n_groups, usize::max);
    let observed = sample.observed();
    let width = sample.width();
    let mut found = vec![Replicated::default(); width];
    if how.permutations > 0 {
        let plan = how.exchange(&documents);
        let hits = permute(&sample, &plan, how.permutations, &observed, watch)?;
        for (row, hits) in observed.outer_iter().zip(hits.outer_iter()) {
            for ((inference, score), &hits) in found.iter_mut().zip(row).zip(hits) {
                let p = permutation_p(hits.into(), how.permutations as u64);
                inference.p.push(score.map(|_| p));
            }
        }
    }
    if how.resamples > 0 {
        let rows = match how.drawing(&documents, &sample.label) {
            Some(plan) => bootstrap(&sample, &plan, how, &observed, watch)?,
            None => vec![vec![None; width]; tested.len()],
        };
        for row in rows {
            for (inference, bounds) in found.iter_mut().zip(row) {
                inference.low.push(bounds.map(|b| b.0));
                inference.high.push(bounds.map(|b| b.1));
            }
        }
    }
    let mut found = found.into_iter();
    Ok(targets
        .iter()
        .map(|_| found.by_ref().take(measures.len()).collect())
        .collect())
}

/// Replicates that fit the budget when each takes `bytes`, at most `wanted`, at least 1.
fn batch(bytes: usize, wanted: usize) -> usize {
    (BUDGET / bytes.max(1)).clamp(1, wanted.max(1))
}

/// Replicates × units become units × replicates, laid out so that the replicates of a unit stand side by side.
fn by_unit(replicates: &Array2<u32>) -> Array2<u32> {
    let mut rows = Array2::zeros((replicates.ncols(), replicates.nrows()));
    Zip::from(rows.rows_mut())
        .and(replicates.columns())
        .par_for_each(|mut row, column| row.assign(&column));
    rows
}

/// The numbers of a line of a matrix that is stored line by line, as all here are.
#[allow(clippy::needless_pass_by_value)] // a view is a pointer, and what is lent lives as long as the matrix
fn line<T>(of: ArrayView1<'_, T>) -> &[T] {
    of.to_slice().unwrap_or_default()
}

/// How many replicates are at least as extreme as what was observed: features × statistics.
fn permute(
    sample: &Sample<'_>,
    plan: &Plan,
    permutations: usize,
    observed: &Scores,
    watch: &Watch,
) -> Result<Array2<u32>> {
    let (units, groups) = (sample.n_units(), sample.n_groups);
    let mut hits = Array2::zeros(observed.raw_dim());
    let signs: Vec<Sign> = sample
        .targets
        .iter()
        .flat_map(|_| sample.measures.iter().map(|measure| measure.entry().sign))
        .collect();
    let step = batch(units * 8 + groups * 16, permutations);
    let mut start = 0;
    while start < permutations {
        let n = step.min(permutations - start);
        let labels = by_unit(&plan.labels(start..start + n, &sample.label));
        let add = |counts: &mut Sums, unit: usize, value: u64| {
            // The cells as one slice, which they are: one check for each of them, not one for each axis.
            let cells = counts.as_slice_mut().unwrap_or_default();
            for (replicate, &label) in line(labels.row(unit)).iter().enumerate() {
                cells[label as usize * n + replicate] += value;
            }
        };
        let mut sizes = Sums::zeros((groups, n));
        for (unit, &size) in sample.size.iter().enumerate() {
            add(&mut sizes, unit, size);
        }
        let sizes = Sizes::from(sizes);
        hits.axis_iter_mut(Axis(0))
            .into_par_iter()
            .zip(&sample.columns)
            .zip(observed.axis_iter(Axis(0)))
            .try_for_each_init(
                || Sums::zeros((groups, n)),
                |counts, ((mut hits, column), observed)| {
                    watch.step(1)?;
                    counts.fill(0);
                    for &(unit, count) in column {
                        add(counts, unit as usize, count);
                    }
                    let (hits, observed) = (hits.as_slice_mut().unwrap_or_default(), line(observed));
                    sample.scores(counts, &sizes, |_, at, score| {
                        // A replicate without a score (an empty side) counts against the finding.
                        let hit = observed[at].is_some_and(|observed| {
                            score.is_none_or(|score| as_extreme_in(signs[at], score, observed))
                        });
                        hits[at] += u32::from(hit);
                    });
                    Ok::<(), Error>(())
                },
            )?;
        start += n;
    }
    Ok(hits)
}

type Bounds = Option<(f64, f64)>;

/// Intervals by feature, then target and measure.
fn bootstrap(
    sample: &Sample<'_>,
    plan: &Plan,
    how: &Inference,
    observed: &Scores,
    watch: &Watch,
) -> Result<Vec<Vec<Bounds>>> {
    let (units, groups, resamples) = (sample.n_units(), sample.n_groups, how.resamples);
    let width = sample.width();
    let step = batch(units * 8 + groups * 16, resamples);
    let draw = |start: usize| {
        let n = step.min(resamples - start);
        let times = by_unit(&plan.draws(start..start + n));
        let mut sizes = Sums::zeros((groups, n));
        for (unit, &size) in sample.size.iter().enumerate() {
            add_times(&mut sizes, &times, sample.label[unit], unit, size);
        }
        (times, Sizes::from(sizes))
    };
    // Where one batch holds all replicates it is drawn once; else again for each chunk of features.
    let only = (step >= resamples).then(|| draw(0));
    let features = batch(width * resamples * 8, sample.columns.len());
    let jackknife = how.needs_jackknife().then(|| Jackknife::new(sample));
    let known: Vec<bool> = sample
        .targets
        .iter()
        .map(|&target| {
            let inside = sample.label.iter().filter(|&&label| label == target).count();
            enough(&[inside, units - inside])
        })
        .collect();
    let mut bounds = Vec::with_capacity(sample.columns.len());
    let chunks = observed.axis_chunks_iter(Axis(0), features);
    for (columns, observed) in sample.columns.chunks(features).zip(chunks) {
        // Features × statistics × replicates.
        let mut values = Array3::from_elem((columns.len(), width, resamples), f64::NAN);
        let mut start = 0;
        while start < resamples {
            let drawn;
            let (times, sizes) = if let Some(only) = &only {
                only
            } else {
                drawn = draw(start);
                &drawn
            };
            let n = times.ncols();
            values
                .axis_iter_mut(Axis(0))
                .into_par_iter()
                .zip(columns)
                .try_for_each_init(
                    || Sums::zeros((groups, n)),
                    |counts, (mut values, column)| {
                        watch.step(1)?;
                        counts.fill(0);
                        for &(unit, count) in column {
                            let label = sample.label[unit as usize];
                            add_times(counts, times, label, unit as usize, count);
                        }
                        let values = values.as_slice_mut().unwrap_or_default();
                        sample.scores(counts, sizes, |replicate, at, score| {
                            values[at * resamples + start + replicate] = score.unwrap_or(f64::NAN);
                        });
                        Ok::<(), Error>(())
                    },
                )?;
            start += n;
        }
        let made: Vec<Vec<Bounds>> = values
            .axis_iter(Axis(0))
            .into_par_iter()
            .zip(columns)
            .zip(observed.axis_iter(Axis(0)))
            .map(|((values, column), observed)| {
                watch.step(1)?;
                let mut scratch = Vec::new();
                Ok((0..width)
                    .map(|at| {
                        let score = observed[at].filter(|_| known[at / sample.measures.len()])?;
                        scratch.clear();
                        scratch.extend_from_slice(line(values.row(at)));
                        let without = jackknife.as_ref().map_or_else(Vec::new, |jackknife| {
                            let (t, m) = (at / sample.measures.len(), at % sample.measures.len());
                            jackknife.values(sample, column, t, m)
                        });
                        how.bounds(score, &mut scratch, &without)
                    })
                    .collect())
            })
            .collect::<Result<_>>()?;
        bounds.extend(made);
    }
    Ok(bounds)
}

/// Adds `value` as often as the unit was drawn.
fn add_times(counts: &mut Sums, times: &Array2<u32>, label: u32, unit: usize, value: u64) {
    Zip::from(counts.row_mut(label as usize))
        .and(times.row(unit))
        .for_each(|count, &times| *count += value * u64::from(times));
}

/// Scores without each document in turn, cheaply.
///
/// A document with the feature is left out exactly. One without it only makes its side smaller, and the score is nearly
/// straight in that: it is computed for the mean size of a document of that side and scaled, unless there are few.
struct Jackknife {
    /// Sizes of the groups, and numbers of documents.
    sizes: Vec<u64>,
    members: Vec<u64>,
}

/// Up to this many documents everything is left out exactly.
const FEW: usize = 64;

impl Jackknife {
    fn new(sample: &Sample<'_>) -> Self {
        let (mut sizes, mut members) = (vec![0; sample.n_groups], vec![0; sample.n_groups]);
        for (&label, &size) in sample.label.iter().zip(&sample.size) {
            sizes[label as usize] += size;
            members[label as usize] += 1;
        }
        Self { sizes, members }
    }

    fn values(&self, sample: &Sample<'_>, column: &[(u32, u64)], t: usize, m: usize) -> Vec<f64> {
        let target = sample.targets[t];
        let (mut count, mut all) = (0, 0);
        for &(unit, n) in column {
            all += n;
            count += if sample.label[unit as usize] == target {
                n
            } else {
                0
            };
        }
        let (size, of_all) = (self.sizes[target as usize], self.sizes.iter().sum::<u64>());
        let score = |in_target: bool, less: u64, smaller: u64| {
            let gone = |of: u64, by: u64| if in_target { of - by } else { of };
            table(
                gone(count, less),
                gone(size, smaller),
                all - less,
                of_all - smaller,
            )
            .and_then(|table| sample.measures[m].score_with(&table, &sample.parameters))
            .unwrap_or(f64::NAN)
        };
        let here = score(true, 0, 0);
        let exact = sample.n_units() <= FEW;
        let slope = |in_target: bool| {
            let (tokens, members) = if in_target {
                (size, self.members[target as usize])
            } else {
                let rest = self.members.iter().sum::<u64>() - self.members[target as usize];
                (of_all - size, rest)
            };
            // Not more than the others have: a count may not exceed its side.
            let room = if in_target {
                size - count
            } else {
                (of_all - size) - (all - count)
            };
            let mean = (tokens / members.max(1)).clamp(1, room.max(1));
            if room == 0 {
                0.0
            } else {
                (score(in_target, 0, mean) - here) / mean as f64
            }
        };
        let slopes = [slope(false), slope(true)];
        let mut values: Vec<f64> = sample
            .label
            .iter()
            .zip(&sample.size)
            .map(|(&label, &size)| {
                let inside = label == target;
                if exact {
                    score(inside, 0, size)
                } else {
                    here + slopes[usize::from(inside)] * size as f64
                }
            })
            .collect();
        for &(unit, n) in column {
            let unit = unit as usize;
            values[unit] = score(sample.label[unit] == target, n, sample.size[unit]);
        }
        values
    }
}
