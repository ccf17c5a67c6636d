"""scikit-learn, scipy, statsmodels: called beside ours where they are installed with the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import scipy
import sklearn
from scipy.cluster.hierarchy import linkage
from scipy.spatial import distance as spatial
from scipy.stats import binomtest, chi2, chi2_contingency, entropy, false_discovery_control, fisher_exact
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

import duizhao as dz

from .row import Row, row

#: Versions stand in the lock of the tests, not in the page: it stays the same over patch releases.
SKLEARN, SCIPY = "scikit-learn", "scipy"
assert sklearn.__version__ and scipy.__version__

TABLES = [
    (110, 2442, 111, 29114),
    (300, 700, 100, 900),
    (15, 19985, 5, 79995),
    (7, 993, 0, 5000),
    (8, 5, 24, 31740),
    (20, 40, 30, 60),
]


def collect(data: Path) -> list[Row]:
    """All rows."""
    lists = json.loads((data / "quanteda/tokens/zh_words.json").read_text(encoding="utf-8"))
    dfm = dz.tokens(lists).dfm()
    return [
        *tables(data),
        *rates(),
        *weights(dfm),
        *pairs(dfm),
        *trees(dfm),
        *maps(dfm),
        *documents(dfm),
    ]


def tables(data: Path) -> list[Row]:
    """Tests of the 2×2 table, signed as ours."""
    frame = pl.DataFrame(TABLES, schema=["o11", "o12", "o21", "o22"], orient="row")
    names: list[Any] = [
        "log_likelihood",
        "log_likelihood_yates",
        "chi_squared",
        "chi_squared_yates",
        "fisher_exact",
        "odds_ratio",
    ]
    found = dz.score_tables(frame, names)
    arrays = [np.array(k, float).reshape(2, 2) for k in TABLES]
    signs = np.array([np.sign(np.linalg.det(a)) for a in arrays])

    def contingency(correction: bool, kind: str) -> np.ndarray:
        return signs * [chi2_contingency(a, correction=correction, lambda_=kind)[0] for a in arrays]

    rows = []
    for name, correction, kind in (
        ("log_likelihood", False, "log-likelihood"),
        ("log_likelihood_yates", True, "log-likelihood"),
        ("chi_squared", False, "pearson"),
        ("chi_squared_yates", True, "pearson"),
    ):
        source = f'{SCIPY} `chi2_contingency(correction={correction}, lambda_="{kind}")`, signed'
        rows.append(
            row(
                name,
                f'score_tables(…, "{name}")',
                source,
                found[name].to_list(),
                contingency(correction, kind),
                1e-9,
                relative=True,
            )
        )
    p = [fisher_exact(a).pvalue for a in arrays]
    rows.append(
        row(
            "fisher_exact, p",
            'score_tables(…, "fisher_exact")',
            f"{SCIPY} `fisher_exact`",
            found["fisher_exact_p"].to_list(),
            p,
            1e-9,
            relative=True,
        )
    )
    adjusted = false_discovery_control(found["log_likelihood_p"].to_numpy(), method="bh")
    rows.append(
        row(
            "Benjamini–Hochberg",
            'score_tables(…, adjust="bh")',
            f"{SCIPY} `false_discovery_control`",
            found["log_likelihood_p_adjusted"].to_list(),
            adjusted,
            1e-12,
        )
    )
    # One count of this file is written as 9e+05.
    floats = dict.fromkeys(["O11", "O12", "O21", "O22"], pl.Float64)
    brown = pl.read_csv(data / "published/evert_brown_bigrams.csv", schema_overrides=floats).rename(str.lower)
    brown = brown.with_columns(pl.col("o11", "o12", "o21", "o22").cast(pl.Int64)).head(2000)
    ours = dz.score_tables(brown.select("o11", "o12", "o21", "o22"), ["chi_squared", "log_likelihood"])
    for name, kind in (("chi_squared", "pearson"), ("log_likelihood", "log-likelihood")):
        theirs = [
            chi2_contingency(np.reshape(k, (2, 2)), correction=False, lambda_=kind)[0]
            for k in brown.select("o11", "o12", "o21", "o22").rows()
        ]
        source = f"{SCIPY} `chi2_contingency`, bigrams of the Brown corpus (Evert)"
        rows.append(
            row(
                f"|{name}|",
                f'score_tables(…, "{name}")',
                source,
                ours[name].abs().to_list(),
                theirs,
                1e-8,
                relative=True,
            )
        )
    return rows


def rates() -> list[Row]:
    """Rates of a dictionary: exact bounds of a count, and of the ratio of two."""
    dictionary = dz.Dictionary({"a": ["居民"]})
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}

    def pair(name: str, our: float, their: float) -> None:
        ours.setdefault(name, []).append(our)
        theirs.setdefault(name, []).append(float(their))

    for a, b, e, f in (
        (11, 21, 800, 3011),
        (1, 1, 50, 70),
        (10, 3, 1000, 1500),
        (7, 9, 100, 300),
        (200, 120, 50_000, 60_000),
    ):
        cells = [("x", "居民", a), ("x", "党", e - a), ("y", "居民", b), ("y", "党", f - b)]
        dfm = dz.Dfm.from_counts(pl.DataFrame(cells, schema=["doc_id", "feature", "count"], orient="row"))
        rate = dz.rates(dfm, dictionary, per=1000).row(0, named=True)
        pair(
            "exact interval of a rate",
            rate["rate_per_1000_tokens_exact_low"],
            chi2.ppf(0.025, 2 * a) / 2 / e * 1000,
        )
        pair(
            "exact interval of a rate",
            rate["rate_per_1000_tokens_exact_high"],
            chi2.isf(0.025, 2 * a + 2) / 2 / e * 1000,
        )
        ratio = dz.rate_ratios(dfm, dictionary, by="doc_id", design="pairwise").row(0, named=True)
        bounds = binomtest(a, a + b).proportion_ci(0.95, method="exact")
        for name, side in (("rate_ratio_exact_low", bounds.low), ("rate_ratio_exact_high", bounds.high)):
            pair("exact interval of a rate ratio", ratio[name], side / (1 - side) * f / e)
        pair("equal rates, p", ratio["rate_ratio_exact_p"], binomtest(a, a + b, e / (e + f)).pvalue)
    calls = {
        "exact interval of a rate": ("rates(dfm, dictionary)", "`chi2.ppf`"),
        "exact interval of a rate ratio": (
            "rate_ratios(dfm, dictionary)",
            "`binomtest(…).proportion_ci`, as odds",
        ),
        "equal rates, p": ("rate_ratios(dfm, dictionary)", "`binomtest`"),
    }
    return [
        row(name, call, f"{SCIPY} {by}", ours[name], theirs[name], 1e-9, relative=True)
        for name, (call, by) in calls.items()
    ]


def weights(dfm: dz.Dfm) -> list[Row]:
    rows = []
    for norm in ("none", "l1", "l2"):
        for smooth in (True, False):
            for sublinear in (True, False):
                theirs = TfidfTransformer(
                    norm=None if norm == "none" else norm, smooth_idf=smooth, sublinear_tf=sublinear
                )
                options: dict[str, Any] = {
                    "norm": norm,
                    "idf": None if smooth else "inverse",
                    "tf": "logcount" if sublinear else None,
                }
                ours = dz.tfidf_matrix(dfm, preset="sklearn", **options).to_scipy().toarray()
                spelled = "".join(f', {key}="{value}"' for key, value in options.items() if value)
                source = f"{SKLEARN} `TfidfTransformer(norm={None if norm == 'none' else norm!r}, smooth_idf={smooth}, sublinear_tf={sublinear})`"
                rows.append(
                    row(
                        "tf-idf",
                        f'tfidf(dfm, preset="sklearn"{spelled})',
                        source,
                        ours,
                        theirs.fit_transform(dfm.to_scipy()).toarray(),
                        1e-9,
                        relative=True,
                    )
                )
    return rows


def _square(frame: pl.DataFrame, ids: list[str], *, symmetric: bool = True) -> np.ndarray:
    place = {name: i for i, name in enumerate(ids)}
    matrix = np.zeros((len(ids), len(ids)))
    for a, b, value in frame[:, :3].iter_rows():
        matrix[place[a], place[b]] = value
        if symmetric:
            matrix[place[b], place[a]] = value
    return matrix


def pairs(dfm: dz.Dfm) -> list[Row]:
    ids = dfm.documents["doc_id"].to_list()
    x = dfm.to_scipy().toarray().astype(float)
    p = x / x.sum(1, keepdims=True)
    upper = np.triu_indices(len(ids), 1)
    cosine = _square(dz.similarity(dfm, method="cosine"), ids)[upper]
    rows = [
        row(
            "cosine",
            'similarity(dfm, method="cosine")',
            f"{SKLEARN} `cosine_similarity`",
            cosine,
            cosine_similarity(x)[upper],
            1e-9,
        )
    ]
    weighted = dz.tfidf_matrix(dfm, preset="sklearn")
    ours = _square(dz.similarity(weighted, method="cosine"), ids)[upper]
    rows.append(
        row(
            "cosine of tf-idf",
            'similarity(tfidf_matrix(dfm, preset="sklearn"))',
            f"{SKLEARN} `cosine_similarity`",
            ours,
            cosine_similarity(weighted.to_scipy())[upper],
            1e-9,
        )
    )
    for method, word, figures in (
        ("euclidean", "euclidean", x),
        ("manhattan", "cityblock", x),
        ("chebyshev", "chebyshev", x),
        ("canberra", "canberra", x),
        ("bray_curtis", "braycurtis", x),
    ):
        mine = _square(dz.distance(dfm, method=method), ids)[upper]  # type: ignore[arg-type]
        rows.append(
            row(
                method,
                f'distance(dfm, method="{method}")',
                f"{SCIPY} `pdist({word!r})`",
                mine,
                spatial.pdist(figures, word),
                1e-9,
                relative=True,
            )
        )
    mine = _square(dz.distance(dfm, method="jensen_shannon_metric"), ids)[upper]
    rows.append(
        row(
            "Jensen–Shannon distance",
            'distance(dfm, method="jensen_shannon_metric")',
            f"{SCIPY} `jensenshannon(base=2)`",
            mine,
            [spatial.jensenshannon(p[i], p[j], 2) for i, j in zip(*upper, strict=True)],
            1e-9,
        )
    )
    return rows


def trees(dfm: dz.Dfm) -> list[Row]:
    x = dfm.to_scipy().toarray().astype(float)
    rows = []
    for word in ("average", "complete", "single", "weighted", "ward"):
        found = dz.cluster(dfm, method="euclidean", linkage=word)  # type: ignore[arg-type]
        rows.append(
            row(
                f"heights, {word} linkage",
                f'cluster(dfm, method="euclidean", linkage="{word}")',
                f"{SCIPY} `linkage`",
                np.sort(found.merges["height"].to_numpy()),
                np.sort(linkage(x, word)[:, 2]),
                1e-9,
                relative=True,
            )
        )
    return rows


def maps(dfm: dz.Dfm) -> list[Row]:
    x = dfm.to_scipy().toarray().astype(float)
    theirs = PCA(3).fit(x)
    found = dz.pca(dfm, dimensions=3)
    rows = [
        row(
            "principal components, shares",
            "pca(dfm, dimensions=3)",
            f"{SKLEARN} `PCA`",
            found.dimensions["share"].to_list(),
            theirs.explained_variance_ratio_,
            1e-9,
        )
    ]
    model = TruncatedSVD(3, algorithm="arpack", random_state=0).fit(x)
    lsa = dz.lsa(dfm, dimensions=3).dimensions["eigenvalue"].sqrt().to_list()
    rows.append(
        row(
            "LSA, singular values",
            "lsa(dfm, dimensions=3)",
            f"{SKLEARN} `TruncatedSVD`",
            lsa,
            model.singular_values_,
            1e-9,
            relative=True,
        )
    )
    return rows


def documents(dfm: dz.Dfm) -> list[Row]:
    x = dfm.to_scipy().toarray().astype(float)
    rows = [
        row(
            "entropy, bits",
            'diversity(dfm, "entropy")',
            f"{SCIPY} `entropy(base=2)`",
            dz.diversity(dfm, "entropy")["entropy"].to_list(),
            [entropy(line, base=2) for line in x],
            1e-9,
        )
    ]
    counts, size = x.sum(0), x.sum(1)
    share = size / size.sum()
    found = dz.dispersion(dfm, ["kl_divergence"])
    values = dict(found.select("feature", "kl_divergence").rows())
    names = dfm.features["feature"].to_list()
    theirs = [entropy(x[:, j] / counts[j], share, base=2) for j in range(len(names))]
    rows.append(
        row(
            "KL divergence of parts",
            'dispersion(dfm, "kl_divergence")',
            f"{SCIPY} `entropy(p, s, base=2)`",
            [values[name] for name in names],
            theirs,
            1e-9,
        )
    )
    return rows
