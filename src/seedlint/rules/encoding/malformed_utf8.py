"""malformed-utf8: byte sequences that look like UTF-8 and are not."""

from __future__ import annotations

from functools import partial

from seedlint.channels.byte_damage import UNDECODED, Malformed, byte_damage, overlong
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


class MalformedUtf8(Rule):
    """Sequences that look like UTF-8 and are not.

    CESU-8 writes a character beyond the BMP as two encoded surrogates, as Java and
    old databases do; overlong forms write a character in more bytes than it needs;
    a sequence cut short has lost its character.
    """

    code = "ENC004"
    phase = Phase.BYTES
    severity = Severity.ERROR
    triggers = UNDECODED
    regions = EVERYWHERE
    damaged = (
        Example("笑脸".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + "在这里".encode(), repaired="笑脸😀在这里"),
        Example(b"a\xc0\xafb", repaired="a/b"),
        Example("这一行被截断".encode() + b"\xe4\xb8"),
    )
    sound = ("笑脸😀在这里",)

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report malformed sequences; decode those that stand for a character."""
        for found in document.analysis(byte_damage).malformed:
            data = document.text[found.span.start : found.span.end].encode("utf-8", "surrogateescape")
            yield self._sequence(found, data)

    def _sequence(self, found: Malformed, data: bytes) -> Diagnostic:
        shown = data.hex(" ").upper()
        if found.text is None:
            return self.at(
                found.span,
                f"{found.kind}: {shown}",
                verdict=Verdict.LOST,
                evidence={"bytes": shown},
            )
        fix = Fix.replace(found.span, found.text, replay=partial(overlong, found.kind, len(data)))
        return self.at(found.span, f"{found.kind}: {shown}", fix=fix, evidence={"bytes": shown})
