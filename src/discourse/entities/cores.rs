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

impl Core {
    /// Whether it is an office of a government: 统计局, 发改委.
    pub(super) fn is_office(&self) -> bool {
        self.kind == "government"
            && matches!(self.chars.last(), Some('局' | '委' | '会' | '署' | '办' | '室'))
    }
}

impl Core {
    /// Whether it is an office of a city or county, that has the name of the place without its suffix before it: 江阴|工商局.
    pub(super) fn is_local(&self) -> bool {
        let court = self.kind == "court"
            && self.word.ends_with('院')
            && !self.word.starts_with("最高")
            && !matches!(self.word.as_str(), "法院" | "检察院" | "司法院");
        (court
            || self.length > 2
                && (self.kind == "government" && matches!(self.chars.last(), Some('局' | '办' | '队'))
                    || self.word.ends_with("检署")))
            && !self.word.ends_with("总局")
            && !self.word.starts_with("国家")
    }

    /// Whether it has a name of its own before it that need not be that of a place of the dictionary: 水寨|派出所.
    pub(super) fn is_station(&self) -> bool {
        matches!(self.word.as_str(), "派出所" | "司法所" | "人民法庭")
    }

    /// Whether 中国 belongs to its name: 中国政府, 中国证监会, 中国人民银行.
    pub(super) fn is_of_the_state(&self) -> bool {
        self.is_ministry()
            || matches!(
                self.word.as_str(),
                "政府"
                    | "国务院"
                    | "证监会"
                    | "银保监会"
                    | "银监会"
                    | "保监会"
                    | "人民银行"
                    | "民用航空局"
                    | "民航局"
                    | "地震局"
                    | "气象局"
            )
    }

    /// Whether it is a ministry: 外交部.
    pub(super) fn is_ministry(&self) -> bool {
        self.kind == "government" && self.chars.last() == Some(&'部')
    }
}

/// Cores by their first two characters (no word of one makes a body): those of the list, offices of each sector, ministries.
static TABLE: LazyLock<FxHashMap<[char; 2], Vec<Core>>> = LazyLock::new(|| {
    let mut found: FxHashMap<[char; 2], Vec<Core>> = FxHashMap::default();
    let mut put = |word: String, kind: &'static str, bound: bool| {
        let chars: Vec<char> = word.chars().collect();
        if let [first, second, ..] = *chars {
            found.entry([first, second]).or_default().push(Core {
                length: chars.len(),
                kind,
                bound,
                word,
                chars,
            });
        }
    };
    for core in list!("entities/cores")
        .entries()
        .iter()
        .chain(list!("entities/hong_kong_taiwan").entries())
    {
        put(core.word.to_owned(), core.field(1), core.field(2) == "bound");
    }
    for sector in list!("entities/short_sectors").iter() {
        for office in list!("entities/offices")
            .iter()
            .filter(|o| o.chars().count() == 1)
        {
            put(format!("{sector}{office}"), "government", false);
        }
    }
    for sector in list!("entities/sectors").iter() {
        for office in list!("entities/offices").iter() {
            put(format!("{sector}{office}"), "government", true);
        }
    }
    for brigade in list!("entities/brigades").iter() {
        for team in ["总队", "支队", "大队", "中队"] {
            put(format!("{brigade}{team}"), "government", true);
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
    // The longest first, the free before the bound of one word.
    for cores in found.values_mut() {
        cores.sort_by_key(|core| (std::cmp::Reverse(core.length), core.bound));
    }
    found
});

/// The longest core at a place that is not a chance meeting: 党组织, 市委托, 财政部门, 政府采购, 行政协调 hold none.
pub(super) fn core_at(text: &Chars, at: usize) -> Option<&'static Core> {
    TABLE.get(&[text.at(at), text.at(at + 1)])?.iter().find(|core| {
        text.span(at..(at + core.length).min(text.len())) == core.chars && !by_chance(text, at, core)
    })
}

fn by_chance(text: &Chars, at: usize, core: &Core) -> bool {
    let end = at + core.length;
    // 县议会议长
    if text.ends_with(end, "议会") && matches!(text.at(end + 1), '长' | '员') {
        return false;
    }
    let goes_on = core.chars.last().is_some_and(|last| {
        list!("entities/goes_on")
            .of(last.encode_utf8(&mut [0; 4]))
            .any(|entry| text.starts_with(end, entry.field(1)))
    });
    // 人大会堂 is none, 人大会议 is; 市委员会 is read with what stands before it.
    let short = core.length == 2 || core.word.ends_with("政府") || core.word.ends_with('部') || core.bound;
    if goes_on
        && (short
            || matches!(
                core.chars.last(),
                Some('组' | '团' | '局' | '厅' | '署' | '处' | '司' | '办' | '委')
            ))
    {
        return true;
    }
    if text.ends_with(at, "中华民国") || text.ends_with(at, "中国") && core.is_of_the_state() {
        return false;
    }
    list!("entities/comes_before")
        .of(&core.word)
        .any(|entry| text.ends_with(at, entry.field(1)))
}
