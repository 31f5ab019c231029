"""credit-line: source, editor, reporter, the link back to the source."""

from seedlint.chrome.markdown import source_link
from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Diagnostic, Document, Example, Iterator, Severity, Span
from seedlint.rules.chrome._block_rule import BlockRule


class CreditLine(BlockRule):
    """Source, editor and reporter lines of the page stand in the text.

    They are not part of what was written, and yet they say who wrote it: reported,
    and removed by unsafe fixes only. The link back to the source, alone at the end,
    is reported and always stays.
    """

    code = "WEB005"
    gate = "seedlint.chrome.gate:credits_somebody"
    severity = Severity.INFO
    chrome = ChromeClass.CREDIT_LINE
    what = "credit line: attribution, left unless unsafe fixes are asked for"
    damaged = (
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "来源：山城晚报\n"
            "责任编辑：李小禾\n",
            suggested="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "(通讯员 张山 李水)\n",
            suggested="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "他的来源很可靠，编辑也认识他。\n",
        "责任编辑是一种职称，评起来并不容易。\n",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report credit lines, and the link back to the source."""
        yield from super().check(document)
        if line := document.analysis(source_link):
            yield self.at(Span(line.start, line.end), "link back to the source: it stays")
