//! Named bodies: a core, what stands behind it as a part, and the places before it.

use std::ops::Range;

use super::super::chars::Chars;
use super::cores::{Core, core_at};
use super::institutions;
use super::places::{bare_name, is_foreign, land_before, splits, stem_before};
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
    let mut last_abroad: Option<usize> = None;
    let mut i = 0;
    while i < text.len() {
        let floor = found.last().map_or(0, |b| b.span.end);
        if let Some(body) = committee(text, i, floor) {
            i = body.span.end;
            found.push(body);
            continue;
        }
        let Some(core) = core_at(text, i) else {
            let other = text.ends_with(i, "联邦")
                || text.longest_before(i, list!("entities/foreign_states")).is_some();
            if other && text.starts_with(i, "政府") {
                last_abroad = Some(i + 2);
            }
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
        if core.is_office() && end == i + core.length {
            end = with_branches(text, end);
        } else if text.ends_with(end, "检察院") {
            end = text
                .any_at(end, &["分院", "第一分院", "第二分院", "第三分院", "第四分院"])
                .map_or(end, |n| end + n);
        }
        let mut before = Before::read(text, i, floor);
        // 云岫高新技术产业开发区管委会: the name of a zone goes back as those of institutions do.
        if text.starts_with(i, "管委会") && text.before(i) == '区' {
            let zone = institutions::before(text, end, floor).filter(|zone| zone.start < before.start);
            if let Some(zone) = zone {
                before.start = zone.start;
                before.place = Some(zone.start..i);
            }
        }
        // 《立法会条例》; 医管局员工阵线 and 云岫水务集团党委 are no organs.
        let law = text.before(before.start) == '《' && text.starts_with(end, "条例");
        if law || of_staff(text, end) || before.start == i && of_a_company(text, i) {
            i = end;
            continue;
        }
        // 苏联政府: a state that is none of the places here.
        let abroad = before.start == i
            && before.level.is_none()
            && matches!(core.kind, "government" | "congress" | "court")
            && (text.starts_with(i, "政府") && is_foreign(text, i, floor)
                || text.longest_before(i, list!("entities/foreign_states")).is_some());
        // 联邦政府 …, 政府再次停摆: what goes on to be called 政府 is the one that was named.
        let bare = text.starts_with(i, "政府") && before.start == i;
        let again = bare
            && last_abroad.is_some_and(|at: usize| i - at <= ANAPHORA && !text.span(at..i).contains(&'\n'));
        if abroad || again {
            last_abroad = Some(end);
            i = end;
            continue;
        }
        last_abroad = None;
        // 全市法院, 各级法院: each of them.
        let each = core.kind == "court" && text.longest_before(i, list!("entities/each")).is_some();
        if !core.bound || before.start < i || before.level.is_some() || each {
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

/// Within how many characters 政府 alone is that of the other state that was named.
const ANAPHORA: usize = 120;

/// Whether a union or an association of the staff stands behind a body: 医管局|员工阵线.
fn of_staff(text: &Chars, end: usize) -> bool {
    text.any_at(
        end,
        &["员工", "职工", "雇员", "人员", "教职员", "公务员", "员佐级"],
    )
    .is_some_and(|n| {
        (end + 1..=end + n + 3).any(|at| {
            text.any_at(at, &["阵线", "工会", "协会", "联会", "总会", "联盟", "联合会"])
                .is_some()
        })
    })
}

/// Whether a committee or a union is that of a company, a school or a paper: 云岫水务集团|党委, 大众报业集团(大众日报社)|党委.
fn of_a_company(text: &Chars, core: usize) -> bool {
    let inner = text
        .any_at(
            core,
            &[
                "党委",
                "党组",
                "党总支",
                "党支部",
                "党校",
                "纪委",
                "团委",
                "工会",
                "妇联",
                "机关党委",
            ],
        )
        .is_some();
    let end = core - usize::from(text.before(core) == ')');
    inner && text.longest_before(end, list!("entities/companies")).is_some()
}

/// Where the branches behind an office end: 公安局 + 水寨派出所, 水利署 + 第九河川分署, 公安局 + 纪委.
fn with_branches(text: &Chars, office: usize) -> usize {
    let walls = list!("entities/no_committee_characters");
    let mut end = office;
    for _ in 0..3 {
        let Some((name, length)) = (0..=6)
            .take_while(|&n| n == 0 || is_han(text.at(end + n - 1)) && !walls.has_char(text.at(end + n - 1)))
            .find_map(|n| Some((n, text.longest_at(end + n, list!("entities/branches"))?)))
        else {
            break;
        };
        let next = end + name + length;
        // 支队长, 派出所所长: the post is no part; 局|赴各|支队 is none.
        let led = text.at(next) == '长';
        let said = default_jieba()
            .tag(&text.read(end..end + name), false)
            .iter()
            .any(|word| {
                let first = word.tag.as_bytes().first();
                matches!(first, Some(b'p' | b'd' | b'u' | b'r' | b'c' | b't'))
                    || first == Some(&b'v')
                        && (word.word.chars().count() == 1 || list!("entities/after_names").has(word.word))
            });
        if led || said {
            break;
        }
        end = next;
    }
    end
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
    if end == core && matches!(kind, "congress" | "cppcc") && !text.ends_with(core, "委员会") {
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
    // By their first character: this is asked at each place of a text.
    let heads: &[(&str, &str)] = match text.at(at) {
        '中' => &[
            ("中国共产党", "party"),
            ("中共", "party"),
            ("中国人民政治协商会议", "cppcc"),
        ],
        '人' => &[("人民政协", "cppcc")],
        '政' => &[("政协", "cppcc")],
        _ => return None,
    };
    let &(head, kind) = heads.iter().find(|(head, _)| text.starts_with(at, head))?;
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

/// How many characters 第十五届 or 十五届 has at a place.
fn term_at(text: &Chars, at: usize) -> usize {
    let order = usize::from(text.at(at) == '第');
    let from = at + order;
    let count = (from..from + 4).take_while(|&i| numeral(text.at(i))).count();
    // 新一届 is none.
    let one = order == 0 && count == 1 && text.at(from) == '一';
    if count == 0 || one || text.at(from + count) != '届' {
        return 0;
    }
    order + count + 1
}

/// How many characters the term before a place has: 第十五届, 十五届.
fn term_before(text: &Chars, end: usize, floor: usize) -> usize {
    (2..8)
        .rev()
        .find(|&n| end >= floor + n && term_at(text, end - n) == n)
        .unwrap_or(0)
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
            // 十九届中央委员会
            let term = if text.starts_with(core, "中央委员会") {
                term_before(text, core, floor)
            } else {
                land_before(text, core, floor)
            };
            return Self {
                start: core - term,
                level: Some("national"),
                ..none
            };
        }
        let found = core_at(text, core);
        // 郑州市第十五届人民代表大会
        let term = term_before(text, core, floor);
        let edge = core - term;
        if let Some(word) = list!("entities/national")
            .iter()
            .find(|w| text.ends_with(edge, w))
        {
            let mut start = edge - word.chars().count();
            // 中国全国政协
            if word == "全国" && text.ends_with(start, "中国") && start >= floor + 2 {
                start -= 2;
            }
            let fits = match word {
                // 全国法院 are all of them.
                "全国" => found.is_none_or(|c| !c.bound),
                "国家" => found.is_some_and(|c| c.bound || c.is_office()),
                "中华人民共和国" => found.is_some_and(|c| matches!(c.kind, "government" | "court")),
                _ => true,
            };
            let national = start >= floor && fits;
            if national {
                // 第七届全国人民代表大会
                return Self {
                    start: start - term_before(text, start, floor),
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
        before.unlisted(text, core, floor, found);
        let nameable = found.is_some_and(|c| {
            c.length == 2 || c.is_local() || text.any_at(core, &["人大常委会", "民政事务处"]).is_some()
        });
        if before.place.is_none() && before.level.is_none() && inside.is_none() && nameable {
            before.start = edge - bare_name(text, edge, floor);
            before.place = (before.start < edge).then_some(before.start..edge);
            if before.start == edge {
                before.start = core;
            }
        }
        if before.start == core && found.is_some_and(Core::is_of_the_state) {
            let land = land_before(text, core, floor);
            before.start -= land;
            if land > 0 {
                before.level = Some("national");
            }
        }
        // 由中共|阳新县人民政府 is none.
        let party = found.is_none_or(|c| c.kind == "party");
        if party && text.ends_with(before.start, "中共") && before.start >= floor + 2 {
            before.start -= 2;
        }
        before
    }

    /// Names without the suffix of a place: that of a station or a district's team, that of a committee of its own.
    fn unlisted(&mut self, text: &Chars, core: usize, floor: usize, found: Option<&Core>) {
        if self.start == core && found.is_some_and(Core::is_station) {
            let name = stem_before(text, core, floor, "");
            if name > 1 {
                self.place = Some(core - name..core);
                self.start = core - name;
            }
        }
        // UGL专责委员会
        if self.start == core && text.starts_with(core, "专责委员会") {
            let name = institutions::before(text, core + 5, floor);
            self.start = name.map_or(core, |name| name.start);
        }
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
        // 县(市)区政协: those of several levels.
        if text.before(start) == ')' && "省市县区州旗乡镇".contains(text.before(start - 1)) {
            return;
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
