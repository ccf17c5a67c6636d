"""Published figures: every entry of ``published/tables.json`` has a row, or a reason why it has none."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

import duizhao as dz

from .row import Figures, Missing, Row, row

Entry = dict[str, Any]
Cells = tuple[int, int, int, int]


def half_digit(value: float | int | str) -> float:
    """Half a unit of the last digit that is printed, with room for the rounding of the figure itself."""
    text = str(value)
    digits = len(text.partition(".")[2])
    return 0.5 * 10.0**-digits * (1 + 1e-9)


def score(measure: str, k: Cells, **parameters: Any) -> float:
    """One measure of one table."""
    table = pl.DataFrame([k], schema=["o11", "o12", "o21", "o22"], orient="row")
    found: float = dz.score_tables(table, measure, adjust=None, parameters=parameters or None)[measure].item()  # type: ignore[arg-type]
    return found


def of_marginals(given: dict[str, int]) -> Cells:
    """The table of a pair from its count, those of its parts, and the size."""
    both, one, two, n = (given[key] for key in ("c12", "c1", "c2", "N"))
    return both, one - both, two - both, n - one - two + both


def of_sizes(given: dict[str, int]) -> Cells:
    """The table of a word in two corpora."""
    first, second = given.get("n1", given.get("n", 0)), given.get("n2", given.get("n", 0))
    return given["f1"], first - given["f1"], given["f2"], second - given["f2"]


def matrix(rows: list[list[int]], documents: list[str] | None = None) -> dz.Dfm:
    """A dfm of counts, features named by their column."""
    ids = documents or [f"d{i}" for i in range(len(rows))]
    cells = [
        (ids[i], f"f{j:03}", count)
        for i, counts in enumerate(rows)
        for j, count in enumerate(counts)
        if count
    ]
    table = pl.DataFrame(cells, schema=["doc_id", "feature", "count"], orient="row")
    return dz.Dfm.from_counts(table, documents=pl.DataFrame({"doc_id": ids}))


def spread(counts: list[int], measures: list[str]) -> dict[str, float]:
    """Dispersion over parts of one size."""
    size = max(counts) + 1
    dfm = matrix([[count, size - count] for count in counts])
    found = dz.dispersion(dfm, measures, part_sizes="equal")  # type: ignore[arg-type]
    return found.row(by_predicate=pl.col("feature") == "f000", named=True)


def vocabulary(counts: list[int], measures: list[str], **options: Any) -> dict[str, float]:
    """Diversity of a text with these counts of its types."""
    return dz.diversity(matrix([counts]), measures, **options).row(0, named=True)  # type: ignore[arg-type]


def has(name: str) -> bool:
    """Whether the package has a function of this name."""
    return hasattr(dz, name)


def collect(data: Path) -> tuple[list[Row], list[Missing]]:
    """Rows and reasons for all entries, in the order of the file."""
    entries = json.loads((data / "published/tables.json").read_text(encoding="utf-8"))
    rows: list[Row] = []
    missing: list[Missing] = []
    for entry in entries:
        handler = HANDLERS.get(entry["id"])
        assert handler is not None, f"the entry {entry['id']} is new: compare it, or say why not"
        handler(data, entry, rows, missing)
    return rows, missing


def _add(
    rows: list[Row],
    entry: Entry,
    statistic: str,
    call: str,
    ours: Figures,
    theirs: Figures,
    tolerance: float,
    note: str = "",
) -> None:
    rows.append(row(statistic, call, entry["cite"], ours, theirs, tolerance, entry=entry["id"], note=note))


Handler = Callable[[Path, Entry, list[Row], list[Missing]], None]


def cells(
    measure: str, key: str, table: Callable[[dict[str, Any]], Cells], unit: float = 1, **options: Any
) -> Handler:
    """One measure of one table; ``unit``: how many of our units are one of theirs."""

    def handle(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
        parameters = {name: entry["input"][given] for name, given in options.items()}
        ours = score(measure, table(entry["input"]), **parameters) / unit
        given = entry["expected"][key]
        call = f'score_tables(…, "{measure}")' + (" / ln 2" if unit != 1 else "")
        _add(rows, entry, key.replace("_", " "), call, ours, given, half_digit(given))

    return handle


def direct(given: dict[str, Any]) -> Cells:
    """The table as it is printed."""
    a, b, c, d = given["k"]
    return a, b, c, d


BITS = math.log(2)


def rounded_to_hundreds(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    """A figure that is printed as 456400."""
    ours = score("chi_squared", of_marginals(entry["input"]))
    _add(rows, entry, "chi2", 'score_tables(…, "chi_squared")', ours, entry["expected"]["chi2"], 50)


def gries2008(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    toks = dz.tokens([entry["input"]["tokens"].split()])
    names = {
        "ARF": "arf",
        "AWT": "awt",
        "ALD": "ald",
        "f_ALD": "f_ald",
        "f_ARF": "arf",
        "f_AWT": "f_awt",
        "rosengren_S": "rosengren_s",
        "lyne_D3": "lyne_d3",
        "zhang_DC": "zhang_dc",
        "carroll_Um": "carroll_um",
        "rosengren_KF": "rosengren_kf",
        "engwall_FM": "engwall_fm",
    }
    measures: list[Any] = list(dict.fromkeys(names.values()))
    found = dz.dispersion(toks, measures, parts=5, part_sizes="equal")
    ours = found.row(by_predicate=pl.col("feature") == entry["input"]["word"], named=True)
    for name, measure in names.items():
        given = entry["expected"][name]
        _add(
            rows,
            entry,
            name,
            f'dispersion(toks, "{measure}", parts=5)',
            ours[measure],
            given,
            half_digit(given),
        )


def parts(vectors: dict[str, tuple[str, str]]) -> Handler:
    """Dispersion by counts of parts of one size: for each figure the key of its vector and the measure."""

    def handle(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
        for name, (vector, measure) in vectors.items():
            ours = spread(entry["input"][vector], [measure])[measure]
            given = entry["expected"][name]
            call = f'dispersion(dfm, "{measure}", part_sizes="equal")'
            _add(rows, entry, name, call, ours, given, half_digit(given))

    return handle


def several(figures: dict[str, tuple[str, str, Callable[[Cells], float]]]) -> Handler:
    """Several figures of the tables of an entry: name → (statistic, call, how)."""

    def handle(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
        tables = entry["input"]["k"]
        tables = tables if isinstance(tables[0], list) else [tables]
        for name, (statistic, call, how) in figures.items():
            given = entry["expected"][name]
            given = given if isinstance(given, list) else [given]
            for table, value in zip(tables, given, strict=True):
                _add(rows, entry, statistic, call, how(tuple(table)), value, half_digit(value))

    return handle


def mutual_information(k: Cells) -> float:
    """Of the whole table, in bits: G² is 2 N times it, in nats."""
    return abs(score("log_likelihood", k)) / (2 * sum(k) * BITS)


def not_compared(reason: str, *figures: str) -> Handler:
    """An entry, or some of its figures, that we do not compute."""

    def handle(_: Path, entry: Entry, __: list[Row], missing: list[Missing]) -> None:
        wanted = {name: entry["expected"][name] for name in figures or entry["expected"]}
        missing.append(Missing(entry["id"], entry["cite"], reason, wanted))

    return handle


def both(*handlers: Handler) -> Handler:
    """One after the other."""

    def handle(data: Path, entry: Entry, rows: list[Row], missing: list[Missing]) -> None:
        for handler in handlers:
            handler(data, entry, rows, missing)

    return handle


def smadja(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    given = entry["input"]
    table = of_marginals({"c12": given["f12"], "c1": given["f1"], "c2": given["f2"], "N": 10**6})
    _add(
        rows, entry, "dice", 'score_tables(…, "dice")', score("dice", table), entry["expected"]["dice"], 0.005
    )


def corpora(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    k, expected = of_sizes(entry["input"]), entry["expected"]
    for name, measure in (
        ("G2", "log_likelihood"),
        ("LogRatio", "log_ratio"),
        ("LogRatio_alpha05", "conservative_log_ratio"),
        ("LRC", "conservative_log_ratio"),
        ("SimpleMaths", "simple_maths"),
    ):
        given = expected[name]
        # Zeros are exact: the interval holds no difference.
        tolerance = half_digit(given) if given else 1e-12
        _add(rows, entry, name, f'score_tables(…, "{measure}")', score(measure, k), given, tolerance)


def popescu_counts(text: str) -> list[int]:
    """Counts as they are printed: ``4x7`` is seven times 4."""
    pairs = [part.partition("x") for part in text.split(",")]
    return [int(count) for count, _, times in pairs for _ in range(int(times or 1))]


def popescu(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    counts = popescu_counts(entry["input"]["rank_frequencies"])
    assert sum(counts) == entry["input"]["tokens"]
    spectrum = [counts.count(value) for value in sorted(set(counts))]
    for of, values in (("rank", counts), ("spectrum", spectrum)):
        found = vocabulary(values, ["repeat_rate", "entropy"])
        bits = "entropy_rank_bits" if of == "rank" else "entropy_spectrum"
        for name, measure in ((f"repeat_rate_{of}", "repeat_rate"), (bits, "entropy")):
            given = entry["expected"][name]
            _add(rows, entry, name, f'diversity(dfm, "{measure}")', found[measure], given, half_digit(given))


def fisher1943(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    types, tokens = entry["input"]["S"], entry["input"]["N"]
    ours = vocabulary([tokens - types + 1] + [1] * (types - 1), ["fisher_alpha"])["fisher_alpha"]
    given = entry["expected"]["alpha"]
    _add(rows, entry, "alpha", 'diversity(dfm, "fisher_alpha")', ours, given, half_digit(given))


#: How often the types of the two sentences about shrimp on the page occur.
SHRIMP = ([5, 2] + [1] * 17, [12, 2, 2] + [1] * 17)


def lexdiv(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    for place, counts in enumerate(SHRIMP):
        found = vocabulary(counts, ["ttr", "cttr", "yule_k"])
        for name, measure in (("TTR", "ttr"), ("CTTR", "cttr"), ("K", "yule_k")):
            given = entry["expected"][name][place]
            _add(rows, entry, name, f'diversity(dfm, "{measure}")', found[measure], given, half_digit(given))


def lbg_matrix(data: Path) -> dz.Dfm:
    """The example of Laver, Benoit & Garry."""
    with (data / "published/lbg2003_example_counts.csv").open(encoding="utf-8") as file:
        names, *lines = csv.reader(file)
    cells = [
        (doc, feature, int(count))
        for doc, *counts in lines
        for feature, count in zip(names[1:], counts, strict=True)
        if int(count)
    ]
    return dz.Dfm.from_counts(pl.DataFrame(cells, schema=["doc_id", "feature", "count"], orient="row"))


def lbg2003(data: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    scores = {f"R{i}": score for i, score in enumerate(entry["input"]["refs"], 1)}
    dfm, expected = lbg_matrix(data), entry["expected"]
    for rescaling, name in (("none", "V1_raw"), ("lbg", "V1_lbg"), ("mv", "V1_mv")):
        found = dz.wordscores(dfm, reference_scores=scores, rescaling=rescaling, include_references=True)  # type: ignore[arg-type]
        virgin = found.documents.filter(pl.col("doc_id") == "V1")["score"].item()
        call = f'wordscores(dfm, rescaling="{rescaling}")'
        _add(rows, entry, name, call, virgin, expected[name], half_digit(expected[name]))
    words = dict(dz.wordscores(dfm, reference_scores=scores).features.iter_rows())
    for word, given in expected["wordscores"].items():
        _add(
            rows, entry, f"score of {word}", "wordscores(dfm).features", words[word], given, half_digit(given)
        )


def sklearn_tfidf(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    dfm = matrix(entry["input"]["counts"])
    for name, expected in entry["expected"].items():
        idf: Any = None if name.endswith("True") else "inverse"
        call = f'tfidf(dfm, preset="sklearn"{"" if idf is None else ", idf=" + repr(idf)})'
        fitted = dict(dz.fit_idf(dfm, preset="sklearn", idf=idf).to_frame().select("feature", "idf").rows())
        ours = [fitted[feature] for feature in sorted(fitted)]
        _add(rows, entry, f"idf, {name}", call.replace("tfidf(", "fit_idf("), ours, expected["idf"], 5.1e-9)
        found = {
            (doc, f): value
            for doc, f, value in dz.tfidf(dfm, preset="sklearn", idf=idf)
            .select("doc_id", "feature", "tfidf")
            .rows()
        }
        figures = [found.get((f"d{i}", f"f{j:03}"), 0.0) for i in range(6) for j in range(3)]
        theirs = [value for line in expected["rows"] for value in line]
        _add(rows, entry, f"tf-idf, {name}", call, figures, theirs, 5.1e-9)


def naive_bayes(_: Path, entry: Entry, rows: list[Row], __: list[Missing]) -> None:
    """Add-one smoothing is one more count of every word of the vocabulary."""
    texts = [line.split("|") for line in entry["input"]["docs"]]
    known = [(words.split(), label) for words, label in texts if label != "?"]
    every = sorted({word for words, _ in known for word in words})
    lists = [words for words, _ in known] + [every, every]
    labels = [label for _, label in known] + ["Y", "N"]
    toks = dz.tokens(pl.DataFrame({"doc_id": range(len(lists)), "text": lists, "label": labels}))
    shares = toks.dfm().group("label").weight("prop").to_frame()
    found = {(doc, feature): value for doc, feature, value in shares.rows()}
    for name, given in entry["expected"].items():
        word, label = name[2:-1].split("|")
        ours, theirs = found[label, word], float(Fraction(given))
        _add(rows, entry, name, 'dfm.group("label").weight("prop")', ours, theirs, 1e-12)


def if_there(name: str, handler: Handler) -> Handler:
    """Only where the package has the function; else listed."""
    return handler if has(name) else not_compared(f"`dz.{name}` is not part of this version")


_OTHER_FIGURE = (
    "a two-sided interval of level 0.9 has this lower bound; ours is 0 as soon as the interval holds 0"
)
HANDLERS: dict[str, Handler] = {
    "dunning1993_swiss": cells("log_likelihood", "G2", direct),
    "dunning1993_8": cells("log_likelihood", "G2", direct),
    "dunning1993_chi": cells("chi_squared", "chi2", direct),
    "ms1999_t_new_companies": cells("t_score", "t", of_marginals),
    "ms1999_t_2": cells("t_score", "t", of_marginals),
    "ms1999_chi_new_companies": cells("chi_squared", "chi2", direct),
    "ms1999_chi_cow": rounded_to_hundreds,
    "ms1999_pmi_20_42": cells("pmi", "pmi_bits", of_marginals, BITS),
    "ms1999_pmi_20_15019": cells("pmi", "pmi_bits", of_marginals, BITS),
    "ms1999_pmi_20_13484": cells("pmi", "pmi_bits", of_marginals, BITS),
    "ms1999_pmi_1_106": cells("pmi", "pmi_bits", of_marginals, BITS),
    "church_hanks1990": cells("pmi", "pmi_bits", of_marginals, BITS),
    "gries2008_p407_410": gries2008,
    "carroll1970": parts(
        {
            "D2(v1)": ("v1", "carroll_d2"),
            "Um(v1)": ("v1", "carroll_um"),
            "juilland_D(v2)": ("v2", "juilland_d"),
            "juilland_U(v2)": ("v2", "juilland_u"),
        }
    ),
    "engwall1974": parts(
        {
            "Um": ("v", "carroll_um"),
            "U": ("v", "juilland_u"),
            "KF": ("v", "rosengren_kf"),
            "FM": ("v", "engwall_fm"),
        }
    ),
    "kilgarriff2001": not_compared(
        "the rank sum of one word over ten texts: no test of ranks is offered; documents are permuted instead"
    ),
    "kilgarriff2009": cells("simple_maths", "ratio", of_sizes, constant="lambda", base="per"),
    "hofland_johansson1982": cells("difference_coefficient", "difference_coefficient", of_sizes),
    "gries2013_deltaP": several(
        {
            "dP_21": ("ΔP(2|1)", 'score_tables(…, "delta_p_forward")', lambda k: score("delta_p_forward", k)),
            "dP_12": (
                "ΔP(1|2)",
                'score_tables(…, "delta_p_backward")',
                lambda k: score("delta_p_backward", k),
            ),
        }
    ),
    "smadja1996_dice": smadja,
    "pojanapunya_todd2016": cells("odds_ratio", "odds_ratio", of_sizes),
    "gabrielatos_marchi2011": cells("percent_difference", "pct_diff", of_sizes),
    "bouma2009_npmi": several({"npmi": ("NPMI", 'score_tables(…, "npmi")', lambda k: score("npmi", k))}),
    "pedersen_bruce1996": cells("min_sensitivity", "min_sensitivity", direct),
    "evert2005_mu": several(
        {"mu": ("µ = O/E", 'exp(score_tables(…, "pmi"))', lambda k: math.exp(score("pmi", k)))}
    ),
    "dunning1998_mi": several(
        {
            "mi": (
                "mutual information, bits",
                'score_tables(…, "log_likelihood") / (2 N ln 2)',
                mutual_information,
            )
        }
    ),
    "fisher1943": if_there("diversity", fisher1943),
    "popescu2009": both(
        if_there("diversity", popescu),
        not_compared(
            "indices of the h-point: not offered, since they hang on the length of the text",
            "R1",
            "R2",
            "R3",
            "R4",
        ),
    ),
    "corpora_7_2": both(corpora, not_compared(_OTHER_FIGURE, "PositiveLRC")),
    "quanteda_simil": not_compared(
        "needs the list of English stop words of quanteda, which is not part of the data"
    ),
    "quanteda_lexdiv": if_there("diversity", lexdiv),
    "lbg2003": lbg2003,
    "irbook_nb": naive_bayes,
    "sklearn_tfidf": sklearn_tfidf,
    "lexical_diversity": not_compared(
        "needs the list of lemmas of that package; its figures on texts without lemmas are among the golden ones of `diversity`"
    ),
}
