//! Lines that repeat from page to page, and numbers that keep step with the pages.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::han::is_han;
use super::super::line::{Line, columns};
use super::number::{DIGITS, Form, key};
use super::{Goes, LEAST_PAGE, Pages};

/// Longest head, in characters.
const LONGEST: usize = 60;
/// Lines at the upper and the lower edge of a page that may be head or foot.
const EDGE: usize = 2;
/// Least indent of a head, in half-width columns, that says where it stands: more than a paragraph has.
const PLACED: usize = 6;
/// Least letters of a head.
const LEAST_LETTERS: usize = 3;
/// Least width of a line, in half-width columns, that may be full.
const LEAST_FULL: usize = 30;
/// Least repetitions of a head that shows neither at edges nor beside numbers.
const LEAST_REPEATS: usize = 3;

/// Whether one of these lines occurs often enough to be a head.
pub(super) fn may_repeat(short: &[&str]) -> bool {
    if short.len() < LEAST_REPEATS {
        return false;
    }
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    short
        .iter()
        .filter(|line| line.chars().count() <= LONGEST)
        .any(|line| {
            let count = counts.entry(key(line).0).or_default();
            *count += 1;
            *count >= LEAST_REPEATS
        })
}

/// Whether a line may be a head by its looks, and its key.
fn head_key(line: &str) -> Option<(String, Option<u32>)> {
    let chars = line.chars().count();
    if chars > LONGEST || line.contains(['。', '；', '！', '？']) || line.ends_with(['，', '、', '：'])
    {
        return None;
    }
    let (key, value) = key(line);
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= LEAST_LETTERS && key.matches(DIGITS).count() <= 4).then_some((key, value))
}

impl Pages<'_> {
    /// Numbers, heads and feet at the edges of pages that form feeds end.
    pub(super) fn edges(&mut self) {
        let pages = self.page.last().map_or(0, |last| last + 1) as usize;
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); pages];
        for (at, page) in self.page.iter().enumerate() {
            if !self.lines[at].is_empty() {
                rows[*page as usize].push(at);
            }
        }
        rows.retain(|row| !row.is_empty());
        if rows.len() < 2 {
            return;
        }
        // Heads and feet: what stands at the same edge of many pages.
        let numbered = self.is_numbered(&rows);
        let widest = self.lines.iter().map(Line::columns).max().unwrap_or(0);
        let mut proposed: Vec<(Vec<usize>, bool)> = Vec::new();
        for lower in [false, true] {
            let mut places: BTreeMap<String, Vec<(usize, i64)>> = BTreeMap::new();
            for (page, row) in (0_i64..).zip(&rows) {
                for at in edge(row, lower) {
                    let line = &self.lines[at];
                    if self.numbers[at].is_none()
                        && !is_body(line, widest)
                        && let Some((key, value)) = head_key(line.text)
                    {
                        let step = value.map_or(0, i64::from) - page;
                        places.entry(key).or_default().push((at, step));
                    }
                }
            }
            for (key, found) in places {
                let enough = found.len() >= 2 && found.len() * 5 >= rows.len() * 2;
                if enough && self.is_one_head(&key, &found) {
                    let placed = self.is_placed(&found);
                    proposed.push((found.into_iter().map(|(at, _)| at).collect(), placed));
                }
            }
        }
        self.take_proposed(&rows, proposed, numbered);
        // Numbers: they keep step with the pages, whichever edge they stand at.
        let mut steps: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (page, row) in (0_i64..).zip(&rows) {
            let left: Vec<usize> = row.iter().copied().filter(|&at| !self.taken[at]).collect();
            let edges = [left.first(), left.last()];
            let mut seen = None;
            for &at in edges.into_iter().flatten() {
                if let Some(number) = self.numbers[at].filter(|_| seen != Some(at)) {
                    steps.entry(i64::from(number.value) - page).or_default().push(at);
                    if matches!(number.form, Form::Marked | Form::Worded) {
                        self.take(at, false);
                    }
                }
                seen = Some(at);
            }
        }
        for found in steps.into_values().filter(|found| found.len() >= 2) {
            for at in found {
                self.take(at, false);
            }
        }
    }

    /// Whether numbers at the edges of pages keep step with them.
    fn is_numbered(&self, rows: &[Vec<usize>]) -> bool {
        let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
        for (page, row) in (0_i64..).zip(rows) {
            let edges: BTreeSet<usize> = edge(row, false).into_iter().chain(edge(row, true)).collect();
            for number in edges.into_iter().filter_map(|at| self.numbers[at]) {
                *steps.entry(i64::from(number.value) - page).or_default() += 1;
            }
        }
        steps.into_values().any(|n| n >= 2 && n * 5 >= rows.len() * 2)
    }

    /// Takes out what repeats at the edges of pages, if something besides the repetition shows that it is no text: pages with numbers, a
    /// place of its own on the line, or a sentence that goes on from before it to behind it. The second line of a page is a head only below one.
    fn take_proposed(&mut self, rows: &[Vec<usize>], proposed: Vec<(Vec<usize>, bool)>, numbered: bool) {
        let all: BTreeSet<usize> = proposed
            .iter()
            .flat_map(|(found, _)| found.iter().copied())
            .collect();
        let mut inner: BTreeSet<usize> = BTreeSet::new();
        for row in rows {
            for lower in [false, true] {
                if let [outer, next] = edge(row, lower)[..]
                    && !all.contains(&outer)
                    && self.numbers[outer].is_none()
                    && ![row.first(), row.last()].contains(&Some(&next))
                {
                    inner.insert(next);
                }
            }
        }
        for &at in &all {
            self.taken[at] = true;
        }
        let shown: Vec<bool> = proposed
            .iter()
            .map(|(found, placed)| {
                numbered || *placed || found.iter().any(|&at| self.goes_on_around(at) >= Goes::Running)
            })
            .collect();
        for &at in &all {
            self.taken[at] = false;
        }
        for ((found, placed), shown) in proposed.into_iter().zip(shown) {
            for at in found {
                if !shown || inner.contains(&at) {
                    continue;
                }
                if placed {
                    self.take(at, true);
                } else {
                    self.take_head(at);
                }
            }
        }
    }

    /// Whether lines with one key are one head: the same throughout, or with a number that keeps step with the pages.
    fn is_one_head(&self, key: &str, found: &[(usize, i64)]) -> bool {
        let first = self.lines[found[0].0].text;
        let same = found.iter().all(|(at, _)| self.lines[*at].text == first);
        same || key.contains(DIGITS) && found.iter().all(|(_, step)| *step == found[0].1)
    }

    /// Whether a head stands equally far to the right on every page, as one that is set in the middle or at the right does. A
    /// title that it repeats has larger letters, and so another indent.
    fn is_placed(&self, found: &[(usize, i64)]) -> bool {
        let first = &self.lines[found[0].0];
        first.lead >= PLACED && found.iter().all(|(at, _)| self.lines[*at].lead == first.lead)
    }

    /// Takes a head out unless it is the first line of the text.
    fn take_head(&mut self, at: usize) {
        let text = self.lines[at].text;
        let first = !(0..at).any(|i| self.stays(i) && self.numbers[i].is_none());
        // The title below a head with the same words.
        let again = (at + 1..self.lines.len())
            .filter(|&i| !self.lines[i].is_empty())
            .take(2 * EDGE)
            .any(|i| self.lines[i].text == text);
        if !first || again || !key(text).0.contains(|c| c != DIGITS) {
            self.take(at, true);
        }
    }

    /// Heads in a text without form feeds: beside page numbers, with a number that rises, or in the midst of sentences.
    pub(super) fn heads(&mut self) {
        let mut beside: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut alone: BTreeMap<String, Vec<(usize, Option<u32>)>> = BTreeMap::new();
        let filled: Vec<usize> = (0..self.lines.len())
            .filter(|&at| !self.lines[at].is_empty())
            .collect();
        let numbers = filled
            .iter()
            .filter(|&&at| self.taken[at] && self.numbers[at].is_some())
            .count();
        for (i, &at) in filled.iter().enumerate() {
            if self.taken[at] || self.numbers[at].is_some() {
                continue;
            }
            let Some((key, value)) = head_key(self.lines[at].text) else {
                continue;
            };
            let number = |j: Option<usize>| {
                j.and_then(|j| filled.get(j))
                    .is_some_and(|&at| self.taken[at] && self.numbers[at].is_some())
            };
            if number(i.checked_sub(1)) || number(Some(i + 1)) {
                beside.entry(key.clone()).or_default().push(at);
            }
            alone.entry(key).or_default().push((at, value));
        }
        for found in beside.into_values() {
            let same = found
                .iter()
                .all(|&at| self.lines[at].text == self.lines[found[0]].text);
            if same && found.len() >= 2 && found.len() * 5 >= numbers * 2 {
                for at in found {
                    self.take_head(at);
                }
            }
        }
        for (key, mut found) in alone {
            found.retain(|(at, _)| !self.taken[*at]);
            if found.len() < LEAST_REPEATS || !self.is_spread(&found) {
                continue;
            }
            let inside = found.iter().filter(|(at, _)| self.interrupts(*at)).count();
            let rises = key.contains(DIGITS)
                && found.windows(2).all(|pair| {
                    pair[0]
                        .1
                        .zip(pair[1].1)
                        .is_some_and(|(a, b)| b == a + 1 || b == a + 2)
                });
            let same = found
                .iter()
                .all(|(at, _)| self.lines[*at].text == self.lines[found[0].0].text);
            if rises && inside * 3 >= found.len() || same && inside * 3 >= found.len() * 2 {
                for (at, _) in found {
                    self.take_head(at);
                }
            }
        }
    }

    /// Whether pages of some length lie between all.
    fn is_spread(&self, found: &[(usize, Option<u32>)]) -> bool {
        found
            .windows(2)
            .all(|pair| self.filled(pair[0].0, pair[1].0) >= LEAST_PAGE || self.ends(pair[1].0))
    }

    /// Whether the sentence before a line goes on behind it; the line itself is short or holds no sentence.
    fn interrupts(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        let Some(behind) = self.behind(at) else {
            return false;
        };
        let whole = self.lines[at].text.chars().any(is_han);
        whole && self.goes_on(before, behind) >= Goes::Running
    }
}

/// Whether a line is of the body by its looks: as wide as the widest lines are, a row of a table, or what a label says.
fn is_body(line: &Line<'_>, widest: usize) -> bool {
    let width = columns(line.text);
    let full =
        line.lead < PLACED && width >= LEAST_FULL && width * 10 >= widest * 9 && !line.text.contains("  ");
    full || line.text.contains(['\t', '：'])
}

/// The first or the last lines of a page, from its edge inwards.
fn edge(row: &[usize], lower: bool) -> Vec<usize> {
    if lower {
        row.iter().rev().take(EDGE).copied().collect()
    } else {
        row.iter().take(EDGE).copied().collect()
    }
}
