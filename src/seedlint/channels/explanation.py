"""Says of a misread place what happened to it: channel, bytes, candidates, verdict."""

from __future__ import annotations

from typing import TypedDict

from seedlint.channels.misreading import Misreading
from seedlint.channels.restoration import Restoration
from seedlint.diagnostic import Fix, Verdict

_SHOWN = 24  # characters of a message
_BYTES = 8
_CLUSTERS = 20


class Description(TypedDict):
    """What a rule says of a place."""

    message: str
    fix: Fix | None
    verdict: Verdict
    evidence: dict[str, object]


def describe(one: Misreading) -> Description:
    """The message, fix, verdict and evidence of a misread place."""
    found = one.found
    channels = " and then ".join(map(str, found.channels))
    if found.unread:
        return _unread(found, channels)
    original = found.original if len(found.original) <= _SHOWN else found.original[: _SHOWN - 1] + "…"
    return Description(
        message=f"{channels}: was {original}",
        fix=Fix.replace(found.span, found.original, safe=one.safe, replay=found.replay),
        verdict=Verdict.RESTORABLE if one.safe else Verdict.AMBIGUOUS,
        evidence=_evidence(found, channels),
    )


def _unread(found: Restoration, channels: str) -> Description:
    return Description(
        message=f"{channels}: too many bytes are lost in this document to work out what it was",
        fix=None,
        verdict=Verdict.LOST,
        evidence={"cause": cause(found), "channel": channels},
    )


def cause(found: Restoration) -> str:
    """What went wrong and what to do about it, for the summary of a run."""
    channels = " and then ".join(map(str, found.channels))
    reader = "the reader" if len(found.channels) == 1 else "the first reader"
    return f"{channels}; {reader} needs encoding='{found.channels[0].true}'"


def _evidence(found: Restoration, channels: str) -> dict[str, object]:
    evidence: dict[str, object] = {
        "cause": cause(found),
        "channel": channels,
        "bytes": byte_chain(found),
        "gain": round(found.gain, 1),
    }
    if found.clusters:
        evidence["lost"] = found.lost
        evidence["candidates"] = [
            [{"text": text, "odds": round(odds, 4)} for text, odds in cluster.candidates[:4]]
            for cluster in found.clusters[:_CLUSTERS]
        ]
    return evidence


def byte_chain(found: Restoration) -> str:
    """The first bytes of the place, between what they were and what they were read as."""
    channel = found.channels[0]
    head = found.original[:3]
    data = head.encode(channel.true, "replace")[:_BYTES]
    return f"{head} -> {data.hex(' ').upper()} -> {channel.reading.read(data)}"
