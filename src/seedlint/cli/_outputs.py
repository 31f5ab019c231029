"""Where reports go: standard output and files, each in its format."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import click

from seedlint.report import Report, ReportOptions
from seedlint.reporters import UnknownFormat, mixes, reporter


class Failure(click.ClickException):
    """The run could not be done: one line for the user and exit status 2."""

    exit_code = 2


class Output(NamedTuple):
    """One report: its format and its file, None for standard output."""

    format: str
    path: str | None


def parse(formats: Iterable[str], default_path: str | None) -> list[Output]:
    """``FORMAT`` or ``FORMAT:FILE`` values; raises click.UsageError for what cannot be written."""
    outputs = list[Output]()
    for value in formats or ("full",):
        name, _, path = value.partition(":")
        try:
            reporter(name)
        except UnknownFormat as error:
            raise click.UsageError(str(error)) from error
        outputs.append(Output(name, path or default_path))
    _refuse_shared(outputs)
    return outputs


def _refuse_shared(outputs: list[Output]) -> None:
    """Two reports in one place would spoil each other, but for lines on standard output."""
    for path in {output.path for output in outputs}:
        names = [output.format for output in outputs if output.path == path]
        if len(names) > 1 and not (path is None and all(map(mixes, names))):
            place = "standard output" if path is None else ascii(path)
            raise click.UsageError(
                f"{' and '.join(names)} cannot share {place}; name a file: {names[-1]}:FILE"
            )


@dataclass(frozen=True)
class Outputs:
    """All reports of one run."""

    outputs: list[Output]
    options: ReportOptions
    to_stderr: bool

    @classmethod
    def of(cls, options: dict[str, Any]) -> Outputs:
        """What the command line asks for; raises click.UsageError."""
        formats = ("diff",) if options["diff"] and not options["formats"] else options["formats"]
        repaired_to_stdout = options["fix"] and options["paths"] == ("-",) and not options["diff"]
        stream = sys.stderr if repaired_to_stdout else sys.stdout
        look = ReportOptions(
            color=_wants_color(stream),
            width=_width(),
            verbose=options["verbose"],
            quiet=options["quiet"],
            statistics=options["statistics"],
        )
        return cls(parse(formats, options["output_file"]), look, repaired_to_stdout)

    def write(self, report: Report) -> None:
        """Render and write every report; raises click.ClickException when a file cannot be written."""
        for output in self.outputs:
            if output.path is None:
                self._print(reporter(output.format)(report, self.options))
            else:
                _save(
                    output.path, reporter(output.format)(report, ReportOptions(verbose=self.options.verbose))
                )

    def _print(self, text: str) -> None:
        stream = sys.stderr if self.to_stderr else sys.stdout
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        try:
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _save(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise Failure(f"cannot write {path!a}: {error.strerror}") from error


def _wants_color(stream: Any) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def _width() -> int:
    if "COLUMNS" not in os.environ and not (sys.__stdout__ and sys.__stdout__.isatty()):
        return 100
    import shutil

    return max(shutil.get_terminal_size((100, 24)).columns, 40)
