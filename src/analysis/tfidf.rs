//! Weighted document-feature matrices: tf schemes and tf-idf over a [`Dfm`].

use std::sync::Arc;

use rayon::prelude::*;

use crate::corpus::csr::Csr;
use crate::corpus::dfm::{Dfm, WeightedDfm};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::tfidf::{IdfFormula, Tf, TfIdf, Unseen, normalise};

/// The counts of a matrix under a tf scheme.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn weigh(dfm: &Dfm, tf: &Tf, watch: &Watch) -> Result<WeightedDfm> {
    let counts = dfm.counts();
    let mut weights = vec![0.0; counts.n_nonzero()];
    counts
        .rows_of(&mut weights)?
        .into_par_iter()
        .enumerate()
        .try_for_each(|(d, row)| {
            watch.step(1)?;
            tf.weigh_into(counts.row(d).1, row);
            Ok::<(), Error>(())
        })?;
    WeightedDfm::new(Arc::clone(dfm.vocabulary()), counts.with_values(weights)?)
}

/// How rare features are in some collection; made once, applied to any matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedIdf {
    vocabulary: Arc<Vocabulary>,
    values: Vec<Option<f64>>,
    /// Document frequencies, the number of documents and the formula; `None` for a table that was supplied.
    source: Option<IdfSource>,
}

/// What a fitted idf was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct IdfSource {
    /// Number of documents.
    pub n_documents: u64,
    /// Document frequency of each feature.
    pub doc_freqs: Vec<u64>,
    /// The formula.
    pub formula: IdfFormula,
}

impl FittedIdf {
    /// The idf of the features of a matrix.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a parameter of the formula out of range.
    pub fn fit(dfm: &Dfm, formula: IdfFormula) -> Result<Self> {
        Self::from_doc_freqs(
            Arc::clone(dfm.vocabulary()),
            dfm.n_documents() as u64,
            dfm.doc_freqs().to_vec(),
            formula,
        )
    }

    /// The idf of features of which only the document frequencies are known.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a parameter of the formula out of range; [`Error::Data`] where there is not one frequency a
    /// feature or one is above the number of documents.
    pub fn from_doc_freqs(
        vocabulary: Arc<Vocabulary>,
        n_documents: u64,
        doc_freqs: Vec<u64>,
        formula: IdfFormula,
    ) -> Result<Self> {
        let formula = formula.checked()?;
        if doc_freqs.len() != vocabulary.len() {
            return Err(Error::data("doc_freq", "one for each feature", doc_freqs.len()));
        }
        if let Some(bad) = doc_freqs.iter().find(|&&df| df > n_documents) {
            return Err(Error::data(
                "doc_freq",
                format!("at most the {n_documents} documents"),
                bad,
            ));
        }
        Ok(Self {
            vocabulary,
            values: formula.values(n_documents, &doc_freqs),
            source: Some(IdfSource {
                n_documents,
                doc_freqs,
                formula,
            }),
        })
    }

    /// A table that somebody supplies, such as jieba's.
    ///
    /// # Errors
    /// [`Error::Data`] where features repeat, lengths differ, or a value is not finite.
    pub fn from_table<S: AsRef<str>>(features: &[S], values: &[f64]) -> Result<Self> {
        if features.len() != values.len() {
            return Err(Error::data("idf", "one for each feature", values.len()));
        }
        if let Some(bad) = values.iter().find(|v| !v.is_finite()) {
            return Err(Error::data("idf", "finite numbers", bad));
        }
        let vocabulary = Vocabulary::new(features)?;
        if vocabulary.len() != features.len() {
            let twice = features.len() - vocabulary.len();
            return Err(Error::data("feature", "distinct", format!("{twice} repeated")));
        }
        let mut sorted = vec![None; values.len()];
        for (feature, &value) in features.iter().zip(values) {
            if let Some(id) = vocabulary.id(feature.as_ref()) {
                sorted[id as usize] = Some(value);
            }
        }
        Ok(Self {
            vocabulary: Arc::new(vocabulary),
            values: sorted,
            source: None,
        })
    }

    /// The features, in code-point order.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// The idf of each; `None` where the formula has no value.
    pub fn values(&self) -> &[Option<f64>] {
        &self.values
    }

    /// What it was made of; `None` for a table that was supplied.
    pub fn source(&self) -> Option<&IdfSource> {
        self.source.as_ref()
    }

    /// The idf of each feature of another vocabulary.
    fn apply(&self, vocabulary: &Arc<Vocabulary>, unseen: Unseen) -> Vec<Rarity> {
        let mut known: Vec<f64> = self.values.iter().flatten().copied().collect();
        known.sort_unstable_by(f64::total_cmp);
        let instead = match unseen {
            Unseen::Drop => Rarity::LeaveOut,
            Unseen::Null => Rarity::Undefined,
            Unseen::Median => known.get(known.len() / 2).copied().into(),
            Unseen::Max => known.last().copied().into(),
        };
        if Arc::ptr_eq(vocabulary, &self.vocabulary) {
            let rarity = |value: &Option<f64>| value.map_or(instead, Rarity::Known);
            return self.values.iter().map(rarity).collect();
        }
        vocabulary
            .features()
            .iter()
            .map(|feature| {
                let value = self
                    .vocabulary
                    .id(feature)
                    .and_then(|id| self.values[id as usize]);
                value.map_or(instead, Rarity::Known)
            })
            .collect()
    }
}

/// What an idf has to say of a feature.
#[derive(Clone, Copy)]
enum Rarity {
    Known(f64),
    /// The row stays, its score is null.
    Undefined,
    /// No row.
    LeaveOut,
}

impl Rarity {
    fn known(self) -> Option<f64> {
        match self {
            Self::Known(idf) => Some(idf),
            Self::Undefined | Self::LeaveOut => None,
        }
    }
}

impl From<Option<f64>> for Rarity {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Undefined, Self::Known)
    }
}

/// One feature of one document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TfIdfRow {
    /// Row of the matrix.
    pub document: u32,
    /// Id in the vocabulary of the matrix.
    pub feature: u32,
    /// Count.
    pub freq: u64,
    /// Weight within the document.
    pub tf: f64,
    /// Rarity; `None` where it is undefined.
    pub idf: Option<f64>,
    /// Their product, scaled by the norm; `None` where the idf is undefined.
    pub tfidf: Option<f64>,
}

/// Tf-idf of every count, document by document, each from the greatest weight down (undefined ones last, ties in
/// code-point order).
///
/// # Errors
/// [`Error::Interrupted`].
pub fn tfidf(dfm: &Dfm, idf: &FittedIdf, options: &TfIdf, watch: &Watch) -> Result<Vec<TfIdfRow>> {
    let mut rows = rows(dfm, idf, options, watch)?;
    rows.par_iter_mut().for_each(|row| {
        row.sort_unstable_by(|a, b| {
            let weight = |r: &TfIdfRow| r.tfidf.unwrap_or(f64::NEG_INFINITY);
            weight(b).total_cmp(&weight(a)).then(a.feature.cmp(&b.feature))
        });
    });
    Ok(rows.into_iter().flatten().collect())
}

/// Tf-idf as a matrix. Undefined weights and weights of 0 have no cell.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn tfidf_matrix(dfm: &Dfm, idf: &FittedIdf, options: &TfIdf, watch: &Watch) -> Result<WeightedDfm> {
    let counts = dfm.counts();
    let weights = weights(dfm, &idf.apply(dfm.vocabulary(), options.unseen), options, watch)?;
    let csr = if weights.contains(&0.0) {
        let mut rest = weights.as_slice();
        let rows = (0..counts.n_rows()).map(|d| {
            let (row, tail) = rest.split_at(counts.row(d).0.len());
            rest = tail;
            let cells = counts.cells(d).zip(row);
            cells
                .filter(|&(_, &w)| w != 0.0)
                .map(|((c, _), &w)| (c, w))
                .collect()
        });
        Csr::from_rows(dfm.n_features(), rows)?
    } else {
        counts.with_values(weights)?
    };
    WeightedDfm::new(Arc::clone(dfm.vocabulary()), csr)
}

/// Tf-idf of every stored count, in the order of storage; 0 where it is undefined, left out, or too small to keep.
fn weights(dfm: &Dfm, idf: &[Rarity], options: &TfIdf, watch: &Watch) -> Result<Vec<f64>> {
    let factors: Vec<f64> = idf.iter().map(|r| r.known().unwrap_or(0.0)).collect();
    let counts = dfm.counts();
    let mut weights = vec![0.0; counts.n_nonzero()];
    counts
        .rows_of(&mut weights)?
        .into_par_iter()
        .enumerate()
        .try_for_each(|(d, row)| {
            watch.step(1)?;
            options.tf.weigh_into(counts.row(d).1, row);
            for ((feature, _), weight) in counts.cells(d).zip(row.iter_mut()) {
                *weight *= factors[feature as usize];
                if options.drop_below.is_some_and(|least| weight.abs() <= least) {
                    *weight = 0.0;
                }
            }
            normalise(options.norm, row);
            Ok::<(), Error>(())
        })?;
    Ok(weights)
}

/// Tf-idf of every count, document by document, in the order of the features.
fn rows(dfm: &Dfm, idf: &FittedIdf, options: &TfIdf, watch: &Watch) -> Result<Vec<Vec<TfIdfRow>>> {
    let idf = idf.apply(dfm.vocabulary(), options.unseen);
    let mut weights = weights(dfm, &idf, options, watch)?;
    let counts = dfm.counts();
    counts
        .rows_of(&mut weights)?
        .into_par_iter()
        .zip(0_u32..u32::MAX)
        .map(|(weights, document)| {
            watch.step(1)?;
            let counts = counts.cells(document as usize);
            let tf = options.tf.weigh(dfm.counts().row(document as usize).1);
            Ok(counts
                .zip(tf)
                .zip(weights)
                .filter_map(|(((feature, freq), tf), &mut weight)| {
                    let idf = match idf[feature as usize] {
                        Rarity::LeaveOut => return None,
                        other => other.known(),
                    };
                    let small = |idf: f64| options.drop_below.is_some_and(|least| (tf * idf).abs() <= least);
                    if idf.is_some_and(small) {
                        return None;
                    }
                    Some(TfIdfRow {
                        document,
                        feature,
                        freq,
                        tf,
                        idf,
                        tfidf: idf.map(|_| weight),
                    })
                })
                .collect())
        })
        .collect()
}
