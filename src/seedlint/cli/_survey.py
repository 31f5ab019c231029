"""What ``seedlint corpus report`` does: draws, examines, writes its summaries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from seedlint.arrow import Work, load
from seedlint.cli._records import followed
from seedlint.corpus import comparison, page, parts, sampling
from seedlint.corpus.batch import Job
from seedlint.corpus.survey import Survey, survey
from seedlint.settings import Settings
from seedlint.visible import visible
from seedlint.workers import cores

_TOLD = 10  # values of a column, causes and records that are told on the terminal


def surveyed(options: Mapping[str, Any], settings: Settings) -> int:
    """Write what is asked for; the exit status: 2 where a part could not be read."""
    load("pyarrow")
    old = _old(options["compare"])
    found = parts.find(options["inputs"])
    plan = sampling.plan(found, options["sample"], options["seed"])
    job = _job(options, settings)
    drawn = [part for _, part in plan.parts]
    value = _last(followed(survey(plan, job, options["jobs"] or cores()), drawn, plan.inner)).value()
    if options["summary"]:
        Path(options["summary"]).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    if options["html"]:
        Path(options["html"]).write_text(page.render(value), encoding="utf-8")
    for line in _lines(value):
        click.echo(visible(line))
    for line in comparison.lines(comparison.compare(old, value)) if old else ():
        click.echo(visible(line))
    return 2 if value["errors"] or any(fault != "null" for fault in value["faults"]) else 0


def _job(options: Mapping[str, Any], settings: Settings) -> Job:
    """``date:7`` counts by the first seven characters of the column ``date``."""
    asked = [re.fullmatch(r"(?s)(.+?)(?::(\d+))?", one) for one in options["by"]]
    names = tuple(match[1] for match in asked if match)
    widths = tuple(int(match[2]) if match[2] else None for match in asked if match)
    return Job(Work(settings, options["text_column"]), options["id_column"], by=names, widths=widths)


def _old(path: str | None) -> dict[str, Any] | None:
    return comparison.read(Path(path).read_text(encoding="utf-8"), path) if path else None


def _last(events: Iterator[object]) -> Survey:
    *_, last = events
    assert isinstance(last, Survey)
    return last


def _lines(value: Mapping[str, Any]) -> Iterator[str]:
    """The survey for the terminal, the most important lines last."""
    yield from _table("rule", value["rules"], "places")
    for column, values in value["columns"].items():
        yield ""
        yield from _table(column, dict(list(values.items())[:_TOLD]), "records")
        if len(values) > _TOLD:
            yield f"and {len(values) - _TOLD:,} more values of {column}"
    yield ""
    for cause, count in list(value["causes"].items())[:_TOLD]:
        yield f"Likely cause: {cause} ({count:,} places)."
    for bad in value["worst"][:3]:
        yield f"Among the worst: {bad['place']}: {', '.join(bad['codes'])}"
    for path, error in value["errors"].items():
        yield f"{path}: error: {error}"
    for fault, count in value["faults"].items():
        yield f"{count:,} records {fault}: not examined."
    yield page.headline(value)


def _table(head: str, shares: Mapping[str, Any], count: str) -> Iterator[str]:
    width = max(map(len, [head, *shares]))
    yield f"{head.ljust(width)}  {count:>10}  records with damage"
    for name, one in shares.items():
        yield f"{name.ljust(width)}  {one[count]:>10,}  {page.percent(one)}"
