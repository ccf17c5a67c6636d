"""The fixed columns of the frames of this room, in order; also for empty input."""

from __future__ import annotations

import polars as pl

from .._base.schema import FLOAT, INT, STR

#: ``dz.network``; ``edges`` carry the other columns of numbers behind these.
NODES = pl.Schema({"id": INT, "label": STR, "degree": INT, "strength": FLOAT, "community": INT})


EDGES = pl.Schema({"source": INT, "target": INT, "source_label": STR, "target_label": STR, "weight": FLOAT})


#: ``dz.similarity`` between documents (``margin="documents"``) and between features.
SIMILARITY_DOCUMENTS = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "similarity": FLOAT})


SIMILARITY_FEATURES = pl.Schema({"feature_1": STR, "feature_2": STR, "similarity": FLOAT})


#: ``dz.distance``, and the distances of ``dz.delta``.
DISTANCE_DOCUMENTS = pl.Schema({"doc_id_1": STR, "doc_id_2": STR, "distance": FLOAT})


DISTANCE_FEATURES = pl.Schema({"feature_1": STR, "feature_2": STR, "distance": FLOAT})


#: The list of words of ``dz.delta``.
DELTA_FEATURES = pl.Schema(
    {"rank": INT, "feature": STR, "mean_rate": FLOAT, "sd_rate": FLOAT, "doc_freq": INT}
)


#: ``dz.cluster(…).merges``; clusters are numbered from the number of leaves on.
MERGES = pl.Schema({"merge": INT, "cluster_1": INT, "cluster_2": INT, "height": FLOAT, "size": INT})


#: Eigenvalues, and coordinates of documents and features, of ``dz.mds``, ``dz.pca``, ``dz.lsa``, ``dz.correspondence``.
DIMENSIONS = pl.Schema({"dimension": INT, "eigenvalue": FLOAT, "share": FLOAT, "cumulative_share": FLOAT})


DOCUMENT_COORDINATES = pl.Schema({"doc_id": STR, "dimension": INT, "coordinate": FLOAT})


FEATURE_COORDINATES = pl.Schema({"feature": STR, "dimension": INT, "coordinate": FLOAT})


#: ``dz.wordscores`` and ``dz.wordfish``: documents and features.
WORDSCORES_DOCUMENTS = pl.Schema(
    {
        "doc_id": STR,
        "raw_score": FLOAT,
        "raw_se": FLOAT,
        "score": FLOAT,
        "se": FLOAT,
        "score_wald_low": FLOAT,
        "score_wald_high": FLOAT,
        "n_scored": INT,
    }
)


WORDSCORES_FEATURES = pl.Schema({"feature": STR, "wordscore": FLOAT})


WORDFISH_DOCUMENTS = pl.Schema(
    {
        "doc_id": STR,
        "theta": FLOAT,
        "se": FLOAT,
        "theta_wald_low": FLOAT,
        "theta_wald_high": FLOAT,
        "alpha": FLOAT,
    }
)


WORDFISH_FEATURES = pl.Schema({"feature": STR, "beta": FLOAT, "psi": FLOAT})
