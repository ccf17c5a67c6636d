//! A figure: what is read from the characters alone, before grammar is asked what it is about.

use super::units::UnitClass;
use crate::discourse::number::Direction;

/// A number with its unit and hedges, or a place in an order. The fields are those of [`super::Claim`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number_text: String,
    pub(super) value: f64,
    pub(super) lower: Option<f64>,
    pub(super) upper: Option<f64>,
    pub(super) approximation: String,
    pub(super) direction: Direction,
    pub(super) unit: String,
    pub(super) unit_normalised: String,
    pub(super) factor: f64,
    pub(super) class: UnitClass,
    /// Whether it is a place in an order.
    pub(super) rank: bool,
    pub(super) in_slogan: bool,
}
