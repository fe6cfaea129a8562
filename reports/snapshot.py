"""A snapshot pack: what the screens show of some classes on a day, as files to send around."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from answers.evidence import Standing, standing
from answers.freshness import EVERYTHING
from answers.overview import overview
from charts.csv_file import csv_bytes
from charts.csv_words import worded
from data.scope import Scope
from data.store import Store
from reports.bank_exhibit import bank_exhibit
from reports.exhibit import Exhibit
from reports.exhibits import class_exhibits
from reports.file_names import file_stems
from reports.frozen import FrozenPack
from reports.manifest import manifest_body, manifest_head, manifest_of_drawing
from reports.pack import Pack
from reports.pictures import Limits, draw, unseen
from reports.provenance import DataState, data_state
from reports.voice_exhibits import voice_exhibits
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
    """Make a snapshot pack: a PNG and a CSV of every exhibit, and manifest.json; without classes named, what the calls
    and open tickets of the whole bank say too (their class in the manifest is null).

    scope: the reader's, as on the screen: every number is counted within it. classes: none for every class that has
    something to show. year: calendar year, else that of as_of. A pack made again from the same store and day differs
    in the manifest's made_at only. Pictures that cannot be drawn are left out, and the manifest says why.
    Raises Problem for a class that is not there, or a day on which nothing is known yet.
    """
    frozen = frozen_pack(store, scope, as_of, classes, language, progress, year=year)
    return drawn_pack(frozen, progress, limits=limits)


def frozen_pack(
    store: Store,
    scope: Scope,
    as_of: date,
    classes: Sequence[str] = (),
    language: Language = "zh_CN",
    progress: Callable[[Progress], None] = unseen,
    *,
    year: int | None = None,
) -> FrozenPack:
    """Settle everything a snapshot pack will say, without drawing its pictures; arguments and problems as in
    `snapshot_pack`."""
    year = as_of.year if year is None else year
    state = data_state(store, scope, as_of)
    standings = _standings(store, scope, state, year, classes)
    answers = [shown.answer for shown in standings]
    whole = [] if classes else [bank_exhibit(overview(store, scope, year, as_of), state, year, language)]
    exhibits: list[tuple[str | None, Exhibit]] = [(None, exhibit) for exhibit in whole]
    exhibits += [
        (shown.answer.complaint_class, exhibit)
        for shown in standings
        for exhibit in class_exhibits(shown, state, language, store, scope)
    ]
    if not classes:
        of_the_bank = voice_exhibits(store, scope, as_of, year, state.demo, language)
        exhibits += [(None, exhibit) for exhibit in of_the_bank]
    stems = file_stems([exhibit.name for _, exhibit in exhibits])
    total = sum((exhibit.figure is not None) + (exhibit.table is not None) for _, exhibit in exhibits)
    tables: dict[str, bytes] = {}
    figures: dict[str, str] = {}
    progress(Progress(0, total, Message(N_("Writing tables"))))
    for stem, (_, exhibit) in zip(stems, exhibits, strict=True):
        if exhibit.table is not None:
            tables[f"{stem}.csv"] = csv_bytes(worded(exhibit.table(), language))
            progress(Progress(len(tables), total, Message(N_("Writing tables"))))
        if exhibit.figure is not None:
            figures[f"{stem}.png"] = exhibit.figure().to_json()
    listed = [
        {"name": name, "class": complaint_class, "title": exhibit.title}
        for stem, (complaint_class, exhibit) in zip(stems, exhibits, strict=True)
        for name in (f"{stem}.png", f"{stem}.csv")
        if name in tables or name in figures
    ]
    head = manifest_head(language, as_of, year, scope, [answer.complaint_class for answer in answers], bool(classes))
    body = manifest_body(answers, state, language)
    return FrozenPack(tables, figures, {**head, **body, "files": listed})


def drawn_pack(
    frozen: FrozenPack,
    progress: Callable[[Progress], None] = unseen,
    *,
    limits: Limits | None = None,
    more: Mapping[str, bytes] | None = None,
) -> Pack:
    """Draw the pictures of a frozen pack and seal it. Pictures that cannot be drawn are left out, and the manifest says
    why.

    more: further files that go into the pack, by name.
    """
    language: Language = "en" if frozen.manifest["language"] == "en" else "zh_CN"
    total = len(frozen.tables) + len(frozen.figures)
    drawn = draw(
        list(frozen.figures.values()),
        lambda number: progress(Progress(len(frozen.tables) + number, total, Message(N_("Drawing pictures")))),
        limits=limits,
    )
    pictures = {name: made for name, made in zip(frozen.figures, drawn.pictures, strict=True) if made}
    missing = [name for name in frozen.figures if name not in pictures]
    progress(
        Progress(total, total, Message(N_("Pack complete") if not missing else N_("Pack complete but for pictures")))
    )
    files = {**frozen.tables, **pictures, **(more or {})}
    listed = [entry for entry in frozen.manifest["files"] if entry["name"] in files]
    listed += [{"name": name, "class": None, "title": ""} for name in more or ()]
    drawing = manifest_of_drawing(drawn, missing, language)
    warnings = [*frozen.manifest["warnings"], *drawing.pop("warnings")]
    return Pack.sealed(files, {**frozen.manifest, **drawing, "warnings": warnings, "files": listed})


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
