//! Marks that belong to a figure or a negation: what is left of a text's punctuation where punctuation counts for nothing.

use crate::text::han::{is_han, is_numeral};

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// White space.
    Blank,
    /// Something wherever it stands: percent, degrees, currency, a plus, an arrow up or down, a ticked box.
    Always,
    /// Something beside a figure: minus, range, fraction, less and more, triangles up and down.
    Beside,
    /// Something between two figures: ratio, time, power, the point of 3·15.
    Between,
    /// A decimal point, where digits are around it.
    Point,
    /// A comma, which may group digits.
    Comma,
    /// Where one word or figure ends and the next begins.
    Separator,
}

/// What stands beside a run of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Neighbour {
    /// The beginning or end of the text.
    Nothing,
    /// An Arabic digit, another sign of a number (½, ①), or the unit of a figure (%, ℃).
    Arabic,
    /// A character of Chinese numerals.
    Numeral,
    /// A character that negates.
    Negation,
    /// A Latin letter.
    Latin,
    /// Any other character.
    Other,
}

impl Neighbour {
    pub(super) fn of(c: char) -> Self {
        match c {
            '0'..='9' | '%' | '‰' | '‱' | '°' | '℃' | '℉' | '′' | '″' => Self::Arabic,
            'A'..='Z' | 'a'..='z' => Self::Latin,
            '不' | '没' | '沒' | '别' | '別' | '未' | '勿' | '莫' | '否' | '无' | '無' | '非' => {
                Self::Negation
            }
            c if is_numeral(c) => Self::Numeral,
            c if !is_han(c) && c.is_numeric() => Self::Arabic,
            _ => Self::Other,
        }
    }

    pub(super) fn is_figure(self) -> bool {
        matches!(self, Self::Arabic | Self::Numeral)
    }
}

/// One form of a mark that is written in several; full-width forms are ASCII already. The dashes that may stand for a Chinese dash
/// when doubled stay apart from the hyphens.
pub(super) fn one_form(c: char) -> char {
    match c {
        '−' | '–' | '‒' | '‐' | '‑' | '﹣' | '﹘' => '-',
        '―' | '─' => '—',
        '〜' | '∼' => '~',
        '∶' | '︰' | '﹕' => ':',
        '⁄' | '∕' => '/',
        '・' | '•' | '‧' | '∙' | '⋅' => '·',
        '﹐' => ',',
        '﹒' => '.',
        '￥' => '¥',
        '￡' => '£',
        '￠' => '¢',
        '￦' => '₩',
        '﹩' => '$',
        '﹪' => '%',
        '﹢' => '+',
        '﹤' => '<',
        '﹥' => '>',
        '﹦' => '=',
        '≦' | '⩽' => '≤',
        '≧' | '⩾' => '≥',
        '˚' => '°',
        c => c,
    }
}

/// The role of a mark in its one form.
pub(super) fn role(c: char) -> Role {
    match c {
        ' ' => Role::Blank,
        '.' => Role::Point,
        ',' => Role::Comma,
        '-' | '—' | '<' | '>' | '=' | '~' | '/' | '▲' | '▼' | '△' | '▽' => Role::Beside,
        ':' | '*' | '^' | '·' => Role::Between,
        '%' | '‰' | '‱' | '°' | '℃' | '℉' | '′' | '″' | '№' | '+' | '±' | '∓' | '×' | '÷' | '≤' | '≥' | '≠' | '≈' | '∞'
        | '√' | '↑' | '↓' | '$' | '¥' | '£' | '¢' | '¤' | '\u{20A0}'..='\u{20CF}' | '☐' | '☑' | '☒' | '□' | '■' | '✓' | '✔' | '✗'
        | '✘'
        // Units, dates and terms in one character: ㎡, ㏄, ㋀, ㊣.
        | '\u{3200}'..='\u{33FF}' => Role::Always,
        _ => Role::Separator,
    }
}

/// Whether a mark that is only a sign may open a figure: `5 -6` are two figures, `5 - 6` is a range.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '±')
}
