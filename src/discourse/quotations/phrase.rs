//! The words of the noun phrase that says something, read one by one.

use std::ops::Range;

use super::super::chars::Chars;
use crate::list;
use crate::text::han::is_han;

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』')
}

pub(super) fn opens(c: char, close: char) -> bool {
    matches!(
        (c, close),
        ('“', '”') | ('‘', '’') | ('「', '」') | ('『', '』') | ('《', '》') | ('〈', '〉') | ('(', ')')
    )
}

pub(super) fn is_speaker_end(text: &Chars, floor: usize, end: usize) -> bool {
    [list!("quotations/speaker_ends"), list!("entities/posts")]
        .iter()
        .any(|list| text.longest_before(end, list).is_some_and(|n| end >= floor + n))
}

pub(super) fn is_pronoun(c: char) -> bool {
    matches!(c, '他' | '她' | '它' | '我' | '你' | '您' | '俺' | '咱')
}

/// Whether a word says where somebody goes; it can be a character of a name as well.
fn is_motion(word: &str) -> bool {
    matches!(word, "到" | "赴" | "去" | "抵" | "返")
}

/// A word with its tag and place.
pub(super) struct Word<'s> {
    pub(super) text: &'s str,
    pub(super) tag: &'s str,
    pub(super) span: Range<usize>,
}

impl Word<'_> {
    pub(super) fn is_single(&self) -> bool {
        self.span.len() == 1
    }

    /// Whether it begins or is the manner, the place, the occasion of saying.
    fn is_aside(&self) -> bool {
        list!("quotations/asides").has(self.text)
            || list!("quotations/adverbials").has(self.text)
            || !self.is_single() && matches!(self.tag, "d" | "v") && !list!("entities/posts").has(self.text)
            || self.text.ends_with('着')
    }

    fn is_localizer(&self) -> bool {
        matches!(
            self.text,
            "时" | "中"
                | "上"
                | "后"
                | "前"
                | "下"
                | "里"
                | "期间"
                | "之际"
                | "以来"
                | "之后"
                | "之前"
                | "会上"
                | "会后"
        )
    }
}

/// The words from the beginning of a clause to a verb.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Chars,
    pub(super) words: &'a [Word<'a>],
    pub(super) stop: usize,
    /// Whether they go on to the predicate of the clause, so that a verb of one character ends the words for the speaker.
    pub(super) predicate: bool,
}

impl Reader<'_> {
    /// The place of the words for the speaker, and whether they are so for sure.
    pub(super) fn read(&self, start: usize) -> Option<(Range<usize>, bool)> {
        let text = self.text;
        let (mut from, mut i) = (start, 0);
        while let Some(word) = self.words.get(i) {
            let place = word.span.start;
            if place < from {
                i += 1;
                continue;
            }
            if place == from {
                if let Some(end) = self.lone_name(i) {
                    return Some((from..end, true));
                }
                if let Some(behind) = self.lead(i) {
                    from = behind;
                    continue;
                }
                if is_pronoun(text.at(place)) && word.tag == "r" && self.word(i + 1) != "的" {
                    let more = usize::from(matches!(self.word(i + 1), "本人" | "自己"));
                    return Some((from..self.words.get(i + more)?.span.end, true));
                }
            }
            if let Some(end) = self.quoted(i) {
                i += self
                    .words
                    .iter()
                    .skip(i)
                    .take_while(|w| w.span.end <= end)
                    .count()
                    .max(1);
                continue;
            }
            if (place == from || is_speaker_end(text, from, place) || self.is_joint(i.wrapping_sub(1)))
                && let Some(end) = self.whole_name(i).or_else(|| self.name(i))
            {
                let title = text
                    .longest_at(end, list!("quotations/speaker_ends"))
                    .or_else(|| text.longest_at(end, list!("entities/posts")))
                    .filter(|n| end + n <= self.stop);
                let goes_on = title.is_some()
                    || matches!(text.at(end), '和' | '与' | '及' | '、' | '等' | '的' | '·' | '(');
                let next = self.words.iter().position(|w| w.span.start >= end);
                let free = next.is_none_or(|n| {
                    self.words[n].is_aside() || self.words[n].tag == "v" || self.words[n].span.start > end
                });
                if goes_on && end < self.stop {
                    i = next?;
                    continue;
                }
                if free || place > from {
                    return Some((from..end, true));
                }
            }
            // 代表28名议员提案的李强说.
            let stands_for = word.text == "代表" && self.words.get(i + 1).is_some_and(|w| w.tag == "m");
            let verb = (self.is_aside(i) || word.tag == "v") && !self.is_title(i);
            if place == from && (verb || stands_for) {
                // 与会专家 begins with a verb; 在会上王小川说; 刚搬进新居的村民王小川说.
                if word.tag == "v" && (self.is_short_head(i) || self.ends_in_name(i)) {
                    return Some((from..self.stop, true));
                }
                from = self.behind_aside(i)?;
                continue;
            }
            if place > from {
                if word.is_localizer() && word.span.end < self.stop && !self.is_aside(i + 1) {
                    from = word.span.end;
                } else if self.ends_in_name(i) {
                    return Some((from..self.stop, true));
                } else if self.is_aside(i) && !self.is_title(i)
                    || self.predicate && word.is_single() && matches!(word.tag, "v" | "p" | "zg")
                    || matches!(self.word(i + 1), "着" | "地" | "了" | "过") && word.tag != "n"
                {
                    match self.attribute(i) {
                        Some(behind) => from = behind,
                        None => return Some((from..place, false)),
                    }
                }
            }
            i += 1;
        }
        (from < self.stop).then_some((from..self.stop, false))
    }

    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.text)
    }

    /// The end of a name that only its place shows: 王 before an adverb (王竟然…, 陈又说), and three characters that are the whole of the words
    /// for a speaker, whatever they are elsewhere (王在明说).
    fn lone_name(&self, i: usize) -> Option<usize> {
        let (text, start) = (self.text, self.words.get(i)?.span.start);
        if !list!("quotations/lone_surnames").has_char(text.at(start)) {
            return None;
        }
        let next = self.words.get(i + 1);
        let alone = self.words.get(i).is_some_and(Word::is_single)
            && next
                .is_none_or(|w| w.tag == "d" && !w.is_single() || list!("quotations/adverbials").has(w.text));
        if alone {
            return Some(start + 1);
        }
        self.whole_name(i)
    }

    /// Three characters that end the words for a speaker and are a name whatever they are elsewhere: 李在明.
    fn whole_name(&self, i: usize) -> Option<usize> {
        let (text, start) = (self.text, self.words.get(i)?.span.start);
        if !list!("quotations/lone_surnames").has_char(text.at(start)) {
            return None;
        }
        let between = |c: char| matches!(c, '对' | '向' | '跟' | '给' | '和' | '与' | '的' | '某' | '、');
        let whole = start + 3 == self.stop
            && text.span(start..self.stop).iter().all(|&c| is_han(c))
            && !between(text.at(start + 1))
            && !is_pronoun(text.before(self.stop))
            && self
                .words
                .iter()
                .skip(i)
                .any(|w| w.is_single() && w.span.start > start && w.is_aside());
        whole.then_some(self.stop)
    }

    /// Whether what begins with a verb of two characters ends in a post and a name, so that the verb is part of the name of a body: 扶贫办主任王小川.
    fn ends_in_name(&self, i: usize) -> bool {
        let text = self.text;
        let Some(word) = self.words.get(i) else {
            return false;
        };
        if word.is_single()
            || word.tag != "v" && word.tag != "vn"
            || list!("quotations/asides").has(word.text)
        {
            return false;
        }
        for j in i + 1..self.words.len() {
            let word = &self.words[j];
            if matches!(word.tag, "p" | "uj" | "ul" | "uz") || word.is_localizer() || self.is_joint(j) {
                return false;
            }
            if is_speaker_end(text, self.words[i].span.end, word.span.start)
                && self.name(j) == Some(self.stop)
            {
                return true;
            }
        }
        false
    }

    fn is_joint(&self, i: usize) -> bool {
        matches!(self.word(i), "和" | "与" | "及" | "、")
    }

    /// What stands before the speaker ends here: 据, 随后, 12月1日.
    fn lead(&self, i: usize) -> Option<usize> {
        let word = self.words.get(i)?;
        let place = word.span.start;
        // 曾某某 is a name; 有村民说 names a villager.
        let next_named = self
            .words
            .get(i + 1)
            .is_some_and(|w| w.tag.starts_with("nr") && w.span.len() == 2);
        if word.is_single() && (self.text.at(place + 1) == '某' || word.text == "曾" && next_named) {
            return None;
        }
        let attributed = self.words.iter().skip(i).any(|w| w.text == "的");
        if word.text == "有" && !attributed && is_speaker_end(self.text, place + 1, self.stop) {
            return Some(place + 1);
        }
        let bounds = |end: usize| self.words.iter().skip(i).any(|w| w.span.end == end);
        let listed = self
            .text
            .longest_at(place, list!("quotations/leads"))
            .map(|n| place + n)
            .filter(|&end| bounds(end) || end > self.stop);
        if let Some(end) = listed {
            let unit = matches!(
                word.text,
                "日" | "月" | "年" | "时" | "分" | "号" | "点" | "初" | "底" | "末"
            );
            let digit = self.text.before(place).is_ascii_digit();
            return (!unit || digit || self.text.before(place) == '月').then_some(end);
        }
        let dated = matches!(
            self.text.at(word.span.end),
            '年' | '月' | '日' | '时' | '点' | '分' | '号'
        );
        let number = word.text.chars().all(|c| c.is_ascii_digit());
        (word.tag == "t" && !word.is_single() || number && dated || word.text == "、")
            .then_some(word.span.end)
    }

    /// The end of a title or quotation that begins here.
    fn quoted(&self, i: usize) -> Option<usize> {
        let place = self.words.get(i)?.span.start;
        let open = self.text.at(place);
        matches!(open, '《' | '“' | '「' | '(' | '‘' | '〈')
            .then(|| (place + 1..self.stop).find(|&j| opens(open, self.text.at(j))))
            .flatten()
            .map(|close| close + 1)
    }

    /// Whether a word begins the manner of saying. 调研组, 组织部部长: a verb before the end of a name of a body or a post does not.
    fn is_aside(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|word| {
            let next = self.words.get(i + 1);
            let joined = !word.is_single()
                && next.is_some_and(|n| {
                    n.is_single() && list!("quotations/speaker_ends").has(n.text)
                        || list!("entities/posts").has(n.text)
                            && !matches!(n.text, "记者" | "村民" | "居民" | "代表")
                });
            word.is_aside() && !joined
        })
    }

    /// Whether a post or a word for a person stands at a word, whatever else it could be: 镇长, 警察.
    fn is_title(&self, i: usize) -> bool {
        let place = self.words.get(i).map_or(self.stop, |w| w.span.start);
        [list!("entities/posts"), list!("quotations/speaker_ends")]
            .iter()
            .filter_map(|list| self.text.longest_at(place, list))
            .any(|n| {
                n >= 2
                    && place + n <= self.stop
                    && matches!(
                        self.text.at(place + n - 1),
                        '长' | '员' | '察' | '警' | '师' | '官'
                    )
            })
    }

    /// Whether a verb at the beginning and the word or two behind it are the whole of the words for a speaker: 与会专家, 负责同志.
    fn is_short_head(&self, i: usize) -> bool {
        let rest = self.words.get(i + 1..).unwrap_or_default();
        let meets = [
            "与会", "参会", "到会", "受访", "负责", "参加", "出席", "在场", "值班", "办案", "参与",
        ]
        .contains(&self.word(i));
        // 近卫首相: a name that the dictionary has as a verb.
        let named = rest.len() == 1
            && self
                .words
                .get(i)
                .is_some_and(|w| w.span.len() == 2 && !list!("quotations/asides").has(w.text))
            && matches!(
                self.text.before(self.stop),
                '相' | '长' | '席' | '理' | '统' | '任'
            );
        let plain = (meets || named)
            && (1..=2).contains(&rest.len())
            && rest.iter().all(|w| !w.is_aside() && w.text != "的");
        plain
            && rest
                .first()
                .is_some_and(|w| is_speaker_end(self.text, w.span.start, self.stop))
    }

    /// Where the words for the speaker begin behind what stands before them: 在…时, or an attribute.
    fn behind_aside(&self, i: usize) -> Option<usize> {
        let rest = self.words.get(i + 1..)?;
        let end = rest
            .iter()
            .find(|w| w.is_localizer())
            .filter(|w| w.span.end < self.stop)
            .map(|w| w.span.end);
        self.attribute(i).or(end)
    }

    /// Behind the 的 of an attribute whose head is a speaker: 搬进新居的村民王小川, not 拉着记者的手.
    fn attribute(&self, i: usize) -> Option<usize> {
        let rest = self.words.get(i + 1..)?;
        let n = rest.iter().position(|w| w.text == "的")?;
        let head = rest.get(n + 1)?;
        let person = is_speaker_end(self.text, head.span.start, head.span.end)
            || is_speaker_end(self.text, head.span.start, self.stop)
            || self.name(i + n + 2).is_some();
        let named = || (i + n + 3..self.words.len()).any(|j| self.name(j) == Some(self.stop));
        (person || named()).then_some(head.span.start)
    }

    /// The end of a name that begins at a word: a surname and one character or two.
    fn name(&self, i: usize) -> Option<usize> {
        let (text, word) = (self.text, self.words.get(i)?);
        // 向记者, 于近日: prepositions that are surnames as well.
        let preposition = matches!(word.text, "向" | "于" | "从" | "经" | "由");
        if preposition && self.words.get(i + 1).is_some_and(|w| !w.is_single()) {
            return None;
        }
        let start = word.span.start;
        let compound = text.longest_at(start, list!("entities/compound_surnames"));
        let family = compound.or_else(|| {
            (is_han(text.at(start)) && list!("entities/surnames").has_char(text.at(start))).then_some(1)
        })?;
        let given_at = |i: usize| {
            self.words.get(i).filter(|w| {
                is_han(text.at(w.span.start))
                    && (w.is_single() || w.tag != "d" || !list!("quotations/adverbials").has(w.text))
                    && !(w.is_single()
                        && (w.is_aside() && !is_motion(w.text)
                            || matches!(w.text, "的" | "和" | "与" | "及" | "等" | "们")))
            })
        };
        let end = if word.span.len() > family {
            if !(word.tag.starts_with("nr") || compound.is_some()) || word.span.len() > family + 2 {
                return None;
            }
            let next = given_at(i + 1).filter(|w| w.is_single() && word.span.len() == family + 1);
            next.map_or(word.span.end, |w| w.span.end)
        } else {
            let first = given_at(i + 1)?;
            match first.span.len() {
                1 => given_at(i + 2)
                    .filter(|w| w.is_single())
                    .map_or(first.span.end, |w| w.span.end),
                2 => first.span.end,
                _ => return None,
            }
        };
        // 陈立到村里, 李强赴北京: where they go is no part of the name.
        let last = text.before(end);
        let goes = is_motion(&text.read(end - 1..end)) || matches!(last, '在' | '向' | '对');
        let end = end - usize::from(goes && end == start + family + 2 && end < self.stop);
        let last = text.before(end);
        let office = matches!(
            last,
            '县' | '市'
                | '省'
                | '区'
                | '乡'
                | '镇'
                | '村'
                | '州'
                | '部'
                | '局'
                | '委'
                | '厅'
                | '院'
                | '会'
                | '党'
                | '团'
                | '队'
        );
        (!office && end <= self.stop).then_some(end)
    }
}
