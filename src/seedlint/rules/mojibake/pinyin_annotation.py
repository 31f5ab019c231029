"""pinyin-annotation: readings that a copy site inserted behind characters."""

from __future__ import annotations

from seedlint.channels.copysite import Site
from seedlint.channels.copysite_annotations import Note
from seedlint.channels.copysite_findings import findings, is_safe, replacements
from seedlint.channels.copysite_readings import SYLLABLE, TONED
from seedlint.channels.copysite_replaced import Replaced
from seedlint.channels.copysite_traces import LOST
from seedlint.channels.copysite_windows import Window
from seedlint.rule import (
    Diagnostic,
    Document,
    Example,
    Fix,
    Iterator,
    Phase,
    Rule,
    Severity,
    Span,
    Verdict,
)


class PinyinAnnotation(Rule):
    """A copy site put the reading behind characters that everybody knows.

    `產(chǎn)品` should read 產品. The site edits GBK bytes without minding where
    a character begins, so a reading also lands between the bytes of two characters and
    tears them apart: `演變?yōu)樯鷳B(tài)` was 演變為生態. Some sites write the reading in
    the place of a character, `rì本`. Search, translation and
    every program that counts words fail on both. Readings that an author wrote stay:
    rare characters and names, lessons, one reading among several.
    """

    code = "MOJ004"
    phase = Phase.MOJIBAKE
    severity = Severity.ERROR
    gate = "seedlint.document:is_ideographic"
    triggers = frozenset(TONED)
    context = (
        f"(（{LOST}",
        rf"(?:(?<=[{LOST}])|(?<=[^\x00-\x7f].)|(?<=[^\x00-\x7f][@-~].)){SYLLABLE} ?[)）]",
    )
    cause = "copied by a site that annotates pinyin in GBK bytes"
    damaged = (
        Example("國產(chǎn)大模型的技術(shù)優(yōu)勢。", repaired="國產大模型的技術優勢。"),
        Example("終將演變?yōu)樯鷳B(tài)價值的釋放。", repaired="終將演變為生態價值的釋放。"),
        Example("他們?cè)噲D設(shè)計(jì)一種語言。", repaired="他們試圖設計一種語言。"),
    )
    sound = (
        "赟(yūn)字多用於人名。",
        "记者张翀(chōng)昨日抵达现场。",
        "学(xué)而(ér)时(shí)习(xí)之(zhī)，不(bù)亦(yì)说(yuè)乎(hū)！",
        "“单”作姓氏时读单(shàn)，不读单(dān)。",
        "产 (chǎn) v. to produce",
        "腫瘤(neoplasm)分為良性與惡性兩種。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report every reading inserted, in its own place or between the bytes of two characters."""
        found = document.analysis(findings)
        for note in found.judgement.sure:
            yield self._note(note, document.text, safe=True)
        for note in found.judgement.likely:
            yield self._note(note, document.text, safe=False)
        for window in found.annotated:
            yield self._window(window)
        for place in document.analysis(replacements):
            yield self._replaced(place)

    def _note(self, note: Note, text: str, *, safe: bool) -> Diagnostic:
        width = 1 if text[note.start - 1] == note.char else 2
        site = Site(((note.char, note.reading),), note.form, cuts=False)
        edit = Fix.remove(Span(note.start, note.end), safe=safe)
        return self.at(
            Span(note.start - width, note.end),
            f"the reading of {note.char} was inserted by a copy site",
            fix=Fix(edit.edits, edit.safety, replay=site),
            evidence={"character": note.char, "reading": note.reading},
        )

    def _window(self, window: Window) -> Diagnostic:
        best, safe, span = window.best, is_safe(window), Span(window.start, window.end)
        shown = "".join(f"{char}({reading})" for char, reading in best.readings)
        return self.at(
            span,
            f"a reading was inserted between the bytes of two characters: {window.damaged} was {best.text}",
            fix=None if best.lacks_digit else Fix.replace(span, best.text, safe=safe, replay=best.site),
            verdict=Verdict.RESTORABLE if safe else Verdict.AMBIGUOUS,
            evidence={"readings": shown, "bytes": window.cut(), "candidates": window.odds()},
        )

    def _replaced(self, place: Replaced) -> Diagnostic:
        span, char = Span(place.start, place.end), place.characters[0]
        return self.at(
            span,
            f"the reading {place.reading} stands in the place of a character",
            fix=Fix.replace(span, char, safe=False, replay=place),
            evidence={"reading": place.reading, "candidates": [{"text": one} for one in place.characters]},
        )
