//! 著 or 着: read from the neighbours, in simplified characters.

use crate::list;
use crate::lists::List;

use super::super::han::is_han;

/// Words in which it mostly is: X著, unless a verb of the list `text/zhu_verb_after` begins with it (本土著力).
const MAYBE_BEFORE: &str = "土新大近旧合编";

/// What a list of works begins with: 著有多部.
const WORKS_AFTER: &str = "《〈“「『多大等诸专论长小诗散数一二三四五六七八九十";

/// Turns 著 into 着 where it is the verb or the aspect marker.
pub(super) fn correct(text: &mut [char]) {
    for at in 0..text.len() {
        if text[at] == '著' && !is_writing(text, at) {
            text[at] = '着';
        }
    }
}

fn is_writing(text: &[char], at: usize) -> bool {
    let character = |offset: isize| at.checked_add_signed(offset).and_then(|i| text.get(i)).copied();
    let within = |c: Option<char>, list: &str| c.is_some_and(|c| list.contains(c));
    let listed = |c: Option<char>, list: &List| c.is_some_and(|c| list.has_char(c));
    let (before, after, second) = (character(-1), character(1), character(2));
    if listed(before, list!("text/zhu_writes_before")) {
        return true;
    }
    let known = match after {
        // 借着名义, 照着名单; 起着作用, 带着作业; 看着录像
        Some('名') => !within(second, "义额单字"),
        Some('作') => !within(second, "用业战风"),
        Some('录') => !within(second, "像音影取"),
        Some('称' | '述' | '者') => true,
        Some('书') => within(second, "立人说") || !before.is_some_and(is_han) || within(before, "心门户曾"),
        Some('有') => within(second, WORKS_AFTER) && !listed(before, list!("text/zhu_aspect_before")),
        Some('《' | '〈' | '）' | ')') => {
            before.is_some() && !listed(before, list!("text/zhu_aspect_before"))
        }
        _ => false,
    };
    known
        || (within(before, MAYBE_BEFORE)
            && !listed(after, list!("text/zhu_verb_after"))
            && !listed(after, list!("text/zhu_object_after")))
        || (before == Some('知') && character(-2) == Some('微'))
}

#[cfg(test)]
mod tests {
    fn corrected(text: &str) -> String {
        let mut text: Vec<char> = text.chars().collect();
        super::correct(&mut text);
        text.into_iter().collect()
    }

    #[test]
    fn writing_and_fame_stay() {
        for kept in [
            "著名作家",
            "他的著作等身",
            "成效显著",
            "名著重印",
            "原著",
            "专著与译著",
            "编著者",
            "土著居民",
            "昭著",
            "著书立说",
            "著有《呐喊》",
            "著有多部小说",
            "鲁迅著《彷徨》",
            "（王明著）",
            "见微知著",
            "以盛产茶叶著称",
            "所著文章",
            "著录于目",
            "合著专书",
            "论著",
            "显著重要",
        ] {
            assert_eq!(corrected(kept), kept);
        }
    }

    #[test]
    fn verb_and_aspect_change() {
        for (from, to) in [
            ("著力推进", "着力推进"),
            ("躺著睡", "躺着睡"),
            ("沿著道路", "沿着道路"),
            ("本土著重", "本土着重"),
            ("看著《红楼梦》", "看着《红楼梦》"),
            ("借著名义", "借着名义"),
            ("起著作用", "起着作用"),
            ("大著胆子", "大着胆子"),
            ("合著双手", "合着双手"),
            ("看著书", "看着书"),
            ("执著", "执着"),
            ("穿著打扮", "穿着打扮"),
            ("意味著", "意味着"),
            ("著陆", "着陆"),
            ("跟著名单走", "跟着名单走"),
        ] {
            assert_eq!(corrected(from), to);
        }
    }
}
