"""Whole files in which every line is damaged: what comes back, and at what speed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from seedlint.channels.channel import Channel
from seedlint.channels.misreading import Misreading, misreadings
from seedlint.document import Document

HEAD = (
    "| channel | text | KB | lines | exact | wrong safe | lines with safe fixes | KB/s |\n"
    "|---|---|---|---|---|---|---|---|"
)
Restored = Callable[[str, Iterable[Misreading]], str]


def lines(path: Path, channel: Channel, size: int) -> Iterator[tuple[str, str]]:
    """Lines of a file from its beginning, as they are and damaged, up to ``size`` damaged bytes."""
    for line in path.read_text("utf-8").split("\n") if path.is_file() else ():
        try:
            damaged = channel.damage(line)
        except UnicodeEncodeError:
            continue
        size -= len(damaged.encode())
        if size < 0:
            return
        if "\n" not in damaged:
            yield line, damaged


def row(name: str, script: str, pairs: list[tuple[str, str]], restored: Restored) -> str:
    """One line of the table."""
    text = "\n".join(damaged for _, damaged in pairs)
    start = time.process_time()
    found = misreadings(Document(text))
    seconds = time.process_time() - start
    got = restored(text, found).split("\n")
    exact = (Counter(got) & Counter(line for line, _ in pairs)).total()
    safe = [one for one in found if one.safe]
    wrong = sum(all(one.found.original not in line for line, _ in pairs) for one in safe)
    size = len(text.encode()) / 1000
    cells = (name, script, f"{size:.0f}", len(pairs), f"{100 * exact / max(1, len(pairs)):.1f} %")
    return f"| {' | '.join(map(str, cells))} | {wrong} | {len(safe)} | {size / max(seconds, 1e-9):.0f} |"
