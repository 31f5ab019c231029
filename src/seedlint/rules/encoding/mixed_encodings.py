"""mixed-encodings: some lines of a file are in another encoding than the rest."""

from __future__ import annotations

from seedlint.channels.byte_damage import UNDECODED, byte_damage
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
    Verdict,
)


class MixedEncodings(Rule):
    """Some lines are in another encoding than the rest of the file.

    It happens where files were joined or a line was pasted by a program with
    another default. No decoder reads the whole file. Each run of such lines is
    decoded on its own and written as UTF-8.
    """

    code = "ENC002"
    phase = Phase.BYTES
    severity = Severity.ERROR
    triggers = UNDECODED
    regions = EVERYWHERE
    damaged = (
        Example(
            "第一行是好的。\n".encode()
            + "第二行的编码不一样，要单独转换。\n".encode("gb18030")
            + "第三行。\n".encode(),
            repaired="第一行是好的。\n第二行的编码不一样，要单独转换。\n第三行。\n",
        ),
    )
    sound = ("第一行。\n第二行。\n",)

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every run of lines in another encoding."""
        for part in document.analysis(byte_damage).parts:
            certain = part.detection.certain
            yield self.at(
                part.span,
                f"these lines are in {part.detection.codec}, the file is in {document.encoding}",
                fix=Fix.replace(part.span, part.text, safe=certain, replay=part.replay),
                verdict=Verdict.RESTORABLE if certain else Verdict.AMBIGUOUS,
                evidence={"encoding": part.detection.codec},
            )
