//! The row that all registries of measures share: what a figure is called, where it lies, how it is read, how it is computed, who says so.
//!
//! A registry is an enum of words whose rows are [`Entry`]s: [`Measure`](crate::stats::measures::Measure) on the 2×2 table,
//! [`Dispersion`](crate::stats::dispersion::Dispersion), [`Diversity`](crate::stats::diversity::Diversity),
//! [`Similarity`](crate::stats::coefficients::Similarity), [`Distance`](crate::stats::distance::Distance),
//! [`Delta`](crate::stats::delta::Delta) and [`Component`](crate::discourse::register::Component) of the register profile. They stay
//! apart, since each is computed from something else; `tests/rust/registry.rs` walks them all, `python/registry.rs` lists them as one frame.

crate::words! {
    /// What a measure answers.
    pub enum Family as "family" {
        /// Is the difference more than chance? Grows with the sample.
        Significance = "significance",
        /// How large is the difference?
        Effect = "effect",
        /// How strongly do two features attract each other?
        Association = "association",
        /// How evenly is a feature spread?
        Dispersion = "dispersion",
        /// How varied is the vocabulary?
        Diversity = "diversity",
        /// How alike are two rows?
        Similarity = "similarity",
        /// How far apart are two rows?
        Distance = "distance",
        /// How far apart are two documents in their most frequent words?
        Delta = "delta",
        /// How is a text built?
        Register = "register",
    }
}

crate::words! {
    /// What the sign or the height of a score says.
    pub enum Sign as "sign" {
        /// Positive: more in the target (together more often) than expected; negative: less; 0: as expected.
        Direction = "direction",
        /// A ratio, never negative. Above 1: more in the target; below 1: less; 1: as expected.
        Ratio = "ratio",
        /// The score ranks; its sign and its zero have no meaning of their own.
        Rank = "rank",
        /// High: evenly spread.
        Even = "even",
        /// High: unevenly spread.
        Uneven = "uneven",
        /// A count, reduced where it is unevenly spread. High: frequent.
        Frequent = "frequent",
        /// High: varied.
        Diverse = "diverse",
        /// High: repetitive.
        Repetitive = "repetitive",
        /// High: alike.
        Alike = "alike",
        /// 0: the same; high: far apart.
        Apart = "apart",
        /// How much there is of what the formula counts; neither end is better.
        Amount = "amount",
    }
}

crate::words! {
    /// What a measure is computed from, where measures of one family differ in it.
    pub enum Needs as "needs" {
        /// Counts in the parts of the corpus.
        Parts = "parts",
        /// Distances from one occurrence to the next: tokens in order.
        Distances = "distances",
        /// Counts of types.
        Counts = "counts",
        /// Tokens in order.
        Sequence = "sequence",
        /// Characters of the text.
        Text = "text",
        /// Words of a segmenter.
        Words = "words",
        /// Words with parts of speech.
        Tags = "tags",
    }
}

/// One row of a registry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// What users write.
    pub word: &'static str,
    /// What it answers.
    pub family: Family,
    /// Least and greatest value.
    pub range: (f64, f64),
    /// What the sign or the height says.
    pub sign: Sign,
    /// How it is computed, in the notation of the family's documentation.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}
