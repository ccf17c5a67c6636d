"""How each public function is called with little: a table that the walkers share."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz
from duizhao.expressions import ChineseExpressions

TEXTS = {
    "a": "县委、县政府召开会议，强调坚持把党的政治建设摆在首位。全年办理提案720余件，增长5.3%。",
    "b": "会议强调，坚持把党的政治建设摆在首位，推行“九办”服务。走访群众300人。",
    "c": "渔船出海，渔民归港，码头上人来人往，好不热闹。",
}


def names() -> list[str]:
    """Every public function."""
    return [name for name in dz.__all__ if inspect.isfunction(getattr(dz, name))]


def documents() -> pl.DataFrame:
    """Three documents with metadata."""
    return pl.DataFrame(
        {
            "doc_id": list(TEXTS),
            "text": list(TEXTS.values()),
            "year": [2021, 2022, 2023],
            "region": ["x", "x", "y"],
        }
    )


@cache
def calls(folder: Path) -> dict[str, dict[str, Any]]:
    """Valid arguments of every public function, as few as it takes; what is written goes into ``folder``."""
    docs = documents()
    cleaned = dz.clean(docs)
    tokens = dz.tokens(docs, remove_punctuation=True)
    dfm, fcm = tokens.dfm(), tokens.fcm(window=3)
    dictionary = dz.Dictionary({"上": ["党委", "县委"], "下": ["居民", "群众"]})
    claims, slogans, spec = dz.claims(docs), dz.slogans(docs), dz.CountSpec("dfm")
    pairs = dz.associations(fcm, measures="log_dice")
    tables = pl.DataFrame({"o11": [3, 1], "o12": [6, 8], "o21": [1, 4], "o22": [8, 5]})
    (folder / "a.txt").write_text(TEXTS["a"], encoding="utf-8")
    return {
        "associations": {"fcm": fcm},
        "bodies": {"docs": docs},
        "bootstrap": {"data": docs, "statistic": lambda frame: float(frame.height)},
        "bootstrap_counts": {"resamples": 3, "n": 4},
        "claim_rates": {"claims": claims, "docs": docs},
        "claim_shares": {"claims": claims},
        "claims": {"docs": docs},
        "clean": {"docs": docs},
        "cluster": {"data": dfm},
        "collocations": {"tokens": tokens},
        "compare": {"docs": docs},
        "correspondence": {"dfm": dfm},
        "count": {"docs": docs, "spec": spec},
        "count_damage": {"texts": docs["text"]},
        "deduplicate": {"docs": docs},
        "delta": {"dfm": dfm},
        "dfm": {"tokens": tokens},
        "diff": {"old": docs, "new": docs},
        "diffusion": {"docs": docs, "date": "year"},
        "diffusion_graph": {"edges": dz.diffusion(docs, date="year")},
        "dispersion": {"docs": tokens},
        "distance": {"dfm": dfm},
        "diversity": {"docs": tokens},
        "fcm": {"tokens": tokens},
        "finish": {"part": dz.partial(docs, spec), "spec": spec},
        "fit_idf": {"dfm": dfm},
        "keyness": {"dfm": dfm, "by": "region"},
        "kwic": {"tokens": tokens, "pattern": "会议"},
        "locate": {"hits": claims, "docs": docs},
        "log_odds": {"dfm": dfm, "target": "a"},
        "lookup": {"docs": docs, "dictionary": dictionary},
        "lsa": {"dfm": dfm, "dimensions": 2},
        "lsh_recall": {},
        "mds": {"data": dfm},
        "measures": {},
        "merge": {"parts": [dz.partial(docs, spec)]},
        "near_duplicates": {"docs": docs},
        "network": {"pairs": pairs},
        "new_words": {"docs": docs},
        "parse_numbers": {"texts": ["三千", "20余"]},
        "partial": {"docs": docs, "spec": spec},
        "passages": {"docs": docs},
        "pca": {"dfm": dfm},
        "permutation_labels": {"permutations": 3, "n": 4},
        "permutation_test": {
            "data": docs, "statistic": lambda frame, labels: float((labels == "x").sum()), "labels": "region",
        },
        "persons": {"docs": docs},
        "titles": {"docs": docs},
        "quotations": {"docs": docs},
        "rate_ratios": {"docs": docs, "dictionary": dictionary, "by": "region"},
        "rates": {"docs": docs, "dictionary": dictionary},
        "read_texts": {"paths": folder / "a.txt"},
        "register": {"docs": docs, "components": "clause_chars_mean"},
        "repair_evidence": {"docs": docs},
        "repairs": {"docs": cleaned},
        "report": {"docs": docs, "path": folder / "page.html"},
        "restore": {"docs": cleaned},
        "reuse_pairs": {"docs": docs},
        "score_tables": {"tables": tables},
        "sensitivity": {"docs": docs, "variants": {"a": dz.Segmenter(), "b": dz.Segmenter(hmm=False)}, "by": "region"},
        "sentences": {"docs": docs},
        "shared_phrases": {"docs": docs},
        "similarity": {"dfm": dfm},
        "slogan_spread": {"slogans": slogans, "docs": docs},
        "slogans": {"docs": docs},
        "stop_words": {},
        "text_reuse": {"docs": docs},
        "tfidf": {"dfm": dfm},
        "tfidf_matrix": {"dfm": dfm},
        "tokens": {"docs": docs},
        "trend": {"dfm": dfm, "terms": "会议", "time": "year"},
        "word_lists": {},
        "wordfish": {"dfm": dfm, "direction": ("a", "c")},
        "wordscores": {"dfm": dfm, "reference_scores": {"a": -1.0, "c": 1.0}},
        "write_network": {"network": dz.network(pairs), "path": folder / "net.gexf"},
        "zeta": {"tokens": tokens, "target": "a", "segment": 5},
    }  # fmt: skip


#: Values that are made by a call, whose arguments are checked there.
CONSTRUCTORS: dict[str, dict[str, Any]] = {
    "CountSpec": {"kind": "dfm"},
    "Dictionary": {"categories": {"上": ["党委", "县委"]}},
    "Inference": {},
    "Limits": {},
    "Segmenter": {},
}

#: Methods that say what something is, or write it down: without options.
WITHOUT_METHODS = {
    "from_json", "load", "save", "to_json", "to_list", "to_numpy", "to_scipy", "partial_schema", "shipped",
}  # fmt: skip

#: Classes whose methods the walkers call.
CLASSES = ("Clustering", "CountSpec", "Dfm", "Dictionary", "Fcm", "Idf", "Segmenter", "Tokens", "WeightedDfm")


def _method(kind: type, name: str) -> Callable[..., Any] | None:
    """The function behind a method of a class, with its arguments but without ``self``."""
    member = inspect.getattr_static(kind, name)
    return (
        member.__func__ if isinstance(member, classmethod) else member if inspect.isfunction(member) else None
    )


def methods() -> dict[str, Callable[..., Any]]:
    """Every public method that takes something, as ``Class.method``; those of expressions as ``zh.method``."""
    found = {}
    for label, kind in [*((name, getattr(dz, name)) for name in CLASSES), ("zh", ChineseExpressions)]:
        for name in dir(kind):
            function = None if name.startswith("_") else _method(kind, name)
            options = set(inspect.signature(function).parameters) - {"self", "cls"} if function else set()
            if (
                function
                and options
                and (name not in WITHOUT_METHODS or options - {"path", "text", "doc_id", "name"})
            ):
                found[f"{label}.{name}"] = function
    found.pop("Dictionary.load")  # its options are those of Dictionary
    return found


@cache
def method_calls() -> dict[str, tuple[Any, dict[str, Any]]]:
    """Of every method an object that has it, and valid arguments."""
    docs = documents()
    tokens = dz.tokens(docs, remove_punctuation=True)
    dfm, fcm = tokens.dfm(), tokens.fcm(window=3)
    weighted, dictionary = dfm.weight("prop"), dz.Dictionary({"上": ["党委", "县委"], "下": ["居民", "群众"]})
    idf, zh = dz.fit_idf(dfm), pl.col("text").zh  # type: ignore[attr-defined]
    given: dict[str, tuple[Any, dict[str, Any]]] = {
        "Clustering.cut": (dz.cluster(dfm), {"n": 2}),
        "CountSpec.tokens": (dz.CountSpec("dfm"), {"docs": docs}),
        "Dfm.from_counts": (dz.Dfm, {"counts": dfm.to_frame()}),
        "Dfm.group": (dfm, {"by": "region"}),
        "Dfm.lookup": (dfm, {"dictionary": dictionary}),
        "Dfm.merge": (dfm, {}),
        "Dfm.tfidf": (dfm, {}),
        "Dfm.top": (dfm, {}),
        "Dfm.trim": (dfm, {}),
        "Dfm.weight": (dfm, {"scheme": "prop"}),
        "Fcm.collocates": (fcm, {"node": "会议"}),
        "Fcm.merge": (fcm, {}),
        "Fcm.top": (fcm, {}),
        "Fcm.trim": (fcm, {}),
        "Idf.from_frame": (dz.Idf, {"table": idf.to_frame()}),
        "Segmenter.cut": (dz.Segmenter(), {"text": "会议"}),
        "Segmenter.tokenize": (dz.Segmenter(), {"text": "会议"}),
        "Tokens.compound": (tokens, {"pattern": ["召开", "会议"]}),
        "Tokens.dfm": (tokens, {}),
        "Tokens.fcm": (tokens, {"window": 3}),
        "Tokens.filter": (tokens, {}),
        "Tokens.group": (tokens, {"by": "region"}),
        "Tokens.lookup": (tokens, {"dictionary": dictionary}),
        "Tokens.ngrams": (tokens, {}),
        "zh.clean": (zh, {}),
        "zh.count_matches": (zh, {"dictionary": dictionary}),
        "zh.lookup": (zh, {"dictionary": dictionary}),
        "zh.minhash": (zh, {}),
        "zh.repair": (zh, {}),
        "zh.sentences": (zh, {}),
        "zh.slogans": (zh, {}),
        "zh.tokens": (zh, {}),
    }
    for label, value in (("Dfm", dfm), ("WeightedDfm", weighted), ("Fcm", fcm), ("Tokens", tokens)):
        given[f"{label}.to_frame"] = (value, {})
        for name in ("select", "remove"):
            given[f"{label}.{name}"] = (value, {"pattern": "会议"})
        if label != "Fcm":
            given[f"{label}.filter"] = (value, {})
        if label.endswith("Dfm"):
            given[f"{label}.sort"] = (value, {})
    for name in ("to_numpy", "to_scipy"):
        given[f"Fcm.{name}"] = (fcm, {})
    return given


def signature(name: str) -> tuple[inspect.Signature, dict[str, Any]]:
    """The arguments of what a walker calls, and the names that its annotations use."""
    if name in CONSTRUCTORS:
        return inspect.signature(getattr(dz, name)), vars(inspect.getmodule(getattr(dz, name)))
    function = methods()[name] if "." in name else getattr(dz, name)
    found = inspect.signature(function)
    kept = [one for key, one in found.parameters.items() if key not in ("self", "cls")]
    return found.replace(parameters=kept), function.__globals__


def everything() -> list[str]:
    """Functions, constructors and methods."""
    return [*names(), *CONSTRUCTORS, *methods()]


def call(name: str, folder: Path, **changed: Any) -> Any:
    """Call one of them with what the tables say, some arguments changed."""
    if "." not in name:
        return getattr(dz, name)(
            **{**(CONSTRUCTORS[name] if name in CONSTRUCTORS else calls(folder)[name]), **changed}
        )
    owner, given = method_calls()[name]
    found = getattr(owner, name.rsplit(".", 1)[1])(**{**given, **changed})
    return documents().select(found) if name.startswith("zh.") else found
