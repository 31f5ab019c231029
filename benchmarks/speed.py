"""How fast: seedlint beside ftfy, autocorrect and charset-normalizer, in one run.

    python benchmarks/speed.py [--rounds N] [--write]

All programs read the same text in turn, round after round, so that a machine that
drifts drifts for all. Figures are medians with the least and the most; ratios are
taken round by round. Text comes from ``../shared/corpora`` where it is there, else from
``fixtures/seeds`` repeated; English is the manual that comes with Python. ``--write`` puts
the tables into docs/speed.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import pydoc_data
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
SIZE = 1_000_000  # bytes of each text in memory
Work = Callable[[], object]
BOUNDS = """
What bounds it. Text in which nothing tells costs a dozen scans in C, each about as long as decoding
(1.5 to 2 ms a megabyte; the contexts of all rules, one pattern, 5), and some 0.1 ms a document for asking
every rule. Beyond that each text pays for what stands in it: the Simplified articles end in real bylines,
dates and links, so that most of their documents are scored line by line (`chrome.blocks`), and code and
links make regions; Traditional text is asked for wrong conversions, place by place; lines of Japanese,
Korean and English documentation are short, and each short line is looked at (`chrome.gate`). The table of
stages shows which. Start-up is half click and the rest our modules, their classes and patterns. In a large
file the text, its lines and the repaired text are in memory at once, and one emoji makes every character
of a Python string take four bytes.
"""


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every kind, about SIZE bytes each."""
    folders = {
        "Simplified": "zh-Hans-articles",
        "Traditional": "zh-Hant-book",
        "Japanese": "ja-docs",
        "Korean": "ko-docs",
    }
    for name, folder in folders.items():
        if (CORPORA / folder).is_dir():
            yield name, repeated(sorted((CORPORA / folder).glob("*.md")))
    if not CORPORA.is_dir():
        print(f"{CORPORA} is not there: only the repaired seeds are read", file=sys.stderr)
        yield "Simplified", repeated([ROOT / "fixtures" / "seeds" / "002_ad72c803b0bd1873.txt"])
    yield "English", repeated([Path(pydoc_data.__file__).with_name("topics.py")])


def repeated(paths: list[Path]) -> str:
    """The files one after another, from the beginning again until there is enough."""
    text, size = [], 0
    while size < SIZE:
        for path in paths:
            text.append(path.read_text(encoding="utf-8"))
            size += path.stat().st_size
            if size >= SIZE:
                break
    return "\n\n".join(text)


def documents(text: str) -> list[bytes]:
    """The text as documents of ordinary size, 20 kB each."""
    data = text.encode()
    cuts = [data.rfind(b"\n", 0, end) + 1 for end in range(20_000, len(data), 20_000)]
    return [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]


def sound(pieces: list[bytes]) -> list[bytes]:
    """The documents in which seedlint finds nothing."""
    from seedlint.document import Document
    from seedlint.fixer import repair
    from seedlint.registry import select

    return [piece for piece in pieces if not repair(Document.from_bytes(piece), select()).diagnostics]


def programs(text: str) -> dict[str, tuple[Work, int]]:
    """What is run over one text, and how many bytes of it that reads."""
    import autocorrect_py
    import charset_normalizer
    import ftfy

    from seedlint.document import Document
    from seedlint.fixer import repair
    from seedlint.registry import select

    pieces, rules, quick = documents(text), select(), select(ignored=["WEB"])
    clean, size = sound(pieces), len(text.encode())
    part = f"{len(clean)} of {len(pieces)} documents, in which nothing is found"
    safe = ftfy.TextFixerConfig(uncurl_quotes=False, fix_character_width=False, normalization="NFC")
    strings = [piece.decode() for piece in pieces]
    whole: dict[str, Work] = {
        "seedlint": lambda: [repair(Document.from_bytes(piece), rules) for piece in pieces],
        "seedlint without WEB": lambda: [repair(Document.from_bytes(piece), quick) for piece in pieces],
        "limit: decode and set": lambda: [set(piece.decode()) for piece in pieces],
        "ftfy": lambda: [ftfy.fix_text(piece) for piece in strings],
        "ftfy, CJK-safe": lambda: [ftfy.fix_text(piece, safe) for piece in strings],
        "autocorrect lint": lambda: [autocorrect_py.lint_for(piece, "text") for piece in strings],
        "autocorrect format": lambda: [autocorrect_py.format(piece) for piece in strings],
    }
    found: dict[str, Work] = {
        f"seedlint, {part}": lambda: [repair(Document.from_bytes(piece), rules) for piece in clean],
        "the same without WEB": lambda: [repair(Document.from_bytes(piece), quick) for piece in clean],
    }
    first = pieces[:5]  # one call takes long
    return (
        {name: (work, size) for name, work in whole.items()}
        | {
            "charset-normalizer": (
                lambda: [charset_normalizer.from_bytes(one).best() for one in first],
                sum(map(len, first)),
            )
        }
        | {name: (work, sum(map(len, clean))) for name, work in found.items() if clean}
    )


def timed(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(works: dict[str, Work], rounds: int) -> dict[str, list[float]]:
    """Seconds of every work, round after round; one round to warm up."""
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(timed(work))
    return seconds


def spread(values: list[float], form: str = "{:.1f}") -> str:
    low, middle, high = min(values), median(values), max(values)
    return f"{form.format(middle)} ({form.format(low)}-{form.format(high)})"


def in_memory(rounds: int) -> Iterator[str]:
    """A table a text: MB/s, and how many times as fast as each peer seedlint is."""
    for name, text in texts():
        size = len(text.encode()) / 1e6
        works = programs(text)
        seconds = interleaved({name: work for name, (work, _) in works.items()}, rounds)
        yield f"\n### {name}, {size:.1f} MB in documents of 20 kB\n"
        yield "| program | MB/s | seedlint is so many times as fast | without WEB |"
        yield "|---|---|---|---|"
        for program, taken in seconds.items():
            speed = [works[program][1] / 1e6 / one for one in taken]
            ours, quick = (
                [size / one for one in seconds[key]] for key in ("seedlint", "seedlint without WEB")
            )
            ratios = [
                [mine / other for mine, other in zip(fast, speed, strict=True)] for fast in (ours, quick)
            ]
            cells = [spread(speed), *(spread(ratio, "{:.2f}") for ratio in ratios)]
            yield f"| {program} | {' | '.join(cells)} |"


def seeds(rounds: int) -> Iterator[str]:
    """The damaged seeds, linted and repaired."""
    from seedlint import fix_bytes, lint_bytes

    data = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    size = sum(map(len, data)) / 1e6
    works: dict[str, Work] = {
        "lint": lambda: [lint_bytes(one) for one in data],
        "fix": lambda: [fix_bytes(one) for one in data],
    }
    yield "\n### The damaged seeds\n\n| work | MB/s |\n|---|---|"
    for name, taken in interleaved(works, rounds).items():
        yield f"| {name} | {spread([size / one for one in taken], '{:.2f}')} |"


def where(rounds: int) -> Iterator[str]:
    """The stages of a run that take the most time, by text."""
    from stages import MOST, stages

    yield "\n### Where the time goes\n"
    yield "Shares of the time of all rules, each stage without what it asks of others.\n"
    yield f"| text | the {MOST} dearest stages |"
    yield "|---|---|"
    for name, text in texts():
        parts = (f"{stage} {share:.0%}" for stage, share in stages(documents(text), rounds))
        yield f"| {name} | {', '.join(parts)} |"


def command(*words: str, **env: str) -> Work:
    # as installed: the first round writes the bytecode that an installation has
    environment = {**os.environ, **env, "PYTHONDONTWRITEBYTECODE": ""}
    return lambda: subprocess.run(words, capture_output=True, check=False, env=environment)


def start_up(rounds: int) -> Iterator[str]:
    """Whole processes on small clean files: a sentence, and the beginning of a repaired seed."""
    whole = (ROOT / "fixtures" / "seeds" / "000_9faef1329f1fb601.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path, article = Path(folder, "a.txt"), Path(folder, "article.txt")
        path.write_text("我们在这里说话，一切都好。\n", encoding="utf-8")
        article.write_text(whole[: whole.rindex("\n", 0, 700)], encoding="utf-8")
        binaries = Path(sys.executable).parent
        works = {
            "python -c pass": command(sys.executable, "-c", "pass"),
            "python -c 'import click'": command(sys.executable, "-c", "import click"),
            "seedlint FILE": command(str(binaries / "seedlint"), str(path), SEEDLINT_CACHE_DIR=folder),
            "seedlint ARTICLE": command(str(binaries / "seedlint"), str(article), SEEDLINT_CACHE_DIR=folder),
            "ftfy FILE": command(str(binaries / "ftfy"), str(path)),
        }
        seconds = interleaved(works, rounds * 3)
    bare = seconds["python -c pass"]
    yield "\n### Start-up\n\n| command | ms | over `python -c pass` |\n|---|---|---|"
    for name, taken in seconds.items():
        over = [1000 * (one - base) for one, base in zip(taken, bare, strict=True)]
        yield f"| `{name}` | {spread([1000 * one for one in taken], '{:.0f}')} | {spread(over, '{:.0f}')} |"


def many_files(rounds: int, count: int = 10_000) -> Iterator[str]:
    """Small files, cold on one and two processes, and warm."""
    text = documents(next(texts())[1])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            piece = text[number % len(text)][:3000].decode(errors="ignore")
            path = Path(folder, "set", f"{number % 100:02}", f"{number}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(piece, encoding="utf-8")
        seedlint = str(Path(sys.executable).parent / "seedlint")
        program = [seedlint, "--quiet", "--output-format", "concise", str(Path(folder, "set"))]
        works = {
            "cold, one process": command(*program, "--no-cache", "--jobs", "1"),
            "cold, two processes": command(*program, "--no-cache", "--jobs", "2"),
            "warm cache": command(*program, SEEDLINT_CACHE_DIR=str(Path(folder, "cache"))),
        }
        seconds = interleaved(works, rounds)
    one = seconds["cold, one process"]
    yield f"\n### {count:,} files of 3 kB\n\n| run | files/s | times one process |\n|---|---|---|"
    for name, taken in seconds.items():
        ratio = [base / mine for base, mine in zip(one, taken, strict=True)]
        speed = spread([count / mine for mine in taken], "{:.0f}")
        yield f"| {name} | {speed} | {spread(ratio, '{:.2f}')} |"
    yield f"| two loops of Python against one | | {spread(own_gain(rounds), '{:.2f}')} |"


def own_gain(rounds: int) -> list[float]:
    """How many times as much two processes get done as one that shares nothing, on this machine."""
    loop = [sys.executable, "-c", "sum(len(str(n)) for n in range(3_000_000))"]

    def together(number: int) -> float:
        start = time.perf_counter()
        for process in [subprocess.Popen(loop) for _ in range(number)]:
            process.wait()
        return time.perf_counter() - start

    return [2 * together(1) / together(2) for _ in range(rounds)]


def large_file(megabytes: int = 200) -> Iterator[str]:
    """Memory and time of one large file against a small one, in many lines and in one."""
    piece = next(texts())[1].encode()
    measure = (
        "import resource, sys, time; from seedlint.api import lint_bytes\n"
        "data = open(sys.argv[1], 'rb').read(); start = time.perf_counter()\n"
        "lint_bytes(data); print(time.perf_counter() - start, "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    yield "\n### One large file\n\n| file | ms per MB | peak memory, times the file |\n|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for name, size, one_line in (
            ("1 MB", 1, False),
            (f"{megabytes} MB", megabytes, False),
            (f"{megabytes} MB on one line", megabytes, True),
        ):
            path = Path(folder, "large.txt")
            body = piece.replace(b"\n", "。".encode()) if one_line else piece
            path.write_bytes(body * (size * 1_000_000 // len(body) or 1))
            done = subprocess.run([sys.executable, "-c", measure, str(path)], capture_output=True, check=True)
            taken, memory = map(float, done.stdout.split())
            real = path.stat().st_size / 1e6
            yield f"| {name} | {1000 * taken / real:.1f} | {memory / real:.1f} |"


def machine() -> str:
    cores = os.cpu_count()
    return f"{platform.machine()}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    """Print the tables, and write them on request."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--only", choices=["memory", "stages", "seeds", "start", "files", "large"], action="append"
    )
    options = parser.parse_args()
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "memory": lambda: in_memory(options.rounds),
        "stages": lambda: where(options.rounds),
        "seeds": lambda: seeds(options.rounds),
        "start": lambda: start_up(options.rounds),
        "files": lambda: many_files(min(options.rounds, 3)),
        "large": large_file,
    }
    lines = ["# Speed", "", f"Made by `python benchmarks/speed.py --write` on {machine()}.", ""]
    lines += ["Medians of interleaved rounds, least and most in brackets; ratios round by round."]
    lines += BOUNDS.rstrip("\n").split("\n")
    for name in options.only or parts:
        for line in parts[name]():
            print(line, flush=True)
            lines.append(line)
    if options.write:
        page = ROOT / "docs" / "speed.md"
        page.write_text(merged(page.read_text(encoding="utf-8"), "\n".join(lines) + "\n"), encoding="utf-8")


def merged(old: str, new: str) -> str:
    """The new page, with the sections of the old one that were not measured again."""
    head, *measured = new.split("\n### ")
    sections = {part.partition("\n")[0]: part for part in old.split("\n### ")[1:]}
    sections |= {part.partition("\n")[0]: part for part in measured}
    return "\n### ".join([head, *(part.rstrip("\n") + "\n" for part in sections.values())])


if __name__ == "__main__":
    main()
