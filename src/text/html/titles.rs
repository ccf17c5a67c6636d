//! The title of a page: what its declarations, headings and window title say, without the name of the site.

use std::sync::LazyLock;

use dom_smoothie::Readability;
use regex::Regex;

use super::super::han::{is_blank, is_han};
use crate::list;

/// Longest heading that can be a title, in characters.
const LONGEST: usize = 100;

/// Names (in small letters) and contents of the declarations of a page.
pub(super) fn metas(page: &Readability) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for meta in &page.doc.select("meta") {
        let name = meta
            .attr("name")
            .or_else(|| meta.attr("property"))
            .or_else(|| meta.attr("itemprop"));
        if let (Some(name), Some(content)) = (name, meta.attr("content")) {
            found.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
        }
    }
    found
}

/// The title of a page whose text is `text`.
///
/// Declared titles come first, then a heading that stands alone, then the window title. One that is the name of the site
/// gives way to the next one; one that another begins with and goes on (cut at a quotation mark, broken off with dots)
/// gives way to that.
pub(super) fn title(page: &Readability, text: &str) -> Option<String> {
    const TITLES: [&str; 3] = ["articletitle", "og:title", "twitter:title"];
    const SITES: [&str; 4] = [
        "og:site_name",
        "sitename",
        "application-name",
        "apple-mobile-web-app-title",
    ];
    let metas = metas(page);
    let of = |names: &[&str]| -> Vec<String> {
        names
            .iter()
            .flat_map(|name| metas.iter().filter(move |(n, _)| n == name))
            .map(|(_, content)| plain(content))
            .filter(|content| !content.is_empty())
            .collect()
    };
    let window = plain(&page.doc.select("title").first().text());
    let mut headings: Vec<String> = Vec::new();
    for heading in page.doc.select("h1").nodes() {
        let heading = plain(&html_escape::decode_html_entities(&heading.inner_html()));
        if !heading.is_empty() && heading.chars().count() <= LONGEST && !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    Names {
        sites: of(&SITES),
        headings,
        text,
    }
    .choose(&of(&TITLES), &window)
}

/// What a page calls itself and its parts.
struct Names<'t> {
    /// Names of the site that it declares.
    sites: Vec<String>,
    headings: Vec<String>,
    text: &'t str,
}

impl Names<'_> {
    fn choose(&self, declared: &[String], window: &str) -> Option<String> {
        let window = self.without_site(window);
        let mut candidates: Vec<String> = declared.iter().map(|title| self.without_site(title)).collect();
        // The heading is the name of a column where the window title begins with something longer.
        let column = |heading: &str| {
            window.chars().count() > heading.chars().count()
                && heading.chars().count() < 6
                && self.has_line(&window)
        };
        match self.headings.as_slice() {
            [heading] if !column(heading) => candidates.push(heading.clone()),
            several => candidates.extend(several.iter().filter(|h| **h == window).cloned()),
        }
        candidates.push(window);
        candidates.retain(|title| !title.is_empty());
        let chosen = candidates
            .iter()
            .find(|title| !self.is_site(title, &candidates))
            .or_else(|| candidates.first())?;
        let cut = chosen.trim_end_matches(['.', '…', '"', '“', ' ']);
        let fuller = candidates.iter().chain(&self.headings).find(|other| {
            cut.chars().count() >= 4
                && other.len() > cut.len()
                && other.starts_with(cut)
                && *other != chosen
                && (cut.len() < chosen.len() || other.len() > chosen.len())
        });
        fuller.or(Some(chosen)).cloned()
    }

    /// Whether a title is the name of the site, beside one that is not.
    fn is_site(&self, title: &str, candidates: &[String]) -> bool {
        let other = candidates
            .iter()
            .any(|c| c != title && !self.names_site(c, false));
        other && self.names_site(title, true)
    }

    /// Whether a part of a title names a site; `surely` leaves out what may also end a title, as 局 and 政协.
    fn names_site(&self, part: &str, surely: bool) -> bool {
        self.sites.iter().any(|site| site == part)
            || (part.chars().count() <= 24
                && list!("boilerplate/site_endings")
                    .ends(part)
                    .is_some_and(|ending| !surely || ending.field(1) == "sure"))
    }

    fn has_line(&self, line: &str) -> bool {
        line.chars().count() >= 4 && self.text.lines().any(|l| l.trim_matches(is_blank) == line)
    }

    /// A title without the names of site and columns before and behind it.
    fn without_site(&self, title: &str) -> String {
        let parts = parts(title);
        let named = parts
            .iter()
            .filter(|p| self.headings.iter().any(|h| h == p.text) || self.has_line(p.text))
            .filter(|p| !self.names_site(p.text, true))
            .max_by_key(|p| p.text.len());
        if let (Some(part), true) = (named, parts.len() > 1) {
            return part.text.to_owned();
        }
        let (mut from, mut to) = (0, parts.len());
        // Between a hyphen without blanks the name has to be a sure one.
        let names = |at: usize, sign: Option<Sign>| {
            parts
                .get(at)
                .is_some_and(|p| self.names_site(p.text, sign == Some(Sign::Hyphen)))
        };
        while to > 1 && names(to - 1, parts[to - 1].before) {
            to -= 1;
        }
        while from + 1 < to && names(from, parts[from + 1].before) {
            from += 1;
        }
        // `题目_栏目_网站`, `网站_栏目_题目`: an underscore or a bar parts what belongs to the site.
        let columns = parts[from..to].iter().skip(1).any(|p| {
            p.before == Some(Sign::Underscore) || (p.before == Some(Sign::Bar) && to - from < parts.len())
        });
        if columns && from > 0 {
            from = to - 1;
        } else if columns {
            to = from + 1;
        }
        match (parts.get(from), parts.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) => title[first.start..last.start + last.text.len()].to_owned(),
            _ => title.to_owned(),
        }
    }
}

/// What parts a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Underscore,
    Bar,
    /// A dash or hyphen between blanks.
    Dash,
    /// A hyphen without blanks, which may belong to a word.
    Hyphen,
}

/// A part of a title.
#[derive(Debug, Clone, Copy)]
struct Part<'t> {
    start: usize,
    text: &'t str,
    /// What stands before it.
    before: Option<Sign>,
}

fn parts(title: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let (mut start, mut before) = (0, None);
    let mut push = |start: usize, end: usize, before: Option<Sign>| {
        let whole = &title[start..end];
        let text = whole.trim_matches(is_blank);
        if !text.is_empty() {
            let start = start + (whole.len() - whole.trim_start_matches(is_blank).len());
            found.push(Part { start, text, before });
        }
    };
    for (at, c) in title.char_indices() {
        let (previous, next) = (
            title[..at].chars().next_back(),
            title[at + c.len_utf8()..].chars().next(),
        );
        let between = |is: fn(char) -> bool| previous.is_some_and(is) && next.is_some_and(is);
        let sign = match c {
            '_' | '＿' => Sign::Underscore,
            '|' | '｜' | '丨' | '»' | '›' => Sign::Bar,
            '-' | '–' | '—' | '·' if between(is_blank) => Sign::Dash,
            '-' | '–' if between(is_han) => Sign::Hyphen,
            _ => continue,
        };
        push(start, at, before);
        (start, before) = (at + c.len_utf8(), Some(sign));
    }
    push(start, title.len(), before);
    found
}

/// Text without tags, blanks in a row as one. A line break between two Chinese characters is no blank.
fn plain(text: &str) -> String {
    static BREAK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\s*<br\s*/?>\s*").ok());
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"</?[A-Za-z][^<>]*>").ok());
    let (Some(line_break), Some(tag)) = (BREAK.as_ref(), TAG.as_ref()) else {
        return text.to_owned();
    };
    let mut joined = String::with_capacity(text.len());
    for piece in line_break.split(text) {
        let piece = tag.replace_all(piece, "");
        let han = joined.ends_with(is_han) && piece.starts_with(is_han);
        if !joined.is_empty() && !han {
            joined.push(' ');
        }
        joined.push_str(&piece);
    }
    joined
        .split(|c: char| is_blank(c) || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
