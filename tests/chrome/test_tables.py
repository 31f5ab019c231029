"""The tables that stand beside the code are what their tools make."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROME = ROOT / "src" / "seedlint" / "chrome"


@pytest.mark.parametrize("name", ["lexicon", "gate", "folding"])
def test_the_tables_fit_the_phrases(name: str) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "build_chrome_lexicon.py"))
    made = tool[name]() if name == "folding" else tool[name](tool["meanings"]())
    path = CHROME / {"lexicon": "lexicon.tsv", "gate": "gate.tsv", "folding": "fold.txt"}[name]
    assert path.read_text("utf-8") == made


def test_the_weights_name_thresholds_for_every_kind_of_page() -> None:
    from seedlint.chrome.model import bars

    for kind in ("page", "short", "amid"):
        report, remove = bars(kind)
        assert report < remove
