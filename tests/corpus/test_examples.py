"""The examples of docs/corpora.md, each run with its engine.

An engine whose package is not installed has no test here; SEEDLINT_REQUIRE_ENGINES names
those that must be (spark,datasets,duckdb,ray), as in CI.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from seedlint.arrow import lint_table

from .sets import CLEAN, DAMAGED

DOCUMENT = Path(__file__).parents[2] / "docs" / "corpora.md"
EXAMPLES = dict(
    re.findall(r"<!-- example: (\w+) -->\n```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
)
PACKAGES = {"spark": "pyspark", "datasets": "datasets", "duckdb": "duckdb", "ray": "ray"}
REQUIRED = {one for one in os.environ.get("SEEDLINT_REQUIRE_ENGINES", "").split(",") if one}


def present(engine: str) -> bool:
    """Whether an engine can run here: its package, and Java for Spark."""
    found = importlib.util.find_spec(PACKAGES[engine]) is not None
    return found and (engine != "spark" or bool(shutil.which("java") or os.environ.get("JAVA_HOME")))


ENGINES = [
    pytest.param(one, marks=[pytest.mark.ray] if one == "ray" else [])
    for one in PACKAGES
    if present(one) or one in REQUIRED
]


@pytest.fixture
def started(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """What an example takes for granted: a session of Spark, and Ray on two processors."""
    engine = request.getfixturevalue("engine")
    if engine == "spark":
        from pyspark.sql import SparkSession

        request.getfixturevalue("monkeypatch").setenv("PYSPARK_PYTHON", sys.executable)
        spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
        yield {"spark": spark}
        spark.stop()
    elif engine == "ray":
        import ray

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        yield {}
        ray.shutdown()
    else:
        yield {}


def test_every_engine_has_its_example() -> None:
    assert set(EXAMPLES) == set(PACKAGES)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_example_gives_what_the_function_gives(
    engine: str, started: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = pa.table({"id": ["a", "b", "c"], "text": [DAMAGED, CLEAN, None]})
    pq.write_table(table, tmp_path / "in.parquet")
    monkeypatch.chdir(tmp_path)
    code = EXAMPLES[engine]
    if engine == "spark":  # which looks for relative names elsewhere
        code = code.replace('"in.parquet"', f'"{tmp_path}/in.parquet"').replace('"out"', f'"{tmp_path}/out"')
    if engine == "ray":
        code = code.replace('"in.parquet"', f'"{tmp_path}/in.parquet"').replace('"out"', f'"{tmp_path}/out"')
    exec(code, dict(started))
    out = next(tmp_path.glob("out*"))
    found = pq.read_table(out).select(lint_table(table).column_names).to_pylist()
    assert sorted(found, key=lambda row: row["id"]) == lint_table(table, fix=True).to_pylist()
