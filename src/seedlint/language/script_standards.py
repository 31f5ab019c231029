"""Standards of Traditional Chinese: which of two forms of one character each writes.

From OpenCC's TWVariants and HKVariants (Apache-2.0); the pairs below them differ in
print and by habit only. No form of any standard is an error in itself.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cache


class Standard(StrEnum):
    """Whose forms a Traditional text writes."""

    TAIWAN = "zh-Hant-TW"
    HONG_KONG = "zh-Hant-HK"
    OPENCC = "zh-Hant-CN"


# OpenCC's form, Taiwan's, Hong Kong's; only what is common enough to tell them apart.
_ROWS = (
    "僞偽偽 啓啟啟 喫吃吃 峯峰峰 擡抬抬 棱稜稜 檐簷檐 污汙污 泄洩泄 爲為為 牀床牀 癡痴痴 着著着 祕秘秘 "
    "竈灶灶 糉粽糉 繮韁繮 纔才才 羣群羣 脣唇唇 蔘參參 衆眾眾 裏裡裏 覈核核 踊踴踴 鉢缽缽 鍼針針 麪麵麪 "
    "兌兌兑 囪囪囱 媼媼媪 悅悅悦 慍慍愠 戶戶户 檯檯枱 敘敘敍 柺柺枴 溫溫温 稅稅税 縕縕緼 脫脫脱 "
    "臥臥卧 菸菸煙 蔥蔥葱 蘊蘊藴 蛻蛻蜕 衛衛衞 說說説 醞醞醖 鉤鉤鈎 銳銳鋭 閱閱閲 線線綫"
)
# 裏裡 and the like above; here forms that all standards mix.
_LOOSE = (
    "恆恒 產産 錄録 獎奬 淨凈 證証 牆墻 鏽銹 豔艷 繡綉 羨羡 剎刹 錘鎚 教敎 只祇衹 勳勛 寧甯 內内 絕絶 鑑鑒 "
    "璇璿 匯滙 藥葯 贗贋 淒悽凄 俊儁 修脩 雇僱 蘇甦囌 沖冲 恤卹 梁樑 鐮鎌 拐枴柺 巨鉅 曬晒 岩巖 台臺 濕溼 "
    "麼麽"
)


_ENOUGH = 20  # occurrences after which a form has said all it can


@cache
def _families() -> dict[str, str]:
    """Character to the first of its family."""
    found: dict[str, str] = {}
    for family in (*_ROWS.split(), *_LOOSE.split()):
        first = next((found[char] for char in family if char in found), family[0])
        found |= dict.fromkeys(family, first)
    return found


def canonical(char: str) -> str:
    """The character that stands for all forms of ``char`` that differ by standard alone."""
    return _families().get(char, char)


@cache
def _members() -> dict[str, str]:
    """The first of a family to all of it."""
    found: dict[str, str] = {}
    for char, first in _families().items():
        found[first] = found.get(first, "") + char
    return found


def written(form: str, counts: Counter[str], standard: Standard) -> str:
    """The member of the family of ``form`` that a text uses, or else that its standard writes."""
    family = _members().get(canonical(form), form)
    if len(family) == 1:
        return form
    most = max(family, key=counts.__getitem__)
    return most if counts[most] else columns()[standard].get(form, canonical(form))


@cache
def rows() -> tuple[str, ...]:
    """Forms of one character that standards write, as strings."""
    return tuple("".join(dict.fromkeys(row)) for row in _ROWS.split())


@cache
def columns() -> dict[Standard, dict[str, str]]:
    """For each standard: the character of a family to the form that it writes."""
    order = (Standard.OPENCC, Standard.TAIWAN, Standard.HONG_KONG)
    return {
        standard: {char: row[index] for row in _ROWS.split() for char in row}
        for index, standard in enumerate(order)
    }


def standard_of(counts: Counter[str]) -> Standard:
    """The standard whose forms a text writes most, by its characters; Taiwan's when nothing tells."""
    votes = Counter[Standard]()
    for row in _ROWS.split():
        for form in set(row):
            if number := counts[form]:
                shared = [standard for standard, forms in columns().items() if forms[form] == form]
                votes.update(dict.fromkeys(shared, min(number, _ENOUGH)))
    order = (Standard.TAIWAN, Standard.HONG_KONG, Standard.OPENCC)
    return max(order, key=lambda standard: votes[standard])
