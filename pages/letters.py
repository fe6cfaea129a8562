"""吹哨与措施: which letters are unanswered, which hazards stand, and did the measures work?"""

import streamlit as st

from analytics.letter_number import number_of
from answers.hazards import hazards
from answers.letters import letters
from answers.measures import measures
from charts.look import Mode
from reports.agenda import branch_names
from ui.hazards import hazard_detail, hazard_figures, hazard_form, hazard_table
from ui.heading import screen_title
from ui.letter_form import letter_form
from ui.letter_register import letter_detail, letter_figures, letter_table
from ui.measures import (
    effect_picture,
    effects_of,
    kept_measures,
    measure_detail,
    measure_form,
    measure_table,
)
from ui.pickers import set_focus
from ui.presentation import show_steps
from ui.states import empty_state
from ui.view import current_view
from ui.who import signer

view = current_view()
say = view.say
names = branch_names(view.store, view.scope, view.as_of)


def mode() -> Mode:
    if view.present:
        return "present_dark" if view.dark else "present"
    return "dark" if view.dark else "light"


def not_there(what: str, asked: str) -> None:
    st.info(say("There is no {what} {asked} as of {day}.", what=what, asked=asked, day=str(view.as_of)))


def show_letters(who: str | None) -> None:
    """Show the letters, the one chosen, and how to write one."""
    found = letters(view.store, view.scope, view.as_of)
    letter_figures(view, found)
    if found:
        letter_table(view, found)
    else:
        empty_state(
            view,
            say("No letter has been sent yet."),
            say("Write one below: from a warning, a ticket or a hazard."),
        )
    if asked := view.focus.get("letter"):
        chosen = next((one for one in found if one.record.key == asked), None)
        if chosen is None:
            not_there(say("letter"), number_of(asked))
        else:
            letter_detail(view, chosen, who)
    if who is not None and view.scope.may_change and not view.present:
        standing = [one for one in hazards(view.store, view.scope, view.as_of) if one.is_open]
        letter_form(view, who, standing, names)


def show_hazards(who: str | None) -> None:
    """Show the hazard register, the one chosen, and how to enter one."""
    found = hazards(view.store, view.scope, view.as_of)
    hazard_figures(view, found)
    hazard_table(view, found, names)
    if asked := view.focus.get("hazard"):
        chosen = next((one for one in found if one.number == asked), None)
        if chosen is None:
            not_there(say("hazard"), asked)
        else:
            hazard_detail(view, chosen, who)
    if who is not None and not view.present:
        hazard_form(view, who, names)


def show_measures(who: str | None) -> None:
    """Show the measures with their effects, the one chosen, and how to enter one."""
    found = measures(view.store, view.scope, view.as_of)
    effects = effects_of(view, found)
    if found:
        effect_picture(view, found, effects, mode())
    measure_table(view, found, effects, names)
    if asked := view.focus.get("measure"):
        chosen = next((one for one in found if one.number == asked), None)
        if chosen is None:
            not_there(say("measure"), asked)
        else:
            measure_detail(view, chosen, effects[chosen.number], who)
    kept_measures(view, found, effects)
    if who is not None and not view.present and view.complaint_class:
        measure_form(view, who, names)


parts = {
    "letters": (say("Letters"), show_letters),
    "hazards": (say("Hazard register"), show_hazards),
    "measures": (say("Measures"), show_measures),
}


def asked_part() -> str:
    """Give the part that the address asks for: named, or meant by what it drills down to."""
    step = view.focus.get("step", "")
    if step.isascii() and step.isdigit() and 1 <= int(step) <= len(parts):
        return list(parts)[int(step) - 1]
    return next((f"{what}s" for what in ("letter", "hazard", "measure") if view.focus.get(what)), "letters")


def turn() -> None:
    """Turn to another part; what was opened in the one before is let go."""
    place = list(parts).index(st.session_state["letters_part"]) + 1
    set_focus(step=str(place), letter=None, hazard=None, measure=None)


def picture_alone() -> None:
    """Show the effects with the screen to themselves."""
    found = measures(view.store, view.scope, view.as_of)
    effect_picture(view, found, effects_of(view, found), mode())


def measures_alone() -> None:
    """Show the measures and what worked, without the picture."""
    found = measures(view.store, view.scope, view.as_of)
    effects = effects_of(view, found)
    measure_table(view, found, effects, names)
    kept_measures(view, found, effects)


if view.present:
    show_steps(
        view,
        [
            (say("Which letters wait for an answer?"), lambda: show_letters(None)),
            (say("Which hazards stand?"), lambda: show_hazards(None)),
            (say("Did the measures work?"), picture_alone),
            (say("Measures"), measures_alone),
        ],
    )
else:
    screen_title(say("Which letters are unanswered, and what worked?"))
    part = asked_part()
    st.session_state["letters_part"] = part
    st.segmented_control(
        say("Part"),
        list(parts),
        format_func=lambda name: parts[name][0],
        key="letters_part",
        on_change=turn,
        required=True,
        label_visibility="collapsed",
    )
    may_enter = view.scope.may_enter(view.scope.branch_id)
    parts[part][1](signer(view) if may_enter else None)
