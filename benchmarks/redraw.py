"""How long a change of class takes, browser to painted chart, at a million tickets, against an empty page.

    python benchmarks/redraw.py [--tickets 1000000] [--clicks 20]

The empty page is a Streamlit script with one picker and a chart of the same size and number of points. Both are
driven in the same Chromium, in turns, after the product has done its work ahead (ui/warm.py); printed are medians in
milliseconds and their ratio. Needs requirements-dev.txt
and a Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CLASSES = [f"类别{n:02d}" for n in range(30)]
EMPTY_PAGE = """
import numpy as np, pandas as pd, plotly.graph_objects as go, streamlit as st
st.set_page_config(layout="wide")
name = st.sidebar.selectbox("class", {classes!r}, key="picked")
days = pd.date_range("2025-01-01", "2025-12-31")
lift = int(name[-2:])
figure = go.Figure([
    go.Scatter(x=days, y=np.arange(365) * .2 + lift),
    go.Scatter(x=days[:208], y=np.arange(208) * .2, line={{"shape": "hv"}}),
])
figure.update_layout(title=name, template="none", height=470)
st.plotly_chart(figure, theme=None)
"""
TICKETS_SQL = """
INSERT INTO stored.ticket_versions BY NAME
SELECT
    'T' || i AS ticket_id,
    'C' || (hash(i) % (CAST($tickets AS BIGINT) * 7 // 10)) AS customer_id,
    TIMESTAMP '2023-01-01' + to_seconds(i * 94608000 // CAST($tickets AS BIGINT)) AS received_at,
    format('类别{:02d}', (hash(i + 7) % 30)::INTEGER) AS complaint_class,
    'B' || (hash(i + 3) % 36) AS branch_id,
    '原因' || (hash(i + 5) % 40) AS cause,
    CASE WHEN hash(i + 1) % 5 = 0 THEN 'not_agreed' ELSE 'agreed' END AS first_outcome,
    received_at + to_seconds((hash(i + 9) % 1000000)::BIGINT) AS first_outcome_at,
    '客户反映提前还款预约等待时间过长,要求尽快办理并书面答复,编号' || i AS narrative,
    1 AS import_id, DATE '2026-01-01' AS recorded_on, TIMESTAMP '2026-01-01' AS status_at, 3 AS status_columns,
    md5(i::VARCHAR) AS content_hash, received_at::DATE AS known_on
FROM range(CAST($tickets AS BIGINT)) AS rows(i)
"""
IMPORT_SQL = """
INSERT INTO stored.imports BY NAME
SELECT 1 AS import_id, 'tickets' AS kind, 'benchmark' AS file_name, '' AS sha256, now()::TIMESTAMP AS started_at,
       now()::TIMESTAMP AS finished_at, DATE '2026-01-01' AS recorded_on, CAST($tickets AS BIGINT) AS rows_read,
       rows_read AS accepted, 0 AS unchanged, 0 AS set_aside, false AS demo
"""
TITLE = ".js-plotly-plot .gtitle"


def fill(path: Path, tickets: int) -> None:
    """Write a store with that many tickets of 30 classes and 36 branches over three years."""
    from data.store import Store

    store = Store(path)
    with store.writing() as cursor:
        cursor.execute(TICKETS_SQL, {"tickets": tickets})
        cursor.execute(IMPORT_SQL, {"tickets": tickets})
    store.close()


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(script: Path, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a Streamlit script on a free port of this machine; give its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true",
         "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def open_page(page: Page, address: str) -> float:
    """Open a page and wait for its painted chart; give the milliseconds."""
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(TITLE, timeout=120_000)
    return (time.perf_counter() - started) * 1000


def painted(page: Page, text: str, act: Callable[[], None], event: str) -> float:
    """Act, and wait until the chart's title says a text and two frames are painted; milliseconds since
    the browser saw the event (mousedown, keydown)."""
    page.evaluate(
        """([selector, text, event]) => {
            window.redrawn = new Promise(done => {
                const look = () => {
                    const said = [...document.querySelectorAll(selector)].map(e => e.textContent).join(' ');
                    if (said.includes(text))
                        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
                    else requestAnimationFrame(look);
                };
                addEventListener(event, () => { window.acted = performance.now(); look(); },
                                 {once: true, capture: true});
            });
        }""",
        [TITLE, text, event],
    )
    act()
    page.wait_for_function("window.redrawn.then(at => window.painted = at - window.acted)", timeout=60_000)
    return float(page.evaluate("window.painted"))


def change_class(page: Page, name: str) -> float:
    """Pick a class in the sidebar; milliseconds to the painted chart."""
    box = page.locator("[data-testid=stSidebar] [data-testid=stSelectbox] input").first
    box.click()
    box.fill(name)
    page.locator("[role=option]").filter(has_text=name).first.wait_for(state="attached")
    return painted(page, name, lambda: box.press("Enter"), "keydown")


def main() -> None:
    """Fill a store, serve both pages, take turns, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--settle", type=int, default=60, help="seconds for the work done ahead after a start")
    options = parser.parse_args()
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser_path is None:
        sys.exit("no Chromium found: put `chromium` on the path or set CHROMIUM")
    classes: dict[str, list[float]] = {"product": [], "empty page": []}
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        fill(here / "store.duckdb", options.tickets)
        (here / "empty.py").write_text(EMPTY_PAGE.format(classes=CLASSES), encoding="utf-8")
        environment = {"RESOLUTION_WATCH_STORE": str(here / "store.duckdb")}
        with (
            serving(ROOT / "app.py", ROOT, environment) as product,
            serving(here / "empty.py", here, {}) as empty,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            pages = {
                name: browser.new_page(viewport={"width": 1366, "height": 768}) for name in ("product", "empty page")
            }
            opened = {
                "product": open_page(pages["product"], product),
                "empty page": open_page(pages["empty page"], empty),
            }
            again = {
                "product": open_page(pages["product"], product),
                "empty page": open_page(pages["empty page"], empty),
            }
            pages["product"].wait_for_timeout(1000 * options.settle)
            for click in range(options.clicks):
                for name, page in pages.items():
                    classes[name].append(change_class(page, CLASSES[(click * 7 + 3) % 30]))
                    page.wait_for_timeout(400)
            browser.close()
    rows = [
        ("first opening", opened),
        ("opening again", again),
        ("another class", {name: statistics.median(taken) for name, taken in classes.items()}),
    ]
    print(f"{options.tickets:,} tickets, {options.clicks} changes each")
    print(f"{'ms':32}{'product':>10}{'empty page':>12}{'ratio':>8}")
    for label, taken in rows:
        ratio = taken["product"] / taken["empty page"]
        print(f"{label:32}{taken['product']:10.0f}{taken['empty page']:12.0f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
