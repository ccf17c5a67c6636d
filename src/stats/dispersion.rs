//! Dispersion: how evenly the occurrences of a feature are spread over the parts of a corpus.
//!
//! The notation is that of Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. *International Journal
//! of Corpus Linguistics* 13(4), 403–437: the corpus of *N* tokens has *n* parts with shares *sᵢ* of its tokens; the
//! feature occurs *f* times, *vᵢ* times in part *i*, which is *pᵢ* of the part's tokens. The measures by distances read
//! the corpus as a ring: *d₁, d₂, …* are the distances from each occurrence to the next, and sum to *N*.
//!
//! One row of the registry a measure. A new one needs: its formula, a row here, a row in `tests/golden/dispersion.csv`
//! with a source from outside, its word in the `Literal` of `python/duizhao/stats/dispersion.py` and a section in
//! `docs/statistics/dispersion.md`. The registry test names what is missing.

mod parts;

pub use self::parts::{Cell, Distances, Parts};

use crate::registry::{Entry, Family, Needs, Sign};

/// Σ of a term over the parts in which the feature occurs.
fn sum(cells: &[Cell], term: impl Fn(&Cell) -> f64) -> f64 {
    cells.iter().map(|c| c.times * term(c)).sum()
}

fn frequency(cells: &[Cell]) -> f64 {
    sum(cells, |c| c.count)
}

fn range(cells: &[Cell]) -> f64 {
    sum(cells, |_| 1.0)
}

fn relative_range(cells: &[Cell], parts: &Parts) -> f64 {
    range(cells) / parts.n
}

fn idf(cells: &[Cell], parts: &Parts) -> f64 {
    (parts.n / range(cells)).log2()
}

/// Coefficient of variation of the relative frequencies, population standard deviation.
fn variation_coefficient(cells: &[Cell], parts: &Parts) -> f64 {
    let mean = sum(cells, |c| c.count / c.size) / parts.n;
    let squares = sum(cells, |c| (c.count / c.size - mean).powi(2));
    let absent = (parts.n - range(cells)) * mean * mean;
    ((squares + absent) / parts.n).sqrt() / mean
}

/// `value` if there are parts to compare, else NaN.
fn of_several(parts: &Parts, value: f64) -> f64 {
    if parts.n > 1.0 { value } else { f64::NAN }
}

fn juilland_d(cells: &[Cell], parts: &Parts) -> f64 {
    let cv = variation_coefficient(cells, parts);
    of_several(parts, (1.0 - cv / (parts.n - 1.0).sqrt()).clamp(0.0, 1.0))
}

fn carroll_d2(cells: &[Cell], parts: &Parts) -> f64 {
    let total = sum(cells, |c| c.count / c.size);
    let entropy = -sum(cells, |c| {
        let share = c.count / c.size / total;
        share * share.log2()
    });
    of_several(parts, (entropy / parts.n.log2()).clamp(0.0, 1.0))
}

fn rosengren_s(cells: &[Cell], parts: &Parts) -> f64 {
    let root = sum(cells, |c| (c.count * c.size / parts.size).sqrt());
    (root * root / frequency(cells)).min(1.0)
}

/// Share of the tokens in parts without the feature.
fn absent(cells: &[Cell], parts: &Parts) -> f64 {
    (1.0 - sum(cells, |c| c.size) / parts.size).max(0.0)
}

fn lyne_d3(cells: &[Cell], parts: &Parts) -> f64 {
    let f = frequency(cells);
    let present = sum(cells, |c| {
        let expected = f * c.size / parts.size;
        (c.count - expected).powi(2) / expected
    });
    1.0 - (present + f * absent(cells, parts)) / (4.0 * f)
}

fn zhang_dc(cells: &[Cell], parts: &Parts) -> f64 {
    let root = sum(cells, |c| (c.count / c.size).sqrt()) / parts.n;
    let mean = sum(cells, |c| c.count / c.size) / parts.n;
    (root * root / mean).min(1.0)
}

fn gries_dp(cells: &[Cell], parts: &Parts) -> f64 {
    let f = frequency(cells);
    let present = sum(cells, |c| (c.count / f - c.size / parts.size).abs());
    f64::midpoint(present, absent(cells, parts))
}

fn gries_dp_norm(cells: &[Cell], parts: &Parts) -> f64 {
    let most = 1.0 - parts.least / parts.size;
    of_several(parts, (gries_dp(cells, parts) / most).min(1.0))
}

fn kl_divergence(cells: &[Cell], parts: &Parts) -> f64 {
    let f = frequency(cells);
    let bits = sum(cells, |c| {
        let share = c.count / f;
        share * (share * parts.size / c.size).log2()
    });
    bits.max(0.0)
}

fn juilland_u(cells: &[Cell], parts: &Parts) -> f64 {
    juilland_d(cells, parts) * frequency(cells)
}

fn carroll_um(cells: &[Cell], parts: &Parts) -> f64 {
    let (f, d2) = (frequency(cells), carroll_d2(cells, parts));
    f * d2 + (1.0 - d2) * f / parts.n
}

fn rosengren_kf(cells: &[Cell], parts: &Parts) -> f64 {
    rosengren_s(cells, parts) * frequency(cells)
}

fn engwall_fm(cells: &[Cell], parts: &Parts) -> f64 {
    relative_range(cells, parts) * frequency(cells)
}

/// ψ(v + 1) + C, which for a whole number is 1 + 1/2 + … + 1/v.
fn harmonic(v: f64) -> f64 {
    if v < 1e4 {
        let mut sum = 0.0;
        let mut i = v;
        while i >= 1.0 {
            sum += i.recip();
            i -= 1.0;
        }
        sum
    } else {
        // Euler–Maclaurin; the next term is below 1/(252 v⁶).
        const EULER: f64 = 0.577_215_664_901_532_9;
        let square = v * v;
        v.ln() + EULER + 0.5 / v - (1.0 - 0.1 / square) / (12.0 * square)
    }
}

fn kromer_ur(cells: &[Cell], _: &Parts) -> f64 {
    sum(cells, |c| harmonic(c.count))
}

fn arf(d: &Distances) -> f64 {
    d.reduced * d.count / d.tokens
}

fn awt(d: &Distances) -> f64 {
    f64::midpoint(1.0, d.squares / d.tokens)
}

fn ald(d: &Distances) -> f64 {
    d.logs / d.tokens
}

fn f_awt(d: &Distances) -> f64 {
    d.tokens * d.tokens / d.squares
}

fn f_ald(d: &Distances) -> f64 {
    d.tokens * 10_f64.powf(-ald(d))
}

#[derive(Clone, Copy)]
enum Formula {
    Parts(fn(&[Cell], &Parts) -> f64),
    Distances(fn(&Distances) -> f64),
}

/// Writes the enum, the list of all and the look-up tables from the rows, so that none can be forgotten.
macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident {
        name: $name:literal, needs: $needs:ident, sign: $sign:ident, range: ($low:expr, $most:expr),
        formula: $formula:literal, source: $source:literal, score: $score:path $(,)?
    })+) => {
        /// A measure of dispersion.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Dispersion { $($(#[$doc])* $variant,)+ }

        $crate::word_functions!(Dispersion as "measures" { $($variant = $name),+ });

        impl Dispersion {
            /// The row of the registry.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        word: $name, family: Family::Dispersion, range: ($low, $most), sign: Sign::$sign,
                        formula: $formula, source: $source,
                    },)+
                }
            }

            /// What it is computed from.
            pub const fn needs(self) -> Needs {
                match self { $(Self::$variant => Needs::$needs,)+ }
            }

            const fn formula(self) -> Formula {
                match self { $(Self::$variant => Formula::$needs($score),)+ }
            }
        }
    };
}

const INF: f64 = f64::INFINITY;

registry! {
    /// Share of the parts that have the feature.
    RelativeRange {
        name: "relative_range", needs: Parts, sign: Even, range: (0.0, 1.0),
        formula: "range / n", source: "Keniston 1920; Gries 2008",
        score: relative_range,
    }
    /// Inverse document frequency in bits.
    Idf {
        name: "idf", needs: Parts, sign: Uneven, range: (0.0, INF),
        formula: "log2(n / range)", source: "Spärck Jones 1972; Gries 2008",
        score: idf,
    }
    /// Coefficient of variation of the relative frequencies.
    VariationCoefficient {
        name: "variation_coefficient", needs: Parts, sign: Uneven, range: (0.0, INF),
        formula: "sd(p) / mean(p), population standard deviation", source: "Gries 2008",
        score: variation_coefficient,
    }
    /// Juilland's D.
    JuillandD {
        name: "juilland_d", needs: Parts, sign: Even, range: (0.0, 1.0),
        formula: "1 - sd(p) / mean(p) / sqrt(n-1)", source: "Juilland & Chang-Rodríguez 1964; Gries 2008",
        score: juilland_d,
    }
    /// Carroll's D₂.
    CarrollD2 {
        name: "carroll_d2", needs: Parts, sign: Even, range: (0.0, 1.0),
        formula: "-sum(q * log2(q)) / log2(n), q = p / sum(p)", source: "Carroll 1970; Gries 2008",
        score: carroll_d2,
    }
    /// Rosengren's S.
    RosengrenS {
        name: "rosengren_s", needs: Parts, sign: Even, range: (0.0, 1.0),
        formula: "sum(sqrt(v * s))^2 / f", source: "Rosengren 1971; Gries 2008",
        score: rosengren_s,
    }
    /// Lyne's D₃.
    LyneD3 {
        name: "lyne_d3", needs: Parts, sign: Even, range: (-INF, 1.0),
        formula: "1 - sum((v - f*s)^2 / (f*s)) / (4*f)", source: "Lyne 1985; Gries 2008",
        score: lyne_d3,
    }
    /// Distributional consistency.
    ZhangDc {
        name: "zhang_dc", needs: Parts, sign: Even, range: (0.0, 1.0),
        formula: "(sum(sqrt(p)) / n)^2 / mean(p)", source: "Zhang, Huang & Yu 2004; Gries 2008",
        score: zhang_dc,
    }
    /// Gries's deviation of proportions.
    GriesDp {
        name: "gries_dp", needs: Parts, sign: Uneven, range: (0.0, 1.0),
        formula: "sum(|v/f - s|) / 2", source: "Gries 2008",
        score: gries_dp,
    }
    /// Deviation of proportions over its maximum.
    GriesDpNorm {
        name: "gries_dp_norm", needs: Parts, sign: Uneven, range: (0.0, 1.0),
        formula: "sum(|v/f - s|) / 2 / (1 - min(s))", source: "Lijffijt & Gries 2012",
        score: gries_dp_norm,
    }
    /// Kullback–Leibler divergence in bits.
    KlDivergence {
        name: "kl_divergence", needs: Parts, sign: Uneven, range: (0.0, INF),
        formula: "sum(v/f * log2((v/f) / s))", source: "Kullback & Leibler 1951; Gries 2020",
        score: kl_divergence,
    }
    /// Average reduced frequency.
    Arf {
        name: "arf", needs: Distances, sign: Frequent, range: (1.0, INF),
        formula: "sum(min(d, N/f)) * f / N", source: "Savický & Hlaváčová 2002",
        score: arf,
    }
    /// Average waiting time.
    Awt {
        name: "awt", needs: Distances, sign: Uneven, range: (1.0, INF),
        formula: "(1 + sum(d^2) / N) / 2", source: "Savický & Hlaváčová 2002",
        score: awt,
    }
    /// Average logarithmic distance.
    Ald {
        name: "ald", needs: Distances, sign: Uneven, range: (0.0, INF),
        formula: "sum(d * log10(d)) / N", source: "Savický & Hlaváčová 2002",
        score: ald,
    }
    /// Frequency by average waiting time.
    FAwt {
        name: "f_awt", needs: Distances, sign: Frequent, range: (1.0, INF),
        formula: "N^2 / sum(d^2)", source: "Savický & Hlaváčová 2002",
        score: f_awt,
    }
    /// Frequency by average logarithmic distance.
    FAld {
        name: "f_ald", needs: Distances, sign: Frequent, range: (1.0, INF),
        formula: "N * 10^(-sum(d * log10(d)) / N)", source: "Savický & Hlaváčová 2002",
        score: f_ald,
    }
    /// Juilland's usage coefficient.
    JuillandU {
        name: "juilland_u", needs: Parts, sign: Frequent, range: (0.0, INF),
        formula: "juilland_d * f", source: "Juilland & Chang-Rodríguez 1964; Gries 2008",
        score: juilland_u,
    }
    /// Carroll's Uₘ.
    CarrollUm {
        name: "carroll_um", needs: Parts, sign: Frequent, range: (0.0, INF),
        formula: "f * carroll_d2 + (1 - carroll_d2) * f / n", source: "Carroll 1970; Gries 2008",
        score: carroll_um,
    }
    /// Rosengren's corrected frequency.
    RosengrenKf {
        name: "rosengren_kf", needs: Parts, sign: Frequent, range: (0.0, INF),
        formula: "sum(sqrt(v * s))^2", source: "Rosengren 1971; Gries 2008",
        score: rosengren_kf,
    }
    /// Engwall's FM.
    EngwallFm {
        name: "engwall_fm", needs: Parts, sign: Frequent, range: (0.0, INF),
        formula: "f * range / n", source: "Engwall 1974; Gries 2008",
        score: engwall_fm,
    }
    /// Kromer's usage measure.
    KromerUr {
        name: "kromer_ur", needs: Parts, sign: Frequent, range: (0.0, INF),
        formula: "sum(1 + 1/2 + ... + 1/v)", source: "Kromer 2003; Gries 2008",
        score: kromer_ur,
    }
}

impl Dispersion {
    /// Whether the order of the tokens counts.
    pub const fn by_distances(self) -> bool {
        matches!(self.needs(), Needs::Distances)
    }

    /// The score of a feature that occurs in `cells` among `parts`. `None` for a feature that does not occur, where a single
    /// part leaves it undefined, and for measures by distances. Never NaN.
    pub fn score(self, cells: &[Cell], parts: &Parts) -> Option<f64> {
        match self.formula() {
            Formula::Parts(formula) if frequency(cells) > 0.0 => {
                Some(formula(cells, parts)).filter(|v| !v.is_nan())
            }
            _ => None,
        }
    }

    /// The score of a feature with these distances. `None` for a feature that does not occur and for measures by parts.
    pub fn score_distances(self, distances: &Distances) -> Option<f64> {
        match self.formula() {
            Formula::Distances(formula) if distances.count > 0.0 => Some(formula(distances)),
            _ => None,
        }
    }
}
