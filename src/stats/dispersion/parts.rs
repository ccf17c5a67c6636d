//! What the measures of dispersion read: parts of a corpus, and distances between occurrences.

/// A part in which the feature occurs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Occurrences of the feature in the part, above 0.
    pub count: f64,
    /// Tokens of the part.
    pub size: f64,
    /// How often the part is there: 1, or what a bootstrap drew.
    pub times: f64,
}

/// All parts of the corpus, with and without the feature; parts without tokens are no parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Number of parts.
    pub n: f64,
    /// Tokens of all parts.
    pub size: f64,
    /// Tokens of the smallest part.
    pub least: f64,
}

impl Parts {
    /// From the sizes of the parts and how often each is there; those of size 0 or drawn 0 times do not count.
    pub fn new(parts: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut all = Self {
            n: 0.0,
            size: 0.0,
            least: f64::INFINITY,
        };
        for (size, times) in parts {
            if size > 0.0 && times > 0.0 {
                all.n += times;
                all.size += times * size;
                all.least = all.least.min(size);
            }
        }
        all
    }
}

/// What the measures by distances need of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Distances {
    /// Tokens of the corpus.
    pub tokens: f64,
    /// Occurrences of the feature.
    pub count: f64,
    /// Σ min(d, N/f).
    pub reduced: f64,
    /// Σ d².
    pub squares: f64,
    /// Σ d log₁₀ d.
    pub logs: f64,
}

impl Distances {
    /// A feature that occurs `count` times among `tokens` tokens, without distances yet.
    pub fn new(tokens: f64, count: f64) -> Self {
        Self {
            tokens,
            count,
            ..Self::default()
        }
    }

    /// Adds the distance from one occurrence to the next.
    pub fn add(&mut self, distance: f64) {
        self.reduced += distance.min(self.tokens / self.count);
        self.squares += distance * distance;
        self.logs += distance * distance.log10();
    }
}
