"""Where the words of a co-occurrence network stand."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx  # type: ignore[import-untyped]

__all__ = ["layout"]


def layout(
    node: str, edges: Iterable[tuple[str, str, float]], *, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Place words in the unit square with the node in the middle.

    A spring layout (Fruchterman & Reingold 1991) with a fixed seed. The result does not depend on the order of ``edges``.

    Parameters
    ----------
    node
        The word in the middle.
    edges
        Pairs of words with a weight above 0; heavier pairs are drawn closer.
    seed
        Of the starting positions.

    Returns
    -------
    dict
        Word to ``(x, y)``, both in 0 … 1.

    Examples
    --------
    >>> places = layout("党建", [("党建", "引领", 1.0), ("党建", "工作", 0.5)])
    >>> places["党建"]
    (0.5, 0.5)
    >>> sorted(places) == sorted(["党建", "引领", "工作"])
    True
    """
    graph = nx.Graph()
    graph.add_node(node)
    pairs = sorted((min(a, b), max(a, b), weight) for a, b, weight in edges if a != b)
    for word in sorted({word for a, b, _ in pairs for word in (a, b)}):
        graph.add_node(word)
    for a, b, weight in pairs:
        graph.add_edge(a, b, weight=weight)
    if graph.number_of_nodes() == 1:
        return {node: (0.5, 0.5)}
    places = nx.spring_layout(
        graph,
        pos={node: (0.0, 0.0)},
        fixed=[node],
        seed=seed,
        weight="weight",
        iterations=120,
        k=1.6 / graph.number_of_nodes() ** 0.5,
    )
    reach_x = max(abs(float(p[0])) for p in places.values()) or 1.0
    reach_y = max(abs(float(p[1])) for p in places.values()) or 1.0
    return {
        str(word): (round(0.5 + 0.5 * float(p[0]) / reach_x, 6), round(0.5 + 0.5 * float(p[1]) / reach_y, 6))
        for word, p in places.items()
    }
