"""The table of open cases: all of them, whatever their number, by kind and page by page, each a click from its file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.case_steps import STAGES
from answers.case_board import MOST_CASES, Case, CaseBoard
from charts.case_words import STAGE_WORDS
from charts.warning_words import listed
from texts import Message
from ui.case_words import in_words, stage_word, urgency_text, waits_text
from ui.exports import table_download
from ui.parts import in_address
from ui.pickers import open_class, set_focus
from ui.table import show_table
from ui.view import View

PAGE = 200  # rows of the table at a time
SHOW = "cases_show"


def case_table(view: View, cases: Sequence[Case]) -> pd.DataFrame:
    """Give a row an open case, in the order given, in the reader's words."""
    say = view.say
    rows = []
    for case in cases:
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


def show_open_cases(view: View, board: CaseBoard) -> None:
    """Show the table of open cases, all or those of one kind, page by page; choosing a row opens the case's file."""
    say = view.say
    cases = _chosen(view, board)
    first = _page(view, len(cases))
    shown = cases[first : first + PAGE]
    event = show_table(
        case_table(view, shown),
        height=min(44 + 36 * max(len(shown), 1), 480),
        on_select="rerun",
        selection_mode="single-row",
        key=f"cases_{board.complaint_class}_{board.as_of}_{in_address('show')}_{first}",
        column_config={name: st.column_config.Column(width=width) for name, width in _widths(view).items()},
        alt=say("Open cases of {name}, worst first", name=board.complaint_class),
    )
    note = say("Choose a row to open the case's file.")
    if board.left_out:
        note += say(
            " More than {most} are open, and the oldest {most} are followed here; most likely the files do not say "
            "when tickets are closed.",
            most=f"{MOST_CASES:,}",
        )
    if not board.closes:
        note += say(" The data do not say when tickets are closed: a case counts as open until its first outcome.")
    st.caption(note)
    table_download(
        view, lambda: case_table(view, cases), [board.complaint_class, say("open cases"), str(board.as_of)],
        key="cases_csv",
    )  # fmt: skip
    if event.selection.rows:
        set_focus(ticket=shown[event.selection.rows[0]].state.ticket_id)
        st.rerun()


def _widths(view: View) -> dict[str, int]:
    """Give the widths of the first columns, to the due date, so that a notebook's screen holds them."""
    say = view.say
    return {
        say("Urgency"): 140,
        say("Ticket"): 118,
        say("Branch"): 82,
        say("Stage"): 112,
        say("Waits for"): 88,
        say("Owner"): 130,
        say("Next step"): 190,
        say("Due"): 92,
    }


def linked_table(view: View, cases: Sequence[Case], name: Sequence[str], key: str) -> None:
    """Show cases of any class in a table with its file; choosing one opens its file on the cases screen."""
    table = case_table(view, cases)
    if len(table):
        table.insert(1, view.say("Complaint class"), [str(case.ticket["complaint_class"]) for case in cases])
    event = show_table(
        table,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        alt=" ".join(name),
    )
    table_download(view, table, name, key=f"{key}_csv")
    if event.selection.rows:
        chosen = cases[event.selection.rows[0]]
        open_class(str(chosen.ticket["complaint_class"]))
        set_focus(ticket=chosen.state.ticket_id)
        st.switch_page("pages/cases.py")


def show_only(kind: str) -> None:
    """Let the table show one kind of cases (`case_kinds`): as a callback."""
    set_focus(show=None if kind == "all" else kind, from_row=None)


def case_kinds(board: CaseBoard) -> dict[str, Sequence[Case]]:
    """Give the cases of the board by kind: all, late, undecided, mediation, escalation, and each stage that has any."""
    kinds: dict[str, Sequence[Case]] = {
        "all": board.cases,
        "late": [case for case in board.cases if case.state.late],
        "undecided": [case for case in board.cases if case.state.next_proposed],
        "mediation": board.to_mediation,
        "escalation": board.to_management,
    }
    for case in board.cases:
        of_stage = kinds.setdefault(f"stage_{case.state.stage}", [])
        of_stage.append(case)  # type: ignore[attr-defined]
    return kinds


def _chosen(view: View, board: CaseBoard) -> Sequence[Case]:
    """Show which kinds of cases there are, and give those chosen."""
    say, kinds = view.say, case_kinds(board)
    words = {
        "all": say("All"),
        "late": say("Late"),
        "undecided": say("Without a decided next step"),
        "mediation": say("To mediation"),
        "escalation": say("To management"),
        **{f"stage_{stage}": view.tell(Message(STAGE_WORDS[stage])) for stage in STAGES},
    }
    options = ["all", *(name for name in words if name != "all" and kinds.get(name))]
    state, asked = st.session_state, in_address("show")
    state[SHOW] = asked if asked in options else "all"
    chosen = st.pills(
        say("Show"),
        options,
        format_func=lambda name: f"{words[name]} {len(kinds[name]):,}",
        key=SHOW,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: show_only(state[SHOW]),
    )
    return kinds[chosen or "all"]


def _page(view: View, count: int) -> int:
    """Show which rows of the table are looked at, with the way to the others; give the first one's place."""
    asked = in_address("from_row")
    place = int(asked) - 1 if asked.isascii() and asked.isdigit() else 0
    first = max(min(place, count - 1), 0) // PAGE * PAGE
    if count <= PAGE:
        return 0

    def turn(to: int) -> None:
        set_focus(from_row=str(to + 1) if to else None)

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="cases_page"):
        st.button("", icon=":material/arrow_back:", key="cases_back", type="tertiary", disabled=first == 0,
                  help=view.say("The rows before"), on_click=turn, args=(first - PAGE,))  # fmt: skip
        st.markdown(
            view.say(
                "Rows {first}–{last} of {count}", first=f"{first + 1:,}", last=f"{min(first + PAGE, count):,}",
                count=f"{count:,}",
            ),
            width="content",
        )  # fmt: skip
        st.button("", icon=":material/arrow_forward:", key="cases_next", type="tertiary",
                  disabled=first + PAGE >= count, help=view.say("The rows after"), on_click=turn,
                  args=(first + PAGE,))  # fmt: skip
    return first


def _reasons(view: View, reasons: Sequence[Message], begun: bool) -> str:
    if not reasons:
        return ""
    text = view.tell(listed(reasons))
    return view.say("{reasons} (begun)", reasons=text) if begun else text
