"""The alarm register on a class's screen: how each alarm stands, who took it in hand, and every week's evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

import pandas as pd
import streamlit as st

from analytics.alarm import Kind, State
from analytics.alarm_register import Turn, What
from analytics.alarm_weeks import ORDER
from analytics.sentence import sentence
from answers.evidence import Standing
from answers.register import Register, acknowledge, evaluate_weeks, register, take_back
from charts.warning_words import ALARM_WORDS
from texts import N_, Message, Problem
from ui.drafts import Draft
from ui.exports import table_download
from ui.plain import plain
from ui.presentation import large_table
from ui.states import show_problem
from ui.table import show_table
from ui.view import View
from ui.who import signer

STATES: dict[State, str] = {
    "armed": N_("● quiet"),
    "raised": N_("▲ raised, not acknowledged"),
    "acknowledged": N_("◆ acknowledged"),
    "recovered": N_("● recovered"),
}
TURNS: dict[What, str] = {
    "raised": N_("raised"),
    "acknowledged": N_("acknowledged"),
    "recovered": N_("recovered"),
    "armed": N_("quiet again"),
    "evaluated": N_("no change"),
}
LONGEST_DECISION = 400  # characters


def register_section(view: View, shown: Standing) -> None:
    """Show how the alarms stand, offer to acknowledge what is raised, and list every evaluation of the year."""
    answer = shown.answer
    if view.scope.branch_scope is not None:
        _not_for_branches(view)
        return
    held = _complete(view, shown)
    if not held.waiting and all(held.alarm(kind).state == "armed" for kind in ORDER):
        st.info(
            view.say("No alarm stands, and this is why: {sentence}.", sentence=view.tell(sentence(shown.evaluation))),
            icon=":material/check_circle:",
        )
    st.table(alarm_frame(view, held).map(plain), border="horizontal", hide_index=True, alt=view.say("Alarms"))
    if held.waiting and view.scope.may_change:
        _acknowledge_form(view, shown, held)
    _taken_back(view, shown, held)
    _history(view, held, answer.complaint_class)


def register_step(view: View, shown: Standing) -> None:
    """Show how the alarms stand for the back of the room."""
    if view.scope.branch_scope is not None:
        _not_for_branches(view)
        return
    held = _complete(view, shown)
    large_table(alarm_frame(view, held), view.say("Alarms"))
    if not held.waiting:
        st.markdown(plain(view.tell(sentence(shown.evaluation))))


def alarm_frame(view: View, held: Register) -> pd.DataFrame:
    """Give a row an alarm: its state, since when, by whom with which decision, and why it stands as it does; words."""
    say = view.say
    rows = []
    for kind in ORDER:
        alarm, turns = held.alarm(kind), held.courses[kind]
        since = {
            "armed": None,
            "raised": alarm.raised_on,
            "acknowledged": alarm.acknowledged_on,
            "recovered": alarm.recovered_on,
        }[alarm.state]
        taken = say("{who}: {decision}", who=alarm.who, decision=alarm.decision) if alarm.who else ""
        rows.append(
            {
                say("Alarm"): view.tell(Message(ALARM_WORDS[kind])),
                say("State"): say(STATES[alarm.state]),
                say("Since"): "" if since is None else str(since),
                say("Taken in hand"): taken,
                say("Why"): _why_now(view, alarm.state, turns),
            }
        )
    return pd.DataFrame(rows)


def _why_now(view: View, state: State, turns: Sequence[Turn]) -> str:
    """Say what the newest evaluation found, and with what the alarm was raised where it has come back since."""
    evaluations = [turn for turn in turns if turn.why is not None]
    if not evaluations:
        return ""
    last, begun = evaluations[-1], next((turn for turn in reversed(evaluations) if turn.what == "raised"), None)
    if state != "raised" or begun is None or last.reading.beyond:
        return _why(view, last)
    return view.say("{now}; when it was raised: {then}", now=_why(view, last), then=_why(view, begun))


def history_frame(view: View, held: Register) -> pd.DataFrame:
    """Give every line of every alarm's course, the newest first; quiet evaluations included."""
    say = view.say
    lines = [(kind, turn) for kind in ORDER for turn in held.courses[kind]]
    lines.sort(key=lambda line: (line[1].on, line[1].week is None), reverse=True)
    made = {one.evaluated_on: one.made_at for one in held.kept}
    return pd.DataFrame(
        [
            {
                say("Day"): str(turn.on),
                say("Week"): "" if turn.week is None else str(turn.week),
                say("Alarm"): view.tell(Message(ALARM_WORDS[kind])),
                say("What happened"): say(TURNS[turn.what]),
                say("Why"): _why(view, turn),
                say("Evaluated at"): "" if turn.week is None else _made_at(view, turn, made),
            }
            for kind, turn in lines
        ]
    )


def _not_for_branches(view: View) -> None:
    st.caption(view.say("The register is kept for the whole bank; a branch does not see it."))


def _complete(view: View, shown: Standing) -> Register:
    """Give the register; weeks that it lacks are evaluated now, each as it was known on its last day."""
    answer = shown.answer
    held = register(view.store, view.scope, shown)
    if not held.missing:
        return held
    weeks = evaluate_weeks(view.store, answer.complaint_class, answer.year, answer.as_of)
    with st.spinner(view.say("Evaluating {weeks} weeks for the register…", weeks=held.missing), show_time=False):
        for _ in weeks:
            pass
    return register(view.store, view.scope, shown)


def _acknowledge_form(view: View, shown: Standing, held: Register) -> None:
    say = view.say
    who = signer(view, "alarm_signer")
    if who is None:
        return
    names: dict[Kind, str] = {kind: view.tell(Message(ALARM_WORDS[kind])) for kind in held.waiting}
    draft = Draft(view, f"acknowledge_{shown.answer.complaint_class}_{shown.answer.year}", who)
    with st.container(border=True, key="acknowledge_alarm"):
        which, what, button = st.columns([2, 6, 2], vertical_alignment="bottom")
        with which:
            chosen = draft.choice(
                "alarm", say("Alarm"), list(names), lambda name: names[cast(Kind, name)], next(iter(names))
            )
        with what:
            decision = draft.text("decision", say("What was decided"), max_chars=LONGEST_DECISION)
        pressed = button.button(say("Acknowledge"), key="acknowledge", type="primary", width="stretch")
    kind = cast(Kind, chosen)

    def write() -> None:
        acknowledge(view.store, view.scope, shown, kind, who=who, decision=decision, seen=held.newest[kind])

    if pressed and draft.enter(write):
        st.rerun()


def _taken_back(view: View, shown: Standing, held: Register) -> None:
    """Offer to take back an acknowledgement made on this very day; it stands in the ledger all the same."""
    today = [
        kind
        for kind in ORDER
        if held.alarm(kind).state == "acknowledged" and held.alarm(kind).acknowledged_on == view.as_of
    ]
    who = st.session_state.get("signer")
    if not today or not view.scope.may_change or not isinstance(who, str):
        return
    with st.container(horizontal=True, gap="small"):
        for kind in today:
            name = view.tell(Message(ALARM_WORDS[kind]))
            label = view.say("Take back: {alarm}", alarm=name)
            if st.button(label, key=f"take_back_{kind}", type="tertiary", icon=":material/undo:"):
                try:
                    take_back(view.store, view.scope, shown, kind, who=who)
                except Problem as problem:
                    show_problem(view, problem)
                    return
                st.rerun()


def _history(view: View, held: Register, complaint_class: str) -> None:
    say = view.say
    frame = history_frame(view, held)
    st.caption(
        say(
            "Every weekly evaluation is kept with its inputs, also those that raised nothing: {weeks} weeks. An alarm "
            "that is raised stays so until somebody acknowledges it; it recovers once the value has fallen clearly "
            "below its limit.",
            weeks=len(held.kept),
        )
    )
    show_table(frame, height=300, alt=say("Course of the alarms"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        table_download(view, frame, [complaint_class, say("alarm register"), str(view.as_of)], key="register_csv")
        table_download(
            view,
            lambda: inputs_frame(held),
            [complaint_class, say("weekly evaluations"), str(view.as_of)],
            key="evaluations_csv",
            label=say("Inputs as CSV"),
        )


def inputs_frame(held: Register) -> pd.DataFrame:
    """Give every kept evaluation with what went in and what came out, a row a week, by the names of the method."""
    rows = []
    for one in held.kept:
        body = dict(one.body)
        evidence, limits = body.pop("evidence"), body.pop("limits")
        body.pop("why", None)
        rows.append(
            {
                "complaint_class": one.complaint_class,
                "evaluated_on": str(one.evaluated_on),
                "plan_version": one.plan_version,
                "made_at": f"{one.made_at:%Y-%m-%d %H:%M:%S}",
                **body,
                **{f"{kind}_{part}": said[part] for kind, said in evidence.items() for part in ("value", "limit")},
                **{f"limit_{name}": value for name, value in limits.items()},
            }
        )
    return pd.DataFrame(rows)


def _why(view: View, turn: Turn) -> str:
    if turn.why is not None:
        return view.tell(turn.why)
    return view.say("{who}: {decision}", who=turn.alarm.who, decision=turn.alarm.decision)


def _made_at(view: View, turn: Turn, made: dict[date, datetime]) -> str:
    at = made.get(turn.on)
    return view.say("running week") if at is None else f"{at:%Y-%m-%d %H:%M}"
