"""Close the check with one line that counts the tests of both languages; fail if either ran none."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

*junits, cargo_log, seconds = sys.argv[1:]
suites = [suite for junit in junits for suite in ET.parse(junit).getroot().iter("testsuite")]
total = sum(int(suite.get("tests", 0)) for suite in suites)
failed = sum(int(suite.get("failures", 0)) + int(suite.get("errors", 0)) for suite in suites)
skipped = sum(int(suite.get("skipped", 0)) for suite in suites)
python_passed = total - failed - skipped

results = re.findall(
    r"test result: \w+\. (\d+) passed; (\d+) failed", Path(cargo_log).read_text(encoding="utf-8")
)
rust_passed = sum(int(passed) for passed, _ in results)
rust_failed = sum(int(failures) for _, failures in results)

print(
    f"\nPython: {python_passed} passed, {failed} failed, {skipped} skipped; Rust: {rust_passed} passed, {rust_failed} failed; {seconds} s"
)
print(f"{python_passed + rust_passed} passed, {failed + rust_failed} failed")
empty = [suite for suite in suites if int(suite.get("tests", 0)) <= int(suite.get("skipped", 0))]
if failed or rust_failed or empty or not suites or not rust_passed:
    sys.exit(1)
