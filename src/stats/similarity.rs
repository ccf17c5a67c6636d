//! Similarity of sparse rows.
//!
//! A row is a document over its features, or a feature over its documents. Sums run over the columns in ascending order,
//! so a figure depends neither on threads nor on the place of the rows.

use std::cmp::Ordering;
use std::str::FromStr;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::run::Watch;

/// Most pairs that are returned where nothing bounds them (about a gigabyte of columns).
pub const MOST_PAIRS: u64 = 50_000_000;

/// How alike two rows are. `a`, `b` are the values; A, B the sets of columns where they are not 0; n the number of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Similarity {
    /// Σab / √(Σa²·Σb²). Undefined where a row is empty.
    Cosine,
    /// |A∩B| / |A∪B|. Undefined where both are empty.
    Jaccard,
    /// 2|A∩B| / (|A| + |B|). Undefined where both are empty.
    Dice,
    /// |A∩B| / min(|A|, |B|). Undefined where a row is empty.
    Overlap,
    /// Σmin(a,b) / Σmax(a,b): Jaccard on multisets (Ruzicka). Undefined where both are empty; values must not be negative.
    JaccardWeighted,
    /// Σab / (Σa² + Σb² − Σab): the extended Jaccard or Tanimoto coefficient. Undefined where both are empty.
    JaccardExtended,
    /// 2Σab / (Σa² + Σb²): the extended Dice coefficient. Undefined where both are empty.
    DiceExtended,
    /// Pearson's correlation over all n columns. Undefined where a row is constant.
    Correlation,
    /// Share of the n columns that both rows have or both lack. Undefined without columns.
    SimpleMatching,
    /// Simple matching from −1 to 1: (same − different) / n. Undefined without columns.
    Hamann,
}

/// What is summed over the columns that both rows have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kernel {
    Product,
    Minimum,
    Presence,
}

/// Marginals of a row.
#[derive(Debug, Clone, Copy, Default)]
struct Marginal {
    sum: f64,
    squares: f64,
    cells: f64,
}

impl Similarity {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Cosine,
        Self::Jaccard,
        Self::Dice,
        Self::Overlap,
        Self::JaccardWeighted,
        Self::JaccardExtended,
        Self::DiceExtended,
        Self::Correlation,
        Self::SimpleMatching,
        Self::Hamann,
    ];

    /// The word that users write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cosine => "cosine",
            Self::Jaccard => "jaccard",
            Self::Dice => "dice",
            Self::Overlap => "overlap",
            Self::JaccardWeighted => "jaccard_weighted",
            Self::JaccardExtended => "jaccard_extended",
            Self::DiceExtended => "dice_extended",
            Self::Correlation => "correlation",
            Self::SimpleMatching => "simple_matching",
            Self::Hamann => "hamann",
        }
    }

    const fn kernel(self) -> Kernel {
        match self {
            Self::Cosine | Self::JaccardExtended | Self::DiceExtended | Self::Correlation => Kernel::Product,
            Self::JaccardWeighted => Kernel::Minimum,
            Self::Jaccard | Self::Dice | Self::Overlap | Self::SimpleMatching | Self::Hamann => {
                Kernel::Presence
            }
        }
    }

    /// The figure from the sum over shared columns and the marginals; `None` where it is undefined.
    fn finish(self, shared: f64, a: Marginal, b: Marginal, n: f64) -> Option<f64> {
        let quotient =
            |numerator: f64, denominator: f64| (denominator > 0.0).then(|| numerator / denominator);
        match self {
            Self::Cosine => quotient(shared, a.squares.sqrt() * b.squares.sqrt()).map(|c| c.clamp(-1.0, 1.0)),
            Self::Jaccard => quotient(shared, a.cells + b.cells - shared),
            Self::Dice => quotient(2.0 * shared, a.cells + b.cells),
            Self::Overlap => quotient(shared, a.cells.min(b.cells)),
            Self::JaccardWeighted => quotient(shared, a.sum + b.sum - shared),
            Self::JaccardExtended => quotient(shared, a.squares + b.squares - shared),
            Self::DiceExtended => quotient(2.0 * shared, a.squares + b.squares),
            Self::Correlation => {
                let spread = |m: Marginal| {
                    let spread = n * m.squares - m.sum * m.sum;
                    // What rounding leaves of a constant row is no spread.
                    (spread > 1e-14 * n * m.squares).then_some(spread)
                };
                let product = spread(a)?.sqrt() * spread(b)?.sqrt();
                quotient(n * shared - a.sum * b.sum, product).map(|c| c.clamp(-1.0, 1.0))
            }
            Self::SimpleMatching => quotient(n - (a.cells + b.cells - 2.0 * shared), n),
            Self::Hamann => quotient(n - 2.0 * (a.cells + b.cells - 2.0 * shared), n),
        }
    }
}

impl FromStr for Similarity {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|s| s.name() == word)
            .ok_or_else(|| {
                let words: Vec<_> = Self::ALL.iter().map(|s| s.name()).collect();
                Error::parameter(
                    "method",
                    format!("one of {}", words.join(", ")),
                    format!("`{word}`"),
                )
            })
    }
}

/// Sparse rows: columns of a row ascend, no value is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseRows {
    n_columns: usize,
    offsets: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
}

impl SparseRows {
    /// From rows of `(column, value)`, columns ascending. Zeros are left out.
    ///
    /// # Errors
    /// [`Error::Data`] where columns do not ascend below `n_columns`, or a value is not finite.
    pub fn new<R: IntoIterator<Item = (u32, f64)>>(
        n_columns: usize,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self> {
        let (mut offsets, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            let mut least = 0;
            for (column, value) in row {
                if (column as usize) < least || column as usize >= n_columns {
                    return Err(Error::data("rows", "columns that ascend within a row", column));
                }
                least = column as usize + 1;
                if !value.is_finite() {
                    return Err(Error::data("rows", "finite values", value));
                }
                if value != 0.0 {
                    columns.push(column);
                    values.push(value);
                }
            }
            offsets.push(columns.len());
        }
        Ok(Self {
            n_columns,
            offsets,
            columns,
            values,
        })
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.offsets.len() - 1
    }

    fn row(&self, row: usize) -> (&[u32], &[f64]) {
        let cells = self.offsets[row]..self.offsets[row + 1];
        (&self.columns[cells.clone()], &self.values[cells])
    }

    /// Rows become columns.
    ///
    /// # Errors
    /// [`Error::Data`] beyond 2³² rows.
    pub fn transposed(&self) -> Result<Self> {
        let mut offsets = vec![0_usize; self.n_columns + 1];
        for &column in &self.columns {
            offsets[column as usize + 1] += 1;
        }
        for i in 0..self.n_columns {
            offsets[i + 1] += offsets[i];
        }
        let mut next = offsets.clone();
        let mut columns = vec![0_u32; self.columns.len()];
        let mut values = vec![0.0; self.values.len()];
        for row in 0..self.n_rows() {
            let id = row_id(row)?;
            let (places, cells) = self.row(row);
            for (&column, &value) in places.iter().zip(cells) {
                let at = next[column as usize];
                next[column as usize] += 1;
                columns[at] = id;
                values[at] = value;
            }
        }
        Ok(Self {
            n_columns: self.n_rows(),
            offsets,
            columns,
            values,
        })
    }

    fn marginals(&self) -> Vec<Marginal> {
        (0..self.n_rows())
            .map(|row| {
                let values = self.row(row).1;
                Marginal {
                    sum: values.iter().sum(),
                    squares: values.iter().map(|v| v * v).sum(),
                    cells: values.len() as f64,
                }
            })
            .collect()
    }
}

fn row_id(row: usize) -> Result<u32> {
    u32::try_from(row).map_err(|_| Error::data("rows", "fewer than 2^32", row))
}

/// Which pairs are wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wanted {
    /// The rows whose neighbours are wanted; each pair then has the row that was asked for first. `None`: every pair once.
    pub of: Option<Vec<u32>>,
    /// Leave out pairs that are less alike, and pairs without a figure.
    pub min_similarity: Option<f64>,
    /// Keep that many nearest neighbours a row, ties by row number; pairs without a figure are left out. Where `of` is
    /// `None`, of every row.
    pub top: Option<usize>,
}

/// Pairs of rows as columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairs {
    /// Row number of one.
    pub first: Vec<u32>,
    /// Row number of the other.
    pub second: Vec<u32>,
    /// Their similarity, if it is defined.
    pub similarity: Vec<Option<f64>>,
}

type Pair = (u32, u32, Option<f64>);

/// Most alike first, undefined last, then by row numbers.
fn nearer(a: &Pair, b: &Pair) -> Ordering {
    let rank = |pair: &Pair| pair.2.unwrap_or(f64::NEG_INFINITY);
    (a.2.is_none().cmp(&b.2.is_none()))
        .then_with(|| rank(b).total_cmp(&rank(a)))
        .then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
}

/// Similarities of pairs of rows.
///
/// Without `of` and `top` every pair `first < second`, most alike first. With either, the neighbours of each row asked
/// for (in the order asked, or of all rows), nearest first. Undefined figures stand last.
///
/// One step of the watch a row. Memory: the result, one column of sums a thread, and a second copy of the rows.
///
/// # Errors
/// [`Error::Parameter`] for a `min_similarity` that is not a number, a `top` of 0, a row in `of` that does not exist, or more than [`MOST_PAIRS`] pairs with nothing
/// to bound them; [`Error::Data`] for negative values under [`Similarity::JaccardWeighted`]; [`Error::Interrupted`].
pub fn pairs(rows: &SparseRows, method: Similarity, wanted: &Wanted, watch: &Watch) -> Result<Pairs> {
    check(rows, method, wanted)?;
    let by_column = rows.transposed()?;
    let marginals = rows.marginals();
    let kernel = method.kernel();
    let n = rows.n_columns as f64;
    let directed = wanted.of.is_some() || wanted.top.is_some();
    let asked: Vec<u32> = match &wanted.of {
        Some(of) => of.clone(),
        None => (0..row_id(rows.n_rows())?).collect(),
    };
    let blocks: Vec<Vec<Pair>> = asked
        .par_iter()
        .map_init(
            || vec![0.0_f64; rows.n_rows()],
            |sums, &row| {
                watch.step(1)?;
                let least = if directed { 0 } else { row + 1 };
                sums.fill(0.0);
                let (columns, values) = rows.row(row as usize);
                for (&column, &a) in columns.iter().zip(values) {
                    let (others, cells) = by_column.row(column as usize);
                    let start = others.partition_point(|&other| other < least);
                    for (&other, &b) in others[start..].iter().zip(&cells[start..]) {
                        sums[other as usize] += match kernel {
                            Kernel::Product => a * b,
                            Kernel::Minimum => a.min(b),
                            Kernel::Presence => 1.0,
                        };
                    }
                }
                let mut block: Vec<Pair> = (least..row_id(rows.n_rows())?)
                    .filter(|&other| other != row)
                    .map(|other| {
                        let (a, b) = (marginals[row as usize], marginals[other as usize]);
                        (row, other, method.finish(sums[other as usize], a, b, n))
                    })
                    .filter(|pair| match (pair.2, wanted.min_similarity) {
                        (Some(similarity), Some(least)) => similarity >= least,
                        (None, least) => least.is_none() && wanted.top.is_none(),
                        (Some(_), None) => true,
                    })
                    .collect();
                if directed {
                    block.sort_unstable_by(nearer);
                    block.truncate(wanted.top.unwrap_or(usize::MAX));
                }
                Ok(block)
            },
        )
        .collect::<Result<_>>()?;
    let mut all = blocks.concat();
    if !directed {
        all.par_sort_unstable_by(nearer);
    }
    Ok(Pairs {
        first: all.iter().map(|pair| pair.0).collect(),
        second: all.iter().map(|pair| pair.1).collect(),
        similarity: all.iter().map(|pair| pair.2).collect(),
    })
}

fn check(rows: &SparseRows, method: Similarity, wanted: &Wanted) -> Result<()> {
    if wanted.min_similarity.is_some_and(f64::is_nan) {
        return Err(Error::parameter("min_similarity", "a number", "NaN"));
    }
    if wanted.top == Some(0) {
        return Err(Error::parameter("top", "a whole number of at least 1", 0));
    }
    let n = rows.n_rows();
    if let Some(bad) = wanted.of.iter().flatten().find(|&&row| row as usize >= n) {
        return Err(Error::parameter("of", format!("rows below {n}"), bad));
    }
    let n = n as u64;
    let most = match &wanted.of {
        Some(of) => (of.len() as u64).saturating_mul(n.saturating_sub(1)),
        None => n.saturating_mul(n.saturating_sub(1)) / 2,
    };
    if most > MOST_PAIRS && wanted.min_similarity.is_none() && wanted.top.is_none() {
        return Err(Error::parameter(
            "min_similarity",
            format!("given (or `top`, or `of`) where there are more than {MOST_PAIRS} pairs"),
            format!("{most} pairs"),
        ));
    }
    if method == Similarity::JaccardWeighted && rows.values.iter().any(|&v| v < 0.0) {
        return Err(Error::data(
            "dfm",
            "without negative values for this method",
            method.name(),
        ));
    }
    Ok(())
}
