"""Closing a review, and the reviews already closed with their files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

import pandas as pd
import streamlit as st

from answers.decisions import Decision
from answers.reviews import Review, review
from reports.minutes import close_review, kept_minutes, kept_pack
from reports.packing import drawing
from reports.snapshot import Progress
from texts import Language, Problem
from ui.drafts import Draft
from ui.exports import table_download
from ui.packing import draw_soon
from ui.parts import choosable_rows, foldable
from ui.pickers import set_focus
from ui.states import show_problem
from ui.view import View

DRAWN_EVERY = 2  # seconds between two looks at how far the pictures are
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def close_form(view: View, who: str, decided: Sequence[Decision]) -> None:
    """Show what closing needs: who led, who was there; closing is for good."""
    say = view.say
    form = Draft(view, "form-close", who)
    with st.container(border=True, key="close_form"):
        st.markdown(say("**Close the review**"))
        st.caption(
            say(
                "{count} decisions were taken. Closing freezes the agenda, the decisions, the minutes (.docx) and "
                "every number of the snapshot pack, whose pictures are then drawn while you go on; a closed review is "
                "never rewritten, and the next one opens with these decisions.",
                count=len(decided),
            )
        )
        left, right = st.columns([1, 2])
        with left:
            chair = form.text("chair", say("Chair"), who, max_chars=60)
        with right:
            attendees = form.text("attendees", say("Attendees"), max_chars=300)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                say("Minutes as they stand (draft)"),
                data=lambda: kept_minutes(view.store, view.scope, view.as_of, view.language)[1],
                file_name=f"{say('review minutes')}_{view.as_of}_{say('draft')}.docx",
                mime=DOCX,
                key="draft_minutes",
                on_click="ignore",
                icon=":material/description:",
            )
            st.space("stretch")
            if st.button(say("Close the review"), key="close_review", type="primary", icon=":material/lock:"):
                _close(view, form, who, chair, attendees)


def _close(view: View, form: Draft, who: str, chair: str, attendees: str) -> None:
    say = view.say
    bar = st.progress(0.0, say("Settling the snapshot pack…"))

    def show(step: Progress) -> None:
        bar.progress(step.done / max(step.total, 1), view.tell(step.doing))

    if form.enter(
        lambda: close_review(
            view.store, view.scope, view.as_of, who=who, chair=chair, attendees=attendees, language=view.language,
            progress=show,
        )
    ):  # fmt: skip
        draw_soon()
        st.rerun()
    bar.empty()


def closed_head(view: View, closed: Review) -> None:
    """Show a closed review's line and its files."""
    say = view.say
    st.success(
        say(
            "Closed by {who} on {day} at {time}. Nothing in it changes any more.",
            who=closed.closed.who,
            day=f"{closed.closed.entered_at:%Y-%m-%d}",
            time=f"{closed.closed.entered_at:%H:%M}",
        ),
        icon=":material/lock:",
    )
    if view.present:
        return
    language = cast(Language, closed.language)
    try:
        name, minutes = kept_minutes(view.store, view.scope, closed.day, language)
        pack = kept_pack(view.store, closed)
    except Problem as problem:
        show_problem(view, problem)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("Minutes"), minutes, name, DOCX, key=f"minutes_{closed.day}", on_click="ignore",
            icon=":material/description:",
        )  # fmt: skip
        if pack is not None:
            st.download_button(
                say("Snapshot pack"), pack[1], pack[0], "application/zip", key=f"pack_{closed.day}", on_click="ignore",
                icon=":material/folder_zip:",
            )  # fmt: skip
        elif closed.frozen is not None:
            _drawing(view, closed.day)
        if closed.minutes is not None:
            st.caption(say("SHA-256 of the minutes: {digest}…", digest=closed.minutes.sha256[:16]))
        else:
            st.caption(
                say(
                    "This review was held before these records began here (the demo bank's past): no file was kept, "
                    "and the minutes are made of what was recorded. Reviews closed here keep minutes and pack."
                )
                if view.demo
                else say("No file was kept; the minutes are made of what was recorded.")
            )


@st.fragment(run_every=DRAWN_EVERY)
def _drawing(view: View, day: date) -> None:
    """Say how far the pictures of the pack are, by itself, until they are there."""
    closed = review(view.store, view.scope, day)
    if closed is not None and closed.pack is not None:
        st.rerun()
    step = drawing(view.store, day)
    words = view.say("The pack waits to be drawn…") if step is None else view.tell(step.doing)
    done = 0.0 if step is None else step.done / max(step.total, 1)
    counted = "" if step is None else f" {step.done} / {step.total}"
    st.progress(done, f"{words}{counted}", width=320)


def past_reviews(view: View, held: Sequence[Review], shown: date) -> None:
    """Show the reviews closed before; choosing one opens it."""
    say = view.say
    if not held:
        return
    with foldable(say("Earlier reviews ({count})", count=len(held)), "reviews", icon=":material/event:"):
        newest = list(reversed(held))
        table = pd.DataFrame(
            [
                {
                    "day": str(one.day),
                    "decisions": len(one.decisions),
                    "chair": one.chair,
                    "attendees": one.attendees,
                    "by": one.closed.who,
                }
                for one in newest
            ]
        )
        choosable_rows(
            table,
            [str(one.day) for one in newest],
            str(shown),
            lambda chosen: set_focus(review=chosen, step=None),
            key="past_reviews",
            alt=say("Earlier reviews"),
            column_config={
                "day": say("Day"), "decisions": say("Decisions"), "chair": say("Chair"),
                "attendees": st.column_config.TextColumn(say("Attendees"), width="large"), "by": say("Closed by"),
            },
        )  # fmt: skip
        table_download(view, table, [say("reviews"), str(view.as_of)], key="past_reviews_csv")
