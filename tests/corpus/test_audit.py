"""``audit``: what a cleaning did, each change a repair, neutral or harm."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import ftfy
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from seedlint.arrow import Work
from seedlint.cli.audit import command
from seedlint.corpus.changes import Map, changes, regions
from seedlint.corpus.judging import Pair
from seedlint.settings import Settings

from . import sets
from .sets import Run

# Sound text of our own, in both scripts: nothing in it needs a repair.
SIMPLIFIED = (
    "他说：“我们明天再来，好吗？”她点点头，没有说话。\n\n窗外下着小雨，街上的人很少；"
    "后来天晴了，孩子们都跑出去玩。这本书介绍了如何种菜，价钱是（大约）三十元！\n"
)
TRADITIONAL = (
    "他說：「我們明天再來，好嗎？」她點點頭，沒有說話。\n\n窗外下著小雨，街上的人群很少；"
    "後來天晴了，孩子們都跑出去玩。這本書介紹了如何種菜，價錢是（大約）三十元！\n"
)
ALL = Work(Settings(), fix=True)


def judged(before: str, after: str, *select: str) -> list[tuple[str, str]]:
    """Kind and reason of every change."""
    work = Work(Settings(select=select), fix=True) if select else ALL
    pair = Pair(before.encode("utf-8", "surrogatepass"), after.encode("utf-8", "surrogatepass"), work)
    return [(one.kind.value, one.reason) for one in pair.judged()]


def kinds(before: str, after: str, *select: str) -> Counter[str]:
    return Counter(kind for kind, _ in judged(before, after, *select))


def run(*args: str | Path) -> Run:
    done = CliRunner().invoke(command, [*map(str, args)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Run(done.exit_code, done.stdout, done.stderr)


def test_the_texts_are_sound() -> None:
    assert not ALL.repair(SIMPLIFIED.encode()).diagnostics
    assert not ALL.repair(TRADITIONAL.encode()).diagnostics


def test_the_defaults_of_ftfy_harm_sound_chinese() -> None:
    found = judged(SIMPLIFIED, ftfy.fix_text(SIMPLIFIED))
    assert {kind for kind, _ in found} == {"harm"}
    assert ("harm", "made damage: PUN001 halfwidth-punctuation") in found


def test_a_blind_conversion_harms_text_that_is_in_its_script_already() -> None:
    found = judged(TRADITIONAL, OpenCC("s2t").convert(TRADITIONAL))
    assert ("harm", "made damage: SCR002 wrong-conversion") in found  # 介紹瞭如何
    assert Counter(kind for kind, _ in found)["harm"] == len(found)


def test_a_conversion_of_the_whole_text_is_neutral_but_for_its_mistakes() -> None:
    found = Counter(judged(SIMPLIFIED, OpenCC("s2t").convert(SIMPLIFIED)))
    whole = ("neutral", "converted with the whole text to the other script")
    assert found.pop(whole) > 5
    assert set(found) == {("harm", "made damage: SCR002 wrong-conversion")}


def test_our_own_repair_is_all_repair() -> None:
    before = sets.DAMAGED + "\n" + SIMPLIFIED
    after = ALL.repair(before.encode()).text
    assert kinds(before, after) == {"repair": 2}


@pytest.mark.parametrize(
    ("before", "after", "kind", "reason"),
    [
        ("他们来了。\n", "他们来了。", "neutral", "white space"),
        ("他们 来了。", "他们来了。", "neutral", "white space"),
        ("cafe\N{COMBINING ACUTE ACCENT} noir", "caf\u00e9 noir", "neutral", "normal form (NFC)"),
        ("\u201cwell\u201d he said", '"well" he said', "neutral", "quotation marks straightened or changed"),
        ("他说“好”。", '他说"好"。', "harm", "quotation marks straightened or changed"),
        ("他们来了，我们走了。", "他们来了我们走了。", "harm", "punctuation of sound text changed"),
        ("他们今天来了。", "他们来了。", "harm", "sound text removed"),
        ("他们来了。", "他们今天来了。", "harm", "text inserted"),
        ("他们来了。", "他们走掉。", "harm", "sound text rewritten"),
        ("The BBC said so.", "The bbc said so.", "harm", "capitals of sound text changed"),
        (
            "这里有一个\N{FULLWIDTH LATIN CAPITAL LETTER A}级。",
            "这里有一个A级。",
            "neutral",
            "compatibility form (NFKC)",
        ),
        (
            "好的\N{ZERO WIDTH SPACE}吗？",
            "好的吗？",
            "repair",
            "as seedlint repairs it: UNI001 invisible-character",
        ),
        (
            "好的\N{ZERO WIDTH SPACE}吗？",
            "吗？",
            "harm",
            "sound text removed with the damage: UNI001 invisible-character",
        ),
        ("好的吗？", "好的\N{ZERO WIDTH SPACE}吗？", "harm", "made damage: UNI001 invisible-character"),
    ],
)
def test_each_kind_of_change(before: str, after: str, kind: str, reason: str) -> None:
    assert set(judged(before, after, "UNI001", "UNI004")) == {(kind, reason)}


def test_another_answer_than_the_proved_one_is_harm() -> None:
    """A copy site's slip, restored rightly, left half done, and cemented by a formatter."""
    damaged = "這種做法變?yōu)樯鷳B(tài)系統的一部分，國產(chǎn)品牌也開始發(fā)展。"
    right = "這種做法演變為生態系統的一部分，國產品牌也開始發展。"
    restored = Work(Settings(select=("MOJ004",)), fix=True).repair(damaged.encode()).text
    assert restored != damaged, "the rule restores it"
    assert kinds(damaged, restored, "MOJ004") == {"repair": len(judged(damaged, restored, "MOJ004"))}
    cemented = damaged.replace("(", " (").replace(")", ") ")
    assert "repair" not in kinds(damaged, cemented, "MOJ004")
    assert right  # what was written; the words around the slip are not in the model


def test_folders_and_sets_are_audited_alike(tmp_path: Path) -> None:
    texts = [SIMPLIFIED, sets.DAMAGED, TRADITIONAL]
    cleaned = [ftfy.fix_text(text) for text in texts]
    for side, values in (("a", texts), ("b", cleaned)):
        for number, text in enumerate(values):
            (tmp_path / f"files-{side}").mkdir(exist_ok=True)
            (tmp_path / f"files-{side}" / f"{number}.txt").write_text(text, encoding="utf-8")
        sets.write(tmp_path, f"{side}.jsonl", values)
        sets.write(tmp_path, f"{side}.parquet", values)
    results = []
    for name in ("files-{}", "{}.jsonl", "{}.parquet"):
        summary = tmp_path / "summary.json"
        done = run(tmp_path / name.format("a"), tmp_path / name.format("b"), "--json", summary, "--isolated")
        assert done.returncode == 1
        value = json.loads(summary.read_text(encoding="utf-8"))
        for reason in value["reasons"]:
            reason.pop("examples")
        results.append(value)
    assert results[0] == results[1] == results[2]
    assert results[0]["harmed"] >= 2
    assert run(tmp_path / "a.jsonl", tmp_path / "a.parquet").returncode == 0


def test_records_that_were_dropped_are_paired_by_their_id(tmp_path: Path) -> None:
    texts = [SIMPLIFIED, sets.DAMAGED, TRADITIONAL, SIMPLIFIED]
    sets.write(tmp_path, "a.jsonl", texts)
    kept = sets.jsonl(texts).splitlines(keepends=True)
    (tmp_path / "b.jsonl").write_bytes(kept[0] + kept[3])
    blind = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert (blind.returncode, "--id-column" in blind.stderr) == (2, True)
    done = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--id-column", "id", "--isolated")
    assert done.returncode == 0
    assert "neutral: sound record dropped: 1" in done.stdout
    assert "neutral: damaged record dropped: 1" in done.stdout
    (tmp_path / "b.jsonl").write_bytes(kept[3] + kept[0])
    turned = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--id-column", "id")
    assert (turned.returncode, "not have their records in the same order" in turned.stderr) == (2, True)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    done = run(tmp_path / "no", tmp_path / "nothing")
    assert (done.returncode, "no such file" in done.stderr) == (2, True)


def test_folders_without_texts_are_no_clean_ones(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    done = run(tmp_path / "a", tmp_path / "b")
    assert (done.returncode, "no texts there" in done.stderr) == (2, True)


def test_records_that_cannot_be_judged_are_counted(tmp_path: Path) -> None:
    path = sets.write(tmp_path, "a.jsonl", [SIMPLIFIED])
    path.write_bytes(path.read_bytes() + b'{"id": 1, "text": 2}\n{"id": 3}\n{"id": 4, "text": null}\n{\n')
    done = run(path, path, "--isolated")
    assert done.returncode == 2
    for said in ("1 record not text: not judged", "1 record without the column", "1 record broken"):
        assert said in done.stdout
    assert "0 of 2 texts changed" in done.stdout
    wrong = run(path, path, "--text-column", "body")
    assert (wrong.returncode, "no record has a column 'body'" in wrong.stderr) == (2, True)


def test_a_long_example_is_cut(tmp_path: Path) -> None:
    text = TRADITIONAL * 20
    sets.write(tmp_path, "a.jsonl", [text.encode().decode("latin-1")])
    sets.write(tmp_path, "b.jsonl", [text])
    done = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--isolated")
    assert "…" in done.stdout
    assert max(map(len, done.stdout.replace(str(tmp_path), "").splitlines())) < 200


def test_nothing_that_was_hidden_acts_on_the_terminal(tmp_path: Path) -> None:
    for name, text in (("a.txt", "好的吗？"), ("b.txt", "好\x1b[31m的\N{RIGHT-TO-LEFT OVERRIDE}吗？")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run(tmp_path / "a.txt", tmp_path / "b.txt", "--isolated")
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "<U+202E>" in done.stdout


@given(st.text("ab\n，", max_size=40), st.text("ab\n，", max_size=40))
def test_changes_make_the_new_text_of_the_old(old: str, new: str) -> None:
    found = changes(old, new)
    text, at = "", 0
    for start, end, new_start, new_end in found:
        assert old[start:end] != new[new_start:new_end]
        text += old[at:start] + new[new_start:new_end]
        at = end
    assert text + old[at:] == new


@given(st.text("ab\n，", max_size=40), st.text("ab\n，", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_places_are_carried_over(old: str, new: str, first: int, second: int) -> None:
    """The stretches between regions are the same on both sides."""
    found = changes(old, new)
    extra = tuple(sorted((min(first, len(old)), min(second, len(old)))))
    at, new_at = 0, 0
    for start, end in regions([(one.start, one.end) for one in found], [(extra[0], extra[1])]):
        low, high = Map(found).span(start, end)
        assert old[at:start] == new[new_at:low]
        at, new_at = end, high
    assert old[at:] == new[new_at:]


def test_regions_join_what_overlaps() -> None:
    assert regions([(0, 2), (5, 5)], [(1, 3), (3, 4)], [(5, 7)]) == [(0, 3), (3, 4), (5, 7)]
