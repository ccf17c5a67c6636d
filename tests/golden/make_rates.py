"""Writes garwood.csv, equal_rates.csv and rate_ratios.csv with scipy.

Not run by the tests. Needs scipy. Read by ``tests/python/stats/test_rates.py``; ``src/stats/poisson.rs`` has rows of the first two.
"""

from pathlib import Path

import scipy
from scipy.stats import binomtest, chi2

HERE = Path(__file__).parent
SOURCE = f"scipy {scipy.__version__}"

with (HERE / "garwood.csv").open("w", encoding="utf-8") as out:
    out.write("count,level,low,high,source\n")
    for k in (0, 1, 2, 5, 10, 37, 100, 1000, 123456):
        for level in (0.9, 0.95, 0.99):
            tail = (1 - level) / 2
            low = chi2.ppf(tail, 2 * k) / 2 if k else 0.0
            out.write(
                f"{k},{level},{low!r},{chi2.isf(tail, 2 * k + 2) / 2!r},{SOURCE} chi2\n".replace(
                    "np.float64(", ""
                ).replace(")", "")
            )

with (HERE / "equal_rates.csv").open("w", encoding="utf-8") as out:
    out.write("count_1,count_2,exposure_1,exposure_2,p,source\n")
    for a, b, e, f in (
        (1, 0, 1, 1),
        (10, 3, 1000, 1500),
        (50, 60, 900, 1100),
        (0, 8, 100, 300),
        (200, 120, 5e4, 6e4),
        (5, 5, 1, 1),
    ):
        p = binomtest(a, a + b, e / (e + f)).pvalue
        out.write(f"{a},{b},{e},{f},{float(p)!r},{SOURCE} binomtest\n")

with (HERE / "rate_ratios.csv").open("w", encoding="utf-8") as out:
    out.write("count_1,count_2,exposure_1,exposure_2,level,ratio,low,high,source\n")
    for a, b, e, f in (
        (11, 21, 800, 3011),  # the example of R's poisson.test
        (1, 1, 50, 70),
        (10, 3, 1000, 1500),
        (0, 8, 100, 300),
        (7, 0, 100, 300),
        (200, 120, 50000, 60000),
        (3000, 2500, 400000, 410000),
    ):
        for level in (0.9, 0.95, 0.99):
            ci = binomtest(a, a + b).proportion_ci(level, method="exact")
            odds = [x / (1 - x) if x < 1 else float("inf") for x in (float(ci.low), float(ci.high))]
            low, high = (x * f / e for x in odds)
            ratio = (a / e) / (b / f) if b else float("inf")
            out.write(
                f"{a},{b},{e},{f},{level},{ratio!r},{low!r},{high!r},{SOURCE} binomtest proportion_ci exact\n"
            )
