//! Corrections for many tests, on the logarithm of p.
//!
//! The number of tests *m* is the number of p-values that exist: a null was no test and stays null. Equal p-values get
//! equal results, whatever their order.

crate::words! {
    /// How p-values are corrected for the number of tests.
    pub enum Adjustment as "adjust" {
        /// min over j ≥ i of m·p₍ⱼ₎/j: false discovery rate. Benjamini & Hochberg (1995).
        BenjaminiHochberg = "bh",
        /// max over j ≤ i of (m − j + 1)·p₍ⱼ₎: family-wise error. Holm (1979).
        Holm = "holm",
        /// m·p: family-wise error, the most cautious. Dunn (1961).
        Bonferroni = "bonferroni",
    }
}

impl Adjustment {
    /// Corrected ln p, in the order of the input; at most 0.
    pub fn adjust(self, log_p: &[Option<f64>]) -> Vec<Option<f64>> {
        let mut tested: Vec<(f64, usize)> = log_p
            .iter()
            .enumerate()
            .filter_map(|(i, p)| p.map(|p| (p, i)))
            .collect();
        tested.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let m = tested.len();
        let mut adjusted = vec![None; log_p.len()];
        match self {
            Self::Bonferroni => {
                for &(p, i) in &tested {
                    adjusted[i] = Some((p + (m as f64).ln()).min(0.0));
                }
            }
            Self::Holm => {
                let mut most = f64::NEG_INFINITY;
                for (rank, &(p, i)) in tested.iter().enumerate() {
                    most = most.max(p + ((m - rank) as f64).ln());
                    adjusted[i] = Some(most.min(0.0));
                }
            }
            Self::BenjaminiHochberg => {
                let mut least = 0.0_f64;
                for (rank, &(p, i)) in tested.iter().enumerate().rev() {
                    least = least.min(p + (m as f64 / (rank + 1) as f64).ln());
                    adjusted[i] = Some(least);
                }
            }
        }
        adjusted
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(how: Adjustment, p: &[Option<f64>], expected: &[Option<f64>]) {
        let log: Vec<_> = p.iter().map(|p| p.map(f64::ln)).collect();
        let got = how.adjust(&log);
        for (got, expected) in got.iter().zip(expected) {
            match (got, expected) {
                (Some(got), Some(expected)) => {
                    assert!((got.exp() - expected).abs() < 1e-12, "{got} {expected}");
                }
                _ => assert_eq!(got.is_none(), expected.is_none()),
            }
        }
    }

    #[test]
    fn against_statsmodels() {
        // statsmodels 0.15.0, stats.multitest.multipletests(p, method=…) on the non-null values
        let p = [
            Some(0.01),
            None,
            Some(0.04),
            Some(0.03),
            Some(0.005),
            Some(0.03),
            Some(0.9),
        ];
        check(BH, &p, &BH_EXPECTED);
        check(Adjustment::Holm, &p, &HOLM_EXPECTED);
        check(Adjustment::Bonferroni, &p, &BONFERRONI_EXPECTED);
    }

    #[test]
    fn ties_do_not_depend_on_their_order_and_tiny_ones_stay_finite() {
        let log_p = [Some(-3.0), Some(-1e6), Some(-3.0), Some(0.0)];
        for &how in Adjustment::ALL {
            let adjusted = how.adjust(&log_p);
            assert_eq!(adjusted[0], adjusted[2]);
            assert!(adjusted.iter().flatten().all(|p| p.is_finite() && *p <= 0.0));
            assert!(how.adjust(&[]).is_empty());
            assert_eq!(how.adjust(&[None]), [None]);
        }
    }

    const BH: Adjustment = Adjustment::BenjaminiHochberg;
    const BH_EXPECTED: [Option<f64>; 7] = [
        Some(0.03),
        None,
        Some(0.048),
        Some(0.045),
        Some(0.03),
        Some(0.045),
        Some(0.9),
    ];
    const HOLM_EXPECTED: [Option<f64>; 7] = [
        Some(0.05),
        None,
        Some(0.12),
        Some(0.12),
        Some(0.03),
        Some(0.12),
        Some(0.9),
    ];
    const BONFERRONI_EXPECTED: [Option<f64>; 7] = [
        Some(0.06),
        None,
        Some(0.24),
        Some(0.18),
        Some(0.03),
        Some(0.18),
        Some(1.0),
    ];
}
