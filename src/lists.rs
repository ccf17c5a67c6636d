//! Lists of words: data in `src/lists/<topic>/<list>.txt`, read once, asked by hash.
//!
//! A file has a head of lines that begin with `#` (`# for:`, `# from:`, `# order:`, perhaps `# columns:`,
//! `# repeats:` and `# script:`; a line without one of these words goes on with the one above) and one entry a line, columns set apart by tabs. Such a list is
//! what somebody who knows the language should read and mend, so it is no code. `tests/rust/lists.rs` says what a file must be
//! like; `docs/discourse/lists.md` shows all of them. This file is longer than 500 lines because each list has a line in the table below.
//!
//! **List or code?** A list is what can grow: words of a kind, of which another text may bring another one. In code stay
//! the few signs and particles that a single rule is made of (the marks that end a clause, 的 behind a name, the three
//! words that make 第一 a rank): taken out of the rule they mean nothing, and a fourth one would be another rule. A dozen words of
//! content are a list in any case.
//!
//! [`list!`](crate::list) gives a list by its name. A name that has no file, or a file that is not in the table below, does not compile.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// One line of a list.
#[derive(Debug)]
pub struct Entry {
    /// The first column.
    pub word: &'static str,
    /// Its characters.
    pub chars: Box<[char]>,
    /// All columns, the word first.
    cells: Box<[&'static str]>,
}

impl Entry {
    /// How many characters the word has.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether the word has none; no line of a list is empty.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// A column, counted from 0, the word itself; empty where the line ends before it.
    pub fn field(&self, column: usize) -> &'static str {
        self.cells.get(column).copied().unwrap_or("")
    }
}

/// A list: its head, its entries in the order of the file, and indices by word, first and last character.
#[derive(Debug)]
pub struct List {
    /// Topic and list, as in `claims/verbs`.
    pub name: &'static str,
    /// What the list is for.
    pub purpose: String,
    /// Where it comes from.
    pub source: String,
    /// What the order of the lines is for: `none`, or a sentence.
    pub order: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Why a word can stand in several lines; empty where it stands in one.
    pub repeats: String,
    /// Why not all entries are in simplified characters; empty where they are.
    pub script: String,
    entries: Vec<Entry>,
    words: Groups<&'static str>,
    firsts: Groups<char>,
    lasts: Groups<char>,
}

/// Entries under a key: places in `order`, which holds places in the list.
#[derive(Debug)]
struct Groups<K> {
    at: FxHashMap<K, Range<usize>>,
    order: Vec<(usize, char)>,
}

/// What stands for a character that a word does not have.
const NO_CHAR: char = '\0';

impl<K: std::hash::Hash + Eq + Copy> Groups<K> {
    /// Groups by `key`, the longest words first, words of one length in the order of the file. With each goes the character `beside` that of the
    /// key, so that most entries are passed over without a look at them.
    fn new(
        entries: &[Entry],
        key: impl Fn(&Entry) -> Option<K>,
        beside: impl Fn(&Entry) -> Option<char>,
    ) -> Self {
        let mut groups: FxHashMap<K, Vec<usize>> = FxHashMap::default();
        for (number, entry) in entries.iter().enumerate() {
            if let Some(key) = key(entry) {
                groups.entry(key).or_default().push(number);
            }
        }
        let (mut at, mut order) = (FxHashMap::default(), Vec::with_capacity(entries.len()));
        for (key, mut numbers) in groups {
            numbers.sort_by_key(|&n| std::cmp::Reverse(entries.get(n).map_or(0, Entry::len)));
            let from = order.len();
            order.extend(numbers.into_iter().map(|n| {
                let beside = entries.get(n).and_then(&beside);
                (n, beside.unwrap_or(NO_CHAR))
            }));
            at.insert(key, from..order.len());
        }
        Self { at, order }
    }

    /// Places in the list of the entries under a key, and what stands beside the key in each.
    fn places<Q>(&self, key: &Q) -> &[(usize, char)]
    where
        K: std::borrow::Borrow<Q>,
        Q: std::hash::Hash + Eq + ?Sized,
    {
        let range = self.at.get(key).cloned().unwrap_or_default();
        self.order.get(range).unwrap_or_default()
    }

    fn of<'a>(
        &'a self,
        entries: &'a [Entry],
        key: K,
    ) -> impl DoubleEndedIterator<Item = &'a Entry> + use<'a, K> {
        self.places(&key).iter().filter_map(|&(n, _)| entries.get(n))
    }

    /// Those that can stand where a character is beside that of the key.
    fn of_beside<'a>(
        &'a self,
        entries: &'a [Entry],
        key: K,
        beside: Option<char>,
    ) -> impl Iterator<Item = &'a Entry> + use<'a, K> {
        let beside = beside.unwrap_or(NO_CHAR);
        self.places(&key)
            .iter()
            .filter(move |&&(_, c)| c == NO_CHAR || c == beside)
            .filter_map(|&(n, _)| entries.get(n))
    }
}

/// The word of a line of the head, and what it says.
fn head_line(line: &'static str) -> Option<(&'static str, &'static str)> {
    let (word, rest) = line.split_once(':')?;
    ["for", "from", "order", "columns", "repeats", "script"]
        .contains(&word)
        .then(|| (word, rest.trim()))
}

/// A set of characters of the first plane, a bit each: one look tells that nothing begins at a place.
#[derive(Debug)]
pub struct Starts(Box<[u64]>);

impl Starts {
    const WORDS: usize = 0x1_0000 / 64;

    /// Whether a word begins with a character; `false` for those of other planes, which no list holds.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        self.0
            .get(c as usize / 64)
            .is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }
}

impl List {
    fn read(name: &'static str, text: &'static str) -> Self {
        let (mut purpose, mut source, mut order) = (String::new(), String::new(), String::new());
        let (mut columns, mut repeats, mut script) = (String::new(), String::new(), String::new());
        let mut part = "";
        let mut entries = Vec::new();
        for line in text.lines() {
            if let Some(head) = line.strip_prefix('#') {
                let head = head.trim();
                let (word, rest) = head_line(head).unwrap_or((part, head));
                part = word;
                let into = match word {
                    "for" => &mut purpose,
                    "from" => &mut source,
                    "order" => &mut order,
                    "columns" => &mut columns,
                    "repeats" => &mut repeats,
                    _ => &mut script,
                };
                if !into.is_empty() {
                    into.push(' ');
                }
                into.push_str(rest);
            } else if !line.is_empty() {
                let cells: Box<[&str]> = line.split('\t').collect();
                let word = cells.first().copied().unwrap_or(line);
                entries.push(Entry {
                    word,
                    chars: word.chars().collect(),
                    cells,
                });
            }
        }
        Self {
            name,
            purpose,
            source,
            order,
            columns: Vec::new(),
            repeats,
            script,
            words: Groups::new(&entries, |e| Some(e.word), |_| None),
            firsts: Groups::new(
                &entries,
                |e| e.chars.first().copied(),
                |e| e.chars.get(1).copied(),
            ),
            lasts: Groups::new(
                &entries,
                |e| e.chars.last().copied(),
                |e| e.chars.iter().rev().nth(1).copied(),
            ),
            entries,
        }
        .with_columns(text)
    }

    /// The names of the columns are slices of the file.
    fn with_columns(mut self, text: &'static str) -> Self {
        self.columns = text
            .lines()
            .filter_map(|line| head_line(line.strip_prefix('#')?.trim()))
            .find(|(word, _)| *word == "columns")
            .map_or_else(
                || vec!["word"],
                |(_, names)| names.split_ascii_whitespace().collect(),
            );
        self
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The words, in the order of the file.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &'static str> + Clone + '_ {
        self.entries.iter().map(|e| e.word)
    }

    /// The lines of a word, in the order of the file.
    pub fn of(&self, word: &str) -> impl Iterator<Item = &Entry> {
        self.words
            .places(word)
            .iter()
            .filter_map(|&(n, _)| self.entries.get(n))
    }

    /// The first line of a word.
    pub fn get(&self, word: &str) -> Option<&Entry> {
        self.of(word).next()
    }

    /// Whether the list has a word.
    pub fn has(&self, word: &str) -> bool {
        self.words.at.contains_key(word)
    }

    /// The characters that words begin with, for who looks for words at each place of long texts.
    pub fn starts(&self) -> Starts {
        let mut bits = vec![0; Starts::WORDS];
        for &first in self.firsts.at.keys() {
            if let Some(word) = bits.get_mut(first as usize / 64) {
                *word |= 1 << (first as usize % 64);
            }
        }
        Starts(bits.into_boxed_slice())
    }

    /// Whether the list has a word of this one character.
    pub fn has_char(&self, c: char) -> bool {
        // Of the entries that begin with it, the shortest stands last.
        let shortest = self.firsts.of(&self.entries, c).next_back();
        shortest.is_some_and(|entry| entry.len() == 1)
    }

    /// The entries that a text begins with, the longest first.
    pub fn all_begin<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Entry> {
        let first = text.chars().next().unwrap_or('\0');
        self.firsts
            .of(&self.entries, first)
            .filter(move |e| text.starts_with(e.word))
    }

    /// The longest entry that a text begins with.
    pub fn begins(&self, text: &str) -> Option<&Entry> {
        let first = text.chars().next()?;
        self.firsts
            .of(&self.entries, first)
            .find(|e| text.starts_with(e.word))
    }

    /// The longest entry that a text ends with.
    pub fn ends(&self, text: &str) -> Option<&Entry> {
        let last = text.chars().next_back()?;
        self.lasts
            .of(&self.entries, last)
            .find(|e| text.ends_with(e.word))
    }

    /// The first place, in bytes, at which an entry stands in a text, and the longest entry there.
    pub fn find(&self, text: &str) -> Option<(usize, &Entry)> {
        text.char_indices().find_map(|(at, first)| {
            let rest = text.get(at..)?;
            self.firsts
                .of(&self.entries, first)
                .find(|e| rest.starts_with(e.word))
                .map(|e| (at, e))
        })
    }

    /// Whether an entry stands anywhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The entries that begin at a place, the longest first.
    pub fn all_at<'a>(&'a self, chars: &'a [char], at: usize) -> impl Iterator<Item = &'a Entry> {
        let rest = chars.get(at..).unwrap_or_default();
        let first = rest.first().copied().unwrap_or(NO_CHAR);
        self.firsts
            .of_beside(&self.entries, first, rest.get(1).copied())
            .filter(move |e| rest.starts_with(&e.chars))
    }

    /// The longest entry that begins at a place.
    pub fn longest_at<'a>(&'a self, chars: &'a [char], at: usize) -> Option<&'a Entry> {
        self.all_at(chars, at).next()
    }

    /// The entries that end at a place, the longest first.
    pub fn all_before<'a>(&'a self, chars: &'a [char], end: usize) -> impl Iterator<Item = &'a Entry> {
        let front = chars.get(..end).unwrap_or_default();
        let last = front.last().copied().unwrap_or(NO_CHAR);
        self.lasts
            .of_beside(&self.entries, last, front.iter().rev().nth(1).copied())
            .filter(move |e| front.ends_with(&e.chars))
    }

    /// The longest entry that ends at a place.
    pub fn longest_before<'a>(&'a self, chars: &'a [char], end: usize) -> Option<&'a Entry> {
        self.all_before(chars, end).next()
    }
}

macro_rules! table {
    ($($name:literal)+) => {
        const NAMES: &[&str] = &[$($name),+];
        static LISTS: [LazyLock<List>; NAMES.len()] =
            [$(LazyLock::new(|| List::read($name, include_str!(concat!("lists/", $name, ".txt"))))),+];
    };
}

table! {
    "boilerplate/acts_of_adoption"
    "boilerplate/audiences"
    "boilerplate/beginnings"
    "boilerplate/buttons"
    "boilerplate/columns"
    "boilerplate/headings"
    "boilerplate/labels"
    "boilerplate/offices"
    "boilerplate/ordinary"
    "boilerplate/outlets"
    "boilerplate/rights_openings"
    "boilerplate/rights_subjects"
    "boilerplate/site"
    "boilerplate/site_endings"
    "boilerplate/summaries"
    "claims/arabic_only"
    "claims/bases"
    "claims/before_change"
    "claims/behind_future"
    "claims/body_nouns"
    "claims/causing_verbs"
    "claims/chained_verbs"
    "claims/classifiers"
    "claims/clock_words"
    "claims/currencies"
    "claims/day_counts"
    "claims/deeds"
    "claims/disposing_verbs"
    "claims/duration_after"
    "claims/duty"
    "claims/falling"
    "claims/flow_heads"
    "claims/flows"
    "claims/generic_heads"
    "claims/grades"
    "claims/half_words"
    "claims/headings_ahead"
    "claims/headings_behind"
    "claims/helpers"
    "claims/label_classifiers"
    "claims/level_characters"
    "claims/level_verbs"
    "claims/levelled"
    "claims/light_verbs"
    "claims/light_words"
    "claims/links"
    "claims/losses"
    "claims/measures"
    "claims/name_verbs"
    "claims/no_duration_before"
    "claims/not_before"
    "claims/outcomes"
    "claims/past"
    "claims/person_nouns"
    "claims/plan"
    "claims/power_names"
    "claims/programme_adverbs"
    "claims/programme_verbs"
    "claims/rank_scopes"
    "claims/rank_verbs"
    "claims/rates"
    "claims/recurring"
    "claims/relief"
    "claims/rising"
    "claims/segmenter_words"
    "claims/short_units"
    "claims/standing_verbs"
    "claims/stock"
    "claims/stock_nouns"
    "claims/verbs"
    "claims/verbs_as_nouns"
    "claims/winning_verbs"
    "entities/after_names"
    "entities/banners"
    "entities/behind_will"
    "entities/branches"
    "entities/brigades"
    "entities/comes_before"
    "entities/companies"
    "entities/compound_surnames"
    "entities/cores"
    "entities/each"
    "entities/ethnic_groups"
    "entities/everyday_surnames"
    "entities/foreign_states"
    "entities/generic_places"
    "entities/goes_on"
    "entities/hong_kong_districts"
    "entities/hong_kong_taiwan"
    "entities/institution_words"
    "entities/institutions"
    "entities/japanese_surnames"
    "entities/levels_inside"
    "entities/ministries"
    "entities/national"
    "entities/no_committee_characters"
    "entities/no_place_characters"
    "entities/offices"
    "entities/parts"
    "entities/place_suffixes"
    "entities/post_prefixes"
    "entities/posts"
    "entities/provinces"
    "entities/sectors"
    "entities/short_sectors"
    "entities/surnames"
    "entities/taiwan"
    "entities/transliteration"
    "number/before"
    "number/behind"
    "quotations/adverbials"
    "quotations/asides"
    "quotations/before_nouns"
    "quotations/explaining"
    "quotations/genres"
    "quotations/leads"
    "quotations/lone_surnames"
    "quotations/nobody"
    "quotations/openers"
    "quotations/other_words"
    "quotations/persons"
    "quotations/saying"
    "quotations/saying_directly"
    "quotations/saying_nouns"
    "quotations/speaker_ends"
    "quotations/stances"
    "quotations/takes_nouns"
    "quotations/telling_of"
    "quotations/uttering"
    "register/aspect"
    "register/classical"
    "register/first_person"
    "register/modal"
    "script/regional_words"
    "script/titles"
    "script/to_simplified"
    "script/to_traditional"
    "slogans/behind_double"
    "slogans/classifiers"
    "slogans/coinage_heads"
    "slogans/coinage_verbs"
    "slogans/contents"
    "slogans/counted_characters"
    "slogans/expansion_adverbs"
    "slogans/expansion_openers"
    "slogans/followers"
    "slogans/formulas"
    "slogans/frozen"
    "slogans/governors"
    "slogans/heads"
    "slogans/name_ends"
    "slogans/name_followers"
    "slogans/name_kinds"
    "slogans/name_openers"
    "slogans/name_single"
    "slogans/names"
    "slogans/naming_verbs"
    "slogans/numeral_idioms"
    "slogans/official"
    "slogans/pair_first"
    "slogans/roles"
    "slogans/series_actors"
    "slogans/series_acts"
    "slogans/series_adverbs"
    "slogans/series_changes"
    "slogans/series_complements"
    "slogans/series_endings"
    "slogans/series_extents"
    "slogans/series_first"
    "slogans/series_followers"
    "slogans/series_frames"
    "slogans/series_last"
    "slogans/series_new"
    "slogans/series_offences"
    "slogans/series_openers"
    "slogans/series_policy_verbs"
    "slogans/series_principle_nouns"
    "slogans/series_principles"
    "slogans/series_qualities"
    "slogans/series_spirit_verbs"
    "slogans/series_stances"
    "slogans/series_tails"
    "slogans/series_verbs"
    "slogans/transliteration"
    "slogans/weak_heads"
    "text/abbreviations"
    "text/foreign_characters"
    "text/frequent_characters"
    "text/frequent_syllables"
    "text/html_elements"
    "text/list_numerals"
    "text/radicals"
    "text/spaced_units"
    "text/zhu_aspect_before"
    "text/zhu_object_after"
    "text/zhu_verb_after"
    "text/zhu_writes_before"
    "titles/nouns"
    "titles/states"
}

/// Where a list stands in the table. Evaluated when the crate is compiled.
#[doc(hidden)]
pub const fn place(name: &str) -> usize {
    let name = name.as_bytes();
    let mut at = 0;
    loop {
        assert!(at < NAMES.len(), "no such list in the table of src/lists.rs");
        let other = NAMES[at].as_bytes();
        let mut same = other.len() == name.len();
        let mut i = 0;
        while same && i < name.len() {
            same = other[i] == name[i];
            i += 1;
        }
        if same {
            return at;
        }
        at += 1;
    }
}

/// The list at a place of the table.
#[doc(hidden)]
pub fn at(place: usize) -> &'static List {
    &LISTS[place]
}

/// All lists, by name.
pub fn all() -> impl Iterator<Item = &'static List> {
    LISTS.iter().map(|list| &**list)
}

/// A list by its name: `list!("claims/verbs").has("开展")`.
#[macro_export]
macro_rules! list {
    ($name:literal) => {{
        const PLACE: usize = $crate::lists::place($name);
        $crate::lists::at(PLACE)
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# for: a test\n#   of two lines\n# from: nowhere\n# order: none\n# columns: word kind\n# repeats: here\n\
                        三\tnumber\n三门\tplace\n三门峡\tplace\n峡\tword\n峡\tland\n门\n";

    fn words<'a>(found: impl Iterator<Item = &'a Entry>) -> Vec<&'static str> {
        found.map(|e| e.word).collect()
    }

    #[test]
    fn head_and_columns() {
        let list = List::read("a/b", TEXT);
        assert_eq!((list.name, list.len(), list.is_empty()), ("a/b", 6, false));
        assert_eq!(list.purpose, "a test of two lines");
        assert_eq!(
            (
                list.source.as_str(),
                list.order.as_str(),
                list.repeats.as_str(),
                list.script.as_str()
            ),
            ("nowhere", "none", "here", "")
        );
        assert_eq!(list.columns, ["word", "kind"]);
        assert_eq!(List::read("a/b", "# for: x\n一\n").columns, ["word"]);
        assert_eq!(list.entries()[1].field(1), "place");
        assert_eq!(list.entries()[5].field(1), "");
        assert_eq!(list.get("三门").map(Entry::len), Some(2));
    }

    #[test]
    fn words_are_found() {
        let list = List::read("a/b", TEXT);
        assert!(
            list.has("三门峡")
                && list.has_char('峡')
                && !list.has("三门县")
                && !list.has("")
                && !list.has_char('县')
        );
        assert_eq!(
            list.of("峡").map(|e| e.field(1)).collect::<Vec<_>>(),
            ["word", "land"]
        );
        assert_eq!(list.begins("三门峡市").map(|e| e.word), Some("三门峡"));
        assert_eq!(list.ends("长江三峡").map(|e| e.field(1)), Some("word"));
        assert_eq!(words(list.all_begin("三门峡")), ["三门峡", "三门", "三"]);
        assert!(list.begins("").is_none() && list.ends("").is_none() && list.find("").is_none());
        assert_eq!(
            list.find("在三门峡").map(|(at, e)| (at, e.word)),
            Some((3, "三门峡"))
        );
        assert!(list.is_in("过门") && !list.is_in("过去"));
        let chars: Vec<char> = "到三门峡".chars().collect();
        assert_eq!(words(list.all_at(&chars, 1)), ["三门峡", "三门", "三"]);
        assert_eq!(words(list.all_before(&chars, 4)), ["三门峡", "峡", "峡"]);
        assert_eq!(list.longest_before(&chars, 3).map(|e| e.word), Some("三门"));
        assert!(list.longest_at(&chars, 0).is_none() && list.longest_at(&chars, 9).is_none());
        assert!(list.longest_before(&chars, 0).is_none() && list.longest_before(&chars, 9).is_none());
    }
}
