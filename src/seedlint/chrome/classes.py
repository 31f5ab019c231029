"""What a line of chrome was for, told from its phrases and shape, else from the lines above it."""

from __future__ import annotations

import re
from collections import Counter

from seedlint.chrome.features import length_bucket
from seedlint.chrome.model import Scored
from seedlint.chrome.phrases import ChromeClass, Hit, Use
from seedlint.chrome.policy import LISTED, is_end_marker, is_moment

_WEIGHTS = {Use.STRONG: 3, Use.LABEL: 3, Use.LINE: 1}
_CAREFUL = (ChromeClass.CREDIT_LINE, ChromeClass.LEGAL_NOTICE)
_NUMBER = re.compile(r"\d[\d.,]*")
_HEADLINE = 8  # length bucket from which an unnamed line reads like the title of another article


def _careful(hits: tuple[Hit, ...]) -> ChromeClass | None:
    """The more frequent of credit and legal notice, if a label or a telling phrase speaks for them."""
    spoken = Counter(hit.chrome for hit in hits if hit.use is not Use.LINE and hit.chrome in _CAREFUL)
    return spoken.most_common(1)[0][0] if spoken else None


def class_of(scored: Scored, above: ChromeClass | None) -> ChromeClass:
    """The class of a line; ``above`` is that of the line right above it, if chrome."""
    found = scored.features.match
    if LISTED in scored.evidence:
        return ChromeClass.NAVIGATION
    if sure := _careful(found.hits) or _by_shape(scored):
        return sure
    votes: Counter[ChromeClass] = Counter()
    for hit in found.hits:
        votes[hit.chrome] += _WEIGHTS[hit.use] * len(hit.phrase)
    telling = any(hit.use is not Use.LINE for hit in found.hits)
    if votes and (telling or found.coverage > 0.4 or above is None):
        return votes.most_common(1)[0][0]
    return _unnamed(scored, above)


def _by_shape(scored: Scored) -> ChromeClass | None:
    """What marks and numbers alone tell."""
    text, found = scored.line.text, scored.features.match
    if is_end_marker(text):
        return ChromeClass.END_MARKER
    counted = found.coverage > 0.8 and 0 < len(found.hits) <= len(_NUMBER.findall(text))
    if counted or is_moment(scored.line.text) or not any(map(str.isalpha, text)):
        return ChromeClass.PAGE_COUNTER
    return None


def _unnamed(scored: Scored, above: ChromeClass | None) -> ChromeClass:
    names = scored.features.names
    if "copyright sign" in names:
        return ChromeClass.LEGAL_NOTICE
    if above in (ChromeClass.RELATED_LINKS, ChromeClass.NAVIGATION, ChromeClass.CALL_TO_ACTION):
        return above
    long = length_bucket(scored.line.text) >= _HEADLINE
    return ChromeClass.RELATED_LINKS if long else ChromeClass.NAVIGATION
