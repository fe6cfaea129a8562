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


def next_step(view: View, course: Course, record: Record, who: str, links: Links | None = None) -> None:
    """Show the form for the next step; what was entered by somebody else meanwhile is never overwritten.

    links: for `hazard_linked`, what there is to link: (what, key, words).
    """
    say = view.say
    offered = links() if links is not None else ()
    possible = [step for step in course.possible(record.state) if step != "hazard_linked" or offered]
    if not possible or not view.scope.may_enter(record.begun.branch_id):
        return
    form = Draft(view, f"step-{record.subject}", who)
    with st.container(border=True, key=f"next_{record.subject.replace(':', '_')}"):
        st.markdown(say("**Next step**"))
        step = form.choice(
            "step", say("What happened"), possible, lambda s: view.tell(Message(STEP_WORDS[s])), possible[0]
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
            lambda: take_step(
                view.store, view.scope, course, record.subject, step, body, who=who, on_day=view.as_of,
                seen=record.newest, token=form.token(),
            )
        )  # fmt: skip
        if entered:
            st.rerun()


def course_line(view: View, record: Record) -> None:
    """Show the steps so far in one line: what, on which day."""
    parts = [f"**{view.tell(Message(STEP_WORDS[step.kind]))}** {_short(step.on_day)}" for step in record.steps]
    st.markdown(" → ".join(parts))


def _short(day: date) -> str:
    return f"{day.month}-{day.day}"
