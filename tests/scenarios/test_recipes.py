"""The recipes of docs/gate.md and docs/settings.md, run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from seedlint.configuration import FILE_KEYS, KEYS, Configuration, apply
from seedlint.language.scripts import SCRIPTS

from .conftest import Repository

DOCS = Path(__file__).parents[2] / "docs"
DAMAGED = "他说：“你好“，然后走了。\n"  # PUN002, a warning


def snippet(page: str, name: str) -> str:
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"<!-- snippet: {name} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found, name
    return found[1]


def run(name: str, **settings: str) -> int:
    """The exit status of a recipe of docs/gate.md, in the current folder."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    command = ["bash", "-euo", "pipefail", "-c", snippet("gate.md", name)]
    done = subprocess.run(
        command, env={**os.environ, "PATH": path, **settings}, capture_output=True, check=False
    )
    return done.returncode


def test_the_warning_used_here_is_one(empty: Repository) -> None:
    empty.write("a.md", DAMAGED)
    assert empty.seedlint("--select", "PUN002").exit_code == 1


def test_the_gate_for_encoding_errors(empty: Repository) -> None:
    empty.write("a.md", DAMAGED)
    assert run("encoding") == 0
    empty.write("b.md", "國產(chǎn)AI生態(tài)的突圍，終將演變?yōu)樯鷳B(tài)價值的釋放。\n")
    assert run("encoding") == 1


def test_the_gate_for_everything(repository: Repository) -> None:
    assert run("everything") == 1
    assert run("create") == 0
    assert run("everything") == 0
    repository.write("docs/new.md", DAMAGED)
    assert run("everything") == 1


def test_a_baseline_that_is_kept(repository: Repository) -> None:
    assert run("create") == 0
    repository.write("docs/new.md", DAMAGED)
    repository.git("rm", "-q", "docs/1.txt")
    assert run("keep") == 0
    assert run("everything") == 0


def test_the_gate_for_a_change(repository: Repository) -> None:
    repository.git("update-ref", "refs/remotes/origin/main", "main")
    assert run("change") == 0
    repository.write("docs/new.md", DAMAGED)
    assert run("change") == 1
    repository.commit("damage")
    assert run("change") == 1


def test_a_merge_of_two_small_baselines(empty: Repository) -> None:
    """In a file of few lines, what two branches add does meet: the attribute settles it."""
    empty.write("a.md", "好。\n")
    assert run("create") == 0
    assert run("attributes") == 0
    empty.commit("start")
    for branch in ("one", "two"):
        empty.git("switch", "-q", "-c", branch, "main")
        for number in range(5):
            empty.write(f"{branch}-{number}.md", DAMAGED)
        assert empty.seedlint("baseline", "update").exit_code == 0
        empty.commit(branch)
    empty.git("merge", "-q", "--no-edit", "one")
    assert run("everything") == 0
    assert empty.seedlint("--no-baseline").exit_code == 1
    empty.write("three.md", DAMAGED)
    assert run("everything") == 1


def test_a_conflict_left_in_a_baseline_is_an_error(empty: Repository) -> None:
    empty.write("a.md", "好。\n")
    assert run("create") == 0
    for branch in ("one", "two"):
        empty.git("switch", "-q", "-c", branch, "main")
        empty.write(f"{branch}.md", DAMAGED)
        assert empty.seedlint("baseline", "update").exit_code == 0
        empty.commit(branch)
    empty.git("merge", "-q", "one", check=False)
    result = empty.seedlint()
    assert result.exit_code == 2
    assert "conflict" in result.stderr


def test_comments_allow_what_they_say(empty: Repository) -> None:
    text = snippet("gate.md", "allow")
    empty.write("a.md", text)
    gate = ("--select", "PUN,SUP", "--fail-on", "info")
    assert empty.seedlint(*gate).exit_code == 0
    empty.write("a.md", re.sub("<!--.*?-->", "", text))
    assert empty.gate()[0][-1] == ("a.md", 9, "PUN001")
    empty.write("a.md", "<!-- seedlint: allow PUN -->\n好。\n")
    assert empty.seedlint(*gate).exit_code == 1


def test_settings_by_path(empty: Repository) -> None:
    empty.write("about-mojibake/a.txt", DAMAGED)
    empty.write("b.txt", "好。\n")
    assert run("everything") == 1
    empty.write("seedlint.toml", snippet("gate.md", "settings"))
    assert run("everything") == 0


def test_a_repair_taken_back(repository: Repository) -> None:
    before = repository.git("status", "--short")
    assert repository.seedlint("--fix").exit_code in (0, 1)
    assert repository.git("status", "--short") != before
    assert run("undo") == 0
    assert repository.git("status", "--short") == before
    assert repository.gate("--no-baseline")[1] == 1


def test_the_settings_shown_are_good() -> None:
    table = tomllib.loads(snippet("settings.md", "example"))
    configuration = Configuration.read(table, "example")
    assert apply(configuration.layers("legacy/a.txt")).settings.encoding == "gb18030"
    assert apply(configuration.layers("hk/a/b.md")).settings.script == "zh-Hant-HK"
    assert configuration.leaves_out("vendor/x.md")


def test_the_page_of_settings_is_that_of_the_program() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (.*) \|$", page, re.MULTILINE)
    assert dict(rows[:-1]) == {name: key.help for name, key in KEYS.items()}
    assert rows[-1][0] == "per-file"
    assert FILE_KEYS.keys() < KEYS.keys()
    assert all(f"`{script}`" in page for script in SCRIPTS)
