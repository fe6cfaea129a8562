"""What was entered about a case: by whom and when, with corrections; the last entry can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.case_entry import NextMove, corrected_body
from analytics.case_steps import as_day, entry_steps, said
from answers.case_board import case_entry, newest_entry, subject_of
from answers.case_file import CaseFile
from answers.case_limits import LIMITS_KIND
from charts.case_words import step_word
from data.ledger import Entry, correct, entries, last_to_undo, standing, undo
from texts import Problem
from ui.heading import subheader
from ui.plain import plain
from ui.states import show_problem
from ui.view import View
from ui.who import known_signer

HISTORY_HEIGHT = 560  # px; older entries are scrolled to
WATCHED_EVERY = 5  # seconds
DETAILS = ("mediator", "scheduled", "asked_of", "granted", "approved_by", "limit_days")


def history(view: View, file: CaseFile) -> None:
    """Show every entry about a case, the latest first, with what was corrected or taken back, and how to do so."""
    say = view.say
    subheader(say("Entered here"))
    if not file.written:
        st.caption(say("Nothing has been entered about this case yet."))
        return
    held = {entry.entry_id: entry for entry in standing(file.written)}
    who = known_signer()
    may = who is not None and view.scope.may_enter(str(file.case.ticket["branch_id"]))
    roots = [entry for entry in file.written if entry.corrects is None]
    if may and held and who is not None:
        _undo(view, file, who)
    place = st.container(height=HISTORY_HEIGHT, border=False) if len(roots) > 3 else st.container()
    for entry in reversed(roots):
        later = [other for other in file.written if other.corrects == entry.entry_id]
        now = held.get(entry.entry_id)
        with place, st.container(border=True, gap="xxsmall", key=f"entry_{entry.entry_id}"):
            _entry_lines(view, now or entry, later, withdrawn=now is None)
            if (
                may
                and now is not None
                and st.button(say("Correct"), key=f"correct_{entry.entry_id}", type="tertiary", icon=":material/edit:")
            ):
                _correct(view, file, now)


@st.fragment(run_every=WATCHED_EVERY)
def watch(view: View, subjects: Sequence[str], shown_up_to: int) -> None:
    """Say what others have entered since the page was drawn, by itself; open forms and dialogs stay as they are."""
    written = entries(view.store, view.scope, view.as_of, subjects=list(subjects)) if subjects else []
    newer = [entry for entry in written if entry.entry_id > shown_up_to]
    if not newer:
        return
    last = newer[-1]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="newer_entries"):
        st.markdown(
            ":material/group: "
            + plain(
                view.say(
                    "{count} new entries; the last by {who} at {time}: {text}",
                    count=len(newer),
                    who=last.who,
                    time=f"{last.entered_at:%H:%M:%S}",
                    text=said(last.body.get("text")) or (view.say("limits set") if last.kind == LIMITS_KIND else ""),
                ),
                120,
            ),
            width="content",
        )
        if st.button(view.say("Show"), key="show_newer", type="tertiary", icon=":material/refresh:"):
            st.rerun()


def _entry_lines(view: View, entry: Entry, later: Sequence[Entry], *, withdrawn: bool) -> None:
    say, body = view.say, entry.body
    (step,) = entry_steps([case_entry(entry)])
    title = f"**{plain(view.tell(step_word(step)))}** {plain(said(body.get('text')))}"
    st.markdown(f"~~{title}~~" if withdrawn else title)
    given = {name: str(body.get(name) or "") for name in DETAILS}
    worded = {
        "mediator": say("mediator {value}", value=given["mediator"]),
        "scheduled": say("mediation on {value}", value=given["scheduled"]),
        "asked_of": say("asked: {value}", value=given["asked_of"]),
        "granted": say("granted: {value}", value=given["granted"]),
        "approved_by": say("approved by {value}", value=given["approved_by"]),
        "limit_days": say("time for closing {value} days", value=given["limit_days"]),
    }
    parts = [text for name, text in worded.items() if given[name]]
    if said(body.get("owner")):
        moves = {"owner": body["owner"], "step": body.get("next_step", ""), "due": body.get("due", "")}
        parts.append(say("{owner}: {step}, by {due}", **moves))
    if parts:
        st.caption(plain(" · ".join(parts)))
    st.caption(plain(_signed(view, entry)))
    for other in later:
        text = (
            say("taken back by {who}, {time}", who=other.who, time=f"{other.entered_at:%Y-%m-%d %H:%M}")
            if other.withdrawn
            else say("corrected by {who}, {time}: {text}", who=other.who, time=f"{other.entered_at:%Y-%m-%d %H:%M}",
                     text=said(other.body.get("text")))
        )  # fmt: skip
        st.caption(":material/history: " + plain(text))


def _signed(view: View, entry: Entry) -> str:
    return view.say(
        "{who} · business day {day} · entered {time}",
        who=entry.who,
        day=str(entry.on_day),
        time=f"{entry.entered_at:%Y-%m-%d %H:%M}",
    )


def _undo(view: View, file: CaseFile, who: str) -> None:
    say = view.say
    last = last_to_undo(file.written)
    if last is None:
        return
    with st.popover(say("Take back the last entry"), icon=":material/undo:", key="undo_popover"):
        st.markdown(plain(said(last.body.get("text"))) or "–")
        st.caption(plain(_signed(view, last)))
        if last.who != who:
            st.warning(say("{who} entered it, not you: take it back only once you have agreed.", who=plain(last.who)))
        st.caption(say("It stays visible in the history; what held before it holds again."))
        if st.button(say("Take it back"), key="undo_case", type="primary"):
            try:
                undo(view.store, view.scope, subject_of(file.case.state.ticket_id), who=who, on_day=view.as_of,
                     seen=newest_entry(file.written))  # fmt: skip
            except Problem as problem:
                show_problem(view, problem)
                return
            st.rerun()


def _correct(view: View, file: CaseFile, entry: Entry) -> None:
    say, body = view.say, entry.body

    @st.dialog(say("Correct an entry"), icon=":material/edit:")
    def ask() -> None:
        st.caption(say("The entry stays; what you write here is shown in its place, with your name."))
        text = st.text_area(say("In words"), value=said(body.get("text")), key="correct_text")
        move = None
        if "owner" in body:
            owner = st.text_input(say("Owner"), value=said(body.get("owner")), key="correct_owner")
            next_step = st.text_input(say("Next step"), value=said(body.get("next_step")), key="correct_next")
            due: date | None = st.date_input(
                say("Due"), value=as_day(body.get("due")), format="YYYY-MM-DD", key="correct_due"
            )
            move = NextMove(owner, next_step, due)
        who = known_signer()
        if st.button(say("Enter the correction"), key="correct_enter", type="primary") and who is not None:
            try:
                corrected = corrected_body(file.case.state, body, view.as_of, text=text, move=move)
                correct(view.store, view.scope, entry, corrected, who=who, on_day=view.as_of,
                        seen=newest_entry(file.written))  # fmt: skip
            except Problem as problem:
                show_problem(view, problem)
                return
            st.rerun()

    ask()
