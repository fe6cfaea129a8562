"""A whole pack of the demo bank, opened file by file as its reader does, and its threshold counted again from the raw
ticket rows by another way: pandas on the rows as they were delivered, no SQL."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageFont

from answers.class_year import known_on
from answers.plan_forecast import forecast_as_known
from answers.turn_scores import score_all
from charts.look import PICTURE_HEIGHT, PICTURE_WIDTH
from charts.weekly_table import CSV_COLUMNS
from data.demo import DemoBank, demo_bank
from data.demo.truth import INSURANCE, PREPAYMENT
from data.demo_store import DEMO_AS_OF, load_demo
from data.plans import plans
from data.scope import HEAD_OFFICE
from data.store import Store
from reports.browsers import find_browser
from reports.drawing import SCALE
from reports.fonts import SHIPPED, chinese_font
from reports.frozen import FrozenPack
from reports.pack import Pack
from reports.pictures import draw
from reports.snapshot import drawn_pack, frozen_pack
from texts import Problem

CLASSES = (PREPAYMENT, INSURANCE, "信用卡息费")
YEAR = DEMO_AS_OF.year
WIDTH, HEIGHT = PICTURE_WIDTH * SCALE, PICTURE_HEIGHT * SCALE
PAGE = (255, 255, 255)
TITLE_STRIP = (0, 0, WIDTH, 150)  # px; the finding stands here in every picture
NOBODYS = "\ue0ff"  # a character that no type has: it is drawn as a box
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
THRESHOLD = f"{PREPAYMENT}_管控曲线_2025W30"


@dataclass(frozen=True)
class Made:
    """The pack of one day, its raw rows, and what its pictures were drawn from."""

    bank: DemoBank
    frozen: FrozenPack
    pack: Pack
    shares: pd.Series


def some_classes(bank: DemoBank) -> DemoBank:
    """Leave what is of three classes, as a small bank would have it: with all eleven a pack takes a minute."""
    tickets = bank.tickets[bank.tickets["complaint_class"].isin(CLASSES)].reset_index(drop=True)
    kept = {
        name: frame[frame["ticket_id"].isin(tickets["ticket_id"])].reset_index(drop=True)
        for name in ("events", "interactions")
        if "ticket_id" in (frame := getattr(bank, name))
    }
    plans = bank.plans[bank.plans["complaint_class"].isin(CLASSES)].reset_index(drop=True)
    return replace(bank, tickets=tickets, plans=plans, **kept)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Make the pack once: with pictures where there is a browser, with tables alone elsewhere."""
    bank = some_classes(demo_bank())
    store = Store(tmp_path_factory.mktemp("demo") / "store.duckdb")
    load_demo(store, bank)
    score_all(store)
    frozen = frozen_pack(store, HEAD_OFFICE, DEMO_AS_OF)
    (plan,) = plans(store, HEAD_OFFICE, PREPAYMENT, YEAR, DEMO_AS_OF)
    forecast = forecast_as_known(store, HEAD_OFFICE, PREPAYMENT, YEAR, known_on(plan), plan.reading)
    yield Made(bank, frozen, drawn_pack(frozen), forecast.curve["share"])
    store.close()


@pytest.fixture
def pictures(made: Made) -> dict[str, bytes]:
    """The pack's pictures; the test is skipped, saying so, where there is no browser to draw them."""
    try:
        find_browser()
    except Problem as problem:
        pytest.skip(f"the pack has no pictures here: {problem}")
    return {name: content for name, content in made.pack.files.items() if name.endswith(".png")}


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture.convert("RGB")


def texts_of(figure: Any) -> Iterator[str]:
    """Give every text that a figure says, in titles, labels, hover and marks."""
    if isinstance(figure, dict):
        for name, value in figure.items():
            if name != "template":
                yield from texts_of(value)
    elif isinstance(figure, list):
        for value in figure:
            yield from texts_of(value)
    elif isinstance(figure, str):
        yield figure


@pytest.mark.browser
def test_r24_every_picture_of_a_pack_opens_whole_and_is_not_blank(made: Made, pictures: dict[str, bytes]) -> None:
    assert set(pictures) == set(made.frozen.figures) != set(), "none is missing"
    for name, content in pictures.items():
        picture = opened(content)
        assert picture.size == (WIDTH, HEIGHT) == (2560, 1440), name
        pixels = np.asarray(picture)
        assert tuple(pixels[2, 2]) == PAGE, f"{name} is drawn on white"
        inked = pixels.min(axis=2) < 255
        assert 0.005 < inked.mean() < 0.9, name
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        assert rows[0] < HEIGHT / 8, f"{name} has its title"
        assert rows[-1] > HEIGHT * 7 / 8, f"{name} has its source"
        edges = (rows[0], columns[0], HEIGHT - 1 - rows[-1], WIDTH - 1 - columns[-1])
        assert min(edges) > 5, f"{name} is cut at its edge: {edges}"
        coarse = (pixels[::2, ::2].reshape(-1, 3) // 16).astype(np.int32) @ np.array([256, 16, 1], dtype=np.int32)
        assert np.count_nonzero(np.bincount(coarse)) > 20, f"{name} has few colours"


@pytest.mark.browser
def test_r24_the_chinese_in_a_packs_pictures_is_written_and_not_boxes(made: Made, pictures: dict[str, bytes]) -> None:
    if chinese_font().source == "none":
        pytest.skip("there is no Chinese font, shipped or installed")
    name = f"{THRESHOLD}.png"
    figure = json.dumps(json.loads(made.frozen.figures[name]), ensure_ascii=False)
    drawn, again = draw([CHINESE.sub(NOBODYS, figure), figure]).pictures
    assert drawn is not None
    assert again == pictures[name]
    title, no_title = (np.asarray(opened(one).crop(TITLE_STRIP), dtype=int) for one in (pictures[name], drawn))
    assert (abs(title - no_title).max(axis=2) > 64).mean() > 0.005, "the title looks as boxes would"


def test_r24_the_shipped_type_has_every_character_that_the_pictures_say(made: Made) -> None:
    if not any(SHIPPED.glob("*.ttf")):
        pytest.skip("the type is not shipped here; the machine's own is used")
    said = {
        letter for figure in made.frozen.figures.values() for text in texts_of(json.loads(figure)) for letter in text
    }
    said = {letter for letter in said if ord(letter) > 126 and not letter.isspace()}
    assert len(said) > 200
    for weight in ("Regular", "Bold"):
        font = ImageFont.truetype(str(SHIPPED / f"NotoSansSC-{weight}.ttf"), 40)
        box = bytes(font.getmask(NOBODYS))
        assert sorted(letter for letter in said if bytes(font.getmask(letter)) == box) == []


def test_r24_every_table_of_a_pack_opens_in_a_spreadsheet_with_a_heading_and_rows(made: Made) -> None:
    tables = {name: content for name, content in made.pack.files.items() if name.endswith(".csv")}
    classes = [entry["class"] for entry in made.pack.manifest["classes"]]
    assert set(classes) == set(CLASSES)
    assert sum("管控曲线" in name for name in tables) == len(classes)
    for name, content in tables.items():
        assert content[:3] == b"\xef\xbb\xbf", f"{name}: without it, Excel takes the Chinese for something else"
        heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert all(heading), name
        assert len(set(heading)) == len(heading), name
        assert rows, f"{name} has no rows"
        assert {len(row) for row in rows} == {len(heading)}, name


def test_r24_the_manifest_has_the_sha256_of_every_file_of_the_pack(made: Made) -> None:
    files = dict(made.pack.files)
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["as_of"] == DEMO_AS_OF.isoformat()
    assert manifest["data"]["demo"] is True
    assert {entry["name"] for entry in manifest["files"]} == set(files)
    for entry in manifest["files"]:
        assert entry["sha256"] == hashlib.sha256(files[entry["name"]]).hexdigest(), entry["name"]
        assert entry["bytes"] == len(files[entry["name"]])


def known_rows(tickets: pd.DataFrame, name: str, as_of: date) -> pd.DataFrame:
    """Give each ticket of a class as its last row up to a day says it; outcomes of later days are not there yet."""
    end = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    rows = tickets[tickets["updated_at"] < end].sort_values("updated_at", kind="stable")
    rows = rows.drop_duplicates("ticket_id", keep="last")
    rows = rows[(rows["complaint_class"] == name) & (rows["received_at"] < end)].copy()
    return rows.assign(first_outcome=rows["first_outcome"].where(rows["first_outcome_at"] < end))


def by_week(moments: pd.Series, customers: pd.Series, weeks: pd.DataFrame) -> np.ndarray:
    """Count each customer once, in the week of the first of the moments."""
    first = moments.groupby(customers).min().dt.normalize()
    return np.array([first.between(week.week_start, week.week_end).sum() for week in weeks.itertuples()])


def calendar_weeks(year: int) -> pd.DataFrame:
    """Monday to Sunday, cut at the year's ends."""
    days = pd.Series(pd.date_range(f"{year}-01-01", f"{year}-12-31"))
    groups = days.groupby(days - pd.to_timedelta(days.dt.day_of_week, unit="D"))
    return pd.DataFrame({"week_start": groups.min(), "week_end": groups.max()}).reset_index(drop=True)


def test_r24_the_packs_threshold_is_what_the_raw_ticket_rows_say(made: Made) -> None:
    found = pd.read_csv(io.BytesIO(made.pack.files[f"{THRESHOLD}.csv"]), encoding="utf-8-sig",
                        parse_dates=["week_start", "week_end"])  # fmt: skip
    assert list(found) == CSV_COLUMNS
    weeks = calendar_weeks(YEAR)
    assert found[["week_start", "week_end"]].astype("datetime64[ns]").equals(weeks.astype("datetime64[ns]"))

    rows = known_rows(made.bank.tickets, PREPAYMENT, DEMO_AS_OF)
    begun = weeks["week_start"] <= pd.Timestamp(DEMO_AS_OF)
    this_year = rows[rows["received_at"].dt.year == YEAR]
    failed = rows[(rows["first_outcome"] == "not_agreed") & (rows["first_outcome_at"].dt.year == YEAR)]
    customers = by_week(this_year["received_at"], this_year["customer_id"], weeks)
    not_agreed = by_week(failed["first_outcome_at"], failed["customer_id"], weeks)
    for column, counted in (
        ("customers", customers),
        ("not_agreed", not_agreed),
        ("cumulative_not_agreed", not_agreed.cumsum()),
    ):
        assert not_agreed.sum() > 20
        np.testing.assert_allclose(found.loc[begun, column], counted[begun], rtol=0, atol=1e-9, err_msg=column)
        assert found.loc[~begun, column].isna().all(), "weeks to come are empty"

    plan = made.bank.plans.query("complaint_class == @PREPAYMENT and year == @YEAR").iloc[0]
    before = rows[rows["received_at"].dt.year == YEAR - 1]
    last = calendar_weeks(YEAR - 1)
    last["a_day"] = by_week(before["received_at"], before["customer_id"], last) / (
        (last["week_end"] - last["week_start"]).dt.days + 1
    )
    of_day = pd.Series(
        last["a_day"].repeat((last["week_end"] - last["week_start"]).dt.days + 1).to_numpy(),
        index=pd.date_range(f"{YEAR - 1}-01-01", f"{YEAR - 1}-12-31"),
    )
    of_day = of_day[of_day.index.strftime("%m-%d") != "02-29"]  # 2024 has one, 2025 has none
    days = pd.date_range(f"{YEAR}-01-01", f"{YEAR}-12-31")
    plain = pd.Series(of_day.to_numpy(), index=days)
    # the forecast itself is held against its own references elsewhere; here, how its shape spreads the budget
    for threshold, allocation, shape in (
        ("threshold_last_year", "allocation_last_year", plain),
        ("threshold", "allocation", made.shares),
    ):
        spent = np.array([plan["budget"] * shape[: week.week_end].sum() / shape.sum() for week in weeks.itertuples()])
        np.testing.assert_allclose(found[threshold], spent, rtol=0, atol=1e-9, err_msg=threshold)
        np.testing.assert_allclose(found[allocation], np.diff(spent, prepend=0), rtol=0, atol=1e-9)
        assert found[allocation].sum() == pytest.approx(plan["budget"], abs=1e-9)

    used = not_agreed.cumsum()[begun] / found.loc[begun, "threshold"]
    level = np.where(used > plan["over"], "over", np.where(used >= plan["near"], "near", "on_track"))
    assert found.loc[begun, "position"].tolist() == level.tolist()
    entry = next(one for one in made.pack.manifest["classes"] if one["class"] == PREPAYMENT)
    assert (entry["not_agreed"], entry["level"]) == (not_agreed.sum(), level[-1])
    assert datetime.fromisoformat(made.pack.manifest["made_at"]).tzinfo is not None
