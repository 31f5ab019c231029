"""``corpus report``: what a set looks like, exactly or from a sample."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from seedlint.corpus import comparison, page, sampling
from seedlint.corpus.intervals import Base, Part, estimate
from seedlint.corpus.parts import find

from . import sets
from .sets import CLEAN, DAMAGED, SELECT, run

EVIL = "<script>alert(1)</script>&\N{RIGHT-TO-LEFT OVERRIDE}"


def write(folder: Path, name: str, count: int, seed: int = 1, share: float = 0.1) -> list[bool]:
    """Records of which about ``share`` are damaged, in runs as in real sets; which ones are."""
    dice, damaged, state = Random(seed), list[bool](), False
    for _ in range(count):
        if dice.random() < 0.2:
            state = dice.random() < share
        damaged.append(state)
    rows = [
        {
            "text": (DAMAGED if bad else CLEAN) * 4,
            "site": EVIL if n % 2 else "b",
            "date": f"2024-{n % 12 + 1:02}-07",
        }
        for n, bad in enumerate(damaged)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(rows), folder / name, row_group_size=500)
    else:
        data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        packed = pa.compress(data, "gzip", asbytes=True) if name.endswith(".gz") else data
        (folder / name).write_bytes(packed)
    return damaged


def summary(tmp_path: Path, *options: str | Path) -> dict[str, Any]:
    path = tmp_path / "summary.json"
    done = run("report", *options, "--json", path, "--jobs", "1", *SELECT)
    assert done.returncode == 0, done.stderr + done.stdout
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def test_a_set_that_is_read_whole_is_counted_exactly(tmp_path: Path) -> None:
    damaged = [
        one for name in ("a.jsonl", "b.parquet", "c.jsonl.gz") for one in write(tmp_path / "in", name, 900)
    ]
    value = summary(tmp_path, tmp_path / "in", "--by", "site", "--by", "date:7")
    share = sum(damaged) / len(damaged)
    assert value["records"] == len(damaged)
    assert value["sample"] is None
    assert value["damaged"] == pytest.approx({"share": share, "low": share, "high": share}, rel=1e-5)
    sites = value["columns"]["site"]
    assert sum(one["records"] for one in sites.values()) == len(damaged)
    odd = [bad for at, bad in enumerate(damaged) if at % 900 % 2]
    assert sites[EVIL]["share"] == pytest.approx(sum(odd) / len(odd), rel=1e-5)
    assert sorted(value["columns"]["date"]) == [f"2024-{month:02}" for month in range(1, 13)]
    assert value["levels"]["sound"] == len(damaged) - sum(damaged)
    assert value["rules"]["UNI001 invisible-character"]["places"] == 4 * sum(damaged)


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.jsonl.gz"])
def test_a_sample_reads_about_as_many_records_as_asked(tmp_path: Path, name: str) -> None:
    damaged = write(tmp_path / "in", name, 8000)
    value = summary(tmp_path, tmp_path / "in", "--sample", "2000")
    assert 1200 < value["records"] < 3000
    assert value["damaged"]["low"] < sum(damaged) / len(damaged) < value["damaged"]["high"]


def test_a_sample_is_drawn_again_by_its_seed(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.jsonl", 3000)
    first, again, other = (
        summary(tmp_path, tmp_path / "in", "--sample", "800", "--seed", seed) for seed in ("1", "1", "2")
    )
    assert first == again
    assert first["worst"] != other["worst"]


def test_records_drawn_from_windows_are_whole_and_each_is_in_one_window(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": "x" * (number * 37 % 40000)}) for number in range(300)]
    path.write_text("\n".join(lines), encoding="utf-8")
    (part,) = find([str(path)])
    units = list(sampling._windows(part, 1.0, Random(1)))
    assert b"".join(unit.payload for unit in units) == path.read_bytes()
    for unit in units:
        assert path.read_bytes()[unit.offset or 0 :].startswith(unit.payload)


def test_a_set_of_many_parts_is_drawn_part_by_part(tmp_path: Path) -> None:
    for number in range(250):
        write(tmp_path / "in", f"{number}.jsonl", 40, seed=number)
    value = summary(tmp_path, tmp_path / "in", "--sample", "1500")
    assert value["sample"]["kind"] == "parts"
    assert value["sample"]["clusters"] == 100
    assert 1000 < value["records"] < 2000


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Damage comes in runs: an interval for records drawn one by one would fail far more often."""
    held = naive = 0
    for seed in range(400):
        dice = Random(seed)
        shares = [dice.betavariate(0.3, 5.7) for _ in range(2000)]  # of the damaged records in a block
        truth = sum(shares) / len(shares)
        base, part = Base(), Part()
        for share in dice.sample(shares, 100):
            hits = sum(dice.random() < share for _ in range(20))
            base.add(20)
            part.add(hits, 20)
        found = estimate(part, base, 100, 0.05)
        held += found.low <= truth <= found.high
        alone = estimate(Part(part.total, part.total, part.total), Base(base.total, base.total), 2000, 0.05)
        naive += alone.low <= truth <= alone.high
    assert 0.92 <= held / 400 <= 0.985
    assert naive < held


def test_nothing_found_in_a_sample_is_not_nothing() -> None:
    found = estimate(Part(), Base(1000, 10000), 100, 0.01)
    assert (found.share, found.low) == (0, 0)
    assert 0.003 < found.high < 0.005


def test_the_page_needs_no_network_and_no_text_acts_in_it(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.jsonl", 300)
    html = tmp_path / "page.html"
    summary(tmp_path, tmp_path / "in", "--by", "site", "--by", "date:7", "--html", html, "--sample", "200")
    text = html.read_text(encoding="utf-8")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;U+202E&gt;" in text
    assert not re.search(r"\s(?:src|href|srcset|action|style|on\w+)=", re.sub(r'content="[^"]*"', "", text))
    assert text.count("<svg") > 5
    assert "<polyline" in text
    tags = Tags()
    tags.feed(text)
    assert not tags.found & {"script", "img", "link", "iframe", "object", "a"}
    assert not tags.open


class Tags(HTMLParser):
    """The tags of a page, and those left open."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        if tag not in {"meta", "rect", "line", "polygon", "polyline"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def test_two_runs_are_compared(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.jsonl", 600, share=0.05)
    summary(tmp_path, tmp_path / "in", "--by", "site")
    (tmp_path / "summary.json").rename(tmp_path / "old.json")
    write(tmp_path / "in", "a.jsonl", 600, share=0.3)
    done = run(
        "report", tmp_path / "in", "--by", "site", "--compare", tmp_path / "old.json", "--jobs", "1", *SELECT
    )
    assert "worse: damaged records: " in done.stdout
    assert "worse: UNI001 invisible-character: " in done.stdout
    bad = run("report", tmp_path / "in", "--compare", tmp_path / "in/a.jsonl", *SELECT)
    assert (bad.returncode, "holds no survey" in bad.stderr) == (2, True)


def test_chance_is_not_taken_for_change() -> None:
    old = {"share": 0.05, "low": 0.04, "high": 0.06}
    new = {"share": 0.07, "low": 0.055, "high": 0.09}
    assert comparison._change(old, new)["verdict"] == "within chance"
    assert comparison._change(old, {"share": 0.1, "low": 0.07, "high": 0.12})["verdict"] == "worse"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.jsonl", 20)
    (tmp_path / "in/b.parquet").write_bytes(b"no")
    done = run("report", tmp_path / "in", "--jobs", "1", *SELECT)
    assert done.returncode == 2
    assert "b.parquet: error: not Parquet" in done.stdout
    absent = run(
        "report", tmp_path / "in/a.jsonl", "--by", "nope", "--text-column", "body", "--jobs", "1", *SELECT
    )
    assert absent.returncode == 2
    assert "20 records without the column" in absent.stdout
    assert "a.jsonl: error: no record has a column 'body'" in absent.stdout


def test_a_column_to_count_by_that_no_record_has_is_said(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", 20)
    done = run("report", tmp_path / "a.jsonl", "--by", "nope", "--jobs", "1", *SELECT)
    assert (done.returncode, "no record has a column 'nope'" in done.stdout) == (2, True)


def test_the_worst_record_is_named(tmp_path: Path) -> None:
    sets.write(tmp_path, "a.jsonl", [CLEAN, DAMAGED, DAMAGED * 5, CLEAN])
    value = summary(tmp_path, tmp_path / "a.jsonl", "--id-column", "id")
    assert (value["worst"][0]["place"], value["worst"][0]["id"]) == (f"{tmp_path}/a.jsonl#3", "r2")
    assert page.headline(value).startswith("50 % of the records are damaged (4 records of 1 part)")
