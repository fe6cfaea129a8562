"""The pack of a closed review: settled at closing, its pictures drawn afterwards, also after the process was ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date

from answers.reviews import Review, reviews
from data.ledger import append
from data.scope import HEAD_OFFICE
from data.store import Store
from reports.frozen import LIST, FrozenPack
from reports.kept import checked, keep, kept_path
from reports.pictures import unseen
from reports.snapshot import Progress, drawn_pack
from texts import Problem

log = logging.getLogger("resolution_watch")
KIND = "review_packed"
_progress: dict[tuple[str, date], Progress] = {}
_lock = threading.Lock()
_one_at_a_time = threading.Lock()


def unpacked(store: Store) -> list[Review]:
    """Give the closed reviews whose pack was settled and is not drawn yet, the latest first."""
    found = [one for one in reviews(store, HEAD_OFFICE, date.max) if one.pack is None and one.frozen is not None]
    return [one for one in reversed(found) if one.frozen and kept_path(store, one.frozen.path).is_file()]


def drawing(store: Store, day: date) -> Progress | None:
    """Give how far the drawing of a review's pack is; None while nobody draws it."""
    with _lock:
        return _progress.get((str(store.path), day))


def draw_packs(store: Store) -> int:
    """Draw the packs of all closed reviews that lack one, and record each; give how many were made.

    A pack that cannot be drawn now (a full disk, a changed file) is left for the next time, and the log says why.
    """
    made = 0
    with _one_at_a_time:
        for one in unpacked(store):
            try:
                draw_pack(store, one)
                made += 1
            except Problem as problem:
                log.warning("the pack of the review of %s could not be made: %s", one.day, problem)
    return made


def draw_pack(store: Store, closed: Review, progress: Callable[[Progress], None] = unseen) -> None:
    """Draw one review's pack from what was settled, keep it and record it.

    Raises Problem where what was settled has been changed since, or the pack cannot be kept.
    """
    if closed.frozen is None:
        return
    work = kept_path(store, closed.frozen.path)
    frozen = FrozenPack.from_zip(work.read_bytes())
    listing = checked(frozen.listing(), closed.frozen)
    key = (str(store.path), closed.day)

    def show(step: Progress) -> None:
        with _lock:
            _progress[key] = step
        progress(step)

    try:
        pack = drawn_pack(frozen, show, more={LIST: listing})
        kept = keep(store, pack_path(closed.frozen.path), pack.zip_bytes())
        append(
            store,
            HEAD_OFFICE,
            kind=KIND,
            subject=f"pack:{closed.day.isoformat()}",
            body={"pack": {"path": kept.path, "sha256": kept.sha256}},
            who=closed.closed.who,
            on_day=closed.day,
            seen=0,
        )
    finally:
        with _lock:
            _progress.pop(key, None)
    work.unlink(missing_ok=True)


def frozen_path(pack: str) -> str:
    """Give the path of what is settled of a pack, by the pack's."""
    return pack.removesuffix(".zip") + ".frozen"


def pack_path(frozen: str) -> str:
    """Give the path of a pack, by the path of what is settled of it."""
    return frozen.removesuffix(".frozen") + ".zip"
