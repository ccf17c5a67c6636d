//! Labels with a numeral: which quoted strings have one, which unquoted strings are labels and not counts, and how the
//! pattern is written: `N` a Chinese numeral, `D` a digit, `X` and `Y` content, classifiers as they are (`N个X`, `N X N Y`).

use std::ops::Range;

use super::super::chars::Chars;
use super::super::quotations::quote::Quote;
use super::class::SloganClass;
use crate::list;
use crate::text::han::{is_han, is_label_numeral};

/// The value of a numeral from 一 to 九; 两 has other uses in each rule.
pub fn ones(c: char) -> Option<usize> {
    "一二三四五六七八九"
        .chars()
        .position(|numeral| numeral == c)
        .map(|place| place + 1)
}

/// The characters with those that count nothing replaced by a blank: words with a numeral in them, dates (112年), measures (万吨).
fn counting(content: &[char]) -> Vec<char> {
    let mut left = content.to_vec();
    for (i, c) in content.iter().enumerate() {
        if matches!(c, '年' | '届') {
            let from = content[..i].iter().rposition(|c| !c.is_ascii_digit());
            left[from.map_or(0, |p| p + 1)..i].fill(' ');
        }
        if matches!(c, '吨' | '米' | '瓦') && i > 0 && matches!(content[i - 1], '百' | '千' | '万') {
            left[i - 1] = ' ';
        }
    }
    let frozen = list!("slogans/frozen");
    for i in 0..content.len() {
        if let Some(word) = frozen.longest_at(content, i) {
            left[i..i + word.len()].fill(' ');
        }
    }
    left
}

/// Whether a quoted string is the name of a plan period, a memorial day or a congress, or has the number of a ship or probe (天问一号).
pub fn is_name(content: &str) -> bool {
    let bare: String = content.trim_matches(|c: char| c == '·' || c == '.').to_owned();
    let numbered = |tail: char| {
        bare.strip_suffix(tail)
            .map(|head| head.trim_end_matches(is_label_numeral))
            .filter(|head| head.len() + tail.len_utf8() < bare.len())
    };
    // 十五大, 二十大
    let congress = numbered('大').is_some_and(str::is_empty) && !bare.starts_with(['三', '四', '五']);
    let vessel = numbered('号').is_some_and(|head| head.chars().filter(|&c| is_han(c)).count() >= 2);
    if congress || vessel {
        return true;
    }
    let day = {
        let parts: Vec<&str> = bare.split(['·', '.']).collect();
        parts.len() == 2
            && parts
                .iter()
                .all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit() || is_label_numeral(c)))
    };
    list!("slogans/names").has(&bare) || day
}

/// Whether a quoted string is a number to call (120): no slogan, and no name to be listed.
pub fn is_hotline(content: &str) -> bool {
    list!("slogans/names").has(content) && content.chars().all(|c| c.is_ascii_digit())
}

/// The class that numerals give a quoted string, if they give one.
pub fn class(content: &[char]) -> Option<SloganClass> {
    let text: String = content.iter().collect();
    if content.first() == Some(&'第') && content.get(1).is_some_and(|&c| is_label_numeral(c))
        || (content.first() == Some(&'最') && text.contains("一公里"))
        || (content.first() == Some(&'最') && content.get(2).is_some_and(|&c| is_label_numeral(c)))
        || (text.contains("第一") && content.len() <= 6)
    {
        return Some(SloganClass::Ordinal);
    }
    let left = counting(content);
    let first = left.first().copied().unwrap_or(' ');
    let numerals = left.iter().filter(|&&c| is_label_numeral(c)).count();
    let classified = left
        .windows(2)
        .any(|w| is_label_numeral(w[0]) && list!("slogans/classifiers").has_char(w[1]));
    let digits = left.iter().filter(|c| c.is_ascii_digit()).count();
    // Letters beside digits are names of things: 5G, C919.
    let coded = left.iter().any(char::is_ascii_alphabetic) && !left.contains(&'+');
    let numeric = is_label_numeral(first)
        || first == '双'
        || numerals >= 2
        || classified
        || left.contains(&'双')
        || (digits > 0 && !coded);
    numeric.then_some(SloganClass::Numeric)
}

/// Whether a quoted string counts through members of one length: 一产稳、二产高、三产快.
pub fn in_turn(content: &[char]) -> bool {
    let members: Vec<&[char]> = content.split(|&c| matches!(c, '、' | ',')).collect();
    members.len() >= 3
        && members
            .iter()
            .zip("一二三四五六七八九".chars())
            .all(|(m, n)| m.len() == members[0].len() && m.len() >= 3 && m.first() == Some(&n))
}

/// Where a label ends that counts off the members of a series: 三项重点工作, up to the end of the clause or a head.
pub fn counted_series(text: &Chars, place: usize) -> Option<Range<usize>> {
    let content = place + 2;
    let boundary = |j: usize| !is_han(text.at(j)) || is_follower(text, j);
    let headed = |j: usize| {
        boundary(j)
            && text
                .longest_before(j, list!("slogans/heads"))
                .is_some_and(|n| j - n >= content)
    };
    let end = (content + 2..=content + 6)
        .find(|&j| !is_han(text.at(j)))
        .or_else(|| (content + 2..=content + 6).rev().find(|&j| headed(j)))?;
    let vague = ["方面", "问题", "部分", "地区", "产业", "行业", "领域"];
    (text.span(content..end).iter().all(|&c| is_han(c) && c != '的')
        && !vague.iter().any(|w| text.ends_with(end, w)))
    .then_some(place..end)
}

/// Labels that count off what quotations side by side begin with: “高风险”、“高垄断”、“高误导”等三高.
pub fn shared(text: &Chars, quotes: &[Quote]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut row = 1;
    for (i, quote) in quotes.iter().enumerate() {
        let close = quote.inner.end + 1;
        let head = text.at(quote.inner.start);
        let beside = i > 0 && {
            let gap = quote.inner.start.checked_sub(quotes[i - 1].inner.end + 1);
            gap.is_some_and(|n| (1..=2).contains(&n)) && text.at(quotes[i - 1].inner.start) == head
        };
        row = if beside { row + 1 } else { 1 };
        let place = close + usize::from(matches!(text.at(close), '等' | '这' | '的'));
        if row >= 2 && ones(text.at(place)) == Some(row) && text.at(place + 1) == head {
            found.push(place..place + 2);
        }
    }
    found
}

/// The pattern of a label; empty where there is no numeral.
pub fn pattern(content: &[char]) -> String {
    let left = counting(content);
    let mut parts: Vec<String> = Vec::new();
    let mut names = ['X', 'Y', 'Z'].into_iter().cycle();
    let mut numbered = false;
    let mut i = 0;
    while i < left.len() {
        let c = left[i];
        if is_label_numeral(c) {
            let mut part = "N".to_owned();
            while left.get(i + 1).is_some_and(|&c| is_label_numeral(c)) {
                i += 1;
            }
            if let Some(classifier) = left
                .get(i + 1)
                .filter(|&&c| list!("slogans/classifiers").has_char(c))
                && i + 2 < left.len()
            {
                part.push(*classifier);
                i += 1;
            }
            parts.push(part);
            numbered = true;
        } else if c.is_ascii_digit() {
            parts.push("D".to_owned());
            numbered = true;
        } else if c == '双' {
            parts.push("双".to_owned());
            numbered = true;
        } else if c == '第' && left.get(i + 1).is_some_and(|&c| is_label_numeral(c)) {
            parts.push("第".to_owned());
            numbered = true;
        } else if c == '+' {
            parts.push("+".to_owned());
        } else if matches!(c, '、' | ',') {
            parts.push("、".to_owned());
        } else if !parts
            .last()
            .is_some_and(|p| p.len() == 1 && matches!(p.as_str(), "X" | "Y" | "Z"))
        {
            parts.push(names.next().unwrap_or('X').to_string());
        }
        i += 1;
    }
    if !numbered {
        return String::new();
    }
    // Two counted contents stand apart, as in N X N Y.
    let spaced = parts.iter().filter(|p| p.starts_with('N')).count() > 1;
    parts.join(if spaced { " " } else { "" })
}

/// Unquoted labels: spans and classes. `titles` are spans of book titles, in which nothing is looked for.
pub fn unquoted(text: &Chars, titles: &[Range<usize>]) -> Vec<(Range<usize>, SloganClass)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let hit = if titles.iter().any(|t| t.contains(&i)) {
            None
        } else {
            label_at(text, i)
        };
        if let Some(end) = hit {
            let start = i - levels(text, i, end);
            found.push((start..end, SloganClass::Numeric));
            i = end;
        } else {
            i += 1;
        }
    }
    found
}

fn label_at(text: &Chars, i: usize) -> Option<usize> {
    let before = text.before(i);
    match text.at(i) {
        '双' => double(text, i),
        c if c.is_ascii_digit() => sum(text, i),
        c if is_label_numeral(c) => {
            if is_label_numeral(before)
                || before.is_ascii_digit()
                || matches!(
                    before,
                    '第' | '每'
                        | '近'
                        | '约'
                        | '超'
                        | '达'
                        | '星'
                        | '周'
                        | '初'
                        | '另'
                        | '其'
                        | '前'
                        | '后'
                        | '.'
                        | '增'
                        | '共'
                        | '为'
                )
            {
                return None;
            }
            let end = (i..text.len()).find(|&j| !is_label_numeral(text.at(j)))?;
            if end - i > 2 || matches!(text.at(end - 1), '百' | '千' | '万') {
                return None;
            }
            // 省市县三级联动
            let levels = text.at(end) == '级' && levels(text, i, end + 1) > 0;
            let acts = || text.any_at(end + 1, &["联动", "联创", "联建", "贯通", "同创", "共建"]);
            if levels && let Some(n) = acts() {
                return Some(end + 1 + n);
            }
            counted(text, i, end).or_else(|| paired(text, i, end))
        }
        _ => None,
    }
}

/// How many characters before a numeral name the levels of government that it counts: 省市县 in 省市县三级联动.
fn levels(text: &Chars, place: usize, end: usize) -> usize {
    let count = "二三四五六"
        .chars()
        .position(|n| n == text.at(place))
        .map(|n| n + 2);
    let named = |n: &usize| {
        end > place + 1
            && text.at(place + 1) == '级'
            && place >= *n
            && (place - n..place).all(|p| {
                matches!(
                    text.at(p),
                    '部' | '省' | '市' | '州' | '县' | '区' | '乡' | '镇' | '街' | '村'
                )
            })
    };
    count.filter(named).unwrap_or(0)
}

/// N大X and N个X.
fn counted(text: &Chars, start: usize, place: usize) -> Option<usize> {
    if text.span(start..place) == ['一'] {
        return None;
    }
    let content = place + 1;
    match text.at(place) {
        // 八大, 二十大: congresses, not eight or twenty spirits.
        '大' if text.any_at(content, &["精神", "报告", "代表"]).is_some()
            && (place - start > 1 || matches!(text.at(start), '七' | '八' | '九' | '十')) =>
        {
            None
        }
        '大' => {
            let limit = (content..text.len().min(content + 10))
                .find(|&j| {
                    !is_han(text.at(j))
                        || matches!(
                            text.at(j),
                            '的' | '和' | '与' | '及' | '是' | '为' | '等' | '以' | '在'
                        )
                })
                .unwrap_or_else(|| text.len().min(content + 10));
            // The first head that ends at a boundary, else the first head.
            let ends: Vec<usize> = (content + 2..=limit)
                .filter(|&j| {
                    text.longest_before(j, list!("slogans/heads"))
                        .is_some_and(|n| j - n >= content)
                })
                .collect();
            let telling = |j: usize| !["重点", "关键", "特色"].iter().any(|w| text.ends_with(j, w));
            let end = ends
                .iter()
                .find(|&&j| j == limit || is_follower(text, j))
                .or(ends.iter().find(|&&j| telling(j)))
                .or(ends.first())
                .copied()?;
            (end - content <= 8).then_some(end)
        }
        '个' | '项' | '支' | '种' | '张' | '条' | '道' => {
            if let Some(length) = text.longest_at(content, list!("slogans/contents")) {
                let end = content + length;
                // 三个坚持不懈: the content must be whole; counted nouns follow a 的.
                let open = is_han(text.at(end)) && !is_follower(text, end);
                return (!open).then_some(end);
            }
            let length = text.longest_at(content, list!("slogans/roles"))?;
            let end = content + length;
            let closed = !is_han(text.at(end)) || text.starts_with(end, "建设");
            let governed = text.longest_before(start, list!("slogans/governors")).is_some();
            (closed && (governed || names_them(text, start))).then_some(end)
        }
        _ => None,
    }
}

/// 守住发展和生态两条底线: as many words as are counted stand between the verb that governs them and the numeral.
fn names_them(text: &Chars, start: usize) -> bool {
    let count = match text.at(start) {
        '两' => 2,
        '三' => 3,
        '四' => 4,
        _ => return false,
    };
    let joint = |c: char| matches!(c, '和' | '与' | '、');
    let from = (start.saturating_sub(5 * count)..start)
        .rev()
        .take_while(|&p| is_han(text.at(p)) || text.at(p) == '、')
        .find(|&p| text.longest_before(p, list!("slogans/governors")).is_some());
    from.is_some_and(|from| {
        let words: Vec<&[char]> = text.span(from..start).split(|&c| joint(c)).collect();
        words.len() == count && words.iter().all(|w| (2..=4).contains(&w.len()))
    })
}

/// What may follow a label inside a clause.
pub fn is_follower(text: &Chars, place: usize) -> bool {
    text.longest_at(place, list!("slogans/followers")).is_some()
}

/// 双提升, 双融双促.
fn double(text: &Chars, start: usize) -> Option<usize> {
    if matches!(text.before(start), '一' | '无' | '成' | '结' | '两' | '三') || text.before(start) == '双'
    {
        return None;
    }
    // Four characters, both halves with 双.
    if text.at(start + 2) == '双' && is_han(text.at(start + 1)) && is_han(text.at(start + 3)) {
        let pair = [text.at(start + 1), text.at(start + 3)];
        return (pair != ['成', '对'] && pair != ['宿', '飞']).then_some(start + 4);
    }
    // 双轮同转, 双向奔赴 and the like: a figure of four characters before a boundary.
    if matches!(text.at(start + 1), '轮' | '链' | '翼' | '核' | '线' | '轨')
        && matches!(text.at(start + 2), '同' | '齐' | '并' | '驱' | '联' | '融' | '互')
        && !is_han(text.at(start + 4))
    {
        return Some(start + 4);
    }
    let length = text.longest_at(start + 1, list!("slogans/behind_double"))?;
    let end = start + 1 + length;
    let closed = !is_han(text.at(end)) || is_follower(text, end) || length == 2 && follows_two(text, start);
    // One character after 双 is a label by itself only in the list of set phrases.
    (length >= 2 && closed).then_some(end)
}

/// Whether two fields joined by 和 or 与 stand before a place in its clause: 疫情防控和经济发展双胜利.
fn follows_two(text: &Chars, start: usize) -> bool {
    let from = text.han_before(start, 16);
    (from + 2..start.saturating_sub(1))
        .any(|p| matches!(text.at(p), '和' | '与') && !text.is_inside_word(from..start, p))
}

/// 三会一课: two numerals, each with one character.
fn paired(text: &Chars, start: usize, first: usize) -> Option<usize> {
    let (x, second) = (text.at(first), first + 1);
    let next = (second..text.len()).find(|&j| !is_label_numeral(text.at(j)))?;
    let y = text.at(next);
    let whole = text.read(start..next + 1);
    let plain = list!("slogans/counted_characters");
    let fits = first - start == 1
        && next == second + 1
        && is_han(x)
        && is_han(y)
        && !plain.has_char(x)
        && !plain.has_char(y)
        && !matches!(text.at(start), '百' | '千' | '万' | '十')
        && !matches!(text.at(second), '百' | '千' | '万')
        && !list!("slogans/numeral_idioms").has(&whole);
    // 一X一Y is a distributive (一事一议) and stands before a boundary; others may be followed by a noun.
    (fits && (!is_han(text.at(next + 1)) || is_follower(text, next + 1))).then_some(next + 1)
}

/// 1+7, 1+3+N.
fn sum(text: &Chars, start: usize) -> Option<usize> {
    let before = text.before(start);
    if before.is_ascii_alphanumeric() || matches!(before, '.' | '+' | '-' | '〔') {
        return None;
    }
    let mut end = start;
    let mut terms = 0;
    loop {
        let from = end;
        while text.at(end).is_ascii_digit() || (terms > 0 && matches!(text.at(end), 'N' | 'X' | 'n')) {
            end += 1;
        }
        if end == from || end - from > 3 {
            return None;
        }
        terms += 1;
        if text.at(end) != '+' {
            break;
        }
        end += 1;
    }
    (terms > 1 && !matches!(text.at(end), '.' | '%' | '=')).then_some(end)
}
