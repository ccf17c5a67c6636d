//! Segmenter: an immutable value over jieba-rs.
