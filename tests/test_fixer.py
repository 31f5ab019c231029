"""The fixer: phases in order, places in the text as it is in the file, three laws."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.diagnostic import Diagnostic, Edit, Fix, Safety, Severity, Span, Transcode, Verdict
from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.registry import all_rules
from seedlint.rule import Phase, Rule

Repair = Callable[[str], str | None]


def rule(
    code: str,
    phase: Phase,
    pattern: str,
    replacement: str | None,
    *,
    safe: bool = True,
    verdict: Verdict | None = None,
    replay: Callable[[str], str] | None = None,
) -> Rule:
    """A rule that finds ``pattern`` and puts ``replacement`` in its place."""

    class Made(Rule):
        """A rule for tests."""

        def check(self, document: Document) -> Iterator[Diagnostic]:
            for match in re.finditer(pattern, document.text):
                span = Span(*match.span())
                fix = None
                if replacement is not None:
                    fix = Fix.replace(span, match.expand(replacement), safe=safe, replay=replay)
                yield self.at(span, "found", fix=fix, verdict=verdict)

    Made.code, Made.phase, Made.severity = code, phase, Severity.WARNING
    return Made()


def test_a_later_phase_reads_what_an_earlier_one_repaired() -> None:
    rules = [rule("AAA001", Phase.MOJIBAKE, r"\(x\)", ""), rule("BBB001", Phase.CHROME, "related\n", "")]
    outcome = repair(Document("text\nrel(x)ated\n"), rules)
    assert outcome.text == "text\n"
    assert [(one.code, one.span) for one in outcome.diagnostics] == [
        ("BBB001", Span(5, 16)),
        ("AAA001", Span(8, 11)),
    ]


def test_edits_of_a_later_phase_are_given_for_the_original() -> None:
    rules = [rule("AAA001", Phase.MOJIBAKE, "a+", "b"), rule("BBB001", Phase.PUNCTUATION, "bc", "d")]
    outcome = repair(Document("xaaac"), rules)
    later = next(one for one in outcome.diagnostics if one.code == "BBB001")
    assert later.fix is not None
    assert later.fix.edits == (Edit(1, 5, "d"),)


def test_what_is_lost_is_protected_from_later_rules() -> None:
    rules = [
        rule("AAA001", Phase.MOJIBAKE, "##", None, verdict=Verdict.LOST),
        rule("BBB001", Phase.PUNCTUATION, "#", "x"),
    ]
    outcome = repair(Document("# ## #"), rules)
    assert outcome.text == "x ## x"


@pytest.mark.parametrize(
    ("phase", "many", "hidden"),
    [
        (Phase.CHARACTERS, 40, False),
        (Phase.SCRIPTS, 40, True),
        (Phase.SCRIPTS, 8, True),
        (Phase.SCRIPTS, 7, False),
        (Phase.PUNCTUATION, 40, False),
    ],
)
def test_scripts_alone_are_told_without_what_is_lost(phase: Phase, many: int, hidden: bool) -> None:
    read: list[str] = []

    class Reads(Rule):
        """A rule for tests."""

        def check(self, document: Document) -> Iterator[Diagnostic]:
            read.append(document.text)
            return iter(())

    Reads.code, Reads.phase, Reads.severity = "BBB001", phase, Severity.WARNING
    lost = "#" * many
    rules = [rule("AAA001", Phase.MOJIBAKE, "#+", None, verdict=Verdict.LOST), Reads()]
    repair(Document(f"{'a' * 20}{lost}b"), rules)
    assert [lost in text for text in read] == [not hidden]


def test_what_begins_before_the_first_of_what_is_lost_is_not_touched() -> None:
    rules = [
        rule("AAA001", Phase.MOJIBAKE, "##", None, verdict=Verdict.LOST),
        rule("BBB001", Phase.PUNCTUATION, "a##|##c", "x"),
    ]
    assert repair(Document("a## b ##c"), rules).text == "a## b ##c"


def test_what_is_lost_among_the_bytes_is_protected_from_the_next_phase() -> None:
    rules = [
        rule("AAA001", Phase.BYTES, "##", None, verdict=Verdict.LOST),
        rule("BBB001", Phase.MOJIBAKE, "#", "x"),
    ]
    assert repair(Document("# ## #"), rules).text == "x ## x"


def test_an_unsafe_fix_needs_to_be_asked_for() -> None:
    rules = [rule("AAA001", Phase.CHARACTERS, "a", "b", safe=False)]
    assert repair(Document("a"), rules).text == "a"
    assert repair(Document("a"), rules, unsafe=True).text == "b"


def test_the_lower_code_wins_within_a_phase() -> None:
    rules = [rule("AAA002", Phase.CHROME, "abc", "y"), rule("AAA001", Phase.CHROME, "b", "x")]
    assert repair(Document("abc"), rules).text == "axc"


def test_phases_repeat_until_nothing_changes() -> None:
    rules = [rule("AAA001", Phase.MOJIBAKE, "b", "c"), rule("BBB001", Phase.CHARACTERS, "a", "b")]
    assert repair(Document("a"), rules).text == "c"


@pytest.mark.parametrize(("letters", "repaired"), [("abc", "c"), ("abcd", "d"), ("abcde", "a")])
def test_a_repair_takes_three_rounds_at_most(letters: str, repaired: str) -> None:
    """Each rule is of an earlier phase than that whose repair it needs."""
    rules = [
        rule(f"{one * 3}001".upper(), Phase(6 - at), one, other)
        for at, (one, other) in enumerate(pairwise(letters))
    ]
    outcome = repair(Document("a"), rules)
    assert outcome.text == repaired
    assert bool(outcome.broken) == (repaired == "a")


def test_a_fix_may_uncover_what_a_later_phase_only_reports() -> None:
    rules = [rule("AAA001", Phase.MOJIBAKE, "a", "b"), rule("BBB001", Phase.PUNCTUATION, "b", None)]
    outcome = repair(Document("a"), rules)
    assert outcome.text == "b"
    assert not outcome.broken
    assert [one.code for one in outcome.remaining] == ["BBB001"]


@pytest.mark.parametrize(("text", "readings"), [("x", 1), ("xa", 2)])
def test_no_more_is_read_than_the_proof_needs(text: str, readings: int) -> None:
    """Once, and once again where something was repaired."""
    read: list[str] = []

    class Reads(Rule):
        """A rule for tests."""

        code, phase, severity = "BBB001", Phase.SCRIPTS, Severity.WARNING

        def check(self, document: Document) -> Iterator[Diagnostic]:
            read.append(document.text)
            return iter(())

    repair(Document(text), [Reads(), rule("AAA001", Phase.CHARACTERS, "a", "b")])
    assert len(read) == readings


def test_a_fix_that_leaves_its_diagnostic_is_withheld() -> None:
    rules = [
        rule("AAA001", Phase.CHARACTERS, "a", "a"),
        rule("AAA002", Phase.CHARACTERS, "z", "y"),
    ]
    outcome = repair(Document("az"), rules)
    assert outcome.text == "ay"
    assert [one.code for one in outcome.broken] == ["AAA001"]


def test_a_fix_that_creates_an_earlier_diagnostic_is_withheld() -> None:
    rules = [rule("AAA001", Phase.MOJIBAKE, "b", None), rule("BBB001", Phase.CHARACTERS, "a", "b")]
    outcome = repair(Document("a-a"), rules)
    assert outcome.text == "a-a"
    assert {one.code for one in outcome.broken} == {"BBB001"}


def test_a_fix_that_creates_a_diagnostic_of_its_own_phase_is_withheld() -> None:
    rules = [rule("AAA001", Phase.CHARACTERS, "a", "b"), rule("BBB001", Phase.CHARACTERS, "b", None)]
    outcome = repair(Document("a"), rules)
    assert outcome.text == "a"
    assert [one.code for one in outcome.broken] == ["AAA001"]


def test_two_rules_that_undo_each_other_are_withheld() -> None:
    rules = [rule("AAA001", Phase.CHARACTERS, "a", "b"), rule("BBB001", Phase.SCRIPTS, "b", "a")]
    outcome = repair(Document("a"), rules)
    again = repair(Document(outcome.text), rules)
    assert outcome.broken
    assert again.text == outcome.text


def test_a_repair_that_does_not_damage_back_is_not_made() -> None:
    def right(text: str) -> str:
        return text.replace("b", "a")

    proved = rule("AAA001", Phase.MOJIBAKE, "a", "b", replay=right)
    assert repair(Document("xa"), [proved]).text == "xb"
    for other in ("", "b", "z"):
        refuted = rule("AAA001", Phase.MOJIBAKE, "a", "b", replay=lambda _, other=other: other)  # type: ignore[misc]
        assert repair(Document("xa"), [refuted]).text == "xa"


def test_a_transcoding_reads_the_bytes_anew() -> None:
    class Made(Rule):
        """A rule for tests."""

        code, phase, severity = "AAA001", Phase.BYTES, Severity.ERROR

        def check(self, document: Document) -> Iterator[Diagnostic]:
            if "\udcd6" in document.text:
                fix = Fix((), Safety.SAFE, Transcode("gbk", "utf-8"))
                yield self.at(Span(0, len(document.text)), "not UTF-8", fix=fix)

    rules = [Made(), rule("BBB001", Phase.PUNCTUATION, ",", "，")]
    outcome = repair(Document.from_bytes("中国,好".encode("gbk")), rules)
    assert outcome.data == "中国，好".encode()
    assert outcome.document.encoding == "gbk"
    assert [one.span for one in outcome.diagnostics] == [Span(0, 0), Span(2, 3)]


class OtherEncoding(Rule):
    """A rule for tests: what is in Windows-1252 becomes UTF-8."""

    code, phase, severity = "AAA001", Phase.BYTES, Severity.ERROR

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if "\udcef" in document.text:
            fix = Fix((), Safety.SAFE, Transcode("windows-1252", "utf-8"))
            yield self.at(Span(0, len(document.text)), "not UTF-8", fix=fix)


def test_a_repair_after_which_the_file_seems_to_be_in_another_encoding_is_withheld() -> None:
    """The bytes of the file are not those that the encoding was told from."""
    document = Document.from_bytes(b"\xc3xa\xef")
    seeming = Document.from_bytes(b"\xc3a\xef").text

    class Seems(OtherEncoding):
        """A rule for tests."""

        def check(self, document: Document) -> Iterator[Diagnostic]:
            return super().check(document) if document.text == seeming else iter(())

    outcome = repair(document, [Seems(), rule("BBB001", Phase.CHARACTERS, "x", "")])
    assert outcome.data == document.data
    assert [one.code for one in outcome.broken] == ["BBB001"]


def test_another_encoding_alone_is_a_change() -> None:
    outcome = repair(Document.from_bytes(b"na\xefve"), [OtherEncoding()])
    assert outcome.changed
    assert outcome.text == outcome.document.text
    assert outcome.data == "na\u00efve".encode()


def test_what_asks_for_more_in_its_new_encoding_is_left_as_it_is() -> None:
    class OnlyUtf8(Rule):
        """A rule for tests."""

        code, phase, severity = "BBB001", Phase.CHARACTERS, Severity.WARNING

        def check(self, document: Document) -> Iterator[Diagnostic]:
            if document.encoding == "utf-8" and document.text.startswith("n"):
                yield self.at(Span(0, 1), "found", fix=Fix.remove(Span(0, 1)))

    document = Document.from_bytes(b"na\xefve")
    assert repair(document, [OtherEncoding(), OnlyUtf8()]).data == document.data


@given(st.text(alphabet='中文字,。:;?!()“”"ab1 \n\u200b\u202e\x1bＡ裏里后後', max_size=60))
def test_laws_of_all_rules_on_any_text(text: str) -> None:
    rules = all_rules()
    for unsafe in (False, True):
        outcome = repair(Document(text), rules, unsafe=unsafe)
        assert not outcome.broken
        again = repair(Document(outcome.text), rules, unsafe=unsafe)
        assert again.text == outcome.text
        assert not again.applied


@given(st.binary(max_size=80))
def test_a_lint_of_any_bytes_loses_nothing(data: bytes) -> None:
    outcome = repair(Document.from_bytes(data), all_rules())
    assert outcome.changed or outcome.data == data


def test_many_repairs_inside_what_one_repair_wrote() -> None:
    """They have one place in the original, and are done in one round: as many as the line needs."""
    line = "这个问题还没有解决，专家们认为应该认真研究，从实际出发，寻找办法，为经济发展创造条件。"
    mixed = "这里的问題和設备都还没有準备好，经过討论，他们決定继续研究，从實际出發，寻找办法。"
    damaged = "\n".join([line, line, line, line + mixed]).encode("gbk").decode("latin-1")
    outcome = repair(Document(damaged), all_rules())
    assert outcome.text.endswith(mixed.translate(str.maketrans("題設準討決實發", "题设准讨决实发")))
    assert not outcome.remaining


def test_what_is_left_of_misread_text_tells_of_no_script() -> None:
    """GBK read as Big5 is full of Traditional characters; a line that came back is Simplified still."""
    whole = "通过这种方式可以跳过不必要的比较，目标元素位于该区间内，并移动到合并结果中。"
    lossy = "通过奖励矿工执行之前的任务来创建新的数字货币，低地森林的砍伐及过度猎杀造成牠们灭绝的命运。"
    damaged = "\n".join(text.encode("gbk").decode("big5", "replace") for text in [whole, *[lossy] * 4])
    assert "\N{REPLACEMENT CHARACTER}" in damaged.split("\n")[1]
    outcome = repair(Document(damaged), all_rules())
    assert outcome.text.split("\n")[0] == whole
    assert {one.code for one in outcome.remaining} == {"MOJ002"}
