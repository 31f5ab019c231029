"""Strings of a few characters: what is found of damaged ones, and the alarms on clean ones.

No byte is lost here. A string stands alone, or as one line of a clean document.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

from seedlint.channels.channel import LATIN_PAGES, Channel
from seedlint.channels.misreading import Misreading, misreadings
from seedlint.channels.reading import Reading
from seedlint.diagnostic import Span
from seedlint.document import Document

LENGTHS = ((2, 2), (3, 3), (4, 7))
SOURCES = {
    "Hans": ("cmrc", "gold-miner", "news", "lexicon"),
    "Hant": ("drcd", "hkcnews"),
    "Jpan": ("jsinfo-ja", "news-ja"),
    "Kore": ("jsinfo-ko", "news-ko"),
}
CLEAN = ("lexicon", "cmrc", "chid", "essays", "drcd", "hkcnews", "news-ja", "news-ko", "news-other", "poetry")
CORPORA = ("classical-Chinese", "zh-Hans-articles", "zh-Hant-book", "ja-docs", "ko-docs")
LETTERS = {
    "Hans": "\u4e00-\u9fff",
    "Hant": "\u4e00-\u9fff",
    "Jpan": "\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff",
    "Kore": "\uac00-\ud7a3",
}
LATIN = LATIN_PAGES[:6]
CHANNELS = {
    "Hans": (
        ("utf-8", (*LATIN, "gbk", "big5", "cp932", "cp949", "euc_jp")),
        ("gbk", (*LATIN, "big5", "cp932", "cp949")),
    ),
    "Hant": (("big5", (*LATIN, "gbk")),),
    "Jpan": (("cp932", (*LATIN, "gbk")),),
    "Kore": (("cp949", (*LATIN, "gbk")),),
}
_NEIGHBOUR = 16  # characters of the lines beside a string
LINES = 50  # strings of a clean document

Found = tuple[Misreading, ...]


@dataclass
class Tally:
    """What became of the damaged strings of one row."""

    number: int = 0
    reported: int = 0
    exact: int = 0
    safe: int = 0
    wrong_safe: int = 0

    def add(self, clean: str, damaged: str, found: Found, before: str = "", behind: str = "") -> None:
        """Count one string between two sound parts."""
        text = before + damaged + behind
        got, sure = _made(text, found), _made(text, [one for one in found if one.safe])
        whole = before + clean + behind
        self.number += 1
        self.reported += bool(found)
        self.exact += got == whole
        self.safe += sure == whole
        self.wrong_safe += sure not in {whole, text}

    def cells(self) -> list[str]:
        """The shares as cells of a table."""
        shares = (self.reported, self.exact, self.safe)
        return [
            str(self.number),
            *(f"{100 * share / max(1, self.number):.1f} %" for share in shares),
            str(self.wrong_safe),
        ]


def _made(text: str, found: Iterator[Misreading] | Found | list[Misreading]) -> str:
    for one in sorted(found, key=lambda one: -one.found.span.start):
        text = text[: one.found.span.start] + one.found.original + text[one.found.span.end :]
    return text


def channels(script: str) -> Iterator[Channel]:
    """The channels of text in a script."""
    for true, pages in CHANNELS[script]:
        for page in pages:
            yield Channel(true, Reading(page, None) if page in LATIN else Reading(page))


def damaged(channel: Channel, text: str) -> str | None:
    """``text`` damaged without losing a byte; None where it would."""
    try:
        found = channel.damage(text)
        whole = channel.reading.write(found).decode(channel.true) == text
    except UnicodeError:
        return None
    return found if whole and found != text and "\ufffd" not in found else None


def alone(texts: list[str], letters: str, least: int, most: int) -> list[str]:
    """Strings of a length that stand between other characters, of each text as many as it has."""
    pattern = re.compile(f"(?<![\\w])[{letters}]{{{least},{most}}}(?![\\w])")
    shelves = []
    for text in texts:
        found = sorted(set(pattern.findall(text)))
        shelves.append(random.Random(7).sample(found, len(found)))
    return list(dict.fromkeys(one for row in zip_longest(*shelves) for one in row if one))


def damaged_rows(read: Callable[[str], str], limit: int, only: str) -> Iterator[str]:
    """One row a channel and length."""
    yield "| channel | characters | where | n | reported | exact | exact, safe | wrong safe |"
    yield "|---|---|---|---|---|---|---|---|"
    totals: dict[tuple[int, str], Tally] = {}
    for script, names in SOURCES.items():
        sentences = re.findall(r"[^\n。．.]{12,60}[。．.]", read(names[0]))
        for least, most in LENGTHS:
            words = alone([read(name) for name in names], LETTERS[script], least, most)
            for channel in channels(script):
                if only and only not in str(channel):
                    continue
                for place, tally in _measured(channel, words, sentences, limit).items():
                    total = totals.setdefault((least, place), Tally())
                    for name in vars(tally):
                        setattr(total, name, getattr(total, name) + getattr(tally, name))
                    if tally.number:
                        size = str(least) if least == most else f"{least}-{most}"
                        yield f"| {channel} | {size} | {place} | {' | '.join(tally.cells())} |"
    for (least, place), total in totals.items():
        yield f"| all | {least} | {place} | {' | '.join(total.cells())} |"


def _measured(channel: Channel, words: list[str], sentences: list[str], limit: int) -> dict[str, Tally]:
    found = {"alone": Tally(), "a line": Tally(), "among damaged": Tally()}
    for at, word in enumerate(words):
        if found["alone"].number >= limit:
            break
        if (text := damaged(channel, word)) is None:
            continue
        before, behind = (sentences[(at + by) % len(sentences)][:_NEIGHBOUR] for by in (0, 1))
        found["alone"].add(word, text, misreadings(Document(text)))
        for place, read in (("a line", str), ("among damaged", partial(_through, channel))):
            if place == "among damaged" and found[place].number >= limit // 4:
                continue  # lost bytes in the lines beside take long
            ends = f"{read(before)}\n", f"\n{read(behind)}\n"
            whole = misreadings(Document(text.join(ends)))
            span = Span(len(ends[0]), len(ends[0]) + len(text))
            own = tuple(one for one in whole if one.found.span.overlaps(span))
            found[place].add(word, text, own, *ends)
    return found


def _through(channel: Channel, text: str) -> str:
    return channel.reading.read(text.encode(channel.true, "ignore"))


def emoji() -> str:
    """Pictures and signs, one to four beside each other."""
    signs = [chr(code) for code in (*range(0x2190, 0x2800), *range(0x1F300, 0x1FA00))]
    known = [sign for sign in signs if unicodedata.category(sign) == "So"]
    chance = random.Random(7)
    return "\n".join("".join(chance.choices(known, k=chance.randint(2, 4))) for _ in range(3000))


def clean_strings(read: Callable[[str], str], corpora: Path, least: int, most: int, number: int) -> list[str]:
    """Different clean strings of any script, each source with the same share as far as it reaches."""
    bodies = [read(name) for name in CLEAN] + [emoji()]
    for folder in CORPORA:
        bodies.append("\n".join(path.read_text("utf-8") for path in sorted((corpora / folder).glob("*.md"))))
    shelves = [pieces(body, least, most) for body in bodies]
    found: dict[str, None] = {}
    depth = 0
    while len(found) < number and any(depth < len(shelf) for shelf in shelves):
        found.update(dict.fromkeys(shelf[depth] for shelf in shelves if depth < len(shelf)))
        depth += 1
    return list(found)[:number]


def pieces(text: str, least: int, most: int) -> list[str]:
    """The strings of a length between spaces and punctuation, not all ASCII, in an order of chance."""
    found = {one for one in re.findall(r"[^\s\W]+|[^\s\w]+", text) if least <= len(one) <= most}
    kept = sorted(one for one in found if not one.isascii())
    return random.Random(7).sample(kept, len(kept))


def alarm_rows(read: Callable[[str], str], corpora: Path, number: int) -> Iterator[str]:
    """Alarms on clean strings: alone, and as the lines of a list."""
    yield "| clean strings of | n | alarms, alone | alarms, in lists | safe fixes | some of them |"
    yield "|---|---|---|---|---|---|"
    for least, most in LENGTHS:
        strings = clean_strings(read, corpora, least, most, number)
        single = [one for text in strings for one in _told(text)]
        lists = ["\n".join(strings[at : at + LINES]) for at in range(0, len(strings), LINES)]
        listed = [one for text in lists for one in _told(text)]
        safe = sum(one.safe for _, one in (*single, *listed))
        shown = ", ".join(f"{text} -> {one.found.original}" for text, one in (*single, *listed)[:6])
        size = str(least) if least == most else f"{least}-{most}"
        yield f"| {size} | {len(strings):,} | {len(single)} | {len(listed)} | {safe} | {shown} |"


def _told(text: str) -> list[tuple[str, Misreading]]:
    return [(text[one.found.span.start : one.found.span.end], one) for one in misreadings(Document(text))]
