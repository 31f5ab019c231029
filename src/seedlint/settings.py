"""What applies to one file: which rules, which encoding, which script, which severities."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from seedlint.diagnostic import Diagnostic, Severity
from seedlint.document import Document
from seedlint.language.scripts import SCRIPTS
from seedlint.registry import matching, select
from seedlint.rule import Rule

# Codecs of Python that read any bytes without failing and write them again.
ENCODINGS = tuple(
    "utf-8 gb18030 gbk gb2312 big5 big5hkscs cp950 shift_jis cp932 euc_jp euc_kr cp949 johab"
    " utf-16-le utf-16-be latin-1 iso8859-2 iso8859-5 iso8859-7 iso8859-9 iso8859-15 cp437 cp850 cp866 cp874"
    " cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u mac-roman ascii".split()
)


class BadSettings(ValueError):
    """A setting that cannot be; the message is for the user and names what can."""


def nearest(word: str, known: tuple[str, ...]) -> str:
    """``; did you mean 'X'?`` where something known is like ``word``, else all that is known."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), known, n=1)
    return f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(known)}"


def check_script(script: str) -> str:
    """``script`` itself; raises BadSettings for one that is not known."""
    if script not in SCRIPTS:
        raise BadSettings(f"there is no script {script!a}; valid are {', '.join(SCRIPTS)}")
    return script


def check_encoding(encoding: str) -> str:
    """``encoding`` itself; raises BadSettings for one in which files cannot be read and written back."""
    try:
        known = codecs.lookup(encoding).name in {codecs.lookup(name).name for name in ENCODINGS}
    except (LookupError, ValueError):
        known = False
    if not known:
        raise BadSettings(f"{encoding!a} is not an encoding of text files; valid are {', '.join(ENCODINGS)}")
    return encoding


def check_severity(severity: str) -> Severity:
    """``severity`` as a value; raises BadSettings."""
    try:
        return Severity(severity)
    except ValueError as error:
        raise BadSettings(f"there is no severity {severity!a}; valid are {', '.join(Severity)}") from error


@dataclass(frozen=True)
class Settings:
    """Choices for one file. Selectors are codes, prefixes of codes, names or ``ALL``.

    ``severity`` holds pairs of a selector and a severity, the later ones winning.
    Raises BadSettings for an unknown script, encoding or severity.
    """

    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    encoding: str = "utf-8"
    script: str | None = None
    severity: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.encoding != "utf-8":
            check_encoding(self.encoding)
        if self.script is not None:
            check_script(self.script)
        for _, severity in self.severity:
            check_severity(severity)

    def __getstate__(self) -> dict[str, object]:
        """All but the rules, which are found again where the settings arrive."""
        return {name: value for name, value in vars(self).items() if name != "rules"}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run, each with its severity; raises seedlint.registry.UnknownRule."""
        chosen = select(self.select, self.ignore, self.extend_select)
        levels = {code: severity for selector, severity in self.severity for code in matching(selector)}
        return tuple(_Graded(rule, levels[rule.code]) if rule.code in levels else rule for rule in chosen)


class _Graded(Rule):
    """A rule that speaks with another severity."""

    def __init__(self, rule: Rule, severity: str) -> None:
        self.rule = rule
        self.code, self.phase = rule.code, rule.phase  # type: ignore[misc]
        self.severity = Severity(severity)  # type: ignore[misc]
        self.regions = rule.regions  # type: ignore[misc]

    def name(self) -> str:
        """The rule's name."""
        return self.rule.name()

    def concerns(self, document: Document) -> bool:
        """Whether the rule need run."""
        return self.rule.concerns(document)

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """What the rule finds."""
        return (replace(one, severity=self.severity) for one in self.rule.check(document))
