"""The namespace ``.zh`` of polars expressions: row-wise work on Chinese text, eager, lazy and streaming.

Importing duizhao registers it. A null stays null.

>>> import duizhao, polars as pl
>>> pl.select(pl.lit("２０２６年").zh.normalize()).item()
'2026年'

Each finder (``claims``, ``slogans``, ``quotations``, ``bodies``, ``persons`` …) is a method, too; it gives a list of structs with the
columns of its function, and looks at each text by itself.

>>> df = pl.LazyFrame({"text": ["眉山市政协主席王小川表示：“办理提案720余件。”", None]})
>>> found = df.select(pl.col("text").zh.claims().alias("claims"), pl.col("text").zh.persons().alias("persons")).collect()
>>> [[claim["surface"] for claim in row] if row else row for row in found["claims"].to_list()]
[['720余件'], None]
>>> [(p["name"], p["post"], p["body"]) for p in found["persons"][0]]
[('王小川', '主席', '眉山市政协')]
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl
from polars.plugins import register_plugin_function

from . import _core
from ._base.checks import (
    MOST_HASHES,
    require_flag,
    require_instance,
    require_seed,
    require_whole,
    require_word,
)
from .corpus.lookup import NESTED_SCOPES, NestedScope
from .dictionaries.dictionary import Dictionary
from .discourse.lexicon import Lexicon, phrases_of
from .text.clean import Script, Step, choose_steps, pinyin_word
from .text.segmenter import Segmenter
from .text.sentences import Unit

__all__ = ["ChineseExpressions"]

#: Steps of :meth:`ChineseExpressions.repair` and :meth:`ChineseExpressions.normalize`.
_REPAIR: tuple[Step, ...] = (
    "mojibake",
    "pinyin_annotation",
    "escapes",
    "html_tags",
    "html_entities",
    "zero_width",
    "control",
)
_NORMALIZE: tuple[Step, ...] = (
    "zero_width",
    "control",
    "unicode_form",
    "full_width",
    "spaced_digits",
    "whitespace",
)


@pl.api.register_expr_namespace("zh")
class ChineseExpressions:
    """Expressions on columns of Chinese text: ``pl.col("text").zh``."""

    def __init__(self, expr: pl.Expr) -> None:
        """Called by polars."""
        self._expr = expr

    def _plugin(self, function: str, **kwargs: Any) -> pl.Expr:
        return register_plugin_function(
            plugin_path=Path(_core.__file__),
            function_name=function,
            args=[self._expr],
            kwargs=kwargs,
            is_elementwise=True,
        )

    def _clean(
        self,
        steps: Sequence[str],
        *,
        pinyin: str = "auto",
        script: str | None = None,
        regional_words: bool = False,
    ) -> pl.Expr:
        return self._plugin(
            "zh_clean", steps=list(steps), pinyin=pinyin, script=script, regional_words=regional_words
        )

    def repair(self, *, pinyin: Literal["auto"] | bool = "auto") -> pl.Expr:
        """Undo damage: mojibake, inserted readings, HTML entities, zero-width and control characters.

        Each text is judged by itself; see :func:`duizhao.clean` for the steps and for an audit.

        Parameters
        ----------
        pinyin
            ``"auto"`` decides by the evidence of each text, ``True`` always takes readings out, ``False``
            never.

        Returns
        -------
        Expr
            Of dtype String.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> df = pl.DataFrame({"text": ["鏀垮崗", "三&ldquo;农&rdquo;", None]})
        >>> df.select(pl.col("text").zh.repair())["text"].to_list()
        ['政协', '三“农”', None]
        """
        return self._clean(_REPAIR, pinyin=pinyin_word(pinyin))

    def normalize(self) -> pl.Expr:
        """Give one form to what means the same.

        That is Unicode form, width of digits and letters, spaced digits, invisible characters, white space.

        Returns
        -------
        Expr
            Of dtype String.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> pl.select(pl.lit(" ＧＤＰ　增长５．３％ ").zh.normalize()).item()
        'GDP\\u3000增长5.3%'
        """
        return self._clean(_NORMALIZE)

    def to_simplified(self) -> pl.Expr:
        """Convert to simplified characters.

        Returns
        -------
        Expr
            Of dtype String.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> pl.select(pl.lit("政協會議").zh.to_simplified()).item()
        '政协会议'
        """
        return self._clean(["script"], script="simplified")

    def to_traditional(self) -> pl.Expr:
        """Convert to traditional characters.

        Returns
        -------
        Expr
            Of dtype String.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> pl.select(pl.lit("政协会议").zh.to_traditional()).item()
        '政協會議'
        """
        return self._clean(["script"], script="traditional")

    def clean(
        self,
        *,
        steps: Sequence[Step] | None = None,
        script: Script | None = None,
        regional_words: bool = False,
        boilerplate: bool = True,
        pinyin: Literal["auto"] | bool = "auto",
        punctuation: bool = False,
    ) -> pl.Expr:
        """The text that :func:`duizhao.clean` makes of each text, without edits and metadata.

        Parameters
        ----------
        steps, script, regional_words, boilerplate, pinyin, punctuation
            As for :func:`duizhao.clean`.

        Returns
        -------
        Expr
            Of dtype String.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> df = pl.LazyFrame({"text": ["第１條\\r\\n\\r\\n　附則"]})
        >>> df.select(pl.col("text").zh.clean(script="simplified")).collect().item()
        '第1条\\n附则'
        """
        words = choose_steps(
            steps,
            script=script,
            regional_words=regional_words,
            boilerplate=boilerplate,
            punctuation=punctuation,
        )
        return self._clean(words, pinyin=pinyin_word(pinyin), script=script, regional_words=regional_words)

    def tokens(self, segmenter: Segmenter | None = None) -> pl.Expr:
        """Cut each text into tokens, a list of strings; null stays null. White space is no token.

        ``dz.tokens`` takes such a column as it is.

        Parameters
        ----------
        segmenter
            How to cut; by default ``Segmenter()``.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> pl.select(pl.lit("坚持党建引领").zh.tokens()).item().to_list()
        ['坚持', '党建', '引领']
        """
        chosen = Segmenter() if segmenter is None else segmenter
        require_instance(chosen, Segmenter, argument="segmenter", allowed="a dz.Segmenter")
        return self._plugin("zh_tokens", segmenter=chosen.to_json())

    def sentences(self, *, unit: Unit = "sentence", semicolons: bool = True) -> pl.Expr:
        """Cut each text into sentences, clauses or paragraphs; see :func:`duizhao.sentences`.

        Parameters
        ----------
        unit, semicolons
            As for :func:`duizhao.sentences`.

        Returns
        -------
        Expr
            Of dtype List(String), without the white space around the sentences.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> pl.select(pl.lit("春天来了。花开了吗？").zh.sentences()).item().to_list()
        ['春天来了。', '花开了吗？']
        """
        require_word(unit, get_args(Unit), argument="unit")
        return self._plugin("zh_sentences", unit=unit, semicolons=require_flag(semicolons, "semicolons"))

    def register(self) -> pl.Expr:
        """Profile the register of each text by the components that need no segmenter.

        See :func:`duizhao.register` and ``dz.measures("register")``.

        Returns
        -------
        Expr
            Of dtype Struct: one Float64 field a component that needs the text alone. Null for null; a field is
            null where it has nothing to be divided by.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> texts = pl.LazyFrame({"text": ["坚持党建引领，坚持服务群众。", None]})
        >>> texts.select(pl.col("text").zh.register().struct["clause_chars_mean"]).collect().rows()
        [(6.0,), (None,)]
        """
        registry = _core.registry(["register"])
        names = registry.filter(pl.col("needs") == "text").get_column("measure").to_list()
        return self._plugin("zh_register").list.to_struct(fields=names)

    def _found(self, function: str, dictionary: Dictionary, scope: str, negated: bool) -> pl.Expr:
        require_instance(dictionary, Dictionary, argument="dictionary", allowed="a dz.Dictionary")
        require_word(scope, NESTED_SCOPES, argument="nested_scope")
        return self._plugin(
            function,
            dictionary=dictionary.to_json(),
            nested_scope=scope,
            keep_negated=require_flag(negated, "negated"),
        )

    def lookup(
        self, dictionary: Dictionary, *, nested_scope: NestedScope = "dictionary", negated: bool = True
    ) -> pl.Expr:
        """The hits of a dictionary in each text; see :func:`duizhao.lookup`.

        Parameters
        ----------
        dictionary, nested_scope
            As for :func:`duizhao.lookup`.
        negated
            Whether negated hits are kept (with their flag).

        Returns
        -------
        Expr
            Of dtype List(Struct): ``category``, ``levels``, ``entry``, ``surface``, ``weight``, ``negated``,
            ``char_start``, ``char_end``, by place.

        Examples
        --------
        >>> import duizhao as dz, polars as pl
        >>> d = dz.Dictionary({"民众": ["居民", "群众"]})
        >>> hits = pl.LazyFrame({"text": ["居民和群众"]}).select(pl.col("text").zh.lookup(d)).collect().item()
        >>> [(hit["surface"], hit["char_start"]) for hit in hits]
        [('居民', 0), ('群众', 3)]
        """
        return self._found("zh_lookup", dictionary, nested_scope, negated)

    def count_matches(
        self, dictionary: Dictionary, *, nested_scope: NestedScope = "dictionary", negated: bool = True
    ) -> pl.Expr:
        """The number of hits of a dictionary in each text; see :func:`duizhao.lookup`.

        Parameters
        ----------
        dictionary, nested_scope
            As for :func:`duizhao.lookup`.
        negated
            Whether negated hits count.

        Returns
        -------
        Expr
            Of dtype Int64.

        Examples
        --------
        >>> import duizhao as dz, polars as pl
        >>> d = dz.Dictionary({"民众": ["居民", "群众"]})
        >>> pl.select(pl.lit("居民和群众").zh.count_matches(d)).item()
        2
        """
        return self._found("zh_count_matches", dictionary, nested_scope, negated)

    def minhash(
        self, *, size: int = 5, hashes: int = 128, seed: int = 1, ignore_punctuation: bool = True
    ) -> pl.Expr:
        """The MinHash signature of each text; see :func:`duizhao.near_duplicates`.

        The share of equal places of two signatures estimates the Jaccard similarity of the texts' n-grams.

        Parameters
        ----------
        size, hashes, seed, ignore_punctuation
            As for :func:`duizhao.near_duplicates`.

        Returns
        -------
        Expr
            Of dtype List(UInt32), `hashes` values; an empty list for a text without a letter or digit.

        Examples
        --------
        >>> import duizhao, polars as pl
        >>> df = pl.LazyFrame({"text": ["坚持党建引领。", "坚持 党建引领", "……"]})
        >>> one, other, none = df.select(pl.col("text").zh.minhash(hashes=64)).collect().to_series()
        >>> one.equals(other), len(one), len(none)
        (True, 64, 0)
        """
        return self._plugin(
            "zh_minhash",
            size=require_whole(size, argument="size", least=1),
            hashes=require_whole(hashes, argument="hashes", least=1, most=MOST_HASHES),
            seed=require_seed(seed),
            ignore_punctuation=require_flag(ignore_punctuation, "ignore_punctuation"),
        )


def _slogans(self: ChineseExpressions, *, lexicon: Lexicon | None = None) -> pl.Expr:
    return self._plugin("zh_find", finder="slogans", lexicon=phrases_of(lexicon))


def _finder(name: str, fields: Sequence[str]) -> Any:
    """The method of a finder: what its function finds, in each text by itself."""

    def plain(self: ChineseExpressions) -> pl.Expr:
        return self._plugin("zh_find", finder=name)

    found: Any = _slogans if name == "slogans" else plain
    more = (
        """
        Parameters
        ----------
        lexicon
            As for :func:`duizhao.slogans`.
"""
        if name == "slogans"
        else ""
    )
    found.__name__ = name
    found.__qualname__ = f"{ChineseExpressions.__name__}.{name}"
    found.__doc__ = f"""Find the {name} of each text by itself; see :func:`duizhao.{name}`.
{more}
        Returns
        -------
        Expr
            Of dtype List(Struct): {", ".join(f"``{field}``" for field in fields)}.
            An empty list for a text without any, null for null.
        """
    return found


#: The finders: functions of the package that are methods of ``.zh`` and commands, too.
FINDERS = tuple(_core.finders())
for _name, _columns in _core.row_types():
    if _name in FINDERS:
        _fields = [column for column, _ in _columns if column not in ("raw_start", "raw_end")]
        setattr(ChineseExpressions, _name, _finder(_name, _fields))
