"""A written template: what the files of each folder share, the folders told from where the template lies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from seedlint.chrome.sketch import Sketch, Template, Templates


@dataclass(frozen=True)
class TemplateFile:
    """Templates by folder, relative to the folder ``base``; ``digest`` identifies their content."""

    base: str
    templates: Templates
    digest: str

    def of(self, path: str) -> Template | None:
        """The template of the nearest folder above the file ``path`` that has one."""
        return self.templates.of(relative(path, self.base))


def relative(path: str, base: str) -> str:
    """``path`` as told from the folder ``base``, with forward slashes; as it is on another drive."""
    try:
        path = os.path.relpath(path, base)
    except ValueError:
        path = os.path.abspath(path)
    return path.replace(os.sep, "/")


def learnt(texts: Iterable[tuple[str, str]]) -> Templates:
    """The templates of files given as path and text, folder by folder."""
    sketches: dict[str, Sketch] = {}
    for path, text in texts:
        sketches.setdefault(path.rpartition("/")[0], Sketch()).add(text.splitlines())
    return Templates.learnt(sketches)
