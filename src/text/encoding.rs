//! From bytes to text: which encoding a file is in.
//!
//! In this order: a byte-order mark; the pattern of zero bytes of UTF-16; valid UTF-8; else the most plausible reading
//! among GB 18030 (which holds GBK and GB 2312), Big5, UTF-16 and, as Chinese files are what this package reads, only
//! then what `chardetng` takes the bytes for. Plausible means: common Chinese characters and punctuation, few rare
//! ones, nothing unassigned; `chardetng` breaks near ties. Ten characters are enough as a rule, which is where
//! statistics of byte pairs alone mistake GBK for Big5.
//!
//! Nothing is dropped silently: [`Decoded::replaced`] counts the byte sequences that became U+FFFD.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use rustc_hash::FxHashSet;

use super::han::{in_first_block, is_han};
use super::script;
use crate::error::{Error, Result};
use crate::list;

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// `utf-8`, `utf-8-sig` (with byte-order mark), `utf-16-le`, `utf-16-be`, `gb18030`, `big5`, or the lower-case name
    /// of another encoding of the WHATWG standard; Python's `bytes.decode` takes these names.
    pub encoding: String,
    /// Byte sequences that are not valid in the encoding and became U+FFFD.
    pub replaced: u64,
}

/// Bytes that are looked at to judge plausibility.
const SAMPLE: usize = 16_384;

/// Decodes `bytes`; finds the encoding if `encoding` is `None`.
///
/// `encoding` is a name as Python or the web knows it (`utf-8`, `gbk`, `cp936`, `big5`, `utf_16_le`, …). A byte-order
/// mark is taken off in any case.
///
/// # Errors
/// [`Error::Parameter`] for a name that is not known.
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded> {
    let chosen = match encoding {
        Some(name) => named(name, bytes)?,
        None => detect(bytes),
    };
    Ok(decode_as(bytes, chosen))
}

/// Decodes with the encoding that an HTML page declares, if the bytes are valid in it; otherwise as [`decode`] does.
pub(super) fn decode_declared(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let declared = declared
        .and_then(|name| named(name, bytes).ok())
        .filter(|_| !has_mark(bytes))
        .map(|encoding| decode_as(bytes, encoding));
    match declared {
        Some(decoded) if decoded.replaced == 0 => decoded,
        _ => decode_as(bytes, detect(bytes)),
    }
}

/// The encoding behind a name.
fn named(name: &str, bytes: &[u8]) -> Result<&'static Encoding> {
    let plain: String = name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let found = match plain.as_str() {
        "utf-8-sig" | "utf8-sig" => Some(UTF_8),
        // Python's utf-16 reads the mark; without one it is little-endian as on most machines.
        "utf-16" | "utf16" if bytes.starts_with(&[0xFE, 0xFF]) => Some(UTF_16BE),
        "utf-16" | "utf16" | "utf-16-le" => Some(UTF_16LE),
        "utf-16-be" => Some(UTF_16BE),
        "cp936" | "936" | "gb2312" | "gbk" | "hz" => Some(GB18030),
        "cp950" | "950" | "big5hkscs" | "big5-tw" => Some(BIG5),
        other => Encoding::for_label(other.as_bytes()),
    };
    match found {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err(Error::parameter(
            "encoding",
            "the name of an encoding such as \"utf-8\", \"gb18030\", \"big5\" or \"utf-16\"",
            format!("{name:?}"),
        )),
    }
}

fn has_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xEF, 0xBB, 0xBF])
        || bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
}

/// Decodes and counts what is not valid.
fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let marked = encoding == UTF_8 && bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    let (text, replaced) = read(bytes, encoding, true);
    let name = match encoding {
        e if e == UTF_8 && marked => "utf-8-sig".to_owned(),
        e if e == UTF_16LE => "utf-16-le".to_owned(),
        e if e == UTF_16BE => "utf-16-be".to_owned(),
        e => e.name().to_ascii_lowercase(),
    };
    Decoded {
        text,
        encoding: name,
        replaced,
    }
}

/// The text and the number of replaced sequences; `complete` is `false` for a sample that may end in a character.
fn read(bytes: &[u8], encoding: &'static Encoding, complete: bool) -> (String, u64) {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut replaced = 0;
    let mut at = 0;
    loop {
        let (result, used) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, complete);
        at += used;
        match result {
            DecoderResult::InputEmpty => return (text, replaced),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(..) => {
                replaced += 1;
                text.push('\u{FFFD}');
            }
        }
    }
}

/// The encoding of a file.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return GB18030;
    }
    if bytes.contains(&0)
        && let Some(encoding) = by_zero_bytes(bytes)
    {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() && !looks_like_utf_16(bytes) {
        return UTF_8;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let complete = sample.len() == bytes.len();
    let guess = guessed(bytes);
    let mut candidates: Vec<&'static Encoding> = vec![GB18030, BIG5, UTF_8];
    if bytes.len().is_multiple_of(2) {
        candidates.extend([UTF_16LE, UTF_16BE]);
    }
    let best = |candidates: &[&'static Encoding]| {
        candidates
            .iter()
            .map(|encoding| {
                let (text, _) = read(sample, encoding, complete);
                let favour = if *encoding == guess { 0.15 } else { 0.0 };
                (plausibility(&text) + favour, *encoding)
            })
            // The first of equals: GB 18030 before Big5.
            .fold(None::<(f64, &'static Encoding)>, |best, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            })
    };
    match best(&candidates) {
        Some((score, encoding)) if score > 0.0 || candidates.contains(&guess) => encoding,
        // Not Chinese in any reading.
        _ => guess,
    }
}

/// What `chardetng` takes the bytes for.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guess == GBK { GB18030 } else { guess }
}

/// UTF-16 of a text that is ASCII for a good part: zero bytes in every other place.
fn by_zero_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let count = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (count(0), count(1));
    // 一 (4E 00) and its like put some zeros into the other place.
    if bytes.len() % 2 == 1 || even.max(odd) * 10 < bytes.len() {
        None
    } else if odd > 3 * even {
        Some(UTF_16LE)
    } else if even > 3 * odd {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes that happen to be valid UTF-8 are rather UTF-16: no line of text holds control characters, and no
/// text of ASCII consists of Chinese when read two by two.
fn looks_like_utf_16(bytes: &[u8]) -> bool {
    let control = bytes.iter().any(|b| matches!(b, 0..=8 | 0x0E..=0x1F));
    bytes.len().is_multiple_of(2)
        && control
        && [UTF_16LE, UTF_16BE].into_iter().any(|encoding| {
            let (text, replaced) = read(&bytes[..bytes.len().min(SAMPLE)], encoding, false);
            replaced == 0 && plausibility(&text) > 1.5
        })
}

/// Punctuation of Chinese text.
const MARKS: &str = "，。、；：“”‘’（）《》「」！？—…\u{3000}·【】";

/// Frequent characters of present-day writing, simplified and traditional.
static COMMON: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    let frequent: String = list!("text/frequent_characters").iter().collect();
    let frequent: FxHashSet<char> = frequent.chars().collect();
    script::to_traditional_characters()
        .filter_map(|(simplified, traditional)| frequent.contains(&simplified).then_some(traditional))
        .chain(frequent.iter().copied())
        .collect()
});

/// How much a text looks like Chinese writing: a mean over its characters, from about 3 (nothing but frequent ones)
/// to below 0 (gibberish).
fn plausibility(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut count = 0.0;
    for c in text.chars() {
        sum += match c {
            _ if COMMON.contains(&c) || MARKS.contains(c) => 3.0,
            '\t' | '\n' | '\r' | ' '..='~' | '\u{FF01}'..='\u{FF5E}' | '〇' | '①'..='⑳' => 0.5,
            '\u{FFFD}' | '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => -12.0,
            _ if in_first_block(c) => {
                if frequent_block(c) {
                    0.6
                } else {
                    -1.5
                }
            }
            '\u{3040}'..='\u{30FF}' => -1.5,
            '\u{E000}'..='\u{F8FF}' => -6.0,
            _ if is_han(c) || c >= '\u{2_0000}' => -4.0,
            _ => -2.0,
        };
        count += 1.0;
    }
    if count == 0.0 { 0.0 } else { sum / count }
}

/// Whether a character is in the first level of GB 2312 (3,755 characters) or of Big5 (5,401).
fn frequent_block(c: char) -> bool {
    let mut buffer = [0_u8; 4];
    let text = c.encode_utf8(&mut buffer);
    let (simplified, _, failed) = GBK.encode(text);
    if !failed && matches!(simplified.as_ref(), [0xB0..=0xD7, 0xA1..=0xFE]) {
        return true;
    }
    let (traditional, _, failed) = BIG5.encode(text);
    !failed && matches!(traditional.as_ref(), [0xA4..=0xC5, _] | [0xC6, 0x40..=0x7E])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        if encoding == UTF_16LE {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else if encoding == UTF_16BE {
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        } else {
            let (bytes, _, failed) = encoding.encode(text);
            assert!(!failed, "{text}");
            bytes.into_owned()
        }
    }

    fn decoded(bytes: &[u8]) -> (String, String, u64) {
        let found = decode(bytes, None).unwrap();
        (found.text, found.encoding, found.replaced)
    }

    const SIMPLIFIED: [&str; 8] = [
        "政协委员",
        "推动高质量发展",
        "今天天气很好。",
        "云川县人民政府工作报告",
        "各位代表：现在我报告工作",
        "坚持党建引领，推动高效履职",
        "他买了3个苹果和2瓶水",
        "春天来了，花都开了，鸟儿在枝头歌唱。",
    ];
    const TRADITIONAL: [&str; 6] = [
        "政協委員會議",
        "推動經濟發展",
        "今天天氣很好。",
        "臺灣的天氣很熱，我們去海邊",
        "各位代表，現在我報告工作",
        "春天來了，花都開了，鳥兒在枝頭歌唱。",
    ];

    #[test]
    fn short_texts_come_back() {
        for text in SIMPLIFIED {
            for (encoding, name) in [
                (UTF_8, "utf-8"),
                (GB18030, "gb18030"),
                (UTF_16LE, "utf-16-le"),
                (UTF_16BE, "utf-16-be"),
            ] {
                assert_eq!(
                    decoded(&encoded(text, encoding)),
                    (text.to_owned(), name.to_owned(), 0),
                    "{text}"
                );
            }
        }
        for text in TRADITIONAL {
            for (encoding, name) in [
                (UTF_8, "utf-8"),
                (BIG5, "big5"),
                (GB18030, "gb18030"),
                (UTF_16LE, "utf-16-le"),
                (UTF_16BE, "utf-16-be"),
            ] {
                assert_eq!(
                    decoded(&encoded(text, encoding)),
                    (text.to_owned(), name.to_owned(), 0),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn marks_are_read_and_taken_off() {
        assert_eq!(
            decoded("\u{FEFF}中文".as_bytes()),
            ("中文".to_owned(), "utf-8-sig".to_owned(), 0)
        );
        assert_eq!(
            decoded(&encoded("\u{FEFF}中", UTF_16LE)),
            ("中".to_owned(), "utf-16-le".to_owned(), 0)
        );
        assert_eq!(
            decoded(&encoded("\u{FEFF}abc", UTF_16BE)),
            ("abc".to_owned(), "utf-16-be".to_owned(), 0)
        );
    }

    #[test]
    fn plain_cases() {
        assert_eq!(decoded(b""), (String::new(), "utf-8".to_owned(), 0));
        assert_eq!(
            decoded(b"plain ASCII; 100%\n"),
            ("plain ASCII; 100%\n".to_owned(), "utf-8".to_owned(), 0)
        );
        assert_eq!(decoded(&encoded("GDP 2024\nNo Chinese", UTF_16LE)).1, "utf-16-le");
    }

    #[test]
    fn broken_bytes_are_counted() {
        let mut bytes = "政协委员在会议上发言".as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        let (text, encoding, replaced) = decoded(&bytes);
        assert_eq!((encoding.as_str(), replaced), ("utf-8", 1));
        assert!(text.ends_with("发\u{FFFD}"));
        // A replacement character that stands in the file is not ours.
        assert_eq!(decoded("坏\u{FFFD}字".as_bytes()).2, 0);
    }

    #[test]
    fn names_of_encodings() {
        let bytes = encoded("中文", GB18030);
        for name in ["gbk", "GB2312", "cp936", "gb18030"] {
            let found = decode(&bytes, Some(name)).unwrap();
            assert_eq!(
                (found.text.as_str(), found.encoding.as_str()),
                ("中文", "gb18030")
            );
        }
        assert_eq!(
            decode(&encoded("中", UTF_16LE), Some("utf_16")).unwrap().text,
            "中"
        );
        assert!(decode(&bytes, Some("utf-8")).unwrap().replaced > 0);
        let problem = decode(b"", Some("klingon")).unwrap_err().to_string();
        assert!(
            problem.contains("`encoding`") && problem.contains("\"klingon\""),
            "{problem}"
        );
    }
}
