"""Records: how fast, how much memory, and whether all that was planted is found.

    python benchmarks/corpus.py [--folder DIR] [--megabytes N] [--minutes N] [--data-juicer PYTHON] [--write]

Makes a set of clean and damaged records in known shares (corpus_set.py; half JSONL, half
Parquet), and repairs it with the embedded engine in one and in two processes and with Ray
on two processors; beside them, on a share of it, ftfy in datasets.map, as Data-Juicer's
``fix_unicode_mapper`` runs it, and with ``--data-juicer`` that itself, by a Python that
has it. One process is given as much of the set as ``--minutes`` leave. Every row is saved
in DIR as soon as it is measured: a run that was broken off goes on with the next row, and
``--report`` shows what is there without measuring. Without DIR nothing is kept. Exit
status 1 where a row could not be measured, where not all that was planted was found, or
where two engines wrote different bytes. ``--write`` puts the tables into docs/corpora.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from corpus_set import CORPORA, FOLDERS, KINDS, ROOT, Made, make

DOCUMENT = ROOT / "docs" / "corpora.md"
MARKS = ("<!-- benchmark -->\n", "<!-- /benchmark -->\n")
AUDITED = 60  # files of a language that are audited
LOOK = 0.5  # seconds between two looks at the processes
LEAST = 0.125  # of the set that one process does

ONE, TWO, RAY = SEEDLINT = ("seedlint, 1 process", "seedlint, 2 processes", "seedlint on Ray, 2 processors")
JUICED = "Data-Juicer fix_unicode_mapper, 2 processes"
FTFY = ("ftfy in datasets.map, 1 process", "ftfy in datasets.map, 2 processes")
PROGRAMS = (*SEEDLINT, *FTFY, JUICED)

Line = Callable[[Path, Path], list[str]]
"""The command that reads one folder and writes another."""


@dataclass
class Row:
    """One run of a program over the first parts of the set; ``code`` tells which of ours it was.

    ``seconds`` by the clock; ``processor`` those of all its processes, ``busiest`` of the
    busiest one; ``others`` how many processors other work took meanwhile; ``memory`` the
    most in MB, pages that processes share counted once. ``hits`` are records by their
    planted kind in which its rule was found, ``faults`` the others that should or should
    not have any; ``digests`` of the output, part by part.
    """

    parts: int
    code: str = ""
    seconds: float = 0.0
    processor: float = 0.0
    busiest: float = 0.0
    others: float = 0.0
    memory: float = 0.0
    hits: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write it down, whole or not at all."""
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> Row:
        """What ``save`` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def code() -> str:
    """A digest of what is measured."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Failed(Exception):
    """A program that ended with an error; the message is what it said last."""


def run(line: list[str], row: Row) -> None:
    """Run a command and measure it with all its children; raises Failed."""
    start, before = time.perf_counter(), _busy()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(line, stdout=said, stderr=subprocess.STDOUT, text=True)
        over, spent = threading.Event(), dict[int, float]()
        watcher = threading.Thread(target=_watch, args=(child.pid, row, spent, over))
        watcher.start()
        status = child.wait()
        over.set()
        watcher.join()
        row.seconds = time.perf_counter() - start
        row.processor, row.busiest = sum(spent.values()), max(spent.values(), default=0.0)
        row.others = max(_busy() - before - row.processor, 0.0) / row.seconds
        if status != 0:
            said.seek(0)
            raise Failed(said.read()[-2000:])


def _busy() -> float:
    """Seconds that all processors of the machine have worked."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split()[1:9])
    return sum((user, nice, system, *interrupts)) / os.sysconf("SC_CLK_TCK")


def _watch(pid: int, row: Row, spent: dict[int, float], over: threading.Event) -> None:
    """Look at the processes now and then; what they do after the last look is not seen."""
    while not over.wait(LOOK):
        memory = 0.0
        for one in _family(pid):
            with suppress(OSError):
                ticks = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]
                spent[one] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
                memory += _memory(one)
        row.memory = max(row.memory, memory / 1e6)


def _memory(pid: int) -> int:
    """Bytes of a process, its part of those it shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.name))
    todo = [pid]
    while todo:
        yield (one := todo.pop())
        todo += children.get(one, [])


def seedlint(*options: str) -> Line:
    """Our command."""
    fixed = ["--annotate", "--isolated", "--statistics", "--fail-on", "never", *options]
    return lambda source, out: [
        *(sys.executable, "-m", "seedlint", "corpus", "fix", str(source), "--output", str(out)), *fixed
    ]  # fmt: skip


PEER = """
import sys, ftfy
from datasets import load_dataset
def fix(sample):
    sample["text"] = ftfy.fix_text(sample["text"], normalization="NFC")
    return sample
for form in ("jsonl", "parquet"):
    kind = "json" if form == "jsonl" else form
    files = f"{sys.argv[1]}/*.{form}"
    data = load_dataset(kind, data_files=files, split="train", cache_dir=sys.argv[2] + "/cache")
    data.map(fix, num_proc=int(sys.argv[3])).to_parquet(f"{sys.argv[2]}/{form}.parquet")
"""
JUICER = """
import sys
from data_juicer.ops.mapper.fix_unicode_mapper import FixUnicodeMapper
from data_juicer.core.data import NestedDataset
from datasets import load_dataset
for form in ("jsonl", "parquet"):
    kind = "json" if form == "jsonl" else form
    files = f"{sys.argv[1]}/*.{form}"
    data = load_dataset(kind, data_files=files, split="train", cache_dir=sys.argv[2] + "/cache")
    mapper = FixUnicodeMapper(num_proc=int(sys.argv[3]))
    NestedDataset(data).process([mapper]).to_parquet(f"{sys.argv[2]}/{form}.parquet")
"""


def programs(options: argparse.Namespace) -> dict[str, Line]:
    """What is measured, by what the tables call it; last what takes longest and may have a share."""
    known = {
        TWO: seedlint("--jobs", "2"),
        RAY: seedlint("--engine", "ray", "--jobs", "2"),
        FTFY[1]: _peer(sys.executable, PEER, 2),
        FTFY[0]: _peer(sys.executable, PEER, 1),
    }
    if options.data_juicer:
        known[JUICED] = _peer(options.data_juicer, JUICER, 2)
    return {**known, ONE: seedlint("--jobs", "1")}


def _peer(python: str, code: str, processes: int) -> Line:
    return lambda source, out: [python, "-c", code, str(source), str(out), str(processes)]


def share_of(name: str, rows: dict[str, Row], options: argparse.Namespace) -> float:
    """How much of the set a program is given: one process what it can do in the time that is left."""
    if name not in SEEDLINT:
        return float(options.peer_share)
    if name != ONE or TWO not in rows:
        return 1.0
    left = options.minutes * 60 - sum(row.seconds for row in rows.values())
    return float(min(max(left / (2 * rows[TWO].seconds), LEAST), 1.0))


def measure(name: str, line: Line, made: Made, work: Path, share: float) -> Row:
    """One row; raises Failed."""
    parts = min(max(round(len(made.parts) * share / 2) * 2, 2), len(made.parts))
    source, out, row = work / f"first-{parts}", work / "out", Row(parts, code())
    for folder in (source, out):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    for part in made.parts[:parts]:
        os.link(work / "set" / part.name, source / part.name)
    run(line(source, out), row)
    if name in SEEDLINT:
        read(out, made.first(parts), row)
    for folder in (source, out):
        shutil.rmtree(folder)
    return row


def read(out: Path, made: Made, row: Row) -> None:
    """What was found in every record, and a digest of every part."""
    hits, faults = Counter[str](), Counter[str]()
    for part in made.parts:
        path = out / part.name
        row.digests[part.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        for kind, codes in _notes(path):
            if kind and any(code.startswith(KINDS[kind].rule) for code in codes):
                hits[kind] += 1
            elif kind or codes:
                faults[kind or "clean"] += 1
    row.hits, row.faults = dict(hits), dict(faults)


def _notes(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The planted kind of every record and the codes found in it."""
    import pyarrow.parquet as pq

    if path.suffix == ".parquet":
        table = pq.read_table(path, columns=["kind", "seedlint_codes"])
        yield from zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True)
        return
    with path.open("rb") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["kind"], record["seedlint_codes"]


def head(made: Made, rows: dict[str, Row], options: argparse.Namespace) -> Iterator[str]:
    """What was measured, and with what."""
    damaged, number = made.planted.total(), len(made.parts)
    yield (
        f"{made.size / 1e6:,.0f} MB of text in {made.records:,} records and {number} parts, drawn from "
        f"{made.passages:,} clean passages and {len(KINDS)} kinds of damage; {damaged:,} records "
        f"({damaged / made.records:.1%}) are damaged. {made.accused:.1%} of all passages were left out: "
        f"something is found in them as they are. Python {platform.python_version()}, {os.cpu_count()} "
        f"processors. Command: `python benchmarks/corpus.py --folder DIR --megabytes {options.megabytes:g}`"
    )
    if missing := [name for name in PROGRAMS if name not in rows]:
        yield from ("", f"Not measured: {'; '.join(missing)}.")


def speed_table(made: Made, rows: dict[str, Row]) -> Iterator[str]:
    heads = (
        "program", "MB of text", "seconds", "records/s", "MB/s of text", "processor seconds",
        "of its busiest process", "processors that other work took", "peak memory, MB",
    )  # fmt: skip
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for name, row in rows.items():
        part = made.first(row.parts)
        cells = (
            f"{part.size / 1e6:,.0f}", f"{row.seconds:,.0f}", f"{part.records / row.seconds:,.0f}",
            f"{part.size / 1e6 / row.seconds:.2f}", f"{row.processor:,.0f}", f"{row.busiest:,.0f}",
            f"{row.others:.1f}", f"{row.memory:,.0f}",
        )  # fmt: skip
        yield f"| {name} | {' | '.join(cells)} |"


class Pair(NamedTuple):
    """Two programs whose rates are compared, and what is said of the ratio."""

    said: str
    fast: str
    slow: str


PAIRS = (
    Pair("two processes against one", TWO, ONE),
    Pair("Ray on two processors against two processes, start included", RAY, TWO),
    Pair("seedlint against ftfy in datasets.map, one process each", ONE, FTFY[0]),
    Pair("seedlint against ftfy in datasets.map, two processes each", TWO, FTFY[1]),
    Pair("seedlint against Data-Juicer fix_unicode_mapper, two processes each", TWO, JUICED),
)


def ratios(made: Made, rows: dict[str, Row]) -> Iterator[str]:
    """The ratios of MB/s: by the clock, and by what other work does not stretch.

    That is the busiest process, or, since the others start new processes for every file, all of them.
    """
    for said, fast, slow in PAIRS:
        if fast in rows and slow in rows:
            kind = "busiest" if slow in SEEDLINT else "processor"
            sizes = made.first(rows[fast].parts).size / made.first(rows[slow].parts).size
            clock = sizes * rows[slow].seconds / rows[fast].seconds
            work = sizes * getattr(rows[slow], kind) / getattr(rows[fast], kind)
            by = "the busiest process" if slow in SEEDLINT else "processor seconds"
            yield f"* {said}: {clock:.2f} by the clock, {work:.2f} by {by}"


def planted_table(made: Made, rows: dict[str, Row]) -> Iterator[str]:
    ours = {name: row for name, row in rows.items() if name in SEEDLINT}
    if not ours:
        return
    yield "| damage | rule | its rule alone finds | " + " | ".join(f"found: {name}" for name in ours) + " |"
    yield "|---" * (3 + len(ours)) + "|"
    for kind, (code, *_) in KINDS.items():
        cells = [
            f"{row.hits.get(kind, 0):,} of {made.first(row.parts).planted[kind]:,}" for row in ours.values()
        ]
        yield f"| {kind} | {code} | {made.alone[kind]:.0%} | {' | '.join(cells)} |"
    cells = [f"{row.faults.get('clean', 0):,} of {_clean(made, row):,} accused" for row in ours.values()]
    yield f"| none | | | {' | '.join(cells)} |"
    yield ""
    same = "the same, byte for byte" if not differing(rows) else f"NOT the same: {differing(rows)}"
    yield f"The outputs of {' and '.join(ours)} are {same}." if len(ours) > 1 else ""


def _clean(made: Made, row: Row) -> int:
    part = made.first(row.parts)
    return part.records - part.planted.total()


def differing(rows: dict[str, Row]) -> list[str]:
    """The parts of which not all engines wrote the same bytes."""
    known: dict[str, set[str]] = {}
    for row in rows.values():
        for part, digest in row.digests.items():
            known.setdefault(part, set()).add(digest)
    return [part for part, digests in known.items() if len(digests) > 1]


def audits() -> Iterator[str]:
    """What two common cleanings do to clean text, as ``seedlint audit`` judges it."""
    import ftfy
    from opencc import OpenCC

    cleanings = {"ftfy, defaults": ftfy.fix_text, "OpenCC s2t on everything": OpenCC("s2t").convert}
    yield "| clean text | cleaning | files | changed | harmed | repairs | neutral | harm | most of the harm |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for folder in FOLDERS[:2]:
        texts = [
            path.read_text(encoding="utf-8") for path in sorted((CORPORA / folder).glob("*.md"))[:AUDITED]
        ]
        for name, cleaning in cleanings.items() if texts else ():
            yield f"| {folder} | {name} | {_audited(texts, cleaning)} |"


def _audited(texts: list[str], cleaning: Callable[[str], str]) -> str:
    from seedlint.arrow import Work
    from seedlint.corpus.audit import Audit, Versions, judged
    from seedlint.corpus.judging import Kind
    from seedlint.settings import Settings

    found, work = Audit(), Work(Settings(), fix=True)
    for number, text in enumerate(texts):
        versions = Versions(str(number), text.encode(), cleaning(text).encode())
        found.judge(versions, [*judged(versions, work)])
    harms = [
        (reason, count) for (kind, reason), count in found.counts.most_common() if kind == Kind.HARM.value
    ]
    most = "; ".join(f"{reason} {count:,}" for reason, count in harms[:2])
    numbers = (found.texts, found.changed, found.harmed, *(found.total(kind) for kind in Kind))
    return " | ".join([*(f"{number:,}" for number in numbers), most])


def plan(made: Made, rows: dict[str, Row]) -> Iterator[str]:
    """Ten terabytes on a hundred nodes, from the rate of one processor here."""
    known = [rows[name] for name in SEEDLINT if name in rows]
    if not known:
        return
    rate = made.first(known[0].parts).size / known[0].processor  # bytes a processor second
    nodes, processors, size = 100, 16, 10e12
    hours = size / (rate * nodes * processors) / 3600
    parts = int(size / 512e6)
    spent, each = hours * nodes * processors, 512e6 / rate / 60
    yield (
        f"One processor here does {rate / 1e6:.1f} MB of text in a second of its time. Ten terabytes of text "
        f"on {nodes} nodes of {processors} processors are then **{hours:.1f} hours**, or {spent:,.0f} "
        f"processor hours: {spent * 0.04:,.0f} dollars at 0.04 dollars each. In {parts:,} parts of 512 MB, "
        f"each part is {each:.0f} minutes of one processor, and {parts / nodes / processors:.0f} parts come "
        "to each."
    )


def report(made: Made, rows: dict[str, Row], options: argparse.Namespace, audited: list[str]) -> list[str]:
    blocks = (
        speed_table(made, rows), ratios(made, rows), planted_table(made, rows), plan(made, rows), audited
    )  # fmt: skip
    lines = [*head(made, rows, options), *(line for block in blocks for line in ("", *block))]
    return [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]


def wrong(made: Made, rows: dict[str, Row]) -> list[str]:
    """What is not as it must be."""
    found = [f"{name}: {row.faults}" for name, row in rows.items() if row.faults]
    unlike = [
        f"{name}: not all that was planted is found"
        for name, row in rows.items()
        if name in SEEDLINT and row.hits != made.first(row.parts).planted
    ]
    if len({row.code for name, row in rows.items() if name in SEEDLINT}) > 1:
        unlike.append("the rows are of different code: measure them in another folder")
    return [*found, *unlike, *(f"not the same in all engines: {part}" for part in differing(rows))]


def write(lines: list[str]) -> None:
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    text = before + MARKS[0] + "\n".join(lines) + "\n" + MARKS[1] + after
    DOCUMENT.write_text(text, encoding="utf-8")


def slug(name: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in name)


def saved(work: Path) -> dict[str, Row]:
    """The rows that are measured."""
    paths = {name: work / f"{slug(name)}.json" for name in PROGRAMS}
    return {name: Row.read(path) for name, path in paths.items() if path.exists()}


def measured(made: Made, work: Path, options: argparse.Namespace) -> list[str]:
    """Measure every row that is not there; what went wrong."""
    failed, rows = list[str](), saved(work)
    for name, line in programs(options).items():
        if name in rows:
            continue
        try:
            row = measure(name, line, made, work, share_of(name, rows, options))
        except Failed as error:
            failed.append(f"{name}: {error}")
            continue
        row.save(work / f"{slug(name)}.json")
        rows[name] = row
        print(f"{name}: {row.seconds:.1f} s, {row.memory:.0f} MB", file=sys.stderr)
    return failed


def prepared(work: Path, megabytes: float) -> Made:
    """The set, made unless it is there."""
    note = work / f"set-{megabytes:g}.json"
    if not note.exists():
        for old in work.glob("*.json"):
            old.unlink()
        shutil.rmtree(work / "set", ignore_errors=True)
        start = time.perf_counter()
        made = make(work / "set", megabytes, os.cpu_count() or 1)
        print(f"made {made.records:,} records in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        made.save(note)
    return Made.read(note)


def judged(work: Path) -> list[str]:
    """What the audits say, worked out unless it is there."""
    path = work / "audits.txt"
    if not path.exists():
        path.write_text("\n".join(audits()), encoding="utf-8")
    return path.read_text(encoding="utf-8").splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="where the set and the rows are kept")
    parser.add_argument("--megabytes", type=float, default=24, help="text of the set")
    parser.add_argument("--peer-share", type=float, default=0.25, help="of the set, for the other programs")
    parser.add_argument("--minutes", type=float, default=40, help="for all rows; one process has a share")
    parser.add_argument("--data-juicer", metavar="PYTHON", help="a Python with py-data-juicer")
    parser.add_argument("--report", action="store_true", help="measure nothing, tell what is there")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/corpora.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        work = options.folder or Path(passing)
        work.mkdir(parents=True, exist_ok=True)
        made = prepared(work, options.megabytes)
        failed = [] if options.report else measured(made, work, options)
        rows = saved(work)
        lines = report(made, rows, options, judged(work))
    print("\n".join(lines))
    if options.write:
        write(lines)
    sys.exit("\n".join([*failed, *wrong(made, rows)]) or None)


if __name__ == "__main__":
    main()
