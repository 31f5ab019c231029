"""Damage in its surroundings: half a sentence, a line, a comment, a cell, beside sound text.

Every context is a clean document with one place that is damaged, or with two that are
damaged differently. What is restored, and is all the rest left as it was?
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from seedlint.channels.channel import Channel
from seedlint.channels.misreading import Misreading, misreadings
from seedlint.channels.reading import Reading, Swallow
from seedlint.document import Document

WHOLE = (
    *(("Hans", "utf-8", page, None) for page in ("latin-1", "cp1252", "mac_roman", "cp437")),
    *(("Hans", "gbk", page, None) for page in ("latin-1", "cp1252")),
    ("Hant", "big5", "latin-1", None),
    ("Jpan", "cp932", "latin-1", None),
    ("Kore", "cp949", "latin-1", None),
    ("Jpan", "cp932", "gb18030", "\ufffd"),
    ("Kore", "cp949", "gb18030", "\ufffd"),
    ("Hans", "gbk", "big5", "\ufffd"),
    ("Hant", "big5", "gbk", "\ufffd"),
)
LOST = (
    ("Hans", Channel("utf-8", Reading("gbk"))),
    ("Hans", Channel("utf-8", Reading("gb18030"))),
    ("Hans", Channel("utf-8", Reading("gbk", "?", Swallow.ASCII))),
    ("Hans", Channel("utf-8", Reading("cp932"))),
    ("Hans", Channel("utf-8", Reading("cp1252"))),
)
CHANNELS = (
    *((script, Channel(true, Reading(read, mark))) for script, true, read, mark in WHOLE),
    *LOST,
)
OTHER = Channel("utf-8", Reading("gbk"))
"""What the second place of a document went through."""

# {0} to {2} are sound, {x} is damaged, {y} is damaged in another way.
CONTEXTS = {
    "a line": ("a.md", "{0}。\n{x}\n{1}。\n"),
    "end of a sentence": ("a.txt", "{0}，{x}。\n"),
    "beginning of a sentence": ("a.txt", "{x}，{0}。\n"),
    "middle of a sentence": ("a.txt", "{0}{x}{1}。\n"),
    "Python comment": ("a.py", "def f(n: int) -> int:\n    return n + 1  # {x}\n\n\n# {0}\n"),
    "JavaScript comment": ("a.js", "/** {0} */\nlet n = 1; // {x}\nlog('{1}');\n"),
    "HTML": ("a.html", '<ul>\n<li>{0}</li>\n<li><a href="a.html">{x}</a></li>\n</ul>\n<!-- {1} -->\n'),
    "JSON": ("a.json", '{{"id": 7, "title": "{x}", "text": "{0}"}}\n'),
    "CSV": ("a.csv", "id,name,note\n1,{0},{x}\n2,{1},3.5\n"),
    "subtitles": (
        "a.srt",
        "1\n00:00:01,000 --> 00:00:03,500\n{0}\n\n2\n00:00:04,000 --> 00:00:06,000\n{x}\n",
    ),
    "Markdown table": ("a.md", "| {0} | B |\n|---|---|\n| {x} | {1} |\n"),
    "two kinds": ("a.txt", "{0}。\n{x}\n{1}。\n{y}\n"),
}


@dataclass
class Tally:
    """What became of the documents of one row."""

    number: int = 0
    reported: int = 0
    exact: int = 0
    safe: int = 0
    untouched: int = 0
    wrong_safe: int = 0

    def add(self, parts: list[tuple[str, str]], found: tuple[Misreading, ...]) -> None:
        """Count a document of parts as they are and as they stand."""
        clean, text = ("".join(column) for column in zip(*parts, strict=True))
        safe = [one for one in found if one.safe]
        got = _made(text, found)
        self.number += 1
        self.reported += all(_meets(found, span) for span in _damaged(parts))
        self.exact += got == clean
        self.safe += _made(text, safe) == clean
        self.untouched += _is_untouched(parts, got)
        self.wrong_safe += sum(one.found.original not in clean for one in safe)

    def cells(self) -> list[str]:
        """The shares as cells of a table."""
        shares = (self.reported, self.exact, self.safe, self.untouched)
        percent = (f"{100 * share / max(1, self.number):.1f} %" for share in shares)
        return [str(self.number), *percent, str(self.wrong_safe)]

    def gain(self, other: Tally) -> None:
        """Add the counts of another row."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def _made(text: str, found: Iterable[Misreading]) -> str:
    for one in sorted(found, key=lambda one: -one.found.span.start):
        text = text[: one.found.span.start] + one.found.original + text[one.found.span.end :]
    return text


def _damaged(parts: list[tuple[str, str]]) -> Iterator[range]:
    """Where the damaged parts stand."""
    at = 0
    for clean, stands in parts:
        if clean != stands:
            yield range(at, at + len(stands))
        at += len(stands)


def _meets(found: tuple[Misreading, ...], part: range) -> bool:
    return any(one.found.span.start < part.stop and part.start < one.found.span.end for one in found)


def _is_untouched(parts: list[tuple[str, str]], got: str) -> bool:
    """Whether the sound parts stand in the result, in order."""
    pattern = "".join(re.escape(stands) if clean == stands else ".*?" for clean, stands in parts)
    return re.fullmatch(pattern, got, re.DOTALL) is not None


def phrases(sentences: list[str]) -> list[str]:
    """Pieces of four to sixteen characters between punctuation, in an order of chance."""
    found = {one for text in sentences for one in re.findall(r"[^\W_a-zA-Z0-9]{4,16}", text)}
    return random.Random(7).sample(sorted(found), len(found))


def laid_out(layout: str, sound: list[str], x: str, y: str) -> list[tuple[str, str]]:
    """The parts of a document: text as it was, and the keys of the damaged ones."""
    parts = []
    for piece in re.split(r"(\{[xy]\})", layout):
        if piece in {"{x}", "{y}"}:
            parts.append((x if piece == "{x}" else y, piece))
        else:
            parts.append((piece.format(*sound),) * 2)
    return parts


def documents(
    name: str, channel: Channel, clean: list[str], limit: int
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Documents of one context, with their path and parts."""
    path, layout = CONTEXTS[name]
    for at in range(0, len(clean) - 5, 5):
        if limit <= 0:
            return
        *sound, x, y = clean[at : at + 5]
        try:
            stands = {"{x}": channel.damage(x), "{y}": OTHER.damage(y)}
        except UnicodeEncodeError:
            continue
        limit -= 1
        yield path, [(was, stands.get(key, key)) for was, key in laid_out(layout, sound, x, y)]


def rows(
    read: Callable[[str], list[str]], described: Callable[[Channel], str], limit: int, only: str
) -> Iterator[str]:
    """One row a context and channel, and the sums."""
    yield "| context | channel | n | reported | exact | exact, safe | rest untouched | wrong safe |"
    yield "|---|---|---|---|---|---|---|---|"
    by_context, every = {name: Tally() for name in CONTEXTS}, Tally()
    by_channel: dict[str, Tally] = {}
    for script, channel in CHANNELS:
        clean = phrases(read(script))
        for name in CONTEXTS:
            if only and only not in f"{name}, {described(channel)}":
                continue
            tally = Tally()
            for path, parts in documents(name, channel, clean, limit):
                text = "".join(stands for _, stands in parts)
                tally.add(parts, misreadings(Document(text, path=path)))
            for total in (by_context[name], by_channel.setdefault(described(channel), Tally()), every):
                total.gain(tally)
            yield f"| {name} | {described(channel)} | {' | '.join(tally.cells())} |"
    for name, total in by_context.items():
        yield f"| {name} | all | {' | '.join(total.cells())} |"
    for channel_name, total in by_channel.items():
        yield f"| all | {channel_name} | {' | '.join(total.cells())} |"
    yield f"| all | all | {' | '.join(every.cells())} |"
