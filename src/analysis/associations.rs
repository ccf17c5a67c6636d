//! What stands next to a node.
//!
//! All four sums of a table come from the sample space of the matrix (see `corpus::fcm::Margins`): pairs of tokens looked
//! at from both ends, ordered pairs, or units of text. So joint counts never exceed their margins and NPMI keeps its range.

use rayon::prelude::*;

use super::scores::{self, ScoreColumns};
use crate::corpus::fcm::{Counting, Fcm};
use crate::error::{Error, Result};
use crate::run::Watch;
use crate::stats::adjust::Adjustment;
use crate::stats::contingency::Table;
use crate::stats::measures::Measure;

/// What is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct AssociationOptions {
    /// The measures, the first of which orders the rows.
    pub measures: Vec<Measure>,
    /// Least joint count; 0 counts as 1, for only pairs that occur are listed.
    pub min_count: u64,
    /// Correction of the p-values: for the number of pairs of a node where nodes are named, else for the number of pairs.
    pub adjust: Option<Adjustment>,
}

/// One row a pair, as columns of equal length: by node, then by the first measure from high to low (undefined last), then
/// by collocate.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the words of the frame
pub struct Associations {
    pub node: Vec<u32>,
    pub collocate: Vec<u32>,
    pub count: Vec<u64>,
    pub count_node: Vec<u64>,
    pub count_collocate: Vec<u64>,
    pub n_pairs: Vec<u64>,
    pub expected: Vec<f64>,
    pub scores: Vec<ScoreColumns>,
}

/// The pairs of the nodes named, in the order named; without names every stored pair once.
///
/// A boolean matrix says of a feature and itself in how many units it occurs twice; that is no joint count of two features,
/// so the diagonal is left out there.
///
/// # Errors
/// [`Error::Data`] for a node that does not exist; [`Error::Interrupted`].
pub fn associations(
    fcm: &Fcm,
    nodes: Option<&[u32]>,
    options: &AssociationOptions,
    watch: &Watch,
) -> Result<Associations> {
    let n_features = fcm.vocabulary().len();
    if let Some(bad) = nodes
        .into_iter()
        .flatten()
        .find(|&&node| node as usize >= n_features)
    {
        return Err(Error::data("node", format!("below {n_features}"), bad));
    }
    let margins = fcm.margins();
    let with_itself = fcm.options().counting == Counting::Frequency;
    let least = options.min_count.max(1);
    let tables = |node: u32, found: &mut dyn Iterator<Item = (u32, u64)>| -> Result<Vec<(u32, u32, Table)>> {
        watch.step(1)?;
        found
            .filter(|&(collocate, _)| with_itself || collocate != node)
            .map(|(collocate, count)| {
                // Only a self pair can differ from the stored value.
                let joint = if collocate == node {
                    fcm.joint(node, node)
                } else {
                    count
                };
                (collocate, joint)
            })
            .filter(|&(_, joint)| joint >= least)
            .map(|(collocate, joint)| {
                let (row, column) = (margins.rows[node as usize], margins.columns[collocate as usize]);
                Ok((
                    node,
                    collocate,
                    Table::from_marginals(joint, row, column, margins.total)?,
                ))
            })
            .collect()
    };
    let blocks: Vec<Associations> = if let Some(nodes) = nodes {
        nodes
            .par_iter()
            .map(|&node| {
                let rows = tables(node, &mut fcm.collocates(node).into_iter())?;
                Ok(block(&rows, options))
            })
            .collect::<Result<_>>()?
    } else {
        let rows: Vec<Vec<_>> = (0..n_features)
            .into_par_iter()
            .zip(0..u32::try_from(n_features).unwrap_or(u32::MAX))
            .map(|(row, node)| tables(node, &mut fcm.cells().cells(row)))
            .collect::<Result<_>>()?;
        vec![block(&rows.concat(), options)]
    };
    let mut all = block(&[], options);
    for block in blocks {
        all.append(block);
    }
    Ok(all)
}

/// The rows of one family of tests.
fn block(rows: &[(u32, u32, Table)], options: &AssociationOptions) -> Associations {
    let tables: Vec<Table> = rows.iter().map(|row| row.2).collect();
    let scores = scores::score(&tables, &options.measures, options.adjust);
    let mut order = scores::order(&scores, rows.len());
    // Stable: within a node the order of the scores stays.
    order.sort_by_key(|&i| rows[i].0);
    let tables = scores::take(&tables, &order);
    Associations {
        node: order.iter().map(|&i| rows[i].0).collect(),
        collocate: order.iter().map(|&i| rows[i].1).collect(),
        count: tables.iter().map(Table::o11).collect(),
        count_node: tables.iter().map(Table::r1).collect(),
        count_collocate: tables.iter().map(Table::c1).collect(),
        n_pairs: tables.iter().map(Table::n).collect(),
        expected: tables.iter().map(Table::e11).collect(),
        scores: scores.iter().map(|column| column.take(&order)).collect(),
    }
}

impl Associations {
    fn append(&mut self, mut other: Self) {
        self.node.append(&mut other.node);
        self.collocate.append(&mut other.collocate);
        self.count.append(&mut other.count);
        self.count_node.append(&mut other.count_node);
        self.count_collocate.append(&mut other.count_collocate);
        self.n_pairs.append(&mut other.n_pairs);
        self.expected.append(&mut other.expected);
        for (mine, theirs) in self.scores.iter_mut().zip(other.scores) {
            mine.append(theirs);
        }
    }
}
