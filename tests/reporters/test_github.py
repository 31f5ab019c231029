"""Workflow commands, read back the way the runner of GitHub Actions reads them."""

from __future__ import annotations

import re

from seedlint.report import Report, ReportOptions
from seedlint.reporters import reporter
from seedlint.visible import visible

from .conftest import HOSTILE, PATH

Command = tuple[str, dict[str, str], str]


def unescape(text: str, codes: dict[str, str]) -> str:
    for code, char in codes.items():
        text = text.replace(code, char)
    return text.replace("%25", "%")


def parse(line: str) -> Command:
    """``ActionCommand.TryParseV2`` of actions/runner, in Python."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, rest = head.partition(" ")
    values = {"%0D": "\r", "%0A": "\n"}
    pairs = dict(pair.split("=", 1) for pair in rest.split(","))
    properties = {key: unescape(value, values | {"%3A": ":", "%2C": ","}) for key, value in pairs.items()}
    return name, properties, unescape(data, values)


def commands(report: Report) -> list[Command]:
    return [parse(line) for line in reporter("github")(report, ReportOptions()).split("\n")[:-1]]


def shown(text: str) -> str:
    """Hidden characters by name, line ends as they are."""
    return re.sub("[^\r\n]+", lambda match: visible(match[0]), text)


def test_hostile_text_arrives_intact_and_injects_nothing(hostile: Report) -> None:
    found = commands(hostile)
    assert [name for name, _, _ in found] == ["error", "error", "notice"]
    unreadable, slip, comma = found
    assert unreadable[1]["file"] == shown(HOSTILE)
    assert unreadable[2] == shown(HOSTILE)
    assert slip[1]["file"] == comma[1]["file"] == shown(PATH)
    assert slip[2].startswith(shown(HOSTILE))
    assert "::stop-commands::x" in slip[2]
    assert "%0A%25::error::a,b:c" in slip[2]


def test_the_worst_first_and_a_line_of_like_places_once(plain: Report) -> None:
    found = commands(plain)
    assert [(name, at.get("line"), at["title"]) for name, at, _ in found] == [
        ("error", None, "seedlint"),
        ("error", "1", "MOJ003 byte-slip"),
        ("error", "1", "ENC001 not-utf8"),
        ("warning", "2", "UNI001 invisible-character"),
        ("notice", "1", "PUN001 halfwidth-punctuation"),
        ("notice", "2", "PUN001 halfwidth-punctuation"),
    ]
    _, at, message = found[4]
    assert (at["file"], at["col"], at["endColumn"]) == ("文/a b.md", "2", "2")
    assert message.split("\n") == [
        "half-width , in Chinese text (2 places in this line)",
        ", -> ，",
        "Explained by: seedlint rule PUN001",
    ]
