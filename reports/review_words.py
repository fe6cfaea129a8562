"""How decisions, hazards, letters and measures are said in one line, on the screen and in the minutes alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.agenda import Item, Level
from analytics.course import STATE_WORDS
from analytics.measure_effect import MeasureEffect, Verdict, change
from answers.case_board import Case
from answers.decisions import Decision
from answers.hazards import Hazard, Source
from answers.letters import Letter
from answers.measures import Aim, Kind, Measure
from charts.case_words import STAGE_WORDS, urgency_word
from charts.warning_words import listed
from texts import N_, Message

KIND_WORDS: dict[Kind, str] = {
    "sop": N_("standard operating procedure"),
    "script": N_("reply script"),
    "quota": N_("complaint quota"),
    "training": N_("training"),
    "mediation": N_("third-party mediation"),
    "other": N_("other measure"),
}
AIM_WORDS: dict[Aim, str] = {
    "not_agreed": N_("share not agreed in the first round"),
    "final": N_("share still not agreed at closing"),
    "volume": N_("complaining customers a day"),
}
SOURCE_WORDS: dict[Source, str] = {
    "review": N_("found in a review"),
    "test": N_("found by an analysis"),
    "hand": N_("entered by hand"),
}
VERDICT_WORDS: dict[Verdict, str] = {
    "not_begun": N_("● not begun yet"),
    "too_early": N_("● too early to tell"),
    "too_few": N_("● too few customers to tell"),
    "better": N_("✔ it worked"),
    "worse": N_("▲ worse since"),
    "no_difference": N_("● no difference seen"),
}
CASE_LEVELS: dict[str, Level] = {"limit_passed": "bad", "overdue": "bad", "undecided": "watch", "due_today": "watch"}
OUTCOMES = {"open": N_("still open"), "agreed": N_("agreed later"), "not_agreed": N_("closed without agreement")}


def outcome_words(standing: str) -> Message:
    """Say how a ticket that was not agreed in the first round stands."""
    return Message(OUTCOMES.get(standing, OUTCOMES["open"]))


def case_item(complaint_class: str, case: Case) -> Item | None:
    """Say a case that is late, or that nobody has given a next step; None where all is well."""
    state = case.state
    if state.urgency not in CASE_LEVELS or state.care is None:
        return None
    text = N_("{ticket} · {name} · {branch} · {stage}: {urgency}. {owner}: {next_step}, by {due}")
    values = {
        "ticket": state.ticket_id,
        "name": complaint_class,
        "branch": case.branch,
        "stage": Message(STAGE_WORDS[state.stage]),
        "urgency": urgency_word(state.urgency, state.days_late),
        "owner": state.care.owner,
        "next_step": state.care.next_step,
        "due": str(state.care.due),
    }
    focus = {"ticket": state.ticket_id, "class": complaint_class}
    return Item(Message(text, values), CASE_LEVELS[state.urgency], focus)


def mediation_item(case: Case) -> Item:
    """Say who qualifies for mediation and is not there: ticket, customer, branch, why, for how long, who owns it."""
    state = case.state
    text = N_("{ticket} (customer {customer}) · {name} · {branch}: {reasons}; open for {days} days. {owner}")
    values = {
        "ticket": state.ticket_id,
        "customer": str(case.ticket.get("customer_id") or "–"),
        "name": str(case.ticket["complaint_class"]),
        "branch": case.branch,
        "reasons": listed(case.qualification.mediation),
        "days": state.days_open,
        "owner": "–" if state.care is None else state.care.owner,
    }
    focus = {
        "ticket": state.ticket_id,
        "class": str(case.ticket["complaint_class"]),
        "branch": str(case.ticket["branch_id"]),
    }
    return Item(Message(text, values), "bad" if state.late else "watch", focus)


def decision_item(decision: Decision, day: date) -> Item:
    """Say a decision: what, who, by when, and what became of it."""
    overdue = decision.overdue(day)
    state = (
        Message(N_("▲ overdue for {days} days"), {"days": (day - decision.due).days})
        if overdue
        else Message(STATE_WORDS[decision.state])
    )
    values = {
        "number": decision.number, "what": decision.what, "owner": decision.owner, "due": str(decision.due),
        "state": state, "told": decision.told,
    }  # fmt: skip
    text = (
        N_("[{number}] {what} — {owner}, by {due}: {state}. {told}")
        if decision.told
        else N_("[{number}] {what} — {owner}, by {due}: {state}")
    )
    soon = decision.state == "pending" and decision.due == day
    level: Level = "bad" if overdue else "watch" if soon else "calm"
    return Item(Message(text, values), level, dict(decision.about))


def hazard_item(hazard: Hazard, day: date, names: Mapping[str, str]) -> Item:
    """Say a hazard: what, where, how long it has stood, what it led to."""
    about = [hazard.about[key] for key in ("class", "cause") if hazard.about.get(key)]
    if branch := hazard.about.get("branch"):
        about.append(names.get(branch, branch))
    values = {
        "number": hazard.number, "what": hazard.what, "about": " · ".join(about) or "–",
        "days": hazard.days_open(day), "state": Message(STATE_WORDS[hazard.record.state]), "told": hazard.told,
    }  # fmt: skip
    if hazard.is_open:
        text = N_("[{number}] {what} ({about}): open for {days} days")
    else:
        text = N_("[{number}] {what} ({about}): {state}. {told}")
    old = hazard.is_open and hazard.days_open(day) > 28 and not hazard.links
    return Item(
        Message(text, values), "watch" if old else "calm", {"hazard": hazard.number, **dict(hazard.about)}
    )  # fmt: skip


def letter_item(letter: Letter, day: date) -> Item:
    """Say a letter: number, on what, to whom, where it stands."""
    overdue, waiting = letter.overdue(day), letter.waiting()
    several = len(letter.addressees) > 1
    if overdue and several:
        parts = [
            Message(N_("{name} for {days} days"), {"name": one.name, "days": (day - one.due).days}) for one in overdue
        ]
        state = Message(
            N_("▲ {count} of {all} answers overdue: {names}"),
            {"count": len(overdue), "all": len(letter.addressees), "names": listed(parts)},
        )
    elif overdue:
        state = Message(N_("▲ answer overdue for {days} days"), {"days": (day - letter.due).days})
    elif waiting and several:
        names = listed([Message(N_("{value}"), {"value": one.name}) for one in waiting])
        state = Message(
            N_("● {count} of {all} have not answered: {names}"),
            {"count": len(waiting), "all": len(letter.addressees), "names": names},
        )
    else:
        state = Message(STATE_WORDS[letter.state])
    text = N_("{number} {title} → {addressee}, answer by {due}: {state}")
    values = {
        "number": letter.number, "title": letter.content.title, "addressee": letter.content.addressee,
        "due": str(letter.due), "state": state,
    }  # fmt: skip
    to_verify = any(one.state == "answered" for one in letter.addressees)
    level: Level = "bad" if overdue else "watch" if to_verify else "calm"
    return Item(Message(text, values), level, {"letter": letter.record.key})


def effect_item(measure: Measure, effect: MeasureEffect) -> Item:
    """Say what a measure did."""
    level: Level = "bad" if effect.verdict == "worse" else "watch" if effect.verdict == "better" else "calm"
    text = N_("{title} ({kind}, from {starts}): {effect}")
    values = {
        "title": measure.title, "kind": Message(KIND_WORDS[measure.kind]), "starts": str(measure.starts),
        "effect": effect_sentence(effect, measure.aim),
    }  # fmt: skip
    return Item(Message(text, values), level, {"measure": measure.number, "class": measure.complaint_class})


def effect_sentence(effect: MeasureEffect, aim: Aim) -> Message:
    """Say the effect in plain words, its interval, and where nothing can be said, why."""
    verdict = Message(VERDICT_WORDS[effect.verdict])
    if effect.verdict in ("not_begun", "too_early"):
        return Message(N_("{verdict} ({days} days so far)"), {"verdict": verdict, "days": effect.days})
    values = {
        "verdict": verdict, "aim": Message(AIM_WORDS[aim]), "after": effect.events_after,
        "expected": f"{effect.expected:.1f}",
    }  # fmt: skip
    if effect.ratio is None or effect.low is None or effect.high is None:
        return Message(N_("{verdict} ({after} so far, {expected} expected without an effect)"), values)
    values |= {
        "change": change(effect.ratio),
        "low": change(effect.low),
        "high": change(effect.high),
    }
    if effect.compared:
        return Message(N_("{verdict}: {aim} {change} against the other branches (95%: {low} to {high})"), values)
    return Message(
        N_(
            "{verdict}: {aim} {change} since (95%: {low} to {high}); nothing to compare with, other causes are possible"
        ),
        values,
    )
