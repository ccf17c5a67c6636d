//! The words that arguments take and columns hold, for Python to check its own lists against.

use std::collections::BTreeMap;

use pyo3::prelude::*;

use crate::words::{Words, closest as closest_word};
use crate::{analysis, corpus, discourse, registry, stats, text};

/// Every enum of words. `tests/rust/words.rs` names one that is missing.
const ALL: &[Words] = &[
    registry::Family::WORDS,
    registry::Needs::WORDS,
    registry::Sign::WORDS,
    text::clean::Step::WORDS,
    text::dictionary::NestedScope::WORDS,
    text::edit::EditKind::WORDS,
    text::repair::annotation::Pinyin::WORDS,
    text::script::Script::WORDS,
    text::segment::LookScript::WORDS,
    text::segment::SegmentMode::WORDS,
    corpus::dfm::trim::ThresholdUnit::WORDS,
    corpus::fcm::Counting::WORDS,
    corpus::fcm::Unit::WORDS,
    corpus::pattern::ValueType::WORDS,
    stats::adjust::Adjustment::WORDS,
    stats::clustering::Linkage::WORDS,
    stats::coefficients::Similarity::WORDS,
    stats::delta::Delta::WORDS,
    stats::dispersion::Dispersion::WORDS,
    stats::distance::Distance::WORDS,
    stats::diversity::Diversity::WORDS,
    stats::measures::Measure::WORDS,
    stats::parameters::FamilyCorrection::WORDS,
    stats::resample::Interval::WORDS,
    stats::scaling::wordscores::Rescaling::WORDS,
    stats::tfidf::IdfScheme::WORDS,
    stats::tfidf::Norm::WORDS,
    stats::tfidf::Preset::WORDS,
    stats::tfidf::TfScheme::WORDS,
    stats::tfidf::Unseen::WORDS,
    discourse::claims::ClaimKind::WORDS,
    discourse::number::Direction::WORDS,
    discourse::quotations::quote::QuoteKind::WORDS,
    discourse::register::Component::WORDS,
    discourse::slogans::class::SloganClass::WORDS,
    discourse::slogans::Quoted::WORDS,
    analysis::similarity::Margin::WORDS,
    analysis::structure::Map::WORDS,
];

/// The words of each enum, under its path (`stats::adjust::Adjustment`), in the order of the documentation.
#[pyfunction]
fn words() -> BTreeMap<&'static str, &'static [&'static str]> {
    let name = |words: &Words| words.path.strip_prefix("duizhao::").unwrap_or(words.path);
    ALL.iter().map(|words| (name(words), words.allowed)).collect()
}

/// The allowed word that `word` is most likely a slip for; none where none is near.
#[pyfunction]
fn closest(word: &str, allowed: Vec<String>) -> Option<String> {
    let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
    closest_word(word, &allowed).map(str::to_owned)
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(words, module)?)?;
    module.add_function(wrap_pyfunction!(closest, module)?)
}
