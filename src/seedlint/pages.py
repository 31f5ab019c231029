"""The page of a rule, made from the rule itself: Markdown for the documents and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import getdoc

from seedlint.rule import Example, Rule
from seedlint.visible import visible

FOLDER = "docs/rules"


def path(name: str) -> str:
    """Where the page of the rule called ``name`` lies in the project."""
    return f"{FOLDER}/{name}.md"


def summary(rule: Rule) -> str:
    """What the rule finds, in one line."""
    return (getdoc(rule) or "").partition("\n")[0]


def page(rule: Rule) -> str:
    """Markdown: what is found, what the reader suffers, examples, what is left alone."""
    return "\n".join(_lines(rule)) + "\n"


def explanation(rule: Rule) -> str:
    """The beginning of the page: what is found and what the reader suffers."""
    return f"# {rule.code} {rule.name()}\n\n{getdoc(rule) or ''}"


def index(rules: Iterable[Rule]) -> str:
    """Markdown: a table of all rules, each with a link to its page beside this one."""
    rows = [f"| {rule.code} | {_link(rule)} | {_traits(rule)} | {summary(rule)} |" for rule in rules]
    head = ["# Rules", "", "| code | name | severity | fix | what it finds |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def fixability(rule: Rule) -> str:
    """``safe``, ``unsafe``, both or ``none``: derived from the examples, never declared."""
    kinds = ["safe"] * any(one.repaired is not None for one in rule.damaged)
    kinds += ["unsafe"] * any(one.suggested is not None for one in rule.damaged)
    return " or ".join(kinds) or "none"


def _link(rule: Rule) -> str:
    return f"[{rule.name()}]({rule.name()}.md)"


def _traits(rule: Rule) -> str:
    return f"{rule.severity.value} | {fixability(rule)}"


def _lines(rule: Rule) -> Iterator[str]:
    yield from (explanation(rule), "")
    yield f"Severity: {rule.severity.value}. Phase: {rule.phase.name.lower()}. Fix: {fixability(rule)}."
    yield from ("", "## Examples")
    for example in rule.damaged:
        yield from _example(example)
    yield from ("", "## Left alone")
    for text in rule.sound:
        yield from _block("Sound", text)
    yield from ("", "## Choose", "")
    yield f"`seedlint --select {rule.code}` runs this rule alone, `seedlint --ignore {rule.code}` all others;"
    yield f"`<!-- seedlint: allow {rule.name()} -->` allows it in the line where it stands, or the next."


def _example(example: Example) -> Iterator[str]:
    text = example.text
    yield from _block("Damaged", text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text)
    if example.repaired is not None:
        yield from _block("Repaired", example.repaired)
    if example.suggested is not None:
        yield from _block("Suggested (`--unsafe-fixes`)", example.suggested)


def _block(title: str, text: str) -> Iterator[str]:
    """An indented block of code, hidden characters by name."""
    yield from ("", f"{title}:", "")
    yield from (f"    {visible(line)}".rstrip() for line in text.removesuffix("\n").split("\n"))
