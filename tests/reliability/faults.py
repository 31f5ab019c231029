"""A file system that fails: every call of ``os`` counted, and one of them failing, short or deadly.

The calls of the file layer and of tempfile go through the module ``os``, so patching it
meets each step in turn, in the order in which a run takes them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

STEPS = (
    "stat lstat readlink open fstat access scandir write listxattr getxattr setxattr fchown fchmod fsync"
    " close replace unlink"
).split()
CLEANING = ("unlink",)
"""Steps whose failure may leave a temporary file behind."""

Do = Callable[[str], None]


@contextmanager
def counted(do: Do) -> Iterator[None]:
    """Call ``do`` with the name of every step before it is taken."""
    real = {name: getattr(os, name) for name in STEPS if hasattr(os, name)}

    def wrapped(name: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            do(name)
            return real[name](*args, **options)

        return call

    for name in real:
        setattr(os, name, wrapped(name))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


class Failing:
    """Raises OSError at the call number ``at``, counted from 0; ``name`` is the step that failed."""

    def __init__(self, at: int, errno: int) -> None:
        self.at, self.errno, self.seen, self.name = at, errno, 0, ""

    def __call__(self, name: str) -> None:
        self.seen += 1
        if self.seen == self.at + 1:
            self.name = name
            raise OSError(self.errno, os.strerror(self.errno))


class Deadly(Failing):
    """Kills this process at that call."""

    def __call__(self, name: str) -> None:
        self.seen += 1
        if self.seen == self.at + 1:
            os.kill(os.getpid(), signal.SIGKILL)


def steps(run: Callable[[], object]) -> list[str]:
    """The names of all steps that ``run`` takes."""
    names: list[str] = []
    with counted(names.append):
        run()
    return names


def killed_at(at: int, run: Callable[[], object]) -> bool:
    """Run in a process of its own that is killed at a step; whether it came so far."""
    child = os.fork()
    if child == 0:
        with counted(Deadly(at, 0)):
            run()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
