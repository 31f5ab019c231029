"""Runs a function over many files in as many processes as pay, results in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_CHUNK = 1 << 20  # bytes of files that a worker is given at once
_FILE = 1 << 12  # what opening a file costs, in bytes read
_PATIENCE = 2.0  # seconds after which the processes are looked at
_ALONE = 1 << 22  # bytes below which starting processes costs more than it saves


class WorkerLost(RuntimeError):
    """A worker process died, as when the machine runs out of memory."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    size: Callable[[_Item], int],
    jobs: int | None = None,
) -> Iterator[_Result]:
    """``function`` of every item, in order; ``size`` gives the bytes an item stands for.

    ``jobs`` is the number of processes, None for one a core where the work is enough
    for them. Raises WorkerLost.
    """
    weights = [size(item) + _FILE for item in items]
    chunks = list(_chunks(items, weights))
    jobs = min(jobs or cores(), len(chunks))
    if jobs < 2 or sum(weights) < _ALONE:
        yield from map(function, items)
    else:
        yield from _in_processes(function, chunks, jobs)


def _chunks(items: Iterable[_Item], weights: Iterable[int]) -> Iterator[list[_Item]]:
    chunk, weight = list[_Item](), 0
    for item, one in zip(items, weights, strict=True):
        chunk.append(item)
        weight += one
        if weight >= _CHUNK:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def _in_processes(
    function: Callable[[_Item], _Result], chunks: Sequence[list[_Item]], jobs: int
) -> Iterator[_Result]:
    import signal
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    executor = ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        for future in [executor.submit(_each, function, chunk) for chunk in chunks]:
            yield from awaited(future, executor)
    except BrokenProcessPool as error:
        raise WorkerLost("a worker process died; try --jobs 1") from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def awaited(future: Future[_Result], executor: ProcessPoolExecutor) -> _Result:
    """The result of a future of ``executor``; raises BrokenProcessPool when a process died.

    A process killed while it sends a result leaves the executor waiting for the rest of it.
    Ending the others closes the pipe, and the executor finds itself broken.
    """
    while True:
        try:
            return future.result(timeout=_PATIENCE)
        except TimeoutError:
            if future.done():
                return future.result()
            processes = list((executor._processes or {}).values())
            if any(process.exitcode is not None for process in processes):
                for process in processes:
                    process.kill()


def _each(function: Callable[[_Item], _Result], chunk: list[_Item]) -> list[_Result]:
    return [function(item) for item in chunk]
