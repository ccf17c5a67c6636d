"""The demonstration corpus: fifteen invented reports of five invented counties over three years.

What is in it, and which file is damaged in which way, stands in ``README.md`` beside this file. The texts are CC0.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

__all__ = ["folder", "metadata", "read"]


def folder() -> Path:
    """Return the folder of the texts.

    >>> import duizhao as dz
    >>> len(list(dz.demo.folder().iterdir()))
    15
    """
    return Path(__file__).parent / "texts"


def metadata() -> Path:
    """Return the table that describes the texts: ``doc_id, file, county, year, kind, source``.

    >>> import duizhao as dz
    >>> dz.demo.metadata().name
    'metadata.csv'
    """
    return Path(__file__).parent / "metadata.csv"


def read() -> pl.DataFrame:
    """Read the corpus as ``dz.read_texts`` does, with its damage.

    >>> import duizhao as dz
    >>> docs = dz.demo.read()
    >>> docs.height, sorted(docs["encoding"].unique())
    (15, ['gb18030', 'utf-8'])
    """
    from .. import read_texts

    return read_texts(folder(), metadata=metadata())
