"""Reads the tables that stand beside this module."""

import os


def rows(name: str) -> list[str]:
    """The lines of a table, without comments."""
    return [row for row in _read(name).split("\n") if row and row[0] != "#"]


def weights(name: str) -> dict[str, float]:
    """The weights of a table below ``weights``: a comment, then names with a number each."""
    cells = _read(f"weights/{name}.tsv").partition("\n")[2].rstrip("\n").replace("\n", "\t").split("\t")
    return dict(zip(cells[::2], map(float, cells[1::2]), strict=True))


def _read(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8", newline="") as file:
        return file.read()
