//! Log-odds ratio with an informative Dirichlet prior.
//!
//! Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: lexical feature selection and evaluation for
//! identifying the content of political conflict. *Political Analysis* 16(4), 372–403, equations 16, 19 (the first two terms
//! of the variance, as there) and 22.

use crate::error::{Error, Result};

/// δ (difference of log-odds, positive: more in the target), its standard deviation, and z = δ/σ.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the columns of the frame
pub struct LogOdds {
    pub delta: f64,
    pub sigma: f64,
    pub z: f64,
}

/// Log-odds of each feature. `target` and `reference` are its counts, `alpha` its prior pseudo-counts.
///
/// `None` for a feature with a pseudo-count of 0 that a side lacks, or that is all there is on a side: its odds are 0 or ∞.
///
/// # Errors
/// [`Error::Data`] where lengths differ, or a pseudo-count is negative or not finite.
pub fn log_odds(target: &[u64], reference: &[u64], alpha: &[f64]) -> Result<Vec<Option<LogOdds>>> {
    if target.len() != reference.len() || target.len() != alpha.len() {
        return Err(Error::data(
            "prior",
            format!("{} pseudo-counts", target.len()),
            alpha.len(),
        ));
    }
    if let Some(bad) = alpha.iter().find(|a| !(a.is_finite() && **a >= 0.0)) {
        return Err(Error::data("prior", "finite pseudo-counts of at least 0", bad));
    }
    let alpha_0: f64 = alpha.iter().sum();
    let size = |counts: &[u64]| counts.iter().map(|&c| c as f64).sum::<f64>();
    let (n, m) = (size(target), size(reference));
    Ok(target
        .iter()
        .zip(reference)
        .zip(alpha)
        .map(|((&y, &x), &a)| {
            let (with_target, with_reference) = (y as f64 + a, x as f64 + a);
            let (without_target, without_reference) =
                (n + alpha_0 - with_target, m + alpha_0 - with_reference);
            let all = [with_target, with_reference, without_target, without_reference];
            if all.iter().any(|&part| part <= 0.0) {
                return None;
            }
            let delta = (with_target / without_target).ln() - (with_reference / without_reference).ln();
            let sigma = (with_target.recip() + with_reference.recip()).sqrt();
            Some(LogOdds {
                delta,
                sigma,
                z: delta / sigma,
            })
        })
        .collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // y = 3 of 10, x = 1 of 5, α = 1 of 2: ln(4/8) − ln(2/5) and √(1/4 + 1/2).
        let found = log_odds(&[3, 7], &[1, 4], &[1.0, 1.0]).unwrap()[0].unwrap();
        assert!((found.delta - (0.5_f64.ln() - 0.4_f64.ln())).abs() < 1e-15);
        assert!((found.sigma - 0.75_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn swapping_sides_turns_the_sign_and_zero_priors_leave_gaps() {
        let there = log_odds(&[3, 0, 7], &[1, 4, 9], &[0.5, 0.0, 2.0]).unwrap();
        let back = log_odds(&[1, 4, 9], &[3, 0, 7], &[0.5, 0.0, 2.0]).unwrap();
        assert_eq!(there[1], None);
        assert!((there[2].unwrap().z + back[2].unwrap().z).abs() < 1e-15);
        assert!(log_odds(&[1], &[1], &[-1.0]).is_err() && log_odds(&[1], &[1], &[]).is_err());
        assert!(log_odds(&[], &[], &[]).unwrap().is_empty());
    }
}
