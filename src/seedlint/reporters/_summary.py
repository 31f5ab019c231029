"""The closing lines that reports for people share: counts, by rule, likely causes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from seedlint.diagnostic import Severity
from seedlint.report import Report, ReportOptions
from seedlint.visible import visible


def counted(count: int, noun: str) -> str:
    """``1 place``, ``1,234 places``."""
    return f"{count:,} {noun}" + "s" * (count != 1)


def closing(report: Report, options: ReportOptions) -> Iterator[str]:
    """The lines below the diagnostics."""
    if options.quiet:
        return
    if report.closing:
        yield from map(visible, report.closing)
        return
    if options.statistics or report.by_rule():
        yield from by_rule(report)
    if report.by_rule():
        yield "What a rule means: seedlint rule CODE, or docs/rules/NAME.md."
    yield from causes(report)
    yield from faults(report)
    if report.stale:
        entries = f"{report.stale:,} {'entry' if report.stale == 1 else 'entries'}"
        yield f"{entries} of the baseline no longer occur: seedlint baseline prune"
    yield verdict_line(report)


def by_rule(report: Report) -> Iterator[str]:
    """A table: places, files, how many have a fix, a row a rule."""
    rows = [("", "rule", "places", "files", "safe fix", "unsafe fix"), *_rows(report)]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for code, name, *numbers in rows:
        cells = [number.rjust(width) for number, width in zip(numbers, widths[2:], strict=True)]
        yield "  ".join([code.ljust(widths[0]), name.ljust(widths[1]), *cells]).rstrip()
    yield ""


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    files, safe, unsafe = defaultdict(set), Counter[str](), Counter[str]()
    for file, one in report.diagnostics:
        files[one.code].add(file.path)
        if one.fix:
            (safe if one.fix.safe else unsafe)[one.code] += 1
    for (code, name), count in sorted(report.by_rule().items()):
        numbers = (count, len(files[code]), safe[code], unsafe[code])
        yield (code, name, *(f"{number:,}" for number in numbers))


def causes(report: Report) -> Iterator[str]:
    """What most likely happened to the files, by the evidence of their diagnostics."""
    places, files = Counter[str](), defaultdict(set)
    for file, one in report.diagnostics:
        cause = one.evidence.get("cause")
        if isinstance(cause, str):
            places[cause] += 1
            files[cause].add(file.path)
    for cause, count in places.most_common():
        yield f"Likely cause: {visible(cause)} ({counted(count, 'place')} {_where(files[cause])})."
    if places:
        yield ""


def _where(paths: set[str]) -> str:
    if len(paths) == 1:
        return f"in {visible(next(iter(paths)))}"
    folders = {path.replace("\\", "/").rpartition("/")[0] for path in paths}
    below = f" under {visible(folders.pop())}/" if len(folders) == 1 and "" not in folders else ""
    return f"in {counted(len(paths), 'file')}{below}"


def faults(report: Report) -> Iterator[str]:
    """The fixes withheld because they broke a law: faults of seedlint, to be reported."""
    for file in report.files:
        for one in file.broken:
            yield (
                f"{visible(file.path)}: a fix of {one.code} {one.name} was withheld because it broke a law "
                f"of the fixer; please report this fault with the text at offset {one.span.start}."
            )


def verdict_line(report: Report) -> str:
    """The last line: what was found, or what is left."""
    if report.closing:
        return visible(report.closing[-1])
    severities = report.by_severity()
    total = sum(severities.values())
    checked = counted(sum(file.error is None for file in report.files), "file")
    fixed = (
        f"Fixed {counted(sum(len(file.applied) for file in report.files), 'place')}, "
        if report.fixing
        else ""
    )
    if not total:
        return f"{fixed}{'nothing left' if fixed else 'No damage found'} in {checked}{_aside(report)}."
    parts = ", ".join(f"{severities[severity]:,} {severity}" for severity in Severity if severities[severity])
    left = "left" if fixed else "found"
    return (
        f"{fixed}{counted(total, 'place')} {left} in {checked} ({parts}){_fixable(report)}{_aside(report)}."
    )


def _fixable(report: Report) -> str:
    fixes = [one.fix for _, one in report.diagnostics if one.fix]
    safe = sum(fix.safe for fix in fixes)
    ways = [f"{safe:,} repaired by --fix"] * bool(safe and not report.fixing)
    ways += [f"{len(fixes) - safe:,} by --unsafe-fixes"] * (len(fixes) > safe)
    return "; " + ", ".join(ways) if ways else ""


def _aside(report: Report) -> str:
    aside = f"; {counted(len(report.errors), 'file')} could not be read or written" if report.errors else ""
    aside += f"; {counted(report.known, 'known place')} not shown" if report.known else ""
    aside += f"; {counted(report.excluded, 'path')} excluded by settings" if report.excluded else ""
    return aside + (f"; {counted(report.skipped, 'other file')} not text by name" if report.skipped else "")
