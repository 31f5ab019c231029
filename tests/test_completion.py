"""Shell completion, asked for the way bash asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")

SETUP = 'eval "$(_SEEDLINT_COMPLETE=bash_source seedlint)"\n'


def bash(script: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", "--norc", "-c", SETUP + script]
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


def complete(*words: str) -> list[str]:
    line = " ".join(f"'{word}'" for word in ("seedlint", *words))
    ask = f"COMP_WORDS=({line}); COMP_CWORD={len(words)}; _seedlint_completion seedlint\n"
    return bash(ask + 'echo "${COMPREPLY[*]}"').split()


def test_bash_knows_the_function() -> None:
    assert bash("complete -p seedlint") == "complete -o nosort -F _seedlint_completion seedlint"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--output-"], ["--output-format", "--output-file"]),
        (["docs", "--uns"], ["--unsafe-fixes"]),
        (["--fail-on", "er"], ["error"]),
        (["--output-format", "js"], ["json", "jsonl"]),
        (["ru"], ["rule", "rules"]),
        (["rule", "PUN00"], ["PUN001", "PUN002", "PUN003", "PUN004"]),
        (["rule", "wrong-q"], ["wrong-quote"]),
        (["--no-such-option"], []),
    ],
)
def test_what_bash_is_told(words: list[str], expected: list[str]) -> None:
    assert complete(*words) == expected


def test_the_first_word_may_be_a_command() -> None:
    assert {"rule", "rules", "server", "baseline"} <= set(complete(""))
