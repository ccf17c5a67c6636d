"""The options of `duizhao keyness` for inference over documents."""

from __future__ import annotations

import polars as pl
import pytest

from duizhao.cli import main


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "docs.csv"
    pl.DataFrame(
        {
            "doc_id": list("abcdef"),
            "city": ["眉山", "眉山", "成都", "成都", "乐山", "乐山"],
            "text": ["加强党建工作", "党建引领工作", "发展经济工作", "经济发展", "旅游发展工作", "旅游工作"],
        }
    ).write_csv(path)
    return str(path)


def test_inference_and_pairs(table, tmp_path, capsys):
    out = tmp_path / "k.parquet"
    arguments = ["keyness", table, "--by", "city", "--design", "pairwise", "--permutations", "20", "--resamples", "20",
                 "--seed", "3", "--interval", "bca", "--level", "0.9", "-q", "-o", str(out)]  # fmt: skip
    assert main(arguments) == 0
    found = pl.read_parquet(out)
    assert found.select("target", "reference").n_unique() == 3
    assert {"log_ratio_permutation_p", "log_ratio_bootstrap_low", "log_likelihood_bootstrap_high"} <= set(
        found.columns
    )
    assert (
        main(
            [
                "keyness",
                table,
                "--by",
                "city",
                "--target",
                "眉山",
                "--permutations",
                "5",
                "-q",
                "-o",
                str(out),
            ]
        )
        == 0
    )
    assert pl.read_parquet(out)["target"].unique().to_list() == ["眉山"]


def test_bad_options_are_named(table, capsys):
    assert main(["keyness", table, "--by", "city", "--level", "2", "--resamples", "5", "-q"]) == 1
    assert "`level`" in capsys.readouterr().err
    assert main(["keyness", table, "--by", "city", "--blocks", "year", "--resamples", "5", "-q"]) == 1
    assert "year" in capsys.readouterr().err
    arguments = ["keyness", table, "--by", "city", "--target", "眉山", "--design", "pairwise", "-q"]
    assert main(arguments) == 1 and "`design`" in capsys.readouterr().err
