"""What a pack shows of the causes: what differs, the quotas, who is not in mediation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.causes import Asked
from data.demo.truth import PREPAYMENT
from data.demo_store import DEMO_AS_OF, load_demo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.cause_exhibits import cause_exhibits


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("pack")
    opened = Store(folder / "store.duckdb")
    load_demo(opened)
    yield opened
    opened.close()


def test_r24_the_pack_holds_what_differs_with_its_numbers(demo: Store) -> None:
    asked = Asked(demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    found = {exhibit.name[1:-1]: exhibit for exhibit in cause_exhibits(asked, True, "zh_CN", "2025W30", 3)}
    assert ("答复口径", "提前还款是否收取违约金") in found
    assert ("答复口径", "提前还款预约需要等多久") in found
    assert {("审批标准",), ("投诉量与贷款余额",), ("处理轮次",), ("未进入三方调解",)} <= set(found)
    for exhibit in found.values():
        assert exhibit.title
        assert exhibit.table is not None
        assert len(exhibit.table()) > 0
        if exhibit.figure is not None:
            assert len(exhibit.figure().data) > 0
    quota = found[("按余额分配未达成一致额度",)].table
    assert quota is not None
    assert quota()["quota"].sum() == 80


def test_a_class_that_is_not_about_loans_and_a_branch_reader_get_no_quotas(demo: Store) -> None:
    other = Asked(demo, HEAD_OFFICE, "网点服务", 2025, DEMO_AS_OF)
    names = [exhibit.name[1] for exhibit in cause_exhibits(other, True, "zh_CN", "2025W30", 3)]
    assert not [name for name in names if "余额" in name]
    own = Asked(demo, Scope("branch", "B03"), PREPAYMENT, 2025, DEMO_AS_OF)
    assert cause_exhibits(own, True, "zh_CN", "2025W30", 3) == []
