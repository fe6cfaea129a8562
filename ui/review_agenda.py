"""The agenda on the screen: one section at a time, each line with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

import streamlit as st

from analytics.agenda import MARKS, Agenda, Item, Section
from answers.case_board import waiting_for_mediation
from answers.reviews import Note, note
from charts.lines import ems
from reports.agenda import late_tickets
from ui.case_fields import begin_with
from ui.decisions import start_decision
from ui.drafts import Draft
from ui.open_cases import linked_table
from ui.parts import foldable
from ui.pickers import open_class, set_focus
from ui.selection import FOCUS
from ui.tickets import ticket_table
from ui.view import View

PAGES = {
    "classes": "pages/threshold.py",
    "branches": "pages/branches.py",
    "not_agreed": "pages/cases.py",
    "cases": "pages/cases.py",
    "mediation": "pages/cases.py",
    "hazards": "pages/letters.py",
    "letters": "pages/letters.py",
    "measures": "pages/letters.py",
    "data": "pages/data.py",
}
WRITTEN_OF = ("classes", "not_agreed", "branches", "cases", "mediation", "hazards")  # what letters are written about
WHOLE = ("not_agreed", "cases", "mediation")  # sections of tickets, shown whole below their first lines
# On the shared screen everything is measured in root sizes (see ui/presentation.py): the room that a section's lines
# have, and the full-width characters that one row of a line holds, without and with the buttons of who decides.
PRESENTED_ROOM, ROW_LETTERS = (26.5, 22.0), (56, 45)
ROW, BETWEEN, LEAST, NOTED = 1.62, 0.6, 2.7, 3.6
COLOURS = {"bad": "red", "watch": "orange", "calm": "gray"}


def short_title(view: View, section: Section) -> str:
    """Give a section's short name with how many lines need a decision."""
    say = view.say
    names = {
        "decisions": say("Last decisions"),
        "classes": say("Classes"),
        "not_agreed": say("Not agreed"),
        "branches": say("Branches"),
        "cases": say("Late cases"),
        "mediation": say("To mediation"),
        "hazards": say("Hazards"),
        "letters": say("Letters"),
        "measures": say("Measures"),
        "data": say("Data"),
    }
    bad = section.count("bad")
    total = len(section.items) + section.more
    return (
        f"{names[section.name]} ▲{bad}" if bad else f"{names[section.name]} {total}" if total else names[section.name]
    )


def steps(view: View, agenda: Agenda, draw: Callable[[Section], None]) -> list[tuple[str, Callable[[], None]]]:
    """Give the steps of the meeting for presentation mode: title and what draws it."""
    return [(view.tell(section.title), lambda section=section: draw(section)) for section in agenda.sections]  # type: ignore[misc]


def show_section(
    view: View, agenda: Agenda, section: Section, noted: list[Note], who: str | None, *, lines: bool = True
) -> None:
    """Show the lines of a section, the worst first.

    who: whoever enters decisions and remarks on them, None where nobody can. lines: whether to show them at all.
    """
    say = view.say
    if not section.items:
        st.success(view.tell(section.nothing), icon=":material/check_circle:")
    remarks = [one for one in noted if one.section == section.name]
    shown = _fitting(view, section, who is not None, len(remarks)) if view.present else section.items
    for place, item in enumerate(shown if lines else ()):
        _line(view, section, item, place, who is not None)
    if more := section.more + len(section.items) - len(shown):
        _rest(view, section, more)
    for one in remarks:
        st.info(say("Noted: {text} ({who})", text=one.text, who=one.who), icon=":material/edit_note:")
    if section.name in WHOLE and not view.present and section.items:
        opened = foldable(say("All of them, with their file"), f"whole_{section.name}", icon=":material/table:")
        if opened.open:
            with opened:
                _whole(view, agenda, section)
    if who is not None:
        _remark(view, section, who)


def _fitting(view: View, section: Section, live: bool, remarks: int) -> Sequence[Item]:
    """Give the first lines of a section, as many as the shared screen's window holds, one at least."""
    room = PRESENTED_ROOM[live] - NOTED * remarks
    for place, item in enumerate(section.items):
        room -= max(ROW * ceil(ems(view.tell(item.text)) / ROW_LETTERS[live]) + BETWEEN, LEAST)
        if room < 0:
            return section.items[: max(place, 1)]
    return section.items


def _whole(view: View, agenda: Agenda, section: Section) -> None:
    """Show everything that a section's lines are the first of."""
    say, day = view.say, agenda.day
    if section.name == "mediation":
        waiting = waiting_for_mediation(view.store, view.scope, day)
        linked_table(view, waiting, [say("to mediation"), str(day)], key="review_mediation")
    elif section.name == "cases":
        ticket_table(view, late_tickets(view.store, view.scope, day), [say("late cases"), str(day)], key="review_late")
    else:
        found = view.store.read("newly_not_agreed", view.scope, day, since=agenda.since)
        ticket_table(view, found.drop(columns="standing"), [say("not agreed"), str(day)], key="review_not_agreed")


def _rest(view: View, section: Section, more: int) -> None:
    """Say how many lines are left out, with the way to the screen that holds them all."""
    text = view.say("… and {more} more", more=more)
    if view.present or section.name not in PAGES or section.name in WHOLE:
        st.caption(text)
    elif st.button(text, key=f"agenda_{section.name}_rest", type="tertiary", icon=":material/open_in_new:"):
        _turn(PAGES[section.name], section.items[0], ticket=None, branch=None)


def _line(view: View, section: Section, item: Item, place: int, live: bool) -> None:
    say = view.say
    text = view.tell(item.text)
    key = f"agenda_{section.name}_{place}"
    letter = live and view.scope.may_change and section.name in WRITTEN_OF
    ask = live and section.name == "mediation"
    widths = [
        0.7 if ask or view.present else 0.5, 12.0, *([2.6] if ask else []), *([2.0] if live else []),
        *([0.7] if letter else []), *([] if view.present else [0.7]),
    ]  # fmt: skip
    with st.container(key=key):
        mark, line, *rest = st.columns(widths, vertical_alignment="center", gap="small")
    with mark:
        st.badge(MARKS[item.level], color=COLOURS[item.level])  # type: ignore[arg-type]
    with line:
        st.text(text)
    if ask and rest.pop(0).button(
        say("Request mediation"), key=f"{key}_request", type="tertiary", icon=":material/handshake:",
        help=say("Opens the case with the request begun: name the mediator and the next step, then enter it."),
    ):  # fmt: skip
        begin_with(item.focus["ticket"], "mediation_requested")
        _turn("pages/cases.py", item)
    if live:
        rest[0].button(
            say("Decide"),
            key=f"{key}_decide",
            type="tertiary",
            icon=":material/add_task:",
            on_click=start_decision,
            args=(item.focus, text),
        )
    if letter and rest[1].button(
        "", key=f"{key}_letter", type="tertiary", icon=":material/mail:", help=say("Write a letter about it")
    ):
        _turn("pages/letters.py", item, step="1")
    if not view.present and rest[-1].button(
        "", key=f"{key}_open", type="tertiary", icon=":material/open_in_new:", help=say("Open it on its screen")
    ):
        _turn(PAGES.get(section.name, "pages/threshold.py"), item)


def _turn(page: str, item: Item, **focus: str | None) -> None:
    """Turn to the screen that shows a line, drilled down to what it is about."""
    if name := item.focus.get("class"):
        open_class(name)
    about = {key: value for key, value in item.focus.items() if key in FOCUS}
    set_focus(**{"ticket": None, "hazard": None, "letter": None, "branch": None, "step": None, **about, **focus})
    st.switch_page(page)


def _remark(view: View, section: Section, who: str) -> None:
    say = view.say
    form = Draft(view, f"form-note-{section.name}", who)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"remark_{section.name}"):
        text = form.text("text", say("Remark for the minutes"), max_chars=500)
        if st.button(say("Note it"), key=f"note_{section.name}") and form.enter(
            lambda: note(view.store, view.scope, view.as_of, section.name, text, who=who, token=form.token())
        ):
            st.rerun()
