"""Writes ``docs/statistics/conformance.md``: our figures beside those of others, as the test computes them.

Needs the sample data (``DUIZHAO_SHARED``) and the test dependencies: ``python tests/golden/make_conformance.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.conformance import collect, page  # noqa: E402

if __name__ == "__main__":
    shared = Path(os.environ.get("DUIZHAO_SHARED") or ROOT / "../shared").resolve()
    rows, missing = collect(shared / "data")
    (ROOT / "docs/statistics/conformance.md").write_text(page(rows, missing), encoding="utf-8")
    wide = [row for row in rows if not (row.differences() <= row.tolerance).all()]
    for row in wide:
        print(
            f"beyond its tolerance: {row.statistic} · {row.call} · {row.source}: {row.differences().max():.3g}"
        )
    print(f"{len(rows)} rows, {sum(row.ours.size for row in rows):,} figures, {len(missing)} not compared")
    sys.exit(bool(wide))
