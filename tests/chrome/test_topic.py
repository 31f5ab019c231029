"""What a line is about, beside the prose around it."""

from __future__ import annotations

import pytest

from seedlint.chrome.topic import Nearby, echo, wording

PROSE = "云南的雨季从五月开始，山里的茶树在雨后长得很快，采茶的人天不亮就上山了。" * 6


@pytest.mark.parametrize(
    ("line", "said"),
    [("云南的茶树", "prose has 5 of it"), ("财经频道直播", "prose has 0 of it"), ("12:30", "no wording")],
)
def test_a_title_says_again_what_the_prose_says(line: str, said: str) -> None:
    assert next(iter(Nearby(PROSE).about(line))) == said


def test_little_prose_says_nothing() -> None:
    assert list(Nearby("云南的茶树。").about("财经频道直播")) == ["hardly any prose around"]


def test_another_script_is_told() -> None:
    assert list(Nearby(PROSE).about("heroku login"))[1:] == ["in another script than the prose"]
    assert len(list(Nearby(PROSE).about("登录 heroku"))) == 1


def test_words_are_told_by_their_stems() -> None:
    assert wording("Rivers rising") & wording("The rivers rise, the river") == {"river"}
    assert echo("page", {"a", "b"}, 1) == "page has 3 of it"
