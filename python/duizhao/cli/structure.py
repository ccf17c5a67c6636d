"""Trees of documents."""

from __future__ import annotations

import argparse

from .arguments import Command, add_output, add_paths, add_reading, add_segmenting, whole
from .inputs import counts
from .outputs import write


def add(command: Command) -> None:
    """Add the commands."""
    step = command("cluster", _cluster, "join documents into a tree, and cut it into clusters")
    add_paths(step)
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents")
    step.add_argument(
        "--method", metavar="NAME", default="cosine", help="the distance (default: %(default)s)"
    )
    step.add_argument(
        "--linkage",
        metavar="NAME",
        default="average",
        help="average, ward, complete, … (default: %(default)s)",
    )
    step.add_argument(
        "-k", metavar="N", type=whole(1), help="write the documents with their cluster of N, not the merges"
    )
    add_reading(step)
    add_segmenting(step)
    add_output(step)


def _cluster(options: argparse.Namespace) -> None:
    from ..structure.structure import cluster

    dfm = counts(options).dfm()
    tree = cluster(
        dfm if options.by is None else dfm.group(options.by), method=options.method, linkage=options.linkage
    )
    write(tree.merges if options.k is None else tree.cut(options.k), options)
