"""The course of emotion: start, worst, end, and the turn for the worse with what was said before it."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.text.course import course_of, courses
from analytics.text.emotion import score_turns
from data.demo import DemoBank


def _turns(*scores: float | None) -> pd.DataFrame:
    """A conversation with the agent's turns as None."""
    return pd.DataFrame(
        {
            "interaction_id": "I1",
            "turn": range(1, len(scores) + 1),
            "speaker": ["agent" if score is None else "customer" for score in scores],
            "text": [f"text {number}" for number in range(1, len(scores) + 1)],
            "score": scores,
        }
    )


def test_r13_a_course_that_worsens_says_when_and_after_what() -> None:
    course = course_of(_turns(None, 0.2, None, 0.3, None, 0.9, None, 0.8))
    assert (course.start, course.worst, course.worst_turn, course.end, course.turns) == (0.2, 0.9, 6, 0.8, 4)
    assert (course.turn_of_worsening, course.turn_before, course.said_before) == (6, 5, "text 5")
    assert course.shape == "worsening"


def test_r13_the_other_shapes() -> None:
    assert course_of(_turns(None, 0.2, None, 0.3)).shape == "calm"
    assert course_of(_turns(None, 0.9, None, 0.6, None, 0.1)).shape == "appeased"
    assert course_of(_turns(None, 0.9, None, 0.95)).shape == "angry"
    for scores in ((0.2, 0.3), (0.9, 0.6, 0.1), (0.9, 0.95)):
        assert course_of(_turns(*scores)).turn_of_worsening is None


def test_r13_worsened_and_calmed_again_is_appeased_but_keeps_its_turning() -> None:
    course = course_of(_turns(0.1, None, 0.9, None, 0.95, None, 0.9, None, 0.2))
    assert (course.turn_of_worsening, course.shape) == (3, "appeased")


def test_a_small_rise_or_one_that_stays_below_negative_is_no_turning() -> None:
    assert course_of(_turns(0.55, None, 0.65)).turn_of_worsening is None
    assert course_of(_turns(0.05, None, 0.65)).turn_of_worsening is None
    assert course_of(_turns(0.75, None, 0.90)).turn_of_worsening is None


def test_nothing_said_before_a_first_turn_that_worsens_is_none() -> None:
    course = course_of(_turns(0.1, 0.9))
    assert (course.turn_of_worsening, course.turn_before, course.said_before) == (2, None, None)


def test_a_conversation_without_a_customer_has_no_course() -> None:
    course = course_of(_turns(None, None))
    assert (course.turns, course.start, course.worst, course.end, course.shape) == (0, None, None, None, "calm")


def test_rows_in_any_order_and_many_conversations_at_once_agree_with_one_by_one() -> None:
    one = _turns(None, 0.2, None, 0.9)
    two = _turns(0.9, None, 0.1).assign(interaction_id="I0")
    table = courses(pd.concat([one, two]).sample(frac=1, random_state=1)).set_index("interaction_id")
    assert list(table.index) == ["I0", "I1"]
    assert table.loc["I1", "turn_of_worsening"] == course_of(one).turn_of_worsening == 4
    assert pd.isna(table.loc["I0", "turn_of_worsening"])
    assert table.loc["I0", "shape"] == "appeased"


def test_no_conversation_gives_an_empty_table() -> None:
    empty = courses(_turns(None)[:0])
    assert empty.empty
    assert "said_before" in empty


@pytest.fixture(scope="module")
def demo(bank: DemoBank) -> pd.DataFrame:
    turns = bank.interactions.merge(bank.truth.turns, on=["interaction_id", "turn"])
    spoken = turns["speaker"] == "customer"
    turns.loc[spoken, "score"] = score_turns(turns.loc[spoken, "text"].tolist())
    step = turns.set_index(["interaction_id", "turn"])["step"]
    table = courses(turns).merge(bank.truth.interactions, on="interaction_id")
    table["step"] = [
        step.get((name, turn)) if pd.notna(turn) else None
        for name, turn in zip(table["interaction_id"], table["turn_of_worsening"], strict=True)
    ]
    return table


def test_r13_planted_courses_are_found(demo: pd.DataFrame) -> None:
    shares = pd.crosstab(demo["course"], demo["shape"], normalize="index")
    assert shares.loc["worsening", "worsening"] >= 0.75
    assert shares.loc["appeased", "appeased"] >= 0.90
    assert shares.loc["angry", ["angry", "worsening"]].sum() >= 0.95
    assert shares.loc["calm", ["calm", "appeased"]].sum() >= 0.95


def test_r13_the_turn_of_worsening_is_where_it_was_planted(demo: pd.DataFrame) -> None:
    worsening = demo[(demo["course"] == "worsening") & demo["turn_of_worsening"].notna()]
    assert (worsening["step"] == worsening["worsens_at"]).mean() >= 0.70  # by chance a third
    assert demo.loc[demo["course"] == "calm", "turn_of_worsening"].notna().mean() <= 0.02
