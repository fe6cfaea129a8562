"""What people follow up, read from the ledger and written to it: decisions, hazards, letters, measures."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.case_steps import says_something
from analytics.course import REASONED, STEP_WORDS, Course
from analytics.letter_number import called
from data.ledger import Entry, append, entries, standing
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import N_, Message, Problem

one_at_a_time = threading.RLock()  # one process has the store open: numbers are given one at a time


@dataclass(frozen=True)
class Record:
    """One thing followed up.

    subject: e.g. `hazard:2025-12`; key: what stands after the colon. begun: the entry that began it; steps: all that
    hold, begun included, oldest first; history: everything ever entered, corrections and what was taken back included.
    state: of its course. newest: id of the newest entry, which whoever writes next must have seen.
    """

    subject: str
    begun: Entry
    steps: tuple[Entry, ...]
    history: tuple[Entry, ...]
    state: str

    @property
    def key(self) -> str:
        """The subject's own part."""
        return self.subject.partition(":")[2]

    @property
    def newest(self) -> int:
        """The id of the newest entry."""
        return self.history[-1].entry_id

    def last(self, *kinds: str) -> Entry | None:
        """Give the newest step of some kinds that holds; None where there is none."""
        return next((step for step in reversed(self.steps) if step.kind in kinds), None)


def kinds(course: Course) -> tuple[str, ...]:
    """Give every kind of entry of a course."""
    return tuple(dict.fromkeys((course.first, *(step for _, step in course.moves))))


def records(store: Store, scope: Scope, as_of: date, course: Course) -> list[Record]:
    """Give everything of a course as it stood on a day, in the order it began; what was taken back is left out."""
    found = []
    for subject, history in by_subject(store, scope, as_of, course).items():
        steps = tuple(standing(history))
        state = course.state(step.kind for step in steps)
        if steps and state is not None and steps[0].kind == course.first:
            found.append(Record(subject, steps[0], steps, tuple(history), state))
    return found


def by_subject(store: Store, scope: Scope, as_of: date, course: Course) -> Mapping[str, list[Entry]]:
    """Give every entry of a course's kinds up to a day, corrections included, oldest first, by subject."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(store, scope, as_of, kinds(course)):
        found[entry.subject].append(entry)
    return found


def record(store: Store, scope: Scope, as_of: date, course: Course, subject: str) -> Record | None:
    """Give one thing followed up, None where it is not there."""
    return next((one for one in records(store, scope, as_of, course) if one.subject == subject), None)


def begin(
    store: Store,
    scope: Scope,
    course: Course,
    body: Mapping[str, Any],
    *,
    who: str,
    on_day: date,
    branch_id: str | None = None,
    token: str | None = None,
) -> Entry:
    """Begin something new under the next number of its year, e.g. `decision:2025-31`; raises Problem as `append`."""
    name = course.first.partition("_")[0]
    with one_at_a_time:
        taken = numbers(store, course, f"{name}:{on_day.year}-")
        return append(
            store,
            scope,
            kind=course.first,
            subject=f"{name}:{on_day.year}-{max(taken, default=0) + 1}",
            body=body,
            who=who,
            on_day=on_day,
            branch_id=branch_id,
            seen=0,
            token=token,
        )


def numbers(store: Store, course: Course, prefix: str) -> list[int]:
    """Give the numbers already given to subjects that begin so, those of things taken back included."""
    written = entries(store, HEAD_OFFICE, date.max, [course.first])
    found = {entry.subject.removeprefix(prefix) for entry in written if entry.subject.startswith(prefix)}
    return sorted(int(number) for number in found if number.isdigit())


def take_step(
    store: Store,
    scope: Scope,
    course: Course,
    subject: str,
    step: str,
    body: Mapping[str, Any],
    *,
    who: str,
    on_day: date,
    seen: int | None = None,
    token: str | None = None,
) -> Entry:
    """Enter the next step of something.

    seen: the newest entry that the writer had on screen. Raises Problem where the step may not come now, somebody has
    written since, or as `append`.
    """
    found = record(store, scope, on_day, course, subject)
    if found is None:
        raise gone(subject, on_day)
    return step_on(
        store, scope, course, found, step, body, who=who, on_day=on_day, branch_id=found.begun.branch_id, seen=seen,
        token=token,
    )  # fmt: skip


def gone(subject: str, day: date) -> Problem:
    """Give the problem of something that is not there any more."""
    return Problem(
        Message(N_("There is no “{subject}” on {day}."), {"subject": called(subject), "day": str(day)}),
        Message(N_("Load the page again; somebody may have taken it back.")),
    )


def step_on(
    store: Store,
    scope: Scope,
    course: Course,
    found: Record,
    step: str,
    body: Mapping[str, Any],
    *,
    who: str,
    on_day: date,
    branch_id: str | None,
    seen: int | None = None,
    token: str | None = None,
) -> Entry:
    """Enter the next step of a record; raises Problem as `take_step`."""
    if step in REASONED and not says_something(str(body.get("text") or "")):
        raise Problem(
            Message(N_("“{step}” needs a reason, or what was said."), {"step": Message(STEP_WORDS[step])}),
            Message(N_("Write it in a sentence, then enter it again.")),
        )
    kept = token is not None and any(entry.kind == step for entry in found.history)
    if not kept:
        course.after(found.state, step)
    return append(
        store,
        scope,
        kind=step,
        subject=found.subject,
        body=body,
        who=who,
        on_day=on_day,
        branch_id=branch_id,
        seen=found.newest if seen is None else seen,
        token=token,
    )
