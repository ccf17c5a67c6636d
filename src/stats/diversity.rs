//! Lexical diversity: how varied the vocabulary of a text is.
//!
//! Notation: *N* tokens, *V* types; *Vᵢ* types occur *i* times, so Σ Vᵢ = V and Σ i Vᵢ = N; M₂ = Σ i² Vᵢ. Tweedie, F. J. &
//! Baayen, R. H. (1998). How variable may a constant be? *Computers and the Humanities* 32, 323–352, discusses most of the
//! measures by counts, and shows that nearly all of them move with *N*.
//!
//! One row of the registry a measure. A new one needs: its formula, a row here, a row in `tests/golden/diversity.csv`
//! with a source from outside, its word in the `Literal` of `python/duizhao/stats/diversity.py` and a section in
//! `docs/statistics/diversity.md`. The registry test names what is missing.

mod sequence;
mod spectrum;

pub use self::sequence::{mattr, msttr, mtld, mtld_wrap, segment_ratios};
pub use self::spectrum::Spectrum;

use crate::registry::{Entry, Family, Needs, Sign};

/// Lengths and thresholds of the measures that have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiversityOptions {
    /// Tokens of a window of MATTR.
    pub window: usize,
    /// Tokens of a segment of MSTTR.
    pub segment: usize,
    /// Type–token ratio below which a factor of MTLD is complete, above 0 and below 1.
    pub threshold: f64,
    /// Least tokens of a complete factor of MTLD.
    pub min_factor: usize,
    /// Tokens of a sample of HD-D.
    pub sample: usize,
    /// Base of the logarithms of U, S, Maas and k.
    pub log_base: f64,
}

impl Default for DiversityOptions {
    fn default() -> Self {
        Self {
            window: 100,
            segment: 100,
            threshold: 0.72,
            min_factor: 1,
            sample: 42,
            log_base: 10.0,
        }
    }
}

impl DiversityOptions {
    fn log(&self, x: f64) -> f64 {
        if (self.log_base - 10.0).abs() < f64::EPSILON {
            x.log10()
        } else {
            x.ln() / self.log_base.ln()
        }
    }
}

type Options = DiversityOptions;

fn ttr(s: &Spectrum, _: &Options) -> f64 {
    s.v() / s.n()
}

fn guiraud_r(s: &Spectrum, _: &Options) -> f64 {
    s.v() / s.n().sqrt()
}

fn cttr(s: &Spectrum, _: &Options) -> f64 {
    s.v() / (2.0 * s.n()).sqrt()
}

fn herdan_c(s: &Spectrum, _: &Options) -> f64 {
    s.v().ln() / s.n().ln()
}

fn dugast_u(s: &Spectrum, o: &Options) -> f64 {
    o.log(s.n()).powi(2) / (o.log(s.n()) - o.log(s.v()))
}

fn summer_s(s: &Spectrum, o: &Options) -> f64 {
    o.log(o.log(s.v())) / o.log(o.log(s.n()))
}

fn rubet_k(s: &Spectrum, o: &Options) -> f64 {
    o.log(s.v()) / o.log(o.log(s.n()))
}

fn maas_a2(s: &Spectrum, o: &Options) -> f64 {
    (o.log(s.n()) - o.log(s.v())) / o.log(s.n()).powi(2)
}

fn maas_log_v0(s: &Spectrum, o: &Options) -> f64 {
    o.log(s.v()) / (1.0 - (o.log(s.v()) / o.log(s.n())).powi(2)).sqrt()
}

fn brunet_w(s: &Spectrum, _: &Options) -> f64 {
    s.n().powf(s.v().powf(-0.172))
}

fn fisher_alpha(s: &Spectrum, _: &Options) -> f64 {
    let (n, v) = (s.n(), s.v());
    if s.types() == s.tokens || s.types() == 0 {
        return f64::NAN;
    }
    // V = α ln(1 + N/α) grows with α, from 0 to N: halve the interval of ln α.
    let (mut low, mut high) = (-50.0_f64, 80.0_f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        let alpha = middle.exp();
        if alpha * (n / alpha).ln_1p() < v {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high).exp()
}

fn yule_k(s: &Spectrum, _: &Options) -> f64 {
    1e4 * (s.squares() - s.n()) / (s.n() * s.n())
}

fn yule_i(s: &Spectrum, _: &Options) -> f64 {
    s.v() * s.v() / (s.squares() - s.v())
}

fn simpson_d(s: &Spectrum, _: &Options) -> f64 {
    s.sum(|f| f * (f - 1.0)) / (s.n() * (s.n() - 1.0))
}

fn repeat_rate(s: &Spectrum, _: &Options) -> f64 {
    s.squares() / (s.n() * s.n())
}

fn herdan_vm(s: &Spectrum, _: &Options) -> f64 {
    (s.squares() / (s.n() * s.n()) - s.v().recip()).max(0.0).sqrt()
}

fn entropy(s: &Spectrum, _: &Options) -> f64 {
    -s.sum(|f| f / s.n() * (f / s.n()).log2()) + 0.0
}

fn entropy_normalized(s: &Spectrum, o: &Options) -> f64 {
    (entropy(s, o) / s.v().log2()).min(1.0)
}

fn hapax_type_share(s: &Spectrum, _: &Options) -> f64 {
    s.of(1) / s.v()
}

fn hapax_token_share(s: &Spectrum, _: &Options) -> f64 {
    s.of(1) / s.n()
}

fn sichel_s(s: &Spectrum, _: &Options) -> f64 {
    s.of(2) / s.v()
}

fn honore_h(s: &Spectrum, _: &Options) -> f64 {
    100.0 * s.n().ln() / (1.0 - s.of(1) / s.v())
}

/// Σ over the types of the probability that a random sample of `sample` tokens has it, over `sample`.
fn hdd(s: &Spectrum, o: &Options) -> f64 {
    let sample = o.sample as u64;
    if s.tokens < sample || sample == 0 {
        return f64::NAN;
    }
    let expected = s.sum(|f| {
        // Hypergeometric probability of none: Π (N−f−i)/(N−i).
        let absent: f64 = (0..sample)
            .map(|i| ((s.n() - f - i as f64) / (s.n() - i as f64)).max(0.0))
            .product();
        1.0 - absent
    });
    expected / sample as f64
}

#[derive(Clone, Copy)]
enum Formula {
    Counts(fn(&Spectrum, &Options) -> f64),
    Sequence(fn(&[u32], &Options) -> Option<f64>),
}

/// Writes the enum, the list of all and the look-up tables from the rows, so that none can be forgotten.
macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident {
        name: $name:literal, needs: $needs:ident, sign: $sign:ident, range: ($low:expr, $most:expr),
        formula: $formula:literal, source: $source:literal, score: $score:path $(,)?
    })+) => {
        /// A measure of lexical diversity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Diversity { $($(#[$doc])* $variant,)+ }

        $crate::word_functions!(Diversity as "measures" { $($variant = $name),+ });

        impl Diversity {
            /// The row of the registry.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        word: $name, family: Family::Diversity, range: ($low, $most), sign: Sign::$sign,
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
    /// Type–token ratio.
    Ttr {
        name: "ttr", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "V / N", source: "Johnson 1944; Templin 1957", score: ttr,
    }
    /// Guiraud's root type–token ratio.
    GuiraudR {
        name: "guiraud_r", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "V / sqrt(N)", source: "Guiraud 1954", score: guiraud_r,
    }
    /// Carroll's corrected type–token ratio.
    Cttr {
        name: "cttr", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "V / sqrt(2*N)", source: "Carroll 1964", score: cttr,
    }
    /// Herdan's C.
    HerdanC {
        name: "herdan_c", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "ln(V) / ln(N)", source: "Herdan 1960", score: herdan_c,
    }
    /// Dugast's U.
    DugastU {
        name: "dugast_u", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "log(N)^2 / (log(N) - log(V))", source: "Dugast 1978; Tweedie & Baayen 1998", score: dugast_u,
    }
    /// Summer's S.
    SummerS {
        name: "summer_s", needs: Counts, sign: Diverse, range: (-INF, INF),
        formula: "log(log(V)) / log(log(N))", source: "Somers 1966; Tweedie & Baayen 1998", score: summer_s,
    }
    /// Rubet's k.
    RubetK {
        name: "rubet_k", needs: Counts, sign: Diverse, range: (-INF, INF),
        formula: "log(V) / log(log(N))", source: "Dugast 1979; Tweedie & Baayen 1998", score: rubet_k,
    }
    /// Maas's a².
    MaasA2 {
        name: "maas_a2", needs: Counts, sign: Repetitive, range: (0.0, INF),
        formula: "(log(N) - log(V)) / log(N)^2", source: "Maas 1972", score: maas_a2,
    }
    /// Maas's log V₀.
    MaasLogV0 {
        name: "maas_log_v0", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "log(V) / sqrt(1 - (log(V)/log(N))^2)", source: "Maas 1972", score: maas_log_v0,
    }
    /// Brunet's W.
    BrunetW {
        name: "brunet_w", needs: Counts, sign: Repetitive, range: (1.0, INF),
        formula: "N^(V^-0.172)", source: "Brunet 1978; Tweedie & Baayen 1998", score: brunet_w,
    }
    /// Fisher's α.
    FisherAlpha {
        name: "fisher_alpha", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "alpha with V = alpha * ln(1 + N/alpha)", source: "Fisher, Corbet & Williams 1943",
        score: fisher_alpha,
    }
    /// Yule's K.
    YuleK {
        name: "yule_k", needs: Counts, sign: Repetitive, range: (0.0, 10_000.0),
        formula: "10^4 * (M2 - N) / N^2", source: "Yule 1944; Tweedie & Baayen 1998, Eq. 16", score: yule_k,
    }
    /// Yule's I.
    YuleI {
        name: "yule_i", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "V^2 / (M2 - V)", source: "Yule 1944", score: yule_i,
    }
    /// Simpson's D.
    SimpsonD {
        name: "simpson_d", needs: Counts, sign: Repetitive, range: (0.0, 1.0),
        formula: "sum(i*(i-1) * V_i) / (N * (N-1))", source: "Simpson 1949; Tweedie & Baayen 1998",
        score: simpson_d,
    }
    /// Repeat rate.
    RepeatRate {
        name: "repeat_rate", needs: Counts, sign: Repetitive, range: (0.0, 1.0),
        formula: "M2 / N^2", source: "Herdan 1962; Popescu 2009", score: repeat_rate,
    }
    /// Herdan's Vₘ.
    HerdanVm {
        name: "herdan_vm", needs: Counts, sign: Repetitive, range: (0.0, 1.0),
        formula: "sqrt(M2 / N^2 - 1/V)", source: "Herdan 1955", score: herdan_vm,
    }
    /// Entropy in bits.
    Entropy {
        name: "entropy", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "-sum(i/N * log2(i/N) * V_i)", source: "Shannon 1948; Popescu 2009", score: entropy,
    }
    /// Entropy over its maximum.
    EntropyNormalized {
        name: "entropy_normalized", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "entropy / log2(V)", source: "Shannon 1948; Pielou 1966", score: entropy_normalized,
    }
    /// Share of the types that occur once.
    HapaxTypeShare {
        name: "hapax_type_share", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "V_1 / V", source: "Baayen 2001", score: hapax_type_share,
    }
    /// Share of the tokens whose type occurs once.
    HapaxTokenShare {
        name: "hapax_token_share", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "V_1 / N", source: "Baayen 2001", score: hapax_token_share,
    }
    /// Sichel's S.
    SichelS {
        name: "sichel_s", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "V_2 / V", source: "Sichel 1975; Tweedie & Baayen 1998", score: sichel_s,
    }
    /// Honoré's H.
    HonoreH {
        name: "honore_h", needs: Counts, sign: Diverse, range: (0.0, INF),
        formula: "100 * ln(N) / (1 - V_1/V)", source: "Honoré 1979; Tweedie & Baayen 1998", score: honore_h,
    }
    /// HD-D.
    Hdd {
        name: "hdd", needs: Counts, sign: Diverse, range: (0.0, 1.0),
        formula: "sum(1 - hypergeometric(0; N, i, sample)) / sample", source: "McCarthy & Jarvis 2007, 2010",
        score: hdd,
    }
    /// Moving-average type–token ratio.
    Mattr {
        name: "mattr", needs: Sequence, sign: Diverse, range: (0.0, 1.0),
        formula: "mean type-token ratio of all windows", source: "Covington & McFall 2010", score: mattr,
    }
    /// Mean segmental type–token ratio.
    Msttr {
        name: "msttr", needs: Sequence, sign: Diverse, range: (0.0, 1.0),
        formula: "mean type-token ratio of the full segments", source: "Johnson 1944", score: msttr,
    }
    /// MTLD.
    Mtld {
        name: "mtld", needs: Sequence, sign: Diverse, range: (0.0, INF),
        formula: "N / factors, mean of both directions", source: "McCarthy & Jarvis 2010", score: mtld,
    }
    /// MTLD by moving average with wrap-around.
    MtldWrap {
        name: "mtld_wrap", needs: Sequence, sign: Diverse, range: (0.0, INF),
        formula: "mean length of the factors from each token, read as a ring",
        source: "McCarthy & Jarvis 2010; Kyle 2020", score: mtld_wrap,
    }
}

impl Diversity {
    /// Whether the order of the tokens counts.
    pub const fn by_sequence(self) -> bool {
        matches!(self.needs(), Needs::Sequence)
    }

    /// The score of a text. `None` where it is undefined: no tokens, a division by 0, a text shorter than the window,
    /// segment or sample, and for measures by sequence without a sequence. Always finite.
    pub fn score(
        self,
        spectrum: &Spectrum,
        sequence: Option<&[u32]>,
        options: &DiversityOptions,
    ) -> Option<f64> {
        if spectrum.tokens == 0 {
            return None;
        }
        match self.formula() {
            Formula::Counts(formula) => Some(formula(spectrum, options)),
            Formula::Sequence(formula) => formula(sequence?, options),
        }
        .filter(|v| v.is_finite())
    }
}
