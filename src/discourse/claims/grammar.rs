//! What a quantity counts and which verb governs it.

use std::ops::Range;

use super::UnitClass;
use super::figure::Figure;
use super::scene::{Scene, is_clause_end, is_pause, is_quote};
use crate::list;

/// A word of the sentence.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: String,
    pub(super) tag: String,
}

fn is_nominal(token: &Token) -> bool {
    let tag = token.tag.as_str();
    (tag.starts_with('n')
        || tag.starts_with('a')
        || matches!(
            tag,
            "vn" | "b" | "j" | "l" | "i" | "eng" | "s" | "f" | "h" | "k" | "z" | "x" | "g"
        ))
        && !list!("claims/helpers").has(&token.word)
        && !list!("claims/light_words").has(&token.word)
        && token.word.chars().any(char::is_alphanumeric)
}

/// A verb, or one of those that the dictionary tags as adjectives: 稳定在, 控制在.
fn is_held(token: &Token) -> bool {
    token.tag.starts_with('v') || matches!(token.word.as_str(), "稳定" | "保持" | "控制" | "维持" | "集中")
}

fn is_verb(token: &Token) -> bool {
    let long = token.word.chars().count() >= 2;
    !list!("claims/helpers").has(&token.word)
        && (list!("claims/verbs").has(&token.word) || (long && token.tag == "v"))
}

/// A verb of the list, as the segmenter tags it.
fn is_known_verb(token: &Token) -> bool {
    list!("claims/verbs").has(&token.word)
        && !list!("claims/helpers").has(&token.word)
        && token.tag.starts_with('v')
}

/// A verb that makes others act, or that stands as a noun: it governs the verb behind it and not the quantity.
fn makes_act(token: &Token) -> bool {
    list!("claims/causing_verbs").has(&token.word) || list!("claims/verbs_as_nouns").has(&token.word)
}

/// What grammar says of a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Governed {
    /// What is counted.
    pub(super) object: Option<String>,
    /// What governs the quantity.
    pub(super) verb: Option<String>,
}

/// Objects and verbs of the figures of a sentence, one each.
pub(super) fn govern(
    scene: &Scene<'_>,
    sentence: &Range<usize>,
    tokens: &[Token],
    figures: &[Figure],
) -> Vec<Governed> {
    let mut all: Vec<Governed> = Vec::with_capacity(figures.len());
    for (i, figure) in figures.iter().enumerate() {
        let following = figures.get(i + 1).map(|f| f.start);
        let previous = i.checked_sub(1).and_then(|p| figures.get(p)).zip(all.last());
        let clause = scene.clause_start(figure.start, sentence.start);
        let quote = scene.quote(figure.start).map_or(0, |q| q.start);
        let left = previous.map_or(clause, |(p, _)| p.end.max(clause)).max(quote);
        let right = scene
            .clause_end(figure.end, sentence.end)
            .min(following.unwrap_or(sentence.end));
        let within = |from: usize, to: usize| {
            tokens
                .iter()
                .skip(tokens.partition_point(|t| t.start < from))
                .take_while(move |t| t.end <= to)
        };
        let before: Vec<&Token> = within(left, figure.start).collect();
        let behind = past_bracket(scene, figure.end);
        let after: Vec<&Token> = within(behind, right).collect();
        let (object, verb) = read(scene, figure, &before, &after);
        // A list goes on with the verb and, where it changes only the figure, with the object of its beginning.
        let joined = previous.and_then(|(p, governed)| {
            let gap = scene.text(p.end, figure.start);
            (gap.chars().count() <= 24 && !gap.contains([';', '；', '。'])).then_some(governed)
        });
        let verb = verb.or_else(|| joined.and_then(|p| p.verb.clone()));
        // 从28件提高到70件: the second figure is of the same thing.
        let to = |text: &str| text.contains(['到', '至']);
        let moved = verb.as_deref().is_some_and(to)
            || previous.is_some_and(|(p, _)| to(&scene.text(p.end.max(left), figure.start)));
        let object = object.or_else(|| {
            joined
                .filter(|_| {
                    matches!(
                        figure.class,
                        UnitClass::Share | UnitClass::Money | UnitClass::Physical
                    ) || figure.rank
                        || moved
                })
                .and_then(|p| p.object.clone())
        });
        all.push(Governed { object, verb });
    }
    // 十大类46项工程: the first figure counts the same thing as the one right behind it.
    for i in (1..figures.len()).rev() {
        let (front, rest) = all.split_at_mut(i);
        if let (Some(first), Some(second)) = (front.last_mut(), rest.first())
            && figures[i - 1].end == figures[i].start
            && first.object.is_none()
        {
            first.object.clone_from(&second.object);
            first.verb = first.verb.take().or_else(|| second.verb.clone());
        }
    }
    all
}

/// The place behind a short bracket that stands at `at`: 100条（个）.
fn past_bracket(scene: &Scene<'_>, at: usize) -> usize {
    if !matches!(scene.at(at), Some('(' | '（')) {
        return at;
    }
    (at + 1..at + 5)
        .find(|&i| matches!(scene.at(i), Some(')' | '）')))
        .map_or(at, |i| i + 1)
}

/// 出口总额居全国第一: the scope of a rank is not what is ranked.
fn is_scope(token: &Token) -> bool {
    token.word.starts_with('全')
        || matches!(
            token.word.as_str(),
            "在" | "世界" | "国内" | "西部" | "中部" | "东部" | "省区" | "各"
        )
}

/// A verb of growing or shrinking of two or more characters; not the name of a rate: 增产, not 增速.
fn is_change(word: &str) -> bool {
    (list!("claims/rising").has(word) || list!("claims/falling").has(word))
        && word.chars().count() > 1
        && !word.ends_with('幅')
        && word != "增速"
}

/// The verb of growing or shrinking right in front of a figure and of the hedges before it: 涨逾, 少增, 下跌近.
fn change_in_front(scene: &Scene<'_>, figure: &Figure) -> Option<Range<usize>> {
    if figure.rank
        || !matches!(
            figure.class,
            UnitClass::Share | UnitClass::Money | UnitClass::Physical
        )
    {
        return None;
    }
    let mut end = figure.start;
    while let Some(word) = list!("claims/before_change").longest_before(scene.chars, end)
        && word.word != "为"
    {
        end -= word.len();
    }
    let verb = [list!("claims/rising"), list!("claims/falling")]
        .iter()
        .filter_map(|list| list.longest_before(scene.chars, end))
        .max_by_key(|verb| verb.len())?;
    let plain = !verb.word.ends_with(['幅', '多', '少', '高', '低']);
    let moves = plain || is_change(verb.word);
    (moves && !verb.word.starts_with("增速")).then(|| end - verb.len()..end)
}

fn read(
    scene: &Scene<'_>,
    figure: &Figure,
    before: &[&Token],
    after: &[&Token],
) -> (Option<String>, Option<String>) {
    let scope = |t: &&Token| figure.rank && is_scope(t);
    let kept = before.iter().rposition(|t| !scope(t)).map_or(0, |at| at + 1);
    let before = &before[..kept];
    // A link verb right before the number: the thing measured stands before the verb.
    if let Some(at) = before
        .iter()
        .rposition(|t| !list!("claims/light_words").has(&t.word) || matches!(t.word.as_str(), "达"))
        && (list!("claims/links").has(&before[at].word)
            || figure.class == UnitClass::Share && is_change(&before[at].word))
        && (!matches!(before[at].word.as_str(), "在" | "于") || at > 0 && is_held(before[at - 1]))
        && (figure.class == UnitClass::Share || figure.rank || noun_behind(figure, after).is_none())
        && (at > 0
            || matches!(
                figure.class,
                UnitClass::Share | UnitClass::Money | UnitClass::Physical
            )
            || figure.rank)
    {
        let mut verb = before[at].word.clone();
        let mut from = at;
        if matches!(verb.as_str(), "到" | "至" | "为" | "在" | "于") && at > 0 && is_held(before[at - 1])
        {
            verb = format!("{}{verb}", before[at - 1].word);
            from = at - 1;
        }
        return (subject(scene, &before[..from]), Some(verb));
    }
    // 股价涨逾7%, 贷款多增200亿元: a verb of change that the segmenter does not know ends right in front of the figure.
    if let Some(verb) = change_in_front(scene, figure)
        && (figure.class == UnitClass::Share || noun_behind(figure, after).is_none())
    {
        let front = before.partition_point(|t| t.end <= verb.start);
        if let Some(thing) = subject(scene, &before[..front]) {
            return (Some(thing), Some(scene.text(verb.start, verb.end)));
        }
    }
    // 将120万元用于…: the figure itself is the object of the verb behind it.
    if before
        .last()
        .is_some_and(|t| matches!(t.word.as_str(), "将" | "把"))
        && let Some(verb) = after
            .first()
            .filter(|t| t.tag.starts_with('v') || t.word == "用于")
    {
        return (None, Some(verb.word.clone()));
    }
    if let Some(object) = quoted_behind(scene, figure, after).or_else(|| noun_behind(figure, after)) {
        let verb = before
            .iter()
            .rev()
            .find(|t| is_verb(t))
            .map(|t| t.word.clone())
            .or_else(|| {
                // 将12个乡镇划分为片区: the verb says nothing of their number.
                let marked = before
                    .last()
                    .is_some_and(|t| matches!(t.word.as_str(), "将" | "把"));
                after
                    .iter()
                    .find(|t| !marked && is_verb(t) && !object.contains(&t.word))
                    .map(|t| t.word.clone())
            });
        return (Some(object), verb);
    }
    // Verb + noun + number.
    let all = before.iter().any(|t| t.word == "等");
    let usable = |i: &usize| {
        before[i + 1..]
            .iter()
            .any(|t| is_nominal(t) || t.tag.starts_with('v'))
    };
    let mut candidates = (0..before.len()).filter(usable);
    let verb = if all {
        candidates
            .clone()
            .find(|&i| is_known_verb(before[i]))
            .or_else(|| candidates.find(|&i| is_verb(before[i])))
    } else {
        // The nearest verb that is not itself the head of what is counted (专题交流26次).
        let known: Vec<usize> = candidates.clone().filter(|&i| is_known_verb(before[i])).collect();
        // 、村级寄递物流服务点3万个: a list goes on, and a verb that is not known for governing is part of the noun.
        let listed = before.first().is_some_and(|t| t.word == "、");
        // 帮助群众办实事: the verb behind one that makes others act.
        let governs = |i: &usize| !makes_act(before[*i]);
        let first = known.iter().copied().find(governs).or(known.first().copied());
        first
            .map(|i| last_of_chain(before, i))
            .or_else(|| candidates.find(|&i| (!listed || i == 1) && is_verb(before[i])))
    };
    if let Some(at) = verb {
        (span(scene, &before[at + 1..]), Some(before[at].word.clone()))
    } else {
        // 义诊300余人次: the verb itself is what was done.
        if let Some(last) = before.last()
            && before.iter().filter(|t| is_nominal(t)).count() == 0
            && last.tag.starts_with('v')
        {
            return (None, Some(last.word.clone()));
        }
        let from = before
            .iter()
            .rposition(|t| t.word.chars().all(is_pause))
            .map_or(0, |i| i + 1);
        // 考核连续10次获评国家A级: the verb may stand right behind.
        let said = after
            .first()
            .filter(|t| t.tag.starts_with('v') && list!("claims/verbs").has(&t.word));
        (span(scene, &before[from..]), said.map(|t| t.word.clone()))
    }
}

/// 新建改造农村公路: of verbs in a row the last, if it is one that takes what follows and does not describe it.
fn last_of_chain(before: &[&Token], mut at: usize) -> usize {
    while let (Some(next), Some(noun)) = (before.get(at + 1), before.get(at + 2))
        && list!("claims/chained_verbs").has(&next.word)
        && is_nominal(noun)
        && !list!("claims/light_verbs").has(&before[at].word)
        && !list!("claims/generic_heads").has(&noun.word)
    {
        at += 1;
    }
    at
}

/// A quotation right behind a number, with the noun that it names: 3场“夜话”活动.
fn quoted_behind(scene: &Scene<'_>, figure: &Figure, after: &[&Token]) -> Option<String> {
    scene
        .at(figure.end)
        .filter(|c| matches!(c, '“' | '‘' | '「' | '『'))?;
    let inside = scene
        .quote(figure.end + 1)
        .filter(|q| q.start == figure.end + 1)?;
    let close = inside.end;
    let head: Vec<&Token> = after.iter().copied().filter(|t| t.start > close).collect();
    let taken = head
        .iter()
        .take_while(|t| is_nominal(t) || list!("claims/verbs_as_nouns").has(&t.word))
        .take(3)
        .count();
    let end = head[..taken].last().map_or(close + 1, |t| t.end);
    let text = scene.text(figure.end, end);
    (text.chars().count() <= 40).then_some(text)
}

/// Words that say that something is meant and not what.
fn is_empty_noun(text: &str) -> bool {
    matches!(
        text,
        "相关" | "有关" | "各类" | "各种" | "相应" | "其他" | "其它" | "该" | "上述"
    )
}

/// The noun phrase right behind a number.
fn noun_behind(figure: &Figure, after: &[&Token]) -> Option<String> {
    let first = after.first()?;
    if first.word.chars().all(|c| is_clause_end(c) || c == '、') {
        return None;
    }
    // 10次获评, 9年全国第一: what is said of a number, or the scope of a rank.
    let predicate = first.tag.starts_with('v')
        && list!("claims/verbs").has(&first.word)
        && !list!("claims/verbs_as_nouns").has(&first.word);
    if predicate || matches!(figure.class, UnitClass::Duration) && first.word.starts_with('全') {
        return None;
    }
    // 十五日前, 三个月后: a place in time, nothing counted.
    if matches!(first.tag.as_str(), "f" | "s")
        || matches!(
            first.word.as_str(),
            "时" | "前" | "后" | "内" | "外" | "中" | "上" | "下"
        )
    {
        return None;
    }
    let mut taken: Vec<&Token> = Vec::new();
    for token in after {
        let word = token.word.as_str();
        if word == "的" {
            // 五个有特色的品牌: the head stands behind 的.
            if taken.len() <= 4 {
                taken.clear();
            } else {
                break;
            }
            continue;
        }
        let complete = taken.iter().any(|t| {
            is_nominal(t) && t.word != "重点"
                || t.tag.starts_with('v') && list!("claims/verbs_as_nouns").has(&t.word)
        });
        // A verb behind a noun is the predicate (4篇信息得到…, 4个单位荣获…) unless it is one that makes nouns (履职测评考核).
        let predicate = token.tag == "v" || list!("claims/verbs").has(word);
        if complete && ((predicate && !list!("claims/verbs_as_nouns").has(word)) || word.ends_with('化')) {
            break;
        }
        // 五千个已建成的村.
        if taken.is_empty() && matches!(word, "已" | "新") {
            continue;
        }
        if is_nominal(token)
            || (token.tag.starts_with('v') && (taken.is_empty() || !list!("claims/helpers").has(word)))
        {
            taken.push(*token);
        } else if is_quote(word.chars().next().unwrap_or('x')) && taken.is_empty() {
        } else {
            break;
        }
        if taken.len() >= 6 {
            break;
        }
    }
    // 一项视察: a verb alone is a noun behind a classifier.
    if let [only] = taken[..]
        && list!("claims/verbs_as_nouns").has(&only.word)
    {
        return Some(only.word.clone());
    }
    if !taken.iter().any(|t| is_nominal(t)) {
        return None;
    }
    let text: String = taken.iter().map(|t| t.word.as_str()).collect();
    (!text.is_empty() && !is_empty_noun(&text) && text.chars().count() <= 24).then_some(text)
}

/// The noun phrase that ends a stretch: what the link verb speaks of.
fn subject(scene: &Scene<'_>, tokens: &[&Token]) -> Option<String> {
    let mut last = tokens.len();
    while last > 0 && !is_nominal(tokens[last - 1]) && tokens[last - 1].tag != "v" {
        last -= 1;
    }
    // 地区生产总值比上年增长: what stands behind 比 and 较 is the base.
    if let Some(at) = tokens[..last]
        .iter()
        .position(|t| matches!(t.word.as_str(), "比" | "较"))
    {
        last = at;
    }
    let mut first = last;
    while first > 0 {
        let token = tokens[first - 1];
        let word = token.word.as_str();
        let kept = is_nominal(token)
            || token.tag.starts_with('v') && !list!("claims/links").has(word)
            || matches!(word, "的" | "和" | "及" | "与" | "率" | "、");
        if !kept || token.tag == "t" {
            break;
        }
        first -= 1;
    }
    span(scene, &tokens[first..last])
}

/// The text that tokens cover, without particles at its ends.
fn span(scene: &Scene<'_>, tokens: &[&Token]) -> Option<String> {
    let edge = |t: &Token| {
        matches!(
            t.tag.as_str(),
            "d" | "p" | "c" | "u" | "ul" | "uj" | "t" | "r" | "x" | "m" | "w" | "ud" | "uz" | "ug" | "y"
        ) && !t.word.chars().any(|c| c.is_ascii_alphanumeric())
            && t.word != "等"
            || list!("claims/light_words").has(&t.word)
            || matches!(
                t.word.as_str(),
                "有" | "是" | "为" | "年" | "月" | "日" | "从" | "由" | "到" | "至"
            )
            || t.word.chars().all(|c| c.is_ascii_digit())
            || t.word.chars().all(|c| is_pause(c) || is_quote(c))
    };
    let first = tokens.iter().position(|t| !edge(t))?;
    let last = tokens.iter().rposition(|t| !edge(t))?;
    let (mut start, end) = (tokens.get(first)?.start, tokens.get(last)?.end);
    // 开展“我为…”活动, “一喷多促”: a quotation of which something was taken off is taken whole, and with its marks where more follows.
    let from = tokens.first().map_or(start, |t| t.start);
    let around = scene.quote(start).filter(|q| from <= q.start && q.start <= start);
    if let Some(quote) = around {
        let goes_on = end > quote.end;
        start = if goes_on { quote.start - 1 } else { quote.start };
    }
    let text = scene.text(start, end);
    let whole = scene.at(start).is_some_and(is_quote);
    let text = text.trim_matches(|c: char| !whole && is_quote(c) || is_pause(c) || c.is_whitespace());
    (!text.is_empty() && !is_empty_noun(text) && text.chars().count() <= 40).then(|| text.to_owned())
}
