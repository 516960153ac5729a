"""Files appear whole or not at all, and nothing that was there is lost."""

import errno
import os
from pathlib import Path

import pytest

from api.saving import EARLIER, WriteError, check_folder, save, save_all

NEW = {"a.txt": b"new a", "sub/b.txt": b"new b", "c.txt": b"new c"}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if not p.is_dir()}


def fail_on(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Putting the file of this name in place fails, once all before it are in place."""
    replace = Path.replace

    def broken(self: Path, target: Path) -> Path:
        if target.name == name and self.read_bytes().startswith(b"new"):
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", broken)


def test_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    saved = save_all(tmp_path / "ut", NEW)
    assert saved.names == tuple(NEW)
    assert saved.earlier is None
    assert tree(tmp_path / "ut") == NEW


def test_what_is_replaced_is_kept(tmp_path: Path) -> None:
    old = {"a.txt": b"old a", "sub/b.txt": b"old b", "own.txt": b"mine"}
    save_all(tmp_path, old)
    saved = save_all(tmp_path, NEW)
    assert saved.earlier is not None
    assert saved.earlier.parent == tmp_path / EARLIER
    assert tree(saved.earlier) == {"a.txt": b"old a", "sub/b.txt": b"old b"}
    assert (tmp_path / "own.txt").read_bytes() == b"mine"
    assert (tmp_path / "a.txt").read_bytes() == b"new a"


def test_each_run_keeps_its_own(tmp_path: Path) -> None:
    kept = {save(tmp_path / "a.txt", text).earlier for text in (b"1", b"2", b"3", b"4")}
    assert len(kept) == 4  # None, and three folders of the same second
    assert sorted(tree(tmp_path / EARLIER).values()) == [b"1", b"2", b"3"]


def test_the_same_content_replaces_nothing(tmp_path: Path) -> None:
    save_all(tmp_path, NEW)
    assert save_all(tmp_path, NEW).earlier is None
    assert tree(tmp_path) == NEW


def test_what_is_replaced_by_order_is_not_kept(tmp_path: Path) -> None:
    save(tmp_path / "a.txt", b"old")
    save(tmp_path / "a.txt", b"new", keep=False)
    assert tree(tmp_path) == {"a.txt": b"new"}


@pytest.mark.parametrize(
    "error", [PermissionError(errno.EACCES, "open in Excel"), KeyboardInterrupt()]
)
@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("name", list(NEW))
def test_a_failure_half_way_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, keep: bool, error: BaseException
) -> None:
    old = {"a.txt": b"old a", "c.txt": b"old c", "own.txt": b"mine"}
    save_all(tmp_path, old)
    fail_on(monkeypatch, Path(name).name, error)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        save_all(tmp_path, NEW, keep=keep)
    assert tree(tmp_path) == old
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(old)  # no empty folders either


def test_a_folder_that_was_made_in_vain_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "c.txt", OSError(errno.ENOSPC, "full"))
    with pytest.raises(WriteError, match="Disken er full"):
        save_all(tmp_path / "x" / "y", NEW)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "a.txt", b"old")

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="Disken er full"):
        save_all(tmp_path, NEW)
    assert tree(tmp_path) == {"a.txt": b"old"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "a.txt").symlink_to(tmp_path / "real.txt")
    save(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    os.mkfifo(tmp_path / "c.txt")
    for name in ("a.txt", "c.txt"):
        with pytest.raises(WriteError, match="ikke en vanlig fil"):
            save(tmp_path / name, b"new")
    assert (tmp_path / "a.txt").is_dir()
    assert (tmp_path / "c.txt").is_fifo()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "x"), "ikke tilgang"),
        (OSError(errno.EROFS, "x"), "skrivebeskyttet"),
        (OSError(errno.ENAMETOOLONG, "x"), "for langt"),
        (FileNotFoundError(errno.ENOENT, "x"), "kan ikke lages her"),
        (NotADirectoryError(errno.ENOTDIR, "x"), "en fil der det må være en mappe"),
        (OSError(errno.EIO, "Input/output error"), "«Input/output error»"),
    ],
)
def test_each_refusal_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    def refuse(**_: object) -> None:
        raise error

    monkeypatch.setattr("api.saving.tempfile.TemporaryFile", refuse)
    with pytest.raises(WriteError, match=told) as found:
        check_folder(tmp_path / "ut")
    assert found.value.path == tmp_path / "ut"


def test_folders_that_can_be_made_pass(tmp_path: Path) -> None:
    check_folder(tmp_path)
    check_folder(tmp_path / "x" / "y")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ut").write_bytes(b"mine")
    for folder in (tmp_path / "ut", tmp_path / "ut" / "x"):
        with pytest.raises(WriteError, match="en fil, ikke en mappe"):
            check_folder(folder)
        with pytest.raises(WriteError, match="fil der det må være en mappe"):
            save_all(folder, NEW)
    assert tree(tmp_path) == {"ut": b"mine"}
