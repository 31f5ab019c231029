"""The package as it is installed: wheel and source, in an empty environment, with the oldest dependencies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(os.environ.get("SEEDLINT_OFFLINE") == "1", reason="SEEDLINT_OFFLINE=1"),
]
EXAMPLES = """
import json
from seedlint import fix_text
from seedlint.registry import all_rules
texts = [one.text for rule in all_rules() for one in rule.damaged if isinstance(one.text, str)]
print(json.dumps([ascii(fix_text(text).text) for text in texts]))
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source package."""
    folder = tmp_path_factory.mktemp("packages")
    builder = folder / "builder"
    venv.create(builder, with_pip=True)
    python = builder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", *("build", "hatchling>=1.21"), cwd=folder)
    run(python, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    return folder


def installed(folder: Path, *what: str) -> Path:
    venv.create(folder / "empty", with_pip=True)
    run(folder / "empty" / "bin" / "python", "-m", "pip", "install", "--quiet", *what, cwd=folder)
    return folder / "empty" / "bin"


def oldest() -> list[str]:
    """The lower bound of every dependency, as the only version."""
    return [re.sub(">=", "==", one) for one in PROJECT["dependencies"]]


def test_every_dependency_has_a_lower_bound() -> None:
    assert all(re.fullmatch(r"[\w-]+>=[\d.]+", one) for one in PROJECT["dependencies"])


def test_what_is_in_them(packages: Path) -> None:
    (wheel,), (source,) = packages.glob("*.whl"), packages.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive, tarfile.open(source) as sources:
        names, files = archive.namelist(), sources.getnames()
    assert all(name.startswith(("seedlint/", "seedlint-")) for name in names)
    assert not [name for name in files if "/seeds/" in name]
    data = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("data/*.z")}
    assert data
    assert data <= set(names)


def test_it_runs_in_an_empty_environment(packages: Path, tmp_path: Path) -> None:
    """The wheel, which ``build`` has made from the source package."""
    (package,) = packages.glob("*.whl")
    where = installed(tmp_path, str(package))
    (tmp_path / "a.txt").write_text("春节,好", encoding="utf-8")
    run(where / "seedlint", "--fix", "--no-cache", "a.txt", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "春节，好"


def test_the_oldest_dependencies_repair_the_same(packages: Path, tmp_path: Path) -> None:
    (package,) = packages.glob("*.whl")
    where = installed(tmp_path, str(package), *oldest())
    old = json.loads(run(where / "python", "-c", EXAMPLES, cwd=tmp_path))
    assert old == json.loads(run(sys.executable, "-c", EXAMPLES, cwd=tmp_path))
