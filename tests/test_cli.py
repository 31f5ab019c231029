"""The command line as a user runs it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DAMAGED = "春节没过完,就已适配。\N{ZERO WIDTH SPACE}"
REPAIRED = "春节没过完，就已适配。"


def seedlint(
    *args: str | bytes | Path, cwd: Path | None = None, data: bytes = b"", **env: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "seedlint", *args]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **env}
    return subprocess.run(command, cwd=cwd, input=data, capture_output=True, env=environment, check=False)


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def test_lint_reports_and_changes_nothing(damaged: Path) -> None:
    run = seedlint(damaged)
    assert run.returncode == 1
    assert "UNI001 invisible-character" in run.stdout.decode()
    assert damaged.read_text(encoding="utf-8") == DAMAGED


def test_paths_default_to_the_current_folder(damaged: Path) -> None:
    run = seedlint("--output-format", "concise", cwd=damaged.parent)
    assert run.stdout.decode().startswith("a.txt:1:6: PUN001")


def test_fix_repairs_and_a_second_one_changes_nothing(damaged: Path) -> None:
    first, second = seedlint("--fix", damaged), seedlint("--fix", damaged)
    assert (first.returncode, second.returncode) == (0, 0)
    assert damaged.read_text(encoding="utf-8") == REPAIRED
    assert "Fixed 2 places" in first.stdout.decode()
    assert "Fixed 0 places" in second.stdout.decode()


def test_diff_writes_nothing_and_exits_1_when_it_would(damaged: Path) -> None:
    run = seedlint("--diff", damaged)
    assert run.returncode == 1
    assert f"+{REPAIRED}" in run.stdout.decode()
    assert "\N{ZERO WIDTH SPACE}" not in run.stdout.decode()
    assert damaged.read_text(encoding="utf-8") == DAMAGED
    assert seedlint("--diff", "--select", "PUN002", damaged).returncode == 0


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n最后一行"])
def test_a_diff_can_be_applied(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"第一行。\n春节没过完,就已适配。{end}", encoding="utf-8")
    patch = seedlint("--diff", "a.txt", cwd=tmp_path).stdout
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert path.read_text(encoding="utf-8") == f"第一行。\n春节没过完，就已适配。{end}"


def test_unsafe_fixes_alone_does_nothing(damaged: Path) -> None:
    seedlint("--unsafe-fixes", damaged)
    assert damaged.read_text(encoding="utf-8") == DAMAGED


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(damaged: Path, level: str, status: int) -> None:
    assert seedlint("--fail-on", level, damaged).returncode == status


def test_select_ignore_and_extend(damaged: Path) -> None:
    def codes(*options: str) -> set[str]:
        run = seedlint("--output-format", "json", *options, damaged)
        return {one["code"] for one in json.loads(run.stdout)["files"][0]["diagnostics"]}

    assert codes() == {"PUN001", "UNI001"}
    assert codes("--select", "PUN") == {"PUN001"}
    assert codes("--ignore", "halfwidth-punctuation") == {"UNI001"}
    assert codes("--select", "PUN002", "--extend-select", "UNI,PUN003") == {"UNI001"}


def test_unknown_rules_and_formats_are_errors(damaged: Path) -> None:
    run = seedlint("--select", "PUN001,pinyin-anotation", damaged)
    assert run.returncode == 2
    assert b"pinyin-anotation" in run.stderr
    assert seedlint("--output-format", "xml", damaged).returncode == 2


def test_json_holds_to_the_contract(damaged: Path) -> None:
    report = json.loads(seedlint("--output-format", "json", damaged).stdout)
    assert report["version"] == 1
    assert report["errors"] == []
    (file,) = report["files"]
    assert file["encoding"] == "utf-8"
    first = file["diagnostics"][0]
    assert first["start"] == {"line": 1, "column": 6, "offset": 5}
    assert first["end"] == {"line": 1, "column": 7, "offset": 6}
    assert first["fix"] == {"safety": "safe", "edits": [{"start": 5, "end": 6, "replacement": "，"}]}
    assert set(first) == {
        *("code", "name", "severity", "message", "verdict", "start", "end", "excerpt", "evidence", "fix")
    }


def test_several_outputs_at_once(damaged: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    run = seedlint("--output-format", "concise", "--output-format", f"json:{out}", damaged)
    assert b"PUN001" in run.stdout
    assert json.loads(out.read_bytes())["version"] == 1
    seedlint("--output-format", "json", "--output-file", out, damaged)
    assert json.loads(out.read_bytes())["version"] == 1


def test_an_output_that_cannot_be_written_is_an_error(damaged: Path) -> None:
    assert seedlint("--output-format", "json:/no/such/folder/x.json", damaged).returncode == 2


def test_standard_input() -> None:
    run = seedlint("--stdin-filename", "x.md", "--output-format", "concise", "-", data=DAMAGED.encode())
    assert run.stdout.decode().startswith("x.md:1:6")
    assert run.returncode == 1
    fixed = seedlint("--fix", "-", data=DAMAGED.encode())
    assert fixed.stdout.decode() == REPAIRED
    assert fixed.returncode == 0


def test_a_missing_path_does_not_hide_the_rest(damaged: Path) -> None:
    run = seedlint("no-such-file.txt", damaged)
    assert run.returncode == 2
    assert b"no-such-file.txt: error: no such file" in run.stdout
    assert b"UNI001" in run.stdout


def test_a_binary_named_is_an_error_and_found_is_counted(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "y.png").write_bytes(b"\x89PNG")
    assert seedlint(tmp_path / "x.txt").returncode == 2
    run = seedlint(tmp_path)
    assert run.returncode == 0
    assert b"2 other files" in run.stdout


@pytest.mark.parametrize("data", [b"", b"no end of line", b"a\r\nb\r\n", b"\r\r", b"\n\n\n"])
def test_nothing_to_repair_leaves_every_byte(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert seedlint("--fix", path).returncode == 0
    assert path.read_bytes() == data


def test_line_ends_and_stray_bytes_come_through_a_repair(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("春节,好\r\n".encode() + b"\xff\n\r")
    seedlint("--fix", "--select", "PUN", path)
    assert path.read_bytes() == "春节，好\r\n".encode() + b"\xff\n\r"


def test_odd_names(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    names = [b"with space.txt", b"caf\xe9.txt", b"two\nlines.txt", b"\x1b[31mred.txt", b"-.txt"]
    for name in names:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(DAMAGED.encode())
    run = seedlint("--output-format", "concise", tmp_path)
    assert run.returncode == 1
    assert b"caf<E9>.txt" in run.stdout
    assert b"\x1b" not in run.stdout
    assert all(b":" in line for line in run.stdout.splitlines()[: 2 * len(names)])
    assert len(json.loads(seedlint("--output-format", "json", tmp_path).stdout)["files"]) == len(names)
    assert seedlint("--fix", tmp_path).returncode == 0


def test_a_console_that_is_not_utf_8(damaged: Path) -> None:
    run = seedlint(damaged, PYTHONIOENCODING="ascii")
    assert run.returncode == 1
    assert run.stderr == b""


def test_statistics_count_and_quiet_says_less(damaged: Path) -> None:
    assert b"PUN001  halfwidth-punctuation" in seedlint("--statistics", damaged).stdout
    assert b"found" not in seedlint("--quiet", damaged).stdout.splitlines()[-1]


def test_rules_and_their_pages() -> None:
    listing = seedlint("rules").stdout.decode()
    assert "PUN001  info     halfwidth-punctuation" in listing
    page = seedlint("rule", "PUN001").stdout.decode()
    assert page == seedlint("rule", "halfwidth-punctuation").stdout.decode()
    assert page.startswith("# PUN001 halfwidth-punctuation")
    assert seedlint("rule", "PUN999").returncode == 2


def test_a_path_that_is_called_like_a_command(tmp_path: Path) -> None:
    (tmp_path / "rules").write_text(DAMAGED, encoding="utf-8")
    assert b"UNI001" in seedlint("./rules", cwd=tmp_path).stdout


def test_version_and_help() -> None:
    assert seedlint("--version").stdout.startswith(b"seedlint ")
    assert b"--unsafe-fixes" in seedlint("--help").stdout


def test_a_large_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("我们在这里说话。" * 2_000_000, encoding="utf-8")
    assert path.stat().st_size > 45_000_000
    run = seedlint(path)
    assert run.returncode == 0, run.stdout[:500]
