"""All branches of one class: what the excess is made of, and who stands out."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.funnel import JUDGED_FROM
from answers.branches import BranchAnswer
from charts.branch_captions import contributions_caption, funnel_caption, heat_map_caption
from charts.branch_words import (
    RATE,
    SIZE,
    branch_sentence,
    excess_sentence,
    given,
    judged_note,
    signed,
    spread_note,
)
from charts.contributions import OTHERS, contributions_csv, contributions_figure, marked_branches
from charts.funnel import funnel_csv, funnel_figure
from charts.heat_map import heat_map_csv, heat_map_figure
from ui.branch_frame import THIS_YEAR, TOGETHER, clicked, mode, source
from ui.chart import show_chart
from ui.parts import choice_in_address
from ui.pickers import SELECTION, set_focus
from ui.plain import plain
from ui.trial_note import trial_note
from ui.view import View


def show_answer(view: View, shown: BranchAnswer) -> None:
    """Show the answer in words and its four figures."""
    say, taken, found = view.say, shown.excess, shown.findings
    trial_note(view, shown.answer)
    st.markdown("##### " + plain(view.tell(excess_sentence(taken))))
    if found is not None:
        st.markdown("##### " + plain(view.tell(branch_sentence(found, shown.branch))))
    total, volume, rate, branches = st.columns(4)
    total.metric(
        say("Against the threshold"),
        signed(taken.total),
        help=say("Customers not agreed this year up to {day} minus the threshold of that day.", day=view.as_of),
    )
    total.caption(say("{actual} not agreed, threshold {threshold:.1f}", actual=taken.actual, threshold=taken.threshold))
    volume.metric(
        say("of it by volume"),
        signed(taken.volume),
        help=say("More or fewer decided customers than planned, at the plan's rate of not agreed."),
    )
    volume.caption(say("{decided} decided, {planned:.0f} planned", decided=taken.decided, planned=taken.planned))
    rate.metric(
        say("of it by how complaints ended"),
        signed(taken.everywhere),
        help=say("What the class's rate of not agreed means beyond the plan's rate, over all branches and causes."),
    )
    rate.caption(
        say("{actual:.1%}, planned {planned:.1%}", actual=taken.class_rate, planned=taken.plan_rate)
        + " · "
        + say("95%: {low} to {high}", low=signed(taken.low), high=signed(taken.high))
    )
    judged, marked = (0, 0) if found is None else (found.branches.judged, _marked(shown))
    branches.metric(
        say("Branches that stand out"),
        f"{marked} / {judged}",
        help=say(
            "Of the branches that can be judged ({fewest} customers or more): those that differ from the others as a "
            "whole "
            "or in one cause.",
            fewest=JUDGED_FROM,
        ),
    )
    units = 0 if found is None else len(found.branches.units)
    branches.caption(say("{units} branches, {few} too small to judge", units=units, few=units - judged))


def _marked(shown: BranchAnswer) -> int:
    found = shown.findings
    if found is None:
        return 0
    return len({*found.branches.marked["branch_id"], *found.branch_causes.marked["branch_id"]})


def contributions_chart(view: View, shown: BranchAnswer, *, causes: bool) -> None:
    """Show what each branch (or cause) adds to the year's excess beyond the plan's rate."""
    say, answer, found = view.say, shown.answer, shown.findings
    rows, unit = (shown.by_cause, "cause") if causes else (shown.by_branch, "branch_id")
    marked = marked_branches(found)
    if causes:
        marked = set() if found is None else set(found.causes.marked["cause"])

    def name(key: str) -> str:
        return view.tell(given(key)) if causes else shown.branch(key)

    caption = contributions_caption(
        answer.complaint_class, shown.excess, answer.year, view.as_of, source(view, shown), causes=causes
    )
    key = f"contributions_{unit}"
    show_chart(
        view,
        contributions_figure(rows, unit, name, marked, caption, view.language, mode(view)),
        lambda: contributions_figure(rows, unit, name, marked, caption, view.language, "print"),
        lambda: contributions_csv(rows, unit, name),
        name=[
            answer.complaint_class,
            say("causes of the excess") if causes else say("branches in the excess"),
            str(view.as_of),
        ],
        key=key,
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=_contribution_clicked(key, "cause" if causes else "branch"),
    )
    if not view.present:
        st.caption(
            say(
                "Drawn are the largest likely contributions, up or down, sorted: as long as chance alone separates "
                "them, order follows size, not luck. "
                "▲: beyond chance. It does not show why, nor what a branch could have prevented."
            )
        )


def _contribution_clicked(key: str, name: str) -> Callable[[], None]:
    """Give the callback of the contributions: one unit's tickets of this year, or those of all drawn together."""

    def choose() -> None:
        clicked(key, {name: 0}, mark=THIS_YEAR)()
        if st.session_state[SELECTION].focus.get(name) == OTHERS:
            set_focus(**{name: None}, mark=f"{TOGETHER}|{name}")

    return choose


def contributions_part(view: View, shown: BranchAnswer) -> None:
    """Show what the excess is made of, by branch or by cause."""
    kinds = {"branch": view.say("by branch"), "cause": view.say("by cause")}
    kind = choice_in_address(view.say("What is the excess made of?"), kinds, "excess_by", "branch")
    contributions_chart(view, shown, causes=kind == "cause")


def funnel_chart(view: View, shown: BranchAnswer) -> None:
    """Show the funnel of branches."""
    found, answer = shown.findings, shown.answer
    if found is None:
        return
    if not found.may_compare:
        st.info(plain(view.tell(branch_sentence(found, shown.branch))), icon=":material/info:")
        return
    caption = funnel_caption(answer.complaint_class, found, shown.branch, view.as_of, source(view, shown))
    arguments = found.branches, shown.branch, caption, view.language
    show_chart(
        view,
        funnel_figure(*arguments, mode(view), rate=RATE, size=SIZE),
        lambda: funnel_figure(*arguments, "print", rate=RATE, size=SIZE),
        lambda: funnel_csv(found.branches, shown.branch, view.language),
        name=[answer.complaint_class, view.say("funnel of branches"), str(view.as_of)],
        key="funnel",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=clicked("funnel", {"branch": 0}, mark=None),
    )
    if not view.present:
        st.caption(view.tell(judged_note(found.branches)))
        note = spread_note(found.branches)
        if note is not None:
            st.caption(view.tell(note))


def heat_map_chart(view: View, shown: BranchAnswer) -> None:
    """Show branches by causes."""
    found, answer = shown.findings, shown.answer
    if found is None:
        return
    caption = heat_map_caption(answer.complaint_class, found, shown.branch, view.as_of, source(view, shown))
    arguments = found.branch_causes, shown.branch, caption, view.language
    show_chart(
        view,
        heat_map_figure(*arguments, mode(view)),
        lambda: heat_map_figure(*arguments, "print"),
        lambda: heat_map_csv(found.branch_causes, shown.branch, view.language),
        name=[answer.complaint_class, view.say("branches by causes"), str(view.as_of)],
        key="heat_map",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=clicked("heat_map", {"branch": 0, "cause": 1}, mark=None),
    )
    if not view.present:
        units = found.branch_causes.units
        st.caption(
            view.say(
                "{judged} of {cells} combinations have {fewest} customers; only those are coloured and judged. ▲ or "
                "▼: beyond "
                "chance. The largest branches and causes are drawn, the CSV has all.",
                judged=found.branch_causes.judged,
                cells=len(units),
                fewest=JUDGED_FROM,
            )
        )
