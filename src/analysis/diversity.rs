//! Lexical diversity of every document, from tokens or from counts.

use rayon::prelude::*;

use crate::corpus::dfm::Dfm;
use crate::corpus::tokens::{PAD, Tokens};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::diversity::{Diversity, DiversityOptions, Spectrum, segment_ratios};
use crate::stats::inference::Inference;
use crate::stats::resample::{Plan, enough};

/// One row a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DiversityColumns {
    /// Tokens of the document, padding not counted.
    pub tokens: Vec<u64>,
    /// Types of the document.
    pub types: Vec<u64>,
    /// One column a measure.
    pub scores: Vec<Vec<Option<f64>>>,
}

/// Tokens of a document numbered from 0, padding left out, and how often each occurs.
fn renumbered(document: &[u32]) -> (Vec<u32>, Vec<u64>) {
    let mut kinds: Vec<u32> = document.iter().copied().filter(|&id| id != PAD).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut counts = vec![0; kinds.len()];
    let sequence = document
        .iter()
        .filter_map(|id| kinds.binary_search(id).ok())
        .map(|at| {
            counts[at] += 1;
            u32::try_from(at).unwrap_or(PAD)
        })
        .collect();
    (sequence, counts)
}

fn columns(rows: Vec<(Spectrum, Vec<Option<f64>>)>, n_measures: usize) -> DiversityColumns {
    let mut columns = DiversityColumns {
        scores: vec![Vec::new(); n_measures],
        ..DiversityColumns::default()
    };
    for (spectrum, scores) in rows {
        columns.tokens.push(spectrum.tokens());
        columns.types.push(spectrum.types());
        for (column, score) in columns.scores.iter_mut().zip(scores) {
            column.push(score);
        }
    }
    columns
}

/// Diversity of each document of tokens. Padding is no token: its neighbours stand together.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn of_tokens(
    tokens: &Tokens,
    measures: &[Diversity],
    options: &DiversityOptions,
    watch: &Watch,
) -> Result<DiversityColumns> {
    let rows = (0..tokens.n_documents())
        .into_par_iter()
        .map(|d| {
            watch.step(1)?;
            let (sequence, counts) = renumbered(tokens.document(d));
            let spectrum = Spectrum::new(counts);
            let score = |m: &Diversity| m.score(&spectrum, Some(&sequence), options);
            let scores = measures.iter().map(score).collect();
            Ok((spectrum, scores))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(columns(rows, measures.len()))
}

/// Diversity of each document of a matrix.
///
/// # Errors
/// [`Error::Parameter`] for a measure by sequence; [`Error::Interrupted`].
pub fn of_dfm(
    dfm: &Dfm,
    measures: &[Diversity],
    options: &DiversityOptions,
    watch: &Watch,
) -> Result<DiversityColumns> {
    if let Some(bad) = measures.iter().find(|m| m.by_sequence()) {
        return Err(Error::parameter(
            "measures",
            "measures by counts for a dfm",
            format!("`{bad}`"),
        ));
    }
    let rows = (0..dfm.n_documents())
        .into_par_iter()
        .map(|d| {
            watch.step(1)?;
            let spectrum = Spectrum::new(dfm.counts().cells(d).map(|(_, count)| count));
            let scores = measures
                .iter()
                .map(|m| m.score(&spectrum, None, options))
                .collect();
            Ok((spectrum, scores))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(columns(rows, measures.len()))
}

/// For each document the interval of the mean type–token ratio of its segments, over resampled segments; `None` for fewer
/// than three segments. Blocks are of documents and say nothing here. After Evert, S., Wankerl, S. & Nöth, E. (2017), who take
/// the disjoint windows of a text for
/// its sample.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn segment_intervals(
    tokens: &Tokens,
    segment: usize,
    inference: &Inference,
    watch: &Watch,
) -> Result<Vec<Option<(f64, f64)>>> {
    (0..tokens.n_documents())
        .into_par_iter()
        .map(|d| {
            watch.step(1)?;
            let ratios = segment_ratios(&renumbered(tokens.document(d)).0, segment);
            let n = ratios.len();
            if !enough(&[n]) {
                return Ok(None);
            }
            let plan = Plan::new(inference.seed, n);
            let total: f64 = ratios.iter().sum();
            let mut replicates: Vec<f64> = (0..inference.resamples)
                .map(|i| {
                    let times = plan.multiplicities(i);
                    ratios
                        .iter()
                        .zip(times)
                        .map(|(r, n)| r * f64::from(n))
                        .sum::<f64>()
                        / n as f64
                })
                .collect();
            let jackknife: Vec<f64> = ratios.iter().map(|r| (total - r) / (n as f64 - 1.0)).collect();
            Ok(inference.bounds(total / n as f64, &mut replicates, &jackknife))
        })
        .collect()
}
