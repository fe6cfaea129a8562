"""The next step of something followed up: what its course allows, in words of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from analytics.course import REASONED, STEP_WORDS, Course
from answers.registers import Record, take_step
from texts import Message
from ui.drafts import Draft
from ui.view import View

WITH_DATE = {"decision_moved": "due", "letter_returned": "due"}
Links = Callable[[], Sequence[tuple[str, str, str]]]


Enter = Callable[[str, dict[str, Any], int, str], object]


def next_step(
    view: View,
    course: Course,
    record: Record,
    who: str,
    links: Links | None = None,
    *,
    steps: Sequence[str] | None = None,
    branch_id: str | None = None,
    enter: Enter | None = None,
    title: str = "",
) -> None:
    """Show the form for the next step; what was entered by somebody else meanwhile is never overwritten.

    links: for `hazard_linked`, what there is to link: (what, key, words). steps: those offered, of those possible; None
    for all. branch_id: whose step it is, else the record's branch. enter: writes the step (step, body, the newest entry
    seen, token), else `take_step` does. title: above the form, else “Next step”.
    """
    say = view.say
    offered = links() if links is not None else ()
    possible = [
        step
        for step in course.possible(record.state)
        if (step != "hazard_linked" or offered) and (steps is None or step in steps)
    ]
    if not possible or not view.scope.may_enter(branch_id or record.begun.branch_id):
        return
    form = Draft(view, f"step-{record.subject}", who)
    # What the writer had on screen when the form was opened: whoever wrote since is named before anything is entered.
    seen = int(st.session_state.setdefault(form.key("seen"), record.newest))
    with st.container(border=True, key=f"next_{record.subject.replace(':', '_')}"):
        st.markdown(title or say("**Next step**"))
        if seen != record.newest:
            newest = record.history[-1]
            st.warning(
                say(
                    "{who} has entered “{step}” meanwhile. Look at it; your text is still here.",
                    who=newest.who,
                    step=view.tell(Message(STEP_WORDS[newest.kind])),
                ),
                icon=":material/group:",
            )
        step = form.choice(
            "step", say("What was done"), possible, lambda s: view.tell(Message(STEP_WORDS[s])), possible[0]
        )
        body: dict[str, Any] = {}
        if step == "hazard_linked":
            named = {f"{what}:{key}": words for what, key, words in offered}
            chosen = form.choice("link", say("To what"), list(named), named.__getitem__, next(iter(named)))
            body["to"], body["key"] = chosen.split(":", 1)
        if step in WITH_DATE:
            least = view.as_of
            due = form.day("due", say("New date"), view.as_of + timedelta(days=7), min_value=least)
            body[WITH_DATE[step]] = due.isoformat()
        needed = step in REASONED
        body["text"] = form.area(
            "text", say("What was said or done, and why") if needed else say("Remark (may be left empty)"), height=80
        )
        if not st.button(say("Enter"), key=f"{form.key('enter')}", type="primary"):
            return
        entered = form.enter(
            lambda: (
                enter(step, body, seen, form.token())
                if enter is not None
                else take_step(
                    view.store,
                    view.scope,
                    course,
                    record.subject,
                    step,
                    body,
                    who=who,
                    on_day=view.as_of,
                    seen=seen,
                    token=form.token(),
                )
            )
        )
        if entered:
            st.rerun()
        st.session_state[form.key("seen")] = record.newest


def course_line(view: View, record: Record) -> None:
    """Show the steps so far in one line: what, on which day."""
    parts = [f"**{view.tell(Message(STEP_WORDS[step.kind]))}** {_short(step.on_day)}" for step in record.steps]
    st.markdown(" → ".join(parts))


def _short(day: date) -> str:
    return f"{day.month}-{day.day}"
