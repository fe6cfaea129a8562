"""The agenda on the screen: one section at a time, each line with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.agenda import MARKS, Agenda, Item, Section
from answers.reviews import Note, note
from ui.decisions import start_decision
from ui.drafts import Draft
from ui.pickers import open_class, set_focus
from ui.tickets import ticket_table
from ui.view import View

PAGES = {
    "classes": "pages/threshold.py",
    "not_agreed": "pages/cases.py",
    "cases": "pages/cases.py",
    "hazards": "pages/letters.py",
    "letters": "pages/letters.py",
    "measures": "pages/letters.py",
    "data": "pages/data.py",
}
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
    for place, item in enumerate(section.items if lines else ()):
        _line(view, section, item, place, who is not None)
    if section.more:
        st.caption(say("… and {more} more", more=section.more))
    for one in noted:
        if one.section == section.name:
            st.info(say("Noted: {text} ({who})", text=one.text, who=one.who), icon=":material/edit_note:")
    if section.name == "not_agreed" and not view.present and section.items:
        with st.expander(say("The tickets"), icon=":material/table:"):
            found = view.store.read("newly_not_agreed", view.scope, agenda.day, since=agenda.since)
            ticket_table(
                view, found.drop(columns="standing"), [say("not agreed"), str(agenda.day)], key="review_not_agreed"
            )
    if who is not None:
        _remark(view, section, who)


def _line(view: View, section: Section, item: Item, place: int, live: bool) -> None:
    say = view.say
    text = view.tell(item.text)
    key = f"agenda_{section.name}_{place}"
    widths = [0.5, 12.0] + ([2.0] if live else []) + ([] if view.present else [0.7])
    with st.container(key=key):
        mark, line, *rest = st.columns(widths, vertical_alignment="center", gap="small")
    with mark:
        st.badge(MARKS[item.level], color=COLOURS[item.level])  # type: ignore[arg-type]
    with line:
        st.text(text)
    if live:
        rest[0].button(
            say("Decide"),
            key=f"{key}_decide",
            type="tertiary",
            icon=":material/add_task:",
            on_click=start_decision,
            args=(item.focus, text),
        )
    if not view.present and rest[-1].button(
        "", key=f"{key}_open", type="tertiary", icon=":material/open_in_new:", help=say("Open it on its screen")
    ):
        _open(section, item)


def _open(section: Section, item: Item) -> None:
    """Turn to the screen that shows the line."""
    focus = {key: value for key, value in item.focus.items() if key != "class"}
    if name := item.focus.get("class"):
        open_class(name)
    set_focus(**focus)
    st.switch_page(PAGES.get(section.name, "pages/threshold.py"))


def _remark(view: View, section: Section, who: str) -> None:
    say = view.say
    form = Draft(view, f"form-note-{section.name}", who)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"remark_{section.name}"):
        text = form.text("text", say("Remark for the minutes"), max_chars=500)
        if st.button(say("Note it"), key=f"note_{section.name}") and form.enter(
            lambda: note(view.store, view.scope, view.as_of, section.name, text, who=who, token=form.token())
        ):
            st.rerun()
