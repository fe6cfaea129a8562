"""The findings of the branch, cause and voice screens as lines that one click puts on the hazard list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.branches import BranchAnswer, tickets_decided
from answers.cause_tickets import reply_tickets, tickets
from answers.causes import approvals, balance, demands, replies, unreasonable_demands
from charts.branch_words import given
from charts.cause_words import shortened
from charts.voice_words import step_word
from ui.cause_frame import CauseView
from ui.plain import plain
from ui.put_on_list import Finding, put_on_list
from ui.view import View
from ui.voice_frame import VoiceView

MOST_SHOWN = 6  # findings of one screen; what is left out is marked in its pictures and tables


def branch_findings_to_list(view: View, shown: BranchAnswer, branch: str | None = None) -> None:
    """Show which branches, and causes at branches, do worse than chance allows, each with its way to the list.

    branch: only this one's.
    """
    found = shown.findings
    if found is None or view.present:
        return
    name = shown.answer.complaint_class
    rows = []
    for marked in (found.branches.marked, found.branch_causes.marked):
        worse = marked[marked["verdict"] == "worse"]
        rows += (worse if branch is None else worse[worse["branch_id"] == branch]).to_dict("records")
    findings = []
    for row in rows[:MOST_SHOWN]:
        own, cause = str(row["branch_id"]), str(row["cause"]) if "cause" in row else None
        values = {
            "name": name, "branch": shown.branch(own), "not_agreed": row["not_agreed"], "decided": row["decided"],
            "expected": row["expected"], "period": found.period,
        }  # fmt: skip
        sentence = (
            view.say(
                "{name}, {branch}: {not_agreed} of {decided} customers not agreed ({period}), {expected:.0f} expected",
                **values,
            )
            if cause is None
            else view.say(
                "{name}, {branch}, {cause}: {not_agreed} of {decided} customers not agreed ({period}), {expected:.0f} "
                "expected",
                cause=view.tell(given(cause)), **values,
            )
        )  # fmt: skip
        about = {"class": name, "branch": own, "cause": cause or ""}

        def behind(own: str = own, cause: str | None = cause) -> Sequence[str]:
            listed = tickets_decided(view.store, view.scope, shown, branch=own, cause=cause)
            return [str(ticket) for ticket in listed.loc[listed["first_outcome"] == "not_agreed", "ticket_id"]]

        findings.append(Finding(sentence, view.say("branches beyond chance"), about, behind))
    _show(view, findings, "branches")


def cause_findings_to_list(own: CauseView, section: int) -> None:
    """Show what one section of the causes screen found, branch by branch, each with its way to the list.

    section: 0 replies, 1 approvals, 2 loan balance, 3 demands and rounds.
    """
    if not own.view.present:
        _show(own.view, (_replies, _approvals, _balance, _demands)[section](own), f"causes_{section}")


def weak_points_to_list(own: VoiceView) -> None:
    """Show the weak points of service found, each with its way to the list."""
    view, calls = own.view, own.heard.calls
    findings = []
    for row in own.heard.weak.found.head(MOST_SHOWN).to_dict("records"):
        sentence = view.say(
            "{branch}, {topic}, {step}: {worsened} of {calls} calls turn angry, {elsewhere:.0%} elsewhere",
            branch=own.branch(row["branch_id"]), topic=own.topic(row["topic"]),
            step=view.tell(step_word(str(row["step"]))), worsened=int(row["worsened"]), calls=int(row["calls"]),
            elsewhere=float(row["elsewhere"]),
        )  # fmt: skip
        about = {"branch": str(row["branch_id"]), "topic": own.topic(row["topic"]), "at": str(row["step"])}

        def behind(
            topic: object = row["topic"], branch: object = row["branch_id"], step: object = row["step"]
        ) -> list[str]:
            said = calls[(calls["topic"] == topic) & (calls["branch_id"] == branch) & (calls["turned_step"] == step)]
            return [str(ticket) for ticket in said["ticket_id"].dropna().unique()]

        findings.append(Finding(sentence, view.say("weak points of service"), about, behind))
    _show(view, findings, "voice")


def _show(view: View, findings: Sequence[Finding], key: str) -> None:
    if view.present:
        return
    for number, finding in enumerate(findings):
        if not view.scope.may_enter(finding.about.get("branch") or None):
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"finding_{key}_{number}"):
            st.markdown(f"▲ {plain(finding.sentence)}", width="stretch")
            put_on_list(view, finding, f"{key}_{number}")


def _replies(own: CauseView) -> list[Finding]:
    say, answer = own.view.say, replies(own.asked)
    findings = []
    for row in answer.divergence.apart.head(MOST_SHOWN).to_dict("records"):
        question, branch, position = str(row["question_key"]), str(row["branch_id"]), row["position"]
        sentence = say(
            "{name}, {branch}: {said} of {replies} replies on “{question}” say “{position}”, {other:.0%} elsewhere",
            name=own.asked.complaint_class, branch=own.named(branch), said=row["said"], replies=row["replies"],
            question=question, position=shortened(position), other=row["elsewhere_share"],
        )  # fmt: skip

        def behind(question: str = question, branch: str = branch, position: object = position) -> list[str]:
            given = reply_tickets(own.asked, answer, question, branch)
            return [str(ticket) for ticket in given.loc[given["position"] == position, "ticket_id"]]

        about = {"class": own.asked.complaint_class, "branch": branch, "question": question}
        findings.append(Finding(sentence, say("inconsistent replies"), about, behind))
    return findings


def _approvals(own: CauseView) -> list[Finding]:
    say = own.view.say
    findings = []
    for row in approvals(own.asked).apart.head(MOST_SHOWN).to_dict("records"):
        branch, fewer = str(row["branch_id"]), row["granted"] <= row["expected"]
        sentence = say(
            "{name}, {branch}: grants {granted} of {requested} requests where the same mix elsewhere gets "
            "{expected:.0f}",
            name=own.asked.complaint_class, branch=own.named(branch), granted=row["granted"],
            requested=row["requested"], expected=row["expected"],
        )  # fmt: skip

        def behind(branch: str = branch, fewer: bool = bool(fewer)) -> list[str]:
            decided = tickets(own.asked, "approvals", branch=branch)
            unlike = decided["approval_granted"].astype(bool) != fewer
            return [str(ticket) for ticket in decided.loc[unlike, "ticket_id"]]

        about = {"class": own.asked.complaint_class, "branch": branch}
        findings.append(Finding(sentence, say("inconsistent approvals"), about, behind))
    return findings


def _balance(own: CauseView) -> list[Finding]:
    say = own.view.say
    apart = balance(own.asked).apart
    findings = []
    for row in apart[apart["customers"] > apart["expected"]].head(MOST_SHOWN).to_dict("records"):
        branch = str(row["branch_id"])
        sentence = say(
            "{name}, {branch}: {customers} customers where its loan balance stands for {expected:.0f}",
            name=own.asked.complaint_class, branch=own.named(branch), customers=row["customers"],
            expected=row["expected"],
        )  # fmt: skip

        def behind(branch: str = branch) -> list[str]:
            return [str(ticket) for ticket in tickets(own.asked, "customers", branch=branch)["ticket_id"]]

        about = {"class": own.asked.complaint_class, "branch": branch}
        findings.append(Finding(sentence, say("complaints beyond the loan balance"), about, behind))
    return findings


def _demands(own: CauseView) -> list[Finding]:
    view, found = own.view, demands(own.asked)
    if not found.differs:
        return []
    chosen = unreasonable_demands(own.asked)

    def behind() -> list[str]:
        listed = tickets(own.asked, "rounds", demands=chosen)
        return [str(ticket) for ticket in listed.loc[listed["first_outcome"] == "not_agreed", "ticket_id"]]

    sentence = view.say(
        "{name}: unreasonable demands, {count} of {tickets} tickets, end not agreed more often",
        name=own.asked.complaint_class, count=found.unreasonable, tickets=found.tickets,
    )  # fmt: skip
    return [Finding(sentence, view.say("unreasonable demands"), {"class": own.asked.complaint_class}, behind)]
