"""Events, branches, balances and conversations come in the same way as tickets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.store import Store
from tests.data.bank_files import english, opened, take

DAY1, DAY2, DAY3 = date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 16)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return store.cursor().execute(query).fetchall()


def test_events_are_kept_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    text = (
        "工单编号,事件,时间,参与方,说明\nT1,三方调解,2025年3月5日 10:30,消保中心,客户同意\n"
        "T1,三方调解,2025/3/5 10:30,消保中心,客户同意\nT2,,待定,,\n"
    )
    path.write_bytes(text.encode("gb18030"))
    report = take(store, path)
    assert (report.kind, report.rows_read, report.accepted, report.unchanged, report.set_aside) == (
        "events",
        3,
        1,
        1,
        1,
    )
    assert len(report.examples[0].reasons) == 2
    assert rows(store, "SELECT ticket_id, event, happened_at::VARCHAR, party, detail FROM stored.events") == [
        ("T1", "三方调解", "2025-03-05 10:30:00", "消保中心", "客户同意")
    ]
    assert take(store, path, recorded_on=date(2025, 8, 1)).accepted == 0


def test_a_mediation_tells_who_mediated_and_what_it_came_to(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        "工单编号,事件,时间,参与方,说明,调解组织,调解结果\nT1,三方调解,2025-03-05,调解组织,双方签字,金融纠纷调解中心,达成一致\n"
        "T2,三方调解,2025-03-06,调解组织,分歧较大,金融纠纷调解中心,否\nT3,三方调解,2025-03-06,,,,不知道\n",
        encoding="utf-8",
    )
    report = take(store, path)
    assert (report.accepted, report.set_aside) == (2, 1)
    assert rows(store, "SELECT ticket_id, mediator, result FROM stored.events ORDER BY 1") == [
        ("T1", "金融纠纷调解中心", "agreed"),
        ("T2", "金融纠纷调解中心", "not_agreed"),
    ]


def test_the_branch_described_last_holds(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "branches.csv"
    for day, outlets in ((DAY1, 12), (DAY2, 13), (DAY3, 12)):
        path.write_text(
            f'机构编号,机构名称,区域,网点数,个人客户数\nB01,北京分行,华北,{outlets},"1,200,000"\n', encoding="utf-8"
        )
        assert take(store, path, recorded_on=day).accepted == 1
        assert take(store, path, recorded_on=day).unchanged == 1
    for day, outlets in ((DAY1, 12), (DAY2, 13), (DAY3, 12)):
        seen = rows(store, f"SELECT outlets, personal_customers FROM seen.branches(DATE '{day}', NULL)")
        assert seen == [(outlets, 1_200_000)]


def test_balances_are_in_yuan_by_month(store: Store, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(
        '机构编号,月份,贷款余额(亿元)\nB01,2025年3月,"1,234.5"\nB02,202503,600\nB03,2025-03-31,-1\nB04,,2\n',
        encoding="utf-8",
    )
    report = take(store, tmp_path / "b.csv")
    assert (report.accepted, report.set_aside) == (2, 2)
    assert rows(store, "SELECT branch_id, month::VARCHAR, loan_balance FROM stored.branch_balances ORDER BY 1") == [
        ("B01", "2025-03-01", 123_450_000_000.0),
        ("B02", "2025-03-01", 60_000_000_000.0),
    ]


def test_conversations_come_as_a_table(store: Store, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "会话编号,轮次,时间,方式,说话人,文本\nI1,1,2025-03-05 10:00:00,电话,客户,我要投诉\n"
        "I1,2,2025-03-05 10:00:05,电话,坐席,您请讲\n"
        "I1,3,2025-03-05 10:00:09,传真,客户,\n",
        encoding="utf-8",
    )
    report = take(store, tmp_path / "c.csv")
    assert (report.kind, report.accepted, report.set_aside) == ("interactions", 2, 1)
    assert "“传真” in column 方式 is not a known word" in " ".join(english(report.examples[0].reasons))


def test_conversations_come_as_json_lines(store: Store, tmp_path: Path) -> None:
    turns = [
        {"at": "2025-03-05T10:00:00+08:00", "speaker": "customer", "text": "我要向银保监投诉"},
        {"speaker": "agent"},
    ]
    lines = [
        json.dumps({"interaction_id": "I1", "medium": "chat", "customer_id": "C1", "turns": turns}, ensure_ascii=False),
        "",
        json.dumps(
            {
                "interaction_id": "I2",
                "turn": 1,
                "medium": "电话",
                "at": "2025年3月5日",
                "speaker": "客户",
                "text": "你好",
            }
        ),
        '{"interaction_id": "I3", broken',
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = take(store, tmp_path / "c.jsonl")
    assert (report.rows_read, report.accepted, report.set_aside) == (4, 2, 2)
    assert [row.row_number for row in report.examples] == [1, 4]
    stored = rows(
        store,
        "SELECT interaction_id, turn, happened_at::VARCHAR, medium, speaker, customer_id FROM stored.interactions",
    )
    assert sorted(stored) == [
        ("I1", 1, "2025-03-05 10:00:00", "chat", "customer", "C1"),
        ("I2", 1, "2025-03-05 00:00:00", "call", "customer", None),
    ]
