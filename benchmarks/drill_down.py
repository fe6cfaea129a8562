"""How long a drill-down takes at 300 branches, 60 causes and a million tickets, beside an empty Streamlit page.

Run alone: `python -m benchmarks.drill_down [--tickets N] [--classes N] [--clicks N]`. The branch screen, three
analyses of the causes screen and an empty page are served, a real Chromium chooses one branch after another, and the
time from the press to the painted chart is taken in the browser. First openings are of a class nobody looked at, which
is not worked on ahead. Needs Playwright and a Chromium (CHROMIUM, or on the path).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.redraw import IMPORT_SQL, ROOT
from benchmarks.running import launched, serving, wait_until_idle

BRANCHES, CAUSES, CHANNELS = 300, 60, 7
EMPTY = "empty page"
WINDOW: ViewportSize = {"width": 1366, "height": 768}
CHART = ".js-plotly-plot .infolayer, .js-plotly-plot .yaxislayer-above"  # titles and names of rows
# Screen, its part of the address, a class that nobody looked at before, branch picker, how a picture names a branch.
SCREENS = {
    "branches": ("branches", {}, "类别00", "branch_picker", "{branch}："),
    "causes, replies": ("causes", {"step": "2"}, "类别03", "cause_branch_picker", "{branch}"),
    "causes, approvals": ("causes", {"step": "3"}, "类别05", "cause_branch_picker", "{branch}"),
    "causes, balance": ("causes", {"step": "4"}, "类别07", "cause_branch_picker", "{branch}"),
}
EMPTY_PAGE = """
import pandas as pd, plotly.graph_objects as go, streamlit as st
st.set_page_config(layout="wide")
name = st.selectbox("branch", {names!r}, key="branch_picker")
days = pd.date_range("2025-01-06", periods=30, freq="W-MON")
figure = go.Figure([go.Bar(x=days, y=[(int(name[1:]) + i) % 9 for i in range(30)]) for _ in range(2)])
figure.update_layout(title=name + "#", template="none", height=380, barmode="stack")
st.plotly_chart(figure, theme=None)
"""
TICKETS_SQL = """
INSERT INTO stored.ticket_versions BY NAME
SELECT
    'T' || i AS ticket_id,
    'C' || (hash(i) % (CAST($tickets AS BIGINT) * 7 // 10)) AS customer_id,
    TIMESTAMP '2023-01-01' + to_seconds(i * 94608000 // CAST($tickets AS BIGINT)) AS received_at,
    format('类别{:02d}', (hash(i + 7) % CAST($classes AS BIGINT))::INTEGER) AS complaint_class,
    format('B{:03d}', (hash(i + 3) % 300)::INTEGER) AS branch_id,
    '原因' || (hash(i + 5) % 60) AS cause,
    '渠道' || (hash(i + 15) % 7) AS channel,
    received_at + to_seconds((hash(i + 11) % 20000)::BIGINT) AS dispatched_at,
    received_at + to_seconds((20000 + hash(i + 12) % 200000)::BIGINT) AS first_contact_at,
    received_at + to_seconds((220000 + hash(i + 13) % 200000)::BIGINT) AS first_reply_at,
    CASE WHEN hash(i + 1) % 5 = 0 THEN 'not_agreed' ELSE 'agreed' END AS first_outcome,
    CASE WHEN hash(i + 1) % 5 = 0 THEN 2 + hash(i + 2) % 3 ELSE 1 END AS rounds,
    CASE WHEN hash(i + 1) % 20 = 0 THEN 'not_agreed' ELSE 'agreed' END AS final_outcome,
    received_at + to_seconds((1020000 + hash(i + 16) % 900000)::BIGINT) AS closed_at,
    CASE WHEN hash(i + 17) % 12 = 0 THEN '要求赔偿精神损失' ELSE '诉求' || (hash(i + 17) % 9) END AS demand,
    (hash(i + 18) % 400000)::DOUBLE AS amount,
    '问题' || (hash(i + 19) % 6) || '是否收取' AS question_key,
    CASE WHEN hash(i + 20) % 10 < 8 THEN '口径' || (hash(i + 21) % 4) END AS reply_position,
    '您好，经核实，该业务'
        || ['不收取费用', '一年内收取1%', '收取三个月利息', '按合同约定'][1 + (hash(i + 21) % 4)::INTEGER]
        || '，请您知悉。感谢您的理解与支持。' AS reply_text,
    '申请' || (hash(i + 22) % 5) AS approval_requested, hash(i + 23) % 3 > 0 AS approval_granted,
    received_at + to_seconds((420000 + hash(i + 9) % 600000)::BIGINT) AS first_outcome_at,
    '客户反映提前还款预约等待时间过长,要求尽快办理并书面答复,编号' || i AS narrative,
    1 AS import_id, DATE '2026-01-01' AS recorded_on, TIMESTAMP '2026-01-01' AS status_at, 3 AS status_columns,
    md5(i::VARCHAR) AS content_hash, received_at::DATE AS known_on
FROM range(CAST($tickets AS BIGINT)) AS rows(i)
"""
BALANCES_SQL = """
INSERT INTO stored.branch_balances BY NAME
SELECT format('B{:03d}', branch) AS branch_id, month::DATE AS month,
       1e9 * exp(3 * (hash(branch) % 1000) / 1000) AS loan_balance, 1 AS import_id,
       DATE '2026-01-01' AS recorded_on, md5(branch || '-' || month) AS content_hash
FROM range(300) AS branches(branch),
     generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2025-12-01', INTERVAL 1 MONTH) AS months(month)
"""


def fill(path: Path, tickets: int, classes: int) -> None:
    """Write a store of BRANCHES branches and CAUSES causes over three years."""
    from data.store import Store

    store = Store(path)
    with store.writing() as cursor:
        cursor.execute(TICKETS_SQL, {"tickets": tickets, "classes": classes})
        cursor.execute(BALANCES_SQL)
        cursor.execute(IMPORT_SQL, {"tickets": tickets})
    store.close()


def opened(page: Page, address: str) -> float:
    """Open a page and wait for its painted chart; milliseconds."""
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(CHART, timeout=120_000)
    return (time.perf_counter() - started) * 1000


def choose(page: Page, picker: str, branch: str, mark: str) -> float:
    """Choose a branch in its picker; milliseconds from the press to two frames after the chart says so."""
    box = page.locator(f".st-key-{picker} input").first
    box.click()
    box.fill(branch)
    option = page.get_by_role("option", name=branch, exact=True)
    option.wait_for()
    page.evaluate(
        """([selector, text]) => {
            window.redrawn = new Promise(done => {
                const look = () => {
                    const said = [...document.querySelectorAll(selector)].map(e => e.textContent).join(' ');
                    if (said.includes(text))
                        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
                    else requestAnimationFrame(look);
                };
                addEventListener('mousedown', () => { window.acted = performance.now(); look(); },
                                 {once: true, capture: true});
            });
        }""",
        [CHART, mark],
    )
    option.click()
    page.wait_for_function("window.redrawn.then(at => window.painted = at - window.acted)", timeout=60_000)
    return float(page.evaluate("window.painted"))


def main() -> None:
    """Fill a store, serve both pages, take turns, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--classes", type=int, default=30)
    parser.add_argument("--clicks", type=int, default=15)
    parser.add_argument("--settle", type=int, default=900, help="most seconds for the work done ahead after a start")
    options = parser.parse_args()
    names = [f"B{n:03d}" for n in range(BRANCHES)]
    chosen = [names[100 + (click * 37) % 200] for click in range(options.clicks)]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        fill(here / "store.duckdb", options.tickets, options.classes)
        (here / "empty.py").write_text(EMPTY_PAGE.format(names=names), encoding="utf-8")
        with (
            serving(ROOT / "app.py", ROOT, {"RESOLUTION_WATCH_STORE": str(here / "store.duckdb")}) as product,
            serving(here / "empty.py", here, {}) as empty,
            sync_playwright() as playwright,
        ):
            browser = launched(playwright)
            first, pages = {}, {}
            for name, (path, extra, complaint_class, *_) in SCREENS.items():
                address = {"class": complaint_class, "year": 2025, "as_of": "2025-07-27", "branch": "B001", **extra}
                pages[name] = browser.new_page(viewport=WINDOW)
                first[name] = opened(pages[name], f"{product}/{path}?{urlencode(address)}")
                if name == next(iter(SCREENS)):  # the rest is not measured against work that is done ahead
                    wait_until_idle(options.settle)
            pages[EMPTY] = browser.new_page(viewport=WINDOW)
            first[EMPTY] = opened(pages[EMPTY], empty)
            taken: dict[str, list[float]] = {name: [] for name in pages}
            for branch in chosen:
                for name, page in pages.items():
                    *_, picker, mark = SCREENS.get(name, ("", {}, "", "branch_picker", "{branch}#"))
                    taken[name].append(choose(page, picker, branch, mark.format(branch=branch)))
                    page.wait_for_timeout(800)
            browser.close()
    print(f"{options.tickets:,} tickets, {BRANCHES} branches, {CAUSES} causes, {options.classes} classes")
    print(f"{'ms':24}{'first opening':>14}{'ratio':>8}{'another branch':>16}{'ratio':>8}")
    again = {name: statistics.median(values) for name, values in taken.items()}
    for name in pages:
        ratios = first[name] / first[EMPTY], again[name] / again[EMPTY]
        print(f"{name:24}{first[name]:14.0f}{ratios[0]:8.2f}{again[name]:16.0f}{ratios[1]:8.2f}")


if __name__ == "__main__":
    main()
