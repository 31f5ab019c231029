"""Scripts and conversions: whole documents, the seeds, every standard, other languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.language import conversion_proposals
from seedlint.language.script_standards import Standard
from seedlint.registry import select

SEEDS = Path(__file__).parents[2] / "seeds"
RULES = select(("SCR",))
# Written for this test, in the forms of Taiwan.
PASSAGE = (
    "王小姐住在院子後面的一間小屋裡，每天早上都會到市場買菜，然後回家準備午飯。她說，最近的天氣變得很"
    "奇怪，乾燥的日子比往年還要多，只有幾隻鳥在樹上唱歌。關於這件事，鄰居們的意見並不一致：有人認為是"
    "氣候的關係，有人覺得不必複雜化，過幾天自然會恢復。她的頭髮已經白了，卻仍舊喜歡在雲霧裡散步，從公車"
    "站走到二十公里以外的湖邊。由於身體不好，醫生要她每個鐘頭休息一次，以後再慢慢增加。皇后大道的製造"
    "工廠發出通知，說系統將於下個月更新，所有的標準都要重新制定，範圍包括面粉、麵包和餘下的幾種產品。"
).replace("面粉", "麵粉")
# What a site that keeps every character that is Traditional too makes of it.
DAMAGE = str.maketrans("後裡麵隻於並係複髮雲鐘製範餘準", "后里面只于并系復發云鍾制范余准")


def text_of(seed: str) -> str:
    path = next(SEEDS.glob(f"{seed}*"), None)
    if path is None:
        pytest.skip("the seeds are not here")
    return path.read_text(encoding="utf-8")


def test_a_document_converted_character_by_character_comes_back() -> None:
    damaged = PASSAGE.translate(DAMAGE)
    wrong = sum(a != b for a, b in zip(PASSAGE, damaged, strict=True))
    full = repair(Document(damaged), RULES, unsafe=True).text
    left = [at for at, pair in enumerate(zip(PASSAGE, full, strict=True)) if pair[0] != pair[1]]
    assert len(left) <= wrong // 10
    safe = repair(Document(damaged), RULES).text
    changed = [at for at, pair in enumerate(zip(damaged, safe, strict=True)) if pair[0] != pair[1]]
    assert len(changed) >= wrong // 2
    assert all(safe[at] == PASSAGE[at] for at in changed)


@pytest.mark.parametrize("forms", [("裡為眾", "裡為眾"), ("裡為眾", "裏爲衆"), ("裡為眾", "裏為眾")])
def test_good_text_of_every_standard_is_left_alone(forms: tuple[str, str]) -> None:
    text = PASSAGE.translate(str.maketrans(*forms))
    assert not repair(Document(text), RULES).diagnostics


def test_seed_001_is_repaired_and_no_right_character_changed() -> None:
    rules = select(("MOJ", "SCR"))
    outcome = repair(Document(text_of("001")), rules)
    places = [one for one in outcome.diagnostics if one.code == "SCR002"]
    assert len(places) >= 55
    assert sum(bool(one.fix and one.fix.safe) for one in places) >= 50
    for right in (
        "華為雲、阿里雲",
        "背後",
        "為什麼",
        "適用於",
        "複雜",
        "示範",
        "並非",
        "院子裡",
        "冗餘",
        "阿里",
    ):
        assert right in repair(Document(text_of("001")), rules, unsafe=True).text
    for wrong in ("阿裡", "裡巴", "隻需", "颱", "佔領"):
        assert wrong not in outcome.text


def test_seed_003_has_one_wrong_conversion_and_keeps_its_variants() -> None:
    outcome = repair(Document(text_of("003")), RULES, unsafe=True)
    assert [one.code for one in outcome.diagnostics] == ["SCR002"]
    assert outcome.text == text_of("003").replace("回答覆雜", "回答複雜")


@pytest.mark.parametrize("seed", ["000", "002"])
def test_simplified_seeds_have_no_mixture(seed: str) -> None:
    assert not repair(Document(text_of(seed)), RULES).diagnostics


def test_settings_decide_the_script() -> None:
    text = "这里有問題。"
    forced = {
        script: [one.message for one in repair(Document(text, script=script), RULES).diagnostics]
        for script in ("zh-Hans", "zh-Hant", "ja")
    }
    assert len(forced["zh-Hans"]) == 2 and "Simplified text" in forced["zh-Hans"][0]
    assert "Simplified 这 in Traditional text" in forced["zh-Hant"][0]
    assert not forced["ja"]


def test_the_standard_decides_the_form() -> None:
    text = "這個問題經過討論，說明還不夠，大家認眞讀書，他对這個決定沒有意見，时候到了，喫飯睡覺。"
    for script, form in (("zh-Hant-TW", "為"), ("zh-Hant-CN", "爲")):
        document = Document(text.replace("对", "为"), script=script)
        assert form in repair(document, RULES, unsafe=True).text


def test_a_missing_opencc_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    conversion_proposals._converter.cache_clear()
    conversion_proposals._converted.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(conversion_proposals.OpenCCMissing, match="opencc-python-reimplemented"):
        conversion_proposals.proposal("背后的原因", 1, Standard.TAIWAN)
    conversion_proposals._converter.cache_clear()


def test_opencc_errs_at_the_seam_and_is_overruled() -> None:
    assert conversion_proposals.proposal("位並回答覆雜問題", 4, Standard.OPENCC) == "覆"
    text = "他並回答覆雜問題。"
    assert repair(Document(text), RULES, unsafe=True).text == "他並回答複雜問題。"


@pytest.mark.parametrize(
    "text",
    [
        "私は学校で国語を学び、会社で働く。後で図書館へ行く。",
        "우리 學校는 서울에 있다. 國語를 배운다. 后에 간다.",
        "嗰個人係邊個嚟㗎？佢哋喺度食緊飯，冇乜嘢好講。",
        "孟子見梁惠王。王曰：「叟不遠千里而來，亦將有以利吾國乎？」孟子對曰：「王何必曰利？亦有仁義而已矣。」",
        "Pride and Prejudice",
        "",
    ],
    ids=["Japanese", "Korean", "Cantonese", "classical", "English", "empty"],
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert not repair(Document(text), RULES).diagnostics


@pytest.mark.xfail(strict=True, reason="後 is so much commoner that 王後 alone does not tell from 國王後來")
def test_a_queen_at_the_start_of_a_sentence() -> None:
    assert repair(Document("王後坐在窗前，一言不發。"), RULES).diagnostics
