"""Which records to keep: an expression over counts, read without running anything foreign."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import CodeType

from seedlint.diagnostic import Diagnostic

# What an expression may be made of, and nothing else: no call, no attribute, no subscript.
_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Lt, ast.LtE,
    ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Name, ast.Load,
    ast.Constant,
)  # fmt: skip
NAMES = ("damage", "places", "characters", "fixes", "errors", "warnings", "lost", "ambiguous")
_CODE = re.compile(r"[A-Z]{3}(?:\d{3})?")


class BadFilter(ValueError):
    """An expression that is none; the message names what can be used."""


@cache
def compiled(source: str) -> CodeType:
    """The expression ready to run; raises BadFilter."""
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise BadFilter(f"{source!a} is no expression") from error
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED) or (
            isinstance(node, ast.Constant) and not isinstance(node.value, (int, float))
        ):
            raise BadFilter(f"{source!a}: only numbers, names, + - * /, comparisons, and, or, not")
        if isinstance(node, ast.Name) and node.id not in NAMES and not _CODE.fullmatch(node.id):
            raise BadFilter(f"{source!a}: {node.id!a} is not known; known are {', '.join(NAMES)} and codes")
    return compile(tree, "<filter>", "eval")


def keeps(source: str, names: Mapping[str, float]) -> bool:
    """Whether the expression holds; what divides by zero does not hold. A code not named counts 0."""
    code = compiled(source)
    known = {name: names.get(name, 0) for name in code.co_names}
    try:
        return bool(eval(code, {"__builtins__": {}}, known))
    except ZeroDivisionError:
        return False


def measures(text: str, left: tuple[Diagnostic, ...], fixes: int) -> dict[str, float]:
    """What an expression can ask of a record: of the damage left in it, and of its text.

    ``damage`` is the share of its characters that stand in damaged places, ``characters``
    its length; codes (``MOJ001``) and families (``MOJ``) count places.
    """
    counts = Counter[str]()
    for one in left:
        counts.update((one.code, one.code[:3], f"{one.severity.value}s", one.verdict.value))
    inside = covered(left)
    damage = inside / len(text) if text else float(bool(left))
    return {**counts, "damage": damage, "places": len(left), "characters": len(text), "fixes": fixes}


def covered(places: tuple[Diagnostic, ...]) -> int:
    """How many characters stand in damaged places, each counted once."""
    total = end = 0
    for start, stop in sorted((one.span.start, one.span.end) for one in places):
        total += max(stop - max(start, end), 0)
        end = max(end, stop)
    return total
