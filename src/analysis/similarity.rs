//! Which documents or features are alike.

use std::collections::HashMap;
use std::sync::Arc;

use ndarray::{Array2, Axis, aview1};
use rayon::prelude::*;

use crate::corpus::csr::Csr;
use crate::corpus::dfm::{Dfm, WeightedDfm};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::coefficients::Similarity;
use crate::stats::delta::{Delta, Deltas, deltas};
use crate::stats::distance::{Distance, DistanceOptions, distances};
use crate::stats::inference::Inference;
use crate::stats::resample::enough;
use crate::stats::similarity::{Pairs, Wanted, pairs};
use crate::stats::sparse::SparseRows;

crate::words! {
    /// What is compared with what.
    pub enum Margin as "margin" {
        /// Documents, by the features that they use.
        Documents = "documents",
        /// Features, by the documents that use them.
        Features = "features",
    }
}

/// A matrix of counts or of weights.
#[derive(Debug, Clone, Copy)]
pub enum Matrix<'a> {
    /// Counts.
    Counts(&'a Dfm),
    /// Weights.
    Weights(&'a WeightedDfm),
}

impl Matrix<'_> {
    /// The features.
    pub fn vocabulary(&self) -> &Vocabulary {
        match self {
            Self::Counts(dfm) => dfm.vocabulary(),
            Self::Weights(dfm) => dfm.vocabulary(),
        }
    }

    /// Cells of each document.
    fn cells(&self) -> Vec<Vec<(u32, f64)>> {
        fn of<T: Copy>(matrix: &Csr<T>, value: impl Fn(T) -> f64) -> Vec<Vec<(u32, f64)>> {
            (0..matrix.n_rows())
                .map(|row| {
                    matrix
                        .cells(row)
                        .map(|(column, cell)| (column, value(cell)))
                        .collect()
                })
                .collect()
        }
        match self {
            Self::Counts(dfm) => of(dfm.counts(), |count| count as f64),
            Self::Weights(dfm) => of(dfm.weights(), |weight| weight),
        }
    }

    /// Documents, or features, as rows.
    ///
    /// # Errors
    /// [`Error::Data`] for weights that are not finite.
    pub fn rows(&self, margin: Margin) -> Result<SparseRows> {
        let rows = SparseRows::new(self.vocabulary().len(), self.cells())?;
        match margin {
            Margin::Documents => Ok(rows),
            Margin::Features => rows.transposed(),
        }
    }
}

/// The documents of two matrices over the features of either: those of `y` behind those of `x`.
///
/// # Errors
/// [`Error::Data`] for weights that are not finite, and beyond 2³² features.
pub fn stacked(x: Matrix<'_>, y: Matrix<'_>) -> Result<SparseRows> {
    let (left, right) = (x.vocabulary().features(), y.vocabulary().features());
    let mut names: Vec<&str> = left.iter().chain(right).map(AsRef::as_ref).collect();
    names.sort_unstable();
    names.dedup();
    let place = |own: &[Arc<str>]| -> Result<Vec<u32>> {
        own.iter()
            .map(|name| {
                let at = names.partition_point(|other| *other < name.as_ref());
                u32::try_from(at).map_err(|_| Error::data("features", "fewer than 2^32", at))
            })
            .collect()
    };
    let (left, right) = (place(left)?, place(right)?);
    let moved = |cells: Vec<Vec<(u32, f64)>>, to: &[u32]| -> Vec<Vec<(u32, f64)>> {
        cells
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|(column, value)| (to[column as usize], value))
                    .collect()
            })
            .collect()
    };
    let mut rows = moved(x.cells(), &left);
    rows.extend(moved(y.cells(), &right));
    SparseRows::new(names.len(), rows)
}

/// Similarity or distance: the word of either.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Greater is nearer.
    Similarity(Similarity),
    /// Smaller is nearer.
    Distance(Distance, DistanceOptions),
}

impl Method {
    /// All pairs wanted.
    ///
    /// # Errors
    /// As [`pairs`] and [`distances`].
    pub fn pairs(self, rows: &SparseRows, wanted: &Wanted, watch: &Watch) -> Result<Pairs> {
        match self {
            Self::Similarity(method) => pairs(rows, method, wanted, watch),
            Self::Distance(method, options) => distances(rows, method, options, wanted, watch),
        }
    }
}

/// Documents or features of one matrix with each other, or its documents with those of another.
///
/// Row numbers of `second` are those of `y` where it is given.
///
/// # Errors
/// As [`pairs`] and [`distances`]; [`Error::Parameter`] for features against another matrix.
pub fn compare(
    x: Matrix<'_>,
    y: Option<Matrix<'_>>,
    method: Method,
    margin: Margin,
    mut wanted: Wanted,
    watch: &Watch,
) -> Result<Pairs> {
    let Some(y) = y else {
        return method.pairs(&x.rows(margin)?, &wanted, watch);
    };
    if margin == Margin::Features {
        return Err(Error::parameter(
            "margin",
            "`documents` with `against`",
            "`features`",
        ));
    }
    let split =
        u32::try_from(x.cells().len()).map_err(|_| Error::data("dfm", "fewer than 2^32 rows", "more"))?;
    wanted.split = Some(split);
    let mut found = method.pairs(&stacked(x, y)?, &wanted, watch)?;
    for second in &mut found.second {
        *second -= split;
    }
    Ok(found)
}

/// Deltas between documents.
///
/// # Errors
/// As [`deltas`].
pub fn delta(matrix: Matrix<'_>, method: Delta, n_features: usize, culling: f64) -> Result<Deltas> {
    deltas(&matrix.rows(Margin::Documents)?, method, n_features, culling)
}

/// How like groups of documents are, with an interval over documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GroupPairs {
    /// The pairs, in the order of [`pairs`].
    pub pairs: Pairs,
    /// Lower bound of the interval; `None` where it is undefined.
    pub low: Vec<Option<f64>>,
    /// Upper bound of the interval.
    pub high: Vec<Option<f64>>,
}

/// Compares the sums of the documents of each group; documents are redrawn within their group for the interval.
///
/// `groups[d]` is the group of document `d`, or `None` for a document that stands outside. Without resamples there are no intervals.
/// One step of the watch a replicate.
///
/// # Errors
/// As [`pairs`]; [`Error::Data`] where there is not one group a document.
pub fn groups(
    matrix: Matrix<'_>,
    groups: &[Option<u32>],
    method: Method,
    inference: &Inference,
    watch: &Watch,
) -> Result<GroupPairs> {
    let cells = matrix.cells();
    if cells.len() != groups.len() {
        return Err(Error::data(
            "groups",
            format!("{} numbers, one a document", cells.len()),
            groups.len(),
        ));
    }
    inference.check(groups.len())?;
    let (documents, labels): (Vec<usize>, Vec<u32>) = inference
        .documents(groups.len())
        .into_iter()
        .filter_map(|document| groups[document].map(|g| (document, g)))
        .unzip();
    let members: Vec<(usize, u32)> = documents.iter().copied().zip(labels.iter().copied()).collect();
    let n_groups = members.iter().map(|&(_, g)| g as usize + 1).max().unwrap_or(0);
    let n_features = matrix.vocabulary().len();
    // How often each member is counted → one figure a pair, by row numbers.
    let compare = |times: &dyn Fn(usize) -> f64, watch: &Watch| -> Result<Pairs> {
        let mut sums = Array2::zeros((n_groups, n_features));
        for (unit, &(document, group)) in members.iter().enumerate() {
            let times = times(unit);
            if times != 0.0 {
                for &(feature, value) in &cells[document] {
                    sums[[group as usize, feature as usize]] += times * value;
                }
            }
        }
        let rows = sums.outer_iter().map(|row| (0..).zip(row.to_vec()));
        let rows = SparseRows::new(n_features, rows)?;
        method.pairs(&rows, &Wanted::default(), watch)
    };
    let quiet = Watch::new();
    let observed = compare(&|_| 1.0, &quiet)?;
    let places: HashMap<(u32, u32), usize> = (observed.first.iter().copied())
        .zip(observed.second.iter().copied())
        .enumerate()
        .map(|(place, pair)| (pair, place))
        .collect();
    let figures = |found: &Pairs| {
        let mut figures = vec![f64::NAN; places.len()];
        for ((&a, &b), figure) in found.first.iter().zip(&found.second).zip(&found.similarity) {
            if let (Some(&place), Some(figure)) = (places.get(&(a, b)), figure) {
                figures[place] = *figure;
            }
        }
        figures
    };
    // Weightings of the documents × pairs.
    let table = |weightings: usize, row: &(dyn Fn(usize) -> Result<Pairs> + Sync)| {
        let mut table = Array2::zeros((weightings, places.len()));
        table
            .axis_iter_mut(Axis(0))
            .into_par_iter()
            .enumerate()
            .try_for_each(|(i, mut line)| {
                watch.step(1)?;
                line.assign(&aview1(&figures(&row(i)?)));
                Ok::<(), Error>(())
            })?;
        Ok::<_, Error>(table)
    };
    let plan = inference.drawing(&documents, &labels);
    let replicates = match &plan {
        None => Array2::zeros((0, places.len())),
        Some(plan) => table(inference.resamples, &|replicate| {
            let times = plan.multiplicities(replicate);
            compare(&|unit| f64::from(times[unit]), &quiet)
        })?,
    };
    let left_out = if plan.is_some() && inference.needs_jackknife() {
        members.len()
    } else {
        0
    };
    let jackknife = table(left_out, &|out| {
        compare(&|unit| f64::from(u8::from(unit != out)), &quiet)
    })?;
    let size = |group: u32| {
        let filled = members
            .iter()
            .filter(|&&(d, g)| g == group && !cells[d].is_empty());
        filled.count()
    };
    let bounds: Vec<Option<(f64, f64)>> = (0..places.len())
        .map(|place| {
            if !enough(&[size(observed.first[place]), size(observed.second[place])]) {
                return None;
            }
            let mut values = replicates.column(place).to_vec();
            let without = jackknife.column(place).to_vec();
            inference.bounds(observed.similarity[place]?, &mut values, &without)
        })
        .collect();
    Ok(GroupPairs {
        pairs: observed,
        low: bounds.iter().map(|b| b.map(|b| b.0)).collect(),
        high: bounds.iter().map(|b| b.map(|b| b.1)).collect(),
    })
}
