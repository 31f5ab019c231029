"""Lines that many files share are counted, bounded, written down and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.chrome.shared import shared_blocks
from seedlint.chrome.sketch import Count, Sketch, Template, Templates, key
from seedlint.document import Document

FOOTER = "山城读书会每周三晚上见面"


def article(number: int) -> list[str]:
    return [f"第{number}篇讲的是一件只在这里发生的事{'很' * number}久以前。" for _ in range(12)]


def learnt(files: int, *, with_footer: int) -> Sketch:
    sketch = Sketch()
    for number in range(files):
        sketch.add([*article(number), *([FOOTER] if number < with_footer else [])])
    return sketch


def test_a_footer_is_counted_where_it_stands() -> None:
    assert learnt(20, with_footer=18).counts[FOOTER] == Count(18, 0, 18)


def test_only_what_many_files_share_becomes_a_template() -> None:
    template = learnt(20, with_footer=18).template()
    assert set(template.lines) == {FOOTER}
    assert not learnt(20, with_footer=4).template().lines


def test_numbers_do_not_tell_lines_apart() -> None:
    assert key("阅读 1,234 次  2024-05-06") == key("阅读 7,890 次 2025-11-30")


def test_memory_is_bounded_and_frequent_lines_survive() -> None:
    sketch = Sketch(capacity=50)
    for number in range(400):
        sketch.add([f"{'字' * (number % 97 + 1)}{chr(0x4E00 + number)}", FOOTER])
    assert len(sketch.counts) <= 100
    assert sketch.counts[FOOTER].files == 400


def test_sketches_of_parts_merge_into_the_sketch_of_the_whole() -> None:
    whole, first, second = Sketch(), Sketch(), Sketch()
    for number in range(10):
        lines = [*article(number), FOOTER]
        whole.add(lines)
        (first if number % 2 else second).add(lines)
    first.merge(second)
    assert first == whole


def test_templates_are_read_as_they_were_written() -> None:
    templates = Templates.learnt({"news": learnt(20, with_footer=18), "": learnt(9, with_footer=9)})
    assert Templates.read(templates.rows()) == templates


@pytest.mark.parametrize(
    "rows",
    [
        ['{"line": "x", "files": 1, "head": 0, "tail": 0}'],
        ['{"version": 2, "folder": "", "files": 3}'],
        ['{"version": 1, "folder": "", "files": 3}', '{"line": "x"}'],
        ["[]"],
        ["not JSON"],
        ['{"version": 1, "folder": "", "files": "three"}'],
    ],
)
def test_rows_of_another_kind_are_refused(rows: list[str]) -> None:
    with pytest.raises(ValueError):
        Templates.read(rows)


def test_the_nearest_folder_has_the_word() -> None:
    near, far = Template(5, {"near": Count(5)}), Template(9, {"far": Count(9)})
    templates = Templates({"site/news": near, "": far})
    assert templates.of("site/news/2024/a.txt") is near
    assert templates.of("site/sport/a.txt") is far
    assert Templates({"site": near}).of("other/a.txt") is None


def test_a_shared_footer_is_safe_only_in_a_large_set_and_at_the_edge() -> None:
    text = f"夜里下起了雨，河水慢慢涨了上来。\n\n{FOOTER}\n"
    many, few = Template(40, {FOOTER: Count(38, 0, 38)}), Template(6, {FOOTER: Count(6, 0, 6)})
    scattered = Template(40, {FOOTER: Count(38, 5, 9)})
    assert [block.safe for block in shared_blocks(Document(text), many)] == [True]
    assert [block.safe for block in shared_blocks(Document(text), few)] == [False]
    assert [block.safe for block in shared_blocks(Document(text), scattered)] == [False]
    (block,) = shared_blocks(Document(text), many)
    assert block.message() == "ends 38 of 40 files"


def test_credit_that_many_files_share_is_not_safe() -> None:
    template = Template(40, {"责任编辑：李小禾": Count(39, 0, 39)})
    (block,) = shared_blocks(Document("夜里下起了雨。\n\n责任编辑：李小禾\n"), template)
    assert not block.safe


def test_a_document_that_is_all_template_is_not_emptied() -> None:
    template = Template(40, {FOOTER: Count(39, 39, 39)})
    assert not any(block.safe for block in shared_blocks(Document(FOOTER + "\n"), template))


@given(st.lists(st.lists(st.text(max_size=30), max_size=8), max_size=12))
def test_any_lines_can_be_counted_and_written(files: list[list[str]]) -> None:
    sketch = Sketch(capacity=5)
    for lines in files:
        sketch.add(lines)
    templates = Templates.learnt({"": sketch}, share=0, files=1)
    assert Templates.read(templates.rows()) == templates
