"""Sections of the voice screen: how calls went by week, what was threatened, weak points, what is new."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from analytics.voice.rising import BEFORE_DAYS, FALSE_LOOKS, LONGER_DAYS, RECENT_DAYS
from charts.voice_captions import grid_caption, weeks_caption
from charts.voice_grid import grid_figure
from charts.voice_weeks import weeks_figure
from charts.voice_words import TENDENCY_WORDS, rising_finding, step_word, topic_name, weak_finding
from texts import Message
from ui.chart import show_chart
from ui.exports import table_download
from ui.finding_hazards import weak_points_to_list
from ui.heading import subheader
from ui.parts import foldable
from ui.plain import plain
from ui.presentation import large_table
from ui.table import show_table
from ui.voice_calls import call_list
from ui.voice_frame import VoiceView

EXAMPLES = 3


def weeks_section(own: VoiceView) -> None:
    """Show how calls went by week, and what customers threatened or asked for in the last four weeks."""
    weeks_chart(own)
    if not own.view.present:
        subheader(own.view.say("What do they threaten or demand?"))
        tendencies(own)


def weeks_chart(own: VoiceView) -> None:
    """Show the picture of the weeks."""
    view, say = own.view, own.view.say
    weeks = own.heard.weeks
    caption = weeks_caption(weeks, own.source)
    show_chart(
        view,
        weeks_figure(weeks, caption, view.language, own.mode),
        lambda: weeks_figure(weeks, caption, view.language, "print"),
        lambda: weeks,
        name=own.file_name(say("calls by week")),
        key="voice_weeks",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
    )


def tendency_table(own: VoiceView) -> pd.DataFrame:
    """Give a row a kind of tendency: calls of the last four weeks and of the four before, words said."""
    say = own.view.say
    day = pd.Timestamp(own.view.as_of) + timedelta(days=1)
    calls = own.heard.calls
    rows = []
    for kind, word in TENDENCY_WORDS.items():
        said = calls[[any(kind == one for one, _ in found) for found in calls["tendencies"]]]
        late = said[said["started_at"] >= day - timedelta(days=28)]
        before = said[
            (said["started_at"] < day - timedelta(days=28)) & (said["started_at"] >= day - timedelta(days=56))
        ]
        words = [own.shown(dict(found)[kind]) for found in late["tendencies"]]
        common = pd.Series(words, dtype=object).value_counts().head(4).index
        rows.append(
            {
                say("Tendency"): own.view.tell(Message(word)),
                say("Last four weeks"): len(late),
                say("Four weeks before"): len(before),
                say("In these words"): "  ".join(f"“{one}”" for one in common),
            }
        )
    return pd.DataFrame(rows)


def tendencies(own: VoiceView) -> None:
    """Show the tendencies with the words that gave rise to them."""
    view, say = own.view, own.view.say
    table = tendency_table(own)
    if view.present:
        large_table(table, say("Threats and demands of the last four weeks"))
        return
    show_table(table, alt=say("Threats and demands of the last four weeks"))
    table_download(view, table, own.file_name(say("threats and demands")), key="voice_tendencies")


def weak_section(own: VoiceView) -> None:
    """Show where calls turn angry, the weak points beyond chance, and what is new."""
    weak_chart(own)
    if own.view.present:
        return
    weak_table(own)
    weak_points_to_list(own)
    rising_section(own)


def weak_chart(own: VoiceView) -> None:
    """Show topics by steps."""
    view, say = own.view, own.view.say
    weak = own.heard.weak
    caption = grid_caption(weak, own.names, own.source)
    show_chart(
        view,
        grid_figure(weak, own.names, caption, view.language, own.mode),
        lambda: grid_figure(weak, own.names, caption, view.language, "print"),
        lambda: weak.cells.assign(branch=weak.cells["branch_id"].map(own.branch)),
        name=own.file_name(say("weak points")),
        key="voice_grid",
        alt=view.tell(caption.finding),
    )


def weak_table(own: VoiceView) -> None:
    """Show the weak points found, else the most suspicious cells as what they are, and examples."""
    view, say = own.view, own.view.say
    weak = own.heard.weak
    st.markdown(f"**{plain(view.tell(weak_finding(weak, own.names)))}**")
    shown = weak.found if len(weak.found) else weak.cells.head(3)
    if shown.empty:
        return
    table = pd.DataFrame(
        {
            say("Topic"): shown["topic"],
            say("Step"): [view.tell(step_word(str(step))) for step in shown["step"]],
            say("Branch"): shown["branch_id"].map(own.branch),
            say("Turned angry / calls"): [
                f"{row.worsened} / {row.calls} = {row.rate:.0%}" for row in shown.itertuples()
            ],
            say("Drawn to elsewhere, 95%"): [
                f"{row.estimate:.0%} ({row.low:.0%}–{row.high:.0%})" for row in shown.itertuples()
            ],
            say("Elsewhere"): [f"{rate:.0%}" for rate in shown["elsewhere"]],
            say("Verdict"): [say("beyond chance") if one else say("may be chance") for one in shown["weak"]],
        }
    )
    show_table(table, alt=say("Weak points"))
    st.caption(
        say(
            "A call counts where it reached the step without having turned angry before. The interval is drawn to the "
            "share elsewhere; all combinations are judged together, so that chance names at most one in twenty of them."
        )
    )
    for row in weak.found.head(1).itertuples():
        calls = own.heard.calls
        behind = calls[
            (calls["topic"] == row.topic) & (calls["branch_id"] == row.branch_id) & (calls["turned_step"] == row.step)
        ]
        call_list(own, behind, key="voice_weak_calls", title=say("The calls behind it"))


def rising_section(own: VoiceView) -> None:
    """Show what calls are about more than before, with masked examples."""
    view, say = own.view, own.view.say
    rising = own.heard.rising
    subheader(say("What is new?"))
    st.markdown(f"**{plain(view.tell(rising_finding(rising)))}**")
    st.caption(
        say(
            "Calls of the last {recent} days ({calls}), and of the last {longer}, against the {before} days before "
            "({earlier}); {tested} causes and words compared together. Where nothing has risen, {quiet:.0%} to "
            "{waves:.0%} of such lists still name something by chance.",
            recent=RECENT_DAYS,
            longer=LONGER_DAYS,
            before=BEFORE_DAYS,
            calls=rising.recent,
            earlier=rising.before,
            tested=rising.tested,
            quiet=FALSE_LOOKS[0],
            waves=FALSE_LOOKS[1],
        )
    )
    for number, row in enumerate(rising.topics.itertuples()):
        name = view.tell(topic_name(str(row.kind), rising.topics["name"].iloc[number]))
        behind = rising.calls.loc[rising.calls["topic"] == number, "interaction_id"]
        label = f"{plain(name)} · {row.calls} ({row.share:.1%} ← {row.share_before:.1%})"
        opened = foldable(label, f"rising-{number + 1}")
        if not opened.open:
            continue
        with opened:
            calls = own.heard.calls[own.heard.calls["interaction_id"].isin(behind)]
            st.caption(say("in the last {days} days", days=row.days))
            call_list(own, calls, key=f"voice_rising_{number}", title="")
