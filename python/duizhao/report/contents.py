"""What the texts of a comparison are made of: claims, slogans, shared passages; each can be left out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

import polars as pl

from .._base.schema import with_doc_id
from ..discourse._schema import CLAIMS, SLOGANS
from ..discourse.claims import claims
from ..discourse.slogans import slogans
from ..errors import ParameterError
from ..reuse._schema import REUSE_PAIRS, TEXT_REUSE
from ..reuse.passages import passages_and_pairs

__all__ = ["PARTS", "check_parts", "empty", "find"]

#: The parts that ``without`` can name.
PARTS: Final = ("claims", "slogans", "reuse")

#: With more documents than this only longer passages are looked for: set phrases of twelve characters stand in almost
#: every pair of documents, and the number of pairs grows with the square.
_MANY_DOCUMENTS: Final = 20
_PASSAGE: Final = 12
_LONG_PASSAGE: Final = 20
_MAX_DOC_FREQ: Final = 50


def check_parts(without: Collection[str]) -> tuple[str, ...]:
    """Return the named parts in their usual order, or refuse what is none."""
    named = (without,) if isinstance(without, str) else tuple(without)
    for part in named:
        if part not in PARTS:
            raise ParameterError(f"`without` must be of {', '.join(map(repr, PARTS))}; got {part!r}")
    return tuple(part for part in PARTS if part in named)


def empty(dtype: pl.DataType) -> dict[str, pl.DataFrame]:
    """Return the frames with their columns and no row."""
    schemas = {
        "claims": CLAIMS,
        "slogans": SLOGANS,
        "passages": TEXT_REUSE,
        "reuse_pairs": REUSE_PAIRS,
    }
    return {name: with_doc_id(schema, dtype).to_frame() for name, schema in schemas.items()}


def find(
    docs: pl.DataFrame, without: Collection[str], options: dict[str, Any], tell: Callable[[str], None]
) -> dict[str, pl.DataFrame]:
    """Look for every part that is wanted, and note in `options` how."""
    frames = empty(docs.schema["doc_id"])
    options["without"] = list(without)
    if "claims" not in without:
        tell("claims")
        frames["claims"] = claims(docs, metadata=False)
    if "slogans" not in without:
        tell("slogans")
        frames["slogans"] = slogans(docs, metadata=False)
        dated = "date" in docs.columns and docs.schema["date"].is_temporal()
        options["slogans"] = {"date": "date" if dated else None}
    if "reuse" not in without:
        tell("passages")
        chosen: dict[str, Any] = {
            "min_chars": _LONG_PASSAGE if docs.height > _MANY_DOCUMENTS else _PASSAGE,
            "max_doc_freq": _MAX_DOC_FREQ,
        }
        frames["passages"], frames["reuse_pairs"], skipped = passages_and_pairs(docs, **chosen)
        options["reuse"] = {**chosen, "skipped_ngrams": skipped}
    return frames
