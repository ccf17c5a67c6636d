//! Sequences of neighbouring tokens that belong together.

use rayon::prelude::*;

use super::scores::{self, ScoreColumns, Significance};
use crate::corpus::sequences::{SequenceOptions, Sequences, sequences};
use crate::corpus::tokens::Tokens;
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::adjust::Adjustment;
use crate::stats::contingency::Table;
use crate::stats::interaction::interaction;
use crate::stats::measures::Measure;
use crate::stats::special::p_from_log;

/// What is counted and computed.
#[derive(Debug, Clone, PartialEq)]
pub struct CollocationOptions {
    /// Which sequences.
    pub sequences: SequenceOptions,
    /// List only sequences with one of these features, which changes no margin; `None` for all.
    pub contains: Option<Vec<bool>>,
    /// Added to each cell of the table before logarithms: finite, at least 0.
    pub smoothing: f64,
    /// Further measures, on 2×2 tables; of more than two tokens, that of the weakest joint.
    pub measures: Vec<Measure>,
    /// Correction of the p-values of `measures` for the number of sequences of a size.
    pub adjust: Option<Adjustment>,
}

/// One row a sequence, as columns of equal length: by z from high to low (undefined last), then by tokens, then by size.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)] // the words of the frame
pub struct Collocations {
    /// Ids of each.
    pub ids: Vec<Vec<u32>>,
    pub count: Vec<u64>,
    pub count_nested: Vec<u64>,
    /// Number of windows of this size.
    pub n_sequences: Vec<u64>,
    pub lambda: Vec<Option<f64>>,
    pub z: Vec<Option<f64>>,
    pub scores: Vec<ScoreColumns>,
}

/// Counts sequences and scores them.
///
/// λ and z are those of [`interaction`]. The further measures need two halves: a sequence of K tokens has K − 1 joints, at each
/// of which what stands before meets what stands behind (the table of the windows that agree with the one, the other, both
/// or neither); the score is the least over the joints, so that no sequence scores higher than its weakest joint, and an
/// undefined score at a joint makes it undefined. For K = 2 that is the common table of a bigram.
///
/// # Errors
/// As [`sequences`]; [`Error::Parameter`] for a smoothing out of range.
pub fn collocations(
    tokens: &Tokens,
    breaks: &[bool],
    options: &CollocationOptions,
    watch: &Watch,
) -> Result<Collocations> {
    let smoothing = options.smoothing;
    if !(smoothing.is_finite() && smoothing >= 0.0) {
        return Err(Error::parameter(
            "smoothing",
            "a finite number of at least 0",
            smoothing,
        ));
    }
    if let Some(wanted) = &options.contains
        && wanted.len() != tokens.vocabulary().len()
    {
        let allowed = format!("one for each of {} features", tokens.vocabulary().len());
        return Err(Error::data("contains", allowed, wanted.len()));
    }
    let found = sequences(tokens, breaks, &options.sequences, watch)?;
    let mut all = Collocations {
        scores: scores::score(&[], &options.measures, options.adjust),
        ..Collocations::default()
    };
    for of_size in found {
        watch.step(1)?;
        let of_size = &match &options.contains {
            Some(wanted) => of_size.listing(|ids| ids.iter().any(|&id| wanted[id as usize])),
            None => of_size,
        };
        let interactions: Vec<_> = (0..of_size.len())
            .into_par_iter()
            .map(|i| interaction(&of_size.cells(i), smoothing))
            .collect();
        all.ids
            .extend((0..of_size.len()).map(|i| of_size.sequence(i).to_vec()));
        all.count.extend(&of_size.counts);
        all.count_nested.extend(&of_size.nested);
        all.n_sequences
            .extend(std::iter::repeat_n(of_size.total, of_size.len()));
        all.lambda
            .extend(interactions.iter().map(|i| i.map(|i| i.lambda)));
        all.z.extend(interactions.iter().map(|i| i.map(|i| i.z())));
        if !options.measures.is_empty() {
            let scored = weakest_joints(of_size, &options.measures, options.adjust)?;
            for (mine, theirs) in all.scores.iter_mut().zip(scored) {
                mine.append(theirs);
            }
        }
    }
    let mut order: Vec<usize> = (0..all.count.len()).collect();
    let key = |i: usize| (all.z[i].is_none(), all.z[i].unwrap_or(0.0));
    order.par_sort_by(|&a, &b| {
        let ((a_none, a_z), (b_none, b_z)) = (key(a), key(b));
        a_none
            .cmp(&b_none)
            .then((b_z + 0.0).total_cmp(&(a_z + 0.0)))
            .then_with(|| all.ids[a].cmp(&all.ids[b]))
    });
    Ok(all.take(&order))
}

/// Each measure at the joint where it is least.
fn weakest_joints(
    found: &Sequences,
    measures: &[Measure],
    adjust: Option<Adjustment>,
) -> Result<Vec<ScoreColumns>> {
    let all = (1_usize << found.size) - 1;
    let joints: Vec<Vec<Table>> = (1..found.size)
        .map(|cut| {
            let before = (1 << cut) - 1;
            (0..found.len())
                .map(|i| {
                    let m = found.margins(i);
                    Table::from_marginals(m[all], m[before], m[all ^ before], found.total)
                })
                .collect()
        })
        .collect::<Result<_>>()?;
    if let [only] = joints.as_slice() {
        return Ok(scores::score(only, measures, adjust));
    }
    Ok(measures
        .iter()
        .map(|&measure| {
            let weakest: Vec<(Option<f64>, Option<f64>)> = (0..found.len())
                .into_par_iter()
                .map(|i| {
                    let mut least: Option<(f64, &Table)> = None;
                    for joint in &joints {
                        let Some(score) = measure.score(&joint[i]) else {
                            return (None, None);
                        };
                        if least.is_none_or(|(old, _)| score < old) {
                            least = Some((score, &joint[i]));
                        }
                    }
                    (
                        least.map(|l| l.0),
                        least.and_then(|(_, table)| measure.log_p(table)),
                    )
                })
                .collect();
            let significance = measure.has_p().then(|| {
                let log_p: Vec<_> = weakest.iter().map(|w| w.1).collect();
                let p = |log_p: &[Option<f64>]| log_p.iter().map(|p| p.map(p_from_log)).collect();
                Significance {
                    p: p(&log_p),
                    p_adjusted: adjust.map(|how| p(&how.adjust(&log_p))),
                    log_p,
                }
            });
            ScoreColumns {
                resampled: None,
                measure,
                score: weakest.iter().map(|w| w.0).collect(),
                significance,
            }
        })
        .collect())
}

impl Collocations {
    /// The rows at these places.
    fn take(&self, places: &[usize]) -> Self {
        Self {
            ids: places.iter().map(|&i| self.ids[i].clone()).collect(),
            count: scores::take(&self.count, places),
            count_nested: scores::take(&self.count_nested, places),
            n_sequences: scores::take(&self.n_sequences, places),
            lambda: scores::take(&self.lambda, places),
            z: scores::take(&self.z, places),
            scores: self.scores.iter().map(|s| s.take(places)).collect(),
        }
    }
}
