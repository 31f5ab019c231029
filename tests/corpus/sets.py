"""Small sets of records in every format."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner

from seedlint.cli.corpus import command

DAMAGED, REPAIRED, CLEAN = (
    "春节没过完,就已适配。\N{ZERO WIDTH SPACE}",
    "春节没过完，就已适配。",
    "春节，好的。",
)
UNPAIRED = "这里（有一段话没有完。"  # no fix: ambiguous
SELECT = ("--select", "PUN001,UNI001", "--isolated")


def texts(count: int, every: int = 10) -> list[str]:
    """Clean texts, every tenth of them damaged."""
    return [f"{number}：{DAMAGED if number % every == 0 else CLEAN}" for number in range(count)]


def repaired(count: int, every: int = 10) -> list[str]:
    """What becomes of them."""
    return [text.replace(DAMAGED, REPAIRED) for text in texts(count, every)]


def jsonl(values: list[str], **more: Any) -> bytes:
    lines = [
        json.dumps({"id": f"r{n}", "text": one, **more}, ensure_ascii=False) for n, one in enumerate(values)
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def table(values: list[str]) -> pa.Table:
    columns = {
        "id": [f"r{number}" for number in range(len(values))],
        "text": values,
        "tags": [["a", None, "b"]] * len(values),
        "score": [0.5] * len(values),
    }
    schema = pa.schema(
        [
            ("id", pa.string()),
            pa.field("text", pa.string(), metadata={"language": "zh"}),
            ("tags", pa.list_(pa.string())),
            ("score", pa.float32()),
        ],
        metadata={"made by": "a test"},
    )
    return pa.table(columns, schema=schema)


def csv_rows(values: list[str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "text", "note"])
    writer.writerows([f"r{number}", one, 'a "note", twice\nas long'] for number, one in enumerate(values))
    return out.getvalue().encode()


def write(folder: Path, name: str, values: list[str]) -> Path:
    """A part with these texts, in the format that its name says."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".parquet"):
        pq.write_table(table(values), path, row_group_size=300, compression={"id": "zstd", "text": "gzip"})
        return path
    data = csv_rows(values) if ".csv" in name else jsonl(values)
    path.write_bytes(compressed(data, path.suffix))
    return path


def compressed(data: bytes, suffix: str) -> bytes:
    """``data`` in a format of compression, itself for any other suffix."""
    if suffix == ".zst":
        packed: bytes = pa.compress(data, "zstd", asbytes=True)
        return packed
    return gzip.compress(data) if suffix == ".gz" else data


def read(path: Path) -> list[str]:
    """The texts of a part."""
    if path.suffix == ".parquet":
        return [str(one) for one in pq.read_table(path).column("text").to_pylist()]
    data = plain(path)
    if ".csv" in path.name:
        return [row["text"] for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]
    return [json.loads(line)["text"] for line in data.decode().splitlines()]


def plain(path: Path) -> bytes:
    """The bytes of a part of lines, decompressed."""
    codec = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
    data = path.read_bytes()
    if codec is None:
        return data
    found: bytes = pa.CompressedInputStream(pa.BufferReader(data), codec).read()
    return found


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file a run has written, its own notes left out."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in files if ".seedlint" not in path.parts
    }


class Run(NamedTuple):
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*args: str | Path) -> Run:
    """``seedlint corpus``, in this process."""
    done = CliRunner().invoke(command, [*map(str, args)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Run(done.exit_code, done.stdout, done.stderr)


def apart(*args: str | Path) -> subprocess.Popen[str]:
    """The same in a process of its own, still running."""
    line = [sys.executable, "-m", "seedlint", "corpus", *map(str, args)]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(line, stdout=-1, stderr=-1, text=True, env=environment)
