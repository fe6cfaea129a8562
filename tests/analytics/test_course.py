"""The courses of letters, decisions, hazards and measures: which step may come when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.course import DECISION, HAZARD, LETTER, MEASURE, STATE_WORDS, STEP_WORDS, Course
from texts import Problem

COURSES = (LETTER, DECISION, HAZARD, MEASURE)


def test_r09_a_letter_is_sent_received_answered_and_verified_in_this_order_only() -> None:
    steps = ["letter_sent", "letter_received", "letter_answered", "letter_verified"]
    assert [LETTER.state(steps[:length]) for length in range(5)] == [None, "sent", "received", "answered", "verified"]
    for state, step in [("sent", "letter_answered"), ("sent", "letter_verified"), ("received", "letter_verified")]:
        with pytest.raises(Problem):
            LETTER.after(state, step)
    assert LETTER.possible("verified") == ()
    assert LETTER.possible("withdrawn") == ()


def test_an_answer_that_does_not_do_is_asked_for_again() -> None:
    assert LETTER.after("answered", "letter_returned") == "received"
    assert LETTER.possible("received") == ("letter_answered", "letter_withdrawn")


def test_r08_a_hazard_stands_until_it_is_closed_and_can_be_taken_up_again() -> None:
    assert HAZARD.is_open(HAZARD.state(["hazard_found", "hazard_linked", "hazard_linked"]))
    assert not HAZARD.is_open(HAZARD.state(["hazard_found", "hazard_closed"]))
    assert HAZARD.is_open(HAZARD.state(["hazard_found", "hazard_closed", "hazard_reopened"]))


def test_a_decision_moved_is_still_to_be_done() -> None:
    assert DECISION.state(["decision_made", "decision_moved", "decision_moved"]) == "pending"
    assert DECISION.state(["decision_made", "decision_moved", "decision_done"]) == "done"


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.first)
def test_every_step_and_state_has_words_and_nothing_goes_on_before_it_began(course: Course) -> None:
    states = {course.begins, *course.moves.values()}
    assert states <= set(STATE_WORDS)
    assert {course.first, *(step for _, step in course.moves)} <= set(STEP_WORDS)
    assert {before for before, _ in course.moves} <= states
    assert course.possible(None) == (course.first,)
    assert course.state([step for _, step in course.moves]) is None


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.first)
@given(data=st.data())
def test_whatever_is_allowed_leads_to_the_state_it_promised(course: Course, data: st.DataObject) -> None:
    steps, state = [course.first], course.begins
    for _ in range(data.draw(st.integers(0, 6))):
        possible = course.possible(state)
        if not possible:
            break
        step = data.draw(st.sampled_from(possible))
        state = course.after(state, step)
        steps.append(step)
        assert course.state(steps) == state
