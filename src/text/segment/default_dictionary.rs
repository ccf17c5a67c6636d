//! The dictionary that comes with jieba, for all that asks whether something is a word.

use std::sync::{Arc, OnceLock};

use jieba_rs::Jieba;

/// The dictionary that comes with jieba, loaded at the first use in a process.
pub fn default_jieba() -> Arc<Jieba> {
    static DEFAULT: OnceLock<Arc<Jieba>> = OnceLock::new();
    Arc::clone(DEFAULT.get_or_init(|| Arc::new(Jieba::new())))
}
