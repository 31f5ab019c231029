"""end-marker: "the end", "to be continued", image placeholders."""

from dataclasses import replace

from seedlint.chrome.markdown import placeholders
from seedlint.chrome.phrases import ChromeClass
from seedlint.rule import Diagnostic, Document, Example, Iterator, Severity, Span
from seedlint.rules.chrome._block_rule import BlockRule


class EndMarker(BlockRule):
    """A marker of the end, or a placeholder for something that is not there, stands in the text.

    `— 完 —` told the reader of the page to stop scrolling, `（本章未完）` to turn the
    page. An image whose description is only the word for image is an image all the
    same: reported, and it stays.
    """

    code = "WEB007"
    gate = "seedlint.chrome.gate:ends"
    chrome = ChromeClass.END_MARKER
    what = "marker of the end of the page"
    damaged = (
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "— 完 —\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
        Example(
            "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n"
            "\n"
            "（本章未完，点击下一页继续阅读）\n",
            repaired="秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走。\n"
            "\n"
            "中午在溪边休息，大家把带来的干粮分着吃了，又说起去年的事。\n",
        ),
    )
    sound = (
        "故事到这里就完了。\n",
        "![黄昏的海边](https://example.org/1.png)\n\n他把书合上，说：完。\n",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report end markers, and images without a description."""
        yield from super().check(document)
        for line in document.analysis(placeholders):
            found = self.at(Span(line.start, line.end), "image described only as an image: it stays")
            yield replace(found, severity=Severity.INFO)
