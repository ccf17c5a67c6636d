//! Floor 3: numbers in, numbers out. Knows floor 0 only: no strings, no corpus.
