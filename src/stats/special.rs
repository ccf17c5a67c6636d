//! Special functions with log tails.
