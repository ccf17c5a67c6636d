//! Checked numbers: a range that a docstring names is a type here, so that the functions below need no check.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A whole number of at least 1 whose argument name is known, e.g. a window size or an n-gram length.
macro_rules! positive {
    ($(#[$doc:meta])* $name:ident, $argument:literal, $most:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name(usize);

        impl $name {
            /// Largest value that is accepted.
            pub const MAX: usize = $most;

            /// The number.
            pub const fn get(self) -> usize {
                self.0
            }
        }

        impl TryFrom<u64> for $name {
            type Error = Error;

            fn try_from(value: u64) -> Result<Self> {
                match usize::try_from(value) {
                    Ok(n) if (1..=$most).contains(&n) => Ok(Self(n)),
                    _ => Err(Error::parameter(
                        $argument,
                        concat!("a whole number from 1 to ", stringify!($most)),
                        value,
                    )),
                }
            }
        }

        impl From<$name> for u64 {
            fn from(value: $name) -> u64 {
                value.0 as u64
            }
        }
    };
}

positive!(
    /// Reach of a co-occurrence or concordance window, in tokens on each side.
    Window, "window", 10000
);
positive!(
    /// Number of tokens in an n-gram or collocation.
    NgramSize, "size", 100
);

/// A real number in `[0, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Proportion(f64);

impl Proportion {
    /// Checks the range; `argument` names the parameter in the error.
    ///
    /// # Errors
    /// [`Error::Parameter`] outside `[0, 1]` and for NaN.
    pub fn new(argument: &'static str, value: f64) -> Result<Self> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(Error::parameter(argument, "a number from 0 to 1", value))
        }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Proportion {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self> {
        Self::new("proportion", value)
    }
}

impl From<Proportion> for f64 {
    fn from(value: Proportion) -> f64 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_closed_and_named() {
        assert_eq!(Window::try_from(1).map(Window::get), Ok(1));
        assert_eq!(Window::try_from(10_000).map(Window::get), Ok(10_000));
        let message = Window::try_from(0).map_err(|e| e.to_string());
        assert_eq!(
            message,
            Err("`window` must be a whole number from 1 to 10000; got 0".to_owned())
        );
        assert!(NgramSize::try_from(101).is_err());
        assert!(Proportion::new("threshold", f64::NAN).is_err());
        assert!(Proportion::new("threshold", 1.0).is_ok());
        assert!(Proportion::new("threshold", -0.1).is_err());
    }
}
