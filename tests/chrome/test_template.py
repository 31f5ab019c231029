"""A written template: learnt from the files of a site, used on its files, of no effect elsewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from seedlint.chrome.sketch import Templates
from seedlint.chrome.templatefile import TemplateFile, learnt

FOOTER = "山城读书会每周三晚上在老图书馆见面"
FILES = 42
DOCS = Path(__file__).parents[2] / "docs" / "chrome.md"


def seedlint(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "seedlint", *args]
    environment = {**os.environ, "SEEDLINT_CACHE_DIR": str(cwd / ".cache"), "NO_COLOR": "1"}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )


def found(run: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    """Messages of repeated-boilerplate by file."""
    files = json.loads(run.stdout)["files"]
    told = {file["path"]: [one["message"] for one in file["diagnostics"]] for file in files}
    return {Path(path).name: messages for path, messages in told.items() if messages}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Forty-two files, all but one of which end in the same line; and a folder that shares nothing."""
    for folder in ("site", "other"):
        (tmp_path / folder).mkdir()
    for number in range(FILES):
        body = f"第{'甲乙丙丁戊己庚'[number % 7]}天，小船慢慢靠了第{number}号岸，天已经黑了。\n"
        own = "" if number == 7 else f"\n{FOOTER}\n"
        (tmp_path / "site" / f"{number:02}.txt").write_text(body + own, encoding="utf-8")
    (tmp_path / "other" / "a.txt").write_text(f"小船慢慢靠了岸，天已经黑了。\n\n{FOOTER}\n", encoding="utf-8")
    return tmp_path


LINT = ("--select", "WEB008", "--output-format", "json")


def test_learnt_lines_are_reported_with_their_share(site: Path) -> None:
    learn = seedlint("template", "learn", "site", "--output", "site.jsonl", cwd=site)
    assert (learn.returncode, learn.stdout) == (0, "1 lines shared in 1 folders of 42 files\n")
    assert found(seedlint(*LINT, "site", cwd=site)) == {}
    run = seedlint(*LINT, "--template", "site.jsonl", ".", cwd=site)
    assert run.returncode == 1
    expected = {f"{number:02}.txt" for number in range(FILES)} - {"07.txt"}
    assert found(run) == {name: ["ends 41 of 42 files"] for name in expected}
    assert found(seedlint(*LINT, "site", cwd=site)) == {}, "the cache keeps runs with a template apart"


def test_folders_are_told_from_where_the_template_lies(site: Path) -> None:
    seedlint("template", "learn", "site", "--output", "site.jsonl", cwd=site)
    run = seedlint(*LINT, "--template", site / "site.jsonl", "00.txt", "--jobs", "2", cwd=site / "site")
    assert found(run) == {"00.txt": ["ends 41 of 42 files"]}


def test_fix_removes_the_shared_line(site: Path) -> None:
    seedlint("template", "learn", "site", "--output", "site.jsonl", cwd=site)
    seedlint("--select", "WEB008", "--template", "site.jsonl", "--fix", "site", cwd=site)
    texts = [path.read_text(encoding="utf-8") for path in (site / "site").iterdir()]
    assert not [text for text in texts if FOOTER in text]
    assert all(text.endswith("天已经黑了。\n") for text in texts)


@pytest.mark.parametrize("content", [None, "", "{", '{"line": "a"}\n', '{"version": 9}\n', "[]\n", "\udcff"])
def test_a_missing_or_broken_template_is_exit_2_in_one_line(site: Path, content: str | None) -> None:
    if content is not None:
        (site / "site.jsonl").write_bytes(content.encode(errors="surrogateescape"))
    run = seedlint("--template", "site.jsonl", "site", cwd=site)
    assert run.returncode == 2
    assert run.stderr.startswith("Error: template site.jsonl")
    assert len(run.stderr.splitlines()) == 1


def test_learning_from_nothing_there_is_exit_2(site: Path) -> None:
    run = seedlint("template", "learn", "gone", "--output", "site.jsonl", cwd=site)
    assert run.returncode == 2
    assert not (site / "site.jsonl").exists()


def test_a_template_file_survives_its_rows() -> None:
    texts = [(f"a/{number}.txt", f"{number}\n共同的一行\n") for number in range(9)]
    templates = learnt(texts)
    assert Templates.read(templates.rows()) == templates
    assert TemplateFile("/b", templates, "").of("/b/a/c/1.txt") is templates.folders["a"]
    assert TemplateFile("/b", templates, "").of("/b/1.txt") is None


def test_the_documentation_is_run(site: Path) -> None:
    (block,) = re.findall(
        r"    (seedlint template learn .*)\n    (seedlint .*--template .*)\n", DOCS.read_text("utf-8")
    )
    learn, lint = (shlex.split(line, comments=True)[1:] for line in block)
    assert seedlint(*learn, cwd=site).returncode == 0
    run = seedlint(*lint, cwd=site)
    assert run.returncode == 1
    assert "ends 41 of 42 files" in run.stdout
