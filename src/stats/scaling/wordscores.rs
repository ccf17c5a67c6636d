//! Wordscores: Laver, M., Benoit, K. & Garry, J. (2003). Extracting policy positions from political texts using words as data. *APSR* 97(2),
//! 311–331; rescaling of Martin, L. W. & Vanberg, G. (2008). *Political Analysis* 16(1), 93–100.

use crate::error::{Error, Result};
use crate::stats::sparse::SparseRows;

crate::words! {
    /// What raw scores are brought back to, since they bunch up around the mean of the reference scores.
    pub enum Rescaling as "rescaling" {
        /// Raw scores.
        None = "none",
        /// The spread of the reference scores (Laver, Benoit & Garry): (S − mean S)·SD(A)/SD(S) + mean S, over the texts scored.
        Lbg = "lbg",
        /// The two extreme reference texts get their own scores back (Martin & Vanberg).
        Mv = "mv",
    }
}

/// Scores of words and texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wordscores {
    /// Score of each feature; `None` where no reference text has it.
    pub words: Vec<Option<f64>>,
    /// Number of each text that was scored.
    pub documents: Vec<u32>,
    /// Raw score; `None` for a text without a scored word.
    pub raw: Vec<Option<f64>>,
    /// Standard error of the raw score.
    pub raw_se: Vec<Option<f64>>,
    /// Rescaled score; `None` where the rescaling is undefined (LBG: fewer than two texts or no spread).
    pub score: Vec<Option<f64>>,
    /// Its standard error.
    pub se: Vec<Option<f64>>,
    /// Tokens with a score.
    pub scored: Vec<f64>,
}

/// Scores the texts without a reference score, or all.
///
/// `smoothing` is added to each count of the reference texts, not of the others. The standard error is
/// √(Σ F·(s − S)² / N), s the scores of the words and F their shares, with N the scored tokens; rescalings multiply it by their slope.
///
/// # Errors
/// [`Error::Data`] for fewer than two different reference scores, or an empty reference text; [`Error::Parameter`] for a negative smoothing.
#[allow(clippy::too_many_lines)] // checks, words, texts, rescaling: one formula, in order
pub fn wordscores(
    rows: &SparseRows,
    reference: &[Option<f64>],
    smoothing: f64,
    rescaling: Rescaling,
    all: bool,
) -> Result<Wordscores> {
    if !(smoothing >= 0.0 && smoothing.is_finite()) {
        return Err(Error::parameter(
            "smoothing",
            "a finite number of at least 0",
            smoothing,
        ));
    }
    let (n, m) = (rows.n_rows(), rows.n_columns());
    if reference.len() != n || reference.iter().flatten().any(|s| !s.is_finite()) {
        return Err(Error::data(
            "reference_scores",
            format!("{n} finite scores or none"),
            reference.len(),
        ));
    }
    let sums: Vec<f64> = rows.marginals().iter().map(|r| r.sum).collect();
    let anchors: Vec<(usize, f64)> = reference
        .iter()
        .enumerate()
        .filter_map(|(d, s)| s.map(|s| (d, s)))
        .collect();
    let low = anchors
        .iter()
        .copied()
        .reduce(|a, b| if b.1 < a.1 { b } else { a });
    let high = anchors
        .iter()
        .copied()
        .reduce(|a, b| if b.1 > a.1 { b } else { a });
    let (Some(low), Some(high)) = (low, high) else {
        return Err(Error::data(
            "reference_scores",
            "at least two documents with different scores",
            "none",
        ));
    };
    if low.1 >= high.1 {
        return Err(Error::data(
            "reference_scores",
            "at least two documents with different scores",
            low.1,
        ));
    }
    if anchors.iter().any(|&(d, _)| sums[d] <= 0.0) {
        return Err(Error::data(
            "reference_scores",
            "documents with features",
            "an empty one",
        ));
    }
    let (mut weight, mut weighted) = (vec![0.0; m], vec![0.0; m]);
    for &(document, score) in &anchors {
        let whole = sums[document] + smoothing * m as f64;
        let mut shares = vec![smoothing / whole; m];
        let (columns, values) = rows.row(document);
        for (&column, &value) in columns.iter().zip(values) {
            shares[column as usize] = (value + smoothing) / whole;
        }
        for (word, share) in shares.into_iter().enumerate() {
            weight[word] += share;
            weighted[word] += share * score;
        }
    }
    let words: Vec<Option<f64>> = weight
        .iter()
        .zip(&weighted)
        .map(|(&w, &s)| (w > 0.0).then(|| s / w))
        .collect();
    let raw = |document: usize| {
        let (columns, values) = rows.row(document);
        let cells: Vec<(f64, f64)> = columns
            .iter()
            .zip(values)
            .filter_map(|(&c, &v)| words[c as usize].map(|s| (v, s)))
            .collect();
        let tokens: f64 = cells.iter().map(|c| c.0).sum();
        if tokens <= 0.0 {
            return (None, None, 0.0);
        }
        let score = cells.iter().map(|&(v, s)| v * s).sum::<f64>() / tokens;
        let spread = cells
            .iter()
            .map(|&(v, s)| v * (s - score) * (s - score))
            .sum::<f64>()
            / tokens;
        (Some(score), Some((spread / tokens).sqrt()), tokens)
    };
    let mut found = Wordscores::default();
    for (document, number) in (0..n).zip(0_u32..) {
        if all || reference[document].is_none() {
            let (score, se, tokens) = raw(document);
            found.documents.push(number);
            found.raw.push(score);
            found.raw_se.push(se);
            found.scored.push(tokens);
        }
    }
    let line = match rescaling {
        Rescaling::None => Some((0.0, 1.0, 0.0)),
        Rescaling::Lbg => {
            let scores: Vec<f64> = found.raw.iter().flatten().copied().collect();
            let given: Vec<f64> = anchors.iter().map(|a| a.1).collect();
            let (mean, spread) = moments(&scores);
            let (_, wanted) = moments(&given);
            (spread > 0.0).then(|| (mean, wanted / spread, mean))
        }
        Rescaling::Mv => match (raw(low.0).0, raw(high.0).0) {
            (Some(a), Some(b)) if (a - b).abs() > 0.0 => Some((a, (high.1 - low.1) / (b - a), low.1)),
            _ => None,
        },
    };
    for (raw, se) in found.raw.iter().zip(&found.raw_se) {
        found
            .score
            .push(line.and_then(|(from, slope, to)| raw.map(|s| (s - from) * slope + to)));
        found
            .se
            .push(line.and_then(|(_, slope, _)| se.map(|s| s * slope.abs())));
    }
    found.words = words;
    Ok(found)
}

/// Mean and standard deviation (n − 1; 0 for fewer than two).
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mean = sorted.iter().sum::<f64>() / n.max(1.0);
    let squares: f64 = sorted.iter().map(|v| (v - mean) * (v - mean)).sum();
    (
        mean,
        if n > 1.0 {
            (squares / (n - 1.0)).sqrt()
        } else {
            0.0
        },
    )
}
