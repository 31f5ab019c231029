"""Settings files: found near the file, checked, layered, explained; harmless when hostile."""

from __future__ import annotations

import codecs
import json
import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import seedlint
from seedlint.cli import program
from seedlint.configuration import FILE_KEYS, KEYS, SECTION_KEYS, Configuration, apply, schema
from seedlint.document import Document
from seedlint.language.scripts import SCRIPTS
from seedlint.project import Project
from seedlint.settings import ENCODINGS, BadSettings, Settings

ROOT = Path(__file__).parents[1]
DAMAGED = "春节没过完,就已适配。\N{ZERO WIDTH SPACE}"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(*args: str | Path) -> dict[str, list[str]]:
    run = seedlint_cli("--output-format", "json", "--no-cache", *args)
    files = json.loads(run.stdout)["files"]
    return {Path(file["path"]).name: [one["code"] for one in file["diagnostics"]] for file in files}


def seedlint_cli(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(one) for one in args])


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a damaged text at the top and one below."""
    (tmp_path / ".git").mkdir()
    write(tmp_path / "a.txt", DAMAGED)
    write(tmp_path / "sub" / "b.txt", DAMAGED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


BOTH = ["PUN001", "UNI001"]


def test_without_settings_everything_runs(tree: Path) -> None:
    assert codes() == {"a.txt": BOTH, "b.txt": BOTH}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("seedlint.toml", "ignore = ['PUN']"),
        ("seedlint.toml", "[tool.seedlint]\nignore = ['PUN']"),
        ("pyproject.toml", "[project]\nname='x'\n[tool.seedlint]\nignore = ['halfwidth-punctuation']"),
    ],
)
def test_both_files_are_read(tree: Path, name: str, text: str) -> None:
    write(tree / name, text)
    assert codes() == {"a.txt": ["UNI001"], "b.txt": ["UNI001"]}
    assert codes("--isolated") == {"a.txt": BOTH, "b.txt": BOTH}


def test_the_nearest_file_alone_applies(tree: Path) -> None:
    write(tree / "seedlint.toml", "ignore = ['PUN']")
    write(tree / "sub" / "pyproject.toml", "[tool.seedlint]\nignore = ['UNI']")
    assert codes() == {"a.txt": ["UNI001"], "b.txt": ["PUN001"]}


def test_a_pyproject_about_other_things_is_passed_over(tree: Path) -> None:
    write(tree / "seedlint.toml", "ignore = ['PUN']")
    write(tree / "sub" / "pyproject.toml", "[tool.other]\nbroken = = ")
    assert codes() == {"a.txt": ["UNI001"], "b.txt": ["UNI001"]}


def test_settings_above_the_checkout_do_not_apply(tree: Path) -> None:
    (tree / "sub" / ".git").mkdir()
    write(tree / "seedlint.toml", "ignore = ['PUN']")
    assert codes()["b.txt"] == BOTH


def test_config_names_one_for_all(tree: Path) -> None:
    write(tree / "sub" / "seedlint.toml", "select = []")
    write(tree / "ci" / "strict.toml", "select = ['PUN']\n[[per-file]]\nfiles = ['sub/']\nselect = ['UNI']")
    assert codes("--config", "ci/strict.toml") == {"a.txt": ["PUN001"], "b.txt": ["UNI001"]}
    assert seedlint_cli("--config", "no-such.toml").exit_code == 2


def test_sections_are_about_their_files(tree: Path) -> None:
    write(
        tree / "seedlint.toml",
        "[[per-file]]\nfiles = ['sub/**']\nignore = ['PUN']\n[[per-file]]\nfiles = ['b.*']\nselect = ['PUN']",
    )
    assert codes() == {"a.txt": BOTH, "b.txt": ["PUN001"]}


def test_the_command_line_wins_but_for_what_a_section_leaves_out(tree: Path) -> None:
    write(tree / "seedlint.toml", "ignore = ['PUN']\n[[per-file]]\nfiles = ['sub/']\nignore = ['UNI']")
    assert codes() == {"a.txt": ["UNI001"], "b.txt": []}
    assert codes("--select", "ALL") == {"a.txt": BOTH, "b.txt": ["PUN001"]}
    assert codes("--extend-select", "PUN001") == {"a.txt": BOTH, "b.txt": ["PUN001"]}
    assert codes("--select", "ALL", "--ignore", "PUN") == {"a.txt": ["UNI001"], "b.txt": []}


def test_severity_by_rule(tree: Path) -> None:
    write(tree / "seedlint.toml", "ignore = ['UNI']\n[severity]\nPUN = 'error'\nPUN001 = 'warning'")
    assert seedlint_cli("--fail-on", "error").exit_code == 0
    assert seedlint_cli("--fail-on", "warning").exit_code == 1
    assert seedlint_cli("--isolated", "--select", "PUN").exit_code == 0


def test_encoding_by_path(tree: Path) -> None:
    (tree / "sub" / "b.txt").write_bytes("我们在这里,说话。".encode("gb18030"))
    write(tree / "seedlint.toml", "[[per-file]]\nfiles = ['sub/']\nencoding = 'gb18030'")
    assert seedlint_cli("--fix", "sub").exit_code == 0
    assert (tree / "sub" / "b.txt").read_bytes().decode("gb18030") == "我们在这里，说话。"


def test_exclude_holds_for_named_files_and_is_said(tree: Path) -> None:
    write(tree / "seedlint.toml", "exclude = ['sub/']")
    assert codes() == {"a.txt": BOTH}
    run = seedlint_cli("sub/b.txt")
    assert run.exit_code == 0
    assert "1 path excluded by settings" in run.stdout


def test_include_says_which_files_are_text(tree: Path) -> None:
    write(tree / "c.chapter", DAMAGED)
    write(tree / "seedlint.toml", "include = ['*.chapter', 'sub/']")
    assert codes() == {"c.chapter": BOTH, "b.txt": BOTH}


def test_standard_input_has_the_settings_of_its_name(tree: Path) -> None:
    write(tree / "seedlint.toml", "exclude = ['x.md']\n[[per-file]]\nfiles = ['sub/']\nignore = ['ALL']")

    def left(name: str) -> str:
        return CliRunner().invoke(program, ["--fix", "--stdin-filename", name, "-"], input=DAMAGED).stdout

    assert left("a.txt").startswith("春节没过完，就已适配。")
    assert left("sub/b.txt").startswith(DAMAGED)
    assert left("x.md").startswith(DAMAGED)


BAD = [
    ("selct = []", "unknown key 'selct'; did you mean 'select'?"),
    ("[[per-file]]\nfiles = ['*']\nexclude = ['x']", "per-file 1: unknown key 'exclude'"),
    ("[[per-file]]\nignore = ['PUN']", "files must say"),
    ("per-file = 3", "must be a list"),
    ("select = 'PUN'", "select: must be a list of strings"),
    ("select = ['PUN001', 'pinyin-anotation']", "no rule is called 'pinyin-anotation'"),
    ("script = 'zh-XX'", ", ".join(SCRIPTS)),
    ("encoding = 'rot13'", "gb18030"),
    ("encoding = 'base64'", "gb18030"),
    ("encoding = 3", "encoding: must be a string"),
    ("[severity]\nPUN = 'fatal'", "error, warning, info"),
    ("severity = ['PUN']", "must be a table"),
    ("exclude = ['*a*a*a*a*b']", "too many wildcards"),
    ("exclude = ['a/**/b/**/c']", "too many wildcards"),
    (f"exclude = ['{'a' * 201}']", "1 to 200 characters"),
    (f"select = {['ALL'] * 1001}", "more than 1000"),
    ("select = [", "seedlint.toml"),
    ("a = " + "[" * 5000, "seedlint.toml"),
    ("#" * (1 << 20) + "\n", "larger than"),
]


@pytest.mark.parametrize(("text", "said"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_an_error_that_names_what_can(tree: Path, text: str, said: str) -> None:
    write(tree / "seedlint.toml", text)
    run = seedlint_cli("a.txt")
    assert run.exit_code == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_an_error_shows_nothing_that_acts_on_a_terminal(tree: Path) -> None:
    write(tree / "seedlint.toml", '"\\u001b[31m\\u202e" = 1')
    run = seedlint_cli("a.txt")
    assert run.exit_code == 2
    assert "\x1b" not in run.stderr
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in run.stderr


@pytest.mark.parametrize(("pattern", "path"), [("*a*a*a", "a" * 255 + "b"), ("**/a/**/b", "a/" * 2000 + "c")])
def test_the_worst_pattern_that_passes_fails_in_time(pattern: str, path: str) -> None:
    configuration = Configuration.read({"exclude": [pattern]}, "x")
    start = time.perf_counter()
    assert configuration.leaves_out(path) is None
    assert time.perf_counter() - start < 5


def test_patterns_do_not_reach_outside(tree: Path) -> None:
    write(tree / "a.txt", DAMAGED)
    write(tree / "sub" / "seedlint.toml", "include = ['../a.txt', '/etc/*']")
    assert codes("sub") == {}


def test_settings_from_python() -> None:
    settings = Settings(select=("PUN001",), script="zh-Hans", severity=(("PUN", "error"),))
    (one,) = seedlint.lint_text("春节,好", settings=settings)
    assert one.severity is seedlint.Severity.ERROR
    assert pickle.loads(pickle.dumps(settings)) == settings
    for bad in ({"script": "zh-XX"}, {"encoding": "utf-99"}, {"severity": (("PUN", "fatal"),)}):
        with pytest.raises(BadSettings):
            Settings(**bad)


def test_lint_paths_reads_settings_files_unless_given_some(tree: Path) -> None:
    write(tree / "seedlint.toml", "ignore = ['PUN']")
    (report,) = seedlint.lint_paths(["a.txt"])
    assert [one.code for one in report.diagnostics] == ["UNI001"]
    (report,) = seedlint.lint_paths(["a.txt"], settings=Settings())
    assert [one.code for one in report.diagnostics] == BOTH


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_reads_any_bytes(encoding: str) -> None:
    data = bytes(range(256)) * 3 + b"\x81"
    Document.from_bytes(data, encoding=encoding)
    assert codecs.lookup(encoding)


def test_what_an_encoding_cannot_write_back_is_not_written(tree: Path) -> None:
    data = "漢字,漢字".encode("cp932") + b"\x87\x90"  # one of two codes of U+2252
    write(tree / "seedlint.toml", "encoding = 'cp932'\nselect = ['PUN', 'UNI']")
    (tree / "a.txt").write_bytes(data)
    assert Document.from_bytes(data, encoding="cp932").data != data
    run = seedlint_cli("--fix", "a.txt")
    assert run.exit_code == 2
    assert "cp932" in run.stdout
    assert (tree / "a.txt").read_bytes() == data


def test_settings_are_found_by_a_few_looks_at_the_disk(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counted(real: Callable[[str], bool]) -> Callable[[str], bool]:
        def look(path: str) -> bool:
            looked.append(path)
            return real(path)

        return look

    for name in ("exists", "isfile"):
        monkeypatch.setattr(os.path, name, counted(getattr(os.path, name)))
    project = Project()
    for number in range(1000):
        project.settings(f"sub/{number}.txt")
    assert len(looked) <= 6


def test_what_applies_is_shown_with_its_place(tree: Path) -> None:
    write(
        tree / "seedlint.toml",
        "script = 'zh-Hans'\nignore = ['UNI001']\nexclude = ['old/']\n"
        "[[per-file]]\nfiles = ['sub/**']\nscript = 'zh-Hant-TW'\nseverity = { PUN001 = 'error' }\n",
    )
    shown = seedlint_cli("settings", "sub/b.txt").stdout
    assert "settings: seedlint.toml" in shown
    assert "script: zh-Hant-TW (seedlint.toml, per-file 1 (sub/**))" in shown
    assert "PUN001  error    halfwidth-punctuation (severity: seedlint.toml, per-file 1 (sub/**))" in shown
    assert "UNI001  warning  invisible-character (seedlint.toml)" in shown.partition("not run:")[2]
    assert "script: zh-Hans (seedlint.toml)" in seedlint_cli("settings").stdout
    assert "no, excluded by 'old/'" in seedlint_cli("settings", "old/x.txt").stdout
    assert seedlint_cli("settings", "--select", "PUNK").exit_code == 2


def test_the_published_schema_is_that_of_the_program() -> None:
    published = (ROOT / "docs" / "settings.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema()
    assert json.loads(seedlint_cli("settings", "--schema").stdout) == schema()
    assert set(schema()["properties"]) == {*KEYS, "per-file"}
    assert set(SECTION_KEYS) == {*FILE_KEYS, "files"}


def test_the_schema_and_the_reader_agree() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    good = {
        "select": ["ALL"],
        "script": "ja",
        "severity": {"PUN": "info"},
        "per-file": [{"files": ["*"], "encoding": "gbk"}],
    }
    jsonschema.validate(good, schema())
    assert apply(Configuration.read(good, "x").layers("a")).settings.encoding == "gbk"
    tables: list[dict[str, Any]] = [
        {"selct": []},
        {"script": "zh-XX"},
        {"per-file": [{"ignore": []}]},
        {"severity": {"PUN": "x"}},
    ]
    for bad in tables:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema())
        with pytest.raises(BadSettings):
            Configuration.read(bad, "x")
