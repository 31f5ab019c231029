"""The report for people at a terminal: every place shown in its line, like places grouped."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from seedlint.diagnostic import Diagnostic, Location, Severity, Verdict
from seedlint.report import FileReport, Report, ReportOptions
from seedlint.reporters._change import before_after
from seedlint.reporters._evidence import spelled
from seedlint.reporters._summary import closing, counted
from seedlint.visible import visible, visible_spaces

if TYPE_CHECKING:
    from rich.text import Text

MIXES = True
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_GROUPED = 4  # from this many like places in a file on, one is shown and the rest are counted
_OTHERS = 6  # places named beside the one that is shown
_NOTED = 2  # lines of a note that are shown
_SHOWN = 40  # cells of a text before and after that are shown


def render(report: Report, options: ReportOptions) -> str:
    """The report as text, coloured if the options say so; source lines are cut to their width."""
    lines: list[str] = []
    if not options.statistics and (any(file.diagnostics for file in report.files)):
        lines.append(_places(report, options))
    lines += [f"{visible(file.path)}: error: {visible(file.error or '')}" for file in report.errors]
    return "".join(f"{line}\n" for line in [*lines, *closing(report, options)])


def _places(report: Report, options: ReportOptions) -> str:
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=options.width,
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for file in report.files:
        for group in _groups(file, options):
            for line in _group(file, group, options.width, options.verbose):
                console.print(line, overflow="ignore", no_wrap=True, crop=False, soft_wrap=True)
            console.print()
    return out.getvalue().rstrip("\n") + "\n"


def _groups(file: FileReport, options: ReportOptions) -> Iterator[list[Diagnostic]]:
    """Like places of a file together, in order of the first; each alone if verbose or few."""
    alike: dict[tuple[str, str, bool], list[Diagnostic]] = {}
    for one in file.diagnostics:
        key = (one.code, one.verdict, bool(one.fix and one.fix.safe))
        alike.setdefault(key, []).append(one)
    single = [[one] for group in alike.values() if len(group) < _GROUPED or options.verbose for one in group]
    many = [group for group in alike.values() if len(group) >= _GROUPED and not options.verbose]
    return iter(sorted([*single, *many], key=lambda group: group[0].span))


def _group(file: FileReport, group: list[Diagnostic], width: int, whole: bool) -> Iterator[Text]:
    first = group[0]
    assert first.location is not None
    yield _head(file, first, first.location)
    margin = len(str(first.location.start.line))
    yield from _source(first.location, margin, width)
    for label, text in _notes(group):
        yield from _note(margin, label, text, width, whole)


def _head(file: FileReport, one: Diagnostic, at: Location) -> Text:
    from rich.text import Text

    place = f"{visible(file.path)}:{at.start.line}:{at.start.column}"
    return Text.assemble(
        (place, "bold"),
        ": ",
        (f"{one.code} {one.name}", _STYLES[one.severity]),
        f" [{one.severity.value}] ",
        visible(one.message),
    )


def _source(at: Location, margin: int, width: int) -> Iterator[Text]:
    """The line with a caret under the right cells: a Chinese character is two wide."""
    from rich.cells import cell_len
    from rich.text import Text

    before, inside, after = _window(at, width - margin - 4)
    if not before + inside + after:
        return
    bar = " " * margin + " | "
    yield Text.assemble((f"{at.start.line:>{margin}} | ", "blue"), before, (inside, "bold"), after)
    yield Text.assemble((bar, "blue"), " " * cell_len(before), ("^" * max(cell_len(inside), 1), "bold red"))


def _window(at: Location, width: int) -> tuple[str, str, str]:
    """The text before, in and after the place, cut to ``width`` cells around its beginning."""
    line = at.context.replace("\t", " ")
    first_line = at.excerpt.replace("\r", "\n").split("\n")[0]
    end = at.indent + len(first_line)
    before, inside, after = map(visible, (line[: at.indent], line[at.indent : end], line[end:]))
    before = _cut(before[::-1], width // 3)[::-1]
    from rich.cells import cell_len

    inside = _cut(inside, width - cell_len(before))
    return before, inside, _cut(after, width - cell_len(before) - cell_len(inside))


def _cut(text: str, cells: int) -> str:
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"


def _note(margin: int, label: str, text: str, width: int, whole: bool) -> Iterator[Text]:
    """A note below a place, wrapped; a long one is cut unless the ``whole`` is asked for."""
    from rich.cells import chop_cells
    from rich.text import Text

    lines = chop_cells(f"{label}: {text}", max(width - margin - 4, 1))
    if len(lines) > _NOTED and not whole:
        lines = [*lines[: _NOTED - 1], _cut(lines[_NOTED - 1] + "…", width - margin - 4)]
    for number, line in enumerate(lines):
        bold = line[: len(label) + 1] if number == 0 else ""
        bar = " " * margin + (" = " if number == 0 else "   ")
        yield Text.assemble((bar, "blue"), (bold, "bold"), line[len(bold) :])


def _notes(group: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """What is said below a place: the others like it, before and after, evidence, verdict."""
    first = group[0]
    if len(group) > 1:
        yield "in all", _count(group)
    if change := _change(first):
        yield "fix", change
    yield from spelled(first)
    yield "verdict", _verdict(first)


def _count(group: list[Diagnostic]) -> str:
    places = [one.location.start for one in group if one.location]
    characters = {one.evidence["character"] for one in group if "character" in one.evidence}
    spread = f" on {counted(len(characters), 'character')}" if characters else ""
    others = ", ".join(f"{at.line}:{at.column}" for at in places[1 : 1 + _OTHERS])
    more = ", …" if len(places) > 1 + _OTHERS else ""
    first = f"{places[0].line}:{places[0].column}"
    return f"{counted(len(group), 'place')}{spread}, first at {first}, then {others}{more}"


def _change(one: Diagnostic) -> str:
    if one.fix is None or one.location is None:
        return ""
    if one.fix.transcode:
        return f"read as {one.fix.transcode.source}, write {one.fix.transcode.target}"
    before, after = map(_shorten, before_after(one))
    return f"{before} -> {after}" if after else f"remove {before}"


def _shorten(text: str) -> str:
    show = visible if text.strip() else visible_spaces
    return _cut(show(text.replace("\r\n", "⏎").replace("\n", "⏎")), _SHOWN)


def _verdict(one: Diagnostic) -> str:
    if one.fix is None:
        return "lost: fetch the text again" if one.verdict is Verdict.LOST else f"{one.verdict.value}, no fix"
    return f"{one.verdict.value}, {one.fix.safety.value} fix"
