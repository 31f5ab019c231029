"""Characters that look like ideographs and are none, or not the usual ones.

Kangxi and CJK radicals (Equivalent_Unified_Ideograph of Unicode 17), compatibility
ideographs (their canonical singletons), kana and symbols of the shape of an
ideograph. NFKC is no help: it leaves the radicals supplement and rewrites
punctuation that is right.
"""

from __future__ import annotations

from functools import cache

from seedlint.language.tables import read

RADICALS = "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5"
# Twelve of the block are unified ideographs in spite of their names.
COMPATIBILITY = (
    "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufa6d\ufa70-\ufad9"
    "\U0002f800-\U0002fa1d"
)
PRIVATE = "\ue000-\uf8ff"
# Kana and symbols, and the ideograph of their shape.
KANA_SHAPES = {
    "\N{KATAKANA LETTER NI}": "二",
    "\N{KATAKANA LETTER RO}": "口",
    "\N{KATAKANA LETTER KA}": "力",
    "\N{KATAKANA LETTER E}": "工",
    "\N{KATAKANA LETTER TA}": "夕",
    "\N{KATAKANA LETTER HA}": "八",
    "\N{KATAKANA LETTER TI}": "千",
    "\N{KATAKANA LETTER MI}": "三",
    "\N{KATAKANA LETTER TO}": "卜",
}
DASHES = {
    "\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}": "一",
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "一",
    "\N{BOX DRAWINGS HEAVY HORIZONTAL}": "一",
}
CIRCLES = {"\N{WHITE CIRCLE}": "〇", "\N{LARGE CIRCLE}": "〇"}
DIGITS = "一二三四五六七八九"


@cache
def equivalents() -> dict[str, str]:
    """Radical, compatibility ideograph or shape to the ideograph that is meant."""
    pairs = read("script_ideographs").decode("utf-8")
    return dict(zip(pairs[::2], pairs[1::2], strict=True)) | KANA_SHAPES | DASHES | CIRCLES
