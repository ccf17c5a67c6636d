//! Which documents or features are alike.
