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

/// The reference texts: numbers and scores.
struct Reference {
    texts: Vec<(usize, f64)>,
    /// The first with the least score.
    low: (usize, f64),
    /// The first with the greatest.
    high: (usize, f64),
}

impl Reference {
    /// # Errors
    /// As [`wordscores`].
    fn new(rows: &SparseRows, scores: &[Option<f64>]) -> Result<Self> {
        let n = rows.n_rows();
        if scores.len() != n || scores.iter().flatten().any(|s| !s.is_finite()) {
            return Err(Error::data(
                "reference_scores",
                format!("{n} finite scores or none"),
                scores.len(),
            ));
        }
        let texts: Vec<(usize, f64)> = scores
            .iter()
            .enumerate()
            .filter_map(|(d, s)| s.map(|s| (d, s)))
            .collect();
        let two = "at least two documents with different scores";
        let first = |better: fn(f64, f64) -> bool| {
            let texts = texts.iter().copied();
            texts.reduce(|a, b| if better(b.1, a.1) { b } else { a })
        };
        let (Some(low), Some(high)) = (first(|b, a| b < a), first(|b, a| b > a)) else {
            return Err(Error::data("reference_scores", two, "none"));
        };
        if low.1 >= high.1 {
            return Err(Error::data("reference_scores", two, low.1));
        }
        let empty = |d: usize| rows.row(d).1.iter().sum::<f64>() <= 0.0;
        if texts.iter().any(|&(d, _)| empty(d)) {
            return Err(Error::data(
                "reference_scores",
                "documents with features",
                "an empty one",
            ));
        }
        Ok(Self { texts, low, high })
    }

    /// Score of each word: the mean of the texts' scores, weighed by the word's share in each. Two sums a word: no matrix of shares
    /// is kept.
    fn words(&self, rows: &SparseRows, smoothing: f64) -> Vec<Option<f64>> {
        let m = rows.n_columns();
        let (mut weight, mut weighted) = (vec![0.0; m], vec![0.0; m]);
        for &(document, score) in &self.texts {
            let (columns, values) = rows.row(document);
            let whole = values.iter().sum::<f64>() + smoothing * m as f64;
            let mut shares = vec![smoothing / whole; m];
            for (&column, &value) in columns.iter().zip(values) {
                shares[column as usize] = (value + smoothing) / whole;
            }
            for (word, share) in shares.into_iter().enumerate() {
                weight[word] += share;
                weighted[word] += share * score;
            }
        }
        weight
            .iter()
            .zip(&weighted)
            .map(|(&w, &s)| (w > 0.0).then(|| s / w))
            .collect()
    }
}

/// Score of a text, its standard error, and the tokens that have a score.
fn score(rows: &SparseRows, words: &[Option<f64>], document: usize) -> (Option<f64>, Option<f64>, f64) {
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
}

/// A rescaling as a line: what is subtracted, the slope, what is added. `None` where it is undefined.
fn line(
    rescaling: Rescaling,
    raw: &[Option<f64>],
    reference: &Reference,
    raw_of: impl Fn(usize) -> Option<f64>,
) -> Option<(f64, f64, f64)> {
    match rescaling {
        Rescaling::None => Some((0.0, 1.0, 0.0)),
        Rescaling::Lbg => {
            let scores: Vec<f64> = raw.iter().flatten().copied().collect();
            let given: Vec<f64> = reference.texts.iter().map(|a| a.1).collect();
            let (mean, spread) = moments(&scores);
            let (_, wanted) = moments(&given);
            (spread > 0.0).then(|| (mean, wanted / spread, mean))
        }
        Rescaling::Mv => {
            let (low, high) = (reference.low, reference.high);
            let (a, b) = (raw_of(low.0)?, raw_of(high.0)?);
            ((a - b).abs() > 0.0).then(|| (a, (high.1 - low.1) / (b - a), low.1))
        }
    }
}

/// Scores the texts without a reference score, or all.
///
/// `smoothing` is added to each count of the reference texts, not of the others. The standard error is
/// √(Σ F·(s − S)² / N), s the scores of the words and F their shares, with N the scored tokens; rescalings multiply it by their slope.
///
/// # Errors
/// [`Error::Data`] for fewer than two different reference scores, or an empty reference text; [`Error::Parameter`] for a negative smoothing.
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
    let given = Reference::new(rows, reference)?;
    let words = given.words(rows, smoothing);
    let mut found = Wordscores::default();
    for (document, number) in (0..rows.n_rows()).zip(0_u32..) {
        if all || reference[document].is_none() {
            let (score, se, tokens) = score(rows, &words, document);
            found.documents.push(number);
            found.raw.push(score);
            found.raw_se.push(se);
            found.scored.push(tokens);
        }
    }
    let line = line(rescaling, &found.raw, &given, |d| score(rows, &words, d).0);
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
