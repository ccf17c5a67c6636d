//! Association of a node and a collocate.
