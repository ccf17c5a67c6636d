"""Numbers for human eyes."""

from __future__ import annotations

import json
import math

__all__ = ["compact", "fixed", "integer", "option", "p_value", "rate"]

_LN10 = math.log(10.0)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MINUS = "−"


def integer(value: int | None) -> str:
    """Return ``1,234``; ``–`` for null.

    >>> integer(1234567)
    '1,234,567'
    """
    return "–" if value is None else f"{value:,}".replace("-", _MINUS)


def fixed(value: float | None, digits: int = 2) -> str:
    """Return a number with fixed digits; ``–`` for null and for what is not finite.

    >>> fixed(-1.2345)
    '−1.23'
    """
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{digits}f}"
    if text.startswith("-"):
        text = text[1:] if float(text.replace(",", "")) == 0 else _MINUS + text[1:]
    return text


def rate(value: float | None) -> str:
    """Return a rate per million: whole numbers from 100, else one digit.

    >>> rate(1234.5), rate(12.34)
    ('1,234', '12.3')
    """
    return fixed(value, 0 if value is not None and abs(value) >= 100 else 1)


def compact(value: float | None) -> str:
    """Return about three significant digits without an exponent, for axes and labels.

    >>> compact(1234.5), compact(45.678), compact(0.1234)
    ('1,234', '45.7', '0.123')
    """
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    return fixed(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3)


def p_value(p: float | None, log_p: float | None = None) -> str:
    """Return a p-value; small ones from their natural logarithm, so that none reads as zero.

    >>> p_value(0.0312)
    '0.031'
    >>> p_value(0.0, -2000.0)
    '<1e-300'
    >>> p_value(3.2e-15)
    '3.2×10⁻¹⁵'
    """
    if p is None and log_p is None:
        return "–"
    if log_p is None:
        if p is None or math.isnan(p):
            return "–"
        if p <= 0.0:
            return "<1e-300"
        log_p = math.log(p)
    if math.isnan(log_p):
        return "–"
    if log_p < -300 * _LN10:
        return "<1e-300"
    if log_p >= math.log(0.001):
        return f"{min(math.exp(log_p), 1.0):.3f}"
    exponent = math.floor(log_p / _LN10)
    mantissa = math.exp(log_p - exponent * _LN10)
    if f"{mantissa:.1f}" == "10.0":
        mantissa, exponent = 1.0, exponent + 1
    return f"{mantissa:.1f}×10{str(exponent).translate(_SUPERSCRIPT)}"


def option(value: object) -> str:
    """Return a word as it is, any other value of an option as JSON.

    >>> option("zh"), option(None), option(["claims"])
    ('zh', 'null', '["claims"]')
    """
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
