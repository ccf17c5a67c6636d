//! The registry of measures on the 2×2 table.
//!
//! One row a measure. A new one needs: its formula (in [`significance`], [`effect`] or [`association`]), a row here, a row
//! in `tests/golden/keyness.csv` or `association.csv` with a source from outside, its word in the `Literal` of
//! `python/duizhao/stats/measures.py`, a section in `docs/statistics/measures.md` and a line in the changelog; neither binding, facade nor
//! tests. The registry test names what is missing.

use super::contingency::Table;
use super::parameters::Parameters;
use super::{association, effect, significance};
use crate::registry::{Entry, Family, Sign};

type Formula = fn(&Table) -> Option<f64>;

/// A row says `score` where the table is enough, `score_with` where the formula takes [`Parameters`].
macro_rules! call {
    (score, $path:path, $table:expr, $parameters:expr) => {
        $path($table)
    };
    (score_with, $path:path, $table:expr, $parameters:expr) => {
        $path($table, $parameters)
    };
}

/// Writes the enum, the list of all and the look-up tables from the rows, so that none can be forgotten.
macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident {
        name: $name:literal, family: $family:ident, range: ($low:expr, $high:expr), sign: $sign:ident,
        formula: $formula:literal, source: $source:literal, $kind:ident: $score:path, log_p: $log_p:expr $(,)?
    })+) => {
        /// A measure on the 2×2 table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Measure { $($(#[$doc])* $variant,)+ }

        $crate::word_functions!(Measure as "measures" { $($variant = $name),+ });

        impl Measure {
            /// The row of the registry.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        word: $name, family: Family::$family, range: ($low, $high), sign: Sign::$sign,
                        formula: $formula, source: $source,
                    },)+
                }
            }

            /// Whether it is a test, with a p-value.
            pub const fn has_p(self) -> bool {
                let log_p: Option<Formula> = match self { $(Self::$variant => $log_p,)+ };
                log_p.is_some()
            }

            /// The score; `None` where it is undefined, ±∞ where the formula has a limit there, never NaN.
            #[inline]
            pub fn score_with(self, table: &Table, parameters: &Parameters) -> Option<f64> {
                match self { $(Self::$variant => call!($kind, $score, table, parameters),)+ }
            }

            /// [`Measure::score_with`] the default parameters.
            pub fn score(self, table: &Table) -> Option<f64> {
                self.score_with(table, &Parameters::default())
            }

            /// The natural logarithm of the two-sided p-value: finite, at most 0. `None` where the score is undefined, and
            /// for measures that are no test.
            pub fn log_p(self, table: &Table) -> Option<f64> {
                let log_p: Option<Formula> = match self { $(Self::$variant => $log_p,)+ };
                log_p.and_then(|log_p| log_p(table))
            }
        }
    };
}

const INF: f64 = f64::INFINITY;

registry! {
    /// Signed G² over four cells.
    LogLikelihood {
        name: "log_likelihood", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * 2 * sum(O * ln(O/E)) over the four cells",
        source: "Dunning 1993; Evert 2005",
        score: significance::log_likelihood, log_p: Some(significance::log_likelihood_log_p),
    }
    /// Signed G² over the two cells of the feature.
    LogLikelihood2Cell {
        name: "log_likelihood_2cell", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * 2 * (O11 * ln(O11/E11) + O21 * ln(O21/E21))",
        source: "Rayson & Garside 2000",
        score: significance::log_likelihood_2cell, log_p: Some(significance::log_likelihood_2cell_log_p),
    }
    /// G² with Yates's correction.
    LogLikelihoodYates {
        name: "log_likelihood_yates", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * 2 * sum(O' * ln(O'/E)), every O moved by 1/2 towards E, not past it",
        source: "Yates 1934; Dunning 1993",
        score: significance::log_likelihood_yates, log_p: Some(significance::log_likelihood_yates_log_p),
    }
    /// G² with Williams's correction.
    LogLikelihoodWilliams {
        name: "log_likelihood_williams", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "log_likelihood / q, q = 1 + (N/R1 + N/R2 - 1) * (N/C1 + N/C2 - 1) / (6*N)",
        source: "Williams 1976",
        score: significance::log_likelihood_williams, log_p: Some(significance::log_likelihood_williams_log_p),
    }
    /// G² as quanteda.textstats has it without correction.
    LogLikelihoodQuanteda {
        name: "log_likelihood_quanteda", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * 2 * sum(O * ln(O/E + 1e-9)) over the four cells",
        source: "quanteda.textstats 0.97.2, textstat_keyness(measure='lr', correction='none')",
        score: significance::log_likelihood_quanteda, log_p: Some(significance::log_likelihood_quanteda_log_p),
    }
    /// Signed Pearson X².
    ChiSquared {
        name: "chi_squared", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * sum((O-E)^2 / E) over the four cells",
        source: "Pearson 1900; Hofland & Johansson 1982",
        score: significance::chi_squared, log_p: Some(significance::chi_squared_log_p),
    }
    /// Signed Pearson X² with Yates's correction.
    ChiSquaredYates {
        name: "chi_squared_yates", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * sum(max(|O-E| - 1/2, 0)^2 / E) over the four cells",
        source: "Yates 1934",
        score: significance::chi_squared_yates, log_p: Some(significance::chi_squared_yates_log_p),
    }
    /// X² as quanteda.textstats has it by default.
    ChiSquaredQuanteda {
        name: "chi_squared_quanteda", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "chi_squared_yates where |O11*O22-O12*O21| >= N/2 and an E is below 5, else chi_squared",
        source: "quanteda.textstats 0.97.2, textstat_keyness(measure='chi2')",
        score: significance::chi_squared_quanteda, log_p: Some(significance::chi_squared_quanteda_log_p),
    }
    /// Fisher's exact test.
    FisherExact {
        name: "fisher_exact", family: Significance, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * -log10(p), p = sum of P(table) over tables with these sums and P <= P(observed)",
        source: "Fisher 1935; Pedersen 1996",
        score: significance::fisher_exact, log_p: Some(significance::fisher_exact_log_p),
    }
    /// Bayes factor by BIC.
    Bic {
        name: "bic", family: Significance, range: (-INF, INF), sign: Rank,
        formula: "|log_likelihood| - ln(N)",
        source: "Wilson 2013; Schwarz 1978",
        score: significance::bic, log_p: None,
    }
    /// log₂ ratio of relative frequencies, Walter's ½.
    LogRatio {
        name: "log_ratio", family: Effect, range: (-INF, INF), sign: Direction,
        formula: "log2(((O11+1/2) / (R1+1/2)) / ((O21+1/2) / (R2+1/2)))",
        source: "Walter 1975; Hardie 2014",
        score: effect::log_ratio, log_p: None,
    }
    /// log₂ ratio of relative frequencies, ½ for a zero only.
    LogRatioHardie {
        name: "log_ratio_hardie", family: Effect, range: (-INF, INF), sign: Direction,
        formula: "log2((O11/R1) / (O21/R2)), a count of 0 taken as 1/2",
        source: "Hardie 2014",
        score: effect::log_ratio_hardie, log_p: None,
    }
    /// ln odds ratio, ½ in every cell.
    LogOddsRatio {
        name: "log_odds_ratio", family: Effect, range: (-INF, INF), sign: Direction,
        formula: "ln(((O11+1/2) * (O22+1/2)) / ((O12+1/2) * (O21+1/2)))",
        source: "Haldane 1956; Anscombe 1956; Pojanapunya & Todd 2016",
        score: effect::log_odds_ratio, log_p: None,
    }
    /// Odds ratio.
    OddsRatio {
        name: "odds_ratio", family: Effect, range: (0.0, INF), sign: Ratio,
        formula: "(O11*O22) / (O12*O21)",
        source: "Pojanapunya & Todd 2016",
        score: effect::odds_ratio, log_p: None,
    }
    /// Ratio of relative frequencies.
    RelativeRisk {
        name: "relative_risk", family: Effect, range: (0.0, INF), sign: Ratio,
        formula: "(O11/R1) / (O21/R2)",
        source: "Cornfield 1951; Damerau 1993",
        score: effect::relative_risk, log_p: None,
    }
    /// Simple Maths.
    SimpleMaths {
        name: "simple_maths", family: Effect, range: (0.0, INF), sign: Ratio,
        formula: "(base*O11/R1 + constant) / (base*O21/R2 + constant), base = 10^6, constant = 1",
        source: "Kilgarriff 2009",
        score_with: effect::simple_maths, log_p: None,
    }
    /// The bound of an exact interval for the log ratio that is nearer to 0.
    ConservativeLogRatio {
        name: "conservative_log_ratio", family: Effect, range: (-INF, INF), sign: Direction,
        formula: "bound nearer 0 of the exact interval of log2((O11/R1) / (O21/R2)); 0 where it holds 0",
        source: "Evert 2022; Clopper & Pearson 1934",
        score_with: effect::conservative_log_ratio, log_p: None,
    }
    /// The bound of a normal interval for the log ratio that is nearer to 0.
    ConservativeLogRatioNormal {
        name: "conservative_log_ratio_normal", family: Effect, range: (-INF, INF), sign: Direction,
        formula: "bound nearer 0 of log_ratio_hardie +- z * sqrt(1/O11 + 1/O21 - 1/R1 - 1/R2) / ln(2), a 0 taken as 1/2; 0 where it holds 0",
        source: "Hardie 2014",
        score_with: effect::conservative_log_ratio_normal, log_p: None,
    }
    /// %DIFF.
    PercentDifference {
        name: "percent_difference", family: Effect, range: (-100.0, INF), sign: Direction,
        formula: "100 * (O11/R1 - O21/R2) / (O21/R2)",
        source: "Gabrielatos & Marchi 2011",
        score: effect::percent_difference, log_p: None,
    }
    /// Difference coefficient.
    DifferenceCoefficient {
        name: "difference_coefficient", family: Effect, range: (-1.0, 1.0), sign: Direction,
        formula: "(O11/R1 - O21/R2) / (O11/R1 + O21/R2)",
        source: "Hofland & Johansson 1982",
        score: effect::difference_coefficient, log_p: None,
    }
    /// ΔP from row to column.
    DeltaPForward {
        name: "delta_p_forward", family: Effect, range: (-1.0, 1.0), sign: Direction,
        formula: "O11/R1 - O21/R2",
        source: "Allan 1980; Gries 2013",
        score: effect::delta_p_forward, log_p: None,
    }
    /// ΔP from column to row.
    DeltaPBackward {
        name: "delta_p_backward", family: Effect, range: (-1.0, 1.0), sign: Direction,
        formula: "O11/C1 - O12/C2",
        source: "Allan 1980; Gries 2013",
        score: effect::delta_p_backward, log_p: None,
    }
    /// Pointwise mutual information in nats.
    Pmi {
        name: "pmi", family: Association, range: (-INF, INF), sign: Direction,
        formula: "ln(O11/E11)",
        source: "Church & Hanks 1990",
        score: association::pmi, log_p: None,
    }
    /// PMI as quanteda.textstats has it.
    PmiQuanteda {
        name: "pmi_quanteda", family: Association, range: (-INF, INF), sign: Direction,
        formula: "ln(O11/E11 + 1e-9)",
        source: "quanteda.textstats 0.97.2, textstat_keyness(measure='pmi')",
        score: association::pmi_quanteda, log_p: None,
    }
    /// PMI² in nats.
    Pmi2 {
        name: "pmi2", family: Association, range: (-INF, INF), sign: Rank,
        formula: "ln(O11^2/E11)",
        source: "Daille 1994",
        score: association::pmi2, log_p: None,
    }
    /// PMI³ in nats.
    Pmi3 {
        name: "pmi3", family: Association, range: (-INF, INF), sign: Rank,
        formula: "ln(O11^3/E11)",
        source: "Daille 1994",
        score: association::pmi3, log_p: None,
    }
    /// Normalised PMI.
    Npmi {
        name: "npmi", family: Association, range: (-1.0, 1.0), sign: Direction,
        formula: "ln(O11/E11) / -ln(O11/N)",
        source: "Bouma 2009",
        score: association::npmi, log_p: None,
    }
    /// Local mutual information in nats.
    LocalMi {
        name: "local_mi", family: Association, range: (-INF, INF), sign: Direction,
        formula: "O11 * ln(O11/E11)",
        source: "Evert 2005",
        score: association::local_mi, log_p: None,
    }
    /// logDice.
    LogDice {
        name: "log_dice", family: Association, range: (-INF, 14.0), sign: Rank,
        formula: "14 + log2(2*O11 / (R1+C1))",
        source: "Rychlý 2008",
        score: association::log_dice, log_p: None,
    }
    /// Dice coefficient.
    Dice {
        name: "dice", family: Association, range: (0.0, 1.0), sign: Rank,
        formula: "2*O11 / (R1+C1)",
        source: "Dice 1945; Smadja, McKeown & Hatzivassiloglou 1996",
        score: association::dice, log_p: None,
    }
    /// Jaccard coefficient.
    Jaccard {
        name: "jaccard", family: Association, range: (0.0, 1.0), sign: Rank,
        formula: "O11 / (O11+O12+O21)",
        source: "Jaccard 1912",
        score: association::jaccard, log_p: None,
    }
    /// Minimum sensitivity.
    MinSensitivity {
        name: "min_sensitivity", family: Association, range: (0.0, 1.0), sign: Rank,
        formula: "min(O11/R1, O11/C1)",
        source: "Pedersen & Bruce 1996",
        score: association::min_sensitivity, log_p: None,
    }
    /// t-score.
    TScore {
        name: "t_score", family: Association, range: (-INF, INF), sign: Direction,
        formula: "(O11-E11) / sqrt(O11)",
        source: "Church, Gale, Hanks & Hindle 1991",
        score: association::t_score, log_p: None,
    }
    /// z-score.
    ZScore {
        name: "z_score", family: Association, range: (-INF, INF), sign: Direction,
        formula: "(O11-E11) / sqrt(E11)",
        source: "Berry-Rogghe 1973; Evert 2005",
        score: association::z_score, log_p: None,
    }
    /// z-score with Yates's correction.
    ZScoreYates {
        name: "z_score_yates", family: Association, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * max(|O11-E11| - 1/2, 0) / sqrt(E11)",
        source: "Yates 1934; Evert 2005",
        score: association::z_score_yates, log_p: None,
    }
    /// Signed log-likelihood of the joint count alone.
    SimpleLogLikelihood {
        name: "simple_log_likelihood", family: Association, range: (-INF, INF), sign: Direction,
        formula: "sign(O11-E11) * 2 * (O11 * ln(O11/E11) - (O11-E11))",
        source: "Evert 2008",
        score: association::simple_log_likelihood, log_p: None,
    }
    /// Poisson–Stirling.
    PoissonStirling {
        name: "poisson_stirling", family: Association, range: (-INF, INF), sign: Rank,
        formula: "O11 * (ln(O11/E11) - 1)",
        source: "Quasthoff & Wolff 2002; Evert 2005",
        score: association::poisson_stirling, log_p: None,
    }
    /// PMI times the logarithm of the joint count.
    PmiLogFrequency {
        name: "pmi_log_frequency", family: Association, range: (-INF, INF), sign: Direction,
        formula: "ln(O11/E11) * ln(O11+1)",
        source: "Kilgarriff & Tugwell 2001",
        score: association::pmi_log_frequency, log_p: None,
    }
    /// Geometric mean of the conditional probabilities.
    GeometricMean {
        name: "geometric_mean", family: Association, range: (0.0, 1.0), sign: Rank,
        formula: "O11 / sqrt(R1*C1)",
        source: "Ochiai 1957; Evert 2005",
        score: association::geometric_mean, log_p: None,
    }
    /// Correlation of the two.
    Phi {
        name: "phi", family: Association, range: (-1.0, 1.0), sign: Direction,
        formula: "(O11*O22 - O12*O21) / sqrt(R1*R2*C1*C2)",
        source: "Pearson 1900; Yule 1912",
        score: association::phi, log_p: None,
    }
}
