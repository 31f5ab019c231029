"""Reads the packed tables of `data/`; `tools/build_language.py` writes them."""

import sys
import zlib
from array import array
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read(name: str) -> bytes:
    """The unpacked bytes of one table."""
    return zlib.decompress((DATA / f"{name}.z").read_bytes())


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
