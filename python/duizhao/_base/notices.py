"""Warnings that point to the line of the user's code."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from ..errors import DuizhaoWarning

_PACKAGE = str(Path(__file__).parent.parent)


def warn(message: str) -> None:
    """Warn with ``DuizhaoWarning`` at the line that called into the package, however deep the call is inside."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    warnings.warn(message, DuizhaoWarning, stacklevel=level + 1)
