//! Tags of HTML inside a text: what a column of a table or an export holds that was copied out of a page.
//!
//! Only what can be nothing else goes: tags of elements that HTML has, well formed, in a text that shows that it is
//! markup, by a closing tag, a line break, or an attribute with a value. So `a<b`, `<3`, `《》` and placeholders such as `<姓名>`
//! stay, and a text that speaks of tags (`用<br>标签换行`) stays as it is.

use std::sync::LazyLock;

use regex::Regex;

use super::edit::{Edit, EditKind};
use super::han::{is_blank, is_han};
use crate::list;

/// What stands in the place of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Nothing,
    Blank,
    Line,
}

/// What a piece of markup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `<p>`, and `<img>`, which has no partner.
    Open,
    Close,
    /// Comments, declarations, marks of CDATA: whatever the rest of the text is.
    Aside,
}

/// A piece of markup, in bytes.
#[derive(Debug, Clone)]
struct Tag {
    start: usize,
    end: usize,
    /// In small letters; empty for what is no element.
    name: String,
    form: Form,
    /// Whether it has an attribute with a value, or closes itself.
    dressed: bool,
}

impl Tag {
    fn what(&self) -> &'static str {
        list!("text/html_elements")
            .get(&self.name)
            .map_or("", |e| e.field(1))
    }

    fn place(&self) -> Place {
        match self.what() {
            "block" | "break" => Place::Line,
            "cell" => Place::Blank,
            _ => Place::Nothing,
        }
    }

    /// Whether it alone shows that the text is markup.
    fn is_sure(&self) -> bool {
        match self.form {
            Form::Aside => false,
            Form::Close => true,
            Form::Open => self.dressed || self.what() == "break" || self.name == "wbr",
        }
    }
}

/// Tags go; blocks and line breaks become one line feed where none stands, cells of a table a blank. Scripts, styles and
/// comments go with what they hold, readings of `<ruby>` too unless the page brackets them. A text whose tags are escaped
/// (`&lt;p&gt;`) and that has no others is read as if they were not.
pub fn html_tags(text: &str) -> Vec<Edit> {
    if text.contains('<') {
        let tags = removable(text, find(text));
        if !tags.is_empty() {
            return edits(text, &tags);
        }
    }
    if !text.contains("&lt;") {
        return Vec::new();
    }
    let (plain, places) = unescaped(text);
    let found = find(&plain);
    let paired = found
        .iter()
        .any(|tag| tag.form == Form::Open && closes(&found, tag).is_some());
    if !paired {
        return Vec::new();
    }
    let mut tags = removable(&plain, found);
    for tag in &mut tags {
        (tag.start, tag.end) = (places[tag.start], places[tag.end]);
    }
    edits(text, &tags)
}

/// Which pieces of markup go, with what goes along: sorted and disjoint.
fn removable(text: &str, found: Vec<Tag>) -> Vec<Tag> {
    let markup = found.iter().any(Tag::is_sure) || opens_with_block(text, &found);
    let spoken_of = found.iter().any(|tag| is_spoken_of(text, &found, tag));
    let all = found.clone();
    let mut kept: Vec<Tag> = Vec::new();
    let mut ruby_brackets = false;
    for mut tag in found {
        if kept.last().is_some_and(|last| tag.start < last.end) {
            continue;
        }
        if tag.form != Form::Aside && (!markup || spoken_of || !is_meant(&all, &tag)) {
            continue;
        }
        if tag.name == "ruby" && tag.form == Form::Open {
            let end = closes(&all, &tag).map_or(text.len(), |close| close.start);
            ruby_brackets = all
                .iter()
                .any(|t| t.name == "rp" && (tag.end..end).contains(&t.start));
        }
        let along = match tag.what() {
            "out" => true,
            "reading" => !ruby_brackets,
            _ => false,
        };
        if along && tag.form == Form::Open {
            tag.end = end_of_content(text, &all, &tag);
        }
        kept.push(tag);
    }
    kept
}

/// Where what an element holds ends. HTML lets a reading end with the next one or with its `<ruby>`.
fn end_of_content(text: &str, all: &[Tag], tag: &Tag) -> usize {
    if tag.what() != "reading" {
        return closes(all, tag).map_or(tag.end, |close| close.end);
    }
    let next = all.iter().find(|t| {
        t.start >= tag.end
            && (matches!(t.name.as_str(), "rb" | "ruby" | "rtc")
                || t.name == tag.name
                || (t.name == "rt" && tag.name != "rtc"))
    });
    match next {
        Some(t) if t.form == Form::Close && t.name == tag.name => t.end,
        Some(t) => t.start,
        None => text[tag.end..].find('\n').map_or(text.len(), |at| tag.end + at),
    }
}

/// The next closing tag of the element that a tag opens.
fn closes<'t>(all: &'t [Tag], tag: &Tag) -> Option<&'t Tag> {
    all.iter()
        .find(|t| t.start >= tag.end && t.form == Form::Close && t.name == tag.name)
}

/// A bare opening tag is a tag if it has a partner or is one of those that writers of pages leave open; otherwise it may be a
/// placeholder, as in `clone <source>`.
fn is_meant(all: &[Tag], tag: &Tag) -> bool {
    const OFTEN_OPEN: [&str; 17] = [
        "b", "dd", "div", "dt", "em", "font", "i", "li", "option", "p", "rp", "rt", "span", "strong", "td",
        "th", "tr",
    ];
    tag.is_sure()
        || OFTEN_OPEN.contains(&tag.name.as_str())
        || all.iter().any(|t| t.form == Form::Close && t.name == tag.name)
}

/// A cut excerpt may have a first `<p>` and nothing else.
fn opens_with_block(text: &str, found: &[Tag]) -> bool {
    found.first().is_some_and(|tag| {
        tag.form == Form::Open
            && matches!(tag.name.as_str(), "div" | "p")
            && text[..tag.start].trim_matches(is_blank).is_empty()
            && text[tag.end..].trim_start_matches(is_blank).starts_with(is_han)
    })
}

/// `用<br>标签换行`: a bare tag in the middle of a sentence that goes on with a word for tags.
fn is_spoken_of(text: &str, all: &[Tag], tag: &Tag) -> bool {
    if tag.form == Form::Aside || tag.dressed {
        return false;
    }
    let quote =
        |c: char| is_blank(c) || matches!(c, '“' | '”' | '"' | '\'' | '`' | '「' | '」' | '（' | '）');
    let before = text[..tag.start].trim_end_matches(quote);
    let after = text[tag.end..].trim_start_matches(quote);
    let named = ["标签", "標籤", "标记", "標記", "元素", "tag", "element"]
        .iter()
        .any(|word| after.starts_with(word));
    let inside = before.ends_with(|c| is_han(c) || matches!(c, '、' | '，' | '：'));
    // `县里推行<b>标签</b>管理` marks a word that happens to be this one.
    let marks = tag.form == Form::Open
        && closes(all, tag).is_some_and(|close| text[tag.end..close.start].chars().count() <= 20);
    named && inside && !marks
}

/// All pieces of markup, in order.
fn find(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut data = false;
    while let Some(step) = text[at..].find(['<', ']']) {
        let start = at + step;
        let rest = &text[start..];
        let aside = |len: usize| Tag {
            start,
            end: start + len,
            name: String::new(),
            form: Form::Aside,
            dressed: false,
        };
        let tag = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| aside(end + 3))
        } else if rest.starts_with("<![CDATA[") {
            data = true;
            Some(aside(9))
        } else if data && rest.starts_with("]]>") {
            data = false;
            Some(aside(3))
        } else if let Some(found) = DECLARATION.as_ref().and_then(|r| r.find(rest)) {
            Some(aside(found.end()))
        } else {
            element(rest, start)
        };
        at = tag.as_ref().map_or(start + 1, |tag| tag.end);
        found.extend(tag);
    }
    found
}

static DECLARATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:<!(?i:doctype)\b[^<>]*>|<\?xml\b[^<>]*>|<!\[(?:if\b[^<>]*|endif)\]>)").ok()
});
static OPEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^<([A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?)((?:\s+[A-Za-z_:@][A-Za-z0-9_:.@\-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*)\s*(/?)>"#,
    )
    .ok()
});
static CLOSE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^</([A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?)\s*>").ok());

/// Attributes that stand without a value.
const BARE_ATTRIBUTES: [&str; 14] = [
    "allowfullscreen",
    "async",
    "autoplay",
    "checked",
    "controls",
    "defer",
    "disabled",
    "hidden",
    "loop",
    "muted",
    "noshade",
    "nowrap",
    "readonly",
    "selected",
];

/// A tag of an element that HTML, or an office program that writes it, has.
fn element(rest: &str, start: usize) -> Option<Tag> {
    let known = |name: &str| match name.split_once(':') {
        Some((space, _)) => matches!(space, "m" | "o" | "st1" | "v" | "w"),
        None => list!("text/html_elements").has(name),
    };
    if let Some(found) = CLOSE.as_ref()?.captures(rest) {
        let name = found[1].to_ascii_lowercase();
        return known(&name).then(|| Tag {
            start,
            end: start + found[0].len(),
            name,
            form: Form::Close,
            dressed: false,
        });
    }
    let found = OPEN.as_ref()?.captures(rest)?;
    let name = found[1].to_ascii_lowercase();
    let attributes = &found[2];
    let valued = attributes.contains('=');
    // `a<b and c>`: words that are no attributes.
    let odd = !valued
        && attributes
            .split_ascii_whitespace()
            .any(|word| !BARE_ATTRIBUTES.contains(&word.to_ascii_lowercase().as_str()));
    (known(&name) && !odd).then(|| Tag {
        start,
        end: start + found[0].len(),
        name,
        form: Form::Open,
        dressed: valued || &found[3] == "/",
    })
}

/// The text with its escaped brackets and quotation marks, and for each of its bytes (and its end) where that begins in
/// the text as it stands.
fn unescaped(text: &str) -> (String, Vec<usize>) {
    const NAMES: [(&str, char); 5] = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&#34;", '"'),
    ];
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() + 1);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (c, len) = NAMES
            .iter()
            .find(|(name, _)| text[at..].starts_with(name))
            .map_or((c, c.len_utf8()), |(name, c)| (*c, name.len()));
        plain.push(c);
        places.resize(plain.len(), at);
        at += len;
    }
    places.push(at);
    (plain, places)
}

/// The edits of pieces of markup. Pieces that touch each other are one edit; a line feed or a blank stands in the last one
/// before text, and only where text stands before it.
fn edits(text: &str, tags: &[Tag]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    // What the tags since the last text ask for, and whether the line at hand has text.
    let (mut pending, mut begun) = (Place::Nothing, false);
    let mut at = 0;
    for (i, tag) in tags.iter().enumerate() {
        pending = pending.max(tag.place());
        let between = text.get(at..tag.start).unwrap_or_default();
        if i == 0 {
            begun = has_text(last_line(between));
        }
        match edits.last_mut() {
            Some(last) if last.end == tag.start => last.end = tag.end,
            _ => edits.push(Edit::delete(tag.start, tag.end, EditKind::HtmlTag)),
        }
        at = tag.end;
        let next = tags.get(i + 1).map_or(text.len(), |next| next.start);
        let behind = text.get(at..next).unwrap_or_default();
        if !has_text(behind) {
            if behind.contains('\n') {
                begun = false;
            }
            continue;
        }
        let (blank, _) = behind.split_at(behind.len() - behind.trim_start_matches(is_blank_or_break).len());
        if let Some(last) = edits.last_mut().filter(|_| begun && !blank.contains('\n')) {
            match pending {
                Place::Line => "\n".clone_into(&mut last.replacement),
                Place::Blank if blank.is_empty() => " ".clone_into(&mut last.replacement),
                _ => {}
            }
        }
        pending = Place::Nothing;
        begun = has_text(last_line(behind)) || (begun && !behind.contains('\n'));
    }
    edits
}

fn is_blank_or_break(c: char) -> bool {
    is_blank(c) || matches!(c, '\n' | '\r')
}

fn has_text(text: &str) -> bool {
    !text.trim_matches(is_blank_or_break).is_empty()
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn without(text: &str) -> String {
        let found = html_tags(text);
        apply(text, &found).unwrap_or_default()
    }

    #[test]
    fn tags_go_and_blocks_become_lines() {
        for (text, expected) in [
            (
                "<p>县政协开会，<strong>研究</strong>修路。</p>",
                "县政协开会，研究修路。",
            ),
            ("<span>市农会</span>办茶市", "市农会办茶市"),
            ("<p>镇政府</p>公告", "镇政府\n公告"),
            ("<P CLASS=MsoNormal>一</P><P>二</P>", "一\n二"),
            ("<p>一</p>\n<p>二</p>\n", "一\n二\n"),
            ("甲<br>乙<br/>丙<BR />丁", "甲\n乙\n丙\n丁"),
            ("见<a href=\"/x?a=1&b=2\" target='_blank'>附件</a>。", "见附件。"),
            (
                "<div>\n<h2>茶市</h2>\n<ul><li>春茶</li><li>秋茶</li></ul></div>",
                "\n茶市\n春茶\n秋茶",
            ),
            (
                "<table><tr><td>乡</td><td>户</td></tr><tr><td>云川</td><td>9</td></tr></table>",
                "乡 户\n云川 9",
            ),
            (
                "桥长9<sup>2</sup>米，<font color=red>红</font>字",
                "桥长92米，红字",
            ),
            ("春茶上市。</p>", "春茶上市。"),
            ("<p>春茶上市，收购站前", "春茶上市，收购站前"),
            ("图<img src=\"a.jpg\" alt=\"x\"/>一", "图一"),
            ("甲<o:p></o:p>乙<wbr>丙", "甲乙丙"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_styles_and_comments_go_with_what_they_hold() {
        for (text, expected) in [
            ("<p>甲</p><script>if(a<b){w(\"<p>\")}</script><p>乙</p>", "甲\n乙"),
            ("<style type=\"text/css\">p{color:red}</style>甲", "甲"),
            ("甲<!-- 广告\n<p>位</p> -->乙", "甲乙"),
            ("<!DOCTYPE html><?xml version=\"1.0\"?><![CDATA[甲]]>", "甲"),
            ("<!--[if gte mso 9]><xml>x</xml><![endif]-->甲", "甲"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn readings_are_not_glued_into_the_word() {
        for (text, expected) in [
            ("<ruby>郯<rt>tán</rt></ruby>河", "郯河"),
            ("<ruby>盱<rt>xū眙<rt>yí</ruby>县", "盱县"),
            (
                "<ruby><rb>六安</rb><rtc><rt>lù</rt><rt>ān</rt></rtc></ruby>人",
                "六安人",
            ),
            ("<ruby>郯<rp>(</rp><rt>tán</rt><rp>)</rp></ruby>河", "郯(tán)河"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_tag_stays() {
        for text in [
            "若a<b且b<c，则a<c。",
            "若a<b and c>d，则不成立。",
            "我<3云川",
            "填<姓名>和<成绩>，见《通则》<附件1>。",
            "运行 clone <source> <target>",
            "->  <-  <=>  <>  >_<  <(^_^)>",
            "用<br>标签换行，用<p>标签分段。",
            "<b",
            "x<p>y时成立",
            "１＜２，3 < 4 > 2",
            "《<三农>工作》",
            "]]>",
            "<!-- 没有结束",
        ] {
            assert_eq!(html_tags(text), Vec::new(), "{text}");
        }
    }

    #[test]
    fn tags_that_are_escaped_throughout() {
        for (text, expected) in [
            (
                "&lt;p&gt;县农会&lt;/p&gt;&lt;p class=&quot;x&quot;&gt;茶市&lt;/p&gt;",
                "县农会\n茶市",
            ),
            ("&lt;div&gt;甲&nbsp;乙&lt;br/&gt;丙&lt;/div&gt;", "甲&nbsp;乙\n丙"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
        for text in ["3&lt;5", "换行写作&lt;br&gt;", "&lt;姓名&gt;", "&lt;"] {
            assert_eq!(html_tags(text), Vec::new(), "{text}");
        }
        // Beside real tags an escaped one is shown on purpose.
        assert_eq!(without("<p>写作&lt;p&gt;</p>"), "写作&lt;p&gt;");
    }

    #[test]
    fn cleaned_again_nothing_changes() {
        for text in [
            "<p>甲</p><p>乙</p>",
            "<div><td>甲</td><td>乙</td></div>",
            "甲<br><br>乙",
        ] {
            let once = without(text);
            assert_eq!(html_tags(&once), Vec::new(), "{once}");
        }
    }
}
