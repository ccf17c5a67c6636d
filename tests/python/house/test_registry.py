"""The registries of measures as Python sees them: complete, documented, and equal to the golden figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, get_args

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duizhao as dz
from duizhao.discourse.register import RegisterComponent
from duizhao.stats._schema import MEASURES
from duizhao.stats.dispersion import DispersionMeasure
from duizhao.stats.diversity import DiversityMeasure
from duizhao.stats.measures import Adjustment, Measure, MeasureFamily
from duizhao.structure.similarity import DeltaMethod, DistanceMethod, Method

ROOT = Path(__file__).parents[3]
CELLS = ["o11", "o12", "o21", "o22"]
TABLES: list[MeasureFamily] = ["significance", "effect", "association"]
NAMES = dz.measures(TABLES)["measure"].to_list()


class Registry(NamedTuple):
    """What one registry promises: its words, its page with the mark of a word there, its golden rows."""

    families: list[MeasureFamily]
    literal: Any
    page: str
    mark: str
    #: Files and their column of words; none where figures of other programs are compared in a test instead.
    golden: tuple[list[str], str] | None


REGISTRIES = [
    Registry(
        TABLES, Measure, "statistics/measures.md", "\n### `{}`\n", (["keyness", "association"], "measure")
    ),
    Registry(
        ["dispersion"],
        DispersionMeasure,
        "statistics/dispersion.md",
        "\n### `{}`\n",
        (["dispersion"], "measure"),
    ),
    Registry(
        ["diversity"], DiversityMeasure, "statistics/diversity.md", "\n### `{}`\n", (["diversity"], "measure")
    ),
    Registry(["similarity"], Method, "statistics/similarity.md", "`{}`", (["similarity"], "method")),
    # scipy and quanteda in tests/python/structure/test_distance.py, where Delta is computed from the formulas too.
    Registry(["distance"], DistanceMethod, "statistics/similarity.md", "`{}`", None),
    Registry(["delta"], DeltaMethod, "statistics/similarity.md", "`{}`", None),
    Registry(
        ["register"], RegisterComponent, "discourse/register.md", "\n| `{}` |", (["register"], "component")
    ),
]


def test_all_families_are_walked():
    walked = [family for registry in REGISTRIES for family in registry.families]
    assert walked == list(get_args(MeasureFamily))
    listed = dz.measures()
    assert listed["family"].unique(maintain_order=True).to_list() == walked
    assert listed.height == sum(len(get_args(registry.literal)) for registry in REGISTRIES) > 150


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.families[-1])
def test_registry_is_whole(registry):
    listed = dz.measures(registry.families)
    names = listed["measure"].to_list()
    assert names == list(get_args(registry.literal))
    assert set(listed["family"]) == set(registry.families)
    page = (ROOT / "docs" / registry.page).read_text(encoding="utf-8")
    assert not [name for name in names if registry.mark.format(name) not in page]
    if registry.golden is not None:
        files, column = registry.golden
        rows = pl.concat(
            pl.read_csv(ROOT / f"tests/golden/{file}.csv", infer_schema=False).select(column, "source")
            for file in files
        )
        assert set(rows[column]) == set(names)
        assert rows["source"].str.len_chars().fill_null(0).min() > 0


def test_schema():
    for family in [None, *get_args(MeasureFamily)]:
        assert dz.measures(family).schema == MEASURES
    listed = dz.measures()
    assert listed.select("family", "measure").is_unique().all()
    whole = ["measure", "family", "lowest", "highest", "sign", "formula", "source"]
    assert not listed.select(whole).null_count().sum_horizontal().item()
    assert (listed["lowest"] < listed["highest"]).all()
    assert not (listed["formula"] == "").any() and not (listed["source"] == "").any()
    assert set(dz.measures(TABLES)["sign"]) == {"direction", "ratio", "rank"}


@pytest.mark.parametrize(
    ("column", "families"),
    [
        ("has_p", TABLES),
        ("needs", ["dispersion", "diversity", "register"]),
        ("metric", ["distance"]),
        ("unit", ["register"]),
    ],
)
def test_a_column_is_null_where_it_has_no_meaning(column, families):
    listed = dz.measures()
    assert (listed[column].is_not_null() == listed["family"].is_in(families)).all()


def test_families_are_chosen_in_the_order_of_the_documentation():
    assert dz.measures(["delta", "significance"]).equals(dz.measures(["significance", "delta"]))
    assert dz.measures("delta")["measure"].to_list() == list(get_args(DeltaMethod))
    for family, told in [
        ("effects", "did you mean 'effect'"),
        ([], "at least one"),
        (["delta"] * 2, "distinct"),
    ]:
        with pytest.raises(dz.ParameterError, match=told):
            dz.measures(family)


@pytest.fixture(scope="module")
def golden_rows() -> pl.DataFrame:
    files = [ROOT / "tests/golden" / name for name in ("keyness.csv", "association.csv")]
    return pl.concat([pl.read_csv(file, infer_schema_length=None) for file in files])


@pytest.mark.parametrize("name", NAMES)
def test_measure_has_golden_figures(name, golden_rows):
    mine = golden_rows.filter(pl.col("measure") == name)
    assert mine.height
    # A golden figure is one table by itself, not one of a family.
    scored = dz.score_tables(mine, name, adjust=None, parameters={"family": "none"})
    is_score = pl.col("quantity") == "score"
    got = pl.when(is_score).then(pl.col(name))
    if f"{name}_log_p" in scored.columns:
        got = got.otherwise(pl.col(f"{name}_log_p"))
    off = scored.filter(((got - pl.col("expected")).abs() <= pl.col("tolerance")).fill_null(False).not_())
    assert off.is_empty(), off


def test_undefined_is_null_and_limits_are_infinite():
    tables = pl.DataFrame(
        [[0, 10, 10, 80], [0, 0, 3, 9], [0, 0, 0, 0], [3, 0, 0, 0]], schema=CELLS, orient="row"
    )
    scored = dz.score_tables(tables, NAMES)
    floats = scored.select(pl.col(pl.Float64))
    assert not floats.select(pl.any_horizontal(pl.all().is_nan().any())).item()
    assert scored["npmi"].to_list() == [-1.0, None, None, 1.0]
    assert scored["log_dice"].to_list() == [float("-inf"), None, None, 14.0]
    assert scored["log_likelihood"].to_list()[1:] == [None, None, None]
    assert scored["log_likelihood_p_adjusted"].to_list()[1:] == [None, None, None]


def test_p_is_never_zero():
    tables = pl.DataFrame({"o11": [10**9], "o12": [1], "o21": [1], "o22": [10**9]})
    scored = dz.score_tables(tables, ["log_likelihood", "chi_squared"])
    assert scored["log_likelihood_p"].item() == 5e-324
    assert -2e9 < scored["log_likelihood_log_p"].item() < -1e9
    assert scored["chi_squared_p_adjusted"].item() > 0


@given(
    st.lists(st.tuples(*[st.integers(0, 2**40)] * 4), min_size=1, max_size=20),
    st.sampled_from(get_args(Adjustment)),
)
def test_ranges(cells, adjust):
    scored = dz.score_tables(
        pl.DataFrame(cells, schema=dict.fromkeys(CELLS, pl.Int64), orient="row"), NAMES, adjust=adjust
    )
    for row in dz.measures(TABLES).iter_rows(named=True):
        values = scored[row["measure"]].drop_nulls()
        assert not values.is_nan().any()
        assert ((values >= row["lowest"]) & (values <= row["highest"])).all()
        if row["has_p"]:
            p, adjusted, log_p = (
                scored[f"{row['measure']}_{s}"].drop_nulls() for s in ("p", "p_adjusted", "log_p")
            )
            assert len(p) == len(values)
            assert log_p.is_finite().all() and (log_p <= 0).all()
            assert (
                (p > 0).all()
                and (p <= 1).all()
                and (adjusted >= p * (1 - 1e-12)).all()
                and (adjusted <= 1).all()
            )


@pytest.mark.parametrize(("method", "word"), [("fdr_bh", "bh")])
def test_corrections_as_scipy(method, word):
    from scipy.stats import false_discovery_control

    tables = pl.DataFrame({"o11": range(1, 60), "o12": [1000] * 59, "o21": [20] * 59, "o22": [1500] * 59})
    scored = dz.score_tables(tables, "log_likelihood", adjust=word)
    expected = false_discovery_control(scored["log_likelihood_p"].to_numpy(), method="bh")
    assert (scored["log_likelihood_p_adjusted"] - pl.Series(expected)).abs().max() < 1e-14
    bonferroni = dz.score_tables(tables, "log_likelihood", adjust="bonferroni")["log_likelihood_p_adjusted"]
    assert (bonferroni - (scored["log_likelihood_p"] * 59).clip(upper_bound=1)).abs().max() < 1e-12
    assert "log_likelihood_p_adjusted" not in dz.score_tables(tables, "log_likelihood", adjust=None).columns


def test_scipy_agrees_on_brown_bigrams(shared):
    """24,167 tables at once; scipy's own rounding bounds the agreement."""
    import numpy as np
    from scipy.special import log_ndtr

    # One count is written as 9e+05.
    floats = dict.fromkeys(["O11", "O12", "O21", "O22"], pl.Float64)
    brown = pl.read_csv(shared / "published/evert_brown_bigrams.csv", schema_overrides=floats).rename(
        str.lower
    )
    brown = brown.with_columns(pl.col(CELLS).cast(pl.Int64))
    assert brown.height == 24_167
    scored = dz.score_tables(brown, ["log_likelihood", "chi_squared", "t_score"], adjust=None)
    o = brown.select(CELLS).to_numpy().astype(float)
    n, r1, c1 = o.sum(1), o[:, 0] + o[:, 1], o[:, 0] + o[:, 2]
    e = np.stack([r1 * c1, r1 * (n - c1), (n - r1) * c1, (n - r1) * (n - c1)], 1) / n[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        g2 = 2 * np.where(o > 0, o * np.log(o / e), 0).sum(1)
    assert np.allclose(scored["log_likelihood"].abs(), g2, rtol=1e-7, atol=1e-6)
    # X² with one degree of freedom is a squared normal deviate.
    log_p = np.log(2) + log_ndtr(-np.sqrt(scored["log_likelihood"].abs().to_numpy()))
    assert np.allclose(scored["log_likelihood_log_p"], log_p, rtol=1e-12, atol=1e-14)
    assert np.allclose(scored["chi_squared"].abs(), ((o - e) ** 2 / e).sum(1), rtol=1e-7, atol=1e-6)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda t: dz.score_tables(t, "log_likelyhood"),
            dz.ParameterError,
            ["measures", "'log_likelihood'", "log_likelyhood"],
        ),
        (lambda t: dz.score_tables(t, []), dz.ParameterError, ["measures"]),
        (lambda t: dz.score_tables(t, ["pmi", "pmi"]), dz.ParameterError, ["distinct"]),
        (lambda t: dz.score_tables(t, adjust="fdr"), dz.ParameterError, ["adjust", "'bh'", "fdr"]),
        (lambda t: dz.score_tables(t.drop("o21")), dz.MissingColumnError, ["o21"]),
        (lambda t: dz.score_tables(t.cast(pl.Float64)), dz.DataTypeError, ["o11", "Float64"]),
        (lambda t: dz.score_tables(t.with_columns(o22=pl.lit(-1))), dz.DataError, ["o22", "-1"]),
        (
            lambda t: dz.score_tables(t.with_columns(o12=pl.lit(None, pl.Int64))),
            dz.DataError,
            ["o12", "null"],
        ),
        (lambda t: dz.score_tables(t.with_columns(pmi=1), "pmi"), dz.DataError, ["pmi"]),
        (lambda t: dz.score_tables(t.lazy()), dz.DataTypeError, ["tables", "LazyFrame"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    table = pl.DataFrame({"o11": [1], "o12": [2], "o21": [3], "o22": [4]})
    with pytest.raises(error) as raised:
        call(table)
    assert all(word in str(raised.value) for word in words), raised.value


def test_no_tables():
    empty = pl.DataFrame(schema=dict.fromkeys(CELLS, pl.Int64))
    scored = dz.score_tables(empty, ["log_likelihood", "pmi"])
    assert scored.schema == pl.Schema(
        {
            **dict.fromkeys(CELLS, pl.Int64),
            "log_likelihood": pl.Float64,
            "log_likelihood_log_p": pl.Float64,
            "log_likelihood_p": pl.Float64,
            "log_likelihood_p_adjusted": pl.Float64,
            "pmi": pl.Float64,
        }
    )
