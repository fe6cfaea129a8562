"""Files kept with what the ledger records: written whole beside the store, and never taken for another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from answers.reviews import KeptFile
from data.store import Store
from reports.letters import keep_file
from texts import N_, Message, Problem


def kept_path(store: Store, path: str) -> Path:
    """Give where a kept file lies."""
    return store.path.parent / path


def keep(store: Store, path: str, content: bytes) -> KeptFile:
    """Keep a file beside the store, and give its path and SHA-256; raises Problem where it cannot be written."""
    keep_file(kept_path(store, path), content)
    return KeptFile(path, hashlib.sha256(content).hexdigest())


def checked(content: bytes, kept: KeptFile) -> bytes:
    """Give a kept file's content; raises Problem where it is not what was recorded."""
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise Problem(
            Message(
                N_("The file {file} is not the one that the review was closed with: it was changed."),
                {"file": kept.path},
            ),
            Message(N_("Move the file away; minutes are then made again of what was recorded.")),
        )
    return content
