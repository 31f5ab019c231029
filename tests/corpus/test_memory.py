"""Memory does not grow with the set."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

CODE = """
import sys
from seedlint.cli import program
from seedlint.corpus import spool
spool.HELD = 1 << 20  # a small set for a large one
try:
    program(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0, end.code
"""
SOON = 0.005  # seconds between two looks at a process
LINE = '{"text": "' + "a quiet line of words without end " * 60 + '"}\n'


def peak(path: Path, out: Path) -> int:
    """The most memory of its own that a repair in one process has, in kilobytes.

    Pages of files that it has mapped are the system's, which takes them back when it needs them.
    """
    options = ["--output", str(out), "--jobs", "1", "--select", "UNI,PUN", "--isolated"]
    line = [sys.executable, "-c", CODE, "corpus", "fix", str(path), *options]
    most = 0
    with subprocess.Popen(line, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            found = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
            most = max(most, int(found[1]) if found else 0)
            time.sleep(SOON)
    assert process.returncode == 0
    return most


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
