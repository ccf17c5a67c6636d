"""Shared passages, near-duplicates, two versions of a corpus."""

from __future__ import annotations

import argparse

from .arguments import Command, add_output, add_paths, add_reading, add_segmenting, whole
from .inputs import read_clean, segmenter
from .outputs import write


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"must be above 0 and at most 1; got {text!r}")
    return value


def add(command: Command) -> None:
    """Add the commands."""
    step = command("reuse", _reuse, "passages that texts share, word by word or nearly so")
    add_paths(step)
    step.add_argument(
        "--rows",
        choices=("passages", "pairs", "clusters", "phrases", "network"),
        default="passages",
        help="a row for each passage of two documents, for each pair of documents, for each place of a passage, "
        "for each place of a set phrase, or for each edge of who had it first (default: %(default)s)",
    )
    step.add_argument(
        "--min-chars",
        metavar="N",
        type=whole(2),
        default=None,
        help="characters that must be the same (default: 12, of set phrases 6)",
    )
    step.add_argument(
        "--max-gap",
        metavar="N",
        type=whole(0),
        default=16,
        help="characters of an edit inside a passage; 0 for exact passages (default: %(default)s)",
    )
    step.add_argument(
        "--max-doc-freq",
        metavar="N",
        type=whole(0),
        default=200,
        help="what more documents have starts no match; 0 for no limit (default: %(default)s)",
    )
    step.add_argument(
        "--baseline",
        metavar="DOC_ID",
        action="append",
        help="a document that all others may have copied from; can be given again",
    )
    step.add_argument(
        "--date", metavar="COLUMN", help="the metadata column with dates, for --rows clusters and network"
    )
    step.add_argument("--by", metavar="COLUMN", help="groups instead of documents, for --rows network")
    step.add_argument("--keep-punctuation", action="store_true", help="punctuation counts as a difference")
    add_reading(step)
    add_output(step)

    step = command("duplicates", _duplicates, "pairs of texts that are nearly the same")
    add_paths(step)
    step.add_argument(
        "--min-similarity",
        metavar="S",
        type=_share,
        default=0.8,
        help="least Jaccard similarity of their n-grams (default: %(default)s)",
    )
    step.add_argument(
        "--size", metavar="N", type=whole(1), default=5, help="characters of an n-gram (default: %(default)s)"
    )
    step.add_argument(
        "--hashes",
        metavar="N",
        type=whole(1),
        default=128,
        help="length of a signature (default: %(default)s)",
    )
    step.add_argument("--seed", metavar="N", type=whole(0), default=1, help="of the hash functions (default: %(default)s)")  # fmt: skip
    step.add_argument(
        "--kind",
        choices=("exact", "near", "passage"),
        default=None,
        help="instead of the pairs: what taking duplicates of this kind out would drop",
    )
    step.add_argument(
        "--order", metavar="COLUMN", help="with --kind: the least value is kept, such as a date"
    )
    add_reading(step)
    add_output(step)

    step = command("diff", _diff, "what changed between two versions of a corpus")
    step.add_argument("old", metavar="OLD", help="the old version: a folder, file or pattern")
    step.add_argument("new", metavar="NEW", help="the new version")
    step.add_argument(
        "--rows",
        choices=("documents", "passages", "terms", "summary"),
        default="documents",
        help="what a row stands for (default: %(default)s)",
    )
    step.add_argument(
        "--moved",
        metavar="S",
        type=_share,
        default=0.8,
        help="least similarity of a document that has another id now (default: %(default)s)",
    )
    add_reading(step)
    add_segmenting(step, stop_words=None)
    add_output(step)


def _reuse(options: argparse.Namespace) -> None:
    from ..errors import ParameterError
    from ..files.locate import located
    from ..reuse.diffusion import diffusion
    from ..reuse.passages import passages, reuse_pairs, shared_phrases, text_reuse

    docs = read_clean(options)
    if options.rows == "phrases":
        write(located(shared_phrases(docs, min_chars=options.min_chars or 6), docs), options)
        return
    given = {
        "min_chars": options.min_chars or 12,
        "max_gap": options.max_gap,
        "max_doc_freq": options.max_doc_freq or None,
        "baseline": options.baseline,
        "ignore_punctuation": not options.keep_punctuation,
    }
    if options.rows == "passages":
        write(located(text_reuse(docs, **given), docs), options)
    elif options.rows == "pairs":
        write(reuse_pairs(docs, **given), options)
    elif options.rows == "clusters":
        write(located(passages(docs, date=options.date, **given), docs), options)
    elif options.date is None:
        raise ParameterError("`--date` must be given with --rows network; got none")
    else:
        write(diffusion(docs, date=options.date, by=options.by, **given), options)


def _duplicates(options: argparse.Namespace) -> None:
    from ..reuse.near_duplicates import deduplicate, near_duplicates

    docs = read_clean(options)
    given = {
        "min_similarity": options.min_similarity,
        "size": options.size,
        "hashes": options.hashes,
        "seed": options.seed,
    }
    if options.kind:
        write(deduplicate(docs, kind=options.kind, order=options.order, **given)[1], options)
    else:
        write(near_duplicates(docs, **given), options)


def _diff(options: argparse.Namespace) -> None:
    from ..reuse.diff import diff

    versions = []
    for path in (options.old, options.new):
        options.paths = [path]
        versions.append(read_clean(options))
    found = diff(*versions, segmenter=segmenter(options), moved=options.moved)
    write(getattr(found, options.rows), options)
