"""Rows that wait in a file are the rows that were put there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from seedlint.corpus import spool
from seedlint.corpus.spool import Spool

from .sets import SELECT, outputs, repaired, run, table, texts, write


def rows(count: int) -> pa.Table:
    """Records with a column of a dictionary that is another one in every table."""
    words = pa.array([f"word {number + count}" for number in range(3)] * count).dictionary_encode()
    return table(texts(3 * count)).append_column("word", words)


@pytest.mark.parametrize("held", [0, 3000, 1 << 20])
def test_rows_come_back_in_order_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(spool, "HELD", held)
    tables = [rows(count) for count in (1, 5, 2)]
    waiting = Spool(tables[0].schema, str(tmp_path))
    for _ in range(2):
        for one in tables:
            waiting.add(one.slice(1))
        assert not list(tmp_path.iterdir()), "the file has no name"
        with waiting.taken() as found:
            assert found.to_pylist() == [row for one in tables for row in one.slice(1).to_pylist()]
    with waiting.taken() as none:
        assert (none.num_rows, none.schema) == (0, tables[0].schema)


def test_a_set_is_the_same_whether_its_rows_wait_in_memory_or_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in", "a.parquet", texts(700))
    command = ("fix", tmp_path / "in", "--annotate", "--jobs", "1", *SELECT)
    run(*command, "--output", tmp_path / "held")
    monkeypatch.setattr(spool, "HELD", 0)
    run(*command, "--output", tmp_path / "spilt")
    assert outputs(tmp_path / "held") == outputs(tmp_path / "spilt")
    file = pq.ParquetFile(tmp_path / "spilt" / "a.parquet")
    assert [file.metadata.row_group(group).num_rows for group in range(3)] == [300, 300, 100]
    assert file.read(columns=["text"]).column(0).to_pylist() == repaired(700)
