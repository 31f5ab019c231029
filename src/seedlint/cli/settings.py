"""``seedlint settings FILE``: what applies to a file, and which place says so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import click

from seedlint.cli._project import project_of, settings_options
from seedlint.configuration import Applied, Choice, schema
from seedlint.project import BASELINE, Project, relative, root
from seedlint.registry import all_rules
from seedlint.rule import Rule
from seedlint.settings import BadSettings
from seedlint.visible import visible


@click.command("seedlint settings", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@click.option("--schema", "wants_schema", is_flag=True, help="Print the JSON schema of settings files.")
@settings_options
def command(files: tuple[str, ...], wants_schema: bool, **options: Any) -> None:
    """Show what applies to each FILE (default: the current folder), and why."""
    if wants_schema:
        click.echo(json.dumps(schema(), indent=2))
        return
    project = project_of(options)
    try:
        for path in files or (".",):
            _show(project, path)
    except BadSettings as error:
        from seedlint.cli._outputs import Failure

        raise Failure(str(error)) from error


def _show(project: Project, path: str) -> None:
    """Print all that applies to one path; a folder stands for the files in it."""
    inside = os.path.join(path, "*") if os.path.isdir(path) else path
    for line in _lines(project, path, inside):
        click.echo(visible(line))


def _lines(project: Project, path: str, inside: str) -> Iterator[str]:
    applied, source = project.applied(inside), project.source(inside)
    yield path
    yield f"  settings: {source.configuration.base.origin if source else 'none found, the defaults apply'}"
    yield f"  baseline: {_baseline(path)}"
    yield f"  read: {_reading(project, path)}"
    yield f"  encoding: {applied.settings.encoding} ({applied.origins.get('encoding', 'default')})"
    yield f"  script: {applied.settings.script or 'any'} ({applied.origins.get('script', 'default')})"
    yield from _rules(applied)


def _baseline(path: str) -> str:
    baseline = os.path.join(root(path), BASELINE)
    return relative(baseline, os.getcwd()) if os.path.exists(baseline) else "none"


def _reading(project: Project, path: str) -> str:
    pattern = project.leaves_out(path, os.path.isdir(path))
    if pattern is not None:
        return f"no, excluded by {pattern!a}"
    return "no, not among include, unless it is named" if project.takes(path) is False else "yes"


def _rules(applied: Applied) -> Iterator[str]:
    """The rules that run, then those that do not; with the place that says so, where one does."""
    running = {rule.code: rule for rule in applied.settings.rules}
    yield f"  rules: {len(running)} of {len(all_rules())} run"
    for rule in all_rules():
        if rule.code in running:
            yield f"    {_title(running[rule.code])}{_reasons(applied, rule, applied.rules[rule.code])}"
    if len(running) < len(all_rules()):
        yield "  not run:"
    for rule in all_rules():
        if rule.code not in running:
            yield f"    {_title(rule)} ({applied.rules[rule.code].origin})"


def _title(rule: Rule) -> str:
    return f"{rule.code}  {rule.severity.value:7}  {rule.name()}"


def _reasons(applied: Applied, rule: Rule, choice: Choice) -> str:
    reasons = [choice.origin] * (choice.origin != "default")
    if rule.code in applied.origins:
        reasons.append(f"severity: {applied.origins[rule.code]}")
    return f" ({'; '.join(reasons)})" if reasons else ""
