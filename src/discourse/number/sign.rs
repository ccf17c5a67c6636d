//! Signs in front of a number.

/// What a sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`, 负, 零下.
    Minus,
    /// `±`: up to so much to either side.
    Both,
}

/// The sign that ends right before the character `at`, and where it begins. Whether it is one there (and no dash, bullet or part of
/// 减负) is for the rules to say that know what stands around it.
pub fn sign(chars: &[char], at: usize) -> Option<(Sign, usize)> {
    let last = at.checked_sub(1)?;
    let found = match chars.get(last)? {
        '-' | '－' | '−' | '﹣' | '负' | '負' => Sign::Minus,
        '+' | '＋' => Sign::Plus,
        '±' => Sign::Both,
        '下' if last.checked_sub(1).and_then(|i| chars.get(i)) == Some(&'零') => {
            return Some((Sign::Minus, last - 1));
        }
        _ => return None,
    };
    Some((found, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_where_they_begin() {
        for (text, expected) in [
            ("零下7", Some((Sign::Minus, 0))),
            ("为负7", Some((Sign::Minus, 1))),
            ("约−7", Some((Sign::Minus, 1))),
            ("±7", Some((Sign::Both, 0))),
            ("+7", Some((Sign::Plus, 0))),
            ("地下7", None),
            ("7", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(sign(&chars, chars.len() - 1), expected, "{text}");
        }
    }
}
