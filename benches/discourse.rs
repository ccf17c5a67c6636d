//! Criterion sweeps of what is read from text, over its size: repair, register, claims, slogans, quotations, bodies and persons, new words.
//!
//! `cargo bench --bench discourse`. The reports are made up; see `common`.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::discourse::claims::claims;
use duizhao::discourse::entities::{bodies, persons};
use duizhao::discourse::new_words::{Limits, new_words};
use duizhao::discourse::page::Page;
use duizhao::discourse::{quotations, register, slogans};
use duizhao::run::Watch;
use duizhao::text::clean::{CleanOptions, clean};
use duizhao::text::segment::Segmenter;

fn discourse(c: &mut Criterion) {
    let mut group = c.benchmark_group("discourse");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    for kilobytes in [10, 40, 160] {
        let text = common::report(kilobytes * 1000, 1);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut add = |name: &str, run: &dyn Fn(&str)| {
            group.bench_with_input(BenchmarkId::new(name, kilobytes), text.as_str(), |b, text| {
                b.iter(|| run(text));
            });
        };
        add("clean", &|text| {
            drop(black_box(clean(text, &CleanOptions::default()).unwrap()));
        });
        add("register", &|text| drop(black_box(register::measure(text, None))));
        add("claims", &|text| drop(black_box(claims(text))));
        add("slogans", &|text| drop(black_box(slogans::find(text))));
        add("quotations", &|text| {
            drop(black_box(quotations::find(&Page::of(text))));
        });
        add("bodies and persons", &|text| {
            let page = Page::of(text);
            drop(black_box((bodies(&page), persons(&page))));
        });
    }
    group.finish();
}

fn words(c: &mut Criterion) {
    let mut group = c.benchmark_group("new_words");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    let segmenter = Segmenter::default();
    for kilobytes in [100, 400, 1_600] {
        let texts: Vec<String> = common::token_lists(kilobytes / 50, 50_000 / 6, 4_000)
            .iter()
            .map(|d| d.concat())
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let limits = Limits {
            max_chars: 6,
            min_count: 5,
            min_doc_freq: 1,
            min_cohesion: 1.0,
            min_entropy: 0.5,
            max_across: 0.5,
            edges: Vec::new(),
            letters: false,
        };
        group.throughput(Throughput::Bytes(texts.iter().map(|t| t.len() as u64).sum()));
        group.bench_function(BenchmarkId::from_parameter(kilobytes), |b| {
            b.iter(|| new_words(black_box(&texts), &segmenter, &limits, &Watch::new()).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, discourse, words);
criterion_main!(benches);
