//! Hierarchical clustering of a table of distances (the crate `kodama`, after Müllner 2011), and what is read off the tree.

use crate::error::{Error, Result};

crate::words! {
    /// How far two clusters are from one another.
    pub enum Linkage as "linkage" {
        /// Ward's increase of the sum of squares; distances should be Euclidean. Ward (1963).
        Ward = "ward",
        /// Mean of the distances of their members (UPGMA). Sokal & Michener (1958).
        Average = "average",
        /// Greatest distance of members.
        Complete = "complete",
        /// Least distance of members; tends to chains.
        Single = "single",
        /// Mean of the distances of the two parts (WPGMA).
        Weighted = "weighted",
        /// Distance of the centroids (UPGMC); heights can fall. Distances should be Euclidean.
        Centroid = "centroid",
        /// Distance of the midpoints (WPGMC); heights can fall. Distances should be Euclidean.
        Median = "median",
    }
}

impl Linkage {
    const fn method(self) -> kodama::Method {
        match self {
            Self::Ward => kodama::Method::Ward,
            Self::Average => kodama::Method::Average,
            Self::Complete => kodama::Method::Complete,
            Self::Single => kodama::Method::Single,
            Self::Weighted => kodama::Method::Weighted,
            Self::Centroid => kodama::Method::Centroid,
            Self::Median => kodama::Method::Median,
        }
    }
}

/// A tree over `n` leaves: merge `i` makes cluster `n + i` of two earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Number of leaves.
    pub n_leaves: usize,
    /// One part of each merge (the smaller number).
    pub first: Vec<u32>,
    /// The other part.
    pub second: Vec<u32>,
    /// Distance at which they were merged.
    pub height: Vec<f64>,
    /// Leaves below.
    pub size: Vec<u32>,
}

/// Clusters `n` rows; `condensed` has the distances of (0, 1), (0, 2) … (0, n−1), (1, 2) ….
///
/// Equal distances are merged in the order of the row numbers. No merge for fewer than two rows.
///
/// # Errors
/// [`Error::Data`] where there is not one distance a pair, or one is not finite.
pub fn cluster(n: usize, condensed: &[f64], linkage: Linkage) -> Result<Tree> {
    let pairs = n * n.saturating_sub(1) / 2;
    if condensed.len() != pairs {
        return Err(Error::data(
            "distances",
            format!("{pairs} of them for {n} rows"),
            condensed.len(),
        ));
    }
    if let Some(bad) = condensed.iter().find(|d| !d.is_finite()) {
        return Err(Error::data("distances", "defined and finite for every pair", bad));
    }
    let mut tree = Tree {
        n_leaves: n,
        first: vec![],
        second: vec![],
        height: vec![],
        size: vec![],
    };
    if n < 2 {
        return Ok(tree);
    }
    let number =
        |label: usize| u32::try_from(label).map_err(|_| Error::data("rows", "fewer than 2^31", label));
    let found = kodama::linkage(&mut condensed.to_vec(), n, linkage.method());
    for step in found.steps() {
        tree.first.push(number(step.cluster1.min(step.cluster2))?);
        tree.second.push(number(step.cluster1.max(step.cluster2))?);
        tree.height.push(step.dissimilarity);
        tree.size.push(number(step.size)?);
    }
    Ok(tree)
}

impl Tree {
    fn parts(&self, cluster: u32) -> Option<(u32, u32)> {
        let merge = (cluster as usize).checked_sub(self.n_leaves)?;
        Some((self.first[merge], self.second[merge]))
    }

    /// Leaves below a cluster, left to right.
    fn leaves(&self, cluster: u32) -> Vec<u32> {
        let (mut open, mut leaves) = (vec![cluster], Vec::new());
        while let Some(next) = open.pop() {
            match self.parts(next) {
                Some((left, right)) => open.extend([right, left]),
                None => leaves.push(next),
            }
        }
        leaves
    }

    /// The leaves in an order in which no branches of the drawn tree cross.
    pub fn order(&self) -> Vec<u32> {
        #[allow(clippy::cast_possible_truncation)] // checked when the tree was made
        match self.height.len() {
            0 => (0..self.n_leaves as u32).collect(),
            merges => self.leaves((self.n_leaves + merges - 1) as u32),
        }
    }

    /// Cluster number of each leaf when the last merges are undone until there are `k` clusters; numbered from 0 in the order
    /// of the leaves.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a `k` that is not from 1 to the number of leaves.
    pub fn cut(&self, k: usize) -> Result<Vec<u32>> {
        if k == 0 || k > self.n_leaves {
            return Err(Error::parameter("n", format!("from 1 to {}", self.n_leaves), k));
        }
        let merges = self.n_leaves - k;
        let mut parent: Vec<usize> = (0..self.n_leaves + merges).collect();
        for merge in 0..merges {
            parent[self.first[merge] as usize] = self.n_leaves + merge;
            parent[self.second[merge] as usize] = self.n_leaves + merge;
        }
        let root = |mut at: usize| {
            while parent[at] != at {
                at = parent[at];
            }
            at
        };
        let mut numbers: Vec<(usize, u32)> = Vec::new();
        let mut cut = vec![0; self.n_leaves];
        for leaf in self.order() {
            let top = root(leaf as usize);
            let number = match numbers.last() {
                Some(&(last, number)) if last == top => number,
                last => {
                    let next = last.map_or(0, |l| l.1 + 1);
                    numbers.push((top, next));
                    next
                }
            };
            cut[leaf as usize] = number;
        }
        Ok(cut)
    }

    /// Height at which each pair of leaves first stands in one cluster, in the order of `condensed`.
    pub fn cophenetic(&self) -> Vec<f64> {
        let n = self.n_leaves;
        let mut heights = vec![0.0; n * n.saturating_sub(1) / 2];
        for merge in 0..self.height.len() {
            let (left, right) = (self.leaves(self.first[merge]), self.leaves(self.second[merge]));
            for &a in &left {
                for &b in &right {
                    let (i, j) = (a.min(b) as usize, a.max(b) as usize);
                    heights[i * n - i * (i + 1) / 2 + j - i - 1] = self.height[merge];
                }
            }
        }
        heights
    }

    /// Correlation of the distances with the heights of the tree: how well the tree keeps them. Sokal & Rohlf (1962), *Taxon* 11(2).
    ///
    /// `None` for fewer than three leaves or where either has no spread.
    pub fn cophenetic_correlation(&self, condensed: &[f64]) -> Option<f64> {
        let heights = self.cophenetic();
        let n = heights.len() as f64;
        if heights.len() < 3 || heights.len() != condensed.len() {
            return None;
        }
        let (ma, mb) = (condensed.iter().sum::<f64>() / n, heights.iter().sum::<f64>() / n);
        let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
        for (a, b) in condensed.iter().zip(&heights) {
            aa += (a - ma) * (a - ma);
            bb += (b - mb) * (b - mb);
            ab += (a - ma) * (b - mb);
        }
        (aa > 0.0 && bb > 0.0).then(|| (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0))
    }
}
