//! Segmenter: an immutable value over jieba-rs.
//!
//! Three layers cut a text, the first that speaks wins:
//!
//! 1. user words that hold anything but Han (`1+7`, `“三会一课”`, `PM2.5`) are found by leftmost-longest match on the text,
//!    and so are emoji of several characters;
//! 2. the dictionary (jieba's, with the user's words, without the suppressed ones) by the most probable path;
//! 3. the hidden Markov model joins leftover single characters, if it is on.
//!
//! White space never becomes a token. Spans count characters.
//!
//! The dictionary and the model are simplified. [`Segmenter::look`] gives a text as they see it, in simplified characters at the same places;
//! [`Segmenter::cut`] and [`Segmenter::each`] cut that. [`Segmenter::each_in`] cuts what it is given.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use aho_corasick::AhoCorasick;
use jieba_rs::Jieba;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::script::view::{self, Seen};
use crate::error::{Error, Result};

mod classes;
mod cutter;
pub mod default_dictionary;
mod emoji;
pub mod user_words;

pub(super) use classes::is_rare_han;
pub use classes::is_space;
use classes::{count_chars, is_model_han};
use cutter::Cutter;
pub use default_dictionary::default_jieba;
use user_words::{UserWord, check_word};

crate::words! {
    /// Which cuts of a text come out.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum SegmentMode as "mode" {
        /// Each character in one token: the most probable cut.
        #[default]
        Default = "default",
        /// The same, and before each longer token the words of two and three characters inside it (spans overlap).
        Search = "search",
        /// Every dictionary word, wherever it stands (spans overlap).
        Full = "full",
    }
}

crate::words! {
    /// In which characters traditional text is looked up.
    #[derive(Default, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum LookScript as "script" {
        /// In simplified ones: traditional text is cut as the same text in simplified characters. Tokens stay as they are written.
        #[default]
        Simplified = "simplified",
        /// In those that it is written in, as Python's jieba looks.
        AsWritten = "as_written",
    }
}

/// Everything that decides how a [`Segmenter`] cuts; two segmenters with equal options are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct SegmentOptions {
    /// Whether unknown words are recognised by the hidden Markov model.
    pub hmm: bool,
    /// Which cuts come out.
    pub mode: SegmentMode,
    /// Whether tokens carry part-of-speech tags.
    pub pos: bool,
    /// Whether Latin letters and digits with `.`, `_` or `-` between them stay one token (`2019-2-25`, `USB-C`).
    pub join_latin: bool,
    /// The user's words, in order; a later entry of a word replaces an earlier one.
    pub user_words: Vec<UserWord>,
    /// Words that never come out as one token.
    pub suppress: Vec<String>,
    /// In which characters traditional text is looked up.
    #[serde(default)]
    pub script: LookScript,
}

impl SegmentOptions {
    /// The same for text that is seen in simplified characters: the user's words in those, too, behind the words as they are written. `None`
    /// where that changes nothing.
    fn in_simplified(&self) -> Option<Self> {
        let mut options = self.clone();
        let mut known: FxHashSet<String> = self.user_words.iter().map(|w| w.word.clone()).collect();
        for entry in &self.user_words {
            let word = view::word(&entry.word);
            if known.insert(word.clone().into_owned()) {
                options.user_words.push(UserWord {
                    word: word.into_owned(),
                    ..entry.clone()
                });
            }
        }
        // A word that the user gave in one form and suppressed in the other stays a word.
        let suppressed = self.suppress.iter().map(|word| view::word(word).into_owned());
        options.suppress.extend(suppressed);
        options.suppress.retain(|word| !known.contains(word));
        options.suppress.sort_unstable();
        options.suppress.dedup();
        (options != *self).then_some(options)
    }
}

/// A token: its text, its place in characters (half-open), its tag if tags were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The token.
    pub word: &'a str,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// Part of speech, in jieba's (ICTCLAS) letters; `x` for anything without one. `None` unless asked for.
    pub tag: Option<&'a str>,
}

/// Cuts text into words. Cheap to clone; equal where the options are equal.
#[derive(Debug, Clone)]
pub struct Segmenter {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    options: SegmentOptions,
    engine: OnceLock<Engine>,
    /// For text that is seen in simplified characters, where the user's words hold traditional ones.
    engine_of_seen: OnceLock<Option<Engine>>,
}

impl PartialEq for Segmenter {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner) || self.inner.options == other.inner.options
    }
}

impl Eq for Segmenter {}

impl std::hash::Hash for Segmenter {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.inner.options.hash(state);
    }
}

/// What cutting needs, made at the first cut.
#[derive(Debug)]
struct Engine {
    jieba: Arc<Jieba>,
    special: Option<Special>,
    tags: FxHashMap<String, String>,
    /// The user's words.
    words: FxHashSet<String>,
    suppressed: FxHashSet<String>,
    /// Longest dictionary word in characters (for the full mode).
    longest: usize,
}

/// User words that the dictionary cannot hold: anything with a character outside Han.
#[derive(Debug)]
struct Special {
    automaton: AhoCorasick,
}

/// Longest word of jieba's own dictionary, in characters.
const LONGEST_DEFAULT_WORD: usize = 16;

/// What changes a dictionary: the Han words of the user and the suppressed words.
type DictionaryKey = (Vec<UserWord>, Vec<String>);

/// The dictionary with the user's Han words added and the suppressed words at frequency 0.
///
/// Segmenters with the same words share one dictionary for as long as any of them lives: a copy costs 24 MB.
fn adapted_jieba(words: Vec<UserWord>, suppress: &[String]) -> Arc<Jieba> {
    static CACHE: Mutex<Vec<(DictionaryKey, Weak<Jieba>)>> = Mutex::new(Vec::new());
    let default = default_jieba();
    if words.is_empty() && suppress.is_empty() {
        return default;
    }
    let key = (words, suppress.to_vec());
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    cache.retain(|(_, jieba)| jieba.strong_count() > 0);
    if let Some(jieba) = cache
        .iter()
        .find(|(k, _)| *k == key)
        .and_then(|(_, j)| j.upgrade())
    {
        return jieba;
    }
    let mut jieba = (*default).clone();
    for entry in &key.0 {
        jieba.add_word(&entry.word, entry.freq, entry.tag.as_deref());
    }
    for word in &key.1 {
        // A word that the dictionary lacks can only come from the model; that is dealt with after the cut. Adding it would
        // also keep the model from looking at the characters.
        if jieba.has_word(word) {
            // Frequency 0 is probability 0, so a path over the first character must exist.
            if let Some(first) = word.chars().next() {
                let first = first.to_string();
                if !jieba.has_word(&first) {
                    jieba.add_word(&first, Some(1), None);
                }
            }
            jieba.add_word(word, Some(0), None);
        }
    }
    let jieba = Arc::new(jieba);
    cache.push((key, Arc::downgrade(&jieba)));
    jieba
}

impl Default for Segmenter {
    fn default() -> Self {
        Self::from_checked(SegmentOptions {
            hmm: true,
            ..SegmentOptions::default()
        })
    }
}

impl Segmenter {
    /// Checks the words; the dictionary is loaded at the first cut.
    ///
    /// # Errors
    /// [`Error::Dictionary`] for a word that is empty or holds a line break or tab, [`Error::Parameter`] for a suppressed
    /// word of one character or one that is also a user word.
    pub fn new(mut options: SegmentOptions) -> Result<Self> {
        for (i, entry) in options.user_words.iter().enumerate() {
            check_word(&entry.word).map_err(|problem| Error::Dictionary {
                origin: "user_dict".to_owned(),
                line: i + 1,
                problem,
            })?;
        }
        // Frequency 0 is how jieba's own dictionaries take a word out.
        let (removed, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut options.user_words)
            .into_iter()
            .partition(|w| w.freq == Some(0));
        options.user_words = kept;
        options.suppress.extend(removed.into_iter().map(|w| w.word));
        options.suppress.sort_unstable();
        options.suppress.dedup();
        let known: FxHashSet<&str> = options.user_words.iter().map(|w| w.word.as_str()).collect();
        for (i, word) in options.suppress.iter().enumerate() {
            check_word(word).map_err(|problem| Error::Dictionary {
                origin: "suppress".to_owned(),
                line: i + 1,
                problem,
            })?;
            if word.chars().nth(1).is_none() {
                return Err(Error::parameter(
                    "suppress",
                    "words of at least two characters",
                    format!("{word:?}"),
                ));
            }
            if known.contains(word.as_str()) {
                return Err(Error::parameter(
                    "suppress",
                    "words that are not in `user_dict` as well",
                    format!("{word:?}"),
                ));
            }
        }
        Ok(Self::from_checked(options))
    }

    fn from_checked(options: SegmentOptions) -> Self {
        Self {
            inner: Arc::new(Inner {
                options,
                engine: OnceLock::new(),
                engine_of_seen: OnceLock::new(),
            }),
        }
    }

    /// The options, with the words of frequency 0 moved to `suppress` and that list sorted.
    pub fn options(&self) -> &SegmentOptions {
        &self.inner.options
    }

    fn engine(&self) -> &Engine {
        self.inner.engine.get_or_init(|| Engine::new(&self.inner.options))
    }

    /// The engine for text that is seen in simplified characters.
    fn engine_of_seen(&self) -> &Engine {
        let inner = &self.inner;
        let own = inner
            .engine_of_seen
            .get_or_init(|| inner.options.in_simplified().map(|options| Engine::new(&options)));
        own.as_ref().unwrap_or_else(|| self.engine())
    }

    /// Whether the dictionary, with the user's words and without the suppressed ones, has a word; a traditional one also by its simplified form.
    pub fn has_word(&self, word: &str) -> bool {
        let has = |engine: &Engine, word: &str| {
            !engine.suppressed.contains(word) && (engine.jieba.has_word(word) || engine.words.contains(word))
        };
        let seen = self.look(word);
        has(self.engine(), word) || seen.is_changed() && has(self.engine_of_seen(), seen.text())
    }

    /// A text as the dictionary sees it.
    pub fn look<'t>(&self, text: &'t str) -> Seen<'t> {
        match self.inner.options.script {
            LookScript::Simplified => Seen::of(text),
            LookScript::AsWritten => Seen::as_written(text),
        }
    }

    /// All tokens of a text, in order, as they are written.
    pub fn cut<'a>(&'a self, seen: &'a Seen<'a>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        self.each(seen, |piece| pieces.push(piece));
        pieces
    }

    /// Hands over each token of a text in order, as it is written.
    pub fn each<'a>(&'a self, seen: &'a Seen<'a>, mut emit: impl FnMut(Piece<'a>)) {
        if !seen.is_changed() {
            return self.each_seen(seen, emit);
        }
        let start = seen.text().as_ptr().addr();
        self.each_seen(seen, |piece| {
            // As many bytes are seen as are written, and tokens are slices of them.
            let byte = piece.word.as_ptr().addr() - start;
            let word = seen.written().get(byte..byte + piece.word.len());
            emit(Piece {
                word: word.unwrap_or(piece.word),
                ..piece
            });
        });
    }

    /// Hands over each token of a text in order, as the dictionary sees it.
    pub fn each_seen<'a>(&'a self, seen: &'a Seen<'a>, emit: impl FnMut(Piece<'a>)) {
        let text = seen.text();
        self.each_of(text, seen.is_changed(), text.contains(is_rare_han), 0, emit);
    }

    /// Hands over each token of a text in order as it is given, its span counted from `base`; returns the character after it.
    pub fn each_in<'a>(&'a self, text: &'a str, base: u32, emit: impl FnMut(Piece<'a>)) -> u32 {
        self.each_of(text, false, text.contains(is_rare_han), base, emit)
    }

    /// Hands over each token of a stretch of what [`Segmenter::look`] gave, which `is_changed` or not, its span counted from `base`; returns the
    /// character after it. `rare_han`: whether it holds Han characters that jieba-rs knows and Python's jieba does not ([`super::scan`]).
    pub fn each_of<'a>(
        &'a self,
        text: &'a str,
        is_changed: bool,
        rare_han: bool,
        base: u32,
        mut emit: impl FnMut(Piece<'a>),
    ) -> u32 {
        let engine = if is_changed {
            self.engine_of_seen()
        } else {
            self.engine()
        };
        let cutter = Cutter {
            options: &self.inner.options,
            engine,
            rare_han,
        };
        let mut special = emoji::sequences(text);
        if let Some(words) = &engine.special {
            special.extend(words.matches(text));
            leftmost_longest(&mut special);
        }
        let (mut byte, mut base) = (0, base);
        for (start, end) in special {
            base = cutter.gap(&text[byte..start], base, &mut emit);
            let word = &text[start..end];
            let chars = count_chars(word);
            let tag = self.inner.options.pos.then(|| cutter.tag_of(word, None));
            emit(Piece {
                word,
                start: base,
                end: base + chars,
                tag,
            });
            base += chars;
            byte = end;
        }
        cutter.gap(&text[byte..], base, &mut emit)
    }
}

impl Engine {
    fn new(options: &SegmentOptions) -> Self {
        let (han, special): (Vec<_>, Vec<_>) = options
            .user_words
            .iter()
            .cloned()
            .partition(|w| w.word.chars().all(is_model_han));
        let longest = han.iter().map(|w| w.word.chars().count()).max().unwrap_or(0);
        Self {
            special: Special::new(&special),
            tags: options
                .user_words
                .iter()
                .filter_map(|w| Some((w.word.clone(), w.tag.clone()?)))
                .collect(),
            words: options.user_words.iter().map(|w| w.word.clone()).collect(),
            suppressed: options.suppress.iter().cloned().collect(),
            longest: longest.max(LONGEST_DEFAULT_WORD),
            jieba: adapted_jieba(han, &options.suppress),
        }
    }
}

impl Special {
    fn new(words: &[UserWord]) -> Option<Self> {
        if words.is_empty() {
            return None;
        }
        // Building fails only beyond 2³¹ states, which no list of words reaches that fits in memory.
        AhoCorasick::new(words.iter().map(|w| w.word.as_str()))
            .ok()
            .map(|automaton| Self { automaton })
    }

    /// Byte spans of the leftmost-longest matches that do not cut a Latin word or a number in two.
    fn matches(&self, text: &str) -> Vec<(usize, usize)> {
        let alphanumeric = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let whole = |start: usize, end: usize| {
            let (before, inside, after) = (&text[..start], &text[start..end], &text[end..]);
            let cut_left = alphanumeric(before.chars().next_back()) && alphanumeric(inside.chars().next());
            let cut_right = alphanumeric(inside.chars().next_back()) && alphanumeric(after.chars().next());
            !cut_left && !cut_right
        };
        // All matches first: a longer one that fails the test of its ends must not hide a shorter one that passes.
        let mut found: Vec<(usize, usize)> = self
            .automaton
            .find_overlapping_iter(text)
            .map(|m| (m.start(), m.end()))
            .filter(|&(start, end)| whole(start, end))
            .collect();
        leftmost_longest(&mut found);
        found
    }
}

/// Keeps the leftmost of spans that overlap, the longest of those that begin together.
fn leftmost_longest(found: &mut Vec<(usize, usize)>) {
    found.sort_unstable_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
    let mut reached = 0;
    found.retain(|&(start, end)| {
        let keep = start >= reached;
        if keep {
            reached = end;
        }
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(options: SegmentOptions, text: &str) -> Vec<String> {
        let segmenter = Segmenter::new(options).unwrap_or_default();
        let seen = segmenter.look(text);
        let pieces = segmenter.cut(&seen);
        let chars: Vec<char> = text.chars().collect();
        for p in &pieces {
            let slice: String = chars[p.start as usize..p.end as usize].iter().collect();
            assert_eq!(slice, p.word, "span of a token of {text:?}");
        }
        pieces.iter().map(|p| p.word.to_owned()).collect()
    }

    fn hmm() -> SegmentOptions {
        SegmentOptions {
            hmm: true,
            ..SegmentOptions::default()
        }
    }

    fn user(list: &[&str]) -> SegmentOptions {
        SegmentOptions {
            user_words: list.iter().map(|w| UserWord::new(w)).collect(),
            ..hmm()
        }
    }

    #[test]
    fn white_space_is_no_token_and_spans_count_characters() {
        assert_eq!(
            words(hmm(), " 坚持\u{3000}党建引领\r\n，𠮷"),
            ["坚持", "党建", "引领", "，", "𠮷"]
        );
        assert_eq!(words(hmm(), ""), Vec::<String>::new());
        assert_eq!(words(hmm(), " \n\t"), Vec::<String>::new());
    }

    #[test]
    fn emoji_of_several_characters_are_one_token() {
        let text = "点赞\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{1F44D}\u{1F3FB}\u{1F1E8}\u{1F1F3}好";
        let expected = [
            "点赞",
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
            "\u{1F44D}\u{1F3FB}",
            "\u{1F1E8}\u{1F1F3}",
            "好",
        ];
        assert_eq!(words(hmm(), text), expected);
        for mode in [SegmentMode::Search, SegmentMode::Full] {
            let options = SegmentOptions { mode, ..hmm() };
            assert!(words(options, text).contains(&expected[1].to_owned()));
        }
        // A user's word may hold one; the sequence is not cut for a shorter word.
        assert_eq!(
            words(
                user(&["\u{1F44D}\u{1F3FB}好评", "\u{1F44D}"]),
                "\u{1F44D}\u{1F3FB}好评\u{1F44D}\u{1F3FB}"
            )
            .len(),
            2
        );
    }

    #[test]
    fn latin_and_digits_as_python_cuts_them_or_joined() {
        for hmm in [true, false] {
            let joined = SegmentOptions {
                join_latin: true,
                hmm,
                ..SegmentOptions::default()
            };
            assert_eq!(
                words(joined, "2019-2-25，USB-C涨4.5-5%，5G和a，C++"),
                [
                    "2019-2-25",
                    "，",
                    "USB-C",
                    "涨",
                    "4.5-5%",
                    "，",
                    "5G",
                    "和",
                    "a",
                    "，",
                    "C++"
                ]
            );
        }
        assert_eq!(
            words(hmm(), "2019-2-25，USB-C"),
            ["2019", "-", "2", "-", "25", "，", "USB", "-", "C"]
        );
        assert_eq!(words(hmm(), "增长3.5%，a.5b"), ["增长", "3.5%", "，", "a.5", "b"]);
        assert_eq!(words(hmm(), "C++和AT&T"), ["C++", "和", "AT&T"]);
        assert_eq!(
            words(hmm(), "㐀㐁党建𠮷鿖好"),
            ["㐀", "㐁", "党建", "𠮷", "鿖", "好"]
        );
    }

    #[test]
    fn special_words_come_first_but_never_cut_a_number() {
        let options = user(&["1+7", "“三会一课”", "11783", "PM2.5", "New York"]);
        assert_eq!(
            words(options.clone(), "落实“三会一课”和1+7制度，PM2.5"),
            ["落实", "“三会一课”", "和", "1+7", "制度", "，", "PM2.5"]
        );
        assert_eq!(words(options.clone(), "11+7"), words(hmm(), "11+7"));
        assert_eq!(words(options.clone(), "1178345"), ["1178345"]);
        assert_eq!(words(options, "去New York看"), ["去", "New York", "看"]);
        // A longer match that would cut a number does not hide a shorter one.
        assert_eq!(words(user(&["乙A", "乙·A", "“乙", "“乙A"]), "“乙AB")[0], "“乙");
    }

    #[test]
    fn suppressed_words_never_come_out() {
        let suppress = |list: &[&str]| SegmentOptions {
            suppress: list.iter().map(ToString::to_string).collect(),
            ..hmm()
        };
        assert_eq!(words(hmm(), "市政协委员"), ["市政协", "委员"]);
        assert_eq!(words(suppress(&["市政协"]), "市政协委员"), ["市", "政协委员"]);
        assert_eq!(
            words(suppress(&["市政协", "政协委员"]), "市政协委员"),
            ["市", "政协", "委员"]
        );
        for &mode in SegmentMode::ALL {
            let options = SegmentOptions {
                mode,
                ..suppress(&["政协", "USB"])
            };
            let cut = words(options, "市政协工作，政协USB");
            assert!(!cut.iter().any(|w| w == "政协" || w == "USB"), "{cut:?}");
        }
    }

    #[test]
    fn user_words_of_han_join_and_carry_their_tag() {
        let options = SegmentOptions {
            pos: true,
            user_words: vec![UserWord {
                word: "党建引领".to_owned(),
                freq: None,
                tag: Some("nz".to_owned()),
            }],
            ..hmm()
        };
        let segmenter = Segmenter::new(options).unwrap_or_default();
        let seen = segmenter.look("坚持党建引领3.5%");
        let pieces = segmenter.cut(&seen);
        let tagged: Vec<_> = pieces.iter().map(|p| (p.word, p.tag.unwrap_or(""))).collect();
        assert_eq!(tagged, [("坚持", "v"), ("党建引领", "nz"), ("3.5%", "m")]);
    }

    #[test]
    fn search_and_full_mode_show_words_inside_words() {
        let mode = |mode| SegmentOptions { mode, ..hmm() };
        assert_eq!(
            words(mode(SegmentMode::Search), "中国科学院"),
            ["中国", "科学", "学院", "科学院", "中国科学院"]
        );
        assert_eq!(
            words(mode(SegmentMode::Full), "清华大学USB2"),
            ["清华", "清华大学", "华大", "大学", "USB2"]
        );
    }

    #[test]
    fn equal_options_make_equal_segmenters_and_share_a_dictionary() {
        let (a, b) = (
            Segmenter::new(user(&["党建引领"])).unwrap_or_default(),
            Segmenter::new(user(&["党建引领"])).unwrap_or_default(),
        );
        assert_eq!(a, b);
        assert_ne!(a, Segmenter::default());
        assert!(Arc::ptr_eq(&a.engine().jieba, &b.engine().jieba));
    }

    #[test]
    fn bad_words_are_named() {
        let error = |o: SegmentOptions| Segmenter::new(o).map_err(|e| e.to_string());
        let suppress = |w: &str| SegmentOptions {
            suppress: vec![w.to_owned()],
            ..user(&["党建"])
        };
        assert_eq!(
            error(suppress("的")),
            Err("`suppress` must be words of at least two characters; got \"的\"".to_owned())
        );
        assert!(error(suppress("党建")).is_err());
        assert!(error(user(&["好", " "])).is_err_and(|m| m.starts_with("user_dict, line 2: ")));
    }
}
