"""odd-space: spaces that are out of place in Chinese text."""

import re
from functools import cache

from seedlint.language.script_spacing import ODD, SEPARATORS, UNUSUAL, spacing
from seedlint.places import neighbourhoods
from seedlint.rule import Diagnostic, Document, Example, Fix, Iterator, Phase, Rule, Severity, Span

_CHINESE = "\u3400-\u9fff，。、；：？！（）「」《》“”"


@cache
def _pattern() -> re.Pattern[str]:
    """Narrow and no-break spaces between Chinese characters, wide ones in Latin text, separators."""
    return re.compile(
        f"(?P<odd>[{ODD}](?<=[{_CHINESE}].)(?<![0-9]、.)[{ODD}]*(?=[{_CHINESE}]))"
        "|(?P<wide>\u3000(?<=[A-Za-z0-9,.].)\u3000*(?=[A-Za-z0-9]))"
        f"|(?P<line>[{SEPARATORS}])"
    )


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile(f"[{UNUSUAL}]")


class OddSpace(Rule):
    """A space stands where the text needs none, or of a kind that it does not need.

    No-break spaces come with text copied from web pages, spaces inside words and
    lines cut in mid-sentence with text extracted from PDF. The latter two are
    reported only where the whole document shows them.
    """

    code = "UNI005"
    phase = Phase.CHARACTERS
    severity = Severity.INFO
    gate = "seedlint.language.script_spacing:may_be_odd"
    damaged = (
        Example("第一步，\u00a0打开终端", repaired="第一步，打开终端"),
        Example("open\u3000source", repaired="open source"),
        Example("甲\u2028乙", repaired="甲\n乙"),
        Example(
            "我们 在这 里介 绍人 工智 能的 历史 和现 状以 及未 来的 发展 方向。",
            suggested="我们在这里介绍人工智能的历史和现状以及未来的发展方向。",
        ),
    )
    sound = ("文 / 王小明 攝影 / 李大同", "10\u00a0km, « oui »", "\u3000\u3000春眠不覺曉，處處聞啼鳥")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report spaces one by one; those of an extraction once the document shows it."""
        for start, end in neighbourhoods(_candidates(), document.text):
            yield from map(self._report, _pattern().finditer(document.text, start, end))
        found = document.analysis(spacing)
        for what, spans in (("space", found.spaces), ("line end", found.wraps)):
            for span in spans:
                yield self.at(span, f"{what} inside a Chinese sentence", fix=Fix.remove(span, safe=False))

    def _report(self, match: re.Match[str]) -> Diagnostic:
        span, kind = Span(*match.span()), match.lastgroup or ""
        replacement = {"odd": "", "wide": " ", "line": "\n"}[kind]
        codes = " ".join(f"U+{ord(char):04X}" for char in match[0])
        return self.at(span, f"{_WHAT[kind]} ({codes})", fix=Fix.replace(span, replacement))


_WHAT = {
    "odd": "no-break or thin space between Chinese characters",
    "wide": "ideographic space in Latin text",
    "line": "line separator",
}
