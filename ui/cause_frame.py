"""What the four sections of the causes screen share: what is asked for, pickers, pairs side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from answers.causes import MOST_TICKETS, Asked, branch_names
from charts.cause_words import Basis
from charts.look import Mode
from ui.chart import chart_mode
from ui.pickers import set_focus
from ui.plain import plain
from ui.tickets import ticket_table
from ui.view import View

NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class CauseView:
    """One reader's view of the causes of one class: names by branch_id; branch: the one drilled down to, if any."""

    view: View
    asked: Asked
    names: Mapping[str, str]
    basis: Basis
    branch: str | None

    @property
    def mode(self) -> Mode:
        """The look of a picture on this screen."""
        return chart_mode(self.view)

    def file_name(self, *parts: str) -> list[str]:
        """Give the parts of a file's name."""
        return [self.asked.complaint_class, *parts, str(self.asked.as_of)]

    def named(self, branch: object) -> str:
        """Give a branch's name."""
        return self.names.get(str(branch), str(branch))


def cause_view(view: View, complaint_class: str) -> CauseView:
    """Settle what the screen is asked for; a branch that is not there is let go of, calmly."""
    asked = Asked(view.store, view.scope, complaint_class, view.year, view.as_of)
    names = branch_names(asked)
    branch = view.focus.get("branch")
    basis = Basis(asked.first, asked.last, asked.as_of, view.demo)
    return CauseView(view, asked, names, basis, branch)


def pick(
    label: str,
    focus: str,
    options: Sequence[str],
    chosen: str | None,
    words: Mapping[str, str],
    nothing: str,
) -> None:
    """Show a picker bound to the address; nothing: what it says when nothing is chosen."""
    key = f"cause_{focus}_picker"
    state = st.session_state
    state[key] = chosen if chosen in options else None
    st.selectbox(
        label,
        list(options),
        format_func=lambda name: words.get(name, name),
        key=key,
        placeholder=nothing,
        on_change=lambda: set_focus(mark=None, **{focus: state[key]}),
    )


def listed_tickets(
    own: CauseView,
    found: pd.DataFrame,
    columns: Sequence[str],
    name: Sequence[str],
    key: str,
    more: Mapping[str, str] = NOTHING_MORE,
) -> None:
    """Show the tickets behind a mark; where there are more than a list holds, say so."""
    ticket_table(own.view, found[list(columns)].reset_index(drop=True), own.file_name(*name), key=key, more=more)
    if len(found) >= MOST_TICKETS:
        st.caption(own.view.say("The newest {most} tickets are listed; there are more.", most=f"{MOST_TICKETS:,}"))


def side_by_side(own: CauseView, pairs: pd.DataFrame, lines: Mapping[str, str]) -> None:
    """Show pairs of tickets beside each other; lines: label by the column to show."""
    for number in range(len(pairs)):
        pair = pairs.iloc[number]
        for side, column in zip(("left", "right"), st.columns(2, border=True), strict=True):
            said = own.view.say(
                "{ticket} · {day} · customer {customer}",
                ticket=plain(str(pair[f"{side}_ticket_id"])),
                day=f"{pair[f'{side}_received_at']:%Y-%m-%d}",
                customer=plain(str(pair[f"{side}_customer_id"])),
            )
            paragraphs = [f"**{plain(own.named(pair[f'{side}_branch_id']))}**", f":small[:gray[{said}]]"]
            for name, label in lines.items():
                value = pair.get(f"{side}_{name}")
                if value is not None and not pd.isna(value):
                    words = f"{value:,.0f}" if isinstance(value, float) else str(value)
                    paragraphs.append(f":gray[{label}] {plain(words)}")
            column.markdown("\n\n".join(paragraphs))


def in_percent(frame: pd.DataFrame, shares: Iterable[str]) -> pd.DataFrame:
    """Give a table for the screen with its shares in percent, to be shown whole."""
    return frame.assign(**{name: 100 * frame[name].astype(float) for name in shares})


def percent_columns(shares: Mapping[str, str]) -> dict[str, Any]:
    """Give the columns of shares in percent; shares: label by column."""
    return {name: st.column_config.NumberColumn(label, format="%.0f%%") for name, label in shares.items()}
