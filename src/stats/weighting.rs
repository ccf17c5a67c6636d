//! Term weights: tf and idf schemes.
