"""Section of the causes screen: do branches decide the same requests alike?"""

from __future__ import annotations

import streamlit as st

from analytics.approval_standards import ApprovalStandards
from analytics.cause_limits import FEWEST_AT_BRANCH, PAGE_ERROR
from answers.cause_tickets import cases_decided_differently, tickets
from answers.causes import approvals
from charts.cause_approvals import approvals_figure, approvals_table
from charts.cause_captions import approvals_caption, of_class
from texts import N_, Message
from ui.branch_frame import clicked
from ui.cause_frame import CauseView, listed_tickets, pick, side_by_side
from ui.chart import show_chart
from ui.heading import subheader
from ui.states import empty_state

DECIDED = {True: N_("granted"), False: N_("not granted")}


def approvals_section(own: CauseView) -> None:
    """Show what each branch grants against the same mix elsewhere, comparable cases, and the tickets."""
    say = own.view.say
    result = approvals(own.asked)
    if result.requested == 0:
        empty_state(
            own.view,
            say("These tickets hold no decided requests."),
            say("The analysis needs the columns approval_requested and approval_granted in the ticket export."),
        )
        return
    table = approvals_table(result, own.names)
    caption = approvals_caption(result, own.names, own.basis)
    figure = approvals_figure(table, caption, own.view.language, own.mode, own.branch)
    if not own.view.present:
        options = sorted(table["branch_id"].astype(str))
        pick(say("Branch"), "branch", options, own.branch, own.names, say("All branches"))
    key = f"cause_approvals_{own.branch}"
    show_chart(
        own.view,
        figure,
        lambda: approvals_figure(
            table, of_class(caption, own.asked.complaint_class), own.view.language, "print", own.branch
        ),
        lambda: table,
        name=own.file_name(say("approval standards")),
        key=key,
        alt=f"{own.view.tell(caption.finding)} {own.view.tell(caption.figures)}",
        on_select=clicked(key, {"branch": 0}),
    )
    if own.view.present:
        return
    st.caption(
        say(
            "Compared within each type of request, so a branch may get any mix of them; each customer counts once per "
            "type. Branches with fewer than {few} decided requests are not judged. Where nothing differs, this "
            "whole page "
            "names anything in at most {error:.0%} of looks ({draws:,} times dealt out by lot). It does not show "
            "whether the cases "
            "deserved the same decision: amounts and circumstances beyond the type are not in it. Read the pairs.",
            few=FEWEST_AT_BRANCH,
            error=PAGE_ERROR,
            draws=result.draws,
        )
    )
    _pairs(own, result)
    _tickets(own)


def _pairs(own: CauseView, result: ApprovalStandards) -> None:
    say = own.view.say
    rows = result.branches
    marked = rows[rows["branch_id"].eq(own.branch) if own.branch else rows["apart"]]
    if marked.empty:
        return
    branch = str(marked["branch_id"].iloc[0])
    fewer = bool(marked["granted"].iloc[0] <= marked["expected"].iloc[0])
    pairs = cases_decided_differently(own.asked, branch, fewer)
    if pairs.empty:
        return
    for side in ("left", "right"):
        pairs[f"{side}_decision"] = pairs[f"{side}_approval_granted"].map(
            lambda granted: own.view.tell(Message(DECIDED[bool(granted)]))
        )
    subheader(say("Comparable cases decided differently"))
    side_by_side(
        own,
        pairs,
        {
            "approval_requested": say("Request"),
            "decision": say("Decision"),
            "amount": say("Amount (yuan)"),
            "cause": say("Cause"),
            "demand": say("Demand"),
        },
    )


def _tickets(own: CauseView) -> None:
    say = own.view.say
    found = tickets(own.asked, "approvals", branch=own.branch)
    subheader(
        say("Tickets with a decided request")
        if own.branch is None
        else say("Tickets with a decided request, {branch}", branch=own.named(own.branch))
    )
    counted = found[found["counted"].astype(bool)]
    st.caption(
        say(
            "{requested} requests compared, {granted} of them granted.",
            requested=len(counted),
            granted=int(counted["approval_granted"].astype(bool).sum()),
        )
    )
    columns = ["ticket_id", "customer_id", "received_at", "branch_id", "approval_requested", "approval_granted"]
    listed_tickets(
        own,
        found,
        [*columns, "amount", "cause", "demand", "first_outcome", "counted"],
        [say("requests"), *([own.branch] if own.branch else [])],
        key="cause_approval_tickets",
        more={"approval_requested": say("Request"), "approval_granted": say("Granted")},
    )
