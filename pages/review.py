"""周复盘: what did we decide, was it done, and what is next? The meeting, step by step, closed with minutes."""

from datetime import date

import streamlit as st

from analytics.agenda import Agenda, Section
from answers.decisions import Decision, decisions
from answers.reviews import Review, notes, review, reviews
from reports.agenda import agenda
from ui.decisions import decision_detail, decision_form, decision_table, taken_up
from ui.heading import screen_title, subheader
from ui.pickers import set_focus
from ui.presentation import show_steps
from ui.review_agenda import short_title, show_section, steps
from ui.review_close import close_form, closed_head, past_reviews
from ui.since_last_week import show_bank_changes
from ui.view import current_view
from ui.who import known_signer, signer

view = current_view()
say = view.say


def asked_day() -> date:
    """Give the day of the review that the address names, else the as-of day's own."""
    asked = view.focus.get("review")
    if asked is None:
        return view.as_of
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = date.max
    if day <= view.as_of and review(view.store, view.scope, day) is not None:
        return day
    st.info(say("There is no review of {day}; the screen shows that of {as_of}.", day=asked, as_of=str(view.as_of)))
    return view.as_of


def headline(found: Agenda) -> None:
    """Show what needs a decision, in four figures."""
    overdue, classes, letters, hazards = st.columns(4)
    overdue.metric(say("Decisions overdue"), found.section("decisions").count("bad"))
    near = found.section("classes")
    classes.metric(say("Classes with a warning"), near.count("bad") + near.count("watch"))
    letters.metric(say("Answers overdue"), found.section("letters").count("bad"))
    standing = found.section("hazards")
    hazards.metric(say("Hazards on the list"), len(standing.items) + standing.more)


def chosen_section(found: Agenda) -> Section:
    """Show the sections as steps, and give the one that is looked at."""
    asked = view.focus.get("step", "1")
    place = int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(found.sections) else 1

    def turn() -> None:
        set_focus(step=str(st.session_state["review_step"]))

    st.session_state["review_step"] = place
    st.segmented_control(
        say("Agenda"),
        list(range(1, len(found.sections) + 1)),
        format_func=lambda number: short_title(view, found.sections[number - 1]),
        key="review_step",
        on_change=turn,
        required=True,
        label_visibility="collapsed",
    )
    section = found.sections[place - 1]
    subheader(view.tell(section.title))
    return section


def own_decisions(day: date) -> list[Decision]:
    """Give the decisions taken in a day's review."""
    return [one for one in decisions(view.store, view.scope, view.as_of) if one.review == day]


def taken(found: list[Decision], who: str | None) -> None:
    """Show the decisions of this review."""
    subheader(say("Decisions of this review ({count})", count=len(found)))
    if not found:
        st.caption(say("None yet. Press “Decide” beside a line, or fill in the form."))
        return
    chosen = decision_table(view, found, "review_decisions", [say("decisions"), str(view.as_of)])
    if chosen is not None:
        decision_detail(view, chosen, who)


def last_decisions(found: Agenda, who: str | None) -> None:
    """Show what became of the decisions of earlier reviews, those still to be done first."""
    shown = [
        one
        for one in decisions(view.store, view.scope, view.as_of)
        if one.review != view.as_of and (one.state == "pending" or (one.ended_on or found.day) > found.since)
    ]
    if not shown:
        return
    shown.sort(key=lambda one: (one.state != "pending", one.due))
    chosen = decision_table(view, shown, "last_decisions", [say("decisions before"), str(view.as_of)])
    if who is not None:
        st.caption(say("Choose a line to enter what became of it."))
    if chosen is not None:
        decision_detail(view, chosen, who)


def presented_form() -> None:
    """Keep the form folded on the shared screen, so that the step fits the window, until somebody decides."""
    with st.expander(say("**A decision**: what, who, by when"), icon=":material/edit_note:", expanded=taken_up()):
        signed = signer(view)
        if signed is not None:
            decision_form(view, signed, view.as_of)


def live(found: Agenda) -> None:
    """Hold the review of the as-of day."""
    noted = notes(view.store, view.scope, view.as_of)
    own = own_decisions(view.as_of)
    may_enter = view.scope.may_enter(None)
    known = known_signer() if may_enter else None
    if view.present:

        def draw(section: Section) -> None:
            first = may_enter and taken_up()  # what is being decided is seen without scrolling
            if first:
                presented_form()
            show_section(view, found, section, noted, known)
            if may_enter and not first:
                presented_form()

        show_steps(
            view,
            [*steps(view, found, draw), (say("What did we decide today?"), lambda: taken(own, known))],
            whole_bank=True,
        )
        return
    headline(found)
    show_bank_changes(view)
    section = chosen_section(found)
    if section.name == "decisions":
        last_decisions(found, known)
    show_section(view, found, section, noted, known, lines=section.name != "decisions")
    who = signer(view) if may_enter else None
    if who is not None:
        decision_form(view, who, view.as_of)
    taken(own, who)
    if who is not None and view.scope.may_change:
        close_form(view, who, own)


def closed(found: Agenda, one: Review) -> None:
    """Show a closed review as it was frozen; what became of its decisions since stands beside them."""
    closed_head(view, one)
    if one.agenda is None:
        st.caption(say("The agenda was not kept; it is worked out again as known on that day."))

    def draw(section: Section) -> None:
        show_section(view, found, section, list(one.notes), None)

    own = own_decisions(one.day)
    if view.present:
        show_steps(
            view, [*steps(view, found, draw), (say("What was decided?"), lambda: taken(own, None))], whole_bank=True
        )
        return
    draw(chosen_section(found))
    taken(own, signer(view) if view.scope.may_enter(None) else None)
    if one.day != view.as_of:
        st.button(
            say("Back to the review of {day}", day=str(view.as_of)),
            key="back_to_review",
            icon=":material/undo:",
            on_click=set_focus,
            kwargs={"review": None, "step": None},
        )


if not view.present:
    screen_title(say("What did we decide, was it done, and what is next?"))
day = asked_day()
held = review(view.store, view.scope, day)
with st.spinner(say("Writing the agenda…"), show_time=False):
    material = held.agenda if held is not None and held.agenda else agenda(view.store, view.scope, day)
if not view.present:
    st.caption(
        say("Review of {day}; the first one.", day=str(day))
        if material.first
        else say("Review of {day}; the one before was on {since}.", day=str(day), since=str(material.since))
    )
if held is not None:
    closed(material, held)
else:
    live(material)
if not view.present:
    past_reviews(view, reviews(view.store, view.scope, view.as_of), day)
