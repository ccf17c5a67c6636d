//! Scores of many 2×2 tables: what keyness, associations and a user's own tables share.

use rayon::prelude::*;

use crate::stats::adjust::Adjustment;
use crate::stats::contingency::Table;
use crate::stats::measures::Measure;
use crate::stats::parameters::Parameters;
use crate::stats::special::p_from_log;

/// The columns of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreColumns {
    /// Which.
    pub measure: Measure,
    /// The score; `None` where it is undefined.
    pub score: Vec<Option<f64>>,
    /// For tests of significance.
    pub significance: Option<Significance>,
    /// What resampling over documents says, where it was asked for.
    pub resampled: Option<Resampled>,
}

/// The columns of inference over documents; those that were not asked for are absent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resampled {
    /// Permutation p.
    pub p: Option<Vec<Option<f64>>>,
    /// The same, corrected for the number of tests in the block.
    pub p_adjusted: Option<Vec<Option<f64>>>,
    /// Bounds of the bootstrap interval.
    pub low: Option<Vec<Option<f64>>>,
    /// Upper bound.
    pub high: Option<Vec<Option<f64>>>,
}

impl Resampled {
    fn columns(&mut self) -> [&mut Option<Vec<Option<f64>>>; 4] {
        [&mut self.p, &mut self.p_adjusted, &mut self.low, &mut self.high]
    }
}

/// The columns of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Significance {
    /// Natural logarithm of the two-sided p-value: finite.
    pub log_p: Vec<Option<f64>>,
    /// The p-value: never 0.
    pub p: Vec<Option<f64>>,
    /// The p-value corrected for the number of tests in the block, if a correction was asked for.
    pub p_adjusted: Option<Vec<Option<f64>>>,
}

/// Scores of one family of tests. The correction counts as tests the tables whose score is defined.
pub fn score(tables: &[Table], measures: &[Measure], adjust: Option<Adjustment>) -> Vec<ScoreColumns> {
    let parameters = Parameters {
        n_tested: tables.len(),
        ..Parameters::default()
    };
    score_with(tables, measures, adjust, &parameters)
}

/// [`score`] with given parameters.
pub fn score_with(
    tables: &[Table],
    measures: &[Measure],
    adjust: Option<Adjustment>,
    parameters: &Parameters,
) -> Vec<ScoreColumns> {
    let p = |log_p: &[Option<f64>]| log_p.iter().map(|p| p.map(p_from_log)).collect::<Vec<_>>();
    measures
        .iter()
        .map(|&measure| ScoreColumns {
            measure,
            resampled: None,
            score: tables
                .par_iter()
                .map(|t| measure.score_with(t, parameters))
                .collect(),
            significance: measure.has_p().then(|| {
                let log_p: Vec<_> = tables.par_iter().map(|t| measure.log_p(t)).collect();
                Significance {
                    p: p(&log_p),
                    p_adjusted: adjust.map(|how| p(&how.adjust(&log_p))),
                    log_p,
                }
            }),
        })
        .collect()
}

/// Places in the order of the first measure from high to low, undefined scores last; ties keep their order.
pub fn order(columns: &[ScoreColumns], n: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    if let Some(first) = columns.first() {
        let key = |i: usize| (first.score[i].is_none(), first.score[i].unwrap_or(0.0));
        places.par_sort_by(|&a, &b| {
            let ((a_none, a), (b_none, b)) = (key(a), key(b));
            // A score of −0 is a score of 0.
            a_none.cmp(&b_none).then((b + 0.0).total_cmp(&(a + 0.0)))
        });
    }
    places
}

/// The values at these places.
pub fn take<T: Copy>(values: &[T], places: &[usize]) -> Vec<T> {
    places.iter().map(|&i| values[i]).collect()
}

impl ScoreColumns {
    /// The rows at these places.
    #[must_use]
    pub fn take(&self, places: &[usize]) -> Self {
        Self {
            measure: self.measure,
            score: take(&self.score, places),
            significance: self.significance.as_ref().map(|s| Significance {
                log_p: take(&s.log_p, places),
                p: take(&s.p, places),
                p_adjusted: s.p_adjusted.as_ref().map(|p| take(p, places)),
            }),
            resampled: self.resampled.clone().map(|mut resampled| {
                for column in resampled.columns().into_iter().flatten() {
                    *column = take(column, places);
                }
                resampled
            }),
        }
    }

    /// Puts the rows of another block of the same measure behind.
    pub fn append(&mut self, mut other: Self) {
        self.score.append(&mut other.score);
        if let (Some(mine), Some(theirs)) = (&mut self.resampled, &mut other.resampled) {
            for (mine, theirs) in mine.columns().into_iter().zip(theirs.columns()) {
                if let (Some(mine), Some(theirs)) = (mine, theirs) {
                    mine.append(theirs);
                }
            }
        }
        if let (Some(mine), Some(mut theirs)) = (&mut self.significance, other.significance) {
            mine.log_p.append(&mut theirs.log_p);
            mine.p.append(&mut theirs.p);
            if let (Some(mine), Some(mut theirs)) = (&mut mine.p_adjusted, theirs.p_adjusted) {
                mine.append(&mut theirs);
            }
        }
    }
}
