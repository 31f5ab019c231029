"""What holds for every format: nothing acts, nothing is lost, a file that cannot be read is named."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from seedlint.report import Report, ReportOptions
from seedlint.reporters import formats, reporter
from seedlint.visible import visible

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufffe\uffff\U000e0000-\U000e0fff]"
)
OPTIONS = [ReportOptions(), ReportOptions(color=True, width=60, verbose=True)]


def test_all_formats_of_the_contract_are_there() -> None:
    assert set(formats()) == set("full concise json jsonl github gitlab sarif junit html diff".split())


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("options", OPTIONS, ids=["plain", "colour"])
def test_no_hidden_character_passes(hostile: Report, name: str, options: ReportOptions) -> None:
    text = re.sub("\x1b\\[[0-9;]*m", "", reporter(name)(hostile, options)) if options.color else None
    text = reporter(name)(hostile, options) if text is None else text
    assert not HIDDEN.findall(text)
    text.encode("utf-8")


@pytest.mark.parametrize("name", formats())
def test_an_unreadable_file_is_named(plain: Report, name: str) -> None:
    text = reporter(name)(plain, ReportOptions())
    assert "gone.md" in text
    assert "no such file or directory" in text


@pytest.mark.parametrize("name", formats())
def test_an_unreadable_file_ends_with_status_2(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text("很好，没有问题。", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "seedlint",
        "--output-format",
        name,
        "--fail-on",
        "never",
        "a.md",
        "b.md",
    ]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 2
    assert b"b.md" in run.stdout
    assert b"no such file" in run.stdout


@pytest.mark.parametrize("name", formats())
def test_an_empty_report_is_one_too(name: str) -> None:
    assert isinstance(reporter(name)(Report(()), ReportOptions()), str)


@pytest.mark.parametrize("name", formats())
def test_the_same_report_renders_the_same(plain: Report, name: str) -> None:
    render = reporter(name)
    assert render(plain, ReportOptions()) == render(plain, ReportOptions())


def test_what_must_not_pass_is_what_is_made_visible() -> None:
    every = map(chr, range(0x110000))
    assert not [char for char in every if HIDDEN.match(char) and visible(char) == char]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    (folder / "a.md").write_text("很好,没有\N{ZERO WIDTH SPACE}问题。", encoding="utf-8")
    command = [sys.executable, "-m", "seedlint", *options, "a.md"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def test_all_at_once_each_in_its_file(tmp_path: Path) -> None:
    files = {name: tmp_path / f"report.{name}" for name in formats() if name != "diff"}
    options = [word for name, path in files.items() for word in ("--output-format", f"{name}:{path}")]
    run = lint(tmp_path, *options)
    assert (run.returncode, run.stdout, run.stderr) == (1, b"", b"")
    for name, path in files.items():
        alone = lint(tmp_path, "--output-format", name, "--output-file", str(tmp_path / "alone"))
        assert alone.returncode == 1
        assert path.read_bytes() == (tmp_path / "alone").read_bytes()


def test_lines_share_standard_output_and_documents_do_not(tmp_path: Path) -> None:
    both = lint(tmp_path, "--output-format", "concise", "--output-format", "github")
    assert both.returncode == 1
    assert both.stdout.count(b"UNI001") >= 2
    assert lint(tmp_path, "--output-format", "github", "--output-format", "sarif:x").returncode == 1
    spoilt = lint(tmp_path, "--output-format", "json", "--output-format", "github")
    assert spoilt.returncode == 2
    assert b"json and github cannot share standard output" in spoilt.stderr
    options = ("--output-format", "full", "--output-format", "concise", "--output-file", "x")
    assert lint(tmp_path, *options).returncode == 2
