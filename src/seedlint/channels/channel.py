"""The channels: how text gets misread, each as a function that can be run."""

from __future__ import annotations

from dataclasses import dataclass

from seedlint.channels.reading import Reading

NAMES = {
    "utf-8": "UTF-8",
    "gbk": "GBK",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp950": "Big5",
    "big5hkscs": "Big5-HKSCS",
    "cp932": "Shift_JIS",
    "shift_jis": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "iso8859-2": "ISO 8859-2",
    "iso8859-15": "ISO 8859-15",
    "mac_roman": "Mac Roman",
    "cp437": "code page 437",
    "cp850": "code page 850",
}
DOUBLE_BYTE = frozenset(
    {"gbk", "gb18030", "big5", "cp950", "big5hkscs", "cp932", "euc_jp", "euc_kr", "cp949"}
)


@dataclass(frozen=True, slots=True)
class Channel:
    """Text written in one encoding and read as another."""

    true: str
    reading: Reading

    def damage(self, text: str) -> str:
        """Run the channel forward.

        Raises UnicodeEncodeError where the true encoding does not hold ``text``.
        """
        return self.reading.read(text.encode(self.true))

    def proves(self, original: str, damaged: str) -> bool:
        """Whether ``original`` comes out of the channel as ``damaged``, character for character."""
        try:
            return self.damage(original) == damaged
        except UnicodeEncodeError:
            return False

    def __str__(self) -> str:
        """The channel in words: "UTF-8 read as GBK"."""
        true, read = NAMES.get(self.true, self.true), NAMES.get(self.reading.codec, self.reading.codec)
        return f"{true} read as {read}"


def single_byte(channel: Channel) -> bool:
    """Whether UTF-8 was read as a page of single bytes."""
    return channel.true == "utf-8" and channel.reading.codec not in DOUBLE_BYTE


LATIN_PAGES = (
    "latin-1",
    "cp1252",
    "cp1254",
    "cp1250",
    "mac_roman",
    "cp437",
    "cp1251",
    "cp1253",
    "cp1257",
    "cp1258",
    "cp850",
    "iso8859-2",
    "iso8859-15",
)
