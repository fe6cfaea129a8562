"""A letter prefilled from the data: from a class's warning, one ticket, or a hazard. People then change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from analytics.letter_number import LetterKind
from analytics.sentence import sentence
from analytics.warned import warned
from answers.evidence import standing
from answers.hazards import Hazard, hazards
from answers.letters import LetterContent
from charts.warning_words import WORDS
from data.scope import Scope
from data.store import Store
from reports.agenda import branch_names, branch_table
from reports.letter_file import day_words
from reports.letter_parts import (
    Words,
    branch_rows,
    causes,
    class_requirements,
    department_of,
    framed,
    of_branch,
    or_dash,
    step_rows,
    year_problem,
)
from texts import N_, Language, Message, Problem

MOST_IN_TITLE = 40  # characters of a hazard


def letter_from_warning(
    store: Store,
    scope: Scope,
    kind: LetterKind,
    complaint_class: str,
    day: date,
    language: Language,
    branch_id: str | None = None,
) -> LetterContent:
    """Draft a letter on a class (and one branch of it): its sentence, causes, and a table by branch.

    Raises Problem where the class has nobody to speak of.
    """
    words = Words(language)
    shown = standing(store, scope, complaint_class, day.year, day)
    if shown is None:
        raise Problem(
            Message(
                N_("There is nothing to write of “{name}” as of {day}."), {"name": complaint_class, "day": str(day)}
            ),
            Message(N_("Choose another class or day.")),
        )
    names = branch_names(store, scope, day)
    evaluation = shown.evaluation
    facts = [
        words.say(
            "As of {day}, “{name}” has {actual} customers not agreed against an allowance of {budget} for the year "
            "({warning}). {sentence}.",
            day=day_words(day, language),
            name=complaint_class,
            actual=evaluation.actual,
            budget=evaluation.budget,
            warning=words.tell(Message(WORDS[warned(evaluation)])).partition(" ")[2],
            sentence=words.tell(sentence(evaluation)),
        )
    ]
    table = branch_table(store, scope, complaint_class, day, date(day.year, 1, 1))
    if branch_id is not None:
        facts += of_branch(words, table, branch_id, names)
    facts += causes(store, scope, words, complaint_class, day, branch_id)
    title = (
        words.say("On complaints about {name}: warning of the allowance", name=complaint_class)
        if kind == "alert"
        else words.say("On improving the handling of complaints about {name}", name=complaint_class)
    )
    addressee = [names.get(branch_id, branch_id)] if branch_id else []
    department = department_of(store, scope, complaint_class, day)
    content = framed(store, scope, words, kind, day, complaint_class)
    return replace(
        content,
        title=title,
        addressee=words.say(", ").join([*addressee, *([department] if department else [])]),
        facts=tuple(facts),
        table=branch_rows(words, table, names, branch_id, day),
        problem=year_problem(words, shown),
        requirements=class_requirements(words, kind, complaint_class),
        about={"class": complaint_class, **({"branch": branch_id} if branch_id else {})},
    )


def letter_from_ticket(
    store: Store, scope: Scope, kind: LetterKind, ticket_id: str, day: date, language: Language
) -> LetterContent:
    """Draft a letter on one ticket: what happened so far, step by step, and what the branch answered.

    Raises Problem where there is no such ticket by that day.
    """
    words = Words(language)
    found = store.read("letter_ticket", scope, day, ticket_id=ticket_id)
    if found.empty:
        raise Problem(
            Message(N_("There is no ticket {ticket} as of {day}."), {"ticket": ticket_id, "day": str(day)}),
            Message(N_("Check the number, or choose a later as-of day.")),
        )
    row = found.iloc[0]
    names = branch_names(store, scope, day)
    branch = names.get(row["branch_id"], row["branch_id"])
    facts = [
        words.say(
            "Ticket {ticket} ({name}, {channel}) was received on {received}; {branch} handles it. The customer "
            "demands: {demand}.",
            ticket=ticket_id,
            name=row["complaint_class"],
            channel=or_dash(row["channel"]),
            received=day_words(row["received_at"].date(), language),
            branch=branch,
            demand=or_dash(row["demand"]),
        )
    ]
    if isinstance(row["narrative"], str):
        facts.append(row["narrative"])
    if row["first_outcome"] == "not_agreed":
        facts.append(
            words.say(
                "The first round ended not agreed on {day}.", day=day_words(row["first_outcome_at"].date(), language)
            )
        )
    content = framed(store, scope, words, kind, day, str(row["complaint_class"]))
    department = row["department"] if isinstance(row["department"], str) else ""
    return replace(
        content,
        title=words.say("On settling ticket {ticket} ({cause})", ticket=ticket_id, cause=or_dash(row["cause"]))
        if kind == "alert"
        else words.say("Advice on ticket {ticket} ({cause})", ticket=ticket_id, cause=or_dash(row["cause"])),
        addressee=words.say(", ").join([branch, *([department] if department else [])]),
        facts=tuple(facts),
        table=step_rows(store, scope, words, row, day),
        problem=_reply_problem(words, row),
        requirements=(
            words.say(
                "Before the answer to this letter is due, talk to the customer again, with an answer that follows the "
                "rules."
            ),
            words.say("Agree on a solution for this customer with the department, and name who is responsible."),
            words.say("Look for the same question in other tickets and outlets, and put the answers right."),
        ),
        about={"ticket": ticket_id, "class": str(row["complaint_class"]), "branch": str(row["branch_id"])},
    )


def _reply_problem(words: Words, row: pd.Series) -> str:
    position = row["reply_position"]
    if isinstance(position, str) and position:
        return words.say(
            "The reply given (“{position}”) did not settle the matter; without a new answer the customer may turn to "
            "the regulator.",
            position=position,
        )
    if not pd.isna(row["first_reply_at"]):
        return words.say(
            "The reply given did not settle the matter; without a new answer the customer may turn to the regulator."
        )
    return words.say("No reply is recorded yet; without an answer the customer may turn to the regulator.")


def letter_from_hazard(
    store: Store, scope: Scope, kind: LetterKind, number: str, day: date, language: Language
) -> LetterContent:
    """Draft a letter on a hazard: its words, and the figures of its class and branch, or of its ticket.

    Raises Problem where there is no such hazard by that day.
    """
    hazard = next((one for one in hazards(store, scope, day) if one.number == number), None)
    if hazard is None:
        raise Problem(
            Message(N_("There is no hazard {number} as of {day}."), {"number": number, "day": str(day)}),
            Message(N_("Look into the hazard register for its number.")),
        )
    words = Words(language)
    content = _from_what_it_concerns(store, scope, words, kind, hazard, day)
    found = words.say("Found on {day}: {what}", day=day_words(hazard.found_on, language), what=hazard.what)
    return replace(
        content,
        title=words.say("On a hazard: {what}", what=_short(hazard))
        if kind == "alert"
        else words.say("Advice on a hazard: {what}", what=_short(hazard)),
        facts=(found, *content.facts),
        problem=words.say("{what}. {problem}", what=hazard.what.rstrip("。."), problem=content.problem)
        if content.problem
        else hazard.what,
        about={**content.about, **hazard.about, "hazard": number},
    )


def _short(hazard: Hazard) -> str:
    """Say a hazard in a title: its words where they are few, else the analysis that found it, else how they begin."""
    what = hazard.what.rstrip("。.")
    return what if len(what) <= MOST_IN_TITLE else hazard.test or f"{what[: MOST_IN_TITLE - 1]}…"


def _from_what_it_concerns(
    store: Store, scope: Scope, words: Words, kind: LetterKind, hazard: Hazard, day: date
) -> LetterContent:
    if len(hazard.tickets) == 1 and not store.read("letter_ticket", scope, day, ticket_id=hazard.tickets[0]).empty:
        return letter_from_ticket(store, scope, kind, hazard.tickets[0], day, words.language)
    name = hazard.about.get("class")
    if name and standing(store, scope, name, day.year, day) is not None:
        return letter_from_warning(store, scope, kind, name, day, words.language, hazard.about.get("branch"))
    return framed(store, scope, words, kind, day, None)
