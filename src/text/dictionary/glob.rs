//! Wildcards on running text, which has no word boundaries to anchor them.

/// Most characters that an inner `*` stands for.
pub const REACH: usize = 10;

/// What follows the anchor of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// `?`: exactly one letter, digit or Han character.
    One,
    /// `*`: 0 to [`REACH`] of them, as few as possible.
    Gap,
}

/// A pattern: an anchor that the automaton finds, what stands around it is tried by hand.
///
/// `*` at an end means that a Latin word or number may go on there; between Han characters it changes nothing, since a text
/// has no tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    /// First literal stretch.
    pub anchor: String,
    /// Number of `?` in front of it.
    before: usize,
    rest: Vec<Piece>,
    /// Whether a `*` stood at the start.
    pub open_left: bool,
    /// Whether a `*` stood at the end.
    pub open_right: bool,
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    /// In words: a pattern without a literal character, or with `*` before its first one (except at the start).
    pub fn new(pattern: &str) -> Result<Self, String> {
        let open_left = pattern.starts_with('*');
        let inner = pattern.trim_start_matches('*');
        let open_right = inner.ends_with('*');
        let inner = inner.trim_end_matches('*');
        let before = inner.chars().take_while(|&c| c == '?').count();
        let mut rest: Vec<Piece> = Vec::new();
        for c in inner[before..].chars() {
            match (c, rest.last_mut()) {
                ('?', _) => rest.push(Piece::One),
                ('*', Some(Piece::Gap)) => {}
                ('*', _) => rest.push(Piece::Gap),
                (c, Some(Piece::Literal(literal))) => literal.push(c),
                (c, _) => rest.push(Piece::Literal(c.to_string())),
            }
        }
        if !matches!(rest.first(), Some(Piece::Literal(_))) {
            return Err(format!(
                "the pattern {pattern:?} must have a character before its first inner wildcard"
            ));
        }
        let Piece::Literal(anchor) = rest.remove(0) else {
            return Err(format!("the pattern {pattern:?} has no anchor"));
        };
        Ok(Self {
            anchor,
            before,
            rest,
            open_left,
            open_right,
        })
    }

    /// Whether only the anchor has to match.
    pub fn is_plain(&self) -> bool {
        self.before == 0 && self.rest.is_empty() && !self.open_left && !self.open_right
    }

    /// The whole match around an anchor that was found at bytes `start..end`.
    pub fn extend(&self, text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        let mut first = start;
        let mut behind = text[..start].chars().rev();
        for _ in 0..self.before {
            first -= behind.next().filter(|c| c.is_alphanumeric())?.len_utf8();
        }
        Some((first, follow(&self.rest, text, end)?))
    }
}

/// Where the pieces end if they match from byte `at` on, with the shortest gaps from left to right.
fn follow(pieces: &[Piece], text: &str, at: usize) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else {
        return Some(at);
    };
    match piece {
        Piece::Literal(literal) => text[at..]
            .starts_with(literal.as_str())
            .then(|| follow(rest, text, at + literal.len()))?,
        Piece::One => {
            let c = text[at..].chars().next().filter(|c| c.is_alphanumeric())?;
            follow(rest, text, at + c.len_utf8())
        }
        Piece::Gap => {
            let mut place = at;
            let mut ahead = text[at..].chars();
            for _ in 0..=REACH {
                if let Some(end) = follow(rest, text, place) {
                    return Some(end);
                }
                place += ahead.next().filter(|c| c.is_alphanumeric())?.len_utf8();
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_short_and_stop_at_punctuation() {
        let extended = |pattern: &str, text: &str| {
            let glob = Glob::new(pattern).ok()?;
            let start = text.find(&glob.anchor)?;
            glob.extend(text, start, start + glob.anchor.len())
                .map(|(a, b)| text[a..b].to_owned())
        };
        assert_eq!(
            extended("坚持*领导", "坚持党的领导和领导").as_deref(),
            Some("坚持党的领导")
        );
        assert_eq!(extended("坚持*领导", "坚持，领导"), None);
        assert_eq!(extended("三?一课", "三会一课").as_deref(), Some("三会一课"));
        assert_eq!(extended("?会一课", "三会一课").as_deref(), Some("三会一课"));
        assert_eq!(extended("?会", "，会"), None);
        assert_eq!(extended("党*", "党建").as_deref(), Some("党"));
        assert!(Glob::new("*").is_err() && Glob::new("?").is_err() && Glob::new("?*党").is_err());
    }
}
