//! Dictionaries of a thousand to a million entries: building the automaton, and megabytes a second of look-up.
//!
//! `cargo bench --bench lookup`. Entries and text are made up from the common Han characters with a fixed seed.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::text::dictionary::{Dictionary, Entry, NestedScope, Spec};

/// A small deterministic generator (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn han(&mut self, length: u64) -> String {
        (0..length)
            .map(|_| {
                // Squaring makes low numbers common, as some characters are.
                let x = self.below(3000);
                let code = 0x4e00 + x * x / 3000;
                u32::try_from(code).ok().and_then(char::from_u32).unwrap_or('一')
            })
            .collect()
    }
}

fn lookup(c: &mut Criterion) {
    let mut random = Random(88_172_645_463_325_252);
    let text = random.han(400_000);
    let mut group = c.benchmark_group("lookup");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .throughput(Throughput::Bytes(text.len() as u64));
    for n in [1_000_usize, 100_000, 1_000_000] {
        let entries = (0..n)
            .map(|_| {
                let length = 2 + random.below(6);
                Entry {
                    category: "a".to_owned(),
                    text: random.han(length),
                    ..Entry::default()
                }
            })
            .collect();
        let spec = Spec {
            entries,
            ..Spec::default()
        };
        let started = std::time::Instant::now();
        let lexicon = Dictionary::new(spec, "bench", &[]).unwrap();
        lexicon.find("", NestedScope::Dictionary).unwrap();
        println!("{n} entries: ready after {:?}", started.elapsed());
        group.bench_with_input(BenchmarkId::from_parameter(n), &lexicon, |b, lexicon| {
            b.iter(|| black_box(lexicon.find(&text, NestedScope::Dictionary).unwrap()));
        });
    }
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
