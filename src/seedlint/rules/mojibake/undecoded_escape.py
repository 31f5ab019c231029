"""undecoded-escape: escapes of HTML, JSON, URLs and mail that nobody decoded."""

from __future__ import annotations

from seedlint.channels.escapes import ESCAPED, Escaped, escapes
from seedlint.regions import Region
from seedlint.rule import (
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

_QUOTES = "\"'"
_HYPERTEXT = frozenset("htm html xhtml xml svg vue".split())
_PAGES = _HYPERTEXT | frozenset("md markdown mkd mdx rst adoc wiki".split())


class UndecodedEscape(Rule):
    """Escapes stand in the text in place of the characters they mean.

    `&#x4e2d;`, `&nbsp;`, `\\u4e2d`, `%E4%B8%AD`, `=E4=B8=AD` and `#xff0c;` belong to
    HTML, JSON, URLs and mail; a reader should never see them. Names such as `&lt;` stay
    in pages and Markdown, which are shown with the characters that they mean.
    """

    code = "MOJ006"
    phase = Phase.MOJIBAKE
    severity = Severity.WARNING
    context = ESCAPED
    damaged = (
        Example("&#x4e2d;&#x6587;的网页", repaired="中文的网页"),
        Example("配置完后#xff0c;再编译#x3002;", repaired="配置完后，再编译。"),
        Example(r"\u4e2d\u6587", repaired="中文"),
        Example("%E4%B8%AD%E6%96%87", repaired="中文"),
        Example("=E4=B8=AD=E6=96=87", repaired="中文"),
        Example("他说&nbsp;好。", repaired="他说 好。"),
    )
    sound = (
        r"const s = '\u4e2d\u6587';",
        '<p title="&#20013;&#25991;">中文</p>',
        "https://example.org/%E4%B8%AD%E6%96%87?q=%E4%BD%A0",
        "正则 `\\u4e00-\\u9fff` 匹配汉字。",
        "折扣是50%，100%满意。",
        r"字符 Ǒ（\u01D1）带有声调，正则写作 [\u4e00-\u9fff]。",
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report runs of escapes outside code, strings and web pages."""
        for found in escapes(document.text):
            if not (
                _is_read(document, found)
                or _is_notation(document.text, found)
                or _is_quoted(document.text, found)
            ):
                yield self._escape(document, found)

    def _escape(self, document: Document, found: Escaped) -> Diagnostic:
        proved = found.encode(found.text) == document.text[found.span.start : found.span.end]
        shown = found.text if len(found.text) <= 24 else found.text[:23] + "…"
        return self.at(
            found.span,
            f"{found.kind} escapes for {shown}",
            fix=Fix.replace(found.span, found.text, safe=proved, replay=found.encode if proved else None),
            verdict=Verdict.RESTORABLE if proved else Verdict.AMBIGUOUS,
        )


def _is_read(document: Document, found: Escaped) -> bool:
    """Whether what shows the text reads a reference: hypertext all of them, Markdown signs of its own."""
    if found.kind == "reference" and _suffix(document) in _HYPERTEXT:
        return True
    return _is_syntax(document.text, found) and document.analysis(_is_page)


def _is_syntax(text: str, found: Escaped) -> bool:
    """Whether a reference is a name, or a sign that Markdown and HTML would read as their own."""
    named = "#" not in text[found.span.start : found.span.end]
    return found.kind == "reference" and (named or (found.text.isascii() and not found.text.isalnum()))


def _is_notation(text: str, found: Escaped) -> bool:
    """Whether escapes name a character or a range of them: one by itself, or one to another."""
    beside = text[max(found.span.start - 1, 0) : found.span.start] + text[found.span.end : found.span.end + 1]
    alone = len(found.text) == 1 and not any(map(str.isalnum, beside))
    ranged = len(found.text) == 3 and found.text[1] in "-~" and found.text[0] < found.text[2]
    return found.kind == "unicode" and (alone or ranged)


def _is_page(document: Document) -> bool:
    """Whether names of characters are read by whatever shows the text, as Markdown and HTML are."""
    return _suffix(document) in _PAGES or any(kind is Region.MARKUP for _, kind in document.regions)


def _suffix(document: Document) -> str:
    return (document.path or "").lower().rpartition(".")[2]


def _is_quoted(text: str, found: Escaped) -> bool:
    """Whether the escapes stand in a string, as source code and JSON write them."""
    start, end = found.span
    before, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    after = after if after >= 0 else len(text)
    return any(text.find(one, before, start) >= 0 and text.find(one, end, after) >= 0 for one in _QUOTES)
