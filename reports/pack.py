"""A snapshot pack as a thing: named files and their manifest, as a ZIP or a folder."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from texts import N_, Message, Problem

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Pack:
    """Files by name, manifest.json among them.

    manifest: the JSON values of manifest.json; its `files` lists every other file with size and SHA-256.
    """

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]

    @classmethod
    def sealed(cls, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Pack:
        """Give a pack whose manifest tells the size and SHA-256 of every file (by name, in order)."""
        listed = [{**entry, **fingerprint(files[entry["name"]])} for entry in manifest["files"]]
        whole = {**manifest, "files": listed}
        text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        return cls({**files, MANIFEST: text.encode("utf-8")}, whole)

    @classmethod
    def from_zip(cls, content: bytes) -> Pack:
        """Read a pack from its ZIP."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        return cls(files, json.loads(files[MANIFEST]))

    def zip_bytes(self) -> bytes:
        """Give the pack as a ZIP: entries by name, dated with the as-of day, so that equal packs are equal bytes."""
        day = date.fromisoformat(self.manifest["as_of"])
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in sorted(self.files):
                entry = zipfile.ZipInfo(name, (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0))
                entry.create_system = 3  # Unix everywhere, or the bytes would differ between machines
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
                archive.writestr(entry, self.files[name])
        return stream.getvalue()


def fingerprint(content: bytes) -> dict[str, Any]:
    """Give a file's size and SHA-256 as they stand in the manifest."""
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def writable_folder(path: Path) -> Path:
    """Make a folder where there is none and make sure that it can be written to.

    Raises Problem where it cannot: before the work begins, not after.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise _unwritable(path, error) from error
    return path.resolve()


def write_zip(content: bytes, folder: Path, stem: str) -> Path:
    """Write a ZIP into a folder, whole or not at all, over the one of the same name.

    Raises Problem where the folder cannot be written to.
    """
    target = folder / f"{stem}.zip"
    _write(target, content)
    return target


def write_folder(pack: Pack, folder: Path, stem: str) -> Path:
    """Write a pack as a plain folder; of an older pack of the same name only the files it listed itself go.

    Raises Problem where the folder cannot be written to, or holds something that is not a pack.
    """
    target = folder / stem
    manifest = target / MANIFEST
    if target.exists() and not manifest.is_file() and any(target.iterdir()):
        raise Problem(
            Message(N_("The folder {path} is there already and is not a snapshot pack."), {"path": str(target)}),
            Message(N_("Move it away, or give another folder with --out.")),
        )
    try:
        target.mkdir(exist_ok=True)
        for name in _listed(manifest):
            (target / name).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(target, error) from error
    for name in sorted(pack.files, key=lambda name: name == MANIFEST):
        _write(target / name, pack.files[name])
    return target


def _listed(manifest: Path) -> list[str]:
    """Give the names that an older pack listed, those of its own folder only."""
    try:
        names = [entry["name"] for entry in json.loads(manifest.read_text("utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [name for name in names if isinstance(name, str) and Path(name).name == name]


def _write(target: Path, content: bytes) -> None:
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(0o644)
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(
        Message(N_("{path} cannot be written: {reason}."), {"path": str(path), "reason": error.strerror or str(error)}),
        Message(N_("Give a folder with --out that this account may write to and that has room.")),
    )
