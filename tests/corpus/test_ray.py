"""The same on Ray, for real: two processors of this machine."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
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


def test_a_task_whose_process_is_killed_is_done_again(tmp_path: Path) -> None:
    for number in range(3):
        sets.write(tmp_path / "in", f"{number}.jsonl", sets.texts(20_000))
    options = (tmp_path / "in", "--show", "0", *SELECT)
    out = tmp_path / "rays"
    broken = sets.apart("fix", *options, "--output", out, "--engine", "ray", "--jobs", "2")
    killed = _killed(out / ".seedlint", broken.pid)
    _, said = broken.communicate(timeout=300)
    assert killed
    assert broken.returncode == 0, said
    run("fix", *options, "--output", tmp_path / "ours", "--jobs", "1")
    assert outputs(out) == outputs(tmp_path / "ours")
    assert not list((out / ".seedlint").glob("*.partial"))


def _killed(folder: Path, driver: int) -> int:
    """Kill the first process but the driver that has a file open there which is not finished; its number."""
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        for process in {*Path("/proc").glob("[0-9]*")} - {Path(f"/proc/{driver}")}:
            if any(place.startswith(str(folder)) and place.endswith(".partial") for place in _open(process)):
                os.kill(int(process.name), signal.SIGKILL)
                return int(process.name)
        time.sleep(0.05)
    return 0


def _open(process: Path) -> list[str]:
    """The files that a process has open."""
    try:
        return [os.readlink(link) for link in (process / "fd").iterdir()]
    except OSError:
        return []


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
