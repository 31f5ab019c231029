"""lookalike-ideograph: radicals, compatibility ideographs, kana and symbols for ideographs."""

import re
from functools import cache

from seedlint.language import script_ideographs as ideographs
from seedlint.language.characters import BEYOND, HANGUL, KANA
from seedlint.language.prose import is_described
from seedlint.language.script import Script, evidence
from seedlint.language.script_joiners import members
from seedlint.language.script_tables import characters
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_FORMS = ideographs.RADICALS + ideographs.COMPATIBILITY
_HAN = "\u3400-\u9fff\U00020000-\U0002f7ff\U00030000-\U0003ffff"
_PROLONGED = "\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}"
_KANA = "".join(ideographs.KANA_SHAPES) + _PROLONGED
_SHAPES = "".join((*ideographs.KANA_SHAPES, *ideographs.DASHES))
_CIRCLES = "".join(ideographs.CIRCLES)
_GAIN = 0.0  # nats by which the ideograph must be more plausible than a break


@cache
def _pattern() -> re.Pattern[str]:
    """What has ideographs beside it; tables of radicals stand alone and stay, so do 言部 and the like."""
    digits = ideographs.DIGITS
    return re.compile(
        f"(?P<form>(?<=[{_HAN}])[{_FORMS}]+(?![部旁字])|(?<![{_FORMS}])[{_FORMS}]+(?=[{_HAN}])(?![部旁字]))"
        f"|(?<=[{_HAN}])(?P<shape>[{_SHAPES}])(?=[{_HAN}])"
        f"|(?<=[{digits}])(?P<circle>[{_CIRCLES}]+)(?=[{digits}年])"
        f"|(?<=[{_HAN}])(?P<private>[{ideographs.PRIVATE}])(?=[{_HAN}])"
    )


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile(f"[{_FORMS}{_SHAPES}{_CIRCLES}{ideographs.PRIVATE}]+")


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(f"[{KANA}{HANGUL}]")


class LookalikeIdeograph(Rule):
    """A character has the shape of an ideograph and is another.

    PDF fonts yield radicals (⽤ for 用), old converters leave compatibility and
    private-use characters, recognition reads ニ for 二. It looks right and cannot be
    searched. Tables of radicals, Japanese and Korean text stay.
    """

    code = "UNI006"
    phase = Phase.CHARACTERS
    severity = Severity.WARNING
    gate = "seedlint.document:is_ideographic"
    triggers = members(
        _FORMS + _CIRCLES + "".join(ideographs.DASHES).replace(_PROLONGED, "") + ideographs.PRIVATE
    )
    context = (_KANA, f"(?<=[{BEYOND}].)(?=[{BEYOND}])")
    damaged = (
        Example("商业\u2f64途，\u2f00个人", repaired="商业用途，一个人"),
        Example("这个客\u2f3e端", repaired="这个客户端"),
        Example("樹\uf9f4", repaired="樹林"),
        Example("第ニ次世界大戰", suggested="第二次世界大戰"),
        Example("二○○八年", repaired="二〇〇八年"),
    )
    sound = (
        "⼀ ⼁ ⼂ ⼃ 是康熙部首",
        "ロボットの手は二本です",
        "他叫ニコ，日本人，王○明",
        "上海ー北京",
        "「网」字拆作⿵冂㐅，也有人写作⿵⺆㐅。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every such character that stands in Chinese text."""
        for match in self._matches(document.text):
            if not _is_foreign(document, match) and (not match["shape"] or _fits(document, match)):
                yield self._report(document, match)

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        for found in _candidates().finditer(text):
            if not is_described(text, found.start()):
                yield from _pattern().finditer(text, found.start(), found.end() + 1)

    def _report(self, document: Document, match: re.Match[str]) -> Diagnostic:
        span = Span(*match.span())
        codes = " ".join(f"U+{ord(char):04X}" for char in match[0])
        if match["private"]:
            return self.at(span, f"private-use character {codes}, which no other font shows")
        meant = _meant(document, match[0])
        usual = match["circle"] and document.analysis(evidence).script is Script.TRADITIONAL  # Big5 has no 〇
        fix = Fix.replace(span, meant, safe=not (match["shape"] or usual))
        return self.at(span, f"{match[0]} ({codes}) in the place of {meant}", fix=fix)


def _is_foreign(document: Document, match: re.Match[str]) -> bool:
    """Whether the line has kana or hangul besides the character itself."""
    line = document.line_span(match.start())
    around = document.text[line.start : match.start()] + document.text[match.end() : line.end]
    return any(char not in _SHAPES for char in _foreign().findall(around))


def _meant(document: Document, chars: str) -> str:
    """The ideographs, in the script of the document: one radical serves 户 and 戶, 长 and 長."""
    plain = "".join(ideographs.equivalents().get(char, char) for char in chars)
    script, table = document.analysis(evidence).script, characters()
    if script is Script.SIMPLIFIED:
        return "".join(table.traditional.get(char, char) for char in plain)
    if script is Script.TRADITIONAL:
        return "".join(table.simplified.get(char, char)[0] for char in plain)
    return plain


def _fits(document: Document, match: re.Match[str]) -> bool:
    """Whether the ideograph makes a word here and is more plausible than a break."""
    from seedlint.language.plausibility import model

    meant = ideographs.equivalents()[match[0]]
    before = re.split(r"\W", document.text[max(match.start() - 2, 0) : match.start()])[-1]
    after = re.split(r"\W", document.text[match.end() : match.end() + 2])[0]
    if model().word(before[-1:] + meant) is None and model().word(meant + after[:1]) is None:
        return False
    return model().score(before + meant + after) > model().score(f"{before}，{after}") + _GAIN
