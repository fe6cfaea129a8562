"""机构下钻: where is it being lost? Branches, causes and the handling path of one class, down to the tickets."""

from datetime import date

import streamlit as st

from answers.branches import BranchAnswer, branch_answer
from answers.handling import HandlingAnswer, handling_answer
from ui.branch_frame import from_address
from ui.branch_overview import (
    contributions_chart,
    contributions_part,
    funnel_chart,
    heat_map_chart,
    show_answer,
)
from ui.branch_page import (
    branch_decisions,
    branch_figures,
    branch_handling,
    branch_header,
    branch_parts,
    branch_quota,
    branch_weeks,
)
from ui.branch_tickets import Narrowed, narrowed_tickets
from ui.finding_hazards import branch_findings_to_list
from ui.handling_path import (
    dispatch_chart,
    late_dispatch_tickets,
    paths_table,
    steps_table,
)
from ui.heading import screen_title, subheader
from ui.plain import plain
from ui.presentation import show_steps
from ui.process_map import process_map, transitions_table
from ui.resolution import resolution_table
from ui.since_last_week import fill_changes, place_for_changes
from ui.sources import PATH
from ui.states import empty_state
from ui.view import current_view
from ui.worsening import show_worsening

view = current_view()
say = view.say


def chosen_branch(shown: BranchAnswer) -> str | None:
    """Give the branch in focus, or say calmly that it is not there."""
    asked = view.focus.get("branch")
    if asked is None and view.scope.branch_id in shown.branch_ids:
        return view.scope.branch_id
    if asked is not None and asked not in shown.branch_ids:
        st.info(say("“{branch}” has no decided customers of this class; all branches are shown.", branch=plain(asked)))
        return None
    return asked


def chosen_cause(shown: BranchAnswer) -> str | None:
    """Give the cause in focus, or nothing where the class does not have it."""
    asked = view.focus.get("cause")
    found = from_address(asked, set() if shown.findings is None else set(shown.findings.cells["cause"].unique()))
    if asked is not None and found is None:
        st.info(
            say("“{cause}” is no cause of this class's decided customers; all causes are shown.", cause=plain(asked))
        )
    return found


def narrowed_to(shown: BranchAnswer, branch: str | None, cause: str | None) -> Narrowed:
    """Give what the marks in the address narrow the tickets to."""
    channels = set() if shown.findings is None else set(shown.findings.cells["channel"].unique())
    channel = from_address(view.focus.get("channel"), channels) if branch else None
    return Narrowed(branch, cause, channel, chosen_week(), view.focus.get("mark", ""))


def chosen_week() -> date | None:
    """Give the week in focus by its first day, or nothing where it cannot be read."""
    try:
        return date.fromisoformat(view.focus.get("week", ""))
    except ValueError:
        return None


def handling_part(shown: BranchAnswer) -> HandlingAnswer | None:
    with st.spinner(say("Following the tickets step by step…"), show_time=False):
        return handling_answer(view.store, view.scope, shown)


def all_branches(shown: BranchAnswer, cause: str | None) -> None:
    show_answer(view, shown)
    branch_findings_to_list(view, shown)
    narrowed = narrowed_to(shown, None, cause)
    if narrowed.inside:
        narrowed_tickets(view, shown, narrowed)
    if view.focus.get("part") == PATH:
        handling_section(shown)
    contributions_part(view, shown)
    show_worsening(view, shown)
    subheader(say("Which branches differ from the others?"))
    funnel_chart(view, shown)
    subheader(say("Which causes, at which branches?"))
    heat_map_chart(view, shown)
    resolution_table(view, shown)
    if view.focus.get("part") != PATH:
        handling_section(shown)


def handling_section(shown: BranchAnswer) -> None:
    subheader(say("How were the tickets handled?"))
    handling = handling_part(shown)
    if handling is not None:
        dispatch_chart(view, shown, handling)
        late_dispatch_tickets(view, shown)
        name = [shown.answer.complaint_class, say("waits")]
        steps_table(view, shown, handling, handling.steps, name, key="steps")
        st.markdown("**" + say("Which paths end not agreed more often?") + "**")
        paths_table(view, shown, handling)
        process_map(view, shown, handling)
        transitions_table(view, shown, handling)


def one_branch(shown: BranchAnswer, branch: str, cause: str | None) -> None:
    branch_header(view, shown, branch)
    to_list = st.container()  # filled after the picture, which is what the reader waits for
    if shown.findings is not None:
        branch_figures(view, shown, shown.findings, branch)
    branch_weeks(view, shown, branch)
    with to_list:
        branch_findings_to_list(view, shown, branch)
    if shown.findings is not None:
        branch_quota(view, shown, branch)
        branch_parts(view, shown.findings, branch)
    narrowed_tickets(view, shown, narrowed_to(shown, branch, cause))
    subheader(say("How were its tickets handled?"))
    handling = handling_part(shown)
    if handling is not None:
        branch_handling(view, shown, handling, branch)
    subheader(say("What was decided about it?"))
    branch_decisions(view, shown, branch)


def presented(shown: BranchAnswer, branch: str | None) -> None:
    handling = handling_part(shown)
    steps = [
        (say("What is the excess made of?"), lambda: contributions_chart(view, shown, causes=False)),
        (say("By cause"), lambda: contributions_chart(view, shown, causes=True)),
        (say("Which branches differ from the others?"), lambda: funnel_chart(view, shown)),
        (say("Which causes, at which branches?"), lambda: heat_map_chart(view, shown)),
    ]
    if handling is not None:
        steps += [
            (say("Who is dispatched to late?"), lambda: dispatch_chart(view, shown, handling)),
            (say("How were the tickets handled?"), lambda: process_map(view, shown, handling)),
        ]
    if branch is not None:
        steps.insert(0, (shown.branch(branch), lambda: branch_weeks(view, shown, branch)))
    show_steps(view, steps)


if not view.present:
    screen_title(say("Where is it being lost?"))
changed = place_for_changes(view)
shown = None
if view.complaint_class is not None:
    with st.spinner(say("Counting branch by branch…"), show_time=False):
        shown = branch_answer(view.store, view.scope, view.complaint_class, view.year, view.as_of)
if shown is None or shown.findings is None:
    changed.empty()
    empty_state(
        view,
        say("Nobody of this class is decided yet."),
        say("Choose another class, year or day, or bring in a ticket export on the data screen."),
    )
else:
    branch, cause = chosen_branch(shown), chosen_cause(shown)
    if view.present:
        presented(shown, branch)
    elif branch is None:
        all_branches(shown, cause)
    else:
        one_branch(shown, branch, cause)
    fill_changes(view, changed, by="branch_id", names=shown.names)
