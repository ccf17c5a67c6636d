"""docs/guide/conventions.md, checked: names and defaults of arguments, names and order of columns."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import duizhao
import duizhao as dz

#: Names that are gone, or that say something else than they should.
BANNED = {
    "valuetype": "value_type", "toks": "tokens", "min_docs": "min_doc_freq", "max_docs": "max_doc_freq", "lang": "language",
    "case_sensitive": "case_insensitive", "window_size": "window", "method_name": "method", "column": "text or by",
    "df": "docs", "frame": "docs", "corpus": "docs", "source_docs": "docs", "docvars": "metadata",
}  # fmt: skip

#: Data arguments: the annotation (without None) that goes with each name.
DATA = {
    "tokens": r"Tokens", "dfm": r"Dfm( \| WeightedDfm)?", "fcm": r"Fcm", "dictionary": r"Dictionary",
    "docs": r"(.*Documents.*|Tokens \| Dfm|pl\.LazyFrame.*|pl\.DataFrame.*|Frame)", "text": r"str",
    "value_type": r"ValueType|Literal\['glob', 'fixed'\]", "segmenter": r"Segmenter|Any",
}  # fmt: skip

#: Arguments whose defaults differ: why.
DEFAULTS = {
    "adjust": "a permutation test of one statistic has nothing to correct",
    "base": "each formula has its own usual base",
    "dimensions": "two for a map, ten for LSA, which is a reduction",
    "inference": "the whole purpose of bootstrap and permutation_test",
    "measures": "the measures of each table",
    "metadata": "frames with a row a cell are large; read_texts takes a table",
    "method": "each has its usual method",
    "min_chars": "of a word or of a passage",
    "min_count": "rare words say nothing in some tables",
    "min_doc_freq": "None chooses by the size of the group",
    "min_similarity": "near-duplicates are searched by it",
    "min_weight": "None keeps undefined weights out without a bound",
    "negated": "a rate leaves out what a table of hits flags",
    "padding": "collocations say what a removed word does to a sequence",
    "punctuation": "collocations say what punctuation does to a sequence",
    "script": "compare converts, clean does what it is told",
    "size": "characters of an n-gram, tokens of a sequence",
    "smoothing": "each formula has its usual one",
    "top": "None keeps all",
    "unit": "of what is cut or counted",
    "window": "words to each side of a node; tokens of a moving average",
    "within": "None is the default of the preset",
    "doc_id": "None makes ids",
}  # fmt: skip


#: Frames whose rows belong to something before they belong to a document.
FIRST = {
    "reuse.PASSAGES": "a passage has several places",
    "reuse.SHARED_PHRASES": "a phrase has several places",
}


def functions() -> Iterator[tuple[str, inspect.Signature]]:
    for name in dz.__all__:
        if inspect.isfunction(value := getattr(dz, name)):
            yield name, inspect.signature(value)


def schemas() -> Iterator[tuple[str, pl.Schema]]:
    for module in pkgutil.walk_packages(duizhao.__path__, "duizhao."):
        if module.name.endswith("._schema"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, pl.Schema) and not name.startswith("_"):
                    yield f"{module.name.split('.')[1]}.{name}", value


def test_no_argument_has_a_name_that_is_gone() -> None:
    wrong = [(f, p, BANNED[p]) for f, s in functions() for p in s.parameters if p in BANNED]
    assert not wrong


GUIDE = (Path(__file__).parents[3] / "docs" / "guide" / "conventions.md").read_text(encoding="utf-8")


def glossary() -> list[str]:
    """The names of arguments that the page explains."""
    table = GUIDE.split("| argument | is always |", 1)[1].split("\n\n", 1)[0]
    return [name for line in table.splitlines()[2:] for name in re.findall(r"`([^`]+)`", line.split("|")[1])]


def test_every_argument_is_explained_once() -> None:
    explained = glossary()
    assert len(explained) == len(set(explained))
    used = {name for _, signature in functions() for name in signature.parameters}
    bounds = {name for name in used if name.startswith(("min_", "max_"))} - set(explained)
    assert {"min_…", "max_…"} <= set(explained)
    assert not used - bounds - set(explained), "arguments that docs/guide/conventions.md does not explain"
    assert not set(explained) - used - {"min_…", "max_…", "depth"}, "arguments that are no more"


def test_the_readme_leads_to_the_conventions() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    for page in ("arguments", "conventions"):
        assert f"(docs/guide/{page}.md)" in readme


#: What may be given by its place: data, and the one thing that is asked of them; all else is given by name.
BY_PLACE = {
    "docs", "tokens", "dfm", "fcm", "data", "claims", "slogans", "hits", "edges", "pairs", "tables", "parts", "part", "network",
    "old", "new", "texts", "paths", "path", "spec", "dictionary", "statistic", "labels", "variants", "n", "resamples",
    "permutations", "components", "measures", "node", "size", "facet", "terms", "pattern", "name", "language", "by", "family",
}  # fmt: skip


def test_only_data_and_what_is_asked_of_them_have_a_place() -> None:
    found = {
        name: (function, place)
        for function, signature in functions()
        for place, (name, parameter) in enumerate(signature.parameters.items())
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    }
    assert not {name: where for name, where in found.items() if name not in BY_PLACE}
    assert set(BY_PLACE) == set(found), "names that have no place"
    wrong = [
        (function, list(signature.parameters))
        for function, signature in functions()
        if sum(p.kind is p.POSITIONAL_OR_KEYWORD for p in signature.parameters.values()) > 3
    ]
    assert not wrong, "nobody knows four places by heart"


def test_a_name_of_data_goes_with_one_type() -> None:
    wrong = []
    for function, signature in functions():
        for name, parameter in signature.parameters.items():
            plain = re.sub(r" \| None$", "", str(parameter.annotation)).replace('"', "'")
            if name in DATA and not re.fullmatch(DATA[name], plain):
                wrong.append((function, name, plain))
    assert not wrong


def test_the_same_argument_has_the_same_default() -> None:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for function, signature in functions():
        for name, parameter in signature.parameters.items():
            if parameter.default is not parameter.empty:
                found[name][repr(parameter.default)].append(function)
    differ = {name: dict(values) for name, values in found.items() if len(values) > 1}
    assert not {name: values for name, values in differ.items() if name not in DEFAULTS}
    assert set(DEFAULTS) <= set(differ) | {"doc_id"}, "exceptions that are none"


def test_options_are_named_when_they_are_given() -> None:
    """Switches and numbers that are no data cannot be told apart by their place."""
    wrong = [
        (function, name)
        for function, signature in functions()
        for name, parameter in signature.parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and isinstance(parameter.default, bool)
    ]
    assert not wrong


@pytest.mark.parametrize(("name", "schema"), [pytest.param(*one, id=one[0]) for one in schemas()])
def test_columns_are_named_by_the_scheme(name: str, schema: Any) -> None:
    columns = schema.names()
    if "doc_id" in columns and name not in FIRST:
        assert columns[0] == "doc_id"
    for column in columns:
        for end, other in (("start", "end"), ("end", "start"), ("low", "high"), ("high", "low")):
            if column.endswith(f"_{end}"):
                assert f"{column[: -len(end)]}{other}" in columns, column
        if column.endswith(("_low", "_high")):
            assert column.rsplit("_", 2)[1] in ("exact", "wald", "rank", "bootstrap"), column
        assert not column.endswith(("_lower", "_upper", "_pvalue", "_ci")), column
        if column.endswith("_p_adjusted"):
            assert column.removesuffix("_adjusted") in columns, column
    for column in columns:
        # The logarithm and the correction belong to a p-value.
        if column.endswith("_log_p"):
            assert f"{column.removesuffix('_log_p')}_p" in columns, column
