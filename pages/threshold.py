"""管控曲线: does the allowance last? The actual against the cumulative threshold of one class and year."""

import streamlit as st

from analytics.calendar import calendar_known
from answers.class_year import ClassYear, class_year
from charts.look import Mode
from charts.threshold import LEVEL_WORDS, threshold_figure
from charts.threshold_caption import Provenance, threshold_caption, week_number
from charts.weekly_table import csv_table, screen_table
from texts import Message
from ui.chart import show_chart
from ui.exports import table_download
from ui.plan_form import plan_form
from ui.states import empty_state
from ui.tickets import tickets_of_week
from ui.view import current_view

view = current_view()
say = view.say


def nothing_to_show() -> None:
    empty_state(
        view,
        say("There are no customers of this class in this year or the one before."),
        say("Choose another class or year, or bring in a ticket export on the data screen."),
        None,
    )


def headline(answer: ClassYear) -> None:
    result, fcr = answer.threshold, answer.fcr
    left, middle, right, last = st.columns(4)
    with left:
        st.metric(
            say("Not agreed so far / allowed"),
            f"{result.actual} / {answer.plan.budget}",
            help=say("Customers whose first round ended not agreed this year, each counted once."),
        )
    with middle:
        ratio = "–" if result.position is None else f"{result.position.ratio:.0%}"
        level = "" if result.position is None else view.tell(Message(LEVEL_WORDS[result.position.level]))
        st.metric(
            say("Threshold today"),
            f"{result.threshold_now:.1f}",
            help=say(
                "Cumulative threshold on {day}; near from {near:.0%}, over above {over:.0%}.",
                day=view.as_of,
                near=answer.plan.near,
                over=answer.plan.over,
            ),
        )
        st.caption(say("{ratio} used · {level}", ratio=ratio, level=level))
    with right:
        st.metric(
            say("First-contact resolution"),
            "–" if fcr.rate is None else f"{fcr.rate:.1%}",
            help=say("Agreed among customers whose outcome is recorded; open cases are in neither number."),
        )
        st.caption(say("{agreed} of {decided} decided", agreed=fcr.decided - fcr.not_agreed, decided=fcr.decided))
    with last:
        st.metric(say("Tickets still open"), answer.open_tickets)
        st.caption(say("{received} received, {merged} repeats merged", received=answer.received, merged=answer.merged))


def basis_note(answer: ClassYear) -> None:
    notes = {
        "last_year": say("The threshold spreads the allowance by last year's weekly shares of complaining customers."),
        "part_of_last_year": say(
            "Last year is known in part only: weeks without data take the mean of the known ones."
        ),
        "even": say("Nothing is known of last year: the allowance is spread evenly over the days."),
        "versions": say("The plan was changed during the year: each version moves only the days from its date on."),
    }
    st.caption(notes[answer.threshold.split.basis])
    if not calendar_known(answer.year):
        st.caption(
            say("Holidays of {year} are not published yet; fixed and lunar holidays are shown.", year=answer.year)
        )


def main_picture(answer: ClassYear) -> None:
    result = answer.threshold
    known = view.store.read("freshness", view.scope, view.as_of).iloc[0]
    provenance = Provenance(
        demo=view.demo,
        plan_version=answer.plan.version,
        plan_from=answer.plan.valid_from,
        reading=answer.plan.reading,
        data_through=known["data_through"].date(),
    )
    caption = threshold_caption(answer.complaint_class, result, answer.fcr, provenance)
    mode: Mode = ("present_dark" if view.dark else "present") if view.present else ("dark" if view.dark else "light")
    week = week_number(result, result.as_of) if result.as_of is not None else 1
    show_chart(
        view,
        threshold_figure(result, caption, view.language, mode),
        lambda: threshold_figure(result, caption, view.language, "print"),
        lambda: csv_table(result),
        name=[answer.complaint_class, say("threshold curve"), f"{answer.year}W{week:02d}"],
        key="threshold_chart",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
    )


@st.fragment
def weekly_table(answer: ClassYear) -> None:
    result = answer.threshold
    st.subheader(say("Week by week"))
    table = screen_table(result, view.language)
    now = int((result.weeks["state"] != "to_come").sum()) - 1
    event = st.dataframe(
        table,
        hide_index=True,
        height=430,
        on_select="rerun",
        selection_mode="single-row",
        key=f"weeks_{answer.complaint_class}_{answer.year}",
        column_config={
            "week": say("Week"),
            "days": say("Days"),
            "customers": say("Customers complaining"),
            "not_agreed": say("Not agreed"),
            "cumulative": say("Not agreed so far"),
            "allocation": say("Allocation of the week"),
            "threshold": say("Cumulative threshold"),
            "position": say("Position"),
        },
        alt=say("Weekly table of {name} {year}", name=answer.complaint_class, year=answer.year),
    )
    st.caption(
        say(
            "Whole customers on screen; the weeks sum to the allowance of {budget}. The CSV has the exact fractions. "
            "Choose a week to see its tickets.",
            budget=answer.plan.budget,
        )
    )
    table_download(
        view, csv_table(result), [answer.complaint_class, say("weekly table"), str(answer.year)], key="weekly_csv"
    )
    chosen = event.selection.rows
    row = result.weeks.iloc[chosen[0] if chosen else max(now, 0)]
    if row["state"] != "to_come":
        tickets_of_week(view, answer, row["week_start"].date(), row["week_end"].date())


answer = (
    class_year(view.store, view.scope, view.complaint_class, view.year, view.as_of) if view.complaint_class else None
)
if not view.present:
    st.title(say("Will the allowance last?"))
if answer is None:
    nothing_to_show()
else:
    if answer.is_trial:
        st.info(
            say(
                "No plan is decided for {name} in {year}. Shown on trial: {budget} customers, last year's share.",
                name=answer.complaint_class,
                year=answer.year,
                budget=answer.plan.budget,
            ),
            icon=":material/science:",
        )
    if not view.present:
        headline(answer)
    main_picture(answer)
    if not view.present:
        basis_note(answer)
        plan_form(view, answer)
        weekly_table(answer)
