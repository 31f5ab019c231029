"""Markdown that looks like leftovers and stays: images without a description, the link to the source."""

from __future__ import annotations

from seedlint.chrome.gate import TAIL
from seedlint.chrome.lines import Kind, Line, Lines
from seedlint.document import Document

_PLACEHOLDERS = frozenset("图片 图像 图 圖片 圖 画像 写真 이미지 image img photo picture pic bild".split())


def _is_placeholder(text: str) -> bool:
    """Whether a line that begins like an image has for a description only the word for image."""
    return text[2 : text.find("]")].strip().lower() in _PLACEHOLDERS


def source_link(document: Document) -> Line | None:
    """The link that stands alone at the end of a text: the way back to where it was taken from."""
    if "](" not in document.text[-TAIL:]:
        return None
    lines = Lines(document)
    if len(lines) < 2:
        return None
    last = lines[-1]
    return last if last.kind is Kind.LINK and last.after_gap and last.text[0] == "[" else None


def placeholders(document: Document) -> tuple[Line, ...]:
    """Lines that are images without a description of their own."""
    if "![" not in document.text:
        return ()
    lines = Lines(document)
    images = [index for index, text in enumerate(lines.strings) if text[:2] == "!["]
    found = (lines[index] for index in images if _is_placeholder(lines.strings[index]))
    return tuple(line for line in found if line.kind is Kind.IMAGE)
