//! Bounds of a value, and the unit that widens them.

/// One unit of the last place of `value` that is not zero.
pub(super) fn last_place(value: f64) -> f64 {
    let mut step = 1.0;
    while value >= step * 10.0 && (value / (step * 10.0)).fract() == 0.0 {
        step *= 10.0;
    }
    step
}

/// Lowest and highest value.
pub(super) type Span = (f64, f64);

/// The bounds of nothing.
pub(super) const NOTHING: Span = (0.0, 0.0);

/// The bounds of a sum.
pub(super) fn add(a: Span, b: Span) -> Span {
    (a.0 + b.0, a.1 + b.1)
}
