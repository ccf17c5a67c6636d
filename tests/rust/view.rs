//! What is seen of traditional text, on the sample data and on any text: the same places, and what the simplified text holds.

use std::fs;

use duizhao::discourse::claims::claims;
use duizhao::discourse::entities::{bodies, persons};
use duizhao::discourse::page::Page;
use duizhao::discourse::{quotations, slogans, titles};
use duizhao::text::script::view::Seen;
use duizhao::text::script::{Script, convert};
use duizhao::text::segment::user_words::UserWord;
use duizhao::text::segment::{LookScript, SegmentMode, SegmentOptions, Segmenter};
use proptest::prelude::*;

use crate::shared;

fn tokens(segmenter: &Segmenter, text: &str) -> Vec<(String, usize, usize, Option<String>)> {
    let seen = segmenter.look(text);
    let chars: Vec<char> = text.chars().collect();
    let owned = |p: &duizhao::text::segment::Piece<'_>| {
        let (start, end) = (p.start as usize, p.end as usize);
        let cut: String = chars[start..end].iter().collect();
        assert_eq!(cut, p.word, "a token is what is written at its place");
        (cut, start, end, p.tag.map(str::to_owned))
    };
    segmenter.cut(&seen).iter().map(owned).collect()
}

fn words(segmenter: &Segmenter, text: &str) -> Vec<String> {
    tokens(segmenter, text).into_iter().map(|token| token.0).collect()
}

fn with_words(user: &[&str], suppress: &[&str]) -> Segmenter {
    Segmenter::new(SegmentOptions {
        hmm: true,
        user_words: user.iter().map(|word| UserWord::new(word)).collect(),
        suppress: suppress.iter().map(|&word| word.to_owned()).collect(),
        ..SegmentOptions::default()
    })
    .unwrap()
}

#[test]
fn traditional_text_is_cut_as_its_simplified_form() {
    let plain = Segmenter::default();
    assert_eq!(
        words(&plain, "縣議會審議預算，聽取簡報。"),
        ["縣議會", "審議", "預算", "，", "聽取", "簡報", "。"]
    );
    let as_written = Segmenter::new(SegmentOptions {
        hmm: true,
        script: LookScript::AsWritten,
        ..SegmentOptions::default()
    })
    .unwrap();
    let text = "聽取全國人民代表大會報告";
    assert_eq!(words(&plain, text), ["聽取", "全國人民代表大會", "報告"]);
    assert_eq!(
        words(&as_written, text),
        ["聽取", "全國", "人民代表", "大會", "報告"]
    );
}

#[test]
fn words_of_the_user_in_either_script_match_traditional_text() {
    let text = "區公所推動關懷據點，設“一里一據點”。";
    for (word, special) in [("關懷據點", "“一里一據點”"), ("关怀据点", "“一里一据点”")]
    {
        let found = words(&with_words(&[word, special], &[]), text);
        assert!(found.contains(&"關懷據點".to_owned()), "{word} {found:?}");
        assert!(found.contains(&"“一里一據點”".to_owned()), "{special} {found:?}");
    }
    // In simplified text a traditional word is what it was: another word.
    let traditional = with_words(&["关怀據點"], &[]);
    assert_eq!(
        words(&traditional, "推动关怀据点建设"),
        words(&Segmenter::default(), "推动关怀据点建设")
    );
    for word in ["立法會", "立法会"] {
        let found = words(&with_words(&[], &[word]), "立法會審議財務開支。");
        assert!(!found.contains(&"立法會".to_owned()), "{word} {found:?}");
    }
    let both = with_words(&["關懷據點"], &["关怀据点"]);
    assert!(words(&both, text).contains(&"關懷據點".to_owned()));
    assert!(with_words(&["關懷據點"], &[]).has_word("關懷據點"));
    assert!(Segmenter::default().has_word("議會"));
    assert!(!Segmenter::default().has_word("議會審"));
}

#[test]
fn every_mode_and_tag_goes_with_it() {
    let text = "中國科學院審議“預算”案，撥款３億元。";
    let simplified = convert(text, Script::Simplified);
    for &mode in SegmentMode::ALL {
        for pos in [false, true] {
            let segmenter = Segmenter::new(SegmentOptions {
                hmm: true,
                mode,
                pos,
                ..SegmentOptions::default()
            })
            .unwrap();
            let places = |text: &str| -> Vec<_> {
                let tokens = tokens(&segmenter, text).into_iter();
                tokens.map(|(_, start, end, tag)| (start, end, tag)).collect()
            };
            assert_eq!(places(text), places(&simplified), "{mode} {pos}");
        }
    }
}

/// The pairs of sentences in both scripts.
fn pairs() -> Vec<(String, String)> {
    let Some(data) = shared() else { return Vec::new() };
    let table = fs::read_to_string(data.join("conversion/ud_gsd_trad_simp.dev.tsv")).unwrap();
    let rows = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| (row[2].to_owned(), row[3].to_owned())).collect()
}

#[test]
fn parallel_sentences_are_cut_at_the_same_places() {
    let segmenter = Segmenter::default();
    let pairs = pairs();
    let places = |text: &str| -> Vec<_> {
        // The marks of quotation differ in the data.
        let text = text.replace(['「', '『'], "“").replace(['」', '』'], "”");
        tokens(&segmenter, &text)
            .into_iter()
            .map(|t| (t.1, t.2))
            .collect()
    };
    let same = pairs.iter().filter(|(a, b)| places(a) == places(b)).count();
    println!("{same} of {} sentences", pairs.len());
    assert!(same * 1000 >= pairs.len() * 985, "{same}");
}

#[test]
fn the_script_of_a_sentence_is_told_from_its_characters() {
    let pairs = pairs();
    let told = |text: &str| Seen::of(text).is_changed();
    let missed: Vec<_> = pairs
        .iter()
        .filter(|(a, _)| !told(a) && *a != convert(a, Script::Simplified))
        .collect();
    let wrong: Vec<_> = pairs.iter().filter(|(_, b)| told(b)).collect();
    println!(
        "{} missed, {} wrong of {}",
        missed.len(),
        wrong.len(),
        pairs.len()
    );
    assert!(
        missed.len() * 100 <= pairs.len() && wrong.is_empty(),
        "{missed:?} {wrong:?}"
    );
}

#[test]
fn simplified_documents_are_seen_as_they_are_written() {
    let Some(data) = shared() else { return };
    let mut paths = Vec::new();
    for folder in [
        "localregs/上海",
        "localregs/河南",
        "localregs/浙江",
        "gold/repaired",
        "workreports",
    ] {
        paths.extend(
            fs::read_dir(data.join(folder))
                .unwrap()
                .map(|entry| entry.unwrap().path()),
        );
    }
    let (mut texts, mut changed) = (0, Vec::new());
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
    {
        let text = fs::read_to_string(path).unwrap();
        let seen = Seen::of(&text);
        texts += 1;
        if seen.is_changed() {
            let differ = text.chars().zip(seen.text().chars()).filter(|(a, b)| a != b);
            changed.push((path.file_name().unwrap().to_owned(), differ.count()));
        }
    }
    println!("{} of {texts} texts: {changed:?}", changed.len());
    assert!(texts > 500);
    assert!(changed.len() <= 3, "{changed:?}");
}

/// Pieces of official language, simplified, whose traditional form leads back to them.
const PIECES: [&str; 22] = [
    "县政协主席张伟说，",
    "“路修好了，游客就来了。”",
    "办理提案720余件，",
    "同比增长5.3%。",
    "打造“山城夜话”品牌，",
    "市教育局局长陈国华表示：",
    "根据《水法》和《公路管理条例（试行）》，",
    "实施“三进”行动：进车间、进课堂、进军营。",
    "落实“三会一课”制度，",
    "省人大常委会审议通过；",
    "由28件提高到70件，",
    "投入资金2600多万元，",
    "居全省第一。",
    "把方向、管大局、保落实，",
    "第十五届三次会议上，",
    "县委书记李长军强调，",
    "“我们要为群众办实事”。",
    "约３０人参加，\n",
    "超过1万户农民受益。",
    "习近平总书记指出，",
    "开展学习120场次，",
    "从3.5万元提高到5万元。",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Every finder finds in the traditional text what it finds in the simplified one: the same places and values; and what it gives as text is what
    /// is written there.
    #[test]
    fn finders_find_the_same(numbers in prop::collection::vec(0..PIECES.len(), 1..8)) {
        let simplified: String = numbers.iter().map(|&n| PIECES[n]).collect();
        let traditional = convert(&simplified, Script::Traditional);
        let look = Seen::of(&traditional);
        prop_assume!(look.text() == simplified);
        let (a, b) = (Page::of(&simplified), Page::of(&traditional));

        prop_assert_eq!(bodies(&a), bodies(&b));
        prop_assert_eq!(persons(&a), persons(&b));
        prop_assert_eq!(quotations::find(&a), quotations::find(&b));
        prop_assert_eq!(titles::find(&a), titles::find(&b));
        let (ours, theirs) = (claims(&traditional), claims(&simplified));
        prop_assert_eq!(ours.len(), theirs.len());
        for (mut claim, expected) in ours.into_iter().zip(theirs) {
            let chars: Vec<char> = traditional.chars().collect();
            let stretch: String = chars[claim.sentence_span.clone()].iter().collect();
            for words in [claim.object.as_mut(), claim.verb.as_mut(), Some(&mut claim.number_text)].into_iter().flatten() {
                prop_assert!(words.chars().all(|c| stretch.contains(c)), "{words} is not of {stretch}");
                // By itself a word need not say which script it is in.
                *words = duizhao::text::script::view::word(words).into_owned();
            }
            if let Some(base) = claim.change.as_mut().and_then(|change| change.base.as_mut()) {
                *base = duizhao::text::script::view::word(base).into_owned();
            }
            prop_assert_eq!(claim, expected);
        }
        let (ours, theirs) = (slogans::find(&traditional), slogans::find(&simplified));
        prop_assert_eq!(ours.len(), theirs.len());
        for (slogan, expected) in ours.into_iter().zip(theirs) {
            let surface: String = traditional.chars().skip(slogan.span.start).take(slogan.span.len()).collect();
            prop_assert_eq!(&slogan.surface, &surface);
            prop_assert_eq!((slogan.span, slogan.canonical, slogan.class, slogan.pattern, slogan.quoted, slogan.nested, slogan.expansion_span),
                (expected.span, expected.canonical, expected.class, expected.pattern, expected.quoted, expected.nested, expected.expansion_span));
        }
    }

    /// As many characters and bytes are seen as are written, whatever is written.
    #[test]
    fn places_hold(text in "([這个個說说衞𠮷釟。\\n，a乾於著后]|\\PC){0,60}") {
        let seen = Seen::of(&text);
        let lengths = |text: &str| text.chars().map(char::len_utf8).collect::<Vec<_>>();
        prop_assert_eq!(lengths(seen.text()), lengths(&text));
        let segmenter = Segmenter::default();
        for token in tokens(&segmenter, &text) {
            prop_assert!(token.1 < token.2);
        }
    }
}
