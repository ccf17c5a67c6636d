//! Places in the cleaned text → places in the raw text.

/// One edit of cleaning, in characters: `raw` in the raw text became `cleaned` in the cleaned text (both half-open).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawEdit {
    /// Where it was.
    pub raw: (u32, u32),
    /// Where it is.
    pub cleaned: (u32, u32),
}

/// The raw span of a cleaned span, given the edits of the text in order.
///
/// A span that begins or ends inside a replaced stretch takes in the whole stretch; what was deleted just before or just
/// behind a span stays outside of it, what was deleted inside is inside.
pub fn to_raw(edits: &[RawEdit], (start, end): (u32, u32)) -> (u32, u32) {
    // Between edits the two texts run side by side.
    let after = |n: usize, place: u32| match n.checked_sub(1).and_then(|i| edits.get(i)) {
        Some(edit) => place - edit.cleaned.1 + edit.raw.1,
        None => place,
    };
    let done = edits.partition_point(|e| e.cleaned.1 <= start);
    let raw_start = match edits.get(done) {
        Some(edit) if edit.cleaned.0 <= start => edit.raw.0,
        _ => after(done, start),
    };
    let done = edits.partition_point(|e| e.cleaned.1 < end || (e.cleaned.1 == end && e.cleaned.0 < end));
    let raw_end = match edits.get(done) {
        Some(edit) if edit.cleaned.0 < end => edit.raw.1,
        _ => after(done, end),
    };
    (raw_start, raw_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deletions_replacements_and_insertions() {
        // raw `<b>協(xié)商</b>，１２` → cleaned `協商，12`; the letters are edits.
        let edit = |raw, cleaned| RawEdit { raw, cleaned };
        let edits = [
            edit((0, 3), (0, 0)),
            edit((4, 9), (1, 1)),
            edit((10, 14), (2, 2)),
            edit((15, 17), (3, 5)),
        ];
        assert_eq!(to_raw(&edits, (0, 2)), (3, 10));
        assert_eq!(to_raw(&edits, (0, 1)), (3, 4));
        assert_eq!(to_raw(&edits, (1, 2)), (9, 10));
        assert_eq!(to_raw(&edits, (2, 3)), (14, 15));
        assert_eq!(to_raw(&edits, (3, 5)), (15, 17));
        assert_eq!(to_raw(&edits, (4, 5)), (15, 17));
        assert_eq!(to_raw(&[], (4, 5)), (4, 5));
        // An entity of five characters became one.
        assert_eq!(to_raw(&[edit((1, 6), (1, 2))], (1, 3)), (1, 7));
    }
}
