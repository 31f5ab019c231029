"""``corpus check``: places in records, in every format of report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedlint.cli._records import Pace
from seedlint.corpus.doing import PartDone
from seedlint.corpus.engine import Progress
from seedlint.corpus.filters import BadFilter, compiled, keeps
from seedlint.corpus.parts import Part
from seedlint.corpus.tally import Tally
from seedlint.reporters import formats

from . import sets
from .sets import CLEAN, DAMAGED, SELECT, run


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv.gz", "a.parquet"])
def test_a_place_names_file_record_id_column_and_offset(tmp_path: Path, name: str) -> None:
    path = sets.write(tmp_path, name, [CLEAN, DAMAGED])
    done = run("check", path, "--id-column", "id", "--output-format", "json", *SELECT)
    assert done.returncode == 1
    (file,) = json.loads(done.stdout)["files"]
    assert file["path"] == f"{path}#2"
    first = file["diagnostics"][0]
    assert (first["evidence"]["record"], first["evidence"]["id"], first["evidence"]["column"]) == (
        2,
        "r1",
        "text",
    )
    assert first["start"] == {"line": 1, "column": 6, "offset": 5}


@pytest.mark.parametrize("form", formats())
def test_every_format_reports_records(tmp_path: Path, form: str) -> None:
    path = sets.write(tmp_path, "a.jsonl", [CLEAN, DAMAGED])
    path.write_bytes(path.read_bytes() + b"{broken\n")
    done = run("check", path, "--output-format", form, *SELECT)
    assert done.returncode == 2
    if form != "diff":
        assert "a.jsonl#2" in done.stdout.replace("%23", "#")
    assert "a.jsonl#3" in done.stdout.replace("%23", "#")


def test_all_is_counted_though_some_is_shown(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "a.jsonl", sets.texts(300))
    done = run("check", path, "--show", "2", "--output-format", "json", *SELECT)
    value = json.loads(done.stdout)
    assert len(value["files"]) == 2
    assert value["summary"]["records"]["damaged"] == 30
    assert value["summary"]["by_rule"] == {"PUN001": 30, "UNI001": 30}
    text = run("check", path, "--show", "2", *SELECT).stdout
    assert "28 more damaged records not shown" in text
    assert text.endswith("60 places found in 30 of 300 records in 1 part.\n")


def test_every_place_goes_to_the_output(tmp_path: Path) -> None:
    path = sets.write(tmp_path / "in", "x/a.jsonl", sets.texts(300))
    run("check", tmp_path / "in", "--output", tmp_path / "out", "--show", "0", *SELECT)
    lines = (tmp_path / "out/x/a.jsonl.places.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 60
    assert json.loads(lines[0])["path"] == f"{path}#1"
    assert {json.loads(line)["kind"] for line in lines} == {"diagnostic"}


@pytest.mark.parametrize(("level", "status"), [("info", 1), ("warning", 1), ("error", 0), ("never", 0)])
def test_the_exit_status_goes_by_severity(tmp_path: Path, level: str, status: int) -> None:
    path = sets.write(tmp_path, "a.jsonl", [DAMAGED])
    assert run("check", path, "--fail-on", level, "--show", "0", *SELECT).returncode == status


def test_a_null_is_counted_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": null}\n{"text": "好"}\n', encoding="utf-8")
    done = run("check", path, *SELECT)
    assert (done.returncode, "1 record null: not examined" in done.stdout) == (0, True)


def test_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.parquet", "c.csv"):
        sets.write(tmp_path, name, sets.texts(400))
    one, two = (run("check", tmp_path, "--jobs", jobs, "--show", "1000", *SELECT) for jobs in ("1", "2"))
    assert one == two


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("damage < 0.01", True),
        ("damage < 0.001", False),
        ("MOJ == 2 and not UNI", True),
        ("places * 2 > 3 or lost", True),
        ("1 / UNI", False),
        ("characters >= 100 and -fixes <= 0", True),
    ],
)
def test_expressions(source: str, expected: bool) -> None:
    assert keeps(source, {"damage": 0.005, "MOJ": 2, "MOJ001": 2, "places": 2, "characters": 100}) is expected


@pytest.mark.parametrize(
    "source", ["", "x", "().__class__", "places()", "'a'", "places[0]", "a := 1", "1 if 1 else 2"]
)
def test_nothing_else_is_an_expression(source: str) -> None:
    with pytest.raises(BadFilter):
        compiled(source)


def test_tallies_add_up_and_are_written_and_read() -> None:
    one = Tally(records=3, damaged=1)
    one.places["PUN001 x"] += 2
    assert Tally.of(json.loads(json.dumps(one.value()))) == one
    assert Tally.total([one, one]).places["PUN001 x"] == 4
    assert one.places["PUN001 x"] == 2


def test_progress_tells_pace_and_time_left() -> None:
    pace = Pace(total=1000, parts=3, started=0.0)
    part = Part("a", "a", "a", "jsonl", size=400)
    pace.add(PartDone(0, part, earlier=True))
    pace.add(Progress(50, 200))
    assert pace.line(10.0) == "1 of 3 parts, 50 records, 5 records/s, 0:20 left"


def test_without_pyarrow_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("check", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "Error: pyarrow is not installed; it comes with: pip install 'seedlint[corpus]'\n"
