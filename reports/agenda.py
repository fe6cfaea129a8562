"""The agenda that writes itself: what a weekly review has to look at, as the store knows it on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from analytics.agenda import Agenda, Item, Level, Section
from analytics.sentence import sentence
from analytics.warned import Warned, warned
from answers.branches import branch_answer
from answers.case_board import case_board, in_extension, waiting_for_mediation
from answers.case_limits import limits_in_force
from answers.decisions import decisions
from answers.hazards import hazards
from answers.letters import letters
from answers.measures import effect, measures
from answers.overview import overview
from answers.registers import Record
from answers.reviews import since_last
from charts.branch_words import branch_sentence
from charts.warning_words import WORDS, listed
from data.scope import Scope
from data.store import Store
from reports.provenance import data_state
from reports.review_words import (
    case_item,
    decision_item,
    effect_item,
    hazard_item,
    letter_item,
    mediation_item,
    outcome_words,
)
from texts import N_, Message

MOST = 12  # lines of a section; more are counted
RECENT_DAYS = 28
BRANCHES_NAMED = 3
MOST_LATE = 60
EVERY = 1_000_000  # late tickets: all of them
LEVELS: dict[Warned, Level] = {
    "exceeded": "bad", "red": "bad", "small_bad": "bad", "amber": "watch", "small_ok": "calm", "quiet": "calm",
}  # fmt: skip


def agenda(store: Store, scope: Scope, day: date) -> Agenda:
    """Put the agenda of a day's review together, as one reader may see it."""
    since, first = since_last(store, scope, day)
    names = branch_names(store, scope, day)
    sections = (
        _decisions(store, scope, day, since),
        _classes(store, scope, day),
        _not_agreed(store, scope, day, since, names),
        _branches(store, scope, day, names),
        _cases(store, scope, day, names),
        _mediation(store, scope, day),
        _hazards(store, scope, day, since, names),
        _letters(store, scope, day, since),
        _measures(store, scope, day),
        _data(store, scope, day, since),
    )
    return Agenda(day, since, first, sections)


def branch_names(store: Store, scope: Scope, day: date) -> Mapping[str, str]:
    """Give branch id → name as known on a day."""
    frame = store.read("branch_names", scope, day)
    return dict(zip(frame["branch_id"], frame["branch_name"].fillna(frame["branch_id"]), strict=True))


def _cut(name: str, items: list[Item], total: int | None = None) -> Section:
    """Keep the first lines, the worst before the others, and count the rest."""
    order: dict[Level, int] = {"bad": 0, "watch": 1, "calm": 2}
    items = sorted(items, key=lambda item: order[item.level])
    return Section(name, tuple(items[:MOST]), max((total or len(items)) - min(len(items), MOST), 0))  # type: ignore[arg-type]


def _recent(record: Record, since: date) -> bool:
    """Whether something happened to it after the review before."""
    return any(entry.on_day > since for entry in record.steps)


def _decisions(store: Store, scope: Scope, day: date, since: date) -> Section:
    found = [
        one
        for one in decisions(store, scope, day)
        if one.record.begun.on_day < day
        and (one.state == "pending" or _recent(one.record, since) or one.review == since)
    ]
    return _cut("decisions", [decision_item(one, day) for one in sorted(found, key=lambda one: one.due)])


def _classes(store: Store, scope: Scope, day: date) -> Section:
    items = []
    for row in overview(store, scope, day.year, day):
        evaluation = row.shown.evaluation
        kind = warned(evaluation)
        at = evaluation.position.level if evaluation.position else "on_track"
        level = LEVELS[kind]
        if level == "calm" and (at != "on_track" or not evaluation.quiet):
            level = "watch"
        if level == "calm" and kind != "small_ok":
            continue
        name = row.shown.answer.complaint_class
        text = Message(
            N_("{name}: {warning}. {sentence}"),
            {"name": name, "warning": Message(WORDS[kind]), "sentence": sentence(evaluation)},
        )
        items.append(Item(text, level, {"class": name}))
    return _cut("classes", items)


def _not_agreed(store: Store, scope: Scope, day: date, since: date, names: Mapping[str, str]) -> Section:
    found = store.read("newly_not_agreed", scope, day, since=since)
    items = []
    for row in found.head(60).itertuples():
        text = Message(
            N_("{ticket} · {name} · {branch} · {cause} · {demand}: {standing}"),
            {
                "ticket": row.ticket_id,
                "name": row.complaint_class,
                "branch": names.get(row.branch_id, row.branch_id),
                "cause": _or_dash(row.cause),
                "demand": _or_dash(row.demand),
                "standing": outcome_words(row.standing),
            },
        )
        focus = {"ticket": row.ticket_id, "class": row.complaint_class, "branch": row.branch_id}
        items.append(Item(text, "watch" if row.standing == "open" else "calm", focus))
    return _cut("not_agreed", items, len(found))


def _branches(store: Store, scope: Scope, day: date, names: Mapping[str, str]) -> Section:
    """Say where the customers not agreed of the last weeks come from: what each branch adds, not a ranking."""
    items = []
    for row in overview(store, scope, day.year, day):
        evaluation = row.shown.evaluation
        on_track = evaluation.position is None or evaluation.position.level == "on_track"
        if on_track and LEVELS[warned(evaluation)] == "calm":
            continue
        name = row.shown.answer.complaint_class
        items += _beyond_chance(store, scope, name, day)
        table = branch_table(store, scope, name, day, day - timedelta(days=RECENT_DAYS - 1))
        most = table[table["not_agreed"] > 0].head(BRANCHES_NAMED)
        if most.empty:
            continue
        parts = [
            Message(
                N_("{branch} {not_agreed} (of {decided} decided)"),
                {
                    "branch": names.get(branch.branch_id, branch.branch_id),
                    "not_agreed": int(branch.not_agreed),
                    "decided": int(branch.decided),
                },
            )
            for branch in most.itertuples()
        ]
        values = {"name": name, "total": int(table["not_agreed"].sum()), "branches": listed(parts)}
        text = Message(N_("{name}: {total} not agreed in four weeks, most of them at {branches}"), values)
        items.append(Item(text, "calm", {"class": name, "branch": str(most["branch_id"].iloc[0])}))
    return _cut("branches", items)


def _beyond_chance(store: Store, scope: Scope, name: str, day: date) -> list[Item]:
    """Say which branches differ beyond chance, as the branch screen marks them; nothing where none does."""
    found = branch_answer(store, scope, name, day.year, day)
    if found is None or found.findings is None:
        return []
    worse = [
        units.marked[units.marked["verdict"] == "worse"]
        for units in (found.findings.branches, found.findings.branch_causes)
    ]
    marked = pd.concat([part["branch_id"] for part in worse])
    if marked.empty:
        return []
    text = Message(
        N_("{name}, {first}–{last}: {finding}"),
        {
            "name": name,
            "first": found.findings.years[0],
            "last": found.findings.years[1],
            "finding": branch_sentence(found.findings, found.branch),
        },
    )
    return [Item(text, "watch", {"class": name, "branch": str(marked.iloc[0])})]


def branch_table(store: Store, scope: Scope, complaint_class: str, day: date, first: date) -> pd.DataFrame:
    """Give a row a branch with customers decided from a day on: branch_id, decided, not_agreed, expected (at the bank's
    share); the most not agreed first."""
    counts = store.read(
        "branch_days", scope, day, complaint_class=complaint_class, cause=None, aim="not_agreed",
        **{"from": first, "to": day},
    )  # fmt: skip
    table = counts.groupby("branch_id", as_index=False)[["base", "events"]].sum()
    table = table.rename(columns={"base": "decided", "events": "not_agreed"})
    share = table["not_agreed"].sum() / table["decided"].sum() if len(table) else 0.0
    table["expected"] = table["decided"] * share
    return table.sort_values(["not_agreed", "decided", "branch_id"], ascending=[False, True, True], ignore_index=True)


def _cases(store: Store, scope: Scope, day: date, names: Mapping[str, str]) -> Section:
    """Say which cases are late: those watched case by case by their owner and due date, others by the closing limit."""
    watched, limit = watched_classes(store, scope, day), closing_limit(store, scope, day)
    items = [
        item
        for name in watched
        for case in case_board(store, scope, name, day).cases
        if (item := case_item(name, case)) is not None
    ]
    found = _late(store, scope, day, watched, limit, MOST_LATE)
    if len(found) and not found["closes"].iloc[0]:
        items.append(Item(Message(N_("The data do not say when tickets are closed: what is late cannot be told."))))
        found = found.head(0)
    for row in found.itertuples():
        text = Message(
            N_("{ticket} · {name} · {branch}: open for {days} days; {limit} are allowed without an extension"),
            {
                "ticket": row.ticket_id,
                "name": row.complaint_class,
                "branch": names.get(row.branch_id, row.branch_id),
                "days": int(row.days),
                "limit": limit,
            },
        )
        focus = {"ticket": row.ticket_id, "class": row.complaint_class, "branch": row.branch_id}
        items.append(Item(text, "bad" if row.days > 2 * limit or row.undispatched else "watch", focus))
    more = int(found["late"].iloc[0]) - len(found) if len(found) else 0
    return _cut("cases", items, len(items) + more)


def watched_classes(store: Store, scope: Scope, day: date) -> list[str]:
    """Give the classes that are watched case by case."""
    return [
        row.shown.answer.complaint_class
        for row in overview(store, scope, day.year, day)
        if row.shown.answer.plan.regime == "case_by_case"
    ]


def closing_limit(store: Store, scope: Scope, day: date) -> int:
    """Give the days from receipt within which the bank closes a ticket that was not extended."""
    return limits_in_force(store, scope, day).closing_days(None)


def late_tickets(store: Store, scope: Scope, day: date) -> pd.DataFrame:
    """Give every ticket that is late, longest open first: of classes watched case by case those that are late by their
    own dates, of the others those past the limit for closing (their extension, where they have one)."""
    watched = watched_classes(store, scope, day)
    late = [case.ticket for name in watched for case in case_board(store, scope, name, day).cases if case.state.late]
    others = _late(store, scope, day, watched, closing_limit(store, scope, day), EVERY)
    columns = [name for name in others.columns if name not in ("days", "undispatched", "late", "closes")]
    table = pd.concat([pd.DataFrame(late, columns=columns), others[columns]], ignore_index=True)
    return table.sort_values(["received_at", "ticket_id"], ignore_index=True)


def _late(store: Store, scope: Scope, day: date, watched: list[str], limit: int, most: int) -> pd.DataFrame:
    extended = in_extension(store, scope, day)
    return store.read("late_tickets", scope, day, limit=limit, most=most, watched=watched, extended=extended)


def _mediation(store: Store, scope: Scope, day: date) -> Section:
    """Say who qualifies for mediation, by which rule, and has not been put forward for it: all classes."""
    found = waiting_for_mediation(store, scope, day)
    return _cut("mediation", [mediation_item(case) for case in found[:MOST]], len(found))


def _hazards(store: Store, scope: Scope, day: date, since: date, names: Mapping[str, str]) -> Section:
    found = [one for one in hazards(store, scope, day) if one.is_open or _recent(one.record, since)]
    return _cut("hazards", [hazard_item(one, day, names) for one in found])


def _letters(store: Store, scope: Scope, day: date, since: date) -> Section:
    found = [
        one
        for one in letters(store, scope, day)
        if one.state not in ("verified", "withdrawn")
        or any(_recent(part.record, since) for part in one.addressees)
        or _recent(one.record, since)
    ]
    return _cut("letters", [letter_item(one, day) for one in sorted(found, key=lambda one: one.due)])


def _measures(store: Store, scope: Scope, day: date) -> Section:
    found = [one for one in measures(store, scope, day) if one.record.state == "running"]
    return _cut("measures", [effect_item(one, effect(store, scope, one, day)) for one in found])


def _data(store: Store, scope: Scope, day: date, since: date) -> Section:
    state = data_state(store, scope, day)
    items = []
    stale = [name for name in sorted(state.rhythm_days) if state.is_stale(name)]
    if stale:
        text = N_("Not up to date: the data end on {day}, {days} days ago; unusual for {classes}.")
        values = {"day": str(state.reaches), "days": state.days_old, "classes": "、".join(stale[:6])}
        items.append(Item(Message(text, values), "bad"))
    imports = store.read("imports", scope, day)
    recent = imports[imports["recorded_on"] > pd.Timestamp(since)]
    for row in recent[recent["set_aside"] > 0].itertuples():
        text = N_("{file}: {rows} of {read} rows set aside, not in any number; correct them and send them again.")
        values = {"file": row.file_name, "rows": int(row.set_aside), "read": int(row.rows_read)}
        items.append(Item(Message(text, values), "watch"))
    for row in store.read("quality", scope, day).itertuples():
        if row.violated and row.applicable and row.check_name in CHECKS:
            values = {"violated": int(row.violated), "share": f"{row.violated / row.applicable:.1%}"}
            items.append(Item(Message(CHECKS[row.check_name], values), "calm"))
    return _cut("data", items)


CHECKS = {
    "undispatched": N_("{violated} tickets ({share}) were never dispatched."),
    "undecided_60_days": N_("{violated} tickets ({share}) have no first outcome after 60 days."),
    "closed_without_outcome": N_("{violated} closed tickets ({share}) have no outcome."),
    "unknown_branch": N_("{violated} tickets ({share}) are of branches that are not in the list."),
    "no_cause": N_("{violated} tickets ({share}) have no cause."),
}


def _or_dash(value: object) -> str:
    return value if isinstance(value, str) and value else "–"
