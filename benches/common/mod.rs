//! Made-up corpora that are the same on every machine.
#![allow(dead_code, unreachable_pub)] // each bench uses a part

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use duizhao::corpus::dfm::Dfm;
use duizhao::corpus::tokenize::from_lists;
use duizhao::corpus::tokens::Tokens;
use duizhao::run::Watch;

/// A group of kernels that take long: ten samples in about two seconds.
pub fn group<'a>(c: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = c.benchmark_group(name);
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    group
}

/// A small deterministic generator (splitmix64): the same corpus on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A rank from 0 to `n - 1`, rank r about as likely as 1 / (r + 1).
    pub fn zipf(&mut self, n: usize) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let rank = ((n as f64).ln() * uniform).exp() - 1.0;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 ≤ rank < n
        let rank = rank as usize;
        rank.min(n - 1)
    }
}

/// Words of two Han characters; the index decides which.
pub fn word(index: usize) -> String {
    let han = |i: usize| char::from_u32(0x4E00 + u32::try_from(i % 5000).unwrap()).unwrap();
    [han(index * 7 + 13), han(index / 3 + index * 11)]
        .iter()
        .collect()
}

/// Documents of `length` tokens over `types` types.
pub fn token_lists(documents: usize, length: usize, types: usize) -> Vec<Vec<String>> {
    let words: Vec<String> = (0..types).map(word).collect();
    let mut random = Random(1);
    (0..documents)
        .map(|_| (0..length).map(|_| words[random.zipf(types)].clone()).collect())
        .collect()
}

pub fn tokens(documents: usize, length: usize, types: usize) -> Tokens {
    let lists = token_lists(documents, length, types);
    let borrowed: Vec<Vec<Option<&str>>> = lists
        .iter()
        .map(|d| d.iter().map(|t| Some(t.as_str())).collect())
        .collect();
    from_lists(&borrowed, &Watch::new()).unwrap()
}

/// The counts of such documents.
pub fn dfm(documents: usize, length: usize, types: usize) -> Dfm {
    Dfm::from_tokens(&tokens(documents, length, types), &Watch::new()).unwrap()
}

const OPENINGS: [&str; 8] = [
    "市政协党组",
    "县委",
    "省人民政府",
    "各级党委",
    "主席李建国",
    "机关党支部",
    "区人大常委会",
    "全体委员",
];
const VERBS: [&str; 8] = [
    "扎实推进",
    "深入开展",
    "不断完善",
    "积极组织",
    "认真落实",
    "研究出台",
    "持续深化",
    "全面加强",
];
const OBJECTS: [&str; 8] = [
    "“三查三促”活动",
    "调研视察20余次",
    "乡村振兴工作",
    "新增就业3.5万人",
    "“有事来议”平台",
    "营商环境建设",
    "投资增长5.3%",
    "把方向、定目标、抓落实的机制",
];
const CLOSINGS: [&str; 4] = [
    "。",
    "，成效明显。",
    "，得到群众认可；",
    "，并表示：“要把好事办好。”",
];

/// A report of about so many bytes: sentences with bodies, persons, figures, formulae and speech; a paragraph has eight.
pub fn report(bytes: usize, seed: u64) -> String {
    let mut random = Random(seed);
    let mut text = String::with_capacity(bytes + 200);
    let mut pick = |list: &[&'static str]| list[usize::try_from(random.next() % list.len() as u64).unwrap()];
    let mut sentences = 0;
    while text.len() < bytes {
        for list in [&OPENINGS[..], &VERBS, &OBJECTS, &CLOSINGS] {
            text.push_str(pick(list));
        }
        sentences += 1;
        if sentences % 8 == 0 {
            text.push('\n');
        }
    }
    text
}
