"""One branch: its weeks, causes, channels, handling path, what was decided about it, its tickets."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analytics.branch_findings import BranchFindings
from analytics.handling import step_summary
from analytics.letter_number import called
from answers.branches import BranchAnswer
from answers.case_file import mention_steps
from answers.causes import Asked
from answers.handling import HandlingAnswer, handled_tickets
from answers.quotas import quotas
from charts.branch_weeks import branch_weeks_figure
from charts.branch_words import VERDICTS, given, signed
from charts.case_words import STEP_WORDS
from charts.threshold import Caption
from data.ledger import Entry, entries, standing
from texts import N_, Message
from ui.branch_frame import NOT_TOLD, clicked, mode, source
from ui.chart import show_chart
from ui.handling_path import late_dispatch_tickets, steps_table
from ui.heading import subheader
from ui.parts import choosable_rows
from ui.pickers import set_focus
from ui.plain import plain
from ui.process_map import process_map, transitions_table
from ui.table import show_table
from ui.view import View


def branch_header(view: View, shown: BranchAnswer, branch: str) -> None:
    """Show which branch this is, the way back, and the way to another one."""
    say = view.say
    if view.scope.branch_id is not None:
        subheader(plain(shown.branch(branch)))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            say("All branches"),
            icon=":material/arrow_back:",
            key="all_branches",
            on_click=set_focus,
            kwargs={"branch": None, "cause": None, "channel": None, "week": None, "mark": None},
        )
        ids = list(shown.branch_ids)
        st.session_state["branch_picker"] = branch
        st.selectbox(
            say("Branch"),
            ids if branch in ids else [branch, *ids],
            format_func=shown.branch,
            key="branch_picker",
            label_visibility="collapsed",
            on_change=lambda: set_focus(branch=st.session_state["branch_picker"], week=None, mark=None),
            width=320,
        )


def branch_figures(view: View, shown: BranchAnswer, found: BranchFindings, branch: str) -> None:
    """Show the branch's figures beside what its causes and channels lead one to expect."""
    say = view.say
    units = found.branches.units
    row = units[units["branch_id"] == branch].iloc[0]
    now = shown.by_branch[shown.by_branch["branch_id"] == branch]
    fcr, against, year, verdict = st.columns(4)
    fcr.metric(
        say("First-contact resolution"),
        f"{1 - row['rate']:.1%}",
        help=say("{period}; agreed ÷ decided customers", period=found.period),
    )
    fcr.caption(
        say(
            "{agreed} of {decided} decided (95%: {low:.0%}–{high:.0%})",
            agreed=row["decided"] - row["not_agreed"],
            decided=row["decided"],
            low=1 - row["high"],
            high=1 - row["low"],
        )
    )
    against.metric(say("Not agreed / expected"), f"{row['not_agreed']} / {row['expected']:.1f}")
    against.caption(say("expected from its causes and channels, as at the other branches"))
    year.metric(
        say("This year beyond the plan"),
        signed(float(now["excess"].iloc[0])) if len(now) else "–",
        help=say("Customers not agreed this year minus those that its customers mean at the plan's rate."),
    )
    if len(now):
        line = now.iloc[0]
        year.caption(
            say(
                "{not_agreed} of {decided}; 95%: {low} to {high}",
                not_agreed=line["not_agreed"],
                decided=line["decided"],
                low=signed(line["low"]),
                high=signed(line["high"]),
            )
        )
    with verdict:
        st.markdown("**" + say("Judgement") + "**")
        st.markdown(view.tell(Message(VERDICTS[row["verdict"]])))


def branch_quota(view: View, shown: BranchAnswer, branch: str) -> None:
    """Show the branch's quota of complaining customers by loan balance, where balances are known."""
    answer = shown.answer
    found = quotas(Asked(view.store, view.scope, answer.complaint_class, answer.year, answer.as_of), "customers")
    if found is None:
        return
    own = found.table[found.table["branch_id"] == branch]
    if own.empty:
        return
    row = own.iloc[0]
    st.caption(
        view.say(
            "Quota of complaining customers by its loan balance of {balance:.1f} hundred million yuan: {quota} "
            "in the year, "
            "{to_date:.1f} up to {day}; {actual} came.",
            balance=row["balance"] / 1e8,
            quota=int(row["quota"]),
            to_date=row["to_date"],
            day=view.as_of,
            actual=int(row["actual"]),
        )
    )


def branch_parts(view: View, found: BranchFindings, branch: str) -> None:
    """Show the branch's causes and channels with their counts; choosing a cause narrows the tickets below."""
    say = view.say
    causes, channels = st.columns([2, 1])
    with causes:
        units = found.branch_causes.units
        own = units[units["branch_id"] == branch].reset_index(drop=True)
        choosable_rows(
            pd.DataFrame(
                {
                    "cause": [view.tell(given(str(cause))) for cause in own["cause"]],
                    "count": [f"{row.not_agreed}/{row.decided}" for row in own.itertuples()],
                    "expected": own["expected"].round(1),
                    "verdict": [view.tell(Message(VERDICTS[verdict])) for verdict in own["verdict"]],
                }
            ),
            *_narrowing(view, "cause", own["cause"]),
            key=f"branch_causes_{branch}",
            column_config={
                "cause": say("Cause"),
                "count": say("Not agreed / decided"),
                "expected": say("Expected"),
                "verdict": say("Beyond chance?"),
            },
            alt=say("Causes at this branch"),
        )
    with channels:
        cells = found.cells[found.cells["branch_id"] == branch]
        by_channel = cells.groupby("channel")[["decided", "not_agreed", "expected"]].sum().reset_index()
        by_channel = by_channel.sort_values("decided", ascending=False, ignore_index=True)
        choosable_rows(
            pd.DataFrame(
                {
                    "channel": [view.tell(given(str(channel))) for channel in by_channel["channel"]],
                    "count": [f"{row.not_agreed}/{row.decided}" for row in by_channel.itertuples()],
                    "expected": by_channel["expected"].round(1),
                }
            ),
            *_narrowing(view, "channel", by_channel["channel"]),
            key=f"branch_channels_{branch}",
            column_config={
                "channel": say("Channel"),
                "count": say("Not agreed / decided"),
                "expected": say("Expected"),
            },
            alt=say("Channels at this branch"),
        )


def _narrowing(view: View, name: str, values: pd.Series) -> tuple[list[str], str | None, Callable[[str | None], None]]:
    """Give what `choosable_rows` needs for a table whose rows narrow the tickets to a cause or channel."""
    keys = [str(value) or NOT_TOLD for value in values]
    return keys, view.focus.get(name), lambda chosen: set_focus(**{name: chosen, "mark": None})


def branch_weeks(view: View, shown: BranchAnswer, branch: str) -> None:
    """Show the branch's weeks of this year; a click narrows the tickets below."""
    weeks = shown.weeks[shown.weeks["branch_id"] == branch]
    if weeks.empty:
        st.caption(view.say("Nobody of this branch is decided this year."))
        return
    caption = Caption(
        finding=Message(
            N_("{branch}: {not_agreed} of {decided} decided customers not agreed in {year}"),
            {
                "branch": shown.branch(branch),
                "not_agreed": int(weeks["not_agreed"].sum()),
                "decided": int(weeks["decided"].sum()),
                "year": shown.answer.year,
            },
        ),
        figures=Message(
            N_("{complaint_class}, by week of the outcome, as of {as_of} · so few a week are counts, not rates"),
            {"complaint_class": shown.answer.complaint_class, "as_of": str(view.as_of)},
        ),
        source=source(view, shown),
    )
    chosen = view.focus.get("week")
    show_chart(
        view,
        branch_weeks_figure(weeks, chosen, caption, view.language, mode(view)),
        lambda: branch_weeks_figure(weeks, None, caption, view.language, "print"),
        lambda: weeks,
        name=[shown.answer.complaint_class, shown.branch(branch), view.say("weeks"), str(view.as_of)],
        key="branch_weeks",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=clicked("branch_weeks", {"week": 0}, mark=None),
    )


def branch_handling(view: View, shown: BranchAnswer, handling: HandlingAnswer, branch: str) -> None:
    """Show how this branch's tickets were handled."""
    tickets = handled_tickets(view.store, view.scope, shown, branch)
    if tickets.empty:
        return
    name = [shown.answer.complaint_class, shown.branch(branch), view.say("waits")]
    steps_table(view, shown, handling, step_summary(tickets, handling.limits), name, key="branch_steps", branch=branch)
    late_dispatch_tickets(view, shown, branch)
    process_map(view, shown, handling, branch)
    transitions_table(view, shown, handling, branch)


def branch_decisions(view: View, shown: BranchAnswer, branch: str) -> None:
    """Show what was entered about this branch, newest first."""
    say = view.say
    kept = [e for e in standing(entries(view.store, view.scope, view.as_of)) if e.branch_id == branch]
    if not kept:
        st.caption(say("Nothing has been entered about this branch up to {day}.", day=view.as_of))
        return
    show_table(
        pd.DataFrame(
            {
                "day": [entry.on_day for entry in reversed(kept)],
                "who": [entry.who for entry in reversed(kept)],
                "step": [_step(view, entry) for entry in reversed(kept)],
                "what": [step.text for step in reversed(mention_steps(kept))],
                "subject": [view.tell(called(entry.subject)) for entry in reversed(kept)],
            }
        ),
        column_config={
            "day": say("Day"),
            "who": say("By"),
            "step": say("Step"),
            "what": st.column_config.TextColumn(say("What was entered"), width="large"),
            "subject": say("About"),
        },
        alt=say("What was decided about {branch}", branch=shown.branch(branch)),
    )


def _step(view: View, entry: Entry) -> str:
    """Say what kind of entry this is; of a case's step which step."""
    of_case = {"case_step": str(entry.body.get("step", "")), "case_assign": "assigned", "case_extension": "extension"}
    kind = of_case.get(entry.kind, entry.kind)
    return view.tell(Message(STEP_WORDS[kind])) if kind in STEP_WORDS else view.say("entry")
