"""How lines are like those around them."""

from __future__ import annotations

from seedlint.chrome.features import local
from seedlint.chrome.likeness import likeness
from seedlint.chrome.lines import of_strings

PROSE = "秋天的山里很安静，清晨的雾还没有散去，我们沿着小路慢慢走，谁也不说话。"


def names(*texts: str) -> list[set[str]]:
    lines = of_strings(texts)
    prose = [text == PROSE for text in texts]
    found = likeness(lines, [local(line) for line in lines], prose)
    return [{name.removesuffix(", short page") for name in some} for some in found]


def test_lines_put_together_alike_make_a_row() -> None:
    found = names("山里的早晨 (2012-01-02)", "溪边的中午 (2012-03-04)", "山顶的傍晚 (2012-05-06)", PROSE)
    assert all("2 like it in a row" in some for some in found[:3])
    assert "0 like it in a row" in found[3]


def test_lines_that_begin_or_end_alike_are_told() -> None:
    found = names("溪边地图", "溪边天气", "山顶天气", PROSE)
    assert "begins like a neighbour" in found[0]
    assert {"begins like a neighbour", "ends like a neighbour"} <= found[1]
    assert "begins like a neighbour" not in found[3]


def test_a_repeated_line_is_no_likeness_but_a_repetition() -> None:
    first, second = names("溪边", "溪边")
    assert "repeats a neighbour" in first & second
    assert "begins like a neighbour" not in first | second


def test_a_line_that_stands_in_another_is_told() -> None:
    assert "stands in another line" in names("山里的早晨", "首页 > 山里的早晨", PROSE)[0]
    assert "stands in another line" not in names("山里的早晨", PROSE)[0]


def test_a_line_in_another_script_than_its_page_is_told() -> None:
    found = names("Premium feature", PROSE, "2012-01-02", "山里的早晨")
    told = ["in another script than the page" in some for some in found]
    assert told == [True, False, False, False]


def test_prose_beside_a_line_is_told() -> None:
    found = names("山里的早晨", PROSE, "溪边")
    assert "before prose" in found[0]
    assert "after prose" in found[2]


def test_an_empty_page_has_no_lines() -> None:
    assert names() == []
