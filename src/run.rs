//! Long work that can be watched and stopped.
//!
//! A kernel that may run for more than a moment takes a [`Watch`], calls [`Watch::step`] once a document (or block of
//! rows) and returns its `Result`. Who watches (a signal handler, a progress bar, nobody) is the caller's business.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, Result};

/// Counter of finished steps and a flag that asks the work to stop; shared by all workers of one call.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicU64,
    stop: AtomicBool,
}

impl Watch {
    /// A watch that nobody looks at.
    pub const fn new() -> Self {
        Self {
            done: AtomicU64::new(0),
            stop: AtomicBool::new(false),
        }
    }

    /// Reports `n` finished units.
    ///
    /// # Errors
    /// [`Error::Interrupted`] once [`Watch::stop`] was called.
    #[inline]
    pub fn step(&self, n: u64) -> Result<()> {
        self.done.fetch_add(n, Ordering::Relaxed);
        if self.stop.load(Ordering::Relaxed) {
            Err(Error::Interrupted)
        } else {
            Ok(())
        }
    }

    /// Units finished so far.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Asks the workers to stop at their next step.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
