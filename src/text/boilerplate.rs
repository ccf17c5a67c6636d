//! Navigation, share bars, pagers, bylines and abstracts; what a page says of itself.

use super::edit::Edit;

/// What the page says of itself; `None` where it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the field names are the columns
pub struct PageMetadata {
    pub title: Option<String>,
    /// ISO 8601, `YYYY-MM-DD`.
    pub date: Option<String>,
    pub source: Option<String>,
    /// Several names are joined by `、`.
    pub author: Option<String>,
    pub reporter: Option<String>,
    pub editor: Option<String>,
}

/// Edits that leave the body only, and the metadata found in what was taken out.
pub fn edits(_text: &str) -> (Vec<Edit>, PageMetadata) {
    (Vec::new(), PageMetadata::default())
}
