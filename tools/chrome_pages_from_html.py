"""Label the lines of public HTML fixtures as chrome or content, for tools/train_chrome.py.

    python tools/chrome_pages_from_html.py MIRRORS > pages.jsonl

MIRRORS holds git directories of mozilla/readability (Apache-2.0: pages with the
article that must come out), postlight/parser (Apache-2.0 or MIT: pages with the
selectors of their article) and kingname/GeneralNewsExtractor (GPL-3.0: Chinese
news pages; the article is the element with the most text in paragraphs of its
own). None of their text enters the repository, only weights counted on it.
Needs lxml and cssselect.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html  # type: ignore[import-not-found,import-untyped,unused-ignore]

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main nav ol option p "
    "pre section select summary table tbody td textarea tfoot th thead tr ul".split()
)
_SKIPPED = frozenset("head script style noscript template svg iframe object embed canvas audio video".split())
_ASIDES = re.compile(
    r"share|social|related|recommend|comment|breadcrumb|advert|copyright|editor|statement", re.I
)


class Source(NamedTuple):
    """One page: its name, its HTML, and how its article is told."""

    name: str
    html: bytes
    selectors: tuple[str, ...] = ()
    article: bytes = b""


def _git(directory: Path, *arguments: str) -> bytes:
    return subprocess.run(
        ["git", f"--git-dir={directory}", *arguments], check=True, capture_output=True
    ).stdout


def _files(directory: Path, under: str) -> list[str]:
    return _git(directory, "ls-tree", "-r", "--name-only", "HEAD", under).decode().splitlines()


def readability(directory: Path) -> Iterator[Source]:
    """Pages of mozilla/readability."""
    for path in _files(directory, "test/test-pages/"):
        if path.endswith("/source.html"):
            folder = path.removesuffix("source.html")
            article = _git(directory, "show", f"HEAD:{folder}expected.html")
            yield Source(
                "readability/" + folder.split("/")[-2],
                _git(directory, "show", f"HEAD:{path}"),
                article=article,
            )


def parser(directory: Path) -> Iterator[Source]:
    """Pages of postlight/parser."""
    for path in _files(directory, "fixtures/"):
        domain = path.removeprefix("fixtures/").removesuffix(".html").split("--")[0]
        script = f"src/extractors/custom/{domain}/index.js"
        if path.endswith(".html") and _files(directory, script):
            block = re.search(
                r"content: \{.*?selectors: \[(.*?)\],\n",
                _git(directory, "show", f"HEAD:{script}").decode(),
                re.S,
            )
            selectors = tuple(re.findall(r"['\"]([^'\"\n]+)['\"]", block[1])) if block else ()
            yield Source("parser/" + domain, _git(directory, "show", f"HEAD:{path}"), selectors)


def news(directory: Path) -> Iterator[Source]:
    """Pages of kingname/GeneralNewsExtractor."""
    for path in _files(directory, "tests/"):
        if path.endswith(".html"):
            yield Source("news/" + path.removeprefix("tests/"), _git(directory, "show", f"HEAD:{path}"))


def _decode(html: bytes) -> str:
    head = re.search(rb"charset=[\"']?([\w-]+)", html[:4000])
    for encoding in ("utf-8", head[1].decode() if head else "utf-8", "gb18030", "shift_jis", "euc-jp"):
        try:
            return html.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return html.decode("utf-8", "replace")


def _tree(html: bytes) -> Any:
    text = re.sub(r"<\?xml[^>]*\?>", "", _decode(html))
    return lxml.html.document_fromstring(text)


def lines(
    element: Any, wanted: frozenset[Any] = frozenset(), inside: bool = False
) -> Iterator[tuple[str, bool]]:
    """The visible lines of an element, each with whether it stands in one of ``wanted``."""
    parts: list[str] = []
    state = [inside]

    def flush() -> Iterator[tuple[str, bool]]:
        text = " ".join("".join(parts).split())
        parts.clear()
        if text:
            yield text, state[0]

    def walk(node: Any, within: bool) -> Iterator[tuple[str, bool]]:
        if not isinstance(node.tag, str) or node.tag in _SKIPPED:
            return
        block = node.tag in _BLOCKS
        within = (within or node in wanted) and not (
            within and _ASIDES.search(node.get("class", "") + node.get("id", ""))
        )
        if block:
            yield from flush()
            state[0] = within
        parts.append(node.text or "")
        for child in node:
            yield from walk(child, within)
            parts.append(child.tail or "")
        if block:
            yield from flush()
            state[0] = within if node.getparent() is None else state[0]

    yield from walk(element, inside)
    yield from flush()


def _densest(tree: Any) -> list[Any]:
    best, chosen = 0.0, []
    for element in tree.iter("div", "article", "section", "td", "main"):
        own = sum(len(p.text_content().strip()) for p in element.findall("p"))
        own += len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
        if own > best:
            best, chosen = own, [element]
    return chosen


def _selected(tree: Any, selectors: tuple[str, ...]) -> list[Any]:
    for selector in selectors:
        try:
            if found := tree.cssselect(selector):
                return list(found)
        except Exception:  # selectors of another dialect
            continue
    return []


def _labels(source: Source) -> Iterator[tuple[str, bool]]:
    tree = _tree(source.html)
    body = tree.find("body") if tree.find("body") is not None else tree
    if source.article:
        article = {text for text, _ in lines(_tree(source.article))}
        yield from (
            (text, title or text in article) for text, title in lines(body, frozenset(tree.iter("h1")))
        )
        return
    wanted = _selected(tree, source.selectors) if source.selectors else _densest(tree)
    if wanted:
        titles = [*tree.iter("h1")]
        yield from lines(body, frozenset([*wanted, *titles]))


def _page(source: Source) -> dict[str, object] | None:
    found = list(_labels(source))
    content = sum(inside for _, inside in found)
    if content < 3 or content > 0.97 * len(found):
        return None
    labels = ["content" if inside else "chrome" for _, inside in found]
    return {"id": source.name, "lines": [text for text, _ in found], "labels": labels}


def main(mirrors: str) -> None:
    """Print the labelled pages of every mirror that is there."""
    places = {
        "mozilla+readability": readability,
        "postlight+parser": parser,
        "kingname+GeneralNewsExtractor": news,
    }
    for name, read in places.items():
        root = Path(mirrors, name, "repo")
        directory = root / ".git" if (root / ".git").exists() else root
        for source in read(directory):
            if page := _page(source):
                print(json.dumps(page, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
