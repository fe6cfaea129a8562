"""What changed since last week, side by side: a week ago, now, and why."""

from __future__ import annotations

import pandas as pd

from analytics.changes import Changes, stands
from analytics.evaluation import Evaluation
from analytics.sentence import percent
from charts.change_words import allowance_words
from charts.threshold import LEVEL_WORDS
from charts.warning_words import alarm_names, listed
from texts import N_, Language, Message, render

COLUMNS = {"what": N_("What"), "before": N_("A week ago"), "now": N_("Now"), "why": N_("Change")}


def change_table(before: Evaluation, now: Evaluation, changes: Changes, language: Language) -> pd.DataFrame:
    """Give a row a figure of the meeting; columns as in COLUMNS, all text in the reader's language."""
    rows = [
        (N_("Not agreed so far"), Message(str(before.actual)), Message(str(now.actual)), _counted(changes)),
        (N_("Threshold today"), _one_digit(before.threshold), _one_digit(now.threshold), _moved(changes)),
        (N_("Position"), _position(before), _position(now), None),
    ]
    if before.breach_probability is not None and now.breach_probability is not None:
        points = round(100 * (now.breach_probability - before.breach_probability))
        rows.append(
            (
                N_("Breach probability"),
                percent(before.breach_probability),
                percent(now.breach_probability),
                Message(N_("{points:+d} points"), {"points": points}) if points else Message(N_("unchanged")),
            )
        )
    elif before.small is not None and now.small is not None:
        rows.append((N_("Chance that the year holds"), percent(before.small.p_ok), percent(now.small.p_ok), None))
    rows.append((N_("Alarms that stand"), _alarms(before), _alarms(now), _came_and_went(changes)))
    return pd.DataFrame(
        [
            {
                "what": render(Message(what), language),
                "before": render(then, language),
                "now": render(today, language),
                "why": "" if why is None else render(why, language),
            }
            for what, then, today, why in rows
        ]
    )


def _counted(changes: Changes) -> Message:
    parts = [Message(N_("{new} new not agreed"), {"new": changes.new}) if changes.new > 0 else Message(N_("none new"))]
    if changes.corrected:
        parts.append(Message(N_("{corrected:+d} by corrections"), {"corrected": changes.corrected}))
    return listed(parts)


def _moved(changes: Changes) -> Message:
    if changes.budget is None:
        return Message(N_("{threshold:+.1f}, as planned"), {"threshold": changes.threshold})
    told = allowance_words(changes.budget, changes.trial)
    return Message(N_("{threshold:+.1f}; {allowance}"), {"threshold": changes.threshold, "allowance": told})


def _position(evaluation: Evaluation) -> Message:
    if evaluation.position is None:
        return Message("–")
    level = Message(LEVEL_WORDS[evaluation.position.level])
    return Message(N_("{level} ({ratio:.0%})"), {"level": level, "ratio": evaluation.position.ratio})


def _alarms(evaluation: Evaluation) -> Message:
    kinds = stands(evaluation)
    return alarm_names(kinds) if kinds else Message(N_("none"))


def _came_and_went(changes: Changes) -> Message:
    parts = []
    if changes.appeared:
        parts.append(Message(N_("new alarm: {alarms}"), {"alarms": alarm_names(changes.appeared)}))
    if changes.gone:
        parts.append(Message(N_("gone: {alarms}"), {"alarms": alarm_names(changes.gone)}))
    return listed(parts) if parts else Message(N_("unchanged"))


def _one_digit(value: float) -> Message:
    return Message(f"{value:.1f}")
