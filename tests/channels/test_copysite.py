"""The forward models of copy sites give wild pages back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.channels.copysite import Decoder, Narrowing, Site, encode, show_cuts
from seedlint.channels.copysite_swaps import with_turned_quotes, without_spaces

ANNOTATED = [
    ("演變為生態", {"優": "yōu", "態": "tài"}, "演變?yōu)樯鷳B(tài)"),
    ("他們試圖設計", {"冊": "cè", "設": "shè", "計": "jì"}, "他們?cè)噲D設(shè)計(jì)"),
    ("截斷不當", {"財": "cái", "當": "dāng"}, "截?cái)嗖划?dāng)"),
    ("因為家窮", {"驗": "yàn"}, "因?yàn)榧腋F"),
    ("研究內容", {"內": "nèi", "績": "jī"}, "研究?jī)?nèi)容"),
    ("當地的", {"數": "shù", "當": "dāng"}, "當(dāng)?shù)氐?"),
]
SLIPPED = [
    ("樹人。”市場狂歡背后", "樹人?！笔袌隹駳g背后"),
    ("不小。現(xiàn)在", "不小?，F(xiàn)在"),
    ("外延。基于此，教師", "外延?；诖?，教師"),
    ("變革。《幼兒園教育", "變革?！队變簣@教育"),
    ("之中。“我”深諳人性", "之中?！拔摇鄙钪O人性"),
    ("到位。”</span>", "到位?！?/span>"),
]


@pytest.mark.parametrize(("clean", "readings", "damaged"), ANNOTATED)
def test_readings_land_between_bytes(clean: str, readings: dict[str, str], damaged: str) -> None:
    site = Site(tuple(readings.items()), cuts=False, decoder=Decoder(private=False))
    assert site(clean) == damaged


@pytest.mark.parametrize(("clean", "damaged"), SLIPPED)
def test_cuts_at_marks_lose_a_byte(clean: str, damaged: str) -> None:
    assert Site(decoder=Decoder(private=False))(clean) == damaged


def test_forms_of_a_reading() -> None:
    table = (("會", "huì"),)
    assert Site(table, "({} )", cuts=False)("都會") == "都會(huì )"
    assert Site((("注", "zhu"),), "({})({})", cuts=False)("注音") == "注(zhu)(zhu)音"


def test_marks_made_narrow_afterwards() -> None:
    site = Site(decoder=Decoder(narrowing=Narrowing.MARKS))
    assert site("樹人。”市場狂歡，") == "樹人?!笔袌隹駳g,"


def test_private_use_is_kept_or_not() -> None:
    assert Site()("基于此。基于此") == "基于此?；\ue2c4诖?"
    assert Site(decoder=Decoder(private=False))("基于此。基于此") == "基于此?；诖?"


def test_the_cut_is_shown_between_the_bytes() -> None:
    assert show_cuts("人。”市場", Site()) == "C8CB A1|A3A1 B1CA D088 F6"


@pytest.mark.parametrize(
    ("clean", "damaged"), [("大小、", "大孝"), ("尽。", "荆"), ("住。", "祝"), ("病。", "玻")]
)
def test_deleted_spaces(clean: str, damaged: str) -> None:
    assert without_spaces(clean) == damaged


@pytest.mark.parametrize(("clean", "damaged"), [("小姑", "小泵"), ("小哥", "小扮"), ("小国", "小柄")])
def test_turned_quotes(clean: str, damaged: str) -> None:
    assert with_turned_quotes(clean) == damaged


@given(st.text(alphabet=st.characters(codec="gbk", exclude_categories=["Cc", "Co"])))
def test_a_site_that_edits_nothing_changes_nothing(text: str) -> None:
    assert Site(cuts=False)(text) == text


@given(st.binary(max_size=60))
def test_decoding_never_fails_and_reads_every_byte(data: bytes) -> None:
    whole = Decoder()(data)
    assert len(whole) <= len(data)
    assert Decoder()(encode(whole)) == whole or "?" in whole or any("\ue000" <= c <= "\uf8ff" for c in whole)
