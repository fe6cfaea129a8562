from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts import LANGUAGES, render
from ui.selection import (
    LANGUAGE_CODES,
    Asked,
    Offer,
    Selection,
    address,
    as_asked,
    followed,
    in_list,
    of_list,
    offer,
    read_address,
    settled_class,
    settled_days,
    with_as_of,
    with_class,
    with_entry,
    with_focus,
    with_toggled,
    with_year,
)

TODAY = date(2025, 11, 24)
DEMO = Offer(date(2023, 1, 1), date(2026, 1, 1), date(2025, 7, 27), 2025)
CLASSES = ("住房贷款提前还款", "债务催收", "保险争议")


def test_an_address_is_read_as_it_is_written() -> None:
    selection = Selection("住房贷款提前还款", 2025, date(2025, 7, 27), "en", True)
    assert address(selection) == {
        "class": "住房贷款提前还款",
        "year": "2025",
        "as_of": "2025-07-27",
        "lang": "en",
        "present": "1",
    }
    assert read_address(address(selection)) == as_asked(selection)


def test_what_was_drilled_down_to_stands_in_the_address_too() -> None:
    chosen = Selection("债务催收", 2025, date(2025, 7, 27), "zh_CN", False)
    drilled = with_focus(chosen, {"branch": "B'01 <script>", "week": "30"})
    assert address(drilled)["branch"] == "B'01 <script>"
    assert read_address(address(drilled)) == as_asked(drilled)
    assert with_focus(drilled, {"week": None}).focus == {"branch": "B'01 <script>"}
    with pytest.raises(KeyError):
        with_focus(chosen, {"nothing": "x"})


def test_another_class_lets_go_of_what_belongs_to_the_class_and_keeps_the_branch() -> None:
    chosen = Selection(
        "债务催收", 2025, date(2025, 7, 27), "zh_CN", False, {"branch": "B01", "cause": "x", "ticket": "T1"}
    )
    assert with_class(chosen, "保险争议").focus == {"branch": "B01"}
    assert with_class(chosen, "债务催收").focus == chosen.focus


def test_an_address_says_what_is_usual_too_because_it_may_not_be_usual_tomorrow() -> None:
    assert set(address(Selection("保险争议", 2025, date(2025, 7, 27), "zh_CN", False))) == {
        "class",
        "year",
        "as_of",
        "lang",
    }


def test_every_language_has_a_code_for_the_address() -> None:
    assert set(LANGUAGE_CODES.values()) == set(LANGUAGES)


def test_values_that_cannot_be_read_are_named_and_count_as_not_asked_for() -> None:
    asked = read_address({"class": "x", "year": "20x5", "as_of": "2025-02-30", "lang": "fr", "present": "yes"})
    assert asked.complaint_class == "x"
    assert (asked.year, asked.as_of, asked.language, asked.present) == (None, None, None, False)
    assert [fault.params["value"] for fault in asked.faults] == ["20x5", "2025-02-30", "fr", "yes"]


@given(st.dictionaries(st.sampled_from(["class", "year", "as_of", "lang", "present", "other"]), st.text(max_size=30)))
def test_any_address_at_all_settles_to_a_view_that_exists(params: dict[str, str]) -> None:
    asked = read_address(params)
    as_of, year, notes = settled_days(asked, DEMO, TODAY)
    name, class_notes = settled_class(asked, CLASSES, CLASSES[0])
    assert DEMO.first_day is not None
    assert DEMO.last_day is not None
    assert DEMO.first_day <= as_of <= DEMO.last_day
    assert year in DEMO.years
    assert year <= as_of.year
    assert name in CLASSES
    for note in (*asked.faults, *notes, *class_notes):
        assert all(render(note, language) for language in LANGUAGES)


def test_the_demo_opens_on_its_own_day() -> None:
    offered = offer(
        data_from=date(2023, 1, 1),
        data_through=date(2025, 12, 31),
        last_import=date(2026, 1, 1),
        all_known=True,
        demo_as_of=date(2025, 7, 27),
    )
    assert settled_days(Asked(), offered, TODAY) == (date(2025, 7, 27), 2025, [])


def test_a_living_bank_opens_on_the_day_of_its_last_import_when_all_it_brought_is_known() -> None:
    offered = offer(
        data_from=date(2024, 1, 2),
        data_through=date(2025, 11, 21),
        last_import=date(2025, 11, 24),
        all_known=False,
        demo_as_of=None,
    )
    assert offered.home == date(2025, 11, 24)


def test_an_archive_opens_on_the_day_of_its_last_ticket_not_on_a_today_with_empty_weeks() -> None:
    offered = offer(
        data_from=date(2013, 1, 2),
        data_through=date(2016, 12, 31),
        last_import=TODAY,
        all_known=True,
        demo_as_of=None,
    )
    assert settled_days(Asked(), offered, TODAY) == (date(2016, 12, 31), 2016, [])


def test_a_late_import_of_an_archive_that_is_not_known_before_opens_on_the_import() -> None:
    offered = offer(
        data_from=date(2013, 1, 2),
        data_through=date(2016, 12, 31),
        last_import=TODAY,
        all_known=False,
        demo_as_of=None,
    )
    assert settled_days(Asked(), offered, TODAY) == (TODAY, 2016, [])


def test_new_year_without_tickets_of_the_new_year_opens_on_the_old_one() -> None:
    offered = offer(
        data_from=date(2024, 1, 2),
        data_through=date(2025, 12, 30),
        last_import=date(2026, 1, 4),
        all_known=True,
        demo_as_of=None,
    )
    assert settled_days(Asked(), offered, TODAY)[:2] == (date(2026, 1, 4), 2025)


def test_an_as_of_day_outside_the_data_becomes_the_nearest_one_and_is_said() -> None:
    as_of, year, notes = settled_days(Asked(as_of=date(2019, 5, 1)), DEMO, TODAY)
    assert (as_of, year) == (date(2023, 1, 1), 2023)
    assert [note.params for note in notes] == [{"asked": "2019-05-01", "as_of": "2023-01-01"}]


def test_a_year_that_had_not_begun_on_the_as_of_day_is_repaired_and_said() -> None:
    as_of, year, notes = settled_days(Asked(year=2025, as_of=date(2024, 6, 30)), DEMO, TODAY)
    assert (as_of, year) == (date(2024, 6, 30), 2024)
    assert len(notes) == 1


def test_a_past_year_is_seen_whole_as_it_is_known_now() -> None:
    assert settled_days(Asked(year=2024), DEMO, TODAY) == (date(2025, 7, 27), 2024, [])


def test_a_class_that_is_not_there_becomes_the_usual_one_and_is_said() -> None:
    name, notes = settled_class(Asked(complaint_class="没有"), CLASSES, "住房贷款提前还款")
    assert name == "住房贷款提前还款"
    assert len(notes) == 1
    assert settled_class(Asked(complaint_class="债务催收"), CLASSES, "住房贷款提前还款") == ("债务催收", [])


def test_an_empty_store_settles_without_a_class_and_without_complaint() -> None:
    empty = offer(data_from=None, data_through=None, last_import=None, all_known=True, demo_as_of=None)
    assert settled_days(Asked(), empty, TODAY) == (TODAY, 2025, [])
    assert settled_class(Asked(complaint_class="债务催收"), (), None) == (None, [])


def test_choosing_an_as_of_day_chooses_its_year() -> None:
    chosen = Selection("债务催收", 2025, date(2025, 7, 27), "zh_CN", False)
    assert with_as_of(chosen, date(2024, 3, 1), DEMO).year == 2024
    assert with_as_of(chosen, date(2026, 1, 1), DEMO).year == 2025


def test_choosing_a_year_keeps_the_as_of_day_where_the_year_has_begun_by_then() -> None:
    chosen = Selection("债务催收", 2024, date(2024, 7, 27), "zh_CN", False)
    assert with_year(chosen, 2023, DEMO).as_of == date(2024, 7, 27)
    assert with_year(chosen, 2025, DEMO).as_of == date(2025, 12, 31)


def test_an_unsaved_plan_stands_in_the_address_until_another_class_or_year_is_chosen() -> None:
    chosen = Selection("债务催收", 2025, date(2025, 7, 27), "zh_CN", False)
    tried = with_focus(chosen, {"allowance": "85", "reading": "final", "near": "0.7", "open": "bounds"})
    assert read_address(address(tried)) == as_asked(tried)
    assert with_class(tried, "保险争议").focus == {"open": "bounds"}
    assert with_year(tried, 2024, DEMO).focus == {"open": "bounds"}
    assert with_year(tried, 2025, DEMO).focus == tried.focus


def test_what_is_unfolded_and_which_rows_are_chosen_are_lists_in_the_address() -> None:
    assert with_toggled("", "bounds") == "bounds"
    assert with_toggled("bounds", "forecast") == "bounds|forecast"
    assert with_toggled("bounds|forecast", "bounds") == "forecast"
    assert with_toggled("forecast", "forecast") is None
    assert with_entry("", "paths", "mediation") == "paths:mediation"
    assert with_entry("paths:mediation|steps:reply", "paths", "slow") == "steps:reply|paths:slow"
    assert with_entry("paths:mediation", "paths", None) is None


@given(st.lists(st.text(min_size=1).filter(lambda part: "|" not in part)))
def test_a_list_is_read_from_the_address_as_it_was_written(parts: list[str]) -> None:
    assert of_list(in_list(parts) or "") == parts


def test_a_link_keeps_a_long_list_whole() -> None:
    topics = [f"投诉类别之第{number}类" for number in range(40)]
    assert of_list(read_address({"topic": in_list(topics) or ""}).focus["topic"]) == topics


def test_who_stands_at_the_latest_day_moves_along_with_an_import_and_who_looks_back_stays() -> None:
    before = Offer(date(2024, 1, 1), date(2025, 11, 1), date(2025, 11, 1), 2025)
    now = Offer(date(2024, 1, 1), date(2025, 11, 8), date(2025, 11, 8), 2025)
    at_home = Selection("债务催收", 2025, date(2025, 11, 1), "zh_CN", False)
    back = Selection("债务催收", 2025, date(2025, 6, 1), "zh_CN", False)
    assert settled_days(followed(at_home, before, now), now, TODAY)[0] == date(2025, 11, 8)
    assert settled_days(followed(back, before, now), now, TODAY)[0] == date(2025, 6, 1)
