"""Write each source as one file of lines, without what the benchmarks read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from language_build.sources import Source, files

LONG = 20


def keys(lines: Iterable[str]) -> set[int]:
    """Fingerprints of the lines long enough to tell one text from another."""
    bare = (re.sub(r"\W+", "", line) for line in lines)
    return {hash(line) for line in bare if len(line) >= LONG}


def held_out_keys(folder: Path) -> set[int]:
    """Fingerprints of the long lines of the test corpora under `folder` that stand in one file only.

    Lines of several files are a site's own boilerplate and tell nothing.
    """
    times: Counter[int] = Counter()
    for path in folder.rglob("*"):
        if path.suffix in {".md", ".json", ".txt"}:
            times.update(keys(path.read_text("utf-8", "ignore").replace("\\n", "\n").split("\n")))
    return {key for key, count in times.items() if count == 1}


def is_held_out(lines: list[str], test: set[int]) -> bool:
    """Whether a twentieth of a text's long lines, or three, stand in the test corpora too."""
    own = keys(lines)
    shared = len(own & test)
    return shared >= 3 or shared * 20 > len(own)


def extract(source: Source, mirrors: Path, test: set[int]) -> Iterator[str]:
    """The lines of a source up to its budget of characters, without held-out files."""
    left, skipped = source.characters, 0
    for _, data in files(source, mirrors):
        lines = [line.strip() for line in source.reader(data)]
        if is_held_out(lines, test):
            skipped += 1
            continue
        yield from filter(None, lines)
        left -= sum(map(len, lines))
        if left <= 0:
            break
    print(f"{source.name}: {source.characters - left} characters, {skipped} held-out files left out")
