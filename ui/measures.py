"""The measures on the screen: what was changed, where and from when, and what the numbers say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pandas as pd
import streamlit as st

from analytics.course import MEASURE, STATE_WORDS
from analytics.letter_number import called
from analytics.measure_effect import MeasureEffect
from answers.measures import AIMS, KINDS, USUAL_AIM, Aim, Kind, Measure, effect, take_measure
from charts.look import Mode
from charts.measure_effect import EffectRow, effect_csv, effect_figure
from reports.review_words import AIM_WORDS, KIND_WORDS, VERDICT_WORDS, effect_sentence
from texts import Message
from ui.chart import show_chart
from ui.drafts import Draft
from ui.heading import subheader
from ui.history import show_history
from ui.next_step import course_line, next_step
from ui.register_table import register_table
from ui.states import empty_state
from ui.view import View


def effects_of(view: View, found: list[Measure]) -> dict[str, MeasureEffect]:
    """Give number → effect as of the day."""
    return {one.number: effect(view.store, view.scope, one, view.as_of) for one in found}


def measure_table(
    view: View, found: list[Measure], effects: Mapping[str, MeasureEffect], names: Mapping[str, str]
) -> None:
    """Show the measures, newest first; choosing one opens it."""
    say = view.say
    if not found:
        empty_state(view, say("No measure has been entered yet."), say("Enter one below: what, where and from when."))
        return
    order = sorted(found, key=lambda one: one.starts, reverse=True)
    table = pd.DataFrame(
        [
            {
                "number": one.number,
                "title": one.title,
                "effect": view.tell(Message(VERDICT_WORDS[effects[one.number].verdict])),
                "starts": str(one.starts),
                "kind": view.tell(Message(KIND_WORDS[one.kind])),
                "class": one.complaint_class,
                "where": where(view, one, names),
                "state": view.tell(Message(STATE_WORDS[one.record.state])),
            }
            for one in order
        ]
    )
    register_table(
        view,
        table,
        [one.number for one in order],
        "measure",
        name=say("measures"),
        title=say("Measures"),
        key="measures",
        not_presented=("number", "kind", "class"),
        columns={
            "number": st.column_config.TextColumn(say("No."), width=65),
            "title": st.column_config.TextColumn(say("Measure"), width=180),
            "effect": st.column_config.TextColumn(say("Did it work?"), width=160),
            "starts": st.column_config.TextColumn(say("In force from"), width=100),
            "kind": st.column_config.TextColumn(say("Kind"), width=150),
            "class": st.column_config.TextColumn(say("Complaint class"), width=120),
            "where": st.column_config.TextColumn(say("Where"), width=90),
            "state": st.column_config.TextColumn(say("State"), width=84),
        },
    )  # fmt: skip


def where(view: View, measure: Measure, names: Mapping[str, str]) -> str:
    """Say where a measure holds."""
    listed = [names.get(branch, branch) for branch in measure.branches]
    if not listed:
        return view.say("whole bank")
    shown = view.say(", ").join(listed[:4])
    return shown if len(listed) <= 4 else view.say("{shown} and {more} more", shown=shown, more=len(listed) - 4)


def effect_picture(view: View, found: list[Measure], effects: Mapping[str, MeasureEffect], mode: Mode) -> None:
    """Draw every effect that can be told, with its interval."""
    rows = [EffectRow(one.number, one.title, one.starts, effects[one.number]) for one in found]
    told = [row for row in rows if row.effect.ratio is not None]
    if not told:
        st.info(
            view.say("It is too early to tell of any measure: four weeks and five customers are the least."),
            icon=":material/hourglass_top:",
        )
        return
    show_chart(
        view,
        effect_figure(told, view.as_of, view.demo, view.language, mode),
        lambda: effect_figure(told, view.as_of, view.demo, view.language, "print"),
        lambda: effect_csv(rows),
        name=[view.say("measures"), view.say("effect"), str(view.as_of)],
        key="measure_effects",
        alt=view.say("The effect of each measure with its interval."),
    )


def measure_detail(view: View, measure: Measure, found: MeasureEffect, who: str | None) -> None:
    """Show one measure: what it says, what it did, the next step."""
    say = view.say
    with st.container(border=True, key="measure_detail"):
        st.markdown(f"#### {view.tell(called(measure.record.subject))}")
        st.text(measure.title)
        course_line(view, measure.record)
        if measure.text:
            st.text(measure.text)
        st.markdown(f"**{say('Did it work?')}**")
        st.text(view.tell(effect_sentence(found, measure.aim)))
        if found.before is not None and found.after is not None and found.verdict not in ("not_begun", "too_early"):
            st.caption(
                say(
                    "Counted {before} before ({first}–{last}; the eight weeks that led to it are left out) and "
                    "{after} after ({start}–{end}); {expected} would have been expected without an effect.",
                    before=found.events_before,
                    after=found.events_after,
                    first=f"{found.before[0]:%Y-%m-%d}",
                    last=f"{found.before[1]:%Y-%m-%d}",
                    start=f"{found.after[0]:%Y-%m-%d}",
                    end=f"{found.after[1]:%Y-%m-%d}",
                    expected=f"{found.expected:.1f}",
                )
            )
        if measure.told:
            st.success(measure.told, icon=":material/bookmark:")
        if who is not None and not view.present:
            next_step(view, MEASURE, measure.record, who)
        show_history(view, measure.record, who, f"measure_{measure.number}")


def kept_measures(view: View, found: list[Measure], effects: Mapping[str, MeasureEffect]) -> None:
    """Show what worked and is kept as a standard, and what worked and is not kept yet."""
    say = view.say
    kept = [one for one in found if one.record.state == "kept"]
    waiting = [one for one in found if one.record.state == "running" and effects[one.number].verdict == "better"]
    subheader(say("What worked is kept"))
    if not kept and not waiting:
        st.caption(say("Nothing yet: a measure that worked can be kept here as a standard for all branches."))
    for one in waiting:
        st.info(
            say("{title} worked; decide whether it becomes the standard.", title=one.title), icon=":material/thumb_up:"
        )
    for one in kept:
        st.text(f"✔ {one.title}: {one.told}")


def measure_form(view: View, who: str, names: Mapping[str, str]) -> None:
    """Show the form for a new measure of the class on screen."""
    say = view.say
    form = Draft(view, "form-measure", who)
    with st.container(border=True, key="measure_form"):
        st.markdown(say("**A new measure** for {name}", name=view.complaint_class or ""))
        first, second, third = st.columns([2, 4, 2])
        with first:
            kind = form.choice(
                "kind", say("Kind"), list(KINDS), lambda k: view.tell(Message(KIND_WORDS[cast(Kind, k)])), "sop"
            )
        with second:
            title = form.text("title", say("Name"), max_chars=80)
        with third:
            starts = form.day("starts", say("In force from"), view.as_of)
        text = form.area("text", say("What it says"), height=80, max_chars=1000)
        fourth, fifth, sixth = st.columns([3, 3, 2], vertical_alignment="bottom")
        with fourth:
            branches = st.multiselect(
                say("Branches (none: all)"), list(names), format_func=lambda one: names[one], key="measure_branches",
                placeholder=say("whole bank"),
            )  # fmt: skip
        with fifth:
            usual = USUAL_AIM[cast(Kind, kind)]
            aim = form.choice(
                "aim",
                say("What it is to lower"),
                list(AIMS),
                lambda a: view.tell(Message(AIM_WORDS[cast(Aim, a)])),
                usual,
            )
        with sixth:
            owner = form.text("owner", say("Who answers for it"), max_chars=60)
        if st.button(say("Enter the measure"), key="enter_measure", type="primary") and form.enter(
            lambda: take_measure(
                view.store, view.scope, kind=cast(Kind, kind), title=title, complaint_class=view.complaint_class or "",
                starts=starts, who=who, on_day=view.as_of, text=text, branches=tuple(branches), aim=cast(Aim, aim),
                owner=owner, token=form.token(),
            )
        ):  # fmt: skip
            st.rerun()
