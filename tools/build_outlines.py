"""Write src/seedlint/_outlines.py: what each rule looks for, known without importing it."""

from __future__ import annotations

import sys
from pathlib import Path

from seedlint.registry import Outline, digest, load, rule_files

TARGET = Path(__file__).parents[1] / "src" / "seedlint" / "_outlines.py"


def source() -> str:
    """The text of the module."""
    rows = []
    for module, path in rule_files():
        try:
            outline = Outline.of(load(module), digest(path))
        except LookupError:
            continue
        rows.append(f"    {module!r}: {tuple(outline)!a},")
    lines = [
        '"""The outlines of the rules, made by tools/build_outlines.py; see seedlint.registry."""',
        "",
        "OUTLINES = {",
        *rows,
        "}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
    print(f"{TARGET.name}: {source().count('seedlint.rules')} rules", file=sys.stderr)
