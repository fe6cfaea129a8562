"""A snapshot pack: what the screens show of some classes on a day, as files to send around."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from answers.evidence import Standing, standing
from charts.csv_file import csv_bytes
from data.scope import Scope
from data.store import Store
from reports.exhibits import class_exhibits
from reports.file_names import file_stems
from reports.manifest import manifest_body, manifest_head
from reports.pack import Pack
from reports.pictures import Limits, draw, unseen
from reports.provenance import EVERYTHING, DataState, data_state
from texts import N_, Language, Message, Problem

NAMED_AT_MOST = 12  # classes named in a sentence


@dataclass(frozen=True)
class Progress:
    """How far a pack is: files finished of all its files, and what is being done."""

    done: int
    total: int
    doing: Message


def snapshot(
    store: Store,
    scope: Scope,
    as_of: date,
    classes: Sequence[str] = (),
    language: Language = "zh_CN",
    progress: Callable[[Progress], None] = unseen,
) -> bytes:
    """Make a snapshot pack and give its ZIP; see snapshot_pack."""
    return snapshot_pack(store, scope, as_of, classes, language, progress).zip_bytes()


def snapshot_pack(
    store: Store,
    scope: Scope,
    as_of: date,
    classes: Sequence[str] = (),
    language: Language = "zh_CN",
    progress: Callable[[Progress], None] = unseen,
    *,
    year: int | None = None,
    limits: Limits | None = None,
) -> Pack:
    """Make a snapshot pack: a PNG and a CSV of every exhibit, and manifest.json.

    scope: the reader's, as on the screen: every number is counted within it. classes: none for every class that has
    something to show. year: calendar year, else that of as_of. A pack made again from the same store and day differs
    in the manifest's made_at only. Pictures that cannot be drawn are left out, and the manifest says why.
    Raises Problem for a class that is not there, or a day on which nothing is known yet.
    """
    year = as_of.year if year is None else year
    state = data_state(store, scope, as_of)
    standings = _standings(store, scope, state, year, classes)
    answers = [shown.answer for shown in standings]
    exhibits = [
        (shown.answer.complaint_class, exhibit)
        for shown in standings
        for exhibit in class_exhibits(shown, state, language, store, scope)
    ]
    stems = file_stems([exhibit.name for _, exhibit in exhibits])
    total = sum((exhibit.figure is not None) + (exhibit.table is not None) for _, exhibit in exhibits)
    files: dict[str, bytes] = {}

    def finished(number: int, doing: Message) -> None:
        progress(Progress(number, total, doing))

    finished(0, Message(N_("Writing tables")))
    for stem, (_, exhibit) in zip(stems, exhibits, strict=True):
        if exhibit.table is not None:
            files[f"{stem}.csv"] = csv_bytes(exhibit.table())
            finished(len(files), Message(N_("Writing tables")))
    to_draw = [(f"{stem}.png", exhibit) for stem, (_, exhibit) in zip(stems, exhibits, strict=True) if exhibit.figure]
    tables = len(files)
    drawn = draw(
        [exhibit.figure() for _, exhibit in to_draw if exhibit.figure],
        lambda number: finished(tables + number, Message(N_("Drawing pictures"))),
        limits=limits,
    )
    pictures = {name: content for (name, _), content in zip(to_draw, drawn.pictures, strict=True) if content}
    missing = [name for name, _ in to_draw if name not in pictures]
    files |= pictures
    finished(total, Message(N_("Pack complete") if not missing else N_("Pack complete but for pictures")))
    listed = [
        {"name": name, "class": complaint_class, "title": exhibit.title}
        for stem, (complaint_class, exhibit) in zip(stems, exhibits, strict=True)
        for name in (f"{stem}.png", f"{stem}.csv")
        if name in files
    ]
    head = manifest_head(language, as_of, year, scope, [answer.complaint_class for answer in answers], bool(classes))
    body = manifest_body(answers, state, drawn, missing, language)
    return Pack.sealed(files, {**head, **body, "files": listed})


def _standings(store: Store, scope: Scope, state: DataState, year: int, classes: Sequence[str]) -> list[Standing]:
    """Give the standings of the classes asked for, in their order, or of every class with something to show."""
    known = [str(name) for name in store.read("classes", scope, state.as_of, year=year)["complaint_class"]]
    if not known:
        raise _nothing_known(store, scope, state)
    standings = []
    for name in dict.fromkeys(classes or known):
        shown = standing(store, scope, name, year, state.as_of) if name in known else None
        if shown is not None:
            standings.append(shown)
        elif classes:
            raise _no_such_class(name, year, state.as_of, known)
    if not standings:
        raise Problem(
            Message(
                N_("No class has a customer in {year} or the year before, as known on {as_of}."),
                {"year": year, "as_of": str(state.as_of)},
            ),
            Message(N_("Give another day with --as-of, or another year with --year.")),
        )
    return standings


def _nothing_known(store: Store, scope: Scope, state: DataState) -> Problem:
    first = data_state(store, scope, EVERYTHING).data_from
    if first is None:
        return Problem(
            Message(N_("The store holds no tickets.")),
            Message(N_("Import a ticket export first: python -m data import FILE.")),
        )
    return Problem(
        Message(
            N_("Nothing was known yet on {as_of}: the first ticket is of {first}."),
            {"as_of": str(state.as_of), "first": str(first)},
        ),
        Message(N_("Give a later day with --as-of.")),
    )


def _no_such_class(name: str, year: int, as_of: date, known: Sequence[str]) -> Problem:
    shown = ", ".join(known[:NAMED_AT_MOST]) + (", …" if len(known) > NAMED_AT_MOST else "")
    return Problem(
        Message(
            N_("The class “{name}” has no customer in {year} or the year before, as known on {as_of}."),
            {"name": name, "year": year, "as_of": str(as_of)},
        ),
        Message(N_("Use one of: {classes}."), {"classes": shown}),
    )
