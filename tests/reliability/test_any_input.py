"""Any bytes: no crash, nothing lost, nothing left for a second run, no time that grows faster than the text.

``benchmarks/fuzz.py`` tries many more.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.document import Document
from seedlint.fixer import repair

from . import inputs

KINDS = {
    "characters": list(inputs.characters(step=3571)),
    "pairs": list(islice(inputs.pairs(), 0, None, 71)),
    "two bytes": list(islice(inputs.pairs_of_bytes(), 0, None, 409)),
    "random": list(islice(inputs.random_bytes(seed=20), 150)),
    "wide": list(islice(inputs.wide(seed=20), 200)),
    "damaged": list(islice(inputs.damaged(seed=20), 20)),
}


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("some", KINDS.values(), ids=KINDS)
def test_nothing_breaks(some: Iterable[bytes], unsafe: bool) -> None:
    faults = {data: fault for data in some if (fault := inputs.fault(data, unsafe=unsafe))}
    assert not faults


@given(st.text(st.sampled_from(inputs.INTERESTING), max_size=30), st.booleans())
@settings(max_examples=60, deadline=None)
def test_telling_characters_together(text: str, unsafe: bool) -> None:
    assert not inputs.fault(text.encode("utf-8", "surrogateescape"), unsafe=unsafe)


@pytest.mark.parametrize("fragment", inputs.FRAGMENTS, ids=ascii)
def test_time_grows_with_the_text(fragment: str) -> None:
    small, large = inputs.growth(fragment)
    if inputs.is_steep(small, large):  # another process may have been in the way
        small, large = inputs.growth(fragment)
    assert not inputs.is_steep(small, large), (small, large)


@pytest.mark.parametrize("opening", ["<", "[", "(", "> ", "- ", "“", "「", "<!-- ", "*", "{"])
def test_deep_nesting(opening: str) -> None:
    text = f"{opening * 3000}中文,好{''.join(reversed(opening)) * 3000}"
    assert repair(Document(text), inputs.rules()).document.text == text


def test_many_diagnostics_in_one_line() -> None:
    text = "好,说" * 20_000
    outcome = repair(Document(text), inputs.rules())
    assert len(outcome.applied) == 20_000
    assert outcome.text == "好，说" * 20_000


def test_a_short_line_does_not_take_long() -> None:
    def late(*_: object) -> None:
        raise TimeoutError

    text = "背後的" + "锟斤拷" * 5 + "e" + "?yōu)" * 5 + "edlint: allow -->\nmp;&amp;原因苎www.}雜。"
    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, 4)  # seconds of processor time
    try:
        repair(Document(text), inputs.rules())
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
