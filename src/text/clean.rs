//! The cleaning pipeline: named, ordered, optional steps and their composed edits.
