"""Shows any text without letting it act: no control, invisible or lone surrogate passes."""

from __future__ import annotations

import re
from functools import cache

# General categories Cc, Cf, Cs, Co, Zl and Zp, and Default_Ignorable_Code_Point
# (Unicode 16, DerivedCoreProperties.txt), and the noncharacters of the basic plane, as ranges.
_HIDDEN = (
    "\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"[{_HIDDEN}]")


def _name(match: re.Match[str]) -> str:
    char = match[0]
    if "\udc80" <= char <= "\udcff":
        return f"<{ord(char) - 0xDC00:02X}>"
    return f"<U+{ord(char):04X}>"


def visible(text: str) -> str:
    """``text`` with every hidden character but the tab as ``<U+200B>`` and every stray byte as ``<8F>``."""
    return text if text.isascii() and text.isprintable() else _pattern().sub(_name, text)


def visible_spaces(text: str) -> str:
    """The same for a text whose spaces matter: a space is an open box, any other is named."""
    return _odd_spaces().sub(_name, visible(text.replace("\t", "<U+0009>"))).replace(" ", "\N{OPEN BOX}")


@cache
def _odd_spaces() -> re.Pattern[str]:
    return re.compile("[\N{NO-BREAK SPACE}\u1680\u2000-\u200a\u202f\u205f\N{IDEOGRAPHIC SPACE}]")


def escaped(text: str) -> str:
    r"""``text`` with lone surrogates spelled ``\udc8f``, as strict JSON readers demand."""
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)
