"""How long a drill-down takes at 300 branches, 60 causes and a million tickets, beside an empty Streamlit page.

Run alone: `python -m benchmarks.drill_down [--tickets N] [--classes N] [--clicks N]`. Both pages are served, a real
Chromium chooses one branch after another, and the time from the press to the painted chart is taken in the browser.
Needs Playwright and a Chromium (CHROMIUM, or on the path).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from benchmarks.redraw import IMPORT_SQL, ROOT, serving

BRANCHES, CAUSES, CHANNELS = 300, 60, 7
CHART = ".js-plotly-plot .infolayer"
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
    received_at + to_seconds((420000 + hash(i + 9) % 600000)::BIGINT) AS first_outcome_at,
    '客户反映提前还款预约等待时间过长,要求尽快办理并书面答复,编号' || i AS narrative,
    1 AS import_id, DATE '2026-01-01' AS recorded_on, TIMESTAMP '2026-01-01' AS status_at, 3 AS status_columns,
    md5(i::VARCHAR) AS content_hash, received_at::DATE AS known_on
FROM range(CAST($tickets AS BIGINT)) AS rows(i)
"""


def fill(path: Path, tickets: int, classes: int) -> None:
    """Write a store of BRANCHES branches and CAUSES causes over three years."""
    from data.store import Store

    store = Store(path)
    with store.writing() as cursor:
        cursor.execute(TICKETS_SQL, {"tickets": tickets, "classes": classes})
        cursor.execute(IMPORT_SQL, {"tickets": tickets})
    store.close()


def opened(page: Page, address: str) -> float:
    """Open a page and wait for its painted chart; milliseconds."""
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(CHART, timeout=120_000)
    return (time.perf_counter() - started) * 1000


def choose(page: Page, branch: str, mark: str) -> float:
    """Choose a branch in its picker; milliseconds from the press to two frames after the chart says so."""
    box = page.locator(".st-key-branch_picker input").first
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
    parser.add_argument("--settle", type=int, default=30, help="seconds for the work done ahead after a start")
    options = parser.parse_args()
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser_path is None:
        sys.exit("no Chromium found: put `chromium` on the path or set CHROMIUM")
    names = [f"B{n:03d}" for n in range(BRANCHES)]
    chosen = [names[100 + (click * 37) % 200] for click in range(options.clicks)]
    taken: dict[str, list[float]] = {"product": [], "empty page": []}
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        fill(here / "store.duckdb", options.tickets, options.classes)
        (here / "empty.py").write_text(EMPTY_PAGE.format(names=names), encoding="utf-8")
        address = urlencode({"class": "类别00", "year": 2025, "as_of": "2025-07-27", "branch": "B001"})
        with (
            serving(ROOT / "app.py", ROOT, {"RESOLUTION_WATCH_STORE": str(here / "store.duckdb")}) as product,
            serving(here / "empty.py", here, {}) as empty,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            pages = {name: browser.new_page(viewport={"width": 1366, "height": 768}) for name in taken}
            first = {"product": opened(pages["product"], f"{product}/branches?{address}"),
                     "empty page": opened(pages["empty page"], empty)}  # fmt: skip
            pages["product"].wait_for_timeout(1000 * options.settle)
            for branch in chosen:
                for name, mark in (("product", f"{branch}："), ("empty page", f"{branch}#")):
                    taken[name].append(choose(pages[name], branch, mark))
                    pages[name].wait_for_timeout(1_500)
            browser.close()
    print(f"{options.tickets:,} tickets, {BRANCHES} branches, {CAUSES} causes, {options.classes} classes")
    print(f"{'ms':32}{'product':>10}{'empty page':>12}{'ratio':>8}")
    medians = {name: statistics.median(values) for name, values in taken.items()}
    for label, values in (("first opening", first), ("another branch", medians)):
        ratio = values["product"] / values["empty page"]
        print(f"{label:32}{values['product']:10.0f}{values['empty page']:12.0f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
