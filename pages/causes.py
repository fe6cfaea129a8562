"""问题成因: why are complaints not resolved? Replies, approvals, loan balances, demands and rounds."""

import streamlit as st

from answers.causes import approvals, balance, demands, mediation, mediation_rounds, missing_mediation, replies
from charts.cause_words import approvals_finding, balance_finding, demands_finding, replies_finding
from texts import Message
from ui.cause_approvals import approvals_section
from ui.cause_balance import balance_section
from ui.cause_frame import CauseView, cause_view
from ui.cause_replies import replies_section
from ui.cause_rounds import rounds_section
from ui.finding_hazards import cause_findings_to_list
from ui.heading import screen_title
from ui.pickers import set_focus
from ui.plain import plain
from ui.presentation import show_steps
from ui.since_last_week import fill_changes, place_for_changes
from ui.states import empty_state
from ui.view import current_view

FIRST_SECTION = 2  # steps of the presentation: 1 the findings, then the sections; the address names both alike

MARKS = {True: "▲", False: "●", None: "–"}

view = current_view()
say = view.say


def replies_said(own: CauseView) -> tuple[bool | None, Message]:
    """Say what the replies show; the first value: whether there is a difference, None where it cannot be judged."""
    found = replies(own.asked).divergence
    return None if found.p is None else found.differs or not found.apart.empty, replies_finding(found, own.names)


def approvals_said(own: CauseView) -> tuple[bool | None, Message]:
    """Say what the approvals show."""
    found = approvals(own.asked)
    return None if found.p is None else found.differs or not found.apart.empty, approvals_finding(found, own.names)


def balance_said(own: CauseView) -> tuple[bool | None, Message]:
    """Say what the loan balances show."""
    found = balance(own.asked)
    return None if found.elasticity is None else not found.apart.empty, balance_finding(found, own.names)


def demands_said(own: CauseView) -> tuple[bool | None, Message]:
    """Say what the demands show, and who is not in mediation."""
    found, missing = demands(own.asked), missing_mediation(mediation(own.asked))
    differs = found.differs or not missing.empty
    return None if found.p is None and not differs else differs, demands_finding(
        found, missing, mediation_rounds(own.asked)
    )


SECTIONS = (
    (say("Inconsistent replies"), replies_said, replies_section),
    (say("Inconsistent approvals"), approvals_said, approvals_section),
    (say("Complaints and loan balance"), balance_said, balance_section),
    (say("Demands and rounds"), demands_said, rounds_section),
)
QUICKEST_FIRST = (3, 2, 1, 0)


def show_findings(own: CauseView) -> None:
    """Say what the four analyses found, each as soon as it is worked out."""
    with st.container(border=not view.present):
        places = [st.empty() for _ in SECTIONS]
    for place, (title, _, _) in zip(places, SECTIONS, strict=True):
        place.markdown(f"**… {title}**")
    for number in QUICKEST_FIRST:
        title, said, _ = SECTIONS[number]
        found, sentence = said(own)
        mark = MARKS[found]
        head = f"#### {mark} {title}\n\n" if view.present else f"**{mark} {title}** "
        places[number].markdown(head + plain(view.tell(sentence)))
    st.caption(
        say(
            "▲ a difference beyond chance, or something to do · ● none · – too little to judge. "
            "Tickets received from {first} to {last}.",
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
        on_change=lambda: set_focus(step=str(state["cause_section"] + FIRST_SECTION), mark=None),
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
        steps = [(title, lambda draw=draw: draw(own)) for title, _, draw in SECTIONS]
        show_steps(view, [(say("What was found"), lambda: show_findings(own)), *steps])
        return
    show_findings(own)
    if own.branch is not None and own.branch not in own.names:
        st.caption(say("The branch of the link is not known here: {branch}", branch=plain(own.branch)))
    chosen = chosen_section()
    section_picker(chosen)
    to_list = st.container()  # filled after the section, which is what the reader waits for
    SECTIONS[chosen][2](own)
    with to_list:
        cause_findings_to_list(own, chosen)


if not view.present:
    screen_title(say("Why are complaints not resolved?"))
changed = place_for_changes(view)
if view.complaint_class is None:
    changed.empty()
    empty_state(view, say("There are no tickets yet."), say("Bring in a ticket export on the data screen."))
else:
    page(view.complaint_class)
    fill_changes(view, changed, by="cause")
