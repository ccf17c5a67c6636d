"""Positions of texts on one dimension: Wordscores and Wordfish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import polars as pl

from .. import _core
from .._base.checks import require_flag, require_instance, require_number, require_whole, require_word
from .._base.groups import evaluate
from .._base.html import shown
from .._base.metadata import Metadata, with_metadata
from .._base.progress import Progress
from .._base.schema import with_doc_id
from ..corpus.dfm import Dfm
from ..errors import DataError, DataTypeError, ParameterError
from ._schema import WORDFISH_DOCUMENTS, WORDFISH_FEATURES, WORDSCORES_DOCUMENTS, WORDSCORES_FEATURES

__all__ = ["Wordfish", "Wordscores", "wordfish", "wordscores"]

#: See :func:`wordscores`.
Rescaling: TypeAlias = Literal["none", "lbg", "mv"]

#: Two-sided 95 % of the normal distribution.
_Z = 1.959963984540054


class Wordscores(NamedTuple):
    """What :func:`wordscores` returns."""

    #: ``doc_id``, ``raw_score``, ``raw_se``, ``score``, ``se``, ``score_wald_low``, ``score_wald_high`` (95 %), ``n_scored`` (tokens with
    #: a score), then metadata, in the order of the matrix.
    documents: pl.DataFrame
    #: ``feature``, ``wordscore`` (null: in no reference text), in code-point order.
    features: pl.DataFrame

    def __repr__(self) -> str:
        """Numbers of documents and of words with a score."""
        scored = self.features.get_column("wordscore").drop_nulls().len()
        return f"Wordscores({self.documents.height:,} documents, {scored:,} of {self.features.height:,} features scored)"

    def _repr_html_(self) -> str:
        words = self.features.drop_nulls("wordscore").sort("wordscore", "feature")
        return shown(repr(self), {"documents": self.documents, "features": words})


def wordscores(
    dfm: Dfm,
    *,
    reference_scores: Mapping[Any, float] | str | pl.Expr,
    rescaling: Rescaling = "none",
    smoothing: float = 0.0,
    include_references: bool = False,
    metadata: Metadata = True,
) -> Wordscores:
    """Place texts between reference texts of known position.

    Parameters
    ----------
    dfm
        Counts.
    reference_scores
        ``doc_id`` -> score of the reference texts, or a column or expression over ``dfm.documents`` that is null for
        the others.
    rescaling
        Raw scores bunch up in the middle. ``"lbg"`` gives them the spread of the reference scores (Laver, Benoit &
        Garry 2003; over the texts that are scored, so it depends on which there are), ``"mv"`` fixes the two extreme
        reference texts at their own scores (Martin & Vanberg 2008), ``"none"`` leaves them.
    smoothing
        Added to every count of the reference texts.
    include_references
        Score the reference texts as well; ``"lbg"`` then takes them into its mean and spread, as quanteda does.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.

    Returns
    -------
    Wordscores
        Standard errors and 95 % intervals take tokens as independent, which they are not: they are too small.
        Under ``"lbg"`` they are multiplied by the slope (quanteda shifts them by the mean; its intervals agree).

    Raises
    ------
    ParameterError, DataError, DataTypeError
        A document that does not exist, fewer than two different scores, an empty reference text, weights.

    Examples
    --------
    >>> import polars as pl, duizhao as dz
    >>> rows = [("左", "公平", 9), ("左", "市场", 1), ("右", "公平", 1), ("右", "市场", 9), ("新", "公平", 3),
    ...         ("新", "市场", 1)]
    >>> dfm = dz.Dfm.from_counts(pl.DataFrame(rows, schema=["doc_id", "feature", "count"], orient="row"))
    >>> found = dz.wordscores(dfm, reference_scores={"左": -1, "右": 1}, rescaling="mv")
    >>> found.documents.select("doc_id", pl.col("raw_score", "score").round(3)).rows()
    [('新', -0.4, -0.625)]
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm (counts)")
    require_word(rescaling, get_args(Rescaling), argument="rescaling")
    ids = dfm.documents.get_column("doc_id")
    if isinstance(reference_scores, Mapping):
        missing = [name for name in reference_scores if name not in set(ids)]
        if missing:
            raise ParameterError(f"`reference_scores` must name documents of the matrix; got {missing[:5]}")
        scores = pl.Series([reference_scores.get(name) for name in ids], dtype=pl.Float64, strict=False)
    else:
        column = evaluate(dfm.documents, reference_scores, argument="reference_scores")
        if not column.dtype.is_numeric():
            raise DataTypeError(f"`reference_scores` must be numbers; got {column.dtype}")
        scores = column.cast(pl.Float64)
    words, found = _core.wordscores(
        dfm._core,
        scores,
        require_number(smoothing, "smoothing"),
        rescaling,
        require_flag(include_references, "include_references"),
    )
    documents = pl.DataFrame(
        [ids.gather(found.get_column("document")), *found.drop("document").get_columns()]
    )
    placed = documents.select(
        "doc_id",
        "raw_score",
        "raw_se",
        "score",
        "se",
        score_wald_low=pl.col("score") - _Z * pl.col("se"),
        score_wald_high=pl.col("score") + _Z * pl.col("se"),
        n_scored=pl.col("n_scored").cast(pl.Int64),
    ).cast(dict(with_doc_id(WORDSCORES_DOCUMENTS, ids.dtype)))  # type: ignore[arg-type]
    return Wordscores(
        with_metadata(placed, dfm.documents, found.get_column("document"), metadata),
        pl.DataFrame([dfm.features.get_column("feature"), words], schema=WORDSCORES_FEATURES),
    )


class Wordfish(NamedTuple):
    """What :func:`wordfish` returns."""

    #: ``doc_id``, ``theta``, ``se``, ``theta_wald_low``, ``theta_wald_high`` (95 %), ``alpha``, then metadata, in the order of the matrix.
    documents: pl.DataFrame
    #: ``feature``, ``beta``, ``psi``, in code-point order.
    features: pl.DataFrame
    #: Whether the tolerance was reached.
    converged: bool
    #: Rounds taken.
    iterations: int
    #: Poisson log-likelihood without the factorials.
    log_likelihood: float

    def __repr__(self) -> str:
        """Sizes, and whether the fit converged."""
        how = (
            f"converged after {self.iterations}"
            if self.converged
            else f"NOT converged after {self.iterations}"
        )
        sizes = f"{self.documents.height:,} documents, {self.features.height:,} features"
        return f"Wordfish({sizes}, {how} rounds, log-likelihood {self.log_likelihood:,.1f})"

    def _repr_html_(self) -> str:
        words = self.features.sort(pl.col("beta").abs(), descending=True, nulls_last=True)
        return shown(repr(self), {"documents": self.documents, "features by weight": words})


def wordfish(
    dfm: Dfm,
    *,
    direction: tuple[Any, Any],
    prior_beta: float | None = 3.0,
    prior_theta: float | None = 1.0,
    tolerance: float = 1e-7,
    max_iterations: int = 2000,
    metadata: Metadata = True,
    progress: Progress = None,
) -> Wordfish:
    """Place texts on the one dimension that best explains how often they use their words.

    Parameters
    ----------
    dfm
        Counts; trim words of few documents first. No empty documents, no features that do not occur.
    direction
        Two documents (``doc_id``): the first gets the lower position. Nothing else fixes the sign.
    prior_beta, prior_theta
        Standard deviations of normal priors of word weights and positions, those of quanteda by default; ``None`` for none
        (the weight of a word that one extreme text alone uses is then without bound).
    tolerance, max_iterations
        The fit ends when no position moves by more than ``tolerance`` in a round.
    metadata
        True: all metadata of the documents stand behind the fixed columns; False: none; or names of columns.
    progress
        None, True for a bar, or a function, called with the number of steps finished since the last call. Steps are rounds.

    Returns
    -------
    Wordfish
        Positions have mean 0 and standard deviation 1 (n - 1). Standard errors are those of position and length given the words,
        and take tokens as independent: they are far too small.

    Raises
    ------
    ParameterError, DataError, DataTypeError
        A document that does not exist, fewer than three documents, an empty one, weights, a number out of range.

    Notes
    -----
    The dimension is whatever varies most: often time, genre or the drafter, seldom ideology. Slapin & Proksch (2008).

    Examples
    --------
    >>> import duizhao as dz
    >>> dfm = dz.tokens(dz.clean(dz.demo.read(), script="simplified"), remove_punctuation=True).dfm()
    >>> dfm = dfm.trim(min_doc_freq=3)
    >>> first, last = dfm.documents["doc_id"][0], dfm.documents["doc_id"][-1]
    >>> dz.wordfish(dfm, direction=(first, last), metadata=False).documents.columns
    ['doc_id', 'theta', 'se', 'theta_wald_low', 'theta_wald_high', 'alpha']
    """
    require_instance(dfm, Dfm, argument="dfm", allowed="a Dfm (counts)")
    ids = dfm.documents.get_column("doc_id")
    if not isinstance(direction, (tuple, list)) or len(direction) != 2:
        raise ParameterError(f"`direction` must be two documents, the lower first; got {direction!r}")
    known = {name: row for row, name in enumerate(ids)}
    missing = [name for name in direction if name not in known]
    if missing:
        raise ParameterError(f"`direction` must name documents of the matrix; got {missing}")
    if dfm.shape[1] and (dfm.features.get_column("count") == 0).any():
        raise DataError("`dfm` must be without features that do not occur; use trim()")
    documents, features, iterations, converged, log_likelihood = _core.wordfish(
        dfm._core,
        {
            "direction": (known[direction[0]], known[direction[1]]),
            "prior_beta": float("inf") if prior_beta is None else require_number(prior_beta, "prior_beta"),
            "prior_theta": float("inf")
            if prior_theta is None
            else require_number(prior_theta, "prior_theta"),
            "tolerance": _above_0(tolerance, "tolerance"),
            "max_iterations": require_whole(max_iterations, argument="max_iterations", least=1),
        },
        progress,
    )
    placed = documents.select(
        "theta",
        "se",
        theta_wald_low=pl.col("theta") - _Z * pl.col("se"),
        theta_wald_high=pl.col("theta") + _Z * pl.col("se"),
        alpha="alpha",
    )
    fixed = pl.DataFrame([ids, *placed.get_columns()], schema=with_doc_id(WORDFISH_DOCUMENTS, ids.dtype))
    return Wordfish(
        with_metadata(fixed, dfm.documents, pl.int_range(fixed.height, eager=True), metadata),
        pl.DataFrame([dfm.features.get_column("feature"), *features.get_columns()], schema=WORDFISH_FEATURES),
        converged,
        iterations,
        log_likelihood,
    )


def _above_0(value: object, argument: str) -> float:
    """A finite number above 0."""
    number = require_number(value, argument)
    if not 0 < number < float("inf"):
        raise ParameterError(f"`{argument}` must be a finite number above 0; got {value!r}")
    return number
