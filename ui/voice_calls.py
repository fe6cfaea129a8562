"""Section of the voice screen: the calls as a list, and one call turn by turn."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.voice.calls import SHAPES, turnings
from analytics.voice.steps import steps_of
from charts.voice_captions import course_caption
from charts.voice_course import course_figure
from charts.voice_words import MEDIUM_WORDS, SHAPE_WORDS, TENDENCY_WORDS, step_word
from texts import Message
from ui.chart import show_chart
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import choices_in_address, choosable_rows
from ui.pickers import set_focus
from ui.plain import plain
from ui.tickets import ticket_table
from ui.voice_frame import VoiceView

SHOWN = 300  # calls in a list
AVATARS = {"customer": ":material/person:", "agent": ":material/support_agent:"}


def call_table(own: VoiceView, calls: pd.DataFrame) -> pd.DataFrame:
    """Give calls for the screen and the CSV."""
    view, say = own.view, own.view.say
    separator = view.tell(Message("、")) if view.language == "zh_CN" else ", "
    return pd.DataFrame(
        {
            say("Call"): calls["interaction_id"],
            say("Time"): calls["started_at"].dt.strftime("%Y-%m-%d %H:%M"),
            say("Medium"): [view.tell(Message(MEDIUM_WORDS[one])) for one in calls["medium"]],
            say("Topic"): calls["topic"].map(own.topic),
            say("Branch"): calls["branch_id"].map(own.branch),
            say("Course"): [view.tell(Message(SHAPE_WORDS[one])) for one in calls["shape"]],
            say("Turned at"): [
                view.tell(step_word(one)) if isinstance(one, str) else "" for one in calls["turned_step"]
            ],
            say("Worst (%)"): (100 * calls["worst"]).round(),
            say("Threats and demands"): [
                separator.join(view.tell(Message(TENDENCY_WORDS[kind])) for kind, _ in found if kind in TENDENCY_WORDS)
                for found in calls["tendencies"]
            ],
            say("Ticket"): calls["ticket_id"].fillna(""),
        }
    ).reset_index(drop=True)


def call_list(own: VoiceView, calls: pd.DataFrame, key: str, title: str) -> None:
    """Show calls; choosing one opens it."""
    view, say = own.view, own.view.say
    if title:
        st.markdown(f"**{title}**")
    if calls.empty:
        st.caption(say("No calls."))
        return
    table = call_table(own, calls.head(SHOWN))
    choosable_rows(
        table,
        calls["interaction_id"].head(SHOWN).astype(str).tolist(),
        view.focus.get("call"),
        lambda chosen: set_focus(call=chosen, step=str(CALLS_STEP)),
        key=key,
        height=min(44 + 36 * len(table), 380),
        alt=title or say("Calls and chats"),
    )
    if len(calls) > SHOWN:
        st.caption(say("The newest {shown} of {all} calls; choose one to read it.", shown=SHOWN, all=len(calls)))
    else:
        st.caption(say("{all} calls; choose one to read it.", all=len(calls)))
    table_download(view, lambda: call_table(own, calls), own.file_name(say("calls")), key=f"{key}_csv")


SAID_BEFORE = 5.4  # root sizes: two lines of what was said, under the presented picture
CALLS_STEP = 5  # of the presentation and the address: the section of the calls


def calls_section(own: VoiceView) -> None:
    """Show the call that the address names, and the list to choose from."""
    view, say = own.view, own.view.say
    chosen = view.focus.get("call")
    if chosen:
        one_call(own, chosen)
        if view.present:
            return
    calls = own.heard.calls
    if view.present:
        worst = calls[calls["shape"] == "turned"]
        if len(worst):
            one_call(own, str(worst["interaction_id"].iloc[0]))
        return
    subheader(say("Calls and chats"))
    left, middle, right = st.columns(3)
    with left:
        courses = {str(one): view.tell(Message(SHAPE_WORDS[one])) for one in SHAPES}
        shapes = choices_in_address(say("Course"), courses, "course", say("All"))
    with middle:
        threats = {one: view.tell(Message(word)) for one, word in TENDENCY_WORDS.items()}
        kinds = choices_in_address(say("Threats and demands"), threats, "threat", say("All"))
    with right:
        named = {str(one): own.topic(one) for one in sorted(calls["topic"].unique())}
        topics = choices_in_address(say("Topic"), named, "topic", say("All"))
    wanted = calls
    if shapes:
        wanted = wanted[wanted["shape"].isin(shapes)]
    if kinds:
        wanted = wanted[[any(kind in kinds for kind, _ in found) for found in wanted["tendencies"]]]
    if topics:
        wanted = wanted[wanted["topic"].isin(topics)]
    call_list(own, wanted, key="voice_calls", title="")


def one_call(own: VoiceView, chosen: str) -> None:
    """Show one call: its emotion course, its turns, its ticket."""
    view, say = own.view, own.view.say
    turns = view.store.read("call_turns", view.scope, view.as_of, interaction_id=chosen)
    if turns.empty:
        st.info(say("The call of the link is not known here: {call}", call=plain(chosen)), icon=":material/info:")
        return
    turns = turns.assign(step=steps_of(turns))
    known = own.heard.calls[own.heard.calls["interaction_id"] == chosen]
    course = turnings(turns)
    call = _head(turns, known, course)
    turned = None if pd.isna(call["turned_at"]) else int(call["turned_at"])
    before = said_before(turns, turned)
    caption = course_caption(call, own.topic(call["topic"]), own.branch(call["branch_id"]) or "–", own.source)
    show_chart(
        view,
        course_figure(turns, turned, caption, view.language, own.mode),
        lambda: course_figure(turns, turned, caption, view.language, "print"),
        lambda: turns.drop(columns="tendencies"),
        name=own.file_name(chosen),
        key=f"voice_course_{chosen}",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        below=0.0 if before is None else SAID_BEFORE,
    )
    if before is not None:
        st.markdown(f"**{say('Said just before it turned:')}** {plain(before)}")
    if view.present:
        return
    st.button(
        say("All calls"), icon=":material/arrow_back:", key="voice_all", on_click=set_focus, kwargs={"call": None}
    )
    here = say("turned angry here")
    with st.container(height=420, key="one_call"):
        for row in turns.itertuples():
            with st.chat_message(str(row.speaker), avatar=AVATARS[str(row.speaker)]):
                mark = ""
                if turned is not None and row.turn == turned:
                    mark = f" :red-badge[{here}]"
                chance = "" if pd.isna(row.p_negative) else f" :gray[{row.p_negative:.0%}]"
                st.markdown(plain(str(row.text)) + chance + mark)
    _ticket_behind(own, call)


def said_before(turns: pd.DataFrame, turned: int | None) -> str | None:
    """Give what the agent said last before the turn at which a call turned; None where it did not, or nothing was
    said. turns: turn, speaker, text, in order."""
    if turned is None:
        return None
    earlier = turns.loc[(turns["turn"] < turned) & (turns["speaker"] == "agent"), "text"]
    return None if earlier.empty else str(earlier.iloc[-1])


def _head(turns: pd.DataFrame, known: pd.DataFrame, course: pd.DataFrame) -> pd.Series:
    """Give the call as a whole, also one outside the weeks looked at."""
    first = turns.iloc[0]
    call = pd.Series(
        {
            "interaction_id": first["interaction_id"],
            "started_at": turns["happened_at"].min(),
            "branch_id": first["branch_id"],
            "ticket_id": first["ticket_id"],
            "topic": known["topic"].iloc[0] if len(known) else "",
            **dict.fromkeys(("start", "worst", "end", "turned_at")),
            "shape": "calm",
        }
    )
    for name in ("start", "worst", "end", "turned_at", "shape"):
        if len(course):
            call[name] = course[name].iloc[0]
    return call


def _ticket_behind(own: VoiceView, call: pd.Series) -> None:
    view, say = own.view, own.view.say
    if not isinstance(call["ticket_id"], str):
        st.caption(say("This call belongs to no ticket."))
        return
    found = view.store.read("ticket_by_id", view.scope, view.as_of, ticket_id=call["ticket_id"])
    if found.empty:
        st.caption(say("Its ticket {ticket} is not known on this day.", ticket=plain(call["ticket_id"])))
        return
    ticket_table(
        view,
        found.assign(branch_id=found["branch_id"].map(own.branch)),
        own.file_name(str(call["ticket_id"])),
        key="voice_ticket",
        alt=say("The call's ticket"),
        more={"complaint_class": say("Complaint class")},
    )
    st.button(
        say("Open the case"),
        icon=":material/folder_open:",
        key="voice_open_case",
        on_click=lambda: st.session_state.update(voice_to_case=str(call["ticket_id"])),
    )
    if ticket := st.session_state.pop("voice_to_case", None):
        set_focus(ticket=ticket)
        st.switch_page("pages/cases.py")
