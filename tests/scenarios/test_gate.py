"""What a team does to its texts, and what the gate says: with a baseline and with a revision."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest

from .conftest import RULES, Repository

Gate = Callable[[], tuple[list[tuple[str, int, str]], int]]
QUIET: tuple[list[tuple[str, int, str]], int] = ([], 0)
DAMAGED = "春节没过完,就已适配多个芯片。"


@pytest.fixture(params=["baseline", "revision"])
def gate(repository: Repository, request: pytest.FixtureRequest) -> Gate:
    """The gate of a repository in which all damage on main is known."""
    if request.param == "revision":
        repository.git("switch", "-q", "-c", "change")
        return lambda: repository.gate("--new-since", "main")
    assert repository.seedlint("baseline", "create", *RULES).exit_code == 0
    repository.commit("what is known")
    repository.git("switch", "-q", "-c", "change")
    return repository.gate


def test_nothing_has_changed(repository: Repository, gate: Gate) -> None:
    assert len(repository.gate("--no-baseline")[0]) == 617
    assert gate() == QUIET


def test_a_new_line(repository: Repository, gate: Gate) -> None:
    repository.edit("docs/2.txt", "这是一条少有人走的路。", f"这是一条少有人走的路。\n\n{DAMAGED}")
    assert gate() == ([("docs/2.txt", 12, "PUN001")], 1)


def test_a_new_file(repository: Repository, gate: Gate) -> None:
    repository.write("docs/new.md", f"好。\n{DAMAGED}\n")
    assert gate() == ([("docs/new.md", 2, "PUN001")], 1)
    repository.commit("added")
    assert gate() == ([("docs/new.md", 2, "PUN001")], 1)


@pytest.mark.parametrize("told", [True, False])
def test_a_renamed_file(repository: Repository, gate: Gate, told: bool) -> None:
    (repository.root / "texts").mkdir()
    if told:
        repository.git("mv", "docs/1.txt", "texts/mirror.txt")
    else:
        os.rename(repository.root / "docs/1.txt", repository.root / "texts/mirror.txt")
    assert gate() == QUIET
    repository.commit("moved")
    assert gate() == QUIET


def test_a_renamed_file_with_new_damage(repository: Repository, gate: Gate) -> None:
    repository.git("mv", "docs/2.txt", "docs/paper.txt")
    repository.edit("docs/paper.txt", "这是一条少有人走的路。", DAMAGED)
    assert gate() == ([("docs/paper.txt", 10, "PUN001")], 1)


def test_lines_in_another_order(repository: Repository, gate: Gate) -> None:
    lines = repository.read("docs/2.txt").split("\n")
    repository.write("docs/2.txt", "\n".join([*lines[40:], *lines[:40]]))
    assert gate() == QUIET


def test_lines_above_and_another_wrapping_of_a_paragraph(repository: Repository, gate: Gate) -> None:
    text = repository.read("docs/3.txt")
    repository.write("docs/3.txt", "一个新的开头。\n\n" * 3 + text.replace("。", "。\n"))
    assert gate() == QUIET


def test_a_file_split_in_two(repository: Repository, gate: Gate) -> None:
    lines = repository.read("docs/2.txt").split("\n")
    repository.write("docs/2.txt", "\n".join(lines[:60]))
    repository.write("docs/2b.txt", "\n".join(lines[60:]))
    assert gate() == QUIET


def test_a_removed_file(repository: Repository, gate: Gate) -> None:
    repository.git("rm", "-q", "docs/2.txt")
    assert gate() == QUIET


def test_one_repaired_and_its_neighbours_stay_known(repository: Repository, gate: Gate) -> None:
    repository.edit("docs/2.txt", "科大讯飞,少有", "科大讯飞，少有")
    repository.edit("docs/2.txt", "在科技领域,技术", "在科技领域，技术")
    assert gate() == QUIET


def test_every_second_one_repaired(repository: Repository, gate: Gate) -> None:
    pieces = repository.read("docs/2.txt").split(",")
    text = "".join(f"{piece}{'，' if at % 2 else ','}" for at, piece in enumerate(pieces[:-1])) + pieces[-1]
    repository.write("docs/2.txt", text)
    assert gate() == QUIET


def test_one_damage_swapped_for_another_of_its_rule(repository: Repository, gate: Gate) -> None:
    repository.edit("docs/2.txt", "科大讯飞,少有", "科大讯飞，少有")
    repository.edit("docs/2.txt", "这是一条少有人走的路。", "这是,一条少有人走的路。")
    assert gate() == ([("docs/2.txt", 10, "PUN001")], 1)


def test_one_more_copy_of_a_line(repository: Repository, gate: Gate) -> None:
    repository.edit("docs/2.txt", "这是一条少有人走的路。", "科大讯飞,少有人走的路\n这是一条少有人走的路。")
    assert gate() == ([("docs/2.txt", 10, "PUN001")], 1)


def test_one_more_copy_of_a_file(repository: Repository, gate: Gate) -> None:
    repository.write("docs/9.txt", repository.read("docs/0.txt"))
    assert gate() == (
        [("docs/9.txt", line, code) for _, line, code in repository.gate("--no-baseline", "docs/0.txt")[0]],
        1,
    )


def test_damage_that_a_change_elsewhere_brings_to_light(repository: Repository, gate: Gate) -> None:
    repository.git("switch", "-q", "main")
    repository.write("a.md", "架构(MoE)通过分解，很快。\n\n春节没过完,就已适配。\n\n两天过去,很好。\n")
    if (repository.root / ".seedlint-baseline.jsonl").exists():
        repository.seedlint("baseline", "update", *RULES)
    repository.commit("two commas")
    repository.git("switch", "-q", "-C", "change")
    assert gate() == QUIET
    repository.write("a.md", repository.read("a.md") + "\n三天过去,很好。\n")
    assert gate() == ([("a.md", 1, "PUN001"), ("a.md", 1, "PUN001"), ("a.md", 7, "PUN001")], 1)


def test_two_branches_merged(repository: Repository, gate: Gate) -> None:
    """Both add damage; under a baseline, both also accept it."""
    accepts = (repository.root / ".seedlint-baseline.jsonl").exists()
    for branch, name in (("one", "docs/1.txt"), ("two", "docs/3.txt")):
        repository.git("switch", "-q", "-c", branch, "main")
        repository.write(name, f"{DAMAGED}\n{repository.read(name)}")
        repository.write(f"docs/{branch}.md", f"{branch}：{DAMAGED}\n")
        if accepts:
            assert repository.seedlint("baseline", "update", *RULES).exit_code == 0
        repository.commit(branch)
    repository.git("merge", "-q", "--no-edit", "one")
    added = [("docs/1.txt", 1), ("docs/3.txt", 1), ("docs/one.md", 1), ("docs/two.md", 1)]
    assert gate() == (QUIET if accepts else ([(name, line, "PUN001") for name, line in added], 1))
    if accepts:
        assert repository.summary()["stale"] == 0
        repository.edit("docs/one.md", "one", f"{DAMAGED}\none")
        assert gate() == ([("docs/one.md", 1, "PUN001")], 1)


def test_a_file_that_cannot_be_read_fails_the_gate_and_is_named(repository: Repository, gate: Gate) -> None:
    repository.write("docs/2.txt", "x")
    options = () if (repository.root / ".seedlint-baseline.jsonl").exists() else ("--new-since", "main")
    repository.write("docs/binary.txt", "x")
    (repository.root / "docs/binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    for form in ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "html"):
        run = repository.seedlint(*RULES, *options, "--output-format", form, "docs", "docs/binary.txt")
        assert run.exit_code == 2, form
        assert "binary.txt" in run.stdout, form


def test_a_fix_repairs_what_is_known_too(repository: Repository, gate: Gate) -> None:
    options = () if (repository.root / ".seedlint-baseline.jsonl").exists() else ("--new-since", "main")
    run = repository.seedlint(*RULES, "--fix", *options)
    assert run.exit_code == 0
    assert "Fixed 616 places" in run.stdout
    assert repository.gate("--no-baseline")[0] == [("docs/2.txt", 182, "PUN003")]
    assert gate() == QUIET


def test_standard_input_is_judged_by_its_name(repository: Repository, gate: Gate) -> None:
    from click.testing import CliRunner

    from seedlint.cli import program

    options = [] if (repository.root / ".seedlint-baseline.jsonl").exists() else ["--new-since", "main"]
    text = f"{DAMAGED}\n{repository.read('docs/2.txt')}"
    arguments = [*RULES, *options, "--output-format", "json", "--stdin-filename", "docs/2.txt", "-"]
    run = CliRunner().invoke(program, arguments, input=text)
    (file,) = json.loads(run.stdout)["files"]
    assert [one["start"]["line"] for one in file["diagnostics"]] == [1]


def test_from_a_folder_below(repository: Repository, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("docs/new.md", DAMAGED)
    monkeypatch.chdir(repository.root / "docs")
    assert gate() == ([("new.md", 1, "PUN001")], 1)
