"""Print the first shell block under a heading of the README."""

from __future__ import annotations

import re
import sys
from pathlib import Path

heading = sys.argv[1]
text = Path("README.md").read_text(encoding="utf-8")
found = re.search(
    rf"^#+ {re.escape(heading)}$.*?^```(?:sh|bash)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE
)
if found is None:
    sys.exit(f"README.md has no shell block under the heading {heading!r}")
print(found.group(1), end="")
