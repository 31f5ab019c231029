"""Web pages whose lines are labelled, from public repositories that give pages with their main text.

A page is flattened to lines as an extractor would that drops nothing; a line is content
where the main text has it, chrome where it stands outside, "inner" where it stands
within the main text without being of it. What is neither is left without a label.

Read where they lie, below a folder named ``owner+name`` in the folder given:

- Murrough-Foley/web-content-extraction-benchmark (CC-BY-4.0), its development part
- AndyTheFactory/article-extraction-dataset (Apache-2.0)
- scrapinghub/article-extraction-benchmark (MIT)
- mozilla/readability (Apache-2.0), its test pages
- immortal-autumn/Chinese-Web-Content-Extraction-Dataset (MIT)
- AndyTheFactory/newspaper4k (MIT) and goose3/goose3 (Apache-2.0), their test pages
- omnivore-app/omnivore (AGPL-3.0), its test pages
- flairNLP/fundus (MIT), its test pages of publishers in some twenty languages
- kingname/GeneralNewsExtractor (GPL-3.0) and postlight/parser (Apache-2.0 or MIT), their
  test pages, Chinese and Japanese, without a main text: long closed lines are taken for it

Nothing of their text is kept, only weights.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from chrome_texts import Blobs, repository

_BLOCK = frozenset(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header hr html iframe label legend li link main "
    "menu nav ol optgroup option p pre section select summary table tbody td tfoot th thead title tr ul "
    "input textarea".split()
)
_SKIPPED = frozenset("script style noscript template svg math head iframe object canvas".split())
_LARGEST = 2_500_000  # bytes of a page
_NEAR = 3  # lines around the main text that may be of it
_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_CLOSED = frozenset("。！？")


class Labelled(NamedTuple):
    """A page: its name, its kind, its lines that are not blank, their labels."""

    name: str
    kind: str
    group: str
    lines: list[str]
    labels: list[str | None]


class _Flat(HTMLParser):
    """Collects the text of a page, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._skipped: list[str] = []

    def cut(self) -> None:
        """End the line."""
        if text := " ".join("".join(self._line).split()):
            self.lines.append(text)
        self._line = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._skipped += [tag] if tag == self._skipped[-1] else []
        elif tag in _SKIPPED:
            self._skipped.append(tag)
        elif tag in _BLOCK:
            self.cut()

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
        elif tag in _BLOCK:
            self.cut()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._line.append(data)


def flattened(html: str) -> list[str]:
    """The lines of a page, from its body on."""
    body = re.search(r"<body\b", html, re.IGNORECASE)
    flat = _Flat()
    flat.feed(html[body.start() :] if body else html)
    flat.close()
    flat.cut()
    return flat.lines


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


class _Main:
    """The main text of a page, for comparison."""

    def __init__(self, text: str, title: str, known: Sequence[str]) -> None:
        self.whole = _plain(text)
        self.lines = {_plain(line) for line in text.split("\n")} - {""}
        self.title, self.known = _plain(title), {_plain(one) for one in known}
        asian = len(_ASIAN.findall(text)) * 4 > len(text)
        self.long, self._size = (10, 6) if asian else (25, 16)
        self._grams = {self.whole[at : at + self._size] for at in range(len(self.whole) - self._size + 1)}

    def share(self, line: str) -> float | None:
        """How much of a line the main text has; None for a line too short to say."""
        starts = range(0, len(line) - self._size + 1, 3)
        grams = [line[at : at + self._size] for at in starts]
        return sum(gram in self._grams for gram in grams) / len(grams) if grams else None


def labels(lines: Sequence[str], main: _Main) -> list[str | None] | None:
    """The labels of a page's lines; None where too little of the main text is found."""
    plain = [_plain(line) for line in lines]
    sure = [at for at, line in enumerate(plain) if len(line) >= main.long and line in main.whole]
    if len(sure) < 3:
        return None
    first, last = sure[0] - _NEAR, sure[-1] + _NEAR
    return [_label(line, main, first <= at <= last) for at, line in enumerate(plain)]


def _label(line: str, main: _Main, inside: bool) -> str | None:
    if not line or line in main.known:
        return None
    if (len(line) >= main.long and line in main.whole) or (inside and line == main.title):
        return "content"
    if line in main.lines:
        return "content" if inside else None
    share = main.share(line)
    if share is None and line in main.whole:
        return None
    if share is not None and share > 0.15:
        return "content" if share >= 0.7 and (inside or len(line) > 40) else None
    return "inner" if inside else "chrome"


def _dense(lines: Sequence[str]) -> list[str | None] | None:
    """Labels of a page without a main text: content are the long closed lines of its richest stretch."""
    closed = [len(_ASIAN.findall(line)) >= 40 and line.rstrip("」』）)")[-1:] in _CLOSED for line in lines]
    best, first, last, total, start = 0.0, 0, 0, 0.0, 0
    for at, (line, long) in enumerate(zip(lines, closed, strict=True)):
        if total <= 0:
            total, start = 0.0, at
        total += min(len(line), 400) if long else -25
        if total > best:
            best, first, last = total, start, at
    if sum(closed[first : last + 1]) < 3:
        return None
    return [
        "content"
        if long and first <= at <= last
        else None
        if long or first - 4 <= at <= last + 1
        else "chrome"
        for at, long in enumerate(closed)
    ]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        named = re.search(rb"charset=[\"']?([\w-]+)", data[:3000])
    name = named[1].decode().lower() if named else "latin-1"
    try:
        return data.decode("gb18030" if name in ("gb2312", "gbk") else name, "replace")
    except LookupError:
        return data.decode("latin-1")


class _Source(NamedTuple):
    """A page as it comes: name, kind, HTML, main text, title, what else is known of it."""

    name: str
    kind: str
    html: bytes
    main: str
    title: str = ""
    known: tuple[str, ...] = ()


def _json(blobs: Blobs, name: str) -> Any:
    return json.loads(blobs.read(name) or b"{}")


def _text(blobs: Blobs, name: str) -> str:
    return _decoded(blobs.read(name) or b"")


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _benchmark(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        html = blobs.read(f"dev/html/{_stem(name)}.html.gz") if name.startswith("dev/ground-truth/") else None
        if html:
            found = _json(blobs, name)
            truth, kind = found["ground_truth"], found["_internal"]["page_type"]["primary"]
            known = tuple(str(truth.get(key) or "") for key in ("author", "publish_date"))
            main = truth.get("main_content") or ""
            yield _Source(_stem(name), kind, gzip.decompress(html), main, truth.get("title") or "", known)


def _articles(blobs: Blobs) -> Iterator[_Source]:
    for name, one in _json(blobs, "articles.json").items():
        known = (str(one.get("date")), str(one.get("authors")))
        html = blobs.read(f"html/{name}.html") or b""
        yield _Source(name, "article", html, one["articleBody"], one.get("title") or "", known)


def _hub(blobs: Blobs) -> Iterator[_Source]:
    for name, one in _json(blobs, "ground-truth.json").items():
        html = gzip.decompress(blobs.read(f"html/{name}.html.gz") or b"")
        yield _Source(name, "article", html, one["articleBody"])


def _readability(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        folder, _, file = name.rpartition("/")
        if file == "source.html":
            main = "\n".join(flattened("<body>" + _text(blobs, f"{folder}/expected.html")))
            told = _json(blobs, f"{folder}/expected-metadata.json")
            known = (str(told.get("byline")),)
            yield _Source(folder, "article", blobs.read(name) or b"", main, told.get("title") or "", known)


def _chinese(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        if name.startswith("original/"):
            main = _text(blobs, f"cleaned/{_stem(name)}.txt")
            yield _Source(_stem(name), "article", blobs.read(name) or b"", main)


def _newspaper(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        if name.startswith("tests/data/html/"):
            main = _text(blobs, f"tests/data/txt/{_stem(name)}.txt")
            yield _Source(_stem(name), "article", blobs.read(name) or b"", main)


def _goose(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        if name.startswith("tests/data/content/") and name.endswith(".html"):
            told = _json(blobs, name[:-5] + ".json").get("expected") or {}
            main, title = told.get("cleaned_text") or "", told.get("title") or ""
            yield _Source(_stem(name), "article", blobs.read(name) or b"", main, title)


def _omnivore(blobs: Blobs) -> Iterator[_Source]:
    for source in _readability(blobs):
        if "/readabilityjs/" in source.name:
            yield source


def _publishers(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        if "/parser/test_data/" in name and name.endswith(".html.gz"):
            publisher = re.sub(r"(?:_\d+)*\.html\.gz$", ".json", name)
            versions = list(_json(blobs, publisher).values())
            main = "\n".join(line for one in versions for line in _strings(one.get("body")))
            title = next((str(one["title"]) for one in versions if one.get("title")), "")
            known = tuple(str(author) for one in versions for author in one.get("authors") or ())
            html = gzip.decompress(blobs.read(name) or b"")
            yield _Source(name.partition("test_data/")[2], "article", html, main, title, known)


def _strings(found: Any) -> Iterator[str]:
    """All strings of something read from JSON."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _strings(one)


def _unread(blobs: Blobs) -> Iterator[_Source]:
    for name in blobs.names():
        if name.endswith(".html") and (name.startswith("tests/") or ".jp" in name):
            yield _Source(name, "dense", blobs.read(name) or b"", "")


_LANDS = {"cn/": "zh", "jp/": "ja", "kr/": "ko"}
_READERS: tuple[tuple[str, str, Callable[[Blobs], Iterator[_Source]]], ...] = (
    ("immortal-autumn/Chinese-Web-Content-Extraction-Dataset", "zh", _chinese),
    ("mozilla/readability", "other", _readability),
    ("scrapinghub/article-extraction-benchmark", "other", _hub),
    ("Murrough-Foley/web-content-extraction-benchmark", "other", _benchmark),
    ("AndyTheFactory/article-extraction-dataset", "other", _articles),
    ("goose3/goose3", "other", _goose),
    ("AndyTheFactory/newspaper4k", "other", _newspaper),
    ("omnivore-app/omnivore", "other", _omnivore),
    ("flairNLP/fundus", "other", _publishers),
    ("kingname/GeneralNewsExtractor", "zh", _unread),
    ("postlight/parser", "ja", _unread),
)


def labelled(mirrors: Path) -> Iterator[Labelled]:
    """The pages of all repositories that are there."""
    for name, group, read in _READERS:
        git = repository(mirrors, name)
        if git is None:
            print(f"{name} is not there")
            continue
        for source in read(Blobs(git)):
            if 0 < len(source.html) <= _LARGEST:
                lines = flattened(_decoded(source.html))
                main = _Main(source.main, source.title, source.known)
                found = _dense(lines) if source.kind == "dense" else labels(lines, main)
                if found:
                    by_land = _LANDS.get(source.name[:3], group)
                    yield Labelled(f"{name}/{source.name}", source.kind, by_land, lines, found)
