//! Which features are key to a target against a reference.
//!
//! The token is the unit of the tables: o11 is the count of the feature in the target, r1 the number of tokens there. The
//! sizes are those of the matrix as it is given, so selecting or trimming features before makes the sides smaller.

use rayon::prelude::*;

use super::keyness_inference::{Replicated, infer};
use super::scores::{self, Resampled, ScoreColumns};
use crate::corpus::dfm::Dfm;
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::adjust::Adjustment;
use crate::stats::contingency::Table;
use crate::stats::inference::Inference;
use crate::stats::measures::Measure;
use crate::stats::parameters::Parameters;
use crate::stats::special::p_from_log;

/// What is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct KeynessOptions {
    /// The measures, the first of which orders the rows.
    pub measures: Vec<Measure>,
    /// Least count of a feature on both sides together. That sum says nothing about the sides, so it may choose what is
    /// tested. Features that occur on neither side are never tested.
    pub min_count: u64,
    /// Correction of the p-values for the number of features tested, target by target.
    pub adjust: Option<Adjustment>,
    /// What measures need besides the table; the number of features tested is filled in.
    pub parameters: Parameters,
    /// Inference over documents.
    pub inference: Inference,
}

/// Who is compared with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contrasts {
    /// Each of these groups with all other grouped documents.
    Rest(Vec<u32>),
    /// Target and reference, pair by pair; documents of other groups take no part.
    Pairs(Vec<(u32, u32)>),
}

/// One row a target and feature, as columns of equal length: by target in the order given, then by the first measure from
/// high to low (undefined last), then by feature.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)] // the words of the frame
pub struct Keyness {
    /// Place of the contrast in the list.
    pub target: Vec<u32>,
    pub feature: Vec<u32>,
    pub count_target: Vec<u64>,
    pub count_reference: Vec<u64>,
    pub size_target: Vec<u64>,
    pub size_reference: Vec<u64>,
    pub expected_target: Vec<f64>,
    pub expected_reference: Vec<f64>,
    pub doc_freq_target: Vec<u64>,
    pub doc_freq_reference: Vec<u64>,
    /// Number of features tested in this contrast.
    pub n_tested: Vec<u64>,
    pub scores: Vec<ScoreColumns>,
}

/// Counts of all features in some documents.
#[derive(Default)]
struct Side {
    counts: Vec<u64>,
    doc_freqs: Vec<u64>,
    size: u64,
}

impl Side {
    fn sum(dfm: &Dfm, rows: impl Iterator<Item = usize>, watch: &Watch) -> Result<Self> {
        let n = dfm.n_features();
        let mut side = Self {
            counts: vec![0; n],
            doc_freqs: vec![0; n],
            size: 0,
        };
        for row in rows {
            watch.step(1)?;
            for (feature, count) in dfm.counts().cells(row) {
                let feature = feature as usize;
                // No overflow: the total of a dfm fits 64 bits, or the dfm could not be made.
                side.counts[feature] += count;
                side.doc_freqs[feature] += 1;
                side.size += count;
            }
        }
        Ok(side)
    }
}

/// Compares groups of documents, contrast by contrast.
///
/// `groups` has the group of each document; a document without one is on neither side. A feature that one side lacks stays,
/// with a count of 0.
///
/// # Errors
/// [`Error::Data`] where there is not one group a document; [`Error::Interrupted`].
pub fn keyness(
    dfm: &Dfm,
    groups: &[Option<u32>],
    contrasts: &Contrasts,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Keyness> {
    if groups.len() != dfm.n_documents() {
        let expected = format!("one for each of {} documents", dfm.n_documents());
        return Err(Error::data("groups", expected, groups.len()));
    }
    match contrasts {
        Contrasts::Rest(targets) => against_rest(dfm, groups, targets, 0, options, watch),
        Contrasts::Pairs(pairs) => {
            let mut all = empty(options)?;
            for (place, &(target, reference)) in (0_u32..).zip(pairs) {
                let sides: Vec<Option<u32>> = groups
                    .iter()
                    .map(|&group| match group {
                        Some(group) if group == target => Some(1),
                        Some(group) if group == reference => Some(0),
                        _ => None,
                    })
                    .collect();
                all.append(against_rest(dfm, &sides, &[1], place, options, watch)?);
            }
            Ok(all)
        }
    }
}

/// No rows, with the columns that there would be.
fn empty(options: &KeynessOptions) -> Result<Keyness> {
    let mut none = block(0, &Side::default(), &Side::default(), &[], options)?;
    resampled(&mut none.scores, Vec::new(), options);
    Ok(none)
}

fn against_rest(
    dfm: &Dfm,
    groups: &[Option<u32>],
    targets: &[u32],
    first: u32,
    options: &KeynessOptions,
    watch: &Watch,
) -> Result<Keyness> {
    let members = |of: Option<u32>| {
        groups
            .iter()
            .enumerate()
            .filter(move |(_, g)| g.is_some() && (of.is_none() || **g == of))
            .map(|(row, _)| row)
    };
    let whole = Side::sum(dfm, members(None), watch)?;
    let least = options.min_count.max(1);
    let tested: Vec<u32> = (0_u32..)
        .zip(&whole.counts)
        .filter(|(_, count)| **count >= least)
        .map(|(feature, _)| feature)
        .collect();
    let mut blocks: Vec<Keyness> = (first..)
        .zip(targets)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(place, &target)| {
            let side = Side::sum(dfm, members(Some(target)), watch)?;
            block(place, &side, &whole, &tested, options)
        })
        .collect::<Result<_>>()?;
    if !options.inference.is_empty() {
        let parameters = Parameters {
            n_tested: tested.len(),
            ..options.parameters
        };
        let measures = &options.measures;
        let how = &options.inference;
        let found = infer(dfm, groups, targets, &tested, measures, parameters, how, watch)?;
        for (block, found) in blocks.iter_mut().zip(found) {
            resampled(&mut block.scores, found, options);
        }
    }
    let mut all = empty(options)?;
    for block in blocks {
        all.append(block.in_order());
    }
    Ok(all)
}

/// Puts the columns of inference over documents beside the scores.
fn resampled(scores: &mut [ScoreColumns], found: Vec<Replicated>, options: &KeynessOptions) {
    let how = &options.inference;
    if how.is_empty() {
        return;
    }
    let mut found = found.into_iter();
    for column in scores {
        let one = found.next().unwrap_or_default();
        let log_p: Vec<Option<f64>> = one.p.iter().map(|p| p.map(f64::ln)).collect();
        let adjusted = options.adjust.map(|adjust| adjust.adjust(&log_p));
        let permuted = how.permutations > 0;
        let redrawn = how.resamples > 0;
        column.resampled = Some(Resampled {
            p_adjusted: adjusted
                .filter(|_| permuted)
                .map(|log_p| log_p.iter().map(|p| p.map(p_from_log)).collect()),
            p: permuted.then_some(one.p),
            low: redrawn.then_some(one.low),
            high: redrawn.then_some(one.high),
        });
    }
}

/// The rows of one target, in the order of features.
fn block(
    place: u32,
    target: &Side,
    whole: &Side,
    tested: &[u32],
    options: &KeynessOptions,
) -> Result<Keyness> {
    let reference_size = whole.size - target.size;
    let tables: Vec<Table> = tested
        .iter()
        .map(|&f| {
            let count = target.counts[f as usize];
            Table::from_sizes(
                count,
                target.size,
                whole.counts[f as usize] - count,
                reference_size,
            )
        })
        .collect::<Result<_>>()?;
    let parameters = Parameters {
        n_tested: tested.len(),
        ..options.parameters
    };
    let scores = scores::score_with(&tables, &options.measures, options.adjust, &parameters);
    let feature = tested.to_vec();
    let n = feature.len();
    let doc_freq_target: Vec<u64> = feature.iter().map(|&f| target.doc_freqs[f as usize]).collect();
    Ok(Keyness {
        target: vec![place; n],
        count_target: tables.iter().map(Table::o11).collect(),
        count_reference: tables.iter().map(Table::o21).collect(),
        size_target: vec![target.size; n],
        size_reference: vec![reference_size; n],
        expected_target: tables.iter().map(Table::e11).collect(),
        expected_reference: tables.iter().map(Table::e21).collect(),
        doc_freq_reference: feature
            .iter()
            .zip(&doc_freq_target)
            .map(|(&f, here)| whole.doc_freqs[f as usize] - here)
            .collect(),
        doc_freq_target,
        n_tested: vec![n as u64; n],
        scores,
        feature,
    })
}

impl Keyness {
    /// The rows in the order of the first measure.
    fn in_order(self) -> Self {
        let order = scores::order(&self.scores, self.feature.len());
        Self {
            target: scores::take(&self.target, &order),
            feature: scores::take(&self.feature, &order),
            count_target: scores::take(&self.count_target, &order),
            count_reference: scores::take(&self.count_reference, &order),
            size_target: scores::take(&self.size_target, &order),
            size_reference: scores::take(&self.size_reference, &order),
            expected_target: scores::take(&self.expected_target, &order),
            expected_reference: scores::take(&self.expected_reference, &order),
            doc_freq_target: scores::take(&self.doc_freq_target, &order),
            doc_freq_reference: scores::take(&self.doc_freq_reference, &order),
            n_tested: scores::take(&self.n_tested, &order),
            scores: self.scores.iter().map(|column| column.take(&order)).collect(),
        }
    }

    fn append(&mut self, mut other: Self) {
        self.target.append(&mut other.target);
        self.feature.append(&mut other.feature);
        self.count_target.append(&mut other.count_target);
        self.count_reference.append(&mut other.count_reference);
        self.size_target.append(&mut other.size_target);
        self.size_reference.append(&mut other.size_reference);
        self.expected_target.append(&mut other.expected_target);
        self.expected_reference.append(&mut other.expected_reference);
        self.doc_freq_target.append(&mut other.doc_freq_target);
        self.doc_freq_reference.append(&mut other.doc_freq_reference);
        self.n_tested.append(&mut other.n_tested);
        for (mine, theirs) in self.scores.iter_mut().zip(other.scores) {
            mine.append(theirs);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::corpus::csr::Csr;
    use crate::corpus::vocabulary::Vocabulary;

    /// Four documents over 党建, 经济, 调研; the third is empty.
    fn dfm() -> Dfm {
        let rows = vec![vec![(0, 8), (1, 2)], vec![(1, 5), (2, 1)], vec![], vec![(1, 4)]];
        let vocabulary = Vocabulary::new(["党建", "经济", "调研"]).unwrap();
        Dfm::new(Arc::new(vocabulary), Csr::from_rows(3, rows).unwrap()).unwrap()
    }

    fn rest(targets: &[u32]) -> Contrasts {
        Contrasts::Rest(targets.to_vec())
    }

    fn options(min_count: u64) -> KeynessOptions {
        KeynessOptions {
            measures: vec![Measure::LogLikelihood, Measure::LogRatio],
            min_count,
            adjust: Some(Adjustment::BenjaminiHochberg),
            parameters: Parameters::default(),
            inference: Inference::default(),
        }
    }

    #[test]
    fn words_of_one_side_stay_and_left_out_documents_do_not_count() {
        let groups = [Some(1), Some(0), Some(0), None];
        let k = keyness(&dfm(), &groups, &rest(&[1]), &options(1), &Watch::new()).unwrap();
        assert_eq!(k.feature, [0, 2, 1]);
        assert_eq!(k.count_target, [8, 0, 2]);
        assert_eq!(k.count_reference, [0, 1, 5]);
        assert_eq!((k.size_target[0], k.size_reference[0]), (10, 6));
        assert_eq!((k.doc_freq_target[2], k.doc_freq_reference[2]), (1, 1));
        let scores = &k.scores[0].score;
        assert!(scores[0] > Some(0.0) && scores[1] < Some(0.0) && scores[2] < scores[1]);
        assert!(k.scores[0].significance.is_some() && k.scores[1].significance.is_none());
    }

    #[test]
    fn each_group_against_the_rest_is_what_each_alone_would_be() {
        let groups = [Some(1), Some(0), Some(2), Some(2)];
        let all = keyness(&dfm(), &groups, &rest(&[0, 1, 2]), &options(1), &Watch::new()).unwrap();
        let mut one_by_one = keyness(&dfm(), &groups, &rest(&[0]), &options(1), &Watch::new()).unwrap();
        for target in [1, 2] {
            let mut one = keyness(&dfm(), &groups, &rest(&[target]), &options(1), &Watch::new()).unwrap();
            one.target.fill(target);
            one_by_one.append(one);
        }
        assert_eq!(all, one_by_one);
    }

    #[test]
    fn empty_sides_and_empty_matrices_do_not_fail() {
        let empty_target = keyness(
            &dfm(),
            &[Some(0), Some(0), Some(1), Some(0)],
            &rest(&[1]),
            &options(1),
            &Watch::new(),
        )
        .unwrap();
        assert_eq!(empty_target.feature, [0, 1, 2]);
        assert_eq!(empty_target.scores[0].score, [None; 3]);
        assert!(
            keyness(&dfm(), &[None; 4], &rest(&[0]), &options(1), &Watch::new())
                .unwrap()
                .feature
                .is_empty()
        );
        assert!(keyness(&dfm(), &[None; 3], &rest(&[0]), &options(1), &Watch::new()).is_err());
        let rare = keyness(
            &dfm(),
            &[Some(1), Some(0), Some(0), Some(0)],
            &rest(&[1]),
            &options(8),
            &Watch::new(),
        )
        .unwrap();
        assert_eq!(rare.feature, [0, 1]);
        assert_eq!(rare.size_target[0], 10, "min_count chooses rows, not tokens");
    }

    #[test]
    fn a_watch_stops_it() {
        let watch = Watch::new();
        watch.stop();
        assert_eq!(
            keyness(&dfm(), &[Some(0); 4], &rest(&[0]), &options(1), &watch).unwrap_err(),
            Error::Interrupted
        );
    }
}
