"""Finds the rules by walking ``rules/``; selects them by code, prefix or name.

A run over clean text needs to know of each rule only what it looks for. That outline is
kept in ``_outlines.py``, made by ``tools/build_outlines.py``, so that a rule's own file is
imported when a document concerns it. An outline holds a digest of its rule file; one that
is missing, or does not fit a file changed later, is made anew by importing the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from seedlint import rules
from seedlint.diagnostic import Diagnostic, Severity
from seedlint.document import Document
from seedlint.regions import Region
from seedlint.rule import Phase, Rule


class UnknownRule(ValueError):
    """A selector that fits no rule."""


class Outline(NamedTuple):
    """What is known of a rule without importing its file; ``digest`` is that of the file."""

    digest: str
    code: str
    phase: int
    severity: str
    triggers: str
    context: tuple[str, str]
    regions: tuple[str, ...]
    decides: bool = False
    """Whether the rule itself looks closer than its triggers at what concerns it."""
    gate: str = ""

    @classmethod
    def of(cls, rule: Rule, digest: str) -> Outline:
        """The outline of a rule."""
        triggers = "".join(map("".join, _ranges(rule.triggers)))
        regions = tuple(sorted(region.value for region in rule.regions))
        decides = type(rule).concerns is not Rule.concerns
        return cls(
            digest,
            rule.code,
            int(rule.phase),
            rule.severity.value,
            triggers,
            rule.context,
            regions,
            decides,
            rule.gate,
        )


def _ranges(characters: Iterable[str]) -> list[list[str]]:
    """First and last of every run of code points."""
    runs: list[list[str]] = []
    for char in sorted(characters):
        if runs and ord(char) == ord(runs[-1][1]) + 1:
            runs[-1][1] = char
        else:
            runs.append([char, char])
    return runs


class OutlinedRule(Rule):
    """A rule by its outline: decides whether a document concerns it, then lets the rule look."""

    def __init__(self, module: str, outline: Outline) -> None:
        self.module = module
        self.decides = outline.decides
        self.code = outline.code  # type: ignore[misc]
        self.phase = Phase(outline.phase)  # type: ignore[misc]
        self.severity = Severity(outline.severity)  # type: ignore[misc]
        self._ranges = tuple(zip(outline.triggers[::2], outline.triggers[1::2], strict=True))
        self.context = outline.context  # type: ignore[misc]
        self.gate = outline.gate  # type: ignore[misc]
        self.regions = frozenset(map(Region, outline.regions))  # type: ignore[misc]

    @property
    def triggers(self) -> frozenset[str]:  # type: ignore[override]
        """The characters that the rule is about."""
        codes = (range(ord(first), ord(last) + 1) for first, last in self._ranges)
        return frozenset(map(chr, chain.from_iterable(codes)))

    def seeks(self) -> bool:
        """Whether the rule is about certain characters or places."""
        return bool(self._ranges or self.context[0])

    def is_triggered(self, document: Document) -> bool:
        """Whether the document holds a character that the rule is about."""
        return bool(self._ranges) and self.code in document.analysis(_triggered)

    def is_about(self, char: str) -> bool:
        """Whether a character is a trigger of the rule."""
        return any(first <= char <= last for first, last in self._ranges)

    def stands_in(self, document: Document) -> bool:
        """Whether the document holds the rule's context; those of all rules are looked for at once."""
        if document.ideographic:
            return self.code in document.analysis(_contexts)
        return super().stands_in(document)  # most rules that have one are about ideographs

    def name(self) -> str:
        """The rule's name."""
        return self.module.rpartition(".")[2].replace("_", "-")

    def concerns(self, document: Document) -> bool:
        """By the outline; where the rule decides by itself, by the rule too."""
        return super().concerns(document) and (not self.decides or load(self.module).concerns(document))

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """What the rule itself finds."""
        return load(self.module).check(document)

    def __reduce__(self) -> tuple[object, ...]:
        return _outlined, (self.code,)


@cache
def load(module: str) -> Rule:
    """The rule of a module; raises LookupError where there is none."""
    for value in vars(import_module(module)).values():
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module:
            return value()
    raise LookupError(module)


def rule_files() -> Iterator[tuple[str, str]]:
    """Module and path of every Python file that may hold a rule."""
    for family in sorted(os.scandir(rules.__path__[0]), key=lambda entry: entry.name):
        if family.is_dir() and family.name[0] != "_":
            for name in sorted(os.listdir(family.path)):
                stem, extension = os.path.splitext(name)
                if extension == ".py" and stem[0] != "_":
                    yield f"seedlint.rules.{family.name}.{stem}", os.path.join(family.path, name)


def digest(path: str) -> str:
    """What tells whether a rule file has changed: its CRC-32 (hashlib would cost more than the rest)."""
    with open(path, "rb") as file:
        return f"{crc32(file.read()):08x}"


def _known() -> dict[str, Outline]:
    try:
        return {name: Outline(*row) for name, row in import_module("seedlint._outlines").OUTLINES.items()}
    except (ImportError, AttributeError, TypeError, SyntaxError):
        return {}


def _time(path: str) -> int:
    """When a file of the package was changed, in nanoseconds; 0 for one that is not there."""
    try:
        return os.stat(os.path.join(os.path.dirname(__file__), path)).st_mtime_ns
    except OSError:
        return 0


@cache
def outlines() -> tuple[OutlinedRule, ...]:
    """Every rule by its outline, by phase and code."""
    known, found, made = _known(), [], _time("_outlines.py")
    for module, path in rule_files():
        outline = known.get(module)
        if outline is None or (_time(path) > made and outline.digest != digest(path)):
            try:
                outline = Outline.of(load(module), "")
            except LookupError:
                continue
        found.append(OutlinedRule(module, outline))
    return tuple(sorted(found, key=lambda rule: (rule.phase, rule.code)))


def _triggered(document: Document) -> frozenset[str]:
    """The codes of the rules that the unusual characters of a document trigger."""
    return frozenset[str]().union(*map(_about, document.unusual))


@lru_cache(maxsize=4096)
def _about(char: str) -> frozenset[str]:
    return frozenset(rule.code for rule in outlines() if rule.is_about(char))


def _contexts(document: Document) -> frozenset[str]:
    """The codes of the rules whose context stands in a document, for one scan of sound text.

    Where two rules look for the same first character, the pattern names one of them.
    """
    found = {match.lastgroup or "" for match in _any_context().finditer(document.text)}
    if found:
        firsts = {char for rule in outlines() if rule.code in found for char in rule.context[0]}
        unsure = [
            rule for rule in outlines() if rule.code not in found and not firsts.isdisjoint(rule.context[0])
        ]
        found |= {rule.code for rule in unsure if Rule.stands_in(rule, document)}
    return frozenset(found)


@cache
def _any_context() -> re.Pattern[str]:
    """The contexts of all rules as one pattern that begins with one class."""
    told = [(rule.code, *rule.context) for rule in outlines() if rule.context[0]]
    places = (f"(?<=[{first}])(?:{rest})(?P<{code}>)" for code, first, rest in told)
    return re.compile(f"[{''.join(first for _, first, _ in told)}](?={'|'.join(places)})")


def _outlined(code: str) -> OutlinedRule:
    return next(rule for rule in outlines() if rule.code == code)


def all_rules() -> tuple[Rule, ...]:
    """Every rule itself, by phase and code."""
    return tuple(load(rule.module) for rule in outlines())


def matching(selector: str) -> frozenset[str]:
    """Codes of the rules that a code, a prefix of codes, a name or ``ALL`` stands for.

    Raises UnknownRule, with the nearest name, where there is none.
    """
    if selector == "ALL":
        return frozenset(rule.code for rule in outlines())
    found = frozenset(
        rule.code for rule in outlines() if rule.code.startswith(selector.upper()) or rule.name() == selector
    )
    if not selector or not found:
        raise UnknownRule(f"no rule is called '{selector}'{_suggestion(selector)}")
    return found


def _suggestion(selector: str) -> str:
    from difflib import get_close_matches

    known = [word for rule in outlines() for word in (rule.code, rule.name())]
    near = get_close_matches(selector, known, n=1) or get_close_matches(selector.upper(), known, n=1)
    return f"; did you mean '{near[0]}'?" if near else "; 'seedlint rules' lists them"


def select(
    chosen: Iterable[str] = ("ALL",), ignored: Iterable[str] = (), extended: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """The rules chosen and extended but not ignored, by phase and code.

    Raises UnknownRule.
    """
    wanted = frozenset[str]().union(*map(matching, chosen), *map(matching, extended))
    wanted -= frozenset[str]().union(*map(matching, ignored))
    return tuple(rule for rule in outlines() if rule.code in wanted)


def find(word: str) -> Rule:
    """The one rule with this code or name; raises UnknownRule."""
    for rule in outlines():
        if word.upper() == rule.code or word == rule.name():
            return load(rule.module)
    raise UnknownRule(f"no rule is called '{word}'{_suggestion(word)}")
