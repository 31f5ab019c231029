"""Which files are a set, and how their bytes are cut into records."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.arrow import Work
from seedlint.corpus import bytelines, jsonl, rows
from seedlint.corpus.batch import Job, Layout
from seedlint.corpus.bytelines import rows_of, runs
from seedlint.corpus.parts import PartError, find
from seedlint.settings import Settings

from . import sets


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "a.jsonl",
        "b.txt",
        "c.parquet",
        "x/b.jsonl.gz",
        "x/y/d[1].csv.zst",
        ".h.jsonl",
        "_s/e.jsonl",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (".", ["a.jsonl", "c.parquet", "x/b.jsonl.gz", "x/y/d[1].csv.zst"]),
        ("*", ["a.jsonl", "c.parquet"]),
        ("**/*.gz", ["x/b.jsonl.gz"]),
        ("**", ["a.jsonl", "c.parquet", "x/b.jsonl.gz", "x/y/d[1].csv.zst"]),
        ("x", ["b.jsonl.gz", "y/d[1].csv.zst"]),
        ("x/y/d[1].csv.zst", ["d[1].csv.zst"]),
        ("[ab].jsonl", ["a.jsonl"]),
        ("?.p*", ["c.parquet"]),
        ("_s/e.jsonl", ["e.jsonl"]),
    ],
)
def test_what_an_input_names(folder: Path, given: str, expected: list[str]) -> None:
    assert [part.relative for part in find([given])] == expected
    assert [part.relative for part in find([str(folder / given)])] == expected


def test_a_uri_names_the_same(folder: Path) -> None:
    assert [part.relative for part in find([f"file://{folder}/x/**"])] == ["b.jsonl.gz", "y/d[1].csv.zst"]


def test_a_part_named_twice_is_one_part(folder: Path) -> None:
    assert len(find(["a.jsonl", "./a.jsonl", str(folder / "*.jsonl")])) == 1


@pytest.mark.parametrize(
    ("given", "said"), [("no", "no such"), ("*.zip", "no such"), ("b.txt", "not a set"), ("s3x://a/b", "s3x")]
)
def test_what_names_nothing_is_said(folder: Path, given: str, said: str) -> None:
    with pytest.raises(PartError, match=said):
        find([given])


def job(*by: str, annotate: bool = False) -> Job:
    return Job(Work(Settings(select=("PUN001",)), annotate=annotate), by=by)


@given(
    st.lists(st.lists(st.text('a",\n\r，', max_size=6), min_size=2, max_size=2), min_size=1, max_size=12),
    st.integers(1, 9),
)
def test_records_of_csv_are_cut_as_the_csv_module_reads_them(table: list[list[str]], size: int) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    data, cut = out.getvalue().encode(), rows_of(",")
    records, rest = list[bytes](), b""
    for start in range(0, len(data), size):
        rest += data[start : start + size]
        end, count = cut(rest)
        records += [row.raw for row in _csv_rows(rest[:end])]
        assert len(records) == len(set(range(len(records))))
        assert count == len(list(_csv_rows(rest[:end])))
        rest = rest[end:]
    assert b"".join(records) + rest == data
    read = [[rows._plain(field).decode() for field in rows._fields(record, ",")] for record in records]
    assert read == list(csv.reader(io.StringIO(b"".join(records).decode(), newline="")))


def _csv_rows(data: bytes) -> list[jsonl.Row]:
    return [*rows.rows(data, Layout(b"text,id\r\n", ",", job()))]


@given(
    st.dictionaries(
        st.text(max_size=4), st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=4
    ),
    st.text(max_size=9),
    st.text(max_size=9),
    st.booleans(),
)
def test_one_value_of_a_line_of_json_is_changed(
    more: dict[str, object], old: str, new: str, ascii_only: bool
) -> None:
    record = {**more, "text": old}
    line = json.dumps(record, ensure_ascii=ascii_only).encode()
    row = next(iter(jsonl.rows(line, Layout(b"", ",", job()))))
    assert row.text == old.encode("utf-8", "surrogatepass")
    written = jsonl.changed(row, Layout(b"", ",", job()), new.encode("utf-8", "surrogatepass"), None)
    assert json.loads(written) == {**record, "text": new}
    assert list(json.loads(written)) == list(record)
    if ascii_only:
        assert written.isascii()


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_numbers_of_records_go_on_over_runs(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = [f"line {number}" for number in range(1000)]
    path.write_text("\n".join(lines), encoding="utf-8")
    (part,) = find([str(path)])
    at = 1
    for unit in runs(part, bytelines.lines, size=100):
        assert unit.first == at
        at += unit.payload.count(b"\n") or 1
    assert at == 1001


@pytest.mark.parametrize(
    ("given", "output"),
    [
        (".", "."),
        ("in", "in"),
        ("in", "in/out"),
        ("in/", "./in/x/../out"),
        ("in/*.jsonl", "in"),
        ("in/**/*.jsonl", "in/out"),
        ("in/a.jsonl", "in"),
        ("in", "link"),
        (".", "out"),
    ],
)
def test_what_is_written_is_no_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, output: str
) -> None:
    sets.write(tmp_path, "in/a.jsonl", [sets.CLEAN])
    (tmp_path / "link").symlink_to("in")
    monkeypatch.chdir(tmp_path)
    for inputs in (given, str(tmp_path / given)):
        for folder in (output, str(tmp_path / output), f"file://{tmp_path}/{output}"):
            with pytest.raises(PartError, match="choose another folder"):
                find([inputs], folder)


@pytest.mark.parametrize(
    ("given", "output"),
    [("in", "out"), ("in", "in2"), ("in/*.jsonl", "in/out"), ("in/a.jsonl", "in/out"), (".", ".out")],
)
def test_what_is_written_may_stand_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, output: str
) -> None:
    sets.write(tmp_path, "in/a.jsonl", [sets.CLEAN])
    monkeypatch.chdir(tmp_path)
    assert len(find([given], output)) == len(find([str(tmp_path / given)], output)) == 1
