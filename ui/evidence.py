"""The evidence beside the position: the sentence for the meeting, and why each alarm stands or does not."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.alarm import Kind
from analytics.evaluation import Evaluation
from analytics.sentence import sentence, why
from analytics.warned import warned
from charts.warning_words import WORDS
from texts import N_, Message
from ui.exports import table_download
from ui.view import View

QUESTIONS: dict[Kind, str] = {
    "breach_red": N_("Will the year break? Red"),
    "breach_amber": N_("Will the year break? Amber"),
    "shift": N_("Have outcomes worsened?"),
    "volume": N_("Has volume risen?"),
    "position": N_("Is it over its threshold now?"),
}


def warning_sentence(view: View, evaluation: Evaluation) -> None:
    """Show the one sentence to say in the meeting, with the warning's colour, icon and word."""
    text = view.tell(sentence(evaluation))
    kind = warned(evaluation)
    title = view.say(WORDS[kind])
    show = {"exceeded": st.error, "red": st.error, "small_bad": st.warning, "amber": st.warning}.get(kind, st.info)
    show(text, title=title)


def evidence_table(view: View, evaluation: Evaluation, name: list[str]) -> None:
    """Show what was measured for every alarm, against which limit, and since when it stands."""
    say = view.say
    rows = []
    for kind, question in QUESTIONS.items():
        evidence = next(
            e
            for e in (evaluation.red, evaluation.amber, evaluation.shift, evaluation.volume, evaluation.over)
            if e.kind == kind
        )
        stands = say("since week {week}", week=evidence.since) if evidence.stands else say("no")
        rows.append(
            {
                say("Question"): view.tell(Message(question)),
                say("Stands"): stands,
                say("Why"): view.tell(why(evaluation, kind)),
            }
        )
    table = pd.DataFrame(rows)
    st.dataframe(table, hide_index=True, alt=say("The evidence beside the position"))
    st.caption(
        say(
            "The position by itself cries wolf: a process that runs exactly on its plan is over its curve at some time "
            "in nine years of ten. Red and amber are about the year's end, worse outcomes about the handling, more "
            "complaints about volume."
        )
    )
    table_download(view, table, name, key="evidence_csv")
