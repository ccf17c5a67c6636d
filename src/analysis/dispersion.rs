//! Dispersion of every feature of a matrix over documents, groups or slices.

use ndarray::{Array2, ArrayViewMut1, Axis};
use rayon::prelude::*;

use crate::corpus::dfm::Dfm;
use crate::corpus::tokens::{PAD, Tokens, TokensParts};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::dispersion::{Cell, Dispersion, Distances, Parts};
use crate::stats::inference::Inference;
use crate::stats::resample::enough;

/// What to compute.
#[derive(Debug, Clone)]
pub struct DispersionOptions {
    /// Measures, in the order of the columns.
    pub measures: Vec<Dispersion>,
    /// Least count of a feature.
    pub min_count: u64,
    /// Whether all parts are taken to be of one size.
    pub equal_sizes: bool,
    /// Bootstrap over documents; permutations say nothing here.
    pub inference: Inference,
}

/// One row a feature, by count from high to low, then by feature number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DispersionColumns {
    /// Feature number.
    pub feature: Vec<u32>,
    /// Occurrences.
    pub count: Vec<u64>,
    /// Parts with an occurrence.
    pub range: Vec<u64>,
    /// Parts with tokens.
    pub n_parts: u64,
    /// One column a measure.
    pub scores: Vec<Vec<Option<f64>>>,
    /// Interval of each, empty without resamples.
    pub intervals: Vec<Vec<Option<(f64, f64)>>>,
}

/// The tokens of all documents, in order, cut into `n` slices that differ by at most one place; the first are the longer ones.
///
/// # Errors
/// [`Error::Parameter`] for more slices than places.
pub fn slices(tokens: &Tokens, n: usize) -> Result<Tokens> {
    let all = tokens.len();
    if n == 0 || n > all {
        return Err(Error::parameter(
            "parts",
            format!("from 1 to the number of tokens ({all})"),
            n,
        ));
    }
    let (least, longer) = (all / n, all % n);
    Tokens::new(TokensParts {
        vocabulary: std::sync::Arc::clone(tokens.vocabulary()),
        ids: tokens.ids().to_vec(),
        offsets: (0..=n).map(|i| i * least + i.min(longer)).collect(),
        ..TokensParts::default()
    })
}

/// Cells of each feature: document and count.
fn by_feature(dfm: &Dfm) -> Vec<Vec<(usize, f64)>> {
    let mut features = vec![Vec::new(); dfm.n_features()];
    for document in 0..dfm.n_documents() {
        for (feature, count) in dfm.counts().cells(document) {
            features[feature as usize].push((document, count as f64));
        }
    }
    features
}

/// Distances between the occurrences of each feature of the matrix in all documents read as one ring of tokens; a removed
/// token that keeps its place is a place.
fn distances(tokens: &Tokens, dfm: &Dfm, watch: &Watch) -> Result<Vec<Distances>> {
    let all = tokens.len() as f64;
    let mut found: Vec<Distances> = dfm
        .feature_counts()
        .iter()
        .map(|&count| Distances::new(all, count as f64))
        .collect();
    // Token ids to features of the matrix; they differ where features of the vocabulary do not occur.
    let column: Vec<Option<u32>> = tokens
        .vocabulary()
        .features()
        .iter()
        .map(|f| dfm.vocabulary().id(f))
        .collect();
    let mut first = vec![None; found.len()];
    let mut last = vec![0_usize; found.len()];
    for document in 0..tokens.n_documents() {
        watch.step(1)?;
        let start = tokens.offsets()[document];
        for (i, &id) in tokens.document(document).iter().enumerate() {
            let Some(feature) = (id != PAD).then(|| column[id as usize]).flatten() else {
                continue;
            };
            let (feature, place) = (feature as usize, start + i);
            if first[feature].is_none() {
                first[feature] = Some(place);
            } else {
                found[feature].add((place - last[feature]) as f64);
            }
            last[feature] = place;
        }
    }
    for (feature, first) in first.iter().enumerate() {
        if let Some(first) = first {
            found[feature].add((first + tokens.len() - last[feature]) as f64);
        }
    }
    Ok(found)
}

/// Size of each part and how often it is there, and what all parts are together.
type Weighed = (Vec<(f64, f64)>, Parts);

/// Range, scores, intervals.
type Row = (u64, Vec<Option<f64>>, Vec<Option<(f64, f64)>>);

/// Documents, the parts they belong to, and the sizes of both.
struct Layout<'a> {
    /// Part of each document.
    part: Vec<usize>,
    /// Tokens of each document.
    size: &'a [u64],
    n_parts: usize,
    grouped: bool,
    equal: bool,
}

impl Layout<'_> {
    /// Size of each part and how often it is there, when each document is there `times(document)` times. Where each
    /// document is a part, a part is there as often as its document; a group is there once, and larger.
    fn parts(&self, times: &dyn Fn(usize) -> u32) -> Weighed {
        let mut parts = vec![(0.0, if self.grouped { 1.0 } else { 0.0 }); self.n_parts];
        for (document, &part) in self.part.iter().enumerate() {
            let n = f64::from(times(document));
            let size = self.size[document] as f64;
            if self.grouped {
                parts[part].0 += n * size;
            } else {
                parts[part] = (size, n);
            }
        }
        if self.equal {
            for part in &mut parts {
                part.0 = f64::from(u8::from(part.0 > 0.0));
            }
        }
        let all = Parts::new(parts.iter().copied());
        (parts, all)
    }

    /// The parts of a feature, given its documents.
    fn cells(
        &self,
        documents: &[(usize, f64)],
        parts: &[(f64, f64)],
        times: &dyn Fn(usize) -> u32,
    ) -> Vec<Cell> {
        if !self.grouped {
            return documents
                .iter()
                .filter(|(d, _)| times(*d) > 0)
                .map(|&(d, count)| Cell {
                    count,
                    size: parts[self.part[d]].0,
                    times: f64::from(times(d)),
                })
                .collect();
        }
        let mut counts = vec![0.0; self.n_parts];
        for &(document, count) in documents {
            counts[self.part[document]] += f64::from(times(document)) * count;
        }
        counts
            .into_iter()
            .zip(parts)
            .filter(|(count, _)| *count > 0.0)
            .map(|(count, part)| Cell {
                count,
                size: part.0,
                times: 1.0,
            })
            .collect()
    }
}

/// Dispersion of each feature. Parts are the documents, or with `groups` the groups (every number below their number).
/// `tokens` are the same documents in order, for measures by distances. Documents without tokens are no parts.
///
/// A bootstrap draws documents, within their group where there are groups. `dfm` has the documents in an order that does not
/// depend on how they are stored.
///
/// # Errors
/// [`Error::Parameter`] for a measure by distances without tokens; [`Error::Data`] where lengths differ;
/// [`Error::Interrupted`].
pub fn dispersion(
    dfm: &Dfm,
    tokens: Option<&Tokens>,
    groups: Option<&[u32]>,
    options: &DispersionOptions,
    watch: &Watch,
) -> Result<DispersionColumns> {
    let n = dfm.n_documents();
    if groups.is_some_and(|g| g.len() != n) {
        return Err(Error::data(
            "groups",
            format!("{n}, one a document"),
            "another number",
        ));
    }
    options.inference.check(n)?;
    let ring = if options.measures.iter().any(|m| m.by_distances()) {
        let tokens = tokens
            .ok_or_else(|| Error::parameter("measures", "measures by parts for a dfm", "one by distances"))?;
        Some(distances(tokens, dfm, watch)?)
    } else {
        None
    };
    let part: Vec<usize> = match groups {
        Some(groups) => groups.iter().map(|&g| g as usize).collect(),
        None => (0..n).collect(),
    };
    let layout = Layout {
        n_parts: part.iter().max().map_or(0, |&p| p + 1),
        part,
        size: dfm.row_sums(),
        grouped: groups.is_some(),
        equal: options.equal_sizes,
    };
    let (whole, all) = layout.parts(&|_| 1);
    // Only documents with tokens are drawn: the others are no parts.
    let units: Vec<usize> = (0..n).filter(|&d| layout.size[d] > 0).collect();
    let draws = draws(&units, &layout, options);
    let features = by_feature(dfm);
    let mut order: Vec<u32> = (0u32..)
        .zip(dfm.feature_counts())
        .filter(|(_, count)| **count >= options.min_count.max(1))
        .map(|(feature, _)| feature)
        .collect();
    order.sort_by_key(|&f| (std::cmp::Reverse(dfm.feature_counts()[f as usize]), f));

    let resampled: Vec<_> = draws
        .axis_iter(Axis(0))
        .into_par_iter()
        .map(|times| layout.parts(&|d| times[d]))
        .collect();
    let without: Vec<_> = if options.inference.needs_jackknife() {
        units
            .par_iter()
            .map(|&out| (out, layout.parts(&|d| u32::from(d != out))))
            .collect()
    } else {
        Vec::new()
    };
    let rows: Vec<Row> = order
        .par_iter()
        .map(|&feature| {
            watch.step(1)?;
            let documents = &features[feature as usize];
            let cells = layout.cells(documents, &whole, &|_| 1);
            let scores: Vec<Option<f64>> = options
                .measures
                .iter()
                .map(|m| match &ring {
                    Some(ring) if m.by_distances() => m.score_distances(&ring[feature as usize]),
                    _ => m.score(&cells, &all),
                })
                .collect();
            // Both are replicates × measures.
            let mut replicates = Array2::zeros((draws.nrows(), options.measures.len()));
            let mut jackknife = Array2::zeros((without.len(), options.measures.len()));
            let fill = |mut line: ArrayViewMut1<'_, f64>, parts: &Weighed, times: &dyn Fn(usize) -> u32| {
                let cells = layout.cells(documents, &parts.0, times);
                for (score, measure) in line.iter_mut().zip(&options.measures) {
                    *score = measure.score(&cells, &parts.1).unwrap_or(f64::NAN);
                }
            };
            for ((line, times), parts) in replicates
                .outer_iter_mut()
                .zip(draws.outer_iter())
                .zip(&resampled)
            {
                fill(line, parts, &|d| times[d]);
            }
            for (line, (out, parts)) in jackknife.outer_iter_mut().zip(&without) {
                fill(line, parts, &|d| u32::from(d != *out));
            }
            let intervals = intervals(&scores, units.len(), &replicates, &jackknife, options);
            Ok((cells.len() as u64, scores, intervals))
        })
        .collect::<Result<_>>()?;
    Ok(columns(dfm, order, rows, all.n, options))
}

/// Rows as columns.
fn columns(
    dfm: &Dfm,
    order: Vec<u32>,
    rows: Vec<Row>,
    n_parts: f64,
    options: &DispersionOptions,
) -> DispersionColumns {
    let n_intervals = if options.inference.resamples > 0 {
        options.measures.len()
    } else {
        0
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of parts
    let mut columns = DispersionColumns {
        count: order.iter().map(|&f| dfm.feature_counts()[f as usize]).collect(),
        feature: order,
        n_parts: n_parts as u64,
        scores: vec![Vec::new(); options.measures.len()],
        intervals: vec![Vec::new(); n_intervals],
        ..DispersionColumns::default()
    };
    for (range, scores, intervals) in rows {
        columns.range.push(range);
        for (column, score) in columns.scores.iter_mut().zip(scores) {
            column.push(score);
        }
        for (column, interval) in columns.intervals.iter_mut().zip(intervals) {
            column.push(interval);
        }
    }
    columns
}

/// The interval of each score, null for fewer than three documents; none without resamples.
fn intervals(
    scores: &[Option<f64>],
    n_units: usize,
    replicates: &Array2<f64>,
    jackknife: &Array2<f64>,
    options: &DispersionOptions,
) -> Vec<Option<(f64, f64)>> {
    if options.inference.resamples == 0 {
        return Vec::new();
    }
    if !enough(&[n_units]) {
        return vec![None; scores.len()];
    }
    scores
        .iter()
        .enumerate()
        .map(|(m, observed)| {
            let mut values = replicates.column(m).to_vec();
            let left_out = jackknife.column(m).to_vec();
            options.inference.bounds((*observed)?, &mut values, &left_out)
        })
        .collect()
}

/// How often each document is drawn: resamples × documents.
fn draws(units: &[usize], layout: &Layout<'_>, options: &DispersionOptions) -> Array2<u32> {
    let group = |&d: &usize| {
        if layout.grouped {
            u32::try_from(layout.part[d]).unwrap_or(u32::MAX)
        } else {
            0
        }
    };
    let groups: Vec<u32> = units.iter().map(group).collect();
    let Some(plan) = options.inference.drawing(units, &groups) else {
        return Array2::zeros((0, layout.part.len()));
    };
    let drawn = plan.draws(0..options.inference.resamples);
    let mut times = Array2::zeros((drawn.nrows(), layout.part.len()));
    for (&document, column) in units.iter().zip(drawn.columns()) {
        times.column_mut(document).assign(&column);
    }
    times
}
