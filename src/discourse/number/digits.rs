//! The characters that numerals are written with.

/// The value of a digit character of Chinese, capitals (壹贰叁) and traditional forms included.
pub fn is_chinese_digit(c: char) -> bool {
    chinese_digit(c).is_some()
}

pub(super) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' | '叄' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

pub(super) fn power(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 1e1,
        '百' | '佰' => 1e2,
        '千' | '仟' => 1e3,
        '万' | '萬' => 1e4,
        '亿' | '億' => 1e8,
        '兆' => 1e12,
        _ => return None,
    })
}

/// An Arabic digit, full width included.
pub fn is_digit(c: char) -> bool {
    arabic(c).is_some()
}

pub(super) fn arabic(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// A character that numerals consist of (几, 数 and 半 apart).
pub fn is_numeral(c: char) -> bool {
    is_digit(c) || is_chinese_digit(c) || power(c).is_some() || matches!(c, '廿' | '卅')
}
