"""The overview's table and figures: one row a class, and the alarms that nobody has acknowledged yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from answers.class_year import ClassYear
from answers.overview import OverviewRow
from answers.register import Register
from charts.overview import SPARK_WEEKS, ClassLine, class_line, overview_numbers, overview_table, position_row
from texts import N_, Language
from ui.pickers import open_class
from ui.presentation import large_table
from ui.table import show_table
from ui.view import View

LABELS = {
    "warning": N_("Warning"),
    "class": N_("Complaint class"),
    "used": N_("Used"),
    "level": N_("Position"),
    "breach": N_("Breach"),
    "register": N_("Register"),
    "change": N_("Since last week"),
    "fcr": N_("FCR"),
}
# px; on a notebook's screen all but the end of a long last column is seen, and nothing else is cut
WIDTHS: Mapping[Language, Mapping[str, int]] = {
    "zh_CN": {
        "warning": 102, "class": 132, "used": 78, "level": 68, "breach": 72, "weeks": 76, "register": 84, "fcr": 118,
        "change": 320,
    },
    "en": {
        "warning": 174, "class": 134, "used": 62, "level": 82, "breach": 58, "weeks": 70, "register": 136, "fcr": 116,
        "change": 440,
    },
}  # fmt: skip
PRESENTED = ("warning", "class", "used", "register", "change")


def line_of(row: OverviewRow) -> ClassLine:
    """Give a class's line for table and chart."""
    answer = row.shown.answer
    return class_line(answer.complaint_class, answer.threshold, row.shown.evaluation, answer.fcr, row.changes)


def class_headline(view: View, rows: Sequence[OverviewRow], held: Mapping[str, Register]) -> None:
    """Show how many classes stand how, what waits for somebody, and the bank's first-contact resolution."""
    say = view.say
    kinds = [line_of(row).warning for row in rows]
    not_agreed = sum(row.shown.answer.fcr.not_agreed for row in rows)
    decided = sum(row.shown.answer.fcr.decided for row in rows)
    waiting = sum(len(one.waiting) for one in held.values())
    broken, red, amber, unseen, resolved = st.columns(5)
    broken.metric(say("Allowance exceeded"), kinds.count("exceeded"))
    red.metric(say("Red: will very likely break"), kinds.count("red"))
    amber.metric(say("Amber or likely to break"), kinds.count("amber") + kinds.count("small_bad"))
    unseen.metric(
        say("Alarms to acknowledge"),
        f"≥ {waiting}" if any(_unfinished(view, one) for one in held.values()) else waiting,
        help=say("Raised and not yet acknowledged by anybody; the register stands on each class's threshold screen."),
    )
    resolved.metric(
        say("First-contact resolution"),
        "–" if not decided else f"{1 - not_agreed / decided:.1%}",
        help=say("{agreed} of {decided} decided customers agreed.", agreed=decided - not_agreed, decided=decided),
    )


def class_frame(view: View, rows: Sequence[OverviewRow], held: Mapping[str, Register]) -> pd.DataFrame:
    """Give the table: as `charts.overview.overview_table`, with the register's state."""
    return _with_register(view, overview_table([line_of(row) for row in rows], view.language), held)


def class_numbers(view: View, rows: Sequence[OverviewRow], held: Mapping[str, Register]) -> pd.DataFrame:
    """Give the table's numbers for a spreadsheet: as `charts.overview.overview_numbers`, with the register's state."""
    return _with_register(view, overview_numbers([line_of(row) for row in rows], view.language), held)


def _with_register(view: View, frame: pd.DataFrame, held: Mapping[str, Register]) -> pd.DataFrame:
    return frame.assign(register=[_register_word(view, held.get(str(name))) for name in frame["class"]])


def class_table_so_far(view: View, found: Sequence[ClassYear], rows: Mapping[str, OverviewRow]) -> None:
    """Show every class's position at once, the largest first, with the evidence of those that it is worked out for;
    nothing can be chosen yet."""
    say = view.say
    st.progress(
        len(rows) / max(len(found), 1),
        text=say(
            "Position of all {classes} classes; the evidence of {done} is worked out, … stands for what still is.",
            classes=len(found),
            done=len(rows),
        ),
    )
    fcr = [answer.fcr for answer in found]
    first, *others = st.columns(5)
    first.metric(say("Over its curve"), sum(_level(answer) == "over" for answer in found))
    others[0].metric(say("Near its curve"), sum(_level(answer) == "near" for answer in found))
    others[1].metric(say("Red: will very likely break"), "…")
    others[2].metric(say("Alarms to acknowledge"), "…")
    decided = sum(one.decided for one in fcr)
    agreed = decided - sum(one.not_agreed for one in fcr)
    others[3].metric(say("First-contact resolution"), f"{agreed / decided:.1%}" if decided else "–")
    told = {name: overview_table([line_of(row)], view.language).iloc[0].to_dict() for name, row in rows.items()}
    lines = [
        told.get(answer.complaint_class)
        or position_row(answer.complaint_class, answer.threshold, answer.fcr, view.language)
        for answer in found
    ]
    frame = pd.DataFrame(lines).assign(register="…")
    show_table(frame, **_table_look(view, frame))


def _level(answer: ClassYear) -> str | None:
    return None if answer.threshold.position is None else answer.threshold.position.level


def class_table(view: View, rows: Sequence[OverviewRow], frame: pd.DataFrame) -> None:
    """Show one row a class; choosing one opens its threshold screen."""
    say = view.say
    event = show_table(
        frame,
        on_select="rerun",
        selection_mode="single-row",
        key=f"overview_{view.year}_{view.as_of}",
        **_table_look(view, frame),
    )
    st.caption(say("Choose a row to open its threshold screen. A class near or over its curve is not yet an alarm."))
    if event.selection.rows:
        open_class(rows[event.selection.rows[0]].shown.answer.complaint_class)
        st.switch_page("pages/threshold.py")


def _table_look(view: View, frame: pd.DataFrame) -> dict[str, Any]:
    say = view.say
    hints = {
        "used": say("Not agreed so far / allowed"),
        "breach": say("Breach probability"),
        "register": say(
            "“…”: past weeks are still being evaluated; opening the class's alarm register does it at once."
        ),
    }
    widths = WIDTHS[view.language]
    columns = {
        name: st.column_config.TextColumn(say(label), width=widths[name], help=hints.get(name))
        for name, label in LABELS.items()
    }
    weeks = st.column_config.BarChartColumn(say("{weeks} weeks", weeks=SPARK_WEEKS), y_min=0, width=widths["weeks"])
    return {
        "height": min(44 + 36 * len(frame), 620),
        "column_order": ["warning", "class", "used", "level", "breach", "weeks", "register", "fcr", "change"],
        "column_config": {**columns, "weeks": weeks},
        "alt": say("All classes of {year}, worst first", year=view.year),
    }


def large_class_table(view: View, frame: pd.DataFrame) -> None:
    """Show the table for the back of the room, the worst classes only."""
    labels = {name: view.say(LABELS[name]) for name in PRESENTED}
    large_table(
        frame[list(PRESENTED)].rename(columns=labels), view.say("All classes of {year}, worst first", year=view.year)
    )


def _register_word(view: View, held: Register | None) -> str:
    if held is None:
        return ""
    if held.waiting:
        return view.say("▲ to acknowledge")
    taken = [kind for kind in held.courses if held.alarm(kind).state == "acknowledged"]
    if taken:
        return view.say("◆ acknowledged")
    if not _unfinished(view, held):
        return ""
    return view.say("still being evaluated") if view.present else "…"


def _unfinished(view: View, held: Register) -> bool:
    """Say whether weeks of a register are still to be evaluated; a branch's reader is shown none of them."""
    return view.scope.branch_scope is None and held.missing > 0
