//! Which features are key to a target against a reference.
