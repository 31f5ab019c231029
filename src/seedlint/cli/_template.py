"""Reads a written template for the commands that lint with one."""

from __future__ import annotations

import os

from seedlint import files
from seedlint.cache import digest
from seedlint.chrome.sketch import Templates
from seedlint.chrome.templatefile import TemplateFile
from seedlint.cli._outputs import Failure
from seedlint.visible import visible


def read_template(path: str) -> TemplateFile:
    """The template in the file ``path``; raises Failure for one that is missing or broken."""
    try:
        data = files.read(path)[0]
        templates = Templates.read(row for row in data.decode().split("\n") if row)
    except files.FileError as error:
        raise Failure(f"template {visible(path)}: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failure(f"template {visible(path)} is broken: {visible(str(error))}") from error
    if not data.strip():
        raise Failure(f"template {visible(path)} is broken: it is empty")
    return TemplateFile(os.path.dirname(os.path.abspath(path)), templates, digest(data))
