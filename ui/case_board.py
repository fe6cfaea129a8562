"""The board of open cases: what is left of the allowance, the cases by stage, who should go further."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.case_steps import STAGES
from analytics.sentence import percent
from answers.case_board import CLOSED_DAYS, Case, CaseBoard
from answers.evidence import Standing
from charts.case_words import STAGE_WORDS
from charts.warning_words import listed
from texts import Message
from ui.case_words import (
    URGENCY_COLOURS,
    in_words,
    urgency_text,
)
from ui.open_cases import show_only
from ui.pickers import set_focus
from ui.plain import plain
from ui.view import View

MOST_CARDS = 6  # a stage; the table below holds all
MOST_PRESENTED = 2  # cards a stage, and lines of what should go further, on the shared screen: they fit the window
STEP_LETTERS = 90  # characters of a next step in a person's own words on a card; what is proposed is shown whole
FEWEST_COLUMNS, FEWEST_PRESENTED = 4, 3  # so that few stages do not get cards as wide as the page


def allowance_sentence(view: View, board: CaseBoard, shown: Standing | None) -> str:
    """Say in one sentence what is left, what is open, and what is late."""
    say = view.say
    late = sum(case.state.late for case in board.cases)
    undecided = sum(case.state.next_proposed for case in board.cases)
    left = ""
    if shown is not None:
        budget, actual = shown.evaluation.budget, shown.evaluation.actual
        left = (
            say("{left} more customers may end not agreed this year (allowed {budget}, {used} used). ",
                left=budget - actual, budget=budget, used=actual)
            if actual <= budget
            else say("The year's allowance of {budget} is exceeded by {excess}. ", budget=budget,
                     excess=actual - budget)
        )  # fmt: skip
    if not board.cases:
        return left + say("No case is open.")
    return left + say(
        "{open} cases are open: {late} late, {undecided} without a decided next step.",
        open=board.open_cases,
        late=late,
        undecided=undecided,
    )


def countdown(view: View, board: CaseBoard, shown: Standing | None) -> None:
    """Show the four figures: still allowed, chance that the year holds, open cases, customers still expected."""
    say = view.say
    left, chance, opened, expected = st.columns(4)
    late = sum(case.state.late for case in board.cases)
    with opened:
        st.metric(say("Open cases"), board.open_cases)
        st.caption(say("{late} late · {closed} closed in {days} days", late=late, closed=board.closed_cases,
                       days=CLOSED_DAYS))  # fmt: skip
    if shown is None:
        left.metric(say("Still allowed"), "…")
        chance.metric(say("Chance that the year holds"), "…")
        expected.metric(say("Further cases expected"), "…")
        return
    evaluation, answer = shown.evaluation, shown.answer
    with left:
        st.metric(
            say("Still allowed"),
            f"{max(evaluation.budget - evaluation.actual, 0)} / {evaluation.budget}",
            help=say("Customers who may still end not agreed this year, of the year's allowance."),
        )
        st.caption(say("{used} not agreed so far", used=evaluation.actual))
    small = evaluation.small
    if small is not None:
        with chance:
            st.metric(say("Chance that the year holds"), view.tell(percent(small.p_ok)))
            st.caption(say("{open} open count with their risk", open=small.open_cases))
        with expected:
            st.metric(say("Further cases expected"), f"{small.customers_to_come:.0f}")
            st.caption(say("about {count:.1f} of them not agreed", count=small.to_come_expected))
        return
    with chance:
        breach = evaluation.breach_probability
        st.metric(say("Breach probability"), "–" if breach is None else view.tell(percent(breach)))
        st.caption(say("watched by week, see the threshold screen"))
    with expected:
        first = answer.forecast.customers
        st.metric(say("Customers expected this year"), f"{first:,.0f}")
        st.caption(say("{received:,} tickets received so far", received=answer.received))


def stage_board(view: View, board: CaseBoard) -> None:
    """Show how many cases stand at each stage, and the cards of those that have any, the most urgent first. A shared
    screen has no room for the names of empty stages."""
    by_stage = {stage: [case for case in board.cases if case.state.stage == stage] for stage in STAGES}
    words = {stage: view.tell(Message(STAGE_WORDS[stage])) for stage in STAGES}
    counts = {stage: len(cases) for stage, cases in by_stage.items()}
    closed = view.say("{closed} in {days} days", closed=board.closed_cases, days=CLOSED_DAYS)
    strip = [
        f"**{words[stage]}** :blue-badge[{counts[stage]}]" if counts[stage] else f":gray[{words[stage]} 0]"
        for stage in STAGES
        if stage != "closed" and (counts[stage] or not view.present)
    ]
    with st.container(key="stage_strip"):
        st.markdown(" :gray[→] ".join([*strip, f":gray[{words['closed']} {closed}]"]))
    filled = [stage for stage in STAGES if by_stage[stage]]
    most = MOST_PRESENTED if view.present else MOST_CARDS
    columns = max(len(filled), FEWEST_PRESENTED if view.present else FEWEST_COLUMNS)
    for column, stage in zip(st.columns(columns, gap="small"), filled, strict=False):
        with column, st.container(key=f"stage_{stage}", gap="xsmall"):
            st.markdown(f"**{words[stage]}** :blue-badge[{counts[stage]}]")
            for case in by_stage[stage][:most]:
                _card(view, case)
            if counts[stage] > most:
                _more(view, f"stage_{stage}", counts[stage] - most)


def _card(view: View, case: Case) -> None:
    say, state = view.say, case.state
    with st.container(border=True, gap="xxsmall", key=f"card_{state.ticket_id}"):
        st.badge(urgency_text(view, state), color=URGENCY_COLOURS[state.urgency])  # type: ignore[arg-type]
        st.button(
            state.ticket_id,
            key=f"open_{state.ticket_id}",
            type="tertiary",
            icon=":material/folder_open:",
            help=say("Open the case's file"),
            on_click=set_focus,
            kwargs={"ticket": state.ticket_id},
        )
        if state.care is None:
            return
        owner = in_words(view, state.care.owner)
        named = say("{owner} (proposed)", owner=owner) if state.owner_proposed else owner
        st.caption(f":material/person: {plain(named, STEP_LETTERS)}")
        mark, step = (say("proposed: "), None) if state.next_proposed else ("", STEP_LETTERS)
        st.markdown(plain(mark + in_words(view, state.care.next_step), step))
        st.caption(
            say(
                ":material/event: by {due} · limit {limit}", due=f"{state.care.due:%m-%d}", limit=f"{state.limit:%m-%d}"
            )
        )


def further(view: View, board: CaseBoard) -> None:
    """Show which cases qualify for mediation or management and are not yet there, with the reasons."""
    groups: list[tuple[str, str, Sequence[Case], str]] = [
        (view.say("Qualify for mediation, not yet requested"), "mediation", board.to_mediation, ":material/handshake:"),
        (
            view.say("Qualify for management, not yet asked in"),
            "escalation",
            board.to_management,
            ":material/supervisor_account:",
        ),
    ]
    if not any(cases for _, _, cases, _ in groups):
        return
    most = MOST_PRESENTED if view.present else MOST_CARDS
    for column, (title, rule, cases, icon) in zip(st.columns(2), groups, strict=True):
        with column, st.container(border=True, key=f"further_{rule}"):
            st.markdown(f"**{icon} {title}** :gray-badge[{len(cases)}]")
            if not cases:
                st.caption(view.say("None."))
            for case in cases[:most]:
                reasons = getattr(case.qualification, rule)
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.button(
                        case.state.ticket_id,
                        key=f"{rule}_{case.state.ticket_id}",
                        type="tertiary",
                        on_click=set_focus,
                        kwargs={"ticket": case.state.ticket_id},
                    )
                    st.caption(plain(f"{case.branch} · {view.tell(listed(reasons))}"), width="stretch")
            if len(cases) > most:
                _more(view, rule, len(cases) - most)


def _more(view: View, kind: str, count: int) -> None:
    """Show how many cases have no card, and the way to all of their kind in the table."""
    if view.present:
        st.caption(view.say("{more} more", more=count))
        return
    st.button(
        view.say("{more} more in the table below", more=count),
        key=f"more_{kind}",
        type="tertiary",
        icon=":material/arrow_downward:",
        on_click=show_only,
        args=(kind,),
    )
