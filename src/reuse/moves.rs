//! Runs of sentences that left one place and stand in another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::pieces::{Pieces, Stretch};
use crate::Result;
use crate::run::Watch;

/// A run of sentences in its old and its new place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) old: Stretch,
    pub(super) new: Stretch,
}

/// A sentence that stands in more pairs of places than this says nothing about where it came from alone.
const MOST_PLACES: usize = 256;

/// Runs of equal sentences of `left` (what left its place) and `right` (what came to one), each sentence in one run at most: most letters first,
/// then those that stay in their text, then by place; runs below `least` letters and digits are none. Text numbers below `pairs` name the same
/// document on both sides.
pub(super) fn find(
    olds: &[Pieces],
    news: &[Pieces],
    left: &[Stretch],
    right: &[Stretch],
    pairs: usize,
    least: usize,
    watch: &Watch,
) -> Result<Vec<Move>> {
    // Where each sentence stands on the right: (stretch, piece).
    let mut places: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for (r, stretch) in right.iter().enumerate() {
        for piece in stretch.pieces.clone() {
            places
                .entry(news[stretch.text].trimmed[piece])
                .or_default()
                .push((r, piece));
        }
    }
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for stretch in left {
        for &id in &olds[stretch.text].trimmed[stretch.pieces.clone()] {
            *counts.entry(id).or_default() += 1;
        }
    }
    let mut heap = BinaryHeap::new();
    let weight = |text: usize, from: usize, length: usize| -> usize {
        olds[text].letters[from..from + length].iter().sum()
    };
    let push = |heap: &mut BinaryHeap<_>, l: usize, i: usize, r: usize, j: usize, length: usize| {
        let letters = weight(left[l].text, i, length);
        if length > 0 && letters >= least {
            let stays = left[l].text == right[r].text && left[l].text < pairs;
            heap.push((letters, stays, Reverse((l, i, r, j)), length));
        }
    };
    for (l, stretch) in left.iter().enumerate() {
        watch.step(0)?;
        let ids = &olds[stretch.text].trimmed;
        for i in stretch.pieces.clone() {
            let Some(there) = places.get(&ids[i]) else {
                continue;
            };
            if there.len() * counts.get(&ids[i]).copied().unwrap_or(0) > MOST_PLACES {
                continue;
            }
            for &(r, j) in there {
                let other = &right[r];
                let theirs = &news[other.text].trimmed;
                let goes_back =
                    i > stretch.pieces.start && j > other.pieces.start && ids[i - 1] == theirs[j - 1];
                if goes_back {
                    // The run began before, unless what is before was too frequent to begin one.
                    let before = places.get(&ids[i - 1]).map_or(0, Vec::len)
                        * counts.get(&ids[i - 1]).copied().unwrap_or(0);
                    if before <= MOST_PLACES {
                        continue;
                    }
                }
                let most = (stretch.pieces.end - i).min(other.pieces.end - j);
                let length = (0..most).take_while(|&k| ids[i + k] == theirs[j + k]).count();
                push(&mut heap, l, i, r, j, length);
            }
        }
    }
    let mut used_old: Vec<Vec<bool>> = olds.iter().map(|p| vec![false; p.letters.len()]).collect();
    let mut used_new: Vec<Vec<bool>> = news.iter().map(|p| vec![false; p.letters.len()]).collect();
    let mut found = Vec::new();
    while let Some((_, _, Reverse((l, i, r, j)), length)) = heap.pop() {
        let (a, b) = (left[l].text, right[r].text);
        let free = |k: usize, old: &[Vec<bool>], new: &[Vec<bool>]| !old[a][i + k] && !new[b][j + k];
        if (0..length).all(|k| free(k, &used_old, &used_new)) {
            used_old[a][i..i + length].fill(true);
            used_new[b][j..j + length].fill(true);
            found.push(Move {
                old: Stretch {
                    text: a,
                    pieces: i..i + length,
                },
                new: Stretch {
                    text: b,
                    pieces: j..j + length,
                },
            });
            continue;
        }
        // What is left of a run that a better one has taken a part of.
        let mut k = 0;
        while k < length {
            let rest = (k..length).take_while(|&k| free(k, &used_old, &used_new)).count();
            push(&mut heap, l, i + k, r, j + k, rest);
            k += rest.max(1);
        }
    }
    Ok(found)
}
