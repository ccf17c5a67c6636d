"""Writes keyness.csv and association.csv: figures of other programs and of papers for the measures on the 2×2 table.

Not run by the tests. Needs what the tests do not: ``pip install scipy mpmath nltk association-measures statsmodels``.
Read by ``tests/python/house/test_registry.py`` and ``tests/rust/measures.rs``.
Each row says where its figure comes from. The tolerance is absolute; a rounded figure carries half of its last digit.
"""

from __future__ import annotations

import csv
from importlib.metadata import version
from math import log, log2
from pathlib import Path

import numpy as np
import pandas as pd
from association_measures import measures as am
from mpmath import erfc, exp, loggamma, mp, mpf, sqrt
from mpmath import log as mlog
from nltk.metrics import BigramAssocMeasures as Nltk
from scipy.stats import chi2_contingency, fisher_exact, power_divergence
from statsmodels.stats.contingency_tables import Table2x2

mp.dps = 50
HERE = Path(__file__).parent
EXACT = 1e-12
FIELDS = ("measure", "quantity", "o11", "o12", "o21", "o22", "expected", "tolerance", "source")
#: Small and large, leaning both ways, with zeros and with exact independence.
TABLES = [
    (110, 2442, 111, 29114),
    (8, 15820, 4667, 14287173),
    (300, 700, 100, 900),
    (15, 19985, 5, 79995),
    (0, 1000, 7, 5000),
    (7, 993, 0, 5000),
    (20, 40, 30, 60),
    (123456789, 9876543210, 1000, 5000000000),
    (1000003, 999000000, 1000000, 999000000),
]
Row = tuple[str, str, tuple[int, int, int, int], float, float, str]


def exact(k: tuple[int, int, int, int], cells: tuple[int, ...] = (0, 1, 2, 3)) -> tuple[object, object]:
    """Signed G² and its ln p with 50 digits, by the textbook formula."""
    a, b, c, d = map(mpf, k)
    n = a + b + c + d
    e = [(a + b) * (a + c) / n, (a + b) * (b + d) / n, (c + d) * (a + c) / n, (c + d) * (b + d) / n]
    g = 2 * sum((mpf(k[i]) * mlog(mpf(k[i]) / e[i]) if k[i] else mpf(0)) for i in cells)
    return (g if a > e[0] else -g), mlog(erfc(sqrt(abs(g) / 2)))


def fisher(k: tuple[int, int, int, int]) -> object:
    """ln p of Fisher's two-sided test with 50 digits, summed from log-gamma; ties within 1e-7 count, as in R."""
    a, b, c, d = k
    r, s, col = a + b, c + d, a + c

    def choose(n: int, i: int) -> object:
        return loggamma(n + 1) - loggamma(i + 1) - loggamma(n - i + 1)

    def log_p(i: int) -> object:
        return choose(r, i) + choose(s, col - i) - choose(r + s, col)

    low, high = max(0, col - s), min(r, col)
    limit = log_p(a) + mpf("1e-7")
    mode = min(max((r + 1) * (col + 1) // (r + s + 2), low), high)
    if log_p(mode) <= limit:
        return mpf(0)

    def edge(end: int) -> int | None:
        """The value nearest to the mode, towards ``end``, that is not more probable than the observed one."""
        inner = mode
        if log_p(end) > limit:
            return None
        while abs(end - inner) > 1:
            middle = (end + inner) // 2
            inner, end = (inner, middle) if log_p(middle) <= limit else (middle, end)
        return end

    total = mpf(0)
    for start, step in ((edge(low), -1), (edge(high), 1)):
        if start is None:
            continue
        i, term = start, exp(log_p(start))
        while low <= i <= high and term > total * mpf("1e-25"):
            total += term
            if step > 0:
                term *= mpf(r - i) * (col - i) / (mpf(i + 1) * (s - col + i + 1))
            else:
                term *= mpf(i) * (s - col + i) / (mpf(r - i + 1) * (col - i + 1))
            i += step
    return mlog(total)


def keyness() -> list[Row]:
    rows: list[Row] = []

    def add(
        measure: str,
        quantity: str,
        k: tuple[int, int, int, int],
        expected: float,
        tolerance: float,
        source: str,
    ) -> None:
        """A figure that a program gives: the tolerance is relative above 1."""
        rows.append((measure, quantity, k, expected, tolerance * max(1.0, abs(float(expected))), source))

    def published(
        measure: str, k: tuple[int, int, int, int], expected: float, tolerance: float, source: str
    ) -> None:
        """A rounded figure of a paper."""
        rows.append((measure, "score", k, expected, tolerance, source))

    scipy_ = f"scipy {version('scipy')}"
    for k in TABLES:
        a, b, c, d = k
        table = np.array([[a, b], [c, d]], dtype=float)
        frame = pd.DataFrame([{"O11": float(a), "O12": float(b), "O21": float(c), "O22": float(d)}])
        frame["R1"], frame["R2"] = float(a + b), float(c + d)
        sign = np.sign(a * d - b * c)
        g, log_p = exact(k)
        fifty = f"mpmath {version('mpmath')}, 50 digits, "
        add("log_likelihood", "score", k, g, EXACT, fifty + "2*sum(O*log(O/E))")
        add("log_likelihood", "log_p", k, log_p, EXACT, fifty + "log(erfc(sqrt(G2/2)))")
        if max(k) < 10**6:  # scipy's own rounding shows beyond
            got = chi2_contingency(table, correction=False, lambda_="log-likelihood")
            add(
                "log_likelihood",
                "score",
                k,
                sign * got[0],
                1e-9,
                f"{scipy_} chi2_contingency(correction=False, lambda_='log-likelihood')",
            )
        e1, e2 = (a + b) * (a + c) / (a + b + c + d), (c + d) * (a + c) / (a + b + c + d)
        two = (
            power_divergence([a, c], [e1, e2], lambda_="log-likelihood")[0]
            if max(k) < 10**6
            else exact(k, (0, 2))[0]
        )
        add(
            "log_likelihood_2cell",
            "score",
            k,
            sign * abs(two),
            1e-9,
            f"{scipy_} power_divergence of the cells O11 and O21, lambda_='log-likelihood'"
            if max(k) < 10**6
            else fifty + "the cells O11 and O21",
        )
        for name, yates in (("chi_squared", False), ("chi_squared_yates", True)):
            add(
                name,
                "score",
                k,
                sign * chi2_contingency(table, correction=yates)[0],
                1e-9,
                f"{scipy_} chi2_contingency(correction={yates})",
            )
        if max(k) < 10**6:
            yates = chi2_contingency(table, correction=True, lambda_="log-likelihood")[0]
            source = f"{scipy_} chi2_contingency(correction=True, lambda_='log-likelihood')"
            add("log_likelihood_yates", "score", k, sign * yates, 1e-9, source)
            p_fisher = fisher_exact([[a, b], [c, d]]).pvalue
            if p_fisher > 1e-300:
                # scipy's tie rule and ours differ by nothing here; its digits are those of its gamma function.
                add("fisher_exact", "log_p", k, log(p_fisher), 1e-8, f"{scipy_} ln fisher_exact(...).pvalue")
        log_fisher = fisher(k)
        add("fisher_exact", "log_p", k, log_fisher, 1e-9, fifty + "sum of hypergeometric terms")
        add("fisher_exact", "score", k, sign * -log_fisher / mlog(10), 1e-9, fifty + "the same, -log10")
        n, m = mpf(sum(k)), list(map(mpf, k))
        q = 1 + (n / (m[0] + m[1]) + n / (m[2] + m[3]) - 1) * (n / (m[0] + m[2]) + n / (m[1] + m[3]) - 1) / (
            6 * n
        )
        add("log_likelihood_williams", "score", k, g / q, EXACT, fifty + "G2/q after Williams 1976")
        add("bic", "score", k, abs(g) - mlog(n), EXACT, fifty + "|G2| - ln(N)")
        if c:
            add(
                "relative_risk",
                "score",
                k,
                Table2x2(table, shift_zeros=False).riskratio,
                EXACT,
                f"statsmodels {version('statsmodels')} Table2x2(table).riskratio",
            )
            add(
                "odds_ratio",
                "score",
                k,
                Table2x2(table, shift_zeros=False).oddsratio,
                EXACT,
                f"statsmodels {version('statsmodels')} Table2x2(table).oddsratio",
            )
        # scipy's beta.ppf, which it calls, and our expansion for large counts both have about nine digits.
        add(
            "conservative_log_ratio",
            "score",
            k,
            am.conservative_log_ratio(frame, alpha=0.05, correct=None)[0],
            1e-8,
            f"association-measures {version('association-measures')} conservative_log_ratio(alpha=.05, correct=None)",
        )
        add(
            "conservative_log_ratio_normal",
            "score",
            k,
            am.conservative_log_ratio(frame, alpha=0.05, correct=None, boundary="normal")[0],
            1e-10,
            f"association-measures {version('association-measures')} "
            "conservative_log_ratio(alpha=.05, correct=None, boundary='normal')",
        )
        # association-measures has corpora in rows, as here
        source = f"association-measures {version('association-measures')} "
        add(
            "log_ratio",
            "score",
            k,
            am.log_ratio(frame, disc=0.5)[0],
            EXACT,
            source + "log_ratio(disc=.5, discounting='Walter1975')",
        )
        add(
            "log_ratio_hardie",
            "score",
            k,
            am.log_ratio(frame, disc=0.5, discounting="Hardie2014")[0],
            EXACT,
            source + "log_ratio(disc=.5, discounting='Hardie2014')",
        )
        odds = Table2x2(table + 0.5, shift_zeros=False).log_oddsratio
        add(
            "log_odds_ratio",
            "score",
            k,
            odds,
            EXACT,
            f"statsmodels {version('statsmodels')} Table2x2(table + 0.5).log_oddsratio",
        )
    nltk_file = "nltk/nltk@f2a92bd7 nltk/test/collocations.doctest"
    wordless = "BLKSerene/Wordless@c03b2f4b tests/tests_measures"
    published("log_likelihood", (110, 2442, 111, 29114), 270.72, 0.005, f"Dunning 1993, after {nltk_file}")
    published("log_likelihood", (8, 5, 24, 31740), 95.29, 0.005, f"Dunning 1993, after {nltk_file}")
    published(
        "log_likelihood",
        (7, 993, 2, 998),
        2.95449418451,
        5e-12,
        "corpora (CRAN) keyness.Rd, example 7 of 1000 against 2 of 1000",
    )
    published(
        "log_ratio",
        (7, 993, 2, 998),
        1.58496250072,
        5e-12,
        "corpora (CRAN) keyness.Rd, example 7 of 1000 against 2 of 1000",
    )
    published("chi_squared", (3, 0, 0, 31774), 31777, 0.5, f"Dunning 1993 p. 73, after {wordless}")
    published(
        "chi_squared",
        (8, 15820, 4667, 14287173),
        1.55,
        0.005,
        f"Manning & Schütze 1999 5.3.3, after {nltk_file}",
    )
    quanteda = "quanteda.textstats 0.97.2 textstat_keyness, target 004 of five documents, "
    for k, chi2, lr, pmi, williams in (
        ((3, 2288, 1, 4415), 1.42946011549406, 2.78391783125876, 0.786481281649905, 2.43435118139136),
        ((55, 2236, 100, 4316), 0.123955842257337, 0.123238336243086, 0.0380714229221103, 0.122783085342305),
        ((29, 2262, 83, 4333), -3.45995667181746, -3.62047593510541, -0.27703968634316, -3.60199792588311),
    ):
        published("chi_squared_quanteda", k, chi2, 1e-12, quanteda + "chi2")
        published("log_likelihood_quanteda", k, lr, 1e-10, quanteda + "lr, correction none")
        published("pmi_quanteda", k, pmi, 1e-13, quanteda + "pmi")
        published(
            "log_likelihood_williams",
            k,
            williams,
            2e-5,
            quanteda + "lr, williams; it adds 1e-9 in logarithms",
        )
    published(
        "odds_ratio",
        (16217, 2796938 - 16217, 735, 2087946 - 735),
        16.6,
        0.05,
        f"Pojanapunya & Todd 2016 p. 154, after {wordless}",
    )
    published(
        "simple_maths",
        (35, 112289776, 263, 1559716979),
        1.1224,
        0.00005,
        f"Kilgarriff 2009, after {wordless}",
    )
    corpora = "corpora (CRAN) keyness(), 7 of 1000 against 2 of 1000, "
    published("simple_maths", (7, 993, 2, 998), 3.49875062469, 5e-12, corpora + "SimpleMaths")
    published("conservative_log_ratio", (7, 993, 2, 998), 0, EXACT, corpora + "LRC")
    published(
        "chi_squared", (59, 8, 6, 570934), 456400, 50, f"Manning & Schütze 1999 5.3.3, after {nltk_file}"
    )
    published(
        "percent_difference",
        (206523, 959641 - 206523, 178174, 1562358 - 178174),
        88.7,
        0.05,
        f"Gabrielatos & Marchi 2011 p. 18, after {wordless}",
    )
    published(
        "difference_coefficient",
        (18, 10**6 - 18, 35, 10**6 - 35),
        -0.32,
        0.005,
        f"Hofland & Johansson 1982 p. 471, after {wordless}",
    )
    published(
        "log_odds_ratio",
        (16217, 2796938 - 16217, 735, 2087946 - 735),
        log(16.6),
        0.05 / 16.6,
        f"ln of Pojanapunya & Todd 2016 p. 154 (16.6), after {wordless}",
    )
    published(
        "delta_p_forward",
        (5610, 168938, 2257, 10233063),
        0.032,
        0.0005,
        f"Gries 2013 p. 144, after {wordless}",
    )
    published(
        "delta_p_backward",
        (5610, 168938, 2257, 10233063),
        0.697,
        0.0005,
        f"Gries 2013 p. 144, after {wordless}",
    )
    return rows


def association() -> list[Row]:
    rows: list[Row] = []

    def add(
        measure: str,
        quantity: str,
        k: tuple[int, int, int, int],
        expected: float,
        tolerance: float,
        source: str,
    ) -> None:
        """A figure that a program gives: the tolerance is relative above 1."""
        rows.append((measure, quantity, k, expected, tolerance * max(1.0, abs(float(expected))), source))

    def published(
        measure: str, k: tuple[int, int, int, int], expected: float, tolerance: float, source: str
    ) -> None:
        """A rounded figure of a paper."""
        rows.append((measure, "score", k, expected, tolerance, source))

    nltk_ = f"NLTK {version('nltk')} BigramAssocMeasures."
    for k in TABLES:
        a, b, c, d = k
        if a == 0:
            continue
        n = a + b + c + d
        marginals = (a, (a + b, a + c), n)
        frame = pd.DataFrame([{"O11": float(a), "O12": float(b), "O21": float(c), "O22": float(d)}])
        frame["R1"], frame["C1"], frame["E11"] = float(a + b), float(a + c), (a + b) * (a + c) / n
        add("pmi", "score", k, Nltk.pmi(*marginals) * log(2), 1e-10, nltk_ + "pmi * ln(2)")
        add(
            "pmi2",
            "score",
            k,
            log(Nltk.mi_like(*marginals, power=2)) + log(n),
            1e-10,
            "ln(N * " + nltk_ + "mi_like(power=2))",
        )
        add(
            "pmi3",
            "score",
            k,
            log(Nltk.mi_like(*marginals, power=3)) + log(n),
            1e-10,
            "ln(N * " + nltk_ + "mi_like(power=3))",
        )
        add("npmi", "score", k, Nltk.pmi(*marginals) / -log2(a / n), 1e-10, nltk_ + "pmi / -log2(O11/N)")
        add(
            "t_score",
            "score",
            k,
            Nltk.student_t(*marginals),
            1e-9 * max(1.0, (n * 1e-9) ** 0.5),
            nltk_ + "student_t (adds 1e-20)",
        )
        add("dice", "score", k, Nltk.dice(*marginals), EXACT, nltk_ + "dice")
        add("log_dice", "score", k, 14 + log2(Nltk.dice(*marginals)), EXACT, "14 + log2(" + nltk_ + "dice)")
        add("jaccard", "score", k, Nltk.jaccard(*marginals), EXACT, nltk_ + "jaccard")
        loose = 1e-6 if n > 10**8 else 1e-9
        signed = 1 if a * d > b * c else -1
        pmi = Nltk.pmi(*marginals) * log(2)
        add("pmi_log_frequency", "score", k, pmi * log(a + 1), loose, nltk_ + "pmi * ln(2) * ln(O11+1)")
        ps = (Nltk.poisson_stirling(*marginals) / a + 1) * log(2)
        add(
            "poisson_stirling",
            "score",
            k,
            a * (ps - 1),
            loose,
            "O11 * ((" + nltk_ + "poisson_stirling / O11 + 1) * ln(2) - 1)",
        )
        add(
            "geometric_mean",
            "score",
            k,
            Nltk.mi_like(*marginals, power=2) ** 0.5,
            EXACT,
            "sqrt(" + nltk_ + "mi_like(power=2))",
        )
        phi = signed * Nltk.phi_sq(*marginals) ** 0.5 if a * d != b * c else 0.0
        add("phi", "score", k, phi, 1e-10, "signed sqrt(" + nltk_ + "phi_sq)")
        o, e = mpf(a), mpf(a + b) * (a + c) / n
        add(
            "z_score_yates",
            "score",
            k,
            float(signed * max(abs(o - e) - mpf(1) / 2, mpf(0)) / sqrt(e)),
            1e-10,
            f"mpmath {version('mpmath')}, 50 digits, (|O-E| - 1/2) / sqrt(E)",
        )
        add(
            "simple_log_likelihood",
            "score",
            k,
            float(signed * 2 * (o * mlog(o / e) - (o - e))) if a * d != b * c else 0.0,
            1e-10,
            f"mpmath {version('mpmath')}, 50 digits, 2*(O*log(O/E) - (O-E))",
        )
        source = f"association-measures {version('association-measures')} "
        add("z_score", "score", k, am.z_score(frame)[0], 1e-6 if n > 10**8 else 1e-10, source + "z_score")
        if n < 10**8 and a * d != b * c:
            # Its own rounding shows beyond.
            add(
                "simple_log_likelihood",
                "score",
                k,
                am.simple_ll(frame)[0],
                1e-8,
                source + "simple_ll",
            )
        add("min_sensitivity", "score", k, am.min_sensitivity(frame)[0], EXACT, source + "min_sensitivity")
        add(
            "local_mi",
            "score",
            k,
            am.local_mutual_information(frame)[0] * log(10),
            1e-6 if n > 10**8 else 1e-10,
            source + "local_mutual_information * ln(10)",
        )
    nltk_file = "nltk/nltk@f2a92bd7 nltk/test/collocations.doctest"
    wordless = "BLKSerene/Wordless@c03b2f4b tests/tests_measures"

    def sums(joint: int, node: int, collocate: int, n: int) -> tuple[int, int, int, int]:
        return (joint, node - joint, collocate - joint, n - node - collocate + joint)

    big = 14307668
    for joint, node, collocate, bits in (
        (20, 42, 20, 18.38),
        (20, 15019, 15629, 0.29),
        (20, 13484, 10570, 1.01),
        (1, 106, 6, 14.46),
    ):
        published(
            "pmi",
            sums(joint, node, collocate, big),
            bits * log(2),
            0.005 * log(2),
            f"Manning & Schütze 1999 5.4 ({bits} bits), after {nltk_file}",
        )
    published(
        "pmi",
        sums(8, 1105, 44, 15000000),
        11.3 * log(2),
        0.05 * log(2),
        f"Church & Hanks 1990 p. 24 (11.3 bits), after {wordless}",
    )
    published(
        "t_score",
        sums(8, 15828, 4675, big),
        0.999932,
        5e-7,
        f"Manning & Schütze 1999 pp. 164-165, after {nltk_file}",
    )
    published(
        "t_score", sums(20, 42, 20, big), 4.4721, 5e-5, f"Manning & Schütze 1999 5.3.2, after {nltk_file}"
    )
    for k, npmi in (((10, 0, 0, 90), 1), ((1, 9, 9, 81), 0), ((0, 10, 10, 80), -1)):
        published("npmi", k, npmi, EXACT, f"Bouma 2009 p. 36, after {wordless}")
    published(
        "dice",
        sums(130, 3121, 143, 10**6),
        0.08,
        0.005,
        f"Smadja et al. 1996 p. 13 (any N), after {wordless}",
    )
    published(
        "min_sensitivity",
        (17, 240, 1001, 1298742),
        0.016699,
        5e-7,
        f"Pedersen & Bruce 1996 p. 12, after {wordless}",
    )
    published(
        "log_dice", (10, 0, 0, 90), 14, EXACT, "Rychlý 2008: 14 where all occurrences of both are together"
    )
    return rows


def write(name: str, rows: list[Row]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(FIELDS)
        for measure, quantity, cells, expected, tolerance, source in rows:
            out.writerow([measure, quantity, *cells, repr(float(expected)), repr(float(tolerance)), source])


if __name__ == "__main__":
    write("keyness.csv", keyness())
    write("association.csv", association())
