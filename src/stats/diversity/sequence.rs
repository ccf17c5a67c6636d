//! Lexical diversity by the order of the tokens. Tokens are numbers from 0 to the number of types.

use super::DiversityOptions;

/// Counts of types in a stretch that grows and shrinks.
struct Bag {
    counts: Vec<u32>,
    types: usize,
}

impl Bag {
    fn new(tokens: &[u32]) -> Self {
        let n = tokens.iter().max().map_or(0, |&t| t as usize + 1);
        Self {
            counts: vec![0; n],
            types: 0,
        }
    }

    fn add(&mut self, token: u32) {
        let count = &mut self.counts[token as usize];
        *count += 1;
        self.types += usize::from(*count == 1);
    }

    fn remove(&mut self, token: u32) {
        let count = &mut self.counts[token as usize];
        *count -= 1;
        self.types -= usize::from(*count == 0);
    }

    fn clear(&mut self, tokens: impl Iterator<Item = u32>) {
        for token in tokens {
            self.counts[token as usize] = 0;
        }
        self.types = 0;
    }
}

/// Mean type–token ratio of all windows; `None` for a text shorter than one. The types of all windows are added as whole
/// numbers, so the mean is exact to the last division.
pub fn mattr(tokens: &[u32], options: &DiversityOptions) -> Option<f64> {
    let window = options.window;
    if window == 0 || tokens.len() < window {
        return None;
    }
    let mut bag = Bag::new(tokens);
    let mut types = 0_u64;
    for (i, &token) in tokens.iter().enumerate() {
        bag.add(token);
        if i >= window {
            bag.remove(tokens[i - window]);
        }
        if i + 1 >= window {
            types += bag.types as u64;
        }
    }
    Some(types as f64 / window as f64 / (tokens.len() - window + 1) as f64)
}

/// Type–token ratio of each full segment; what is left at the end is dropped.
pub fn segment_ratios(tokens: &[u32], segment: usize) -> Vec<f64> {
    if segment == 0 {
        return Vec::new();
    }
    let mut bag = Bag::new(tokens);
    tokens
        .chunks_exact(segment)
        .map(|part| {
            for &token in part {
                bag.add(token);
            }
            let ratio = bag.types as f64 / segment as f64;
            bag.clear(part.iter().copied());
            ratio
        })
        .collect()
}

/// Mean of [`segment_ratios`]; `None` for a text shorter than one segment.
pub fn msttr(tokens: &[u32], options: &DiversityOptions) -> Option<f64> {
    let ratios = segment_ratios(tokens, options.segment);
    (!ratios.is_empty()).then(|| ratios.iter().sum::<f64>() / ratios.len() as f64)
}

/// Tokens over factors in one direction; infinite where no token repeats.
fn factors(tokens: &[u32], options: &DiversityOptions) -> f64 {
    let mut bag = Bag::new(tokens);
    let (mut factors, mut start) = (0.0, 0);
    for (i, &token) in tokens.iter().enumerate() {
        bag.add(token);
        let length = i + 1 - start;
        if (bag.types as f64 / length as f64) < options.threshold && length >= options.min_factor {
            factors += 1.0;
            bag.clear(tokens[start..=i].iter().copied());
            start = i + 1;
        }
    }
    let rest = tokens.len() - start;
    if rest > 0 {
        factors += (1.0 - bag.types as f64 / rest as f64) / (1.0 - options.threshold);
    }
    tokens.len() as f64 / factors
}

/// Mean of N / factors read forwards and backwards; the rest at an end is the part of a factor that its ratio has come.
/// `None` for a text without a repeated token.
pub fn mtld(tokens: &[u32], options: &DiversityOptions) -> Option<f64> {
    let backwards: Vec<u32> = tokens.iter().rev().copied().collect();
    let both = f64::midpoint(factors(tokens, options), factors(&backwards, options));
    both.is_finite().then_some(both)
}

/// Mean length of the factors that start at each token, the end joined to the beginning; a start whose factor is not
/// complete when the text ends for the second time has none. `None` without any factor.
pub fn mtld_wrap(tokens: &[u32], options: &DiversityOptions) -> Option<f64> {
    let mut bag = Bag::new(tokens);
    let (mut lengths, mut factors) = (0_u64, 0_u64);
    for start in 0..tokens.len() {
        let at = |place: usize| tokens[place % tokens.len()];
        let mut read = 0;
        for place in start..2 * tokens.len() {
            bag.add(at(place));
            read += 1;
            if (bag.types as f64 / read as f64) < options.threshold && read >= options.min_factor {
                lengths += read as u64;
                factors += 1;
                break;
            }
        }
        bag.clear((start..start + read).map(at));
    }
    (factors > 0).then(|| lengths as f64 / factors as f64)
}
