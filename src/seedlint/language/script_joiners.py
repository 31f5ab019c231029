r"""Where scripts and emoji need characters that cannot be seen.

Written from Unicode 17: DerivedCoreProperties (Default_Ignorable_Code_Point),
StandardizedVariants, emoji-variation-sequences, emoji-zwj-sequences, and chapter 23
of the Core Specification. Patterns are source text for ``re`` and are compiled
where they are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Letters and marks of the scripts in which U+200C and U+200D shape the text.
SHAPED = (
    "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic, Syriac, Thaana, N'Ko, Mandaic
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u18af"  # Indic, Tibetan, Myanmar, Khmer, Mongolian
    "\u1900-\u1aff\u1b00-\u1c4f\ua800-\ua8ff\ua930-\ua9ff\uaa60-\uaadf\uabc0-\uabff"
    "\U00010a00-\U00010bff\U00010d00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
# Scripts written without spaces: U+200B marks where a line may break.
SPACELESS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua980-\ua9ff\uaa60-\uaadf"
MONGOLIAN = "\u1820-\u18aa"
EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\U0001fc00-\U0001fffd"
)
_MODIFIER = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
# The flags of England, Scotland and Wales are spelled with tags; so may others be.
FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_EMOJI_SEQUENCE = f"(?:{FLAG}|[{EMOJI}]{_MODIFIER}?)(?:\u200d[{EMOJI}]{_MODIFIER}?)*"
_KEYCAP = "[#*0-9][\ufe0e\ufe0f]"
_JOINER = f"(?<=[{SHAPED}])[\u200c\u200d]|[\u200c\u200d](?=[{SHAPED}])"
_BREAK = f"(?<=[{SPACELESS}])\u200b|\u200b(?=[{SPACELESS}])"
_GRAPHEME_JOINER = (
    "\u034f(?=[\u0300-\u036f\u0591-\u05c7\u064b-\u065f])|(?<=[\u0300-\u036f\u0591-\u05c7])\u034f"
)
_LIGATURE = "(?<=[Ff])\u200c(?=[BbFfHhIiJjKkLlTt])"  # keeps letters of two parts of a word apart: Auf|lage
_FILLER = "\u115f(?=[\u1160-\u11a7])|(?<=[\u1100-\u115f\ua960-\ua97c])\u1160|\u1160(?=[\u11a8-\u11ff])"
_SELECTOR = (
    f"(?<=[{MONGOLIAN}])[\u180b-\u180f]|[\u180e\u200c\u200d](?=[{MONGOLIAN}])"
    "|(?<=[0\u1000-\u109f\ua840-\ua877\uaa60-\uaa7f\u2018-\u201d\u2205-\u2aff\u3001\u3002\uff00-\uff60"
    "\U00010ac0-\U00010aff\U0001d400-\U0001d7ff])[\ufe00\ufe01]"
    "|(?<=[\U00013000-\U0001345f\U00014400-\U0001467f])[\ufe00-\ufe06]"
)
_NOTATION = (
    "(?<=[\U0001bc00-\U0001bc9f])[\U0001bca0-\U0001bca3]|(?<=[\u1780-\u17d3])[\u17b4\u17b5]"
    "|(?<=[\U0001d100-\U0001d1ff])[\U0001d173-\U0001d17a]|[\U0001d173-\U0001d17a](?=[\U0001d100-\U0001d1ff])"
)
NEEDED = "|".join(
    (_EMOJI_SEQUENCE, _KEYCAP, _JOINER, _BREAK, _GRAPHEME_JOINER, _LIGATURE, _FILLER, _SELECTOR, _NOTATION)
)

# Glyph variants of ideographs: Japanese text selects them on purpose.
IDEOGRAPH_VARIANT = (
    "(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
KANA = "[\u3041-\u3096\u30a1-\u30fa]"
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Default_Ignorable_Code_Point and the interlinear marks, but for those above and U+FEFF.
IGNORABLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
# Interlinear annotation: a base, its annotation and an end, each with its mark before it.
ANNOTATION = "\ufff9\ufffa\ufffb"
ANNOTATED = "\ufff9[^\ufff9-\ufffb]+(?:\ufffa[^\ufff9\ufffb]*)?\ufffb"
RIGHT_TO_LEFT = (
    "\u0590-\u05ff\u0600-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)


def _expand(ranges: str) -> Iterator[str]:
    for first, last in re.findall("(?s)(.)(?:-(.))?", ranges):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


def members(ranges: str) -> frozenset[str]:
    """The characters that a class such as ``a-f0-9`` names; no escapes."""
    return frozenset(_expand(ranges))
