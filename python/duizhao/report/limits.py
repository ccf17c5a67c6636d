"""How much a page carries."""

from __future__ import annotations

from dataclasses import dataclass, fields

from .._base.checks import require_whole

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a page carries, so that a large corpus leaves it usable; the page says where it is cut.

    Attributes
    ----------
    text_characters
        Cleaned texts go into the page if they have no more characters together; else only passages do.
    documents, groups, cards
        Rows of the table of documents, groups with key terms, cards with TF-IDF terms.
    edited_documents, edits
        Documents whose edits can be unfolded, and edits shown for one document.
    heat_map
        Documents (or groups) of the heat map.
    passages, passage
        If the texts are not in the page: concordance lines of all words together (each word keeps at least five), and
        characters to each side of a line.
    claims, slogans, reuse
        Rows of the tables of claims, slogans, and shared passages (also pairs of documents).
    places
        Places that a slogan opens.
    """

    text_characters: int = 2_500_000
    documents: int = 500
    groups: int = 40
    cards: int = 60
    edited_documents: int = 60
    edits: int = 60
    heat_map: int = 120
    passages: int = 12_000
    passage: int = 60
    claims: int = 300
    slogans: int = 150
    reuse: int = 60
    places: int = 40

    def __post_init__(self) -> None:
        """Check the values.

        Raises
        ------
        ParameterError
            A limit that is no whole number of at least 0.
        """
        for field in fields(self):
            require_whole(getattr(self, field.name), field.name)
