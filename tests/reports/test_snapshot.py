"""A snapshot pack: its numbers against the raw tickets, its manifest, and the same pack twice."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from answers.evidence import standing
from data.plans import decide_plan
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.exhibits import class_exhibits
from reports.provenance import data_state
from reports.snapshot import Progress, snapshot, snapshot_pack
from texts import Problem

Row = dict[str, Any]
AS_OF = date(2025, 7, 27)
ROOT = Path(__file__).resolve().parents[2]
EXHIBITS = ("管控曲线", "机构贡献", "机构漏斗图", "机构与原因", "前期交互流程")  # of a class of the bank below


def weeks_of(year: int) -> Iterator[tuple[date, date]]:
    """Monday to Sunday, cut at the year's ends."""
    start = date(year, 1, 1)
    while start.year == year:
        end = min(start + timedelta(days=6 - start.weekday()), date(year, 12, 31))
        yield start, end
        start = end + timedelta(days=1)


def first_days(rows: list[Row], key: str, keep: Callable[[Row], bool]) -> list[date]:
    """Each customer's first day, in the rows kept."""
    first: dict[str, date] = {}
    for row in rows:
        if keep(row):
            day = row[key].date()
            first[row["customer_id"]] = min(day, first.get(row["customer_id"], day))
    return list(first.values())


def expected(rows: list[Row], as_of: date, budget: int) -> list[Row]:
    """The weekly numbers of 2025 in plain Python, from the definition of counting and of last year's split."""
    complained = first_days(rows, "received_at", lambda r: r["received_at"].year == 2025)
    failed = first_days(
        rows,
        "first_outcome_at",
        lambda r: r["first_outcome"] == "not_agreed" and r["first_outcome_at"].date() <= as_of
        and r["first_outcome_at"].year == 2025,
    )  # fmt: skip
    before = first_days(rows, "received_at", lambda r: r["received_at"].year == 2024)
    share: dict[tuple[int, int], float] = {}
    for start, end in weeks_of(2024):
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        for day in days:
            share[day.month, day.day] = sum(start <= other <= end for other in before) / len(days)
    total = sum(value for day, value in share.items() if day != (2, 29))
    table, spent = [], 0.0
    for start, end in weeks_of(2025):
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        spent += budget * sum(share[day.month, day.day] for day in days) / total
        begun = start <= as_of
        table.append(
            {
                "week_start": start.isoformat(),
                "week_end": end.isoformat(),
                "customers": str(sum(start <= day <= min(end, as_of) for day in complained)) if begun else "",
                "not_agreed": str(sum(start <= day <= end for day in failed)) if begun else "",
                "cumulative_not_agreed": str(sum(day <= end for day in failed)) if begun else "",
                "threshold_last_year": spent,
            }
        )
    return table


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("as_of", [AS_OF, date(2025, 3, 5)], ids=["end of a week", "within a week"])
def test_r24_the_packs_table_equals_a_calculation_from_the_raw_tickets(
    filled: Store, bank: list[Row], as_of: date
) -> None:
    decide_plan(filled, HEAD_OFFICE, "提前还款", 2025, budget=80, made_by="总行消保", made_at=datetime(2025, 1, 2, 9))
    pack = snapshot_pack(filled, HEAD_OFFICE, as_of, ["提前还款"])
    week = "2025W30" if as_of == AS_OF else "2025W10"
    found = read_csv(pack.files[f"提前还款_管控曲线_{week}.csv"])
    rows = [r for r in bank if r["complaint_class"] == "提前还款" and r["received_at"].date() <= as_of]
    by_hand = expected(rows, as_of, 80)
    assert len(found) == len(by_hand) == 53
    for row, hand in zip(found, by_hand, strict=True):
        for column in ("week_start", "week_end", "customers", "not_agreed", "cumulative_not_agreed"):
            assert row[column] == hand[column], (column, row)
        assert float(row["threshold_last_year"]) == pytest.approx(hand["threshold_last_year"], abs=1e-9)


@pytest.mark.usefixtures("no_browser")
def test_r24_without_a_browser_every_table_is_there_and_the_manifest_says_what_is_missing(filled: Store) -> None:
    pack = snapshot_pack(filled, HEAD_OFFICE, AS_OF)
    names = [f"{name}_{exhibit}_2025W30" for name in ("提前还款", "信用卡-分期") for exhibit in EXHIBITS]
    names = ["总览_2025_2025-07-27", *names]
    assert sorted(pack.files) == sorted(["manifest.json", *(f"{name}.csv" for name in names)])
    pictures = pack.manifest["pictures"]
    assert pictures["drawn"] == 0
    assert pictures["missing"] == [f"{name}.png" for name in names]
    assert "BROWSER_PATH" in pictures["reason"]
    assert any("没有 PNG 文件" in warning for warning in pack.manifest["warnings"])


@pytest.mark.usefixtures("no_browser")
def test_the_manifest_says_filters_plan_data_and_every_files_hash(filled: Store, bank: list[Row]) -> None:
    decide_plan(filled, HEAD_OFFICE, "提前还款", 2025, budget=80, made_by="总行消保", made_at=datetime(2025, 1, 2, 9))
    content = snapshot(filled, HEAD_OFFICE, AS_OF, ["提前还款", "信用卡/分期"], "en")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert list(files) == sorted(files)
    text = files.pop("manifest.json").decode()
    assert "总行消保" not in text, "who decided is not for the reader of a pack"
    manifest = json.loads(text)
    assert manifest["as_of"] == "2025-07-27"
    assert manifest["language"] == "en"
    assert f'version = "{manifest["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert datetime.fromisoformat(manifest["made_at"]).tzinfo is not None
    assert manifest["filters"] == {"classes": ["提前还款", "信用卡/分期"], "role": "head_office", "branch": None}
    prepayment, cards = manifest["classes"]
    assert prepayment["plan"] == {
        "version": 1, "decided": True, "valid_from": "2025-01-01", "budget": 80, "regime": "weekly_threshold",
        "target_fcr": None, "reading": "first", "counted": "not agreed in the first round, each customer once",
        "near": 0.8, "over": 1.0,
    }  # fmt: skip
    assert (prepayment["plan_versions"], cards["plan_versions"]) == ([1], [])
    assert not cards["plan"]["decided"]
    assert manifest["data"]["from"] == str(min(row["received_at"] for row in bank).date())
    assert manifest["data"]["through"] == str(max(row["received_at"] for row in bank).date())
    assert manifest["data"]["tickets"] == 700
    assert manifest["data"]["version"]["last_import_id"] == 1
    assert manifest["data"]["version"]["imports"] == 1
    for entry in manifest["files"]:
        assert entry["bytes"] == len(files[entry["name"]])
        assert entry["sha256"] == hashlib.sha256(files[entry["name"]]).hexdigest()
    assert {entry["name"] for entry in manifest["files"]} == set(files)


@pytest.mark.usefixtures("no_browser")
def test_a_pack_made_again_differs_in_its_time_stamp_only(filled: Store) -> None:
    first = snapshot_pack(filled, HEAD_OFFICE, AS_OF)
    again = snapshot_pack(filled, HEAD_OFFICE, AS_OF)
    assert {**first.manifest, "made_at": ""} == {**again.manifest, "made_at": ""}
    assert first.files.keys() == again.files.keys()
    assert all(first.files[name] == again.files[name] for name in first.files if name != "manifest.json")
    assert first.zip_bytes() == first.zip_bytes()


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_r24_a_pack_with_pictures_is_the_same_bytes_twice(filled: Store) -> None:
    steps: list[Progress] = []
    first = snapshot_pack(filled, HEAD_OFFICE, AS_OF, ["提前还款"], progress=steps.append)
    again = snapshot_pack(filled, HEAD_OFFICE, AS_OF, ["提前还款"])
    assert first.manifest["pictures"]["missing"] == []
    assert first.manifest["pictures"]["drawn"] == len(EXHIBITS)
    png = first.files["提前还款_管控曲线_2025W30.png"]
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (2560, 1440)
    assert all(first.files[name] == again.files[name] for name in first.files if name != "manifest.json")
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, 2 * len(EXHIBITS), 2 * len(EXHIBITS))


@pytest.mark.usefixtures("no_browser")
def test_a_new_import_gives_another_data_version(filled: Store) -> None:
    before = snapshot_pack(filled, HEAD_OFFICE, AS_OF).manifest["data"]["version"]
    with filled.writing() as cursor:
        cursor.execute("INSERT INTO stored.imports BY NAME SELECT * REPLACE (2 AS import_id) FROM stored.imports")
    after = snapshot_pack(filled, HEAD_OFFICE, AS_OF).manifest["data"]["version"]
    assert (before["last_import_id"], after["last_import_id"]) == (1, 2)
    assert before["imports_sha256"] != after["imports_sha256"]


@pytest.mark.usefixtures("no_browser")
def test_a_branch_readers_pack_holds_the_own_branch_only(filled: Store, bank: list[Row]) -> None:
    pack = snapshot_pack(filled, Scope("branch", "B01"), AS_OF, ["提前还款"])
    found = read_csv(pack.files["提前还款_管控曲线_2025W30.csv"])
    own = [r for r in bank if r["complaint_class"] == "提前还款" and r["branch_id"] == "B01"]
    assert sum(int(row["customers"] or 0) for row in found) == len(
        {r["customer_id"] for r in own if r["received_at"].year == 2025}
    )
    assert pack.manifest["filters"]["branch"] == "B01"


@pytest.mark.usefixtures("no_browser")
def test_old_data_are_said_in_the_manifest_and_in_the_pictures_source_line(filled: Store, bank: list[Row]) -> None:
    last = max(row["received_at"] for row in bank).date()

    def source_line(as_of: date) -> str:
        answer = standing(filled, HEAD_OFFICE, "提前还款", 2025, as_of)
        assert answer is not None
        (exhibit,) = class_exhibits(answer, data_state(filled, HEAD_OFFICE, as_of), "zh_CN")
        assert exhibit.figure is not None
        return next(str(note.text) for note in exhibit.figure().layout.annotations if note.text.startswith("数据"))

    day_after, month_after = last + timedelta(days=1), last + timedelta(days=36)
    fresh = snapshot_pack(filled, HEAD_OFFICE, day_after)
    assert fresh.manifest["data"]["days_old"] == 1
    assert not any("早于截至日" in warning for warning in fresh.manifest["warnings"])
    assert "未更新" not in source_line(day_after)
    stale = snapshot_pack(filled, HEAD_OFFICE, month_after)
    assert stale.manifest["data"]["days_old"] == 36
    assert [entry["stale"] for entry in stale.manifest["classes"]] == [True, True]
    assert any(f"数据止于 {last}，早于截至日 36 天" in warning for warning in stale.manifest["warnings"])
    assert f"数据未更新：止于 {last}，比 {month_after} 早 36 天" in source_line(month_after)


@pytest.mark.usefixtures("no_browser")
def test_a_class_that_is_not_there_is_a_plain_problem(filled: Store) -> None:
    with pytest.raises(Problem) as raised:
        snapshot_pack(filled, HEAD_OFFICE, AS_OF, ["提前还歀"])
    assert "提前还歀" in str(raised.value)
    assert "提前还款" in str(raised.value), "the classes there are, are named"


@pytest.mark.usefixtures("no_browser")
def test_a_day_before_the_data_is_a_plain_problem(filled: Store, bank: list[Row]) -> None:
    with pytest.raises(Problem) as raised:
        snapshot_pack(filled, HEAD_OFFICE, date(2023, 12, 31))
    assert str(min(row["received_at"] for row in bank).date()) in str(raised.value)


@pytest.mark.usefixtures("no_browser")
def test_an_empty_store_is_a_plain_problem(store: Store) -> None:
    with pytest.raises(Problem, match="no tickets"):
        snapshot_pack(store, HEAD_OFFICE, AS_OF)


@pytest.mark.usefixtures("no_browser")
def test_class_names_of_any_kind_give_files_of_their_own(
    store: Store, bank: list[Row], fill: Callable[[list[Row]], None]
) -> None:
    names = ["a/b", "a:b", "A?B", "CON", 'He said "no"', "<script>alert(1)</script>", "保险" * 60, "尾. ", "=1+1"]
    fill([{**row, "complaint_class": names[n % len(names)]} for n, row in enumerate(bank)])
    pack = snapshot_pack(store, HEAD_OFFICE, AS_OF)
    tables = [name for name in pack.files if name.endswith(".csv")]
    assert len({name.casefold() for name in tables}) == len(tables)
    assert sum("管控曲线" in name for name in tables) == len(names)
    assert {entry["class"] for entry in pack.manifest["files"]} == {*names, None}, "null: of the whole bank"
