"""Runs a job over the parts of a set: in this process, in several, or on Ray."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from seedlint.arrow import ColumnError, load
from seedlint.corpus.batch import Job, Result, Unit
from seedlint.corpus.doing import Doing, PartDone
from seedlint.corpus.output import Output, OutputError
from seedlint.corpus.parts import Part, PartError
from seedlint.corpus.tally import Tally
from seedlint.workers import WorkerLost, awaited

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

ENGINES = ("embedded", "ray")
_AHEAD = 3  # units in work or waiting, for every process
_HANDLERS = {"jsonl": "lineparts", "csv": "lineparts", "parquet": "parquet"}


class Step(NamedTuple):
    """Something of a part: work to be done (a unit) with what its reader knows, its end, or its failure."""

    number: int
    source: Any
    unit: Any = None
    context: Any = None
    error: str | None = None


class Progress(NamedTuple):
    """So many more records and bytes of parts are done."""

    records: int
    weight: int


Numbered = tuple[int, Part]
_Done = TypeVar("_Done")


def handler(part: Part) -> Any:
    """The module that knows the format of a part."""
    return import_module(f"seedlint.corpus.{_HANDLERS[part.format]}")


def process(unit: Unit, job: Job) -> Result:
    """Do one unit, wherever it came to; what goes wrong goes into the result."""
    try:
        result: Result = handler(unit.part).process(unit, job)
        return result
    except ColumnError as error:
        return Result(b"", b"", Tally(), [], error=str(error))
    except Exception as error:
        message = f"from record {unit.first} on: {type(error).__name__}: {error}"
        return Result(b"", b"", Tally(), [], error=message.partition("\n")[0])


def execute(
    parts: Sequence[Part], job: Job, output: Output | None, engine: str = "embedded", jobs: int = 1
) -> Iterator[Progress | PartDone]:
    """Do every part that an earlier run has not done already; the parts come in the order they end.

    Raises seedlint.workers.WorkerLost, OutputError and MissingExtra; what is finished then stays.
    """
    todo = []
    for number, part in enumerate(parts):
        tally = output.done(part) if output else None
        if tally is None:
            todo.append((number, part))
        else:
            yield PartDone(number, part, tally, earlier=True)
    if engine == "ray":
        for found in on_ray(partial(_whole_part, job=job, output=output), todo, jobs):
            if isinstance(found, OutputError):
                raise found
            yield from found
    else:
        yield from done(todo, job, output, jobs)


def done(
    parts: Iterable[Numbered], job: Job, output: Output | None, jobs: int
) -> Iterator[Progress | PartDone]:
    """Do parts one after another, their units in processes; raises OutputError and WorkerLost."""
    current: Doing | None = None
    try:
        for step, result in mapped(process, steps(parts, job), job, jobs):
            current = current or Doing(step.number, step.source, handler(step.source.part), job, output)
            if step.unit is not None and result is not None:
                current.add(result, step.context)
                yield Progress(result.tally.records, step.unit.weight)
            else:
                finished, current = current, None
                yield finished.end(step.error)
    finally:
        if current is not None:
            current.abandon()


def steps(parts: Iterable[Numbered], job: Job) -> Iterator[Step]:
    """Every unit of every part, then its end or its failure: a part that breaks off ends no other."""
    for number, part in parts:
        source = handler(part).Source(part, job)
        try:
            for unit, context in source:
                yield Step(number, source, unit, context)
            yield Step(number, source)
        except (OSError, PartError, ColumnError) as error:
            yield Step(number, source, error=str(error).partition("\n")[0])


def mapped(
    function: Callable[[Any, Job], _Done], steps: Iterable[Step], job: Job, jobs: int
) -> Iterator[tuple[Step, _Done | None]]:
    """Every step with what ``function`` makes of its unit, in order; None where it has none.

    With more than one of ``jobs`` in processes; raises seedlint.workers.WorkerLost.
    """
    if jobs > 1:
        return _in_processes(function, steps, job, jobs)
    return ((step, function(step.unit, job) if step.unit else None) for step in steps)


def _in_processes(
    function: Callable[[Any, Job], _Done], steps: Iterable[Step], job: Job, jobs: int
) -> Iterator[tuple[Step, _Done | None]]:
    """Spawned processes, since the threads of pyarrow do not survive a fork; each is told the job once."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (function, job))
    waiting = deque[Any]()
    try:
        for step in steps:
            waiting.append((step, executor.submit(_do, step.unit) if step.unit else None))
            if len(waiting) > _AHEAD * jobs:
                yield _first(waiting, executor)
        while waiting:
            yield _first(waiting, executor)
    except BrokenProcessPool as error:
        message = (
            "a worker process died, as when memory runs out; finished parts are kept, run again to go on"
        )
        raise WorkerLost(message) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_TASK: list[Any] = []


def _begin(*task: Any) -> None:
    """What a worker process is told: the function and the job; an interrupt is for its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TASK[:] = task


def _do(unit: Unit) -> Any:
    function, job = _TASK
    return function(unit, job)


def _first(waiting: deque[Any], executor: ProcessPoolExecutor) -> tuple[Step, Any]:
    step, future = waiting.popleft()
    return step, future and awaited(future, executor)


def on_ray(function: Callable[[Numbered], _Done], todo: Sequence[Numbered], jobs: int) -> Iterator[_Done]:
    """Every part a task of Ray Data, as they end: nothing is shuffled, a task that is lost is done again."""
    if not todo:
        return
    _start_ray(jobs)
    data = load("ray.data", "ray")
    items = [{"task": _packed(numbered)} for numbered in todo]
    tasks = data.from_items(items, override_num_blocks=len(items))
    for row in tasks.map(_ray_task, fn_kwargs={"function": function}).iter_rows():
        yield _unpacked(row["done"])


def _ray_task(row: dict[str, Any], function: Callable[[Numbered], object]) -> dict[str, Any]:
    return {"done": _packed(function(_unpacked(row["task"])))}


def _start_ray(jobs: int) -> None:
    """Join the cluster of RAY_ADDRESS, or start one here with ``jobs`` processors."""
    import logging
    import os

    ray, data = load("ray", "ray"), load("ray.data", "ray")
    if not ray.is_initialized():
        here = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": jobs, "include_dashboard": False}
        ray.init(log_to_driver=False, logging_level=logging.WARNING, **here)
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    context = data.DataContext.get_current()
    context.enable_progress_bars = False


def _whole_part(
    numbered: Numbered, job: Job, output: Output | None
) -> list[Progress | PartDone] | OutputError:
    """One part, done where Ray sent it."""
    found, records, weight = list[Progress | PartDone](), 0, 0
    try:
        for one in done([numbered], job, output, 1):
            if isinstance(one, PartDone):
                found = [Progress(records, weight), one]
            else:
                records, weight = records + one.records, weight + one.weight
    except OutputError as error:
        return error
    return found


def _packed(value: object) -> bytes:
    from pickle import dumps

    return dumps(value)


def _unpacked(data: bytes) -> Any:
    from pickle import loads

    return loads(data)
