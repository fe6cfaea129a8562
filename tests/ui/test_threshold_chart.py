"""The main picture is drawn once for each look; nobody's screen changes what the others are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answers.evidence import Standing, standing
from data.demo_store import DEMO_AS_OF
from data.scope import HEAD_OFFICE
from data.store import Store
from ui.pickers import class_sizes
from ui.threshold_chart import drawn


@pytest.fixture(scope="module")
def store(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    store = Store(demo_copy())
    yield store
    store.close()


@pytest.fixture(scope="module")
def largest(store: Store) -> Standing:
    name = next(iter(class_sizes(store, HEAD_OFFICE, DEMO_AS_OF.year)))
    shown = standing(store, HEAD_OFFICE, name, DEMO_AS_OF.year, DEMO_AS_OF)
    assert shown is not None
    return shown


def test_a_look_is_drawn_once_and_every_look_has_its_own(store: Store, largest: Standing) -> None:
    caption, figure = drawn(store, HEAD_OFFICE, largest, "zh_CN", "light")
    again = drawn(store, HEAD_OFFICE, largest, "zh_CN", "light")
    assert again[0] is caption
    assert again[1] is figure
    assert drawn(store, HEAD_OFFICE, largest, "zh_CN", "dark")[1].layout.paper_bgcolor != figure.layout.paper_bgcolor
    assert drawn(store, HEAD_OFFICE, largest, "en", "light")[1].layout.title.text != figure.layout.title.text


def test_another_day_and_another_class_are_other_pictures(store: Store, largest: Standing) -> None:
    figure = drawn(store, HEAD_OFFICE, largest, "zh_CN", "light")[1]
    for name in list(class_sizes(store, HEAD_OFFICE, DEMO_AS_OF.year))[1:4]:
        other = standing(store, HEAD_OFFICE, name, DEMO_AS_OF.year, DEMO_AS_OF)
        assert other is not None
        assert drawn(store, HEAD_OFFICE, other, "zh_CN", "light")[1].layout.title.text != figure.layout.title.text
    name = largest.answer.complaint_class
    earlier = standing(store, HEAD_OFFICE, name, DEMO_AS_OF.year, DEMO_AS_OF.replace(month=5))
    assert earlier is not None
    assert drawn(store, HEAD_OFFICE, earlier, "zh_CN", "light")[1].to_json() != figure.to_json()


def test_the_picture_is_drawn_anew_once_the_store_has_changed(store: Store, largest: Standing) -> None:
    figure = drawn(store, HEAD_OFFICE, largest, "zh_CN", "light")[1]
    with store.writing() as cursor:
        cursor.execute("SELECT 1")
    assert drawn(store, HEAD_OFFICE, largest, "zh_CN", "light")[1] is not figure
