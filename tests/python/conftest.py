"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Tests are never timed: an example may take as long as the machine lets it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample data beside the checkout; without it, tests that need it are skipped."""
    folder = Path(os.environ.get("DUIZHAO_SHARED") or Path(__file__).parents[2] / ".." / "shared").resolve()
    if not (folder / "data").is_dir():
        reason = f"the sample data are not at {folder} (set DUIZHAO_SHARED)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder / "data"


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of golden numbers."""
    return Path(__file__).parents[1] / "golden"
