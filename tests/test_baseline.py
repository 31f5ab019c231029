"""The baseline: a multiset without line numbers, and never an empty one by mistake."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as some

from seedlint import baseline, lint_text
from seedlint.baseline import BadBaseline, Entry, compare, dump, entry, parse, skeleton
from seedlint.cli import program
from seedlint.settings import Settings

DAMAGED = "春节没过完,就已适配多个芯片。\n"
SEEDS = Path(__file__).parents[1] / "seeds"
CROWDED = Settings(select=("PUN", "pinyin-annotation"))
PUNCTUATION = Settings(select=("PUN",))


def entries(text: str, path: str = "a.md") -> list[Entry]:
    return [entry(one, path) for one in lint_text(text, settings=PUNCTUATION)]


def new(now: str, before: str) -> list[int]:
    """Indexes of what is new in one file that was otherwise before."""
    known = entries(before)
    return compare(entries(now), known, gone=lambda _: False, vanished=lambda _: True).new


def seedlint(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(one) for one in arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.md").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / "b.md").write_text(DAMAGED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_same_text_has_nothing_new() -> None:
    assert new(DAMAGED, DAMAGED) == []
    assert new("好。\n\n" + DAMAGED, DAMAGED) == []


def test_one_more_is_one_new() -> None:
    assert new(DAMAGED * 3, DAMAGED * 2) == [2]


def test_edits_on_one_side_leave_a_place_known() -> None:
    assert new("春节没过完,不去上班。", DAMAGED) == []
    assert new("我们没有吃饭,就已适配多个芯片。", DAMAGED) == []
    assert new("我们没有吃饭,不去上班。", DAMAGED) == [0]


LEFT, RIGHT = "一二三四五六七八九十甲", "子丑寅卯辰巳午未申酉戌"


@pytest.mark.parametrize(
    ("left", "right", "known"),
    [
        (LEFT[:0] + "变" + LEFT[1:], "变" + RIGHT[1:], True),
        (LEFT[:1] + "变" + LEFT[2:], "变" + RIGHT[1:], False),
        (LEFT[:-1] + "变", RIGHT[:10] + "变", True),
        (LEFT[:-1] + "变", RIGHT[:9] + "变" + RIGHT[10:], False),
    ],
)
def test_ten_characters_on_a_side_name_a_place(left: str, right: str, known: bool) -> None:
    assert new(f"{left},{right}。", f"{LEFT},{RIGHT}。") == ([] if known else [0])


@pytest.mark.parametrize(("side", "known"), [("就已适", False), ("就已适配", True)])
def test_four_characters_tell_a_side_alone(side: str, known: bool) -> None:
    assert new(f"没有人说话了,{side}", f"春节还没过完,{side}") == ([] if known else [0])
    assert new(f"{side},没有人说话了", f"{side},春节还没过完") == ([] if known else [0])


@pytest.mark.parametrize("more", range(20))
@pytest.mark.parametrize("damage", [",", "ＡＢＣ"])
def test_a_place_may_move_in_its_line(more: int, damage: str) -> None:
    assert new("变" * more + f"了{damage}就已适配多个芯片。", DAMAGED.replace(",", damage)) == []


def test_a_place_may_be_the_first_of_a_file() -> None:
    assert new("ＡＢＣ就已适配多个芯片。", "春节没过完ＡＢＣ就已适配多个芯片。") == []


def test_a_mark_is_known_as_it_stands() -> None:
    from dataclasses import replace

    (one,) = lint_text(DAMAGED, settings=PUNCTUATION)
    assert one.location
    wide = replace(one, location=one.location._replace(excerpt="，"))
    assert entry(one, "a") != entry(wide, "a")


def test_other_damage_at_the_same_place_is_new() -> None:
    assert new("春节没过完;就已适配多个芯片。", DAMAGED) == [0]


def test_the_same_mark_elsewhere_is_new() -> None:
    assert new("春节没过完就已,适配多个芯片。", DAMAGED) == [0]


def test_a_short_side_tells_nothing_alone() -> None:
    assert new("我们好,吗。", "我们好,呢。") == [0]
    assert new("我们好,吗。", "\n我们好,吗。") == []


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("產(chǎn)品,好", "產品，好"),
        ("產（chǎn）品", "產品"),
        ("會(huì )員", "會員"),
        ("零\N{ZERO WIDTH SPACE}宽\N{NO-BREAK SPACE}空格", "零宽空格"),
        ("ＡＢＣ１２", "ABC12"),
        ("⼤家", "大家"),
        ("“名言”", "「名言」"),
    ],
)
def test_the_skeleton_is_the_same_after_a_repair(text: str, repaired: str) -> None:
    assert skeleton(text) == skeleton(repaired)


def test_the_skeleton_keeps_words_in_brackets() -> None:
    assert skeleton("腫瘤(neoplasm)") == "腫瘤neoplasm"


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("chance", range(3))
def test_repairing_half_of_the_places_makes_no_other_new(path: Path, chance: int) -> None:
    text = path.read_bytes().decode()
    found = lint_text(text, settings=CROWDED)
    known = [entry(one, "a") for one in found]
    half = [one for one in found if one.fix and random.Random(f"{chance}{one.span}").random() < 0.5]
    for one in sorted(half, key=lambda one: one.span, reverse=True):
        assert one.fix
        for edit in sorted(one.fix.edits, reverse=True):
            text = text[: edit.start] + edit.replacement + text[edit.end :]
    left = lint_text(text, settings=CROWDED)
    assert len(left) <= len(found) - len(half)
    unchanged = [entry(one, "a") for one in left]
    new = compare(unchanged, known, gone=lambda _: False, vanished=lambda _: True).new
    assert [left[index].message for index in new] == []


def at(path: str, text: str = "0" * 12) -> Entry:
    return Entry(f"{text}:{'1' * 8}:{'2' * 8}", path, "PUN001")


def test_entries_of_a_file_that_is_gone_stand_for_any() -> None:
    never, always = (lambda _: False), (lambda _: True)
    assert compare([at("new")], [at("old")], gone=always, vanished=always).new == []
    assert compare([at("new")], [at("old")], gone=never, vanished=never).new == [0]
    one_sided = at("old")._replace(fingerprint=f"{'0' * 12}:{'9' * 8}:{'2' * 8}")
    assert compare([at("new")], [one_sided], gone=always, vanished=always).new == []
    assert compare([at("new")], [one_sided], gone=never, vanished=always).new == [0]


_entries = some.lists(
    some.builds(at, some.sampled_from(["a", "b", "c"]), some.sampled_from(["0" * 12, "a" * 12])), max_size=12
)


@given(_entries, _entries)
def test_every_entry_accounts_for_one_place(found: list[Entry], known: list[Entry]) -> None:
    result = compare(found, known, gone=lambda path: path == "c", vanished=lambda one: one.path == "c")
    matched = len(known) - len(result.unseen)
    assert matched == len(found) - len(result.new)
    assert not Counter(result.unseen) - Counter(known)
    exact = (Counter(found) & Counter(known)).total()
    assert matched >= exact


@given(_entries)
def test_a_file_reads_as_it_was_written(known: list[Entry]) -> None:
    text = dump(known)
    lines = text.splitlines()
    assert sorted(parse(text)) == sorted(known)
    assert lines == sorted(lines)
    assert text.isascii()
    shuffled = [lines[0], *random.Random(1).sample(lines[1:], len(lines) - 1)]
    assert sorted(parse("\n".join(shuffled))) == sorted(known)


def test_a_name_that_is_not_utf_8_is_kept() -> None:
    (one,) = parse(dump([at("caf\udce9.md")]))
    assert one.path == "caf\udce9.md"


GOOD = dump([at("a.md")])
BROKEN = [
    "",
    "\n\n",
    "{}\n",
    GOOD.splitlines()[1],
    GOOD.replace('"version": 1', '"version": 2'),
    GOOD.replace('"version": 1', '"version": true'),
    GOOD.replace('"version": 1', '"version": "1"'),
    GOOD[:-9],
    GOOD + "[]\n",
    GOOD + '{"path": "a.md"}\n',
    GOOD.replace(":11111111:", ":1:"),
    GOOD.replace('"a.md"', "3"),
    f"{GOOD}<<<<<<< HEAD\n",
    "[" * 100_000,
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_baseline_is_an_error_never_an_empty_one(folder: Path, text: str) -> None:
    with pytest.raises(BadBaseline):
        parse(text)
    (folder / ".seedlint-baseline.jsonl").write_text(text, encoding="utf-8")
    for arguments in ([], ["baseline", "update"], ["baseline", "prune"], ["baseline", "show"]):
        run = seedlint(*arguments)
        assert run.exit_code == 2
        assert "baseline" in run.stderr
    assert (folder / ".seedlint-baseline.jsonl").read_text(encoding="utf-8") == text
    assert seedlint("--no-baseline").exit_code == 0


def test_a_baseline_that_cannot_be_read_is_an_error(folder: Path) -> None:
    assert seedlint("--baseline", "no-such.jsonl").exit_code == 2
    (folder / ".seedlint-baseline.jsonl").mkdir()
    assert seedlint().exit_code == 2
    (folder / "x.jsonl").write_bytes(b"\xff\xfe")
    assert seedlint("--baseline", "x.jsonl").exit_code == 2
    (folder / "dangling.jsonl").symlink_to("nowhere")
    assert seedlint("--baseline", "dangling.jsonl").exit_code == 2


def test_create_does_not_replace_what_is_there(folder: Path) -> None:
    assert seedlint("baseline", "create", "a.md").exit_code == 0
    (folder / "a.md").write_text("好。", encoding="utf-8")
    assert seedlint("baseline", "create").exit_code == 2
    assert "2 known places, 1 no longer there" not in seedlint("baseline", "show").stdout
    assert seedlint("baseline", "create", "--force").exit_code == 0
    assert "1 known places, 0 no longer there" in seedlint("baseline", "show").stdout


def count(path: str) -> int:
    return len(parse(Path(path).read_text(encoding="utf-8")))


def test_a_link_is_not_followed(folder: Path) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    (folder / ".seedlint-baseline.jsonl").symlink_to(outside)
    assert seedlint("baseline", "create", "--force").exit_code == 0
    assert outside.read_text(encoding="utf-8") == "mine"


def test_another_file_for_all_of_them(folder: Path) -> None:
    seedlint("baseline", "create", "--baseline", "ci/known.jsonl")
    assert not (folder / "ci").exists()
    (folder / "ci").mkdir()
    assert seedlint("baseline", "create", "--baseline", "ci/known.jsonl", "a.md").exit_code == 0
    assert count("ci/known.jsonl") == 1
    assert seedlint("--fail-on", "info", "--baseline", "ci/known.jsonl").exit_code == 1
    assert seedlint("baseline", "update", "--baseline", "ci/known.jsonl").exit_code == 0
    assert seedlint("--fail-on", "info", "--baseline", "ci/known.jsonl").exit_code == 0
    assert not (folder / ".seedlint-baseline.jsonl").exists()


def test_update_of_some_files_keeps_the_others(folder: Path) -> None:
    seedlint("baseline", "create")
    for name in ("a.md", "b.md"):
        (folder / name).write_text("好。", encoding="utf-8")
    assert "0 added, 1 dropped" in seedlint("baseline", "update", "a.md").stdout
    assert count(".seedlint-baseline.jsonl") == 1


def test_update_for_some_rules_keeps_the_others(folder: Path) -> None:
    seedlint("baseline", "create")
    assert "0 added, 0 dropped" in seedlint("baseline", "update", "--select", "UNI").stdout


def test_update_follows_a_renamed_file(folder: Path) -> None:
    seedlint("baseline", "create")
    (folder / "a.md").rename(folder / "c.md")
    seedlint("baseline", "update")
    text = (folder / ".seedlint-baseline.jsonl").read_text(encoding="utf-8")
    assert {one.path for one in parse(text)} == {"b.md", "c.md"}


def test_stale_entries_are_said_and_pruned_and_nothing_added(folder: Path) -> None:
    seedlint("baseline", "create")
    (folder / "a.md").write_text(
        "好。\n" + DAMAGED.replace("春节", "今天没有人").replace("就已", "也"), encoding="utf-8"
    )
    (folder / "b.md").unlink()
    run = seedlint("--fail-on", "info", "--output-format", "json")
    assert run.exit_code == 1
    summary = json.loads(run.stdout)["summary"]
    assert (summary["diagnostics"], summary["known"], summary["stale"]) == (1, 0, 2)
    assert "2 entries of the baseline no longer occur" in seedlint().stdout
    assert "a.md: PUN001 1 known, 1 no longer there" in seedlint("baseline", "show").stdout
    assert "0 known places: 2 dropped" in seedlint("baseline", "prune").stdout
    assert seedlint("--fail-on", "info").exit_code == 1


def test_what_was_not_looked_at_is_not_stale(folder: Path) -> None:
    seedlint("baseline", "create")
    (folder / "a.md").write_text("好。", encoding="utf-8")
    for arguments in (["b.md"], ["--select", "UNI"], ["--ignore", "PUN001"]):
        summary = json.loads(seedlint("--output-format", "json", *arguments).stdout)["summary"]
        assert summary["stale"] == 0
    assert "0 dropped" in seedlint("baseline", "prune", "b.md").stdout


def test_a_file_in_another_encoding_stays_known_when_its_text_changes() -> None:
    from dataclasses import replace

    from seedlint.diagnostic import Fix, Transcode

    one, other = (lint_text(text, settings=PUNCTUATION)[0] for text in (DAMAGED, "今天下雨了,没有人来。"))
    whole = Fix(transcode=Transcode("gb18030", "utf-8"))
    assert entry(replace(one, fix=whole), "a") == entry(replace(other, fix=whole), "a")


def test_what_cannot_be_read_is_named_and_nothing_written(folder: Path) -> None:
    (folder / "c.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    for missing in ("c.md", "no-such.md"):
        run = seedlint("baseline", "create", "a.md", missing)
        assert run.exit_code == 2
        assert missing in run.stderr
        assert not (folder / ".seedlint-baseline.jsonl").exists()
    seedlint("baseline", "create", "a.md")
    before = (folder / ".seedlint-baseline.jsonl").read_bytes()
    (folder / "a.md").write_text("好。", encoding="utf-8")
    for command in ("update", "prune", "show"):
        assert seedlint("baseline", command, "a.md", "c.md").exit_code == 2
    assert (folder / ".seedlint-baseline.jsonl").read_bytes() == before


def test_many_entries_are_compared_in_time() -> None:
    import time

    found = [at(f"{number % 997}.md", f"{number:012x}") for number in range(200_000)]
    start = time.perf_counter()
    assert baseline.compare(found, found, gone=lambda _: False, vanished=lambda _: True).new == []
    assert time.perf_counter() - start < 10


def test_what_is_wrong_with_a_file_is_said_with_its_line() -> None:
    sound = dump([Entry("0" * 12 + ":" + "0" * 8 + ":" + "0" * 8, "a.txt", "PUN001")]).splitlines()
    for line in (
        "no JSON",
        "[]",
        sound[1].replace('"rule"', '"more": "x", "rule"'),
        sound[1].replace(":0", ":x"),
    ):
        with pytest.raises(BadBaseline, match=r"^line 3: "):
            parse("\n".join([sound[0], "", line]))
    with pytest.raises(BadBaseline, match=r"^line 1: the version"):
        parse("{}")


def test_every_line_begins_with_its_own_hash() -> None:
    ids = [
        json.loads(line)["id"] for line in dump([Entry("f", "a", "R"), Entry("f", "b", "R")]).splitlines()[1:]
    ]
    assert len(set(ids)) == 2
    assert all(re.fullmatch("[0-9a-f]{8}", one) for one in ids)
