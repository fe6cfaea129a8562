"""Section of the voice screen: which open tickets will most likely end not agreed, and why."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.risk.trial import LEAST_DECIDED, LEAST_NOT_AGREED
from charts.risk_bars import reliability_figure, risk_figure, risk_rows
from charts.voice_captions import reliability_caption, risk_caption
from charts.voice_words import model_sentence, trial_sentence
from ui.chart import show_chart
from ui.heading import subheader
from ui.parts import choice_in_address
from ui.pickers import set_focus
from ui.plain import plain
from ui.states import empty_state
from ui.tickets import ticket_table
from ui.voice_frame import VoiceView

SHOWN = 200  # tickets in the table; the CSV of the picture has all


def risk_section(own: VoiceView) -> None:
    """Show the riskiest open tickets with their reasons, and how well such risks came true."""
    view, say = own.view, own.view.say
    if own.risks.empty:
        empty_state(
            view,
            say("No ticket is open on this day."),
            say("Open tickets appear as soon as a ticket export brings them in."),
        )
        return
    if own.basis.refusal is None:
        risk_chart(own)
    else:
        st.info(view.tell(own.basis.refusal), icon=":material/info:")
    if view.present:
        return
    rows = risk_rows(own.risks, view.language)
    only = choice_in_address(
        say("Classes"),
        {"all": say("all classes"), "own": say("only {name}", name=plain(view.complaint_class or ""))},
        "only",
        "all",
        label_visibility="collapsed",
    )
    if only == "own":
        rows = rows[rows["complaint_class"] == view.complaint_class]
    table = rows.head(SHOWN).assign(branch_id=rows["branch_id"].map(own.branch))
    table = table.assign(risk=(100 * table["risk"]).round(), class_rate=(100 * table["class_rate"]).round())
    order = ["ticket_id", "complaint_class", "risk", "class_rate", "reasons", "branch_id", "received_at", "channel"]
    ticket_table(
        view,
        table[[*order, "cause", "demand", "amount", "customer_id"]],
        own.file_name(say("open tickets by risk")),
        key="voice_risk_tickets",
        alt=say("Open tickets, riskiest first"),
        more={
            "complaint_class": say("Complaint class"),
            "risk": say("Risk (%)"),
            "class_rate": say("Class rate (%)"),
            "reasons": say("Why"),
        },
    )
    if len(rows) > SHOWN:
        st.caption(say("The {shown} riskiest of {all} open tickets.", shown=SHOWN, all=len(rows)))
    model_quality(own)


def risk_chart(own: VoiceView) -> None:
    """Show the riskiest tickets as a picture; a click opens the ticket's case."""
    view, say = own.view, own.view.say
    rows = risk_rows(own.risks, view.language)
    caption = risk_caption(own.risks, own.basis.model, own.basis.refusal, own.source)
    event = show_chart(
        view,
        risk_figure(rows, caption, view.language, own.mode),
        lambda: risk_figure(rows, caption, view.language, "print"),
        lambda: rows,
        name=own.file_name(say("open tickets by risk")),
        key=f"voice_risk_{view.as_of}",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select="rerun",
    )
    ticket = _clicked(event)
    if isinstance(ticket, str) and not view.present:
        set_focus(ticket=ticket)
        st.switch_page("pages/cases.py")
    if not view.present:
        st.caption(say("A click on a bar opens the ticket's case."))


def _clicked(event: Any) -> Any:
    points = [] if event is None else event.selection.points
    data = points[0].get("customdata") if points else None
    return data[0] if isinstance(data, list | tuple) and data else data


def model_quality(own: VoiceView) -> None:
    """Show how the model of risk did on later tickets than it had learnt from."""
    view, say = own.view, own.view.say
    model = own.basis.model
    subheader(say("Can these risks be trusted?"))
    if model is None:
        st.markdown(
            say(
                "A model is trained once a month from the bank's own decided tickets, by itself while the product "
                "runs, or by `python -m answers train`; it takes {decided} decided tickets, "
                "{not_agreed} of them not agreed.",
                decided=LEAST_DECIDED,
                not_agreed=LEAST_NOT_AGREED,
            )
        )
        return
    st.markdown(view.tell(model_sentence(model)))
    if model.trial is None:
        return
    st.markdown(view.tell(trial_sentence(model.trial)))
    caption = reliability_caption(model.trial, own.source)
    trial = model.trial
    show_chart(
        view,
        reliability_figure(trial, caption, view.language, own.mode),
        lambda: reliability_figure(trial, caption, view.language, "print"),
        lambda: reliability_table(own),
        name=own.file_name(say("calibration of risk")),
        key="voice_reliability",
        alt=view.tell(caption.finding),
    )
    st.caption(
        say(
            "Each test predicts tickets from what was decided before them. A model that does not beat the class rate "
            "is not used. The mean squared error is the distance between chance and outcome, squared: lower is better."
        ),
        help=say("Statisticians call the three figures Brier score, area under the curve (AUC) and calibration error."),
    )


def reliability_table(own: VoiceView) -> pd.DataFrame:
    """Give the points of the picture."""
    trial = own.basis.model.trial if own.basis.model else None
    return pd.DataFrame(trial.bins if trial else [], columns=["said", "happened", "tickets"])
