"""What a table's CSV says to whoever opens it in Excel: headings in words, and the words of its coded values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from charts.cause_rounds import KINDS
from charts.threshold import LEVEL_WORDS, OUTCOME_WORDS
from charts.voice_words import STEP_WORDS
from texts import N_, Language, translate

# These are read by other programs too, and stay what the product says they are, whatever the language.
FIXED = frozenset({"week_start", "week_end", "cumulative_not_agreed", "threshold_last_year", "allocation_last_year"})
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "ticket_id": N_("Ticket number"),
        "customer_id": N_("Customer number"),
        "complaint_class": N_("Complaint class"),
        "class": N_("Complaint class"),
        "branch_id": N_("Branch number"),
        "branch": N_("Branch"),
        "branch_name": N_("Branch"),
        "received_at": N_("Received"),
        "product": N_("Product"),
        "channel": N_("Channel"),
        "cause": N_("Cause"),
        "demand": N_("Demand"),
        "amount": N_("Amount (yuan)"),
        "rounds": N_("Rounds"),
        "first_outcome": N_("First outcome"),
        "first_outcome_at": N_("First outcome on"),
        "final_outcome": N_("Final outcome"),
        "closed_at": N_("Closed"),
        "counted": N_("Counted as customer"),
        "requested_at": N_("Mediation asked for"),
        "held_at": N_("Mediation held"),
        "last_step": N_("Last step"),
        "days": N_("Days since"),
        "state": N_("State"),
        "position": N_("Position"),
        "reply_text": N_("Reply"),
        "question_key": N_("Question"),
        "derived": N_("Derived from the text"),
        "approval_granted": N_("Approval granted"),
        "step": N_("Step"),
        "next_step": N_("To step"),
        "transitions": N_("Times"),
        "tickets": N_("Number of tickets"),
        "median_hours": N_("Half within (hours)"),
        "wait": N_("Wait"),
        "decided": N_("Decided customers"),
        "not_agreed": N_("Not agreed"),
        "agreed": N_("Agreed"),
        "customers": N_("Complaining customers"),
        "on_plan": N_("Not agreed at the plan's rate"),
        "excess": N_("Beyond the plan"),
        "likely": N_("Most likely beyond the plan"),
        "low": N_("95% from"),
        "high": N_("95% to"),
        "low_95": N_("95% from"),
        "high_95": N_("95% to"),
        "limit_low_95%": N_("By chance from (95%)"),
        "limit_high_95%": N_("By chance to (95%)"),
        "limit_low_99.8%": N_("By chance from (99.8%)"),
        "limit_high_99.8%": N_("By chance to (99.8%)"),
        "rate": N_("Share"),
        "share": N_("Share"),
        "expected": N_("Expected"),
        "others": N_("Share at the others"),
        "elsewhere": N_("Share elsewhere"),
        "elsewhere_share": N_("Share elsewhere"),
        "p": N_("Probability by chance alone"),
        "adjusted": N_("The same, judged together"),
        "p_adjusted": N_("The same, judged together"),
        "q": N_("Probability by chance, judged together"),
        "z": N_("Standard deviations from the expected"),
        "apart": N_("Beyond chance"),
        "weak": N_("Beyond chance"),
        "judged": N_("Enough to judge"),
        "verdict": N_("Judgement"),
        "kind": N_("Kind of demand"),
        "round": N_("Round"),
        "reached": N_("Reached the round"),
        "ended": N_("Closed not agreed"),
        "waiting": N_("Waiting"),
        "requested": N_("Asked for approval"),
        "granted": N_("Approved"),
        "balance": N_("Loan balance (yuan)"),
        "fitted": N_("On the curve"),
        "ratio": N_("Times the curve"),
        "per_outlets": N_("per 1,000 outlets"),
        "per_customers": N_("per 10 million personal customers"),
        "per_balance": N_("per 100 million yuan of loans"),
        "quota": N_("Quota of the year"),
        "to_date": N_("Quota to date"),
        "actual": N_("Actual"),
        "difference": N_("Actual − quota"),
        "chance": N_("Chance of as many"),
        "late": N_("Over the limit"),
        "open_late": N_("Late and still waiting"),
        "replies": N_("Replies"),
        "of": N_("Replies of the branch"),
        "warning": N_("Warning"),
        "budget": N_("Allowed in the year"),
        "threshold": N_("Cumulative threshold"),
        "breach_probability": N_("Breach probability"),
        "fcr": N_("First-contact resolution"),
        "change": N_("Since last week"),
        "sentence": N_("In words"),
        "risk": N_("Probability of not agreed"),
        "class_rate": N_("Share in the class"),
        "reasons": N_("Reasons"),
        "week": N_("Week from"),
        "calm": N_("Calm"),
        "appeased": N_("Appeased"),
        "turned": N_("Turned angry"),
        "angry": N_("Angry throughout"),
        "calls": N_("Calls and chats"),
        "topic": N_("Topic"),
        "worsened": N_("Turned angry here"),
        "estimate": N_("Share, evened out"),
        "before_not_agreed": N_("Not agreed before"),
        "before_decided": N_("Decided before"),
        "after_not_agreed": N_("Not agreed since"),
        "after_decided": N_("Decided since"),
        "path": N_("Path"),
        "with_not_agreed": N_("Not agreed, this path"),
        "with_decided": N_("Decided, this path"),
        "without_not_agreed": N_("Not agreed, other tickets"),
        "without_decided": N_("Decided, other tickets"),
        "median": N_("Half within"),
        "ninth": N_("Nine of ten within"),
        "used": N_("Replies"),
        "without_rate": N_("Share without it"),
        "differs": N_("Beyond chance"),
        "unreasonable": N_("Unreasonable"),
    }
)
# A name that means something else beside another column.
BESIDE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("step", "next_step"): N_("From step"),
        ("position", "replies"): N_("Reply position"),
        ("position", "reply_text"): N_("Reply position"),
    }
)
VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "first_outcome": OUTCOME_WORDS,
        "final_outcome": OUTCOME_WORDS,
        "position": LEVEL_WORDS,
        "kind": {str(name): word for name, word in KINDS.items()},
        "step": {str(name): word for name, word in STEP_WORDS.items()},
    }
)
TRUE, FALSE = N_("yes"), N_("no")


def worded(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Give a table with headings and coded values in words; numbers and whatever has no word stay as they are.

    A heading is worded only where that leaves every heading different. The weekly table (`FIXED`) stays as it is.
    """
    if set(frame.columns) >= FIXED:
        return frame
    shown = pd.DataFrame(
        {place: _column(frame.iloc[:, place], str(name), language) for place, name in enumerate(frame.columns)},
        index=frame.index,
    )
    headings = [heading(str(name), language, frame.columns) for name in frame.columns]
    shown.columns = pd.Index(
        [
            str(name) if headings.count(worded_name) > 1 and not _first(headings, place) else worded_name
            for place, (name, worded_name) in enumerate(zip(frame.columns, headings, strict=True))
        ]
    )
    return shown


def heading(name: str, language: Language, beside: Iterable[str] = ()) -> str:
    """Give a column's heading in words; its own name where there are none for it. beside: the table's columns."""
    words = next((BESIDE[name, other] for other in beside if (name, other) in BESIDE), HEADINGS.get(name))
    return name if words is None else translate(words, language)


def _column(column: pd.Series, name: str, language: Language) -> pd.Series:
    words: Mapping[Any, str] = {True: TRUE, False: FALSE} if _is_yes_or_no(column) else VALUES.get(name, {})
    if not words:
        return column
    said = {code: translate(word, language) for code, word in words.items()}
    return column.astype(object).map(lambda value: said.get(value, value), na_action="ignore")


def _is_yes_or_no(column: pd.Series) -> bool:
    known = column.dropna()
    return len(known) > 0 and all(isinstance(value, bool | np.bool_) for value in known)


def _first(headings: list[str], place: int) -> bool:
    return headings.index(headings[place]) == place
