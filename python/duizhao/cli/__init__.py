"""The command line: ``duizhao compare``, ``duizhao demo`` and the single steps.

Exit codes: 0 done, 1 an error that is named on standard error, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Sequence
from typing import NoReturn, TextIO

import polars as pl
from tqdm import tqdm  # type: ignore[import-untyped]

from ..errors import DuizhaoError
from .arguments import FORMATS
from .outputs import flat, write_frame
from .parser import make_parser

__all__ = ["FORMATS", "flat", "main", "make_parser", "run", "write_frame"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Parameters
    ----------
    arguments
        Without the name of the program; those of the process by default.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = make_parser().parse_args(given)
    options.arguments = given
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            warnings.simplefilter("always", category=UserWarning)
            options.run(options)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it flushes at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        _complain("interrupted")
        return 130
    except DuizhaoError as error:
        _complain(str(error))
        return 1
    except OSError as error:
        where = (
            f"{os.fspath(error.filename)!r}: "
            if isinstance(error.filename, str | bytes | os.PathLike)
            else ""
        )
        _complain(f"{where}{error.strerror or error}")
        return 1
    except pl.exceptions.PolarsError as error:
        _complain(" ".join(str(error).split()))
        return 1
    return 0


def _complain(message: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        print(f"duizhao: {message}", file=sys.stderr)


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    tqdm.write(f"duizhao: warning: {message}", file=sys.stderr)


def run() -> NoReturn:
    """Run and exit; for ``python -m duizhao``."""
    raise SystemExit(main())
