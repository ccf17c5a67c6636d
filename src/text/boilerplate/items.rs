//! `label: value` items, dates and names in the lines around a text.

use std::sync::LazyLock;

use regex::Regex;

use super::super::han::{self, is_blank};
use super::super::script::{self, Script};
use super::PageMetadata;
use super::dates::{any_date, compact_date, leading_date};
use super::labels::{Label, leading_label};
use super::line::{Line, Role};
use super::names::{bare_names, leading_names, speaker};
use super::source::{Source, is_separator};
use super::values::{SAID, TIME, leading, read_value, value_of, weak_item};
use crate::list;

/// What a line of items says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    /// Whether an item has a label, a role or a byline mark; otherwise there are only dates.
    pub(super) labelled: bool,
    dates: Vec<String>,
    values: Vec<(Label, String)>,
    /// A label at the end without a value.
    open: Option<Label>,
}

/// Marks that stand before an author's name.
const BYLINE_MARKS: [char; 9] = ['□', '■', '○', '◎', '●', '▲', '△', '◆', '◇'];

/// Reads a line as items and nothing else; `None` if something is left over or there is neither label nor date.
pub(super) fn parse(folded: &str) -> Option<Parsed> {
    parse_source(Source {
        folded,
        content: folded,
    })
}

fn parse_source(source: Source<'_>) -> Option<Parsed> {
    let mut parsed = Parsed::default();
    let mut rest = source.folded;
    loop {
        rest = rest.trim_start_matches(is_separator);
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix(BYLINE_MARKS) {
            rest = after.trim_start_matches(is_blank);
            if let Some((names, after)) = leading_names(source, rest) {
                parsed.labelled = true;
                parsed.values.push((Label::Author, names));
                rest = after;
            } else if leading_role(rest).is_none() {
                return None;
            }
        } else if let Some((date, after)) = leading_date(leading(&SAID, rest).unwrap_or(rest))
            .or_else(|| compact_date(rest).filter(|(_, after)| after.trim_matches(is_separator).is_empty()))
        {
            parsed.dates.push(date);
            rest = after;
        } else if let Some(after) = leading(&TIME, rest) {
            rest = after;
        } else if let Some(after) = leading(&PAGE, rest) {
            // `第03版：民生` stands on a page of a newspaper and nowhere else.
            parsed.labelled |= rest[..rest.len() - after.len()].contains(['：', ':']);
            rest = after;
        } else if let Some(after) = rest
            .strip_prefix("原创")
            .filter(|after| after.starts_with(is_blank))
        {
            rest = after;
        } else if let Some((label, value, after)) = weak_item(source, rest) {
            parsed.labelled = true;
            parsed.values.push((label, value));
            rest = after;
        } else if let Some(found) = leading_label(rest).filter(|found| !found.weak) {
            let label = found.label;
            parsed.labelled = true;
            let (value, after) = value_of(label, found.after);
            if value.is_empty() {
                parsed.open = after.trim_matches(is_separator).is_empty().then_some(label);
            } else {
                let value = read_value(source, label, value, &mut parsed.dates)?;
                parsed.values.extend(value.map(|v| (label, v)));
            }
            rest = after;
        } else if let Some((label, after)) = leading_role(rest) {
            let (names, after) = leading_names(source, after)?;
            parsed.labelled = true;
            parsed.values.push((label, names));
            rest = after;
        } else if let Some(after) = leading_button(rest) {
            rest = after;
        } else if let Some((outlet, after)) =
            leading_outlet(rest).filter(|(_, after)| !parsed.dates.is_empty() || leads_to_date(after))
        {
            parsed.values.push((Label::Source, source.original(outlet)));
            rest = after;
        } else if let Some((names, after)) = account_and_date(source, rest) {
            parsed.values.push((Label::Author, names));
            rest = after;
        } else if is_place_behind_time(&parsed, rest) {
            break;
        } else {
            return None;
        }
    }
    (parsed.labelled || !parsed.dates.is_empty()).then_some(parsed)
}

/// Whether the line ends with a label that waits for its value on the next line.
pub(super) fn is_open_label(folded: &str) -> bool {
    folded.chars().count() <= 12 && parse(folded).is_some_and(|p| p.open.is_some() && p.values.is_empty())
}

/// Whether a label stands anywhere in the line.
pub(super) fn holds_label(folded: &str) -> bool {
    folded.char_indices().any(|(at, _)| {
        leading_label(&folded[at..]).is_some_and(|found| found.label != Label::Machine && !found.weak)
    })
}

/// `某某 云川发布 2024-05-06`: a name before an account and its date, as exports have them.
fn account_and_date<'a>(source: Source<'_>, rest: &'a str) -> Option<(String, &'a str)> {
    let (word, after) = rest.split_at(rest.find(is_blank)?);
    let after = after.trim_start_matches(is_separator);
    let (_, behind) = leading_outlet(after)?;
    let (names, rest) = leads_to_date(behind)
        .then(|| bare_names(source, word))
        .flatten()?;
    rest.is_empty().then_some((names, after))
}

/// Whether a date follows, perhaps with a time and a place.
fn leads_to_date(rest: &str) -> bool {
    leading_date(rest.trim_start_matches(is_separator)).is_some()
}

/// `云川发布 2024-05-06 18:20 云川`: an account says where it wrote from.
fn is_place_behind_time(parsed: &Parsed, rest: &str) -> bool {
    !parsed.labelled
        && !parsed.dates.is_empty()
        && parsed.values.iter().any(|(label, _)| *label == Label::Source)
        && (2..=4).contains(&rest.chars().count())
        && rest.chars().all(han::is_han)
}

static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    han::regex(
        r"^(?:(?:总|本期|当前|第)?\s*[A-Z]?\d{1,6}\s*[版期](?:面)?(?:\s*[：:]\s*[\p{Han}·]{1,8}$)?|当前\s*[A-Z]\d{1,3}|[A-Z]\d{1,2}版)",
    )
    .ok()
});

/// A role that stands before names without a colon: `本报记者 `, `通讯员 `.
fn leading_role(rest: &str) -> Option<(Label, &str)> {
    static ROLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        han::regex(r"^(?:\p{Han}|[/·]){0,14}?(?:记者|通讯员|实习生|特约撰稿人?)[\s\u{3000}]+").ok()
    });
    let found = ROLE.as_ref()?.find(rest)?;
    Some((Label::Reporter, &rest[found.end()..]))
}

fn leading_button(rest: &str) -> Option<&str> {
    list!("boilerplate/buttons")
        .all_begin(rest)
        .filter_map(|button| rest.strip_prefix(button.word))
        .find(|after| after.is_empty() || after.starts_with(|c| is_separator(c) || matches!(c, ':' | '：')))
        .map(|after| after.trim_start_matches([':', '：']))
}

/// Whether a line is nothing but the name of a newspaper, site or station.
pub(super) fn is_outlet(folded: &str) -> bool {
    folded.chars().count() <= 10 && leading_outlet(folded).is_some_and(|(_, after)| after.is_empty())
}

/// Whether a line is the office and the name of a speaker.
pub(super) fn is_speaker(folded: &str) -> bool {
    list!("boilerplate/offices").is_in(folded)
        && folded.contains(is_blank)
        && speaker(
            Source {
                folded,
                content: folded,
            },
            false,
        )
        .is_some()
}

/// A newspaper, site or station that stands beside a date without a label.
fn leading_outlet(rest: &str) -> Option<(&str, &str)> {
    let end = rest.find(is_separator).unwrap_or(rest.len());
    let (outlet, after) = rest.split_at(end);
    let chars = outlet.chars().count();
    ((3..=16).contains(&chars)
        && outlet.chars().all(char::is_alphanumeric)
        && list!("boilerplate/outlets").ends(outlet).is_some())
    .then_some((outlet, after))
}

/// What was found so far; the first finding of the best kind stays.
#[derive(Debug, Default)]
pub(super) struct Items {
    title: Option<String>,
    date: Option<String>,
    occasion: Option<String>,
    source: Option<String>,
    author: Option<String>,
    reporters: Vec<String>,
    editors: Vec<String>,
    pending: Option<Label>,
}

impl Items {
    pub(super) fn title(&mut self, line: &Line<'_>) {
        self.title = Some(tidy(line.content.trim_start_matches(['#', ' '])));
    }

    pub(super) fn more_title(&mut self, line: &Line<'_>) {
        if let Some(title) = &mut self.title {
            title.push_str(line.content);
        }
    }

    /// Reads a line of the head; a line of nothing but names counts if the title stands above it.
    pub(super) fn read_head(&mut self, line: &Line<'_>, role: Role, titled: bool) {
        let source = Source {
            folded: line.folded(),
            content: line.content,
        };
        match role {
            Role::Occasion => {
                if self.occasion.is_none() {
                    self.occasion = any_date(line.folded());
                }
                if let Some((_, after)) = line.folded().rsplit_once(['上', ')', '）'])
                    && self.author.is_none()
                {
                    self.author = speaker(
                        Source {
                            folded: after.trim_matches(is_separator),
                            content: after.trim_matches(is_separator),
                        },
                        true,
                    );
                }
            }
            Role::Other => {
                if self.value(line) {
                    return;
                }
                if self.author.is_none() {
                    self.author = speaker(source, titled);
                }
            }
            _ => self.read(source, role),
        }
    }

    pub(super) fn read_tail(&mut self, line: &Line<'_>, role: Role) {
        if role == Role::Other {
            self.value(line);
        } else {
            self.read(
                Source {
                    folded: line.folded(),
                    content: line.content,
                },
                role,
            );
        }
    }

    /// Reads the parenthesis that ends the body; whether it is a byline.
    pub(super) fn read_byline(&mut self, inner: &str) -> bool {
        let folded = script::convert(inner, Script::Simplified);
        let source = reported(Source {
            folded: &folded,
            content: inner,
        });
        let Some(parsed) = parse_source(source).filter(|p| p.labelled) else {
            return false;
        };
        self.merge(parsed);
        true
    }

    /// Takes a line as the value of the label before it.
    fn value(&mut self, line: &Line<'_>) -> bool {
        let Some(label) = self.pending.take().filter(|_| line.is_value_of_previous()) else {
            return false;
        };
        let source = Source {
            folded: line.folded(),
            content: line.content,
        };
        let mut parsed = Parsed::default();
        if let Some(Some(value)) = read_value(source, label, line.folded(), &mut parsed.dates) {
            parsed.values.push((label, value));
        }
        self.merge(parsed);
        true
    }

    fn read(&mut self, source: Source<'_>, role: Role) {
        // The name under a photograph is its maker's; only who also wrote is a reporter.
        let written = reported(source);
        let reads = match role {
            Role::Labelled | Role::Dated => true,
            Role::Caption => written.folded.len() < source.folded.len(),
            _ => false,
        };
        if let Some(parsed) = reads.then(|| parse_source(written)).flatten() {
            self.merge(parsed);
        }
    }

    /// A newspaper whose name stands above the date and the title.
    pub(super) fn masthead(&mut self, line: &Line<'_>) {
        self.source.get_or_insert_with(|| tidy(line.content));
    }

    fn merge(&mut self, parsed: Parsed) {
        if self.date.is_none() {
            self.date = parsed.dates.into_iter().next();
        }
        for (label, value) in parsed.values {
            let value = tidy(&value);
            if value.is_empty() {
                continue;
            }
            match label {
                Label::Source => _ = self.source.get_or_insert(value),
                Label::Author => _ = self.author.get_or_insert(value),
                Label::Title => _ = self.title.get_or_insert(value),
                Label::Reporter => add(&mut self.reporters, &value),
                Label::Editor => add(&mut self.editors, &value),
                Label::Date | Label::Machine => {}
            }
        }
        self.pending = parsed.open;
    }

    pub(super) fn into_metadata(self) -> PageMetadata {
        let joined = |names: Vec<String>| (!names.is_empty()).then(|| names.join("、"));
        PageMetadata {
            title: self.title,
            date: self.date.or(self.occasion),
            source: self.source,
            author: self.author,
            reporter: joined(self.reporters),
            editor: joined(self.editors),
        }
    }
}

/// A byline without the words that say that the same persons made text and pictures.
fn reported(source: Source<'_>) -> Source<'_> {
    let bare = source.folded.trim_end_matches(is_separator);
    let cut = [
        "摄影报道",
        "图文报道",
        "文并图",
        "文并摄",
        "文/图",
        "图/文",
        "文/摄",
        "文图",
        "报道",
    ]
    .iter()
    .find_map(|word| bare.strip_suffix(word))
    .map(|rest| rest.trim_end_matches(is_separator))
    .filter(|rest| !rest.is_empty());
    let Some(cut) = cut else {
        return source;
    };
    let chars = cut.chars().count();
    let end = source
        .content
        .char_indices()
        .nth(chars)
        .map_or(source.content.len(), |(at, _)| at);
    Source {
        folded: cut,
        content: &source.content[..end],
    }
}

fn add(names: &mut Vec<String>, more: &str) {
    for name in more.split('、') {
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
}

/// Runs of blanks become one space.
fn tidy(text: &str) -> String {
    text.split(is_blank)
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
