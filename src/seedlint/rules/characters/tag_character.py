"""tag-character: text hidden in tags and variation selectors."""

import re
from functools import cache

from seedlint.language import script_joiners as joiners
from seedlint.places import neighbourhoods
from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Severity,
    Span,
)

_TAG_BASE = 0xE0000


@cache
def _pattern() -> re.Pattern[str]:
    """Flags are consumed first; group 1 is a run of tags, group 2 a run of selectors."""
    return re.compile(
        f"{joiners.FLAG}|([{joiners.TAGS}][{joiners.TAGS}{joiners.SELECTORS}]*)|([{joiners.SELECTORS}]{{2,}})"
    )


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile(f"[{joiners.TAGS}{joiners.SELECTORS}]+")


def _spelled(run: str) -> str:
    """The ASCII text that tags spell: U+E0041 is the tag of A."""
    return "".join(chr(ord(char) - _TAG_BASE) for char in run if 0x20 <= ord(char) - _TAG_BASE < 0x7F)


def _carried(run: str) -> str:
    """The bytes that variation selectors carry: 0 to 15 in the first block, 16 to 255 in the second."""
    data = bytes(ord(char) - 0xFE00 if char < "\uff00" else ord(char) - 0xE0100 + 16 for char in run)
    return data.decode("utf-8", "backslashreplace")


class TagCharacter(Rule):
    """Text is hidden in characters that nothing shows.

    Tags spell ASCII and runs of variation selectors carry bytes. People do not see
    them, language models and scripts read them: prompts, marks and stolen data
    travel this way. The diagnostic shows what the run says.
    """

    code = "UNI003"
    phase = Phase.CHARACTERS
    severity = Severity.ERROR
    regions = EVERYWHERE
    triggers = joiners.members(joiners.TAGS + joiners.SELECTORS)
    damaged = (
        Example("hello\U000e0068\U000e0069 world", repaired="hello world"),
        Example(
            "\N{SMILING FACE WITH SMILING EYES}\U000e0158\U000e0159",
            repaired="\N{SMILING FACE WITH SMILING EYES}",
        ),
    )
    sound = (
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "❤\N{VARIATION SELECTOR-16}",
        "葛\N{VARIATION SELECTOR-17}城市",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every run with what it spells."""
        for match in self._runs(document.text):
            tags, selectors = match.groups()
            if tags or selectors:
                hidden = _spelled(tags) if tags else _carried(selectors)
                span = Span(*match.span())
                message = f"{len(match[0])} hidden characters" + (f" that say {hidden!r}" if hidden else "")
                yield self.at(span, message, fix=Fix.remove(span), evidence={"hidden": hidden})

    def _runs(self, text: str) -> Iterator[re.Match[str]]:
        for start, end in neighbourhoods(_candidates(), text):
            yield from _pattern().finditer(text, start, end)
