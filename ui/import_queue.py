"""Imports from the screen: one after the other in a thread of their own, so that they go on when a reader leaves."""

from __future__ import annotations

import logging
import queue
import shutil
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import streamlit as st

from data.arrival import bring_in
from data.intake import ColumnMapping, ImportReport, Progress
from data.store import Store
from texts import N_, Message, Problem

log = logging.getLogger("resolution_watch")
State = Literal["waiting", "running", "done", "refused"]
FAULT = N_("The file could not be imported because of a fault of the product; nothing of it was stored.")
FAULT_ADVICE = N_("The details are in the log under {number}.")


@dataclass
class FileImport:
    """One file on its way into the store; `state` and what belongs to it change while the thread works.

    path: a copy of the reader's file in a folder of its own, deleted afterwards. recorded_on: the day on which the
    file was exported.
    """

    name: str
    path: Path
    kind: str
    mapping: ColumnMapping
    recorded_on: date
    state: State = "waiting"
    progress: Progress | None = None
    report: ImportReport | None = None
    problem: Problem | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "refused")


@dataclass
class ImportQueue:
    """The process's one line of imports."""

    store: Store
    _waiting: queue.SimpleQueue[FileImport] = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._work, name="imports", daemon=True).start()

    def submit(self, files: Sequence[FileImport]) -> None:
        """Put files into the line, in their order."""
        for file in files:
            self._waiting.put(file)

    def _work(self) -> None:
        while True:
            self._import(self._waiting.get())

    def _import(self, file: FileImport) -> None:
        def show(progress: Progress) -> None:
            file.progress = progress

        file.state = "running"
        try:
            file.report = bring_in(
                self.store,
                file.path,
                mapping=file.mapping,
                kind=file.kind,
                recorded_on=file.recorded_on,
                progress=show,
            )
            file.state = "done"
        except Problem as problem:
            file.problem, file.state = problem, "refused"
        except Exception:
            number = uuid.uuid4().hex[:8]
            log.exception("fault %s while importing %s", number, file.name)
            file.problem = Problem(Message(FAULT), Message(FAULT_ADVICE, {"number": number}))
            file.state = "refused"
        finally:
            shutil.rmtree(file.path.parent, ignore_errors=True)


@st.cache_resource(show_spinner=False)
def import_queue(_store: Store) -> ImportQueue:
    """Give the process's line of imports."""
    return ImportQueue(_store)
