"""The README tells the truth: its table, its snippet, its commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from seedlint import fix_text
from seedlint.registry import find

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| `(.+?)` \|", README, re.MULTILINE)


@pytest.mark.parametrize(("found", "written"), ROWS)
def test_the_table_of_damage(found: str, written: str) -> None:
    assert fix_text(found, unsafe=True).text == written


def test_the_table_has_rows() -> None:
    assert len(ROWS) >= 5


def test_the_python_snippet_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(snippet, {})
    assert "國產AI生態的突圍，現在開始" in capsys.readouterr().out


@pytest.mark.parametrize("mark", ["run", "test"])
def test_a_command_stands_alone_below_its_mark(mark: str) -> None:
    (command,) = re.findall(rf"^<!-- {mark} -->\n```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert "\n" not in command
    assert "pip install" in command


def test_the_rules_it_names_exist() -> None:
    for name in re.findall(r"seedlint rule ([a-z-]+)", README):
        assert find(name)


def test_the_documents_it_links_exist() -> None:
    root = Path(__file__).parents[1]
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (root / target).exists(), target
