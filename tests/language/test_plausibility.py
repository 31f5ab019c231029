"""The plausibility model: every text has a finite score, language has a better one than damage."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.language.folding import fold
from seedlint.language.plausibility import Model, model
from seedlint.language.tables import DATA

ANY = st.text(st.characters(exclude_categories=[]), max_size=40)

CLEAN = (
    "今天天气很好，我们去公园散步吧。",
    "這個問題的答案並不像表面上看起來那麼簡單。",
    "据当地媒体报道，这座大桥预计将于明年年底建成通车。",
    "今日は天気がいいので、公園を散歩しましょう。",
    "설정 파일을 열고 다음과 같이 입력하세요.",
    "The quick brown fox jumps over the lazy dog.",
    "Les élèves français étudient à l’école après la fête.",
    "Съешь же ещё этих мягких французских булок.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
    "關關雎鳩，在河之洲。窈窕淑女，君子好逑。",
    "| `--fix` | 2024-05-01 | [docs](https://example.org/a?b=1) |",
)
CJK = CLEAN[:5]
CONTEXTS = (
    ("", ""),
    ("", "的"),
    ("我", "们"),
    ("\n", "\n"),
    ("。", "\n"),
    ("し", "た"),
    ("습", "니"),
    ("t", "h"),
)


@given(ANY)
def test_any_text_has_a_finite_score(text: str) -> None:
    assert -60.0 * len(text) <= model().score(text) <= 0.0


@given(ANY, ANY)
def test_a_longer_text_is_never_likelier(text: str, more: str) -> None:
    assert model().ngrams(text + more) <= model().ngrams(text)


@given(ANY)
def test_steps_add_up_to_the_n_gram_score(text: str) -> None:
    padded = ["", "", *text]
    steps = sum(model().step(*padded[at : at + 3]) for at in range(len(text)))
    assert math.isclose(steps, model().ngrams(text), abs_tol=1e-6)


@pytest.mark.parametrize("context", CONTEXTS)
def test_probabilities_after_a_context_sum_to_one(context: tuple[str, str]) -> None:
    """To about a tenth: levels are rounded to a quarter of a nat."""
    one = model()
    known = [chr(code) for code in range(1, 0x10000) if fold(chr(code)) == chr(code)]
    shares = (
        math.exp(one.step(*context, char) - one.unigram(char) + one.unigram(fold(char))) for char in known
    )
    assert 0.8 < sum(shares) < 1.2


@pytest.mark.parametrize("text", CLEAN)
def test_language_is_not_surprising(text: str) -> None:
    assert model(Model.script(text)).surprise(text) < 2.5


@pytest.mark.parametrize("text", CJK)
@pytest.mark.parametrize(
    ("true", "wrong"), [("utf-8", "gb18030"), ("utf-8", "cp1252"), ("utf-8", "shift_jis")]
)
def test_misread_text_is_surprising(text: str, true: str, wrong: str) -> None:
    misread = text.encode(true).decode(wrong, "replace")
    assert model().surprise(misread) > 3.0


def test_both_scripts_have_the_same_words() -> None:
    assert model().words("我們討論這個問題") == model().words("我们讨论这个问题")
    assert model().word("問題") == model().word("问题")


def test_a_line_end_is_a_mark_among_words() -> None:
    assert model().words("我们\n讨论") == model().words("我们，讨论")


def test_words() -> None:
    one = model()
    common, rare = one.word("我们"), one.word("葡萄牙")
    assert common is not None and rare is not None and common > rare
    assert one.word("们我") is None
    assert one.word("") is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("这个问题很简单", "Hans"),
        ("這個問題很簡單", "Hant"),
        ("この問題は簡単です", "Jpan"),
        ("이 문제(問題)는 간단합니다", "Kore"),
        ("天下大同", None),
        ("plain English", None),
    ],
)
def test_script(text: str, script: str | None) -> None:
    assert Model.script(text) == script


def test_a_script_prefers_its_own_forms() -> None:
    assert model("Hant").score("門") > model("Hant").score("门")
    assert model("Hans").score("门") > model("Hans").score("門")


def test_tables_are_small() -> None:
    """Two mebibytes with those of the scripts, 1.8 million bytes without."""
    sizes = {path.name: path.stat().st_size for path in Path(DATA).glob("*.z")}
    assert sum(sizes.values()) < 2 * 1024**2
    assert sum(size for name, size in sizes.items() if not name.startswith("script")) < 1_800_000
