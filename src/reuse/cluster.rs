//! Versions of one passage, wherever they stand.

use crate::error::Result;
use crate::run::Watch;

/// One side of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// Number of the document.
    pub document: u32,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// A place where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Number of the passage, from 0 in the order of the first place (document, then character) of each.
    pub passage: u32,
    /// Where.
    pub side: Side,
}

/// Sets that are joined step by step; the smallest member stands for a set, so the order of joining does not matter.
struct Sets(Vec<usize>);

impl Sets {
    fn find(&mut self, mut x: usize) -> usize {
        while self.0[x] != x {
            self.0[x] = self.0[self.0[x]];
            x = self.0[x];
        }
        x
    }

    fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.find(x), self.find(y));
        if x != y {
            self.0[x.max(y)] = x.min(y);
        }
    }
}

/// Puts matches together: two sides of a match are versions of one passage, and so are two places of one document whose common part
/// is at least `overlap` (0 to 1) of the stretch from the start of the one to the end of the other. Places of one passage that overlap become one.
///
/// Passages are the connected components of that relation: a long chain of small changes can join passages that have little in common.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn cluster(matches: &[(Side, Side)], overlap: f64, watch: &Watch) -> Result<Vec<Occurrence>> {
    let mut sides: Vec<Side> = matches.iter().flat_map(|&(a, b)| [a, b]).collect();
    sides.sort_unstable();
    sides.dedup();
    let number = |side: &Side| sides.binary_search(side).unwrap_or(0);
    let mut sets = Sets((0..sides.len()).collect());
    for (k, (a, b)) in matches.iter().enumerate() {
        if k % 1024 == 0 {
            watch.step(0)?;
        }
        sets.join(number(a), number(b));
    }
    // By start: what follows a side and overlaps it begins before it ends.
    for (i, side) in sides.iter().enumerate() {
        if i % 1024 == 0 {
            watch.step(0)?;
        }
        for (j, other) in sides.iter().enumerate().skip(i + 1) {
            if other.document != side.document || other.start >= side.end {
                break;
            }
            let common = f64::from(side.end.min(other.end) - other.start);
            let whole = f64::from(side.end.max(other.end) - side.start);
            if common >= overlap * whole {
                sets.join(i, j);
            }
        }
    }
    let mut members: Vec<(usize, Side)> = (0..sides.len()).map(|i| (sets.find(i), sides[i])).collect();
    members.sort_unstable();
    let mut found: Vec<Occurrence> = Vec::new();
    let mut passage = 0u32;
    for set in members.chunk_by(|a, b| a.0 == b.0) {
        let mut open = set[0].1;
        for &(_, side) in &set[1..] {
            if side.document == open.document && side.start < open.end {
                open.end = open.end.max(side.end);
            } else {
                found.push(Occurrence { passage, side: open });
                open = side;
            }
        }
        found.push(Occurrence { passage, side: open });
        passage += 1;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(document: u32, start: u32, end: u32) -> Side {
        Side { document, start, end }
    }

    #[test]
    fn versions_meet() {
        let matches = [
            (side(0, 0, 20), side(1, 5, 25)),
            (side(0, 2, 20), side(2, 0, 18)),
            (side(0, 40, 60), side(2, 40, 60)),
            (side(1, 80, 99), side(3, 1, 20)),
        ];
        let found = cluster(&matches, 0.5, &Watch::new()).unwrap();
        let expected = [
            (0, side(0, 0, 20)),
            (0, side(1, 5, 25)),
            (0, side(2, 0, 18)),
            (1, side(0, 40, 60)),
            (1, side(2, 40, 60)),
            (2, side(1, 80, 99)),
            (2, side(3, 1, 20)),
        ];
        let expected: Vec<Occurrence> = expected
            .iter()
            .map(|&(passage, side)| Occurrence { passage, side })
            .collect();
        assert_eq!(found, expected);
        let mut turned = matches;
        turned.reverse();
        assert_eq!(cluster(&turned, 0.5, &Watch::new()).unwrap(), expected);
        assert!(cluster(&[], 0.5, &Watch::new()).unwrap().is_empty());
    }
}
