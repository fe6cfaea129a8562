"""The words around the pictures of the voice screen: the finding, its figures, its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.risk.model import RiskModel, Trial
from analytics.voice.weak_points import LEAST_CALLS, WeakPoints
from charts.cause_words import Names
from charts.threshold import Caption
from charts.voice_words import SHAPE_WORDS, model_sentence, weak_finding
from texts import N_, Message

HIGH = 1.5  # times the class rate, from which on a ticket's risk counts as high


@dataclass(frozen=True)
class Heard:
    """Where the numbers of a voice picture come from: first day looked at, as-of day, the demo bank's or not."""

    first: date
    as_of: date
    demo: bool


def source(heard: Heard) -> Message:
    """Write the source line of a picture of calls."""
    return Message(
        N_("Data: {data} · calls and chats of {first} to {as_of}; chance of anger scored by the product"),
        {"data": _data(heard.demo), "first": str(heard.first), "as_of": str(heard.as_of)},
    )


def _data(demo: bool) -> Message:
    return Message(N_("demo bank")) if demo else Message(N_("transcripts brought in"))


def weeks_caption(weeks: pd.DataFrame, heard: Heard) -> Caption:
    """Write what the weeks' picture shows: the last four whole or running weeks against those before."""
    late, before = weeks.tail(4), weeks.iloc[:-4].tail(9)
    bad = int(late["turned"].sum() + late["angry"].sum())
    total = int(late["calls"].sum())
    past, past_total = int(before["turned"].sum() + before["angry"].sum()), int(before["calls"].sum())
    finding = Message(
        N_("{bad} of {total} calls of the last four weeks turned or stayed angry"), {"bad": bad, "total": total}
    )
    figures = Message(
        N_("{share:.0%} of the calls · {past:.0%} in the nine weeks before ({calls} calls)"),
        {
            "share": bad / total if total else 0.0,
            "past": past / past_total if past_total else 0.0,
            "calls": past_total,
        },
    )
    return Caption(finding, figures, source(heard))


def grid_caption(weak: WeakPoints, names: Names, heard: Heard) -> Caption:
    """Write what the grid of topics and steps shows."""
    figures = Message(
        N_(
            "turned angry / calls that reached the step calmly · ▲ branch beyond chance · {judged} combinations of "
            "topic, step and branch judged, {small} with fewer than {least} calls not"
        ),
        {"judged": weak.judged, "small": weak.too_small, "least": LEAST_CALLS},
    )
    return Caption(weak_finding(weak, names), figures, source(heard))


def course_caption(call: pd.Series, topic: str, branch: str, heard: Heard) -> Caption:
    """Write what one call's picture shows."""
    finding = Message(
        N_("{call}: {shape}"), {"call": str(call["interaction_id"]), "shape": Message(SHAPE_WORDS[call["shape"]])}
    )
    figures = Message(
        N_(
            "{day} · {topic} · {branch} · chance of anger at the start {start:.0%}, at worst {worst:.0%}, "
            "at the end {end:.0%}"
        ),
        {
            "day": f"{call['started_at']:%Y-%m-%d %H:%M}",
            "topic": topic,
            "branch": branch,
            **{name: 0.0 if pd.isna(call[name]) else float(call[name]) for name in ("start", "worst", "end")},
        },
    )
    return Caption(finding, figures, source(heard))


def risk_caption(risks: pd.DataFrame, model: RiskModel | None, refusal: Message | None, heard: Heard) -> Caption:
    """Write what the picture of the riskiest tickets shows."""
    high = int((risks["risk"] >= HIGH * risks["class_rate"]).sum())
    if refusal is not None or model is None:
        finding = Message(N_("{open} open tickets; their risk is the class rate"), {"open": len(risks)})
        figures = Message(N_("no model of risk stands for this day"))
    else:
        finding = Message(
            N_("{high} of {open} open tickets are at clearly higher risk than their class"),
            {"high": high, "open": len(risks)},
        )
        figures = Message(
            N_("about {expected:.1f} of them will end not agreed · {trained}"),
            {"expected": float(risks["risk"].sum()), "trained": model_sentence(model)},
        )
    line = Message(
        N_("Data: {data} · open tickets as known on {as_of}"),
        {"data": Message(N_("demo bank")) if heard.demo else Message(N_("ticket exports")), "as_of": str(heard.as_of)},
    )
    return Caption(finding, figures, line)


def reliability_caption(trial: Trial, heard: Heard) -> Caption:
    """Write how well said risks came true."""
    finding = Message(N_("Said and happened differ by {error:.1%} on average"), {"error": trial.calibration_error})
    figures = Message(
        N_("{tickets} later tickets in ten groups · bars: what chance allows · dotted: exactly as said"),
        {"tickets": trial.tickets},
    )
    line = Message(
        N_("Data: {data} · received {first} to {last}"),
        {
            "data": Message(N_("demo bank")) if heard.demo else Message(N_("ticket exports")),
            "first": str(trial.first),
            "last": str(trial.last),
        },
    )
    return Caption(finding, figures, line)
