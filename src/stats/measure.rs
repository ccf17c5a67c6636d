//! The registry of measures.
