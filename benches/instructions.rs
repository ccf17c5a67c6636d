//! The hot kernels once each, on one thread and fixed input, to be run under callgrind: `benches/instructions.py`.
//!
//! Times are noisy on shared machines; the number of instructions is not. `KERNEL` names what runs, `none` only makes the
//! input, so that the difference is the kernel.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use duizhao::analysis::keyness_inference::infer;
use duizhao::analysis::tfidf::{FittedIdf, tfidf_matrix};
use duizhao::corpus::dfm::Dfm;
use duizhao::corpus::fcm::{Counting, Fcm, FcmOptions, Unit};
use duizhao::corpus::sequences::{SequenceOptions, sequences};
use duizhao::corpus::tokenize::{from_lists, tokenize};
use duizhao::discourse::claims::claims;
use duizhao::num::Window;
use duizhao::reuse::matches::{ReuseOptions, find};
use duizhao::reuse::near_duplicates::{NearOptions, near_duplicates};
use duizhao::reuse::normalize::{Folded, Folding, mix};
use duizhao::run::Watch;
use duizhao::stats::contingency::Table;
use duizhao::stats::inference::Inference;
use duizhao::stats::measures::Measure;
use duizhao::stats::parameters::Parameters;
use duizhao::stats::tfidf::TfIdf;
use duizhao::text::dictionary::{Dictionary, Entry, NestedScope, Spec};
use duizhao::text::segment::Segmenter;

const WORDS: [&str; 24] = [
    "坚持", "党建", "引领", "推动", "经济", "社会", "发展", "，", "委员", "履职", "的", "基层", "治理", "。",
    "完善", "制度", "服务", "群众", "和", "乡村", "振兴", "2026", "年", "规定",
];

/// Numerals that go on and on.
const REPEATED: [&str; 8] = ["1", "1,", "第一，", "111,", "亿", "百", "一", "二．"];

/// Words with the frequency of rank r about 1 / (r + 1), and rare ones of two Han characters.
fn document(number: u64, length: u64) -> Vec<String> {
    (0..length)
        .map(|i| {
            let z = mix(number << 32 | i);
            if z % 10 < 7 {
                let rank = (z >> 8) % 24 * ((z >> 16) % 24) / 24;
                WORDS[usize::try_from(rank).unwrap()].to_owned()
            } else {
                let han = |k: u64| char::from_u32(0x4E00 + u32::try_from(k % 400).unwrap()).unwrap();
                [han(z >> 24), han((z >> 40) % 20)].iter().collect()
            }
        })
        .collect()
}

#[allow(clippy::too_many_lines)] // one arm a kernel
fn main() {
    let kernel = std::env::var("KERNEL").unwrap_or_default();
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .unwrap();
    let words: Vec<Vec<String>> = (0..40).map(|d| document(d, 1500)).collect();
    let texts: Vec<String> = words.iter().map(|d| d.concat()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let lists: Vec<Vec<Option<&str>>> = words
        .iter()
        .map(|d| d.iter().map(|w| Some(w.as_str())).collect())
        .collect();
    let watch = Watch::new();
    let tokens = from_lists(&lists, &watch).unwrap();
    let dfm = Dfm::from_tokens(&tokens, &watch).unwrap();
    match kernel.as_str() {
        "none" => {}
        // The dictionary's load is part of both: the difference is the cut and the ids.
        "dictionary" => {
            let segmenter = Segmenter::default();
            let seen = segmenter.look("党建");
            drop(black_box(segmenter.cut(&seen)));
        }
        "claim" => drop(black_box(claims(&REPEATED.concat()))),
        // Work that grows with the square of the text would be many times as much.
        "numerals" => {
            for piece in REPEATED {
                drop(black_box(claims(&piece.repeat(8_000))));
            }
        }
        "tokenize" => drop(black_box(
            tokenize(&texts, &Segmenter::default(), false, &watch).unwrap(),
        )),
        "dfm" => drop(black_box(Dfm::from_tokens(&tokens, &watch).unwrap())),
        "fcm" => {
            let options = FcmOptions {
                unit: Unit::Document,
                window: Some(Window::try_from(5).unwrap()),
                counting: Counting::Frequency,
                ordered: false,
                self_pairs_twice: false,
            };
            drop(black_box(Fcm::from_tokens(&tokens, options, &watch).unwrap()));
        }
        "sequences" => {
            let options = SequenceOptions {
                sizes: vec![2, 3],
                min_count: 2,
                unit: Unit::Document,
                padding_in_margins: true,
            };
            let breaks = vec![false; tokens.vocabulary().len()];
            drop(black_box(sequences(&tokens, &breaks, &options, &watch).unwrap()));
        }
        "log_likelihood" => {
            let total: f64 = (1..20_000_u64)
                .filter_map(|i| Table::from_cells(i % 97, 50_000, i % 89, 70_000).ok())
                .filter_map(|table| Measure::LogLikelihood.score(&table))
                .sum();
            black_box(total);
        }
        "reuse" => {
            let folded: Vec<Folded> = texts.iter().map(|t| Folded::new(t, Folding::default())).collect();
            drop(black_box(
                find(&folded, &ReuseOptions::default(), &watch).unwrap(),
            ));
        }
        "permutations" => {
            let labels: Vec<Option<u32>> = (0..40).map(|d| Some(d % 2)).collect();
            let inference = Inference {
                permutations: 100,
                resamples: 100,
                ..Inference::default()
            };
            let tested: Vec<u32> = (0..500).collect();
            let measures = [Measure::LogLikelihood, Measure::LogRatio];
            let parameters = Parameters::default();
            drop(black_box(
                infer(
                    &dfm,
                    &labels,
                    &[1],
                    &tested,
                    &measures,
                    parameters,
                    &inference,
                    &watch,
                )
                .unwrap(),
            ));
        }
        "tfidf" => {
            let options = TfIdf::default();
            let idf = FittedIdf::fit(&dfm, options.idf).unwrap();
            drop(black_box(tfidf_matrix(&dfm, &idf, &options, &watch).unwrap()));
        }
        "near_duplicates" => {
            let folded: Vec<Folded> = texts.iter().map(|t| Folded::new(t, Folding::default())).collect();
            drop(black_box(
                near_duplicates(&folded, NearOptions::default(), &watch).unwrap(),
            ));
        }
        "lookup" => {
            let entry = |word: &&str| Entry {
                category: "a".to_owned(),
                text: (*word).to_owned(),
                ..Entry::default()
            };
            let spec = Spec {
                entries: WORDS.iter().map(entry).collect(),
                ..Spec::default()
            };
            let lexicon = Dictionary::new(spec, "bench", &[]).unwrap();
            for text in &texts {
                drop(black_box(lexicon.find(text, NestedScope::Dictionary).unwrap()));
            }
        }
        other => {
            eprintln!("unknown KERNEL {other:?}");
            std::process::exit(2);
        }
    }
    black_box((&dfm, &texts));
}
