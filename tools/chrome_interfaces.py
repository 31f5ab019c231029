"""The words of web sites' buttons, menus and headings, from translations of site software, for training.

Every row of SOURCES: repository, licence, paths of its translations. All strings of one
language in one repository make a page of short lines, all of them chrome; sentences
and strings of markup are left out. Read where they lie, as in chrome_texts.py; nothing
of their text is kept, only weights.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from chrome_pages import Labelled
from chrome_texts import Blobs, repository

SOURCES = (
    ("next-theme/hexo-theme-next", "AGPL-3.0", r"languages/([\w-]+)\.yml"),
    ("jerryc127/hexo-theme-butterfly", "Apache-2.0", r"languages/([\w-]+)\.yml"),
    ("EvanNotFound/hexo-theme-redefine", "GPL-3.0", r"languages/([\w-]+)\.yml"),
    ("adityatelange/hugo-PaperMod", "MIT", r"i18n/([\w-]+)\.yaml"),
    ("CaiJimmy/hugo-theme-stack", "GPL-3.0", r"i18n/([\w-]+)\.toml"),
    (
        "NodeBB/NodeBB",
        "GPL-3.0",
        r"public/language/([\w-]+)/(?:topic|category|global|login|recent|register|search|tags|unread|users)\.json",
    ),
)
_GROUPS = {"zh": "zh", "ja": "ja", "ko": "ko"}
_VALUE = re.compile(
    r"[:=][ \t]*([\"'])(.*)\1[,;]?[ \t]*$|^(?![- ]*id:)[ \t\w.-]+:[ \t]+([^\s\"'&|>{\[#].*)$", re.MULTILINE
)
_PLACE = re.compile(r"%\d?\$?[sd]|%\d|\{\{.*?\}\}|\{\d?\w*\}")
_SENTENCE = re.compile(r"[<>\\]|[.!?。！？] *\S|[。！？]$")
_LONGEST = 40  # characters of a string
_SAYING = re.compile(r"\w+\W+\w|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4}|[\u0e00-\u0e7f]{8}")


def strings(text: str) -> list[str]:
    """The values of a file of translations that are short and no sentences, numbers for what is put in.

    One word alone is a word of the language too, and says nothing.
    """
    found = [_PLACE.sub("3", match[2] or match[3] or "").strip() for match in _VALUE.finditer(text)]
    plain = [one for one in found if 1 < len(one) <= _LONGEST and not _SENTENCE.search(one)]
    return list(dict.fromkeys(one for one in plain if _SAYING.search(one) and any(map(str.isalpha, one))))


def interfaces(mirrors: Path) -> Iterator[Labelled]:
    """One page of strings for every language of every repository that is there."""
    for name, _, pattern in SOURCES:
        git = repository(mirrors, name)
        if git is None:
            print(f"{name} is not there")
            continue
        blobs, wanted = Blobs(git), re.compile(pattern)
        languages: dict[str, list[str]] = defaultdict(list)
        for path in blobs.names():
            if match := wanted.fullmatch(path):
                languages[match[1]] += strings((blobs.read(path) or b"").decode("utf-8", "replace"))
        for language, found in languages.items():
            lines = list(dict.fromkeys(found))
            group = _GROUPS.get(language[:2].lower(), "other")
            yield Labelled(f"{name}/{language}", "interface", group, lines, ["chrome"] * len(lines))
