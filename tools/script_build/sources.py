"""Which Traditional text the tables are counted from."""

import html
import json
import re
from collections.abc import Iterator

from language_build.readers import conllu, markdown, plain
from language_build.sources import Source

HANT = "Hant"
MACHINE = re.compile("于|冗余|其余|系結|復雜|准備")
TAG = re.compile(r"<[^>]*>")


def entries(data: bytes) -> Iterator[str]:
    """Every string of a JSON file."""
    stack = [json.loads(data)]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield from value.splitlines()
        elif isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def markup(data: bytes) -> Iterator[str]:
    """The text between the tags of an XML file."""
    yield from html.unescape(TAG.sub("\n", data.decode("utf-8", "ignore"))).splitlines()


def translations(data: bytes) -> Iterator[str]:
    """The translated messages of a gettext catalogue."""
    text = data.decode("utf-8", "ignore")
    for message in re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', text, re.MULTILINE):
        joined = "".join(re.findall(r'"(.*)"', message))
        yield from joined.replace("\\n", "\n").replace('\\"', '"').splitlines()


def manuals(data: bytes) -> Iterator[str]:
    """The lines of a manual without the wrong forms that its machine translation has."""
    return (line for line in markdown(data) if not MACHINE.search(line))


def turns(data: bytes) -> Iterator[str]:
    """The spoken lines of a CHAT transcript."""
    for line in plain(data):
        if line.startswith("*"):
            yield line.partition("\t")[2]


TRAINING = (
    Source("transcript", "audreyt/transcript", "CC0", r".*\.md", markdown, 30_000_000, HANT),
    Source(
        "law",
        "kong0107/mojLawSplitJSON",
        "laws: no copyright (art. 9)",
        r"FalVMingLing/.*\.json",
        entries,
        7_000_000,
        HANT,
    ),
    Source(
        "vs", "MicrosoftDocs/visualstudio-docs.zh-tw", "CC BY 4.0", r"docs/.*\.md", manuals, 4_000_000, HANT
    ),
    Source(
        "cloud",
        "MicrosoftDocs/cloud-adoption-framework.zh-tw",
        "CC BY 4.0",
        r"docs/.*\.md",
        manuals,
        3_000_000,
        HANT,
    ),
    Source("bible", "seven1m/open-bibles", "public domain", r"chi-cuv\.usfx\.xml", markup, 2_000_000, HANT),
    Source(
        "gsd", "UniversalDependencies/UD_Chinese-GSD", "CC BY-SA 4.0", r".*\.conllu", conllu, 2_000_000, HANT
    ),
    Source(
        "krita",
        "l10n-tw/docs-krita-org_zh-tw",
        "GFDL 1.3",
        r"locale/zh_TW/.*\.po",
        translations,
        2_000_000,
        HANT,
    ),
    Source(
        "rust",
        "google/comprehensive-rust",
        "CC BY 4.0, Apache-2.0",
        r"po/zh-TW\.po",
        translations,
        2_000_000,
        HANT,
    ),
    Source(
        "gazette", "g0v/ly-gazette", "parliament: no copyright", r"(8|raw)/.*\.md", markdown, 6_000_000, HANT
    ),
    Source(
        "course",
        "freeCodeCamp/i18n-curriculum",
        "BSD-3-Clause",
        r".*chinese-traditional/.*\.md",
        markdown,
        3_000_000,
        HANT,
    ),
    Source("hkcancor", "jacksonllee/pycantonese", "CC BY 4.0", r".*hkcancor/.*\.cha", turns, 2_000_000, HANT),
)
