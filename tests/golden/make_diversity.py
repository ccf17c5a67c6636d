"""Writes diversity.csv: figures of other programs and of papers for the measures of lexical diversity.

Not run by the tests. Needs ``pip install scipy lexicalrichness lexical-diversity``. Read by ``tests/python/stats/test_diversity.py``. ``text`` is a name in
``diversity_texts.json``, which has tokens separated by spaces (``x*3`` is three of them); ``options`` are arguments of ``dz.diversity``. The tolerance is absolute; a rounded figure carries half of its last digit.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import numpy as np
from lexical_diversity import lex_div
from lexicalrichness import LexicalRichness
from scipy.stats import entropy

HERE = Path(__file__).parent
FIELDS = ("measure", "text", "options", "expected", "tolerance", "source")
WORDLESS = "BLKSerene/Wordless tests/tests_measures/test_measures_lexical_density_diversity.py"
rows: list[tuple[object, ...]] = []
names: dict[str, str] = {}


def add(
    measure: str, text: list[str], expected: float, tolerance: float, source: str, **options: object
) -> None:
    rows.append((measure, name_of(text), json.dumps(options), float(expected), tolerance, source))


def name_of(text: list[str]) -> str:
    packed = " ".join(
        word if n == 1 else f"{word}*{n}" for word, n in ((w, len(list(g))) for w, g in groupby(text))
    )
    return names.setdefault(packed, f"text{len(names) + 1}")


def completes(text: list[str]) -> bool:
    start = 0
    for end in range(1, len(text) + 1):
        if end - start >= 10 and len(set(text[start:end])) / (end - start) < 0.72:
            if end == len(text):
                return True
            start = end
    return False


def draw(n: int, seed: int) -> list[str]:
    """Words with a Zipf-like distribution."""
    rng = np.random.default_rng(seed)
    return [f"w{k}" for k in np.minimum(rng.zipf(1.4, n), 400)]


texts = [draw(n, seed) for n, seed in ((430, 1), (611, 2), (250, 3))]
rich, old = (
    f"lexicalrichness {version('lexicalrichness')}",
    f"lexical-diversity {version('lexical-diversity')}",
)
for text in texts:
    lex = LexicalRichness(" ".join(text), preprocessor=None, tokenizer=str.split)
    e = {"base": math.e}
    for measure, attribute, options in [
        ("ttr", "ttr", {}), ("guiraud_r", "rttr", {}), ("cttr", "cttr", {}), ("herdan_c", "Herdan", {}),
        ("dugast_u", "Dugast", e), ("summer_s", "Summer", e), ("maas_a2", "Maas", e), ("yule_k", "yulek", {}),
        ("yule_i", "yulei", {}), ("simpson_d", "simpsond", {}), ("herdan_vm", "herdanvm", {}),
    ]:  # fmt: skip
        value = getattr(lex, attribute)
        add(
            measure, text, value, 1e-11 * max(1, abs(value)), f"{rich} LexicalRichness.{attribute}", **options
        )
    add("hdd", text, lex.hdd(draws=42), 1e-11, f"{rich} LexicalRichness.hdd(draws=42)", sample=42)
    add("mattr", text, lex.mattr(window_size=100), 1e-12, f"{rich} LexicalRichness.mattr(100)", window=100)
    segment = 70
    if len(text) % segment:
        add("msttr", text, lex.msttr(segment_window=segment), 1e-12, f"{rich} LexicalRichness.msttr(70)", segment=70)  # fmt: skip
    # Their factor is complete at the threshold, ours below it: any figure between 18/25 and the next ratio is one.
    add("mtld", text, lex.mtld(threshold=0.7199), 1e-10, f"{rich} LexicalRichness.mtld(0.7199)", threshold=0.7199)  # fmt: skip
    # Theirs never completes a factor with the last token of a text: no figure where that happens.
    if not (completes(text) or completes(text[::-1])):
        add("mtld", text, lex_div.mtld(text), 1e-10, f"{old} lex_div.mtld", min_factor=10)
    add("mtld_wrap", text, lex_div.mtld_ma_wrap(text), 1e-10, f"{old} lex_div.mtld_ma_wrap", min_factor=10)
    add("mattr", text, lex_div.mattr(text, 50), 1e-12, f"{old} lex_div.mattr(50)", window=50)
    add("msttr", text, lex_div.msttr(text, 50), 1e-12, f"{old} lex_div.msttr(50)", segment=50)
    add("hdd", text, lex_div.hdd(text), 1e-11, f"{old} lex_div.hdd")
    add("maas_a2", text, lex_div.maas_ttr(text), 1e-13, f"{old} lex_div.maas_ttr")
    add("herdan_c", text, lex_div.log_ttr(text), 1e-13, f"{old} lex_div.log_ttr")
    counts = np.array(list(Counter(text).values()))
    n, v, logs = len(text), len(counts), (math.log10(len(text)), math.log10(len(counts)))
    bits = entropy(counts, base=2)
    add("entropy", text, bits, 1e-11, "scipy.stats.entropy(counts, base=2)")
    add(
        "entropy_normalized",
        text,
        bits / math.log2(v),
        1e-12,
        "scipy.stats.entropy(counts, base=2) / log2(V)",
    )
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    add("hapax_type_share", text, once / v, 1e-14, "numpy: (counts == 1).sum() / V")
    add("hapax_token_share", text, once / n, 1e-14, "numpy: (counts == 1).sum() / N")
    add("sichel_s", text, twice / v, 1e-14, "numpy: (counts == 2).sum() / V")
    add("maas_log_v0", text, logs[1] / math.sqrt(1 - (logs[1] / logs[0]) ** 2), 1e-11,
        "Python math, the formula on the page of quanteda.textstats::textstat_lexdiv")  # fmt: skip

five = ["This", "is", "a", "sentence", "."] * 20
add("brunet_w", five, np.power(100, np.power(5, -0.172)), 1e-12, f"numpy, the expression of {WORDLESS}")
add("honore_h", five, 100 * np.log(100 / (1 - 0 / 5)), 1e-10, f"numpy, the expression of {WORDLESS}")
add(
    "rubet_k",
    five,
    np.log(5) / np.log(np.log(100)),
    1e-12,
    f"numpy, the expression of {WORDLESS}",
    base=math.e,
)
add("simpson_d", five, (5 * 20**2 - 100) / (100 * 99), 1e-14, f"numpy, the expression of {WORDLESS}")
fisher = [str(i) for i in range(240)] + ["0"] * (15609 - 240)
add("fisher_alpha", fisher, 40.247, 5e-4, f"Fisher, Corbet & Williams 1943, after {WORDLESS}")
popescu = "11,9,9,7,6,6,5,5" + ",4" * 7 + ",3" * 6 + ",2" * 18 + ",1" * 85
ranks = [f"t{i}" for i, f in enumerate(popescu.split(",")) for _ in range(int(f))]
add("entropy", ranks, 6.527, 5e-5, f"Popescu 2009 p. 176, after {WORDLESS}")
add("repeat_rate", ranks, 0.0153, 5e-5, f"Popescu 2009 p. 170, after {WORDLESS}")

with (HERE / "diversity.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(rows)
texts_of = {name: packed for packed, name in names.items()}
(HERE / "diversity_texts.json").write_text(json.dumps(texts_of, indent=1) + "\n", encoding="utf-8")
