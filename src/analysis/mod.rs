//! Floor 4: a corpus and a statistic in, columns out.
