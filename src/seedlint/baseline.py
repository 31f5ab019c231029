"""Damage already known: a multiset of fingerprints, so that a gate fails on new damage only.

A fingerprint names a place by its damaged text and what stands near it, never by a line
number. What stands near counts as a skeleton: letters and digits alone, without the
readings that copy sites insert, in compatibility form, so that repairing one place does
not make news of its neighbours. Both sides are hashed apart: a place stays known while
one of them is as it was.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from seedlint.diagnostic import Diagnostic, Location

VERSION = 1
_HEADER = {"about": "seedlint baseline", "version": VERSION}
_NEAR = 10  # characters of the skeleton on either side
_TELLING = 4  # characters of it from which one side alone identifies a place
_SHORT = "~"  # marks a side with fewer
_FINGERPRINT = r"[0-9a-f]{12}:~?[0-9a-f]{8}:~?[0-9a-f]{8}"
_KEYS = {"id", "fingerprint", "path", "rule"}


class BadBaseline(ValueError):
    """A file that is no baseline, or none that this version reads."""


class Entry(NamedTuple):
    """One known place; ``path`` is relative to the project's root, with ``/``."""

    fingerprint: str
    path: str
    rule: str


def entry(diagnostic: Diagnostic, path: str) -> Entry:
    """The entry for a located diagnostic; damage of a whole file is known by its rule alone."""
    at = diagnostic.location
    whole = diagnostic.fix is not None and diagnostic.fix.transcode is not None
    fingerprint = _fingerprint("", "", "") if at is None or whole else _of(at)
    return Entry(fingerprint, path, diagnostic.code)


def _of(at: Location) -> str:
    after = at.context[at.indent + at.end.offset - at.start.offset :]
    return _fingerprint(
        _damaged(at.excerpt), skeleton(at.context[: at.indent])[-_NEAR:], skeleton(after)[:_NEAR]
    )


def _damaged(text: str) -> str:
    """The damaged text; a long one as the repair of other damage inside it leaves it."""
    if len(skeleton(text)) < _TELLING:
        return text
    from unicodedata import normalize

    return normalize("NFKC", _reading().sub("", text))


def _fingerprint(text: str, left: str, right: str) -> str:
    return f"{_hash(text, 6)}:{_side(left)}:{_side(right)}"


def _side(near: str) -> str:
    return _SHORT * (len(near) < _TELLING) + _hash(near, 4)


def _hash(text: str, size: int) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


@cache
def _reading() -> re.Pattern[str]:
    """A reading in brackets, as copy sites insert them."""
    return re.compile(r"[(（][ ]?[A-Za-z\u00e0-\u00fc\u0101-\u01dc]{1,6}[ ]?[)）]")


def skeleton(text: str) -> str:
    """The letters and digits of ``text``, as most repairs leave them."""
    from unicodedata import normalize

    return "".join(filter(str.isalnum, normalize("NFKC", _reading().sub("", text)).casefold()))


def dump(entries: Iterable[Entry]) -> str:
    """The file: a line an entry, all lines in the order of their bytes.

    Each begins with a hash of itself, so that what two branches add is scattered over
    the file and merges without conflict.
    """
    import json

    lines = [json.dumps({"id": _hash("\0".join(one), 4), **one._asdict()}) for one in entries]
    return "".join(f"{line}\n" for line in (json.dumps(_HEADER), *sorted(lines)))


def parse(text: str) -> list[Entry]:
    """The entries of a file; raises BadBaseline, never takes a broken file for an empty one."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise BadBaseline("the file is empty, not even a version is in it")
    _check_header(*lines[0])
    return [_entry(number, line) for number, line in lines[1:]]


def _check_header(number: int, line: str) -> None:
    value = _object(number, line)
    if "version" not in value:
        raise BadBaseline(f"line {number}: the version of the baseline should stand here")
    if (type(value["version"]), value["version"]) != (int, VERSION):
        raise BadBaseline(
            f"version {value['version']!a} is not known to this seedlint, which reads {VERSION}"
        )


def _entry(number: int, line: str) -> Entry:
    value = _object(number, line)
    if value.keys() != _KEYS or not all(isinstance(one, str) for one in value.values()):
        raise BadBaseline(f"line {number}: not an entry of a baseline")
    if not re.fullmatch(_FINGERPRINT, value["fingerprint"]):
        raise BadBaseline(f"line {number}: not a fingerprint")
    return Entry(value["fingerprint"], value["path"], value["rule"])


def _object(number: int, line: str) -> dict[str, Any]:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        raise BadBaseline(f"line {number}: a merge left its conflict here; keep the lines of both sides")
    import json

    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadBaseline(f"line {number}: not JSON") from error
    if not isinstance(value, dict):
        raise BadBaseline(f"line {number}: not a JSON object")
    return value


class Comparison(NamedTuple):
    """``new`` are indexes of places that nothing known accounts for, ``unseen`` the known rest."""

    new: list[int]
    unseen: list[Entry]


_Key = Callable[[Entry], Hashable]


def compare(
    found: Sequence[Entry],
    known: Iterable[Entry],
    *,
    gone: Callable[[str], bool],
    vanished: Callable[[Entry], bool],
) -> Comparison:
    """Subtract what is known, each entry once, from what was found.

    ``gone`` says whether there is no file of this path any more: its entries stand for
    the same places in any file. ``vanished`` says whether an entry that matched nothing
    in its own file would have been found there: its place may have moved elsewhere.
    """
    open_, rest = list(range(len(found))), list(known)
    for key in (_exact, _left, _right):
        open_, rest = _match(found, open_, rest, key)
    for key, may_move in (
        (_anywhere, vanished),
        *((side, _path_is(gone)) for side in (_far_left, _far_right)),
    ):
        movable = [one for one in rest if may_move(one)] if open_ else []
        kept = [one for one in rest if not may_move(one)] if open_ else rest
        open_, movable = _match(found, open_, movable, key)
        rest = kept + movable
    return Comparison(open_, rest)


def _match(
    found: Sequence[Entry], open_: list[int], known: list[Entry], key: _Key
) -> tuple[list[int], list[Entry]]:
    """Pair places and entries of the same key, in order; what is left of both."""
    waiting: defaultdict[Hashable, list[Entry]] = defaultdict(list)
    for one in reversed(known):
        waiting[key(one)].append(one)
    matched, left = Counter[Entry](), list[int]()
    for index in open_:
        wanted = key(found[index])
        if wanted is not None and waiting.get(wanted):
            matched[waiting[wanted].pop()] += 1
        else:
            left.append(index)
    return left, list(_without(known, matched))


def _without(known: Iterable[Entry], matched: Counter[Entry]) -> Iterator[Entry]:
    for one in known:
        if matched[one]:
            matched[one] -= 1
        else:
            yield one


def _path_is(test: Callable[[str], bool]) -> Callable[[Entry], bool]:
    return lambda one: test(one.path)


def _exact(one: Entry) -> Hashable:
    return one


def _anywhere(one: Entry) -> Hashable:
    return one.rule, one.fingerprint


def _left(one: Entry) -> Hashable:
    far = _far_left(one)
    return far and (one.path, far)


def _right(one: Entry) -> Hashable:
    far = _far_right(one)
    return far and (one.path, far)


def _far_left(one: Entry) -> Hashable:
    text, left, _ = one.fingerprint.split(":")
    return None if left.startswith(_SHORT) else (one.rule, text, left)


def _far_right(one: Entry) -> Hashable:
    text, _, right = one.fingerprint.split(":")
    return None if right.startswith(_SHORT) else (one.rule, text, right)
