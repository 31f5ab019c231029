"""The language server over standard input and output, with a real client."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from seedlint.api import fix_text
from seedlint.document import Document
from seedlint.server import FIX_ALL, Places

TEXT = "😀春节没过完,就已适配。\r第二行\N{LINE SEPARATOR}好,吗\r\n他说”好”走了。\N{ZERO WIDTH SPACE}\n"


class Client:
    """A client that keeps what the server publishes, and makes edits as the protocol says."""

    def __init__(self, encodings: list[lsp.PositionEncodingKind] | None = None) -> None:
        self.client = LanguageClient("test", "1")
        self.encodings = encodings
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: list[str] = []

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def publish(given: lsp.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(given)

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator]
        def message(given: lsp.ShowMessageParams) -> None:
            self.messages.append(given.message)

    async def start(self) -> lsp.InitializeResult:
        await self.client.start_io(sys.executable, "-m", "seedlint", "server")
        general = lsp.GeneralClientCapabilities(position_encodings=self.encodings)
        capabilities = lsp.ClientCapabilities(general=general)
        result: lsp.InitializeResult = await self.client.initialize_async(
            lsp.InitializeParams(capabilities=capabilities, process_id=None, root_uri=None)
        )
        self.client.initialized(lsp.InitializedParams())
        return result

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]

    def open(self, uri: str, text: str) -> None:
        item = lsp.TextDocumentItem(uri, lsp.LanguageKind.Markdown, 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, uri: str, text: str, version: int) -> None:
        changes = [lsp.TextDocumentContentChangeWholeDocument(text)]
        document = lsp.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))

    async def next(self) -> lsp.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.published.get(), 30)

    async def actions(self, uri: str, range_: lsp.Range, *only: str) -> list[lsp.CodeAction]:
        context = lsp.CodeActionContext([], only=list(only) or None)
        given = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), range_, context)
        found = await self.client.text_document_code_action_async(given)
        return [one for one in found or [] if isinstance(one, lsp.CodeAction)]

    async def hover(self, uri: str, position: lsp.Position) -> lsp.Hover | None:
        given = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), position)
        found: lsp.Hover | None = await self.client.text_document_hover_async(given)
        return found


def session(talk: Callable[[Client], Awaitable[None]], **options: Any) -> None:
    async def run() -> None:
        client = Client(**options)
        result = await client.start()
        assert result.server_info is not None and result.server_info.name == "seedlint"
        try:
            await talk(client)
        finally:
            await client.stop()

    asyncio.run(asyncio.wait_for(run(), 120))


def edited(text: str, actions: list[lsp.CodeAction], width: int = 2) -> str:
    """Make the edits as a client does: lines end at LF, CRLF and CR; ``width`` bytes a unit."""
    codec = {1: "utf-8", 2: "utf-16-le", 4: "utf-32-le"}[width]
    starts = Document(text).line_starts

    def offset(at: lsp.Position) -> int:
        data = text[starts[at.line] :].encode(codec)
        return starts[at.line] + len(data[: at.character * width].decode(codec))

    edits = [
        (offset(edit.range.start), offset(edit.range.end), edit.new_text)
        for action in actions
        for edits in ((action.edit and action.edit.changes) or {}).values()
        for edit in edits
    ]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


WHOLE = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))


def test_diagnostics_fixes_and_hover(tmp_path: Path) -> None:
    uri = (tmp_path / "文 章.md").as_uri()

    async def talk(client: Client) -> None:
        client.open(uri, TEXT)
        published = await client.next()
        assert (published.uri, published.version) == (uri, 1)
        first = published.diagnostics[0]
        assert (first.code, first.source) == ("PUN001", "seedlint")
        assert (first.range.start.line, first.range.start.character) == (0, 7)  # the emoji is two units
        assert {one.range.start.line for one in published.diagnostics} == {0, 1, 2}
        everything = await client.actions(uri, WHOLE)
        fixes = [one for one in everything if one.kind == lsp.CodeActionKind.QuickFix]
        assert len(fixes) == len(published.diagnostics)
        assert edited(TEXT, fixes) == fix_text(TEXT, unsafe=True, path="a.md").text
        (whole,) = await client.actions(uri, WHOLE, FIX_ALL)
        assert edited(TEXT, [whole]) == fix_text(TEXT, path="a.md").text
        assert await client.actions(uri, WHOLE, "source") == [whole]
        assert await client.actions(uri, WHOLE, "refactor") == []
        here = await client.actions(uri, first.range, "quickfix")
        assert [one.title for one in here] == ["Repair halfwidth-punctuation"]
        assert here[0].is_preferred
        hover = await client.hover(uri, first.range.start)
        assert hover is not None and isinstance(hover.contents, lsp.MarkupContent)
        assert hover.contents.value.startswith("# PUN001 halfwidth-punctuation")
        assert "restorable, safe fix" in hover.contents.value
        assert await client.hover(uri, lsp.Position(0, 0)) is None

    session(talk)


def test_what_is_typed_is_checked_and_a_closed_file_is_forgotten(tmp_path: Path) -> None:
    uri = (tmp_path / "a.md").as_uri()

    async def talk(client: Client) -> None:
        client.open(uri, "很好,好。")
        assert len((await client.next()).diagnostics) == 1
        for version, text in enumerate(["很好,好,。", "很好,好,好。", "很好，好。"], start=2):
            client.change(uri, text, version)
        last = await client.next()
        assert (last.version, list(last.diagnostics)) == (4, [])
        assert client.published.empty()
        client.change(uri, "很好,好。", 5)
        assert len((await client.next()).diagnostics) == 1
        document = lsp.TextDocumentIdentifier(uri)
        client.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))
        assert not (await client.next()).diagnostics

    session(talk)


def test_the_settings_of_the_file_apply(tmp_path: Path) -> None:
    (tmp_path / "seedlint.toml").write_text('ignore = ["PUN001"]\n', encoding="utf-8")
    uri = (tmp_path / "a.md").as_uri()

    async def talk(client: Client) -> None:
        client.open(uri, "很好,好。\N{ZERO WIDTH SPACE}")
        assert [one.code for one in (await client.next()).diagnostics] == ["UNI001"]
        (tmp_path / "seedlint.toml").write_text('ignroe = ["PUN001"]\n', encoding="utf-8")
        client.change(uri, "很好,好。", 2)
        for _ in range(100):
            await asyncio.sleep(0.1)
            if client.messages:
                break
        assert "ignroe" in client.messages[0]

    session(talk)


@pytest.mark.parametrize("units", [lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf32])
def test_other_units_are_agreed_on(tmp_path: Path, units: lsp.PositionEncodingKind) -> None:
    uri = (tmp_path / "a.md").as_uri()
    width = 1 if units is lsp.PositionEncodingKind.Utf8 else 4

    async def talk(client: Client) -> None:
        client.open(uri, TEXT)
        await client.next()
        (whole,) = await client.actions(uri, WHOLE, FIX_ALL)
        assert edited(TEXT, [whole], width) == fix_text(TEXT, path="a.md").text

    session(talk, encodings=[units])


@pytest.mark.parametrize("units", ["utf-8", "utf-16", "utf-32"])
def test_positions_lead_back_to_their_offsets(units: str) -> None:
    places = Places(Document(TEXT), units)
    for offset in range(len(TEXT)):
        if TEXT[offset] != "\n":
            assert places.offset(places.position(offset)) == offset
    assert places.offset(lsp.Position(0, 999)) == TEXT.index("\r")
    assert places.offset(lsp.Position(999, 0)) == len(TEXT)


def test_without_pygls_a_word_says_what_to_install() -> None:
    code = "import sys; sys.modules['pygls'] = None\nfrom seedlint.cli import program; program(['server'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'seedlint[server]'" in done.stderr
