"""quanteda's outputs on the five Chinese reports (``quanteda/README.md`` of the sample data says how they were made)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import duizhao as dz

from .published import lbg_matrix
from .row import Row, row

CORE, STATS, MODELS = "quanteda 4.3.1", "quanteda.textstats 0.97.2", "quanteda.textmodels 0.9.10"
STATS_NAME, MODELS_NAME = f"quanteda ({STATS.partition('.')[2]})", f"quanteda ({MODELS.partition('.')[2]})"
NULLS = ["NA", "NaN"]


class Reports:
    """The tokens that the outputs start from, and the names of their ids."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "quanteda/zh"
        self.lists: dict[str, list[str]] = self.json("tokens/zh_words.json")
        self.all_lists: dict[str, list[str]] = self.json("tokens/zh_all.json")
        self.toks = dz.tokens(self.lists)
        self.dfm = self.toks.dfm()
        self.documents = list(self.lists)
        table = pl.read_csv(self.folder / "features.csv")
        self.features = dict(table.select("id", "feature").iter_rows())
        self.ids = {name: number for number, name in self.features.items()}

    def json(self, name: str) -> Any:
        return json.loads((self.data / "quanteda" / name).read_text(encoding="utf-8"))

    def table(self, name: str, **options: Any) -> pl.DataFrame:
        return pl.read_csv(self.folder / name, null_values=NULLS, infer_schema_length=None, **options)


def collect(data: Path) -> list[Row]:
    """All rows."""
    reports = Reports(data)
    rows: list[Row] = []
    for part in (
        weights,
        idf,
        entropies,
        cooccurrence,
        keyness,
        similarities,
        distances,
        collocations,
        lexdiv,
        lookups,
    ):
        rows += part(reports)
    return [*rows, *wordscores(reports), *wordfish(reports), *correspondence(reports)]


# --- matrices


def _dense(reports: Reports, matrix: Any, wide: pl.DataFrame) -> np.ndarray:
    places = {name: i for i, name in enumerate(reports.dfm.features["feature"])}
    columns = [places[reports.features[i]] for i in wide["feature"]]
    cells: np.ndarray = matrix.to_scipy().toarray()[(wide["doc"] - 1).to_numpy(), columns]
    return cells


def weights(reports: Reports) -> list[Row]:
    wide = reports.table("dfm_weights_wide.csv.gz")
    schemes: dict[str, tuple[Any, dict[str, float]]] = {
        "prop": ("prop", {}),
        "propmax": ("propmax", {}),
        "logcount_10": ("logcount", {"base": 10}),
        "logcount_e": ("logcount", {}),
        "logcount_2": ("logcount", {"base": 2}),
        "boolean": ("boolean", {}),
        "augmented_k0.5": ("augmented", {}),
        "augmented_k0.4": ("augmented", {"k": 0.4}),
        "logave_10": ("logave", {"base": 10}),
        "logave_e": ("logave", {}),
    }
    rows = []
    for column, (scheme, options) in schemes.items():
        ours = _dense(reports, reports.dfm.weight(scheme, **options), wide)
        # The cells without count are listed as well; there a weight is 0 here as there.
        call = f'dfm.weight("{scheme}"{_spelled(options)})'
        rows.append(row(f"weight {column}", call, CORE, ours, wide[column].to_numpy(), 1e-9, relative=True))
    for column in [name for name in wide.columns if name.startswith("tfidf.")]:
        options = _tfidf_options(column)
        ours = _dense(reports, dz.tfidf_matrix(reports.dfm, preset="quanteda", **options), wide)
        call = f'tfidf(dfm, preset="quanteda"{_spelled(options)})'
        rows.append(
            row(
                column.replace("tfidf.", "tf-idf "),
                call,
                CORE,
                ours,
                wide[column].to_numpy(),
                1e-9,
                relative=True,
            )
        )
    return rows


def _spelled(options: dict[str, Any]) -> str:
    def value(given: Any) -> str:
        return "e" if given == math.e else json.dumps(given)

    return "".join(f", {name}={value(given)}" for name, given in options.items() if given is not None)


def _tfidf_options(column: str) -> dict[str, Any]:
    _, tf, scheme, base, *rest = column.split(".")
    return {
        "tf": tf,
        "idf": {"inverse": "inverse", "inversemax": "max", "inverseprob": "probabilistic"}[scheme],
        "base": math.e if base == "e" else float(base),
        "smoothing": 1 if "smooth1" in rest else None,
        "k": 1 if "k1" in rest else None,
    }


def idf(reports: Reports) -> list[Row]:
    theirs = reports.table("docfreq.csv.gz").sort("id")
    schemes: dict[str, dict[str, Any]] = {
        "inverse_10": {"base": 10},
        "inverse_e": {},
        "inverse_10_s1": {"base": 10, "smoothing": 1},
        "inverse_10_k1": {"base": 10, "k": 1},
        "inversemax_10": {"idf": "max", "base": 10},
        "inverseprob_10": {"idf": "probabilistic", "base": 10},
        "inverseprob_10_k1": {"idf": "probabilistic", "base": 10, "k": 1},
    }
    rows = []
    for column, options in schemes.items():
        fitted = dict(dz.fit_idf(reports.dfm, **options).to_frame().select("feature", "idf").rows())
        ours = [fitted[reports.features[i]] for i in theirs["id"]]
        call = f"fit_idf(dfm{_spelled(options)})"
        rows.append(row(f"idf {column}", call, CORE, ours, theirs[column].to_numpy(), 1e-9, relative=True))
    return rows


def entropies(reports: Reports) -> list[Row]:
    theirs = reports.table("textstat_entropy_documents.csv")["entropy_2"]
    ours = dz.diversity(reports.dfm, "entropy")["entropy"]
    return [
        row(
            "entropy of documents, bits",
            'diversity(dfm, "entropy")',
            STATS_NAME,
            ours.to_list(),
            theirs.to_list(),
            1e-9,
            relative=True,
        )
    ]


TAGS = (
    "document_frequency_tri",
    "document_frequency_sym",
    "document_boolean_tri",
    "document_boolean_sym",
    "window5_frequency_unordered_tri",
    "window5_frequency_unordered_sym",
    "window5_frequency_ordered",
    "window5_boolean_unordered_tri",
    "window5_boolean_unordered_sym",
    "window5_boolean_ordered",
    "window5_weighted_unordered_tri",
    "window5_weighted_unordered_sym",
    "window5_weighted_ordered",
    "window2_weights_1_0.5_unordered_tri",
)


def _fcm_options(tag: str) -> tuple[dict[str, Any], bool]:
    context, *rest = tag.split("_")
    symmetric = rest[-1] == "sym"
    if context == "document":
        return {"context": "document", "count": rest[0]}, symmetric
    options: dict[str, Any] = {"window": int(context.removeprefix("window")), "ordered": "ordered" in rest}
    if rest[0] == "weights":
        return {**options, "count": "weighted", "weights": [1, 0.5]}, symmetric
    return {**options, "count": rest[0]}, symmetric


def cooccurrence(reports: Reports) -> list[Row]:
    summaries = reports.json("fcm_summary.json")["zh"]
    assert set(summaries) == set(TAGS)
    rows = []
    for tag in TAGS:
        options, symmetric = _fcm_options(tag)
        frame = dz.fcm(reports.toks, preset="quanteda", **options).to_frame(symmetric=symmetric)
        i, j = (np.array([reports.ids[name] for name in frame[column]]) for column in ("node", "collocate"))
        if not symmetric and not options.get("ordered"):
            i, j = np.minimum(i, j), np.maximum(i, j)
        values = frame.get_column(frame.columns[-1]).to_numpy().astype(float)
        cells = dict(zip(zip(i.tolist(), j.tolist(), strict=True), values.tolist(), strict=True))
        whole = reports.folder / f"fcm_{tag}.csv.gz"
        listed = pl.read_csv(whole if whole.exists() else reports.folder / f"fcm_{tag}.top150.csv.gz")
        ours = [cells.get((a, b), 0.0) for a, b in listed.select("i", "j").iter_rows()]
        call = f'fcm(toks, preset="quanteda"{_spelled(options)})'
        rows.append(row(f"fcm {tag}", call, CORE, ours, listed["value"].to_numpy(), 1e-9, relative=True))
        totals = {
            "nnz": len(values),
            "sum": values.sum(),
            "sumsq": (values**2).sum(),
            "diag_sum": values[i == j].sum(),
            "checksum_i": (i * values).sum(),
            "checksum_j": (j * values).sum(),
        }
        theirs = [summaries[tag][name] for name in totals]
        rows.append(row(f"fcm {tag}, totals", call, CORE, list(totals.values()), theirs, 1e-9, relative=True))
    return rows


# --- comparisons

_WILLIAMS = (
    "quanteda: `chi2` with `williams` multiplies by q in place of dividing, and neither statistic is corrected where a "
    "word is absent from one side; done likewise, ours equal theirs."
)
_LOGARITHM = "quanteda: `lr` and `pmi` add 1e-9 within each logarithm; with it, ours equal theirs (`lr` to first order)."
_YATES = (
    "quanteda: the shift of Yates is applied only where |ad − bc| ≥ N/2 and an expected count is below 5; "
    "`lr` with `default` is that shift, not Williams's correction as its manual says."
)


def keyness(reports: Reports) -> list[Row]:
    rows = []
    for name, target in (("doc_004", ["004"]), ("group_000_001", ["000", "001"])):
        theirs = reports.table(f"keyness_{name}.csv.gz").with_columns(
            feature=pl.col("id").replace_strict(reports.features)
        )
        measures: list[Any] = [
            "log_likelihood", "log_likelihood_quanteda", "log_likelihood_williams", "log_likelihood_yates", "chi_squared",
            "chi_squared_quanteda", "pmi", "pmi_quanteda",
        ]  # fmt: skip
        found = dz.keyness(reports.dfm, target=target, measures=measures).join(
            theirs, on="feature", how="full", validate="1:1"
        )
        assert found.height == theirs.height == 1899
        o = found.select(
            "count_target",
            pl.col("size_target") - pl.col("count_target"),
            "count_reference",
            pl.col("size_reference") - pl.col("count_reference"),
        ).to_numpy().astype(float)  # fmt: skip
        n, line, column = o.sum(1), o[:, 0] + o[:, 1], o[:, 0] + o[:, 2]
        e = (
            np.stack([line * column, line * (n - column), (n - line) * column, (n - line) * (n - column)], 1)
            / n[:, None]
        )
        q = 1 + (n / line + n / (n - line) - 1) * (n / column + n / (n - column) - 1) / (6 * n)
        both = (o[:, 0] > 0) & (o[:, 2] > 0)
        shift = 2e-9 * np.where(o > 0, e, 0).sum(1)
        lr = found["log_likelihood"].to_numpy()
        call = 'keyness(dfm, target=…, measures="{}")'.format

        def add(
            statistic: str, measure: str, ours: Any, column: str, tolerance: float = 1e-9, note: str = ""
        ) -> None:
            source = f"{STATS_NAME}, {name}"
            rows.append(
                row(
                    statistic,
                    call(measure),
                    source,
                    np.asarray(ours, float),
                    found[column].to_numpy(),
                    tolerance,
                    relative=True,
                    note=note,
                )
            )

        add("keyness chi2, none", "chi_squared", found["chi_squared"], "chi2.none")
        add(
            "keyness chi2, default",
            "chi_squared_quanteda",
            found["chi_squared_quanteda"],
            "chi2.default",
            note=_YATES,
        )
        add("keyness chi2, yates", "chi_squared_quanteda", found["chi_squared_quanteda"], "chi2.yates")
        add(
            "keyness chi2, williams",
            "chi_squared",
            found["chi_squared"].to_numpy() * np.where(both, q, 1),
            "chi2.williams",
            note=_WILLIAMS,
        )
        add("keyness lr, none", "log_likelihood_quanteda", found["log_likelihood_quanteda"], "lr.none")
        add("keyness lr, none", "log_likelihood", lr + np.sign(lr) * shift, "lr.none", note=_LOGARITHM)
        add(
            "keyness lr, williams",
            "log_likelihood_williams",
            np.where(
                both,
                found["log_likelihood_williams"].to_numpy() + np.sign(lr) * shift / q,
                lr + np.sign(lr) * shift,
            ),
            "lr.williams",
            note=_WILLIAMS,
        )
        shifted = (np.abs(o[:, 0] * o[:, 3] - o[:, 1] * o[:, 2]) >= n / 2) & (e < 5).any(1)
        add(
            "keyness lr, yates",
            "log_likelihood_yates",
            np.where(shifted, found["log_likelihood_yates"].to_numpy(), lr),
            "lr.yates",
            5e-5,
        )
        add("keyness pmi", "pmi_quanteda", found["pmi_quanteda"], "pmi.default")
        add("keyness p of chi2", "chi_squared", found["chi_squared_p"], "p.chi2.none")
        exact = reports.table(f"keyness_{name}_exact.csv").with_columns(
            feature=pl.col("id").replace_strict(reports.features)
        )
        fisher = dz.keyness(reports.dfm, target=target, measures="fisher_exact").join(
            exact, on="feature", validate="1:1"
        )
        assert fisher.height == exact.height
        source = f"{STATS_NAME}, {name}"
        rows.append(
            row(
                "keyness exact, p",
                call("fisher_exact"),
                source,
                fisher["fisher_exact_p"].to_list(),
                fisher["p"].to_list(),
                1e-9,
                relative=True,
            )
        )
    return rows


SIMILARITY = {
    "cosine": "cosine",
    "jaccard": "jaccard",
    "dice": "dice",
    "jaccard_extended": "ejaccard",
    "dice_extended": "edice",
    "correlation": "correlation",
    "simple_matching": "simple matching",
    "hamann": "hamann",
}
DISTANCE = {
    "euclidean": "euclidean",
    "manhattan": "manhattan",
    "chebyshev": "maximum",
    "canberra": "canberra",
    "minkowski": "minkowski_p3",
    "hamming": "hamming",
}
DIVERGENCE = {
    "chi_squared": "chisquared",
    "kullback_leibler": "kullback",
    "jeffreys": "jeffreys",
    "jensen_shannon": "jensen",
}


def _pairs(frame: pl.DataFrame, *, symmetric: bool = True) -> dict[tuple[str, str], float | None]:
    found = {(a, b): value for a, b, value in frame[:, :3].iter_rows()}
    return {**{(b, a): value for (a, b), value in found.items()}, **found} if symmetric else found


def similarities(reports: Reports) -> list[Row]:
    rows = []
    for scheme in ("counts", "prop"):
        table = reports.table(f"proxy_documents_{scheme}.csv.gz").filter(pl.col("i") != pl.col("j"))
        matrix = reports.dfm if scheme == "counts" else reports.dfm.weight("prop")
        for method, word in SIMILARITY.items():
            theirs = table.filter(pl.col("method") == word)
            mine = _pairs(dz.similarity(matrix, method=method))  # type: ignore[arg-type]
            ours = [
                mine[reports.documents[i - 1], reports.documents[j - 1]] for _, i, j, _ in theirs.iter_rows()
            ]
            rows.append(
                row(
                    f"{word} of documents, {scheme}",
                    f'similarity(dfm, method="{method}")',
                    STATS_NAME,
                    ours,
                    theirs["value"].to_list(),
                    1e-9,
                )
            )
    table = reports.table("proxy_features_top20_counts.csv.gz").filter(pl.col("i") != pl.col("j"))
    words = sorted({reports.features[i] for i in table["i"]})
    chosen = reports.dfm.select(words, value_type="fixed", case_insensitive=False)
    for method, word in SIMILARITY.items():
        theirs = table.filter(pl.col("method") == word)
        mine = _pairs(dz.similarity(chosen, method=method, margin="features"))  # type: ignore[arg-type]
        ours = [mine[reports.features[i], reports.features[j]] for _, i, j, _ in theirs.iter_rows()]
        rows.append(
            row(
                f"{word} of features",
                f'similarity(dfm, method="{method}", margin="features")',
                STATS_NAME,
                ours,
                theirs["value"].to_list(),
                1e-9,
            )
        )
    return rows


def distances(reports: Reports) -> list[Row]:
    rows = []
    for scheme in ("counts", "prop"):
        table = reports.table(f"proxy_documents_{scheme}.csv.gz").filter(pl.col("i") != pl.col("j"))
        matrix = reports.dfm if scheme == "counts" else reports.dfm.weight("prop")
        for method, word in DISTANCE.items():
            theirs = table.filter(pl.col("method").str.contains(f"{word}$"))
            mine = _pairs(dz.distance(matrix, method=method, power=3))  # type: ignore[arg-type]
            ours = [
                mine[reports.documents[i - 1], reports.documents[j - 1]] for _, i, j, _ in theirs.iter_rows()
            ]
            rows.append(
                row(
                    f"{word} of documents, {scheme}",
                    f'distance(dfm, method="{method}")',
                    STATS_NAME,
                    ours,
                    theirs["value"].to_list(),
                    1e-9,
                    relative=True,
                )
            )
    table = reports.table("proxy_documents_counts.csv.gz").filter(pl.col("i") != pl.col("j"))
    for method, word in DIVERGENCE.items():
        unit, call = (1, "") if method == "chi_squared" else (math.log(2), " * ln 2")
        for smoothing in (0.5, 1):
            theirs = table.filter(pl.col("method").str.contains(f"{word}_smooth{smoothing}$"))
            frame = dz.distance(reports.dfm, method=method, smoothing=smoothing)  # type: ignore[arg-type]
            mine = _pairs(frame, symmetric=method != "kullback_leibler")
            ours = [
                mine[reports.documents[i - 1], reports.documents[j - 1]] * unit
                for _, i, j, _ in theirs.iter_rows()
            ]  # type: ignore[operator]
            rows.append(
                row(
                    f"{word}, smooth {smoothing}",
                    f'distance(dfm, method="{method}", smoothing={smoothing}){call}',
                    "quanteda (proxyC 0.5.2)",
                    ours,
                    theirs["value"].to_list(),
                    1e-9,
                    relative=True,
                )
            )
    return rows


def collocations(reports: Reports) -> list[Row]:
    toks = dz.tokens(reports.all_lists)
    cases: dict[str, tuple[Any, dict[str, Any]]] = {
        "size2_min2": (2, {"min_count": 2}),
        "size2_min5": (2, {"min_count": 5}),
        "size3_min2": (3, {"min_count": 2}),
        "size3_min5": (3, {"min_count": 5}),
        "size2to3_min5": ([2, 3], {"min_count": 5}),
        "size2_min5_smoothing0": (2, {"min_count": 5, "smoothing": 0.0}),
        "size2_min5_smoothing1": (2, {"min_count": 5, "smoothing": 1.0}),
        "size2_min3_padded": (2, {"min_count": 3}),
    }
    rows = []
    for name, (size, options) in cases.items():
        theirs = reports.table(f"collocations_{name}.csv")
        used = toks
        if name.endswith("padded"):
            used = toks.remove(["的", "和", "在", "了", "等"], padding=True)
        found = dz.collocations(used, size, within="document", **options)
        both = found.join(theirs, on="collocation", how="full", suffix="_theirs", validate="1:1")
        assert both.height == found.height == theirs.height, name
        call = f'collocations(toks, {size}, within="document"{_spelled(options)})'
        for column in ("count", "count_nested", "lambda", "z"):
            given = both[f"{column}_theirs"].cast(pl.Float64)
            infinite = bool(given.drop_nulls().is_infinite().any())
            rows.append(
                row(
                    f"collocations {name}, {column}",
                    call,
                    STATS_NAME,
                    both[column].to_list(),
                    [None if value is None or math.isinf(value) else value for value in given],
                    1e-9,
                    relative=True,
                    note="Where a cell is 0 theirs is ∞, ours is null." if infinite else "",
                )
            )
    return rows


# --- single documents

LEXDIV = {
    "TTR": "ttr",
    "C": "herdan_c",
    "R": "guiraud_r",
    "CTTR": "cttr",
    "U": "dugast_u",
    "S": "summer_s",
    "K": "yule_k",
    "I": "yule_i",
    "D": "simpson_d",
    "Vm": "herdan_vm",
    "lgV0": "maas_log_v0",
}


def lexdiv(reports: Reports) -> list[Row]:
    theirs = reports.table("textstat_lexdiv_dfm_all.csv")
    found = dz.diversity(reports.dfm, [*LEXDIV.values(), "maas_a2"])  # type: ignore[list-item]
    rows = [
        row(
            f"lexdiv {word}",
            f'diversity(dfm, "{measure}")',
            STATS_NAME,
            found[measure].to_list(),
            theirs[word].to_list(),
            1e-9,
            relative=True,
        )
        for word, measure in LEXDIV.items()
    ]
    maas = found["maas_a2"].sqrt().to_list()
    rows.append(
        row(
            "lexdiv Maas (= a)",
            'sqrt(diversity(dfm, "maas_a2"))',
            STATS_NAME,
            maas,
            theirs["Maas"].to_list(),
            1e-9,
            relative=True,
        )
    )
    plain = reports.table("lexdiv_mattr_msttr_plain_definition.csv", schema_overrides={"document": pl.String})
    note = (
        "quanteda: `textstat_lexdiv` on tokens joins each window to a string and cuts it anew, so MATTR and MSTTR are of other "
        "tokens (0.80755 for 0.82490); compared is the plain definition on the same tokens."
    )
    for window in plain["window"].unique().sort():
        some = plain.filter(pl.col("window") == window)
        ours = dz.diversity(reports.toks, ["mattr", "msttr"], window=window, segment=window)
        ours = ours.join(some, left_on="doc_id", right_on="document", how="right", maintain_order="right")
        for measure in ("mattr", "msttr"):
            call = f'diversity(toks, "{measure}", {"window" if measure == "mattr" else "segment"}={window})'
            rows.append(
                row(
                    f"{measure.upper()} of the tokens of quanteda",
                    call,
                    "quanteda README: plain definition",
                    ours[measure].to_list(),
                    ours[f"{measure.upper()}_plain"].to_list(),
                    1e-9,
                    relative=True,
                    note=note,
                )
            )
    return rows


def lookups(reports: Reports) -> list[Row]:
    categories = dz.Dictionary(reports.json("zh/dictionary.json"))
    found = {
        (d, key): count
        for d, key, count in dz.dfm(dz.tokens(reports.all_lists)).lookup(categories).to_frame().rows()
    }
    theirs = reports.table("dfm_lookup_counts.csv", schema_overrides={"doc": pl.String})
    ours = [found.get(key, 0) for key in theirs.select("doc", "key").rows()]
    return [row("dfm_lookup", "dfm.lookup(dictionary)", CORE, ours, theirs["count"].to_list(), 1e-9)]


# --- models


def wordscores(reports: Reports) -> list[Row]:
    golden = reports.json("models/wordscores_lbg.json")
    dfm = lbg_matrix(reports.data)
    scores = {f"R{i}": score for i, score in enumerate((-1.5, -0.75, 0.0, 0.75, 1.5), 1)}
    note = "quanteda: `se.fit` of the rescaling `lbg` is shifted by the mean of the scores; its interval is right and is compared."
    rows = []
    for smoothing in (0, 0.5, 1):
        theirs = golden[f"linear_smooth{smoothing:g}"]
        for rescaling in ("none", "lbg", "mv"):
            found = dz.wordscores(
                dfm,
                reference_scores=scores,
                smoothing=smoothing,
                rescaling=rescaling,
                include_references=True,
            )  # type: ignore[arg-type]
            call = f'wordscores(dfm, smoothing={smoothing}, rescaling="{rescaling}")'
            for mine, word in (
                ("score", "fit"),
                ("score_wald_low", "lwr"),
                ("score_wald_high", "upr"),
                ("se", "se"),
            ):
                if (rescaling, word) != ("lbg", "se"):
                    rows.append(
                        row(
                            f"wordscores {word}",
                            call,
                            MODELS_NAME,
                            found.documents[mine].to_list(),
                            theirs[rescaling][word],
                            1e-9,
                            note=note,
                        )
                    )
        words = dict(dz.wordscores(dfm, reference_scores=scores, smoothing=smoothing).features.iter_rows())
        ours = [words[word] for word in theirs["wordscores"]]
        rows.append(
            row(
                "wordscores of words",
                f"wordscores(dfm, smoothing={smoothing}).features",
                MODELS_NAME,
                ours,
                list(theirs["wordscores"].values()),
                1e-9,
            )
        )
    return rows


def wordfish(reports: Reports) -> list[Row]:
    golden = reports.json("models/wordfish_lbg_docs.json")
    found = dz.wordfish(lbg_matrix(reports.data), direction=("R1", "R5"))
    note = (
        "quanteda: Wordfish stops before its fixed point (a step of the likelihood of 1e-8), so positions differ in the "
        "second digit; ours solve the equations to 1e-7 (see [scaling](scaling.md))."
    )
    return [
        row(
            "wordfish theta",
            'wordfish(dfm, direction=("R1", "R5"))',
            MODELS_NAME,
            found.documents["theta"].to_list(),
            golden["theta"],
            0.072,
            note=note,
        )
    ]


def correspondence(reports: Reports) -> list[Row]:
    golden = reports.json("models/correspondence_analysis.json")["lbg"]
    found = dz.correspondence(lbg_matrix(reports.data), dimensions=4)
    ours = found.dimensions["eigenvalue"].sqrt().to_list()
    rows = [
        row(
            "correspondence analysis, singular values",
            "correspondence(dfm)",
            MODELS_NAME,
            ours,
            golden["sv"][:4],
            1e-9,
        )
    ]
    wide = found.documents.pivot("dimension", index="doc_id", values="coordinate").drop("doc_id").to_numpy()
    # Principal coordinates here, standard ones there; the sign of a dimension is free.
    mine, theirs = np.abs(wide / np.array(golden["sv"][:4])), np.abs(np.array(golden["rowcoord"]))
    rows.append(
        row(
            "correspondence analysis, |coordinates|",
            "correspondence(dfm).documents",
            MODELS_NAME,
            mine,
            theirs,
            1e-9,
        )
    )
    return rows
