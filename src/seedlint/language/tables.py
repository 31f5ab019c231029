"""Reads the packed tables of `data/`; `tools/build_language.py` writes them."""

import os
import sys
import zlib
from array import array

DATA = os.path.join(os.path.dirname(__file__), "data")


def read(name: str) -> bytes:
    """The unpacked bytes of one table."""
    with open(os.path.join(DATA, f"{name}.z"), "rb") as file:
        return zlib.decompress(file.read())


def join(planes: bytes) -> bytes:
    """Little-endian 16-bit units from all their low bytes followed by all their high bytes.

    Kept apart, the two planes pack a seventh smaller than together.
    """
    half = len(planes) // 2
    units = bytearray(len(planes))
    units[::2], units[1::2] = planes[:half], planes[half:]
    return bytes(units)


def characters(planes: bytes) -> str:
    """A string of BMP characters from its planes."""
    return join(planes).decode("utf-16-le")


def numbers(planes: bytes) -> "array[int]":
    """Unsigned 16-bit numbers from their planes."""
    result = array("H", join(planes))
    if sys.byteorder == "big":
        result.byteswap()
    return result
