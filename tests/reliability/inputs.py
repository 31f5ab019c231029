"""What a file may hold: each kind of input in turn, and what must hold of every one.

Used by the tests for a bounded time and by ``benchmarks/fuzz.py`` for as long as asked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from functools import cache
from itertools import product

from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.linter import RuleFailed
from seedlint.pieces import keeps_the_rest
from seedlint.registry import all_rules
from seedlint.rule import Rule

SENTENCES = (
    "他说：“市场总会变化，我们只能适应。”大家都同意这个看法。",
    "這個國家的產業正在演變為新的生態，背後的原因很複雜。",
    "東京の天気は晴れです。明日も晴れるでしょう。",
    "오늘은 날씨가 좋습니다. 내일도 좋겠지요.",
    "The café's naïve résumé — “quoted”, 100 % plain.",
    "Съешь же ещё этих мягких булок, да выпей чаю.",
)
CODECS = tuple("utf-8 gb18030 gbk big5 shift_jis euc_jp euc_kr latin-1 cp1252 cp1251 utf-16-le".split())
WIDE = tuple("utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-8-sig".split())
# One of each kind that some rule looks for, and what stands beside it.
INTERESTING = (
    *"\0\x07\x1b\t\n\r \"'(),:;?!<>[]&%=\\`#|aZ0",
    *"\x80\x85\xa0\xad\xc3\xe4é",
    *"\u034f\u0430\u0301\u200b\u200d\u200e\u202e\u2028\u2066\u2069\ufeff\ufffd\ufe0f\ufffe",
    *"“”‘’，。：（）！？—…·「」《》\u3000",
    *"中后裏里為爲著干了斤拷锟烫鐨勫の한Ａ１ｱ⼀\ue000\uf900𠀀",
    *"\U000e0041\U0001f600\udc80\udce4\udcb8\udcad\udcff",
)
FRAGMENTS = (
    *"( ? ! < [ ]( ` ``` ~~~ &# &#x &amp; &nbsp; % %E4 %E4%B8%AD \\u \\u4e2d \\ud83d =E4 =E4=B8=AD".split(),
    *"#x4e2d; é Ã¤Â¸ ÖÐ 锟斤拷 烫烫 鐨勫 涓 ?! ?！ 中, 中( 中? （ Ａ 后 裏 里后 (yōu) aа ⼀ 中⼀".split(),
    *"扫一扫 | # www. https://a.b/%E4%B8%AD [a]( ![ </ アイ 한 ｱ 责任编辑： 来源： — 「 《 ① ㈱ ”“".split(),
    *"\ufffd \udce4 \udcff \udce4\udcb8 \udcd6\udcd0 \udced\udca0\udcbd \udcc0\udc80 \u200b \u202e".split(
        " "
    ),
    *"\u2066 \ufeff \x1b[ \0 \x07 \U000e0041 \ufe0f \u200d \ue000 \x80 \x80\x81 e\u0301".split(" "),
    *(" ", "\u3000", "\n", "\r", "\r\n", "\t", "中 ", "中 文 ", "首页 > ", "扫一扫\n", "- ", "---\n", "<a "),
    *("<!--", "<!-- seedlint:", "<!-- seedlint: allow -->\n", "<!-- seedlint: allow-start -->", "````\n"),
    *("=E4a", "&#x4e2d; "),
)
SLOW = ("产(chǎn)", "?yōu)", "變?yōu)樯", "首页\n")
"""Linear, but at milliseconds a character: tried in shorter runs."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, found once."""
    return all_rules()


def pairs_of_bytes() -> Iterator[bytes]:
    """Every file of two bytes."""
    return (bytes(pair) for pair in product(range(256), repeat=2))


def characters(step: int = 1) -> Iterator[bytes]:
    """Every code point, surrogates and all, or one of ``step``, between ideographs and beside letters."""
    for code in range(0, 0x110000, step):
        yield f"中文{chr(code)}字，a{chr(code)}b".encode("utf-8", "surrogatepass")


def pairs() -> Iterator[bytes]:
    """Every pair of interesting characters, in a sentence."""
    for one, other in product(INTERESTING, repeat=2):
        yield f"他说{one}{other}好的。".encode("utf-8", "surrogateescape")


def random_bytes(seed: int) -> Iterator[bytes]:
    """Bytes of any kind, half of them from those that begin or go on characters."""
    chance = random.Random(seed)
    telling = bytes(range(0x80, 0x100)) + b"\n,?!(&%"
    while True:
        size = chance.randrange(60)
        yield chance.randbytes(size) if chance.random() < 0.5 else bytes(chance.choices(telling, k=size))


def wide(seed: int) -> Iterator[bytes]:
    """UTF-16 and UTF-32 with and without their mark, whole, cut, spliced and with a byte too many."""
    chance = random.Random(seed)
    while True:
        text = chance.choice(SENTENCES)[: chance.randrange(1, 20)]
        data = bytearray(text.encode(chance.choice(WIDE)))
        for _ in range(chance.randint(0, 2)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randrange(3)] = chance.choice(
                (b"", b"\xd8", b"\0", b"\xff\xfe", b"\n", b"\x11")
            )
        yield chance.choice((b"", b"", "第一行\n".encode(), "第一行\n".encode("gbk"))) + bytes(data)


def damaged(seed: int) -> Iterator[bytes]:
    """Sentences misread, cut, spliced and stuffed with fragments, the way programs do it."""
    chance = random.Random(seed)
    while True:
        text = "".join(chance.choices(SENTENCES, k=chance.randint(1, 2)))
        for _ in range(chance.randint(1, 3)):
            text = chance.choice((_misread, _cut, _stuffed))(text, chance)
        yield text.encode("utf-8", "surrogateescape" if chance.random() < 0.5 else "replace")


def _misread(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = chance.randint(start, len(text))
    source, target = chance.choices(CODECS, k=2)
    ways = ("replace", "ignore", "surrogateescape")
    errors = chance.choice(ways[: 2 if target == "utf-16-le" else 3])  # half a unit cannot be escaped
    middle = text[start:end].encode(source, "replace").decode(target, errors)
    return text[:start] + middle + text[end:]


def _cut(text: str, chance: random.Random) -> str:
    codec = chance.choice(CODECS[:7])
    data = text.encode(codec, "replace")
    at = chance.randrange(len(data) + 1)
    return (data[:at] + chance.choice((b"", b"?", b"(", b"\n")) + data[at + 1 :]).decode(codec, "replace")


def _stuffed(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(FRAGMENTS + SLOW) * chance.choice((1, 1, 2, 5)) + text[at:]
    return text


def fault(data: bytes, *, unsafe: bool = False) -> str:
    """What is wrong with how the bytes of a file are treated; empty where all holds."""
    try:
        outcome = repair(Document.from_bytes(data), rules(), unsafe=unsafe)
        return _lost(outcome, data) or _again(outcome, unsafe)
    except RuleFailed as error:
        return f"crash: {error}"
    except Exception as error:
        return f"crash: {type(error).__name__}: {error}"


def _lost(outcome: Outcome, data: bytes) -> str:
    if not outcome.changed:
        return "" if outcome.data == data else "nothing was repaired and the bytes differ"
    edits = [edit for one in outcome.applied if one.fix for edit in one.fix.edits]
    kept = keeps_the_rest(outcome.document.text, outcome.data, edits, outcome.encoding)
    return "" if kept else "bytes changed that no fix names"


def _again(outcome: Outcome, unsafe: bool) -> str:
    """Whether a second run repairs more, or finds other than the first said was left."""
    if not outcome.changed:
        return ""
    again = repair(Document.from_bytes(outcome.data, encoding=outcome.encoding), rules(), unsafe=unsafe)
    if again.changed:
        return f"a second run repairs more: {sorted({one.code for one in again.applied})}"
    left, found = ({(one.code, one.span) for one in some} for some in (outcome.remaining, again.diagnostics))
    return "" if left == found else f"a second run finds other: {sorted(code for code, _ in left ^ found)}"


def seconds(text: str) -> float:
    """Processor time that all rules take over a text."""
    document = Document(text)
    start = time.process_time()
    repair(document, rules())
    return time.process_time() - start


def growth(fragment: str, size: int = 500) -> tuple[float, float]:
    """Seconds for so many characters of a repeated fragment, and for eight times as many."""
    texts = [fragment * (many * size // len(fragment)) for many in (1, 8)]
    seconds(texts[0])
    return seconds(texts[0]), seconds(texts[1])


def is_steep(small: float, large: float) -> bool:
    """Whether eight times the text takes far more than eight times as long."""
    return large > 24 * small + 0.1
