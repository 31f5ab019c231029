"""The same on Ray, for real: two processors of this machine."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import sets
from .sets import SELECT, outputs, run

REQUIRED = os.environ.get("SEEDLINT_REQUIRE_RAY") == "1"
pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None and not REQUIRED, reason="Ray is not installed: seedlint[ray]"
    ),
]
NAMES = ["a.jsonl", "b.jsonl.gz", "c.csv", "d.parquet", "e.jsonl.zst"]


@pytest.fixture(scope="module", autouse=True)
def ray_stopped() -> Iterator[None]:
    yield
    import ray

    ray.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("set")
    for name in NAMES:
        sets.write(found, name, sets.texts(700))
    return found


def test_ray_writes_and_says_what_the_embedded_engine_does(folder: Path, tmp_path: Path) -> None:
    options = ("--annotate", "--show", "3", *SELECT)
    ours = run("fix", folder, "--output", tmp_path / "ours", "--jobs", "1", *options)
    rays = run("fix", folder, "--output", tmp_path / "rays", "--engine", "ray", "--jobs", "2", *options)
    assert (ours.returncode, rays.returncode) == (0, 0), rays.stderr
    assert outputs(tmp_path / "rays") == outputs(tmp_path / "ours")
    assert rays.stdout == ours.stdout


def test_ray_goes_on_where_a_run_broke_off(folder: Path, tmp_path: Path) -> None:
    options = ("--output", tmp_path / "out", "--jobs", "2", *SELECT)
    run("fix", folder, *options)
    (tmp_path / "out/d.parquet").unlink()
    done = run("fix", folder, "--engine", "ray", *options)
    assert "4 parts done by an earlier run" in done.stdout
    assert sets.read(tmp_path / "out/d.parquet") == sets.repaired(700)


def test_a_part_that_cannot_be_read_ends_no_other_on_ray(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl.gz"):
        sets.write(tmp_path / "in", name, sets.texts(100))
    path = tmp_path / "in/b.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-9])
    done = run("fix", tmp_path / "in", "--output", tmp_path / "out", "--engine", "ray", *SELECT)
    assert done.returncode == 2
    assert "b.jsonl.gz: error: Truncated compressed stream" in done.stdout
    assert list(outputs(tmp_path / "out")) == ["a.jsonl"]


def test_sites_are_learnt_on_ray_too(tmp_path: Path) -> None:
    from .test_sites import FOOTER, OPTIONS, site_set

    site_set(tmp_path / "in")
    done = run("fix", tmp_path / "in", "--output", tmp_path / "out", "--engine", "ray", *OPTIONS)
    assert done.returncode == 0
    assert not any(FOOTER in text for text in sets.read(tmp_path / "out/b.parquet"))
