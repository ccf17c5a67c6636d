//! Criterion sweeps of the counting kernels over what drives their cost: megabytes of text for segmentation, window
//! size and vocabulary for co-occurrence, documents for the document-feature matrix.
//!
//! `cargo bench` runs all; `cargo bench -- fcm` one group. The corpora are made up (words drawn by Zipf's law from the
//! dictionary's own vocabulary, a fixed seed), so the figures say how cost grows, not how fast a certain corpus is; for that, and for peers,
//! see `compare_peers.py`.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use common::{Random, token_lists, tokens, word};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::analysis::collocations::{self as analysis, CollocationOptions};
use duizhao::corpus::dfm::Dfm;
use duizhao::corpus::fcm::{Counting, Fcm, FcmOptions, Unit};
use duizhao::corpus::sequences::SequenceOptions;
use duizhao::corpus::tokenize::tokenize;
use duizhao::corpus::tokens::{Tokens, TokensParts};
use duizhao::corpus::vocabulary::Vocabulary;
use duizhao::num::Window;
use duizhao::run::Watch;
use duizhao::text::segment::{SegmentOptions, Segmenter};

/// Bare `cut`, then our tokens without and with spans, then text → dfm: all on the same text and the same threads.
fn segmentation(c: &mut Criterion) {
    let text: Vec<String> = token_lists(64, 4000, 20_000).iter().map(|d| d.concat()).collect();
    let texts: Vec<&str> = text.iter().map(String::as_str).collect();
    let bytes = texts.iter().map(|t| t.len() as u64).sum();
    let segmenter = Segmenter::new(SegmentOptions {
        hmm: true,
        ..SegmentOptions::default()
    })
    .unwrap();
    let jieba = jieba_rs::Jieba::new();
    let mut group = c.benchmark_group("segmentation");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("bare_cut", |b| {
        use rayon::prelude::*;
        b.iter(|| texts.par_iter().map(|t| jieba.cut(t, true).len()).sum::<usize>());
    });
    for spans in [false, true] {
        group.bench_with_input(
            BenchmarkId::new("tokenize", if spans { "spans" } else { "ids" }),
            &spans,
            |b, &spans| {
                b.iter(|| tokenize(black_box(&texts), &segmenter, spans, &Watch::new()).unwrap());
            },
        );
    }
    group.bench_function("text_to_dfm", |b| {
        b.iter(|| {
            let tokens = tokenize(black_box(&texts), &segmenter, false, &Watch::new()).unwrap();
            Dfm::from_tokens(&tokens, &Watch::new()).unwrap()
        });
    });
    group.finish();
}

fn dfm(c: &mut Criterion) {
    let mut group = c.benchmark_group("dfm");
    for documents in [10, 100, 1000, 10_000] {
        let corpus = tokens(documents, 1_000_000 / documents, 50_000);
        group.throughput(Throughput::Elements(corpus.len() as u64));
        group.bench_with_input(BenchmarkId::new("documents", documents), &corpus, |b, corpus| {
            b.iter(|| Dfm::from_tokens(black_box(corpus), &Watch::new()).unwrap());
        });
    }
    group.finish();
}

fn fcm(c: &mut Criterion) {
    let options = |window: u64| FcmOptions {
        unit: Unit::Document,
        window: Some(Window::try_from(window).unwrap()),
        counting: Counting::Frequency,
        ordered: false,
        self_pairs_twice: false,
    };
    let mut group = c.benchmark_group("fcm");
    for window in [1, 2, 5, 10, 20] {
        let corpus = tokens(100, 5000, 20_000);
        group.throughput(Throughput::Elements(corpus.len() as u64));
        group.bench_with_input(BenchmarkId::new("window", window), &corpus, |b, corpus| {
            b.iter(|| Fcm::from_tokens(black_box(corpus), options(window), &Watch::new()).unwrap());
        });
    }
    for types in [1000, 10_000, 100_000] {
        let corpus = tokens(100, 5000, types);
        group.throughput(Throughput::Elements(corpus.len() as u64));
        group.bench_with_input(BenchmarkId::new("types", types), &corpus, |b, corpus| {
            b.iter(|| Fcm::from_tokens(black_box(corpus), options(5), &Watch::new()).unwrap());
        });
    }
    group.finish();
}

/// 20 million tokens at once; also says how many bytes the cells take.
fn fcm_large(c: &mut Criterion) {
    let (length, types) = (20_000_000, 50_000);
    let mut words: Vec<String> = (0..types).map(word).collect();
    words.sort_unstable();
    words.dedup();
    let n = words.len();
    let mut random = Random(1);
    // Ranks are spread over the ids, as code points are over frequencies.
    let corpus = Tokens::new(TokensParts {
        vocabulary: Arc::new(Vocabulary::new(words).unwrap()),
        ids: (0..length)
            .map(|_| u32::try_from(random.zipf(n) * 7919 % n).unwrap())
            .collect(),
        offsets: (0..=length).step_by(20).collect(),
        ..TokensParts::default()
    })
    .unwrap();
    let options = FcmOptions {
        unit: Unit::Document,
        window: Some(Window::try_from(5).unwrap()),
        counting: Counting::Frequency,
        ordered: false,
        self_pairs_twice: false,
    };
    let made = Fcm::from_tokens(&corpus, options, &Watch::new()).unwrap();
    println!("fcm_large: {} cells of 12 bytes", made.cells().n_nonzero());
    drop(made);
    let mut group = c.benchmark_group("fcm_large");
    group.throughput(Throughput::Elements(length as u64));
    group.bench_function("window5", |b| {
        b.iter(|| Fcm::from_tokens(black_box(&corpus), options, &Watch::new()).unwrap());
    });
    group.finish();
}

/// Time should grow like the number of tokens; the size of the sequence multiplies it by the cells of its table.
fn collocations(c: &mut Criterion) {
    let options = |size: usize| CollocationOptions {
        sequences: SequenceOptions {
            sizes: vec![size],
            min_count: 2,
            unit: Unit::Document,
            padding_in_margins: true,
        },
        contains: None,
        smoothing: 0.5,
        measures: Vec::new(),
        adjust: None,
    };
    let mut group = c.benchmark_group("collocations");
    for length in [1_250, 12_500] {
        let corpus = tokens(400, length, 50_000);
        let breaks = vec![false; corpus.vocabulary().len()];
        group.throughput(Throughput::Elements(corpus.len() as u64));
        for size in 2..=5 {
            let id = BenchmarkId::new(format!("size{size}"), corpus.len());
            group.bench_with_input(id, &corpus, |b, corpus| {
                b.iter(|| {
                    analysis::collocations(black_box(corpus), &breaks, &options(size), &Watch::new()).unwrap()
                });
            });
        }
    }
    group.finish();
}

criterion_group! {
    name = kernels;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_secs(1));
    targets = segmentation, dfm, fcm, fcm_large, collocations
}
criterion_main!(kernels);
