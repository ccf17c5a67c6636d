//! Which expansions of one label are one sense: those whose members are the same, in any order or extent.

use std::collections::BTreeMap;

use crate::text::script::view::Seen;

/// The members of an expansion, in simplified characters, without marks, each once.
fn members(expansion: &str) -> Vec<String> {
    let seen = Seen::of(expansion);
    let bare = |c: char| {
        matches!(
            c,
            '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '"' | '（' | '）' | '(' | ')'
        )
    };
    // “A”“B”: side by side.
    let apart = seen.text().replace("”“", "、").replace("」「", "、");
    let mut all: Vec<String> = apart
        .split(['、', '，', ',', '；', ';', '+', '＋'])
        .map(|m| {
            m.chars()
                .filter(|&c| !bare(c) && !c.is_whitespace())
                .collect::<String>()
        })
        .filter(|m| !m.is_empty())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether two members say the same: one may be written at greater length than the other.
fn same(a: &str, b: &str) -> bool {
    a == b || (a.chars().count().min(b.chars().count()) > 1 && (a.contains(b) || b.contains(a)))
}

/// Whether every member of the shorter list is one of the longer.
fn agree(a: &[String], b: &[String]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !few.is_empty()
        && few
            .iter()
            .all(|m| many.binary_search(m).is_ok() || many.iter().any(|n| same(m, n)))
}

/// The number of the sense of each (label, expansion), counted for each label from 0 in the order of the rows. What two expansions
/// agree with, joins them.
pub fn number(rows: &[(&str, &str)]) -> Vec<usize> {
    let mut labels: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (label, _)) in rows.iter().enumerate() {
        labels.entry(label).or_default().push(i);
    }
    let mut senses = vec![0; rows.len()];
    for places in labels.values() {
        let lists: Vec<Vec<String>> = places.iter().map(|&i| members(rows[i].1)).collect();
        let mut parent: Vec<usize> = (0..lists.len()).collect();
        for j in 1..lists.len() {
            for i in 0..j {
                let (a, b) = (root(&parent, i), root(&parent, j));
                if a != b && (lists[i] == lists[j] || agree(&lists[i], &lists[j])) {
                    parent[a.max(b)] = a.min(b);
                }
            }
        }
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        for (i, &place) in places.iter().enumerate() {
            let next = numbers.len();
            senses[place] = *numbers.entry(root(&parent, i)).or_insert(next);
        }
    }
    senses
}

fn root(parent: &[usize], mut i: usize) -> usize {
    while parent[i] != i {
        i = parent[i];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn order_extent_and_script_make_no_sense() {
        let rows = [
            ("三清", "清账目、清库存、清合同"),
            ("三清", "清合同、清账目、清库存"),
            ("三清", "清账目、清合同"),
            ("三清", "清賬目、清庫存、清合同"),
            ("三清", "“清账目”“清库存”“清合同”"),
            ("三清", "清沟渠、清路面、清院落"),
            ("两查", "清沟渠、清路面"),
        ];
        assert_eq!(number(&rows), [0, 0, 0, 0, 0, 1, 0]);
    }

    #[test]
    fn a_member_may_be_written_at_length() {
        let rows = [
            ("两个全覆盖", "组织全覆盖、工作全覆盖"),
            ("两个全覆盖", "党的组织全覆盖、党的工作全覆盖"),
            ("两个全覆盖", "教育全覆盖、监督全覆盖"),
        ];
        assert_eq!(number(&rows), [0, 0, 1]);
    }

    /// Every order and every part of at least two members of random lists is one sense, lists without a common member are two.
    #[test]
    fn pairs_that_are_built() {
        let words = [
            "账目", "库存", "合同", "沟渠", "路面", "院落", "证照", "票据", "设备", "水源",
        ];
        for size in 2..=5 {
            for from in 0..words.len() - size {
                let list = &words[from..from + size];
                let whole = list.join("、");
                for turn in 0..size {
                    let mut turned = list.to_vec();
                    turned.rotate_left(turn);
                    for kept in 2..=size {
                        let part = turned[..kept].join("、");
                        assert_eq!(number(&[("标", &whole), ("标", &part)]), [0, 0], "{whole} {part}");
                    }
                }
                let others: Vec<&str> = words.iter().copied().filter(|w| !list.contains(w)).collect();
                assert_eq!(number(&[("标", &whole), ("标", &others.join("、"))]), [0, 1]);
            }
        }
    }
}
