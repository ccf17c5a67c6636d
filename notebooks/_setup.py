"""What the notebooks share: where the data lie, and how figures and tables look."""

from __future__ import annotations

import os
from pathlib import Path

import matplotlib.pyplot as plt
import polars as pl

#: The sample data, read in place.
shared = Path(os.environ.get("DUIZHAO_SHARED", "../../shared")) / "data"

plt.rcParams["font.sans-serif"] = ["Noto Sans CJK SC", "Noto Sans CJK JP", "SimHei", "DejaVu Sans"]
plt.rcParams["axes.unicode_minus"] = False
pl.Config.set_tbl_rows(40).set_tbl_cols(10).set_fmt_str_lengths(60).set_tbl_width_chars(
    160
).set_float_precision(3)
