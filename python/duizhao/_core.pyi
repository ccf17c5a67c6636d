"""Stubs of the compiled module. One section a topic, in the order of ``src/python/mod.rs``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, final

import numpy as np
import polars as pl

_Progress = bool | Callable[[int], object] | None
#: What `_base.inference.drawing` makes: an object with the attributes of its `Drawing`.
_Inference = object
#: Phrases, how they are read, whether case is folded.
_Patterns = tuple[list[list[str]], str, bool]
_Array = np.ndarray[Any, Any]
_Arrays = tuple[_Array, _Array, _Array]

__all__ = [
    "Dfm",
    "Dictionary",
    "Fcm",
    "Idf",
    "Segmenter",
    "Tokens",
    "WeightedDfm",
    "WeightedFcm",
    "__version__",
    "adjust_p",
    "association_intervals",
    "associations",
    "bare_cut",
    "claim_shares",
    "clean_steps",
    "clean_texts",
    "closest",
    "cluster_tree",
    "collocations",
    "count_damage",
    "count_pairs",
    "cut_tree",
    "deltas",
    "dispersion",
    "diversity",
    "diversity_intervals",
    "find",
    "finders",
    "fold_texts",
    "group_means",
    "group_similarity",
    "held_passages",
    "idf_values",
    "interval_bounds",
    "kendall_tau",
    "keyness",
    "kwic",
    "log_odds",
    "lookup_frame",
    "lose_most",
    "lsh_bands",
    "map_documents",
    "multiplicity_rows",
    "near_duplicates",
    "new_words",
    "pair_interactions",
    "parse_dictionary",
    "parse_numbers",
    "parse_word_list",
    "passage_clusters",
    "permutation_rows",
    "poisson_intervals",
    "rank_biased_overlap",
    "rate_ratios_frame",
    "rates_frame",
    "read_files",
    "register_frame",
    "registry",
    "repair_evidence",
    "restore_texts",
    "row_types",
    "scale_distances",
    "score_tables",
    "sentences_frame",
    "shared_phrases",
    "similarity",
    "slogan_senses",
    "slogans_frame",
    "text_changes",
    "text_reuse",
    "tfidf_frame",
    "tfidf_matrix",
    "trend",
    "weigh_pairs",
    "word_lists",
    "wordfish",
    "words",
    "wordscores",
    "zeta_frame",
]

__version__: str

# --- words -----------------------------------------------------------------------------------------------------------

def words() -> dict[str, list[str]]: ...
def closest(word: str, allowed: Sequence[str]) -> str | None: ...

# --- reading ---------------------------------------------------------------------------------------------------------

def read_files(files: Sequence[str], encoding: str | None, *, progress: _Progress = None) -> pl.DataFrame: ...
def count_damage(texts: pl.Series) -> pl.Series: ...

# --- sentences -------------------------------------------------------------------------------------------------------

def sentences_frame(
    texts: pl.Series, edits: pl.DataFrame | None, *, unit: str, semicolons: bool, progress: _Progress = None
) -> pl.DataFrame: ...

# --- claims ----------------------------------------------------------------------------------------------------------

def parse_numbers(texts: pl.Series) -> pl.DataFrame: ...
def claim_shares(counts: Sequence[int], kinds: int, *, inference: _Inference) -> pl.DataFrame: ...

# --- finders ---------------------------------------------------------------------------------------------------------

def finders() -> list[str]: ...
def find(
    finder: str, texts: pl.Series, edits: pl.DataFrame | None, *, progress: _Progress = None
) -> pl.DataFrame: ...
def slogans_frame(
    texts: pl.Series, edits: pl.DataFrame | None, *, lexicon: list[str], progress: _Progress = None
) -> pl.DataFrame: ...
def slogan_senses(labels: pl.Series, expansions: pl.Series) -> pl.Series: ...
def row_types() -> list[tuple[str, list[tuple[str, str]]]]: ...

# --- clean -----------------------------------------------------------------------------------------------------------

def clean_steps() -> list[str]: ...
def clean_texts(
    texts: pl.Series,
    *,
    steps: list[str],
    pinyin: str,
    script: str | None,
    regional_words: bool,
    progress: _Progress = None,
) -> tuple[pl.DataFrame, pl.Series]: ...
def restore_texts(texts: pl.Series, edits: pl.DataFrame) -> pl.Series: ...
def lose_most(raw: pl.Series, texts: pl.Series) -> pl.Series: ...
def repair_evidence(texts: pl.Series, *, progress: _Progress = None) -> pl.DataFrame: ...

# --- measures --------------------------------------------------------------------------------------------------------

def registry(families: Sequence[str] | None = None) -> pl.DataFrame: ...
def score_tables(
    cells: tuple[pl.Series, pl.Series, pl.Series, pl.Series],
    measures: Sequence[str],
    adjust: str | None,
    parameters: object,
) -> pl.DataFrame: ...

# --- keyness ---------------------------------------------------------------------------------------------------------

class _KeynessOptions(TypedDict):
    measures: Sequence[str]
    min_count: int
    adjust: str | None
    parameters: object
    inference: _Inference

def keyness(
    dfm: Dfm,
    groups: pl.Series,
    targets: pl.Series,
    references: pl.Series | None,
    options: _KeynessOptions,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- inference -------------------------------------------------------------------------------------------------------

def permutation_rows(permutations: int, seed: int, blocks: pl.Series) -> pl.Series: ...
def multiplicity_rows(resamples: int, seed: int, blocks: pl.Series) -> pl.Series: ...
def interval_bounds(
    observed: pl.Series,
    replicates: pl.Series,
    jackknife: pl.Series,
    units: int,
    interval: str,
    level: float,
) -> pl.DataFrame: ...
def log_odds(target: pl.Series, reference: pl.Series, alpha: pl.Series) -> pl.DataFrame: ...
def adjust_p(p: pl.Series, adjust: str) -> pl.Series: ...

# --- dispersion ------------------------------------------------------------------------------------------------------

class _DispersionOptions(TypedDict):
    measures: Sequence[str]
    min_count: int
    equal_sizes: bool
    inference: _Inference

def dispersion(
    dfm: Dfm | None,
    tokens: Tokens | None,
    *,
    groups: pl.Series | None,
    parts: int | None,
    options: _DispersionOptions,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- diversity -------------------------------------------------------------------------------------------------------

def diversity(
    dfm: Dfm | None,
    tokens: Tokens | None,
    *,
    measures: Sequence[str],
    options: Mapping[str, float],
    progress: _Progress = None,
) -> pl.DataFrame: ...
def diversity_intervals(tokens: Tokens, *, segment: int, inference: _Inference) -> pl.DataFrame: ...

# --- lists of words ---------------------------------------------------------------------------------------------------

def word_lists() -> pl.DataFrame: ...

# --- register --------------------------------------------------------------------------------------------------------

def register_frame(
    texts: pl.Series,
    segmenter: Segmenter | None,
    components: Sequence[str],
    *,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- means -----------------------------------------------------------------------------------------------------------

def group_means(
    values: pl.DataFrame,
    groups: pl.Series,
    n_groups: int,
    *,
    inference: _Inference,
    adjust: str | None,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- associations ----------------------------------------------------------------------------------------------------

def associations(
    fcm: Fcm,
    nodes: pl.Series | None,
    measures: Sequence[str],
    min_count: int,
    adjust: str | None,
) -> pl.DataFrame: ...
def association_intervals(
    tokens: Tokens,
    fcm: Fcm,
    node: int,
    collocates: pl.Series,
    *,
    measures: Sequence[str],
    inference: _Inference,
) -> pl.DataFrame: ...

# --- collocations ----------------------------------------------------------------------------------------------------

class _CollocationOptions(TypedDict):
    sizes: Sequence[int]
    min_count: int
    within: str
    smoothing: float
    padding_in_margins: bool
    punctuation_breaks: bool
    contains: Sequence[str] | None
    value_type: str
    tags: Sequence[str] | None
    measures: Sequence[str]
    adjust: str | None

def collocations(
    tokens: Tokens, options: _CollocationOptions, *, progress: _Progress = None
) -> pl.DataFrame: ...
def pair_interactions(
    neither: pl.Series, first: pl.Series, second: pl.Series, both: pl.Series, smoothing: float
) -> pl.DataFrame: ...

# --- similarity ------------------------------------------------------------------------------------------------------

class _MethodOptions(TypedDict):
    kind: str
    word: str
    power: float
    smoothing: float

class _WantedPairs(TypedDict):
    of: pl.Series | None
    bound: float | None
    top: int | None

def similarity(
    dfm: Dfm | WeightedDfm,
    against: Dfm | WeightedDfm | None,
    margin: str,
    method: _MethodOptions,
    wanted: _WantedPairs,
    progress: _Progress = None,
) -> pl.DataFrame: ...
def group_similarity(
    dfm: Dfm | WeightedDfm,
    groups: pl.Series,
    method: _MethodOptions,
    inference: _Inference,
    progress: _Progress = None,
) -> pl.DataFrame: ...
def deltas(dfm: Dfm, method: str, n_features: int, culling: float) -> tuple[pl.Series, pl.DataFrame]: ...

# --- scaling ---------------------------------------------------------------------------------------------------------

def wordscores(
    dfm: Dfm, reference: pl.Series, smoothing: float, rescaling: str, all: bool
) -> tuple[pl.Series, pl.DataFrame]: ...

class _WordfishOptions(TypedDict):
    direction: tuple[int, int]
    prior_beta: float
    prior_theta: float
    tolerance: float
    max_iterations: int

def wordfish(
    dfm: Dfm, options: _WordfishOptions, progress: _Progress = None
) -> tuple[pl.DataFrame, pl.DataFrame, int, bool, float]: ...
def trend(
    time: pl.Series,
    count: pl.Series,
    tokens: pl.Series,
    inference: _Inference,
    progress: _Progress = None,
) -> tuple[pl.DataFrame, list[tuple[str, float | None]]]: ...

# --- sensitivity -----------------------------------------------------------------------------------------------------

def kendall_tau(x: pl.Series, y: pl.Series) -> float | None: ...
def rank_biased_overlap(a: pl.Series, b: pl.Series, persistence: float) -> float | None: ...

# --- structure -------------------------------------------------------------------------------------------------------

def cluster_tree(
    n: int, condensed: pl.Series, linkage: str
) -> tuple[pl.DataFrame, pl.Series, float | None]: ...
def cut_tree(n: int, first: pl.Series, second: pl.Series, k: int) -> pl.Series: ...
def map_documents(
    dfm: Dfm | WeightedDfm, kind: str, dimensions: int, progress: _Progress = None
) -> tuple[pl.Series, float, pl.Series, pl.Series]: ...
def scale_distances(
    n: int, condensed: pl.Series, dimensions: int
) -> tuple[pl.Series, float, pl.Series, pl.Series]: ...

# --- segmenter -------------------------------------------------------------------------------------------------------

@final
class Segmenter:
    def __new__(
        cls,
        *,
        hmm: bool,
        mode: str,
        pos: bool,
        join_latin: bool,
        user_words: list[tuple[str, int | None, str | None]],
        suppress: list[str],
        script: str,
    ) -> Segmenter: ...
    @property
    def hmm(self) -> bool: ...
    @property
    def mode(self) -> str: ...
    @property
    def pos(self) -> bool: ...
    @property
    def join_latin(self) -> bool: ...
    @property
    def user_words(self) -> list[tuple[str, int | None, str | None]]: ...
    @property
    def suppress(self) -> list[str]: ...
    @property
    def script(self) -> str: ...
    def cut(self, text: str) -> list[str]: ...
    def tokenize(self, text: str) -> list[tuple[str, str | None, int, int]]: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(json: str) -> Segmenter: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

def parse_dictionary(origin: str, text: str) -> list[tuple[str, int | None, str | None]]: ...
def parse_word_list(origin: str, text: str) -> list[str]: ...

# --- tokens ----------------------------------------------------------------------------------------------------------

class _Stripped(TypedDict):
    punctuation: bool
    numbers: bool
    symbols: bool
    min_chars: int

class _LookupOptions(TypedDict):
    pattern_keys: list[int]
    keys: list[str]
    within_key: bool
    exclusive: bool
    nomatch: str | None
    append: tuple[str, str] | None

@final
class Tokens:
    @staticmethod
    def from_texts(
        texts: pl.Series,
        segmenter: Segmenter,
        *,
        spans: bool,
        progress: _Progress = None,
    ) -> Tokens: ...
    @staticmethod
    def from_lists(lists: pl.Series, *, progress: _Progress = None) -> Tokens: ...
    @staticmethod
    def from_columns(columns: pl.DataFrame) -> Tokens: ...
    def to_columns(self) -> pl.DataFrame: ...
    def __len__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    @property
    def has_tags(self) -> bool: ...
    def ids(self) -> np.ndarray[Any, np.dtype[np.uint32]]: ...
    def offsets(self) -> np.ndarray[Any, np.dtype[np.uint64]]: ...
    def types(self) -> pl.Series: ...
    def marginals(self) -> pl.DataFrame: ...
    def document(self, index: int) -> list[str | None]: ...
    def to_frame(self, edits: pl.DataFrame | None) -> pl.DataFrame: ...
    def strip(self, *, words: list[str], remove: _Stripped, padding: bool) -> Tokens: ...
    def select(
        self, patterns: _Patterns, *, invert: bool, window: tuple[int, int], padding: bool
    ) -> Tokens: ...
    def unmatched(self, phrases: list[list[str]], value_type: str, case_insensitive: bool) -> list[int]: ...
    def ngrams(self, *, sizes: list[int], skips: list[int], concatenator: str) -> Tokens: ...
    def compound(
        self,
        patterns: _Patterns,
        *,
        concatenator: str,
        join: bool,
        window: tuple[int, int],
        keep_unigrams: bool,
    ) -> Tokens: ...
    def lookup(self, patterns: _Patterns, options: _LookupOptions) -> Tokens: ...
    def select_documents(self, indices: list[int]) -> Tokens: ...
    def group(self, groups: list[int], n_groups: int) -> Tokens: ...

# --- kwic ------------------------------------------------------------------------------------------------------------

class _Context(TypedDict):
    window: int
    separator: str
    across: bool

def kwic(
    tokens: Tokens,
    patterns: _Patterns,
    *,
    texts: pl.Series | None,
    edits: pl.DataFrame | None,
    context: _Context,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- reference -------------------------------------------------------------------------------------------------------

def bare_cut(texts: pl.Series, hmm: bool) -> int: ...

# --- dfm -------------------------------------------------------------------------------------------------------------

@final
class Dfm:
    @staticmethod
    def from_tokens(tokens: Tokens, *, progress: _Progress = None) -> Dfm: ...
    @staticmethod
    def from_cells(
        features: pl.Series, n_documents: int, rows: pl.Series, columns: pl.Series, values: pl.Series
    ) -> Dfm: ...
    @property
    def n_documents(self) -> int: ...
    @property
    def n_features(self) -> int: ...
    @property
    def n_nonzero(self) -> int: ...
    @property
    def total(self) -> int: ...
    def features(self) -> pl.DataFrame: ...
    def row_sums(self) -> pl.Series: ...
    def cells(self) -> pl.DataFrame: ...
    def arrays(self) -> _Arrays: ...
    def select_documents(self, documents: pl.Series) -> Dfm: ...
    def select_features(self, ids: pl.Series) -> Dfm: ...
    def match_features(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> pl.Series: ...
    def unmatched(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> list[int]: ...
    def trim(
        self,
        min_count: float | None,
        max_count: float | None,
        count_unit: str,
        min_doc_freq: float | None,
        max_doc_freq: float | None,
        doc_freq_unit: str,
    ) -> Dfm: ...
    def group(self, groups: pl.Series, n_groups: int) -> Dfm: ...
    @staticmethod
    def merge(parts: Sequence[Dfm], rows: Sequence[pl.Series], n_documents: int) -> Dfm: ...
    def weigh(self, scheme: str, base: float | None, k: float | None) -> WeightedDfm: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class WeightedDfm:
    @staticmethod
    def from_cells(
        features: pl.Series, n_documents: int, rows: pl.Series, columns: pl.Series, values: pl.Series
    ) -> WeightedDfm: ...
    @property
    def n_documents(self) -> int: ...
    @property
    def n_features(self) -> int: ...
    @property
    def n_nonzero(self) -> int: ...
    def features(self) -> pl.DataFrame: ...
    def cells(self) -> pl.DataFrame: ...
    def arrays(self) -> _Arrays: ...
    def select_documents(self, documents: pl.Series) -> WeightedDfm: ...
    def select_features(self, ids: pl.Series) -> WeightedDfm: ...
    def match_features(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> pl.Series: ...
    def unmatched(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> list[int]: ...
    def __eq__(self, other: object, /) -> bool: ...

# --- weighting -------------------------------------------------------------------------------------------------------

@final
class Idf:
    @staticmethod
    def fit(dfm: Dfm, wishes: Mapping[str, object]) -> Idf: ...
    @staticmethod
    def from_table(features: pl.Series, values: pl.Series) -> Idf: ...
    @staticmethod
    def from_doc_freqs(header: str, features: pl.Series, doc_freqs: pl.Series) -> Idf: ...
    def header(self) -> str | None: ...
    @property
    def n_features(self) -> int: ...
    @property
    def n_documents(self) -> int | None: ...
    def to_frame(self) -> pl.DataFrame: ...
    def __eq__(self, other: object, /) -> bool: ...

def idf_values(n_documents: int, doc_freq: pl.Series) -> pl.Series: ...
def tfidf_frame(dfm: Dfm, idf: Idf | None, wishes: Mapping[str, object]) -> pl.DataFrame: ...
def tfidf_matrix(dfm: Dfm, idf: Idf | None, wishes: Mapping[str, object]) -> WeightedDfm: ...

# --- fcm -------------------------------------------------------------------------------------------------------------

@final
class Fcm:
    @staticmethod
    def from_parts(header: str, features: pl.DataFrame, cells: pl.DataFrame) -> Fcm: ...
    def header(self) -> str: ...
    @property
    def n_features(self) -> int: ...
    @property
    def n_nonzero(self) -> int: ...
    @property
    def n_units(self) -> int: ...
    @property
    def total(self) -> int: ...
    def features(self) -> pl.DataFrame: ...
    def cells(self) -> pl.DataFrame: ...
    def symmetric_cells(self) -> pl.DataFrame: ...
    def collocates(self, node: int) -> pl.DataFrame: ...
    def arrays(self) -> _Arrays: ...
    def select_features(self, ids: pl.Series) -> Fcm: ...
    def match_features(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> pl.Series: ...
    def unmatched(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> list[int]: ...
    def merge(self, other: Fcm) -> Fcm: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class WeightedFcm:
    @staticmethod
    def from_parts(header: str, features: pl.DataFrame, cells: pl.DataFrame) -> WeightedFcm: ...
    def header(self) -> str: ...
    @property
    def n_features(self) -> int: ...
    @property
    def n_nonzero(self) -> int: ...
    @property
    def n_units(self) -> int: ...
    @property
    def total(self) -> float: ...
    def features(self) -> pl.DataFrame: ...
    def cells(self) -> pl.DataFrame: ...
    def symmetric_cells(self) -> pl.DataFrame: ...
    def collocates(self, node: int) -> pl.DataFrame: ...
    def arrays(self) -> _Arrays: ...
    def select_features(self, ids: pl.Series) -> WeightedFcm: ...
    def match_features(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> pl.Series: ...
    def unmatched(self, words: Sequence[str], value_type: str, case_insensitive: bool) -> list[int]: ...
    def merge(self, other: WeightedFcm) -> WeightedFcm: ...
    def __eq__(self, other: object, /) -> bool: ...

class _PairOptions(TypedDict):
    unit: str
    window: int | None
    counting: str
    ordered: bool
    self_pairs_twice: bool

def count_pairs(tokens: Tokens, options: _PairOptions, *, progress: _Progress = None) -> Fcm: ...
def weigh_pairs(
    tokens: Tokens,
    *,
    weights: Sequence[float],
    unit: str,
    ordered: bool,
    self_pairs_twice: bool,
    progress: _Progress = None,
) -> WeightedFcm: ...

# --- reuse -----------------------------------------------------------------------------------------------------------

class _ReuseOptions(TypedDict):
    min_chars: int
    seed_chars: int
    max_gap: int
    min_identity: float
    max_doc_freq: int | None
    baseline: list[bool]

def text_reuse(
    texts: pl.Series,
    edits: pl.DataFrame | None,
    *,
    ignore_punctuation: bool,
    options: _ReuseOptions,
    texts_too: bool,
    progress: _Progress = None,
) -> tuple[pl.DataFrame, pl.DataFrame, list[int], int, int]: ...
def passage_clusters(
    texts: pl.Series,
    edits: pl.DataFrame | None,
    passages: pl.DataFrame,
    *,
    overlap: float,
    progress: _Progress = None,
) -> pl.DataFrame: ...
def shared_phrases(
    texts: pl.Series, edits: pl.DataFrame | None, *, min_chars: int, progress: _Progress = None
) -> pl.DataFrame: ...
def held_passages(
    texts: pl.Series, stretches: pl.DataFrame, ends: int, ignore_punctuation: bool
) -> pl.DataFrame: ...
def fold_texts(texts: pl.Series, ignore_punctuation: bool) -> pl.Series: ...

# --- near_duplicates -------------------------------------------------------------------------------------------------

class _NearOptions(TypedDict):
    min_similarity: float
    size: int
    hashes: int
    recall: float
    seed: int

def near_duplicates(
    texts: pl.Series, *, ignore_punctuation: bool, options: _NearOptions, progress: _Progress = None
) -> tuple[pl.DataFrame, list[int], int, int, int]: ...
def lsh_bands(
    hashes: int, min_similarity: float, recall: float, similarities: list[float]
) -> tuple[int, int, list[float]]: ...

# --- diff ------------------------------------------------------------------------------------------------------------

def text_changes(
    old: pl.Series,
    new: pl.Series,
    removed: pl.Series,
    added: pl.Series,
    *,
    min_moved: int,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- lookup ----------------------------------------------------------------------------------------------------------

@final
class Dictionary:
    def __new__(
        cls,
        categories: pl.Series,
        entries: pl.Series,
        weights: pl.Series,
        contexts: Sequence[tuple[int, Sequence[str], Sequence[str], Sequence[str]]],
        options: str,
        *,
        origin: str,
        lines: Sequence[int],
    ) -> Dictionary: ...
    def __len__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def entries(self) -> pl.DataFrame: ...
    def options(self) -> str: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(json: str) -> Dictionary: ...

def lookup_frame(
    texts: pl.Series,
    edits: pl.DataFrame | None,
    dictionary: Dictionary,
    *,
    nested_scope: str,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- new words -------------------------------------------------------------------------------------------------------

class _NewWordLimits(TypedDict):
    max_chars: int
    min_count: int
    min_doc_freq: int
    min_cohesion: float
    min_entropy: float
    max_across: float
    edges: str
    letters: bool

def new_words(
    texts: pl.Series, segmenter: Segmenter, limits: _NewWordLimits, *, progress: _Progress = None
) -> pl.DataFrame: ...

# --- rates -----------------------------------------------------------------------------------------------------------

def poisson_intervals(count: pl.Series, level: float) -> pl.DataFrame: ...
def rate_ratios_frame(
    counts: Sequence[int],
    sizes: Sequence[int],
    groups: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    *,
    inference: _Inference,
    progress: _Progress = None,
) -> pl.DataFrame: ...
def rates_frame(
    counts: Sequence[int],
    sizes: Sequence[int],
    groups: Sequence[int],
    *,
    inference: _Inference,
    progress: _Progress = None,
) -> pl.DataFrame: ...

# --- zeta ------------------------------------------------------------------------------------------------------------

def zeta_frame(
    tokens: Tokens,
    sides: Sequence[int],
    *,
    segment: int,
    least: int,
    inference: _Inference,
    progress: _Progress = None,
) -> tuple[pl.DataFrame, list[int]]: ...
