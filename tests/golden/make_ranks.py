"""Writes kendall.csv with scipy and trend_slopes.csv with a Newton fit in 50 digits (mpmath).

Not run by the tests. Needs ``pip install scipy mpmath``. Read by ``src/stats/rank.rs`` and ``src/stats/trend.rs``.
"""

from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
from scipy.stats import kendalltau, norm

HERE = Path(__file__).parent
rng = np.random.default_rng(1945)

with (HERE / "kendall.csv").open("w", encoding="utf-8") as out:
    out.write("x,y,tau,source\n")
    for n, kinds in ((2, 5), (5, 3), (12, 4), (12, 100), (40, 6), (40, 1000)):
        x, y = rng.integers(0, kinds, n), rng.integers(0, kinds, n)
        tau = float(kendalltau(x, y).statistic)
        if np.isfinite(tau):
            cells = (" ".join(map(str, v)) for v in (x, y))
            out.write(f"{','.join(cells)},{tau!r},scipy {scipy.__version__} kendalltau\n")

# Poisson regression, the sandwich of White (1980) with N/(N − 2) (HC1), and Wald's interval, written out from the formulas.
mp.mp.dps = 50
with (HERE / "trend_slopes.csv").open("w", encoding="utf-8") as out:
    out.write("time,count,tokens,level,slope,se_robust,low,high,source\n")
    for n, level in ((4, 0.95), (9, 0.95), (25, 0.99)):
        t = [int(v) for v in rng.integers(2000, 2012, n)]
        size = [int(v) for v in rng.integers(500, 2000, n)]
        y = [int(v) for v in rng.poisson(np.array(size) * 0.02 * np.exp(0.1 * (np.array(t) - 2006)))]
        x = mp.matrix([[1, v - 2006] for v in t])
        b = mp.matrix([mp.log(mp.mpf(sum(y)) / sum(size)), 0])
        for _ in range(60):
            mean = [size[i] * mp.exp(b[0] + b[1] * x[i, 1]) for i in range(n)]
            bread = mp.matrix(2, 2)
            meat = mp.matrix(2, 2)
            score = mp.matrix(2, 1)
            for i in range(n):
                row = mp.matrix([x[i, 0], x[i, 1]])
                bread += mean[i] * row * row.T
                meat += (y[i] - mean[i]) ** 2 * row * row.T
                score += (y[i] - mean[i]) * row
            b = b + bread**-1 * score
        variance = (bread**-1 * meat * bread**-1) * mp.mpf(n) / (n - 2)
        se = mp.sqrt(variance[1, 1])
        z = mp.sqrt(2) * mp.erfinv(mp.mpf(str(level)))
        assert abs(z - norm.ppf((1 + level) / 2)) < 1e-12
        cells = (" ".join(map(str, v)) for v in (t, y, size))
        numbers = (mp.nstr(v, 17) for v in (b[1], se, b[1] - z * se, b[1] + z * se))
        out.write(f"{','.join(cells)},{level},{','.join(numbers)},mpmath {mp.__version__} 50 digits\n")
