"""Alarms on clean text: what the encoding and mojibake rules report of what nobody damaged.

Texts are read in documents of some twenty thousand characters, spread evenly over each
source. What is reported is appended to a file at once, so that a run that was stopped goes
on where it was, and so that a reader can judge: not all of it is sound text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seedlint import Settings, lint_text

CHUNK = 20_000  # characters of a document
CLASSICAL = {"classical-Chinese", "poetry", "aozora"}
_SETTINGS = Settings(select=("ENC", "MOJ"))
_AROUND = 16


@dataclass
class Tally:
    """What was reported of one source."""

    characters: int = 0
    places: int = 0
    errors: int = 0
    safe: int = 0


def bodies(texts: Path | None, corpora: Path) -> Iterator[tuple[str, list[Path]]]:
    """The names of the sources that are here, with their files."""
    for path in sorted(texts.glob("*.txt")) if texts else ():
        yield path.stem, [path]
    for folder in sorted(corpora.glob("*/")):
        yield folder.name, sorted((*folder.glob("*.md"), *folder.glob("*.json")))


def documents(paths: list[Path], limit: int) -> Iterator[str]:
    """Documents of a source, spread over it, of ``limit`` characters together."""
    chunks = [chunk for path in paths for chunk in _chunks(path.read_text("utf-8", "replace"))]
    wanted = max(1, limit // CHUNK)
    step = max(1.0, len(chunks) / wanted)
    for number in range(min(wanted, len(chunks))):
        yield chunks[int(number * step)]


def _chunks(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + CHUNK)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def reported(text: str) -> Iterator[dict[str, object]]:
    """What the rules say of a document, with what stands around each place."""
    for one in lint_text(text, settings=_SETTINGS):
        start, end = one.span.start, one.span.end
        edits = [edit.replacement for edit in one.fix.edits] if one.fix else []
        yield {
            "code": one.code,
            "severity": str(one.severity),
            "safe": bool(one.fix and one.fix.safety == "safe"),
            "around": text[max(0, start - _AROUND) : end + _AROUND],
            "text": text[start:end],
            "edits": edits,
            "message": one.message,
        }


def measured(name: str, paths: list[Path], limit: int, done: Path | None) -> Tally:
    """The alarms of one source, those in ``done`` not worked out again."""
    known = _known(done)
    tally = Tally()
    for number, text in enumerate(documents(paths, limit)):
        key = f"{name}/{limit}/{number}"
        found = known.get(key)
        if found is None:
            found = list(reported(text))
            _note(done, key, found)
        tally.characters += len(text)
        tally.places += len(found)
        tally.errors += sum(one["severity"] == "error" for one in found)
        tally.safe += sum(bool(one["safe"]) for one in found)
    return tally


def _known(done: Path | None) -> dict[str, list[dict[str, object]]]:
    if done is None or not done.is_file():
        return {}
    return {row["key"]: row["found"] for row in map(json.loads, done.read_text("utf-8").splitlines())}


def _note(done: Path | None, key: str, found: list[dict[str, object]]) -> None:
    if done is not None:
        with done.open("a", encoding="utf-8") as target:
            target.write(json.dumps({"key": key, "found": found}, ensure_ascii=False) + "\n")


def rows(texts: Path | None, corpora: Path, limit: int, done: Path | None, only: str) -> Iterator[str]:
    """One row a source, and the sums of modern and of classical text."""
    yield "| clean text | characters | places reported | errors | safe fixes | errors in 10 million |"
    yield "|---|---|---|---|---|---|"
    sums = {"modern": Tally(), "classical": Tally()}
    for name, paths in bodies(texts, corpora):
        if only and only not in name:
            continue
        tally = measured(name, paths, limit, done)
        total = sums["classical" if name in CLASSICAL else "modern"]
        for field, value in vars(tally).items():
            setattr(total, field, getattr(total, field) + value)
        yield _row(name, tally)
    yield from (_row(f"all that is {name}", tally) for name, tally in sums.items())


def _row(name: str, tally: Tally) -> str:
    rate = 1e7 * tally.errors / max(1, tally.characters)
    cells = (f"{tally.characters:,}", tally.places, tally.errors, tally.safe, f"{rate:.1f}")
    return f"| {name} | {' | '.join(map(str, cells))} |"
