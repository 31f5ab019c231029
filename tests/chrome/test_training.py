"""What the training reads: pages flattened to lines and their labels, texts and runs put into them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from chrome_interfaces import strings
from chrome_made import Maker
from chrome_openings import openings
from chrome_pages import Labelled, _Main, flattened, labels
from chrome_texts import Text, bare, has_code, is_doubtful

SENTENCES = [
    "The river had risen in the night, and the boats lay low at the quay.",
    "By noon the rain had stopped, and the children ran down to see.",
    "An old man said that he had seen it higher, years ago.",
]
PAGE = (
    "<html><head><title>x</title></head><body><ul><li><a>Home</a><li><a>News</a></ul>"
    f"<h1>The river</h1><p>{SENTENCES[0]}</p><div>Advertisement</div><p>{SENTENCES[1]}<p>{SENTENCES[2]}</p>"
    "<script>var a;</script><footer>All rights <b>reserved</b></footer></body></html>"
)


def test_a_page_is_flattened_a_line_a_block() -> None:
    lines = flattened(PAGE)
    assert lines[:3] == ["Home", "News", "The river"]
    assert lines[-1] == "All rights reserved"


def test_lines_are_labelled_by_the_main_text() -> None:
    lines = ["Menu", "Home", "News", "Log in", *flattened(PAGE)]
    found = labels(lines, _Main("\n\n".join(SENTENCES), "The river", ()))
    assert found is not None
    told = dict(zip(lines, found, strict=True))
    assert told["The river"] == told[SENTENCES[1]] == "content"
    assert told["Menu"] == "chrome"
    assert told["Advertisement"] == "inner"


def test_a_page_without_its_main_text_is_not_labelled() -> None:
    assert labels(["Home", "News"], _Main("\n\n".join(SENTENCES), "", ())) is None


def test_markdown_is_taken_off() -> None:
    text = "---\ntitle: a\n---\n# Rivers\n\nThey [rise](x.md).\n\n```\ncode\n```\n\n**Then** they fall.\n"
    assert bare(text) == "Rivers\n\nThey rise.\n\nThen they fall."
    assert has_code(text)


@pytest.mark.parametrize("line", ["via: https://example.org", "译者：李小禾", "date: 2020-10-05"])
def test_leftovers_of_clean_texts_are_left_out(line: str) -> None:
    assert is_doubtful(line)
    assert not is_doubtful("They rise in spring.")


def test_a_run_is_put_in_whole_and_known() -> None:
    page = Labelled("p", "leftover", "other", ["Home | News", "Log in", "x"], ["chrome", "chrome", None])
    texts = [Text(f"t{number}", "other", "\n\n".join(SENTENCES * 3)) for number in range(20)]
    maker = Maker([page], {"p": 1} | {text.name: 1 for text in texts})
    made = [maker.made(text) for text in texts]
    assert any(one.chrome for one in made)
    for one in made:
        lines = [line for line in one.text.split("\n") if line.strip()]
        assert {lines[at] for at in one.chrome} <= {"Home | News", "Log in"}


@pytest.mark.parametrize(
    "text",
    [
        'menu:\n  home: Ana Sayfa\n  one: Ara\n  more: "%d yorum"\n  text: One. Two.\n',
        '{"menu": {\n "home": "Ana Sayfa",\n "more": "{{count}} yorum",\n "text": "<b>x</b>"\n}}',
        '- id: home\n  translation: "Ana Sayfa"\n- id: more\n  translation: "{{ .Count }} yorum"\n',
        '[home]\nother = "Ana Sayfa"\n[more]\nother = "{{ .Count }} yorum"\n',
    ],
)
def test_strings_of_an_interface_are_short_and_no_sentences(text: str) -> None:
    assert strings(text) == ["Ana Sayfa", "3 yorum"]


def test_openings_are_read_line_by_line() -> None:
    pages = list(openings())
    assert len(pages) > 3000
    assert {label for page in pages for label in page.labels} == {"chrome", "content", None}


def test_a_line_without_a_label_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("== en example.org\nX Menu\nThe river\n", "utf-8")
    monkeypatch.setattr("chrome_openings.FOLDER", tmp_path)
    with pytest.raises(ValueError, match="no label"):
        list(openings())
