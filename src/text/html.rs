//! Main text of an HTML page.
//!
//! The article is found by `dom_smoothie` (the algorithm of Mozilla's Readability). Where it finds nothing, or leaves
//! out most of a page that is not made of links (short notices, old table layouts), all block text is taken. Blocks
//! and `<br>` become lines; scripts, styles and forms go, and what a reader of the page does not see ([`visible`]). Navigation
//! that stays is the business of [`boilerplate`](super::boilerplate).

mod titles;
mod visible;

use std::sync::LazyLock;

use dom_smoothie::{Config, Readability, TextMode};
use regex::Regex;

use super::boilerplate::date_in;
use super::encoding::{self, Decoded};
use super::han::{self, is_blank};
use crate::error::Result;

/// What a page holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Main text, a line a block, without empty lines.
    pub text: String,
    /// The title that the page declares (its article title, its heading, its window title), without the name of the site.
    pub title: Option<String>,
    /// The date of publication that the page declares, ISO 8601.
    pub date: Option<String>,
    /// Why there is no text, or no more than the wish for a script; `None` where there is text.
    pub empty: Option<&'static str>,
}

/// The share of the page's text outside links below which the article found is not taken for the whole.
const SHARE: f64 = 0.3;

/// Decodes the bytes of a page: with `encoding` if given, else as its byte-order mark or its `<meta charset>` says if
/// the bytes are valid in that, else as [`encoding::decode`] finds.
///
/// # Errors
/// As [`encoding::decode`].
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded> {
    match encoding {
        Some(_) => encoding::decode(bytes, encoding),
        None => Ok(encoding::decode_declared(
            bytes,
            declared_charset(bytes).as_deref(),
        )),
    }
}

/// What `<meta charset="…">`, `<meta … content="…; charset=…">` or `<?xml encoding="…"?>` say in the first bytes.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    static CHARSET: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)(?:<meta[^>]*charset|<\?xml[^>]*encoding)\s*=\s*["']?\s*([a-z0-9_\-]+)"#).ok()
    });
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|b| if b.is_ascii() { char::from(*b) } else { '?' })
        .collect();
    Some(CHARSET.as_ref()?.captures(&head)?.get(1)?.as_str().to_owned())
}

/// The main text of a page, its title and its date.
pub fn main_text(html: &str) -> Page {
    let html = join_wrapped_lines(&mend(html));
    let Some(mut reader) = reader(&html) else {
        return Page::default();
    };
    visible::prepare(&reader);
    let whole = whole_text(&html);
    let mut page = Page {
        title: titles::title(&reader, &whole.text),
        date: declared_date(&reader),
        ..Page::default()
    };
    if let Ok(article) = reader.parse() {
        let text = article_text(&article.content, page.title.as_deref());
        if enough(&text, &whole) {
            page.text = text;
        }
        page.date = page
            .date
            .or_else(|| article.published_time.as_deref().and_then(date_in));
    }
    page.empty = why_empty(&html, &whole.text);
    if page.text.is_empty() {
        page.text = whole.text;
    }
    page
}

/// The text of an article, without the heading that says its title again.
fn article_text(content: &str, title: Option<&str>) -> String {
    let text = reader(content).map_or_else(String::new, |article| formatted(&article));
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let Some(title) = title.map(bare) else {
        return text;
    };
    let mut heading = String::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        heading.push_str(&bare(line));
        at += line.len();
        if heading == title {
            return text[at..].to_owned();
        }
        if !title.starts_with(&heading) {
            break;
        }
    }
    text
}

/// Text of a document, its blocks on lines of their own.
fn formatted(page: &Readability) -> String {
    // Blocks that the formatter runs into each other.
    page.doc
        .select("main, header, footer, aside, nav, figure, figcaption, address, center, dd, dt, fieldset, details, summary, caption, hgroup, option, legend")
        .rename("div");
    tidy(&page.doc.formatted_text())
}

/// Why a page is empty, or holds no more than the wish for a script.
fn why_empty(html: &str, text: &str) -> Option<&'static str> {
    static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)java\s?script|启用脚本|开启脚本|加载中|正在加载|載入中|loading").ok()
    });
    static SCRIPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)<script\b").ok());
    static FRAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)<i?frame\b").ok());
    let has =
        |pattern: &LazyLock<Option<Regex>>, text: &str| pattern.as_ref().is_some_and(|r| r.is_match(text));
    let letters = letters(text);
    let scripted = has(&SCRIPT, html);
    match letters {
        0 if has(&FRAME, html) => Some("no text, the page is made of frames"),
        0 if scripted => Some("no text, scripts would fill the page"),
        0 => Some("no text"),
        1..=60 if scripted && has(&ASKS, text) => Some("no text, scripts would fill the page"),
        _ => None,
    }
}

/// Repairs of the source that a parser cannot make: quotation marks inside the attribute of a `<meta>`, a `<title>` without end,
/// marks of CDATA around text.
fn mend(html: &str) -> String {
    static META: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)<meta\b[^<>]*>").ok());
    static CONTENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)(\bcontent\s*=\s*")([^<>]*?)("\s*(?:/?>|[a-z:\-]+\s*=\s*["']))"#).ok()
    });
    static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)<title[^<>]*>[^<\n]*").ok());
    static TITLE_ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)</title").ok());
    let (Some(meta), Some(content)) = (META.as_ref(), CONTENT.as_ref()) else {
        return html.to_owned();
    };
    let mut mended = meta
        .replace_all(html, |tag: &regex::Captures<'_>| {
            content
                .replace(&tag[0], |part: &regex::Captures<'_>| {
                    format!("{}{}{}", &part[1], part[2].replace('"', "&quot;"), &part[3])
                })
                .into_owned()
        })
        .into_owned();
    if mended.contains("<![CDATA[") {
        mended = mended.replace("<![CDATA[", "").replace("]]>", "");
    }
    if let (Some(title), Some(ends)) = (TITLE.as_ref(), TITLE_ENDS.as_ref())
        && !ends.is_match(&mended)
    {
        mended = title.replace(&mended, "$0</title>").into_owned();
    }
    mended
}

fn reader(html: &str) -> Option<Readability> {
    let config = Config {
        // Characters, not words: a Chinese article of 100 is no stub.
        char_threshold: 100,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    Readability::new(html, None, Some(config)).ok()
}

/// All text of a page, and how much of it stands outside links.
struct Whole {
    text: String,
    outside_links: usize,
}

fn whole_text(html: &str) -> Whole {
    let Some(reader) = reader(html) else {
        return Whole {
            text: String::new(),
            outside_links: 0,
        };
    };
    let document = &reader.doc;
    visible::prepare(&reader);
    document
        .select("script, style, noscript, head, svg, form, select, button, iframe")
        .remove();
    let text = formatted(&reader);
    document.select("a").remove();
    let outside_links = letters(&document.formatted_text());
    Whole { text, outside_links }
}

/// Whether an article is enough of its page.
fn enough(article: &str, whole: &Whole) -> bool {
    let found = letters(article);
    found >= 10 && found as f64 >= SHARE * whole.outside_links as f64
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The date as the page's own declarations have it. Chinese government sites use `PubDate`.
fn declared_date(reader: &Readability) -> Option<String> {
    const DATES: [&str; 8] = [
        "pubdate",
        "article:published_time",
        "publishdate",
        "publish_date",
        "og:published_time",
        "publishtime",
        "date",
        "dc.date",
    ];
    let metas = titles::metas(reader);
    let time = reader.doc.select("time[datetime]").attr("datetime");
    DATES
        .iter()
        .find_map(|name| metas.iter().find(|(n, c)| n == name && !c.is_empty()))
        .and_then(|(_, content)| date_in(content))
        .or_else(|| time.as_deref().and_then(date_in))
}

/// A line break in the source between two Chinese characters is no space. Preformatted text is left alone.
fn join_wrapped_lines(html: &str) -> String {
    static WRAPPED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        han::regex(
            r"([\p{Han}々，。、；：“”（）《》！？])[ \t]*\r?\n[ \t]*([\p{Han}々，。、；：“”（）《》！？])",
        )
        .ok()
    });
    match WRAPPED.as_ref() {
        // Twice, because a match takes the character that the next one would begin with.
        Some(wrapped) if !html.contains("<pre") && !html.contains("<PRE") => {
            let once = wrapped.replace_all(html, "$1$2");
            wrapped.replace_all(&once, "$1$2").into_owned()
        }
        _ => html.to_owned(),
    }
}

/// Lines without surrounding space, empty ones dropped.
fn tidy(text: &str) -> String {
    text.lines()
        .map(|line| line.trim_matches(is_blank))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn paragraph(n: usize) -> String {
        format!(
            "<p>　　第{n}段说的是云川县的春耕，农机手们天不亮就下地，一直干到日落才回家，今年的小麦长势喜人。</p>"
        )
    }

    #[test]
    fn an_article_among_navigation() {
        let body: String = (1..=5).map(paragraph).collect();
        let page = main_text(&format!(
            "<html><head><title>春耕_云川网</title><meta name='PubDate' content='2024-03-08 09:15'>\
             <meta name='ArticleTitle' content='云川春耕'><style>p{{color:red}}</style><script>var 变量=1;</script></head>\
             <body><div class='nav'><a href='/'>首页</a><a href='/n'>新闻</a></div>\
             <div class='content'>{body}</div><div class='footer'><a href='/c'>联系我们</a></div></body></html>"
        ));
        let lines: Vec<_> = page.text.lines().collect();
        assert_eq!(lines.len(), 5, "{}", page.text);
        assert!(lines[0].starts_with("第1段说的是"));
        assert!(!page.text.contains("变量") && !page.text.contains("首页") && !page.text.contains("color"));
        assert_eq!(page.title.as_deref(), Some("云川春耕"));
        assert_eq!(page.date.as_deref(), Some("2024-03-08"));
    }

    #[test]
    fn a_short_page_is_taken_whole() {
        let page = main_text(
            "<html><body><h1>通知</h1><p>今天放假。<br>明天上班。</p><script>x()</script></body></html>",
        );
        assert_eq!(page.text, "通知\n今天放假。\n明天上班。");
        assert_eq!(page.title.as_deref(), Some("通知"));
        assert_eq!(page.date, None);
    }

    #[test]
    fn entities_and_wrapped_source() {
        let page = main_text("<p>云川县&#20013;学，A&amp;B，\n\t  春天\n来了 今天</p>");
        assert_eq!(page.text, "云川县中学，A&B，春天来了 今天");
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert_eq!(main_text("").text, "");
        assert_eq!(main_text("<script>只有脚本</script>").text, "");
    }

    #[test]
    fn the_declared_encoding_counts_if_it_fits() {
        let html = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><body>云</body></html>";
        let (bytes, _, _) = encoding_rs::GB18030.encode(html);
        let found = decode(&bytes, None).unwrap();
        assert_eq!((found.text.as_str(), found.encoding.as_str()), (html, "gb18030"));
        // A page that lies.
        let found = decode(html.as_bytes(), None).unwrap();
        assert_eq!((found.text.as_str(), found.encoding.as_str()), (html, "utf-8"));
    }
}
