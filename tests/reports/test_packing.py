"""The pack of a closed review: settled while the user waits, drawn while nobody does, also after a hard end."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from answers.decisions import decide
from answers.reviews import Review, review
from data.ledger import entries
from data.scope import HEAD_OFFICE
from data.store import Store
from reports.frozen import LIST, FrozenPack
from reports.minutes import close_review, kept_minutes, kept_pack
from reports.packing import draw_packs, drawing, unpacked
from tests.reports.conftest import Row

DAY = date(2025, 7, 28)


def close(store: Store, day: date = DAY) -> Review:
    close_review(store, HEAD_OFFICE, day, who="王敏", chair="李总", attendees="消保", language="zh_CN")
    closed = review(store, HEAD_OFFICE, day)
    assert closed is not None
    return closed


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_r08_the_pack_is_drawn_after_closing_and_its_list_is_the_one_in_the_minutes(
    filled: Store, browser: Path
) -> None:
    closed = close(filled)
    assert closed.pack is None
    assert kept_pack(filled, closed) is None
    minutes = kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN")
    assert draw_packs(filled) == 1
    packed = review(filled, HEAD_OFFICE, DAY)
    assert packed is not None
    assert packed.frozen is not None
    name, content = kept_pack(filled, packed) or ("", b"")
    assert name == "快照_2025-07-28.zip"
    files = files_of(content)
    manifest = json.loads(files["manifest.json"])
    assert hashlib.sha256(files[LIST]).hexdigest() == packed.frozen.sha256
    settled = json.loads(files[LIST])
    assert set(files) == {*settled["tables"], *settled["figures"], LIST, "manifest.json"}
    for table, told in settled["tables"].items():
        assert hashlib.sha256(files[table]).hexdigest() == told["sha256"]
    assert manifest["pictures"]["drawn"] == len(settled["figures"]) > 0
    assert {one["name"] for one in manifest["files"]} == set(files) - {"manifest.json"}
    # the minutes stay as they were, and nothing is left to draw
    assert kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN") == minutes
    assert unpacked(filled) == []
    assert draw_packs(filled) == 0
    assert drawing(filled, DAY) is None


def test_a_process_that_ended_before_the_pictures_leaves_them_to_the_next_and_they_show_what_was_closed(
    filled: Store, bank: list[Row], no_browser: None
) -> None:
    """Without a browser the pack has every number all the same, and says what to install."""
    close(filled)
    path = filled.path
    filled.close()
    again = Store(path)
    try:
        # what comes in between closing and drawing changes nothing of the pack
        with again.writing() as cursor:
            cursor.execute("DELETE FROM stored.ticket_versions WHERE branch_id = 'B02'")
        assert [one.day for one in unpacked(again)] == [DAY]
        assert draw_packs(again) == 1
        packed = review(again, HEAD_OFFICE, DAY)
        assert packed is not None
        _, content = kept_pack(again, packed) or ("", b"")
        manifest = json.loads(files_of(content)["manifest.json"])
        assert manifest["data"]["tickets"] == len(bank)
        assert manifest["pictures"]["drawn"] == 0
        assert manifest["pictures"]["missing"]
        assert [entry.who for entry in entries(again, HEAD_OFFICE, DAY, ["review_packed"])] == ["王敏"]
    finally:
        again.close()


def test_what_was_settled_and_then_changed_is_not_drawn_and_the_review_stays_without_a_pack(
    filled: Store, no_browser: None, caplog: pytest.LogCaptureFixture
) -> None:
    closed = close(filled)
    assert closed.frozen is not None
    path = filled.path.parent / closed.frozen.path
    frozen = FrozenPack.from_zip(path.read_bytes())
    name = next(iter(frozen.tables))
    path.write_bytes(FrozenPack({**frozen.tables, name: b"0"}, frozen.figures, frozen.manifest).zip_bytes())
    assert draw_packs(filled) == 0
    assert "changed" in caplog.text
    after = review(filled, HEAD_OFFICE, DAY)
    assert after is not None
    assert after.pack is None


def test_a_decision_after_closing_does_not_reach_the_closed_review(filled: Store, no_browser: None) -> None:
    close(filled)
    draw_packs(filled)
    decide(filled, HEAD_OFFICE, what="后来的", owner="个贷部", due=date(2025, 8, 9), who="王", on_day=date(2025, 7, 29),
           review=None, about={})  # fmt: skip
    packed = review(filled, HEAD_OFFICE, DAY)
    assert packed is not None
    assert packed.decisions == ()
