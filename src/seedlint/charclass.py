"""Classes of characters, looked for in many texts at the speed of the regular expression engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedlint.document import Document

_PAYS = 60_000  # characters read from which compiling thousands of members costs less than the census


class CharacterClass:
    """A set of characters: which of them a document holds, and where.

    ``source`` gives the inside of a regular expression class, ``among`` the members of a
    census. The first documents are read by their census, for compiling a class of
    thousands takes milliseconds that one small file should not wait for.
    """

    def __init__(self, source: Callable[[], str], among: Callable[[frozenset[str]], frozenset[str]]) -> None:
        self._source, self.among, self._read = source, among, 0

    @classmethod
    def of(cls, members: Callable[[], frozenset[str]]) -> CharacterClass:
        """The characters of the basic plane among ``members``, none of them a hyphen or bracket.

        Others make a pattern slow: it would compare each of them in turn.
        """

        kept = cache(lambda: frozenset(char for char in members() if char <= "\uffff"))
        return cls(lambda: "".join(sorted(kept())), lambda census: census & kept())

    @classmethod
    def spanning(cls, ranges: str) -> CharacterClass:
        """The class that a regular expression writes ``[ranges]``: ``^`` first, ranges, no escapes."""

        @cache
        def spans() -> list[tuple[str, str]]:
            pairs = re.findall("(?s)(.)(?:-(.))?", ranges.removeprefix("^"))
            return [(first, last or first) for first, last in pairs]

        def holds(char: str) -> bool:
            return any(first <= char <= last for first, last in spans()) is not (ranges[0] == "^")

        return cls(lambda: ranges, lambda census: frozenset(filter(holds, census)))

    def __contains__(self, char: str) -> bool:
        return bool(self.among(frozenset(char)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches one member."""
        return re.compile(f"[{self._source()}]")

    @cached_property
    def _runs(self) -> re.Pattern[str]:
        """Matches members in a row; begins with a class, for a scan for its repetition is slow."""
        return re.compile(f"[{self._source()}][{self._source()}]*")

    def census(self, document: Document) -> frozenset[str]:
        """The distinct members in ``document``."""
        if self._is_compiled(len(document.text)):
            return frozenset("".join(self._runs.findall(document.text)))
        return self.among(document.characters)

    def tally(self, text: str) -> Counter[str]:
        """How often each member stands in ``text``."""
        if self._is_compiled(len(text)):
            return Counter(self.pattern.findall(text))
        counts = Counter(text)
        return Counter({char: counts[char] for char in self.among(frozenset(counts))})

    def stands_in(self, document: Document) -> bool:
        """Whether ``document`` holds a member."""
        if self._is_compiled(len(document.text)):
            return self.pattern.search(document.text) is not None
        return bool(self.among(document.characters))

    def places(self, document: Document) -> list[int]:
        """Offsets of the members in ``document``, in order."""
        if self._is_compiled(len(document.text)):
            return [match.start() for match in self.pattern.finditer(document.text)]
        found = self.among(document.characters)
        return sorted(at for char in found for at in _occurrences(document.text, char))

    def _is_compiled(self, characters: int) -> bool:
        """Whether the pattern is there, or worth it for so many characters more."""
        self._read += characters
        return self._read > _PAYS or "pattern" in self.__dict__


def _occurrences(text: str, char: str) -> list[int]:
    found, at = [], text.find(char)
    while at >= 0:
        found.append(at)
        at = text.find(char, at + 1)
    return found
