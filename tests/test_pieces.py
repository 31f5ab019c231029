"""The piece table: applying edits gives the edited text, and every place maps back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seedlint.diagnostic import Diagnostic, Edit, Severity, Span, Verdict
from seedlint.pieces import PieceTable

AUTHOR = Diagnostic("XXX001", "x", Severity.INFO, "x", Span(0, 0), Verdict.RESTORABLE)
texts = st.text(alphabet="abc中文", max_size=30)


@st.composite
def edited(draw: st.DrawFn, text: str) -> list[tuple[Edit, Diagnostic]]:
    """Edits in order, apart from each other by at least a character."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [(Edit(start, end, draw(st.text(alphabet="XYZ", max_size=4))), AUTHOR) for start, end in pairs]


def applied(text: str, edits: list[tuple[Edit, Diagnostic]]) -> str:
    for edit, _ in reversed(edits):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def composed(original: str, table: PieceTable) -> str:
    """The text that the pieces say, read against the original."""
    out, at = "", 0
    for piece in table.pieces:
        assert piece.start == at, "pieces cover the original without a gap"
        assert piece.authors or piece.text == original[piece.start : piece.end]
        out, at = out + piece.text, piece.end
    assert at == len(original)
    return out


@given(st.data(), texts)
def test_three_rounds_of_edits(data: st.DataObject, text: str) -> None:
    table, expected = PieceTable.of(text), text
    for _ in range(3):
        edits = data.draw(edited(expected))
        table, expected = table.apply(edits), applied(expected, edits)
        assert table.text == expected
        assert composed(text, table) == expected


@given(st.data(), texts)
def test_an_edit_of_the_repaired_text_is_an_edit_of_the_original(data: st.DataObject, text: str) -> None:
    table = PieceTable.of(text).apply(data.draw(edited(text)))
    for edit, _ in data.draw(edited(table.text))[:1]:
        back = table.origin_edit(edit)
        after = table.apply([(edit, AUTHOR)])
        assert table.origin(Span(edit.start, edit.end)) == Span(back.start, back.end)
        inside = [piece for piece in after.pieces if back.start <= piece.start and piece.end <= back.end]
        assert back.replacement in "".join(piece.text for piece in inside) or not back.replacement


@given(texts)
def test_untouched_text_maps_to_itself(text: str) -> None:
    table = PieceTable.of(text)
    for start in range(len(text)):
        assert table.origin(Span(start, start + 1)) == Span(start, start + 1)


@given(st.data(), texts)
def test_what_is_hidden_is_blank_and_nothing_else(data: st.DataObject, text: str) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    hidden = {at for span in spans for at in range(*span)}
    assert PieceTable.of(text).without(spans) == "".join(
        " " if at in hidden else char for at, char in enumerate(text)
    )
    table = PieceTable.of(text).apply(data.draw(edited(text)))
    assert len(table.without(spans)) == len(table.text)
