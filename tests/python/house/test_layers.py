"""Who may import what in the Python half: rooms, circles, private names, sizes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

import duizhao

PACKAGE = Path(duizhao.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
#: The ground below the rooms: it knows polars and the errors only.
GROUND = "_base"
#: Rooms that never reach for the core themselves.
ABOVE = (GROUND, "cli", "report")
MOST_MODULES, MOST_LINES = 15, 600


def name_of(path: Path) -> str:
    """``corpus/dfm.py`` → ``corpus.dfm``; the package itself is ``""``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports(source: str, module: str = "", *, package: bool = True) -> set[tuple[str, str]]:
    """(module, name) of all imports of our own package, also those inside functions, as full names.

    A module is ``corpus.dfm``; an import of the module itself has the name ``""``. Imports for type checkers alone
    (``if TYPE_CHECKING:``) never run and make no circle, but what they name counts as well.
    """
    here = module.split(".") if module else []
    folder = here if package else here[:-1]
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "duizhao":
                    found.add((alias.name.removeprefix("duizhao").lstrip("."), ""))
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                base = folder[: len(folder) - (node.level - 1)] + (node.module or "").split(".")
            elif (node.module or "").split(".")[0] == "duizhao":
                base = (node.module or "").split(".")[1:]
            else:
                continue
            full = ".".join(part for part in base if part)
            for alias in node.names:
                inner = f"{full}.{alias.name}" if full else alias.name
                found.add((inner, "") if inner in NAMES else (full, alias.name))
    return found


def foreign(source: str) -> set[str]:
    """Dotted names of what is imported from elsewhere."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Strongly connected components of more than one module (Tarjan 1972), each sorted."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            part = sorted(stack[at:])
            del stack[at:]
            if len(part) > 1:
                found.append(part)

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


@pytest.fixture(scope="module")
def sources() -> dict[str, tuple[Path, str]]:
    return {name_of(path): (path, path.read_text(encoding="utf-8")) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_module(path):
    source = path.read_text(encoding="utf-8")
    place = path.relative_to(PACKAGE)
    found = imports(source, name_of(path), package=path.name == "__init__.py")
    reaches_core = any("_core" in module.split(".") or name == "_core" for module, name in found)
    if reaches_core:
        assert place.parts[0] not in ABOVE and place.name != "errors.py"
    if place.parts[0] == GROUND:
        beyond = {module for module, _ in found if module.split(".")[0] not in (GROUND, "errors")}
        assert not beyond, f"the ground knows polars and the errors only, not {beyond}"
    internal = {
        n
        for n in foreign(source)
        if n.split(".")[0] == "polars"
        and any(p.startswith("_") or p in ("polars", "internals") for p in n.split(".")[1:])
    }
    assert not internal, f"{place} imports what polars does not promise: {internal}"
    # What is installed on request only is imported where it is used.
    top = {
        name.name if isinstance(node, ast.Import) else node.module
        for node in ast.parse(source).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in node.names
    }
    assert not {"scipy", "sklearn", "jieba", "matplotlib"} & {str(name).split(".")[0] for name in top}


def test_no_circles(sources):
    graph = {
        name: sorted(
            {
                module
                for module, _ in imports(source, name, package=path.name == "__init__.py")
                if module in NAMES and module != name
            }
        )
        for name, (path, source) in sources.items()
    }
    assert len(graph) > 60 and sum(map(len, graph.values())) > 200
    # The package itself re-exports all; its version is the one thing that modules take from it.
    graph = {name: [m for m in found if m] for name, found in graph.items() if name}
    assert not circles(graph)


def test_no_private_name_crosses_modules(sources):
    crossing = [
        f"{name}: {module}.{what}"
        for name, (path, source) in sources.items()
        for module, what in imports(source, name, package=path.name == "__init__.py")
        if what.startswith("_") and not what.startswith("__") and what != "_core"
    ]
    private = [
        f"{name}: {module}"
        for name, (path, source) in sources.items()
        for module, what in imports(source, name, package=path.name == "__init__.py")
        if any(part.startswith("_") for part in module.split(".")[1:])
        # A topic's schema stands beside it; whoever builds on the topic may know its columns.
        and module.split(".")[-1] != "_schema"
    ]
    assert not crossing and not private


def test_rooms_are_small(sources):
    rooms: dict[Path, int] = {}
    for path in MODULES:
        if path.name not in ("__init__.py", "__main__.py"):
            rooms[path.parent] = rooms.get(path.parent, 0) + 1
    crowded = {room.name: n for room, n in rooms.items() if n > MOST_MODULES}
    long = {name: n for name, (_, source) in sources.items() if (n := source.count("\n")) > MOST_LINES}
    assert not crowded and not long


def test_the_reader_reads():
    assert imports("from ._core import f", "corpus.dfm", package=False) == {("corpus._core", "f")}
    assert imports("def g():\n    from .. import _core", "corpus.dfm", package=False) == {("", "_core")}
    assert imports("import duizhao.corpus.dfm as d") == {("corpus.dfm", "")}
    assert imports("from ..corpus import dfm", "stats.keyness", package=False) == {("corpus.dfm", "")}
    assert imports("from ..corpus.dfm import Dfm", "stats.keyness", package=False) == {("corpus.dfm", "Dfm")}
    assert imports("import polars\nfrom polars import col") == set()


def test_circles_are_found():
    assert circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) == [["a", "b", "c"]]
    assert circles({"a": ["b"], "b": []}) == []
    assert circles({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}) == [["a", "b"], ["c", "d"]]


#: Pages of the docs that are about no one topic.
OVERVIEWS = {"arguments", "conventions", "command_line", "conformance", "performance", "scale", "index"}
#: Topics whose module has another word than their page, with the reason.
OTHER_WORDS = {
    "dictionaries": "the room is the topic: dictionaries/dictionary.py and dictionaries/files.py",
    "reuse": "the room is the topic: reuse/passages.py, with diffusion.py",
    "report": "the room is the topic",
    "script": "a step of text/clean.py, with a page of its own",
}
#: Modules that reach the core through a binding of another name, with the reason.
BINDINGS = {
    "claims": "finders", "entities": "finders", "quotations": "finders", "slogans": "finders", "titles": "finders",
    "passages": "reuse", "diffusion": "reuse", "tables": "reading", "word_files": "reading", "idf": "tfidf", "functions": "tokens",
    "claim_summaries": "claims", "expressions": "finders", "spark": "collocations", "__init__": "mod",
}  # fmt: skip


def test_topics_have_one_word_on_every_floor(sources):
    root = Path(__file__).parents[3]
    modules = {name.rpartition(".")[2] for name in sources}
    pages = {page.stem for page in root.glob("docs/**/*.md")} - OVERVIEWS
    assert pages - modules == set(OTHER_WORDS) - modules
    bindings = {path.stem for path in root.glob("src/python/*.rs")}
    strangers = set()
    for name, (path, source) in sources.items():
        found = imports(source, name, package=path.name == "__init__.py")
        if any(module.split(".")[-1] == "_core" or what == "_core" for module, what in found):
            topic = path.stem
            assert BINDINGS.get(topic, topic) in bindings, f"{name} has no binding src/python/{topic}.rs"
            strangers |= {topic} & set(BINDINGS)
    assert strangers == set(BINDINGS), "an exception that is none"
    # Where the kernel has a file of its own it has the word too.
    for topic in (
        "keyness",
        "associations",
        "similarity",
        "collocations",
        "dispersion",
        "diversity",
        "rates",
        "zeta",
        "means",
    ):
        assert (root / f"src/analysis/{topic}.rs").is_file()
    for topic in ("tokens", "dfm", "fcm", "kwic", "lookup"):
        assert (root / f"src/corpus/{topic}.rs").is_file()
    for topic in ("claims", "slogans", "quotations", "entities", "titles", "register", "new_words"):
        assert (root / f"src/discourse/{topic}.rs").is_file()
