"""The disk: what is found, read, refused and replaced."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from seedlint import files
from seedlint.files import FileError, Found, Walk, append, create, is_binary, read, reason, size, write


def found(*paths: Path) -> list[str]:
    walk = Walk()
    for path in paths:
        walk.add(str(path))
    return [os.path.relpath(one, paths[0]) for one in walk.found]


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_folders_are_walked_for_text_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/c.TXT", "photo.png", "node_modules/x.md", ".git/x.txt")
    walk = Walk()
    walk.add(str(tmp_path))
    names = [os.path.relpath(one, tmp_path) for one in walk.found]
    assert names == ["a/c.TXT", "a/z.md", "b.txt"]
    assert walk.skipped == 1


def test_a_named_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    make(tmp_path, "data.bin")
    assert found(tmp_path / "data.bin") == ["."]


def test_gitignore_is_respected_and_overruled_below(tmp_path: Path) -> None:
    make(tmp_path, "keep.txt", "drop.txt", "sub/drop.txt", "sub/keep.txt", "out/a.txt")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("drop.txt\nout/\n")
    (tmp_path / "sub" / ".gitignore").write_text("!drop.txt\n")
    assert found(tmp_path) == ["keep.txt", "sub/drop.txt", "sub/keep.txt"]
    assert found(tmp_path / "sub") == ["drop.txt", "keep.txt"]
    assert found(tmp_path / "drop.txt") == ["."]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert found(tmp_path) == ["a/x.txt"]


class Leaves:
    """A scope that leaves out one name of each kind, and takes another."""

    def leaves_out(self, path: str, is_folder: bool = False) -> str | None:
        return "out" if os.path.basename(path) == ("folder" if is_folder else "file.txt") else None

    def takes(self, path: str) -> bool | None:
        return {"taken.bin": True, "refused.txt": False}.get(os.path.basename(path))


def test_a_scope_leaves_out_and_takes(tmp_path: Path) -> None:
    names = (
        "a.txt",
        "file.txt",
        "folder/x.txt",
        "other.bin",
        "refused.txt",
        "taken.bin",
        "z/file.txt",
        "z/z.txt",
    )
    make(tmp_path, *names)
    walk = Walk(Leaves())
    walk.add(str(tmp_path))
    assert [os.path.relpath(one, tmp_path) for one in walk.found] == ["a.txt", "taken.bin", "z/z.txt"]
    assert (walk.excluded, walk.skipped) == (3, 2)


def test_a_scope_counts_for_named_files(tmp_path: Path) -> None:
    make(tmp_path, "file.txt", "folder")
    walk = Walk(Leaves())
    assert (walk.excluded, walk.skipped) == (0, 0)
    walk.add(str(tmp_path / "file.txt"))
    walk.add(str(tmp_path / "folder"))
    assert list(walk.found) == [str(tmp_path / "folder")]
    assert walk.excluded == 1


def test_a_file_named_and_found_is_named(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    walk = Walk()
    walk.add(str(tmp_path / "a.txt"))
    walk.add(str(tmp_path))
    assert walk.found == {str(tmp_path / "a.txt"): Found(str(tmp_path / "a.txt"), True)}


def test_a_link_in_a_folder_is_passed_over_without_ending_the_walk(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "z.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "z.txt")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    assert found(tmp_path) == ["a/x.txt", "z.txt"]


def test_as_many_bytes_as_may_be_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert read(str(tmp_path / "a.txt"), 5)[0] == b"12345"
    with pytest.raises(FileError, match="larger than 4 bytes"):
        read(str(tmp_path / "a.txt"), 4)


def test_the_largest_file_is_a_quarter_of_a_gibibyte() -> None:
    assert files.LARGEST == 256 * 1024 * 1024


def test_a_missing_path_is_an_error() -> None:
    with pytest.raises(FileError, match="no such file"):
        Walk().add("no/such/path")


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero"])
def test_devices_are_refused(path: str) -> None:
    with pytest.raises(FileError, match="not a regular file"):
        read(path)


def test_a_fifo_without_writer_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(FileError, match="not a regular file"):
        read(str(tmp_path / "fifo"))


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"", False),
        ("中文".encode("gbk"), False),
        ("中文, text".encode("utf-16"), False),
        ("plain ASCII text in wide characters".encode("utf-16-le"), False),
        ("plain ASCII text in wider characters".encode("utf-32"), False),
        ("plain ASCII text in wider characters".encode("utf-16-be"), False),
        (b"\0a" * 19 + b"\x01" * 3 + b"a" * 159, True),
        (b"\0a" * 20 + b"a" * 160, False),
        (b"\0a" * 21 + b"\x01" * 5 + b"a" * 153, True),
        (b"\0a" * 21 + b"\x01" * 3 + b"a" * 155, False),
        (b"\xff\xfe" + bytes(range(1, 9)) * 20, False),
        (b"text and then \x01\x02\x03\x04 without a zero", False),
        (b"text\t\n\f\r\x1b\0" * 9, False),
        (b"PK\x03\x04 and text", True),
        (b"%PDF-1.7", True),
        (b"\0\0\0\0\0\0\0\0\x01\x02\x03\x04\x05", True),
        (b"one stray \0 in a text", False),
        (b"ID3 is what tags of songs are called", False),
        (b"ID3\x03\0\0\0\0!\x0ePRIV\0 <?xpacket begin='' ?>", True),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), True),
        (bytes(range(256)) * 4, True),
    ],
)
def test_binary_or_text(data: bytes, binary: bool) -> None:
    assert is_binary(data) is binary


def test_writing_keeps_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    path.chmod(0o640)
    _, stamp = read(str(path))
    write(str(path), b"after", stamp)
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"before")
    (tmp_path / "link.txt").symlink_to("a.txt")
    _, stamp = read(str(tmp_path / "link.txt"))
    write(str(tmp_path / "link.txt"), b"after", stamp)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"after"


def test_a_file_changed_in_between_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    _, stamp = read(str(path))
    path.write_bytes(b"by another")
    with pytest.raises(FileError, match="changed while"):
        write(str(path), b"after", stamp)
    assert path.read_bytes() == b"by another"


def test_read_only_and_hard_linked_files_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    path.chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        write(str(path), b"after", read(str(path))[1])
    path.chmod(0o644)
    os.link(path, tmp_path / "b.txt")
    with pytest.raises(FileError, match="hard links"):
        write(str(path), b"after", read(str(path))[1])
    assert path.read_bytes() == b"before"


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    _, stamp = read(str(path))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match="no space left"):
        write(str(path), b"after", stamp)
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_gitignore_files_above_count_up_to_the_checkout(tmp_path: Path) -> None:
    make(
        tmp_path, "repo/.git/HEAD", *(f"repo/a/b/{name}.txt" for name in ("above", "root", "a", "b", "kept"))
    )
    for folder, name in ((".", "above"), ("repo", "root"), ("repo/a", "a"), ("repo/a/b", "b")):
        (tmp_path / folder / ".gitignore").write_text(f"{name}.txt\n")
    assert found(tmp_path / "repo/a/b") == ["above.txt", "kept.txt"]
    assert found(tmp_path / "repo/a") == ["b/above.txt", "b/kept.txt"]


def test_gitignore_files_above_do_not_count_outside_of_a_checkout(tmp_path: Path) -> None:
    make(tmp_path, "a/b/x.txt")
    (tmp_path / "a" / ".gitignore").write_text("x.txt\n")
    assert found(tmp_path / "a/b") == ["x.txt"]


def test_what_went_wrong_is_said_in_one_line() -> None:
    assert reason(MemoryError()) == "too large for the memory of this machine"
    assert reason(ValueError("embedded null byte")) == "embedded null byte"
    assert reason(PermissionError(13, "Permission denied")) == "permission denied"


@pytest.mark.parametrize(("count", "said"), [(1, "denied: .*[0]$"), (3, "denied: .*, and 2 more folders$")])
def test_unreadable_folders_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, said: str
) -> None:
    make(tmp_path, *(f"{number}/x.txt" for number in range(count)))
    real = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path).isdigit():
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(FileError, match=said):
        Walk().add(str(tmp_path))


@pytest.mark.parametrize(("mode", "writable"), [(0o446, True), (0o464, True), (0o644, True), (0o445, False)])
def test_a_file_is_writable_by_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, writable: bool
) -> None:
    """Root may write all; it must not, where nobody is meant to."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    path.chmod(mode)
    monkeypatch.setattr(os, "access", lambda *_: True)
    if writable:
        write(str(path), b"after", read(str(path))[1])
        return
    with pytest.raises(FileError, match="read-only"):
        write(str(path), b"after", read(str(path))[1])


def test_what_may_not_be_written_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FileError, match="read-only"):
        write(str(path), b"after", read(str(path))[1])


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) + 1])
def test_a_gitignore_may_have_a_mebibyte(tmp_path: Path, size: int) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / ".gitignore").write_bytes(b"a.txt\n#".ljust(size, b"x"))
    assert found(tmp_path) == ([] if size == 1 << 20 else ["a.txt"])


def test_what_a_gitignore_says_of_folders_is_not_said_of_files(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "sub/a.txt/x.md")
    (tmp_path / ".gitignore").write_text("a.txt/\n")
    assert found(tmp_path) == ["a.txt"]


def test_a_pipe_that_takes_the_place_of_a_file_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    os.mkfifo(tmp_path / "fifo")
    before = os.stat(tmp_path / "a.txt")
    monkeypatch.setattr(os, "stat", lambda _: before)

    def late(*_: object) -> None:
        raise TimeoutError

    old = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    try:
        with pytest.raises(FileError, match="not a regular file"):
            read(str(tmp_path / "fifo"))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def test_the_size_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert size(Found(str(tmp_path / "a.txt"), True)) == 5
    assert size(Found(str(tmp_path / "none"), True)) == 0
    assert size(Found("a\0b", True)) == 0


def test_what_is_appended_is_for_the_user_alone_and_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    for _ in range(2):
        append(str(path), b"line\n")
    assert path.stat().st_mode & 0o777 == 0o600
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 5:
            raise OSError(28, "No space left on device")
        return real(handle, bytes(data[:2]))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        append(str(path), b"other\n")
    assert path.read_bytes() == b"line\nline\n"


def test_a_new_file_has_its_name_once_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that is given, or in the current one."""
    monkeypatch.chdir(tmp_path)
    seen = []
    create("a.txt", b"new", lambda handle: seen.append((os.fstat(handle).st_size, os.path.exists("a.txt"))))
    assert seen == [(3, False)]
    assert os.listdir(tmp_path) == ["a.txt"]


def test_the_number_of_links_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    for name in ("b", "c"):
        os.link(path, tmp_path / name)
    with pytest.raises(FileError, match="has 3 hard links"):
        write(str(path), b"after", read(str(path))[1])


def test_a_link_above_its_folder_leads_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the link counts by where it is, not by its name."""
    make(tmp_path, "real/a.txt", "elsewhere/x")
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path / "elsewhere")
    path = str(tmp_path / "linked" / "a.txt")
    write(path, b"after", read(path)[1])
    assert (tmp_path / "real" / "a.txt").read_bytes() == b"after"
