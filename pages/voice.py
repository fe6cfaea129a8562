"""声音: what are customers saying, and where will it escalate? Calls, threats, weak points, tickets at risk."""

from functools import partial

import streamlit as st

from answers.risk import open_risks, risk_basis
from answers.voice import voice
from charts.voice_captions import HIGH
from charts.voice_words import rising_finding, weak_finding
from ui.heading import screen_title
from ui.pickers import set_focus
from ui.plain import plain
from ui.presentation import Step, show_steps
from ui.since_last_week import show_voice_changes
from ui.states import empty_state
from ui.view import current_view
from ui.voice_calls import calls_section
from ui.voice_frame import VoiceView
from ui.voice_live import live_figures
from ui.voice_risk import risk_section
from ui.voice_sections import rising_section, tendencies, weak_section, weeks_section

FIRST_SECTION = 2  # steps of the presentation: 1 the answer, then the sections; the address names both alike

view = current_view()
say = view.say
SECTIONS = (
    (say("Tickets at risk"), risk_section),
    (say("Emotion by week"), weeks_section),
    (say("Weak points and what is new"), weak_section),
    (say("Calls and chats"), calls_section),
)


def high_risk(own: VoiceView) -> int:
    """Count the open tickets whose risk is clearly above their class's."""
    return int((own.risks["risk"] >= HIGH * own.risks["class_rate"]).sum())


def being_scored(own: VoiceView) -> str:
    """Say how many calls are missing for a moment."""
    return say("{calls} calls are still being scored and not counted yet.", calls=own.heard.waiting)


def answer(own: VoiceView) -> None:
    """Say in three lines what is heard: the worst open ticket, the weak point, what is new."""
    lines = []
    if len(own.risks) and own.basis.refusal is None:
        top = own.risks.iloc[0]
        why = say("; ").join(view.tell(reason) for reason in top["reasons"]) or say("nothing stands out")
        lines.append(
            (
                say("Tickets at risk"),
                say(
                    "{ticket} ({name}): {risk:.0%} likely to end not agreed, its class {rate:.0%}. {why}",
                    ticket=top["ticket_id"],
                    name=top["complaint_class"],
                    risk=top["risk"],
                    rate=top["class_rate"],
                    why=why,
                ),
            )
        )
    elif own.basis.refusal is not None:
        lines.append((say("Tickets at risk"), view.tell(own.basis.refusal)))
    lines.append((say("Weak points"), view.tell(weak_finding(own.heard.weak, own.names))))
    lines.append((say("What is new"), view.tell(rising_finding(own.heard.rising))))
    if own.heard.waiting:
        st.caption(being_scored(own))
    with st.container(border=not view.present):
        for title, text in lines:
            st.markdown(f"**{title}** {plain(text)}" if not view.present else f"#### {title}\n\n{plain(text)}")


def section_picker() -> int:
    """Show the sections to choose from; the choice stands in the address."""
    asked = view.focus.get("step", "")
    number = int(asked) - FIRST_SECTION if asked.isascii() and asked.isdigit() else 0
    chosen = min(max(number, 0), len(SECTIONS) - 1)
    st.session_state["voice_section"] = chosen
    st.segmented_control(
        say("Part"),
        range(len(SECTIONS)),
        format_func=lambda number: SECTIONS[number][0],
        key="voice_section",
        label_visibility="collapsed",
        required=True,
        on_change=lambda: set_focus(step=str(st.session_state["voice_section"] + FIRST_SECTION)),
    )
    return chosen


def page() -> None:
    """Show the answer first, then the chosen section alone."""
    with st.spinner(say("Listening to the calls…"), show_time=False):
        own = VoiceView(
            view=view,
            heard=voice(view.store, view.scope, view.as_of),
            risks=open_risks(view.store, view.scope, None, view.year, view.as_of),
            basis=risk_basis(view.store, view.as_of),
            names=view.store.read("branch_names", view.scope, view.as_of)
            .set_index("branch_id")["branch_name"]
            .to_dict(),
        )
    quiet = own.heard.calls.empty
    if view.present:
        steps: list[Step] = [(say("What is heard"), lambda: answer(own)), (SECTIONS[0][0], lambda: risk_section(own))]
        if not quiet:
            steps += [(title, partial(draw, own)) for title, draw in SECTIONS[1:]]
            steps.append((say("Threats and demands"), lambda: tendencies(own)))
            if len(own.heard.rising.topics):
                steps.append((say("What is new"), lambda: rising_section(own)))
        show_steps(view, steps)
        return
    if quiet:
        live_figures(view, high_risk(own), len(own.risks))
        empty_state(
            view,
            being_scored(own) if own.heard.waiting else say("No calls or chats have come in yet."),
            say(
                "Put transcripts into the inbox (JSON Lines, CSV or Excel): they are scored within seconds. The risk "
                "of open tickets below needs tickets only."
            ),
        )
        risk_section(own)
        return
    live_figures(view, high_risk(own), len(own.risks))
    show_voice_changes(view, own.heard)
    answer(own)
    if own.heard.drawn:
        st.caption(
            say(
                "More calls were heard than are looked at here: {calls} were drawn from all.",
                calls=len(own.heard.calls),
            )
        )
    SECTIONS[section_picker()][1](own)


if not view.present:
    screen_title(say("What are customers saying, and where will it escalate?"))
page()
