//! Line breaks inside sentences.
//!
//! Three things leave them: links that a wiki or a scraper puts on lines of their own, text that was wrapped at a fixed
//! width, and brackets or quotation marks that were torn from their content. Headings, list items, salutations and verse
//! end without a full stop as well, so a break goes only where the text itself says that the sentence goes on.

use super::edit::{Edit, EditKind};
use super::han::is_han;
use super::line::{Line, begins_item, continues, finishes, lines, numbered, opens};
use super::wrapping::Wrap;

/// A line that ends in a comma is joined to the next from this length on; shorter ones may be verse or a salutation.
const LEAST_BEFORE_COMMA: usize = 12;
/// A line that is no heading, in characters, if it also holds a comma.
const LEAST_RUNNING: usize = 20;
/// Share of the paragraphs that must be finished before an unfinished one counts as cut, and their least number.
const PUNCTUATED_SHARE: f64 = 0.7;
const LEAST_PARAGRAPHS: usize = 5;

/// Whether blank lines stand between the paragraphs, so that a single line feed is no paragraph break: nearly every line
/// that ends as a sentence does is followed by one.
fn blocks_are_separated(lines: &[Line<'_>]) -> bool {
    let (mut followed, mut all) = (0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if finishes(line.text) {
            all += 1;
            followed += usize::from(next.text.is_empty());
        }
    }
    followed >= 3 && 10 * followed >= 8 * all
}

/// Whether the paragraphs of the text end as sentences do, so that one that does not was cut.
fn is_punctuated(lines: &[Line<'_>]) -> bool {
    let (mut finished, mut all) = (0_usize, 0_usize);
    for line in lines.iter().filter(|l| l.text.contains('。')) {
        all += 1;
        finished += usize::from(finishes(line.text));
    }
    all >= LEAST_PARAGRAPHS && finished as f64 >= PUNCTUATED_SHARE * all as f64
}

/// Edits (kind `LineBreak`) that join lines inside sentences.
pub fn edits(text: &str) -> Vec<Edit> {
    let lines = lines(text);
    let wrap = Wrap::of(&lines);
    let punctuated = is_punctuated(&lines);
    let ends_well = if blocks_are_separated(&lines) {
        blocks_that_end_well(&lines)
    } else {
        vec![false; lines.len()]
    };
    let mut edits = Vec::new();
    // The running line: where it began and whether it was joined already.
    let mut running_from = 0;
    let mut joined = false;
    for (i, pair) in lines.windows(2).enumerate() {
        let [line, next] = pair else { continue };
        if !joined {
            running_from = line.start;
        }
        let was_joined = std::mem::take(&mut joined);
        if line.text.is_empty() || next.text.is_empty() {
            continue;
        }
        let place = Place {
            running: Running::new(text, running_from, line),
            joined: was_joined,
            behind: lines.get(i + 2),
            block_ends_well: ends_well.get(i + 1) == Some(&true),
            wrap: wrap.as_ref(),
            punctuated,
        };
        joined = goes_on(line, next, &place);
        if joined {
            let latin = line
                .last()
                .is_some_and(|c| c.is_ascii_alphanumeric() || ",.;:!?)".contains(c))
                && next.first().is_some_and(|c| c.is_ascii_alphanumeric())
                && !is_fragment(next);
            let glue = if latin { " " } else { "" };
            edits.push(Edit::new(line.end(), next.start, glue, EditKind::LineBreak));
        }
    }
    edits
}

/// What is known about the break between two lines.
struct Place<'a> {
    running: Running<'a>,
    /// Whether the line before was joined to the first of the two.
    joined: bool,
    /// The line directly behind the second.
    behind: Option<&'a Line<'a>>,
    /// Whether the block of the second line ends as a sentence does.
    block_ends_well: bool,
    /// How the text was wrapped.
    wrap: Option<&'a Wrap>,
    /// Whether paragraphs end as sentences do in this text.
    punctuated: bool,
}

/// The sentences so far: all lines that were joined. Only the last few hundred characters are looked at.
struct Running<'a> {
    /// The end of it.
    tail: &'a str,
    /// Whether it began with a number.
    numbered: bool,
}

impl<'a> Running<'a> {
    const FARTHEST: usize = 2048;

    fn new(text: &'a str, from: usize, line: &Line<'a>) -> Self {
        let whole = text.get(from..line.end()).unwrap_or_default();
        let mut cut = whole.len().saturating_sub(Self::FARTHEST);
        while !whole.is_char_boundary(cut) {
            cut += 1;
        }
        Self {
            tail: whole.get(cut..).unwrap_or_default(),
            numbered: numbered(whole),
        }
    }
}

/// For each line, whether the block of lines that holds it ends as a sentence does.
fn blocks_that_end_well(lines: &[Line<'_>]) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let mut ends_well = false;
    let mut in_block = false;
    for (slot, line) in out.iter_mut().zip(lines).rev() {
        if line.text.is_empty() {
            in_block = false;
            continue;
        }
        if !in_block {
            ends_well = finishes(line.text);
            in_block = true;
        }
        *slot = ends_well;
    }
    out
}

/// Whether `next` is a link on a line of its own: what stands behind begins as no line begins.
fn is_sandwiched(next: &Line<'_>, place: &Place<'_>) -> bool {
    let unmarked = !next.text.contains(|c| "，。；：！？".contains(c));
    let Some(first) = place.behind.and_then(Line::first) else {
        return false;
    };
    unmarked
        && ("，、；。".contains(first)
            || ("的是和与與及等".contains(first) && place.running.tail.contains('。')))
}

/// A piece of a word that was set lower or higher, such as the 2.5 of PM2.5.
fn is_fragment(line: &Line<'_>) -> bool {
    line.text.len() <= 6
        && line
            .text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn goes_on(line: &Line<'_>, next: &Line<'_>, place: &Place<'_>) -> bool {
    let (Some(last), Some(first)) = (line.last(), next.first()) else {
        return false;
    };
    let running = &place.running;
    let unfinished = !finishes(line.text);
    let sentences = running.tail.contains('。');
    if continues(first) {
        // `...` and the like may open a line of their own; a sentence that is over does not go on with a comma.
        let closing = "）》〉”’」』】〕)".contains(first);
        return unfinished || (closing && has_open(running.tail, first));
    }
    if opens(last) {
        return true;
    }
    let length = running.tail.chars().count();
    let is_text =
        sentences || running.tail.contains('；') || (length >= LEAST_RUNNING && running.tail.contains('，'));
    if unfinished && is_text && is_fragment(next) && place.behind.and_then(Line::first).is_some_and(is_han) {
        return true;
    }
    if place.joined && is_fragment(line) && is_han(first) {
        return true;
    }
    if let Some(wrap) = place.wrap.filter(|wrap| wrap.fills(line, next))
        && !wrap.starts_paragraph(next)
        && !begins_item(next.text)
        && (unfinished || wrap.passes_over(line))
    {
        return true;
    }
    if !unfinished || next.indented() || numbered(next.text) {
        return false;
    }
    if last == '、' || (last == '，' && length >= LEAST_BEFORE_COMMA) {
        return true;
    }
    // A link on a line of its own: the sentence around it is unfinished, and it is finished behind it.
    let after_link = place.joined && place.punctuated && sentences && finishes(next.text);
    (place.block_ends_well || is_sandwiched(next, place) || after_link)
        && is_text
        && (!running.numbered || sentences)
}

/// Whether `running` holds an opening partner of `closing` that nothing closes.
fn has_open(running: &str, closing: char) -> bool {
    let opening = match closing {
        '）' => '（',
        '》' => '《',
        '〉' => '〈',
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        '】' => '【',
        '〕' => '〔',
        _ => '(',
    };
    running.matches(opening).count() > running.matches(closing).count()
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn joined(text: &str) -> String {
        apply(text, &edits(text)).unwrap_or_default()
    }

    #[test]
    fn links_on_lines_of_their_own() {
        let text = "各位代表：\n\n去年，本县制定了《\n粮食储备办法\n》，并按照\n协商工作细则\n的规定办理了提案，\n群众满意。\n\n一、工作回顾\n\n今年继续推进。\n\n二、任务\n\n全部完成。";
        assert_eq!(
            joined(text),
            "各位代表：\n\n去年，本县制定了《粮食储备办法》，并按照协商工作细则的规定办理了提案，群众满意。\n\n一、工作回顾\n\n今年继续推进。\n\n二、任务\n\n全部完成。"
        );
    }

    #[test]
    fn pieces_of_a_word() {
        let text = "空气质量持续改善，全年没有出现重污染天气，PM\n2.5\n年均浓度下降。";
        assert_eq!(
            joined(text),
            "空气质量持续改善，全年没有出现重污染天气，PM2.5年均浓度下降。"
        );
        let table = "指标\nGDP\n5.3\n投资\n4.1";
        assert_eq!(joined(table), table);
    }

    #[test]
    fn headings_lists_and_verse_stay() {
        for text in [
            "关于全县经济社会发展情况，以及明年计划的报告\n张三\n一、总体情况\n今年经济平稳。",
            "坚持党建引领，推动高效履职\n为加强建设，出台措施。\n创新载体\n先后搭建平台。",
            "山高水长，\n云淡风轻。",
            "任务有三：\n1.抓学习\n2.抓落实\n（一）要点，重点\n第三条 附则",
            "来源：本报\n记者：王某\n编辑：李某",
            "一是抓紧，\n二、再抓紧",
        ] {
            assert_eq!(joined(text), text);
        }
    }

    #[test]
    fn text_of_a_fixed_width() {
        let words = "山水林田湖草沙一体化保护和系统治理稳步推进，城乡人居环境持续改善";
        let long: Vec<char> = words.repeat(5).chars().collect();
        let wrapped: Vec<String> = long.chunks(24).map(|c| c.iter().collect()).collect();
        let text = format!("标题\n{}。\n", wrapped.join("\n"));
        assert_eq!(joined(&text), format!("标题\n{}。\n", words.repeat(5)));
    }
}
