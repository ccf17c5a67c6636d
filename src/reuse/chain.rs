//! Exact matches of two texts, and edited passages made of them.

use super::align::{Aligned, extend, global};

/// A stretch that two texts share: half-open, in folded characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// First character in the first text.
    pub start_1: u32,
    /// First character in the second text.
    pub start_2: u32,
    /// Number of characters.
    pub length: u32,
}

impl Block {
    fn end_1(self) -> u32 {
        self.start_1 + self.length
    }

    fn end_2(self) -> u32 {
        self.start_2 + self.length
    }
}

/// Grows shared n-grams (`hits`: places in `a` and in `b`) to maximal exact matches: no match can be made longer to either side.
/// n-grams that a collision of hashes brought together are dropped. Ordered by place.
pub fn blocks(a: &[char], b: &[char], n: usize, hits: &mut [(u32, u32)]) -> Vec<Block> {
    let diagonal = |&(i, j): &(u32, u32)| (i64::from(j) - i64::from(i), i);
    hits.sort_unstable_by_key(diagonal);
    let mut found: Vec<Block> = Vec::new();
    let mut reached = (i64::MIN, 0);
    for hit in hits.iter() {
        let (way, at) = diagonal(hit);
        if reached.0 == way && at < reached.1 {
            continue;
        }
        let (i, j) = (hit.0 as usize, hit.1 as usize);
        if a[i..i + n] != b[j..j + n] {
            continue;
        }
        let ahead = a[i + n..]
            .iter()
            .zip(&b[j + n..])
            .take_while(|(x, y)| x == y)
            .count();
        let back = a[..i]
            .iter()
            .rev()
            .zip(b[..j].iter().rev())
            .take_while(|(x, y)| x == y)
            .count();
        let block = Block {
            start_1: hit.0 - to_u32(back),
            start_2: hit.1 - to_u32(back),
            length: to_u32(back + n + ahead),
        };
        reached = (way, block.end_1());
        found.push(block);
    }
    found.sort_unstable();
    found
}

pub(super) fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// What makes exact matches one passage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joining {
    /// Least number of characters that are the same.
    pub min_chars: u32,
    /// Most characters between two exact matches, on either side; 0: exact matches only.
    pub max_gap: u32,
    /// Least share of the columns of the alignment that are the same.
    pub min_identity: f64,
}

/// A passage of two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Where it stands in the first text.
    pub span_1: (u32, u32),
    /// Where it stands in the second text.
    pub span_2: (u32, u32),
    /// Its alignment.
    pub aligned: Aligned,
    /// The exact matches in it, in order.
    pub blocks: Vec<Block>,
}

/// How many matches before one are tried as its predecessor.
const LOOK_BACK: usize = 64;

/// Joins exact matches to passages and drops what is too short or too different.
///
/// A chain of matches in the same order on both sides, each at most `max_gap` behind the one before, is scored like a local alignment
/// (same +1, each character of the wider gap at least −1 …): a match is linked where that pays for both. Chains are taken from the best
/// on; no match is in two. The gaps are then aligned, a chain below `min_identity` is cut at its worst gap, and both ends are
/// extended over edits.
pub fn passages(a: &[char], b: &[char], blocks: &[Block], joining: Joining) -> Vec<Passage> {
    if joining.max_gap == 0 {
        return blocks
            .iter()
            .filter(|block| block.length >= joining.min_chars)
            .map(|&block| finish(a, b, &[block], joining))
            .filter(|passage| passage.aligned.same >= joining.min_chars)
            .collect();
    }
    let mut found = Vec::new();
    for chain in chains(blocks, joining.max_gap) {
        let mut open = vec![chain];
        while let Some(chain) = open.pop() {
            let same: u32 = chain.iter().map(|block| block.length).sum();
            // Extension adds at most a few characters; what is far too short is not worth aligning.
            if same + joining.max_gap < joining.min_chars {
                continue;
            }
            let passage = finish(a, b, &chain, joining);
            if passage.aligned.identity() >= joining.min_identity {
                if passage.aligned.same >= joining.min_chars {
                    found.push(passage);
                }
            } else if let Some(worst) = worst_gap(&chain) {
                open.push(chain[worst..].to_vec());
                open.push(chain[..worst].to_vec());
            } else {
                // One block whose extension was too weak.
                let exact = Joining {
                    max_gap: 0,
                    ..joining
                };
                let passage = finish(a, b, &chain, exact);
                if passage.aligned.same >= joining.min_chars {
                    found.push(passage);
                }
            }
        }
    }
    found
}

/// Characters between two blocks that no alignment of the gap can save.
fn cost(before: Block, after: Block) -> u32 {
    let gap_1 = after.start_1.saturating_sub(before.end_1());
    let gap_2 = after.start_2.saturating_sub(before.end_2());
    gap_1.max(gap_2)
}

/// The number of the block behind the widest gap (the first of equal ones).
fn worst_gap(chain: &[Block]) -> Option<usize> {
    (1..chain.len()).max_by_key(|&k| (cost(chain[k - 1], chain[k]), std::cmp::Reverse(k)))
}

/// `block` without what lies before the ends of `before` on either side, if anything is left.
fn trimmed(block: Block, before: Block) -> Option<Block> {
    let over = before
        .end_1()
        .saturating_sub(block.start_1)
        .max(before.end_2().saturating_sub(block.start_2));
    (over < block.length).then(|| Block {
        start_1: block.start_1 + over,
        start_2: block.start_2 + over,
        length: block.length - over,
    })
}

fn chains(blocks: &[Block], max_gap: u32) -> Vec<Vec<Block>> {
    // Score and predecessor of the best chain that ends with each block.
    let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(blocks.len());
    for (k, &block) in blocks.iter().enumerate() {
        let mut here = (i64::from(block.length), None);
        for p in (k.saturating_sub(LOOK_BACK)..k).rev() {
            let before = blocks[p];
            if before.start_1 >= block.start_1 || before.start_2 >= block.start_2 {
                continue;
            }
            let Some(rest) = trimmed(block, before) else {
                continue;
            };
            let gap = cost(before, rest);
            if gap > max_gap || gap >= rest.length.min(before.length) * 2 {
                continue;
            }
            let score = best[p].0 + i64::from(rest.length) - i64::from(gap);
            if score > here.0 && score > best[p].0 {
                here = (score, Some(p));
            }
        }
        best.push(here);
    }
    let mut ends: Vec<usize> = (0..blocks.len()).collect();
    ends.sort_by_key(|&k| (std::cmp::Reverse(best[k].0), k));
    let mut used = vec![false; blocks.len()];
    let mut found = Vec::new();
    for end in ends {
        let mut chain = Vec::new();
        let mut at = Some(end);
        while let Some(k) = at.filter(|&k| !used[k]) {
            used[k] = true;
            chain.push(blocks[k]);
            at = best[k].1;
        }
        if chain.is_empty() {
            continue;
        }
        chain.reverse();
        let mut clean: Vec<Block> = Vec::with_capacity(chain.len());
        for block in chain {
            match clean.last() {
                None => clean.push(block),
                Some(&before) => clean.extend(trimmed(block, before)),
            }
        }
        found.push(clean);
    }
    found
}

fn finish(a: &[char], b: &[char], chain: &[Block], joining: Joining) -> Passage {
    let mut aligned = Aligned::default();
    let mut add = |part: Aligned| {
        aligned.same += part.same;
        aligned.columns += part.columns;
    };
    for block in chain {
        add(Aligned {
            same: block.length,
            columns: block.length,
        });
    }
    for pair in chain.windows(2) {
        let gap_1 = &a[pair[0].end_1() as usize..pair[1].start_1 as usize];
        let gap_2 = &b[pair[0].end_2() as usize..pair[1].start_2 as usize];
        add(global(gap_1, gap_2, 16));
    }
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let mut span_1 = (first.start_1, last.end_1());
    let mut span_2 = (first.start_2, last.end_2());
    if joining.max_gap > 0 {
        // As far as the passage is long: a short match must not drag in a long doubtful tail.
        let reach = (joining.max_gap as usize * 2).min((span_1.1 - span_1.0) as usize);
        let (band, drop) = (8, 6);
        let (i, j, part) = extend(
            &a[span_1.1 as usize..(span_1.1 as usize + reach).min(a.len())],
            &b[span_2.1 as usize..(span_2.1 as usize + reach).min(b.len())],
            band,
            drop,
        );
        span_1.1 += to_u32(i);
        span_2.1 += to_u32(j);
        add(part);
        let reversed = |chars: &[char], end: u32| -> Vec<char> {
            let end = end as usize;
            chars[end.saturating_sub(reach)..end]
                .iter()
                .rev()
                .copied()
                .collect()
        };
        let (i, j, part) = extend(&reversed(a, span_1.0), &reversed(b, span_2.0), band, drop);
        span_1.0 -= to_u32(i);
        span_2.0 -= to_u32(j);
        add(part);
    }
    let mut passage = Passage {
        span_1,
        span_2,
        aligned,
        blocks: chain.to_vec(),
    };
    whole_figures(a, b, &mut passage);
    passage
}

/// A passage neither begins nor ends inside a figure: of 增长5.2% and 增长5.6% the two texts share 增长, not 5.
fn whole_figures(a: &[char], b: &[char], passage: &mut Passage) {
    // At the start and at the end: whether a figure is cut there, and how many characters of it are inside.
    let edges = |inside: &[char], before: Option<&char>, after: Option<&char>| {
        [
            (goes_on(before, inside.first()), figure(inside.iter())),
            (goes_on(inside.last(), after), figure(inside.iter().rev())),
        ]
    };
    let range = |(start, end): (u32, u32)| (start as usize, end as usize);
    let ((from_1, to_1), (from_2, to_2)) = (range(passage.span_1), range(passage.span_2));
    let (inside_1, inside_2) = (&a[from_1..to_1], &b[from_2..to_2]);
    let one = edges(inside_1, a[..from_1].last(), a[to_1..].first());
    let other = edges(inside_2, b[..from_2].last(), b[to_2..].first());
    let lost = |edge: usize| match (one[edge], other[edge]) {
        ((false, _), (false, _)) => (0, 0),
        ((_, x), (_, y)) => (x, y),
    };
    let ((start_1, start_2), (end_1, end_2)) = (lost(0), lost(1));
    if start_1 + start_2 + end_1 + end_2 == 0 {
        return;
    }
    if start_1 + end_1 >= inside_1.len() || start_2 + end_2 >= inside_2.len() {
        passage.aligned = Aligned::default();
        return;
    }
    let mut aligned = passage.aligned;
    let (last_1, last_2) = (inside_1.len() - end_1, inside_2.len() - end_2);
    for (part_1, part_2) in [
        (&inside_1[..start_1], &inside_2[..start_2]),
        (&inside_1[last_1..], &inside_2[last_2..]),
    ] {
        let part = global(part_1, part_2, 16);
        aligned.same = aligned.same.saturating_sub(part.same);
        aligned.columns = aligned.columns.saturating_sub(part.columns);
    }
    // Where a part was aligned otherwise as part of the whole, what is left has still to be possible.
    let (left_1, left_2) = (to_u32(last_1 - start_1), to_u32(last_2 - start_2));
    passage.aligned = Aligned {
        same: aligned.same.min(left_1).min(left_2),
        columns: aligned.columns.max(left_1).max(left_2),
    };
    passage.span_1 = (
        passage.span_1.0 + to_u32(start_1),
        passage.span_1.1 - to_u32(end_1),
    );
    passage.span_2 = (
        passage.span_2.0 + to_u32(start_2),
        passage.span_2.1 - to_u32(end_2),
    );
}

/// A character of a figure of Arabic digits.
fn of_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '%' | '‰' | '/' | ':' | '-' | '~' | '+' | '±')
}

/// Whether a figure runs across the edge between two characters.
fn goes_on(inside: Option<&char>, outside: Option<&char>) -> bool {
    match (inside, outside) {
        (Some(&x), Some(&y)) => of_figure(x) && of_figure(y) && (x.is_ascii_digit() || y.is_ascii_digit()),
        _ => false,
    }
}

/// Characters of the figure at an edge, with the blank that sets it apart.
fn figure<'a>(from_edge: impl Iterator<Item = &'a char>) -> usize {
    let mut from_edge = from_edge.peekable();
    let mut length = 0;
    while from_edge.next_if(|&&c| of_figure(c)).is_some() {
        length += 1;
    }
    length + usize::from(length > 0 && from_edge.peek() == Some(&&' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str, max_gap: u32) -> Vec<(String, String, u32)> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut hits: Vec<(u32, u32)> = Vec::new();
        for i in 0..a.len().saturating_sub(3) {
            for j in 0..b.len().saturating_sub(3) {
                if a[i..i + 4] == b[j..j + 4] {
                    hits.push((to_u32(i), to_u32(j)));
                }
            }
        }
        let blocks = blocks(&a, &b, 4, &mut hits);
        let joining = Joining {
            min_chars: 6,
            max_gap,
            min_identity: 0.6,
        };
        passages(&a, &b, &blocks, joining)
            .iter()
            .map(|p| {
                let cut =
                    |text: &[char], span: (u32, u32)| text[span.0 as usize..span.1 as usize].iter().collect();
                (cut(&a, p.span_1), cut(&b, p.span_2), p.aligned.same)
            })
            .collect()
    }

    #[test]
    fn passages_do_not_cut_figures() {
        let row = |a: &str, b: &str, same| vec![(a.to_owned(), b.to_owned(), same)];
        for gap in [0, 16] {
            assert_eq!(
                shared("居民收入分别增长4.4% 5.2%左", "居民收入分别增长4.4% 5.6%右", gap),
                row("居民收入分别增长4.4%", "居民收入分别增长4.4%", 12)
            );
            assert_eq!(
                shared("甲15.5亿元用于修路架桥", "乙25.5亿元用于修路架桥", gap),
                row("亿元用于修路架桥", "亿元用于修路架桥", 8)
            );
            assert_eq!(
                shared("修路架桥用工共30人", "修路架桥用工共30%在", gap),
                row("修路架桥用工共", "修路架桥用工共", 7)
            );
            // A figure that ends where the passage ends belongs to it.
            assert_eq!(
                shared("修路架桥用工共30人", "修路架桥用工共30个", gap),
                row("修路架桥用工共30", "修路架桥用工共30", 9)
            );
            // Nothing but a figure, or too little beside it.
            assert!(shared("123456789", "223456788", gap).is_empty());
            assert!(shared("用工234567", "用工234568", gap).is_empty());
        }
    }
}
