"""Writes docs/settings.schema.json, the published JSON schema of settings files."""

from __future__ import annotations

import json
from pathlib import Path

from seedlint.configuration import schema

PATH = Path(__file__).parents[1] / "docs" / "settings.schema.json"


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
