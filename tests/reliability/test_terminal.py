"""What reaches a terminal: text, line ends and colours; nothing of a file or of its name acts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyte
import pytest

HARMLESS = {"draw", "linefeed", "carriage_return", "select_graphic_rendition", "define_charset"}
ATTACKS = (
    "\x1b[31mred\x1b[2J\x1b[H",
    "\x1b]0;owned\x07",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1bP$q\x1b\\\x1bc\x1b[6n\x1b[?1049h",
    "\x9b31m\x9d0;owned\x9c\x8f\x90\x84\x85",
    "\x08\x08\x08\x7f\x0e\x0f\x05\x07\x0b\x0c",
    "over\rwritten",
    "[bold red]markup[/] [link=https://evil.example]x[/link] :warning:",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{LEFT-TO-RIGHT ISOLATE}\N{LINE SEPARATOR}x",
)


class Witness:
    """A terminal that does nothing and remembers what it was told to do."""

    def __init__(self) -> None:
        self.told: set[str] = set()
        self.shown = ""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)

        def told(*words: object, **_: object) -> None:
            self.told.add(name)
            self.shown += str(words[0]) if name == "draw" else "\n" * (name == "linefeed")

        return told


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, attack in enumerate(ATTACKS):
        name = f"{number}{attack}".replace("/", "").replace("\0", "")
        text = f"第一行,好{attack}的文字，锟斤拷{attack}\n{attack}鐨勫姛鑳{attack}"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        (folder / f"{name}.dangling.md").write_bytes(b"\xff\xfe\0")
    return folder


def acting(text: str) -> list[str]:
    """What may act, colours apart: pyte passes over commands it does not know, as OSC 8 and OSC 52."""
    plain = re.sub("\x1b\\[[0-9;]*m", "", text)
    return re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", plain)


OPTIONS = ["", "--verbose", "--diff", "--diff --unsafe-fixes", "--statistics", "--output-format concise"]


@pytest.mark.parametrize("options", map(str.split, OPTIONS), ids=OPTIONS)
def test_a_terminal_is_told_nothing_but_colours(hostile: Path, options: list[str]) -> None:
    missing = str(hostile / ATTACKS[0])
    command = [sys.executable, "-m", "seedlint", "--no-cache", *options, str(hostile), missing]
    environment = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "90"}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    witness = Witness()
    pyte.ByteStream(witness).feed(done.stdout.replace(b"\n", b"\r\n") + done.stderr)
    assert witness.told <= HARMLESS
    assert not acting((done.stdout + done.stderr).decode())
    assert "Traceback" not in witness.shown
    assert done.returncode == 2
    assert "<U+001B>" in witness.shown


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_the_witness_sees_an_attack(attack: str) -> None:
    """The test above would fail if the text came through."""
    witness = Witness()
    pyte.ByteStream(witness).feed(attack.encode())
    assert witness.told - HARMLESS or acting(attack) or attack.isprintable()
