"""The counts of the HTML report: how damaged the set is, by rule, cause, folder and file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import urlencode

from seedlint.diagnostic import Diagnostic, Severity
from seedlint.report import FileReport, Report
from seedlint.visible import visible

_LISTED = 50  # files and folders shown, the worst first


def cause_of(one: Diagnostic) -> str:
    """What most likely happened at this place, empty where nothing is said of it."""
    cause = one.evidence.get("cause")
    return visible(cause) if isinstance(cause, str) else ""


def measures(report: Report) -> str:
    """A list of numbers, each with what it counts."""
    items = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in _measures(report))
    return f"<dl>{items}</dl>"


def _measures(report: Report) -> Iterator[tuple[str, str]]:
    found = [one for _, one in report.diagnostics]
    readable = [file for file in report.files if file.error is None]
    damaged = sum(bool(file.diagnostics) for file in readable)
    yield "files with damage", f"{damaged:,} of {len(readable):,}{_share(damaged, len(readable))}"
    size, hit = sum(file.size for file in readable), sum(one.span.end - one.span.start for one in found)
    yield "characters in damaged places", f"{hit:,} of {size:,}{_share(hit, size)}"
    for severity in Severity:
        yield f"{severity.value} places", f"{sum(one.severity is severity for one in found):,}"
    yield "with a safe fix", f"{sum(bool(one.fix and one.fix.safe) for one in found):,}"
    yield "with an unsafe fix", f"{sum(bool(one.fix and not one.fix.safe) for one in found):,}"
    for verdict, count in sorted(Counter(one.verdict.value for one in found).items()):
        yield f"{verdict} places", f"{count:,}"


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.1%})" if whole else ""


def errors(report: Report) -> str:
    """The files that could not be read or written, and the faults of the fixer."""
    lines = [f"{visible(file.path)}: {visible(file.error or '')}" for file in report.errors]
    lines += [
        f"{visible(file.path)}: a fix of {one.code} was withheld because it broke a law of the fixer"
        for file in report.files
        for one in file.broken
    ]
    items = "".join(f"<li><bdi>{escape(line)}</bdi></li>" for line in lines)
    return f'<section class="errors"><h2>Not read or written</h2><ul>{items}</ul></section>' if items else ""


def rules(report: Report) -> str:
    """A row a rule."""
    groups = _grouped(report, lambda file, one: f"{one.code} {one.name}")
    return _table("By rule", groups, lambda key: {"rule": key.partition(" ")[0]}, _about)


def _about(key: str) -> str:
    from seedlint.pages import summary
    from seedlint.registry import UnknownRule, find

    code = key.partition(" ")[0]
    try:
        return f"{summary(find(code))} (seedlint rule {code})"
    except UnknownRule:
        return ""


def causes(report: Report) -> str:
    """A row a likely cause."""
    groups = _grouped(report, lambda file, one: cause_of(one))
    groups.pop("", None)
    return _table("By likely cause", groups, lambda key: {"cause": key})


def folders(report: Report) -> str:
    """A row a folder, the worst first."""
    groups = _grouped(report, lambda file, one: _folder(file))
    return _table("By folder", _worst(groups), lambda key: {"folder": key})


def worst(report: Report) -> str:
    """A row a file, the worst first."""
    groups = _grouped(report, lambda file, one: visible(file.path.replace("\\", "/")))
    return _table("Worst files", _worst(groups), lambda key: {"file": key})


def choices(report: Report) -> str:
    """The rules to filter by."""
    names = sorted(report.by_rule())
    return "".join(f'<option value="{escape(code)}">{escape(code)} {escape(name)}' for code, name in names)


class _Group:
    """The places that share a key: how many, in which files, of which severity."""

    def __init__(self) -> None:
        self.places = 0
        self.files: set[str] = set()
        self.severities: Counter[Severity] = Counter()

    @property
    def badness(self) -> list[int]:
        """Counts by severity, the worst first."""
        return [self.severities[severity] for severity in Severity]

    def add(self, file: FileReport, one: Diagnostic) -> None:
        """Count one place."""
        self.places += 1
        self.files.add(file.path)
        self.severities[one.severity] += 1


def _folder(file: FileReport) -> str:
    return visible(file.path.replace("\\", "/").rpartition("/")[0] or ".") + "/"


def _grouped(report: Report, key: Callable[[FileReport, Diagnostic], str]) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for file, one in report.diagnostics:
        groups.setdefault(key(file, one), _Group()).add(file, one)
    return dict(sorted(groups.items()))


def _worst(groups: dict[str, _Group]) -> dict[str, _Group]:
    return dict(sorted(groups.items(), key=lambda item: item[1].badness, reverse=True))


def _table(
    title: str,
    groups: dict[str, _Group],
    target: Callable[[str], dict[str, str]],
    about: Callable[[str], str] = lambda key: "",
) -> str:
    """A table under its heading, whose first column leads to the places; a long one is cut, and says so."""
    if not groups:
        return ""
    most = max(group.places for group in groups.values())
    rows = [_row(key, group, most, target(key), about(key)) for key, group in groups.items()]
    more = f"<p>and {len(rows) - _LISTED:,} more</p>" if len(rows) > _LISTED else ""
    head = "".join(f"<th>{label}" for label in ("", "places", "", "files", *(one.value for one in Severity)))
    body = "".join(rows[:_LISTED])
    return f"<h2>{title}</h2><table><thead><tr>{head}</thead><tbody>{body}</tbody></table>{more}"


def _row(key: str, group: _Group, most: int, target: dict[str, str], about: str) -> str:
    link = f'<a href="#{escape(urlencode(target))}"><bdi>{escape(key)}</bdi></a>'
    described = f"<small>{escape(about)}</small>" if about else ""
    meter = f'<meter max="{most}" value="{group.places}"></meter>'
    numbers = (f"{group.places:,}", meter, f"{len(group.files):,}")
    severities = (f"{count:,}" if count else "" for count in group.badness)
    return f"<tr><td>{link}{described}" + "".join(f"<td>{value}" for value in (*numbers, *severities))
