"""Puts hostile text wherever a report shows text, and counts what gets through to those who read it.

    python benchmarks/hostile.py [--limit N] [--pages N] [--seed N] [--write]

``--limit`` attacks, each a few fragments put together, stand in the name of a file, in its text,
in a message, the evidence, a repair and an error at once; every format renders them, and its
readers read it: a terminal emulator (pyte), an XML parser, JSON parsers, the grammar of GitHub's
commands, an HTML parser, and for ``--pages`` of them headless Chromium. Let through is what
makes a reader do or see another thing than harmless text does. ``alone`` counts the attacks that the same
reader falls for when they stand in its input as they are. ``--write`` keeps the counts in
docs/reliability.json, from which benchmarks/reliability.py makes the page.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pyte

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from reliability import keep  # noqa: E402

from seedlint.report import FileReport, Report, ReportOptions  # noqa: E402
from seedlint.reporters import formats, reporter  # noqa: E402
from tests.reliability.test_terminal import ATTACKS, HARMLESS, Witness, acting  # noqa: E402
from tests.reporters.chromium import Chromium, executable  # noqa: E402
from tests.reporters.conftest import HOSTILE, hostile_file  # noqa: E402
from tests.reporters.test_github import parse  # noqa: E402

FRAGMENTS = (
    *ATTACKS,
    HOSTILE,
    *(
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "</failure>",
        "<!DOCTYPE x [<!ENTITY y 'z'>]>",
        "&y;",
        "&#0;",
        "&lt;",
    ),
    *("<script>owned()</script>", "</script>", "</style>", "<svg onload=owned()>", "' onmouseover='owned()"),
    *('" onfocus="owned()" autofocus="', "<a href=javascript:owned()>", "<base href=//evil>", "<!--<script>"),
    *("\n::error::x", "\r::set-env name=PATH::x", "%0A::add-path::x", "::stop-commands::x", "\n##[error]x"),
    *(
        "\n::add-mask::a",
        ",title=x",
        "::",
        "\\",
        '"',
        "\\u001b",
        '","x":"',
        "}\n{",
        "\x00",
        "\ud800",
        "\udc80",
    ),
    *("\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT EMBEDDING}", "\u2028", "\u2029", "\x85", "\x9d8;;x\x9c"),
    *("[/]", "[link=x]", "[@click=x]", "{0}", "%s", "${x}", "$(x)", "`x`", "{path}", "{0.__class__}"),
    *("@@ -1 +1 @@\n", "\n--- a\n+++ b\n", "\n\\ No newline"),
)
TERMINAL = ("full", "concise", "diff", "github", "json", "jsonl", "gitlab", "sarif", "junit", "html")
PLAIN, COLOURED = ReportOptions(), ReportOptions(color=True, width=80, verbose=True)
TAGS = {"testsuites", "testsuite", "testcase", "failure", "error"}


def attacks(limit: int, seed: int) -> Iterator[str]:
    """Every fragment alone, then some together, with text between them or none."""
    yield from FRAGMENTS[:limit]
    chance = random.Random(seed)
    for _ in range(limit - len(FRAGMENTS)):
        between = chance.choice(("", "文", "a", " "))
        yield between.join(chance.choices(FRAGMENTS, k=chance.randint(2, 5)))


def report(attack: str) -> Report:
    """A report with the attack wherever text stands."""
    name = attack.replace("\0", "").replace("\ud800", "")  # what no system has in a name
    return Report((hostile_file(f"docs/{name}.md", attack), FileReport(name, error=attack)))


class Tags(HTMLParser):
    """The kinds of tags of a page, with the names of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, ...]] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.add((tag, *sorted(name for name, _ in attrs)))


def acts_on_terminal(text: str) -> bool:
    witness = Witness()
    pyte.ByteStream(witness).feed(text.replace("\n", "\r\n").encode(errors="replace"))
    return bool(witness.told - HARMLESS or acting(text))


def acts_in_xml(text: str) -> bool:
    try:
        return {one.tag for one in ElementTree.fromstring(text).iter()} > TAGS
    except (ElementTree.ParseError, UnicodeError):
        return True


def acts_in_json(text: str) -> bool:
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode()
    except ValueError:
        return True
    return False


def acts_in_json_lines(text: str) -> bool:
    return any(map(acts_in_json, text.splitlines()))


def acts_on_github(text: str) -> bool:
    try:
        names = [parse(line)[0] for line in text.splitlines()]
    except (AssertionError, ValueError):
        return True
    return names != ["error", "error", "notice"]


def acts_in_html(text: str) -> bool:
    return not Tags(text).seen <= Tags(reporter("html")(report("x\x1b文\u200b"), PLAIN)).seen


READERS: dict[str, tuple[Callable[[str], bool], tuple[str, ...], Callable[[str], str]]] = {
    "terminal (pyte)": (acts_on_terminal, TERMINAL, str),
    "XML parser": (acts_in_xml, ("junit",), "<testsuites>{}</testsuites>".format),
    "JSON parser": (acts_in_json, ("json", "sarif", "gitlab"), '["{}"]'.format),
    "JSON lines": (acts_in_json_lines, ("jsonl",), '["{}"]'.format),
    "GitHub's commands": (
        acts_on_github,
        ("github",),
        "::error title=a::{}\n::error title=b::\n::notice title=c::".format,
    ),
    "HTML parser": (acts_in_html, ("html",), "<p>{}</p>".format),
}


def counted(some: list[str]) -> dict[str, Counter[str]]:
    """Of each reader: outputs read, and how many were let through."""
    rows = {name: Counter({"let through": 0}) for name in READERS}
    for attack in some:
        shown = {
            (name, look): reporter(name)(report(attack), look)
            for name in formats()
            for look in (PLAIN, COLOURED)
        }
        for reader, (acts, names, alone) in READERS.items():
            looks = (PLAIN, COLOURED) if reader.startswith("terminal") else (PLAIN,)
            for key in ((name, look) for name in names for look in looks):
                rows[reader]["outputs"] += 1
                if acts(shown[key]):
                    rows[reader]["let through"] += 1
                    print(f"{reader}: {key[0]}: {attack!a}", flush=True)
            rows[reader]["alone"] += acts(alone(attack))
    return rows


def opened(some: list[str]) -> Counter[str]:
    """The same of pages in Chromium."""
    command = executable()
    if command is None:
        raise SystemExit("there is no Chromium")
    counts = Counter({"let through": 0})
    with tempfile.TemporaryDirectory() as folder:
        browser = Chromium(command, Path(folder, "profile"))
        for attack in some:
            Path(folder, "a.html").write_text(reporter("html")(report(attack), PLAIN), encoding="utf-8")
            counts["outputs"] += 1
            counts["let through"] += acts_in(browser, Path(folder, "a.html"))
            Path(folder, "a.html").write_text(ALONE.replace("{}", attack), "utf-8", "replace")
            counts["alone"] += acts_in(browser, Path(folder, "a.html"))
        browser.close()
    return counts


ALONE = "<title>seedlint report</title><script></script><script></script><p>{}</p>"
LOOK = "[document.title, ...['script', 'img', 'svg', 'base'].map(e => document.querySelectorAll(e).length)]"
LOUD = {"Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening"}


def acts_in(browser: Chromium, page: Path) -> bool:
    """Whether a page holds or does more than a report."""
    browser.events.clear()
    browser.open(page)
    asked = [
        one["params"]["request"]["url"]
        for one in browser.events
        if one["method"] == "Network.requestWillBeSent"
    ]
    loud = [one for one in browser.events if one["method"] in LOUD]
    return browser.js(LOOK) != ["seedlint report", 2, 0, 0, 0] or len(asked) > 1 or bool(loud)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    some = list(attacks(options.limit, options.seed))
    rows = counted(some) | {"Chromium": opened(some[: options.pages])}
    for name, row in rows.items():
        print(f"{name}: {dict(row)}")
    if options.write:
        command = (
            f"benchmarks/hostile.py --limit {options.limit} --pages {options.pages} --seed {options.seed}"
        )
        keep("hostile", rows, command)
    return int(any(row["let through"] for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main())
