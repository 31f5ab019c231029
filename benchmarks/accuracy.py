"""Measure what seedlint restores, beside ftfy, charset-normalizer and chardet.

    accuracy.py [--texts DIR] [--limit N] [--parts PARTS] [--only WORDS] [--write docs/accuracy.md]

Every number of docs/accuracy.md is written by one run of this program, with its command in front.

Damages sentences of 8 to 60 characters by running every channel, restores them and
compares. The sentences come from sources that no table was counted from: under
`--texts`, the held-out ones that `tools/build_language.py texts` wrote; the corpora and
cases beside the checkout (`../shared`). What is absent is named and left out.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import accuracy_clean
import accuracy_contexts
import accuracy_files
import accuracy_strings

from seedlint.channels.channel import Channel
from seedlint.channels.detection import detect
from seedlint.channels.misreading import Misreading, misreadings
from seedlint.channels.reading import Reading, Swallow
from seedlint.document import Document

SHARED = Path(__file__).resolve().parents[2] / "shared"
SOURCES = {
    "Hans": (("cmrc", "gold-miner", "news"), ("zh-Hans-articles",)),
    "Hant": (("drcd", "hkcnews"), ("zh-Hant-book",)),
    "Jpan": (("jsinfo-ja", "news-ja"), ("ja-docs",)),
    "Kore": (("jsinfo-ko", "news-ko"), ("ko-docs",)),
}
WHOLE = (
    *(
        ("Hans", "utf-8", page, None)
        for page in ("latin-1", "cp1252", "cp1250", "cp1254", "mac_roman", "cp437")
    ),
    *(("Hans", "gbk", page, None) for page in ("latin-1", "cp1252", "mac_roman")),
    ("Hant", "big5", "latin-1", None),
    ("Jpan", "cp932", "latin-1", None),
    ("Kore", "cp949", "latin-1", None),
    ("Jpan", "cp932", "gb18030", "\ufffd"),
    ("Kore", "cp949", "gb18030", "\ufffd"),
)
LOST = (
    ("Hans", Channel("utf-8", Reading("gbk"))),
    ("Hant", Channel("utf-8", Reading("gbk"))),
    ("Hans", Channel("utf-8", Reading("gb18030"))),
    ("Hans", Channel("utf-8", Reading("gbk", "?", Swallow.ASCII))),
    ("Hans", Channel("utf-8", Reading("gbk", "?", Swallow.ANY))),
    ("Hans", Channel("utf-8", Reading("gbk", "?", Swallow.ASCII, euro=True))),
    ("Hans", Channel("utf-8", Reading("gbk", ""))),
    ("Hans", Channel("utf-8", Reading("cp932"))),
    ("Jpan", Channel("utf-8", Reading("cp932"))),
    ("Jpan", Channel("utf-8", Reading("cp932", "・"))),
    ("Jpan", Channel("utf-8", Reading("cp932", "・", pairwise=True))),
    ("Hans", Channel("gbk", Reading("big5"))),
    ("Hant", Channel("big5", Reading("gbk"))),
    ("Hans", Channel("utf-8", Reading("big5"))),
    ("Hans", Channel("utf-8", Reading("cp1252"))),
    ("Kore", Channel("utf-8", Reading("cp949"))),
    ("Jpan", Channel("utf-8", Reading("euc_jp"))),
)
WESTERN = ("latin-1", "cp1252", "cp1250", "cp1251", "cp1254", "mac_roman", "cp437")
WESTERN_LOST = ("cp1252", "cp1250", "cp1254")
WESTERN_SOURCE = "news-other"
WRITTEN_IN = (("gb18030", "Hans"), ("big5", "Hant"), ("cp932", "Jpan"), ("euc_jp", "Jpan"), ("cp949", "Kore"))
SLOW = {"utf-8/big5", "utf-8/euc_jp"}
_LETTER = r"[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"


@dataclass
class Tally:
    """What became of the sentences of one row."""

    number: int = 0
    exact: int = 0
    safe: int = 0
    wrong_safe: int = 0
    same: int = 0
    characters: int = 0
    size: int = 0
    seconds: float = 0.0
    peers: dict[str, int] = field(default_factory=dict)
    fillings: list[tuple[float, bool]] = field(default_factory=list)


def sentences(script: str, texts: Path | None) -> list[str]:
    """Sentences of a script from the held-out texts that are here, in an order of chance."""
    return cut([texts / f"{name}.txt" for name in SOURCES[script][0]] if texts else [])


def shared_sentences(script: str) -> list[str]:
    """The same from the corpora beside the checkout."""
    folders = SOURCES[script][1]
    return cut([path for folder in folders for path in sorted((SHARED / "corpora" / folder).glob("*.md"))])


def western_lines(texts: Path | None) -> list[str]:
    """Held-out lines of European languages and Vietnamese, not all ASCII, in an order of chance."""
    path = texts / f"{WESTERN_SOURCE}.txt" if texts else None
    lines = path.read_text("utf-8").split("\n") if path and path.is_file() else []
    found = [line for line in lines if 8 <= len(line) <= 200 and not line.isascii()]
    random.Random(7).shuffle(found)
    return found


def cut(paths: list[Path]) -> list[str]:
    """The sentences of files, in an order of chance."""
    found = []
    for path in paths:
        if path.is_file():
            found += re.findall(r"[^\n。！？.]{8,60}[。！？.]", path.read_text("utf-8"))
    kept = [one.strip() for one in found if len(re.findall(_LETTER, one)) > 0.5 * len(one)]
    random.Random(7).shuffle(kept)
    return kept


def repaired(damaged: str, found: Iterable[Misreading]) -> str:
    """The text with the given restorations made."""
    for one in sorted(found, key=lambda one: -one.found.span.start):
        span = one.found.span
        damaged = damaged[: span.start] + one.found.original + damaged[span.end :]
    return damaged


def likeness(one: str, other: str) -> int:
    """Characters that two texts share, in order."""
    return sum(block.size for block in SequenceMatcher(None, one, other, False).get_matching_blocks())


def add(tally: Tally, clean: str, damaged: str) -> None:
    """Restore one sentence and count."""
    start = time.process_time()
    found = misreadings(Document(damaged))
    tally.seconds += time.process_time() - start
    got, safe = repaired(damaged, found), [one for one in found if one.safe]
    tally.number += 1
    tally.size += len(damaged.encode("utf-8", "surrogatepass"))
    tally.exact += got == clean
    tally.safe += got == clean and len(safe) == len(found)
    tally.wrong_safe += sum(one.found.original not in clean for one in safe)
    tally.same += likeness(got, clean)
    tally.characters += len(clean)
    for name, peer in PEERS.items():
        tally.peers[name] = tally.peers.get(name, 0) + (peer(damaged) == clean)
    for one in found:
        for cluster in one.found.clusters:
            right = one.found.original == clean or one.found.original[cluster.start : cluster.end] in clean
            tally.fillings.append((cluster.margin, right))


def ftfy_default(text: str) -> str:
    """ftfy as it comes."""
    import ftfy

    return ftfy.fix_text(text)


def ftfy_careful(text: str) -> str:
    """ftfy without what it does to sound CJK text."""
    import ftfy

    options = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_character_width=False)
    return ftfy.fix_text(text, options)


PEERS: dict[str, Callable[[str], str]] = {"ftfy": ftfy_default, "ftfy, CJK-safe": ftfy_careful}


def measure(channel: Channel, clean: list[str], limit: int) -> Tally:
    """Run one channel over sentences."""
    tally = Tally()
    for sentence in clean:
        if tally.number >= limit:
            break
        try:
            damaged = channel.damage(sentence)
        except UnicodeEncodeError:
            continue
        add(tally, sentence, damaged)
    return tally


def described(channel: Channel) -> str:
    """The channel in words, with what becomes of unreadable bytes."""
    reading = channel.reading
    if reading.mark is None:
        return str(channel)
    mark = {"\ufffd": "U+FFFD", "": "dropped"}.get(reading.mark, reading.mark)
    eats = f" that eats {reading.swallow.value}" if reading.swallow is not Swallow.NONE else ""
    pairs = ", bytes taken in pairs" if reading.pairwise else ""
    return f"{channel}, {mark}{eats}{', € for 80' if reading.euro else ''}{pairs}"


FILE_SOURCES = {"Hans": "news", "Hant": "hkcnews", "Jpan": "news-ja", "Kore": "news-ko"}
PARTS = ("encodings", "restoration", "files", "western", "strings", "contexts", "shared", "clean", "cases")
HEAD = (
    "| case | text | n | exact | characters | exact, safe | wrong safe | ftfy | ftfy, CJK-safe | KB/s |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def row(name: str, script: str, tally: Tally) -> str:
    """One line of the table."""
    number = max(1, tally.number)
    shares = [f"{100 * part / number:.1f} %" for part in (tally.exact, tally.safe)]
    peers = [f"{100 * tally.peers.get(peer, 0) / number:.1f} %" for peer in PEERS]
    same = f"{100 * tally.same / max(1, tally.characters):.2f} %"
    speed = f"{tally.size / 1000 / max(tally.seconds, 1e-9):.0f}"
    cells = [
        name,
        script,
        str(tally.number),
        shares[0],
        same,
        shares[1],
        str(tally.wrong_safe),
        *peers,
        speed,
    ]
    return f"| {' | '.join(cells)} |"


def restoration_rows(texts: dict[str, list[str]], limit: int, only: str) -> Iterator[tuple[str, Tally]]:
    """The rows of whole and of lossy channels."""
    for script, channel in all_channels():
        name = described(channel)
        if only and only not in name:
            continue
        few = f"{channel.true}/{channel.reading.codec}" in SLOW
        tally = measure(channel, texts[script], limit // 5 if few else limit)
        yield row(name, script, tally), tally


def file_rows(options: argparse.Namespace) -> Iterator[str]:
    """The rows of whole files, those of the slowest channels shorter."""
    misreadings(Document("鐨勫姛鑳"))  # loads the tables
    for script, channel in all_channels():
        name = described(channel)
        if options.only in name:
            size = options.kilobytes * (100 if f"{channel.true}/{channel.reading.codec}" in SLOW else 1000)
            path = options.texts / f"{FILE_SOURCES[script]}.txt"
            yield accuracy_files.row(name, script, list(accuracy_files.lines(path, channel, size)), repaired)


def all_channels() -> Iterator[tuple[str, Channel]]:
    """The channels of the tables, whole ones first."""
    yield from ((script, Channel(true, Reading(read, mark))) for script, true, read, mark in WHOLE)
    yield from LOST


def encoding_rows(texts: dict[str, list[str]], limit: int) -> Iterator[str]:
    """How often each program names an encoding that reads the bytes as they were meant."""
    yield "| encoding | characters | n | seedlint | charset-normalizer | chardet |\n|---|---|---|---|---|---|"
    for codec, script in WRITTEN_IN:
        for length in (8, 16, 32):
            pieces = list(encoded(texts[script], codec, length))[:limit]
            right = [
                sum(reads(guess, data, piece) for piece, data in pieces)
                for guess in (by_seedlint, by_charset_normalizer, by_chardet)
            ]
            shares = [f"{100 * one / max(1, len(pieces)):.1f} %" for one in right]
            yield f"| {codec} | {length} | {len(pieces)} | {' | '.join(shares)} |"


def encoded(clean: list[str], codec: str, length: int) -> Iterator[tuple[str, bytes]]:
    """Pieces of a length with their bytes, where these are not UTF-8 by chance."""
    for sentence in clean:
        piece = "".join(re.findall(r"[\u3001\u3002\uff0c ]|" + _LETTER, sentence))[:length].strip()
        try:
            data = piece.encode(codec)
            data.decode("utf-8")
        except UnicodeEncodeError:
            continue
        except UnicodeDecodeError:
            if len(piece) == length:
                yield piece, data


def by_seedlint(data: bytes) -> str | None:
    """seedlint's guess."""
    found = detect(data)
    return found.codec if found else None


def by_charset_normalizer(data: bytes) -> str | None:
    """charset-normalizer's guess."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best else None


def by_chardet(data: bytes) -> str | None:
    """chardet's guess."""
    import chardet

    guess: str | None = chardet.detect(data)["encoding"]
    return guess


def reads(guess: Callable[[bytes], str | None], data: bytes, text: str) -> bool:
    """Whether a guess reads the bytes as they were meant."""
    try:
        return data.decode(guess(data) or "ascii") == text
    except (UnicodeDecodeError, LookupError):
        return False


def margins(tallies: list[Tally]) -> Iterator[str]:
    """How many fillings were wrong at each margin."""
    yield "| margin, at least | fillings | wrong |\n|---|---|---|"
    fillings = [filling for tally in tallies for filling in tally.fillings]
    for least in (6, 8, 10, 12, 14, 16, 20):
        above = [right for margin, right in fillings if margin >= least]
        yield f"| {least} nats | {len(above)} | {above.count(False)} |"


def case_rows() -> Iterator[str]:
    """The collected cases of misread text, by channel."""
    yield HEAD
    path = SHARED / "cases" / "damaged.jsonl"
    rows: dict[str, Tally] = {}
    for case in map(json.loads, path.read_text("utf-8").strip().split("\n")):
        if case["kind"] in {"misread-cjk", "misread-utf8"}:
            add(rows.setdefault(case["channel"], Tally()), case["expected"], case["text"])
    for name, tally in rows.items():
        yield row(name, "cases", tally)


def report(options: argparse.Namespace) -> Iterator[str]:
    """The parts of the page."""
    texts = {script: sentences(script, options.texts) for script in SOURCES}
    yield from sources(texts, options)
    if "encodings" in options.parts:
        yield "## Encoding of files\n"
        yield from encoding_rows(texts, options.limit)
    if "restoration" in options.parts:
        yield from restoration_part(texts, options)
    if "files" in options.parts and options.texts:
        yield (
            f"\n## Files\n\nThe first {options.kilobytes} kB of a held-out source, every line damaged:"
            " one document.\n"
        )
        yield accuracy_files.HEAD
        yield from file_rows(options)
    if "western" in options.parts:
        yield from western_part(western_lines(options.texts), options.limit)
    if "strings" in options.parts and options.texts:
        yield from strings_part(options)
    if "contexts" in options.parts:
        yield (
            "\n## Contexts\n\nClean documents with one place of 4 to 16 characters damaged; in `two kinds`"
            " a second one, UTF-8 read as GBK.\n"
        )
        yield from accuracy_contexts.rows(texts.__getitem__, described, options.limit, options.only)
    if not SHARED.is_dir():
        yield f"\n{SHARED.name} is absent: no cases, no clean corpora."
        return
    if "shared" in options.parts:
        yield (
            "\n## Text beside the checkout\n\nThe same on `../shared/corpora`, whose files are left"
            " out of the tables' text (`--held-out` of `tools/build_language.py`).\n"
        )
        yield HEAD
        beside = {script: shared_sentences(script) for script in SOURCES}
        yield from (line for line, _ in restoration_rows(beside, options.limit, options.only))
    if "clean" in options.parts:
        yield "\n## Clean text\n"
        yield (
            "What MOJ and ENC rules report of texts that nobody damaged on purpose, in documents of 20,000"
            " characters. Not all of it is sound: byte slips in novels copied from web sites, U+FFFD and"
            " undecoded escapes are there.\n"
        )
        yield from accuracy_clean.rows(
            options.texts, SHARED / "corpora", options.clean, options.done, options.only
        )
    if "cases" in options.parts:
        yield "\n## Cases\n"
        yield from case_rows()


def sources(texts: dict[str, list[str]], options: argparse.Namespace) -> Iterator[str]:
    """Where the sentences come from, and what is missing."""
    yield (
        "Text: sources that no table of `seedlint.language` was counted from (`HELD_OUT` of"
        " `tools/language_build/sources.py`), extracted from clones of public repositories by"
        " `tools/build_language.py texts`; they are in no package and stand under `--texts` here."
    )
    for script, clean in texts.items():
        names = ", ".join(SOURCES[script][0])
        yield f"- {script}: {names}, {len(clean):,} sentences; {options.limit} a row"
    yield f"- Western: {WESTERN_SOURCE}\n"
    if not options.texts:
        yield "No `--texts`: the rows on them are empty.\n"


def western_part(clean: list[str], limit: int) -> Iterator[str]:
    """UTF-8 text of Western languages read as single-byte pages."""
    yield (
        "\n## Western text\n\nLines in German, French, Spanish, Italian, Portuguese, Polish, Czech, Russian,"
        " Ukrainian, Greek, Vietnamese, Turkish, Swedish and Hungarian.\n"
    )
    yield HEAD
    whole = [Channel("utf-8", Reading(page, None)) for page in WESTERN]
    for channel in (*whole, *(Channel("utf-8", Reading(page)) for page in WESTERN_LOST)):
        lossy = channel.reading.mark is not None
        chosen = [one for one in clean if not lossy or "\ufffd" in channel.damage(one)]
        yield row(described(channel), "Western", measure(channel, chosen, limit))


def strings_part(options: argparse.Namespace) -> Iterator[str]:
    """Strings of a few characters, damaged and clean."""

    def read(name: str) -> str:
        path: Path = options.texts / f"{name}.txt"
        return path.read_text("utf-8") if path.is_file() else ""

    yield (
        "\n## Short strings\n\nStrings that stand alone in held-out text and in a lexicon (THUOCL), no byte"
        " lost: a document of their own, and a line between two sound ones.\n"
    )
    yield from accuracy_strings.damaged_rows(read, options.limit, options.only)
    yield (
        "\nClean strings of the same lengths: words of all the held-out texts and of the corpora beside the"
        " checkout, names, medicine, chemistry, poetry, other languages and alphabets, signs.\n"
    )
    yield from accuracy_strings.alarm_rows(read, SHARED / "corpora", options.strings)


def restoration_part(texts: dict[str, list[str]], options: argparse.Namespace) -> Iterator[str]:
    """The table of channels and that of margins."""
    yield "\n## Restoration\n\nSentences of 8 to 60 characters, each a document of its own.\n"
    yield HEAD
    tallies = []
    for line, tally in restoration_rows(texts, options.limit, options.only):
        tallies.append(tally)
        yield line
    yield "\n## Fillings of lost bytes by margin\n"
    yield from margins(tallies)


def main() -> None:
    """Print the tables, and write them if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, help="held-out lines, one file per source")
    parser.add_argument("--limit", type=int, default=100, help="sentences a row")
    parser.add_argument("--clean", type=int, default=1_000_000, help="clean characters a corpus")
    parser.add_argument("--kilobytes", type=int, default=100, help="size of a file, damaged")
    parser.add_argument("--strings", type=int, default=20_000, help="clean strings a length")
    parser.add_argument("--done", type=Path, help="file of what was found in clean text, to go on from")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--write", type=Path, help="Markdown file to write")
    options = parser.parse_args()
    command = f"accuracy.py --limit {options.limit} --clean {options.clean} --parts {' '.join(options.parts)}"
    lines = [
        "# Accuracy",
        "",
        f"Written by `benchmarks/{command}{' --texts DIR' if options.texts else ''}`."
        " Every sentence is a document of its own; KB/s are of CPU time in one process.",
        "",
    ]
    for line in report(options):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
