//! What the rules of claims ask of a page: its characters as they are seen, its sections, what it quotes.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::discourse::chars::{stands_at, stands_before};
use crate::discourse::page::Page;
use crate::discourse::slogans::SloganClass;
use crate::list;
use crate::text::han::{chinese_digit, half_width};

/// A stretch of a paragraph and what the text around it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Not said.
    Open,
    /// What is to come.
    Ahead,
}

#[derive(Debug)]
pub(super) struct Scene<'p> {
    page: &'p Page<'p>,
    /// The characters as they are seen, each in the width in which it is written.
    pub(super) chars: &'p [char],
    /// Quoted strings of at most 12 characters.
    coinages: BTreeSet<String>,
    /// Where sections begin.
    sections: Vec<(usize, Section)>,
    /// The text is a regulation: articles at the beginnings of paragraphs.
    pub(super) regulation: bool,
    /// The year that the text speaks of most.
    present: OnceCell<Option<u32>>,
}

/// Characters within which the beginning and the end of a clause are looked for.
const LONGEST_CLAUSE: usize = 240;

/// Ends a clause.
pub(super) fn is_clause_end(c: char) -> bool {
    matches!(
        c,
        ',' | '，' | ';' | '；' | ':' | '：' | '。' | '!' | '！' | '?' | '？' | '\n' | '…' | '\r'
    )
}

pub(super) fn is_pause(c: char) -> bool {
    c == '、' || is_clause_end(c)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '"')
}

impl<'p> Scene<'p> {
    pub(super) fn new(page: &'p Page<'p>) -> Self {
        let coinages = page
            .quotes()
            .iter()
            .filter(|quote| quote.inner.len() <= 12)
            .filter_map(|quote| page.chars().seen().get(quote.inner.clone()))
            .map(|inside| inside.iter().collect())
            .collect();
        let mut scene = Self {
            page,
            chars: page.chars().seen(),
            coinages,
            sections: Vec::new(),
            regulation: false,
            present: OnceCell::new(),
        };
        scene.divide();
        scene
    }

    /// Sections by headings, and whether the paragraphs are articles.
    fn divide(&mut self) {
        let mut articles = 0;
        let mut start = 0;
        let mut sections = Vec::new();
        while start < self.chars.len() {
            // Two ideographic spaces begin a paragraph where line breaks were lost.
            let end = (start + 2..self.chars.len())
                .find(|&i| {
                    self.chars[i] == '\n' || self.chars[i] == '\u{3000}' && self.chars[i - 1] == '\u{3000}'
                })
                .or_else(|| (start..self.chars.len().min(start + 2)).find(|&i| self.chars[i] == '\n'))
                .unwrap_or(self.chars.len());
            let line: String = self.chars[start..end.min(start + 60)].iter().collect();
            let line = line.trim_start();
            let head: String = line.chars().take(8).collect();
            if head.starts_with('第') && head.contains('条') {
                articles += 1;
            }
            // A sentence is no heading, unless it is numbered.
            let sentence = self.chars[start..end]
                .iter()
                .rfind(|c| !c.is_whitespace())
                .is_some_and(|c| matches!(c, '。' | '；' | '，'));
            let numbered = line.starts_with([
                '（', '(', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十',
            ]);
            // A heading is short, or the first words of a paragraph behind a list number.
            if end - start <= 45 && end > start && (!sentence || numbered) {
                if list!("claims/headings_behind").is_in(line) {
                    sections.push((start, Section::Open));
                } else if list!("claims/headings_ahead").is_in(line) {
                    sections.push((start, Section::Ahead));
                }
            } else if ["主要预期目标是", "主要目标是", "预期目标是"]
                .iter()
                .any(|word| self.chars[start..end].iter().collect::<String>().contains(word))
            {
                sections.push((start, Section::Ahead));
            }
            start = end + 1;
        }
        self.sections = sections;
        self.regulation = articles >= 5;
    }

    pub(super) fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    pub(super) fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.at(i))
    }

    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end)
            .map_or_else(String::new, |c| c.iter().collect())
    }

    pub(super) fn starts_with(&self, at: usize, word: &str) -> bool {
        stands_at(self.chars, at, word)
    }

    pub(super) fn ends_with(&self, end: usize, word: &str) -> bool {
        stands_before(self.chars, end, word)
    }

    pub(super) fn starts_with_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.starts_with(at, word))
    }

    pub(super) fn ends_with_any(&self, end: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.ends_with(end, word))
    }

    /// Beginning of the clause that holds `at`, not before `from`.
    pub(super) fn clause_start(&self, at: usize, from: usize) -> usize {
        let from = from.max(at.saturating_sub(LONGEST_CLAUSE));
        (from..at)
            .rev()
            .find(|&i| is_clause_end(self.chars[i]))
            .map_or(from, |i| i + 1)
    }

    /// End of the clause that holds `at`, not behind `to`.
    pub(super) fn clause_end(&self, at: usize, to: usize) -> usize {
        let to = to.min(at + LONGEST_CLAUSE);
        (at..to).find(|&i| is_clause_end(self.chars[i])).unwrap_or(to)
    }

    /// The quotation around a character.
    pub(super) fn quote(&self, at: usize) -> Option<Range<usize>> {
        self.page.quote_around(at).map(|quote| quote.inner.clone())
    }

    pub(super) fn in_title(&self, at: usize) -> bool {
        self.page.in_title(at)
    }

    /// Whether a character belongs to a set phrase with a numeral.
    pub(super) fn in_formula(&self, at: usize) -> bool {
        let phrases = self.page.formulas();
        let next = phrases.partition_point(|phrase| phrase.span.end <= at);
        phrases
            .get(next)
            .is_some_and(|phrase| phrase.span.contains(&at) && phrase.formula.class == SloganClass::Numeric)
    }

    pub(super) fn is_coinage(&self, text: &str) -> bool {
        self.coinages.contains(text)
    }

    /// The year that is written at a place, with 年 behind it: 2027年, 二〇二七年.
    pub(super) fn year_at(&self, at: usize) -> Option<u32> {
        if self.at(at + 4) != Some('年') {
            return None;
        }
        let digits = self.chars.get(at..at + 4)?;
        let year = digits.iter().try_fold(0, |year, &c| {
            Some(
                year * 10
                    + c.to_digit(10)
                        .or_else(|| chinese_digit(half_width(c)))
                        .or_else(|| half_width(c).to_digit(10))?,
            )
        })?;
        (1900..2200).contains(&year).then_some(year)
    }

    /// The year that the text speaks of most, without those that it looks ahead to (到2027年); the latest of several.
    pub(super) fn present(&self) -> Option<u32> {
        *self.present.get_or_init(|| {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for at in 4..self.chars.len() {
                if self.chars[at] == '年'
                    && !self.ends_with_any(at - 4, &["到", "至", "—", "-"])
                    && let Some(year) = self.year_at(at - 4)
                {
                    *counts.entry(year).or_default() += 1;
                }
            }
            counts
                .into_iter()
                .max_by_key(|&(year, count)| (count, year))
                .map(|(year, _)| year)
        })
    }

    pub(super) fn section(&self, at: usize) -> Section {
        let next = self.sections.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1)
            .and_then(|last| self.sections.get(last))
            .map_or(Section::Open, |(_, section)| *section)
    }
}
