"""Stubs of the compiled module. One section a topic, in the order of ``src/python/mod.rs``."""

from collections.abc import Callable
from typing import Any

import polars as pl

__version__: str

# --- supervise -------------------------------------------------------------------------------------------------------

def count_threads() -> int: ...

# --- clean -----------------------------------------------------------------------------------------------------------

def clean_steps() -> list[str]: ...
def clean_texts(
    texts: pl.Series,
    *,
    steps: list[str],
    pinyin: str,
    script: str | None,
    progress: Callable[[int], Any] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]: ...
def restore_texts(texts: pl.Series, edits: pl.DataFrame) -> pl.Series: ...
def repair_evidence(texts: pl.Series, *, progress: Callable[[int], Any] | None = None) -> pl.DataFrame: ...
