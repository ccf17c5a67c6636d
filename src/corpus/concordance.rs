//! Keyword in context.
