"""The first look: what clean text need not load, and what it tells apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from seedlint.chrome.gate import Look, tells
from seedlint.document import Document

PROSE = "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走，谁也不说话。"


@pytest.mark.parametrize("text", [f"山里的早晨\n\n{PROSE}\n", f"{PROSE}\n", ""])
def test_clean_text_loads_neither_phrases_nor_weights(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    code = (
        "import sys; from seedlint.cli import program\n"
        f"try: program([{str(path)!r}])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"seedlint.chrome.phrases", "seedlint.chrome.model", "seedlint.chrome.blocks"}


@pytest.mark.parametrize(
    "line", ["猜你喜欢", "相關推薦", "来源：山城晚报", "2025-01-28 16:40", "All rights reserved"]
)
def test_one_telling_line_is_enough(line: str) -> None:
    body = "\n\n".join([PROSE] * 30)
    assert not tells(Document(body))
    assert tells(Document(f"{body}\n\n{line}\n"))


def test_wrapped_paragraphs_are_no_page() -> None:
    wrapped = (
        "the river had risen in the night and the boats lay\nlow at the quay where nobody had come to look\n"
    )
    look = Look(Document(wrapped * 40))
    assert look.is_wrapped
    assert not look.is_page


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_code_is_not_looked_at(fence: str) -> None:
    assert not tells(Document(f"{PROSE}\n\n{fence}\n登录 | 注册\n相关推荐\n{fence}\n\n{PROSE}\n"))
