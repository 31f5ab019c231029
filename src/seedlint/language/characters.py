"""Character classes as fragments of regular expressions (Unicode 16 block and script data)."""

from __future__ import annotations

import re
from functools import cache

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb"
BEYOND = "^\x00-\xff\u2000-\u206f\u3000-\u30ff\uff00-\uffef"
"""A class by itself: Han and more, not Latin, marks or kana. It compiles at once, wide ranges do not."""
EAST_ASIAN = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
"""The letters of ordinary Chinese, Japanese and Korean text; no half-width ones, which damage is full of."""
CHINESE_MARKS = (
    "\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301b"
    "\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)


@cache
def east_asian() -> re.Pattern[str]:
    """A pattern for one letter of `EAST_ASIAN`."""
    return re.compile(f"[{EAST_ASIAN}]")
