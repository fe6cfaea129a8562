"""Packs asked of the running app: through the folder beside the store."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from data.store import Store
from reports.pack import Pack
from reports.requests import Request, answer_requests, ask, requests_of
from texts import Problem

WANTED = Request(date(2025, 7, 27), None, ("提前还款",), "en")

pytestmark = pytest.mark.usefixtures("no_browser")


@contextmanager
def serving(store: Store) -> Iterator[None]:
    """The running app: it looks for requests again and again."""
    stop = threading.Event()

    def serve() -> None:
        while not stop.wait(0.05):
            answer_requests(store)

    app = threading.Thread(target=serve)
    app.start()
    try:
        yield
    finally:
        stop.set()
        app.join()


def test_the_running_app_makes_the_pack_that_was_asked_for(filled: Store) -> None:
    taken: list[bool] = []
    with serving(filled):
        content = ask(filled.path, WANTED, lambda: taken.append(True))
    manifest = Pack.from_zip(content).manifest
    assert taken == [True]
    assert (manifest["as_of"], manifest["language"]) == ("2025-07-27", "en")
    assert [entry["class"] for entry in manifest["classes"]] == ["提前还款"]
    assert list(requests_of(filled.path).iterdir()) == [], "nothing is left behind"


def test_a_pack_that_cannot_be_made_is_refused_with_the_reason(filled: Store) -> None:
    with serving(filled), pytest.raises(Problem) as raised:
        ask(filled.path, Request(date(2025, 7, 27), None, ("没有",), "zh_CN"))
    assert "没有" in str(raised.value)
    assert list(requests_of(filled.path).iterdir()) == []


def test_where_no_app_takes_the_request_it_is_withdrawn_and_said(filled: Store) -> None:
    with pytest.raises(Problem, match="makes no packs"):
        ask(filled.path, WANTED, taken_within=0.2)
    assert answer_requests(filled) == 0


def test_a_request_that_is_no_request_is_answered_too(filled: Store) -> None:
    folder = requests_of(filled.path)
    folder.mkdir()
    (folder / "x.json").write_text("[", "utf-8")
    assert answer_requests(filled) == 1
    assert "cannot be read" in json.loads((folder / "x.problem").read_text("utf-8"))[0]["id"]
    assert answer_requests(filled) == 0


def test_answers_nobody_fetched_are_removed_after_a_day(filled: Store) -> None:
    folder = requests_of(filled.path)
    folder.mkdir()
    old, new = folder / "old.zip", folder / "new.zip"
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 2 * 86400,) * 2)
    answer_requests(filled)
    assert [path.name for path in folder.iterdir()] == ["new.zip"]


def test_without_a_folder_there_is_nothing_to_do(tmp_path: Path, store: Store) -> None:
    assert answer_requests(store) == 0
