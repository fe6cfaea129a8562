"""How long a change takes, browser to painted chart, at a million tickets, against an empty page.

    python benchmarks/redraw.py [--tickets 1000000] [--clicks 20] [--viewers 10] [--lean]

The empty page is a Streamlit script with the same two pickers and a chart of the same size, served as Streamlit comes;
with --lean it is served as the product is, without a collection of garbage after every run. Both are driven in the same
Chromium, in turns, after the product has done its work ahead (ui/warm.py). Measured are: the first screen in a browser
that has never been there; the same screen opened again; another class; another as-of day, one that nobody has looked at
before; and ten viewers who choose another class in the same moment. Printed are medians in milliseconds, the ratio of
the medians, and the median of the ratios of neighbouring turns, which a busy machine disturbs least. Needs
requirements-dev.txt and a Chromium.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.running import launched, serving, wait_until_idle  # noqa: E402

CLASSES = [f"类别{n:02d}" for n in range(30)]
EMPTY_PAGE = """
import datetime, numpy as np, pandas as pd, plotly.graph_objects as go, streamlit as st
st.set_page_config(layout="wide")
name = st.sidebar.selectbox("class", {classes!r}, key="class_picker")
day = st.sidebar.date_input("as of", datetime.date(2025, 7, 31), key="as_of_picker", format="YYYY-MM-DD")
days = pd.date_range("2025-01-01", "2025-12-31")
lift = int(name[-2:])
figure = go.Figure([
    go.Scatter(x=days, y=np.arange(365) * .2 + lift),
    go.Scatter(x=days[:208], y=np.arange(208) * .2, line={{"shape": "hv"}}),
])
figure.update_layout(title=f"{{name}} {{day}}", template="none", height=500)
st.plotly_chart(figure, theme=None)
"""
LEAN = "[runner]\npostScriptGC = false\n"  # as in the product's .streamlit/config.toml
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
WORDS = ".js-plotly-plot .infolayer"  # the texts of the painted chart
FIRST_DAY = "2025-07-31"
SIZE: ViewportSize = {"width": 1366, "height": 768}
REST = 2_500  # ms; what follows the picture is then done, and the next turn is nobody's but its page's
AFTER_ALL, LOOKS_AFTER_ALL = 60, 2  # s at most, until what follows ten pictures is done


def fill(path: Path, tickets: int) -> None:
    """Write a store with that many tickets of 30 classes and 36 branches over three years."""
    from data.store import Store

    store = Store(path)
    with store.writing() as cursor:
        cursor.execute(TICKETS_SQL, {"tickets": tickets})
        cursor.execute(IMPORT_SQL, {"tickets": tickets})
    store.close()


def write_empty_page(folder: Path, lean: bool) -> Path:
    """Write the empty page into a folder, and how it is served; give the script's path."""
    script = folder / "empty.py"
    script.write_text(EMPTY_PAGE.format(classes=CLASSES), encoding="utf-8")
    if lean:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "config.toml").write_text(LEAN, encoding="utf-8")
    return script


def open_page(page: Page, address: str) -> float:
    """Open a page and wait for its painted chart; give the milliseconds."""
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(WORDS, state="attached", timeout=120_000)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return (time.perf_counter() - started) * 1000


def watch(page: Page, text: str, event: str) -> None:
    """Have the page note when it saw an event, and when two frames were painted after its chart said a text."""
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
        [WORDS, text, event],
    )


def painted(page: Page) -> float:
    """Give the milliseconds from the event to the painted chart, both by the browser's clock."""
    page.wait_for_function("window.redrawn.then(at => window.painted = at - window.acted)", timeout=60_000)
    return float(page.evaluate("window.painted"))


def ready_for_class(page: Page, name: str) -> Locator:
    """Open the class picker and find a class in it; Enter is left to do."""
    box = page.locator(".st-key-class_picker input").first
    box.click()
    box.fill(name)
    page.locator("[role=option]").filter(has_text=name).first.wait_for(state="attached")
    watch(page, name, "keydown")
    return box


def change_class(page: Page, name: str) -> float:
    """Pick a class in the sidebar; milliseconds to the painted chart."""
    ready_for_class(page, name).press("Enter")
    return painted(page)


def change_day(page: Page, day: date) -> float:
    """Pick another day of the same month in the calendar; milliseconds to the painted chart."""
    page.locator(".st-key-as_of_picker [role=spinbutton]").last.click()
    cell = page.locator(f'[role=gridcell] [aria-label*="{day:%B} {day.day}, {day.year}"]').first
    cell.wait_for()
    watch(page, day.isoformat(), "mousedown")
    cell.click()
    return painted(page)


def together(pages: Sequence[Page], names: Sequence[str]) -> float:
    """Have all viewers choose a class in the same moment; milliseconds until the last one's chart is painted, median
    over the viewers."""
    boxes = [ready_for_class(page, name) for page, name in zip(pages, names, strict=True)]
    for box in boxes:
        box.press("Enter")
    return statistics.median(painted(page) for page in pages)


def usual_options(doc: str | None) -> argparse.ArgumentParser:
    """Give a parser with what both pages and their readers can be set to."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--viewers", type=int, default=10)
    parser.add_argument("--settle", type=int, default=900, help="most seconds for the work done ahead after a start")
    parser.add_argument("--lean", action="store_true", help="the empty page, too, collects no garbage after a run")
    return parser


@contextmanager
def both_pages(options: argparse.Namespace) -> Iterator[tuple[Browser, str, str]]:
    """Fill a store and serve both pages; give a browser, the product's address and the empty page's."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        fill(here / "store.duckdb", options.tickets)
        script = write_empty_page(here, options.lean)
        environment = {"RESOLUTION_WATCH_STORE": str(here / "store.duckdb")}
        with (
            serving(ROOT / "app.py", ROOT, environment) as product,
            serving(script, here, {}) as empty,
            sync_playwright() as playwright,
        ):
            browser = launched(playwright)
            yield browser, product, empty
            browser.close()


def print_turns(turns: dict[str, list[tuple[float, float]]]) -> None:
    """Print medians and ratios of what was measured by name, (product, empty page) for every turn."""
    width = max(map(len, turns)) + 2
    print(f"{'medians, ms':{width}}{'product':>9}{'empty page':>12}{'ratio':>7}{'of turns':>10}")
    for label, taken in turns.items():
        of_turns = statistics.median(own / other for own, other in taken)
        own, other = (statistics.median(column) for column in zip(*taken, strict=True))
        print(f"{label:{width}}{own:9.0f}{other:12.0f}{own / other:7.2f}{of_turns:10.2f}")


def main() -> None:
    """Fill a store, serve both pages, take turns, print the table."""
    parser = usual_options(__doc__)
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--openings", type=int, default=7)
    options = parser.parse_args()
    with both_pages(options) as (browser, product, empty):
        turns = measured(browser, {"product": f"{product}/?as_of={FIRST_DAY}", "empty page": empty}, options)
    print(f"{options.tickets:,} tickets, {options.clicks} changes each")
    print_turns(turns)


def measured(
    browser: Browser, addresses: dict[str, str], options: argparse.Namespace
) -> dict[str, list[tuple[float, float]]]:
    """Take turns on both pages; give what was measured by name, (product, empty page) for every turn."""
    open_page(browser.new_page(viewport=SIZE), addresses["product"])  # the store is opened at the first page
    wait_until_idle(options.settle)

    def turn(act: Callable[[str], float]) -> tuple[float, float]:
        return act("product"), act("empty page")

    def anew(name: str) -> float:
        context = browser.new_context(viewport=SIZE)
        taken = open_page(context.new_page(), addresses[name])
        context.close()
        return taken

    turns: dict[str, list[tuple[float, float]]] = {}
    turns["first screen, new browser"] = [turn(anew) for _ in range(options.openings)]
    pages = {name: browser.new_page(viewport=SIZE) for name in addresses}
    turns["first screen, opened again"] = [
        turn(lambda name: open_page(pages[name], addresses[name])) for _ in range(options.openings)
    ][1:]

    def rested(act: Callable[[Page], float]) -> tuple[float, float]:
        def one(name: str) -> float:
            taken = act(pages[name])
            pages[name].wait_for_timeout(REST)
            return taken

        return turn(one)

    for page in pages.values():
        change_class(page, CLASSES[29])

    def class_turn(number: int) -> tuple[float, float]:
        return rested(lambda page: change_class(page, CLASSES[(number * 7 + 3) % 29]))

    def day_turn(number: int) -> tuple[float, float]:
        return rested(lambda page: change_day(page, date(2025, 7, 1 + (number * 11 + 3) % 30)))

    turns["another class"] = [class_turn(number) for number in range(options.clicks)]
    turns["another as-of day"] = [day_turn(number) for number in range(options.clicks)]
    viewers = {name: [browser.new_page(viewport=SIZE) for _ in range(options.viewers)] for name in addresses}
    for name, opened in viewers.items():
        for page in opened:
            open_page(page, addresses[name])
            page.wait_for_timeout(500)

    def turn_together(number: int) -> tuple[float, float]:
        names = [CLASSES[(number * 7 + 3 + viewer) % 29] for viewer in range(options.viewers)]

        def one(name: str) -> float:
            taken = together(viewers[name], names)
            wait_until_idle(AFTER_ALL, LOOKS_AFTER_ALL)
            return taken

        return turn(one)

    turns[f"another class, {options.viewers} viewers at once"] = [turn_together(number) for number in range(5)]
    return turns


if __name__ == "__main__":
    main()
