"""Find damaged text and repair what can be proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedlint.api import FixResult, fix_bytes, fix_text, lint_bytes, lint_paths, lint_text
    from seedlint.diagnostic import Diagnostic, Edit, Fix, Safety, Severity, Span, Verdict
    from seedlint.report import FileReport
    from seedlint.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Diagnostic",
    "Edit",
    "FileReport",
    "Fix",
    "FixResult",
    "Safety",
    "Settings",
    "Severity",
    "Span",
    "Verdict",
    "fix_bytes",
    "fix_text",
    "lint_bytes",
    "lint_paths",
    "lint_text",
]

_HOMES = {"FileReport": "report", "Settings": "settings"} | dict.fromkeys(
    ["Diagnostic", "Edit", "Fix", "Safety", "Severity", "Span", "Verdict"], "diagnostic"
)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: the command line needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module 'seedlint' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"seedlint.{_HOMES.get(name, 'api')}"), name)
