"""管控曲线: does the allowance last? The actual against the cumulative threshold of one class and year."""

import streamlit as st

from analytics.calendar import calendar_known
from analytics.evaluation import Evaluation
from analytics.sentence import percent
from answers.class_year import ClassYear, class_year
from answers.evidence import Standing, standing, stands_ready
from charts.look import Mode
from charts.threshold import LEVEL_WORDS, Outlook, threshold_figure
from charts.threshold_caption import Provenance, position_caption, threshold_caption, week_number
from charts.weekly_table import csv_table, screen_table
from texts import Message
from ui.chart import show_chart, show_picture
from ui.evidence import evidence_table, warning_sentence
from ui.exports import table_download
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


def headline(answer: ClassYear, evaluation: Evaluation | None) -> None:
    """Show the four figures; the third waits for the evidence."""
    result, fcr = answer.threshold, answer.fcr
    used, now, year_end, resolved = st.columns(4)
    with used:
        st.metric(
            say("Not agreed so far / allowed"),
            f"{result.actual} / {answer.plan.budget}",
            help=say("Customers whose first round ended not agreed this year, each counted once."),
        )
        st.caption(say("{open} tickets still open", open=answer.open_tickets))
    with now:
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
    with year_end:
        if evaluation is None:
            st.metric(say("Breach probability"), "…")
            st.caption(say("being worked out"))
        elif evaluation.small is not None:
            st.metric(
                say("Chance that the year holds"),
                view.tell(percent(evaluation.small.p_ok)),
                help=say("From the open cases and the customers still expected; a small base has no alarm on rates."),
            )
            st.caption(say("{left} left, {open} open", left=evaluation.small.left, open=evaluation.open_cases))
        else:
            chance = evaluation.breach_probability
            st.metric(
                say("Breach probability"),
                "–" if chance is None else view.tell(percent(chance)),
                help=say("The chance that the year's total exceeds the allowance, given the data so far."),
            )
            limits = evaluation.limits
            st.caption(say("amber from {amber:.0%}, red from {red:.0%}", amber=limits.amber, red=limits.red))
    with resolved:
        st.metric(
            say("First-contact resolution"),
            "–" if fcr.rate is None else f"{fcr.rate:.1%}",
            help=say("Agreed among customers whose outcome is recorded; open cases are in neither number."),
        )
        st.caption(say("{agreed} of {decided} decided", agreed=fcr.decided - fcr.not_agreed, decided=fcr.decided))


def provenance_of(answer: ClassYear) -> Provenance:
    known = view.store.read("freshness", view.scope, view.as_of).iloc[0]
    return Provenance(
        demo=view.demo,
        plan_version=answer.plan.version,
        plan_from=answer.plan.valid_from,
        reading=answer.plan.reading,
        data_through=known["data_through"].date(),
    )


def mode() -> Mode:
    if view.present:
        return "present_dark" if view.dark else "present"
    return "dark" if view.dark else "light"


def first_picture(answer: ClassYear) -> None:
    """Draw the position at once; the evidence follows."""
    caption = position_caption(answer.complaint_class, answer.threshold, answer.fcr, provenance_of(answer))
    show_picture(view, threshold_figure(answer.threshold, caption, view.language, mode()))


def main_picture(shown: Standing) -> None:
    answer, evaluation = shown.answer, shown.evaluation
    result = answer.threshold
    caption = threshold_caption(answer.complaint_class, result, evaluation, answer.fcr, provenance_of(answer))
    outlook = Outlook(shown.corridor, shown.projection and shown.projection.weeks, evaluation.limits.corridor)
    week = week_number(result, result.as_of) if result.as_of is not None else 1
    show_chart(
        view,
        threshold_figure(result, caption, view.language, mode(), outlook),
        lambda: threshold_figure(result, caption, view.language, "print", outlook),
        lambda: csv_table(result, evaluation),
        name=[answer.complaint_class, say("threshold curve"), f"{answer.year}W{week:02d}"],
        key="threshold_chart",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
    )


def basis_note(shown: Standing) -> None:
    answer = shown.answer
    forecast = answer.forecast
    st.caption(
        say(
            "Threshold: the allowance of {budget} spread by the forecast of {customers:.0f} complaining customers "
            "({low:.0f}–{high:.0f} with 80%), shifted by {delay:.0f} days to the outcome; dotted: last year's weeks. "
            "{received} tickets received, {merged} repeats merged.",
            budget=answer.plan.budget,
            customers=forecast.customers,
            low=forecast.low,
            high=forecast.high,
            delay=forecast.mean_delay,
            received=answer.received,
            merged=answer.merged,
        )
    )
    if len(answer.versions) > 1:
        st.caption(
            say(
                "The plan was changed during the year: {versions}. Each version moves only the days from its date on.",
                versions="; ".join(f"v{p.version} {p.valid_from}: {p.budget}" for p in answer.versions),
            )
        )
    if not calendar_known(answer.year):
        unpublished = say(
            "Holidays of {year} are not published yet; fixed and lunar holidays are shown.", year=answer.year
        )
        st.caption(unpublished)


@st.fragment
def weekly_table(shown: Standing) -> None:
    answer, evaluation = shown.answer, shown.evaluation
    result = answer.threshold
    st.subheader(say("Week by week"))
    table = screen_table(result, evaluation, view.language)
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
            "breach": say("Breach probability"),
            "alarm": say("Alarms"),
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
        view,
        csv_table(result, evaluation),
        [answer.complaint_class, say("weekly table"), str(answer.year)],
        key="weekly_csv",
    )
    chosen = event.selection.rows
    row = result.weeks.iloc[chosen[0] if chosen else max(now, 0)]
    if row["state"] != "to_come":
        tickets_of_week(view, answer, row["week_start"].date(), row["week_end"].date())


def trial_note(answer: ClassYear) -> None:
    st.info(
        say(
            "No plan is decided for {name} in {year}. Shown on trial: {budget} customers, last year's share.",
            name=answer.complaint_class,
            year=answer.year,
            budget=answer.plan.budget,
        ),
        icon=":material/science:",
    )


def page(complaint_class: str) -> None:
    """Show the position at once, and the evidence as soon as it is worked out."""
    asked = (view.store, view.scope, complaint_class, view.year, view.as_of)
    above, picture = st.empty(), st.empty()
    if not stands_ready(*asked):
        answer = class_year(*asked)
        if answer is not None:
            if not view.present:
                with above.container():
                    st.info(say("The evidence is being worked out."), title="…")
                    headline(answer, None)
            with picture.container():
                first_picture(answer)
    shown = standing(*asked)
    if shown is None:
        nothing_to_show()
        return
    if not view.present:
        with above.container():
            if shown.answer.is_trial:
                trial_note(shown.answer)
            warning_sentence(view, shown.evaluation)
            headline(shown.answer, shown.evaluation)
    with picture.container():
        main_picture(shown)
    if not view.present:
        basis_note(shown)
        st.subheader(say("Why this warning, and why no other"))
        evidence_table(view, shown.evaluation, [shown.answer.complaint_class, say("evidence"), str(shown.answer.as_of)])
        weekly_table(shown)


if not view.present:
    st.title(say("Will the allowance last?"))
if view.complaint_class is None:
    nothing_to_show()
else:
    page(view.complaint_class)
