"""What changed since last week, in words."""

from __future__ import annotations

from analytics.changes import Changes
from charts.threshold import LEVEL_WORDS
from charts.warning_words import alarm_names, listed
from texts import N_, Message


def allowance_words(budget: tuple[int, int], trial: tuple[bool, bool]) -> Message:
    """Say how the allowance changed: decided by people, or a trial value worked out anew from the tickets."""
    before, now = budget
    if trial[1]:
        told = N_("trial allowance worked out anew, {before} → {now}, nobody has decided one")
    elif trial[0]:
        told = N_("allowance decided: {now} (trial value before: {before})")
    else:
        told = N_("allowance {before} → {now}")
    return Message(told, {"before": before, "now": now})


def change_sentence(changes: Changes | None) -> Message:
    """Say what changed since last week: new customers first, then what was corrected, planned and warned."""
    if changes is None:
        return Message(N_("first week"))
    parts = [Message(N_("{new} new not agreed"), {"new": changes.new}) if changes.new > 0 else Message(N_("none new"))]
    if changes.corrected:
        parts.append(Message(N_("{corrected:+d} by corrections"), {"corrected": changes.corrected}))
    if changes.budget is not None:
        parts.append(allowance_words(changes.budget, changes.trial))
    if changes.appeared:
        parts.append(Message(N_("new alarm: {alarms}"), {"alarms": alarm_names(changes.appeared)}))
    if changes.gone:
        parts.append(Message(N_("gone: {alarms}"), {"alarms": alarm_names(changes.gone)}))
    if changes.level is not None:
        parts.append(
            Message(
                N_("position {before} → {now}"),
                {"before": Message(LEVEL_WORDS[changes.level[0]]), "now": Message(LEVEL_WORDS[changes.level[1]])},
            )
        )
    return listed(parts)
