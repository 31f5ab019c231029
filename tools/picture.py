"""Make docs/output.svg: what ``seedlint seeds/001…`` prints on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
COMMAND = ["--no-cache", "--select", "MOJ,PUN003", "seeds"]
WIDTH = 104


def main() -> None:
    """Run the program as on a colour terminal and draw what it printed."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-m", "seedlint", *COMMAND],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    console = Console(
        record=True, width=WIDTH, file=StringIO(), color_system="truecolor", force_terminal=True
    )
    console.print(Text.from_ansi(run.stdout.decode()), soft_wrap=False)
    console.save_svg(str(ROOT / "docs" / "output.svg"), title="$ seedlint " + " ".join(COMMAND[1:]))


if __name__ == "__main__":
    main()
