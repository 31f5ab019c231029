"""Proposals of OpenCC for one clause: a second opinion, never the judge.

Works with opencc-python-reimplemented and with OpenCC's own package, which share the
name `opencc`. Importing either is heavy, converting slow (2 MB/s), so clauses that
are suspected already are all it gets to see.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Protocol

from seedlint.language.script_standards import Standard, canonical
from seedlint.language.script_tables import folds

_CONFIGURATIONS = {Standard.TAIWAN: "s2tw", Standard.HONG_KONG: "s2hk", Standard.OPENCC: "s2t"}
_REACH = 40  # characters of a clause on either side of the place


class _Converter(Protocol):
    def convert(self, text: str, /) -> str: ...


class OpenCCMissing(ImportError):
    """Neither of the packages that provide `opencc` is installed."""


@cache
def _converter(standard: Standard) -> _Converter:
    try:
        from opencc import OpenCC
    except ImportError as error:
        message = "no OpenCC: install opencc-python-reimplemented (or OpenCC)"
        raise OpenCCMissing(message) from error
    converter: _Converter = OpenCC(_CONFIGURATIONS[standard])
    return converter


@lru_cache(maxsize=4096)
def _converted(clause: str, standard: Standard) -> str:
    return _converter(standard).convert(clause.translate(folds()))


def proposal(text: str, offset: int, standard: Standard) -> str:
    """The form that OpenCC writes at ``offset``, its clause taken back to Simplified first.

    Empty where the conversion changes the length of the clause. Raises OpenCCMissing.
    """
    left = re.search("[\u3400-\u9fff]*$", text[max(offset - _REACH, 0) : offset])
    right = re.match("[\u3400-\u9fff]*", text[offset : offset + _REACH])
    assert left and right
    clause = left[0] + right[0]
    converted = _converted(clause, standard)
    return canonical(converted[len(left[0])]) if len(converted) == len(clause) else ""
