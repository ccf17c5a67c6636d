//! From bytes to text: which encoding a file is in.
//!
//! In this order: a byte-order mark; the escapes of encodings of seven bits; valid UTF-8 without control characters; else the
//! reading that is the most likely piece of writing (`likelihood`): Chinese in UTF-8, GB 18030 (which holds GBK and
//! GB 2312), Big5, UTF-16 or UTF-32; Japanese in Shift JIS or EUC-JP, Korean in EUC-KR; letters in what `chardetng` takes
//! the bytes for. The odds before anything is seen are on Chinese, so that a few rare characters are not taken for
//! Korean. What is not Chinese is decoded all the same and has a [`Doubt`].
//!
//! Nothing is dropped silently: [`Decoded::replaced`] counts the byte sequences that became U+FFFD.

use std::borrow::Cow;
use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE,
};

use crate::error::{Error, Result};

mod likelihood;
mod rare;

use likelihood::Language;
use rare::Order;

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// `utf-8`, `utf-8-sig` (with byte-order mark), `utf-16-le`, `utf-16-be`, `utf-32-le`, `utf-32-be`, `utf-7`, `gb18030`,
    /// `hz`, `big5`, or the lower-case name of another encoding of the WHATWG standard; Python's `bytes.decode` takes these names.
    pub encoding: String,
    /// Byte sequences that are not valid in the encoding and became U+FFFD.
    pub replaced: u64,
    /// Why the text should not be taken for what a Chinese file says.
    pub doubt: Option<Doubt>,
}

/// What is doubtful about a decoded file. As text it says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The text is in another language, in an encoding that is made for it.
    NotChinese {
        /// The language.
        language: &'static str,
        /// The encoding, as `encoding` takes it.
        encoding: String,
    },
    /// The bytes are in an encoding that is not read.
    NotRead(&'static str),
    /// The file has the mark of another encoding than the one that was given.
    OtherMark {
        /// The encoding that the mark belongs to.
        marked: &'static str,
        /// The one that was given.
        given: String,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotChinese { language, encoding } => write!(
                f,
                "looks like {language} in {encoding}, not like Chinese; encoding={encoding:?} reads it all the same"
            ),
            Self::NotRead(encoding) => {
                write!(
                    f,
                    "looks like a text in {encoding}, which is not read; save it as UTF-8"
                )
            }
            Self::OtherMark { marked, given } => {
                write!(
                    f,
                    "begins with the byte-order mark of {marked} and is not in {given}"
                )
            }
        }
    }
}

/// An encoding that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    /// One that browsers know.
    Web(&'static Encoding),
    Utf32(Order),
    Utf7,
    Hz,
}

impl Charset {
    /// As [`Decoded::encoding`], without regard to a mark.
    fn name(self) -> String {
        match self {
            Self::Web(e) if e == UTF_16LE => "utf-16-le".to_owned(),
            Self::Web(e) if e == UTF_16BE => "utf-16-be".to_owned(),
            Self::Web(e) => e.name().to_ascii_lowercase(),
            Self::Utf32(Order::Little) => "utf-32-le".to_owned(),
            Self::Utf32(Order::Big) => "utf-32-be".to_owned(),
            Self::Utf7 => "utf-7".to_owned(),
            Self::Hz => "hz".to_owned(),
        }
    }

    /// The text, with mark, and the number of replaced sequences; `complete` is `false` for a sample that may end in a character.
    fn read(self, bytes: &[u8], complete: bool) -> (String, u64) {
        match self {
            Self::Web(encoding) => read_web(bytes, encoding, complete),
            Self::Utf32(order) => rare::utf_32(bytes, order),
            Self::Utf7 => rare::utf_7(bytes),
            Self::Hz => rare::hz(bytes),
        }
    }
}

/// Bytes that are looked at to judge likelihood.
const SAMPLE: usize = 8_192;

const MARK_OF_UTF_8: &[u8] = &[0xEF, 0xBB, 0xBF];
const MARK_OF_GB_18030: &[u8] = &[0x84, 0x31, 0x95, 0x33];

/// Decodes `bytes`; finds the encoding if `encoding` is `None`.
///
/// `encoding` is a name as Python or the web knows it (`utf-8`, `gbk`, `cp936`, `big5`, `utf_16_le`, …). A byte-order
/// mark is taken off in any case; the mark of another encoding than the one given is a doubt.
///
/// # Errors
/// [`Error::Parameter`] for a name that is not known.
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded> {
    let Some(name) = encoding else {
        return Ok(decode_found(bytes));
    };
    let chosen = named(name, bytes)?;
    let mut decoded = decode_as(bytes, chosen);
    let marked = by_mark(bytes).filter(|marked| *marked != chosen);
    // Marks of 16 and 32 bits are no text in any other encoding.
    if let Some(Charset::Web(marked)) = marked
        && [UTF_8, GB18030].contains(&marked)
    {
        decoded.doubt = Some(Doubt::OtherMark {
            marked: if marked == UTF_8 { "utf-8" } else { "gb18030" },
            given: decoded.encoding.clone(),
        });
    }
    Ok(decoded)
}

/// Decodes with the encoding that an HTML page declares, if the bytes are valid in it; otherwise as [`decode`] does.
pub(super) fn decode_declared(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let declared = declared
        .and_then(|name| named(name, bytes).ok())
        .filter(|_| by_mark(bytes).is_none())
        .map(|charset| decode_as(bytes, charset));
    match declared {
        Some(decoded) if decoded.replaced == 0 => decoded,
        _ => decode_found(bytes),
    }
}

/// The encoding behind a name.
fn named(name: &str, bytes: &[u8]) -> Result<Charset> {
    let given = name.trim().to_ascii_lowercase();
    let plain = given.replace(['_', ' '], "-");
    let found = match plain.as_str() {
        "utf-8-sig" | "utf8-sig" => Some(UTF_8),
        // Python's utf-16 reads the mark; without one it is little-endian as on most machines.
        "utf-16" | "utf16" if bytes.starts_with(&[0xFE, 0xFF]) => Some(UTF_16BE),
        "utf-16" | "utf16" | "utf-16-le" => Some(UTF_16LE),
        "utf-16-be" => Some(UTF_16BE),
        "utf-32" | "utf32" if bytes.starts_with(&[0, 0, 0xFE, 0xFF]) => {
            return Ok(Charset::Utf32(Order::Big));
        }
        "utf-32" | "utf32" | "utf-32-le" | "utf-32le" => return Ok(Charset::Utf32(Order::Little)),
        "utf-32-be" | "utf-32be" => return Ok(Charset::Utf32(Order::Big)),
        "utf-7" | "utf7" => return Ok(Charset::Utf7),
        "hz" | "hz-gb" | "hz-gb-2312" | "hzgb" => return Ok(Charset::Hz),
        "cp936" | "936" | "gb2312" | "gbk" => Some(GB18030),
        "cp950" | "950" | "big5hkscs" | "big5-tw" => Some(BIG5),
        "cp932" | "932" | "mskanji" => Some(SHIFT_JIS),
        "eucjp" => Some(EUC_JP),
        "cp949" | "949" | "uhc" | "euckr" => Some(EUC_KR),
        "iso2022-jp" | "iso2022jp" => Some(ISO_2022_JP),
        other => Encoding::for_label(other.as_bytes()).or_else(|| Encoding::for_label(given.as_bytes())),
    };
    match found {
        Some(encoding) if encoding == GBK => Ok(Charset::Web(GB18030)),
        Some(encoding) => Ok(Charset::Web(encoding)),
        None => Err(Error::parameter(
            "encoding",
            "the name of an encoding such as \"utf-8\", \"gb18030\", \"big5\" or \"utf-16\"",
            format!("{name:?}"),
        )),
    }
}

/// The encoding whose byte-order mark stands at the beginning.
fn by_mark(bytes: &[u8]) -> Option<Charset> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) && rare::may_be_utf_32(bytes, Order::Little) {
        return Some(Charset::Utf32(Order::Little));
    }
    if bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Some(Charset::Utf32(Order::Big));
    }
    if bytes.starts_with(MARK_OF_GB_18030) {
        return Some(Charset::Web(GB18030));
    }
    if rare::has_mark_of_utf_7(bytes) && bytes.is_ascii() {
        return Some(Charset::Utf7);
    }
    Encoding::for_bom(bytes).map(|(encoding, _)| Charset::Web(encoding))
}

/// Decodes and counts what is not valid.
fn decode_as(bytes: &[u8], charset: Charset) -> Decoded {
    let (text, replaced) = charset.read(bytes, true);
    let marked = charset == Charset::Web(UTF_8) && bytes.starts_with(MARK_OF_UTF_8);
    Decoded {
        // Twice where marked files were put together.
        text: match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.trim_start_matches('\u{FEFF}').to_owned(),
            None => text,
        },
        encoding: if marked {
            "utf-8-sig".to_owned()
        } else {
            charset.name()
        },
        replaced,
        doubt: None,
    }
}

/// Decodes with the encoding that the bytes speak for.
fn decode_found(bytes: &[u8]) -> Decoded {
    match detect(bytes) {
        Found::Read(charset) => decode_as(bytes, charset),
        Found::Foreign(encoding, language) => {
            let mut decoded = decode_as(bytes, Charset::Web(encoding));
            decoded.doubt = Some(Doubt::NotChinese {
                language,
                encoding: decoded.encoding.clone(),
            });
            decoded
        }
        Found::NotRead(name) => Decoded {
            encoding: name.to_owned(),
            doubt: Some(Doubt::NotRead(name)),
            ..decode_as(bytes, Charset::Web(UTF_8))
        },
    }
}

/// The text, with mark, and the number of replaced sequences.
fn read_web(bytes: &[u8], encoding: &'static Encoding, complete: bool) -> (String, u64) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
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

/// What the bytes of a file speak for.
#[derive(Debug, Clone, Copy)]
enum Found {
    Read(Charset),
    Foreign(&'static Encoding, &'static str),
    NotRead(&'static str),
}

/// A reading of the bytes, and the logarithm of how likely it is before anything is seen.
type Candidate = (Charset, Language, f64);

/// The readings that are Chinese, or in an encoding of all languages.
const READ: [Candidate; 15] = [
    (Charset::Web(UTF_8), Language::Chinese, 1.0),
    (Charset::Web(GB18030), Language::Chinese, 0.0),
    (Charset::Web(GB18030), Language::Japanese, -14.0),
    (Charset::Web(BIG5), Language::Chinese, -2.5),
    (Charset::Web(UTF_16LE), Language::Chinese, -5.0),
    (Charset::Web(UTF_16LE), Language::Japanese, -12.0),
    (Charset::Web(UTF_16LE), Language::Korean, -12.0),
    (Charset::Web(UTF_16BE), Language::Chinese, -5.0),
    (Charset::Web(UTF_16BE), Language::Japanese, -12.0),
    (Charset::Web(UTF_16BE), Language::Korean, -12.0),
    (Charset::Utf32(Order::Little), Language::Chinese, -5.0),
    (Charset::Utf32(Order::Little), Language::Japanese, -12.0),
    (Charset::Utf32(Order::Big), Language::Chinese, -5.0),
    (Charset::Utf32(Order::Big), Language::Japanese, -12.0),
    (Charset::Web(UTF_8), Language::Alphabetic, -4.0),
];

/// The readings of bytes that are valid UTF-8 in pairs.
const PAIRS: [Candidate; 3] = [
    (Charset::Web(UTF_8), Language::Alphabetic, 3.0),
    (Charset::Web(UTF_8), Language::Chinese, 3.0),
    (Charset::Web(GB18030), Language::Chinese, 0.0),
];

/// The readings that are not Chinese: a few characters alone do not speak for them.
const FOREIGN: [Candidate; 4] = [
    (Charset::Web(SHIFT_JIS), Language::Japanese, -11.0),
    (Charset::Web(SHIFT_JIS), Language::HalfWidth, -13.0),
    (Charset::Web(EUC_JP), Language::Japanese, -11.0),
    (Charset::Web(EUC_KR), Language::Korean, -11.0),
];

/// The encoding of a file.
fn detect(bytes: &[u8]) -> Found {
    if let Some(charset) = by_mark(bytes) {
        return Found::Read(charset);
    }
    if bytes.is_ascii()
        && let Some(found) = by_escapes(bytes)
    {
        return found;
    }
    let bytes = &*without_padding(bytes);
    let sample = Sample::of(bytes);
    if std::str::from_utf8(bytes).is_ok() && !bytes.iter().any(|b| is_control(*b)) {
        // Sequences of three bytes are valid by no accident; pairs of bytes may be (联通 is a famous one).
        let pairs = !bytes.is_ascii() && bytes.iter().all(|b| *b < 0xE0);
        let read = if pairs { sample.best(&PAIRS) } else { None };
        return Found::Read(read.map_or(Charset::Web(UTF_8), |(_, charset)| charset));
    }
    let Some((score, chinese)) = sample.best(&READ) else {
        return Found::Read(Charset::Web(UTF_8));
    };
    let guess = guessed(sample.bytes);
    let letters = [(Charset::Web(guess), Language::Alphabetic, -4.0)];
    let (score, read) = match sample.best(&letters) {
        Some((better, other)) if guess.is_single_byte() && better > score => (better, other),
        _ => (score, chinese),
    };
    match sample.best(&FOREIGN) {
        Some((better, Charset::Web(encoding)))
            if better > score
                && likelihood::is_foreign(&read_web(sample.bytes, encoding, sample.complete).0)
                && read_web(bytes, encoding, true).1 <= read.read(bytes, true).1 =>
        {
            Found::Foreign(encoding, if encoding == EUC_KR { "Korean" } else { "Japanese" })
        }
        _ => Found::Read(read),
    }
}

/// The bytes with runs of four zeros or more cut by as many fours as they hold: fields and blocks that are filled up say nothing of the encoding,
/// and the places of units of two and four bytes stay what they are.
fn without_padding(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.windows(4).any(|four| four == [0; 4]) {
        return Cow::Borrowed(bytes);
    }
    let mut kept = Vec::with_capacity(bytes.len());
    for run in bytes.chunk_by(|a, b| (*a == 0) == (*b == 0)) {
        let length = if run.first() == Some(&0) {
            run.len() % 4
        } else {
            run.len()
        };
        kept.extend_from_slice(&run[..length]);
    }
    Cow::Owned(kept)
}

/// What the escapes in a file of seven bits say.
fn by_escapes(bytes: &[u8]) -> Option<Found> {
    match rare::iso_2022(bytes) {
        Some("iso-2022-jp") => return Some(Found::Foreign(ISO_2022_JP, "Japanese")),
        Some(other) => return Some(Found::NotRead(other)),
        None => {}
    }
    let likely = |text: &str| likelihood::of(Language::Chinese, text);
    (rare::is_hz(bytes) && likely(&rare::hz(bytes).0) > likely(&String::from_utf8_lossy(bytes)))
        .then_some(Found::Read(Charset::Hz))
}

/// Whether a byte is a control character, which no line of text holds.
const fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0E..=0x1F)
}

/// The part of a file that is judged: from the first byte on that is not of plain ASCII.
struct Sample<'a> {
    bytes: &'a [u8],
    complete: bool,
    /// Whether the file has an even number of bytes, and one that four divides.
    even: [bool; 2],
}

impl<'a> Sample<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let first = bytes
            .iter()
            .position(|b| !b.is_ascii() || is_control(*b))
            .unwrap_or_default();
        // At a place where a unit of two or four bytes begins.
        let rest = bytes.get(first & !3..).unwrap_or_default();
        let sample = rest.get(..SAMPLE).unwrap_or(rest);
        Self {
            bytes: sample,
            complete: sample.len() == rest.len(),
            even: [bytes.len().is_multiple_of(2), bytes.len().is_multiple_of(4)],
        }
    }

    /// The most likely of several readings; the first of equals.
    fn best(&self, candidates: &[Candidate]) -> Option<(f64, Charset)> {
        let mut read: Option<(Charset, String)> = None;
        let mut best = None;
        for (charset, language, odds) in candidates.iter().copied() {
            let possible = match charset {
                Charset::Web(e) if e == UTF_16LE || e == UTF_16BE => self.even[0],
                Charset::Utf32(order) => {
                    self.even[1]
                        && rare::may_be_utf_32(self.bytes, order)
                        && rare::is_mostly_first_plane(self.bytes, order)
                }
                _ => true,
            };
            if !possible {
                continue;
            }
            // Candidates of one encoding stand together.
            if read.as_ref().is_none_or(|(of, _)| *of != charset) {
                read = Some((charset, charset.read(self.bytes, self.complete).0));
            }
            let text = read.as_ref().map_or("", |(_, text)| text);
            let score = likelihood::of(language, text) + odds;
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, charset));
            }
        }
        best
    }
}

/// What `chardetng` takes the bytes for.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), Utf8Detection::Allow)
}

/// Whether present-day writing, simplified or traditional, uses a character often.
pub(super) fn is_frequent(c: char) -> bool {
    likelihood::is_frequent(c)
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
    fn marks_of_every_encoding_are_taken_off() {
        let texts = ["县政协", "云川县第3次会议。", "abc", ""];
        for text in texts {
            let marked = format!("\u{FEFF}{text}");
            let versions: [(Vec<u8>, &str); 6] = [
                (marked.clone().into_bytes(), "utf-8-sig"),
                (encoded(&marked, GB18030), "gb18030"),
                (encoded(&marked, UTF_16LE), "utf-16-le"),
                (encoded(&marked, UTF_16BE), "utf-16-be"),
                (
                    marked.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
                    "utf-32-le",
                ),
                (
                    marked.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
                    "utf-32-be",
                ),
            ];
            for (bytes, name) in versions {
                let expected = (text.to_owned(), name.to_owned(), 0);
                assert_eq!(decoded(&bytes), expected, "{text}");
                // With the encoding given too.
                let given = decode(&bytes, Some(name)).unwrap();
                assert_eq!(
                    (given.text.as_str(), given.replaced, given.doubt),
                    (text, 0, None),
                    "{name}"
                );
            }
        }
        assert_eq!(decoded(b"+/v9T4FMU-").1, "utf-7");
        // Marked files that were put together.
        assert_eq!(decoded("\u{FEFF}\u{FEFF}县".as_bytes()).0, "县");
        // Inside a text it is no mark.
        assert_eq!(decoded("县\u{FEFF}政".as_bytes()).0, "县\u{FEFF}政");
    }

    #[test]
    fn the_mark_of_another_encoding_is_a_doubt() {
        let marked = "\u{FEFF}云川县".as_bytes();
        for given in ["gb18030", "gbk", "big5", "shift_jis", "utf-16"] {
            let doubt = decode(marked, Some(given)).unwrap().doubt.unwrap().to_string();
            assert!(doubt.contains("utf-8"), "{doubt}");
        }
        assert_eq!(decode(marked, Some("utf-8")).unwrap().doubt, None);
        let doubt = decode(&encoded("\u{FEFF}县", GB18030), Some("utf-8"))
            .unwrap()
            .doubt;
        assert!(doubt.unwrap().to_string().contains("gb18030"));
    }

    #[test]
    fn texts_with_nul_bytes_keep_their_encoding() {
        for text in [
            "县\0政\0协\0会议",
            "a\0b\0c 县政协会议\0",
            "1\0云川县\x002\0青石镇\0",
            "\0\0云川县人民政府\0\0",
        ] {
            for (encoding, name) in [(UTF_8, "utf-8"), (GB18030, "gb18030")] {
                let expected = (text.to_owned(), name.to_owned(), 0);
                assert_eq!(decoded(&encoded(text, encoding)), expected, "{text:?}");
            }
        }
        for zeros in [4, 7, 12, 30, 33, 512] {
            for text in ["会议纪要", "全市会议纪要如下"] {
                let padded = format!("{text}{}", "\0".repeat(zeros));
                for (encoding, name) in [(UTF_8, "utf-8"), (GB18030, "gb18030")] {
                    let expected = (padded.clone(), name.to_owned(), 0);
                    assert_eq!(decoded(&encoded(&padded, encoding)), expected, "{text} {zeros}");
                }
                assert_eq!(
                    decoded(&encoded(&padded, UTF_16LE)).1,
                    "utf-16-le",
                    "{text} {zeros}"
                );
            }
        }
        let traditional = "雲川縣\0縣政協\0會議\0";
        assert_eq!(decoded(&encoded(traditional, BIG5)).1, "big5");
        // Fields of plain ASCII: UTF-16 would have a zero in every other place.
        for text in ["abc\0defgh\0", "id\0name\0value\0", "12\x0034\x0056\0"] {
            assert_eq!(decoded(text.as_bytes()), (text.to_owned(), "utf-8".to_owned(), 0));
        }
        for text in ["a,b,c\n1,2,3", "2024年第3号 No. 5", "县政协"] {
            assert_eq!(
                decoded(&encoded(text, UTF_16LE)),
                (text.to_owned(), "utf-16-le".to_owned(), 0)
            );
            assert_eq!(
                decoded(&encoded(text, UTF_16BE)),
                (text.to_owned(), "utf-16-be".to_owned(), 0)
            );
        }
        let four: Vec<u8> = "云川县第3号"
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert_eq!(
            decoded(&four),
            ("云川县第3号".to_owned(), "utf-32-le".to_owned(), 0)
        );
    }

    const JAPANESE: [&str; 7] = [
        "こんにちは",
        "雨が降ったので、試合は中止になりました。",
        "山田さんは昨日から出張しています。",
        "カメラとノートパソコンを持って行く",
        "町の図書館は、月曜日に休みます。\r\n入口は駅の前です。",
        "2024年の売上は、前の年より3%増えた。",
        "ﾔﾏﾀﾞ ﾀﾛｳ ﾄｳｷｮｳﾄ ﾐﾅﾄｸ ﾎﾝﾁｮｳ",
    ];
    const KOREAN: [&str; 5] = [
        "안녕하세요",
        "어제는 비가 와서 집에 있었습니다.",
        "도서관은 역 앞에 있으며 월요일에 쉽니다.",
        "2024년 매출은 지난해보다 3% 늘었다.",
        "우리 마을에는 오래된 나무가 한 그루 있다",
    ];

    #[test]
    fn what_is_not_chinese_is_named() {
        let doubtful = |bytes: &[u8], text: &str, expected: &'static str, name: &str| {
            let found = decode(bytes, None).unwrap();
            assert_eq!(
                found.doubt,
                Some(Doubt::NotChinese {
                    language: expected,
                    encoding: name.to_owned()
                }),
                "{text} in {name}: {}",
                found.text
            );
            let said = found.doubt.unwrap().to_string();
            assert!(
                said.contains(expected) && said.contains(&format!("encoding={name:?}")),
                "{said}"
            );
            // Whoever wants it all the same gets it.
            let given = decode(bytes, Some(name)).unwrap();
            assert_eq!((given.text.as_str(), given.doubt), (text, None));
        };
        for text in JAPANESE {
            doubtful(&encoded(text, SHIFT_JIS), text, "Japanese", "shift_jis");
            if !text.contains('ﾀ') {
                doubtful(&encoded(text, EUC_JP), text, "Japanese", "euc-jp");
                doubtful(&encoded(text, ISO_2022_JP), text, "Japanese", "iso-2022-jp");
            }
        }
        for text in KOREAN {
            doubtful(&encoded(text, EUC_KR), text, "Korean", "euc-kr");
        }
        assert!(matches!(
            decode(b"\x1b$)C\x0e>H\x0f", None).unwrap().doubt,
            Some(Doubt::NotRead("iso-2022-kr"))
        ));
    }

    #[test]
    fn chinese_that_holds_something_else_is_chinese() {
        for text in [
            "他用日语说：こんにちは，我是山田。大家都笑了，会议继续进行。",
            "品牌“カメラ”进入云川县市场，销量增长3%。",
            "韩国客商到云川县考察，县长会见了客人。",
            "ＡＢＣ公司、α粒子、Ⅳ级、℃、※、①",
            "邬晓岚、翟羿、亓官锜、芈昶",
            "The council \u{201C}met\u{201D} on the first day of the month and read the report of the office",
        ] {
            let found = decode(&encoded(text, GB18030), None).unwrap();
            assert_eq!(
                (found.text.as_str(), found.encoding.as_str(), found.doubt),
                (text, "gb18030", None)
            );
        }
        // Japanese and Korean in an encoding of all languages are read right and no doubt.
        for text in JAPANESE.into_iter().chain(KOREAN) {
            for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
                let found = decode(&encoded(text, encoding), None).unwrap();
                assert_eq!((found.text.as_str(), found.doubt), (text, None));
            }
        }
        // So is Japanese that was written in GB 18030.
        let text = "雨が降ったので、試合は中止になりました。町の図書館は休みます。";
        let found = decode(&encoded(text, GB18030), None).unwrap();
        assert_eq!((found.text.as_str(), found.doubt), (text, None));
    }

    #[test]
    fn a_long_head_of_ascii_hides_nothing() {
        let head = "field,value\n".repeat(3000);
        for (text, encoding, name) in [
            ("云川县人民政府", GB18030, "gb18030"),
            ("雲川縣的會議", BIG5, "big5"),
            ("云川县人民政府", UTF_16LE, "utf-16-le"),
        ] {
            let whole = format!("{head}{text}");
            assert_eq!(
                decoded(&encoded(&whole, encoding)),
                (whole.clone(), name.to_owned(), 0)
            );
        }
    }

    #[test]
    fn pairs_that_are_valid_utf_8_by_accident() {
        for text in ["统一原", "联通", "为之一", "业学院"] {
            assert_eq!(
                decoded(&encoded(text, GB18030)),
                (text.to_owned(), "gb18030".to_owned(), 0)
            );
        }
        for text in [
            "café",
            "Noël à Genève",
            "Москва",
            "Ελλάδα",
            "20 °C ± 1 £5",
            "naïve · façade",
            "Übergröße",
        ] {
            assert_eq!(decoded(text.as_bytes()), (text.to_owned(), "utf-8".to_owned(), 0));
        }
    }

    #[test]
    fn letters_with_accents_are_no_chinese() {
        let text = "Le caf\u{e9} est ferm\u{e9} \u{e0} No\u{eb}l, d\u{e9}j\u{e0} r\u{e9}serv\u{e9} pour les \u{e9}l\u{e8}ves.";
        let bytes: Vec<u8> = text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        assert_eq!(decoded(&bytes).0, text);
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
