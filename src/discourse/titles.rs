//! Titles in book-title marks: the laws, documents, plans and works that a text names.

use std::ops::Range;

use super::page::Page;
use crate::list;

/// A title; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// What stands between the marks.
    pub span: Range<usize>,
    /// `law`, `regulation`, `plan`, `document`, `report`, `standard`, `certificate`; `work` for all others.
    pub kind: &'static str,
    /// `draft` or `trial`, where the title says so.
    pub status: Option<&'static str>,
}

/// The titles of a text, in order. A title ends within its paragraph; one inside another is part of it.
///
/// The kind is that of the last noun (条例, 规划, 意见 …), behind which bracketed parts (（修订草案）, （2021—2025年）) and the words for a state
/// of the text (草案, 修正案) are left out.
pub fn find(page: &Page<'_>) -> Vec<Title> {
    let chars = page.chars();
    let title = |span: &Range<usize>| {
        let read: Vec<char> = chars.span(span.clone()).to_vec();
        let mut status = None;
        let mut end = read.len();
        loop {
            if let Some(open) = bracket(&read[..end]) {
                status = status.or_else(|| state(&read[open..end]));
                end = open;
            } else if let Some(word) = list!("titles/states").longest_before(&read, end) {
                // 草案 alone, or 建议稿, is the whole name of what it is.
                if word.len() == end {
                    break;
                }
                status = status.or(Some(word.field(1)).filter(|s| !s.is_empty()));
                end -= word.len();
            } else {
                break;
            }
        }
        let noun = list!("titles/nouns").longest_before(&read, end);
        // 暂行规定, 试行办法: the state stands before the noun.
        let status = status.or_else(|| {
            let before = end - noun?.len();
            state(&read[before.saturating_sub(2)..before])
        });
        Title {
            span: span.clone(),
            kind: noun.map_or("work", |n| n.field(1)),
            status,
        }
    };
    page.titles()
        .iter()
        .filter(|span| !span.is_empty())
        .map(title)
        .collect()
}

/// Where the bracketed part that ends a title begins, if something stands before it.
fn bracket(title: &[char]) -> Option<usize> {
    (title.last() == Some(&')')).then_some(())?;
    title.iter().rposition(|&c| c == '(').filter(|&open| open > 0)
}

/// What a stretch says of the state of a text: the first word of the list in it.
fn state(stretch: &[char]) -> Option<&'static str> {
    (0..stretch.len()).find_map(|at| {
        let word = list!("titles/states").longest_at(stretch, at)?;
        Some(word.field(1)).filter(|s| !s.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<(String, &'static str, Option<&'static str>)> {
        let page = Page::of(text);
        find(&page)
            .into_iter()
            .map(|t| (page.chars().surface(t.span), t.kind, t.status))
            .collect()
    }

    #[test]
    fn the_last_noun_decides() {
        for (title, kind, status) in [
            ("中华人民共和国水法", "law", None),
            ("民法典", "law", None),
            ("刑法修正案（十一）", "law", None),
            ("河南省公路管理条例（试行）", "regulation", Some("trial")),
            ("关于游行示威的暂行规定", "regulation", Some("trial")),
            ("纲要（草案）", "plan", Some("draft")),
            ("纲要草案", "plan", Some("draft")),
            ("物业管理条例（修订草案）", "regulation", Some("draft")),
            ("“十四五”旅游业发展规划（2021－2025年）", "plan", None),
            ("关于修改〈水法〉的决定", "document", None),
            ("生活饮用水卫生标准", "standard", None),
            ("营业执照", "certificate", None),
            ("人民日报", "work", None),
            ("草案", "work", None),
            ("（草案）", "work", None),
        ] {
            assert_eq!(
                titles(&format!("依照《{title}》办。")),
                [(title.to_owned(), kind, status)]
            );
        }
    }

    #[test]
    fn no_title_without_content_or_end() {
        assert!(titles("《》和《没有\n结束》").is_empty());
        assert!(titles("").is_empty());
    }
}
