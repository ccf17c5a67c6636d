"""Comparative analysis of Chinese text: repair, segmentation, counting and statistics, with polars frames in and out.

>>> import duizhao as dz
>>> toks = dz.tokens({"甲": "党建引领基层治理。", "乙": "渔业带动乡村振兴。"})
>>> toks.dfm().shape
(2, 9)

From a question to a function
-----------------------------
Get documents in, and trust them
    read files with metadata; on which page a place is .. read_texts, locate
    how much is damage, what gives it away .............. count_damage, repair_evidence
    repair, change the script, cut page furniture ....... clean
    what was changed; the raw page again ................ repairs, restore
    copies of a page .................................... near_duplicates, deduplicate, lsh_recall
    two versions of a corpus ............................ diff
Cut and count
    sentences, words, words to leave out ................ sentences, Segmenter, tokens, stop_words
    words that the dictionary lacks ..................... new_words
    counts by document, counts of pairs ................. dfm, fcm
    words that say most about a document ................ tfidf, tfidf_matrix, fit_idf
    every place of a word; of a dictionary .............. kwic, Dictionary, lookup
    more than memory holds; a cluster ................... count, partial, merge, finish, spark
Compare
    everything as one page .............................. compare, report
    words key to one side ............................... keyness, log_odds, zeta
    any measure of any family: range, formula, source ... measures
    measures of tables counted elsewhere ................ score_tables
    more than chance, over documents .................... Inference, bootstrap, permutation_test,
                                                          bootstrap_counts, permutation_labels
    does another segmenter say the same? ................ sensitivity
    rates of categories, ratios of groups ............... rates, rate_ratios
    over the years ...................................... trend
    everywhere or in few documents; how varied .......... dispersion, diversity
What stands next to what
    neighbours; fixed sequences ......................... associations, collocations
    nodes and edges ..................................... network, write_network
Likeness, places, scales
    how alike ........................................... similarity, distance, delta
    trees and maps ...................................... cluster, mds, pca, lsa, correspondence
    scales .............................................. wordscores, wordfish
Who copies whom
    shared passages of two documents .................... text_reuse, reuse_pairs
    one passage in all documents, who had it first ...... passages, shared_phrases
    who passes text on .................................. diffusion, diffusion_graph
What official language is made of
    labels, formulae, parallels; who has them ........... slogans, slogan_spread
    what is counted ..................................... claims, claim_rates, claim_shares, parse_numbers
    what is quoted, who is named ........................ quotations, titles, bodies, persons
    how the texts are built ............................. register
    the lists of words behind it ........................ word_lists

Row by row the same stands on columns: ``pl.col("text").zh``. Each question with its page: ``docs/index.md``.
"""

from __future__ import annotations

from . import demo
from . import expressions as _expressions  # noqa: F401  (registers the namespace `.zh`)
from ._base.inference import Inference
from ._core import __version__
from .corpus.dfm import Dfm, WeightedDfm
from .corpus.fcm import Fcm
from .corpus.functions import dfm, fcm, tokens
from .corpus.idf import Idf
from .corpus.kwic import kwic
from .corpus.lookup import lookup
from .corpus.new_words import new_words
from .corpus.tfidf import fit_idf, tfidf, tfidf_matrix
from .corpus.tokens import Tokens
from .counting import spark
from .counting.count import count
from .counting.partial import CountSpec, finish, merge, partial
from .dictionaries.dictionary import Dictionary
from .discourse.claim_summaries import claim_rates, claim_shares
from .discourse.claims import claims, parse_numbers
from .discourse.entities import bodies, persons
from .discourse.lists import word_lists
from .discourse.quotations import quotations
from .discourse.register import register
from .discourse.slogans import slogan_spread, slogans
from .discourse.titles import titles
from .errors import (
    DataError,
    DataTypeError,
    DictionaryError,
    DuizhaoError,
    DuizhaoWarning,
    FileError,
    FormatError,
    InternalError,
    LostTextWarning,
    MissingColumnError,
    NoDocumentsError,
    ParameterError,
    UnreadableFileWarning,
)
from .files.locate import locate
from .report import report
from .report.compare import compare
from .report.comparison import Comparison
from .report.limits import Limits
from .reuse.diff import CorpusDiff, diff
from .reuse.diffusion import diffusion, diffusion_graph
from .reuse.near_duplicates import deduplicate, lsh_recall, near_duplicates
from .reuse.passages import passages, reuse_pairs, shared_phrases, text_reuse
from .stats.associations import associations
from .stats.collocations import collocations
from .stats.dispersion import dispersion
from .stats.diversity import diversity
from .stats.inference import bootstrap, bootstrap_counts, permutation_labels, permutation_test
from .stats.keyness import keyness
from .stats.log_odds import log_odds
from .stats.measures import measures, score_tables
from .stats.rates import rate_ratios, rates
from .stats.sensitivity import Sensitivity, sensitivity
from .stats.trend import Trend, trend
from .stats.zeta import zeta
from .structure.network import Network, network, write_network
from .structure.scaling import Wordfish, Wordscores, wordfish, wordscores
from .structure.similarity import delta, distance, similarity
from .structure.structure import Clustering, Map, cluster, correspondence, lsa, mds, pca
from .text.clean import clean, repair_evidence, repairs, restore
from .text.reading import count_damage, read_texts
from .text.segmenter import Segmenter
from .text.sentences import sentences
from .text.stop_words import stop_words

__all__ = [
    "Clustering",
    "Comparison",
    "CorpusDiff",
    "CountSpec",
    "DataError",
    "DataTypeError",
    "Dfm",
    "Dictionary",
    "DictionaryError",
    "DuizhaoError",
    "DuizhaoWarning",
    "Fcm",
    "FileError",
    "FormatError",
    "Idf",
    "Inference",
    "InternalError",
    "Limits",
    "LostTextWarning",
    "Map",
    "MissingColumnError",
    "Network",
    "NoDocumentsError",
    "ParameterError",
    "Segmenter",
    "Sensitivity",
    "Tokens",
    "Trend",
    "UnreadableFileWarning",
    "WeightedDfm",
    "Wordfish",
    "Wordscores",
    "__version__",
    "associations",
    "bodies",
    "bootstrap",
    "bootstrap_counts",
    "claim_rates",
    "claim_shares",
    "claims",
    "clean",
    "cluster",
    "collocations",
    "compare",
    "correspondence",
    "count",
    "count_damage",
    "deduplicate",
    "delta",
    "demo",
    "dfm",
    "diff",
    "diffusion",
    "diffusion_graph",
    "dispersion",
    "distance",
    "diversity",
    "fcm",
    "finish",
    "fit_idf",
    "keyness",
    "kwic",
    "locate",
    "log_odds",
    "lookup",
    "lsa",
    "lsh_recall",
    "mds",
    "measures",
    "merge",
    "near_duplicates",
    "network",
    "new_words",
    "parse_numbers",
    "partial",
    "passages",
    "pca",
    "permutation_labels",
    "permutation_test",
    "persons",
    "quotations",
    "rate_ratios",
    "rates",
    "read_texts",
    "register",
    "repair_evidence",
    "repairs",
    "report",
    "restore",
    "reuse_pairs",
    "score_tables",
    "sensitivity",
    "sentences",
    "shared_phrases",
    "similarity",
    "slogan_spread",
    "slogans",
    "spark",
    "stop_words",
    "text_reuse",
    "tfidf",
    "tfidf_matrix",
    "titles",
    "tokens",
    "trend",
    "word_lists",
    "wordfish",
    "wordscores",
    "write_network",
    "zeta",
]
