"""问题成因: why are complaints not resolved? Replies, approvals, loan balances, demands and rounds."""

import streamlit as st

from answers.causes import approvals, balance, demands, mediation, missing_mediation, replies
from charts.cause_words import approvals_finding, balance_finding, demands_finding, replies_finding
from texts import Message
from ui.cause_approvals import approvals_section
from ui.cause_balance import balance_section
from ui.cause_frame import CauseView, cause_view, markdown_safe
from ui.cause_replies import replies_section
from ui.cause_rounds import rounds_section
from ui.pickers import set_focus
from ui.presentation import show_steps
from ui.states import empty_state
from ui.view import current_view

FIRST_SECTION = 2  # steps of the presentation: 1 the findings, then the sections; the address names both alike

view = current_view()
say = view.say

SECTIONS = (
    (say("Inconsistent replies"), replies_section),
    (say("Inconsistent approvals"), approvals_section),
    (say("Complaints and loan balance"), balance_section),
    (say("Demands and rounds"), rounds_section),
)


def findings(own: CauseView) -> list[tuple[str, str]]:
    """Give a mark and a sentence for each section, in their order."""
    told, granted, follows, ends = replies(own.asked), approvals(own.asked), balance(own.asked), demands(own.asked)
    missing = missing_mediation(mediation(own.asked))
    said: list[tuple[bool | None, Message]] = [
        (
            None if told.divergence.p is None else told.divergence.differs or not told.divergence.apart.empty,
            replies_finding(told.divergence, own.names),
        ),
        (
            None if granted.p is None else granted.differs or not granted.apart.empty,
            approvals_finding(granted, own.names),
        ),
        (None if follows.elasticity is None else not follows.apart.empty, balance_finding(follows, own.names)),
        (None if ends.p is None else ends.differs or not missing.empty, demands_finding(ends, missing)),
    ]
    marks = {True: "▲", False: "●", None: "–"}
    return [(marks[found], view.tell(sentence)) for found, sentence in said]


def show_findings(own: CauseView) -> None:
    """Say what the four analyses found, each with the way to its section."""
    with st.spinner(say("Comparing branches…"), show_time=False):
        found = findings(own)
    with st.container(border=not view.present):
        for (mark, sentence), (title, _) in zip(found, SECTIONS, strict=True):
            head = f"#### {mark} {title}\n\n" if view.present else f"**{mark} {title}** "
            st.markdown(head + markdown_safe(sentence))
    st.caption(
        say(
            "▲ a difference beyond chance · ● none · – too little to judge. Tickets received from {first} to {last}.",
            first=own.asked.first,
            last=own.asked.last,
        )
    )


def chosen_section() -> int:
    """Give the section that the address names, the first where it names none."""
    asked = view.focus.get("step", "")
    number = int(asked) - FIRST_SECTION if asked.isascii() and asked.isdigit() else 0
    return min(max(number, 0), len(SECTIONS) - 1)


def section_picker(chosen: int) -> None:
    """Show the sections to choose from; the choice stands in the address."""
    state = st.session_state
    state["cause_section"] = chosen
    st.segmented_control(
        say("Analysis"),
        range(len(SECTIONS)),
        format_func=lambda number: SECTIONS[number][0],
        key="cause_section",
        label_visibility="collapsed",
        required=True,
        on_change=lambda: set_focus(step=str(state["cause_section"] + FIRST_SECTION)),
    )


def page(complaint_class: str) -> None:
    """Show the findings, then the chosen section alone."""
    own = cause_view(view, complaint_class)
    if view.scope.branch_scope is not None:
        empty_state(
            view,
            say("Causes are found by comparing branches."),
            say("Your role sees one branch only; ask the head office for the comparison."),
        )
        return
    if view.present:
        steps = [(title, lambda draw=draw: draw(own)) for title, draw in SECTIONS]
        show_steps(view, [(say("What was found"), lambda: show_findings(own)), *steps])
        return
    show_findings(own)
    if own.branch is not None and own.branch not in own.names:
        st.caption(say("The branch of the link is not known here: {branch}", branch=markdown_safe(own.branch)))
    chosen = chosen_section()
    section_picker(chosen)
    SECTIONS[chosen][1](own)


if not view.present:
    st.title(say("Why are complaints not resolved?"))
if view.complaint_class is None:
    empty_state(view, say("There are no tickets yet."), say("Bring in a ticket export on the data screen."))
else:
    page(view.complaint_class)
