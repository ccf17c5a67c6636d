//! Long calls: GIL released, own thread pool, signals and progress seen to every 50 ms.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::intern;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::run::Watch;
use crate::{Error, Result};

/// How often the calling thread looks at signals and reports progress.
const TICK: Duration = Duration::from_millis(50);

/// The pool of this process. A forked child gets a new one: the parent's threads do not exist there, and waiting for
/// them would never end.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// Threads to use: `DUIZHAO_MAX_THREADS`, else `RAYON_NUM_THREADS`, else what the operating system offers.
fn wanted_threads() -> usize {
    ["DUIZHAO_MAX_THREADS", "RAYON_NUM_THREADS"]
        .iter()
        .find_map(|name| {
            std::env::var(name)
                .ok()?
                .trim()
                .parse::<usize>()
                .ok()
                .filter(|&n| n > 0)
        })
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// The thread pool on which all kernels run.
pub(super) fn pool() -> Result<Arc<ThreadPool>> {
    let here = std::process::id();
    let mut slot = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, pool)) = slot.as_ref().filter(|(pid, _)| *pid == here) {
        return Ok(Arc::clone(pool));
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(wanted_threads())
        .thread_name(|i| format!("duizhao-{i}"))
        .build()
        .map_err(|e| Error::Internal(format!("cannot start threads: {e}")))?;
    let pool = Arc::new(pool);
    if let Some((_, inherited)) = slot.replace((here, Arc::clone(&pool))) {
        // Dropping an inherited pool would join threads that this process does not have.
        std::mem::forget(inherited);
    }
    Ok(pool)
}

/// The text of a panic, for [`Error::Internal`].
fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a worker panicked".to_owned())
}

/// Runs `work` on the pool with the GIL released.
///
/// `progress` is as the user gave it: a function, `True` for a bar (opened here, gone when the work ends, however it ends),
/// `None` or `False`. Every 50 ms the calling thread runs pending signal handlers (Ctrl-C) and calls `progress(n)` with the
/// number of steps finished since the last call. If either raises, the workers are asked to stop at their next step, and the exception
/// is raised after they have.
///
/// # Errors
/// What `work` returns, what a signal handler or `progress` raised, or `InternalError` for a panic in a worker.
pub(super) fn supervise<T: Send>(
    py: Python<'_>,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce(&Watch) -> Result<T> + Send,
) -> PyResult<T> {
    let pool = pool()?;
    let watch = Watch::new();
    let reporter = progress.map(|given| Reporter::of(py, given)).transpose()?;
    let call = reporter.as_ref().and_then(|reporter| reporter.call.as_ref());
    let mut raised: Option<PyErr> = None;
    let outcome = py.detach(|| {
        let (sender, receiver) = channel();
        let mut outcome = Err(Error::Internal("a worker ended without a result".to_owned()));
        pool.in_place_scope(|scope| {
            let watch = &watch;
            scope.spawn(move |_| {
                let result = catch_unwind(AssertUnwindSafe(|| work(watch)))
                    .unwrap_or_else(|payload| Err(Error::Internal(panic_message(payload.as_ref()))));
                // The receiver lives until the scope ends.
                let _ = sender.send(result);
            });
            let mut reported = 0;
            loop {
                match receiver.recv_timeout(TICK) {
                    Ok(result) => {
                        outcome = result;
                        break;
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) if raised.is_none() => {
                        let done = watch.done();
                        if let Err(error) = attend(call, done - reported) {
                            raised = Some(error);
                            watch.stop();
                        }
                        reported = done;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
            }
            if let (None, Ok(_)) = (&raised, &outcome)
                && let Err(error) = attend(call, watch.done() - reported)
            {
                raised = Some(error);
            }
        });
        outcome
    });
    let closed = reporter.map_or(Ok(()), |reporter| reporter.close(py));
    if let Some(error) = raised {
        return Err(error);
    }
    let value = outcome?;
    closed?;
    Ok(value)
}

/// What is called with the number of finished steps.
struct Reporter {
    call: Option<Py<PyAny>>,
    /// Whether it is a bar of ours, to be taken away at the end.
    ours: bool,
}

impl Reporter {
    /// The user's function as it is; what is none goes through `duizhao._base.progress`, which knows bars and says what is
    /// allowed.
    fn of(py: Python<'_>, given: &Py<PyAny>) -> PyResult<Self> {
        if given.bind(py).is_callable() {
            return Ok(Self {
                call: Some(given.clone_ref(py)),
                ours: false,
            });
        }
        let bar = py
            .import(intern!(py, "duizhao._base.progress"))?
            .call_method1(intern!(py, "opened"), (given,))?;
        Ok(Self {
            ours: !bar.is_none(),
            call: (!bar.is_none()).then(|| bar.unbind()),
        })
    }

    fn close(self, py: Python<'_>) -> PyResult<()> {
        if let Some(bar) = self.call.filter(|_| self.ours) {
            bar.call_method0(py, intern!(py, "close"))?;
        }
        Ok(())
    }
}

/// Runs pending signal handlers and reports progress.
fn attend(progress: Option<&Py<PyAny>>, delta: u64) -> PyResult<()> {
    Python::attach(|py| {
        py.check_signals()?;
        if let Some(callback) = progress.filter(|_| delta > 0) {
            callback.call1(py, (delta,))?;
        }
        Ok(())
    })
}
