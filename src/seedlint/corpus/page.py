"""A survey as one HTML page with plots: no script, no network, every string made visible and escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from seedlint.corpus.summary import counted
from seedlint.visible import visible

_LISTED = 40  # values of a column that have a row
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WIDTH, _HEIGHT, _EDGE = 800.0, 220.0, 30.0  # units of a plot, and what its labels need


def render(value: Mapping[str, Any]) -> str:
    """The page of a survey's value; the template's marks are filled in one pass."""
    template = files("seedlint.corpus").joinpath("_page.html").read_text(encoding="utf-8")
    parts = {
        "policy": _policy(template),
        "headline": _shown(headline(value)),
        "measures": _measures(value),
        "errors": _errors(value),
        "rules": _bars("rule", value["rules"], "places"),
        "levels": _levels(value["levels"]),
        "columns": "".join(_column(*column) for column in value["columns"].items()),
        "causes": _table(
            ("likely cause", "places"), ((name, f"{n:,}") for name, n in value["causes"].items())
        ),
        "worst": _worst(value["worst"]),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], template)


def headline(value: Mapping[str, Any]) -> str:
    """What was read of what, and how much of it is damaged: one sentence."""
    sample = value["sample"]
    read = f"{counted(value['records'], 'record')} of {counted(value['parts'], 'part')}"
    if sample:
        read += f", a sample of {sample['share']:.2%} in {sample['clusters']:,} {sample['kind']}"
    return f"{percent(value['damaged'])} of the records are damaged ({read})."


def percent(share: Mapping[str, float]) -> str:
    """``1.20 % (0.90 to 1.60 %)``, without the interval where there is none."""
    middle = f"{100 * share['share']:.3g} %"
    if share["low"] == share["high"]:
        return middle
    return f"{middle} ({100 * share['low']:.3g} to {100 * share['high']:.3g} %)"


def _policy(template: str) -> str:
    found = re.search("<style>(.*?)</style>", template, re.DOTALL)
    assert found is not None
    own = b64encode(sha256(found[1].encode()).digest()).decode()
    return f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{own}'"


def _shown(text: object) -> str:
    return escape(visible(str(text).replace("\n", "⏎").replace("\r", "⏎")))


def _measures(value: Mapping[str, Any]) -> str:
    rows = [
        ("records read", f"{value['records']:,}"),
        ("characters read", f"{value['characters']:,}"),
        ("damaged records", percent(value["damaged"])),
        ("characters in damaged places", percent(value["damaged_characters"])),
        *((f"places {name}", f"{count:,}") for name, count in value["verdicts"].items()),
        *((f"records {name}", f"{count:,}") for name, count in value["faults"].items()),
    ]
    return "<dl>" + "".join(f"<div><dt>{_shown(a)}</dt><dd>{_shown(b)}</dd></div>" for a, b in rows) + "</dl>"


def _errors(value: Mapping[str, Any]) -> str:
    items = "".join(f"<li>{_shown(path)}: {_shown(error)}</li>" for path, error in value["errors"].items())
    return f"<h2>Not read</h2><ul>{items}</ul>" if items else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of text; the first column is words, the rest numbers."""
    labels = "".join(f"<th{' class=number' * (at > 0)}>{_shown(head)}</th>" for at, head in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(f"<td{' class=number' * (at > 0)}>{_shown(cell)}</td>" for at, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{labels}</tr></thead><tbody>{body}</tbody></table>" if body else "<p>None.</p>"


def _bars(head: str, shares: Mapping[str, Any], count: str) -> str:
    """A row a name: a bar for its share, a whisker for the interval."""
    most = max((one["high"] for one in shares.values()), default=0.0) or 1.0
    rows = "".join(
        f"<tr><td>{_shown(name)}</td><td>{_bar(one, most)}</td><td class=number>{_shown(percent(one))}</td>"
        f"<td class=number>{one[count]:,}</td></tr>"
        for name, one in list(shares.items())[:_LISTED]
    )
    more = f"<p class=note>and {len(shares) - _LISTED:,} more</p>" if len(shares) > _LISTED else ""
    numbers = f"<th class=number>records with damage</th><th class=number>{count}</th>"
    heads = f"<th>{_shown(head)}</th><th></th>{numbers}"
    return (
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
        if rows
        else "<p>None.</p>"
    )


def _bar(share: Mapping[str, float], most: float) -> str:
    full, low, high = (200 * share[name] / most for name in ("share", "low", "high"))
    whisker = f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="7" y2="7"/>' if low != high else ""
    shape = f'<rect class="fill" y="2" height="10" width="{full:.1f}"/>{whisker}'
    return f'<svg class="bar" viewBox="0 0 202 14">{shape}</svg>'


def _levels(levels: Mapping[str, int]) -> str:
    """A column for every level: how many records have so large a share of damaged characters."""
    damaged = {name: count for name, count in levels.items() if name != "sound"}
    most, wide = max(damaged.values(), default=0) or 1, _WIDTH / max(len(damaged), 1)
    columns = []
    for at, (name, count) in enumerate(damaged.items()):
        tall, left = (_HEIGHT - 2 * _EDGE) * count / most, at * wide
        top = _HEIGHT - _EDGE - tall
        columns.append(
            f'<rect class="fill" x="{left + 20:.1f}" y="{top:.1f}"'
            f' width="{wide - 40:.1f}" height="{tall:.1f}"/>'
            + _label(left + wide / 2, top - 6, f"{count:,}")
            + _label(left + wide / 2, _HEIGHT - 10, name)
        )
    return _plot("".join(columns))


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{_shown(text)}</text>'


def _plot(inside: str) -> str:
    return f'<svg class="plot" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img">{inside}</svg>'


def _column(name: str, values: Mapping[str, Any]) -> str:
    """The values of a column: a curve over time where they are dates, and a bar each."""
    dated = {key: one for key, one in sorted(values.items()) if _DATE.fullmatch(key)}
    curve = _curve(dated) if len(dated) > 2 and len(dated) > len(values) / 2 else ""
    return f"<h2>By {_shown(name)}</h2>{curve}{_bars(name, values, 'records')}"


def _curve(values: Mapping[str, Any]) -> str:
    """Shares in the order of the dates, with the band of their intervals."""
    most = max(one["high"] for one in values.values()) or 1.0
    step = (_WIDTH - 2 * _EDGE) / (len(values) - 1)

    def point(at: int, share: float) -> str:
        return f"{_EDGE + at * step:.1f},{_HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * share / most:.1f}"

    rows = list(enumerate(values.values()))
    band = [point(at, one["low"]) for at, one in rows] + [
        point(at, one["high"]) for at, one in reversed(rows)
    ]
    curve = " ".join(point(at, one["share"]) for at, one in rows)
    first, *_, last = values
    ends = _label(_EDGE + 20, _HEIGHT - 8, first) + _label(_WIDTH - _EDGE - 20, _HEIGHT - 8, last)
    top = _label(_EDGE + 20, _EDGE - 8, f"{100 * most:.3g} %")
    shapes = f'<polygon class="band" points="{" ".join(band)}"/><polyline class="curve" points="{curve}"/>'
    return _plot(shapes + ends + top)


def _worst(worst: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        (
            one["place"] + (f" (id {one['id']})" if one["id"] else "") + f": {one['excerpt']}",
            ", ".join(f"{name} {count}" for name, count in one["codes"].items()),
            f"{one['damage']:.1%}",
        )
        for one in worst
    ]
    return _table(("record", "rules", "characters"), rows)
