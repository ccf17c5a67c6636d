//! Misreadings by other code pages than GBK and Latin-1: UTF-8 or GBK read by one of one byte a character (Cyrillic ones,
//! those of DOS, that of the Macintosh), and what Big5, Shift-JIS and the Korean code page make of Chinese.
//!
//! Any bytes mean something under a code page of one byte, so validity speaks only for UTF-8. Elsewhere the result must
//! consist of frequent characters, and what stands there must be no text: letters that change their case inside a word
//! (`ПШХюР`), lines of tables beside letters (`╧╪╒■`), Han characters of which hardly one is frequent (`瓮淉衪欸`).

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_KR, Encoding, IBM866, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_1251};
use rustc_hash::FxHashMap;

use super::super::han::is_han;
use super::super::repair::gbk;
use super::{bytes_of, frequent, longest_prefix, share_common, twice};

/// The upper half of code page 437, of the first personal computers.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
/// The upper half of code page 850, its successor for western Europe.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

type Table = FxHashMap<char, u8>;

static SINGLE: LazyLock<[Table; 6]> = LazyLock::new(|| {
    let own = |upper: &str| upper.chars().zip(0x80..=0xFF_u8).collect();
    let known = |encoding: &'static Encoding| {
        (0x80..=0xFF_u8)
            .filter_map(|byte| {
                let text = encoding
                    .decode_without_bom_handling_and_without_replacement(&[byte])?
                    .into_owned();
                Some((text.chars().next()?, byte))
            })
            .collect()
    };
    [
        known(IBM866),
        known(WINDOWS_1251),
        known(KOI8_R),
        own(CP437),
        own(CP850),
        known(MACINTOSH),
    ]
});

/// A character by which a misreading of one byte a character may begin.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\u{A0}'..='\u{17F}' | '\u{192}' | '\u{2C6}'..='\u{2DD}' | '\u{393}'..='\u{3C6}' | '\u{400}'..='\u{491}'
        | '\u{2013}'..='\u{2044}' | '\u{207F}' | '\u{20A7}' | '\u{20AC}' | '\u{2122}'..='\u{2126}' | '\u{2202}'..='\u{2265}'
        | '\u{2310}' | '\u{2320}' | '\u{2321}' | '\u{2500}'..='\u{25CA}' | '\u{F8FF}' | '\u{FB01}' | '\u{FB02}')
}

/// A stretch at the beginning of `text` that was read by a code page of one byte a character: its length and what it says.
/// `starts` is whether no such character stands before it.
pub(super) fn single(text: &str, starts: bool, depth: u8) -> Option<(usize, String)> {
    let first = text.chars().next()?;
    // Accented words have one such character at a time, and no code page of one byte holds what stands in CJK blocks: a quotation mark or a dash
    // beside a Chinese character begins nothing.
    if matches!(text.chars().nth(1)?, '\0'..='\x7F' | '\u{2E80}'..='\u{D7FF}' | '\u{FE30}'..='\u{FFEF}') {
        return None;
    }
    let mut best: Option<(usize, (usize, String))> = None;
    for table in SINGLE.iter() {
        let Some(&lead) = table.get(&first) else {
            continue;
        };
        if !starts && lead < 0xE2 {
            continue;
        }
        let encode = |c: char, out: &mut Vec<u8>| {
            let byte = match table.get(&c) {
                Some(byte) => *byte,
                None if c.is_ascii() && c != '\n' => c as u8,
                None => return false,
            };
            out.push(byte);
            true
        };
        let head_end = text.char_indices().nth(6).map_or(text.len(), |(i, _)| i);
        let (head, _) = bytes_of(text.get(..head_end)?, encode);
        let utf8 = matches!(lead, 0xC2..=0xEF)
            && std::str::from_utf8(&head).map_or_else(|e| e.valid_up_to() >= 3, |_| true);
        if !(utf8 || (starts && pairs_begin(&head))) {
            continue;
        }
        let (bytes, ends) = bytes_of(text, encode);
        let found = Some(())
            .filter(|()| utf8)
            .and_then(|()| from_utf8(text, &bytes, &ends, depth))
            .or_else(|| from_gbk(text, &bytes, &ends).filter(|_| starts));
        if let Some(found) = found {
            let score = frequent(&found.1);
            if best.as_ref().is_none_or(|b| score > b.0) {
                best = Some((score, found));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Whether bytes begin with pairs of GBK that mean something.
fn pairs_begin(head: &[u8]) -> bool {
    head.chunks_exact(2)
        .take(2)
        .all(|pair| gbk::decode(pair[0], pair[1]).is_some())
}

fn from_utf8(text: &str, bytes: &[u8], ends: &[(usize, usize)], depth: u8) -> Option<(usize, String)> {
    let (len, _, repaired) = longest_prefix(bytes, ends, text)?;
    let damaged = text.get(..len)?;
    let han = repaired.chars().filter(|c| is_han(*c)).count();
    if share_common(&repaired) < super::LEAST_COMMON {
        return twice(&repaired, depth).map(|repaired| (len, repaired));
    }
    let plausible = han >= 2 && (2 * frequent(&repaired) >= han || han >= 4) && is_no_text(damaged);
    plausible.then_some((len, repaired))
}

fn from_gbk(text: &str, bytes: &[u8], ends: &[(usize, usize)]) -> Option<(usize, String)> {
    let (len, repaired) = gbk_prefix(bytes, ends)?;
    let damaged = text.get(..len)?;
    let mut han: Vec<char> = repaired.chars().filter(|c| is_han(*c)).collect();
    let count = han.len();
    han.sort_unstable();
    han.dedup();
    let plausible = count >= 3
        && han.len() >= 3
        && 10 * frequent(&repaired) >= 7 * count
        && share_common(&repaired) >= super::LEAST_COMMON
        && is_no_text(damaged)
        && !is_ruled(damaged);
    plausible.then_some((len, repaired))
}

/// Lines of a table: one character three times in a row, or hardly any other character.
fn is_ruled(text: &str) -> bool {
    let outside = text.chars().filter(|c| !c.is_ascii()).count();
    let lines = text
        .chars()
        .filter(|c| matches!(c, '\u{2500}'..='\u{259F}'))
        .count();
    if 8 * (outside - lines) < outside {
        return true;
    }
    let mut chars = text.chars();
    let (mut a, mut b) = (chars.next(), chars.next());
    chars.any(|c| {
        let same = !c.is_ascii() && a == b && b == Some(c);
        (a, b) = (b, Some(c));
        same
    })
}

/// Whether letters change to capitals inside a word, or stand beside signs that no word holds.
fn is_no_text(text: &str) -> bool {
    let sign = |c: char| !c.is_ascii() && !c.is_alphabetic() && !c.is_whitespace();
    let mut before: Option<char> = None;
    let mut odd = 0;
    for c in text.chars() {
        if let Some(before) = before {
            let rises = before.is_lowercase() && c.is_uppercase();
            let mixed = sign(before) && (sign(c) || c.is_alphabetic()) || before.is_alphabetic() && sign(c);
            odd += usize::from(rises || mixed);
        }
        before = Some(c);
    }
    odd >= 1
}

/// The longest beginning that is valid GBK: its length in the text, and what it says. A little ASCII may lie in it.
fn gbk_prefix(bytes: &[u8], ends: &[(usize, usize)]) -> Option<(usize, String)> {
    let mut repaired = String::new();
    let (mut used, mut pairs_end) = (0, 0);
    let mut kept = None;
    while let Some(&first) = bytes.get(used) {
        if first < 0x80 {
            if used - pairs_end >= 8 {
                break;
            }
            repaired.push(char::from(first));
            used += 1;
            continue;
        }
        let Some(c) = bytes.get(used + 1).and_then(|second| gbk::decode(first, *second)) else {
            break;
        };
        repaired.push(c);
        used += 2;
        pairs_end = used;
        if let Ok(at) = ends.binary_search_by_key(&used, |end| end.1) {
            kept = Some((ends.get(at)?.0, repaired.len()));
        }
    }
    let (len, end) = kept?;
    repaired.truncate(end);
    Some((len, repaired))
}

/// As [`gbk_prefix`] for Big5.
fn big5_prefix(bytes: &[u8], ends: &[(usize, usize)]) -> Option<(usize, String)> {
    let mut repaired = String::new();
    let mut used = 0;
    let mut kept = None;
    while let Some(&first) = bytes.get(used) {
        let width = if first < 0x80 { 1 } else { 2 };
        let Some(text) = bytes
            .get(used..used + width)
            .and_then(|unit| BIG5.decode_without_bom_handling_and_without_replacement(unit))
        else {
            break;
        };
        repaired.push_str(&text);
        used += width;
        if width == 2
            && let Ok(at) = ends.binary_search_by_key(&used, |end| end.1)
        {
            kept = Some((ends.get(at)?.0, repaired.len()));
        }
    }
    let (len, end) = kept?;
    repaired.truncate(end);
    Some((len, repaired))
}

/// What the bytes were, and as what they were read.
const DOUBLE: [(Was, Option<&Encoding>); 7] = [
    (Was::Utf8, Some(BIG5)),
    (Was::Utf8, Some(SHIFT_JIS)),
    (Was::Utf8, Some(EUC_KR)),
    (Was::Gbk, Some(BIG5)),
    (Was::Gbk, Some(SHIFT_JIS)),
    (Was::Gbk, Some(EUC_KR)),
    (Was::Big5, None),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Was {
    Utf8,
    Gbk,
    Big5,
}

/// A character that Chinese text hardly holds several of in a row: a Han character that is not frequent, syllables of
/// Japanese and Korean, Zhuyin, letters and private characters of GBK.
pub(super) fn is_odd(c: char, frequent: bool) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => !frequent,
        '\u{3040}'..='\u{312F}'
        | '\u{3131}'..='\u{318E}'
        | '\u{3200}'..='\u{33FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FF61}'..='\u{FF9F}' => true,
        _ => false,
    }
}

/// A look is called for where odd characters, two points each, outweigh others, one point each, by so much.
pub(super) const ODD_ENOUGH: usize = 5;

/// Longest stretch that is looked at, in bytes.
const LONGEST: usize = 4096;

/// The stretch around `at`, not before `floor`, that was read by a code page of two bytes a character: its bytes in the
/// text and what it says.
pub(super) fn double(text: &str, floor: usize, at: usize) -> Option<(usize, usize, String)> {
    let part = |c: char| c != '\n';
    let odd = |c: char| super::has(c, super::ODD);
    let before = text.get(floor..at).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .take_while(|(i, c)| part(*c) && at - floor - i < LONGEST)
        .last()
        .map_or(at, |(i, _)| floor + i);
    let behind = text.get(at..).unwrap_or_default();
    let to = behind
        .char_indices()
        .take_while(|(i, c)| part(*c) && *i < LONGEST)
        .last()
        .map_or(at, |(i, c)| at + i + c.len_utf8());
    let run = text.get(from..to).unwrap_or_default();
    let first_odd = run.find(odd).unwrap_or(0);
    let blank = run
        .get(..first_odd)
        .and_then(|head| head.rfind(char::is_whitespace));
    let mut starts = vec![0, blank.map_or(0, |i| i + 1), first_odd, at - from];
    starts.retain(|start| {
        run.get(*start..)
            .is_some_and(|t| !t.starts_with(char::is_whitespace))
    });
    starts.sort_unstable();
    starts.dedup();
    let last_odd = run
        .char_indices()
        .rev()
        .find(|(_, c)| odd(*c))
        .map_or(run.len(), |(i, c)| i + c.len_utf8());
    let mut best: Option<(usize, (usize, usize, String))> = None;
    for &start in &starts {
        for end in [run.len(), last_odd] {
            let Some(piece) = run.get(start..end) else {
                continue;
            };
            for (was, page) in DOUBLE {
                let Some((len, repaired)) = reread(piece, was, page) else {
                    continue;
                };
                let whole = text.trim().len() == len;
                let Some(damaged) = piece
                    .get(..len)
                    .filter(|damaged| is_plausible(damaged, &repaired, was, whole))
                else {
                    continue;
                };
                let score = frequent(&repaired) * 4 + damaged.len() / 3;
                if best.as_ref().is_none_or(|b| score > b.0) {
                    best = Some((score, (from + start, from + start + len, repaired)));
                }
            }
        }
    }
    best.map(|(_, found)| found)
}

/// The pairs from F0 40 on, which Shift-JIS leaves to its users and decoders read as private characters, in order.
fn private_of_shift_jis(c: char) -> Option<[u8; 2]> {
    const TRAILS: u32 = 188;
    let number = (c as u32).checked_sub(0xE000).filter(|n| *n < 10 * TRAILS)?;
    let trail = number % TRAILS;
    let trail = trail + if trail < 0x3F { 0x40 } else { 0x41 };
    Some([
        u8::try_from(0xF0 + number / TRAILS).ok()?,
        u8::try_from(trail).ok()?,
    ])
}

fn reread(piece: &str, was: Was, page: Option<&'static Encoding>) -> Option<(usize, String)> {
    let encode = |c: char, out: &mut Vec<u8>| {
        if c.is_ascii() {
            out.push(c as u8);
            return true;
        }
        let Some(page) = page else {
            let pair = gbk::encode(c);
            out.extend(pair.into_iter().flatten());
            return pair.is_some();
        };
        if page == SHIFT_JIS
            && let Some(pair) = private_of_shift_jis(c)
        {
            out.extend(pair);
            return true;
        }
        let mut buffer = [0; 4];
        let (bytes, _, failed) = page.encode(c.encode_utf8(&mut buffer));
        if !failed {
            out.extend_from_slice(&bytes);
        }
        !failed
    };
    let head_end = piece.char_indices().nth(4).map_or(piece.len(), |(i, _)| i);
    let (head, _) = bytes_of(piece.get(..head_end)?, encode);
    let begins = match was {
        Was::Utf8 => std::str::from_utf8(&head).map_or_else(|e| e.valid_up_to() >= 3, |_| true),
        Was::Gbk | Was::Big5 => head.len() >= 4,
    };
    if !begins {
        return None;
    }
    let (bytes, ends) = bytes_of(piece, encode);
    match was {
        Was::Utf8 => longest_prefix(&bytes, &ends, piece).map(|(len, _, repaired)| (len, repaired)),
        Was::Gbk => gbk_prefix(&bytes, &ends),
        Was::Big5 => big5_prefix(&bytes, &ends),
    }
}

fn is_plausible(damaged: &str, repaired: &str, was: Was, whole: bool) -> bool {
    let mut distinct: Vec<char> = repaired.chars().filter(|c| is_han(*c)).collect();
    let han = distinct.len();
    distinct.sort_unstable();
    distinct.dedup();
    let known = frequent(repaired);
    let outside = damaged.chars().filter(|c| !c.is_ascii()).count();
    let before = frequent(damaged);
    // Present-day Chinese has three of four characters from the frequent ones. Any two bytes mean something in GBK and Big5:
    // a short stretch must be clear.
    let enough = match was {
        Was::Utf8 => han >= 3 && 2 * known >= han,
        Was::Gbk | Was::Big5 => match distinct.len() {
            0..=2 => false,
            3 => whole && known == han && before == 0,
            4 | 5 => known == han && before == 0,
            _ => 4 * known >= 3 * han,
        },
    };
    enough
        && 2 * before <= outside
        && share_common(repaired) >= super::LEAST_COMMON
        // Big5 read as GBK has kana, private characters and rare ones: bytes that simplified text has no use for.
        && (was != Was::Big5 || damaged.chars().any(|c| !c.is_ascii() && !gbk::in_gb2312(c) && !gbk::is_punctuation(c)))
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GBK};

    use super::super::super::edit::apply;
    use super::super::edits;
    use super::*;

    fn repair(text: &str) -> String {
        apply(text, &edits(text)).unwrap_or_default()
    }

    const SIMPLIFIED: [&str; 5] = [
        "推动高质量发展",
        "云川县人民政府工作报告",
        "会议指出，要坚持党的领导，办结提案316件。",
        "桥头镇召开经济工作会议",
        "各级组织认真履行职能",
    ];
    const TRADITIONAL: [&str; 3] = [
        "政府工作報告與經濟發展",
        "會議指出，要堅持改革，辦理提案",
        "橋頭鎮召開經濟工作會議",
    ];

    /// Bytes by a code page of one byte a character.
    fn by(table: usize, bytes: &[u8]) -> Option<String> {
        let back: FxHashMap<u8, char> = SINGLE[table].iter().map(|(c, byte)| (*byte, *c)).collect();
        bytes
            .iter()
            .map(|b| {
                if *b < 0x80 {
                    Some(char::from(*b))
                } else {
                    back.get(b).copied()
                }
            })
            .collect()
    }

    #[test]
    fn code_pages_of_one_byte() {
        let mut done = 0;
        for text in SIMPLIFIED {
            for bytes in [text.as_bytes().to_vec(), GBK.encode(text).0.into_owned()] {
                for table in 0..6 {
                    let Some(misread) = by(table, &bytes) else {
                        continue;
                    };
                    assert_eq!(repair(&misread), text, "{table}: {misread}");
                    let between = format!("第一段\n{misread}\n第二段");
                    assert_eq!(repair(&between), format!("第一段\n{text}\n第二段"), "{table}");
                    done += 1;
                }
            }
        }
        assert!(done >= 40, "{done}");
    }

    #[test]
    fn code_pages_of_two_bytes() {
        let mut done = 0;
        for text in SIMPLIFIED.into_iter().chain(TRADITIONAL) {
            let mut cases = Vec::new();
            let gbk = GBK.encode(text).0.into_owned();
            for page in [BIG5, SHIFT_JIS, EUC_KR] {
                for bytes in [text.as_bytes(), &gbk] {
                    cases.push(page.decode_without_bom_handling_and_without_replacement(bytes));
                }
            }
            let (big5, _, failed) = BIG5.encode(text);
            if !failed {
                let read = |pair: &[u8]| gbk::decode(pair[0], pair[1]);
                let pairs: Option<String> = big5.chunks_exact(2).map(read).collect();
                cases.push(pairs.map(Into::into));
            }
            for misread in cases.into_iter().flatten() {
                assert_eq!(repair(&misread), text, "{misread}");
                done += 1;
            }
        }
        assert!(done >= 10, "{done}");
    }

    #[test]
    fn readings_on_top_of_each_other() {
        let latin = |text: &str| -> String { text.bytes().map(char::from).collect() };
        for text in SIMPLIFIED {
            assert_eq!(repair(&latin(&latin(text))), text);
            let gbk = |text: &str| {
                GBK.decode_without_bom_handling_and_without_replacement(text.as_bytes())
                    .map(String::from)
            };
            if let Some(twice) = gbk(text).and_then(|once| gbk(&once)) {
                assert_eq!(repair(&twice), text);
            }
        }
    }

    #[test]
    fn other_languages_stay() {
        for text in [
            "Россия и Китай развивают сотрудничество. МОСКВА, СССР, МиГ-29, ГосДума, ООО «Ромашка» №5",
            "ПРАВИТЕЛЬСТВО РОССИЙСКОЙ ФЕДЕРАЦИИ ПОСТАНОВЛЯЕТ",
            "шахта, чай, хан, цена; харчи, щавель, фарфор",
            "Η Ελλάδα και η Κίνα: σπ, δε, φε, ΘΣΦ",
            "日本語の文章です。カタカナ、ひらがな、漢字。ﾃﾚﾋﾞ ｶﾀｶﾅ ｺﾝﾋﾟｭｰﾀ ｻｰﾊﾞｰ ﾆｭｰｽ",
            "대한민국 정부는 경제 협력을 강화하기로 했다. 李 대통령은 서울에서 회의를 열었다.",
            "안녕하세요 반갑습니다 사랑해요",
            "Déjà vu, façade, œuvre, «à côté» – naïve ÀÉÈ; ¿Qué tal? ¡Señor! Größe, Übergrößenträger",
            "Việt Nam: Đảng Cộng sản, Thành phố Hồ Chí Minh, độc lập tự do",
            "犇羴鱻麤、魑魅魍魉、饕餮貔貅、邯郸郾城郏县鄢陵、蜻蜓蚂蚱蝼蛄、枇杷柑橘",
            "张喆、李翀、王燚、赵堃、孙昶、钱琨、周珏、吴淼",
            "┌──┬──┐\n│甲│乙│\n├──┼──┤\n└──┴──┘\n╔═╦═╗║╚═╩═╝ ■□▲△●○◆◇",
            "±5 °C, 3×4÷2, §1, ®, ©, “quoted” – dash — ‘x’ … €100 £20 ¥30",
            "ㄅㄆㄇㄈ ㄓㄔㄕ ㄧㄨㄩ，αβγδ，①②③",
        ] {
            assert_eq!(repair(text), text);
        }
    }
}
