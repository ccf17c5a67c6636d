"""The package as a whole: what it exports, how it imports, that stubs and module agree."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import duizhao as dz
from duizhao import _core, errors

PACKAGE = Path(dz.__file__).parent


def test_everything_exported_exists_and_is_documented():
    assert len(set(dz.__all__)) == len(dz.__all__)
    assert dz.__all__ == sorted(dz.__all__)
    for name in dz.__all__:
        thing = getattr(dz, name)
        if name != "__version__" and (callable(thing) or isinstance(thing, type)):
            assert (thing.__doc__ or "").strip(), f"{name} has no docstring"


@pytest.mark.parametrize("name", [n for n in errors.__all__ if n.endswith("Error") and n != "DuizhaoError"])
def test_exceptions_have_a_builtin_parent(name):
    cls = getattr(dz, name)
    assert issubclass(cls, dz.DuizhaoError)
    builtin = [
        base
        for base in cls.__mro__
        if base.__module__ == "builtins" and base not in (Exception, BaseException, object)
    ]
    assert builtin, f"{name} inherits no builtin exception"
    assert "it is this" in str(cls("it is this"))


def test_stub_lists_exactly_what_the_module_has():
    """Names only; signatures are compared by mypy's stubtest in the full check."""
    tree = ast.parse((PACKAGE / "_core.pyi").read_text(encoding="utf-8"))
    stubbed = {
        getattr(node, "name", None) or (node.target.id if isinstance(node, ast.AnnAssign) else None)
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AnnAssign)
    }
    built = {name for name in dir(_core) if not name.startswith("__")} | {"__version__"}
    # Private names of the stub are types of arguments, which the module does not have.
    assert {name for name in stubbed if (name and not name.startswith("_")) or name == "__version__"} == built


def test_import_is_light():
    """Importing the package pulls in neither scipy nor networkx nor jinja2: they load when they are used."""
    code = "import sys, duizhao; print([m for m in ('scipy', 'networkx', 'jinja2', 'sklearn', 'matplotlib', 'tqdm') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
