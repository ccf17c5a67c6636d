//! What the members of a series share.

use std::ops::Range;

use crate::discourse::chars::Chars;
use crate::text::han::is_han;

/// Places at which all members have the same Han character.
pub(super) fn aligned(text: &Chars, members: &[Range<usize>], length: usize) -> Vec<usize> {
    (0..length)
        .filter(|&p| {
            let c = text.at(members[0].start + p);
            is_han(c) && !matches!(c, '的' | '了' | '是') && members.iter().all(|m| text.at(m.start + p) == c)
        })
        .collect()
}
