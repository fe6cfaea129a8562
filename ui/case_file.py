"""One case's file: how it stands, the demand and the offer, its story, calls, letters, earlier cases like it."""

from __future__ import annotations

from datetime import datetime, time

import pandas as pd
import streamlit as st

from analytics.case_steps import Step, said
from analytics.case_waits import Wait, waits
from analytics.letter_number import called
from answers.addressees import whole
from answers.case_file import CaseFile
from charts.case_story import finding, story_figure, waited
from charts.case_words import RESULT_WORDS, SOURCE_WORDS, party_word, step_word
from charts.warning_words import listed
from texts import Message
from ui.case_words import (
    URGENCY_COLOURS,
    in_words,
    picture_mode,
    picture_source,
    stage_word,
    urgency_text,
    waits_text,
)
from ui.chart import show_chart
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import foldable
from ui.pickers import open_class, set_focus
from ui.plain import plain
from ui.presentation import stage_height
from ui.table import show_table
from ui.view import View

GO_TO = "case_go_to_letters"


def file_head(view: View, file: CaseFile) -> None:
    """Show the case's number, stage and urgency, its facts, and whose move it is until when."""
    say, state, ticket = view.say, file.case.state, file.case.ticket
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="case_head"):
        st.button(
            say("All cases"),
            key="case_back",
            icon=":material/arrow_back:",
            on_click=_to_board,
            args=(str(ticket["complaint_class"]),),
        )
        st.markdown(f"### {plain(state.ticket_id)}", width="content")
        st.badge(stage_word(view, state), color="blue")
        st.badge(urgency_text(view, state), color=URGENCY_COLOURS[state.urgency])  # type: ignore[arg-type]
        if view.scope.may_change and not view.present:
            st.space("stretch")
            if st.button(say("Write a letter about it"), key="case_letter", icon=":material/mail:"):
                st.switch_page("pages/letters.py")
    amount = ticket.get("amount")
    facts = [
        said(ticket.get("complaint_class")),
        file.case.branch,
        said(ticket.get("department")),
        said(ticket.get("product")),
        said(ticket.get("channel")),
        said(ticket.get("cause")),
        "" if amount is None or pd.isna(amount) else say("{amount:,.0f} yuan", amount=float(amount)),
        say("received {day}", day=f"{pd.Timestamp(ticket['received_at']):%Y-%m-%d %H:%M}"),
    ]
    st.caption(plain(" · ".join(fact for fact in facts if fact)))
    care, (owner, step, due, limit) = state.care, st.columns([3, 5, 2.4, 2.8])
    proposed = say(" (proposed)")
    closing = next((step for step in reversed(file.case.steps) if step.kind == "closed"), None)
    if care is None and closing is not None:
        with owner:
            _fact(say("Result"), view.tell(Message(RESULT_WORDS[closing.result])) if closing.result else "–")
        with step:
            _fact(say("Days taken"), str((closing.at.date() - pd.Timestamp(ticket["received_at"]).date()).days))
        with due:
            _fact(say("Closed on"), f"{closing.at:%Y-%m-%d}")
    elif care is not None:
        with owner:
            _fact(say("Owner"), in_words(view, care.owner) + (proposed if state.owner_proposed else ""))
        with step:
            _fact(say("Next step"), in_words(view, care.next_step) + (proposed if state.next_proposed else ""))
            if moves := waits_text(view, state):
                st.caption(say("waiting for {party} since {day}", party=moves, day=str(state.since)))
        with due:
            _fact(say("Due"), str(care.due))
    with limit:
        _fact(say("Limit for closing"), str(state.limit))
        if care is not None:
            st.caption(say("this stage by {day}", day=str(state.stage_due)))
        st.caption(
            say("{days} days from receipt", days=state.limit_days)
            if state.extended_to is None
            else say("extended to {days} days", days=state.limit_days)
        )
    if state.unconfirmed:
        st.info(say("Closed here; the bank's complaint system does not say so yet."), icon=":material/sync_problem:")
    _further(view, file)


def _to_board(complaint_class: str) -> None:
    """Go from a case to the board of its own class: a link opens a case whatever class was looked at before."""
    open_class(complaint_class)
    set_focus(ticket=None)


def demand_and_offer(view: View, file: CaseFile) -> None:
    """Show what the customer wants beside what the bank offers."""
    say, ticket = view.say, file.case.ticket
    wants, offers = st.columns(2)
    solution = next((step for step in reversed(file.case.steps) if step.kind == "solution"), None)
    with wants, st.container(border=True, height="stretch", key="case_demand"):
        st.markdown(say("**The customer wants**"))
        st.markdown(plain(said(ticket.get("demand"))) or "–")
        st.caption(plain(said(ticket.get("narrative"))) or "–")
    with offers, st.container(border=True, height="stretch", key="case_offer"):
        st.markdown(say("**The bank offers**"))
        if solution is not None:
            st.markdown(plain(solution.text))
            st.caption(say("offered on {day}", day=f"{solution.at:%Y-%m-%d}"))
        if reply := said(ticket.get("reply_text")):
            st.caption(say("First reply: {text}", text=plain(reply)))
        elif solution is None:
            st.caption(say("No offer yet."))


def stretches_of(view: View, file: CaseFile) -> list[Wait]:
    """Give who waited for whom, up to the as-of day."""
    return waits(file.case.steps, datetime.combine(view.as_of, time(23, 59, 59)), file.case.state.waits_for)


def story_picture(view: View, file: CaseFile) -> None:
    """Draw the case's story in lanes."""
    state, stretches = file.case.state, stretches_of(view, file)
    source = picture_source(view)
    show_chart(
        view,
        story_figure(state, file.story, stretches, view.as_of, source, view.language, picture_mode(view)),
        lambda: story_figure(state, file.story, stretches, view.as_of, source, view.language, "print"),
        lambda: story_table(view, file),
        name=[state.ticket_id, view.say("timeline"), str(view.as_of)],
        key="case_story",
        alt=f"{view.tell(finding(state))} {view.tell(waited(stretches))}",
    )


def story_table(view: View, file: CaseFile) -> pd.DataFrame:
    """Give a row a step of everybody, in order of time, in the reader's words."""
    say = view.say
    return pd.DataFrame(
        [
            {
                say("When"): _when(step),
                say("Who"): view.tell(party_word(step)),
                say("Step"): view.tell(step_word(step)),
                say("How it went"): step.text,
                say("Recorded in"): view.tell(Message(SOURCE_WORDS[step.source])),
                say("Signed by"): step.who or "",
            }
            for step in file.story
        ],
        columns=[say("When"), say("Who"), say("Step"), say("How it went"), say("Recorded in"), say("Signed by")],
    )


def show_story(view: View, file: CaseFile) -> None:
    """Show every party's steps as a table with its CSV."""
    say, table = view.say, story_table(view, file)
    show_table(
        table,
        height=stage_height() if view.present else min(44 + 36 * max(len(table), 1), 520),
        column_config={
            say("When"): st.column_config.TextColumn(width=122),
            say("Who"): st.column_config.TextColumn(width=95),
            say("Step"): st.column_config.TextColumn(width=160),
            say("How it went"): st.column_config.TextColumn(width=355),
            say("Recorded in"): st.column_config.TextColumn(width=160),
            say("Signed by"): st.column_config.TextColumn(width=85),
        },
        alt=say("Steps of {ticket}, oldest first", ticket=file.case.state.ticket_id),
    )
    table_download(view, table, [file.case.state.ticket_id, say("steps"), str(view.as_of)], key="story_csv")


def conversations(view: View, file: CaseFile) -> None:
    """Show the calls and chats of the case, turn by turn."""
    say = view.say
    media = {"call": say("Call"), "chat": say("Chat")}
    speakers = {"customer": say("customer"), "agent": say("agent")}
    for number, (_, turns) in enumerate(file.conversations.groupby("interaction_id", sort=False)):
        first = turns.iloc[0]
        title = f"{media.get(str(first['medium']), '')} {first['happened_at']:%Y-%m-%d %H:%M}"
        with foldable(title, f"conversation-{number + 1}", icon=":material/call:"):
            for turn in turns.itertuples():
                speaker = str(turn.speaker)
                mark = ":material/person:" if speaker == "customer" else ":material/support_agent:"
                st.markdown(f"{mark} **{speakers.get(speaker, '')}** {plain(str(turn.text))}")


def mentions(view: View, file: CaseFile) -> None:
    """Show the letters, hazards, decisions and measures that name the case, with the way to them."""
    latest = {whole(entry.subject): (step, entry) for entry, step in zip(file.mentions, file.mentioned, strict=True)}
    for subject, (step, entry) in latest.items():
        kind, _, number = subject.partition(":")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"mention_{entry.entry_id}"):
            word = view.tell(step_word(step))
            first = next(
                s.text for e, s in zip(file.mentions, file.mentioned, strict=True) if whole(e.subject) == subject
            )
            st.markdown(f"**{plain(word)}** {plain(first or step.text, 60)}", width="content")
            st.caption(plain(f"{view.tell(called(subject))} · {entry.on_day}"), width="content")
            if kind in ("letter", "hazard", "measure"):
                st.button(
                    view.say("Open"),
                    key=f"open_mention_{entry.entry_id}",
                    type="tertiary",
                    icon=":material/arrow_outward:",
                    on_click=_go_to,
                    args=(kind, number),
                )
    if GO_TO in st.session_state:
        del st.session_state[GO_TO]
        st.switch_page("pages/letters.py")


def similar(view: View, file: CaseFile) -> None:
    """Show the earlier cases most like this one and how they ended."""
    say, found = view.say, file.similar
    subheader(say("Earlier cases like it, and how they ended"))
    if found.cases.empty:
        st.caption(say("No earlier case of this class is like it."))
        return
    text = say("Of {decided} like it, {agreed} ended agreed.", decided=found.decided, agreed=found.agreed)
    if found.days is not None:
        text += say(" Half were closed within {days:.0f} days.", days=found.days)
    if found.decided < 5:
        text += say(" Too few to expect the same.")
    st.markdown(text)
    words = {name: view.tell(Message(word)) for name, word in RESULT_WORDS.items()}
    cases = found.cases
    table = pd.DataFrame(
        {
            say("Ticket"): cases["ticket_id"],
            say("Likeness"): (100 * cases["likeness"]).round().astype(int),
            say("Shared words"): ["、".join(words_) for words_ in cases["shared"]],
            say("Branch"): cases["branch_name"],
            say("Demand"): cases["demand"],
            say("Final outcome"): cases["final_outcome"].map(words).fillna(""),
            say("Rounds"): cases["rounds"],
            say("Days taken"): (cases["closed_at"].dt.normalize() - cases["received_at"].dt.normalize()).dt.days,
            say("Reply position"): cases["reply_position"].fillna(""),
            say("What was offered"): cases["solution"],
            say("Complaint"): cases["narrative"],
        }
    )
    event = show_table(
        table,
        on_select="rerun",
        selection_mode="single-row",
        key=f"similar_{file.case.state.ticket_id}",
        column_config={
            say("Likeness"): st.column_config.ProgressColumn(
                min_value=0,
                max_value=100,
                format="%d",
                help=say(
                    "0–100: 80 points for the words of the complaint, 15 for the same cause, 5 for the same demand."
                ),
            )
        },
        alt=say("Earlier cases like {ticket}", ticket=file.case.state.ticket_id),
    )
    table_download(view, table, [file.case.state.ticket_id, say("similar cases")], key="similar_csv")
    if event.selection.rows:
        set_focus(ticket=str(cases["ticket_id"].iloc[event.selection.rows[0]]))
        st.rerun()


def _go_to(kind: str, number: str) -> None:
    set_focus(**{kind: number})
    st.session_state[GO_TO] = True


def _further(view: View, file: CaseFile) -> None:
    say, qualified = view.say, file.case.qualification
    lines = []
    if qualified.mediation_missing:
        lines.append(say("Qualifies for mediation: {reasons}.", reasons=view.tell(listed(qualified.mediation))))
    if qualified.escalation_missing:
        lines.append(say("Qualifies for management: {reasons}.", reasons=view.tell(listed(qualified.escalation))))
    if lines:
        st.warning("  \n".join(plain(line) for line in lines), icon=":material/trending_up:")


def _fact(label: str, value: str) -> None:
    st.caption(label)
    st.markdown(f"**{plain(value)}**")


def _when(step: Step) -> str:
    return f"{step.at:%Y-%m-%d}" if step.source == "entry" else f"{step.at:%Y-%m-%d %H:%M}"
