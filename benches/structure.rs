//! Criterion sweeps of similarity, clustering, maps and scaling over documents and the bound of similarity.
//!
//! `cargo bench --bench structure`. The corpora are made up; see `common`.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::hint::black_box;

use common::{Random, group};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use duizhao::analysis::similarity::{Margin, Matrix, Method, compare};
use duizhao::run::Watch;
use duizhao::stats::clustering::{Linkage, cluster};
use duizhao::stats::coefficients::Similarity;
use duizhao::stats::decomposition::{correspondence, lsa, scaling};
use duizhao::stats::scaling::wordfish::{WordfishOptions, wordfish};
use duizhao::stats::scaling::wordscores::{Rescaling, wordscores};
use duizhao::stats::similarity::Wanted;
use duizhao::stats::sparse::SparseRows;

fn rows(documents: usize, length: usize, types: usize) -> SparseRows {
    Matrix::Counts(&common::dfm(documents, length, types))
        .rows(Margin::Documents)
        .unwrap()
}

fn distances(n: usize) -> Vec<f64> {
    let mut random = Random(3);
    (0..n * (n - 1) / 2)
        .map(|_| (random.next() >> 11) as f64 / (1_u64 << 53) as f64 + 0.1)
        .collect()
}

fn similarity(c: &mut Criterion) {
    let mut group = group(c, "similarity");
    for documents in [500, 2_000, 8_000] {
        let counts = common::dfm(documents, 30, 5_000);
        for bound in [0.3, 0.6, 0.9] {
            group.bench_function(
                BenchmarkId::new("cosine", format!("{documents} documents, {bound} and more")),
                |b| {
                    b.iter(|| {
                        let wanted = Wanted {
                            of: None,
                            bound: Some(bound),
                            top: None,
                            split: None,
                        };
                        let method = Method::Similarity(Similarity::Cosine);
                        compare(
                            Matrix::Counts(black_box(&counts)),
                            None,
                            method,
                            Margin::Documents,
                            wanted,
                            &Watch::new(),
                        )
                        .unwrap()
                    });
                },
            );
        }
    }
    group.finish();
}

fn clustering(c: &mut Criterion) {
    let mut group = group(c, "clustering");
    for n in [200, 500, 1_000] {
        let condensed = distances(n);
        for linkage in [Linkage::Average, Linkage::Single] {
            group.bench_function(BenchmarkId::new(linkage.name(), n), |b| {
                b.iter(|| cluster(n, black_box(&condensed), linkage).unwrap());
            });
        }
    }
    group.finish();
}

fn maps(c: &mut Criterion) {
    let mut group = group(c, "maps");
    for documents in [30, 100, 200] {
        let rows = rows(documents, 1_000, 3_000);
        group.bench_function(BenchmarkId::new("correspondence", documents), |b| {
            b.iter(|| correspondence(black_box(&rows), 2, &Watch::new()).unwrap());
        });
        group.bench_function(BenchmarkId::new("lsa", documents), |b| {
            b.iter(|| lsa(black_box(&rows), 10.min(documents), &Watch::new()).unwrap());
        });
        let condensed = distances(documents);
        group.bench_function(BenchmarkId::new("classical scaling", documents), |b| {
            b.iter(|| scaling(documents, black_box(&condensed), 2, &Watch::new()).unwrap());
        });
    }
    group.finish();
}

fn positions(c: &mut Criterion) {
    let mut group = group(c, "scaling");
    for documents in [10, 30, 100] {
        let rows = rows(documents, 2_000, 2_000);
        let scores: Vec<Option<f64>> = (0..documents)
            .map(|d| match d {
                0 => Some(-1.0),
                1 => Some(1.0),
                _ => None,
            })
            .collect();
        group.bench_function(BenchmarkId::new("wordscores", documents), |b| {
            b.iter(|| wordscores(black_box(&rows), &scores, 0.0, Rescaling::None, false).unwrap());
        });
        group.bench_function(BenchmarkId::new("wordfish, 20 rounds", documents), |b| {
            b.iter(|| {
                let options = WordfishOptions {
                    direction: (0, 1),
                    prior_beta: 3.0,
                    prior_theta: 1.0,
                    tolerance: 1e-8,
                    max_iterations: 20,
                };
                wordfish(black_box(&rows), options, &Watch::new()).unwrap()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, similarity, clustering, maps, positions);
criterion_main!(benches);
