"""The report for people: one self-contained page, light and dark, that needs no network.

Counts are plain HTML; the places are data that the page's script shows and filters.
Every string of a file is made visible and escaped here; the script only ever sets
text, and the page's policy refuses any script, style or address but its own.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from seedlint.diagnostic import Diagnostic, Location
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters import _html_tables as tables
from seedlint.reporters._change import pieces
from seedlint.reporters._evidence import spelled
from seedlint.reporters._summary import verdict_line
from seedlint.visible import visible, visible_spaces

_NEAR = 24  # characters of the line shown on either side of a place


def render(report: Report, options: ReportOptions) -> str:
    """The page; the template's marks are filled in one pass, so that no text can hold one."""
    template = files("seedlint.reporters").joinpath("_html_page.html").read_text(encoding="utf-8")
    parts = {
        "policy": _policy(template),
        "headline": escape(verdict_line(report)),
        "measures": tables.measures(report),
        "errors": tables.errors(report),
        "rules": tables.rules(report),
        "causes": tables.causes(report),
        "folders": tables.folders(report),
        "worst": tables.worst(report),
        "choices": tables.choices(report),
        "data": _data(report),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], template)


def _policy(template: str) -> str:
    """The content security policy: this page's own script and style by their hashes, nothing else."""
    own = {tag: _hash(template, tag) for tag in ("script", "style")}
    sources = "; ".join(f"{tag}-src '{value}'" for tag, value in own.items())
    return f"default-src 'none'; base-uri 'none'; form-action 'none'; {sources}"


def _hash(template: str, tag: str) -> str:
    found = re.search(f"<{tag}>(.*?)</{tag}>", template, re.DOTALL)
    assert found is not None
    return "sha256-" + b64encode(sha256(found[1].encode()).digest()).decode()


def _data(report: Report) -> str:
    """The places as JSON that can stand inside a script element."""
    causes: dict[str, int] = {}
    places = [
        _place(index, one, causes) for index, file in enumerate(report.files) for one in file.diagnostics
    ]
    value = {"paths": [_path(file) for file in report.files], "causes": list(causes), "places": places}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _path(file: FileReport) -> str:
    return visible(file.path.replace("\\", "/"))


def _place(index: int, one: Diagnostic, causes: dict[str, int]) -> list[Any]:
    """A row of the list, in the order in which the script reads it."""
    assert one.location is not None
    cause = tables.cause_of(one)
    return [
        index,
        one.code,
        one.name,
        one.severity.value,
        one.location.start.line,
        one.location.start.column,
        visible(one.message),
        one.verdict.value,
        one.fix.safety.value if one.fix else "",
        causes.setdefault(cause, len(causes)) if cause else -1,
        _near(one.location),
        _pieces(one),
        _evidence(one),
    ]


def _near(at: Location) -> list[str]:
    """The text of the line before and after the place."""
    left, right = at.context[: at.indent], at.context[at.indent + len(at.excerpt) :]
    before = ("…" if len(left) > _NEAR else "") + left[-_NEAR:] if left else ""
    after = right[:_NEAR] + ("…" if len(right) > _NEAR else "")
    return [visible(before), visible(after)]


def _pieces(one: Diagnostic) -> list[Any]:
    """What stays as a string, what changes as a pair; without edits, the whole place as one string."""
    if one.fix is None or not one.fix.edits:
        assert one.location is not None
        return [_shown(one.location.excerpt, True)]
    return [
        [_shown(piece.before, True), _shown(piece.after, True)] if piece.differs else _shown(piece.before)
        for piece in pieces(one)
    ]


def _shown(text: str, marked: bool = False) -> str:
    text = text.replace("\r\n", "\n").replace("\n", "⏎")
    return visible_spaces(text) if marked and text.isspace() else visible(text)


def _evidence(one: Diagnostic) -> list[list[str]]:
    """Pairs of label and value, the likely cause left out."""
    pairs = [list(pair) for pair in spelled(one)]
    if one.fix and one.fix.transcode:
        pairs.append(["fix", f"read as {one.fix.transcode.source}, write {one.fix.transcode.target}"])
    return pairs
