"""Progress of long work: nothing, a bar, or the user's own function; and the log in which stages are named."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

from ..errors import ParameterError

T = TypeVar("T")

#: None (or False): silence. True: a bar. A function: called with the number of steps finished since the last call.
Progress: TypeAlias = bool | Callable[[int], object] | None

#: What work reports to, once the user's wish is known.
Report: TypeAlias = Callable[[int], object] | None

#: What all stages write to; silent until the user gives it a handler (``logging.basicConfig(level="INFO")``).
logger = logging.getLogger("duizhao")
logger.addHandler(logging.NullHandler())


class Bar:
    """A bar of ``tqdm.auto``, which knows terminals and notebooks: calling it advances it.

    ``stage(name)`` names what begins. Any function that a user gives and that has such a method is told, too.
    """

    def __init__(self, what: str, *, total: int | None = None, unit: str = "steps", **options: Any) -> None:
        # Not before a bar is asked for: importing the package must stay light.
        from tqdm.auto import tqdm  # type: ignore[import-untyped]

        given = {"mininterval": 0.2, "leave": False, "unit_scale": unit == "B", **options}
        self._bar = tqdm(desc=what, total=total, unit=unit if unit == "B" else f" {unit}", **given)

    def __call__(self, done: int, /) -> None:
        """Advance by so many steps."""
        self._bar.update(done)

    def stage(self, name: str) -> None:
        """Show what is being done now."""
        self._bar.set_description_str(name)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()


def opened(progress: object) -> Bar | None:
    """What the core asks for where a user gave no function: a bar that is named like the function that was called."""
    if not _wanted(progress):
        return None
    frame = sys._getframe(1)
    while frame.f_back is not None and str(frame.f_back.f_globals.get("__name__")).startswith("duizhao."):
        frame = frame.f_back
    return Bar(frame.f_code.co_name)


@contextlib.contextmanager
def reporting(
    progress: Progress, what: str, *, total: int | None = None, unit: str = "documents", **options: Any
) -> Iterator[Report]:
    """What work is to call while it lasts; a bar goes when it ends, also by an exception.

    Parameters
    ----------
    progress
        As the user gave it.
    what
        The work in a word or two: the text before the bar and in the log (level ``DEBUG``).
    total, unit
        How many steps there will be, if that is known, and what they are (``"B"`` for bytes).
    **options
        Of the bar, as for tqdm.
    """
    logger.debug("%s%s", what, "" if total is None else f": {total} {unit}")
    if callable(progress):
        yield progress
    elif _wanted(progress):
        bar = Bar(what, total=total, unit=unit, **options)
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield None


def counted(items: Iterable[T], report: Report) -> Iterator[T]:
    """The items one by one; each is a step, finished when the next one is asked for."""
    for item in items:
        yield item
        if report is not None:
            report(1)


def stage(report: Report, name: str) -> None:
    """Names what begins: in the log (level ``INFO``), on a bar, and to a function that has a method ``stage``."""
    logger.info("%s", name)
    told = getattr(report, "stage", None)
    if callable(told):
        told(name)


class Stages:
    """Work in named stages: each is one step, finished when the next one begins."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._begun = False

    def __call__(self, name: str) -> None:
        """Begin a stage."""
        self.finish()
        self._begun = True
        stage(self._report, name)

    def finish(self) -> None:
        """Count the last stage."""
        if self._begun and self._report is not None:
            self._report(1)
        self._begun = False


def _wanted(progress: object) -> bool:
    if progress is None or isinstance(progress, bool):
        return bool(progress)
    raise ParameterError(f"`progress` must be None, True or a function of a number; got {progress!r}")
