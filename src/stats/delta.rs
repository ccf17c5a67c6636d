//! Delta measures of stylometry: distances of documents over the standardised rates of the most frequent words.

use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

use super::sparse::SparseRows;
use crate::error::{Error, Result};
use crate::registry::{Entry, Family, Sign};

crate::words! {
    /// A Delta of two rows a, b of z: the standardised rates (over all documents, standard deviation with n − 1) of the n most frequent words.
    pub enum Delta as "method" {
        /// Mean of |a − b|. Burrows (2002), *Literary and Linguistic Computing* 17(3).
        Burrows = "burrows",
        /// √Σ(a − b)² / n: quadratic Delta. Argamon (2008), *LLC* 23(2).
        Quadratic = "quadratic",
        /// 1 less the cosine of the two rows of z (Würzburg). Smith & Aldridge (2011); Evert et al. (2017), *DSH* 32.
        Cosine = "cosine",
        /// Mean of |a − b| · (n − rank + 1) / n: frequent words weigh more. Eder (2015), as in stylo.
        Eder = "eder",
        /// Σ|√a − √b| on rates, not standardised: Eder's simple distance, as in stylo.
        EderSimple = "eder_simple",
    }
}

impl Delta {
    /// The row of the registry; in formulas a, b are the rows of z, n is the number of words.
    pub const fn entry(self) -> Entry {
        let (most, formula, source) = match self {
            Self::Burrows => (f64::INFINITY, "sum(|a - b|) / n", "Burrows 2002"),
            Self::Quadratic => (f64::INFINITY, "sqrt(sum((a - b)^2)) / n", "Argamon 2008"),
            Self::Cosine => (
                2.0,
                "1 - sum(ab) / sqrt(sum(a^2) * sum(b^2))",
                "Smith & Aldridge 2011; Evert et al. 2017",
            ),
            Self::Eder => (
                f64::INFINITY,
                "sum(|a - b| * (n - rank + 1) / n) / n",
                "Eder 2015",
            ),
            Self::EderSimple => (
                f64::INFINITY,
                "sum(|sqrt(a) - sqrt(b)|), a and b rates that are not standardised",
                "Eder 2015; as in the R package stylo",
            ),
        };
        Entry {
            word: self.name(),
            family: Family::Delta,
            range: (0.0, most),
            sign: Sign::Apart,
            formula,
            source,
        }
    }

    fn between(self, a: &ArrayView1<'_, f64>, b: &ArrayView1<'_, f64>) -> Option<f64> {
        let n = a.len() as f64;
        let sum = |f: &dyn Fn(usize, f64, f64) -> f64| -> f64 {
            a.iter().zip(b).enumerate().map(|(i, (&x, &y))| f(i, x, y)).sum()
        };
        if a.is_empty() {
            return None;
        }
        match self {
            Self::Burrows => Some(sum(&|_, x, y| (x - y).abs()) / n),
            Self::Quadratic => Some(sum(&|_, x, y| (x - y) * (x - y)).sqrt() / n),
            Self::Cosine => {
                let norm = (sum(&|_, x, _| x * x) * sum(&|_, _, y| y * y)).sqrt();
                (norm > 0.0).then(|| (1.0 - sum(&|_, x, y| x * y) / norm).clamp(0.0, 2.0))
            }
            Self::Eder => Some(sum(&|i, x, y| (x - y).abs() * (n - i as f64) / n) / n),
            Self::EderSimple => Some(sum(&|_, x, y| (x.sqrt() - y.sqrt()).abs())),
        }
    }
}

/// Distances and the list of words that they rest on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deltas {
    /// Distances of (0, 1), (0, 2) … (1, 2) …; `None` where a document has none of the words (cosine: no direction) or is empty.
    pub condensed: Vec<Option<f64>>,
    /// The words, most frequent first, ties by number.
    pub features: Vec<u32>,
    /// Mean rate of each word over the documents (share of the document's tokens).
    pub mean: Vec<f64>,
    /// Standard deviation of these rates (n − 1).
    pub deviation: Vec<f64>,
    /// Documents with the word.
    pub doc_freq: Vec<u64>,
}

/// Deltas between the rows of a matrix of counts.
///
/// Words are ranked by their count in all documents; those in less than `culling` (0 to 1) of the documents are left out, then the first
/// `n_features` are kept, then those whose rate does not vary go. Rates are shares of all tokens of a row, also of words that were
/// left out. Rows must be sums that are exact (counts), so that the order of documents does not matter to the list.
///
/// # Errors
/// [`Error::Parameter`] for 0 features or a culling outside 0 to 1.
pub fn deltas(rows: &SparseRows, method: Delta, n_features: usize, culling: f64) -> Result<Deltas> {
    if n_features == 0 {
        return Err(Error::parameter(
            "n_features",
            "a whole number of at least 1",
            n_features,
        ));
    }
    if !(0.0..=1.0).contains(&culling) {
        return Err(Error::parameter("culling", "a share from 0 to 1", culling));
    }
    let n = rows.n_rows();
    let by_feature = rows.transposed()?;
    let sums: Vec<f64> = rows.marginals().iter().map(|m| m.sum).collect();
    let of_feature: Vec<f64> = by_feature.marginals().iter().map(|m| m.sum).collect();
    let needed = culling * n as f64 * (1.0 - 1e-12);
    let mut features: Vec<u32> = (0_u32..)
        .take(by_feature.n_rows())
        .filter(|&f| {
            let documents = by_feature.row(f as usize).0.len();
            documents > 0 && documents as f64 >= needed
        })
        .collect();
    features.sort_by(|&a, &b| {
        of_feature[b as usize]
            .total_cmp(&of_feature[a as usize])
            .then(a.cmp(&b))
    });
    features.truncate(n_features);
    let mut found = Deltas::default();
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for feature in features {
        let (documents, counts) = by_feature.row(feature as usize);
        let mut rates = vec![0.0; n];
        for (&document, &count) in documents.iter().zip(counts) {
            rates[document as usize] = count / sums[document as usize];
        }
        // Sorted sums: the order of the documents leaves no trace.
        let mut sorted = rates.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let mean = sorted.iter().sum::<f64>() / n as f64;
        let mut squares: Vec<f64> = sorted.iter().map(|r| (r - mean) * (r - mean)).collect();
        squares.sort_unstable_by(f64::total_cmp);
        let deviation = (squares.iter().sum::<f64>() / (n as f64 - 1.0)).sqrt();
        if n < 2 || deviation <= 1e-12 * mean {
            continue;
        }
        if method != Delta::EderSimple {
            for rate in &mut rates {
                *rate = (*rate - mean) / deviation;
            }
        }
        columns.push(rates);
        found.features.push(feature);
        found.mean.push(mean);
        found.deviation.push(deviation);
        found.doc_freq.push(documents.len() as u64);
    }
    let points = Array2::from_shape_fn((n, columns.len()), |(row, word)| columns[word][row]);
    found.condensed = (0..n)
        .into_par_iter()
        .flat_map_iter(|i| {
            let (points, sums) = (&points, &sums);
            (i + 1..n).map(move |j| {
                (sums[i] > 0.0 && sums[j] > 0.0)
                    .then(|| method.between(&points.row(i), &points.row(j)))
                    .flatten()
            })
        })
        .collect();
    Ok(found)
}
