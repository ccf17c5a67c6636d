//! All pairs of a folder of texts, and near-duplicates among many short texts: time and peak memory of one run each.
//!
//! `cargo bench --bench reuse -- FOLDER [MAX_DOC_FREQ] [SHORT_DOCUMENTS]` (release profile; a run takes seconds to minutes, so this is not a
//! criterion sweep).
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use duizhao::reuse::matches::{ReuseOptions, find};
use duizhao::reuse::near_duplicates::{NearOptions, near_duplicates};
use duizhao::reuse::normalize::{Folded, Folding, mix};
use duizhao::run::Watch;

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(path);
        }
    }
}

/// Peak resident memory of the process so far, in megabytes (Linux).
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM"));
    let kb = line
        .and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse::<f64>().ok());
    kb.unwrap_or(f64::NAN) / 1024.0
}

/// A short text of 60 to 160 characters; every tenth is an edited copy of an earlier one.
fn short(k: u64) -> String {
    let of = |k: u64| -> Vec<char> {
        let length = 60 + mix(k) % 100;
        (0..length)
            .filter_map(|i| char::from_u32(0x4E00 + u32::try_from(mix(k << 8 ^ i) % 3000).unwrap()))
            .collect()
    };
    if k % 10 == 9 {
        let mut copy = of(k / 2);
        let place = usize::try_from(mix(k) % copy.len() as u64).unwrap();
        copy[place] = '改';
        return copy.into_iter().collect();
    }
    of(k).into_iter().collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let threads = rayon::current_num_threads();
    if let Some(folder) = arguments.first() {
        let mut paths = Vec::new();
        texts(Path::new(folder), &mut paths);
        paths.sort();
        let read: Vec<Folded> = paths
            .iter()
            .map(|p| Folded::new(&std::fs::read_to_string(p).unwrap(), Folding::default()))
            .collect();
        let characters: usize = read.iter().map(Folded::len).sum();
        let before = peak();
        let options = ReuseOptions {
            max_doc_freq: arguments.get(1).and_then(|n| n.parse().ok()).filter(|&n| n > 0),
            ..ReuseOptions::default()
        };
        let start = Instant::now();
        let found = find(&read, &options, &Watch::new()).unwrap();
        println!(
            "{} documents, {characters} characters, {threads} threads: {:.1} s, {} passages, {} of {} seeds skipped, peak {:.0} MB ({before:.0} before)",
            read.len(),
            start.elapsed().as_secs_f64(),
            found.matches.len(),
            found.skipped,
            found.shared,
            peak(),
        );
    }
    if let Some(n) = arguments.get(2).and_then(|n| n.parse::<u64>().ok()) {
        let texts: Vec<Folded> = (0..n)
            .map(|k| Folded::new(&short(k), Folding::default()))
            .collect();
        let before = peak();
        let start = Instant::now();
        let found = near_duplicates(&texts, NearOptions::default(), &Watch::new()).unwrap();
        println!(
            "{n} short documents: {:.1} s, {} pairs of {} candidates, {} bands of {} rows, peak {:.0} MB ({before:.0} before)",
            start.elapsed().as_secs_f64(),
            found.pairs.len(),
            found.candidates,
            found.bands.bands,
            found.bands.rows,
            peak(),
        );
    }
}
