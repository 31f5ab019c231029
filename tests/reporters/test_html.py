"""The HTML report: its structure, and how it behaves in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from time import monotonic

import pytest

from seedlint.diagnostic import Fix, Severity, Span
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters import reporter
from seedlint.visible import visible

from .chromium import Chromium, executable
from .conftest import HOSTILE, PATH, diagnostic, located

REQUIRED = os.environ.get("SEEDLINT_REQUIRE_BROWSER") == "1"
browser_test = pytest.mark.browser


def page(report: Report) -> str:
    return reporter("html")(report, ReportOptions())


class Outline(HTMLParser):
    """The elements and attributes of a page, and what leads elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_needs_nothing_else(hostile: Report) -> None:
    outline = Outline(page(hostile))
    assert not {"link", "img", "iframe", "object"} & set(outline.tags)
    assert outline.tags.count("script") == 2
    leading = [value for key, value in outline.attributes if key in {"src", "href", "action"}]
    assert leading and all((value or "").startswith("#") for value in leading)
    assert not [key for key, _ in outline.attributes if key.startswith("on") or key == "style"]


def test_counts_are_there_without_a_script(plain: Report) -> None:
    text = re.sub("<[^>]+>", " ", page(plain).partition('<script type="application/json"')[0])
    words = " ".join(text.split())
    assert "6 places found in 3 files (2 error, 1 warning, 3 info)" in words
    assert "files with damage 2 of 3 (66.7%)" in words
    assert "characters in damaged places 5 of 13 (38.5%)" in words
    assert "gone.md: no such file or directory" in words


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    command = executable()
    if command is None and not REQUIRED:
        pytest.skip("no Chromium; SEEDLINT_REQUIRE_BROWSER=1 makes this a failure")
    assert command is not None, "SEEDLINT_REQUIRE_BROWSER=1, but there is no Chromium"
    chromium = Chromium(command, tmp_path_factory.mktemp("profile"))
    yield chromium
    chromium.close()


def opened(browser: Chromium, tmp_path: Path, report: Report, fragment: str = "") -> Chromium:
    path = tmp_path / "report.html"
    path.write_text(page(report), encoding="utf-8")
    browser.events.clear()
    browser.open(path, fragment)
    return browser


def count(browser: Chromium) -> str:
    return str(browser.js("document.getElementById('count').textContent"))


def shows(browser: Chromium, places: str) -> bool:
    return count(browser).split()[0] == places


def listed(browser: Chromium) -> int:
    return int(browser.js("document.querySelectorAll('#places > li').length"))


def choose(browser: Chromium, field: str, value: str) -> None:
    browser.js(
        f"(e => {{ e.value = {value!r}; e.dispatchEvent(new Event('input')) }})"
        f"(document.getElementById({field!r}))"
    )


def complaints(browser: Chromium) -> list[object]:
    browser.js("1")
    return [
        event
        for event in browser.events
        if event.get("method")
        in {"Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening"}
    ]


def requests(browser: Chromium) -> set[str]:
    return {
        event["params"]["request"]["url"].partition(":")[0]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    }


@browser_test
def test_it_opens_and_filters(browser: Chromium, tmp_path: Path, plain: Report) -> None:
    opened(browser, tmp_path, plain)
    assert (count(browser), listed(browser)) == ("6 places", 6)
    choose(browser, "rule", "PUN001")
    assert (count(browser), listed(browser)) == ("3 of 6 places", 3)
    choose(browser, "rule", "")
    choose(browser, "path", "b.md")
    assert count(browser) == "6 places"
    choose(browser, "path", "文/")
    assert count(browser) == "5 of 6 places"
    choose(browser, "severity", "error")
    assert count(browser) == "1 of 6 places"
    choose(browser, "fix", "safe")
    assert count(browser) == "0 of 6 places"
    browser.js("document.getElementById('clear').click()")
    assert count(browser) == "6 places"
    assert complaints(browser) == []
    assert requests(browser) == {"file"}


@browser_test
def test_every_count_leads_to_its_places(browser: Chromium, tmp_path: Path, plain: Report) -> None:
    opened(browser, tmp_path, plain)
    links = browser.js("document.querySelectorAll('tbody a').length")
    assert links == 4 + 2 + 2
    for index in range(links):
        browser.js(f"document.querySelectorAll('tbody a')[{index}].click()")
        promised = browser.js(f"document.querySelectorAll('tbody tr')[{index}].children[1].textContent")
        browser.wait(partial(shows, browser, promised))


@browser_test
def test_a_filter_can_be_passed_on_as_an_address(browser: Chromium, tmp_path: Path, plain: Report) -> None:
    opened(browser, tmp_path, plain, "#rule=PUN001&path=%E6%96%87")
    assert count(browser) == "3 of 6 places"


@browser_test
def test_hostile_text_is_shown_as_text(browser: Chromium, tmp_path: Path, hostile: Report) -> None:
    opened(browser, tmp_path, hostile)
    assert browser.js("document.title") == "seedlint report"
    assert browser.js("document.scripts.length") == 2
    assert browser.js("document.images.length") == 0
    shown = browser.js("document.body.textContent")
    assert visible(HOSTILE) in shown
    where = browser.js("document.querySelector('.where').textContent")
    assert where == visible(PATH.replace("\\", "/")) + ":2:1"
    assert browser.js("[...document.querySelectorAll('.hidden')].map(e => e.textContent)[0]") == "<U+001B>"
    assert complaints(browser) == []
    assert requests(browser) == {"file"}


@browser_test
def test_a_script_in_a_broken_page_would_not_run(browser: Chromium, tmp_path: Path, plain: Report) -> None:
    """The policy holds even if text should ever get through unescaped."""
    path = tmp_path / "broken.html"
    attack = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    path.write_text(page(plain).replace("<h1>", attack + "<h1>"), encoding="utf-8")
    browser.open(path)
    assert browser.js("document.title") == "seedlint report"
    assert count(browser) == "6 places"


@browser_test
def test_differing_characters_are_marked(browser: Chromium, tmp_path: Path) -> None:
    text = "最终建立起”技术优势”的循环，שלום עולם \N{ZERO WIDTH SPACE}קץ。 完"
    quote, zero = text.index("”"), text.index("\N{ZERO WIDTH SPACE}")
    quoted, space = Span(quote, text.rindex("”") + 1), Span(text.index(" 完"), text.index("完"))
    report = Report(
        (
            FileReport(
                "a.md",
                diagnostics=tuple(
                    located(
                        text,
                        diagnostic(quoted, fix=Fix.replace(quoted, "“技术优势”")),
                        diagnostic(Span(zero, zero + 1), fix=Fix.remove(Span(zero, zero + 1))),
                        diagnostic(space, fix=Fix.remove(space)),
                        diagnostic(Span(0, 2), "no fix"),
                    )
                ),
                size=len(text),
            ),
        )
    )
    opened(browser, tmp_path, report)

    def marked(tag: str) -> object:
        return browser.js(f"[...document.querySelectorAll('#places {tag}')].map(e => e.textContent)")

    assert marked("del") == ["”", "<U+200B>", "\N{OPEN BOX}"]
    assert marked("ins") == ["“", "", ""]
    assert marked("mark") == ["最终"]
    lines = "document.querySelectorAll('#places .text > bdi')"
    assert browser.js(f"[...{lines}].every(e => e.dir === 'auto')")
    assert browser.js(f"{lines}[1].textContent") == "最终建立起“技术优势”的循环，שלום עולם <U+200B>קץ。 完"


@browser_test
@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark(browser: Chromium, tmp_path: Path, plain: Report, dark: bool) -> None:
    opened(browser, tmp_path, plain)
    browser.dark(dark)
    color = browser.js("getComputedStyle(document.body).backgroundColor")
    light = sum(map(int, re.findall(r"\d+", color))) > 3 * 128
    assert light is not dark


@browser_test
def test_twenty_thousand_places(browser: Chromium, tmp_path: Path) -> None:
    text = "很好,很好。\n" * 100
    found = []
    for at in (index for index, char in enumerate(text) if char == ","):
        span = Span(at, at + 1)
        severity = Severity.ERROR if at % 2 else Severity.INFO
        found.append(diagnostic(span, fix=Fix.replace(span, "，"), severity=severity))
    one = FileReport("", diagnostics=tuple(located(text, *found)), size=len(text))
    report = Report(tuple(one._replace(path=f"docs/{n % 7}/{n}.md") for n in range(200)))
    opened(browser, tmp_path, report)
    assert (count(browser), listed(browser)) == ("20,000 places", 100)
    browser.js("document.getElementById('more').click()")
    assert listed(browser) == 200
    begin = monotonic()
    choose(browser, "path", "docs/3/")
    assert count(browser) == "2,900 of 20,000 places"
    assert monotonic() - begin < 2
    assert "and 150 more" in str(browser.js("document.body.textContent"))
