"""Speaks the Language Server Protocol to editors: diagnostics as one types, quick fixes, hover.

Needs the extra ``server`` (pygls). Positions are in the units agreed with the client,
UTF-16 unless it asks otherwise; lines end at LF, CRLF and CR, as the protocol has it.
The text is asked for whole, since pygls' incremental edits split lines elsewhere too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from seedlint import __version__, pages
from seedlint.diagnostic import Diagnostic, Edit, Severity, Span
from seedlint.document import Document
from seedlint.fixer import repair
from seedlint.project import Project
from seedlint.registry import UnknownRule, find
from seedlint.settings import BadSettings
from seedlint.visible import visible

PAUSE = 0.2  # seconds without a keystroke before the text is checked
FIX_ALL = "source.fixAll.seedlint"
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
_ACTIONS = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL])


@dataclass(frozen=True)
class Places:
    """Offsets of a document as positions of the protocol, and back; ``units`` is utf-8, utf-16 or utf-32."""

    document: Document
    units: str = "utf-16"

    def position(self, offset: int) -> lsp.Position:
        """The position of a character offset."""
        line = self.document.position(offset).line - 1
        return lsp.Position(line, self._length(self.document.text[self.document.line_starts[line] : offset]))

    def range(self, span: Span | Edit) -> lsp.Range:
        """The range of a span."""
        return lsp.Range(self.position(span[0]), self.position(span[1]))

    def offset(self, position: lsp.Position) -> int:
        """The character offset of a position; one beyond its line means the end of that line."""
        starts = self.document.line_starts
        if position.line >= len(starts):
            return len(self.document.text)
        line = self.document.line_span(starts[position.line])
        codec, width = _UNITS[self.units]
        data = self.document.text[line.start : line.end].encode(codec, "surrogatepass")
        inside = data[: position.character * width].decode(codec, "ignore")
        return line.start + len(inside)

    def span(self, range_: lsp.Range) -> Span:
        """The span of a range."""
        return Span(self.offset(range_.start), self.offset(range_.end))

    def edits(self, edits: Sequence[Edit]) -> list[lsp.TextEdit]:
        """The edits as the client makes them."""
        return [lsp.TextEdit(self.range(edit), edit.replacement) for edit in sorted(edits)]

    def _length(self, text: str) -> int:
        codec, width = _UNITS[self.units]
        return len(text.encode(codec, "surrogatepass")) // width


@dataclass(frozen=True)
class Checked:
    """One version of a document and what is wrong with it; ``repaired`` has every safe fix made."""

    places: Places
    diagnostics: tuple[Diagnostic, ...]
    repaired: str

    @classmethod
    def of(cls, text: str, path: str | None, units: str) -> Checked:
        """Check a text by the settings of its file; raises BadSettings, UnknownRule."""
        settings = Project().settings(path or "untitled.txt")
        outcome = repair(Document(text, path=path, script=settings.script), settings.rules)
        return cls(Places(outcome.document, units), outcome.diagnostics, outcome.text)

    def at(self, span: Span) -> Iterator[Diagnostic]:
        """The diagnostics that a selection or a cursor touches."""
        return (one for one in self.diagnostics if one.span.start <= span.end and span.start <= one.span.end)

    def shown(self, one: Diagnostic) -> lsp.Diagnostic:
        """A diagnostic as the client shows it."""
        return lsp.Diagnostic(
            range=self.places.range(one.span),
            message=visible(one.message),
            severity=_SEVERITIES[one.severity],
            code=one.code,
            source="seedlint",
            data={"verdict": one.verdict.value, "name": one.name},
        )

    def actions(self, uri: str, span: Span) -> Iterator[lsp.CodeAction]:
        """A quick fix for each diagnostic with edits, and one for the whole text."""
        for one in self.at(span):
            if one.fix and one.fix.edits:
                yield self._quick_fix(uri, one, self.places.edits(one.fix.edits), safe=one.fix.safe)
        text = self.places.document.text
        if text != self.repaired:
            edits = self.places.edits([_difference(text, self.repaired)])
            yield _action("seedlint: make every safe repair", FIX_ALL, uri, edits)

    def _quick_fix(
        self, uri: str, one: Diagnostic, edits: list[lsp.TextEdit], *, safe: bool
    ) -> lsp.CodeAction:
        title = f"Repair {one.name}" + ("" if safe else " (unsafe)")
        action = _action(title, lsp.CodeActionKind.QuickFix, uri, edits)
        action.diagnostics, action.is_preferred = [self.shown(one)], safe
        return action

    def hover(self, span: Span) -> lsp.Hover | None:
        """What happened at a place and what its rule says of it."""
        found = list(self.at(span))
        if not found:
            return None
        text = "\n\n---\n\n".join(dict.fromkeys(_explained(one) for one in found))
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), self.places.range(found[0].span))


def _explained(one: Diagnostic) -> str:
    fix = f"{one.fix.safety.value} fix" if one.fix else "no fix"
    return f"{pages.explanation(find(one.code))}\n\nHere: {one.verdict.value}, {fix}."


def _action(title: str, kind: str, uri: str, edits: list[lsp.TextEdit]) -> lsp.CodeAction:
    return lsp.CodeAction(title=title, kind=kind, edit=lsp.WorkspaceEdit(changes={uri: edits}))


def _difference(before: str, after: str) -> Edit:
    """One edit that makes ``after`` of ``before``, without what both begin and end with."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return Edit(start, len(before) - end, after[start : len(after) - end])


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    unlike = (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unlike, min(len(one), len(other)))


class Server(LanguageServer):
    """The server with what it last found in each open document."""

    def __init__(self) -> None:
        super().__init__("seedlint", __version__, lsp.TextDocumentSyncKind.Full)
        self.checked: dict[str, tuple[int, Checked]] = {}

    async def look(self, uri: str, pause: float = 0) -> Checked | None:
        """What is wrong with the text as it is now; None when it has changed again meanwhile."""
        version = self._version(uri)
        await asyncio.sleep(pause)
        if version is None or version != self._version(uri):
            return None
        old = self.checked.get(uri)
        if old and old[0] == version:
            return old[1]
        source = self.workspace.get_text_document(uri).source
        units = _name(self.workspace.position_encoding)
        checked = await asyncio.to_thread(Checked.of, source, to_fs_path(uri), units)
        if version != self._version(uri):
            return None
        self.checked[uri] = (version, checked)
        return checked

    def _version(self, uri: str) -> int | None:
        """The version of a document, None if it is not open; pygls changes its documents in place."""
        version: int | None = self.workspace.get_text_document(uri).version
        return version

    async def publish(self, uri: str, pause: float = 0) -> None:
        """Check a document and tell the client; settings that cannot be read are a message."""
        try:
            checked = await self.look(uri, pause)
        except (BadSettings, UnknownRule) as error:
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"seedlint: {error}"))
            return
        if checked:
            self._tell(uri, [checked.shown(one) for one in checked.diagnostics], self.checked[uri][0])

    def forget(self, uri: str) -> None:
        """A document was closed: its diagnostics go."""
        self.checked.pop(uri, None)
        self._tell(uri, [], None)

    def _tell(self, uri: str, found: list[lsp.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))


def build() -> Server:
    """A server with its features, ready for ``start_io``."""
    server = Server()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(server: Server, given: lsp.DidOpenTextDocumentParams) -> None:
        await server.publish(given.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(server: Server, given: lsp.DidChangeTextDocumentParams) -> None:
        await server.publish(given.text_document.uri, PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(server: Server, given: lsp.DidSaveTextDocumentParams) -> None:
        await server.publish(given.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(server: Server, given: lsp.DidCloseTextDocumentParams) -> None:
        server.forget(given.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, _ACTIONS)
    async def actions(server: Server, given: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        checked = await server.look(given.text_document.uri)
        if checked is None:
            return []
        wanted = given.context.only
        found = checked.actions(given.text_document.uri, checked.places.span(given.range))
        return [one for one in found if wanted is None or _fits(_name(one.kind), wanted)]

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(server: Server, given: lsp.HoverParams) -> lsp.Hover | None:
        checked = await server.look(given.text_document.uri)
        if checked is None:
            return None
        at = checked.places.offset(given.position)
        return checked.hover(Span(at, at))

    return server


def _fits(kind: str, wanted: Sequence[lsp.CodeActionKind | str]) -> bool:
    """Whether a kind of action is one of those wanted, or below one: kinds are dotted hierarchies."""
    return any(not name or kind == name or kind.startswith(f"{name}.") for name in map(_name, wanted))


def _name(value: object) -> str:
    """The protocol's word for a value that may be an enumeration of it."""
    return str(value.value if isinstance(value, Enum) else value)
