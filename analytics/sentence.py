"""One plain sentence a manager can read out: what stands, since when, how sure, and why there is no alarm."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.alarm import Kind
from analytics.evaluation import Evaluation, Evidence
from analytics.position import Level
from analytics.small_base import SmallBase
from texts import N_, Message

POSITIONS: dict[Level, str] = {
    "over": N_("Week {week}, over: {actual} against a threshold of {threshold}"),
    "near": N_("Week {week}, near: {actual} against a threshold of {threshold}"),
    "on_track": N_("Week {week}, on track: {actual} against a threshold of {threshold}"),
}
# From this chance on an on-plan process would do as badly “all the same”, below it “only” with that chance.
USUAL = 0.05


def percent(chance: float) -> Message:
    """Write a chance with the digits it deserves: whole percent, <1%, >99%; 0% and 100% only where it is certain."""
    if 0 < chance < 0.01:
        return Message(N_("<1%"))
    if 0.99 < chance < 1:
        return Message(N_(">99%"))
    return Message(N_("{percent}%"), {"percent": int(100 * chance + 0.5)})


def about(chance: float) -> Message:
    """Write a chance inside a sentence: “a chance of about 15%”, “of less than 1%”."""
    if chance < 0.01:
        return Message(N_("a chance of less than 1%"))
    if chance > 0.99:
        return Message(N_("a chance of more than 99%"))
    return Message(N_("a chance of about {percent}%"), {"percent": int(100 * chance + 0.5)})


def sentence(evaluation: Evaluation) -> Message:
    """Say in one sentence where a class stands; for a quiet class, why there is no alarm."""
    if evaluation.week is None:
        return Message(N_("The year has not begun; {budget} are allowed"), {"budget": evaluation.budget})
    if evaluation.year_over:
        return _joined([_year_over(evaluation)])
    parts = [_position(evaluation), *_signals(evaluation)]
    if evaluation.small is not None:
        parts.append(_small(evaluation.small))
    else:
        parts.append(_year(evaluation))
    return _joined(parts)


def why(evaluation: Evaluation, kind: Kind) -> Message:
    """Say why one alarm stands or does not: its value against its limit. One line of the register."""
    evidence = next(e for e in _all(evaluation) if e.kind == kind)
    if evidence.value is None:
        return _absent(evidence)
    if kind == "position":
        return Message(
            N_("{actual} against {threshold}; over from above {over:.0%} of the threshold"),
            {"actual": evaluation.actual, "threshold": _one_digit(evaluation.threshold), "over": evidence.limit},
        )
    if kind in ("breach_amber", "breach_red"):
        text = (
            N_("breach probability {chance}, amber from {limit:.0%}")
            if kind == "breach_amber"
            else N_("breach probability {chance}, red from {limit:.0%}")
        )
        return Message(text, {"chance": percent(evidence.value), "limit": evidence.limit})
    text = (
        N_("sum of worse outcomes {value:.1f}, signal from {limit:.1f}")
        if kind == "shift"
        else N_("sum of more complaints {value:.1f}, signal from {limit:.1f}")
    )
    return Message(text, {"value": evidence.value, "limit": evidence.limit})


def _all(evaluation: Evaluation) -> tuple[Evidence, ...]:
    return (evaluation.over, evaluation.amber, evaluation.red, evaluation.shift, evaluation.volume)


def _absent(evidence: Evidence) -> Message:
    return {
        "not_begun": Message(N_("the year has not begun")),
        "small_base": Message(N_("small base: watched case by case, no alarm on rates")),
        "no_plan": Message(N_("the plan allows nobody, so there is no rate to measure against")),
        "no_forecast": Message(N_("no usable forecast of customers for this class")),
    }[evidence.absent or "not_begun"]


def _one_digit(value: float) -> str:
    return f"{value:.1f}"


def _position(evaluation: Evaluation) -> Message:
    """Say the position, and unless it is on track how easily a process on plan would get there."""
    position, chance = evaluation.position, evaluation.chance_on_plan
    if position is None or chance is None:
        raise ValueError("a year that has not begun has no position")
    threshold = _one_digit(evaluation.threshold)
    params = {"week": evaluation.week, "actual": evaluation.actual, "threshold": threshold}
    said = Message(POSITIONS[position.level], params)
    if position.level == "on_track":
        return said
    text = (
        N_("a process on plan would reach {actual} with {chance} all the same")
        if chance >= USUAL
        else N_("a process on plan would reach {actual} only with {chance}")
    )
    odds = Message(text, {"actual": evaluation.actual, "chance": about(chance)})
    return Message(N_("{position}; {odds}"), {"position": said, "odds": odds})


def _signals(evaluation: Evaluation) -> list[Message]:
    parts = []
    if evaluation.shift.stands:
        parts.append(
            Message(N_("the signal of worse outcomes has stood since week {since}"), {"since": evaluation.shift.since})
        )
    if evaluation.volume.stands:
        since = {"since": evaluation.volume.since}
        parts.append(Message(N_("the signal of more complaints has stood since week {since}"), since))
    return parts


def _year(evaluation: Evaluation) -> Message:
    """Say how the year will end, and what stands or what is missing to an alarm."""
    if evaluation.breach_probability is None:
        return _absent(evaluation.amber)
    if evaluation.actual > evaluation.budget:
        return Message(
            N_("the year's allowance of {budget} is exceeded by {excess}"),
            {"budget": evaluation.budget, "excess": evaluation.actual - evaluation.budget},
        )
    chance = percent(evaluation.breach_probability)
    if evaluation.red.stands:
        return Message(
            N_("breach probability for the year {chance}, red since week {since}"),
            {"chance": chance, "since": evaluation.red.since},
        )
    if evaluation.amber.stands:
        return Message(
            N_("breach probability for the year {chance}, amber since week {since}"),
            {"chance": chance, "since": evaluation.amber.since},
        )
    text = (
        N_("no alarm: breach probability for the year {chance}, amber from {amber:.0%}")
        if evaluation.quiet
        else N_("breach probability for the year {chance}, amber from {amber:.0%}")
    )
    return Message(text, {"chance": chance, "amber": evaluation.limits.amber})


def _year_over(evaluation: Evaluation) -> Message:
    params = {"actual": evaluation.actual, "budget": evaluation.budget}
    if evaluation.actual > evaluation.budget:
        return Message(N_("The year is over: {actual} not agreed, {budget} were allowed, exceeded"), params)
    return Message(N_("The year is over: {actual} not agreed, {budget} were allowed, kept"), params)


def _small(small: SmallBase) -> Message:
    if small.used > small.allowance:
        return Message(
            N_("the year's allowance of {budget} is exceeded by {excess}"),
            {"budget": small.allowance, "excess": small.used - small.allowance},
        )
    return Message(
        N_(
            "{left} of {allowance} left, {open} open, about {to_come} more customers expected; "
            "the year stays within its allowance with {chance}"
        ),
        {
            "left": small.left,
            "allowance": small.allowance,
            "open": small.open_cases,
            "to_come": f"{small.customers_to_come:.0f}",
            "chance": about(small.p_ok),
        },
    )


def _joined(parts: Sequence[Message]) -> Message:
    joined = parts[0]
    for part in parts[1:]:
        joined = Message(N_("{first}; {second}"), {"first": joined, "second": part})
    return joined
