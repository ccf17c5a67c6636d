//! The one error type of the kernels.
//!
//! Every variant says what was wrong in three parts where it can: the argument, what is allowed, what came. The Python
//! floor turns each variant into an exception class of `duizhao.errors` (`python/errors.rs`, an exhaustive match).

use std::borrow::Cow;
use std::fmt;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An argument outside its domain: an unknown word, a number out of range, a bad pattern.
    Parameter {
        /// Name of the argument as the user typed it.
        argument: Cow<'static, str>,
        /// What would have been accepted.
        allowed: Cow<'static, str>,
        /// What came.
        found: String,
    },
    /// Data of the right type that cannot be worked with: nulls, lengths that differ, ids out of range.
    Data {
        /// The argument or column that holds the data.
        argument: Cow<'static, str>,
        /// What would have been accepted.
        allowed: Cow<'static, str>,
        /// What came.
        found: String,
    },
    /// A dictionary, word list or similar file with a line that cannot be read.
    Dictionary {
        /// File name, or a word such as `<list>` where there is no file.
        origin: String,
        /// 1-based line number.
        line: usize,
        /// What is wrong with the line.
        problem: String,
    },
    /// A stored object whose bytes cannot be understood: wrong magic, version or content.
    Format {
        /// What was being read.
        what: Cow<'static, str>,
        /// What is wrong with it.
        problem: String,
    },
    /// A signal or a progress callback asked to stop; the Python floor re-raises the pending exception.
    Interrupted,
    /// A broken promise of our own, such as a panic in a worker thread.
    Internal(String),
}

impl Error {
    /// [`Error::Parameter`] from anything that can be shown.
    pub fn parameter(
        argument: impl Into<Cow<'static, str>>,
        allowed: impl Into<Cow<'static, str>>,
        found: impl fmt::Display,
    ) -> Self {
        Self::Parameter {
            argument: argument.into(),
            allowed: allowed.into(),
            found: found.to_string(),
        }
    }

    /// [`Error::Data`] from anything that can be shown.
    pub fn data(
        argument: impl Into<Cow<'static, str>>,
        allowed: impl Into<Cow<'static, str>>,
        found: impl fmt::Display,
    ) -> Self {
        Self::Data {
            argument: argument.into(),
            allowed: allowed.into(),
            found: found.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter {
                argument,
                allowed,
                found,
            }
            | Self::Data {
                argument,
                allowed,
                found,
            } => write!(f, "`{argument}` must be {allowed}; got {found}"),
            Self::Dictionary {
                origin,
                line,
                problem,
            } => write!(f, "{origin}, line {line}: {problem}"),
            Self::Format { what, problem } => write!(f, "cannot read {what}: {problem}"),
            Self::Interrupted => f.write_str("interrupted"),
            Self::Internal(message) => write!(f, "internal error: {message}"),
        }
    }
}

impl std::error::Error for Error {}
