"""Writes down what the tables come from: `tools/language_sources.md`."""

from collections.abc import Iterator, Sequence

from language_build.sources import HELD_OUT, LISTS, TRAINING, Source

HEAD = """# What the language tables are made of

`src/seedlint/language/data/` holds counts: how often characters follow one another and how often
words occur, chosen, rounded and packed. No text can be read out of it. It was counted from the
sources below with `tools/build_language.py`, which also writes this file (stage `credits`).

Files that share three long lines, or a twentieth of them, with the test corpora are left out of the
count, whatever source they stand in (`language_build/extract.py`): the corpora hold articles of
LCTT/TranslateProject, and their namesakes must not be learnt. Lines that several test files share
do not count, they are a site's own.

The word frequencies are adapted from wordfreq (Robyn Speer, CC BY-SA 4.0), which credits Wikipedia,
OpenSubtitles, SUBTLEX, the Leeds Internet Corpus, ParaCrawl and the Google Books Ngram Viewer
(<http://books.google.com/ngrams>); the tables `word-*.z` are under CC BY-SA 4.0 for that reason.
Other sources under CC BY-SA gave n-gram counts alone.
"""
ROW = "| {0.name} | {0.repository} | {0.licence} | `{1}` | {0.characters:,} | {0.script} |"


def table(sources: Sequence[Source]) -> Iterator[str]:
    """Sources as rows of Markdown."""
    yield "| name | repository on GitHub | licence | files | at most, characters | script |"
    yield "|---|---|---|---|---|---|"
    for source in sources:
        yield ROW.format(source, source.paths.replace("|", "\\|"))


def credits() -> str:
    """The whole file."""
    lines = [HEAD, "## Counted\n", *table(TRAINING), "", "## Word lists\n"]
    lines += ["| list | from | licence |", "|---|---|---|"]
    lines += [f"| {name} | {origin} | {licence} |" for name, origin, licence in LISTS]
    lines += ["", "## Kept apart, to measure\n", *table(HELD_OUT)]
    return "\n".join(lines) + "\n"
