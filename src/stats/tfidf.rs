//! Term weights: what a count becomes (tf), how rare a feature is (idf), how a row is scaled (norm).
//!
//! Every scheme is a documented formula; a [`Preset`] names the combination of another tool.
//! Notation: `c` count of the feature in the document, `n` sum and `m` maximum of the document's counts, `v` number of its
//! features, `N` number of documents, `df` number of documents with the feature, `log_b` logarithm to the base `b`.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::num::Proportion;

crate::words! {
    /// What a count becomes within its document. Zero counts stay zero.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum TfScheme as "tf" {
        /// `c`
        Count = "count",
        /// `c / n`
        Prop = "prop",
        /// `c / m`
        Propmax = "propmax",
        /// `1 + log_b c`
        Logcount = "logcount",
        /// `k + (1 − k)·c / m` (Salton & Buckley 1988, with `k` = 0.5)
        Augmented = "augmented",
        /// `(1 + log_b c) / (1 + log_b(n / v))` (Manning, Raghavan & Schütze 2008, table 6.15; the mean is over the features
        /// that occur)
        Logave = "logave",
        /// `1`
        Boolean = "boolean",
    }
}

crate::words! {
    /// Rarity of a feature.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum IdfScheme as "idf" {
        /// `add + log_b(s + N / (k + df))`; with `s = k = add = 0` the textbook's `log(N / df)` (Manning, Raghavan & Schütze
        /// 2008, eq. 6.7)
        Inverse = "inverse",
        /// `add + log_b((1 + N) / (1 + df))`: as if one more document held every feature (scikit-learn, with `add` = 1)
        Smooth = "smooth",
        /// `add + log_b(s + max df / (k + df))`
        Max = "max",
        /// `add + max(0, log_b((N − df) / (k + df)))` (Croft & Harper 1979, cut at 0)
        Probabilistic = "probabilistic",
        /// `add + log_b((N − df + 0.5) / (df + 0.5))` (Robertson & Spärck Jones 1976); negative in more than half of the documents
        Bm25 = "bm25",
        /// `1`
        Unary = "unary",
    }
}

crate::words! {
    /// How a row of weights is scaled. A row of zeros stays one.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Norm as "norm" {
        /// Not at all.
        None = "none",
        /// Absolute values sum to 1.
        L1 = "l1",
        /// Squares sum to 1.
        L2 = "l2",
    }
}

crate::words! {
    /// What a fitted idf says of a feature that it has not seen.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Unseen as "unseen" {
        /// Nothing: idf and tf-idf are null, and the norm is that of the rest.
        Null = "null",
        /// The feature has no row; its count still is part of the document's sum and maximum.
        Drop = "drop",
        /// The median of the idf values that are known (upper median, as jieba has it).
        Median = "median",
        /// The greatest idf that is known.
        Max = "max",
    }
}

/// Base of a logarithm: a finite number above 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct LogBase(f64);

impl LogBase {
    /// Natural logarithms.
    pub const E: Self = Self(std::f64::consts::E);
    /// Common logarithms.
    pub const TEN: Self = Self(10.0);
    /// Binary logarithms.
    pub const TWO: Self = Self(2.0);

    /// The base.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Logarithm to this base, by the function that is exact for it.
    #[allow(clippy::float_cmp)] // the very constants
    fn log(self, x: f64) -> f64 {
        if self.0 == 10.0 {
            x.log10()
        } else if self.0 == 2.0 {
            x.log2()
        } else if self.0 == std::f64::consts::E {
            x.ln()
        } else {
            x.ln() / self.0.ln()
        }
    }
}

impl TryFrom<f64> for LogBase {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self> {
        if value > 1.0 && value.is_finite() {
            Ok(Self(value))
        } else {
            Err(Error::parameter("base", "a finite number above 1", value))
        }
    }
}

impl From<LogBase> for f64 {
    fn from(value: LogBase) -> f64 {
        value.0
    }
}

/// A tf scheme with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tf {
    /// Which formula.
    pub scheme: TfScheme,
    /// Base of its logarithms.
    pub base: LogBase,
    /// `k` of [`TfScheme::Augmented`]; `None` is 0.5.
    pub k: Option<Proportion>,
}

impl Tf {
    /// Weights of one document's counts; `counts` are its non-zero counts.
    pub fn weigh(&self, counts: &[u64]) -> Vec<f64> {
        let mut weights = vec![0.0; counts.len()];
        self.weigh_into(counts, &mut weights);
        weights
    }

    /// As [`Tf::weigh`], into an array of the same length.
    pub fn weigh_into(&self, counts: &[u64], weights: &mut [f64]) {
        let sum = counts.iter().sum::<u64>() as f64;
        let max = counts.iter().max().copied().unwrap_or(0) as f64;
        let mean_log = 1.0 + self.base.log(sum / counts.len() as f64);
        let k = self.k.map_or(0.5, Proportion::get);
        let weigh = |c: f64| match self.scheme {
            TfScheme::Count => c,
            TfScheme::Prop => c / sum,
            TfScheme::Propmax => c / max,
            TfScheme::Logcount => 1.0 + self.base.log(c),
            TfScheme::Augmented => k + (1.0 - k) * c / max,
            TfScheme::Logave => (1.0 + self.base.log(c)) / mean_log,
            TfScheme::Boolean => 1.0,
        };
        for (weight, &count) in weights.iter_mut().zip(counts) {
            *weight = weigh(count as f64);
        }
    }
}

/// An idf scheme with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct IdfFormula {
    /// Which formula.
    pub scheme: IdfScheme,
    /// Base of its logarithm.
    pub base: LogBase,
    /// `s`, added within the logarithm.
    pub smoothing: f64,
    /// `k`, added to the document frequency.
    pub k: f64,
    /// Added to the logarithm.
    pub add: f64,
}

impl Default for IdfFormula {
    /// `ln(N / df)`.
    fn default() -> Self {
        Self {
            scheme: IdfScheme::Inverse,
            base: LogBase::E,
            smoothing: 0.0,
            k: 0.0,
            add: 0.0,
        }
    }
}

impl IdfFormula {
    /// Checks the parameters that are plain numbers.
    ///
    /// # Errors
    /// [`Error::Parameter`] for one that is negative or not finite.
    pub fn checked(self) -> Result<Self> {
        for (name, value) in [("smoothing", self.smoothing), ("k", self.k), ("add", self.add)] {
            if !(value.is_finite() && value >= 0.0) {
                return Err(Error::parameter(name, "a finite number of at least 0", value));
            }
        }
        Ok(self)
    }

    /// The idf of each feature from its document frequency. `None` where the formula has no finite value or the feature occurs in
    /// no document.
    pub fn values(&self, n_documents: u64, doc_freqs: &[u64]) -> Vec<Option<f64>> {
        let n = n_documents as f64;
        let most = doc_freqs.iter().max().copied().unwrap_or(0) as f64;
        let (s, k) = (self.smoothing, self.k);
        let value = |df: f64| match self.scheme {
            IdfScheme::Inverse => self.add + self.base.log(s + n / (k + df)),
            IdfScheme::Smooth => self.add + self.base.log((1.0 + n) / (1.0 + df)),
            IdfScheme::Max => self.add + self.base.log(s + most / (k + df)),
            IdfScheme::Probabilistic => self.add + self.base.log((n - df) / (k + df)).max(0.0),
            IdfScheme::Bm25 => self.add + self.base.log((n - df + 0.5) / (df + 0.5)),
            IdfScheme::Unary => 1.0,
        };
        doc_freqs
            .iter()
            .map(|&df| Some(value(df as f64)).filter(|v| df > 0 && v.is_finite()))
            .collect()
    }
}

/// Scales the weights of one document; a weight of 0 adds nothing and stays 0.
pub fn normalise(norm: Norm, weights: &mut [f64]) {
    let size = match norm {
        Norm::None => return,
        Norm::L1 => weights.iter().map(|w| w.abs()).sum::<f64>(),
        Norm::L2 => weights.iter().map(|w| w * w).sum::<f64>().sqrt(),
    };
    if size > 0.0 {
        for weight in weights {
            *weight /= size;
        }
    }
}

/// Everything that makes a tf-idf.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TfIdf {
    /// Within the document.
    pub tf: Tf,
    /// Over the documents.
    pub idf: IdfFormula,
    /// Of the row.
    pub norm: Norm,
    /// Of features that a fitted idf does not know.
    pub unseen: Unseen,
    /// Rows whose weight is not greater than this in absolute value are left out; `None` keeps all.
    pub drop_below: Option<f64>,
}

crate::words! {
    /// The tf-idf of another tool, with its defaults.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Preset as "preset" {
        /// scikit-learn's `TfidfTransformer`: `c · (ln((1 + N) / (1 + df)) + 1)`, L2.
        Sklearn = "sklearn",
        /// quanteda's `dfm_tfidf`: `c · log10(N / df)`.
        Quanteda = "quanteda",
        /// gensim's `TfidfModel`: `c · log2(N / df)`, L2; weights up to 1e-12 have no row.
        Gensim = "gensim",
        /// tidytext's `bind_tf_idf`: `c / n · ln(N / df)`.
        Tidytext = "tidytext",
        /// `jieba.analyse.extract_tags`: `c / n` of the kept words times an idf that is supplied (or, without a table, fitted
        /// as `ln(N / df)`); a word without idf has the median.
        Jieba = "jieba",
    }
}

impl Default for TfIdf {
    /// `c · ln(N / df)`.
    fn default() -> Self {
        Self {
            tf: Tf {
                scheme: TfScheme::Count,
                base: LogBase::E,
                k: None,
            },
            idf: IdfFormula::default(),
            norm: Norm::None,
            unseen: Unseen::Null,
            drop_below: None,
        }
    }
}

impl Preset {
    /// What the tool does when nothing is said.
    pub fn options(self) -> TfIdf {
        let mut o = TfIdf::default();
        match self {
            Self::Sklearn => {
                o.idf.scheme = IdfScheme::Smooth;
                o.idf.add = 1.0;
                o.norm = Norm::L2;
                o.unseen = Unseen::Drop;
            }
            Self::Quanteda => {
                o.tf.base = LogBase::TEN;
                o.idf.base = LogBase::TEN;
                o.unseen = Unseen::Drop;
            }
            Self::Gensim => {
                o.idf.base = LogBase::TWO;
                o.norm = Norm::L2;
                o.unseen = Unseen::Drop;
                o.drop_below = Some(1e-12);
            }
            Self::Tidytext => o.tf.scheme = TfScheme::Prop,
            Self::Jieba => {
                o.tf.scheme = TfScheme::Prop;
                o.unseen = Unseen::Median;
            }
        }
        o
    }
}
