"""Records: how fast, how much memory, and whether all that was planted is found.

    python benchmarks/corpus.py [--megabytes N] [--rounds N] [--no-ray] [--data-juicer PYTHON] [--write]

Makes a set of clean and damaged records in known shares (half JSONL, half Parquet), and
repairs it with the embedded engine in one and in two processes and with Ray on two
processors; beside them ftfy in datasets.map, as Data-Juicer's ``fix_unicode_mapper`` runs
it, and with ``--data-juicer`` that itself, by a Python that has it. Clean passages come
from ``../shared/corpora`` where it is there, else from ``fixtures/seeds``; those in which
seedlint finds anything are left out, so what is found is what was planted. Figures are
medians over the rounds with the least and the most. Processor seconds are told too: other
work on the machine stretches time, not those. ``--write`` puts the tables into
docs/corpora.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
DOCUMENT = ROOT / "docs" / "corpora.md"
MARKS = ("<!-- benchmark -->\n", "<!-- /benchmark -->\n")
CLEAN_SHARE = 0.98
AUDITED = 60  # files of a language that are audited
PART = 16_000_000  # bytes of a part
FOLDERS = ("zh-Hans-articles", "zh-Hant-book", "ja-docs", "ko-docs")

SEEDLINT = ("seedlint, 1 process", "seedlint, 2 processes", "seedlint on Ray, 2 processors")

Damage = Callable[[str, Random], str]


def _inside(mark: str) -> Damage:
    """Put ``mark`` between two characters near the middle."""
    return lambda text, dice: text[: (at := len(text) // 2 + dice.randrange(5))] + mark + text[at:]


KINDS: dict[str, tuple[str, Damage]] = {
    "zero-width space": ("UNI001", _inside("\N{ZERO WIDTH SPACE}")),
    "reordering control": ("UNI002", _inside("\N{RIGHT-TO-LEFT OVERRIDE}")),
    "hidden tags": ("UNI003", _inside("".join(chr(0xE0000 + ord(char)) for char in "hidden"))),
    "control character": ("UNI004", _inside("\x08")),
    "UTF-8 read as Latin-1": ("MOJ001", lambda text, dice: text.encode().decode("latin-1")),
    "UTF-8 read as GB18030, whole": ("MOJ002", lambda text, dice: text.encode().decode("gb18030", "replace")),
    "three U+FFFD": ("MOJ005", _inside("\N{REPLACEMENT CHARACTER}" * 3)),
}


def passages() -> list[str]:
    """Clean passages of some paragraphs of one document, in which seedlint finds nothing."""
    from seedlint.arrow import Work
    from seedlint.settings import Settings

    work = Work(Settings())
    paths = [path for folder in FOLDERS for path in sorted((CORPORA / folder).glob("*.md"))]
    if not paths:
        print(f"{CORPORA} is not there: passages come from fixtures/seeds", file=sys.stderr)
        paths = sorted((ROOT / "fixtures" / "seeds").glob("*.txt"))
    dice = Random(0)
    found = [one for path in paths for one in _cut(path.read_text(encoding="utf-8"), dice)]
    chosen = [one for one in found if sum(char > "\u2e7f" for char in one) > len(one) / 2]
    return [one for one in chosen if not work.repair(one.encode()).diagnostics]


def _cut(text: str, dice: Random) -> Iterator[str]:
    """Neighbouring paragraphs, 100 to 1,500 characters of them."""
    passage, wanted = "", dice.randint(100, 1500)
    for part in text.split("\n\n"):
        passage = f"{passage}\n\n{part.strip()}".strip()
        if len(passage) >= wanted:
            yield passage
            passage, wanted = "", dice.randint(100, 1500)


def planted(pool: list[str], dice: Random) -> dict[str, list[str]]:
    """Damaged passages by kind, forty of each that its rule finds by itself: recall is measured elsewhere."""
    from seedlint.arrow import Work
    from seedlint.settings import Settings

    made: dict[str, list[str]] = {}
    for kind, (code, damage) in KINDS.items():
        work = Work(Settings(select=(code,)))
        tried = (damage(dice.choice(pool), dice) for _ in range(400))
        made[kind] = list(islice((one for one in tried if work.repair(one.encode()).diagnostics), 40))
    return made


@dataclass
class Made:
    """A set on disk: its records, bytes of text, and how many of them have which damage."""

    records: int = 0
    size: int = 0
    planted: Counter[str] = field(default_factory=Counter)


def make(folder: Path, megabytes: float) -> Made:
    """Write the set; every part is reproducible from its number."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pool = passages()
    damaged = planted(pool, Random(0))
    made, number = Made(), 0
    folder.mkdir(parents=True)
    while made.size < megabytes * 1e6:
        part = min(PART, int(megabytes * 1e6 / 4))
        rows = list(_rows(Random(number), pool, damaged, part, made))
        if number % 2:
            table = pa.Table.from_pylist(rows)
            pq.write_table(table, folder / f"{number:05}.parquet", row_group_size=4000, compression="zstd")
        else:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{number:05}.jsonl").write_text(lines, encoding="utf-8", newline="\n")
        number += 1
    return made


def _rows(
    dice: Random, pool: list[str], damaged: dict[str, list[str]], size: int, made: Made
) -> Iterator[dict[str, object]]:
    written = 0
    while written < size:
        kind = None if dice.random() < CLEAN_SHARE else dice.choice(list(KINDS))
        text = dice.choice(damaged[kind]) if kind else dice.choice(pool)
        length = len(text.encode())
        written, made.size, made.records = written + length, made.size + length, made.records + 1
        if kind:
            made.planted[kind] += 1
        yield {"id": made.records, "text": text, "kind": kind or "", "site": f"site{dice.randrange(20)}"}


@dataclass
class Measured:
    """The runs of one program, by the clock, by the processors, and the most memory in MB.

    ``processor`` are the seconds of all its processes, ``busiest`` those of the busiest
    one: on a machine that is busy otherwise they tell what the clock does not.
    """

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    busiest: list[float] = field(default_factory=list)
    memory: float = 0.0


def run(line: list[str], measured: Measured) -> None:
    """Run a command and measure it with all its children."""
    start = time.perf_counter()
    child = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    over, spent = threading.Event(), dict[int, float]()
    watcher = threading.Thread(target=_watch, args=(child.pid, measured, spent, over))
    watcher.start()
    said, _ = child.communicate()
    over.set()
    watcher.join()
    measured.seconds.append(time.perf_counter() - start)
    measured.processor.append(sum(spent.values()))
    measured.busiest.append(max(spent.values()))
    if child.returncode != 0:
        sys.exit(f"{' '.join(line)}\n{said}")


def _watch(pid: int, measured: Measured, spent: dict[int, float], over: threading.Event) -> None:
    """Look at the processes four times a second; what they do after the last look is not seen."""
    while not over.wait(0.25):
        memory = 0.0
        for one in _family(pid):
            with suppress(OSError):
                memory += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * resource.getpagesize()
                ticks = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]
                spent[one] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        measured.memory = max(measured.memory, memory / 1e6)


def _family(pid: int) -> Iterator[int]:
    """A process and all below it; shared pages count once a process."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.name))
    todo = [pid]
    while todo:
        yield (one := todo.pop())
        todo += children.get(one, [])


def seedlint(source: Path, target: Path, *options: str) -> list[str]:
    """Our command."""
    line = [sys.executable, "-m", "seedlint", "corpus", "fix", str(source), "--output", str(target)]
    return [*line, "--annotate", "--isolated", "--statistics", "--fail-on", "never", *options]


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


def programs(source: Path, work: Path, options: argparse.Namespace) -> dict[str, Callable[[Path], list[str]]]:
    """What is run, by what the tables call it; each is given a folder to write to."""
    known: dict[str, Callable[[Path], list[str]]] = {
        SEEDLINT[0]: lambda out: seedlint(source, out, "--jobs", "1"),
        SEEDLINT[1]: lambda out: seedlint(source, out, "--jobs", "2"),
    }
    if not options.no_ray:
        known[SEEDLINT[2]] = lambda out: seedlint(source, out, "--engine", "ray", "--jobs", "2")
    for processes in (1, 2):
        name = f"ftfy in datasets.map, {processes} process{'es' * (processes > 1)}"
        known[name] = _peer(sys.executable, PEER, source, processes)
    if options.data_juicer:
        known["Data-Juicer fix_unicode_mapper, 2 processes"] = _peer(options.data_juicer, JUICER, source, 2)
    return known


def _peer(python: str, code: str, source: Path, processes: int) -> Callable[[Path], list[str]]:
    return lambda out: [python, "-c", code, str(source), str(out), str(processes)]


def found(folder: Path) -> tuple[Counter[str], Counter[str], str]:
    """Records by planted kind: found by its rule, and missed or wrongly accused; a digest of the output."""
    import pyarrow.parquet as pq

    hits, faults, digest = Counter[str](), Counter[str](), hashlib.sha256()
    for path in sorted(folder.glob("0*")):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
        if path.suffix == ".parquet":
            rows = pq.read_table(path, columns=["kind", "seedlint_codes"]).to_pylist()
        else:
            rows = [json.loads(line) for line in path.read_bytes().splitlines()]
        for row in rows:
            kind, codes = row["kind"], row["seedlint_codes"]
            if kind and KINDS[kind][0] in codes:
                hits[kind] += 1
            elif kind or codes:
                faults[kind or "clean"] += 1
    return hits, faults, digest.hexdigest()


def spread(values: list[float], form: str) -> str:
    if len(values) == 1:
        return form.format(values[0])
    return f"{form.format(median(values))} ({form.format(min(values))}-{form.format(max(values))})"


def speed_table(made: Made, runs: dict[str, Measured]) -> Iterator[str]:
    heads = (
        "program",
        "records/s",
        "MB/s of text",
        "processor seconds",
        "of its busiest process",
        "memory, MB",
    )
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|---|---|---|"
    for name, one in runs.items():
        records = spread([made.records / seconds for seconds in one.seconds], "{:,.0f}")
        rate = spread([made.size / 1e6 / seconds for seconds in one.seconds], "{:.2f}")
        processor, busiest = spread(one.processor, "{:.0f}"), spread(one.busiest, "{:.0f}")
        yield f"| {name} | {records} | {rate} | {processor} | {busiest} | {one.memory:,.0f} |"


def ratios(runs: dict[str, Measured]) -> Iterator[str]:
    """The ratios asked for, taken round by round: by the clock, and by the busiest process."""

    def times(fast: str, slow: str) -> str:
        clock = [b / a for a, b in zip(runs[fast].seconds, runs[slow].seconds, strict=True)]
        busy = [b / a for a, b in zip(runs[fast].busiest, runs[slow].busiest, strict=True)]
        return f"{spread(clock, '{:.2f}')} by the clock, {spread(busy, '{:.2f}')} by the busiest process"

    one, two, ray = SEEDLINT
    yield f"* two processes against one: {times(two, one)}"
    if ray in runs:
        yield f"* Ray on two processors against two processes, start included: {times(ray, two)}"
    for name in runs:
        if name not in SEEDLINT:
            ours = one if "1" in name else two
            yield f"* seedlint in as many processes against {name}: {times(ours, name)}"


def planted_table(made: Made, results: dict[str, tuple[Counter[str], Counter[str], str]]) -> Iterator[str]:
    yield "| damage | rule | planted | " + " | ".join(f"found: {name}" for name in results) + " |"
    yield "|---" * (3 + len(results)) + "|"
    for kind, (code, _) in KINDS.items():
        numbers = " | ".join(f"{hits[kind]:,}" for hits, _, _ in results.values())
        yield f"| {kind} | {code} | {made.planted[kind]:,} | {numbers} |"
    clean = made.records - made.planted.total()
    accused = " | ".join(f"{faults['clean']:,} accused" for _, faults, _ in results.values())
    yield f"| none | | {clean:,} | {accused} |"
    same = len({digest for _, _, digest in results.values()}) == 1
    yield ""
    yield f"The outputs of the engines are {'the same, byte for byte' if same else 'NOT the same'}."


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


def plan(made: Made, runs: dict[str, Measured]) -> Iterator[str]:
    """Ten terabytes on a hundred nodes, from the rate of one processor here."""
    rate = made.size / median(runs[SEEDLINT[0]].processor)  # bytes a processor second
    nodes, processors, size = 100, 16, 10e12
    hours = size / (rate * nodes * processors) / 3600
    parts = int(size / 512e6)
    spent, each = hours * nodes * processors, 512e6 / rate / 60
    yield (
        f"One processor here does {rate / 1e6:.1f} MB of text in a second of its time. Ten terabytes of text "
        f"on {nodes} nodes of {processors} processors are then **{hours:.0f} hours**, or {spent:,.0f} "
        f"processor hours: {spent * 0.04:,.0f} dollars at 0.04 dollars each. In {parts:,} parts of 512 MB, "
        f"each part is {each:.0f} minutes of one processor, and {parts / nodes / processors:.0f} parts come "
        "to each."
    )


def report(options: argparse.Namespace, made: Made, runs: dict[str, Measured], work: Path) -> list[str]:
    results = {name: found(work / _slug(name)) for name in runs if name.startswith("seedlint")}
    load = os.getloadavg()[2]
    command = f"python benchmarks/corpus.py --megabytes {options.megabytes:g} --rounds {options.rounds}"
    head = (
        f"{made.size / 1e6:,.0f} MB of text in {made.records:,} records, "
        f"{made.planted.total() / made.records:.1%} of them damaged; Python {platform.python_version()}, "
        f"{os.cpu_count()} processors, load {load:.1f} meanwhile; rounds: {options.rounds}. "
        f"Command: `{command}`"
    )
    blocks = (speed_table(made, runs), ratios(runs), planted_table(made, results), plan(made, runs), audits())
    return [head, *(line for block in blocks for line in ("", *block))]


def _slug(name: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in name)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=8, help="size of the set")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-ray", action="store_true")
    parser.add_argument("--data-juicer", metavar="PYTHON", help="a Python with py-data-juicer")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/corpora.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        work = Path(folder)
        made = make(work / "set", options.megabytes)
        print(f"made {made.records:,} records, {made.size / 1e6:.0f} MB", file=sys.stderr)
        known = programs(work / "set", work, options)
        runs = {name: Measured() for name in known}
        for _ in range(options.rounds):
            for name, line in known.items():
                shutil.rmtree(work / _slug(name), ignore_errors=True)
                (work / _slug(name)).mkdir()
                run(line(work / _slug(name)), runs[name])
                print(f"{name}: {runs[name].seconds[-1]:.1f} s", file=sys.stderr)
        lines = report(options, made, runs, work)
    print("\n".join(lines))
    if options.write:
        before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        DOCUMENT.write_text(before + MARKS[0] + "\n".join(lines) + "\n" + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()
