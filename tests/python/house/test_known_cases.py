"""Seventeen cases that other tools got wrong, each with the place where it was seen."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from importlib import metadata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import duizhao as dz

CELLS = ["o11", "o12", "o21", "o22"]


def test_case_01_sentences_joined_are_the_text():
    """cntext #3: a character was lost."""
    text = "“好！”他说：“走……”——真的？真的。增长3.5%；U.S. GDP（约1.2亿元）。\n第二段没有句号"
    spans = dz.sentences(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert "".join(text[a:b] for a, b in spans.select("char_start", "char_end").rows()) == text.replace(
        "\n", ""
    )
    assert "".join(spans["text"]).replace("\n", "") == text.replace("\n", "")


def test_case_02_means_do_not_move_when_a_text_is_doubled():
    """cntext #4: the readability of a text and of the text twice differed."""
    text = "党建引领基层治理。委员深入一线，听取意见；形成提案三件。"
    units = [("sentence", text), ("sentence", text + text), ("clause", text), ("clause", text + text)]
    means = [
        pl.select(
            pl.lit(given).zh.sentences(unit=unit).list.eval(pl.element().str.len_chars()).list.mean()
        ).item()
        for unit, given in units
    ]
    assert means[0] == means[1] and means[2] == means[3]
    words = ["herdan_c"]
    assert dz.diversity({"a": text}, words, unit="word")["herdan_c"].item() > 0


def test_case_03_calls_do_not_change_each_other():
    """cntext #9: a second call gave another answer."""
    docs = dz.demo.read()
    plain, custom = dz.Segmenter(), dz.Segmenter(user_dict=["党员委员"], suppress=["县政协"])

    def results(order: list[int]) -> dict[int, object]:
        calls = [
            lambda: dz.tokens(docs, segmenter=plain).to_list(),
            lambda: dz.tokens(docs, segmenter=custom).to_list(),
            lambda: dz.clean(docs, script="simplified")["text"].to_list(),
            lambda: dz.keyness(
                dz.tokens(docs).dfm(),
                by="county",
                inference=dz.Inference(permutations=20, resamples=0, seed=3),
            ).rows(),
            lambda: dz.slogans(docs).rows(),
        ]
        return {i: calls[i]() for i in order}

    assert results([0, 1, 2, 3, 4]) == results([4, 3, 1, 2, 0])


def test_case_04_words_of_one_character_stay():
    """scikit-learn's token pattern drops them."""
    features = dz.tokens({"a": "他说水是好的"}).dfm().features["feature"].to_list()
    assert {"他", "说", "水", "是"} <= set(features)


def test_case_05_numbers_and_brackets_survive_cleaning():
    text = "2023年增长3.5%，1+7工作法，晋政发〔2023〕5号[2023]，PM2.5(细颗粒物)，第(一)条。"
    cleaned = dz.clean(pl.DataFrame({"doc_id": ["a"], "text": [text]}))["text"].item()
    for piece in ("3.5%", "1+7", "〔2023〕5号", "[2023]", "PM2.5(细颗粒物)", "第(一)条"):
        assert piece in cleaned


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from("甲乙丙丁。"), max_size=20).map("".join), min_size=1, max_size=4))
def test_case_06_npmi_keeps_its_range(texts):
    """gensim #3042: 3.109 where joint and single counts come from different samples."""
    lists = [list(text) for text in texts]
    fcm = dz.tokens(lists).fcm(window=2)
    if not fcm.to_frame().height:
        return
    values = dz.associations(fcm, measures=["npmi"])["npmi"].drop_nulls()
    assert values.len() == 0 or (values.min() >= -1 and values.max() <= 1)


@settings(deadline=None)
@given(st.tuples(*[st.integers(0, 10**6)] * 4))
def test_case_07_log_dice_is_at_most_14_and_minus_infinity_at_zero(cells):
    """Wordless gave 14 at a joint count of 0, conc values above 14."""
    table = pl.DataFrame([cells], schema=CELLS, orient="row")
    value = dz.score_tables(table, "log_dice")["log_dice"].item()
    o11, o12, o21, _ = cells
    if o11 + o12 == 0 or o11 + o21 == 0:
        assert value is None, "without node or collocate there is nothing to score"
    else:
        assert value <= 14 and (value == -math.inf) == (o11 == 0)


def test_case_08_p_is_never_0_and_uniform_under_the_null():
    """quanteda's p is 0 from |statistic| 71 on; its PMI has a p that means nothing."""
    huge = pl.DataFrame({"o11": [10**8], "o12": [1], "o21": [1], "o22": [10**8]})
    scored = dz.score_tables(huge, "log_likelihood")
    assert scored["log_likelihood_p"].item() > 0 and math.isfinite(scored["log_likelihood_log_p"].item())
    # Sixteen documents whose words have nothing to do with the label, 60 features.
    rows = [
        (f"d{d:02}", f"w{f:02}", (d * 7919 + f * 104729 + d * d * f * 31) % 23)
        for d in range(16)
        for f in range(60)
    ]
    counts = pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row")
    dfm = dz.Dfm.from_counts(counts)
    found = dz.keyness(
        dfm,
        target=[f"d{d:02}" for d in range(0, 16, 2)],
        measures="log_ratio",
        inference=dz.Inference(permutations=199, resamples=0, seed=1),
    )
    p = found["log_ratio_permutation_p"]
    shares = [p.filter(p <= level).len() / p.len() for level in (0.1, 0.25, 0.5, 0.75)]
    # 60 draws: three standard deviations are 0.19 at one half.
    assert all(abs(share - level) < 0.2 for share, level in zip(shares, (0.1, 0.25, 0.5, 0.75), strict=True))
    assert p.min() > 0


def test_case_09_large_counts():
    """quanteda #2415 and cntext: counts beyond 2**15 and 2**31."""
    counts = pl.DataFrame(
        {"doc_id": ["a", "a", "b"], "feature": ["党", "的", "的"], "count": [2**15 + 1, 3 * 2**31, 2**33]}
    )
    dfm = dz.Dfm.from_counts(counts)
    assert dict(dfm.features.select("feature", "count").rows()) == {"党": 2**15 + 1, "的": 3 * 2**31 + 2**33}
    key = dz.keyness(dfm, target="a")
    assert key.filter(pl.col("feature") == "的")["count_reference"].item() == 2**33
    assert dfm.group(pl.lit("all")).n_tokens == 2**15 + 1 + 3 * 2**31 + 2**33


def test_case_10_user_words_with_punctuation_spaces_and_digits():
    """jieba #749 and others: such words never match."""
    words = ["1+7", "“三会一课”", "PM2.5", "New York", "一站式·服务"]
    segmenter = dz.Segmenter(user_dict=words)
    for word in words:
        assert word in segmenter.cut(f"推行{word}工作"), word


def test_case_11_type_token_ratio_from_tokens_and_from_dfm():
    """quanteda.textstats #55."""
    toks = dz.tokens(dz.demo.read(), remove_punctuation=True)
    from_tokens = dz.diversity(toks, ["ttr", "yule_k"])
    from_dfm = dz.diversity(toks.dfm(), ["ttr", "yule_k"])
    for name in ("ttr", "yule_k"):
        assert from_tokens[name].to_list() == from_dfm[name].to_list()


def test_case_12_words_of_one_side_only_are_compared():
    """conc: a left join loses the words of the reference."""
    dfm = dz.tokens({"a": "渔港渔民", "b": "平台数据"}).dfm()
    key = dz.keyness(dfm, target="a")
    assert set(key["feature"]) == set(dfm.features["feature"])
    assert (
        key.filter(pl.col("count_target") == 0).height and key.filter(pl.col("count_reference") == 0).height
    )


def test_case_13_empty_one_token_and_all_stop_word_documents():
    """textreuse #84, cntext: a crash."""
    docs = pl.DataFrame(
        {"doc_id": ["none", "one", "stop", "full"], "text": ["", "党建", "的的了", "党建引领工作，的。"]}
    )
    toks = dz.tokens(docs, remove=["的", "了"], padding=True)
    dfm = toks.dfm()
    assert dfm.documents["n_tokens"].to_list()[:3] == [0, 1, 0]
    for frame in (
        dz.tfidf(dfm),
        dz.keyness(dfm, by="doc_id"),
        dz.similarity(dfm),
        dz.similarity(dfm, method="jaccard"),
        dz.diversity(toks, ["ttr", "mtld", "entropy"]),
        dz.dispersion(dfm),
        dz.collocations(toks, min_count=1),
        dz.claims(docs),
        dz.slogans(docs),
        dz.text_reuse(docs),
    ):
        floats = frame.select(pl.col(pl.Float64))
        assert (
            not floats.select(pl.any_horizontal(pl.all().is_nan().any())).item()
            if floats.width and frame.height
            else True
        )
    with pytest.warns(dz.DuizhaoWarning):
        near = dz.near_duplicates(docs)
    assert "none" not in {*near["doc_id_1"], *near["doc_id_2"]}


def test_case_14_india_is_not_in_indonesia():
    """quanteda #2476."""
    countries = dz.Dictionary({"印度": ["印度"], "印度尼西亚": ["印度尼西亚"]})
    docs = pl.DataFrame({"doc_id": ["a"], "text": ["印度尼西亚与印度签约。"]})
    hits = dz.lookup(docs, countries)
    assert hits.select("surface", "char_start").rows() == [("印度尼西亚", 0), ("印度", 6)]
    # Whatever a segmenter makes of it, look-up reads the text.
    split = dz.Segmenter(suppress=["印度尼西亚"])
    assert "印度尼西亚" not in split.cut(docs["text"].item())


def test_case_15_runs_with_declared_dependencies_only():
    """cntext, scattertext #118: imports of what nobody declared."""
    allowed = {"duizhao"}
    wanted = {"polars", "numpy", "jinja2", "networkx", "tqdm"}
    while wanted:
        name = wanted.pop()
        if name in allowed:
            continue
        allowed.add(name)
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        wanted |= {re.split(r"[^\w-]", r)[0].lower() for r in requires if "extra ==" not in r}
    modules = {name.replace("-", "_") for name in allowed} | {
        "_polars_runtime_32",
        "polars_runtime_32",
        "markupsafe",
    }
    code = f"""
import sys
allowed = {sorted(modules)!r}
from importlib.machinery import PathFinder
class Declared(PathFinder):
    # Sees nothing but the standard library and what is declared, as in an environment of its own.
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top.startswith("_") or top in allowed:
            return super().find_spec(name, path, target)
        return None
sys.meta_path[:] = [Declared if finder is PathFinder else finder for finder in sys.meta_path]
import duizhao as dz
docs = dz.clean(dz.demo.read(), script="simplified")
toks = dz.tokens(docs, remove=dz.stop_words("zh"), remove_punctuation=True, padding=True)
import tempfile
folder = tempfile.TemporaryDirectory()
page = dz.report(docs, by="county", path=folder.name + "/page.html")
print(dz.keyness(toks.dfm(), by="county").height > 0, page.read_text("utf-8").startswith("<!DOCTYPE"))
"""
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert out.stdout.split() == ["True", "True"], out.stderr


def test_case_16_no_upper_bound_on_polars():
    """conc could not be installed beside a current polars."""
    needs = [r for r in metadata.requires("duizhao") or [] if r.startswith("polars")]
    assert len(needs) == 1 and "<" not in needs[0] and "==" not in needs[0].replace("!==", "")
    least = re.search(r">=\s*([\d.]+)", needs[0])
    assert least
    installed = tuple(int(n) for n in pl.__version__.split(".")[:2])
    assert installed >= tuple(int(n) for n in least[1].split("."))


def test_case_17_order_of_documents_and_features_does_not_matter():
    """quanteda dropped distances that failed this."""
    docs = dz.demo.read()
    shuffled = docs.sample(fraction=1.0, shuffle=True, seed=5)
    one, two = (dz.tokens(d, remove_punctuation=True).dfm() for d in (docs, shuffled))
    assert dz.keyness(one, by="county").equals(dz.keyness(two, by="county"))
    for method in ("cosine", "jaccard"):
        a, b = ({frozenset(r[:2]): r[2] for r in dz.similarity(x, method=method).rows()} for x in (one, two))
        assert a == b
    first, second = (dz.diversity(x, ["yule_k", "entropy"]).sort("doc_id") for x in (one, two))
    assert first.equals(second)
    reversed_counts = one.to_frame().reverse()
    assert (
        dz.Dfm.from_counts(reversed_counts, documents=one.documents.select("doc_id"))
        .to_frame()
        .equals(one.to_frame())
    )
