//! Series of coordinated members that are built alike.
//!
//! Members stand between enumeration commas (or, as whole clauses, between commas). Inner members give the length; the first is
//! cut from the right end of what precedes, the last from the left end of what follows, since neither has a mark on its
//! outer side: 发挥`把方向、管大局、保落实`的作用. A series of equal length counts if the members share a character at one place that
//! carries meaning, or are verb and object of three characters, or begin with verbs of policy.

use std::ops::Range;

use super::super::chars::{Chars, is_han};
use super::super::quotes::Quote;
use super::Class;

/// A series; places in characters.
#[derive(Debug, Clone)]
pub struct Series {
    /// From the first member to the last.
    pub span: Range<usize>,
    /// `parallel`, or `numeric` where members count.
    pub class: Class,
    /// `进X×4`, or empty.
    pub pattern: String,
}

/// First characters that make a series when all members have them.
const FIRST: &str = "进送讲守做抓促强保稳建育聚优提增减降扩拓转创争谋干学看听比亮带护管惠助补防治破立解尽履知担明同共互全无不敢善能真更最零重忧懂爱访问晒察暖帮扶查敬悟用";
/// Last characters that make a series when all members of three or more characters have them.
const LAST: &str = "化性感点力观型学好实新度人先优强准牢稳紧深细严活快";
/// Complements that make a series of members of two characters.
const COMPLEMENTS: &str = "准好实牢强优稳紧深细严活快足透清全";
/// Single characters that begin verb and object of three characters.
const VERBS: &str = "把管保作做强带促增拓优稳抓建补聚惠防治育学悟办开重扩提降减创争引搭搞破立解兴护扶帮送讲进守转谋求干亮看比听敢善能畅通活融夯筑树立定明担尽履知压严实减去控调推精精快激挑扛当走出用留守改塑凝汇助富美净亲清绘赋固壮延接招培选育配督考评问查纠改化";
/// Verbs of two characters that begin a member of a programme.
const POLICY: &[&str] = &[
    "提高", "提升", "扛牢", "强化", "推进", "加强", "坚持", "深化", "践行", "广泛", "严格", "加快", "扩大", "稳定", "促进", "优化", "完善", "健全", "服务",
    "凝聚", "围绕", "坚定", "牢记", "担当", "增强", "激发", "建设", "打造", "培育", "保障", "改善", "做强", "做优", "做大", "抓好", "抓实", "落实", "夯实",
    "筑牢", "压实", "树牢", "聚焦", "紧扣", "突出", "把握", "发挥", "展现", "贡献", "争创", "争当", "勇于", "敢于", "善于", "发扬", "弘扬", "传承", "厚植",
    "汇聚", "拓展", "畅通", "守护", "守牢", "守住", "严守", "统筹", "推动", "引领", "厉行", "恪守", "锤炼", "锻造", "净化", "纯洁",
];
/// First characters on which two members of four characters may rest.
const PAIR: &str = "同共互双全无零真敢善能一";
/// Words behind which a member can begin.
const OPENERS: &[&str] = &[
    "以", "了", "把", "按", "用", "在", "为", "对", "从", "由", "将", "与", "和", "的", "实现", "确保", "做到", "推进", "推动", "强化", "提升", "增强", "建立",
    "坚持", "打造", "构建", "形成", "促进", "开展", "健全", "完善", "推行", "实施", "必须", "要", "加强", "深化", "包括", "是", "抓好", "落实", "发挥", "不断提升",
];

/// Stretches between breaks, cut at a separator.
fn runs(text: &Chars, quotes: &[Quote], separator: char) -> Vec<Vec<Range<usize>>> {
    let breaks = |c: char| matches!(c, '。' | '!' | '?' | ':' | '…' | '\n' | '(' | ')' | '《' | '》' | '—') || (separator == '、' && matches!(c, ',' | ';'));
    // Marks stay within a member only if nothing that separates stands between them.
    let mut walls = vec![false; text.len()];
    for quote in quotes {
        let inside = text.span(quote.inner.clone());
        if inside.iter().any(|&c| c == '、' || c == ',' || breaks(c)) || separator != '、' {
            for place in [quote.inner.start - 1, quote.inner.end] {
                if let Some(wall) = walls.get_mut(place) {
                    *wall = true;
                }
            }
        }
    }
    let (mut all, mut run, mut from) = (Vec::new(), Vec::new(), 0);
    for i in 0..=text.len() {
        let c = text.at(i);
        let wall = walls.get(i).copied().unwrap_or(true) || breaks(c);
        if wall || c == separator {
            run.push(from..i);
            from = i + 1;
        }
        if wall {
            if run.len() > 1 {
                all.push(std::mem::take(&mut run));
            }
            run.clear();
        }
    }
    all
}

/// All series of a text, in order.
pub fn find(text: &Chars, quotes: &[Quote], titles: &[Range<usize>]) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    for run in runs(text, quotes, '、') {
        in_run(text, &run, &mut found);
    }
    for run in runs(text, quotes, ',') {
        clauses(text, &run, &mut found);
    }
    found.retain(|s| !titles.iter().any(|t| t.contains(&s.span.start)));
    found.sort_by_key(|s| (s.span.start, s.span.end));
    found.dedup_by(|b, a| a.span == b.span);
    found
}

fn in_run(text: &Chars, run: &[Range<usize>], found: &mut Vec<Series>) {
    let last = run.len() - 1;
    let mut i = 0;
    while i < last {
        let hit = equal(text, run, i)
            .or_else(|| shared_first(text, run, i))
            .or_else(|| shared_last(text, run, i))
            .or_else(|| pair(text, run, i));
        match hit {
            Some((members, next)) => {
                found.push(series(text, &members));
                i = next;
            }
            None => i += 1,
        }
    }
}

fn series(text: &Chars, members: &[Range<usize>]) -> Series {
    let span = members.first().map_or(0, |m| m.start)..members.last().map_or(0, |m| m.end);
    let counted = members
        .iter()
        .filter(|m| {
            text.span((*m).clone()).windows(2).any(|w| {
                matches!(w[0], '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
                    && matches!(w[1], '个' | '支' | '项' | '大' | '件' | '条' | '次' | '套' | '篇' | '批' | '名')
            })
        })
        .count();
    let same = |place: fn(&[char]) -> Option<&char>| {
        let chars: Vec<Option<&char>> = members.iter().map(|m| place(text.span(m.clone()))).collect();
        chars
            .first()
            .copied()
            .flatten()
            .filter(|_| chars.windows(2).all(|w| w[0] == w[1]))
            .copied()
    };
    let pattern = if let Some(c) = same(<[char]>::first) {
        format!("{c}X×{}", members.len())
    } else if let Some(c) = same(<[char]>::last) {
        format!("X{c}×{}", members.len())
    } else {
        String::new()
    };
    Series {
        span,
        class: if counted > 1 { Class::Numeric } else { Class::Parallel },
        pattern,
    }
}

type Hit = (Vec<Range<usize>>, usize);

/// At least three members of one length from segment `i` on.
fn equal(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let last = run.len() - 1;
    if i + 2 > last {
        return None;
    }
    let length = run[i + 1].len();
    if !(2..=14).contains(&length) || run[i].len() < length {
        return None;
    }
    let mut members = vec![run[i].end - length..run[i].end];
    let mut j = i + 1;
    while j <= last {
        if j < last && run[j].len() == length {
            members.push(run[j].clone());
        } else if run[j].len() >= length {
            // The last of the run, or the place where a longer, different segment takes the series up: 推进“三化”.
            members.push(run[j].start..run[j].start + length);
            break;
        } else {
            break;
        }
        j += 1;
    }
    // Segments inside a run have both marks: a member there must fill its segment.
    while members.len() > 2 {
        let at = i + members.len() - 1;
        if at < last && run[at].len() != length {
            members.pop();
        } else {
            break;
        }
    }
    let trimmed_left = i > 0 && run[i].len() != length;
    if trimmed_left || members.len() < 3 {
        return None;
    }
    loop {
        if alike(text, &members, length) {
            let next = i + members.len();
            return Some((members, next));
        }
        // What the last segment begins with may belong to something else.
        if members.len() > 3 && i + members.len() - 1 == last {
            members.pop();
        } else {
            return None;
        }
    }
}

/// Places at which all members have the same Han character.
fn aligned(text: &Chars, members: &[Range<usize>], length: usize) -> Vec<usize> {
    (0..length)
        .filter(|&p| {
            let c = text.at(members[0].start + p);
            is_han(c) && !matches!(c, '的' | '了' | '是') && members.iter().all(|m| text.at(m.start + p) == c)
        })
        .collect()
}

fn alike(text: &Chars, members: &[Range<usize>], length: usize) -> bool {
    let distinct = members
        .windows(2)
        .all(|w| text.span(w[0].clone()) != text.span(w[1].clone()));
    let plain = members
        .iter()
        .all(|m| text.span(m.clone()).iter().all(|&c| is_han(c) || matches!(c, '“' | '”' | '‘' | '’' | '「' | '」')));
    let functional = members.iter().any(|m| {
        matches!(text.at(m.start), '的' | '和' | '与' | '及' | '等' | '了' | '、') || text.before(m.end) == '的'
    });
    if !distinct || !plain || functional {
        return false;
    }
    let first = |list: &str| list.contains(text.at(members[0].start));
    let tail = |list: &str| list.contains(text.before(members[0].end));
    let shared = aligned(text, members, length);
    let (head, end) = (shared.contains(&0), shared.contains(&(length - 1)));
    let end_of_series = members.last().map_or(0, |m| m.end);
    let open_list = text.at(end_of_series) == '等';
    match length {
        2 => (end && tail(COMPLEMENTS)) || (head && "共同互无不".contains(text.at(members[0].start))),
        3 => {
            let verbs = members.iter().all(|m| VERBS.contains(text.at(m.start)));
            (head && first(FIRST)) || (end && tail(LAST) && !open_list) || (verbs && !open_list)
        }
        _ => {
            let place = |p: usize| {
                let word = text.read(members[0].start..members[0].start + p);
                ["中国", "全国", "国家", "全省", "全市", "中央", "农村", "城市", "学生", "工业", "农业"].contains(&word.as_str())
            };
            let heads = head && ((first(FIRST) && !open_list) || (shared.contains(&1) && !place(2) && !open_list) || first("进送"));
            let tails = end && tail(LAST) && !open_list;
            let inner = shared.iter().any(|&p| p > 0 && p + 1 < length)
                && !(end && shared.contains(&(length - 2)))
                && !open_list;
            let starts = members
                .iter()
                .filter(|m| text.longest_at(m.start, POLICY).is_some())
                .count();
            let programme = !open_list
                && (starts == members.len() || (length >= 5 && starts >= 3 && starts * 3 >= members.len() * 2));
            heads || tails || inner || programme || figures(text, members)
        }
    }
}

/// Four characters a member, each a subject and its verb: 党委领导、政府负责、社会协同、公众参与.
fn figures(text: &Chars, members: &[Range<usize>]) -> bool {
    const ACTORS: &[&str] = &[
        "党委", "政府", "社会", "公众", "部门", "群众", "企业", "市场", "政协", "人大", "支部", "党员", "委员", "基层", "科技", "法治", "乡镇", "党建", "党组",
    ];
    members.len() >= 3
        && members.iter().all(|m| {
            m.len() == 4
                && text.longest_at(m.start, ACTORS).is_some()
                && text.longest_at(m.start + 2, ACTORS).is_none()
        })
}

/// At least three members of any length with the same first verb: 守法律、守纪律、守道德底线.
fn shared_first(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let last = run.len() - 1;
    let c = text.at(run.get(i + 1)?.start);
    if !FIRST.contains(c) || matches!(c, '不' | '同' | '全' | '人' | '建' | '学' | '管' | '明') {
        return None;
    }
    let start = (run[i].start..run[i].end).rev().find(|&p| text.at(p) == c)?;
    if i > 0 && start != run[i].start || !(2..=7).contains(&(run[i].end - start)) {
        return None;
    }
    let mut members = vec![start..run[i].end];
    for (j, segment) in run.iter().enumerate().skip(i + 1) {
        if text.at(segment.start) != c || segment.len() < 2 {
            break;
        }
        if j < last {
            if segment.len() > 7 {
                break;
            }
            members.push(segment.clone());
        } else {
            let end = (segment.start + 2..=segment.end.min(segment.start + 8)).find(|&e| {
                e == segment.end || matches!(text.at(e), '的' | '等' | '上' | '“' | '和') || text.starts_with(e, "活动")
            });
            match end {
                Some(end) => members.push(segment.start..end),
                None => break,
            }
        }
    }
    let plain = members.iter().all(|m| text.span(m.clone()).iter().all(|&c| is_han(c)));
    let next = i + members.len();
    (members.len() >= 3 && plain).then_some((members, next))
}

/// At least three members of any length that end alike: 领导带头学、支部集中学、党员自觉学.
fn shared_last(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    const TAILS: &str = "学讲化干抓";
    let last = run.len() - 1;
    let c = text.before(run[i].end);
    if !TAILS.contains(c) || run[i].len() < 3 {
        return None;
    }
    let start = if i == 0 { opening(text, run[i].clone()) } else { run[i].start };
    let mut members = vec![start..run[i].end];
    for (j, segment) in run.iter().enumerate().skip(i + 1) {
        if j < last {
            if text.before(segment.end) != c || !(3..=16).contains(&segment.len()) {
                break;
            }
            members.push(segment.clone());
        } else {
            let end = (segment.start + 3..=segment.end.min(segment.start + 16)).find(|&e| {
                text.before(e) == c
                    && (e == segment.end || matches!(text.at(e), '的' | '等' | '”') || text.starts_with(e, "水平") || text.starts_with(e, "建设"))
            });
            match end {
                Some(end) => members.push(segment.start..end),
                None => break,
            }
        }
    }
    let next = i + members.len();
    (members.len() >= 3 && members[0].len() <= 16).then_some((members, next))
}

/// Where the first member of a list begins inside its segment: behind the last word that opens one.
pub fn opening(text: &Chars, segment: Range<usize>) -> usize {
    (segment.start..segment.end.saturating_sub(2))
        .rev()
        .find(|&p| p > segment.start && text.longest_before(p, OPENERS).is_some_and(|n| p - n >= segment.start))
        .unwrap_or(segment.start)
}

/// Two members: four characters each on one adverb, or …到哪里、…到哪里.
fn pair(text: &Chars, run: &[Range<usize>], i: usize) -> Option<Hit> {
    let (a, b) = (run.get(i)?, run.get(i + 1)?);
    if text.ends_with(a.end, "到哪里") && (b.start..=b.end).any(|p| text.ends_with(p, "到哪里")) {
        let end = (b.start + 3..=b.end).find(|&p| text.ends_with(p, "到哪里"))?;
        return Some((vec![opening(text, a.clone())..a.end, b.start..end], i + 2));
    }
    if a.len() < 4 || b.len() < 4 {
        return None;
    }
    let (left, right) = (a.end - 4..a.end, b.start..b.start + 4);
    // A third member of the same length makes a list, which is judged by its own rules.
    let last = i + 2 == run.len();
    let whole = b.len() == 4 || (last && matches!(text.at(right.end), '的' | '等' | '上'));
    let c = text.at(left.start);
    let han = |r: &Range<usize>| text.span(r.clone()).iter().all(|&c| is_han(c));
    let counted = c == '一' && text.at(left.start + 1) != text.at(right.start + 1);
    let fits = whole
        && c == text.at(right.start)
        && PAIR.contains(c)
        && !counted
        && han(&left)
        && han(&right)
        && text.span(left.clone()) != text.span(right.clone());
    fits.then(|| (vec![left, right], i + 2))
}

/// Whole clauses between commas, three or more of one length, with a shared character at one place.
fn clauses(text: &Chars, run: &[Range<usize>], found: &mut Vec<Series>) {
    let mut i = 0;
    while i + 2 < run.len() {
        let length = run[i].len();
        let count = run[i..].iter().take_while(|s| s.len() == length).count();
        if count >= 3 && (3..=12).contains(&length) {
            let members = &run[i..i + count];
            let han = members.iter().all(|m| text.span(m.clone()).iter().all(|&c| is_han(c)));
            let shared = aligned(text, members, length);
            let places = shared.len();
            if han && places > 0 && places * 2 <= length + 1 {
                found.push(series(text, members));
            }
            i += count;
        } else {
            i += 1;
        }
    }
}
