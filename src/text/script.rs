//! Traditional ↔ simplified.

use super::edit::Edit;

/// Which way to convert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// To simplified characters.
    Simplified,
    /// To traditional characters.
    Traditional,
}

/// Edits (kind `Script`) that convert `text`.
pub fn edits(_text: &str, _to: Script) -> Vec<Edit> {
    Vec::new()
}
