"""The handling path on the screen: waits against limits, late dispatch, paths, the map of steps."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.funnel import JUDGED_FROM
from analytics.handling import PATHS, path_marks
from analytics.step_limits import Step, StepLimit
from answers.branches import BranchAnswer
from answers.handling import HandlingAnswer, handled_tickets
from charts.branch_captions import dispatch_caption
from charts.branch_words import LATE, TICKETS
from charts.funnel import funnel_figure, late_csv
from texts import N_, Message
from ui.branch_frame import clicked, mode, source
from ui.chart import show_chart
from ui.exports import table_download
from ui.parts import foldable, row_in_address
from ui.tickets import ticket_table
from ui.view import View

TICKET_COLUMNS = [
    "ticket_id",
    "customer_id",
    "branch_id",
    "channel",
    "cause",
    "received_at",
    "dispatched_at",
    "wait",
    "first_outcome",
    "first_outcome_at",
    "closed_at",
    "rounds",
    "returned",
    "counted",
]


def column_words(view: View) -> dict[str, str]:
    """Give what the columns of the handling path are called."""
    say = view.say
    return {
        "dispatched_at": say("Dispatched"),
        "first_contact_at": say("First contact"),
        "first_reply_at": say("First reply"),
        "returned": say("Times sent back"),
        "wait": say("Wait"),
    }


def limit_words(view: View, limit: StepLimit) -> str:
    """Write a limit with its unit."""
    if limit.unit == "days":
        return view.say("{days:g} days", days=limit.limit)
    return view.say("{hours:g} working hours", hours=limit.limit)


@st.fragment
def steps_table(
    view: View,
    shown: BranchAnswer,
    handling: HandlingAnswer,
    steps: pd.DataFrame,
    name: list[str],
    key: str,
    branch: str | None = None,
) -> None:
    """Show how long each step took against its limit, with the late tickets of a chosen step."""
    say = view.say
    table = pd.DataFrame(
        {
            "step": [view.tell(handling.limits[step].name) for step in steps["step"]],
            "limit": [limit_words(view, handling.limits[step]) for step in steps["step"]],
            "late": [
                f"{row.late} / {row.tickets}" if row.tickets else say("no such dates") for row in steps.itertuples()
            ],
            "share": [
                "–" if not row.tickets else f"{row.share:.1%} ({row.low:.0%}–{row.high:.0%})"
                for row in steps.itertuples()
            ],
            "median": [_duration(view, row.median, row.unit) for row in steps.itertuples()],
            "ninth": [_duration(view, row.ninth, row.unit) for row in steps.itertuples()],
            "open_late": steps["open_late"],
        }
    )
    place = row_in_address(
        table,
        steps["step"].tolist(),
        "steps",
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
    sources = "; ".join(f"{view.tell(limit.name)}: {view.tell(limit.source)}" for limit in handling.limits.values())
    notes = [
        say("Choose a step to see its late tickets. Working hours: 9:00 to 17:30 on working days, adjusted ones too."),
        *([whole_days_note(view)] if handling.whole_days else []),
        say("Limits: {sources}.", sources=sources),
    ]
    st.caption(" ".join(notes))
    table_download(view, steps, name, key=f"{key}_csv")
    if place is not None:
        step: Step = steps["step"].iloc[place]
        late = _late_tickets(view, shown, step, branch)
        what = say("over the limit: {step}", step=view.tell(handling.limits[step].name))
        _show_tickets(view, shown, late, what, key=f"{key}_tickets")


def whole_days_note(view: View) -> str:
    """Say what a wait means where the tickets have days and no time of day."""
    return view.say(
        "These tickets give days without a time of day: the same day counts as 0 hours, the next working day as 8.5."
    )


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
        answer.complaint_class,
        compared,
        shown.branch,
        handling.limits["dispatch"].limit,
        view.as_of,
        source(view, shown),
    )
    arguments = compared, shown.branch, caption, view.language
    show_chart(
        view,
        funnel_figure(*arguments, mode(view), rate=LATE, size=TICKETS),
        lambda: funnel_figure(*arguments, "print", rate=LATE, size=TICKETS),
        lambda: late_csv(compared, shown.branch, view.language),
        name=[answer.complaint_class, view.say("late dispatch"), str(view.as_of)],
        key="dispatch",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=clicked("dispatch", {"branch": 0}),
    )


@st.fragment
def late_dispatch_tickets(view: View, shown: BranchAnswer, branch: str | None = None) -> None:
    """Show the tickets that were dispatched late, those still lying there first (R07)."""
    say = view.say
    late = _late_tickets(view, shown, "dispatch", branch)
    lying = int(late["dispatch_open"].sum())
    label = say("{late} tickets dispatched late, {lying} of them not dispatched yet", late=len(late), lying=lying)
    opened = foldable(label, "late", unfolded=lying > 0)
    if opened.open and len(late):
        with opened:
            _show_tickets(view, shown, late, say("late dispatch"), key="late_tickets")


def _late_tickets(view: View, shown: BranchAnswer, step: Step, branch: str | None) -> pd.DataFrame:
    """Give the tickets over a step's limit with their `wait`, those still waited for first."""
    tickets = handled_tickets(view.store, view.scope, shown, branch)
    late = tickets[tickets[f"{step}_late"].fillna(False).astype(bool)]
    late = late.sort_values([f"{step}_open", "received_at"], ascending=False, kind="stable")
    return late.assign(wait=late[f"{step}_wait"].round(1))


def _show_tickets(view: View, shown: BranchAnswer, tickets: pd.DataFrame, what: str, key: str) -> None:
    columns = [column for column in TICKET_COLUMNS if column in tickets]
    name = [shown.answer.complaint_class, what]
    ticket_table(view, tickets[columns], name, key=key, more=column_words(view))


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
    place = row_in_address(
        table,
        paths["path"].tolist(),
        "paths",
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
    if place is not None:
        row = paths.iloc[place]
        tickets = handled_tickets(view.store, view.scope, shown)
        tickets = tickets[tickets["counted"].astype(bool)]
        went = path_marks(tickets)[str(row["path"])].fillna(False).astype(bool)
        _show_tickets(view, shown, tickets[went], say(PATHS[row["path"]]), key="path_tickets")


PATH_VERDICTS = {
    "worse": N_("▲ ends not agreed more often"),
    "better": N_("▼ ends not agreed less often"),
    "usual": N_("○ no different beyond chance"),
}


def _share(hits: int, total: int) -> str:
    return f"{hits / total:.1%} ({hits}/{total})" if total else "–"
