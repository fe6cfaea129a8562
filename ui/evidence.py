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
from ui.presentation import large_table
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


def evidence_frame(view: View, evaluation: Evaluation) -> pd.DataFrame:
    """Give what was measured for every alarm, against which limit, and since when it stands, in words."""
    say = view.say
    kinds = {
        e.kind: e for e in (evaluation.red, evaluation.amber, evaluation.shift, evaluation.volume, evaluation.over)
    }
    return pd.DataFrame(
        [
            {
                say("Question"): view.tell(Message(question)),
                say("Stands"): say("since week {week}", week=kinds[kind].since) if kinds[kind].stands else say("no"),
                say("Why"): view.tell(why(evaluation, kind)),
            }
            for kind, question in QUESTIONS.items()
        ]
    )


def evidence_table(view: View, evaluation: Evaluation, name: list[str]) -> None:
    """Show the evidence as a table."""
    table = evidence_frame(view, evaluation)
    alt = view.say("The evidence beside the position")
    if view.present:
        large_table(table, alt)
    else:
        st.dataframe(table, hide_index=True, alt=alt)
    st.caption(
        view.say(
            "The position by itself cries wolf: a process that runs exactly on its plan is over its curve at some time "
            "in nine years of ten. Red and amber are about the year's end, worse outcomes about the handling, more "
            "complaints about volume."
        )
    )
    table_download(view, table, name, key="evidence_csv")
