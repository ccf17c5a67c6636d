"""What the texts of a comparison are made of: claims, slogans, shared passages; each can be left out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from .._base.schema import with_doc_id
from ..discourse._schema import CLAIMS, SLOGANS
from ..discourse.claims import claims
from ..discourse.slogans import slogans
from ..reuse._schema import REUSE_PAIRS, TEXT_REUSE
from ..reuse.passages import ReuseOptions, passages_and_pairs
from .numbers import integer

__all__ = ["Parts", "empty", "files_by_kind", "find"]

#: With more documents than this only longer passages are looked for: set phrases of twelve characters stand in almost
#: every pair of documents, and the number of pairs grows with the square.
_MANY_DOCUMENTS: Final = 20
_PASSAGE: Final = 12
_LONG_PASSAGE: Final = 20
_MAX_DOC_FREQ: Final = 50


@dataclass(frozen=True)
class Parts:
    """The frames of the parts, and how they were made; None for a part that was left out."""

    frames: dict[str, pl.DataFrame]
    slogans: dict[str, str | None] | None = field(default=None)
    reuse: dict[str, int] | None = field(default=None)


def empty(dtype: pl.DataType) -> dict[str, pl.DataFrame]:
    """Return the frames with their columns and no row."""
    schemas = {
        "claims": CLAIMS,
        "slogans": SLOGANS,
        "passages": TEXT_REUSE,
        "reuse_pairs": REUSE_PAIRS,
    }
    return {name: with_doc_id(schema, dtype).to_frame() for name, schema in schemas.items()}


def find(docs: pl.DataFrame, without: Collection[str], tell: Callable[[str], None]) -> Parts:
    """Look for every part that is wanted."""
    frames = empty(docs.schema["doc_id"])
    date: dict[str, str | None] | None = None
    reuse: dict[str, int] | None = None
    if "claims" not in without:
        tell("claims")
        frames["claims"] = claims(docs, metadata=False)
    if "slogans" not in without:
        tell("slogans")
        frames["slogans"] = slogans(docs, metadata=False)
        dated = "date" in docs.columns and docs.schema["date"].is_temporal()
        date = {"date": "date" if dated else None}
    if "reuse" not in without:
        tell("passages")
        chosen = ReuseOptions(
            min_chars=_LONG_PASSAGE if docs.height > _MANY_DOCUMENTS else _PASSAGE,
            max_doc_freq=_MAX_DOC_FREQ,
            metadata=False,
        )
        frames["passages"], frames["reuse_pairs"], skipped = passages_and_pairs(docs, chosen)
        reuse = {"min_chars": chosen.min_chars, "max_doc_freq": _MAX_DOC_FREQ, "skipped_ngrams": skipped}
    return Parts(frames, date, reuse)


def files_by_kind(documents: pl.DataFrame) -> str:
    """Return how many documents come from files of each kind, the most frequent first; nothing where files are not known.

    >>> files_by_kind(pl.DataFrame({"path": ["a.pdf", "b/c.TXT", "d.zip/e.txt", None]}))
    '.txt 2, .pdf 1'
    """
    suffix = pl.col("path").str.extract(r"(\.[^./\\]+)$").str.to_lowercase()
    kinds = documents.select(suffix.alias("kind")).drop_nulls().group_by("kind").len()
    counted = kinds.sort(["len", "kind"], descending=[True, False]).iter_rows()
    return ", ".join(f"{kind} {integer(count)}" for kind, count in counted)
