"""Reporters: a report in, a string out; one format, one file."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

from seedlint.report import Report, ReportOptions

Reporter = Callable[[Report, ReportOptions], str]


class UnknownFormat(ValueError):
    """A format that no reporter writes."""


@cache
def formats() -> list[str]:
    """The names of all formats."""
    return sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if name[0] != "_")


def reporter(name: str) -> Reporter:
    """The ``render`` function of a format; raises UnknownFormat."""
    if name not in formats():
        raise UnknownFormat(f"there is no output format '{name}'; known are {', '.join(formats())}")
    return cast(Reporter, import_module(f"{__name__}.{name}").render)


def mixes(name: str) -> bool:
    """Whether the format is lines that can share standard output with another's."""
    return bool(getattr(import_module(f"{__name__}.{name}"), "MIXES", False))
