"""Dispersion: golden figures, slow references, order of documents, bad input."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz

ROOT = Path(__file__).parents[3]
REGISTRY = dz.measures("dispersion")
NAMES = REGISTRY["measure"].to_list()
BY_PARTS = REGISTRY.filter(pl.col("needs") == "parts")["measure"].to_list()
BY_DISTANCES = REGISTRY.filter(pl.col("needs") == "distances")["measure"].to_list()


def matrix(counts: list[int], sizes: list[int]) -> dz.Dfm:
    """Parts with so many ``a`` among so many tokens."""
    rows = [(i, word, n) for i, (v, size) in enumerate(zip(counts, sizes, strict=True)) for word, n in (("a", v), ("z", size - v))]  # fmt: skip
    return dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))


def of(frame: pl.DataFrame, feature: str = "a") -> dict[str, Any]:
    return frame.row(by_predicate=pl.col("feature") == feature, named=True)


def test_signs():
    assert set(REGISTRY["sign"]) == {"even", "uneven", "frequent"}


@pytest.mark.parametrize("name", NAMES)
def test_measure_has_golden_figures(name, golden):
    rows = pl.read_csv(golden / "dispersion.csv").filter(pl.col("measure") == name)
    assert rows.height
    for row in rows.iter_rows(named=True):
        if row["tokens"]:
            got = of(dz.dispersion(dz.tokens([row["tokens"].split()]), name))[name]
        else:
            numbers = [[int(x) for x in row[key].split()] for key in ("counts", "sizes")]
            got = of(dz.dispersion(matrix(*numbers), name))[name]
        assert abs(got - row["expected"]) <= row["tolerance"], row


def slow(counts: list[int], sizes: list[int]) -> dict[str, float | None]:
    """The formulas as the papers print them."""
    kept = [(v, size) for v, size in zip(counts, sizes, strict=True) if size]
    v, size = (np.array(x, float) for x in zip(*kept, strict=True))
    s, p, f, n = size / size.sum(), v / size, v.sum(), len(v)
    some = v > 0
    q = p[some] / p.sum()
    dp = np.abs(v / f - s).sum() / 2
    d = 1 - p.std() / p.mean() / math.sqrt(n - 1) if n > 1 else None
    d2 = -(q * np.log2(q)).sum() / math.log2(n) if n > 1 else None
    rs = np.sqrt(v * s).sum() ** 2
    return {
        "relative_range": some.sum() / n,
        "idf": math.log2(n / some.sum()),
        "variation_coefficient": p.std() / p.mean(),
        "juilland_d": d,
        "carroll_d2": d2,
        "rosengren_s": rs / f,
        "lyne_d3": 1 - ((v - f * s) ** 2 / (f * s)).sum() / (4 * f),
        "zhang_dc": (np.sqrt(p).sum() / n) ** 2 / p.mean(),
        "gries_dp": dp,
        "gries_dp_norm": dp / (1 - s.min()) if n > 1 else None,
        "kl_divergence": (v[some] / f * np.log2(v[some] / f / s[some])).sum(),
        "juilland_u": None if d is None else d * f,
        "carroll_um": None if d2 is None else f * d2 + (1 - d2) * f / n,
        "rosengren_kf": rs,
        "engwall_fm": f * some.sum() / n,
        "kromer_ur": sum(1 / i for x in v for i in range(1, int(x) + 1)),
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2000)), min_size=1, max_size=8).filter(
        lambda x: any(v for v, _ in x)
    )
)
def test_as_the_slow_reference_and_in_range(pairs):
    counts, sizes = [v for v, _ in pairs], [v + rest for v, rest in pairs]
    got = of(dz.dispersion(matrix(counts, sizes), BY_PARTS))
    for name, expected in slow(counts, sizes).items():
        if expected is None:
            assert got[name] is None
            continue
        assert got[name] == pytest.approx(expected, rel=1e-9, abs=1e-9), name
        bounds = REGISTRY.row(by_predicate=pl.col("measure") == name, named=True)
        assert bounds["lowest"] <= got[name] <= bounds["highest"]
    assert got["count"] == sum(counts) and got["range"] == sum(v > 0 for v in counts)
    assert got["n_parts"] == sum(size > 0 for size in sizes)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("aabc"), min_size=1, max_size=60).filter(lambda x: "a" in x), st.integers(1, 9)
)
def test_distances_as_the_slow_reference(letters, cut):
    n, places = len(letters), [i for i, x in enumerate(letters) if x == "a"]
    d = np.array([(b - a) % n or n for a, b in zip(places, [*places[1:], places[0]], strict=True)], float)
    f = len(places)
    # Where documents end changes nothing.
    toks = dz.tokens([letters[:cut], letters[cut:]])
    got = of(dz.dispersion(toks, BY_DISTANCES))
    assert d.sum() == n
    expected = {
        "arf": np.minimum(d, n / f).sum() * f / n,
        "awt": (1 + (d**2).sum() / n) / 2,
        "ald": (d * np.log10(d)).sum() / n,
        "f_awt": n**2 / (d**2).sum(),
        "f_ald": n * math.exp(-(d / n * np.log(d)).sum()),
    }
    for name, value in expected.items():
        assert got[name] == pytest.approx(value, rel=1e-12), name


def test_padding_is_distance():
    letters = ["a", "b", "a", "c", "c", "a"]
    padded = dz.tokens([letters], remove=["b", "c"], padding=True)
    assert of(dz.dispersion(padded, "awt"))["awt"] == of(dz.dispersion(dz.tokens([letters]), "awt"))["awt"]
    assert of(dz.dispersion(dz.tokens([letters], remove=["b", "c"]), "awt"))["awt"] == 1


def test_slices_and_equal_parts():
    letters = (
        "b a m n i b e u p k b a s a t b e w q n b c a g a b e s t a b a g h a b e a a t b a h a a b e a x a"
    )
    toks = dz.tokens([letters.split()[:23], letters.split()[23:]])
    # Gries 2008: five parts of ten with 1, 2, 3, 4, 5 occurrences.
    assert of(dz.dispersion(toks, "rosengren_s", parts=5))["rosengren_s"] == pytest.approx(0.937, abs=5e-4)
    seven = dz.dispersion(toks, "gries_dp", parts=7)
    assert seven["n_parts"].unique().to_list() == [7] and of(seven)["count"] == 15
    unequal = matrix([5, 5], [10, 90])
    assert of(dz.dispersion(unequal, "gries_dp"))["gries_dp"] == pytest.approx(0.4)
    assert of(dz.dispersion(unequal, "gries_dp", part_sizes="equal"))["gries_dp"] == 0
    assert of(dz.dispersion(unequal, "juilland_d", part_sizes="equal"))["juilland_d"] == 1


DOCS = pl.DataFrame(
    {
        "doc_id": [f"d{i}" for i in range(12)],
        "tokens": [["党建"] * (1 + i % 4) + ["渔业"] * (i % 3) + ["调研"] * (3 + i) for i in range(12)],
        "city": ["甲", "乙", "丙"] * 4,
    }
)


def test_groups_are_parts():
    toks = dz.tokens(DOCS, text="tokens")
    expected = dz.dispersion(toks.dfm().group("city"), BY_PARTS)
    assert dz.dispersion(toks, BY_PARTS, by="city").equals(expected)
    assert dz.dispersion(toks.dfm(), BY_PARTS, by="city").equals(expected)
    some = DOCS.with_columns(city=pl.when(pl.col("city") != "丙").then("city"))
    with pytest.warns(dz.DuizhaoWarning, match="4 of 12"):
        got = dz.dispersion(dz.tokens(some, text="tokens"), "gries_dp", by="city")
    assert got["n_parts"].unique().to_list() == [2]


@pytest.mark.parametrize("interval", ["percentile", "bca"])
@pytest.mark.parametrize("by", [None, "city"])
def test_order_of_documents_changes_nothing(interval, by):
    def run(docs: pl.DataFrame) -> pl.DataFrame:
        toks = dz.tokens(docs, text="tokens")
        return dz.dispersion(
            toks,
            BY_PARTS,
            by=by,
            inference=dz.Inference(permutations=0, resamples=60, seed=3, interval=interval),
        )  # type: ignore[arg-type]

    once = run(DOCS)
    assert run(DOCS.sample(fraction=1, shuffle=True, seed=1)).equals(once)
    assert once["gries_dp_bootstrap_low"].null_count() == 0
    assert (once["gries_dp_bootstrap_low"] <= once["gries_dp_bootstrap_high"]).all()


def test_bootstrap_as_counting_again():
    """Each replicate is the measure of the documents drawn, as many times as they are drawn."""
    toks = dz.tokens(DOCS, text="tokens")
    got = of(
        dz.dispersion(
            toks, ["gries_dp", "kl_divergence"], inference=dz.Inference(permutations=0, resamples=40, seed=5)
        ),
        "党建",
    )
    order = sorted(range(12), key=lambda i: DOCS["doc_id"][i])
    values: dict[str, list[float]] = {"gries_dp": [], "kl_divergence": []}
    for times in dz.bootstrap_counts(40, 12, seed=5):
        drawn = [DOCS["tokens"][order[unit]] for unit, n in enumerate(times) for _ in range(n)]
        one = of(dz.dispersion(dz.tokens([list(x) for x in drawn]), list(values)), "党建")
        for name, column in values.items():
            column.append(one[name])
    for name, column in values.items():
        low, high = np.quantile(column, [0.025, 0.975])
        assert (got[f"{name}_bootstrap_low"], got[f"{name}_bootstrap_high"]) == (
            pytest.approx(low),
            pytest.approx(high),
        )


def test_empty_documents_are_no_parts():
    toks = dz.tokens([["a", "b"], [], ["a"], ["b"]])
    assert of(dz.dispersion(toks, "relative_range"))["relative_range"] == pytest.approx(2 / 3)
    for nothing in (dz.tokens([]), dz.tokens([[]]), dz.tokens([]).dfm()):
        got = dz.dispersion(nothing, ["gries_dp"], inference=dz.Inference(permutations=0, resamples=5))
        assert got.is_empty()
        assert got.columns == ["feature", "count", "range", "n_parts", "gries_dp", "gries_dp_bootstrap_low", "gries_dp_bootstrap_high"]  # fmt: skip
    one = of(
        dz.dispersion(dz.tokens([["a", "b"]]), BY_PARTS, inference=dz.Inference(permutations=0, resamples=5))
    )
    assert one["juilland_d"] is None and one["gries_dp_norm"] is None and one["carroll_d2"] is None
    assert one["gries_dp"] == 0 and one["rosengren_s"] == 1 and one["kl_divergence"] == 0


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda t: dz.dispersion(t, "dp"), dz.ParameterError, ["measures", "'gries_dp'", "'dp'"]),
        (lambda t: dz.dispersion(t, []), dz.ParameterError, ["measures"]),
        (lambda t: dz.dispersion(t, ["idf", "idf"]), dz.ParameterError, ["distinct"]),
        (lambda t: dz.dispersion(t, 3), dz.ParameterError, ["measures", "gries_dp", "3"]),
        (lambda t: dz.dispersion(t.dfm(), ["idf", "arf"]), dz.ParameterError, ["Tokens", "arf"]),
        (lambda t: dz.dispersion(t.dfm(), parts=2), dz.ParameterError, ["parts", "Dfm"]),
        (lambda t: dz.dispersion(t, parts=99), dz.ParameterError, ["parts", "(4)", "99"]),
        (lambda t: dz.dispersion(t, parts=2, by="doc_id"), dz.ParameterError, ["by", "parts"]),
        (
            lambda t: dz.dispersion(t, parts=2, inference=dz.Inference(permutations=0, resamples=9)),
            dz.ParameterError,
            ["resamples", "parts"],
        ),
        (lambda t: dz.dispersion(t, by="city"), dz.MissingColumnError, ["city", "doc_id"]),
        (lambda t: dz.dispersion(t, part_sizes="half"), dz.ParameterError, ["part_sizes", "'equal'", "half"]),
        (
            lambda t: dz.dispersion(t, inference=dz.Inference(permutations=0, resamples=0, interval="t")),
            dz.ParameterError,
            ["interval", "'bca'"],
        ),
        (
            lambda t: dz.dispersion(t, inference=dz.Inference(permutations=0, resamples=0, level=1)),
            dz.ParameterError,
            ["level", "1"],
        ),
        (
            lambda t: dz.dispersion(t, inference=dz.Inference(permutations=0, resamples=-1)),
            dz.ParameterError,
            ["resamples", "-1"],
        ),
        (lambda t: dz.dispersion(t, min_count=0), dz.ParameterError, ["min_count", "0"]),
        (lambda t: dz.dispersion(["党建"]), dz.DataTypeError, ["docs", "list"]),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call(dz.tokens([["a", "b"], ["a", "c"]]))
    assert all(word in str(raised.value) for word in words), raised.value


def test_the_seeds(shared):
    docs = dz.clean(dz.read_texts(shared / "seeds"), script="simplified")
    toks = dz.tokens(docs, remove_punctuation=True)
    got = dz.dispersion(toks, NAMES, min_count=5)
    assert got.select(pl.any_horizontal(pl.col(pl.Float64).is_nan().any())).item() is False
    assert got["count"].is_sorted(descending=True)
    # What every page says is spread more evenly than what one page says.
    everywhere = got.filter(pl.col("range") == 5)["gries_dp"].median()
    assert everywhere < got.filter(pl.col("range") == 1)["gries_dp"].median()


def test_command_line(tmp_path, capsys):
    from duizhao import cli

    (tmp_path / "a.txt").write_text("党建引领渔港，党建引领渔民。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("党建引领平台。", encoding="utf-8")
    command = [
        "dispersion",
        str(tmp_path),
        "--measures",
        "gries_dp,arf",
        "--min-count",
        "2",
        "--format",
        "csv",
    ]
    assert cli.main(command) == 0
    got = pl.read_csv(capsys.readouterr().out.encode())
    assert got.columns == ["feature", "count", "range", "n_parts", "gries_dp", "arf"]
    assert got.row(by_predicate=pl.col("feature") == "党建")[1:4] == (3, 2, 2)
    assert cli.main([*command, "--measures", "dp"]) == 1
