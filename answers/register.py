"""The alarm register of a class: every week's evaluation as it is kept, what people did about it, how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.alarm import Alarm, Kind, Reading
from analytics.alarm_register import Acknowledgement, Evaluated, Turn, course
from analytics.alarm_weeks import ORDER
from analytics.calendar import plan_weeks
from analytics.evaluation import Evaluation
from analytics.sentence import why
from answers.class_year import put_together
from answers.evidence import Standing, evaluation_of
from answers.kept import kept
from data.alarms import WeekEvaluation, evaluations, keep_evaluations, newest_import, now
from data.ledger import Entry, append, entries, standing, undo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import N_, Message, Problem

ACKNOWLEDGED = "alarm_acknowledged"


@dataclass(frozen=True)
class Register:
    """How the alarms of one class and year stand.

    courses: kind → its course, oldest first; kept: the weekly evaluations that the register holds. missing: weeks that
    are over and not evaluated yet. newest: number of the newest entry of each alarm's subject, 0 for none.
    """

    complaint_class: str
    year: int
    as_of: date
    courses: Mapping[Kind, tuple[Turn, ...]]
    kept: tuple[WeekEvaluation, ...]
    missing: int
    newest: Mapping[Kind, int]

    def alarm(self, kind: Kind) -> Alarm:
        """Give an alarm as it stands."""
        turns = self.courses[kind]
        return turns[-1].alarm if turns else Alarm(kind)

    @property
    def waiting(self) -> tuple[Kind, ...]:
        """The alarms that nobody has acknowledged yet, worst first; red takes amber's place."""
        raised = [kind for kind in ORDER if self.alarm(kind).state == "raised"]
        return tuple(kind for kind in raised if not (kind == "breach_amber" and "breach_red" in raised))


def register(store: Store, scope: Scope, shown: Standing) -> Register:
    """Put the register of a class and year together as known on the standing's day.

    The running week takes part with today's evaluation, which is not kept before the week is over.
    """
    answer = shown.answer
    name, year, as_of = answer.complaint_class, answer.year, answer.as_of
    evaluated = tuple(evaluations(store, scope, as_of, year, name))
    written = entries(store, scope, as_of, kinds=(ACKNOWLEDGED,))
    ours = {kind: [e for e in written if e.subject == subject_of(name, year, kind)] for kind in ORDER}
    return Register(
        complaint_class=name,
        year=year,
        as_of=as_of,
        courses={
            kind: tuple(course(kind, _evaluated(kind, evaluated, shown.evaluation), _taken(ours[kind])))
            for kind in ORDER
        },
        kept=evaluated,
        missing=sum(end not in {one.evaluated_on for one in evaluated} for _, end in weeks_over(year, as_of)),
        newest={kind: max((e.entry_id for e in ours[kind]), default=0) for kind in ORDER},
    )


def acknowledge(
    store: Store, scope: Scope, shown: Standing, kind: Kind, *, who: str, decision: str, seen: int | None
) -> None:
    """Take a raised alarm in hand; red takes amber along.

    seen: the newest entry of the alarm that the writer had on screen. Raises Problem where nothing is raised, nothing
    was decided, or somebody else was quicker.
    """
    held = register(store, scope, shown)
    if held.alarm(kind).state != "raised":
        raise Problem(
            Message(N_("There is nothing to acknowledge: this alarm is not raised.")),
            Message(N_("Reload the page; somebody may have acknowledged it meanwhile.")),
        )
    if not decision.strip():
        raise Problem(
            Message(N_("An alarm is acknowledged by somebody, with a decision.")),
            Message(N_("Give a name and what was decided.")),
        )
    answer = shown.answer
    also = [k for k in ORDER if kind == "breach_red" and k == "breach_amber" and held.alarm(k).state == "raised"]
    for one in (kind, *also):
        reading = shown.evaluation.readings()[one]
        append(
            store,
            scope,
            kind=ACKNOWLEDGED,
            subject=subject_of(answer.complaint_class, answer.year, one),
            body={
                "class": answer.complaint_class,
                "year": answer.year,
                "alarm": one,
                "decision": " ".join(decision.split()),
                "value": reading.value,
                "limit": reading.limit,
                "margin": reading.margin,
            },
            who=who,
            on_day=answer.as_of,
            seen=seen if one == kind else None,
        )


def take_back(store: Store, scope: Scope, shown: Standing, kind: Kind, *, who: str) -> None:
    """Take back the last acknowledgement of an alarm; it stands in the ledger all the same. Raises Problem as undo."""
    answer = shown.answer
    undo(store, scope, subject_of(answer.complaint_class, answer.year, kind), who=who, on_day=answer.as_of)


def subject_of(complaint_class: str, year: int, kind: Kind) -> str:
    """Give the subject under which an alarm's entries stand in the ledger."""
    return f"alarm:{year}:{kind}:{complaint_class}"


def weeks_over(year: int, as_of: date) -> list[tuple[int, date]]:
    """Give number and last day of every plan week of a year that is over on a day."""
    weeks = plan_weeks(year)
    return [(int(row.week), row.week_end.date()) for row in weeks.itertuples() if row.week_end <= pd.Timestamp(as_of)]


def evaluate_weeks(store: Store, complaint_class: str, year: int, as_of: date, since: date = date.max) -> Iterator[int]:
    """Evaluate every week that is over and not in the register yet, oldest first, each as it was known on its last
    day, and again those that end on `since` or later (see `data.alarms.due_since`).

    Gives each week's number when it is written, so that the caller can pause between them.
    """
    held = {one.week for one in evaluations(store, HEAD_OFFICE, as_of, year, complaint_class)}
    import_id = newest_import(store, HEAD_OFFICE)
    for week, end in weeks_over(year, as_of):
        if week in held and end < since:
            continue
        answer = put_together(store, HEAD_OFFICE, complaint_class, year, end)
        if answer is None:
            continue
        evaluation = evaluation_of(answer)
        body = {**evaluation.to_json(), "why": {kind: why(evaluation, kind).to_json() for kind in ORDER}}
        version = answer.plan.version
        keep_evaluations(store, [WeekEvaluation(complaint_class, year, week, end, version, import_id, now(), body)])
        yield week


def _evaluated(kind: Kind, held: tuple[WeekEvaluation, ...], today: Evaluation) -> list[Evaluated]:
    found = []
    for one in held:
        said = one.body["evidence"][kind]
        reading = Reading(one.evaluated_on, said["value"], said["limit"], said["margin"])
        found.append(Evaluated(one.week, reading, Message.from_json(one.body["why"][kind])))
    day = today.as_of.date()
    if today.week is not None and not any(one.evaluated_on == day for one in held):
        found.append(Evaluated(today.week, today.readings()[kind], why(today, kind), running=True))
    return found


def _taken(written: list[Entry]) -> list[Acknowledgement]:
    return [
        Acknowledgement(
            entry.on_day,
            entry.who,
            str(entry.body["decision"]),
            Reading(entry.on_day, entry.body["value"], entry.body["limit"], entry.body["margin"]),
        )
        for entry in standing(written)
    ]


def registers(store: Store, scope: Scope, standings: Sequence[Standing]) -> dict[str, Register]:
    """Give class → its register, for all classes of a year on one day; kept until the data or an entry change."""
    if not standings:
        return {}
    first = standings[0].answer
    names = tuple(shown.answer.complaint_class for shown in standings)
    return kept(
        store,
        ("registers", scope, first.year, first.as_of, names, store.entries_made),
        lambda: {shown.answer.complaint_class: register(store, scope, shown) for shown in standings},
    )
