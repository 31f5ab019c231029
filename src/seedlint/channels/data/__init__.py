"""The tables beside this file: what ordinary text is made of, what copy sites leave behind."""

import os


def read(name: str) -> str:
    """The text of a table."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()
