"""逐笔盯盘: which cases are open, whose move is it, what is late? The board of one class, or one case's file."""

from functools import partial

import streamlit as st

from answers.case_board import Case, CaseBoard, case_board, subject_of
from answers.case_file import CaseFile, case_file
from answers.case_limits import limits_in_force, limits_subject, newest_setting
from answers.evidence import Standing, standing, stands_ready
from charts.case_story import finding
from ui.case_board import allowance_sentence, countdown, further, stage_board
from ui.case_file import (
    conversations,
    demand_and_offer,
    file_head,
    mentions,
    show_story,
    similar,
    story_picture,
)
from ui.case_forms import entry_form
from ui.case_history import history, watch
from ui.case_limits import show_limits
from ui.case_tables import clock, closed_table, show_register
from ui.heading import screen_title, subheader
from ui.open_cases import show_open_cases
from ui.plain import plain
from ui.presentation import Step, show_steps
from ui.since_last_week import case_changes, fill_changes, place_for_changes
from ui.states import empty_state
from ui.ticket_risks import risk_line, riskiest
from ui.view import current_view

MOST_PRESENTED = 5  # cases stepped through in the meeting, the most urgent

view = current_view()
say = view.say


def newest_of(cases: tuple[Case, ...]) -> int:
    return max((case.state.newest_entry or 0 for case in cases), default=0)


def answered(name: str) -> Standing | None:
    return standing(view.store, view.scope, name, view.year, view.as_of)


def board_screen(board: CaseBoard) -> None:
    """Show the board at once; the chance that the year holds follows where it is not worked out yet."""
    name = board.complaint_class
    changed = place_for_changes(view)
    ready = stands_ready(view.store, view.scope, name, view.year, view.as_of)
    above = st.empty()

    def head(shown: Standing | None) -> None:
        with above.container():
            sentence = allowance_sentence(view, board, shown)
            late = any(case.state.late for case in board.cases)
            (st.warning if late else st.info)(sentence, title=name)
            countdown(view, board, shown)

    head(answered(name) if ready else None)
    subjects = [*(subject_of(case.state.ticket_id) for case in board.cases), limits_subject(None), limits_subject(name)]
    settings = [newest_setting(view.store, view.scope, view.as_of, of) for of in (None, name)]
    watch(view, subjects, max(newest_of(board.cases), *settings))
    if board.cases:
        stage_board(view, board)
        further(view, board)
        riskiest(view, name, "case_risks", say("Most likely to end not agreed"))
        subheader(say("How long, against the limit"))
        clock(view, board)
        subheader(say("All open cases"))
        show_open_cases(view, board)
    else:
        empty_state(
            view,
            say("No case of {name} is open on {day}.", name=name, day=str(view.as_of)),
            say("Choose another class or day. Closed cases and their files are in the table below."),
        )
    subheader(say("Mediation and management this year"))
    show_register(view, board, view.year)
    if board.closed_cases:
        subheader(say("Closed lately"))
        closed_table(view, board)
    show_limits(view, board.limits, board.complaint_class)
    if not ready:
        head(answered(name))
    fill_changes(view, changed, more=case_changes(view, board))


def file_screen(file: CaseFile) -> None:
    """Show one case's file."""
    file_head(view, file)
    risk_line(view, file.case.state.ticket_id, str(file.case.ticket["complaint_class"]))
    watch(view, [subject_of(file.case.state.ticket_id)], max((entry.entry_id for entry in file.written), default=0))
    demand_and_offer(view, file)
    story_picture(view, file)
    entering, entered = st.columns([3, 2])
    with entering:
        subheader(say("Enter a step"))
        entry_form(
            view, file, limits_in_force(view.store, view.scope, view.as_of, str(file.case.ticket["complaint_class"]))
        )
    with entered:
        history(view, file)
    subheader(say("Every party's steps"))
    show_story(view, file)
    if file.mentions:
        subheader(say("Letters, hazards and decisions that name it"))
        mentions(view, file)
    if len(file.conversations):
        subheader(say("Calls and chats"))
        conversations(view, file)
    similar(view, file)


def presented(board: CaseBoard, file: CaseFile | None) -> None:
    """Step through the meeting: the countdown, the board, the clock, then the most urgent cases; or one case."""
    if file is not None:
        show_steps(view, one_case(file))
        return
    shown = answered(board.complaint_class)

    def first() -> None:
        st.markdown(f"### {plain(allowance_sentence(view, board, shown))}")
        countdown(view, board, shown)
        further(view, board)

    steps: list[Step] = [(say("What is left"), first)]
    if board.cases:
        steps += [
            (say("The board"), partial(stage_board, view, board)),
            (say("The clock"), partial(clock, view, board)),
        ]
    steps += [(view.tell(finding(case.state)), partial(story_of, case)) for case in board.cases[:MOST_PRESENTED]]
    show_steps(view, steps)


def one_case(file: CaseFile) -> list[Step]:
    def offer() -> None:
        file_head(view, file)
        demand_and_offer(view, file)

    return [
        (say("One case: its story"), partial(story_picture, view, file)),
        (say("One case: demand and offer"), offer),
        (say("One case: every party's steps"), partial(show_story, view, file)),
        (say("One case: earlier cases like it"), partial(similar, view, file)),
    ]


def story_of(case: Case) -> None:
    found = case_file(view.store, view.scope, case.state.ticket_id, view.as_of)
    if found is not None:
        story_picture(view, found)


def page(name: str) -> None:
    ticket = view.focus.get("ticket")
    file = case_file(view.store, view.scope, ticket, view.as_of) if ticket else None
    if not view.present:
        screen_title(say("Which cases are open, whose move is it, what is late?") if file is None else say("One case"))
    if ticket and file is None:
        st.info(say("There is no ticket {ticket} here on {day}.", ticket=plain(ticket), day=str(view.as_of)))
    if view.present:
        presented(case_board(view.store, view.scope, name, view.as_of), file)
    elif file is not None:
        file_screen(file)
    else:
        board_screen(case_board(view.store, view.scope, name, view.as_of))


if view.complaint_class is not None:
    page(view.complaint_class)
