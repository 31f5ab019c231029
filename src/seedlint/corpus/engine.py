"""Runs a job over the parts of a set: in this process, in several, or on Ray."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from seedlint.arrow import ColumnError, load
from seedlint.corpus.batch import Job, Result, Unit
from seedlint.corpus.doing import Doing, PartDone
from seedlint.corpus.output import Output, OutputError
from seedlint.corpus.parts import Part, PartError
from seedlint.corpus.tally import Tally
from seedlint.workers import WorkerLost

ENGINES = ("embedded", "ray")
_AHEAD = 3  # units in work or waiting, for every process
_HANDLERS = {"jsonl": "lineparts", "csv": "lineparts", "parquet": "parquet"}


class Step(NamedTuple):
    """Something of a part: a unit to be done with what its reader knows, its end, or its failure."""

    number: int
    source: Any
    unit: Unit | None = None
    context: Any = None
    error: str | None = None


class Progress(NamedTuple):
    """So many more records and bytes of parts are done."""

    records: int
    weight: int


Numbered = tuple[int, Part]
Mapper = Callable[[Iterable[Step], Job], Iterator[tuple[Step, Result | None]]]


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
        yield from _on_ray(todo, job, output, jobs)
    else:
        yield from done(todo, job, output, partial(_in_processes, jobs=jobs) if jobs > 1 else _here)


def done(
    parts: Iterable[Numbered], job: Job, output: Output | None, mapper: Mapper
) -> Iterator[Progress | PartDone]:
    """Do parts one after another, their units through ``mapper``; raises OutputError."""
    current: Doing | None = None
    try:
        for step, result in mapper(_steps(parts, job), job):
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


def _steps(parts: Iterable[Numbered], job: Job) -> Iterator[Step]:
    """Every unit of every part, then its end or its failure: a part that breaks off ends no other."""
    for number, part in parts:
        source = handler(part).Source(part, job)
        try:
            for unit, context in source:
                yield Step(number, source, unit, context)
            yield Step(number, source)
        except (OSError, PartError, ColumnError) as error:
            yield Step(number, source, error=str(error).partition("\n")[0])


def _here(steps: Iterable[Step], job: Job) -> Iterator[tuple[Step, Result | None]]:
    for step in steps:
        yield step, process(step.unit, job) if step.unit else None


def _in_processes(steps: Iterable[Step], job: Job, jobs: int) -> Iterator[tuple[Step, Result | None]]:
    """The same in processes; spawned, since the threads of pyarrow do not survive a fork."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
    waiting = deque[Any]()
    try:
        for step in steps:
            waiting.append((step, executor.submit(process, step.unit, job) if step.unit else None))
            if len(waiting) > _AHEAD * jobs:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
    except BrokenProcessPool as error:
        message = (
            "a worker process died, as when memory runs out; finished parts are kept, run again to go on"
        )
        raise WorkerLost(message) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _first(waiting: deque[Any]) -> tuple[Step, Result | None]:
    step, future = waiting.popleft()
    return step, future and future.result()


def _on_ray(
    todo: list[Numbered], job: Job, output: Output | None, jobs: int
) -> Iterator[Progress | PartDone]:
    """Every part a task of Ray Data: nothing is shuffled, and Ray does the part of a lost worker again."""
    if not todo:
        return
    _start_ray(jobs)
    data = load("ray.data", "ray")
    items = [{"number": number, "part": _packed(part)} for number, part in todo]
    tasks = data.from_items(items, override_num_blocks=len(items))
    for row in tasks.map(_ray_part, fn_kwargs={"job": job, "output": output}).iter_rows():
        for one in _unpacked(row["done"]):
            if isinstance(one, OutputError):
                raise one
            yield one


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


def _ray_part(row: dict[str, Any], job: Job, output: Output | None) -> dict[str, Any]:
    """One part, done where Ray sent it."""
    found: list[object] = []
    weight = records = 0
    try:
        for one in done([(row["number"], _unpacked(row["part"]))], job, output, _here):
            if isinstance(one, PartDone):
                found = [Progress(records, weight), one]
            else:
                records, weight = records + one.records, weight + one.weight
    except OutputError as error:
        found = [error]
    return {"done": _packed(found)}


def _packed(value: object) -> bytes:
    from pickle import dumps

    return dumps(value)


def _unpacked(data: bytes) -> Any:
    from pickle import loads

    return loads(data)
