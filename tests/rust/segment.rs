//! The segmenter on arbitrary text: nothing lost, nothing invented, words of the user whole.

use duizhao::text::segment::user_words::UserWord;
use duizhao::text::segment::{LookScript, SegmentMode, SegmentOptions, Segmenter, is_space};
use proptest::prelude::*;

fn segmenter(mode: SegmentMode, hmm: bool, join_latin: bool) -> Segmenter {
    Segmenter::new(SegmentOptions {
        hmm,
        mode,
        pos: false,
        join_latin,
        user_words: ["1+7", "“三会一课”", "PM2.5", "党建引领", "New York"]
            .map(UserWord::new)
            .to_vec(),
        suppress: vec!["市政协".to_owned(), "政协委员".to_owned()],
        script: LookScript::default(),
    })
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_tokens_are_the_text(text in "([党建引领市政协委员一课三会“”。\n a-z0-9.%+_-]|1\\+7|“三会一课”|PM2\\.5|New York|\\PC){0,60}", hmm: bool, join_latin: bool) {
        let chars: Vec<char> = text.chars().collect();
        for &mode in SegmentMode::ALL {
            let segmenter = segmenter(mode, hmm, join_latin);
            let seen = segmenter.look(&text);
            let pieces = segmenter.cut(&seen);
            for p in &pieces {
                let slice: String = chars[p.start as usize..p.end as usize].iter().collect();
                prop_assert_eq!(&slice, p.word);
                prop_assert!(!p.word.chars().all(is_space));
                prop_assert!(!["市政协", "政协委员"].contains(&p.word));
            }
            if mode == SegmentMode::Default {
                let all: String = pieces.iter().map(|p| p.word).collect();
                prop_assert!(pieces.windows(2).all(|w| w[0].end <= w[1].start));
                let kept = |s: &str| s.chars().filter(|&c| !is_space(c)).collect::<String>();
                prop_assert_eq!(kept(&all), kept(&text));
            }
        }
    }

    #[test]
    fn user_words_with_signs_come_out_whole(before in "[党建。 ]{0,5}", after in "[党建。 ]{0,5}", word in prop::sample::select(vec!["1+7", "“三会一课”", "PM2.5"])) {
        let text = format!("{before}{word}{after}");
        for hmm in [true, false] {
            let segmenter = segmenter(SegmentMode::Default, hmm, false);
            let seen = segmenter.look(&text);
            prop_assert!(segmenter.cut(&seen).iter().any(|p| p.word == word), "{text}");
        }
    }
}

#[test]
fn options_survive_serialisation() {
    let options = segmenter(SegmentMode::Search, true, true).options().clone();
    let json = serde_json::to_string(&options).unwrap();
    assert_eq!(serde_json::from_str::<SegmentOptions>(&json).unwrap(), options);
}
