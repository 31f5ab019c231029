"""The pages of the rules: made from them, in step with them, safe to show."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from seedlint import pages
from seedlint.registry import all_rules
from seedlint.rule import Rule
from seedlint.visible import visible

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "tools" / "build_docs.py"
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


def test_the_documents_are_in_step_with_the_rules() -> None:
    done = subprocess.run([sys.executable, BUILD, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "tools" / "build_docs.py"
    copy.parent.mkdir()
    copy.write_bytes(BUILD.read_bytes())
    subprocess.run([sys.executable, copy], check=True)
    assert subprocess.run([sys.executable, copy, "--check"], check=False).returncode == 0
    folder = tmp_path / pages.FOLDER
    (folder / "no-such-rule.md").write_text("old", encoding="utf-8")
    with (folder / "wrong-quote.md").open("a", encoding="utf-8") as page:
        page.write("more")
    done = subprocess.run([sys.executable, copy, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.findall(r"[\w-]+(?=\.md)", done.stderr) == ["no-such-rule", "wrong-quote"]
    subprocess.run([sys.executable, copy], check=True)
    assert not (folder / "no-such-rule.md").exists()


@RULES
def test_a_page_holds_every_example_and_nothing_hidden(rule: Rule) -> None:
    page = pages.page(rule)
    assert all(visible(line) == line for line in page.split("\n"))
    assert page.count("Damaged:") == len(rule.damaged)
    assert page.count("Sound:") == len(rule.sound)
    assert page.startswith(f"# {rule.code} {rule.name()}\n")


@RULES
def test_the_index_leads_to_the_page(rule: Rule) -> None:
    assert f"| {rule.code} | [{rule.name()}]({Path(pages.path(rule.name())).name}) |" in pages.index(
        all_rules()
    )
    assert (ROOT / pages.path(rule.name())).exists()


@RULES
def test_the_first_line_is_a_sentence_that_fits_a_table(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^|\n]{10,120}\.", pages.summary(rule))
