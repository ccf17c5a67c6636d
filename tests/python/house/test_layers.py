"""Who may import what in the Python half."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import duizhao

PACKAGE = Path(duizhao.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
#: The ground below the rooms: it knows polars and the errors only.
GROUND = "_base"


def imports(source: str) -> set[str]:
    """Dotted names of all imports, also those inside functions; relative ones start with a dot."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            join = "" if base.endswith(".") else "."
            found |= {base} | {f"{base}{join}{alias.name}" for alias in node.names}
    return found


def touches_core(names: set[str]) -> bool:
    return any("_core" in name.split(".") for name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_module(path):
    names = imports(path.read_text(encoding="utf-8"))
    place = path.relative_to(PACKAGE)
    if touches_core(names):
        assert place.parts[0] not in (GROUND, "cli", "report") and place.name != "errors.py"
    if place.parts[0] == GROUND:
        ours = {name for name in names if name.startswith("..")}
        assert all(name.split(".")[2] == "errors" for name in ours), ours
    internal = {
        n
        for n in names
        if n.split(".")[0] == "polars"
        and any(p.startswith("_") or p in ("polars", "internals") for p in n.split(".")[1:])
    }
    assert not internal, f"{place} imports what polars does not promise: {internal}"
    # What is installed on request only is imported where it is used.
    top = {
        name.name if isinstance(node, ast.Import) else node.module
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in node.names
    }
    assert not {"scipy", "sklearn", "jieba", "matplotlib"} & {str(name).split(".")[0] for name in top}


def test_the_reader_reads():
    assert touches_core(imports("from ._core import f")) and touches_core(
        imports("def g():\n    from . import _core")
    )
    assert touches_core(imports("import duizhao._core as c")) and not touches_core(
        imports("from .core import _corex")
    )
    users = {p.name for p in MODULES if touches_core(imports(p.read_text(encoding="utf-8")))}
    assert {"keyness.py", "associations.py", "similarity.py", "measures.py", "dfm.py", "fcm.py"} <= users


def test_topics_have_one_word_on_every_floor():
    root = PACKAGE.parents[1]
    if not (root / "src").is_dir():
        pytest.skip("an installed package has no Rust sources beside it")
    for topic in ("measures", "keyness", "associations", "similarity"):
        assert (root / f"src/python/{topic}.rs").is_file() and (PACKAGE / f"stats/{topic}.py").is_file()
    for topic in ("keyness", "associations", "similarity"):
        assert (root / f"src/analysis/{topic}.rs").is_file()
