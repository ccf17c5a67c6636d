"""Files that hold dictionaries of categories, read into rows that know their line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import polars as pl

from .._base.frames import require_columns
from ..errors import DataError, DataTypeError, DictionaryError, FileError, ParameterError
from ..text.word_files import read_words

KEYS = ("entry", "weight", "not_before", "not_after", "not_inside")

#: Between the names of levels inside the core; no name may hold it.
LEVEL_SEPARATOR = "\x1f"


class EntryRow(NamedTuple):
    """An entry with its category."""

    levels: tuple[str, ...]
    entry: str
    weight: float | None = None
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_inside: tuple[str, ...] = ()
    line: int = 0


Rows: TypeAlias = "list[EntryRow] | pl.DataFrame"


class Marked(NamedTuple):
    """A value of a file with its line."""

    value: Any
    line: int


def yaml() -> Any:
    """PyYAML, or an error that says how to get it."""
    try:
        import yaml as found  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise ParameterError("YAML dictionaries need PyYAML; pip install duizhao[yaml]") from None
    return found


def read_file(name: str) -> tuple[Rows, dict[str, Any] | None]:
    """Entries of a file, and the options if it brings its own."""
    suffix = Path(name).suffix.lower()
    readers: dict[str, Callable[[str, str], tuple[Rows, dict[str, Any] | None]]] = {
        ".yml": _yaml,
        ".yaml": _yaml,
        ".json": _json,
        ".csv": _csv,
        ".dic": _liwc,
        ".lc3": _lexicoder,
    }
    if suffix not in readers:
        raise FileError(f"cannot read {name}: a dictionary must be one of {', '.join(readers)}")
    text = read_words(name)
    return readers[suffix](name, text)


def _bad(where: str, problem: str) -> DictionaryError:
    return DictionaryError(f"{where}: {problem}")


def _plain(value: Any) -> tuple[Any, int]:
    return (value.value, value.line) if isinstance(value, Marked) else (value, 0)


def rows_of_mapping(
    mapping: Mapping[Any, Any], origin: str, levels: tuple[str, ...] = ()
) -> Iterator[EntryRow]:
    """Entries of a nested mapping; keys and values may be marked with their line."""
    for key, marked in mapping.items():
        name, key_line = _plain(key)
        value, line = _plain(marked)
        where = f"{origin}, line {key_line}" if key_line else f"{origin}, {'.'.join([*levels, str(name)])}"
        if not isinstance(name, str):
            raise _bad(where, f"the name of a category must be text; got {name!r}")
        path = (*levels, name)
        if isinstance(value, str):
            value = [Marked(value, line)]
        if isinstance(value, Mapping):
            kinds = {isinstance(_plain(v)[0], int | float) for v in value.values()}
            if kinds == {True}:
                for entry, weight in value.items():
                    yield _entry({"entry": entry, "weight": weight}, path, origin, where)
            elif True in kinds:
                raise _bad(where, "a category must hold weights only or sub-categories only")
            else:
                yield from rows_of_mapping(value, origin, path)
        elif isinstance(value, list | tuple | set | frozenset):
            for item in sorted(value) if isinstance(value, set | frozenset) else value:
                inner, at = _plain(item)
                here = f"{origin}, line {at}" if at else where
                if isinstance(inner, Mapping) and "entry" not in {_plain(k)[0] for k in inner}:
                    yield from rows_of_mapping(inner, origin, path)
                else:
                    yield _entry(inner if isinstance(inner, Mapping) else {"entry": item}, path, origin, here)
        else:
            raise _bad(where, f"a category must be a list of entries or a mapping; got {value!r}")


def _entry(given: Mapping[Any, Any], levels: tuple[str, ...], origin: str, where: str) -> EntryRow:
    fields, line = {}, 0
    for key, marked in given.items():
        name = _plain(key)[0]
        if name not in KEYS:
            raise _bad(where, f"the keys of an entry are {', '.join(KEYS)}; got {name!r}")
        fields[name], at = _plain(marked)
        line = line or at
    word, weight = fields.get("entry"), fields.get("weight")
    if isinstance(word, Marked):
        word = word.value
    if not isinstance(word, str) or not word.strip():
        raise _bad(where, f"an entry must be text that is not empty; got {word!r}")
    if weight is not None and (isinstance(weight, bool) or not isinstance(weight, int | float)):
        raise _bad(where, f"the weight of {word!r} must be a number; got {weight!r}")
    contexts = []
    for name in KEYS[2:]:
        value = fields.get(name) or []
        items = [value] if isinstance(value, str) else value
        texts = tuple(_plain(v)[0] for v in items) if isinstance(items, list | tuple) else (None,)
        if not all(isinstance(t, str) for t in texts):
            raise _bad(where, f"`{name}` of {word!r} must be a list of strings; got {value!r}")
        contexts.append(texts)
    before, behind, inside = contexts
    return EntryRow(levels, word, None if weight is None else float(weight), before, behind, inside, line)


def _stored(whole: Mapping[str, Any], name: str) -> tuple[list[EntryRow], dict[str, Any]]:
    """What ``Dictionary.save`` wrote."""
    if whole.get("version") != 1:
        raise _bad(f"{name}, line 1", f"version {whole.get('version')!r}; this release knows version 1")
    entries = whole.get("entries")
    if not isinstance(entries, list):
        raise _bad(f"{name}, line 1", "no list `entries`")
    rows = []
    for i, item in enumerate(entries, 1):
        levels = item.get("category") if isinstance(item, dict) else None
        if not isinstance(levels, list) or not all(isinstance(v, str) for v in levels):
            raise _bad(f"{name}, entry {i}", "`category` must be a list of names")
        fields = {k: v for k, v in item.items() if k != "category"}
        rows.append(_entry(fields, tuple(levels), name, f"{name}, entry {i}")._replace(line=i))
    options = {k: v for k, v in whole.items() if k not in ("format", "version", "entries")}
    return rows, options


def _json(name: str, text: str) -> tuple[list[EntryRow], dict[str, Any] | None]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise _bad(f"{name}, line {error.lineno}", error.msg) from None
    if not isinstance(whole, dict):
        raise _bad(f"{name}, line 1", "a dictionary must be a mapping")
    if whole.get("format") == "duizhao-dictionary":
        return _stored(whole, name)
    return list(rows_of_mapping(whole, name)), None


def _yaml(name: str, text: str) -> tuple[list[EntryRow], dict[str, Any] | None]:
    library = yaml()
    try:
        node = library.compose(text, Loader=library.SafeLoader)
    except library.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _bad(f"{name}, line {line}", getattr(error, "problem", None) or str(error)) from None
    if node is None:
        return [], None
    if not isinstance(node, library.MappingNode):
        raise _bad(f"{name}, line {node.start_mark.line + 1}", "a dictionary must be a mapping")
    if any(key.value == "format" and value.value == "duizhao-dictionary" for key, value in node.value):
        return _stored(library.safe_load(text), name)
    return list(rows_of_mapping(_of_node(node, library, name).value, name)), None


def _of_node(node: Any, library: Any, name: str) -> Marked:
    """A YAML node; `no` and `1` are text as keys and entries, numbers only where a weight can stand."""
    line = node.start_mark.line + 1
    if isinstance(node, library.MappingNode):
        mapping: dict[Marked, Marked] = {}
        seen: set[str] = set()
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, library.ScalarNode):
                raise _bad(f"{name}, line {at}", "the name of a category must be text")
            if key.value in seen:
                raise _bad(f"{name}, line {at}", f"{key.value!r} stands twice")
            seen.add(key.value)
            inner = _of_node(value, library, name)
            if isinstance(value, library.ScalarNode) and value.tag.endswith((":int", ":float")):
                inner = Marked(float(value.value), inner.line)
            mapping[Marked(key.value, at)] = inner
        return Marked(mapping, line)
    if isinstance(node, library.SequenceNode):
        return Marked([_of_node(item, library, name) for item in node.value], line)
    return Marked(node.value, line)


def _csv(name: str, text: str) -> tuple[pl.DataFrame, None]:
    try:
        frame = pl.read_csv(text.encode(), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise _bad(f"{name}, line 1", str(error)) from None
    if "weight" in frame.columns:
        numbers = frame["weight"].str.strip_chars().cast(pl.Float64, strict=False)
        wrong = (numbers.is_null() & frame["weight"].is_not_null()).arg_true()
        if len(wrong):
            raise _bad(
                f"{name}, line {wrong[0] + 2}", f"the weight {frame['weight'][wrong[0]]!r} is no number"
            )
        frame = frame.with_columns(weight=numbers)
    for column in ("category", "entry"):
        if column in frame.columns and frame[column].null_count():
            raise _bad(f"{name}, line {frame[column].is_null().arg_true()[0] + 2}", f"no {column}")
    return rows_of_frame(frame), None


def _liwc(name: str, text: str) -> tuple[list[EntryRow], None]:
    """LIWC: a title may stand before the first ``%``; indented categories belong to the one above them."""
    numbers: dict[str, tuple[str, ...]] = {}
    stack: list[tuple[int, str]] = []
    rows: list[EntryRow] = []
    part = 0
    for line, content in enumerate(text.splitlines(), 1):
        where = f"{name}, line {line}"
        bare = content.strip()
        if bare == "%":
            part += 1
        elif not bare or part == 0:
            continue
        elif part == 1:
            fields = bare.split(None, 1)
            if len(fields) != 2:
                raise _bad(where, f"a category must be a number and a name; got {bare!r}")
            depth = len(content) - len(content.lstrip())
            while stack and stack[-1][0] >= depth:
                stack.pop()
            stack.append((depth, fields[1].strip()))
            if fields[0] in numbers:
                raise _bad(where, f"the category number {fields[0]} stands twice")
            numbers[fields[0]] = tuple(n for _, n in stack)
        else:
            fields = bare.split("\t") if "\t" in bare else bare.split()
            word, codes = fields[0].strip(), [f.strip() for f in fields[1:] if f.strip()]
            if not codes:
                raise _bad(where, f"no category for {word!r}")
            for code in codes:
                if code not in numbers:
                    raise _bad(where, f"the category number {code!r} of {word!r} is not in the header")
                rows.append(EntryRow(numbers[code], word, line=line))
    if part < 2:
        raise _bad(f"{name}, line 1", "two lines of `%` must enclose the categories")
    return rows, None


def _lexicoder(name: str, text: str) -> tuple[list[EntryRow], None]:
    rows: list[EntryRow] = []
    category = ""
    for line, content in enumerate(text.splitlines(), 1):
        bare = content.strip()
        if bare.startswith("+"):
            category = bare[1:].strip()
        elif bare:
            if not category:
                raise _bad(f"{name}, line {line}", f"{bare!r} stands before the first +CATEGORY")
            rows.append(EntryRow((category,), bare, line=line))
    return rows, None


def rows_of_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with categories joined for the core and every column there."""
    require_columns(frame, "entry", argument="categories")
    levels = sorted((n for n in frame.columns if n.startswith("level_")), key=lambda n: (len(n), n))
    if "category" in frame.columns:
        category = pl.col("category").cast(pl.String).str.replace_all(".", LEVEL_SEPARATOR, literal=True)
    elif levels:
        category = pl.concat_str(
            [pl.col(n).cast(pl.String) for n in levels], separator=LEVEL_SEPARATOR, ignore_nulls=True
        )
    else:
        require_columns(frame, "category", argument="categories")
        raise DataError("no categories")
    lists = []
    for name in ("not_before", "not_after", "not_inside"):
        if name not in frame.columns:
            lists.append(pl.lit(None, dtype=pl.List(pl.String)).alias(name))
        elif isinstance(frame.schema[name], pl.List):
            lists.append(pl.col(name).cast(pl.List(pl.String)))
        else:
            lists.append(pl.col(name).cast(pl.String).str.split("|"))
    weight = pl.col("weight") if "weight" in frame.columns else pl.lit(None)
    try:
        rows = frame.select(
            category.alias("category"),
            pl.col("entry").cast(pl.String),
            weight.cast(pl.Float64).alias("weight"),
            *lists,
        )
    except pl.exceptions.PolarsError as error:
        raise DataTypeError(f"`categories` must have text and numbers in its columns: {error}") from error
    for name in ("category", "entry"):
        empty = rows.get_column(name).is_null().arg_true()
        if len(empty):
            raise DictionaryError(f"categories, row {empty[0] + 1}: no {name}")
    return rows
