"""One table of settings as a file holds it: its keys, what they may hold, what they come to.

Tables come from repositories of strangers: a setting names rules, a script, an
encoding, severities and patterns, never a path to read or write and nothing to run.
Patterns are bounded, since one of many wildcards takes exponential time to fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.diagnostic import Severity
from seedlint.language.scripts import SCRIPTS
from seedlint.registry import UnknownRule, matching, outlines
from seedlint.settings import BadSettings, Settings, check_encoding, check_script, check_severity, nearest

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_LONGEST = 200  # characters of a pattern
_MOST = 1000  # patterns in a list, sections in a table
_STARS = 3  # `*` in one part of a pattern: three take 0.2 s to fail on the longest name, four 17 s
_DEEP = 1  # `**` between two parts: one fails at once on the longest path, three take minutes

Selectors = tuple[str, ...]


def _strings(value: Any) -> Selectors:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadSettings("must be a list of strings")
    if len(value) > _MOST:
        raise BadSettings(f"holds more than {_MOST} strings")
    return tuple(value)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise BadSettings("must be a string")
    return value


def _selectors(value: Any) -> Selectors:
    return tuple(map(_selector, _strings(value)))


def _selector(word: str) -> str:
    try:
        matching(word)
    except UnknownRule as error:
        raise BadSettings(str(error)) from error
    return word


def _patterns(value: Any) -> Selectors:
    return tuple(map(check_pattern, _strings(value)))


def check_pattern(pattern: str) -> str:
    """``pattern`` itself, as in ``.gitignore``; raises BadSettings for none and one that takes forever."""
    parts = pattern.strip("/").split("/")
    starred = max(part.count("*") for part in parts if part != "**") if set(parts) != {"**"} else 0
    if not pattern.strip() or len(pattern) > _LONGEST or "\n" in pattern:
        raise BadSettings(f"a pattern has 1 to {_LONGEST} characters in one line")
    if starred > _STARS or parts[1:-1].count("**") > _DEEP:
        raise BadSettings(
            f"{pattern!a} has too many wildcards: {_STARS} a part, one ** between parts at most"
        )
    try:
        _spec((pattern,))
    except (ValueError, re.error) as error:
        raise BadSettings(f"{pattern!a} is not a pattern: {error}") from error
    return pattern


def _severities(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise BadSettings("must be a table of rules and severities")
    return tuple((_selector(word), check_severity(_string(level)).value) for word, level in value.items())


_STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "maxItems": _MOST}
_PATTERNS = _STRINGS | {"items": {"type": "string", "minLength": 1, "maxLength": _LONGEST}}


class Key(NamedTuple):
    """One setting: what it is for, how its value is read, and its JSON schema."""

    help: str
    read: Callable[[Any], Any]
    schema: Mapping[str, Any]


FILE_KEYS: Mapping[str, Key] = {
    "select": Key("Rules to run: codes, prefixes of codes, names or ALL.", _selectors, _STRINGS),
    "extend-select": Key("Rules to run besides the selected ones.", _selectors, _STRINGS),
    "ignore": Key("Rules to leave out.", _selectors, _STRINGS),
    "script": Key(
        "The script the text is meant to be in.",
        lambda value: check_script(_string(value)),
        {"type": "string", "enum": list(SCRIPTS)},
    ),
    "encoding": Key(
        "The encoding the files are meant to be in; they are not transcoded.",
        lambda value: check_encoding(_string(value)),
        {"type": "string"},
    ),
    "severity": Key(
        "Severities of rules, by code, prefix or name.",
        _severities,
        {"type": "object", "additionalProperties": {"type": "string", "enum": [*Severity]}},
    ),
}
SECTION_KEYS: Mapping[str, Key] = {
    "files": Key("Patterns, as in .gitignore, of the files that a section is about.", _patterns, _PATTERNS),
    **FILE_KEYS,
}
KEYS: Mapping[str, Key] = {
    **FILE_KEYS,
    "include": Key(
        "Patterns of the files to read in folders; without it those that are text by their extension.",
        _patterns,
        _PATTERNS,
    ),
    "exclude": Key(
        "Patterns of files and folders never to read, not even when they are named.", _patterns, _PATTERNS
    ),
}
SECTIONS = "per-file"


class Layer(NamedTuple):
    """What one place says of the files it is about; ``origin`` names the place for the user."""

    origin: str
    select: Selectors | None = None
    extend_select: Selectors = ()
    ignore: Selectors = ()
    script: str | None = None
    encoding: str | None = None
    severity: tuple[tuple[str, str], ...] = ()
    files: Selectors = ()


@dataclass(frozen=True)
class Configuration:
    """One table of settings; its patterns are about paths relative to its folder, with ``/``."""

    base: Layer
    sections: tuple[Layer, ...] = ()
    include: Selectors | None = None
    exclude: Selectors = ()

    @classmethod
    def read(cls, table: Mapping[str, Any], origin: str) -> Configuration:
        """Check a table; raises BadSettings, naming ``origin`` and the key."""
        rows = table.get(SECTIONS, [])
        values = _read({key: table[key] for key in table if key != SECTIONS}, KEYS, origin)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) > _MOST:
            raise BadSettings(f"{origin}: {SECTIONS} must be a list of at most {_MOST} tables")
        sections = tuple(_section(row, f"{origin}, {SECTIONS} {at}") for at, row in enumerate(rows, 1))
        include, exclude = values.pop("include", None), values.pop("exclude", ())
        return cls(Layer(origin, **values), sections, include, exclude)

    def layers(self, path: str) -> tuple[Layer, ...]:
        """What it says of a file, the later ones winning."""
        about = zip(self.sections, self._specs, strict=True)
        return (self.base, *(section for section, spec in about if spec.match_file(path)))

    def leaves_out(self, path: str) -> str | None:
        """The pattern that excludes a file, or a folder (ending with ``/``); None where none does."""
        if not self.exclude:
            return None
        found = self._excluded.check_file(path)
        return self.exclude[found.index or 0] if found.include else None

    def takes(self, path: str) -> bool | None:
        """Whether ``include`` names a file; None without one."""
        return None if self.include is None else self._included.match_file(path)

    @cached_property
    def _specs(self) -> list[GitIgnoreSpec]:
        return [_spec(section.files) for section in self.sections]

    @cached_property
    def _excluded(self) -> GitIgnoreSpec:
        return _spec(self.exclude)

    @cached_property
    def _included(self) -> GitIgnoreSpec:
        return _spec(self.include or ())


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _section(row: Mapping[str, Any], origin: str) -> Layer:
    values = _read(row, SECTION_KEYS, origin)
    if not values.get("files"):
        raise BadSettings(f"{origin}: files must say which files the section is about")
    return Layer(f"{origin} ({', '.join(values['files'])})", **values)


def _read(table: Mapping[str, Any], keys: Mapping[str, Key], origin: str) -> dict[str, Any]:
    """The values of a table by field name; raises BadSettings."""
    known = (*keys, SECTIONS) if keys is KEYS else tuple(keys)
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in keys:
            raise BadSettings(f"{origin}: unknown key {name!a}{nearest(name, known)}")
        try:
            values[name.replace("-", "_")] = keys[name].read(value)
        except BadSettings as error:
            raise BadSettings(f"{origin}: {name}: {error}") from error
    return values


class Choice(NamedTuple):
    """Whether a rule runs, and which place said so."""

    runs: bool
    origin: str


@dataclass
class _Choices:
    """The rules of one file as one layer after another speaks of them."""

    rules: dict[str, Choice] = field(default_factory=dict)
    pinned: dict[str, Choice] = field(default_factory=dict)

    def add(self, layer: Layer) -> None:
        """``select`` starts over, but what a section leaves out of its files stays out for good."""
        if layer.select is not None:
            chosen = _matching(layer.select)
            kept = {} if layer.files else self.pinned
            every = {rule.code: Choice(rule.code in chosen, layer.origin) for rule in outlines()}
            self.rules = every | kept
        self.rules |= {code: Choice(True, layer.origin) for code in _matching(layer.extend_select)}
        left_out = {code: Choice(False, layer.origin) for code in _matching(layer.ignore)}
        self.rules |= left_out
        if layer.files:
            self.pinned |= left_out


def _matching(selectors: Selectors) -> frozenset[str]:
    return frozenset[str]().union(*map(matching, selectors))


class Applied(NamedTuple):
    """The settings of a file and the place that each comes from."""

    settings: Settings
    rules: Mapping[str, Choice]
    origins: Mapping[str, str]


def apply(layers: Iterable[Layer]) -> Applied:
    """What ``layers``, the later ones winning, come to."""
    choices = _Choices()
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    severity: dict[str, str] = {}
    for layer in (Layer("default", select=("ALL",)), *layers):
        choices.add(layer)
        for name in ("script", "encoding"):
            if getattr(layer, name) is not None:
                values[name], origins[name] = getattr(layer, name), layer.origin
        for selector, level in layer.severity:
            severity |= dict.fromkeys(matching(selector), level)
            origins |= dict.fromkeys(matching(selector), layer.origin)
    codes = tuple(sorted(code for code, choice in choices.rules.items() if choice.runs))
    settings = Settings(codes, severity=tuple(sorted(severity.items())), **values)
    return Applied(settings, choices.rules, origins)


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of ``seedlint.toml`` and of ``[tool.seedlint]``."""
    sections = {"type": "array", "items": _object(SECTION_KEYS) | {"required": ["files"]}, "maxItems": _MOST}
    about = {"description": "Settings for some of the files; the later sections win."}
    table = _object(KEYS)
    table["properties"][SECTIONS] = about | sections
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of seedlint: seedlint.toml, or [tool.seedlint] in pyproject.toml",
        **table,
    }


def _object(keys: Mapping[str, Key]) -> dict[str, Any]:
    properties = {name: {"description": key.help, **key.schema} for name, key in keys.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties}
