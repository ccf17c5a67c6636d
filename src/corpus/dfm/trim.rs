//! Which features a document-feature matrix keeps by their counts and document frequencies.

use super::Dfm;
use crate::error::{Error, Result};
use crate::num::Proportion;

/// A bound of [`Trim`], in one of four units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// The number itself.
    Count(u64),
    /// A share: of all tokens for counts, of all documents for document frequencies.
    Proportion(Proportion),
    /// Place in the order from the most frequent down; equal figures share the best place. A minimum of 50 keeps the
    /// places 1 to 50 and their ties, a maximum of 50 keeps place 50 and all behind it.
    Rank(u64),
    /// The figure below or at which that share of the features lies (inverse of the distribution function, type 1).
    Quantile(Proportion),
}

crate::words! {
    /// The unit of a [`Threshold`].
    #[allow(missing_docs)] // the same words as on `Threshold`
    pub enum ThresholdUnit as "unit" {
        Count = "count",
        Proportion = "proportion",
        Rank = "rank",
        Quantile = "quantile",
    }
}

impl ThresholdUnit {
    /// A bound of this unit; `argument` names the parameter in the error.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a fraction where a whole number is needed, a rank of 0, or a share outside 0 to 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and not negative: checked
    pub fn bound(self, argument: &'static str, value: f64) -> Result<Threshold> {
        let whole = value.fract() == 0.0 && (0.0..9e15).contains(&value);
        match self {
            Self::Count if whole => Ok(Threshold::Count(value as u64)),
            Self::Count => Err(Error::parameter(
                argument,
                "a whole number of at least 0 (or name another unit)",
                value,
            )),
            Self::Rank if whole && value >= 1.0 => Ok(Threshold::Rank(value as u64)),
            Self::Rank => Err(Error::parameter(
                argument,
                "a rank: a whole number of at least 1",
                value,
            )),
            Self::Proportion => Ok(Threshold::Proportion(Proportion::new(argument, value)?)),
            Self::Quantile => Ok(Threshold::Quantile(Proportion::new(argument, value)?)),
        }
    }
}

/// Which features [`Dfm::trim`] keeps: those within all bounds. A feature that does not occur is never kept.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Trim {
    /// Least total count.
    pub min_count: Option<Threshold>,
    /// Greatest total count.
    pub max_count: Option<Threshold>,
    /// Least number of documents.
    pub min_doc_freq: Option<Threshold>,
    /// Greatest number of documents.
    pub max_doc_freq: Option<Threshold>,
}

/// Turns the flag of each figure off that lies outside the bounds.
fn within(keep: &mut [bool], figures: &[u64], whole: u64, least: Option<Threshold>, most: Option<Threshold>) {
    if least.is_none() && most.is_none() {
        return;
    }
    let mut ascending = figures.to_vec();
    ascending.sort_unstable();
    // How many figures are greater, plus one.
    let rank = |x: u64| (ascending.len() - ascending.partition_point(|&y| y <= x)) as u64 + 1;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within 0 to len
    let quantile = |q: Proportion| {
        let place = (q.get() * ascending.len() as f64 - 1e-9).ceil() as usize;
        ascending.get(place.max(1) - 1).copied().unwrap_or(0)
    };
    // A share times a total is seldom exact in binary: 0.1 × 30 must not exclude 3.
    let slack = whole as f64 * 1e-12;
    for (keep, &x) in keep.iter_mut().zip(figures) {
        *keep &= match least {
            None => true,
            Some(Threshold::Count(n)) => x >= n,
            Some(Threshold::Proportion(p)) => x as f64 >= p.get() * whole as f64 - slack,
            Some(Threshold::Rank(r)) => rank(x) <= r,
            Some(Threshold::Quantile(q)) => x >= quantile(q),
        } && match most {
            None => true,
            Some(Threshold::Count(n)) => x <= n,
            Some(Threshold::Proportion(p)) => x as f64 <= p.get() * whole as f64 + slack,
            Some(Threshold::Rank(r)) => rank(x) >= r,
            Some(Threshold::Quantile(q)) => x <= quantile(q),
        };
    }
}

impl Dfm {
    /// Ids of the features within the bounds; see [`Trim`].
    pub fn trimmed_ids(&self, trim: &Trim) -> Vec<u32> {
        let mut keep: Vec<bool> = self.feature_counts.iter().map(|&c| c > 0).collect();
        within(
            &mut keep,
            &self.feature_counts,
            self.total,
            trim.min_count,
            trim.max_count,
        );
        within(
            &mut keep,
            &self.doc_freqs,
            self.n_documents() as u64,
            trim.min_doc_freq,
            trim.max_doc_freq,
        );
        (0_u32..)
            .zip(keep)
            .filter(|(_, k)| *k)
            .map(|(id, _)| id)
            .collect()
    }

    /// Only the features within the bounds. Documents stay, also those that are left empty.
    ///
    /// # Errors
    /// None that a valid matrix can cause.
    pub fn trim(&self, trim: &Trim) -> Result<Self> {
        self.select_features(&self.trimmed_ids(trim))
    }
}
