"""What every screen says where nobody has decided a plan: the values are a trial, and of what it is made."""

from __future__ import annotations

import streamlit as st

from answers.class_year import ClassYear
from ui.plain import plain
from ui.view import View


def trial_note(view: View, answer: ClassYear) -> None:
    """Say that the plan is a trial, where it is one; made of this year itself it cannot judge that year."""
    if not answer.is_trial:
        return
    values = {"name": plain(answer.complaint_class), "year": answer.year, "budget": answer.plan.budget}
    if answer.trial_of_itself:
        said = view.say(
            "No plan is decided for {name} in {year}, and there is no year before. Shown on trial: {budget} customers, "
            "this year's own share so far; set against itself, the year cannot look better or worse than it is.",
            **values,
        )
    else:
        said = view.say(
            "No plan is decided for {name} in {year}. Shown on trial: {budget} customers, last year's share.", **values
        )
    st.info(said, icon=":material/science:")
