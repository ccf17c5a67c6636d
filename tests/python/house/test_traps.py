"""What used to give a wrong result in silence says a word."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

import polars as pl
import pytest

import duizhao as dz

DOCS = pl.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": ["打通服务群众最后一公里。", "党建引领基层治理，服务群众。", "党建工作，委员履职。"],
        "county": ["云岫县", "云岫县", "澜浦县"],
    }
)
TOKENS = dz.tokens(DOCS)


@pytest.mark.parametrize("given", ["zh", "stop_words.txt", "lists/words.csv", Path("words.txt")])
def test_names_of_lists_and_files_are_no_words_to_remove(given):
    with pytest.raises((dz.ParameterError, dz.DataTypeError), match="`remove` must be"):
        dz.tokens(DOCS, remove=given)
    # One word is a word.
    assert "服务" not in dz.tokens(DOCS, remove="服务").types


@pytest.mark.parametrize("given", ["reports/a.txt", "报告.docx", Path("reports/a.txt")])
def test_names_of_files_are_no_texts(given):
    with pytest.raises((dz.DataError, dz.DataTypeError), match="read_texts"):
        dz.tokens(given)


def test_a_folder_that_exists_is_no_text(tmp_path):
    with pytest.raises(dz.DataError, match="read_texts"):
        dz.tokens(str(tmp_path))
    assert dz.tokens("党委/政府").n_tokens == 3


@pytest.mark.parametrize("how", ["select", "compound", "kwic", "dfm", "fcm"])
def test_patterns_that_match_nothing(how):
    calls = {
        "select": lambda: TOKENS.select(["服务", "最后一公里"]),
        "compound": lambda: TOKENS.compound(["服务 群众", "最后一公里"]),
        "kwic": lambda: dz.kwic(TOKENS, ["服务", "最后一公里"], across=False),
        "dfm": lambda: TOKENS.dfm().select(["服务", "最后一公里"]),
        "fcm": lambda: TOKENS.fcm().select(["服务", "最后一公里"]),
    }
    said = "1 of 2 patterns match no token: '最后一公里'; the tokens have it in parts: '最后 一 公里'"
    with pytest.warns(dz.DuizhaoWarning) as caught:
        calls[how]()
    assert [str(w.message) for w in caught] == [said]
    # The warning points to the line of the user.
    assert caught[0].filename == __file__


def test_words_that_are_there_but_not_in_this_order():
    with pytest.warns(dz.DuizhaoWarning, match="'群众 服务'"):
        TOKENS.compound(["群众 服务"])


def test_removing_what_is_not_there_is_no_mistake():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        TOKENS.remove(["不存在"])
        TOKENS.dfm().remove(["不存在"])
        dz.tokens(DOCS, remove=dz.stop_words("zh"))
        dz.tokens([]).select("党建")


def test_entries_with_blanks_and_separators():
    with pytest.warns(dz.DuizhaoWarning, match="2 entries of the dictionary lose blanks") as caught:
        found = dz.Dictionary({"机关": ["党委 ", "政协，", "人大"]})
    assert found.to_frame()["entry"].to_list() == ["党委", "政协", "人大"] and len(caught) == 1
    with pytest.warns(dz.DuizhaoWarning, match="1 entries of the dictionary hold a separator.*'党委,政协'"):
        dz.Dictionary({"机关": ["党委,政协"]})
    with pytest.warns(dz.DuizhaoWarning, match="lose blanks"):
        dz.Dictionary(pl.DataFrame({"category": ["机关"], "entry": ["党委\u3000"]}))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dz.Dictionary({"口号": ["不忘初心，牢记使命", "忠诚、干净、担当"], "其他": ["1,000", "New York"]})


def test_entries_that_the_tokens_have_in_parts():
    words = dz.Dictionary({"服务": ["最后一公里", "群众"], "无": ["不存在的词"]})
    with pytest.warns(dz.DuizhaoWarning, match=r"1 entries .* in parts: '最后一公里' \(最后 一 公里\)"):
        TOKENS.lookup(words)


def test_a_value_where_documents_are_asked_for():
    dfm = TOKENS.dfm()
    with pytest.raises(dz.ParameterError, match=r"write pl\.col\('county'\) == '云岫县'"):
        dz.keyness(dfm, target="云岫县")
    with pytest.raises(dz.ParameterError, match=r"got 'nobody'$"):
        dz.keyness(dfm, target="nobody")


def test_a_node_that_is_no_feature():
    fcm = TOKENS.fcm()
    with pytest.raises(dz.ParameterError, match="in parts: '最后 一 公里'"):
        dz.associations(fcm, "最后一公里")
    with pytest.raises(dz.ParameterError, match="did you mean '党建'"):
        dz.associations(fcm, "党建建")


def test_words_against_other_units():
    variants = {"words": dz.Segmenter(), "pairs": lambda docs: dz.tokens(docs).ngrams(2)}
    with pytest.warns(dz.DuizhaoWarning, match="shares fewer than 5%"):
        dz.sensitivity(DOCS, variants, by="county")


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        (lambda: dz.keyness(TOKENS.dfm(), by="county", measures="log_likelyhood"), "log_likelihood"),
        (lambda: dz.keyness(TOKENS.dfm(), by="conty"), "county"),
        (lambda: dz.similarity(TOKENS.dfm(), method="cosin"), "cosine"),
        (lambda: dz.claims(DOCS, text="txt"), "text"),
    ],
)
def test_near_words_are_suggested(call, meant):
    with pytest.raises(dz.DuizhaoError, match=f"did you mean {meant!r}"):
        call()


def test_warnings_have_one_home_and_point_to_the_users_line(tmp_path):
    package = Path(dz.__file__).parent
    for path in package.rglob("*.py"):
        if path.relative_to(package) == Path("_base/checks.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(called, ast.Attribute) and called.attr == "warn"), f"{path}:{node.lineno}"
    (tmp_path / "a.txt").write_text("党建引领。", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    table = pl.DataFrame({"doc_id": ["a", "c"], "year": [1, 2]})
    calls = [
        lambda: dz.near_duplicates(["。", "党建引领"]),
        lambda: dz.text_reuse(
            ["党建引领基层治理服务群众工作", "党建引领基层治理服务群众工作"] * 2, max_doc_freq=2
        ),
        lambda: dz.reuse_pairs(["党建引领基层治理服务群众工作"] * 4, max_doc_freq=2),
        lambda: dz.read_texts(tmp_path / "a.txt", metadata=table),
        lambda: dz.read_texts([tmp_path / "a.txt", tmp_path / "b.txt"], on_error="warn"),
    ]
    for call in calls:
        with pytest.warns(dz.DuizhaoWarning) as caught:
            call()
        assert {one.filename for one in caught} == {__file__}


def test_a_long_text_is_no_path():
    """Longer than any name of a file may be, in characters or in bytes: the system must not be asked, or its refusal not shown."""
    for text in ("居民" * 120, "群众/" * 60, "党" * 5_000, ""):
        assert dz.tokens({"a": text}).n_tokens >= 0 and dz.tokens(text).n_tokens >= 0
