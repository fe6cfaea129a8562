"""Everything entered about one thing: who, when, what; what was corrected or taken back stays visible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics.case_steps import says_something
from analytics.course import STEP_WORDS
from analytics.letter_number import called
from answers.registers import Record
from data.ledger import Entry, correct, undo
from texts import Message, Problem
from ui.exports import table_download
from ui.parts import foldable
from ui.states import show_problem
from ui.table import show_table
from ui.view import View

MAIN = ("what", "title", "text", "lesson")  # the field of a body that a correction changes


def show_history(view: View, record: Record, who: str | None, key: str, *, may_correct_first: bool = True) -> None:
    """Show what was entered, with a way to take the last entry back and to correct a text; nothing is ever deleted."""
    say, name = view.say, view.tell(called(record.subject))
    label = say("History ({count} entries)", count=len(record.history))
    with foldable(label, f"history-{record.subject.replace(':', '-')}", icon=":material/history:"):
        table = history_table(view, record.history)
        show_table(
            table,
            alt=say("History of {subject}", subject=name),
            column_config={
                "no": say("Entry"),
                "time": say("Entered"),
                "day": say("Business day"),
                "who": say("Entered by"),
                "step": say("Step"),
                "text": st.column_config.TextColumn(say("Text"), width="large"),
                "mark": say("Marked"),
            },
        )
        table_download(view, table, [say("history"), name], key=f"{key}_history")
        if who is None or view.present or not view.scope.may_enter(record.begun.branch_id):
            return
        _correction(view, record, who, key, may_correct_first)
        first_only = len(record.steps) == 1 and not may_correct_first
        if not first_only and st.button(say("Take the last entry back"), key=f"{key}_undo", icon=":material/undo:"):
            try:
                undo(view.store, view.scope, record.subject, who=who, on_day=view.as_of, seen=record.newest)
            except Problem as problem:
                show_problem(view, problem)
            else:
                st.rerun()


def history_table(view: View, history: Sequence[Entry]) -> pd.DataFrame:
    """Give a row an entry: no, time, day, who, step, text, mark; oldest first."""
    say = view.say
    undone = {entry.undoes for entry in history if entry.undoes is not None}
    corrected = {entry.corrects for entry in history if entry.corrects is not None and entry.undoes is None}

    def mark(entry: Entry) -> str:
        if entry.undoes is not None:
            return say("takes entry {number} back", number=entry.undoes)
        if entry.entry_id in undone:
            return say("taken back")
        if entry.corrects is not None:
            return say("corrects entry {number}", number=entry.corrects)
        return say("corrected later") if entry.entry_id in corrected else ""

    return pd.DataFrame(
        [
            {
                "no": entry.entry_id,
                "time": f"{entry.entered_at:%Y-%m-%d %H:%M:%S}",
                "day": str(entry.on_day),
                "who": entry.who,
                "step": view.tell(Message(STEP_WORDS.get(entry.kind, entry.kind))),
                "text": _text(view, entry.body),
                "mark": mark(entry),
            }
            for entry in history
        ]
    )


def _text(view: View, body: Mapping[str, Any]) -> str:
    found = [str(body[name]) for name in (*MAIN, "owner", "due") if body.get(name)]
    if body.get("to") and body.get("key"):
        found.append(view.tell(called(f"{body['to']}:{body['key']}")))
    if not found and isinstance(body.get("content"), Mapping):
        found = [str(body["content"].get("title", ""))]
    return " · ".join(found)


def _correction(view: View, record: Record, who: str, key: str, may_correct_first: bool) -> None:
    say = view.say
    able = [
        step for step in record.steps
        if any(name in step.body for name in MAIN) and (may_correct_first or step is not record.begun)
    ]  # fmt: skip
    if not able:
        return
    chosen = st.selectbox(
        say("Correct an entry"),
        able,
        index=None,
        format_func=lambda step: f"{step.entry_id} · {view.tell(Message(STEP_WORDS[step.kind]))}",
        key=f"{key}_correct",
        placeholder=say("Choose the entry; it stays, and the correction stands beside it"),
    )
    if chosen is None:
        return
    name = next(name for name in MAIN if name in chosen.body)
    text = st.text_area(say("What it should have said"), str(chosen.body[name]), key=f"{key}_text_{chosen.entry_id}")
    if st.button(say("Enter the correction"), key=f"{key}_correct_enter"):
        try:
            if not says_something(text):
                st.warning(say("Write what it should have said; nothing was changed."))
                return
            correct(
                view.store, view.scope, chosen, {**chosen.body, name: text.strip()}, who=who, on_day=view.as_of,
                seen=record.newest,
            )  # fmt: skip
        except Problem as problem:
            show_problem(view, problem)
        else:
            st.rerun()
