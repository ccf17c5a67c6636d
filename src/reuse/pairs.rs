//! What two documents share altogether.

use super::chain::to_u32;
use super::matches::Match;
use super::normalize::Folded;

/// Summary of the passages of one pair of documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Number of the first document.
    pub first: u32,
    /// Number of the second document.
    pub second: u32,
    /// Number of passages.
    pub passages: u32,
    /// Folded characters of the first that lie in a passage.
    pub covered_1: u32,
    /// Folded characters of the second that lie in a passage.
    pub covered_2: u32,
    /// The same, each character times the highest weight of its passages.
    pub weighted_1: f64,
    /// The same of the second.
    pub weighted_2: f64,
    /// Most equal characters of a passage.
    pub longest: u32,
}

/// Covered characters, plain and weighted: each character counts once.
fn covered(spans: &mut [(u32, u32, f64)]) -> (u32, f64) {
    // By weight from high to low, a stretch takes what no heavier one has. Few passages a pair: merging is by a sorted list.
    spans.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut taken: Vec<(u32, u32)> = Vec::with_capacity(spans.len());
    let (mut plain, mut weighted) = (0u32, 0.0);
    for &(start, end, weight) in spans.iter() {
        let from = taken.partition_point(|t| t.1 < start);
        let to = taken.partition_point(|t| t.0 <= end);
        let mut hull = (start, end);
        let mut inside = 0;
        for &(a, b) in &taken[from..to] {
            hull = (hull.0.min(a), hull.1.max(b));
            inside += b - a;
        }
        // Stretches of the list do not touch, so the hull holds the old ones and what is new.
        let new = (hull.1 - hull.0) - inside;
        plain += new;
        weighted += f64::from(new) * weight;
        taken.splice(from..to, [hull]);
    }
    (plain, weighted)
}

/// One summary a pair, in the order of the matches (sorted by pair).
pub fn summarize(matches: &[Match]) -> Vec<Pair> {
    matches
        .chunk_by(|a, b| (a.first, a.second) == (b.first, b.second))
        .map(|of| {
            let mut spans_1: Vec<_> = of.iter().map(|m| (m.span_1.0, m.span_1.1, m.weight)).collect();
            let mut spans_2: Vec<_> = of.iter().map(|m| (m.span_2.0, m.span_2.1, m.weight)).collect();
            let (covered_1, weighted_1) = covered(&mut spans_1);
            let (covered_2, weighted_2) = covered(&mut spans_2);
            Pair {
                first: of[0].first,
                second: of[0].second,
                passages: u32::try_from(of.len()).unwrap_or(u32::MAX),
                covered_1,
                covered_2,
                weighted_1,
                weighted_2,
                longest: of.iter().map(|m| m.same).max().unwrap_or(0),
            }
        })
        .collect()
}

/// A stretch of a document, in characters of its text, that belongs to one end of an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Number of the end.
    pub end: u32,
    /// Number of the document.
    pub document: u32,
    /// First character, and one past the last.
    pub span: (u32, u32),
    /// Weight of the passage, 0 to 1.
    pub weight: f64,
}

/// What one end of an edge holds of its passages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Held {
    /// Folded characters that lie in a passage, each once.
    pub chars: u64,
    /// The same, each character times the highest weight of its passages.
    pub weight: f64,
    /// Stretches that are not inside another one.
    pub passages: u64,
}

/// What each of `ends` ends holds. Stretches may overlap, lie inside each other and be repeated: each folded character counts once. The sums do not
/// depend on the order of stretches and documents.
pub fn held(texts: &[Folded], mut stretches: Vec<Stretch>, ends: usize) -> Vec<Held> {
    stretches.sort_unstable_by_key(|s| (s.end, s.document, s.span.0, std::cmp::Reverse(s.span.1)));
    let mut found = vec![Held::default(); ends];
    for of_end in stretches.chunk_by(|a, b| a.end == b.end) {
        let mut held = Held::default();
        let mut weights = Vec::new();
        for of_document in of_end.chunk_by(|a, b| a.document == b.document) {
            let Some(text) = texts.get(of_document[0].document as usize) else {
                continue;
            };
            let mut reached = 0;
            for stretch in of_document {
                held.passages += u64::from(stretch.span.1 > reached);
                reached = reached.max(stretch.span.1);
            }
            let place = |c: u32| to_u32(text.at.partition_point(|&at| at < c));
            let mut spans: Vec<(u32, u32, f64)> = of_document
                .iter()
                .map(|s| (place(s.span.0), place(s.span.1), s.weight))
                .filter(|s| s.0 < s.1)
                .collect();
            let (plain, weighted) = covered(&mut spans);
            held.chars += u64::from(plain);
            weights.push(weighted);
        }
        weights.sort_by(f64::total_cmp);
        held.weight = weights.iter().sum();
        if let Some(slot) = found.get_mut(of_end[0].end as usize) {
            *slot = held;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_counts_once() {
        let spans = [
            (0, 10, 0.5),
            (5, 15, 1.0),
            (30, 40, 0.2),
            (15, 16, 0.1),
            (0, 10, 0.5),
            (32, 50, 0.1),
        ];
        // By character.
        let mut best = [-1.0f64; 60];
        for (a, b, w) in spans {
            for slot in &mut best[a as usize..b as usize] {
                *slot = slot.max(w);
            }
        }
        let expected = best.iter().filter(|&&w| w >= 0.0).count();
        let sum: f64 = best.iter().filter(|&&w| w >= 0.0).sum();
        let (plain, weighted) = covered(&mut spans.to_vec());
        assert_eq!(plain as usize, expected);
        assert!((weighted - sum).abs() < 1e-9);
        assert!(summarize(&[]).is_empty());
    }
}
