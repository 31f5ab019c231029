"""not-utf8: the whole file is in another encoding."""

from __future__ import annotations

from seedlint.channels.byte_damage import UNDECODED, byte_damage
from seedlint.channels.detection import Detection
from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Safety,
    Severity,
    Span,
    Transcode,
    Verdict,
)


class NotUtf8(Rule):
    """The file is in another encoding than UTF-8.

    Programs that expect UTF-8 stop at it or show `��`. The encoding is the one in
    which the bytes make the most plausible text; the file is transcoded without
    asking only where no other encoding comes near. UTF-16 and UTF-32 that were cut are
    left alone, zeros and all.
    """

    code = "ENC001"
    phase = Phase.BYTES
    severity = Severity.ERROR
    triggers = UNDECODED | {"\0"}
    regions = EVERYWHERE
    damaged = (
        Example(
            "今天的天气很好，我们去公园散步。\n".encode("gb18030"),
            repaired="今天的天气很好，我们去公园散步。\n",
        ),
        Example("これは日本語の文章です。\n".encode("cp932"), repaired="これは日本語の文章です。\n"),
        Example("今天的天气很好".encode("utf-16")[:-1]),
    )
    sound = ("今天的天气很好。\n", "naïve café\n")

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Say which encoding the file is in, if it is in one."""
        found = document.analysis(byte_damage).whole
        if found is None or document.encoding != "utf-8":
            return
        yield self.at(
            Span(0, len(document.text)),
            f"not UTF-8: the file is in {found.codec}{'' if found.intact else ', cut or damaged'}",
            fix=_fix(found),
            verdict=_verdict(found),
            evidence={
                "cause": f"saved in {found.codec}",
                "encoding": found.codec,
                "margin": min(round(found.margin, 1), 999.0),
            },
        )


def _fix(found: Detection) -> Fix | None:
    if not found.intact:
        return None
    safety = Safety.SAFE if found.certain else Safety.UNSAFE
    return Fix(safety=safety, transcode=Transcode(found.codec, "utf-8"))


def _verdict(found: Detection) -> Verdict:
    if not found.intact:
        return Verdict.LOST
    return Verdict.RESTORABLE if found.certain else Verdict.AMBIGUOUS
