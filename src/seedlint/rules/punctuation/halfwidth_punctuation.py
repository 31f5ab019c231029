"""halfwidth-punctuation: Chinese text whose marks were replaced by half-width ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from seedlint.language.characters import CHINESE_MARKS, HAN
from seedlint.language.prose import in_chinese_line, is_chinese
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_CHINESE = HAN + CHINESE_MARKS
_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
# Between Chinese characters on both sides; begins with the rare character, so that the scan is fast.
# A question mark beside another mark may be a lost byte.
_MARKS = "，。！；？：、"
_PAIRED = ("“”", "‘’", "「」", "『』", "（）", "《》")
_HALF = ",:;?!"
_SPOKEN_OF = "(?!(?<=[“‘「『（《].)[”’」』）》])"  # a mark alone between quotation marks is not used
# So is one that separates or ends what a text describes (以:分割), and one before another mark.
_DESCRIBED = (
    "(?!(?<=[,:;])(?:[，。；：、]|分[割隔开開]|[间間]隔|隔[开開]|[号號](?![称稱])|符)"
    "|(?<=[:;])(?:前[后後]|[前后後]的|[结結]尾|[开開][头頭])|(?<=[时時分]:)[分秒])"
)
_BETWEEN = (
    f"{_SPOKEN_OF}{_DESCRIBED}(?<=[{_CHINESE}].)(?=[{_CHINESE}])(?<![{_MARKS}]\\?)(?!(?<=\\?)[{_MARKS}])"
)
_SET = 20  # characters between braces or square brackets that make a set
_SENTENCE = 60  # characters before a question mark that may make it one
_CONVERTED = 3  # so many marks between Chinese characters, and more than full-width ones: replaced throughout


class HalfwidthPunctuation(Rule):
    """Half-width punctuation in Chinese text.

    Copy sites and careless converters replace `，` by `,` throughout. Lines break in
    the wrong places, readers stumble, and tools that split sentences find none.
    A mark between Chinese characters is widened; where a whole document was replaced,
    so is one with a Chinese character on one side. Numbers, times, Latin text, a mark
    followed by a space (its author's style) and unpaired brackets stay.
    """

    code = "PUN001"
    phase = Phase.PUNCTUATION
    severity = Severity.INFO
    gate = "seedlint.language.script:may_be_chinese"
    context = (_HALF, "(?<=[^\x00-\xff].)(?=[^\x00-\xff])")
    damaged = (
        Example("春节没过完,就已适配多个芯片。", repaired="春节没过完，就已适配多个芯片。"),
        Example(
            "架构(MoE)通过分解,提升效率:成本(OpenAI的1/30),时间12:10,共1,000元!有吗?有",
            repaired="架构（MoE）通过分解，提升效率：成本（OpenAI的1/30），时间12:10，共1,000元！有吗？有",
        ),
    )
    sound = (
        "时间是12:10，共1,000元（Linux, macOS）。",
        "記者張翀(chōng)昨日抵達，腫瘤(neoplasm)分為兩種。",
        "国产(chǎn)",
        "为特定设备调?：捅保留",
        "作者习惯这样写: 中文, 英文, 都加空格。",
        "東京,大阪は大きいです。",
        "生活?读书?新知三联书店",
        "用‘?’命令查看，“,”是分隔符。",
        "变量是一系列以:分割的目录，最后有一个;，后面没有了。",
        "名称设为 {第,章}，其余不变。",
        "时间写成时:分:秒，参数写成[名称,标签页号,窗口号]。",
        "引数:\n\u3000これは引数です。時刻は時:分で表す。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Find the marks to widen, and the pairs of brackets."""
        places = _converted_places if _is_converted(document.text) else _single_places
        for span in places(document):
            mark = document.text[span.start : span.end]
            if _is_meant(document, span.start, mark):
                continue
            wide = mark.translate(_WIDE)
            yield self.at(span, f"half-width {mark} in Chinese text", fix=Fix.replace(span, wide))


def _is_meant(document: Document, at: int, mark: str) -> bool:
    """Whether a mark may be a lost character, or separates the members of a set or argument: {第,章}."""
    if mark == "?":
        return not _asks(document.text, at)
    line = document.line_span(at)
    sets = _set().finditer(document.text, max(line.start, at - _SET), min(line.end, at + _SET))
    return any(found.start() < at < found.end() for found in sets)


@cache
def _set() -> re.Pattern[str]:
    return re.compile(rf"\{{[^{{}}\s。，；：]{{1,{_SET}}}\}}|\[[^\[\]\s。，；：]{{1,{_SET}}}\]")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(f"[{_HALF}]{_BETWEEN}")


@cache
def _mark() -> re.Pattern[str]:
    """Any mark that may be widened; not Markdown's image, `::`, a smiley or an emoji's name."""
    return re.compile(r"::+|:[a-z_]+:|[:;]-?[()DPp](?![^\s,:;?!)])|!(?=\[)|([,:;?!()])")


@cache
def _reading() -> re.Pattern[str]:
    """A pinyin reading in brackets: wide brackets would only cement what a copy site inserted."""
    return re.compile("\\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3} ?\\)")


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile(f"[{_CHINESE}]")


@cache
def _question() -> re.Pattern[str]:
    """What makes a sentence a question."""
    return re.compile(
        "[吗嗎呢吧么麼嘛啊呀咋谁誰哪何几幾怎孰岂豈乎]|多[少久大长長远遠]|[是能可会會要有应應]否|(.)[不没沒]\\1|[没沒]有?$|真的|难道|難道"
    )


def _asks(text: str, at: int) -> bool:
    """Whether the sentence before a question mark is a question: or else the mark may be a lost character."""
    sentence = re.split("[。！？!?\n]", text[max(at - _SENTENCE, 0) : at])[-1]
    return _question().search(sentence) is not None


def _is_converted(text: str) -> bool:
    """Whether the marks of the whole document were replaced, rather than one mistyped or all meant."""
    wide = sum(map(text.count, "，：；？！"))
    half = sum(1 for _ in _between().finditer(text))
    spaced = sum(1 for _ in _spaced().finditer(text)) if half > wide else 0
    return half > max(wide, spaced) and (half >= _CONVERTED or not wide)


@cache
def _spaced() -> re.Pattern[str]:
    """A mark as an author sets it who takes half-width ones: a space behind it."""
    return re.compile(f"[,:;?!](?<=[{HAN}].) (?=[{HAN}])")


def _single_places(document: Document) -> Iterator[Span]:
    for match in _between().finditer(document.text):
        if in_chinese_line(document, match.start()):
            yield Span(*match.span())


def _converted_places(document: Document) -> Iterator[Span]:
    for start in document.line_starts:
        line = document.line_span(start)
        text = document.text[line.start : line.end]
        if is_chinese(text):
            yield from (Span(start + at, start + at + 1) for at in _in_line(text))


def _in_line(line: str) -> Iterator[int]:
    """Offsets in the line of the marks to widen."""
    marks = [match.start() for match in _mark().finditer(line) if match[1]]
    brackets = dict(_pairs(line, marks))
    for at in marks:
        if line[at] in "()":
            if at in brackets:
                yield at
        elif _stands_in_chinese(line, at, brackets):
            yield at


def _pairs(line: str, marks: list[int]) -> Iterator[tuple[int, int]]:
    """Both brackets of every pair that follows Chinese text or holds some, each with its partner."""
    opened: list[int] = []
    for at in marks:
        if line[at] == "(":
            opened.append(at)
        elif line[at] == ")" and opened:
            start = opened.pop()
            if _reading().fullmatch(line, start, at + 1):
                continue
            if _chinese().match(_neighbour(line, start, -1)) or _chinese().search(line, start, at):
                yield from ((start, at), (at, start))


def _neighbour(line: str, at: int, step: int, brackets: Iterable[int] = ()) -> str:
    """The character beside ``at``, behind other marks in a row; empty at the end of the line."""
    at += step
    while 0 <= at < len(line) and (line[at] in ",:;?!" or at in brackets):
        at += step
    return line[at] if 0 <= at < len(line) else ""


def _stands_in_chinese(line: str, at: int, brackets: Mapping[int, int]) -> bool:
    beside = line[max(at - 1, 0) : at] + line[at + 1 : at + 2]
    if beside in _PAIRED or any(char.isspace() or (line[at] == "?" and char in _MARKS) for char in beside):
        return False
    left, right = _neighbour(line, at, -1, brackets), _neighbour(line, at, 1, brackets)
    return any(_chinese().match(char) for char in (left, right))
