"""Lines that the records of a site share, over parts and processes."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from seedlint.chrome.sketch import Templates
from seedlint.corpus.output import Output
from seedlint.corpus.sites import Sites

from . import sets
from .sets import run

FOOTER = "山城读书会每周三晚上在老图书馆见面"
OPTIONS = ("--site-column", "site", "--select", "WEB008", "--isolated")
DAYS = "一二三四五六日"


def site_set(folder: Path) -> None:
    """Forty records of two sites over two parts; one site ends every page with the same line."""
    for name in ("a.jsonl", "b.parquet"):
        rows = [
            (f"小船在{chr(0x4E00 + number)}日慢慢靠了岸，天已经黑了。", number % 2) for number in range(40)
        ]
        texts = [f"{text}\n\n{FOOTER}\n" if site else f"{text}\n" for text, site in rows]
        sites = ["club.example" if site else "other.example" for _, site in rows]
        if name == "a.jsonl":
            folder.mkdir(exist_ok=True)
            lines = [
                json.dumps({"text": text, "site": site}) for text, site in zip(texts, sites, strict=True)
            ]
            (folder / name).write_text("\n".join(lines), encoding="utf-8")
        else:
            pq.write_table(pa.table({"text": texts, "site": sites}), folder / name)


def test_a_line_that_a_site_repeats_is_removed_in_every_part(tmp_path: Path) -> None:
    site_set(tmp_path / "in")
    done = run("fix", tmp_path / "in", "--output", tmp_path / "out", *OPTIONS)
    assert "40 places" in done.stdout
    for name in ("a.jsonl", "b.parquet"):
        assert not any(FOOTER in text for text in sets.read(tmp_path / "out" / name))
        assert len(sets.read(tmp_path / "out" / name)) == 40


def test_without_the_site_nothing_is_known_of_it(tmp_path: Path) -> None:
    site_set(tmp_path / "in")
    done = run("check", tmp_path / "in", "--select", "WEB008", "--isolated")
    assert (done.returncode, "0 places found" in done.stdout) == (0, True)


def test_processes_and_a_run_taken_up_again_make_the_same(tmp_path: Path) -> None:
    site_set(tmp_path / "in")
    for name, jobs in (("one", "1"), ("two", "2")):
        run("fix", tmp_path / "in", "--output", tmp_path / name, "--jobs", jobs, *OPTIONS)
    assert sets.outputs(tmp_path / "one") == sets.outputs(tmp_path / "two")
    (tmp_path / "one/b.parquet").unlink()
    (tmp_path / "in/a.jsonl").write_text("{}", encoding="utf-8")  # would teach something else
    run("fix", tmp_path / "in/b.parquet", "--output", tmp_path / "one", *OPTIONS)
    assert (tmp_path / "one/b.parquet").read_bytes() == (tmp_path / "two/b.parquet").read_bytes()


def test_what_was_learnt_is_kept_until_a_restart(tmp_path: Path) -> None:
    output = Output.at(str(tmp_path))
    first = output.templates(lambda: Templates({}))
    assert output.templates(unwanted) == first


def unwanted() -> Templates:
    raise AssertionError("learnt twice")


def test_sketches_of_all_sites_together_are_bounded() -> None:
    whole = Sites(capacity=50)
    for number in range(40):
        part = Sites()
        for site in "abc":
            part.add(site, [FOOTER, f"这一行只在{site}的第{DAYS[number % 7]}{chr(0x4E00 + number)}页"])
        whole.merge(part)
    assert sum(len(sketch.counts) for sketch in whole.sketches.values()) <= 50
    shared = whole.templates().folders
    assert {site: template.lines[FOOTER].files for site, template in shared.items()} == dict.fromkeys(
        "abc", 40
    )
