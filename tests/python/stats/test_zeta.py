"""Zeta: hand-made figures, a slow reference, inference over documents, bad input."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz
from duizhao.cli import main


def test_figures_by_hand():
    """Target: slices ab, ac | bb; reference: ca, aa (one token left over)."""
    toks = dz.tokens({"t1": list("abac"), "t2": list("bb"), "r": list("caaad")})
    found = dz.zeta(toks, target=["t1", "t2"], segment=2, min_segments=1)
    assert found.select("feature", "segments_target", "segments_reference").rows() == [
        ("b", 2, 0),
        ("c", 1, 1),
        ("a", 2, 2),
    ]
    assert found["share_target"].to_list() == pytest.approx([2 / 3, 1 / 3, 2 / 3])
    assert found["share_reference"].to_list() == [0.0, 0.5, 1.0]
    assert found["zeta"].to_list() == pytest.approx([2 / 3, 1 / 3 - 1 / 2, 2 / 3 - 1])
    assert found["zeta_eder"].to_list() == pytest.approx([1.0, -1 / 5, -1 / 5])
    assert found["zeta_bootstrap_low"].null_count() == found["zeta_permutation_p"].null_count() == 3


def slow(docs, sides, length):
    """Sets of slices, side by side."""
    slices = {0: [], 1: []}
    for words, side in zip(docs, sides, strict=True):
        whole = len(words) // length * length
        slices[side] += [set(words[i : i + length]) for i in range(0, whole, length)]
    if not slices[0] or not slices[1]:
        return None
    words = set().union(*slices[0], *slices[1])
    share = {s: {w: sum(w in one for one in slices[s]) / len(slices[s]) for w in words} for s in (0, 1)}
    return {w: share[1][w] - share[0][w] for w in words}


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abcde"), max_size=12), st.integers(0, 1)), min_size=2, max_size=6
    ),
    st.integers(1, 4),
)
@pytest.mark.filterwarnings("ignore::duizhao.DuizhaoWarning")
def test_agrees_with_a_slow_reference(rows, length):
    sides = [side for _, side in rows]
    if len(set(sides)) < 2:
        return
    toks = dz.tokens([words for words, _ in rows])
    target = pl.Series([side == 1 for side in sides])
    expected = slow([words for words, _ in rows], sides, length)
    if expected is None:
        with pytest.raises(dz.DataError, match="segment"):
            dz.zeta(toks, target=target, segment=length, min_segments=1)
        return
    found = dz.zeta(toks, target=target, segment=length, min_segments=1)
    assert dict(found.select("feature", "zeta").rows()) == pytest.approx(expected)
    swapped = dz.zeta(toks, target=~target, segment=length, min_segments=1)
    assert dict(swapped.select("feature", "zeta").rows()) == pytest.approx(
        {w: -z for w, z in expected.items()}
    )


def corpus():
    own = [
        ("党建", "引领"),
        ("党建", "服务"),
        ("党建", "委员"),
        ("经济", "发展"),
        ("经济", "项目"),
        ("经济", "园区"),
    ]
    words = [[*pair, "工作"] * 8 for pair in own]
    docs = pl.DataFrame({"doc_id": list("fbdace"), "side": ["x"] * 3 + ["y"] * 3, "words": words})
    return docs, lambda frame: dz.tokens(frame, text="words")


def test_inference_is_over_documents_and_does_not_depend_on_their_order():
    docs, cut = corpus()
    how = {"resamples": 200, "permutations": 199, "seed": 5}
    options = {"target": pl.col("side") == "x", "segment": 6, "inference": dz.Inference(**how)}
    found = dz.zeta(cut(docs), **options)
    assert found.equals(dz.zeta(cut(docs.reverse()), **options))
    top = found.row(0, named=True)
    assert (top["feature"], top["zeta"], top["zeta_bootstrap_low"], top["zeta_bootstrap_high"]) == (
        "党建",
        1.0,
        None,
        None,
    ), "in every slice here and in none there: the documents do not differ, so the interval is not known"
    # 1 of the 20 ways to label six documents gives 1, another −1.
    assert 0.04 < top["zeta_permutation_p"] < 0.2
    everywhere = found.filter(pl.col("feature") == "工作").row(0, named=True)
    assert (everywhere["zeta"], everywhere["zeta_permutation_p"]) == (0.0, 1.0)
    assert (found["zeta_permutation_p_adjusted"] >= found["zeta_permutation_p"]).all()
    held = found.filter(pl.col("feature") == "引领").row(0, named=True)
    assert held["zeta_bootstrap_low"] <= held["zeta"] <= held["zeta_bootstrap_high"]
    alone = dz.zeta(cut(docs), **{**options, "inference": dz.Inference(**how, blocks="doc_id")})
    assert set(alone["zeta_permutation_p"]) == {1.0}
    bca = dz.zeta(cut(docs), **{**options, "inference": dz.Inference(**how, interval="bca")})
    assert bca.filter(pl.col("feature") == "引领")["zeta_bootstrap_low"].null_count() == 0


def test_short_documents_are_named_and_others_left_out():
    toks = dz.tokens({"a": list("xyxy"), "b": list("zz"), "c": list("xzxz"), "d": list("qqqq")})
    with pytest.warns(dz.DuizhaoWarning, match="1 of 3 documents have fewer than 4"):
        found = dz.zeta(toks, target="a", reference=["b", "c"], segment=4, min_segments=1)
    assert "q" not in found["feature"].to_list()


@pytest.mark.parametrize(
    ("options", "error", "word"),
    [
        ({"segment": 0}, dz.ParameterError, "segment"),
        ({"segment": 2.5}, dz.DuizhaoError, "segment"),
        ({"min_segments": 0}, dz.ParameterError, "min_segments"),
        ({"segment": 99}, dz.DataError, "segment"),
        ({"target": "zz"}, dz.DuizhaoError, "target"),
        ({"adjust": "x"}, dz.ParameterError, "adjust"),
        ({"inference": 99}, dz.ParameterError, "inference"),
        ({"inference": dz.Inference(blocks="no")}, dz.MissingColumnError, "no"),
    ],
)
def test_bad_arguments_are_named(options, error, word):
    toks = dz.tokens({"a": list("xyxy"), "b": list("zzzz")})
    with pytest.raises(error, match=word):
        dz.zeta(toks, **{"target": "a", "segment": 2, **options})
    with pytest.raises(dz.DataTypeError, match="tokens"):
        dz.zeta(toks.dfm(), target="a", segment=2)


def test_command_line(tmp_path):
    out = tmp_path / "zeta.parquet"
    docs = tmp_path / "docs.csv"
    rows = {"doc_id": list("ab"), "city": ["眉山", "成都"], "text": ["党建引领工作" * 9, "经济发展工作" * 9]}
    pl.DataFrame(rows).write_csv(docs)
    arguments = [str(docs), "--by", "city", "--target", "眉山", "--segment", "6", "--permutations", "9"]
    assert main(["zeta", *arguments, "-q", "-o", str(out)]) == 0
    found = pl.read_parquet(out)
    assert found["zeta"][0] == 1.0 and found["zeta_permutation_p"].null_count() == 0


def test_the_words_of_a_region_stand_throughout_its_reports(shared):
    reports = dz.read_texts(shared / "workreports", metadata=shared / "workreports" / "metadata.csv")
    provinces = reports.filter((pl.col("level") == "province") & (pl.col("year") == 2026))
    toks = dz.tokens(provinces, remove=dz.stop_words("zh"))
    found = dz.zeta(toks, target=pl.col("region") == "东部", segment=500)
    assert found["zeta"].is_between(-1, 1).all()
    assert found.filter(pl.col("feature") == "海洋")["zeta"].item() > 0.1
