//! What the automaton found, in order, and the stretches that bar it.

/// A byte range.
pub(super) type Span = (usize, usize);

/// Start, end, and what begins there: entries by place, the longest first, then in the user's order.
pub(super) type Candidate = (usize, usize, u32);

fn rank(&(start, end, entry): &Candidate) -> (usize, usize, u32) {
    (start, usize::MAX - end, entry)
}

/// Candidates in the order of [`rank`].
///
/// The automaton reports by end, so that each is nearly in place when it comes: it goes back over the few that begin later. A sort
/// at the end is kept for patterns that reach far.
#[derive(Default)]
pub(super) struct Candidates {
    items: Vec<Candidate>,
    unsorted: bool,
}

impl Candidates {
    const FARTHEST: usize = 24;

    pub(super) fn push(&mut self, candidate: Candidate) {
        let key = rank(&candidate);
        let n = self.items.len();
        let behind = self
            .items
            .iter()
            .rev()
            .take_while(|c| rank(c) > key)
            .take(Self::FARTHEST)
            .count();
        if behind == Self::FARTHEST {
            self.unsorted = true;
            self.items.push(candidate);
        } else {
            self.items.insert(n - behind, candidate);
        }
    }

    pub(super) fn sorted(mut self) -> Vec<Candidate> {
        if self.unsorted {
            self.items.sort_unstable_by_key(rank);
        }
        self.items.dedup();
        self.items
    }
}

/// Stretches by start, with the farthest end up to each: whether any of them holds a span is one search.
pub(super) struct Cover {
    starts: Vec<usize>,
    reach: Vec<usize>,
}

impl Cover {
    pub(super) fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut far = 0;
        let reach = spans
            .iter()
            .map(|s| {
                far = far.max(s.1);
                far
            })
            .collect();
        Self {
            starts: spans.into_iter().map(|s| s.0).collect(),
            reach,
        }
    }

    pub(super) fn holds(&self, start: usize, end: usize) -> bool {
        let before = self.starts.partition_point(|&s| s <= start);
        before > 0 && self.reach[before - 1] >= end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pushed_in_any_order_they_come_out_sorted(items in prop::collection::vec((0_usize..60, 1_usize..40, 0_u32..3), 0..200), by_end: bool) {
            let mut items: Vec<Candidate> = items.into_iter().map(|(s, n, e)| (s, s + n, e)).collect();
            if by_end {
                items.sort_unstable_by_key(|c| (c.1, c.0));
            }
            let mut candidates = Candidates::default();
            for &item in &items {
                candidates.push(item);
            }
            items.sort_unstable_by_key(|&(start, end, entry)| (start, usize::MAX - end, entry));
            items.dedup();
            prop_assert_eq!(candidates.sorted(), items);
        }
    }
}
