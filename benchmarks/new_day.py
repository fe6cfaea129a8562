"""How long the overview takes on an as-of day that nobody has looked at, at a million tickets of 30 classes.

    python benchmarks/new_day.py [--tickets 1000000] [--days 5] [--store FOLDER] [--root CHECKOUT]

Measured in a real Chromium after the work done ahead of the readers (ui/warm.py) is over, from the press of Enter in
the address bar: until the table with the position of every class stands, and until the evidence of every class and
what is below it is there. Then the threshold screen of such a day: until its chart is painted with the evidence.
--store: a folder that keeps the filled store for the next time. --root: another checkout to be measured by this
script, for figures before and after. Needs requirements-dev.txt and a Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.redraw import FIRST_DAY, WORDS, fill  # noqa: E402
from benchmarks.running import launched, serving  # noqa: E402

PATIENCE = 300_000  # ms


def opened(page: Page, address: str, *selectors: str) -> list[float]:
    """Open an address; give the seconds until each selector is there, in this order."""
    started = time.perf_counter()
    page.goto(address)
    seconds = []
    for selector in selectors:
        page.wait_for_selector(selector, state="attached", timeout=PATIENCE)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seconds.append(time.perf_counter() - started)
    return seconds


def main() -> None:
    """Fill a store where there is none, serve it, open days one after the other, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=5)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--settle", type=int, default=90, help="seconds for the work done ahead after a start")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = (options.store or Path(folder)) / "store.duckdb"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            fill(kept, options.tickets)
        own = Path(folder) / "own" / "store.duckdb"
        own.parent.mkdir()
        shutil.copy(kept, own)
        with (
            serving(options.root / "app.py", options.root, {"RESOLUTION_WATCH_STORE": str(own)}) as product,
            sync_playwright() as playwright,
        ):
            browser = launched(playwright)
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            opened(page, f"{product}/?as_of={FIRST_DAY}", WORDS)
            time.sleep(options.settle)
            rows, curves = [], []
            first = date.fromisoformat(FIRST_DAY)
            for number in range(options.days):
                day = first - timedelta(days=31 * (number % 6) + number + 17)
                marks = ('[data-testid="stDataFrame"]', ".st-key-snapshot", WORDS)
                rows.append(opened(page, f"{product}/overview?as_of={day}", *marks))
                day -= timedelta(days=3)
                curves.append(opened(page, f"{product}/?as_of={day}", WORDS, '[role="tablist"]'))
            browser.close()
    print(f"{options.tickets:,} tickets, {options.days} days nobody has looked at; median seconds")
    named = {"overview": ("positions of all classes", "all evidence", "chart below"), "threshold": ("chart", "all")}
    for name, taken in (("overview", rows), ("threshold", curves)):
        for label, column in zip(named[name], zip(*taken, strict=True), strict=True):
            print(f"{name + ': ' + label:40}{statistics.median(column):8.2f}   ({min(column):.2f}–{max(column):.2f})")


if __name__ == "__main__":
    main()
