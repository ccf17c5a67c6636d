//! Inference over documents as one value: what is exchanged and drawn, how often, and how an interval is made of it.
//!
//! Documents are the unit (see [`super::resample`]). A test exchanges the labels of documents, within blocks where there are
//! some. A bootstrap draws the documents of each group again, with replacement, within blocks where there are some, so that
//! every group keeps its number of documents in every block.

use super::resample::{Interval, Plan};
use crate::error::{Error, Result};

/// What is drawn, how often, and how wide intervals are.
#[derive(Debug, Clone, PartialEq)]
pub struct Inference {
    /// Replicates of the permutation test; 0 for none.
    pub permutations: usize,
    /// Bootstrap replicates; 0 for none.
    pub resamples: usize,
    /// Seed of both.
    pub seed: u64,
    /// How a bootstrap interval is made.
    pub interval: Interval,
    /// Coverage of every interval, between 0 and 1.
    pub level: f64,
    /// Block of each document; without, all documents are one block.
    pub blocks: Option<Vec<u32>>,
    /// All documents in an order that does not depend on how they are stored; without, they are stored in such an order.
    pub order: Option<Vec<usize>>,
}

impl Default for Inference {
    /// Nothing is drawn; exact intervals have the level 0.95.
    fn default() -> Self {
        Self {
            permutations: 0,
            resamples: 0,
            seed: 1,
            interval: Interval::Percentile,
            level: 0.95,
            blocks: None,
            order: None,
        }
    }
}

impl Inference {
    /// Whether nothing is drawn.
    pub const fn is_empty(&self) -> bool {
        self.permutations == 0 && self.resamples == 0
    }

    /// Whether draws need the statistic without each document in turn.
    pub fn needs_jackknife(&self) -> bool {
        self.resamples > 0 && self.interval == Interval::BiasCorrected
    }

    /// Checks that there is one block and one place for each of `n` documents.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a level that is not between 0 and 1; [`Error::Data`] for another number of blocks or places,
    /// and for a place that does not exist.
    pub fn check(&self, n: usize) -> Result<()> {
        if !(self.level > 0.0 && self.level < 1.0) {
            return Err(Error::parameter("level", "above 0 and below 1", self.level));
        }
        if let Some(blocks) = self.blocks.as_ref().filter(|blocks| blocks.len() != n) {
            return Err(Error::data(
                "blocks",
                format!("{n}, one a document"),
                blocks.len(),
            ));
        }
        if let Some(order) = &self.order {
            if order.len() != n {
                return Err(Error::data("order", format!("{n}, one a document"), order.len()));
            }
            if let Some(bad) = order.iter().find(|&&document| document >= n) {
                return Err(Error::data("order", format!("below {n}"), bad));
            }
        }
        Ok(())
    }

    /// Numbers of `n` documents in the order in which they are drawn.
    pub fn documents(&self, n: usize) -> Vec<usize> {
        self.order.clone().unwrap_or_else(|| (0..n).collect())
    }

    /// How labels are exchanged between these documents; unit `u` of the plan is `documents[u]`.
    pub fn exchange(&self, documents: &[usize]) -> Plan {
        match &self.blocks {
            None => Plan::new(self.seed, documents.len()),
            Some(blocks) => {
                let blocks: Vec<u32> = documents.iter().map(|&d| blocks[d]).collect();
                Plan::with_blocks(self.seed, &blocks)
            }
        }
    }

    /// How these documents are drawn; unit `u` of the plan is `documents[u]`, its group `groups[u]`. `None` where nothing is
    /// drawn, and where every draw would be the same since no group has two documents in a block: then no interval is known.
    pub fn drawing(&self, documents: &[usize], groups: &[u32]) -> Option<Plan> {
        if self.resamples == 0 {
            return None;
        }
        let plan = match &self.blocks {
            None => Plan::with_blocks(self.seed, groups),
            Some(blocks) => {
                let blocks: Vec<u32> = documents.iter().map(|&d| blocks[d]).collect();
                Plan::with_blocks(self.seed, &strata(&blocks, groups))
            }
        };
        plan.varies().then_some(plan)
    }

    /// [`Inference::drawing`] of documents that are one group.
    pub fn drawing_of_one_group(&self, documents: &[usize]) -> Option<Plan> {
        self.drawing(documents, &vec![0; documents.len()])
    }

    /// Bounds of the interval; see [`Interval::bounds`].
    pub fn bounds(&self, observed: f64, replicates: &mut Vec<f64>, jackknife: &[f64]) -> Option<(f64, f64)> {
        self.interval.bounds(observed, replicates, jackknife, self.level)
    }
}

/// One number for each pair of block and group, in the order of the blocks, then of the groups.
fn strata(blocks: &[u32], groups: &[u32]) -> Vec<u32> {
    let all: Vec<(u32, u32)> = blocks.iter().copied().zip(groups.iter().copied()).collect();
    let mut pairs = all.clone();
    pairs.sort_unstable();
    pairs.dedup();
    #[allow(clippy::cast_possible_truncation)] // not more than documents
    all.iter()
        .map(|pair| pairs.partition_point(|other| other < pair) as u32)
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn drawn(blocks: Option<Vec<u32>>) -> Inference {
        Inference {
            resamples: 10,
            blocks,
            ..Inference::default()
        }
    }

    #[test]
    fn without_blocks_draws_are_those_of_plain_plans() {
        let groups = [1, 0, 1, 0, 0];
        let documents = [0, 1, 2, 3, 4];
        let inference = drawn(None);
        assert_eq!(inference.exchange(&documents), Plan::new(1, 5));
        assert_eq!(
            inference.drawing(&documents, &groups).unwrap(),
            Plan::with_blocks(1, &groups)
        );
        assert_eq!(
            inference.drawing_of_one_group(&documents).unwrap(),
            Plan::new(1, 5)
        );
        assert_eq!(Inference::default().drawing(&documents, &groups), None);
    }

    #[test]
    fn groups_keep_their_documents_in_every_block() {
        let (blocks, groups) = ([0, 0, 1, 1, 0, 1, 0], [0, 0, 0, 0, 1, 1, 1]);
        let documents: Vec<usize> = (0..7).collect();
        let plan = drawn(Some(blocks.to_vec())).drawing(&documents, &groups).unwrap();
        for replicate in 0..20 {
            let times = plan.multiplicities(replicate);
            for (block, group, n) in [(0, 0, 2), (1, 0, 2), (0, 1, 2), (1, 1, 1)] {
                let of = (0..7).filter(|&d| blocks[d] == block && groups[d] == group);
                assert_eq!(of.map(|d| times[d]).sum::<u32>(), n);
            }
        }
    }

    #[test]
    fn draws_that_cannot_differ_are_none() {
        assert_eq!(drawn(None).drawing(&[0, 1], &[0, 1]), None);
        assert_eq!(drawn(None).drawing(&[], &[]), None);
        assert_eq!(drawn(Some(vec![0, 1, 2])).drawing_of_one_group(&[0, 1, 2]), None);
        assert!(
            drawn(Some(vec![0, 0, 2]))
                .drawing_of_one_group(&[0, 1, 2])
                .is_some()
        );
    }

    #[test]
    fn documents_are_taken_in_canonical_order() {
        let inference = Inference {
            order: Some(vec![2, 0, 1]),
            ..drawn(Some(vec![7, 8, 9]))
        };
        assert_eq!(inference.documents(3), [2, 0, 1]);
        assert_eq!(drawn(None).documents(3), [0, 1, 2]);
        assert!(inference.check(3).is_ok());
        assert!(inference.check(4).is_err());
        let wrong = Inference {
            order: Some(vec![0, 3, 1]),
            ..Inference::default()
        };
        assert!(wrong.check(3).is_err());
        let wide = Inference {
            level: 1.0,
            ..Inference::default()
        };
        assert!(wide.check(0).is_err());
    }
}
