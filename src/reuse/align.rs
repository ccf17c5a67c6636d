//! Alignment of what lies between and around exact matches: match +1, mismatch and gap −1.

/// Columns of an alignment, and those in which both sides have the same character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aligned {
    /// Columns with the same character.
    pub same: u32,
    /// All columns: same, different, and characters of one side alone.
    pub columns: u32,
}

impl Aligned {
    /// Share of columns with the same character, 0 to 1; 1 for no columns.
    pub fn identity(self) -> f64 {
        if self.columns == 0 {
            1.0
        } else {
            f64::from(self.same) / f64::from(self.columns)
        }
    }
}

/// A cell of the table: score, then the columns so far; compared by score, then by fewer columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    score: i32,
    aligned: Aligned,
}

impl Cell {
    const NONE: Self = Self {
        score: i32::MIN / 2,
        aligned: Aligned { same: 0, columns: 0 },
    };

    fn step(self, same: bool) -> Self {
        Self {
            score: self.score + if same { 1 } else { -1 },
            aligned: Aligned {
                same: self.aligned.same + u32::from(same),
                columns: self.aligned.columns + 1,
            },
        }
    }

    fn better(self, other: Self) -> Self {
        if (other.score, std::cmp::Reverse(other.aligned.columns))
            > (self.score, std::cmp::Reverse(self.aligned.columns))
        {
            other
        } else {
            self
        }
    }
}

/// Best alignment of two whole stretches (Needleman & Wunsch 1970) within a band around the diagonals of both ends.
pub fn global(a: &[char], b: &[char], band: usize) -> Aligned {
    let mut row = vec![Cell::NONE; b.len() + 1];
    let mut above = row.clone();
    for i in 0..=a.len() {
        std::mem::swap(&mut row, &mut above);
        row.fill(Cell::NONE);
        let (low, high) = limits(i, a.len(), b.len(), band);
        for j in low..=high {
            let mut cell = if i == 0 && j == 0 {
                Cell {
                    score: 0,
                    aligned: Aligned::default(),
                }
            } else {
                Cell::NONE
            };
            if i > 0 && j > 0 {
                cell = cell.better(above[j - 1].step(a[i - 1] == b[j - 1]));
            }
            if i > 0 {
                cell = cell.better(above[j].step(false));
            }
            if j > 0 {
                cell = cell.better(row[j - 1].step(false));
            }
            row[j] = cell;
        }
    }
    row[b.len()].aligned
}

/// Columns of the band in a row: those within `band` of a diagonal between that of the start and that of the end.
fn limits(i: usize, rows: usize, columns: usize, band: usize) -> (usize, usize) {
    let surplus = columns.saturating_sub(rows);
    let lack = rows.saturating_sub(columns);
    let low = i.saturating_sub(band + lack);
    let high = (i + band + surplus).min(columns);
    (low.min(high), high)
}

/// How far an exact match goes on with edits: the best local alignment (Smith & Waterman 1981) that begins at the start of both
/// slices, given up where the score falls `drop` below its best (Altschul et al. 1990). Returns characters taken from `a` and from `b`
/// and the alignment; the last column is always a match.
pub fn extend(a: &[char], b: &[char], band: usize, drop: u32) -> (usize, usize, Aligned) {
    let drop = i32::try_from(drop).unwrap_or(i32::MAX);
    let start = Cell {
        score: 0,
        aligned: Aligned::default(),
    };
    let mut best = (0, 0, start);
    let mut above: Vec<Cell> = (0..=band.min(b.len()))
        .scan(start, |cell, j| {
            if j > 0 {
                *cell = cell.step(false);
            }
            Some(*cell)
        })
        .collect();
    above.resize(band.min(b.len()) + 1, Cell::NONE);
    // `above[k]` stands for column `low + k`.
    let mut low_above = 0;
    for i in 1..=a.len() {
        let low = i.saturating_sub(band);
        let high = (i + band).min(b.len());
        if low > high {
            break;
        }
        let old = |j: usize| -> Cell {
            j.checked_sub(low_above)
                .and_then(|k| above.get(k))
                .copied()
                .unwrap_or(Cell::NONE)
        };
        let mut row: Vec<Cell> = Vec::with_capacity(high - low + 1);
        let mut top = i32::MIN / 2;
        for j in low..=high {
            let mut cell = old(j).step(false);
            if j > 0 {
                cell = cell.better(old(j - 1).step(a[i - 1] == b[j - 1]));
            }
            if let Some(left) = row.last() {
                cell = cell.better(left.step(false));
            }
            if cell.score > best.2.score {
                best = (i, j, cell);
            }
            top = top.max(cell.score);
            row.push(cell);
        }
        if top < best.2.score - drop {
            break;
        }
        above = row;
        low_above = low;
    }
    (best.0, best.1, best.2.aligned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn alignments() {
        let of = |a: &str, b: &str| global(&chars(a), &chars(b), 8);
        assert_eq!(of("", ""), Aligned { same: 0, columns: 0 });
        assert_eq!(of("甲乙", ""), Aligned { same: 0, columns: 2 });
        assert_eq!(of("甲乙丙", "甲丙"), Aligned { same: 2, columns: 3 });
        assert_eq!(of("甲乙丙", "甲丁丙"), Aligned { same: 2, columns: 3 });
        assert!((of("甲乙丙丁", "甲丁丙丁").identity() - 0.75).abs() < 1e-12);
    }

    #[test]
    fn extension_ends_on_a_match() {
        let of = |a: &str, b: &str| extend(&chars(a), &chars(b), 4, 4);
        assert_eq!(of("子丑寅卯", "申酉戌亥"), (0, 0, Aligned::default()));
        assert_eq!(
            of("子丑寅卯辰", "甲丑寅卯亥"),
            (4, 4, Aligned { same: 3, columns: 4 })
        );
        assert_eq!(
            of("丑寅卯辰", "甲丑寅卯亥"),
            (3, 4, Aligned { same: 3, columns: 4 })
        );
        assert_eq!(of("", "甲"), (0, 0, Aligned::default()));
    }
}
