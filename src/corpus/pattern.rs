//! Glob, regex and fixed patterns over features.
