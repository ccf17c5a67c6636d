//! Criterion sweeps of the statistics over what drives their cost: features, documents times permutations, parts, length of text, pairs.
//!
//! `cargo bench --bench statistics`. The corpora are made up; see `common`.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::hint::black_box;

use common::group;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::analysis::associations::{AssociationOptions, associations};
use duizhao::analysis::dispersion::{DispersionOptions, dispersion};
use duizhao::analysis::diversity::of_tokens;
use duizhao::analysis::keyness::{Contrasts, KeynessOptions, keyness};
use duizhao::analysis::tfidf::{FittedIdf, tfidf_matrix};
use duizhao::analysis::zeta::{slices, zeta};
use duizhao::corpus::fcm::{Counting, Fcm, FcmOptions, Unit};
use duizhao::num::Window;
use duizhao::run::Watch;
use duizhao::stats::dispersion::Dispersion;
use duizhao::stats::diversity::{Diversity, DiversityOptions};
use duizhao::stats::inference::Inference;
use duizhao::stats::measures::Measure;
use duizhao::stats::parameters::Parameters;
use duizhao::stats::tfidf::TfIdf;

fn sides(documents: usize) -> Vec<Option<u32>> {
    (0..documents).map(|d| Some(u32::from(d % 2 == 0))).collect()
}

fn options(inference: Inference) -> KeynessOptions {
    KeynessOptions {
        measures: vec![Measure::LogLikelihood, Measure::LogRatio],
        min_count: 1,
        adjust: None,
        parameters: Parameters::default(),
        inference,
    }
}

fn keyness_tables(c: &mut Criterion) {
    let mut group = group(c, "keyness");
    for types in [5_000, 20_000, 80_000] {
        let counts = common::dfm(200, 5_000, types);
        group.throughput(Throughput::Elements(counts.n_features() as u64));
        group.bench_with_input(
            BenchmarkId::new("features", counts.n_features()),
            &counts,
            |b, counts| {
                b.iter(|| {
                    let contrasts = Contrasts::Rest(vec![1]);
                    keyness(
                        black_box(counts),
                        &sides(200),
                        &contrasts,
                        &options(Inference::default()),
                        &Watch::new(),
                    )
                    .unwrap()
                });
            },
        );
    }
    group.finish();
}

fn keyness_inference(c: &mut Criterion) {
    let mut group = group(c, "keyness_inference");
    for (documents, draws) in [(100, 200), (400, 200), (400, 800)] {
        let counts = common::dfm(documents, 500, 3_000);
        group.throughput(Throughput::Elements(
            (counts.counts().n_nonzero() * 2 * draws) as u64,
        ));
        group.bench_function(
            BenchmarkId::new("documents x draws", format!("{documents}x{draws}")),
            |b| {
                b.iter(|| {
                    let inference = Inference {
                        permutations: draws,
                        resamples: draws,
                        ..Inference::default()
                    };
                    let contrasts = Contrasts::Rest(vec![1]);
                    keyness(
                        &counts,
                        &sides(documents),
                        &contrasts,
                        &options(inference),
                        &Watch::new(),
                    )
                    .unwrap()
                });
            },
        );
    }
    group.finish();
}

fn dispersions(c: &mut Criterion) {
    let mut group = group(c, "dispersion");
    for parts in [10, 100, 1_000] {
        let tokens = common::tokens(parts, 500_000 / parts, 10_000);
        let counts = duizhao::corpus::dfm::Dfm::from_tokens(&tokens, &Watch::new()).unwrap();
        let options = DispersionOptions {
            measures: Dispersion::ALL.to_vec(),
            min_count: 1,
            equal_sizes: false,
            inference: Inference::default(),
        };
        group.throughput(Throughput::Elements(counts.counts().n_nonzero() as u64));
        group.bench_function(BenchmarkId::new("all measures, parts", parts), |b| {
            b.iter(|| dispersion(black_box(&counts), Some(&tokens), None, &options, &Watch::new()).unwrap());
        });
    }
    group.finish();
}

fn diversities(c: &mut Criterion) {
    let mut group = group(c, "diversity");
    for length in [1_000, 10_000, 100_000] {
        let tokens = common::tokens(200_000 / length, length, 20_000);
        group.throughput(Throughput::Elements(tokens.len() as u64));
        group.bench_function(BenchmarkId::new("all measures, tokens a text", length), |b| {
            b.iter(|| {
                of_tokens(
                    black_box(&tokens),
                    Diversity::ALL,
                    &DiversityOptions::default(),
                    &Watch::new(),
                )
                .unwrap()
            });
        });
    }
    group.finish();
}

fn association(c: &mut Criterion) {
    let mut group = group(c, "associations");
    for types in [1_000, 5_000, 20_000] {
        let tokens = common::tokens(50, 4_000, types);
        let counting = FcmOptions {
            unit: Unit::Document,
            window: Some(Window::try_from(5).unwrap()),
            counting: Counting::Frequency,
            ordered: false,
            self_pairs_twice: false,
        };
        let pairs = Fcm::from_tokens(&tokens, counting, &Watch::new()).unwrap();
        let options = AssociationOptions {
            measures: vec![Measure::LogDice, Measure::LogLikelihood, Measure::Npmi],
            min_count: 2,
            adjust: None,
        };
        group.bench_function(BenchmarkId::new("types", types), |b| {
            b.iter(|| associations(black_box(&pairs), None, &options, &Watch::new()).unwrap());
        });
    }
    group.finish();
}

fn weights(c: &mut Criterion) {
    let mut group = group(c, "tfidf");
    for documents in [100, 1_000, 10_000] {
        let counts = common::dfm(documents, 1_000_000 / documents, 20_000);
        group.throughput(Throughput::Elements(counts.counts().n_nonzero() as u64));
        group.bench_function(BenchmarkId::new("documents", documents), |b| {
            b.iter(|| {
                let options = TfIdf::default();
                let idf = FittedIdf::fit(&counts, options.idf).unwrap();
                tfidf_matrix(black_box(&counts), &idf, &options, &Watch::new()).unwrap()
            });
        });
    }
    group.finish();
}

fn zetas(c: &mut Criterion) {
    let mut group = group(c, "zeta");
    for draws in [0, 100, 400] {
        let tokens = common::tokens(100, 4_000, 5_000);
        let sides: Vec<u32> = (0..100).map(|d| d % 2).collect();
        group.bench_function(BenchmarkId::new("draws", draws), |b| {
            b.iter(|| {
                let inference = Inference {
                    resamples: draws,
                    permutations: draws,
                    ..Inference::default()
                };
                let cut = slices(black_box(&tokens), 500, &Watch::new()).unwrap();
                zeta(&cut, &sides, 2, &inference, &Watch::new()).unwrap()
            });
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    keyness_tables,
    keyness_inference,
    dispersions,
    diversities,
    association,
    weights,
    zetas
);
criterion_main!(benches);
