"""Writing a letter: prefilled from a warning, a ticket or a hazard, changed by hand, sent under the next number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

import streamlit as st

from analytics.letter_number import LetterKind
from answers.hazards import Hazard
from answers.letters import LetterContent
from reports.letter_draft import letter_from_hazard, letter_from_ticket, letter_from_warning
from reports.letter_file import letter_docx, letter_name
from reports.letters import send_letter
from texts import Problem
from ui.drafts import Draft
from ui.parts import choice_in_address
from ui.pickers import set_focus
from ui.review_close import DOCX
from ui.states import show_problem
from ui.view import View

FORM = "form-letter"
DRAFTED = "drafted"  # in the draft: the letter with what the form does not show, its table and its notes
SEPARATOR = "\n"


def letter_form(view: View, who: str, open_hazards: list[Hazard], names: Mapping[str, str]) -> None:
    """Show how to write a letter: what it is drawn from, then its words."""
    with st.container(border=True, key="letter_form"):
        st.markdown(view.say("**Write a letter**"))
        _source(view, who, open_hazards, names)
        drafted = _kept(Draft(view, FORM, who))
        if drafted is not None:
            _words(view, who, drafted)


def _kept(form: Draft) -> LetterContent | None:
    """Give the letter as it was drafted, with what the form does not show (its table, its notes on the data), as kept
    in the draft; None without one."""
    try:
        return LetterContent.from_json(json.loads(form.kept(DRAFTED)))
    except (ValueError, KeyError, TypeError):
        return None


def _source(view: View, who: str, open_hazards: list[Hazard], names: Mapping[str, str]) -> None:
    say = view.say
    sources = {"warning": say("a warning"), "ticket": say("a ticket"), "hazard": say("a hazard")}
    kinds = {"alert": say("alert letter"), "advice": say("advice letter")}
    usual = "hazard" if view.focus.get("hazard") else "ticket" if view.focus.get("ticket") else "warning"
    first, second, third, fourth = st.columns([3, 3, 5, 3], vertical_alignment="bottom")
    with first:
        kind = choice_in_address(say("Kind"), kinds, "kind", "alert", listed=True)
    with second:
        source = choice_in_address(say("Drawn from"), sources, "drawn_from", usual, listed=True)
    with third:
        about = _about(view, source, open_hazards, names)
    with fourth:
        pressed = st.button(say("Draft it"), key="draft_letter", width="stretch", icon=":material/edit_document:")
    if not pressed:
        return
    if not about:
        st.warning(say("Say first what the letter is about."))
        return
    try:
        drafted = _drafted(view, cast(LetterKind, kind), source, about)
    except Problem as problem:
        show_problem(view, problem)
        return
    Draft(view, FORM, who).fill(
        **{DRAFTED: json.dumps(drafted.to_json(), ensure_ascii=False)},
        bank=drafted.bank,
        title=drafted.title,
        addressee=drafted.addressee,
        copies=drafted.copies,
        facts=SEPARATOR.join(drafted.facts),
        problem=drafted.problem,
        requirements=SEPARATOR.join(drafted.requirements),
        due=drafted.due.isoformat(),
        sender=drafted.sender,
        attachments=SEPARATOR.join(drafted.attachments),
    )
    st.rerun()


def _about(view: View, source: str, open_hazards: list[Hazard], names: Mapping[str, str]) -> str:
    say = view.say
    if source == "ticket":
        return st.text_input(say("Ticket"), view.focus.get("ticket", ""), key="letter_ticket", max_chars=80).strip()
    if source == "hazard":
        known = {hazard.number: f"{hazard.number} · {hazard.what}" for hazard in open_hazards}
        asked = view.focus.get("hazard")
        return (
            st.selectbox(
                say("Hazard"), list(known), index=list(known).index(asked) if asked in known else 0,
                format_func=known.__getitem__, key="letter_hazard",
            )
            or ""
            if known
            else ""
        )  # fmt: skip
    branches = ["", *names]
    asked = view.focus.get("branch", "")
    chosen = st.selectbox(
        say("{name}, branch", name=view.complaint_class or ""),
        branches,
        index=branches.index(asked) if asked in branches else 0,
        format_func=lambda branch: names.get(branch, say("whole bank")),
        key="letter_branch",
    )
    return f"{view.complaint_class}\t{chosen}"


def _drafted(view: View, kind: LetterKind, source: str, about: str) -> LetterContent:
    asked = (view.store, view.scope, kind)
    if source == "ticket":
        return letter_from_ticket(*asked, about, view.as_of, view.language)
    if source == "hazard":
        return letter_from_hazard(*asked, about, view.as_of, view.language)
    name, _, branch = about.partition("\t")
    return letter_from_warning(*asked, name, view.as_of, view.language, branch or None)


def _words(view: View, who: str, drafted: LetterContent) -> None:
    say = view.say
    form = Draft(view, FORM, who)
    left, right = st.columns(2)
    with left:
        title = form.text("title", say("Subject"), max_chars=80)
        addressee = form.text("addressee", say("Addressee"), max_chars=200)
        copies = form.text("copies", say("Copies"), max_chars=200)
    with right:
        bank = form.text("bank", say("Bank (in the red heading)"), max_chars=40)
        sender = form.text("sender", say("Sender"), max_chars=60)
        due = form.day("due", say("Answer by"), drafted.due, min_value=view.as_of)
    facts = form.area("facts", say("Facts (a paragraph a line)"), height=170)
    if drafted.table is not None:
        st.caption(drafted.table.title)
        st.table([dict(zip(drafted.table.columns, row, strict=True)) for row in drafted.table.rows], hide_index=True)
    problem = form.area("problem", say("The problem"), height=80)
    requirements = form.area("requirements", say("Requirements (one a line)"), height=130)
    attachments = form.area("attachments", say("Attachments (one a line)"), height=68)
    for text in drafted.notes:
        st.caption(text)
    content = replace(
        drafted,
        bank=bank,
        title=title,
        addressee=addressee,
        copies=copies,
        facts=tuple(facts.split(SEPARATOR)),
        problem=problem,
        requirements=tuple(requirements.split(SEPARATOR)),
        due=due,
        sender=sender,
        attachments=tuple(attachments.split(SEPARATOR)),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("Look at the draft (.docx)"),
            data=lambda: letter_docx(view.store.path, content.checked(), None, content.day.year),
            file_name=letter_name(content, None, content.day.year),
            mime=DOCX,
            key="letter_preview",
            on_click="ignore",
            icon=":material/description:",
        )
        st.button(say("Throw the draft away"), key="letter_drop", type="tertiary", on_click=form.empty)
        st.space("stretch")
        if st.button(say("Number and send"), key="send_letter", type="primary", icon=":material/send:"):
            _send(view, form, who, content)


def _send(view: View, form: Draft, who: str, content: LetterContent) -> None:
    sent: list[str] = []

    def write() -> None:
        entry = send_letter(
            view.store, view.scope, content, who=who, on_day=view.as_of, branch_id=content.about.get("branch"),
            token=form.token(),
        )  # fmt: skip
        sent.append(entry.subject.partition(":")[2])

    if form.enter(write):
        set_focus(letter=sent[0])
        st.rerun()


def due_words(due: date, overdue: bool, view: View) -> str:
    """Write a deadline, marked where it has passed."""
    return view.say("▲ {day}", day=str(due)) if overdue else str(due)
