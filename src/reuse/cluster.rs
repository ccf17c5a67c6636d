//! Versions of one passage, wherever they stand.

use std::cmp::Reverse;

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

impl Side {
    fn length(self) -> u32 {
        self.end - self.start
    }
}

/// A place where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Number of the passage, from 0 in the order of the first place (document, then character) of each.
    pub passage: u32,
    /// Where.
    pub side: Side,
}

/// Puts matches together, in two steps that both go from the most shared stretch down, so that no chain of small changes can join what has
/// little in common:
///
/// 1. Stretches of one document whose common part is at least `overlap` (0 to 1) of the stretch that they cover together are one *place*;
///    a place is named by its most matched (then longest) stretch and takes in only what overlaps that.
/// 2. The place that is matched with most documents (then the longest, then by `text`) is the centre of a passage. All places that are matched with it, and belong to
///    no passage yet, are versions of it. So each version was matched with the centre itself.
///
/// A place whose partners all went to other passages is a passage of its own with one occurrence and is left out. Stretches of one passage that overlap
/// become one. `text` gives the text of a side; it decides ties, so that the order of documents does not.
///
/// # Errors
/// [`crate::Error::Interrupted`].
pub fn cluster<'a>(
    matches: &[(Side, Side)],
    overlap: f64,
    text: impl Fn(Side) -> &'a str,
    watch: &Watch,
) -> Result<Vec<Occurrence>> {
    let mut sides: Vec<Side> = matches.iter().flat_map(|&(a, b)| [a, b]).collect();
    sides.sort_unstable();
    let mut counts: Vec<(Side, u32)> = Vec::new();
    for same in sides.chunk_by(|a, b| a == b) {
        counts.push((same[0], u32::try_from(same.len()).unwrap_or(u32::MAX)));
    }
    watch.step(1)?;
    let (places, of_side) = places(&counts, overlap);
    let number = |side: &Side| of_side[counts.binary_search_by_key(side, |c| c.0).unwrap_or(0)];

    let mut links: Vec<(u32, u32)> = matches
        .iter()
        .map(|(a, b)| (number(a), number(b)))
        .flat_map(|(a, b)| [(a, b), (b, a)])
        .filter(|(a, b)| a != b)
        .collect();
    links.sort_unstable();
    links.dedup();
    watch.step(1)?;
    let partners = |place: u32| -> &[(u32, u32)] {
        let from = links.partition_point(|l| l.0 < place);
        let to = links.partition_point(|l| l.0 <= place);
        &links[from..to]
    };
    let documents = |place: u32| -> usize {
        let mut of: Vec<u32> = partners(place)
            .iter()
            .map(|l| places[l.1 as usize].document)
            .collect();
        of.sort_unstable();
        of.dedup();
        of.len()
    };
    let mut order: Vec<(Reverse<usize>, Reverse<u32>, &str, u32)> = (0u32..)
        .zip(&places)
        .map(|(k, &side)| (Reverse(documents(k)), Reverse(side.length()), text(side), k))
        .collect();
    order.sort_unstable();
    watch.step(1)?;
    let mut taken = vec![false; places.len()];
    let mut passages: Vec<Vec<Side>> = Vec::new();
    for (_, _, _, centre) in order {
        if taken[centre as usize] {
            continue;
        }
        let mut members = vec![places[centre as usize]];
        taken[centre as usize] = true;
        for &(_, other) in partners(centre) {
            if !taken[other as usize] {
                taken[other as usize] = true;
                members.push(places[other as usize]);
            }
        }
        if members.len() > 1 {
            passages.push(merged(members));
        }
    }
    passages.sort_unstable();
    let mut found = Vec::new();
    for (passage, sides) in (0u32..).zip(passages) {
        found.extend(sides.into_iter().map(|side| Occurrence { passage, side }));
    }
    Ok(found)
}

/// Places (each the stretch that names it), and the number of the place of each stretch.
fn places(counts: &[(Side, u32)], overlap: f64) -> (Vec<Side>, Vec<u32>) {
    let mut of_side = vec![u32::MAX; counts.len()];
    let mut places = Vec::new();
    let mut from = 0;
    for of in counts.chunk_by(|a, b| a.0.document == b.0.document) {
        let mut order: Vec<usize> = (0..of.len()).collect();
        order.sort_by_key(|&i| (Reverse(of[i].1), Reverse(of[i].0.length()), i));
        let longest = of.iter().map(|c| c.0.length()).max().unwrap_or(0);
        for i in order {
            if of_side[from + i] != u32::MAX {
                continue;
            }
            let named = of[i].0;
            let number = u32::try_from(places.len()).unwrap_or(u32::MAX);
            places.push(named);
            // By start: whatever overlaps begins at most the greatest length before.
            let first = of.partition_point(|c| c.0.start + longest < named.start);
            for j in first..of.len() {
                let other = of[j].0;
                if other.start >= named.end {
                    break;
                }
                if other.end <= named.start || of_side[from + j] != u32::MAX {
                    continue;
                }
                let common = f64::from(named.end.min(other.end) - named.start.max(other.start));
                let whole = f64::from(named.end.max(other.end) - named.start.min(other.start));
                if common >= overlap * whole {
                    of_side[from + j] = number;
                }
            }
        }
        from += of.len();
    }
    (places, of_side)
}

/// Stretches in order; those of one document that overlap become one.
fn merged(mut sides: Vec<Side>) -> Vec<Side> {
    sides.sort_unstable();
    let mut found: Vec<Side> = Vec::with_capacity(sides.len());
    for side in sides {
        match found.last_mut() {
            Some(open) if open.document == side.document && side.start < open.end => {
                open.end = open.end.max(side.end);
            }
            _ => found.push(side),
        }
    }
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn side(document: u32, start: u32, end: u32) -> Side {
        Side { document, start, end }
    }

    fn clusters(matches: &[(Side, Side)]) -> Vec<Occurrence> {
        cluster(matches, 0.8, |_| "", &Watch::new()).unwrap()
    }

    fn expected(rows: &[(u32, Side)]) -> Vec<Occurrence> {
        rows.iter()
            .map(|&(passage, side)| Occurrence { passage, side })
            .collect()
    }

    #[test]
    fn versions_meet() {
        let matches = [
            (side(0, 0, 20), side(1, 5, 25)),
            (side(0, 2, 20), side(2, 0, 18)),
            (side(0, 40, 60), side(2, 40, 60)),
            (side(1, 80, 99), side(3, 1, 20)),
        ];
        let rows = expected(&[
            (0, side(0, 0, 20)),
            (0, side(1, 5, 25)),
            (0, side(2, 0, 18)),
            (1, side(0, 40, 60)),
            (1, side(2, 40, 60)),
            (2, side(1, 80, 99)),
            (2, side(3, 1, 20)),
        ]);
        assert_eq!(clusters(&matches), rows);
        let mut turned = matches;
        turned.reverse();
        assert_eq!(clusters(&turned), rows);
        assert!(clusters(&[]).is_empty());
    }

    #[test]
    fn chains_do_not_grow() {
        // Each document shares something with the next only: no passage has more than a centre and its two neighbours.
        let matches: Vec<(Side, Side)> = (0..20).map(|k| (side(k, 4, 30), side(k + 1, 0, 26))).collect();
        let found = clusters(&matches);
        for of in found.chunk_by(|a, b| a.passage == b.passage) {
            assert!(of.len() <= 3, "{of:?}");
        }
        assert!(!found.is_empty());
    }
}
