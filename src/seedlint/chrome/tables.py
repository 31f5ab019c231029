"""Reads the tables that stand beside this module."""

from pathlib import Path


def rows(name: str) -> list[str]:
    """The lines of a table, without comments."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [row for row in text.split("\n") if row and row[0] != "#"]
