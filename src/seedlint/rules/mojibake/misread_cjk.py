"""misread-cjk: Chinese, Japanese or Korean text read in the wrong double-byte encoding, or from one."""

from __future__ import annotations

from seedlint.rule import (
    EVERYWHERE,
    Diagnostic,
    Document,
    Example,
    Iterator,
    Phase,
    Rule,
    Severity,
)


class MisreadCjk(Rule):
    """Text in one encoding was read as another: `鐨勫姛鑳` was 的功能.

    Every character is another one, and bytes that the wrong encoding does not have
    are lost. The bytes that are left are read again as what they were; lost bytes are
    filled in only as far as the encodings and the language allow, and what comes out
    is damaged again to prove it.
    """

    code = "MOJ002"
    phase = Phase.MOJIBAKE
    severity = Severity.ERROR
    regions = EVERYWHERE
    gate = "seedlint.channels.suspects:may_be_misread"
    damaged = (
        Example("浠婂ぉ澶╂皵寰堝ソ", repaired="今天天气很好"),
        Example("½ñÌìÌìÆøºÜºÃ£¬ÎÒÃÇÈ¥¹«Ô°¡£", repaired="今天天气很好，我们去公园。"),
        Example("鏈�鍚庢槸闂�棰樸��", suggested="最后是问题。"),
    )
    sound = (
        "锇、铱、锕、镎属于金属元素。",
        "镕基、喆、堃、媖都是人名用字。",
        "```\n鐨勫姛鑳\n```\n上面这段是用 GBK 打开 UTF-8 文件的效果。",
        "A avó não está; amanhã virá à tarde.",
        "ㄇㄧㄥˊ ㄊㄧㄢ",
        "∑∏√∞≠≤≥",
        "MACRO@DATE_TOMORROW ㄇㄧㄥˊ-ㄊㄧㄢ -8\nMACRO@TIME_NOW ㄒㄧㄢˋ-ㄗㄞˋ -8",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report what was read in a double-byte encoding, or written in one."""
        from seedlint.channels.explanation import describe
        from seedlint.channels.misreading import misreadings

        for one in document.analysis(misreadings):
            if not one.found.single_byte:
                yield self.at(one.found.span, **describe(one))
