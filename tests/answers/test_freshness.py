from datetime import date

import pytest

from answers.freshness import staleness

LAST = date(2025, 11, 3)


def test_data_are_stale_when_the_last_import_lies_further_back_than_the_rhythm() -> None:
    stale = staleness(LAST, 7.0, date(2025, 11, 11))
    assert stale is not None
    assert (stale.last_import, stale.days, stale.rhythm) == (LAST, 8, 7)


@pytest.mark.parametrize("on", [date(2025, 11, 3), date(2025, 11, 9), date(2025, 11, 10)])
def test_data_are_fresh_up_to_and_on_the_last_day_of_the_rhythm(on: date) -> None:
    assert staleness(LAST, 7.0, on) is None


def test_a_fractional_rhythm_is_rounded_up_to_whole_days() -> None:
    assert staleness(LAST, 1.2, date(2025, 11, 5)) is None
    assert staleness(LAST, 1.2, date(2025, 11, 6)) is not None


def test_a_rhythm_is_a_day_at_least() -> None:
    assert staleness(LAST, 0.0, date(2025, 11, 4)) is None


@pytest.mark.parametrize(("last", "rhythm"), [(None, 7.0), (LAST, None), (LAST, float("nan"))])
def test_nothing_is_said_without_an_import_or_a_rhythm(last: date | None, rhythm: float | None) -> None:
    assert staleness(last, rhythm, date(2026, 1, 1)) is None
