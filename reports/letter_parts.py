"""What letters drafted from the data are made of: paragraphs, tables, and what every letter has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from analytics.case_limits import workdays_after
from analytics.letter_number import LetterKind
from analytics.sentence import percent
from answers.case_limits import limits_in_force
from answers.evidence import Standing
from answers.letters import MOST_ROWS, LetterContent, LetterTable, letters
from charts.threshold import OUTCOME_WORDS
from data.demo import BANK_NAME
from data.demo_store import holds_demo
from data.scope import Scope
from data.store import Store
from reports.provenance import data_state
from texts import N_, Language, Message, render

BRANCHES_SHOWN = 8
CAUSES_NAMED = 4


class Words:
    """What is said, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, text_id: str, **params: Any) -> str:
        return render(Message(text_id, params), self.language)

    def tell(self, message: Message) -> str:
        return render(message, self.language)


def framed(
    store: Store, scope: Scope, words: Words, kind: LetterKind, day: date, complaint_class: str | None
) -> LetterContent:
    """Give what every letter has: bank and sender as in the last letter, date, deadline, notes on the data."""
    sent = letters(store, scope, day)
    last = sent[-1].content if sent else None
    demo = holds_demo(store)
    limits = limits_in_force(store, scope, day)
    given = limits.answer_alert if kind == "alert" else limits.answer_advice
    return LetterContent(
        kind=kind,
        language=words.language,
        bank=last.bank if last else (BANK_NAME if demo else ""),
        title="",
        addressee="",
        copies=last.copies if last else "",
        facts=(),
        table=None,
        problem="",
        requirements=(),
        due=workdays_after(day, given),
        sender=last.sender if last else words.say("Head Office, Consumer Protection"),
        day=day,
        notes=tuple(words.tell(note) for note in data_notes(store, scope, day, complaint_class)),
    )


def data_notes(store: Store, scope: Scope, day: date, complaint_class: str | None = None) -> list[Message]:
    """Say what the reader of a letter or of minutes must know of the data: how far they reach, whether they are old
    (for one class, or for any), whether they are invented."""
    state = data_state(store, scope, day)
    said = [
        Message(
            N_("Data: as known on {day}, tickets up to {through}."),
            {"day": str(day), "through": str(state.data_through)},
        )
    ]
    if any(state.is_stale(name) for name in ([complaint_class] if complaint_class else state.rhythm_days)):
        said.append(
            Message(
                N_("The data are not up to date: they end on {reaches}, {days} days before; nothing later is in here."),
                {"reaches": str(state.reaches), "days": state.days_old},
            )
        )
    if state.demo:
        said.append(Message(N_("Demo data: an invented bank; none of the numbers belong to a real one.")))
    return said


def of_branch(words: Words, table: pd.DataFrame, branch_id: str, names: Mapping[str, str]) -> list[str]:
    own = table[table["branch_id"] == branch_id]
    if own.empty:
        return []
    row = own.iloc[0]
    return [
        words.say(
            "{branch}: {not_agreed} not agreed of {decided} customers decided this year; at the bank's share it would "
            "be {expected}.",
            branch=names.get(branch_id, branch_id),
            not_agreed=int(row["not_agreed"]),
            decided=int(row["decided"]),
            expected=f"{row['expected']:.1f}",
        )
    ]


def causes(
    store: Store, scope: Scope, words: Words, complaint_class: str, day: date, branch_id: str | None
) -> list[str]:
    found = store.read(
        "cause_outcomes", scope, day, complaint_class=complaint_class, branch=branch_id,
        **{"from": date(day.year, 1, 1), "to": day},
    )  # fmt: skip
    worst = found[found["not_agreed"] > 0].head(CAUSES_NAMED)
    if worst.empty:
        return []
    named = words.say(", ").join(
        words.say("{cause} ({count})", cause=row.cause, count=int(row.not_agreed)) for row in worst.itertuples()
    )
    return [words.say("Causes of the customers not agreed: {causes}.", causes=named)]


def branch_rows(
    words: Words, table: pd.DataFrame, names: Mapping[str, str], branch_id: str | None, day: date
) -> LetterTable:
    """Give what the branches add to the customers not agreed: the most first, or one branch; then the whole bank.

    No share of a branch's own customers: most branches have too few to be judged by it.
    """
    chosen = (
        table[table["branch_id"] == branch_id] if branch_id else table[table["not_agreed"] > 0].head(BRANCHES_SHOWN)
    )
    total = float(table["not_agreed"].sum())

    def line(name: str, decided: float, not_agreed: float, expected: float) -> tuple[str, ...]:
        part = f"{not_agreed / total:.0%}" if total else "–"
        return (name, f"{decided:.0f}", f"{not_agreed:.0f}", f"{expected:.1f}", part)

    rows = [
        line(names.get(row.branch_id, row.branch_id), row.decided, row.not_agreed, row.expected)
        for row in chosen.itertuples()
    ]
    rows.append(line(words.say("whole bank"), float(table["decided"].sum()), total, total))
    columns = (
        words.say("Branch"),
        words.say("Customers decided"),
        words.say("Not agreed"),
        words.say("At the bank's share"),
        words.say("Part of all not agreed"),
    )
    return LetterTable(
        words.say("Customers whose first round has an outcome, {year} up to {day}", year=day.year, day=str(day)),
        columns,
        tuple(rows),
    )


def step_rows(store: Store, scope: Scope, words: Words, row: pd.Series, day: date) -> LetterTable | None:
    steps = store.read("letter_steps", scope, day, ticket_id=row["ticket_id"]).head(MOST_ROWS)
    lines = [(f"{step.happened_at:%Y-%m-%d}", or_dash(step.party), or_dash(step.detail)) for step in steps.itertuples()]
    if not lines:
        outcome = row["first_outcome"]
        lines = [
            (f"{row[column]:%Y-%m-%d}", "", words.say(text))
            for column, text in STEPS.items()
            if column != "first_outcome_at" and not pd.isna(row[column])
        ]
        if isinstance(outcome, str):
            lines.append((f"{row['first_outcome_at']:%Y-%m-%d}", "", words.tell(Message(OUTCOME_WORDS[outcome]))))
    columns = (words.say("Day"), words.say("Party"), words.say("What was done and said"))
    return LetterTable(words.say("Course of ticket {ticket}", ticket=row["ticket_id"]), columns, tuple(lines))


STEPS = {
    "received_at": N_("ticket received"),
    "first_contact_at": N_("first contact with the customer"),
    "first_reply_at": N_("first reply"),
}


def year_problem(words: Words, shown: Standing) -> str:
    evaluation = shown.evaluation
    if evaluation.small is not None:
        return words.say(
            "{left} of {budget} customers are left of the allowance; the chance that the year holds is {chance}.",
            left=max(evaluation.small.left, 0),
            budget=evaluation.budget,
            chance=words.tell(percent(evaluation.small.p_ok)),
        )
    chance = evaluation.breach_probability
    if chance is None:
        return words.say("The allowance of the year is being used faster than planned.")
    return words.say(
        "If nothing changes, the allowance of {budget} customers will be exceeded with a chance of {chance}.",
        budget=evaluation.budget,
        chance=words.tell(percent(chance)),
    )


def class_requirements(words: Words, kind: LetterKind, complaint_class: str) -> tuple[str, ...]:
    if kind == "alert":
        return (
            words.say(
                "Follow every open ticket of {name} one by one, each with an owner and a next step.",
                name=complaint_class,
            ),
            words.say(
                "Use one reply position and one approval standard; check the replies given in the last four weeks."
            ),
            words.say("Call a quick meeting for every customer who did not agree in the first round."),
        )
    return (
        words.say(
            "Lay down a standard operating procedure for {name}, and train the outlets in it.", name=complaint_class
        ),
        words.say("Prepare a reply script for demands that cannot be met, and offer mediation after several rounds."),
        words.say("Report every month what was done and how the share of customers not agreed developed."),
    )


def department_of(store: Store, scope: Scope, complaint_class: str, day: date) -> str:
    found = store.read("class_departments", scope, day, complaint_class=complaint_class)
    return str(found["department"].iloc[0]) if len(found) else ""


def or_dash(value: object) -> str:
    return value if isinstance(value, str) and value else "–"
