"""Where the parts of a run go: each wholly or not at all, with a note of what is done.

Below the output folder stands ``.seedlint/``: ``run.json`` says what run this is, and
one file for every finished part what it was made of and what was counted. A part gets
its name when all of it is written, and its note after that, so that a run that was
killed is taken up again by looking at the notes alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from seedlint import __version__
from seedlint.arrow import load
from seedlint.corpus.batch import Job
from seedlint.corpus.parts import Part, resolve
from seedlint.corpus.tally import Tally

if TYPE_CHECKING:
    from seedlint.chrome.sketch import Templates

STATE = ".seedlint"


class OutputError(Exception):
    """The output cannot be written: the run ends, finished parts are kept; one line for the user."""


@contextmanager
def writing(place: str) -> Iterator[None]:
    """Turn what goes wrong with the disk into an OutputError."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else str(error).partition("\n")[0]
        raise OutputError(f"cannot write below {place}: {reason}; finished parts are kept") from error


@dataclass
class Output:
    """A folder, here or on a file system of pyarrow; can be sent to other processes."""

    folder: str
    filesystem: Any = None

    @classmethod
    def at(cls, folder: str) -> Output:
        """The folder of this name, created if need be; raises OutputError."""
        filesystem, place, _ = resolve(folder)
        with writing(folder):
            output = cls(place.rstrip("/") or "/", filesystem)
            output.disk.create_dir(f"{output.folder}/{STATE}", recursive=True)
        return output

    @property
    def disk(self) -> Any:
        """Its file system."""
        return self.filesystem or load("pyarrow.fs").LocalFileSystem()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Raises OutputError while another run on this machine writes to the same local folder."""
        if self.filesystem is not None or os.name == "nt":
            yield
            return
        import fcntl

        with writing(self.folder), open(f"{self.folder}/{STATE}/lock", "w", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise OutputError(f"another run is writing to {self.folder}") from error
            yield

    def prepare(self, job: Job, restart: bool = False) -> None:
        """Clear what a killed run left; raises OutputError where the output of another run stands."""
        mine, told = _signature(job), self._read(f"{STATE}/run.json")
        notes = self._names()
        if told != mine and told is not None and not restart:
            raise OutputError(
                f"{self.folder} holds the output of a run with other settings; choose another or --restart"
            )
        for name in notes:
            old = name.endswith(".done") or name == "templates.json"
            if name.endswith(".partial") or (old and (restart or told is None)):
                self.disk.delete_file(f"{self.folder}/{STATE}/{name}")
        with writing(self.folder):
            self._write(f"{STATE}/run.json", mine)

    def _names(self) -> list[str]:
        selector = load("pyarrow.fs").FileSelector(f"{self.folder}/{STATE}")
        return [one.base_name for one in self.disk.get_file_info(selector)]

    def _read(self, relative: str) -> Any:
        """The JSON value in a file, None if it is not there or not whole."""
        with suppress(OSError, ValueError), self.disk.open_input_file(f"{self.folder}/{relative}") as file:
            return json.loads(file.read())
        return None

    def _write(self, relative: str, value: Any) -> None:
        with Writing(self, relative) as out:
            out.write(json.dumps(value, indent=1).encode())
            out.commit()

    def templates(self, learn: Callable[[], Templates]) -> Templates:
        """What the records of a site share: learnt once, so that a run taken up again knows it."""
        from seedlint.chrome.sketch import Templates

        known = self._read(f"{STATE}/templates.json")
        if known is not None:
            return Templates.read(known)
        found = learn()
        with writing(self.folder):
            self._write(f"{STATE}/templates.json", list(found.rows()))
        return found

    def done(self, part: Part) -> Tally | None:
        """What was counted of a part that is finished, its output in place; None if it is not."""
        note = self._read(_note(part))
        if note is None or note["source"] != [part.path, part.size, part.modified]:
            return None
        places = [f"{self.folder}/{name}" for name in note["outputs"]]
        infos = self.disk.get_file_info(places) if places else []
        sizes = [info.size if info.is_file else None for info in infos]
        return Tally.of(note["tally"]) if sizes == list(note["outputs"].values()) else None

    def finish(self, part: Part, tally: Tally, outputs: dict[str, int]) -> None:
        """Note that a part is done: its outputs with their sizes in bytes."""
        with writing(self.folder):
            source = [part.path, part.size, part.modified]
            self._write(_note(part), {"source": source, "outputs": outputs, "tally": tally.value()})


def _note(part: Part) -> str:
    return f"{STATE}/{sha256(part.relative.encode(errors='surrogateescape')).hexdigest()[:24]}.done"


def _signature(job: Job) -> dict[str, Any]:
    """What decides what is written, as JSON values."""
    settings = {
        name: list(one) if isinstance(one, tuple) else one for name, one in vars(job.work.settings).items()
    }
    settings.pop("rules", None)
    value = {
        "seedlint": __version__,
        "rules": [rule.code for rule in job.work.settings.rules],
        "settings": settings,
        "work": [job.work.column, job.work.fix, job.work.unsafe, job.work.annotate],
        "filters": [list(job.drop), job.keep_if],
        "listed": job.listed,
        "columns": [job.id_column, job.site_column],
    }
    plain: dict[str, Any] = json.loads(json.dumps(value))
    return plain


@dataclass
class Writing:
    """One file being written under another name; it takes its own on ``commit``, else it goes away."""

    output: Output
    relative: str
    stream: Any = field(default=None, repr=False)

    @property
    def _partial(self) -> str:
        name = sha256(self.relative.encode(errors="surrogateescape")).hexdigest()[:24]
        return f"{self.output.folder}/{STATE}/{name}.partial"

    def __enter__(self) -> Writing:
        local = self.output.filesystem is None
        self.stream = (
            open(self._partial, "wb") if local else self.output.disk.open_output_stream(self._partial)
        )
        return self

    def write(self, data: bytes) -> None:
        """Add bytes; raises OSError."""
        self.stream.write(data)

    def commit(self) -> int:
        """Give the file its name; its size in bytes. Raises OSError."""
        if self.output.filesystem is None:
            self.stream.flush()
            os.fsync(self.stream.fileno())
        self.stream.close()
        target = f"{self.output.folder}/{self.relative}"
        self.output.disk.create_dir(target.rpartition("/")[0], recursive=True)
        self.output.disk.move(self._partial, target)
        size: int = self.output.disk.get_file_info(target).size
        return size

    def __exit__(self, *_: object) -> None:
        with suppress(OSError, ValueError):
            self.stream.close()
        with suppress(OSError):
            self.output.disk.delete_file(self._partial)
