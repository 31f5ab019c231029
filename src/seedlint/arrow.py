"""Lints and repairs the text column of an Arrow record batch: what every engine runs.

``lint_batch`` is pure and knows nothing of files, so the same call serves Spark's
``mapInArrow``, ``datasets.map`` and DuckDB; docs/corpora.md shows each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from seedlint.diagnostic import Diagnostic, Verdict
from seedlint.document import Document
from seedlint.fixer import Outcome, repair
from seedlint.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

CODES, FIXES, VERDICT = ADDED = ("seedlint_codes", "seedlint_fixes", "seedlint_verdict")
CLEAN = "clean"
_WORST = (Verdict.LOST, Verdict.AMBIGUOUS, Verdict.RESTORABLE)


class MissingExtra(ImportError):
    """A package that an optional part of seedlint needs is not installed; the message says how to."""


class ColumnError(ValueError):
    """A batch whose text cannot be read or marked; the message is one line for the user."""


def load(module: str, extra: str = "corpus") -> Any:
    """The module of an optional package; raises MissingExtra, which names the extra that brings it."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        if error.name and error.name.partition(".")[0] != package:
            raise
        message = f"{package} is not installed; it comes with: pip install 'seedlint[{extra}]'"
        raise MissingExtra(message, name=package) from error


@dataclass(frozen=True, slots=True)
class Work:
    """What to do with every record.

    ``annotate`` adds the columns ``seedlint_codes``, ``seedlint_fixes`` and
    ``seedlint_verdict``; ``fix`` repairs the text, with ``unsafe`` as far as can be.
    """

    settings: Settings
    column: str = "text"
    fix: bool = False
    unsafe: bool = False
    annotate: bool = False

    def repair(self, data: bytes, encoding: str = "utf-8", template: object = None) -> Outcome:
        """The damage in the bytes of one text and their repair; ``template`` as in a document."""
        document = Document.from_bytes(data, encoding=encoding, script=self.settings.script)
        document.template = template
        return repair(document, self.settings.rules, unsafe=self.unsafe and self.fix)

    def left(self, outcome: Outcome) -> tuple[Diagnostic, ...]:
        """The damage in the record as this work leaves it."""
        return outcome.remaining if self.fix else outcome.diagnostics


def lint_batch(
    batch: pa.RecordBatch,
    *,
    column: str = "text",
    fix: bool = False,
    unsafe: bool = False,
    settings: Settings | None = None,
) -> pa.RecordBatch:
    """``batch`` with the damage of its text column in three more columns, and repaired with ``fix``.

    ``seedlint_codes`` lists the rule of every place found in the text as it came, in
    order of place; ``seedlint_fixes`` the rules of the places repaired, empty without
    ``fix``; ``seedlint_verdict`` says what can be done about what is left: ``clean``,
    ``restorable``, ``ambiguous`` or ``lost``, the worst of its places. All three are null
    where the text is. Rows, their order and every other column stay as they are; the
    schema of the result depends on that of ``batch`` alone (see ``lint_schema``).

    Raises ColumnError where the column is not there or holds no text, or where one of the
    three is there already; seedlint.registry.UnknownRule; MissingExtra without pyarrow.
    """
    work = Work(settings or Settings(), column, fix=fix, unsafe=unsafe, annotate=True)
    lint_schema(batch.schema, column=column)
    encoding = encoding_of(batch.column(column), work)
    outcomes = [None if one is None else work.repair(one, encoding) for one in values(batch.column(column))]
    return rewritten(batch, [outcome.data if outcome else None for outcome in outcomes], outcomes, work)


def lint_table(
    table: pa.Table,
    *,
    column: str = "text",
    fix: bool = False,
    unsafe: bool = False,
    settings: Settings | None = None,
) -> pa.Table:
    """``lint_batch`` on every batch of a table, for engines that hand over tables; raises as it does."""
    pa = load("pyarrow")
    schema = lint_schema(table.schema, column=column)
    done = (
        lint_batch(batch, column=column, fix=fix, unsafe=unsafe, settings=settings)
        for batch in table.to_batches()
    )
    return pa.Table.from_batches(done, schema=schema)


def lint_schema(schema: pa.Schema, *, column: str = "text") -> pa.Schema:
    """The schema of what ``lint_batch`` makes of a batch with ``schema``; raises ColumnError."""
    text_type(schema, column)
    for field in added_fields():
        if field.name in schema.names:
            raise ColumnError(f"there is a column '{field.name}' already")
        schema = schema.append(field)
    return schema


def added_fields() -> list[pa.Field]:
    """The columns that ``lint_batch`` adds."""
    pa = load("pyarrow")
    words = pa.list_(pa.string())
    return [pa.field(CODES, words), pa.field(FIXES, words), pa.field(VERDICT, pa.string())]


def text_type(schema: pa.Schema, column: str) -> pa.DataType:
    """The type of the text column, that of its values if it is a dictionary; raises ColumnError."""
    places = schema.get_all_field_indices(column)
    if len(places) != 1:
        fault = "several columns are called" if places else "there is no column"
        raise ColumnError(f"{fault} {column!a}; there are {', '.join(map(ascii, schema.names))}")
    found = schema.field(places[0]).type
    plain = getattr(found, "value_type", found) if str(found).startswith("dictionary") else found
    if str(plain) not in _TEXTS:
        raise ColumnError(f"column {column!a} holds {found}, not text")
    return plain


_TEXTS = {"string", "large_string", "string_view", "binary", "large_binary", "binary_view"}


def values(column: pa.Array) -> list[bytes | None]:
    """The bytes of every text of a column."""
    pa = load("pyarrow")
    plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    found: list[bytes | None] = plain.cast(pa.large_binary()).to_pylist()
    return found


def encoding_of(column: pa.Array, work: Work) -> str:
    """The encoding of the texts of a column: that of the settings where the column holds bytes."""
    return work.settings.encoding if "binary" in str(column.type) else "utf-8"


def rewritten(
    batch: pa.RecordBatch, texts: list[bytes | None], outcomes: list[Outcome | None], work: Work
) -> pa.RecordBatch:
    """``batch`` as the work leaves it: its text column holding ``texts``, the three columns added."""
    pa = load("pyarrow")
    index = batch.schema.get_field_index(work.column)
    columns, fields = list(batch.columns), list(batch.schema)
    if work.fix and any(outcome and outcome.changed for outcome in outcomes):
        columns[index] = _column(columns[index].type, texts)
    if work.annotate:
        fields += added_fields()
        columns += _annotations(outcomes, work)
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields, batch.schema.metadata))


def _column(wanted: pa.DataType, texts: list[bytes | None]) -> pa.Array:
    """The texts as a column; a stray byte that is left stays, so the cast must not look."""
    pa = load("pyarrow")
    compute = load("pyarrow.compute")
    data = pa.array(texts, pa.large_binary())
    if pa.types.is_dictionary(wanted):
        plain = compute.cast(data, options=_unseen(wanted.value_type))
        return plain.dictionary_encode().cast(wanted)
    return compute.cast(data, options=_unseen(wanted))


def _unseen(wanted: pa.DataType) -> Any:
    return load("pyarrow.compute").CastOptions(target_type=wanted, allow_invalid_utf8=True)


def _annotations(outcomes: list[Outcome | None], work: Work) -> list[pa.Array]:
    """The three columns."""
    pa = load("pyarrow")
    rows = [outcome and notes(outcome, work) for outcome in outcomes]
    return [
        pa.array([row and row[field.name] for row in rows], field.type, from_pandas=False)
        for field in added_fields()
    ]


def notes(outcome: Outcome, work: Work) -> dict[str, Any]:
    """The three values of one record by the names of their columns."""
    return {
        CODES: [one.code for one in outcome.diagnostics],
        FIXES: [one.code for one in sorted(outcome.applied, key=lambda one: one.span)] if work.fix else [],
        VERDICT: verdict(work.left(outcome)),
    }


def verdict(left: Iterable[Diagnostic]) -> str:
    """The worst that can be said of the places left: ``lost`` before ``ambiguous``, or ``clean``."""
    found = {one.verdict for one in left}
    return next((one.value for one in _WORST if one in found), CLEAN)


def portable(one: Diagnostic) -> Diagnostic:
    """The diagnostic without its forward model, which no process can send to another."""
    return replace(one, fix=replace(one.fix, replay=None)) if one.fix else one
