"""One self-contained page that shows a comparison: see :func:`report`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .._base.checks import require_word
from .._base.documents import Documents
from .._base.progress import Progress, logger
from ..errors import FileError, ParameterError
from .compare import compare
from .comparison import Comparison
from .limits import Limits
from .messages import LANGUAGES, Language

__all__ = ["Limits", "report"]


def report(
    docs: Documents | Comparison,
    by: str | None = None,
    path: str | os.PathLike[str] = "report.html",
    *,
    title: str | None = None,
    language: Language = "zh",
    limits: Limits | None = None,
    progress: Progress = None,
    **options: Any,
) -> Path:
    """Compare documents and write the result as one HTML page that works offline.

    Parameters
    ----------
    docs
        Documents: a frame, a series, list or mapping of texts, or one text. Raw, or from :func:`duizhao.clean`.
        Or a comparison from :func:`duizhao.compare`.
    by
        A column of the documents that makes the groups; without it each document is its own group.
    path
        Where to write; an existing file is replaced.
    title
        Heading of the page.
    language
        Language of the interface, ``"zh"`` or ``"en"``.
    limits
        How much of a large corpus the page carries; see :class:`Limits`.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are
        stages here, as for :func:`duizhao.compare`.
    **options
        As for :func:`duizhao.compare`.

    Returns
    -------
    pathlib.Path
        Of the page.

    Raises
    ------
    FileError
        If the page cannot be written.
    ParameterError
        If ``language`` is unknown, or if ``by`` or an option comes with a finished comparison.

    Examples
    --------
    >>> import duizhao as dz, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = dz.report(dz.demo.read(), by="county", path=pathlib.Path(folder) / "report.html")
    ...     page.name, page.read_text("utf-8")[:15]
    ('report.html', '<!DOCTYPE html>')
    """
    # Templates and the graph library load when a page is made, not when the package is imported.
    from .page import render

    require_word(language, LANGUAGES, argument="language")
    if isinstance(docs, Comparison):
        given = [*(["by"] if by is not None else []), *options]
        if given:
            raise ParameterError(f"`{given[0]}` must be given to `compare`; got a finished comparison")
        found = docs
    else:
        found = compare(docs, by, progress=progress, **options)
    target = Path(path)
    logger.info("page")
    page = render(found, language=language, title=title, limits=limits)
    try:
        target.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FileError(f"cannot write the page to {os.fspath(path)!r}: {error.strerror or error}") from error
    return target
