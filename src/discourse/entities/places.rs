//! Names of places before a core, by the dictionary of the segmenter and by what stands around them.

use super::super::chars::Chars;
use super::cores::{Core, core_at};
use crate::list;
use crate::text::han::is_han;
use crate::text::segment::default_jieba;

/// Whether the segmenter's dictionary reads the character before a place together with the one at it: 展|区 in 展区政府, but 开展|区政府.
pub(super) fn splits(text: &Chars, at: usize) -> bool {
    let from = text.han_before(at, 6);
    text.is_inside_word(from..(at + 3).min(text.len()), at)
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

pub(super) fn is_foreign(text: &Chars, end: usize, floor: usize) -> bool {
    let n = listed_place(text, end, floor);
    n > 0 && !text.ends_with(end, "中国") && !text.ends_with(end, "地方")
}

/// 中国|国务院, 中国|外交部: how many characters the name of the state has.
pub(super) fn land_before(text: &Chars, core: usize, floor: usize) -> usize {
    let ours = core_at(text, core).is_some_and(Core::is_of_the_state);
    if ours && text.ends_with(core, "中国") && core >= floor + 2 {
        2
    } else {
        0
    }
}

/// 眉山政协, 河北人大: of provinces, and of other places with bodies that only this state has.
pub(super) fn bare_name(text: &Chars, end: usize, floor: usize) -> usize {
    if let Some(n) = text
        .longest_before(end, list!("entities/provinces"))
        .or_else(|| text.longest_before(end, list!("entities/taiwan")))
        .or_else(|| {
            let districts = list!("entities/hong_kong_districts");
            text.longest_before(end, districts)
                .filter(|&n| n > 1 && text.starts_with(end, "民政事务处"))
        })
        .filter(|n| end >= floor + n)
    {
        return n;
    }
    let n = listed_place(text, end, floor);
    let ours =
        text.starts_with(end, "政协") || text.starts_with(end, "人大") || text.starts_with(end, "工商联");
    // 江阴工商局
    let office = core_at(text, end).is_some_and(Core::is_local)
        && text
            .longest_before(end, list!("entities/foreign_states"))
            .is_none();
    let ours = ours || office;
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
pub(super) fn stem_before(text: &Chars, stem: usize, floor: usize, suffix: &str) -> usize {
    if let Some(banner) = (suffix == "旗")
        .then(|| text.longest_before(stem + 1, list!("entities/banners")))
        .flatten()
        .filter(|n| stem + 1 >= floor + n)
    {
        return banner - 1;
    }
    if suffix == "区"
        && let Some(n) = hong_kong_stem(text, stem).filter(|&n| stem >= floor + n)
    {
        return n;
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
            && (is_proper(&name)
                || !jieba.has_word(&name)
                    && jieba
                        .cut(&name, false)
                        .iter()
                        .all(|w| w.word.chars().count() == 1 || n > 4))
            && !splits(text, start)
    };
    let least = 2;
    (least..=limit.min(if most > 4 { most } else { 3 }))
        .find(|&n| evidence(n))
        .unwrap_or(0)
}

/// The name of a district of Hong Kong: 深水埗|区议会, 东区|区议会.
fn hong_kong_stem(text: &Chars, stem: usize) -> Option<usize> {
    let doubled = usize::from(text.before(stem) == '区' && text.starts_with(stem, "区议会"));
    let districts = list!("entities/hong_kong_districts");
    let n = text.longest_before(stem - doubled, districts)? + doubled;
    let start = stem - n;
    let apart = n > 2 || !is_han(text.before(start)) || !splits(text, start);
    (n > 1 && apart).then_some(n)
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

/// Whether the dictionary has a word as a name of something else: 祥符.
fn is_proper(name: &str) -> bool {
    let jieba = default_jieba();
    let tags = jieba.tag(name, false);
    jieba.has_word(name)
        && tags.len() == 1
        && matches!(tags[0].tag, "nz" | "nr" | "nrt")
        && !name
            .chars()
            .any(|c| list!("entities/no_committee_characters").has_char(c))
}

/// Whether a word of two or more characters ends at a place.
fn ends_word(text: &Chars, place: usize) -> bool {
    let jieba = default_jieba();
    (2..=4).any(|n| place >= n && jieba.has_word(&text.read(place - n..place)))
}
