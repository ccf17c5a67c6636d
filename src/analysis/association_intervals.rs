//! Bootstrap intervals of association scores over documents.
//!
//! The pairs of one window are counted once, document by document: how many ends each collocate fills, how many it shares
//! with the node, how many there are. A replicate draws documents with replacement and adds these numbers up; no text and no
//! string is looked at again.

use ndarray::{Array3, Axis, aview1, s};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::fcm::{Counting, Fcm, unit_bounds};
use crate::corpus::tokens::{PAD, Tokens};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::contingency::Table;
use crate::stats::inference::Inference;
use crate::stats::measures::Measure;
use crate::stats::resample::enough;

/// Lower and upper bound of a score.
pub type Bounds = Option<(f64, f64)>;

/// What one document adds.
#[derive(Default)]
struct Share {
    total: u64,
    node: u64,
    /// Place among the collocates, joint count, ends.
    collocates: Vec<(u32, u64, u64)>,
}

/// Sums of shares: joint and ends by collocate, ends of the node, all ends.
struct Sums {
    joint: Vec<u64>,
    ends: Vec<u64>,
    node: u64,
    total: u64,
}

impl Sums {
    fn of(shares: &[Share], n: usize, times: impl Fn(usize) -> u64) -> Self {
        let mut sums = Self {
            joint: vec![0; n],
            ends: vec![0; n],
            node: 0,
            total: 0,
        };
        for (d, share) in shares.iter().enumerate() {
            let times = times(d);
            if times > 0 {
                sums.total += times * share.total;
                sums.node += times * share.node;
                for &(place, joint, ends) in &share.collocates {
                    sums.joint[place as usize] += times * joint;
                    sums.ends[place as usize] += times * ends;
                }
            }
        }
        sums
    }

    /// Score of each collocate, NaN where it is undefined.
    fn scores(&self, measure: Measure) -> Vec<f64> {
        self.joint
            .iter()
            .zip(&self.ends)
            .map(|(&joint, &ends)| {
                Table::from_marginals(joint, self.node, ends, self.total)
                    .ok()
                    .and_then(|table| measure.score(&table))
                    .unwrap_or(f64::NAN)
            })
            .collect()
    }
}

/// For each measure the bounds of each collocate of `node` (ids of `fcm`), in the order given.
///
/// `None` where fewer than three documents have a pair, and where [`Interval::bounds`] says so.
///
/// # Errors
/// [`Error::Parameter`] for a matrix that does not hold frequencies of unordered pairs in a window; [`Error::Data`] for
/// tokens that the matrix was not counted from; [`Error::Interrupted`].
pub fn association_intervals(
    tokens: &Tokens,
    fcm: &Fcm,
    node: u32,
    collocates: &[u32],
    measures: &[Measure],
    inference: &Inference,
    watch: &Watch,
) -> Result<Vec<Vec<Bounds>>> {
    let counted = fcm.options();
    let (Some(window), Counting::Frequency, false, false) = (
        counted.window,
        counted.counting,
        counted.ordered,
        counted.self_pairs_twice,
    ) else {
        return Err(Error::parameter(
            "fcm",
            "frequencies of unordered pairs in a window, where intervals are wanted",
            format!("{counted:?}"),
        ));
    };
    let in_tokens = |id: u32| {
        fcm.vocabulary()
            .feature(id)
            .and_then(|f| tokens.vocabulary().id(f))
    };
    let foreign = || Error::data("tokens", "those that the matrix was counted from", "others");
    let node = in_tokens(node).ok_or_else(foreign)?;
    let mut places = FxHashMap::default();
    for (place, &id) in (0_u32..).zip(collocates) {
        places.insert(in_tokens(id).ok_or_else(foreign)?, place);
    }
    let shares = shares(
        tokens,
        &unit_bounds(tokens, counted.unit)?,
        window.get(),
        node,
        &places,
        watch,
    )?;
    let n = collocates.len();
    let observed = Sums::of(&shares, n, |_| 1);
    if observed.total != fcm.margins().total {
        return Err(foreign());
    }
    inference.check(shares.len())?;
    if !enough(&[shares.iter().filter(|share| share.total > 0).count()]) {
        return Ok(vec![vec![None; n]; measures.len()]);
    }
    let documents = inference.documents(shares.len());
    let Some(plan) = inference.drawing_of_one_group(&documents) else {
        return Ok(vec![vec![None; n]; measures.len()]);
    };
    let replicates = scored(inference.resamples, measures, n, watch, |i| {
        let mut times = vec![0; shares.len()];
        for (&document, drawn) in documents.iter().zip(plan.multiplicities(i)) {
            times[document] = drawn;
        }
        Sums::of(&shares, n, |d| u64::from(times[d]))
    })?;
    // In the order of the draws: a sum of floats depends on its order.
    let left_out = if inference.needs_jackknife() {
        documents.as_slice()
    } else {
        &[]
    };
    let without = scored(left_out.len(), measures, n, watch, |i| {
        Sums::of(&shares, n, |d| u64::from(d != left_out[i]))
    })?;
    Ok(measures
        .iter()
        .enumerate()
        .map(|(m, &measure)| {
            let scores = observed.scores(measure);
            (0..n)
                .into_par_iter()
                .map(|c| {
                    let mut drawn = replicates.slice(s![.., m, c]).to_vec();
                    let jackknife = without.slice(s![.., m, c]).to_vec();
                    inference.bounds(scores[c], &mut drawn, &jackknife)
                })
                .collect()
        })
        .collect())
}

/// Scores under each of so many weightings of the documents: weightings × measures × collocates.
fn scored(
    weightings: usize,
    measures: &[Measure],
    n_collocates: usize,
    watch: &Watch,
    sums: impl Fn(usize) -> Sums + Sync,
) -> Result<Array3<f64>> {
    let mut scores = Array3::zeros((weightings, measures.len(), n_collocates));
    scores
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .try_for_each(|(i, mut scores)| {
            watch.step(1)?;
            let sums = sums(i);
            for (mut row, &measure) in scores.outer_iter_mut().zip(measures) {
                row.assign(&aview1(&sums.scores(measure)));
            }
            Ok::<(), Error>(())
        })?;
    Ok(scores)
}

/// The share of each document.
fn shares(
    tokens: &Tokens,
    units: &[std::ops::Range<usize>],
    window: usize,
    node: u32,
    places: &FxHashMap<u32, u32>,
    watch: &Watch,
) -> Result<Vec<Share>> {
    (0..tokens.n_documents())
        .into_par_iter()
        .map(|d| {
            watch.step(1)?;
            let (from, to) = (tokens.offsets()[d], tokens.offsets()[d + 1]);
            let first = units.partition_point(|u| u.start < from);
            let mut share = Share::default();
            let mut found: FxHashMap<u32, (u64, u64)> = FxHashMap::default();
            for unit in units[first..].iter().take_while(|u| u.start < to && u.end <= to) {
                let ids = &tokens.ids()[unit.clone()];
                for (i, &a) in ids.iter().enumerate().filter(|(_, a)| **a != PAD) {
                    for &b in ids[i + 1..].iter().take(window).filter(|b| **b != PAD) {
                        share.total += 2;
                        for (one, other) in [(a, b), (b, a)] {
                            share.node += u64::from(one == node);
                            if let Some(&place) = places.get(&one) {
                                let entry = found.entry(place).or_default();
                                entry.0 += u64::from(other == node);
                                entry.1 += 1;
                            }
                        }
                    }
                }
            }
            share.collocates = found
                .into_iter()
                .map(|(place, (joint, ends))| (place, joint, ends))
                .collect();
            share.collocates.sort_unstable();
            Ok(share)
        })
        .collect()
}
