"""The words of the voice screen: steps, shapes, tendencies, and what was found, the same on screen and in packs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.risk.model import RiskModel, Trial
from analytics.voice.calls import Shape
from analytics.voice.rising import Rising
from analytics.voice.steps import Step
from analytics.voice.weak_points import WeakPoints
from charts.cause_words import Names
from charts.warning_words import listed
from texts import N_, Message

STEP_WORDS: Mapping[Step, str] = MappingProxyType(
    {
        "describe": N_("describing"),
        "verify": N_("verifying"),
        "explain": N_("explaining"),
        "wait": N_("asking to wait"),
        "close": N_("ending the call"),
    }
)
SHAPE_WORDS: Mapping[Shape, str] = MappingProxyType(
    {
        "calm": N_("calm"),
        "appeased": N_("appeased"),
        "turned": N_("turned angry"),
        "angry": N_("angry throughout"),
    }
)
TENDENCY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "regulator": N_("regulator"),
        "media": N_("media"),
        "court": N_("court"),
        "repetition": N_("repeated complaint"),
        "compensation": N_("compensation demanded"),
        "deadline": N_("deadline set"),
    }
)
MEDIUM_WORDS: Mapping[str, str] = MappingProxyType({"call": N_("call"), "chat": N_("chat")})
NAMED = 2  # weak points or topics named in one sentence


def step_word(step: str) -> Message:
    """Give the word for a step of the handling."""
    return Message(STEP_WORDS[step]) if step in STEP_WORDS else Message("{step}", {"step": step})  # type: ignore[index]


def weak_finding(weak: WeakPoints, names: Names) -> Message:
    """Say where calls turn angry more often than elsewhere."""
    if weak.judged == 0:
        return Message(N_("Too few calls of one topic and step at any branch to name a weak point"))
    if weak.found.empty:
        return Message(N_("No branch's step turns calls angry more often than chance"))
    parts = [
        Message(
            N_("{branch} · {topic} · {step}: {worsened} of {calls} calls turn angry, elsewhere {elsewhere:.0%}"),
            {
                "branch": names.get(str(row.branch_id), str(row.branch_id)),
                "topic": row.topic,
                "step": step_word(str(row.step)),
                "worsened": int(row.worsened),
                "calls": int(row.calls),
                "elsewhere": float(row.elsewhere),
            },
        )
        for row in weak.found.head(NAMED).itertuples()
    ]
    return listed(parts)


def topic_name(kind: str, name: tuple[str, ...]) -> Message:
    """Name a rising topic: the cause of its class, or its words."""
    if kind == "cause":
        return Message(N_("{topic}: {cause}"), {"topic": name[0], "cause": name[1]})
    return Message(N_("words {words}"), {"words": "".join(f"“{word}”" for word in name)})


def rising_finding(rising: Rising) -> Message:
    """Say what calls are about more than before."""
    if not rising.enough:
        return Message(N_("Too few earlier calls to say what is new"))
    if rising.topics.empty:
        return Message(N_("No topic has risen beyond chance"))
    parts = [
        Message(
            N_("{topic}: {calls} calls in {weeks} weeks, {ratio:.1f} times the share before"),
            {
                "topic": topic_name(row.kind, row.name_),
                "calls": int(row.calls),
                "weeks": int(row.days) // 7,
                "ratio": float(row.ratio),
            },
        )
        for row in rising.topics.rename(columns={"name": "name_"}).head(NAMED).itertuples()
    ]
    return listed(parts)


def trial_sentence(trial: Trial) -> Message:
    """Say how the model did on later tickets."""
    return Message(
        N_(
            "Tested on {tickets} later tickets ({first} to {last}): mean squared error {brier:.4f}, of the class rate "
            "{rate:.4f}. Of two tickets, one agreed and one not, the latter is given the higher risk in {auc:.0%} of "
            "cases, by the class rate in {rate_auc:.0%}, by a coin in 50%. What is said and what happens differ by "
            "{error:.1%} on average."
        ),
        {
            "tickets": trial.tickets,
            "first": str(trial.first),
            "last": str(trial.last),
            "brier": trial.brier,
            "rate": trial.rate_brier,
            "auc": trial.auc,
            "rate_auc": trial.rate_auc,
            "error": trial.calibration_error,
        },
    )


def model_sentence(model: RiskModel) -> Message:
    """Say what a model was trained on."""
    return Message(
        N_("Trained on {decided} decided tickets, {not_agreed} of them not agreed, known by {day}."),
        {"decided": model.decided, "not_agreed": model.not_agreed, "day": str(model.known_on)},
    )
