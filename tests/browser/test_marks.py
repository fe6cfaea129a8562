"""A click on a mark of the branch and the causes screen opens the tickets that its number counts, as in its CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from charts.csv_words import HEADINGS, heading
from tests.browser.driver import HEARD_WITHIN, LOADED_WITHIN, Screen, Server

PREPAYMENT = "住房贷款提前还款"
# Where a mark is drawn: the middle of a bar or of a dot, in the window. Marks are found by their customdata.
PLACE = """([chart, wanted]) => {
    const gd = document.querySelector(`[class*='st-key-${chart}'] .js-plotly-plot`);
    if (!gd || !gd.calcdata) return null;
    const {xaxis, yaxis} = gd._fullLayout;
    for (const [t, trace] of gd._fullData.entries()) {
        const carried = trace.customdata || [];
        const found = [...carried.keys()].filter(i => carried[i].length >= wanted.length
            && wanted.every((w, at) => w === null || carried[i][at] === w));
        if (!found.length) continue;
        const i = found[Math.floor(found.length / 2)], drawn = gd.calcdata[t][i];
        const x = trace.type === 'bar' ? xaxis.c2p(drawn.b + drawn.s / 2) : xaxis.c2p(drawn.x);
        const y = yaxis.c2p(trace.type === 'bar' ? drawn.p : drawn.y);
        const box = gd.getBoundingClientRect();
        return {x: box.x + xaxis._offset + x, y: box.y + yaxis._offset + y, says: (trace.text || [])[i] || '',
                data: carried[i]};
    }
    return null;
}"""


def click(screen: Screen, chart: str, *wanted: str | None) -> dict[str, Any]:
    """Click the mark whose customdata begin as wanted (None: anything); give what it says."""
    holder = screen.page.locator(f"[class*='st-key-{chart}']").first
    holder.wait_for(timeout=LOADED_WITHIN)
    holder.scroll_into_view_if_needed()
    screen.page.wait_for_function(PLACE, arg=[chart, list(wanted)], timeout=HEARD_WITHIN)
    screen.page.wait_for_timeout(300)
    place: dict[str, Any] = screen.page.evaluate(PLACE, [chart, list(wanted)])
    if place["y"] > 700 or place["y"] < 60:
        screen.page.mouse.move(683, 400)
        screen.page.mouse.wheel(0, place["y"] - 400)
        screen.page.wait_for_timeout(400)
        place = screen.page.evaluate(PLACE, [chart, list(wanted)])
    screen.page.mouse.move(place["x"] - 2, place["y"])
    screen.act(lambda: screen.page.mouse.click(place["x"], place["y"]))
    return place


def downloaded(screen: Screen, key: str) -> list[dict[str, str]]:
    """Press a CSV button and give the rows of the file."""
    button = screen.picker(key).locator("button:visible").first
    button.scroll_into_view_if_needed()
    with screen.page.expect_download() as waited:
        button.click()
    content = waited.value.path().read_text(encoding="utf-8-sig")
    names = {heading(name, "zh_CN"): name for name in reversed(list(HEADINGS))}
    return [
        {names.get(column, column): value for column, value in row.items()}
        for row in csv.DictReader(io.StringIO(content))
    ]


def counted(rows: list[dict[str, str]]) -> int:
    """How many tickets of a list's CSV are counted as customers."""
    return sum(row["counted"] == "是" for row in rows)


def test_r20_a_part_of_a_bar_opens_the_replies_it_counts(look: Callable[..., Screen], demo_server: Server) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT, step="2")
    place = click(screen, "cause_replies", "B03", "position|一年内收取1%")
    screen.asks(branch="B03")
    screen.asks(mark="position|一年内收取1%")
    tickets = downloaded(screen, "cause_reply_tickets")
    assert counted(tickets) == int(place["says"]) == 12
    assert {row["branch_id"] for row in tickets} == {"B03"}
    screen.reads("苏州分行 · 一年内收取1%")
    again = look(demo_server, dark=True)
    again.visit(screen.page.url)
    assert counted(downloaded(again, "cause_reply_tickets")) == 12


def test_r20_a_dot_of_the_approvals_opens_its_requests(look: Callable[..., Screen], demo_server: Server) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT, step="3")
    place = click(screen, "cause_approvals", "B04")
    screen.asks(branch="B04")
    screen.reads("参与比较的申请28笔，其中同意3笔")
    tickets = [row for row in downloaded(screen, "cause_approval_tickets") if row["counted"] == "是"]
    granted = sum(row["approval_granted"] == "是" for row in tickets)
    assert (granted, len(tickets)) == (3, 28), place


def test_r21_a_dot_of_the_balances_opens_its_customers(look: Callable[..., Screen], demo_server: Server) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT, step="4")
    rows = {row["branch_id"]: int(row["customers"]) for row in downloaded(screen, "cause_balance_None_csv")}
    place = click(screen, "cause_balance", max(rows, key=lambda branch: rows[branch]))
    branch, customers = place["data"][0], place["data"][2]
    screen.asks(branch=branch)
    assert counted(downloaded(screen, "cause_balance_tickets")) == customers == rows[branch]


def test_r21_a_mark_of_the_rounds_opens_its_tickets(look: Callable[..., Screen], demo_server: Server) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT, step="5")
    place = click(screen, "cause_rounds", "round|unreasonable|2")
    agreed, decided = map(int, place["says"].strip().split("/"))
    screen.asks(mark="round|unreasonable|2")
    tickets = downloaded(screen, "cause_round_tickets")
    states = [row["state"] for row in tickets]
    assert (states.count("达成一致"), len(states) - states.count("等待中")) == (agreed, decided)
    assert all(int(float(row["rounds"])) >= 2 for row in tickets)


@pytest.mark.parametrize(
    ("step", "next_step", "dark"), [("first_reply", "first_not_agreed", False), ("returned", "", True)]
)
def test_r19_a_stream_and_a_step_of_the_process_map_open_their_tickets(
    look: Callable[..., Screen], demo_server: Server, step: str, next_step: str, dark: bool
) -> None:
    screen = look(demo_server, dark=dark)
    screen.open("branches", class_=PREPAYMENT)
    mark = f"flow|{step}|{next_step}"
    place = click(screen, "process_map", *[None] * 5, mark)
    screen.asks(mark=mark)
    tickets = int(place["data"][3 if next_step else 2].replace(",", ""))
    assert len(downloaded(screen, "flow_tickets")) == tickets
    screen.reads(f"{tickets:,}笔工单，共")
    screen.fits()


def test_r19_a_bar_of_this_years_contributions_opens_this_years_tickets(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("branches", class_=PREPAYMENT)
    place = click(screen, "contributions_branch_id", "B01", None, None, None)
    bad, decided = place["data"][2:4]
    screen.asks(branch="B01", mark="year")
    assert len(downloaded(screen, "branch_tickets")) == decided
    screen.reads(f"已有结果的客户{decided}位，其中{bad}位未达成一致")
