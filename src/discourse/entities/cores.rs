//! The words that make a body, and what tells them from a chance meeting of characters.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::chars::Chars;
use crate::list;

/// A word that makes a body.
#[derive(Debug)]
pub(super) struct Core {
    /// How many characters.
    pub(super) length: usize,
    /// `party`, `government`, `congress`, `cppcc`, `court`, `mass`.
    pub(super) kind: &'static str,
    /// Whether it is a body only with a place or level right before it: 法院 is in 县法院, not in 法院系统.
    pub(super) bound: bool,
    word: String,
    chars: Vec<char>,
}

/// Cores by their first character: those of the list, offices of each sector, ministries.
static TABLE: LazyLock<FxHashMap<char, Vec<Core>>> = LazyLock::new(|| {
    let mut found: FxHashMap<char, Vec<Core>> = FxHashMap::default();
    let mut put = |word: String, kind: &'static str, bound: bool| {
        let chars: Vec<char> = word.chars().collect();
        if let Some(&first) = chars.first() {
            found.entry(first).or_default().push(Core {
                length: chars.len(),
                kind,
                bound,
                word,
                chars,
            });
        }
    };
    for core in list!("entities/cores").entries() {
        put(core.word.to_owned(), core.field(1), core.field(2) == "bound");
    }
    for sector in list!("entities/sectors").iter() {
        for office in list!("entities/offices").iter() {
            put(format!("{sector}{office}"), "government", true);
        }
    }
    for ministry in list!("entities/ministries").iter() {
        let kind = if ministry.starts_with("中央") {
            "party"
        } else {
            "government"
        };
        put(format!("{ministry}部"), kind, false);
    }
    found
});

/// The longest core at a place that is not a chance meeting: 党组织, 市委托, 财政部门, 政府采购, 行政协调 hold none.
pub(super) fn core_at(text: &Chars, at: usize) -> Option<&'static Core> {
    TABLE
        .get(&text.at(at))?
        .iter()
        .filter(|core| text.span(at..(at + core.length).min(text.len())) == core.chars)
        .filter(|core| !by_chance(text, at, core))
        .max_by_key(|core| core.length)
}

fn by_chance(text: &Chars, at: usize, core: &Core) -> bool {
    let end = at + core.length;
    let goes_on = core.chars.last().is_some_and(|last| {
        list!("entities/goes_on")
            .of(last.encode_utf8(&mut [0; 4]))
            .any(|entry| text.starts_with(end, entry.field(1)))
    });
    // 人大会堂 is none, 人大会议 is; 市委员会 is read with what stands before it.
    let short = core.length == 2 || core.word.ends_with("政府") || core.word.ends_with('部') || core.bound;
    if goes_on && (short || matches!(core.chars.last(), Some('组' | '团' | '局' | '厅'))) {
        return true;
    }
    if text.ends_with(at, "中华民国") {
        return false;
    }
    list!("entities/comes_before")
        .of(&core.word)
        .any(|entry| text.ends_with(at, entry.field(1)))
}
