"""``corpus fix``: the same set with repaired texts, and nothing else changed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from . import sets
from .sets import CLEAN, DAMAGED, REPAIRED, SELECT, UNPAIRED, outputs, run

NAMES = ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.csv.gz", "a.parquet"]


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A set in every format, and the same repaired."""
    folder = tmp_path_factory.mktemp("set")
    for name in NAMES:
        sets.write(folder / "before", name, sets.texts(1000))
    done = run("fix", folder / "before", "--output", folder / "after", "--jobs", "1", *SELECT)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Fixed 1,200 places, 0 places left in 0 of 6,000 records in 6 parts." in done.stdout
    return folder / "before", folder / "after"


@pytest.mark.parametrize("name", NAMES)
def test_damaged_texts_are_repaired_in_every_format(fixed: tuple[Path, Path], name: str) -> None:
    assert sets.read(fixed[1] / name) == sets.repaired(1000)


@pytest.mark.parametrize("name", [name for name in NAMES if "parquet" not in name])
def test_every_other_byte_of_lines_stays(fixed: tuple[Path, Path], name: str) -> None:
    before, after = (sets.plain(folder / name).decode() for folder in fixed)
    assert after == before.replace(DAMAGED, REPAIRED)


def test_parquet_keeps_schema_layout_metadata_compression_and_other_columns(fixed: tuple[Path, Path]) -> None:
    before, after = (pq.ParquetFile(folder / "a.parquet") for folder in fixed)
    assert after.schema.equals(before.schema)
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    assert layout(after) == layout(before)
    assert after.read().drop_columns("text").equals(before.read().drop_columns("text"))


def layout(file: pq.ParquetFile) -> list[object]:
    groups = [file.metadata.row_group(index) for index in range(file.num_row_groups)]
    columns = [[group.column(index) for index in range(group.num_columns)] for group in groups]
    return [
        (group.num_rows, [(one.path_in_schema, one.compression, one.encodings) for one in inside])
        for group, inside in zip(groups, columns, strict=True)
    ]


@pytest.mark.parametrize("old", ["int96", "no arrow schema", "nothing in it", "dictionary", "sorted"])
def test_parquet_of_other_writers_keeps_its_schema(tmp_path: Path, old: str) -> None:
    table = sets.table(sets.texts(50))
    options: dict[str, object] = {}
    if old == "int96":
        table = table.append_column("when", pa.array([10**18] * 50, pa.timestamp("ns")))
        options = {"use_deprecated_int96_timestamps": True}
    if old == "no arrow schema":
        options = {
            "store_schema": False,
            "compression": "none",
            "version": "1.0",
            "use_compliant_nested_type": False,
        }
    if old == "nothing in it":
        table = table.slice(0, 0)
    if old == "dictionary":
        table = table.set_column(1, "text", table.column("text").dictionary_encode())
    if old == "sorted":
        options = {"sorting_columns": [pq.SortingColumn(0), pq.SortingColumn(1)]}
    pq.write_table(table, tmp_path / "a.parquet", **options)
    assert run("fix", tmp_path / "a.parquet", "--output", tmp_path / "out", *SELECT).returncode == 0
    before, after = (pq.ParquetFile(tmp_path / name) for name in ("a.parquet", "out/a.parquet"))
    assert after.schema.equals(before.schema)
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    assert sets.read(tmp_path / "out/a.parquet") == (sets.repaired(50) if table.num_rows else [])
    if old == "sorted":  # by the first column still; the text has changed
        assert list(after.metadata.row_group(0).sorting_columns) == [pq.SortingColumn(0)]


def test_json_is_written_as_the_line_writes_it(tmp_path: Path) -> None:
    spellings = [
        '{"text":"\\u597d\\u7684\\u5417,\\u597d\\u7684\\u3002", "x" : 1.0}',
        '{ "x":{"text":"好,的"},"text" :"好的吗,好的。","text2":"好,的" }',
        '{"text": "好,坏", "text": "好的吗,好的。"}\r',
        '  {"a": [1e400, "\\ud800"], "text": "好的\\ud800吗,好\\n\\"的。"}',
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(spellings).encode())
    assert run("fix", path, "--output", tmp_path / "out", *SELECT).returncode == 0
    lines = (tmp_path / "out/a.jsonl").read_bytes().decode().split("\n")
    assert lines[0] == '{"text":"\\u597d\\u7684\\u5417\\uff0c\\u597d\\u7684\\u3002", "x" : 1.0}'
    assert lines[1:] == [
        line.replace("好的吗,", "好的吗，").replace("\\ud800吗,", "\\ud800吗，") for line in spellings[1:]
    ]


def test_stray_bytes_stay_stray(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "好的吗,好的。'.encode() + b'\xff"}\n')
    run("fix", path, "--output", tmp_path / "out", *SELECT)
    assert (tmp_path / "out/a.jsonl").read_bytes() == '{"text": "好的吗，好的。'.encode() + b'\xff"}\n'


def test_rows_without_text_are_named_counted_and_passed_on(tmp_path: Path) -> None:
    lines = [
        '{"text": "' + CLEAN + '"}',
        "{broken",
        '{"text": null}',
        '{"text": 7}',
        '{"other": 1}',
        "[1]",
        "",
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run("fix", path, "--output", tmp_path / "out", *SELECT)
    assert done.returncode == 2
    for said in (
        "a.jsonl#2: error: not JSON",
        "a.jsonl#4: error: column 'text' holds int, not text",
        "a.jsonl#5: error: no column 'text'",
        "a.jsonl#6: error: a JSON value, but not an object",
        "1 record null",
        "2 records broken",
    ):
        assert said in done.stdout
    assert (tmp_path / "out/a.jsonl").read_bytes() == path.read_bytes()


def test_rows_of_csv_that_do_not_fit_are_named_and_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'id,text\n1,"好的吗,好的。"\n2\n\n3,好的吗;好的。\n4,"never closed\n5,x\n', encoding="utf-8"
    )
    done = run("fix", path, "--output", tmp_path / "out", *SELECT)
    assert done.returncode == 2
    assert "a.csv#2: error: 1 fields where the header names 2" in done.stdout
    assert "a.csv#5: error: a quote is opened and never closed" in done.stdout
    fixed = path.read_text(encoding="utf-8").replace("好的吗,", "好的吗，").replace("好的吗;", "好的吗；")
    assert (tmp_path / "out/a.csv").read_text(encoding="utf-8") == fixed


def test_tabs_part_the_fields_of_tsv(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("text\tid\n好的吗,好的。\t1\n", encoding="utf-8")
    run("fix", path, "--output", tmp_path / "out", "--annotate", *SELECT)
    header = "text\tid\tseedlint_codes\tseedlint_fixes\tseedlint_verdict\n"
    expected = f"{header}好的吗，好的。\t1\tPUN001\tPUN001\tclean\n"
    assert (tmp_path / "out/a.tsv").read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_added_on_request(tmp_path: Path, name: str) -> None:
    path = sets.write(tmp_path, name, [DAMAGED, CLEAN])
    assert run("fix", path, "--output", tmp_path / "out", "--annotate", *SELECT).returncode == 0
    written = tmp_path / "out" / name
    if name == "a.parquet":
        row = pq.read_table(written).to_pylist()[0]
        assert row["seedlint_codes"] == ["PUN001", "UNI001"]
    elif "csv" in name:
        assert (
            sets.plain(written)
            .decode()
            .splitlines()[0]
            .endswith(",seedlint_codes,seedlint_fixes,seedlint_verdict")
        )
    else:
        first = json.loads(sets.plain(written).splitlines()[0])
        assert (first["seedlint_fixes"], first["seedlint_verdict"]) == (["PUN001", "UNI001"], "clean")
    again = run("fix", written, "--output", tmp_path / "again", "--annotate", *SELECT)
    assert again.returncode == 2
    assert "there is a column 'seedlint_codes' already" in again.stdout
    assert not outputs(tmp_path / "again")


@pytest.mark.parametrize("name", NAMES)
def test_dropped_records_are_kept_aside(tmp_path: Path, name: str) -> None:
    values = [CLEAN, UNPAIRED, DAMAGED] * 400
    path = sets.write(tmp_path, name, values)
    done = run(
        "fix",
        path,
        "--output",
        tmp_path / "out",
        "--drop",
        "ambiguous",
        "--select",
        "PUN003,UNI001",
        "--isolated",
    )
    assert "400 records dropped" in done.stdout
    assert UNPAIRED not in sets.read(tmp_path / "out" / name)
    assert len(sets.read(tmp_path / "out" / name)) == 800
    assert sets.read(tmp_path / "out/_dropped" / name) == [UNPAIRED] * 400


def test_an_expression_says_what_is_kept(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "a.jsonl", [CLEAN, "好" * 100 + UNPAIRED, UNPAIRED])
    options = ("--keep-if", "damage < 0.02 and PUN003 < 2", "--select", "PUN003", "--isolated")
    run("fix", path, "--output", tmp_path / "out", *options)
    assert sets.read(tmp_path / "out/a.jsonl") == [CLEAN, "好" * 100 + UNPAIRED]
    bad = run("fix", path, "--output", tmp_path / "bad", "--keep-if", "__import__('os')")
    assert bad.returncode == 2
    assert "only numbers, names" in bad.stderr
    assert not (tmp_path / "bad").exists()


def test_every_part_may_be_dropped_from(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "a.jsonl.gz", [UNPAIRED])
    run("fix", path, "--output", tmp_path / "out", "--drop", "ambiguous", "--select", "PUN003", "--isolated")
    assert gzip.decompress((tmp_path / "out/a.jsonl.gz").read_bytes()) == b""


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.tsv", "a.jsonl.gz", "a.csv.gz", "a.csv.zst"])
@pytest.mark.parametrize("size", [0, 1])
def test_a_part_without_records_stays_one(tmp_path: Path, name: str, size: int) -> None:
    """Of no bytes at all, or compressed to some."""
    path = tmp_path / name
    path.write_bytes(sets.compressed(b"", path.suffix) if size else b"")
    done = run("fix", path, "--annotate", "--output", tmp_path / "out", *SELECT)
    assert (done.returncode, sets.plain(tmp_path / "out" / name)) == (0, b"")


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    paths = [sets.write(tmp_path / "in" / folder, "a.jsonl", [CLEAN]) for folder in ("x", "y")]
    done = run("fix", *paths, "--output", tmp_path / "out")
    assert done.returncode == 2
    assert "would both be written as a.jsonl" in done.stderr
    assert run("fix", tmp_path / "in", "--output", tmp_path / "out", *SELECT).returncode == 0
    assert sorted(outputs(tmp_path / "out")) == ["x/a.jsonl", "y/a.jsonl"]


def test_a_uri_of_pyarrow_is_read_and_written(tmp_path: Path) -> None:
    sets.write(tmp_path, "a.jsonl", [DAMAGED])
    done = run("fix", f"file://{tmp_path}/*.jsonl", "--output", f"file://{tmp_path}/out", *SELECT)
    assert done.returncode == 0
    assert sets.read(tmp_path / "out/a.jsonl") == [REPAIRED]
