"""Reads the tables that stand beside this module."""

import os


def rows(name: str) -> list[str]:
    """The lines of a table, without comments."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8", newline="") as file:
        return [row for row in file.read().split("\n") if row and row[0] != "#"]
