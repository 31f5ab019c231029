"""Every snippet of docs/integrations.md is run, on a repository of seedlint with its release tag.

Those for pre-commit are run in test_hooks.py.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from junitparser import JUnitXml
from packaged import (
    PAGE,
    ROOT,
    SNIPPETS,
    TAG,
    commit,
    environment,
    git,
    needs_network,
    package,
    repository,
    snippet,
)

from seedlint import __version__

TESTED = set(
    "pre-commit try install gate-encoding gate-everything gate-change github gitlab reports server"
    " completion release".split()
)
DAMAGED = "国产\N{ZERO WIDTH SPACE}模型，还不错。\n"
MOJIBAKE = "國產(chǎn)大模型的技術(shù)優(yōu)勢。\n"
SOUND = "国产模型，还不错。\n"
BIN = Path(sys.executable).parent
Env = dict[str, str] | None


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = package(tmp_path_factory.mktemp("source") / "seedlint")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder: Path = repository(tmp_path / "project")
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text(SOUND, encoding="utf-8")
    assert commit(folder).returncode == 0
    return folder


def run(script: str, folder: Path, path: Path = BIN, env: Env = None) -> subprocess.CompletedProcess[str]:
    env = environment(PATH=f"{path}{os.pathsep}{os.environ['PATH']}", **(env or {}))
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env, check=False)


def write(folder: Path, text: str, name: str = "docs/a.md") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_every_block_is_a_snippet_and_every_snippet_is_tested() -> None:
    assert PAGE.count("```") == 2 * len(SNIPPETS)
    assert set(SNIPPETS) == TESTED


def test_the_versions_agree() -> None:
    assert set(re.findall(r"v\d+\.\d+\.\d+", PAGE)) == {TAG}
    heading = re.search(r"^## (\S+),? ?", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None and heading[1].rstrip(",") == __version__


def test_every_format_is_listed() -> None:
    from seedlint.reporters import formats

    listed = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE))))
    assert listed == set(formats()) - {"diff"}


class TestGates:
    """The three recipes."""

    def test_encoding_errors_alone(self, project: Path) -> None:
        write(project, DAMAGED)
        assert run(snippet("gate-encoding"), project).returncode == 0
        write(project, MOJIBAKE)
        failed = run(snippet("gate-encoding"), project)
        assert failed.returncode == 1
        assert "MOJ004 pinyin-annotation" in failed.stdout

    def test_everything_but_what_is_known(self, project: Path) -> None:
        write(project, DAMAGED)
        assert run("seedlint", project).returncode == 1
        done = run(snippet("gate-everything"), project)
        assert done.returncode == 0, done.stdout + done.stderr
        write(project, DAMAGED, "docs/b.md")
        new = run("seedlint", project)
        assert new.returncode == 1
        assert "docs/b.md:1:3" in new.stdout and "docs/a.md:" not in new.stdout

    def test_what_a_branch_adds(self, project: Path) -> None:
        write(project, DAMAGED)
        commit(project)
        git(project, "update-ref", "refs/remotes/origin/main", "HEAD")
        git(project, "switch", "--quiet", "--create", "branch")
        (project / "docs" / "a.md").write_text(f"第一行，没有问题。\n{DAMAGED}", encoding="utf-8")
        commit(project)
        quiet = run(snippet("gate-change"), project)
        assert quiet.returncode == 0, quiet.stdout + quiet.stderr
        (project / "docs" / "a.md").write_text(f"第一\N{ZERO WIDTH SPACE}行。\n{DAMAGED}", encoding="utf-8")
        commit(project)
        failed = run(snippet("gate-change"), project)
        assert failed.returncode == 1
        assert "docs/a.md:1:3" in failed.stdout and "docs/a.md:2" not in failed.stdout


def test_reports(project: Path) -> None:
    write(project, DAMAGED)
    done = run(snippet("reports"), project)
    assert done.returncode == 1
    assert "UNI001" in done.stdout
    assert json.loads((project / "seedlint.sarif").read_bytes())["version"] == "2.1.0"
    assert "UNI001" in (project / "seedlint.html").read_text(encoding="utf-8")


def test_completion(tmp_path: Path) -> None:
    done = run(snippet("completion") + "complete -p seedlint", tmp_path)
    assert "_seedlint_completion" in done.stdout
    for shell in ("zsh", "fish"):
        assert f"{shell}_source" in PAGE
        assert "seedlint" in run(f"_SEEDLINT_COMPLETE={shell}_source seedlint", tmp_path).stdout


def test_release(tmp_path: Path, source: Path) -> None:
    origin = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", str(origin))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-tags", str(source), str(clone))
    git(clone, "remote", "set-url", "origin", str(origin))
    done = run(snippet("release"), clone)
    assert done.returncode == 0, done.stderr
    assert git(origin, "tag").stdout.split() == [TAG]


def schema_check(kind: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_files_for_other_programs_are_valid(tmp_path: Path) -> None:
    for name in ("github", "gitlab"):
        text = SNIPPETS[name].replace("SOURCE", "group/seedlint")
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    checks = [
        ("github-actions", ROOT / "action.yml"),
        ("github-workflows", tmp_path / "github.yml"),
        ("gitlab-ci", ROOT / "docs" / "gitlab-ci.yml"),
        ("gitlab-ci", tmp_path / "gitlab.yml"),
    ]
    for kind, path in checks:
        done = schema_check(kind, path)
        assert done.returncode == 0, done.stdout
    (tmp_path / "wrong.yml").write_text(
        "name: x\nruns: {using: composite, steps: [{run: x}]}\n", encoding="utf-8"
    )
    assert schema_check("github-actions", tmp_path / "wrong.yml").returncode == 1


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Path:
    """The programs of an environment made by the documented line."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=True, upgrade_deps=True)
    done = run(snippet("install", source), folder, path=folder / "env" / "bin")
    assert done.returncode == 0, done.stderr
    return folder / "env" / "bin"


class TestInstalled:
    """Snippets that install the package first."""

    pytestmark = needs_network

    def test_install(self, installed: Path, project: Path) -> None:
        found = run("command -v seedlint; seedlint --version", project, path=installed)
        assert found.stdout.split("\n")[:2] == [str(installed / "seedlint"), f"seedlint {__version__}"]

    def test_server(self, installed: Path, project: Path, source: Path) -> None:
        install, serve = snippet("server", source).strip().split("\n")
        assert run(install, project, path=installed).returncode == 0
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
        message = f"Content-Length: {len(body)}\r\n\r\n{body}"
        (project / "message").write_bytes(message.encode())
        done = run(f"{serve} <message", project, path=installed)
        assert '"serverInfo":{"name":"seedlint"' in done.stdout.replace(" ", "")


ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Path:
    """The folder of a runner in which the first step of the action was run."""
    folder = tmp_path_factory.mktemp("runner")
    done = step(0, folder, source, folder, {})
    assert done.returncode == 0, done.stderr
    return folder


def step(
    number: int, folder: Path, source: Path, temporary: Path, inputs: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    step = ACTION["runs"]["steps"][number]
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "an expression in a script is a way to inject commands"
    given = {name: inputs.get(name, value["default"]) for name, value in ACTION["inputs"].items()}
    env = {key: expand(value, source, given) for key, value in step["env"].items()}
    return run(step["run"], folder, env={**env, "RUNNER_TEMP": str(temporary)})


def expand(text: str, source: Path, given: dict[str, str]) -> str:
    values = {"github.action_path": str(source), **{f"inputs.{key}": one for key, one in given.items()}}
    return re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda match: values[match[1]], text)


class TestGitHub:
    """The steps of the action, run as a runner runs them."""

    pytestmark = needs_network

    def test_the_documented_workflow(self, project: Path, source: Path, temporary: Path) -> None:
        steps = yaml.safe_load(SNIPPETS["github"])["jobs"]["seedlint"]["steps"]
        inputs = {key: one.replace("${{ github.base_ref }}", "main") for key, one in steps[1]["with"].items()}
        assert set(inputs) == set(ACTION["inputs"])
        git(project, "update-ref", "refs/remotes/origin/main", "HEAD")
        assert step(1, project, source, temporary, inputs).returncode == 0
        write(project, DAMAGED)
        failed = step(1, project, source, temporary, inputs)
        assert failed.returncode == 1
        assert failed.stdout.startswith(
            "::warning file=docs/a.md,line=1,endLine=1,col=3,endColumn=3,title=UNI001"
        )
        assert json.loads((project / "seedlint.sarif").read_bytes())["runs"][0]["results"]

    def test_defaults_and_several_paths(self, project: Path, source: Path, temporary: Path) -> None:
        assert step(1, project, source, temporary, {}).returncode == 0
        write(project, DAMAGED)
        write(project, DAMAGED, "b c.md")
        done = step(1, project, source, temporary, {"paths": "docs\n\nb c.md\n"})
        assert done.returncode == 1
        assert len(done.stdout.splitlines()) == 2
        options = {"options": "--select=ENC\n--fail-on=error\n"}
        assert step(1, project, source, temporary, options).returncode == 0

    def test_inputs_inject_nothing(self, project: Path, source: Path, temporary: Path) -> None:
        inputs = {"paths": "docs; touch owned\n$(touch owned)\n", "sarif": "x; touch owned"}
        done = step(1, project, source, temporary, inputs)
        assert done.returncode == 2
        assert not (project / "owned").exists()


class TestGitLab:
    """The script of the job, run line by line as a runner runs it."""

    pytestmark = needs_network

    def job(self, source: Path) -> dict[str, Any]:
        given = yaml.safe_load(snippet("gitlab", source))
        (include,) = given["include"]
        text = (ROOT / include["file"]).read_text(encoding="utf-8")
        assert include["ref"] == TAG
        job: dict[str, Any] = yaml.safe_load(text)["seedlint"]
        return {**job, "variables": {**job["variables"], **given["variables"]}}

    def test_the_job(self, project: Path, source: Path, installed: Path) -> None:
        job = self.job(source)
        env = {key: str(value) for key, value in job["variables"].items()}
        write(project, DAMAGED)
        done = run("\n".join(job["script"]), project, path=installed, env=env)
        assert done.returncode == 1, done.stderr
        assert "UNI001" in done.stdout
        (issue,) = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_bytes())
        jsonschema.validate(issue, {"required": ["description", "fingerprint", "location"]})
        assert issue["location"] == {"path": "docs/a.md", "lines": {"begin": 1, "end": 1}}
        assert JUnitXml.fromfile(str(project / job["artifacts"]["reports"]["junit"])).failures == 1
        assert all((project / name).exists() for name in job["artifacts"]["paths"])


def test_the_extra_that_the_server_needs_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(line.startswith("pygls") for line in declared["optional-dependencies"]["server"])
