"""The handling path on the screen: waits against limits, late dispatch, paths, the map of steps."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.funnel import JUDGED_FROM
from analytics.handling import PATHS, path_marks
from analytics.step_limits import STEP_LIMITS, StepLimit
from answers.branches import BranchAnswer
from answers.handling import HandlingAnswer, handled_tickets, tickets_of_transition
from charts.branch_captions import dispatch_caption, process_map_caption
from charts.funnel import funnel_csv, funnel_figure
from charts.process_map import process_map_figure, step_name
from texts import N_, Message
from ui.branch_frame import clicked, mode, source
from ui.chart import show_chart
from ui.exports import table_download
from ui.tickets import ticket_table
from ui.view import View

LATE = Message(N_("share dispatched late"))
TICKETS = Message(N_("tickets"))
TICKET_COLUMNS = [
    "ticket_id",
    "customer_id",
    "branch_id",
    "channel",
    "cause",
    "received_at",
    "dispatched_at",
    "dispatch_wait",
    "first_outcome",
    "first_outcome_at",
    "closed_at",
    "rounds",
    "returned",
]


def limit_words(view: View, limit: StepLimit) -> str:
    """Write a limit with its unit."""
    if limit.unit == "days":
        return view.say("{days:g} days", days=limit.limit)
    return view.say("{hours:g} working hours", hours=limit.limit)


def steps_table(view: View, steps: pd.DataFrame, name: list[str], key: str) -> None:
    """Show how long each step took against its limit."""
    say = view.say
    shown = pd.DataFrame(
        {
            "step": [view.tell(STEP_LIMITS[step].name) for step in steps["step"]],
            "limit": [limit_words(view, STEP_LIMITS[step]) for step in steps["step"]],
            "late": [f"{row.late} / {row.tickets}" for row in steps.itertuples()],
            "share": [
                "–" if not row.tickets else f"{row.share:.1%} ({row.low:.0%}–{row.high:.0%})"
                for row in steps.itertuples()
            ],
            "median": [_duration(view, row.median, row.unit) for row in steps.itertuples()],
            "ninth": [_duration(view, row.ninth, row.unit) for row in steps.itertuples()],
            "open_late": steps["open_late"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        column_config={
            "step": say("Step"),
            "limit": say("Limit"),
            "late": say("Over the limit / known"),
            "share": say("Share (95%)"),
            "median": say("Half within"),
            "ninth": say("Nine of ten within"),
            "open_late": say("Late and still waiting"),
        },
        alt=say("Waits by step"),
    )
    sources = "; ".join(f"{view.tell(limit.name)}: {view.tell(limit.source)}" for limit in STEP_LIMITS.values())
    st.caption(
        say("Working hours: 9:00 to 17:30 on working days, 调休 counted.")
        + " "
        + say("Limits: {sources}.", sources=sources)
    )
    table_download(view, steps, name, key=f"{key}_csv")


def _duration(view: View, value: float, unit: str) -> str:
    if pd.isna(value):
        return "–"
    return view.say("{value:.1f} days", value=value) if unit == "days" else view.say("{value:.1f} hours", value=value)


def dispatch_chart(view: View, shown: BranchAnswer, handling: HandlingAnswer) -> None:
    """Show which branches' tickets are dispatched late (R07)."""
    answer, compared = shown.answer, handling.dispatch
    if compared.units.empty:
        st.info(view.say("The tickets do not say when they were dispatched."), icon=":material/info:")
        return
    caption = dispatch_caption(
        answer.complaint_class, compared, shown.branch, STEP_LIMITS["dispatch"].limit, view.as_of, source(view, shown)
    )
    arguments = compared, shown.branch, caption, view.language
    show_chart(
        view,
        funnel_figure(*arguments, mode(view), rate=LATE, size=TICKETS),
        lambda: funnel_figure(*arguments, "print", rate=LATE, size=TICKETS),
        lambda: funnel_csv(compared, shown.branch, view.language).rename(
            columns={"decided": "tickets", "not_agreed": "late"}
        ),
        name=[answer.complaint_class, view.say("late dispatch"), str(view.as_of)],
        key="dispatch",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=clicked("dispatch", {"branch": 0}),
    )


@st.fragment
def late_tickets(view: View, shown: BranchAnswer, branch: str | None = None) -> None:
    """Show the tickets that were dispatched late, those still lying there first."""
    say = view.say
    tickets = handled_tickets(view.store, view.scope, shown, branch)
    late = tickets[tickets["dispatch_late"].fillna(False).astype(bool)]
    late = late.sort_values(["dispatch_open", "received_at"], ascending=False, kind="stable")
    lying = int(late["dispatch_open"].sum())
    with st.expander(
        say("{late} tickets dispatched late, {lying} of them not dispatched yet", late=len(late), lying=lying),
        expanded=lying > 0,
    ):
        if len(late):
            ticket_table(
                view, late[TICKET_COLUMNS], [shown.answer.complaint_class, say("late dispatch")], key="late_tickets"
            )


@st.fragment
def paths_table(view: View, shown: BranchAnswer, handling: HandlingAnswer) -> None:
    """Show which paths end not agreed more often, with the tickets of a chosen one."""
    say, paths = view.say, handling.paths
    table = pd.DataFrame(
        {
            "path": [say(PATHS[path]) for path in paths["path"]],
            "with": [_share(row.with_not_agreed, row.with_decided) for row in paths.itertuples()],
            "without": [_share(row.without_not_agreed, row.without_decided) for row in paths.itertuples()],
            "difference": [
                "–" if pd.isna(row.difference) else f"{row.difference:+.1%} ({row.low:+.1%} … {row.high:+.1%})"
                for row in paths.itertuples()
            ],
            "verdict": [
                say("– fewer than {fewest} customers on one side, cannot be judged", fewest=JUDGED_FROM)
                if row.verdict == "not_judged"
                else view.tell(Message(PATH_VERDICTS[row.verdict]))
                for row in paths.itertuples()
            ],
        }
    )
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="paths",
        column_config={
            "path": say("Path"),
            "with": say("Not agreed, this path"),
            "without": say("Not agreed, other tickets"),
            "difference": say("Difference (95%)"),
            "verdict": say("Beyond chance?"),
        },
        alt=say("Paths and how they end"),
    )
    st.caption(
        say(
            "Decided customers, each at the ticket that decided. It shows what goes together, not what causes what: a "
            "difficult case may both take longer and end badly. Choose a path to see its tickets."
        )
    )
    table_download(view, paths, [shown.answer.complaint_class, say("paths")], key="paths_csv")
    if event.selection.rows:
        row = paths.iloc[event.selection.rows[0]]
        tickets = handled_tickets(view.store, view.scope, shown)
        tickets = tickets[tickets["counted"].astype(bool)]
        went = path_marks(tickets)[str(row["path"])].fillna(False).astype(bool)
        ticket_table(
            view,
            tickets[went][[*TICKET_COLUMNS, "counted"]],
            [shown.answer.complaint_class, say(PATHS[row["path"]])],
            key="path_tickets",
        )


PATH_VERDICTS = {
    "worse": N_("▲ ends not agreed more often"),
    "better": N_("▼ ends not agreed less often"),
    "usual": N_("○ no different beyond chance"),
}


def _share(hits: int, total: int) -> str:
    return f"{hits / total:.1%} ({hits}/{total})" if total else "–"


def process_map(view: View, shown: BranchAnswer, handling: HandlingAnswer, branch: str | None = None) -> None:
    """Show the way of the tickets from step to step."""
    transitions = handling.transitions_of(branch)
    if transitions.empty:
        st.info(view.say("The tickets do not say when their steps were taken."), icon=":material/info:")
        return
    title = (
        shown.answer.complaint_class if branch is None else f"{shown.answer.complaint_class} · {shown.branch(branch)}"
    )
    caption = process_map_caption(title, transitions, view.as_of, source(view, shown))
    show_chart(
        view,
        process_map_figure(transitions, caption, view.language, mode(view)),
        lambda: process_map_figure(transitions, caption, view.language, "print"),
        lambda: transitions.drop(columns="branch_id"),
        name=[shown.answer.complaint_class, view.say("handling path"), *([branch] if branch else []), str(view.as_of)],
        key="process_map",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
    )


@st.fragment
def transitions_table(view: View, shown: BranchAnswer, handling: HandlingAnswer, branch: str | None = None) -> None:
    """Show every transition, rare ones and loops too, with the tickets of a chosen one."""
    say = view.say
    transitions = handling.transitions_of(branch)
    event = st.dataframe(
        pd.DataFrame(
            {
                "step": [view.tell(step_name(step)) for step in transitions["step"]],
                "next_step": [
                    view.tell(step_name(row.next_step)) + (" ↻" if row.step == row.next_step else "")
                    for row in transitions.itertuples()
                ],
                "transitions": transitions["transitions"],
                "tickets": transitions["tickets"],
                "median_hours": transitions["median_hours"].round(1),
            }
        ),
        hide_index=True,
        height=250,
        on_select="rerun",
        selection_mode="single-row",
        key=f"transitions_{branch}",
        column_config={
            "step": say("From step"),
            "next_step": say("To step"),
            "transitions": say("Times"),
            "tickets": say("Tickets"),
            "median_hours": say("Half within (hours of the clock)"),
        },
        alt=say("Transitions between steps"),
    )
    if event.selection.rows:
        row = transitions.iloc[event.selection.rows[0]]
        found = tickets_of_transition(view.store, view.scope, shown, str(row["step"]), str(row["next_step"]), branch)
        ticket_table(
            view,
            found,
            [shown.answer.complaint_class, view.tell(step_name(row["step"])), view.tell(step_name(row["next_step"]))],
            key="transition_tickets",
        )
