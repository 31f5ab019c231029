"""Escapes that nobody decoded: references, \\u escapes, percent and quoted-printable runs.

Each kind knows its pattern, how to decode it and how to write it again, so that a
decoding is proved like any other repair.
"""

from __future__ import annotations

import html
import quopri
import re
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from seedlint.diagnostic import Span
from seedlint.places import lines_with

_SOFT_BREAKS = ("=\n", "=\r\n")
_TRIPLE = "%[0-9A-Fa-f]{2}"
_QUOTED = r"[!-<>-~ \t]|=[0-9A-F]{2}|=\r?\n"
# Looked for at the beginning of a run alone: at every character of it would be quadratic.
_RUN_BEGINS = r"(?:(?<![!-~ \t])|(?<==)(?![0-9A-F]{2}|\r?\n))"


@dataclass(frozen=True, slots=True)
class Escaped:
    """A run of escapes: its place, kind, text, and how to write that text again."""

    span: Span
    kind: str
    text: str
    encode: Callable[[str], str]


def escapes(text: str) -> Iterator[Escaped]:
    """The undecoded escapes of ``text``, in order."""
    hinted = tuple(kind for kind, hint in _hints().items() if hint.search(text))
    for match in _runs(text, hinted) if hinted else ():
        kind = match.lastgroup or ""
        decoded = _DECODERS[kind](match.group())
        if decoded is not None and decoded != match.group() and _is_text(decoded):
            yield Escaped(
                Span(*match.span()), kind.replace("_", "-"), decoded, partial(_encoded, kind, match.group())
            )


_HINTS = {
    "quoted_printable": ("=", "[0-9A-F]{2}=[0-9A-F]{2}"),
    "reference": ("&", "(?:#[0-9xX]|[a-z]{2,6};)"),
    "bare_reference": ("#", "x[0-9a-fA-F]{4};"),
    "unicode": (r"\\", "u[0-9a-fA-F]{4}"),
    "percent": ("%", f"[0-9A-Fa-f]{{2}}[A-Za-z0-9]{{0,20}}{_TRIPLE}"),
}
ESCAPED = (
    "".join(first for first, _ in _HINTS.values()),
    "|".join(f"(?<={first}){rest}" for first, rest in _HINTS.values()),
)
"""What begins an escape, and what follows."""


@cache
def _hints() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile("".join(hint)) for kind, hint in _HINTS.items()}


def _runs(text: str, kinds: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Runs of escapes of some kinds, looked for on the lines that hold a hint."""
    for start, end in lines_with(_hint(), text, _SOFT_BREAKS):
        yield from _pattern(kinds).finditer(text, start, end)


@cache
def _hint() -> re.Pattern[str]:
    return re.compile("[{}](?:{})".format(*ESCAPED))


def _sources() -> dict[str, str]:
    return {
        "quoted_printable": rf"{_RUN_BEGINS}(?:{_QUOTED})*=[0-9A-F]{{2}}=[0-9A-F]{{2}}(?:{_QUOTED})*",
        "reference": r"(?:&#(?:x[0-9a-fA-F]{2,6}|[0-9]{2,7});[ ]?(?=&#)|&#(?:x[0-9a-fA-F]{2,6}|[0-9]{2,7});)+"
        r"|&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|copy|times);",
        "bare_reference": r"(?<![&A-Za-z0-9_])#x[0-9a-fA-F]{4};",
        "unicode": r"(?:\\u[0-9a-fA-F]{4})+(?:[ -!#-&(-\[\]-_a-~]*(?:\\u[0-9a-fA-F]{4})+)*",
        "percent": r"[A-Za-z0-9%](?<![/=?&%A-Za-z0-9_].)"
        rf"(?:(?<=%)[0-9A-Fa-f]{{2}}|(?<!%)[A-Za-z0-9]{{0,19}}{_TRIPLE})(?:[A-Za-z0-9]{{0,20}}{_TRIPLE}){{2,}}"
        rf"(?:[A-Za-z0-9_.~/*-]*{_TRIPLE})*[A-Za-z0-9_.~-]*",
    }


@cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{_sources()[kind]})" for kind in kinds))


def _is_text(decoded: str) -> bool:
    """Whether what comes out is text, and not controls or halves of characters."""
    return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd]", decoded)


def _references(found: str) -> str:
    return html.unescape(found).replace("\N{NO-BREAK SPACE}", " ")


def _bare_reference(found: str) -> str:
    return chr(int(found[2:-1], 16))


def _unicode(found: str) -> str | None:
    units = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), found)
    try:
        return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None


def _percent(found: str) -> str | None:
    try:
        return urllib.parse.unquote(found, errors="strict")
    except UnicodeDecodeError:
        return None


def _quoted_printable(found: str) -> str | None:
    try:
        decoded = quopri.decodestring(found.encode("ascii")).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return decoded if any(char > "\x7f" for char in decoded) else None


_DECODERS: dict[str, Callable[[str], str | None]] = {
    "quoted_printable": _quoted_printable,
    "reference": _references,
    "bare_reference": _bare_reference,
    "unicode": _unicode,
    "percent": _percent,
}


def _encoded(kind: str, model: str, text: str) -> str:
    """Write ``text`` the way ``model`` is written: the same escapes for the same characters."""
    return next((form for form in _forms(kind, text) if form == model), "")


def _forms(kind: str, text: str) -> Iterator[str]:
    if kind == "quoted_printable":
        yield quopri.encodestring(text.encode()).decode()
        yield quopri.encodestring(text.encode()).decode().replace("\n", "\r\n")
    elif kind == "percent":
        for safe in ("/", "", "/.~_-", "*/"):
            yield urllib.parse.quote(text, safe)
            yield urllib.parse.quote(text, safe).lower()
    elif kind == "bare_reference":
        yield f"#x{ord(text):x};"
        yield f"#x{ord(text):X};"
    else:
        yield from _written(kind, text)


def _written(kind: str, text: str) -> Iterator[str]:
    if kind == "unicode":
        yield "".join(char if char < "\x80" else _units(char) for char in text)
        yield "".join(_units(char) for char in text)
        yield "".join(char if char < "\x80" else _units(char).upper().replace("\\U", "\\u") for char in text)
        return
    for form in ("&#x{:x};", "&#x{:X};", "&#{};"):
        yield "".join(form.format(ord(char)) for char in text)
    yield _NAMED.get(text, "")


def _units(char: str) -> str:
    data = char.encode("utf-16-be")
    return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))


_NAMED = {
    " ": "&nbsp;",
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
    "\N{LEFT DOUBLE QUOTATION MARK}": "&ldquo;",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "&rdquo;",
    "\N{LEFT SINGLE QUOTATION MARK}": "&lsquo;",
    "\N{RIGHT SINGLE QUOTATION MARK}": "&rsquo;",
    "\N{HORIZONTAL ELLIPSIS}": "&hellip;",
    "\N{EM DASH}": "&mdash;",
    "\N{EN DASH}": "&ndash;",
    "\N{MIDDLE DOT}": "&middot;",
    "\N{COPYRIGHT SIGN}": "&copy;",
    "\N{MULTIPLICATION SIGN}": "&times;",
}
