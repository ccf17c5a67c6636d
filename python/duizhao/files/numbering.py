"""Automatic numbers of paragraphs: 一、 1. （一） ① as Word and OpenDocument count and write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Counters", "Level", "numeral"]

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = {
    "Simplified": ("零壹贰叁肆伍陆柒捌玖", "拾", "佰", "仟", "万"),
    "Traditional": ("零壹貳參肆伍陸柒捌玖", "拾", "佰", "仟", "萬"),
}
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_BULLET: Final = "•"


def chinese(
    value: int, digits: str = "零一二三四五六七八九", units: Sequence[str] = ("十", "百", "千", "万")
) -> str:
    """A whole number in words, as numbers of chapters are written.

    >>> [chinese(n) for n in (1, 10, 12, 20, 105, 110, 1010, 10001)]
    ['一', '十', '十二', '二十', '一百零五', '一百一十', '一千零一十', '一万零一']
    """
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        rest = chinese(low, digits, units) if low else ""
        zero = digits[0] if low and low < 1000 else ""
        return chinese(high, digits, units) + units[3] + zero + (_one_ten(low, digits, units) or rest)
    words: str = ""
    gap = False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, value = divmod(value, power)
        if digit == 0:
            gap = bool(words)
            continue
        words += (digits[0] if gap else "") + digits[digit] + unit
        gap = False
    # Twelve is 十二, not 一十二.
    return words[1:] if words.startswith(digits[1] + units[0]) and units[0] == "十" else words or digits[0]


def _one_ten(low: int, digits: str, units: Sequence[str]) -> str:
    """Ten to nineteen behind a larger unit: 一万零一十."""
    return digits[1] + chinese(low, digits, units) if 10 <= low < 20 and units[0] == "十" else ""


def _legal(form: str) -> Callable[[int], str]:
    digits, *units = _LEGAL[form]
    return lambda value: chinese(value, digits, units)


def _letters(value: int, first: str) -> str:
    """A, B, … Z, AA, BB, …"""
    times, place = divmod(value - 1, 26)
    return chr(ord(first) + place) * (times + 1)


def _roman(value: int) -> str:
    words = ""
    for amount, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
        (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        words += letters * (value // amount)
        value %= amount
    return words


def _circled(value: int) -> str:
    if value <= 20:
        return chr(0x2460 + value - 1)
    return (
        chr(0x3251 + value - 21) if value <= 35 else chr(0x32B1 + value - 36) if value <= 50 else str(value)
    )


def _from(first: int, most: int, other: Callable[[int], str] = str) -> Callable[[int], str]:
    return lambda value: chr(first + value - 1) if value <= most else other(value)


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


#: How a number is written, by the name that Office Open XML (ST_NumberFormat) has for it; others are written as 1, 2, 3.
_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"),
        chinese,
    ),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"),
        lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    ),
    "chineseLegalSimplified": _legal("Simplified"),
    "ideographLegalTraditional": _legal("Traditional"),
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _from(0x3280, 10, chinese),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20, "{}.".format),
    "decimalEnclosedParen": _from(0x2474, 20, "({})".format),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": "{:02}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value, "A"),
    "lowerLetter": lambda value: _letters(value, "a"),
}  # fmt: skip


def numeral(value: int, form: str) -> str:
    """A number as a format writes it.

    >>> [numeral(12, form) for form in ("decimal", "chineseCounting", "decimalEnclosedCircle", "upperRoman", "lowerLetter")]
    ['12', '十二', '⑫', 'XII', 'l']
    """
    if form == "none":
        return ""
    return _FORMATS.get(form, str)(value) if value > 0 else str(value)


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how it is written, what stands behind it."""

    start: int = 1
    form: str = "decimal"
    #: ``%1、``, ``第%1章``, ``%1.%2``; of a bullet the bullet.
    text: str = ""
    #: Whether all numbers in it are written 1, 2, 3.
    plain: bool = False
    #: Up to which level a higher one starts it anew; 0: none does, None: all do.
    restart: int | None = None
    #: ``tab``, ``space`` or ``nothing``.
    suffix: str = "tab"


@dataclass
class Counters:
    """The numbers of one list as paragraph follows paragraph."""

    values: dict[int, int] = field(default_factory=dict)

    def next(self, levels: Mapping[int, Level], depth: int, start: int | None = None) -> str:
        """The label of the next paragraph at a depth (0 is the outermost), with what stands behind it.

        ``start`` begins the level anew at this number.
        """
        level = levels.get(depth, Level())
        first = level.start if start is None else start
        self.values[depth] = (
            first if start is not None or depth not in self.values else self.values[depth] + 1
        )
        for deeper in [other for other in self.values if other > depth]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or (restart > 0 and depth < restart):
                del self.values[deeper]
        label = _BULLET if level.form == "bullet" else self._written(levels, level)
        return _spaced(label, level.suffix)

    def _written(self, levels: Mapping[int, Level], level: Level) -> str:
        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            above = levels.get(depth, Level())
            value = self.values.setdefault(depth, above.start)
            return numeral(value, "decimal" if level.plain and above.form != "none" else above.form)

        return re.sub(r"%([1-9])", number, level.text)


def _spaced(label: str, suffix: str) -> str:
    """The label and what separates it from the text: nothing behind a Chinese mark, else a blank."""
    if not label or suffix == "nothing":
        return label
    last = label[-1]
    chinese_end = last in "、．）】〕：，。" or "\u2e80" <= last <= "\u9fff"
    # Behind 第一章 a blank tells the number from the heading; 一、 needs none.
    needs_none = chinese_end and not re.search(r"[章节節条條编編篇款项項部分]$", label)
    return label if needs_none else label + " "
