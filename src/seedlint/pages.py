"""The page of a rule, made from the rule itself: Markdown for the documents and the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import getdoc

from seedlint.rule import Example, Rule
from seedlint.visible import visible


def page(rule: Rule) -> str:
    """Markdown: what is found, what the reader suffers, examples, what is left alone."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.name()}"
    yield ""
    yield getdoc(rule) or ""
    yield ""
    yield f"Severity: {rule.severity.value}. Phase: {rule.phase.name.lower()}. Fix: {fixability(rule)}."
    yield ""
    yield "## Examples"
    for example in rule.damaged:
        yield ""
        yield from _example(example)
    yield ""
    yield "## Left alone"
    for text in rule.sound:
        yield ""
        yield from _block("", text)


def fixability(rule: Rule) -> str:
    """``safe``, ``unsafe``, both or ``none``: derived from the examples, never declared."""
    kinds = ["safe"] * any(one.repaired is not None for one in rule.damaged)
    kinds += ["unsafe"] * any(one.suggested is not None for one in rule.damaged)
    return " or ".join(kinds) or "none"


def _example(example: Example) -> Iterator[str]:
    text = example.text.decode("latin-1") if isinstance(example.text, bytes) else example.text
    yield from _block("Damaged", text)
    if example.repaired is not None:
        yield from _block("Repaired", example.repaired)
    if example.suggested is not None:
        yield from _block("Suggested (`--unsafe-fixes`)", example.suggested)


def _block(title: str, text: str) -> Iterator[str]:
    if title:
        yield f"{title}:"
        yield ""
    for line in text.split("\n"):
        yield f"    {visible(line)}".rstrip()
    yield ""
