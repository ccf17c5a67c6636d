//! What some measures on the 2×2 table need besides it.

/// What some measures need besides the table. The default is what their documentation says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// The constant of Simple Maths, above 0.
    pub constant: f64,
    /// Tokens to which Simple Maths scales frequencies, above 0.
    pub base: f64,
    /// Level of the interval behind the conservative log ratio, between 0 and 1.
    pub level: f64,
    /// How that level is corrected for the number of features.
    pub family: FamilyCorrection,
    /// Number of features tested.
    pub n_tested: usize,
}

crate::words! {
    /// How the level of an interval is corrected for the number of intervals.
    pub enum FamilyCorrection as "family" {
        /// α/m. Dunn (1961).
        Bonferroni = "bonferroni",
        /// 1 − (1 − α)^(1/m). Šidák (1967).
        Sidak = "sidak",
        /// α.
        Uncorrected = "none",
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            constant: 1.0,
            base: 1e6,
            level: 0.95,
            family: FamilyCorrection::Bonferroni,
            n_tested: 1,
        }
    }
}

impl Parameters {
    /// The probability that either bound of the corrected interval may miss.
    pub(crate) fn tail(&self) -> f64 {
        let (alpha, m) = (1.0 - self.level, self.n_tested.max(1) as f64);
        let corrected = match self.family {
            FamilyCorrection::Bonferroni => alpha / m,
            FamilyCorrection::Sidak => -((-alpha).ln_1p() / m).exp_m1(),
            FamilyCorrection::Uncorrected => alpha,
        };
        corrected / 2.0
    }
}
