"""Makes docs/reliability.md from what the benchmarks have counted.

    python benchmarks/reliability.py [--check]

The counts lie in docs/reliability.json, each with the command that made it and the commit
it was made at. ``--check`` writes nothing and fails where the page is not what it should be.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
COUNTS = ROOT / "docs" / "reliability.json"
REASONS = ROOT / "benchmarks" / "mutants.json"
PAGE = ROOT / "docs" / "reliability.md"
HEAD = """# Reliability: what was tried, and what broke

Made by `python benchmarks/reliability.py` from counts that other commands have left. What is
promised, each with the test that holds it, is in [SECURITY.md](../SECURITY.md).
"""
TITLES = {
    "fuzz": (
        "Any input",
        "Inputs of each kind and how many of them broke something: a crash, a byte changed that no fix"
        " names, a second run that repairs more or finds other than the first said was left.",
    ),
    "sample": (
        "Any input, a sample of each kind",
        "The same, evenly thinned out, after later changes.",
    ),
    "coverage": (
        "Inputs led by coverage",
        "Bytes that atheris made from damaged ones, kept where they reached a new branch; each"
        " repaired safely and unsafely, and broken as above.",
    ),
    "harm": (
        "Safe fixes where nobody damaged anything",
        "Safe fixes that all rules would make on text as it was published, by family. Not all of it is sound:"
        " what was read, of poems by the kind of change, was either damage or is counted as harmful."
        " Wrong safe restorations of text that was damaged on purpose are counted in"
        " [accuracy](accuracy.md) and [scripts](scripts.md).",
    ),
    "growth": (
        "Hostile inputs, eight times as long",
        "Every fragment that some pattern looks for, repeated. Steep is what takes more than 24 times as"
        " long for eight times the text: linear is eight, quadratic sixty-four.",
    ),
    "kills": (
        "Killed while writing",
        "Repairs of a folder killed by SIGKILL at random moments. A file is lost when it is neither as it"
        " was nor wholly repaired; not finished where a second run after the kill has not repaired it, or"
        " has not taken a temporary file of the first away.",
    ),
    "syscalls": (
        "Stopped at every system call",
        "A whole `seedlint --fix` of a folder, killed by SIGKILL as it enters each of its system calls in"
        " turn, or answered by an error in place of each of its calls on files. Silent is an exit status of"
        " 0 where a file was not repaired, crashed an exception that reached the user.",
    ),
    "hostile": (
        "Hostile text in every report",
        "Attacks (escape sequences, OSC 8 and 52, `::error`, `]]>`, `<script>`, bidi and others, alone and"
        " together) in the names, texts, messages, evidence and repairs of a report, rendered in every format"
        " and read by what reads it. Let through is what makes the reader do or see another thing than"
        " harmless text does; alone are the attacks it falls for where they stand in its input as they are.",
    ),
    "mutations": (
        "Faults put into the code",
        "One operator, number or comparison changed at a time, drawn from all that cosmic-ray knows. A mutant"
        " that survives is a fault that no test of its module would notice.",
    ),
}

COMMIT = subprocess.run(
    ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
).stdout.strip()  # at the start: a run may take hours


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    page = render(json.loads(COUNTS.read_text(encoding="utf-8")))
    if parser.parse_args().check:
        return int(PAGE.read_text(encoding="utf-8") != page)
    PAGE.write_text(page, encoding="utf-8")
    return 0


def keep(name: str, counts: Mapping[str, Any], command: str, **more: Any) -> None:
    """Keep the counts of one benchmark and make the page anew."""
    old = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    old[name] = {"command": f"python {command}", "commit": COMMIT, "counts": counts, **more}
    COUNTS.write_text(json.dumps(old, indent=1, ensure_ascii=True, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text(render(old), encoding="utf-8")


def known(name: str) -> dict[str, Any]:
    """What was kept of one benchmark."""
    found: dict[str, Any] = json.loads(COUNTS.read_text(encoding="utf-8")).get(name, {})
    return found


def render(results: Mapping[str, Any]) -> str:
    """The page."""
    return HEAD + "".join(
        f"\n{part}" for name in TITLES if name in results for part in _part(name, results[name])
    )


def _part(name: str, result: Mapping[str, Any]) -> Iterator[str]:
    title, about = TITLES[name]
    yield f"## {title}\n\n{about}\n\n`{result['command']}` at {result['commit']}:\n"
    counts = result["counts"]
    if any(isinstance(value, dict) for value in counts.values()):
        yield _table(counts)
    else:
        yield "".join(f"- {key}: {value:,}\n" for key, value in sorted(counts.items()))
    if "survivors" in result:
        yield "Why they survive:\n\n" + "".join(_explained(result["survivors"]))


def _explained(survivors: list[dict[str, str]]) -> Iterator[str]:
    """Every survivor with the reason that benchmarks/mutants.json gives."""
    reasons = {
        (one["module"], one["was"], becomes): one["reason"]
        for one in json.loads(REASONS.read_text(encoding="utf-8"))
        for becomes in one["becomes"]
    }
    for one in sorted(survivors, key=lambda one: tuple(one.values())):
        reason = reasons.get((one["module"], one["was"], one["becomes"]), "**not explained**")
        yield f"- {one['module']}: `{one['was']}` as `{one['becomes'] or ' '}`: {reason}\n"


def _table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    columns = sorted({column for row in rows.values() for column in row})
    lines = [["", *columns], ["---", *["---:"] * len(columns)]]
    for name, row in sorted(rows.items()):
        lines.append([name, *(_cell(row.get(column, "")) for column in columns)])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:,}"


if __name__ == "__main__":
    sys.exit(main())
