"""Packs on the disk: whole or not at all, and nothing of anybody else's is touched."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from reports.pack import Pack, writable_folder, write_folder, write_zip
from texts import Problem


def pack(*names: str) -> Pack:
    """A pack of small files."""
    return Pack.sealed(
        {name: name.encode() for name in names},
        {"as_of": "2025-07-27", "files": [{"name": name} for name in names]},
    )


def test_the_zip_is_dated_with_the_as_of_day_and_sorted() -> None:
    made = pack("b.png", "a.csv", "提前还款.csv")
    with zipfile.ZipFile(io.BytesIO(made.zip_bytes())) as archive:
        assert [entry.filename for entry in archive.infolist()] == ["a.csv", "b.png", "manifest.json", "提前还款.csv"]
        assert {entry.date_time for entry in archive.infolist()} == {(2025, 7, 27, 0, 0, 0)}
    assert pack("提前还款.csv", "a.csv", "b.png").zip_bytes() != made.zip_bytes(), "the manifest keeps its own order"
    assert pack("b.png", "a.csv", "提前还款.csv").zip_bytes() == made.zip_bytes()


def test_a_pack_is_read_back_from_its_zip() -> None:
    made = pack("a.csv")
    read = Pack.from_zip(made.zip_bytes())
    assert read == made
    assert read.manifest["files"] == [
        {"name": "a.csv", "bytes": 5, "sha256": hashlib.sha256(b"a.csv").hexdigest()},
    ]


def test_a_folder_that_cannot_be_written_is_a_plain_problem(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(Problem) as raised:
        writable_folder(file / "out")
    assert str(file / "out") in str(raised.value)
    assert "--out" in str(raised.value)


def test_a_disk_that_fills_up_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.pack.Path.replace", full)
    with pytest.raises(Problem, match="cannot be written"):
        write_zip(b"content", tmp_path, "快照")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_written_again_loses_the_files_it_no_longer_has_and_nothing_else(tmp_path: Path) -> None:
    write_folder(pack("a.csv", "b.csv"), tmp_path, "快照")
    (tmp_path / "快照" / "note.txt").write_text("mine")
    written = write_folder(pack("a.csv"), tmp_path, "快照")
    assert sorted(path.name for path in written.iterdir()) == ["a.csv", "manifest.json", "note.txt"]
    listed = json.loads((written / "manifest.json").read_text("utf-8"))["files"]
    assert [entry["name"] for entry in listed] == ["a.csv"]


def test_a_manifest_that_names_files_elsewhere_cannot_remove_them(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.touch()
    folder = tmp_path / "快照"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"files": [{"name": "../precious.txt"}, {"name": 1}]}', "utf-8")
    write_folder(pack("a.csv"), tmp_path, "快照")
    assert precious.exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "快照").mkdir()
    (tmp_path / "快照" / "letter.docx").touch()
    with pytest.raises(Problem, match="not a snapshot pack"):
        write_folder(pack("a.csv"), tmp_path, "快照")
    assert [path.name for path in (tmp_path / "快照").iterdir()] == ["letter.docx"]
