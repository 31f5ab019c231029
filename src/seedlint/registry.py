"""Finds the rules by walking ``rules/``; selects them by code, prefix or name."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from seedlint import rules
from seedlint.rule import Rule


class UnknownRule(ValueError):
    """A selector that fits no rule."""


def _modules() -> Iterable[str]:
    for family in pkgutil.iter_modules(rules.__path__, "seedlint.rules."):
        package = import_module(family.name)
        for module in pkgutil.iter_modules(package.__path__, family.name + "."):
            yield module.name


def _rules_of(module: str) -> Iterable[Rule]:
    for value in vars(import_module(module)).values():
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module:
            yield value()


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by phase and code."""
    found = [rule for module in _modules() for rule in _rules_of(module)]
    return tuple(sorted(found, key=lambda rule: (rule.phase, rule.code)))


def matching(selector: str) -> frozenset[str]:
    """Codes of the rules that a code, a prefix of codes, a name or ``ALL`` stands for.

    Raises UnknownRule, with the nearest name, where there is none.
    """
    if selector == "ALL":
        return frozenset(rule.code for rule in all_rules())
    found = frozenset(
        rule.code for rule in all_rules() if rule.code.startswith(selector.upper()) or rule.name() == selector
    )
    if not selector or not found:
        raise UnknownRule(f"no rule is called '{selector}'{_suggestion(selector)}")
    return found


def _suggestion(selector: str) -> str:
    from difflib import get_close_matches

    known = [word for rule in all_rules() for word in (rule.code, rule.name())]
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
    return tuple(rule for rule in all_rules() if rule.code in wanted)


def find(word: str) -> Rule:
    """The one rule with this code or name; raises UnknownRule."""
    for rule in all_rules():
        if word.upper() == rule.code or word == rule.name():
            return rule
    raise UnknownRule(f"no rule is called '{word}'{_suggestion(word)}")
