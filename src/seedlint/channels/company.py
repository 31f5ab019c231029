"""Lines among misread ones that show it by themselves too little: headings, names, a word or two.

Where a third of the lines went through a channel, it is the likeliest history of the others;
what is more plausible read back than as it stands went through it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from seedlint.channels.channel import Channel
from seedlint.channels.lossless import score
from seedlint.channels.restoration import Restoration
from seedlint.diagnostic import Span
from seedlint.document import Document

_SHARE = 3  # one line in so many
_LEAST = 3.0  # nats that a line gains
_LONGEST = 120  # characters of a line
_MOST = 2_000  # lines looked at


def in_company(document: Document, found: list[Restoration]) -> Iterator[Restoration]:
    """The lines of a document that went the way of those in ``found``, in order."""
    times = Counter(one.channels[0] for one in found if len(one.channels) == 1 and not one.unread)
    if not times:
        return
    taken = {document.line_span(one.span.start).start for one in found}
    lines = list(_lines(document))
    if _SHARE * len(taken) < len(lines):
        return
    channels = [channel for channel, _ in times.most_common(2)]
    for line in lines:
        if line.start not in taken:
            text = document.text[line.start : line.end]
            originals = (one for channel in channels for one in _read_back(channel, text, line))
            yield from sorted(originals, key=lambda one: -one.gain)[:1]


def _lines(document: Document) -> Iterator[Span]:
    """The lines beyond ASCII."""
    for start in document.line_starts[:_MOST]:
        line = document.line_span(start)
        if not document.text[line.start : line.end].isascii():
            yield line


def _read_back(channel: Channel, text: str, line: Span) -> Iterator[Restoration]:
    if len(text) > _LONGEST:
        return
    try:
        original = channel.reading.write(text).decode(channel.true)
    except UnicodeError:
        return
    gain = score(original) - score(text)
    if gain >= _LEAST and channel.proves(original, text):
        yield Restoration(line, original, (channel,), (), gain, rival=gain)
