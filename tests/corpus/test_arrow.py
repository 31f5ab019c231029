"""The batch function: pure, its schema known before its data."""

from __future__ import annotations

import pyarrow as pa
import pytest

from seedlint.arrow import ADDED, ColumnError, MissingExtra, lint_batch, lint_schema, load, verdict
from seedlint.diagnostic import Diagnostic, Severity, Span, Verdict
from seedlint.settings import Settings

from .sets import CLEAN, DAMAGED, REPAIRED, UNPAIRED

SETTINGS = Settings(select=("PUN001", "UNI001"))
TEXTS = [DAMAGED, CLEAN, None, ""]


def batch(texts: pa.Array) -> pa.RecordBatch:
    schema = pa.schema([("id", pa.int64()), ("text", texts.type)], metadata={"a": "b"})
    return pa.RecordBatch.from_arrays([pa.array(range(len(texts)), pa.int64()), texts], schema=schema)


def test_what_is_found_stands_in_three_columns_and_the_text_stays() -> None:
    result = lint_batch(batch(pa.array(TEXTS)), settings=SETTINGS)
    assert result.column("text").to_pylist() == TEXTS
    assert result.column("seedlint_codes").to_pylist() == [["PUN001", "UNI001"], [], None, []]
    assert result.column("seedlint_fixes").to_pylist() == [[], [], None, []]
    assert result.column("seedlint_verdict").to_pylist() == ["restorable", "clean", None, "clean"]


def test_a_repair_says_what_it_repaired_and_what_is_left() -> None:
    result = lint_batch(batch(pa.array(TEXTS)), fix=True, settings=SETTINGS)
    assert result.column("text").to_pylist() == [REPAIRED, CLEAN, None, ""]
    assert result.column("seedlint_fixes").to_pylist() == [["PUN001", "UNI001"], [], None, []]
    assert result.column("seedlint_verdict").to_pylist() == ["clean", "clean", None, "clean"]


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()),
    ],
    ids=str,
)
def test_every_type_of_text_stays_what_it_is(kind: pa.DataType) -> None:
    texts = (
        pa.array(TEXTS).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(TEXTS).cast(kind)
    )
    before = batch(texts)
    after = lint_batch(before, fix=True, settings=SETTINGS)
    assert after.schema.equals(lint_schema(before.schema), check_metadata=True)
    repaired = [one.decode() if isinstance(one, bytes) else one for one in after.column("text").to_pylist()]
    assert repaired == [REPAIRED, CLEAN, None, ""]


def test_an_empty_batch_has_the_same_schema() -> None:
    empty = batch(pa.array([], pa.string()))
    assert lint_batch(empty).schema == lint_schema(empty.schema)


def test_stray_bytes_in_a_column_of_strings_stay() -> None:
    data = "好的\N{ZERO WIDTH SPACE}吗".encode() + b" \xff\x80 " + "好的".encode()
    options = pa.compute.CastOptions(target_type=pa.string(), allow_invalid_utf8=True)
    texts = pa.compute.cast(pa.array([data], pa.binary()), options=options)
    result = lint_batch(batch(texts), fix=True, settings=SETTINGS)
    zero_width = "\N{ZERO WIDTH SPACE}".encode()
    assert result.column("text").cast(pa.binary()).to_pylist() == [data.replace(zero_width, b"")]


def test_bytes_are_read_in_the_encoding_of_the_settings() -> None:
    settings = Settings(select=("PUN001",), encoding="gb18030")
    texts = pa.array([DAMAGED.strip("\u200b").encode("gb18030")], pa.binary())
    result = lint_batch(batch(texts), fix=True, settings=settings)
    assert result.column("text").to_pylist() == [REPAIRED.encode("gb18030")]


def test_the_worst_verdict_counts() -> None:
    result = lint_batch(batch(pa.array([DAMAGED + UNPAIRED])), settings=Settings(select=("PUN",)))
    assert result.column("seedlint_verdict").to_pylist() == ["ambiguous"]
    assert verdict([said(one) for one in Verdict]) == "lost"
    assert verdict([]) == "clean"


def said(verdict: Verdict) -> Diagnostic:
    return Diagnostic("XXX001", "x", Severity.ERROR, "", Span(0, 1), verdict)


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(ColumnError, match="no column 'body'; there are 'id', 'text'"):
        lint_batch(batch(pa.array(TEXTS)), column="body")


def test_a_column_that_is_no_text_is_refused() -> None:
    with pytest.raises(ColumnError, match="column 'id' holds int64, not text"):
        lint_batch(batch(pa.array(TEXTS)), column="id")


def test_columns_that_are_there_already_are_not_written_over() -> None:
    once = lint_batch(batch(pa.array(TEXTS)))
    with pytest.raises(ColumnError, match=f"column '{ADDED[0]}' already"):
        lint_batch(once)


def test_two_columns_of_one_name_are_refused() -> None:
    texts = pa.array(["a"])
    double = pa.RecordBatch.from_arrays([texts, texts], names=["text", "text"])
    with pytest.raises(ColumnError, match="several"):
        lint_batch(double)


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingExtra, match=r"no_such_package is not installed.*seedlint\[corpus\]"):
        load("no_such_package.inner")
