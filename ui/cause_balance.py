"""Section of the causes screen: do complaints follow the loan balance, and what is each branch's quota?"""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from analytics.cause_limits import PAGE_ERROR
from answers.cause_tickets import tickets
from answers.causes import balance, other_business
from answers.quotas import Basis, Quotas, quotas
from charts.cause_balance import balance_figure, balance_table
from charts.cause_captions import balance_caption, of_class
from ui.branch_frame import clicked
from ui.cause_frame import CauseView, in_percent, listed_tickets, pick
from ui.chart import show_chart
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import choice_in_address, choosable_rows, foldable
from ui.pickers import set_focus
from ui.plain import plain
from ui.states import empty_state
from ui.table import show_table


def balance_section(own: CauseView) -> None:
    """Show customers against balances, the quotas with the actual, the sizes, and the tickets of a branch."""
    say = own.view.say
    result = balance(own.asked)
    if result.branches.empty:
        empty_state(
            own.view,
            say("No loan balances are known."),
            say("Bring in the branches' monthly loan balances (branch_id, month, loan_balance) on the data screen."),
        )
        return
    table = balance_table(result, own.names)
    caption = balance_caption(result, own.names, own.basis)
    figure = balance_figure(result, table, caption, own.view.language, own.mode, own.branch)
    if not own.view.present:
        options = sorted(table["branch_id"].astype(str))
        pick(say("Branch"), "branch", options, own.branch, own.names, say("All branches"))
    key = f"cause_balance_{own.branch}"
    show_chart(
        own.view,
        figure,
        lambda: balance_figure(
            result, table, of_class(caption, own.asked.complaint_class), own.view.language, "print", own.branch
        ),
        lambda: table,
        name=own.file_name(say("complaints and loan balance")),
        key=key,
        alt=f"{own.view.tell(caption.finding)} {own.view.tell(caption.figures)}",
        on_select=clicked(key, {"branch": 0}),
    )
    if own.view.present:
        return
    st.caption(
        say(
            "Each customer counts once in a calendar year; the balance is the mean of the months. Branches "
            "scatter more "
            "than chance alone: the interval and the grey band allow for it. A branch is named only where it lies off "
            "the curve of all others beyond that; where none does, this whole page names anything in at most "
            "{error:.0%} of looks. "
            "It does not show why: a branch off the curve may have other customers, not worse service.",
            error=PAGE_ERROR,
        )
    )
    business = other_business(own.asked)
    if business is not None:
        st.caption(
            say(
                "These complaints are about “{business}”, not loans: the balance only stands for a branch's size.",
                business=plain(business),
            )
        )
    if result.without_balance:
        st.caption(say("Without a balance, left out: {branches}.", branches=_listed(own, result.without_balance)))
    _quotas(own)
    _sizes(own, table)
    _tickets(own)


def _listed(own: CauseView, branches: tuple[str, ...], most: int = 8) -> str:
    named = own.view.say(", ").join(own.named(branch) for branch in branches[:most])
    return f"{named} …" if len(branches) > most else named


def _quotas(own: CauseView) -> None:
    say = own.view.say
    subheader(say("Quotas by loan balance, {year}", year=own.asked.year))
    words = {"customers": say("expected customers"), "not_agreed": say("allowance of customers not agreed")}
    basis = choice_in_address(say("Shared out"), words, "basis", "customers")
    found = quotas(own.asked, cast(Basis, basis))
    if found is None:
        st.caption(
            say("There is nothing to share out: nobody is expected or allowed, as in a class without a year before.")
        )
        return
    table = found.table.assign(branch=found.table["branch_id"].map(own.named), balance=found.table["balance"] / 1e8)
    columns = ["branch", "balance", "quota", "to_date", "actual", "difference", "chance"]
    choosable_rows(
        in_percent(table[columns], ["chance"]),
        found.table["branch_id"].astype(str).tolist(),
        own.view.focus.get("branch"),
        lambda chosen: set_focus(branch=chosen, mark=None),
        height=430,
        key=f"cause_quotas_{found.basis}",
        column_config={
            "branch": say("Branch"),
            "balance": st.column_config.NumberColumn(say("Balance (100 million yuan)"), format="%.1f"),
            "quota": say("Quota of the year"),
            "to_date": st.column_config.NumberColumn(say("Quota to date"), format="%.1f"),
            "actual": say("Actual"),
            "difference": st.column_config.NumberColumn(say("Actual − quota"), format="%+.1f"),
            "chance": st.column_config.NumberColumn(
                say("Chance of as many"),
                format="%.0f%%",
                help=say("At a branch that runs exactly at its quota; half of such branches lie above it."),
            ),
        },
        alt=say("Quotas of all branches"),
    )
    st.caption(_quota_words(own, found))
    table_download(
        own.view,
        quota_csv(found, own),
        own.file_name(say("quotas by loan balance"), words[found.basis]),
        key="quota_csv",
    )


def quota_csv(found: Quotas, own: CauseView) -> pd.DataFrame:
    """Give the quotas as their CSV says them: branch_id, branch_name, balance (yuan) … unrounded."""
    table = found.table.copy()
    table.insert(1, "branch_name", table["branch_id"].map(own.named))
    return table


def _quota_words(own: CauseView, found: Quotas) -> str:
    say = own.view.say
    words = say(
        "{total} customers of the year × balance^{elasticity:.2f} ÷ the sum over all branches, whole customers "
        "that sum to "
        "{total}. {elapsed:.0%} of the year's customers fall up to {day}. With {branches} branches, some lie above "
        "their quota by chance every time.",
        total=found.total,
        elasticity=found.elasticity,
        elapsed=found.elapsed,
        day=own.asked.last,
        branches=len(found.table),
    )
    if found.estimated:
        return words
    return words + " " + say("Too few customers to estimate the exponent: plain proportion.")


def _sizes(own: CauseView, table: pd.DataFrame) -> None:
    say = own.view.say
    opened = foldable(say("Complaints by the branch's size"), "sizes")
    if not opened.open:
        return
    with opened:
        rows = table.assign(branch=table["branch_name"])
        labels = {
            "per_outlets": say("per 1,000 outlets"),
            "per_customers": say("per 10 million personal customers"),
            "per_balance": say("per 100 million yuan of loans"),
        }
        show_table(
            rows[["branch", "customers", *labels]],
            alt=say("Complaints by the branch's size"),
            column_config={
                "branch": say("Branch"),
                "customers": say("Customers"),
                **{name: st.column_config.NumberColumn(label, format="%.2f") for name, label in labels.items()},
            },
        )
        st.caption(
            say(
                "Customers from {first} to {last}, as the regulator compares sizes. In order of the balance: the "
                "figures of "
                "small branches swing by chance.",
                first=own.asked.first,
                last=own.asked.last,
            )
        )


def _tickets(own: CauseView) -> None:
    say = own.view.say
    if own.branch is None:
        st.caption(say("Choose a branch, or click a dot, to see its tickets."))
        return
    found = tickets(own.asked, "customers", branch=own.branch)
    subheader(say("Tickets of {branch}", branch=own.named(own.branch)))
    counted = found.loc[found["counted"].astype(bool), "received_at"].dt.year
    st.caption(
        say(
            "{before} complaining customers in {last_year}, {now} in {year}.",
            before=int((counted == own.asked.year - 1).sum()),
            last_year=own.asked.year - 1,
            now=int((counted == own.asked.year).sum()),
            year=own.asked.year,
        )
    )
    columns = ["ticket_id", "customer_id", "received_at", "branch_id", "cause", "demand", "amount", "first_outcome"]
    listed_tickets(own, found, [*columns, "counted"], [say("tickets"), own.branch], key="cause_balance_tickets")
