"""Turn one file of a source, as bytes, into the lines of prose it holds."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape

Reader = Callable[[bytes], Iterator[str]]

FENCE = re.compile(r"^\s*(```|~~~)")
RUBY = re.compile(r"《[^》]*》|［＃[^］]*］|｜")
TAG = re.compile(r"<[^>]{1,300}>")


def plain(data: bytes) -> Iterator[str]:
    """Every line of UTF-8 text."""
    yield from data.decode("utf-8", "ignore").splitlines()


def markdown(data: bytes) -> Iterator[str]:
    """Markdown without its fenced code."""
    inside = False
    for line in plain(data):
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            yield TAG.sub("", line)


def aozora(data: bytes) -> Iterator[str]:
    """Shift_JIS text of Aozora Bunko without ruby, notes, header and colophon."""
    body = data.decode("cp932", "ignore").split("-" * 20)[-1].split("底本：")[0]
    for line in body.splitlines():
        yield RUBY.sub("", line.lstrip("-"))


def conllu(data: bytes) -> Iterator[str]:
    """The sentences of a Universal Dependencies treebank."""
    for line in plain(data):
        if line.startswith("# text = "):
            yield line[9:]


def strings(*keys: str) -> Reader:
    """Every string under one of `keys`, however deep, in a JSON file."""

    def read(data: bytes) -> Iterator[str]:
        seen: set[str] = set()
        for text in walk(documents(data), keys, False):
            if text not in seen:
                seen.add(text)
                yield from text.splitlines()

    return read


def documents(data: bytes) -> object:
    """The value of a JSON file, or the list of values of JSON lines."""
    try:
        return json.loads(data)
    except json.JSONDecodeError:
        return [json.loads(line) for line in data.splitlines()]


def walk(value: object, keys: tuple[str, ...], wanted: bool) -> Iterator[str]:
    """Depth-first strings of a JSON value that stand under a wanted key."""
    if isinstance(value, str):
        if wanted:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from walk(item, keys, wanted)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, keys, key in keys)


def column(number: int) -> Reader:
    """One column of tab-separated text, counted from 0."""

    def read(data: bytes) -> Iterator[str]:
        for line in plain(data):
            fields = line.split("\t")
            if len(fields) > number:
                yield fields[number]

    return read


def html(data: bytes) -> Iterator[str]:
    """Text between the tags of HTML or XML."""
    text = re.sub(r"<br[^>]*>|</p>|<ve/>|</?v\b[^>]*>", "\n", data.decode("utf-8", "ignore"))
    yield from unescape(TAG.sub("", text)).splitlines()


def book(data: bytes) -> Iterator[str]:
    """A book as text, in UTF-8, UTF-16 or GB18030."""
    for codec in ("utf-8", "gb18030", "utf-16"):
        try:
            yield from data.decode(codec).splitlines()
        except UnicodeDecodeError:
            continue
        return


def cloze(data: bytes) -> Iterator[str]:
    """Sentences of a cloze set (`number ||| words apart`), zipped or not, without the questions."""
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            yield from cloze(archive.read(name))
        return
    for line in plain(data):
        fields = line.split("|||")
        if len(fields) == 2 and "XXXXX" not in line:
            yield re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", fields[1])
