//! Undoing scraping damage, with an edit list.
