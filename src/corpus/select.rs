//! Keeping and removing tokens, with or without padding.
