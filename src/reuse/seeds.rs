//! Where the same n-gram stands in several documents.
//!
//! *Winnowing* (Schleimer, Wilkerson & Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003): of every `w`
//! n-grams in a row the one with the smallest hash is kept (of equal ones the rightmost). Two documents that share a stretch of at
//! least n + w − 1 characters share a kept n-gram in it, while only about 2 / (w + 1) of all are kept.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::normalize::{Folded, hash};
use crate::error::Result;
use crate::run::Watch;

/// A kept n-gram: its hash and its place in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    /// Hash of the n-gram.
    pub hash: u64,
    /// First character.
    pub at: u32,
}

/// The n-grams of a text that winnowing keeps, in the order of the text. A text of fewer than `n + window − 1` characters keeps one
/// if it has any.
pub fn winnow(chars: &[char], n: usize, window: usize) -> Vec<Seed> {
    if n == 0 || chars.len() < n {
        return Vec::new();
    }
    let hashes: Vec<u64> = chars.windows(n).map(hash).collect();
    let window = window.clamp(1, hashes.len());
    let seed = |i: usize| Seed {
        hash: hashes[i],
        at: u32::try_from(i).unwrap_or(u32::MAX),
    };
    let mut kept: Vec<Seed> = Vec::with_capacity(2 * hashes.len() / (window + 1) + 1);
    // Places whose hashes rise: the front is the smallest of the window.
    let mut rising: std::collections::VecDeque<usize> = std::collections::VecDeque::with_capacity(window + 1);
    let mut last = usize::MAX;
    for i in 0..hashes.len() {
        while rising.back().is_some_and(|&j| hashes[j] >= hashes[i]) {
            rising.pop_back();
        }
        rising.push_back(i);
        if i + 1 < window {
            continue;
        }
        while rising.front().is_some_and(|&j| j + window <= i) {
            rising.pop_front();
        }
        if let Some(&front) = rising.front()
            && front != last
        {
            kept.push(seed(front));
            last = front;
        }
    }
    kept
}

/// One place of a shared n-gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Number of the document.
    pub document: u32,
    /// First character in its folded text.
    pub at: u32,
}

/// All kept n-grams of all documents, grouped.
#[derive(Debug, Default)]
pub struct Index {
    /// Length of an n-gram.
    pub n: usize,
    /// Places, group by group, in a group by document and place.
    pub postings: Vec<Posting>,
    /// Where each group begins; one more at the end.
    pub groups: Vec<u32>,
    /// Number of documents that have the n-gram of each group, also where winnowing did not keep it.
    pub doc_freq: Vec<u32>,
    /// For each document its n-grams that stand in other documents too: place and group, by place.
    pub of_document: Vec<Vec<(u32, u32)>>,
}

impl Index {
    /// Indexes the texts.
    ///
    /// # Errors
    /// [`crate::Error::Interrupted`].
    pub fn new(texts: &[Folded], n: usize, window: usize, watch: &Watch) -> Result<Self> {
        let seeds: Vec<Vec<Seed>> = texts
            .par_iter()
            .map(|text| {
                watch.step(0)?;
                Ok(winnow(&text.chars, n, window))
            })
            .collect::<Result<_>>()?;
        let mut all: Vec<(u64, Posting)> = Vec::with_capacity(seeds.iter().map(Vec::len).sum());
        for (document, seeds) in (0u32..).zip(seeds) {
            all.extend(
                seeds
                    .into_iter()
                    .map(|s| (s.hash, Posting { document, at: s.at })),
            );
        }
        watch.step(0)?;
        all.par_sort_unstable();
        watch.step(0)?;
        let mut index = Self {
            n,
            groups: vec![0],
            of_document: vec![Vec::new(); texts.len()],
            ..Self::default()
        };
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            let doc_freq = group.chunk_by(|a, b| a.1.document == b.1.document).count();
            if doc_freq < 2 {
                continue;
            }
            let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            numbers.insert(group[0].0, number);
            for &(_, posting) in group {
                index.postings.push(posting);
                index.of_document[posting.document as usize].push((posting.at, number));
            }
            index
                .groups
                .push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
        }
        drop(all);
        index.doc_freq = count_documents(texts, n, &numbers, watch)?;
        index.of_document.par_iter_mut().for_each(|of| of.sort_unstable());
        Ok(index)
    }

    /// The places of a group.
    pub fn group(&self, number: u32) -> &[Posting] {
        let number = number as usize;
        &self.postings[self.groups[number] as usize..self.groups[number + 1] as usize]
    }
}

/// In how many documents each of the numbered n-grams stands. Winnowing alone would count too few: near the end of a shared stretch
/// what is kept depends on what follows.
fn count_documents(
    texts: &[Folded],
    n: usize,
    numbers: &FxHashMap<u64, u32>,
    watch: &Watch,
) -> Result<Vec<u32>> {
    let counts: Vec<AtomicU32> = (0..numbers.len()).map(|_| AtomicU32::new(0)).collect();
    texts.par_iter().try_for_each(|text| {
        watch.step(0)?;
        let mut here: Vec<u32> = text
            .chars
            .windows(n)
            .filter_map(|gram| numbers.get(&hash(gram)).copied())
            .collect();
        here.sort_unstable();
        here.dedup();
        for number in here {
            counts[number as usize].fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    })?;
    Ok(counts.into_iter().map(AtomicU32::into_inner).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn winnowing_keeps_the_smallest_of_each_window() {
        let chars: Vec<char> = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
            .chars()
            .collect();
        for (n, window) in [(1, 1), (2, 3), (4, 5), (8, 40)] {
            let hashes: Vec<u64> = chars.windows(n).map(hash).collect();
            let width = window.min(hashes.len());
            let mut expected: Vec<u32> = (0..=hashes.len() - width)
                .map(|start| {
                    let inside = start..start + width;
                    let least = inside.clone().map(|i| hashes[i]).min().unwrap();
                    let at = inside.rev().find(|&i| hashes[i] == least).unwrap();
                    u32::try_from(at).unwrap()
                })
                .collect();
            expected.dedup();
            let found: Vec<u32> = winnow(&chars, n, window).iter().map(|s| s.at).collect();
            assert_eq!(found, expected, "n {n}, window {window}");
        }
        assert!(winnow(&chars, 30, 2).is_empty());
        assert!(winnow(&[], 2, 2).is_empty());
    }
}
