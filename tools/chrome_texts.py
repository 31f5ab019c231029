"""Texts without chrome, for training: whole documents of many kinds and languages, from public repositories.

Every row of SOURCES: repository, licence, paths, language group, how many documents.
The repositories are read where they lie (bare or not), below a folder named
``owner+name`` in the folder given; nothing of their text is kept, only weights.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCES = (
    ("github/opensource.guide", "CC-BY-4.0", r"_articles/(?:zh-h|zh)\S*\.md", "zh", 30),
    ("github/opensource.guide", "CC-BY-4.0", r"_articles/ja/.*\.md", "ja", 12),
    ("github/opensource.guide", "CC-BY-4.0", r"_articles/ko/.*\.md", "ko", 12),
    ("github/opensource.guide", "CC-BY-4.0", r"_articles/(?!zh|ja/|ko/)\w\w/.*\.md", "other", 150),
    ("github/opensource.guide", "CC-BY-4.0", r"_articles/[^/]+\.md", "other", 15),
    ("d2l-ai/d2l-zh", "Apache-2.0", r".*(?<!origin)\.md", "zh", 50),
    ("Anduin2017/HowToCook", "Unlicense", r"dishes/.*\.md", "zh", 60),
    ("audreyt/transcript", "CC0-1.0", r".*\.md", "zh", 40),
    ("LawRefBook/Laws", "MIT", r".*\.md", "zh", 30),
    ("javascript-tutorial/zh-hant.javascript.info", "CC-BY-NC-SA-4.0", r"1-js/.*article\.md", "zh", 20),
    ("progit/progit2-zh-tw", "CC-BY-NC-SA-3.0", r"ch\d.*\.asc", "zh", 10),
    ("aozorahack/aozorabunko_text", "public domain", r"cards/.*\.txt", "ja", 80),
    ("vuejs-translations/docs-ja", "CC-BY-4.0", r"src/.*\.md", "ja", 30),
    ("javascript-tutorial/ja.javascript.info", "CC-BY-NC-SA-4.0", r"1-js/.*article\.md", "ja", 20),
    ("vuejs-translations/docs-ko", "CC-BY-4.0", r"src/.*\.md", "ko", 30),
    ("javascript-tutorial/ko.javascript.info", "CC-BY-NC-SA-4.0", r"1-js/.*article\.md", "ko", 30),
    ("tldr-pages/tldr", "CC-BY-4.0", r"pages\.(?:zh|zh_TW)/.*\.md", "zh", 30),
    ("tldr-pages/tldr", "CC-BY-4.0", r"pages\.ja/.*\.md", "ja", 15),
    ("tldr-pages/tldr", "CC-BY-4.0", r"pages\.ko/.*\.md", "ko", 20),
    (
        "tldr-pages/tldr",
        "CC-BY-4.0",
        r"pages(?:\.(?:ar|de|es|fr|id|it|nl|pl|pt_BR|ru|tr))?/.*\.md",
        "other",
        60,
    ),
    ("electron/i18n", "MIT", r"content/(?:zh-CN|zh-TW)/docs/.*\.md", "zh", 15),
    (
        "electron/i18n",
        "MIT",
        r"content/(?:de-DE|es-ES|fr-FR|ru-RU|pt-BR|id-ID|it-IT|pl-PL|tr-TR|vi-VN)/docs/.*\.md",
        "other",
        60,
    ),
    (
        "ruby/www.ruby-lang.org",
        "BSD-2-Clause",
        r"(?:de|en|es|fr|id|it|pl|pt|ru|tr|vi)/news/_posts/.*\.md",
        "other",
        60,
    ),
    ("ruby/www.ruby-lang.org", "BSD-2-Clause", r"(?:zh_cn|zh_tw)/news/_posts/.*\.md", "zh", 20),
    ("ruby/www.ruby-lang.org", "BSD-2-Clause", r"ja/news/_posts/.*\.md", "ja", 20),
)
VERSE = ("chinese-poetry/chinese-poetry", "MIT", r"(?:宋词|全唐诗)/(?:poet|ci)\.\S*\.json", "zh", 12)
_LONGEST = 20_000  # characters of one document
# what somebody may have left in a text that is taken for clean
_DOUBTFUL = re.compile(
    r"^(?:via|来源|來源|原文|作者|译者|譯者|校对|校對|选题|選題|本文由|本文永久|出处|転載|底本|入力|校正|青空文庫)|LCTT|Linux中国|讨论区|Discussions"
)

_MOMENT = re.compile(r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\d{1,2}:\d{2}")


class Text(NamedTuple):
    """A document without chrome: where it is from, the group of its language, its characters."""

    name: str
    group: str
    text: str


def repository(mirrors: Path, name: str) -> Path | None:
    """The git directory of a repository below ``mirrors``, None where it is absent."""
    folder = mirrors / name.replace("/", "+") / "repo"
    for path in (folder / ".git", folder):
        if (path / "objects").is_dir():
            return path
    return None


class Blobs:
    """The files of one repository at its head, read through one process."""

    def __init__(self, git: Path) -> None:
        self._git = ["git", "-c", "core.quotepath=off", "-C", str(git)]
        self._process = subprocess.Popen(
            [*self._git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def names(self) -> list[str]:
        """All paths, in order."""
        listed = subprocess.run(
            [*self._git, "ls-tree", "-r", "--name-only", "HEAD"], capture_output=True, check=True
        )
        return listed.stdout.decode().splitlines()

    def read(self, name: str) -> bytes | None:
        """The content of one file, None where it is absent."""
        pipe = self._process
        assert pipe.stdin is not None
        assert pipe.stdout is not None
        pipe.stdin.write(f"HEAD:{name}\n".encode())
        pipe.stdin.flush()
        head = pipe.stdout.readline().split()
        if head[-1] == b"missing":
            return None
        data = pipe.stdout.read(int(head[2]))
        pipe.stdout.read(1)
        return data


def texts(mirrors: Path) -> Iterator[Text]:
    """Documents of all sources that are there, the same on every run."""
    for repo, _, pattern, group, number in (*SOURCES, VERSE):
        git = repository(mirrors, repo)
        if git is None:
            print(f"{repo} is not there")
            continue
        blobs, wanted = Blobs(git), re.compile(pattern)
        names = [name for name in blobs.names() if wanted.fullmatch(name)]
        for name in random.Random(3).sample(names, min(number, len(names))):
            data = blobs.read(name)
            if data and (text := _text(repo, data)):
                yield Text(f"{repo}/{name}", group, text)


def _text(repo: str, data: bytes) -> str:
    if repo == VERSE[0]:
        return _verse(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("shift_jis", "replace")
    text = text.replace("\r\n", "\n")
    if "aozora" in repo:
        text = re.sub(r"《[^》\n]*》|［＃[^］\n]*］|｜", "", text.split("-------\n")[-1])
    start = 0 if has_code(text) else random.Random(len(text)).randrange(max(len(text) - _LONGEST, 1))
    start = text.rfind("\n", 0, start) + 1
    return text[start : start + _LONGEST].rpartition("\n")[0]


def _verse(data: bytes) -> str:
    """Poems with their titles and poets, a line a line."""
    poems = random.Random(4).sample(json.loads(data), 20)
    return "\n\n".join(
        "\n".join([str(one.get("title") or one.get("rhythmic")), one["author"], *one["paragraphs"]])
        for one in poems
    )


def bare(text: str) -> str:
    """A Markdown text as an extractor would give it: no marks, no code, no front matter."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^(```|~~~).*?^\1[^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<[^>\n]+>|^\[[^\]]+\]:.*$|^[|].*$|^={2,} *|^#+ *", "", text, flags=re.MULTILINE)
    text = re.sub(r"!?\[([^\]\n]*)\]\([^)\n]*\)|\[([^\]\n]*)\]\[\w*\]", r"\1\2", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[*`]{1,3}", "", text)).strip("\n")


def has_code(text: str) -> bool:
    """Whether a text has front matter or fenced code, so that a piece of it may begin inside."""
    return text.startswith("---") or "```" in text or "~~~" in text


def is_doubtful(line: str) -> bool:
    """Whether a line of a text that is taken for clean may be a leftover, or is metadata, all the same."""
    return _DOUBTFUL.search(line) is not None or (len(line) <= 50 and _MOMENT.search(line) is not None)
