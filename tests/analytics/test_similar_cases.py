"""Earlier cases like one: likeness as defined, checked by hand; what is shared is named; nothing breaks on nothing."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd
import pytest

from analytics.similar_cases import similar_cases, words


def cases(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """Rows of narrative, cause, demand, final outcome; received a week before they are closed."""
    frame = pd.DataFrame(rows, columns=["narrative", "cause", "demand", "final_outcome"])
    return frame.assign(
        ticket_id=[f"T{n}" for n in range(len(rows))],
        received_at=pd.Timestamp("2025-01-01"),
        closed_at=pd.Timestamp("2025-01-08"),
    )


CASE = cases(("银行拒绝提供录音录像", "存款变保险", "查看录音录像", None))


def test_likeness_is_the_weighted_cosine_of_words_cause_and_demand() -> None:
    earlier = cases(
        ("网点拒绝提供录音录像", "存款变保险", "全额退保", "agreed"),
        ("利息计算有误", "收益不符", "退款", "not_agreed"),
        ("银行拒绝提供录音录像", "存款变保险", "查看录音录像", "agreed"),
    )
    found = similar_cases(CASE, earlier)
    texts = [*CASE["narrative"], *earlier["narrative"]]
    count = [Counter(words(text)) for text in texts]
    known = sorted(set().union(*count))

    def weights(bag: Counter[str]) -> dict[str, float]:
        # scikit-learn's smoothed idf: ln((1 + n) / (1 + documents with the word)) + 1
        raw = {
            w: (1 + math.log(bag[w])) * (math.log((1 + len(count)) / (1 + sum(w in c for c in count))) + 1)
            for w in known
            if bag[w]
        }
        norm = math.sqrt(sum(value**2 for value in raw.values()))
        return {w: value / norm for w, value in raw.items()}

    own, other = weights(count[0]), weights(count[1])
    cosine = sum(own[w] * other.get(w, 0.0) for w in own)
    by_ticket = found.cases.set_index("ticket_id")["likeness"]
    assert by_ticket["T2"] == pytest.approx(1.0)
    assert by_ticket["T0"] == pytest.approx(0.8 * cosine + 0.15)
    assert "T1" not in by_ticket.index, "a case that shares nothing is not shown"
    assert list(found.cases["ticket_id"]) == ["T2", "T0"]
    assert (found.agreed, found.decided, found.days) == (2, 2, 7.0)


def test_the_words_that_make_two_cases_alike_are_named() -> None:
    found = similar_cases(CASE, cases(("网点不给看录音录像", "", "", "agreed"), ("短信扣费", "", "", "agreed")))
    assert set(found.cases["shared"].iloc[0]) <= set(words(CASE["narrative"].iloc[0]))
    assert any("录" in word for word in found.cases["shared"].iloc[0])


def test_cases_without_words_or_without_history_give_nothing() -> None:
    empty = cases(("", "", "", None))
    assert similar_cases(CASE, cases().astype({"final_outcome": object})).cases.empty
    assert similar_cases(empty, cases(("", "", "", "agreed"))).cases.empty
    missing = cases((None, None, None, "agreed"))  # type: ignore[arg-type]
    assert similar_cases(missing, missing).cases.empty


def test_english_complaints_are_compared_too() -> None:
    one = cases(("The bank refused to show the recording of the sale", "mis-selling", "refund", None))
    found = similar_cases(one, cases(("They refused to show me the recording", "mis-selling", "refund", "agreed")))
    assert found.cases["likeness"].iloc[0] > 0.3
