"""Writes dispersion.csv: figures of papers, and of numpy and scipy, for the measures of dispersion.

Not run by the tests. Needs scipy. Read by ``tests/python/stats/test_dispersion.py`` and ``tests/rust/dispersion.rs``. ``counts`` are those of the feature in the parts, ``sizes`` the tokens of the parts;
``tokens`` is a text whose word "a" is measured, for the measures by distances. The tolerance is absolute; a rounded
figure carries half of its last digit.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import scipy
from scipy.special import digamma
from scipy.stats import chisquare, entropy, variation

HERE = Path(__file__).parent
FIELDS = ("measure", "counts", "sizes", "tokens", "expected", "tolerance", "source")
WORDLESS = "BLKSerene/Wordless tests/tests_measures"
#: Gries 2008, the corpus of 50 letters in five parts of ten on pp. 406-410.
LETTERS = (
    "b a m n i b e u p k b a s a t b e w q n b c a g a b e s t a b a g h a b e a a t b a h a a b e a x a"
)
EQUAL = 1000

rows: list[tuple[object, ...]] = []


def published(measure: str, counts: list[int], expected: float, digits: int, source: str) -> None:
    sizes = [EQUAL] * len(counts)
    rows.append((measure, *text(counts, sizes), "", expected, 0.5 * 10**-digits * 1.0001, source))


def text(counts: list[int], sizes: list[int]) -> tuple[str, str]:
    return " ".join(map(str, counts)), " ".join(map(str, sizes))


def computed(measure: str, counts: list[int], sizes: list[int], expected: float, source: str) -> None:
    tolerance = 1e-11 * max(1.0, abs(expected))
    rows.append((measure, *text(counts, sizes), "", float(expected), tolerance, f"{source} (scipy {scipy.__version__}, numpy {np.__version__})"))  # fmt: skip


gries = f"Gries 2008 pp. 406-410, after {WORDLESS}"
carroll = f"Carroll 1970 pp. 13-14, after {WORDLESS}"
engwall = f"Engwall 1974 p. 122, after {WORDLESS}"
published("rosengren_s", [1, 2, 3, 4, 5], 0.937, 3, gries)
published("lyne_d3", [1, 2, 3, 4, 5], 0.944, 3, gries)
published("zhang_dc", [1, 2, 3, 4, 5], 0.937, 3, gries)
published("carroll_um", [1, 2, 3, 4, 5], 14.108, 3, gries)
published("rosengren_kf", [1, 2, 3, 4, 5], 14.053, 3, gries)
published("engwall_fm", [1, 2, 3, 4, 5], 15, 9, gries)
published("kromer_ur", [2, 1, 1, 1, 0], 4.5, 9, gries)
published("carroll_d2", [2, 1, 1, 1, 0], 0.8277, 4, carroll)
published("carroll_um", [2, 1, 1, 1, 0], 4.31, 2, carroll)
published("juilland_d", [0, 4, 3, 2, 1], 0.6464, 4, carroll)
published("juilland_u", [0, 4, 3, 2, 1], 6.46, 2, carroll)
published("carroll_um", [4, 2, 1, 1, 0], 6.424, 3, engwall)
published("juilland_u", [4, 2, 1, 1, 0], 4.609, 3, engwall)
published("rosengren_kf", [4, 2, 1, 1, 0], 5.863, 3, engwall)
published("engwall_fm", [4, 2, 1, 1, 0], 6.4, 1, engwall)
published("rosengren_kf", [2, 2, 2, 2, 1], 8.86, 2, f"Rosengren 1971 p. 117, after {WORDLESS}")
published("juilland_u", [2, 2, 2, 2, 2], 10, 9, f"Rosengren 1971 p. 115, after {WORDLESS}")
published("gries_dp", [3, 3, 3], 0, 9, f"Gries 2008 p. 416, after {WORDLESS}")
published("gries_dp_norm", [2, 1, 0], 0.5, 9, f"Lijffijt & Gries 2012 p. 148, after {WORDLESS}")
for measure, expected, digits in [("arf", 10.8, 1), ("awt", 3.18, 9), ("ald", 0.628, 3), ("f_awt", 9.328, 3), ("f_ald", 11.764, 3)]:  # fmt: skip
    rows.append((measure, "", "", LETTERS, expected, 0.5 * 10**-digits * 1.0001, gries))

for counts, sizes in [
    ([1, 2, 3, 4, 5], [100, 100, 100, 100, 100]),
    ([0, 7, 1, 0, 30, 2], [1200, 350, 80, 4000, 911, 15]),
    ([5, 0], [10, 90]),
    ([12000, 15000, 1], [1_000_000, 1_200_000, 300_000]),
]:
    v, size = np.array(counts, float), np.array(sizes, float)
    s, p, f, n = size / size.sum(), v / size, v.sum(), len(v)
    computed("relative_range", counts, sizes, np.count_nonzero(v) / n, "numpy.count_nonzero(v) / n")
    computed("idf", counts, sizes, np.log2(n / np.count_nonzero(v)), "numpy.log2(n / numpy.count_nonzero(v))")
    computed("variation_coefficient", counts, sizes, variation(p), "scipy.stats.variation(p)")
    computed("juilland_d", counts, sizes, 1 - variation(p) / np.sqrt(n - 1), "1 - scipy.stats.variation(p) / sqrt(n-1)")  # fmt: skip
    computed("carroll_d2", counts, sizes, entropy(p, base=2) / np.log2(n), "scipy.stats.entropy(p, base=2) / log2(n)")  # fmt: skip
    computed("rosengren_s", counts, sizes, np.sqrt(v * s).sum() ** 2 / f, "numpy.sqrt(v*s).sum()**2 / f")
    computed("lyne_d3", counts, sizes, 1 - chisquare(v, s * f).statistic / (4 * f), "1 - scipy.stats.chisquare(v, s*f) / (4*f)")  # fmt: skip
    computed("zhang_dc", counts, sizes, np.sqrt(p).mean() ** 2 / p.mean(), "numpy.sqrt(p).mean()**2 / p.mean()")  # fmt: skip
    dp = np.abs(v / f - s).sum() / 2
    computed("gries_dp", counts, sizes, dp, "numpy.abs(v/f - s).sum() / 2")
    computed("gries_dp_norm", counts, sizes, dp / (1 - s.min()), "numpy.abs(v/f - s).sum() / 2 / (1 - s.min())")  # fmt: skip
    computed("kl_divergence", counts, sizes, entropy(v / f, s, base=2), "scipy.stats.entropy(v/f, s, base=2)")
    computed("kromer_ur", counts, sizes, (digamma(v + 1) - digamma(1)).sum(), "scipy.special.digamma(v+1) - digamma(1), summed")  # fmt: skip

with (HERE / "dispersion.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(rows)
