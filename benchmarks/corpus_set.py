"""The set that benchmarks/corpus.py measures with: clean passages, and damage planted in known shares.

Clean passages come from ``../shared/corpora`` where it is there, else from
``fixtures/seeds``. Those in which seedlint finds anything are left out, and of the
damaged ones those which the rule of their damage does not find by itself: how much is
found, and how often rightly, is measured in the other benchmarks; here it counts
whether every engine finds what is there, in every record and format. ``Made`` says how
many were left out.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
HANS, HANT, JA, KO = FOLDERS = ("zh-Hans-articles", "zh-Hant-book", "ja-docs", "ko-docs")
CHINESE = (HANS, HANT)
CLEAN_SHARE = 0.98
PART = 20_000_000  # bytes of text of a part
PARTS = 8  # at least
CUTS = 6  # ways in which every document is cut into passages
TRIED = 48  # passages damaged for every kind
SITES = 20

# Characters that copy sites annotate, with the reading they write (seeds/001 has them).
READINGS = {
    pair[0]: pair[1:]
    for pair in (
        "產chǎn 關guān 態tài 個gè 這zhè 來lái 時shí 會huì 對duì 開kāi 發fā 現xiàn 為wéi 說shuō 動dòng"
        " 業yè 們men 經jīng 過guò 還hái 進jìn 樣yàng 種zhǒng 數shù 點diǎn 體tǐ 間jiān 題tí 實shí 問wèn"
    ).split()
}
# Characters that each script writes in its own way whatever they mean.
PAIRS = (
    "这這",
    "们們",
    "说說",
    "时時",
    "会會",
    "个個",
    "对對",
    "问問",
    "题題",
    "实實",
    "经經",
    "过過",
    "进進",
)
CALLS = ("扫描二维码关注我们的微信公众号", "分享到微信朋友圈", "长按识别二维码关注我们", "点击下方阅读原文")
NARROW = str.maketrans("，！？：；（）", ",!?:;()")
SENTENCE = re.compile(r"[^\n。．.！？!?`<>*_\[\]()|#]{8,120}[。！？]")

Damage = Callable[[str, Random], str]


class Kind(NamedTuple):
    """One kind of damage: the code (or family) that tells of it, what makes it, in which texts it happens.

    ``damage`` returns the text itself where it cannot be damaged so.
    """

    rule: str
    damage: Damage
    folders: tuple[str, ...] = FOLDERS


def inside(mark: str) -> Damage:
    """Put ``mark`` between two characters near the middle."""
    return lambda text, dice: text[: (at := len(text) // 2 + dice.randrange(5))] + mark + text[at:]


def misread(true: str, wrong: str, errors: str = "strict") -> Damage:
    """The whole text written in one code and read in another; what it has not stays as it was."""

    def damage(text: str, dice: Random) -> str:
        try:
            return text.encode(true).decode(wrong, errors)
        except UnicodeError:
            return text

    return damage


def sentence(damage: Damage) -> Damage:
    """Damage one sentence of a text."""

    def damaged(text: str, dice: Random) -> str:
        found = [*SENTENCE.finditer(text)]
        if not found:
            return text
        one = dice.choice(found)
        return text[: one.start()] + damage(one[0], dice) + text[one.end() :]

    return damaged


def annotated(text: str, dice: Random) -> str:
    """Readings behind characters, inserted into the bytes, so that some stand between two bytes."""
    from seedlint.channels.copysite import Site

    return Site(tuple(READINGS.items()), cuts=False)(text) if encodes(text) else text


def cut(text: str, dice: Random) -> str:
    """Bytes cut at every pair that spells a mark, whether it is one or not."""
    from seedlint.channels.copysite import Site

    return Site()(text) if encodes(text) else text


def encodes(text: str) -> bool:
    try:
        return bool(text.encode("gbk"))
    except UnicodeEncodeError:
        return False


def other_script(text: str, dice: Random) -> str:
    """Some characters as the other script writes them."""
    for pair in dice.sample(PAIRS, 6):
        old, new = sorted(pair, key=text.count, reverse=True)
        text = text.replace(old, new, 1)
    return text


def radicals(text: str, dice: Random) -> str:
    """Kangxi radicals for the ideographs that look like them, as PDF readers give them."""
    return text.translate(_radicals())


@cache
def _radicals() -> dict[int, str]:
    return {ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0x2F00, 0x2FD6)}


def homoglyph(text: str, dice: Random) -> str:
    """One Latin letter of a word replaced by a Cyrillic one."""
    words = [*re.finditer(r"(?<![\w/.:`@-])[a-z]{2,}[aeo][a-z]{2,}(?![\w/.:`@-])", text)]
    if not words:
        return text
    word = dice.choice(words)
    at = next(at for at in range(word.start() + 2, word.end()) if text[at] in "aeo")
    return text[:at] + "аео"["aeo".index(text[at])] + text[at + 1 :]


def call(text: str, dice: Random) -> str:
    """A line that asks to be shared or followed, behind the text."""
    return f"{text}\n\n{dice.choice(CALLS)}"


KINDS = {
    "zero-width space": Kind("UNI001", inside("\N{ZERO WIDTH SPACE}")),
    "reordering control": Kind("UNI002", inside("\N{RIGHT-TO-LEFT OVERRIDE}")),
    "hidden tags": Kind("UNI003", inside("".join(chr(0xE0000 + ord(char)) for char in "hidden"))),
    "control character": Kind("UNI004", inside("\x08")),
    "Kangxi radicals for ideographs": Kind("UNI006", radicals, (*CHINESE, JA)),
    "UTF-8 read as Latin-1": Kind("MOJ001", misread("utf-8", "latin-1")),
    "UTF-8 read as GB18030, whole": Kind("MOJ002", misread("utf-8", "gb18030", "replace")),
    "UTF-8 read as GBK, bytes lost": Kind("MOJ002", sentence(misread("utf-8", "gbk", "replace"))),
    "GBK read as Latin-1": Kind("MOJ002", misread("gbk", "latin-1"), (HANS,)),
    "Big5 read as GBK": Kind("MOJ002", sentence(misread("big5", "gbk", "replace")), (HANT,)),
    "Shift_JIS read as Latin-1": Kind("MOJ002", misread("cp932", "latin-1"), (JA,)),
    "EUC-KR read as Latin-1": Kind("MOJ002", misread("cp949", "latin-1"), (KO,)),
    "bytes cut at marks": Kind("MOJ003", cut, (HANT,)),
    "pinyin annotations": Kind("MOJ004", annotated, (HANT,)),
    "three U+FFFD": Kind("MOJ005", inside("\N{REPLACEMENT CHARACTER}" * 3)),
    "锟斤拷": Kind("MOJ005", inside("锟斤拷锟斤拷")),
    "literal \\u escapes": Kind("MOJ006", sentence(lambda one, dice: one.encode("unicode_escape").decode())),
    "numeric references": Kind(
        "MOJ006", sentence(lambda one, dice: "".join(f"&#x{ord(char):x};" for char in one))
    ),
    "other script": Kind("SCR001", other_script, CHINESE),
    "Cyrillic letter in a Latin word": Kind("SCR004", homoglyph),
    "line of page chrome": Kind("WEB", call, (HANS,)),
    "half-width punctuation": Kind("PUN001", lambda text, dice: text.translate(NARROW), CHINESE),
}


class Passage(NamedTuple):
    """Some neighbouring paragraphs of one document, and the folder it is from."""

    folder: str
    text: str


def _cut(text: str, dice: Random) -> Iterator[str]:
    """Neighbouring paragraphs, 100 to 1,500 characters of them."""
    passage, wanted = "", dice.randint(100, 1500)
    for part in text.split("\n\n"):
        passage = f"{passage}\n\n{part.strip()}".strip()
        if len(passage) >= wanted:
            yield passage
            passage, wanted = "", dice.randint(100, 1500)


def _candidates() -> list[Passage]:
    """Different passages, at least a third of them letters of East Asia."""
    paths = [(folder, path) for folder in FOLDERS for path in sorted((CORPORA / folder).glob("*.md"))]
    if not paths:
        print(f"{CORPORA} is not there: passages come from fixtures/seeds", file=sys.stderr)
        paths = [(HANS, path) for path in sorted((ROOT / "fixtures" / "seeds").glob("*.txt"))]
    texts = [(folder, path.read_text(encoding="utf-8")) for folder, path in paths]
    dice = Random(0)
    found = (Passage(folder, one) for _ in range(CUTS) for folder, text in texts for one in _cut(text, dice))
    return [one for one in dict.fromkeys(found) if _east_asian(one.text)]


def _east_asian(text: str) -> bool:
    return sum(char > "\u2e7f" for char in text) > len(text) / 3


def finds(task: tuple[str, str]) -> bool:
    """Whether the rules of a selector find anything in a text."""
    from seedlint.arrow import Work
    from seedlint.settings import Settings

    selector, text = task
    return bool(Work(Settings(select=(selector,))).repair(text.encode()).diagnostics)


@dataclass
class Pool:
    """What records are made of, and how much of each was left out."""

    clean: list[str]
    damaged: dict[str, list[str]]
    accused: float
    alone: dict[str, float]


def pool(processes: ProcessPoolExecutor) -> Pool:
    """Clean passages in which nothing is found, and damaged ones in which their rule finds its own."""
    tried = _candidates()
    accused = [*processes.map(finds, [("ALL", one.text) for one in tried], chunksize=100)]
    clean = [one for one, guilty in zip(tried, accused, strict=True) if not guilty]
    damaged, alone = dict[str, list[str]](), dict[str, float]()
    for name, kind in KINDS.items():
        dice = Random(name)
        sources = [one.text for one in clean if one.folder in kind.folders]
        made = [(text, kind.damage(text, dice)) for text in dice.sample(sources, min(TRIED, len(sources)))]
        texts = [after for before, after in made if after != before]
        found = [*processes.map(finds, [(kind.rule, one) for one in texts], chunksize=10)]
        damaged[name] = [one for one, known in zip(texts, found, strict=True) if known]
        alone[name] = sum(found) / max(len(found), 1)
    return Pool([one.text for one in clean], damaged, sum(accused) / max(len(tried), 1), alone)


@dataclass
class Part:
    """One part of the set: its name, records, bytes of text, and how many records have which damage."""

    name: str
    records: int = 0
    size: int = 0
    planted: dict[str, int] = field(default_factory=dict)


@dataclass
class Made:
    """A set on disk: its parts, how many clean passages it is drawn from, and what was left out of it."""

    parts: list[Part]
    passages: int
    accused: float
    alone: dict[str, float]

    def first(self, count: int) -> Made:
        """The first parts alone."""
        return Made(self.parts[:count], self.passages, self.accused, self.alone)

    @property
    def records(self) -> int:
        """How many records there are."""
        return sum(part.records for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of text."""
        return sum(part.size for part in self.parts)

    @property
    def planted(self) -> Counter[str]:
        """How many records have which damage."""
        return sum((Counter(part.planted) for part in self.parts), Counter[str]())

    def save(self, path: Path) -> None:
        """Write it down."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Made:
        """What ``save`` wrote."""
        value = json.loads(path.read_text(encoding="utf-8"))
        return cls([Part(**one) for one in value.pop("parts")], **value)


def make(folder: Path, megabytes: float, jobs: int) -> Made:
    """Write the set: JSONL and Parquet in turn, every part by chance that depends on its number alone."""
    size = int(min(PART, megabytes * 1e6 / PARTS))
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs) as processes:
        drawn = pool(processes)
        numbers = range(max(round(megabytes * 1e6 / size), 1))
        tasks = [(folder, number, size, drawn) for number in numbers]
        parts = [*processes.map(_part, tasks)]
    return Made(parts, len(drawn.clean), drawn.accused, drawn.alone)


def _part(task: tuple[Path, int, int, Pool]) -> Part:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder, number, size, drawn = task
    form = "parquet" if number % 2 else "jsonl"
    part = Part(f"{number:05}.{form}")
    rows = [*_rows(Random(number), number * 1_000_000, size, drawn, part)]
    if form == "parquet":
        pq.write_table(
            pa.Table.from_pylist(rows), folder / part.name, row_group_size=4000, compression="zstd"
        )
    else:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / part.name).write_text(lines, encoding="utf-8", newline="\n")
    return part


def _rows(dice: Random, first: int, size: int, drawn: Pool, part: Part) -> Iterator[dict[str, Any]]:
    kinds = [name for name, texts in drawn.damaged.items() if texts]
    while part.size < size:
        name = "" if dice.random() < CLEAN_SHARE else dice.choice(kinds)
        text = dice.choice(drawn.damaged[name] if name else drawn.clean)
        part.size, part.records = part.size + len(text.encode()), part.records + 1
        if name:
            part.planted[name] = part.planted.get(name, 0) + 1
        site = f"site{dice.randrange(SITES)}"
        yield {"id": first + part.records, "text": text, "kind": name, "site": site}
