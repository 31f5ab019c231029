"""Writes docs/rules/ from the rules: ``build_docs.py``, or ``build_docs.py --check`` to compare only."""

from __future__ import annotations

import sys
from pathlib import Path

from seedlint import pages
from seedlint.registry import all_rules

ROOT = Path(__file__).parents[1]


def wanted() -> dict[Path, str]:
    """Every page by its path below the project."""
    rules = all_rules()
    built = {Path(pages.path(rule.name())): pages.page(rule) for rule in rules}
    return {**built, Path(pages.FOLDER, "README.md"): pages.index(rules)}


def stale(root: Path) -> list[Path]:
    """The pages below ``root`` that are missing, differ, or belong to no rule."""
    built = wanted()
    old = [path for path, text in built.items() if _text(root / path) != text]
    left = [path.relative_to(root) for path in (root / pages.FOLDER).glob("*.md")]
    return sorted([*old, *(path for path in left if path not in built)])


def write(root: Path) -> None:
    """Bring the pages below ``root`` up to date."""
    (root / pages.FOLDER).mkdir(parents=True, exist_ok=True)
    built = wanted()
    for path in stale(root):
        if path in built:
            (root / path).write_text(built[path], encoding="utf-8", newline="\n")
        else:
            (root / path).unlink()


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: list[str]) -> str | None:
    """Write the pages, or name the stale ones; what is returned goes to ``sys.exit``."""
    old = stale(ROOT)
    if "--check" in arguments:
        return f"not up to date: {', '.join(map(str, old))}; run tools/build_docs.py" if old else None
    write(ROOT)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
