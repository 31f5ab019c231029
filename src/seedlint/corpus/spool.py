"""Rows that wait for the end of their row group: in memory up to a bound, then in a file without a name."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Any

from seedlint.arrow import load

HELD = 64 << 20  # bytes of rows held in memory
_SOON = 0.02  # seconds until pages that were read are given back


class Spool:
    """The rows of one row group; ``folder`` takes the file, None where the system has its own place."""

    def __init__(self, schema: Any, folder: str | None = None) -> None:
        self._schema, self._folder, self._open = schema, folder, ExitStack()
        self._empty()

    def _empty(self) -> None:
        self._rows, self._size = list[Any](), 0
        self._file: Any = None
        self._out: Any = None

    def add(self, table: Any) -> None:
        """Add rows; raises OSError where the disk is full."""
        self._rows.append(table)
        self._size += table.nbytes
        if self._size > HELD:
            self._spill()

    def _spill(self) -> None:
        ipc = load("pyarrow").ipc
        if self._file is None:
            file = partial(TemporaryFile, dir=self._folder)
            self._file = self._open.enter_context(file())
            self._out = ipc.new_stream(self._file, self._schema)
        for table in self._rows:
            self._out.write_table(table)
        self._rows, self._size = [], 0

    @contextmanager
    def taken(self) -> Iterator[Any]:
        """All rows as one table, which must not be kept; the spool is empty afterwards."""
        if self._file is None:
            yield load("pyarrow").Table.from_batches([], self._schema) if not self._rows else self._joined()
        else:
            self._spill()
            self._out.close()
            self._file.flush()
            with _mapped(self._file) as data:
                yield load("pyarrow").ipc.open_stream(load("pyarrow").py_buffer(data)).read_all()
        self.close()

    def _joined(self) -> Any:
        return load("pyarrow").concat_tables(self._rows)

    def close(self) -> None:
        """Forget the rows."""
        self._open.close()
        self._empty()


@contextmanager
def _mapped(file: Any) -> Iterator[mmap.mmap]:
    """A file as memory whose pages do not stay: what is read once would else count until the end."""
    data, over = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), Event()

    def give_back() -> None:
        while not over.wait(_SOON):
            data.madvise(mmap.MADV_DONTNEED)

    helper = Thread(target=give_back, daemon=True)
    if os.name == "posix":
        helper.start()
    try:
        yield data
    finally:
        over.set()
        if helper.is_alive():
            helper.join()
