//! Named bodies: a core, what stands behind it as a part, and the places before it.

use std::ops::Range;

use super::super::chars::Chars;
use super::cores::core_at;
use crate::list;
use crate::text::han::{is_han, is_ordinal_numeral};
use crate::text::segment::default_jieba;

/// A named body; places in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Place, core and parts.
    pub span: Range<usize>,
    /// The place in its name, if one is there.
    pub place: Option<Range<usize>>,
    /// `national`, `province`, `city`, `county`, `township`, `village`, if the name says so.
    pub level: Option<&'static str>,
    /// `party`, `government`, `congress`, `cppcc`, `court`, `mass`.
    pub kind: &'static str,
}

/// The bodies of a text, in order.
pub(super) fn find(text: &Chars) -> Vec<Body> {
    let mut found: Vec<Body> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let floor = found.last().map_or(0, |b| b.span.end);
        if let Some(body) = committee(text, i, floor) {
            i = body.span.end;
            found.push(body);
            continue;
        }
        let Some(core) = core_at(text, i) else {
            i += 1;
            continue;
        };
        let mut end = with_parts(text, i + core.length, core.kind);
        // 市政府教育局
        if end == i + core.length
            && text.ends_with(end, "政府")
            && let Some(office) = core_at(text, end).filter(|c| c.is_office())
        {
            end = with_parts(text, end + office.length, "");
        }
        let before = Before::read(text, i, floor);
        // 苏联政府: a state that is none of the places here.
        let abroad = before.start == i
            && before.level.is_none()
            && matches!(core.kind, "government" | "congress" | "court")
            && (text.starts_with(i, "政府") && is_foreign(text, i, floor)
                || text.longest_before(i, list!("entities/foreign_states")).is_some());
        if abroad {
            i = end;
            continue;
        }
        if !core.bound || before.start < i || before.level.is_some() {
            // 人大及其常委会: the organ of the body that was named.
            let owner = found
                .last()
                .filter(|b| text.before(i) == '其' && i - b.span.end <= 2 && before.start == i);
            found.push(Body {
                span: before.start..end,
                place: before.place,
                level: before.level,
                kind: owner.map_or(core.kind, |b| b.kind),
            });
            i = end;
        } else {
            i += 1;
        }
    }
    found
}

/// Where the parts behind a core end: 政协 + 机关党组, 人民代表大会 + 法制委员会.
fn with_parts(text: &Chars, core: usize, kind: &str) -> usize {
    let joints = list!("entities/no_committee_characters");
    let mut end = core;
    while let Some(length) = text.longest_at(end, list!("entities/parts")) {
        let next = end + length;
        // 党组 + 织, 机关 + 干部: only the first is another word.
        if text.starts_with(next, "织") {
            break;
        }
        end = next;
    }
    if end == core && matches!(kind, "congress" | "cppcc") {
        let committee = (end + 2..end + 10).find(|&at| {
            text.starts_with(at, "委员会")
                && text
                    .span(end..at)
                    .iter()
                    .all(|&c| is_han(c) && !joints.has_char(c))
        });
        if let Some(at) = committee {
            return at + 3;
        }
    }
    end
}

/// 中国共产党眉山市委员会, 政协第十二届濮阳市委员会: the place stands inside the name.
fn committee(text: &Chars, at: usize, floor: usize) -> Option<Body> {
    const HEADS: &[(&str, &str)] = &[
        ("中国共产党", "party"),
        ("中共", "party"),
        ("中国人民政治协商会议", "cppcc"),
        ("人民政协", "cppcc"),
        ("政协", "cppcc"),
    ];
    let &(head, kind) = HEADS.iter().find(|(head, _)| text.starts_with(at, head))?;
    let inside = at + head.chars().count();
    let from = inside + term_at(text, inside);
    let end = (from + 1..from + 16)
        .take_while(|&i| is_han(text.at(i)))
        .find(|&i| text.starts_with(i, "委员会"))?;
    let to = end
        - (1..8)
            .find(|&n| end >= from + n && term_at(text, end - n) == n)
            .unwrap_or(0);
    let (place, level) = if text.starts_with(from, "全国") && to == from + 2 {
        (from..to, "national")
    } else {
        let before = Before::read(text, to, from.max(floor));
        // The place must fill what stands between head and committee.
        (before.start == from && before.start < to).then_some((from..to, before.level?))?
    };
    Some(Body {
        span: at..with_parts(text, end + 3, ""),
        place: Some(place),
        level: Some(level),
        kind,
    })
}

/// How many characters 第十五届 has at a place.
fn term_at(text: &Chars, at: usize) -> usize {
    if text.at(at) != '第' {
        return 0;
    }
    (1..6)
        .take_while(|&n| n == 1 || numeral(text.at(at + n - 1)))
        .find(|&n| n > 1 && text.at(at + n) == '届')
        .map_or(0, |n| n + 1)
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit() || is_ordinal_numeral(c)
}

/// What stands before a core and belongs to the name.
struct Before {
    start: usize,
    place: Option<Range<usize>>,
    level: Option<&'static str>,
}

impl Before {
    fn read(text: &Chars, core: usize, floor: usize) -> Self {
        let none = Self {
            start: core,
            place: None,
            level: None,
        };
        if ["党中央", "国务院", "中央", "中共中央", "最高"]
            .iter()
            .any(|w| text.starts_with(core, w))
        {
            return Self {
                level: Some("national"),
                ..none
            };
        }
        let found = core_at(text, core);
        // 郑州市第十五届人民代表大会
        let term = (3..8)
            .find(|&n| core >= floor + n && term_at(text, core - n) == n)
            .unwrap_or(0);
        let edge = core - term;
        if let Some(word) = list!("entities/national")
            .iter()
            .find(|w| text.ends_with(edge, w))
        {
            let start = edge - word.chars().count();
            let fits = match word {
                "国家" => found.is_some_and(|c| c.bound || c.is_office()),
                "中华人民共和国" => found.is_some_and(|c| matches!(c.kind, "government" | "court")),
                _ => true,
            };
            let national = start >= floor && fits;
            if national {
                // 第七届全国人民代表大会
                let term = (3..8).find(|&n| start >= floor + n && term_at(text, start - n) == n);
                return Self {
                    start: start - term.unwrap_or(0),
                    place: Some(start..edge),
                    level: Some("national"),
                };
            }
        }
        let inside = text
            .longest_at(core, list!("entities/levels_inside"))
            .map(|_| if text.starts_with(core, "街道") { 2 } else { 1 });
        let young = text.starts_with(core, "团") && inside.is_none();
        let mut end = if term > 0 || young {
            edge
        } else {
            core + inside.unwrap_or(0)
        };
        let mut before = Self { start: core, ..none };
        // From the innermost place outwards: 郑州市金水区.
        while let Some(suffix) = list!("entities/place_suffixes")
            .all_before(text.span(0..end), end)
            .find(|suffix| end >= floor + suffix.len())
        {
            let level = suffix.field(1);
            let stem = end - suffix.len();
            let name = stem_before(text, stem, floor, suffix.word);
            if name == 0 {
                before.bare(text, stem, end, floor, level);
                break;
            }
            before.level = before.level.or(Some(level));
            let from = stem - name;
            before.place = Some(from..before.place.as_ref().map_or(end, |p| p.end));
            before.start = from.min(before.start);
            end = from;
        }
        let nameable = found.is_some_and(|c| c.length == 2 || text.starts_with(core, "人大常委会"));
        if before.place.is_none() && before.level.is_none() && inside.is_none() && nameable {
            before.start = edge - bare_name(text, edge, floor);
            before.place = (before.start < edge).then_some(before.start..edge);
            if before.start == edge {
                before.start = core;
            }
        }
        if text.ends_with(before.start, "中共") && before.start >= floor + 2 {
            before.start -= 2;
        }
        before
    }

    /// A level without a name: 县, 市县, 乡镇. 全市政协 are those of the whole city: 全市 is no part of the name.
    fn bare(&mut self, text: &Chars, stem: usize, end: usize, floor: usize, level: &'static str) {
        if self.place.is_some() {
            return;
        }
        let mut start = stem;
        while start > floor && end - stem == 1 && "省市县区州旗乡镇".contains(text.before(start)) {
            start -= 1;
        }
        if text.before(start) == '全' && start > floor {
            start += 1;
        }
        // 城市, 社区, 地区, 展区 and the like are words of their own.
        let word = start == stem && stem > floor && is_han(text.before(stem)) && {
            let suffix = text.read(stem..end);
            let whole = format!("{}{suffix}", text.before(stem));
            !"各我本两该每".contains(text.before(stem)) && default_jieba().has_word(&whole) && stem + 1 == end
        };
        if start >= end || (word && splits(text, stem)) {
            return;
        }
        self.level = Some(level);
        self.start = start.min(self.start);
    }
}

/// Whether the segmenter's dictionary reads the character before a place together with the one at it: 展|区 in 展区政府, but 开展|区政府.
fn splits(text: &Chars, at: usize) -> bool {
    let from = (at.saturating_sub(6)..at)
        .find(|&i| text.span(i..at).iter().all(|&c| is_han(c)))
        .unwrap_or(at);
    let window = text.read(from..(at + 3).min(text.len()));
    let mut place = from;
    for word in default_jieba().cut(&window, false) {
        let end = place + word.word.chars().count();
        if place < at && at < end {
            return true;
        }
        place = end;
    }
    false
}

/// A place of the segmenter's dictionary that ends here without a suffix, in characters.
fn listed_place(text: &Chars, end: usize, floor: usize) -> usize {
    let jieba = default_jieba();
    (2..=4)
        .rev()
        .find(|&n| {
            end >= floor + n && {
                let name = text.read(end - n..end);
                let tags = jieba.tag(&name, false);
                jieba.has_word(&name) && tags.len() == 1 && tags[0].tag == "ns"
            }
        })
        .unwrap_or(0)
}

fn is_foreign(text: &Chars, end: usize, floor: usize) -> bool {
    let n = listed_place(text, end, floor);
    n > 0 && !text.ends_with(end, "中国") && !text.ends_with(end, "地方")
}

/// 眉山政协, 河北人大: of provinces, and of other places with bodies that only this state has.
fn bare_name(text: &Chars, end: usize, floor: usize) -> usize {
    if let Some(n) = text
        .longest_before(end, list!("entities/provinces"))
        .filter(|n| end >= floor + n)
    {
        return n;
    }
    let n = listed_place(text, end, floor);
    let ours =
        text.starts_with(end, "政协") || text.starts_with(end, "人大") || text.starts_with(end, "工商联");
    if ours && n <= 3 && !text.ends_with(end, "中国") {
        n
    } else {
        0
    }
}

/// How many characters before the suffix belong to the name of the place.
///
/// A name that the segmenter's dictionary has as one is taken, the longest first. Any other needs evidence: two or three
/// characters (with 自治 up to ten) that are no word and hold no wall, behind a clause's start, a wall or the end of another place.
fn stem_before(text: &Chars, stem: usize, floor: usize, suffix: &str) -> usize {
    if let Some(banner) = (suffix == "旗")
        .then(|| text.longest_before(stem + 1, list!("entities/banners")))
        .flatten()
        .filter(|n| stem + 1 >= floor + n)
    {
        return banner - 1;
    }
    if let Some(n) = autonomous_stem(text, stem, floor, suffix) {
        return n;
    }
    let most = if suffix.starts_with("自治") { 10 } else { 4 };
    let limit = (1..=most)
        .take_while(|&n| stem >= floor + n && is_han(text.at(stem - n)))
        .last()
        .unwrap_or(0);
    let jieba = default_jieba();
    let place = |name: &str| {
        let tags = jieba.tag(name, false);
        tags.len() == 1 && tags[0].tag == "ns"
    };
    // The dictionary calls some places (金水区) nouns; so are 开发区 and the like.
    let noun = |name: &str| {
        let tags = jieba.tag(name, false);
        jieba.has_word(name) && tags.len() == 1 && tags[0].tag == "n"
    };
    let known = |n: usize| {
        let name = text.read(stem - n..stem);
        // 城市政府 is no name; nor is 列|入市, 中共|广东省, 和|县区.
        let whole = format!("{name}{suffix}");
        let none = matches!(
            whole.as_str(),
            "城市" | "城镇" | "城区" | "集镇" | "乡村" | "地区"
        ) || name.starts_with("中共")
            || name.starts_with(['各', '全', '本', '该', '我', '每', '入'])
            || (name.ends_with('县') && suffix == "区" && (name == "和县" || !place(&name)))
            || (is_han(text.before(stem - n))
                && !"省市县区州旗".contains(text.before(stem - n))
                && splits(text, stem - n));
        !none
            && (place(&whole)
                || (n > 1
                    && (place(&name) || (noun(&whole) && !list!("entities/generic_places").has(&name)))))
    };
    if let Some(n) = (1..=limit).rev().find(|&n| known(n)) {
        return n;
    }
    let walls = list!("entities/no_place_characters");
    let evidence = |n: usize| {
        let start = stem - n;
        let chars = text.span(start..stem);
        if chars.iter().any(|&c| walls.has_char(c)) {
            return false;
        }
        let name = text.read(start..stem);
        let left = text.before(start);
        let begins =
            start == 0 || !is_han(left) || start == floor || walls.has_char(left) || ends_word(text, start);
        // 开展区, 基层区: made of words. A name is not, or it would be read as one of them.
        begins
            && jieba
                .cut(&name, false)
                .iter()
                .all(|w| w.word.chars().count() == 1 || n > 4)
            && !jieba.has_word(&name)
            && !splits(text, start)
    };
    let least = 2;
    (least..=limit.min(if most > 4 { most } else { 3 }))
        .find(|&n| evidence(n))
        .unwrap_or(0)
}

/// The name before 自治县 and the like: ethnic groups, and a place of the dictionary or of two characters before them: 双江拉祜族佤族布朗族傣族.
fn autonomous_stem(text: &Chars, stem: usize, floor: usize, suffix: &str) -> Option<usize> {
    if !suffix.starts_with("自治") || suffix == "自治区" {
        return None;
    }
    let mut from = stem;
    while let Some(n) = text
        .longest_before(from, list!("entities/ethnic_groups"))
        .filter(|n| from >= floor + n)
    {
        from -= n;
    }
    if from == stem {
        return None;
    }
    let run = from - text.han_before(from, 6).max(floor);
    let listed = listed_place(text, from, floor);
    let walled = |n: usize| {
        let walls = list!("entities/no_place_characters");
        text.span(from - n..from).iter().any(|&c| walls.has_char(c))
    };
    let name = match run {
        0 => 0,
        _ if listed > 0 => listed,
        2..=4 if !walled(run) => run,
        _ if run >= 2 && !walled(2) && !text.ends_with(from, "自治区") => 2,
        _ => 0,
    };
    Some(stem - from + name)
}

/// Whether a word of two or more characters ends at a place.
fn ends_word(text: &Chars, place: usize) -> bool {
    let jieba = default_jieba();
    (2..=4).any(|n| place >= n && jieba.has_word(&text.read(place - n..place)))
}
