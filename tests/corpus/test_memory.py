"""Memory does not grow with the set."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

CODE = """
import re, sys
from seedlint.cli import program
from seedlint.corpus import spool
spool.HELD = 1 << 20  # a small set for a large one
try:
    program(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0, end.code
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
LINE = '{"text": "' + "a quiet line of words without end " * 60 + '"}\n'


def peak(path: Path, out: Path) -> int:
    """The most memory of a repair in one process, in kilobytes."""
    options = ["--output", str(out), "--jobs", "1", "--select", "UNI,PUN", "--isolated"]
    line = [sys.executable, "-c", CODE, "corpus", "fix", str(path), *options]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    return int(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("name", "group"), [("a.jsonl", 0), ("a.parquet", 500), ("a.parquet", 1 << 20)])
def test_eight_times_the_records_take_no_more_memory(tmp_path: Path, name: str, group: int) -> None:
    sizes = []
    for megabytes in (6, 48):
        path = tmp_path / str(megabytes) / name
        path.parent.mkdir()
        count = megabytes * 1_000_000 // len(LINE)
        if name == "a.parquet":
            table = pa.table({"text": [f"{number} {LINE}" for number in range(count)]})
            pq.write_table(table, path, row_group_size=group, compression="none", use_dictionary=False)
        else:
            path.write_text(LINE * count, encoding="utf-8")
        sizes.append(peak(path, tmp_path / "out" / str(megabytes)))
    assert sizes[1] - sizes[0] < 16_000, sizes
    assert sizes[1] < 400_000
