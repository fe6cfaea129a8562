"""管控曲线: does the allowance last? The actual against the cumulative threshold of one class and year."""

from collections.abc import Callable
from contextlib import nullcontext

import streamlit as st

from answers.class_year import class_year
from answers.evidence import Standing, standing, stands_ready
from ui.alarms import register_section, register_step
from ui.changes import changes_section, changes_step
from ui.evidence import evidence_table, warning_sentence
from ui.headline import headline
from ui.parts import part_tabs
from ui.presentation import show_steps
from ui.sources import named_sources, show_sources, title_with_sources
from ui.states import empty_state
from ui.threshold_chart import basis_note, first_picture, main_picture
from ui.trial_note import trial_note
from ui.view import current_view
from ui.weeks import last_weeks, weekly_table

view = current_view()
say = view.say


def nothing_to_show() -> None:
    empty_state(
        view,
        say("There are no customers of this class in this year or the one before."),
        say("Choose another class or year, or bring in a ticket export on the data screen."),
        None,
    )


def evidence(shown: Standing) -> None:
    evidence_table(view, shown.evaluation, [shown.answer.complaint_class, say("evidence"), str(shown.answer.as_of)])


@st.fragment
def below(shown: Standing) -> None:
    """Show what stands behind the picture; only the open part is worked out."""
    parts: dict[str, tuple[str, Callable[[], None]]] = {
        "why": (say("Why this warning, and why no other"), lambda: evidence(shown)),
        "changes": (say("What changed since last week"), lambda: changes_section(view, shown)),
        "weeks": (say("Week by week"), lambda: weekly_table(view, shown)),
        "register": (say("Alarm register"), lambda: register_section(view, shown)),
    }
    usual = "weeks" if "week" in view.focus else "why"
    for name, tab in part_tabs({name: label for name, (label, _) in parts.items()}, "behind", usual).items():
        if tab.open:
            with tab:
                parts[name][1]()


def page(complaint_class: str) -> None:
    """Show the position at once, and the evidence as soon as it is worked out."""
    ways = title_with_sources(view, say("Will the allowance last?"))
    asked = (view.store, view.scope, complaint_class, view.year, view.as_of)
    above, picture = st.empty(), st.empty()
    if not stands_ready(*asked):
        answer = class_year(*asked)
        if answer is not None:
            show_first_picture = first_picture(view, answer)  # drawn before anything is sent: all arrives in one go
            with above.container():
                st.info(say("The evidence is being worked out."), title="…")
                headline(view, answer, None)
            with picture.container():
                show_first_picture()
    shown = standing(*asked)
    if shown is None:
        nothing_to_show()
        return
    with above.container():
        trial_note(view, shown.answer)
        warning_sentence(view, shown.evaluation)
        named = st.empty()
        named.caption(say("Looking for branches and causes that stand out…"))
        headline(view, shown.answer, shown.evaluation)
    with picture.container():
        main_picture(view, shown)
    with ways:
        show_sources(view)
    basis_note(view, shown)
    below(shown)
    with named.container():
        named_sources(view, shown)


def steps(complaint_class: str) -> None:
    """Show one thing at a time on the shared screen; a day that nobody has asked about yet says that it is at work."""
    asked = (view.store, view.scope, complaint_class, view.year, view.as_of)
    busy = nullcontext() if stands_ready(*asked) else st.spinner(say("The evidence is being worked out."))
    with busy:
        shown = standing(*asked)
    if shown is None:
        nothing_to_show()
        return

    def why() -> None:
        warning_sentence(view, shown.evaluation)
        evidence(shown)

    show_steps(
        view,
        [
            (say("Threshold"), lambda: main_picture(view, shown)),
            (say("Why this warning"), why),
            (say("What changed since last week"), lambda: changes_step(view, shown)),
            (say("Week by week"), lambda: last_weeks(view, shown)),
            (say("Alarm register"), lambda: register_step(view, shown)),
        ],
    )


if view.complaint_class is None:
    nothing_to_show()
elif view.present:
    steps(view.complaint_class)
else:
    page(view.complaint_class)
