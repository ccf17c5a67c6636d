"""Dictionaries of categories: what they hold, how they are read and written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_whole, require_word, some, warn
from .._base.html import shown
from ..errors import DataTypeError, FileError, FormatError, ParameterError
from ._schema import DICTIONARY
from .files import LEVEL_SEPARATOR, Rows, read_file, rows_of_frame, rows_of_mapping

if TYPE_CHECKING:
    from .._core import Dictionary as CoreDictionary

__all__ = ["NEGATION", "NOT_NEGATION", "Dictionary"]


#: Words that negate what follows.
NEGATION: Final = (
    "不", "不是", "不能", "不会", "不曾", "没", "没有", "未", "未能", "未曾", "尚未", "从未", "无", "并无", "毫无", "并非",
    "绝非", "非", "勿", "莫", "别", "缺乏", "拒绝", "禁止", "杜绝", "避免", "防止",
)  # fmt: skip
#: Words that hold one of them and negate nothing.
NOT_NEGATION: Final = (
    "不断", "不仅", "不但", "不光", "不只", "不少", "不同", "不久", "不管", "不论", "不过", "不妨", "不禁", "不愧", "不得不",
    "不能不", "不可不", "无不", "无非", "莫不", "无论", "无疑", "无偿", "非常", "非凡", "未来", "未免", "别人", "特别", "区别", "级别",
    "性别", "分别", "个别", "类别", "差别", "鉴别", "识别", "告别", "辨别", "别墅", "淹没", "沉没", "莫过于", "除非", "是非", "非遗",
    "界别", "派别", "国别", "离别", "送别", "别致", "别名", "别处", "别具", "非公", "非洲", "非党", "无党派", "无人机", "无锡", "无线", "无限",
    "无私", "无缝", "无数", "无穷", "无愧", "未必", "没收", "莫名", "不锈", "不动产",
)  # fmt: skip

_WINDOW: Final = 3


class Dictionary:
    """Entries in categories, possibly nested and weighted: an immutable value.

    Two dictionaries with the same entries and options are equal and have the same hash; equal ones share one
    automaton, built at the first look-up.

    Parameters
    ----------
    categories
        A mapping from category to entries: a list of strings, a mapping from entry to weight, or a mapping of
        sub-categories. An item of a list may be a mapping with the keys ``entry`` and, if wanted,
        ``weight``, ``not_before``, ``not_after``, ``not_inside`` (strings that bar the entry in front of,
        behind and inside them). A frame works too: columns ``category`` (levels joined by ``.``, or columns
        ``level_1``, ``level_2`` …), ``entry`` and, if wanted, the others.
    exclusions
        Strings inside which nothing is found, whatever the category: with ``["印度尼西亚"]``, 印度 is not
        found there.
    negation
        Words that negate an entry behind them; ``None`` for the default list, an empty list for none.
    negation_except
        Words that hold one of them and negate nothing (不断, 不仅); ``None`` for the default list.
    negation_window
        Most characters between the negating word and the entry. Punctuation (but no quotation mark) ends
        the reach. Two negating words cancel each other.
    value_type
        ``"glob"``: ``?`` stands for one letter, digit or Han character, an inner ``*`` for 0 to 10 of them,
        as few as possible. At an end ``*`` lets a Latin word go on; next to Han it changes nothing, for text
        has no tokens (it does on tokens and matrices). ``"fixed"``: the string itself.
    case_insensitive
        Whether ASCII letters match in either case.
    variants
        Whether entries, exclusions, contexts and negating words are also found in the other script
        (simplified or traditional).

    Raises
    ------
    DictionaryError
        An entry that cannot be read, by file and line, or by its place in the mapping.
    ParameterError, DataTypeError, MissingColumnError
        An option or frame that cannot be used.

    Examples
    --------
    >>> import duizhao as dz
    >>> d = dz.Dictionary(
    ...     {"国家": {"南亚": ["印度"], "东南亚": ["印尼"]}, "评价": {"积极": {"满意": 1.0}}},
    ...     exclusions=["印度尼西亚"],
    ... )
    >>> len(d), d.categories
    (3, ['国家.南亚', '国家.东南亚', '评价.积极'])
    >>> dz.lookup(["印度尼西亚与印度；群众不满意"], d).select("category", "char_start", "negated").rows()
    [('国家.南亚', 6, False), ('评价.积极', 12, True)]
    """

    __slots__ = ("_core",)
    _core: CoreDictionary

    def __init__(
        self,
        categories: Mapping[str, Any] | pl.DataFrame,
        *,
        exclusions: Iterable[str] = (),
        negation: Iterable[str] | None = None,
        negation_except: Iterable[str] | None = None,
        negation_window: int = _WINDOW,
        value_type: Literal["glob", "fixed"] = "glob",
        case_insensitive: bool = True,
        variants: bool = False,
    ) -> None:
        """See the class."""
        rows: Rows
        if isinstance(categories, pl.DataFrame):
            rows = rows_of_frame(categories)
        else:
            if not isinstance(categories, Mapping):
                raise DataTypeError(
                    f"`categories` must be a mapping or a DataFrame; got {type(categories).__name__}"
                )
            plain = _plain_lists(categories)
            rows = list(rows_of_mapping(categories, "categories")) if plain is None else plain
        rows = _tidy(rows)
        negating = NEGATION if negation is None else _words(negation, "negation")
        negation_window = require_whole(negation_window, "negation_window")
        excepted = NOT_NEGATION if negation_except is None else _words(negation_except, "negation_except")
        options = {
            "exclusions": list(_words(exclusions, "exclusions")),
            "negation": {"words": list(negating), "except": list(excepted), "window": negation_window}
            if negating
            else None,
            "glob": require_word(value_type, ("glob", "fixed"), argument="value_type") == "glob",
            "case_insensitive": require_flag(case_insensitive, "case_insensitive"),
            "variants": require_flag(variants, "variants"),
        }
        object.__setattr__(self, "_core", _make(rows, options, "categories"))

    @classmethod
    def shipped(cls, name: Literal["orientation"]) -> Dictionary:
        """Return a dictionary that comes with the package, to begin with.

        ``"orientation"`` asks whether a text looks up (``上``: ``中央``, ``上级``, ``党组织``) or down (``下``:
        ``群众``, ``企业``, ``基层``). It is ours, small and checked on nothing: read it with
        :meth:`to_frame` and make it your own.

        Raises
        ------
        ParameterError
            Another name.

        Examples
        --------
        >>> import duizhao as dz
        >>> d = dz.Dictionary.shipped("orientation")
        >>> dz.lookup("市委听取居民意见，市委员答复", d).select("category", "surface").rows()
        [('上.上级', '市委'), ('下.群众', '居民')]
        """
        require_word(name, ("orientation",), argument="name")
        text = (files("duizhao") / "data" / f"dictionary_{name}.json").read_text(encoding="utf-8")
        return cls(json.loads(text))

    @classmethod
    def _of(cls, core: CoreDictionary) -> Dictionary:
        made = cls.__new__(cls)
        object.__setattr__(made, "_core", core)
        return made

    @classmethod
    def load(cls, path: str | os.PathLike[str], **options: Any) -> Dictionary:
        """Read a dictionary from a file.

        Parameters
        ----------
        path
            ``.yml``/``.yaml`` (needs PyYAML: ``pip install duizhao[yaml]``), ``.json``, ``.csv`` (columns as for a frame),
            ``.dic`` (LIWC: categories between two ``%`` lines, indented ones nested, then words with category
            numbers) or ``.lc3`` (Lexicoder: ``+CATEGORY``, then an entry a line). YAML and JSON hold the
            mapping of :class:`Dictionary`, or what :meth:`save` wrote.
        options
            As for :class:`Dictionary`; not for files that :meth:`save` wrote, which bring their own.

        Raises
        ------
        FileError
            A file that cannot be read, or of another kind.
        DictionaryError
            A line that cannot be read; the message names file and line.
        ParameterError
            PyYAML is not installed.
        """
        name = os.fspath(path)
        rows, stored = read_file(name)
        if stored is not None:
            if options:
                raise ParameterError(
                    f"`options` must be empty for a file that Dictionary.save wrote; got {', '.join(options)}"
                )
            return cls._of(_make(_tidy(rows), stored, name))
        empty = cls({}, **options)
        return cls._of(_make(_tidy(rows), json.loads(empty._core.options()), name))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the dictionary with its options as ``.json``, or ``.yml``/``.yaml`` (needs PyYAML).

        Raises
        ------
        FileError
            A file that cannot be written, or of another kind.
        """
        target = Path(path)
        kept = {"format": "duizhao-dictionary", "version": 1, **json.loads(self._core.options())}
        kept["entries"] = list(self._plain_entries())
        if target.suffix.lower() == ".json":
            text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
        elif target.suffix.lower() in (".yml", ".yaml"):
            from .files import yaml

            text = yaml().safe_dump(kept, allow_unicode=True, sort_keys=False)
        else:
            raise FileError(f"cannot write {target}: the name must end in .json, .yml or .yaml")
        try:
            target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise FileError(f"cannot write {target}: {error.strerror or error}") from error

    def _plain_entries(self) -> Iterator[dict[str, Any]]:
        for row in self.to_frame().iter_rows(named=True):
            entry = {"category": row["levels"], "entry": row["entry"]}
            entry |= {
                k: row[k]
                for k in ("weight", "not_before", "not_after", "not_inside")
                if row[k] not in (None, [])
            }
            yield entry

    def to_frame(self) -> pl.DataFrame:
        """Return one row an entry, in their order: ``category`` (levels joined by ``.``), ``levels``,
        ``entry``, ``weight`` (null without), ``not_before``, ``not_after``, ``not_inside``.
        """
        frame = self._core.entries()
        category = pl.col("category")
        frame = frame.with_columns(
            category.str.replace_all(LEVEL_SEPARATOR, ".", literal=True),
            category.str.split(LEVEL_SEPARATOR).alias("levels"),
        )
        return frame.select(DICTIONARY.names()).cast(DICTIONARY)

    @property
    def categories(self) -> list[str]:
        """The innermost categories, levels joined by ``.``, in the order of their first entries."""
        return self.to_frame().get_column("category").unique(maintain_order=True).to_list()

    @property
    def options(self) -> dict[str, Any]:
        """Exclusions, negation and how entries are read."""
        return {k: v for k, v in json.loads(self._core.options()).items() if k != "entries"}

    def to_json(self) -> str:
        """Return entries and options as JSON; equal dictionaries give equal strings."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> Dictionary:
        """Return the dictionary that :meth:`to_json` described, or raise ``FormatError``."""
        if not isinstance(text, str):
            raise FormatError(f"a stored dictionary must be a str; got {type(text).__name__}")
        return cls._of(_core.Dictionary.from_json(text))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a dictionary is a value."""
        raise AttributeError("a Dictionary cannot be changed")

    def __delattr__(self, name: str) -> None:
        """Refuse: a dictionary is a value."""
        raise AttributeError("a Dictionary cannot be changed")

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._core)

    def __eq__(self, other: object) -> bool:
        """Return whether entries and options are equal."""
        return self._core == other._core if isinstance(other, Dictionary) else NotImplemented

    def __hash__(self) -> int:
        """Return a hash of entries and options."""
        return hash(self._core)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle entries and options."""
        return (Dictionary.from_json, (self.to_json(),))

    def __copy__(self) -> Dictionary:
        """Return the dictionary itself: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> Dictionary:
        """Return the dictionary itself: it cannot change."""
        return self

    def __repr__(self) -> str:
        """Show the sizes and the first categories."""
        names = self.categories
        first = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        return f"Dictionary: {len(self):,} entries in {len(names):,} categories ({first})"

    def _repr_html_(self) -> str:
        frame = self.to_frame()
        sizes = frame.group_by("category", maintain_order=True).agg(
            pl.len().alias("entries"), pl.col("entry").head(8).alias("first entries")
        )
        return shown(repr(self), {"categories": sizes})


#: Marks that separate entries. Within an entry only ASCII ones are suspicious: 不忘初心，牢记使命 is one formula.
_MARKS = "，、；,;|"
_INSIDE = re.compile(r"[^\x00-\x7f]\s*[,;|]\s*[^\x00-\x7f]")


#: Blanks of every width, and what has no width at all: nobody sees them, and no text has them where an entry ends.
_BLANKS = " \t\n\r\x0b\x0c\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000\u2060\ufeff\xad" + "".join(
    map(chr, range(0x2000, 0x2010))
)


def _tidy(rows: Rows) -> Rows:
    """The rows without blanks around entries and names, and without separating marks around entries.

    Warns of these and of entries that look like several.
    """
    ends = _MARKS + _BLANKS
    if isinstance(rows, pl.DataFrame):
        named = rows.get_column("category").unique(maintain_order=True).to_list()
        names = {name: _bare_name(name) for name in named if name is not None and _bare_name(name) != name}
        entries = rows.get_column("entry")
        stray = entries.filter(entries != entries.str.strip_chars(ends)).to_list()
        several = [entry for entry in entries.filter(entries.str.contains("[,;|]")) if _INSIDE.search(entry)]
        rows = rows.with_columns(pl.col("entry").str.strip_chars(ends)) if stray else rows
        rows = rows.with_columns(pl.col("category").replace(names)) if names else rows
    else:
        levels = {row.levels: tuple(level.strip(_BLANKS) for level in row.levels) for row in rows}
        names = {
            LEVEL_SEPARATOR.join(old): LEVEL_SEPARATOR.join(new) for old, new in levels.items() if old != new
        }
        stray = [row.entry for row in rows if row.entry != row.entry.strip(ends)]
        several = [row.entry for row in rows if _INSIDE.search(row.entry)]
        if stray or names:
            rows = [row._replace(levels=levels[row.levels], entry=row.entry.strip(ends)) for row in rows]
    if stray:
        warn(
            f"{len(stray)} entries of the dictionary lose blanks or separating marks at their ends: {some(stray)}"
        )
    if names:
        lost = [name.replace(LEVEL_SEPARATOR, ".") for name in names]
        warn(f"{len(names)} categories of the dictionary lose blanks around their names: {some(lost)}")
    if several:
        warn(
            f"{len(several)} entries of the dictionary hold a separator and are one string each: {some(several)}"
        )
    return rows


def _bare_name(name: str) -> str:
    return LEVEL_SEPARATOR.join(level.strip(_BLANKS) for level in name.split(LEVEL_SEPARATOR))


def _words(given: Any, argument: str) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DataTypeError(f"`{argument}` must be a list of words; got {type(given).__name__}")
    words = tuple(given)
    for word in words:
        if not isinstance(word, str):
            raise DataTypeError(f"`{argument}` must be a list of words; got the entry {word!r}")
    # A word of blanks alone stays, for the core to refuse.
    return tuple(word.strip(_BLANKS) or word for word in words)


def _make(rows: Rows, options: Mapping[str, Any], origin: str) -> CoreDictionary:
    """The core of rows; contexts go by row, since hardly any entry has them."""
    rest = json.dumps({k: v for k, v in options.items() if k != "entries"}, ensure_ascii=False)
    if isinstance(rows, pl.DataFrame):
        rows = rows.with_columns(pl.col("not_before", "not_after", "not_inside").fill_null([]))
        lists = rows.select(
            pl.col(c).list.len().fill_null(0) > 0 for c in ("not_before", "not_after", "not_inside")
        )
        some = lists.with_row_index("row").filter(pl.any_horizontal(pl.exclude("row")))["row"].to_list()
        contexts = [
            (row, *(rows.get_column(c)[row].to_list() for c in ("not_before", "not_after", "not_inside")))
            for row in some
        ]
        columns = (rows["category"], rows["entry"], rows["weight"])
        lines = list(range(2, rows.height + 2)) if origin.endswith(".csv") else []
    else:
        contexts = [
            (i, list(r.not_before), list(r.not_after), list(r.not_inside))
            for i, r in enumerate(rows)
            if r.not_before or r.not_after or r.not_inside
        ]
        columns = (
            pl.Series("category", [LEVEL_SEPARATOR.join(r.levels) for r in rows], dtype=pl.String),
            pl.Series("entry", [r.entry for r in rows], dtype=pl.String),
            pl.Series("weight", [r.weight for r in rows], dtype=pl.Float64),
        )
        lines = [r.line for r in rows]
    return _core.Dictionary(*columns, contexts, rest, origin=origin, lines=lines)


#: From so many words on, lists go to the core as columns: a row of Python's each takes ten times as long.
_MANY: Final = 10_000


def _plain_lists(categories: Mapping[Any, Any]) -> pl.DataFrame | None:
    """The rows of a large mapping whose lists hold nothing but words; None for any other."""
    names: list[str] = []
    sizes: list[int] = []
    lists: list[list[str] | tuple[str, ...]] = []

    def collect(mapping: Mapping[Any, Any], levels: tuple[str, ...]) -> bool:
        for name, value in mapping.items():
            if type(name) is not str:
                return False
            if isinstance(value, Mapping):
                if not collect(value, (*levels, name)):
                    return False
            elif type(value) in (list, tuple) and set(map(type, value)) <= {str}:
                names.append(LEVEL_SEPARATOR.join((*levels, name)))
                sizes.append(len(value))
                lists.append(value)
            else:
                return False
        return True

    if not collect(categories, ()) or sum(sizes) < _MANY:
        return None
    entry = pl.concat([pl.Series("entry", words, dtype=pl.String) for words in lists])
    if (entry.str.strip_chars() == "").any():
        return None
    category = pl.DataFrame({"name": names, "size": sizes}).select(pl.col("name").repeat_by("size").explode())
    empty = pl.lit(None, dtype=pl.List(pl.String))
    return pl.DataFrame({"category": category.get_column("name"), "entry": entry}).with_columns(
        pl.lit(None, dtype=pl.Float64).alias("weight"),
        *(empty.alias(name) for name in ("not_before", "not_after", "not_inside")),
    )
