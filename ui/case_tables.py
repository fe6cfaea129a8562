"""Open and lately closed cases as a picture and as tables, each with its files."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from answers.case_board import MOST_CASES, CaseBoard
from answers.case_register import case_register
from charts.case_clock import ClockRow, clock_figure
from charts.case_words import RESULT_WORDS
from charts.warning_words import listed
from texts import Message
from ui.case_board import allowance_sentence
from ui.case_words import in_words, picture_mode, picture_source, stage_word, urgency_text, waits_text
from ui.chart import show_chart
from ui.exports import table_download
from ui.parts import choice_in_address
from ui.pickers import set_focus
from ui.view import View


def clock(view: View, board: CaseBoard) -> None:
    """Draw how long each case has been open against its limit."""
    rows = [ClockRow(case.state, case.branch) for case in board.cases if case.state.stage != "closed"]
    source, as_of = picture_source(view), str(view.as_of)
    name, number = board.complaint_class, board.open_cases
    show_chart(
        view,
        clock_figure(name, rows, number, as_of, source, view.language, picture_mode(view)),
        lambda: clock_figure(name, rows, number, as_of, source, view.language, "print"),
        lambda: case_table(view, board),
        name=[name, view.say("open cases"), as_of],
        key="case_clock",
        alt=allowance_sentence(view, board, None),
    )


def case_table(view: View, board: CaseBoard) -> pd.DataFrame:
    """Give a row an open case, worst first, in the reader's words."""
    say = view.say
    rows = []
    for case in board.cases:
        state, ticket = case.state, case.ticket
        care = state.care
        rows.append(
            {
                say("Urgency"): urgency_text(view, state),
                say("Ticket"): state.ticket_id,
                say("Branch"): case.branch,
                say("Stage"): stage_word(view, state),
                say("Waits for"): waits_text(view, state),
                say("Owner"): "" if care is None else in_words(view, care.owner),
                say("Next step"): "" if care is None else in_words(view, care.next_step),
                say("Due"): None if care is None else care.due,
                say("Proposed"): say("yes") if state.next_proposed else "",
                say("Limit"): state.limit,
                say("Days open"): state.days_open,
                say("Cause"): ticket.get("cause"),
                say("Demand"): ticket.get("demand"),
                say("Amount (yuan)"): ticket.get("amount"),
                say("To mediation"): _reasons(view, case.qualification.mediation, case.qualification.mediation_begun),
                say("To management"): _reasons(view, case.qualification.escalation, case.qualification.escalated),
            }
        )
    return pd.DataFrame(rows)


def show_table(view: View, board: CaseBoard) -> None:
    """Show the table of open cases; choosing a row opens the case's file."""
    say = view.say
    table = case_table(view, board)
    event = st.dataframe(
        table,
        hide_index=True,
        height=min(44 + 36 * len(table), 480),
        on_select="rerun",
        selection_mode="single-row",
        key=f"cases_{board.complaint_class}_{board.as_of}",
        alt=say("Open cases of {name}, worst first", name=board.complaint_class),
    )
    note = say("Choose a row to open the case's file.")
    if board.open_cases > MOST_CASES:
        note += say(" The {most} oldest of {open} are shown.", most=MOST_CASES, open=board.open_cases)
    if not board.closes:
        note += say(" The data do not say when tickets are closed: a case counts as open until its first outcome.")
    st.caption(note)
    table_download(view, table, [board.complaint_class, say("open cases"), str(board.as_of)], key="cases_csv")
    if event.selection.rows:
        set_focus(ticket=board.cases[event.selection.rows[0]].state.ticket_id)
        st.rerun()


def closed_table(view: View, board: CaseBoard) -> None:
    """Show the cases closed lately and how they ended."""
    say = view.say
    if board.closed.empty:
        return
    words = {name: view.tell(Message(text)) for name, text in RESULT_WORDS.items()}
    closed = board.closed
    table = pd.DataFrame(
        {
            say("Ticket"): closed["ticket_id"],
            say("Branch"): closed["branch_name"],
            say("Received"): closed["received_at"].dt.date,
            say("Closed"): closed["closed_at"].dt.date,
            say("Days taken"): (closed["closed_at"].dt.normalize() - closed["received_at"].dt.normalize()).dt.days,
            say("Rounds"): closed["rounds"],
            say("First outcome"): closed["first_outcome"].map(words).fillna(""),
            say("Final outcome"): closed["final_outcome"].map(words).fillna(""),
            say("Cause"): closed["cause"],
        }
    )
    st.dataframe(table, hide_index=True, alt=say("Cases closed lately"))
    table_download(view, table, [board.complaint_class, say("closed cases"), str(board.as_of)], key="closed_csv")


def _reasons(view: View, reasons: Sequence[Message], begun: bool) -> str:
    if not reasons:
        return ""
    text = view.tell(listed(reasons))
    return view.say("{reasons} (begun)", reasons=text) if begun else text


def show_register(view: View, board: CaseBoard, year: int) -> None:
    """Show the year's mediations, and what management was asked for and granted, with their files."""
    say = view.say
    words = {name: view.tell(Message(text)) for name, text in RESULT_WORDS.items()}
    mediations = case_register(view.store, view.scope, board.complaint_class, year, view.as_of, "mediation")
    escalations = case_register(view.store, view.scope, board.complaint_class, year, view.as_of, "escalation")
    parts = {
        "mediation": say("Mediations ({count})", count=len(mediations)),
        "management": say("Management asked in ({count})", count=len(escalations)),
    }
    if choice_in_address(say("Register"), parts, "register", "mediation", label_visibility="collapsed") == "mediation":
        table = pd.DataFrame(
            {
                say("Ticket"): mediations["ticket_id"],
                say("Branch"): mediations["branch_name"],
                say("Requested"): mediations["asked_on"],
                say("Mediator"): mediations["asked_of"],
                say("Date of the mediation"): mediations["held_on"],
                say("Result"): mediations["result"].map(words).fillna(""),
                say("In words"): mediations["told"],
                say("Final outcome"): mediations["final_outcome"].map(words).fillna(""),
            }
        )
        _register_table(view, table, [board.complaint_class, say("mediations"), str(year)], "mediations")
    else:
        table = pd.DataFrame(
            {
                say("Ticket"): escalations["ticket_id"],
                say("Branch"): escalations["branch_name"],
                say("Asked on"): escalations["asked_on"],
                say("Who in management, and what was asked"): escalations["asked_of"],
                say("Decided on"): escalations["held_on"],
                say("What was granted"): escalations["told"],
                say("Final outcome"): escalations["final_outcome"].map(words).fillna(""),
            }
        )
        _register_table(view, table, [board.complaint_class, say("management"), str(year)], "escalations")


def _register_table(view: View, table: pd.DataFrame, name: list[str], key: str) -> None:
    if table.empty:
        st.caption(view.say("None this year."))
        return
    st.dataframe(table, hide_index=True, height=min(44 + 36 * len(table), 360), alt=" ".join(name))
    table_download(view, table, name, key=f"{key}_csv")
