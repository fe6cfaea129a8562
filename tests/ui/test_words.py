from datetime import date
from typing import Any, cast

import pytest

from data.intake.kinds import KINDS
from data.queries import query
from data.scope import HEAD_OFFICE
from texts import LANGUAGES, Language, Message, render
from ui import words
from ui.data_state import share_text
from ui.view import PAGES, View


def view(language: Language) -> View:
    return View(cast(Any, None), HEAD_OFFICE, language, None, 2025, date(2025, 7, 27), False, False, False)


def test_every_kind_and_column_of_the_intake_has_a_word() -> None:
    assert set(words.KINDS) == set(KINDS)
    assert {name for kind in KINDS.values() for name in kind.names} <= set(words.COLUMNS)


def test_every_quality_check_has_a_word() -> None:
    sql = query("quality").sql
    assert all(f"'{name}'" in sql for name in words.CHECKS)
    assert sql.count("count(*) FILTER") == len(words.CHECKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_check_that_applies_to_no_row_is_not_applicable_and_never_0_percent(language: Language) -> None:
    assert share_text(view(language), 0, 0) == {"zh_CN": "不适用", "en": "not applicable"}[language]


@pytest.mark.parametrize(
    ("violated", "applicable", "text"), [(0, 10, "0%"), (1, 5000, "<0.1%"), (1, 1000, "0.1%"), (10, 10, "100.0%")]
)
def test_a_share_is_never_rounded_to_nothing(violated: int, applicable: int, text: str) -> None:
    assert share_text(view("en"), violated, applicable) == text


def test_column_names_of_the_store_are_shown_in_words() -> None:
    message = Message("{columns} · {value}", {"columns": "cause, demand", "value": "cause"})
    assert render(words.in_words(message), "zh_CN") == "投诉原因、诉求 · cause"
    assert render(words.in_words(message), "en") == "Cause, Demand · cause"


def test_a_column_of_the_reader_s_own_file_is_left_as_it_is() -> None:
    message = Message("{column}", {"column": "受理时间"})
    assert words.in_words(message) == message


def test_the_pages_folder_is_no_package_or_streamlit_would_not_find_its_screens() -> None:
    assert {path.name for path in PAGES.glob("*.py")} >= {"threshold.py", "data.py"}
    assert not (PAGES / "__init__.py").exists()
