//! Joining sequences of tokens into one.
