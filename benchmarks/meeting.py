"""How long the five questions of the weekly meeting take, from the click to the answer on the screen.

    python benchmarks/meeting.py [--rounds 3]

The demo bank is served and a real Chromium goes from one screen to the next as the meeting does, in Chinese, at
1366×768 and 1920×1080. A question is answered when the
sentence that answers it can be read inside the window, or on the screen it leads to. Printed are the clicks, the median
and the slowest of the rounds in seconds, and the slowest as a share of the ten seconds that a question may take. The
first round after the start is printed by itself: nothing has been looked at before. Needs requirements-dev.txt and a
Chromium.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.running import launched, serving  # noqa: E402
from data.demo_store import load_demo  # noqa: E402
from data.store import Store  # noqa: E402

ALLOWED = 10.0  # seconds for one question
PATIENCE = 120_000  # ms
SIZES = ((1366, 768), (1920, 1080))


@dataclass(frozen=True)
class Question:
    """A question, what is clicked one after the other (role and name), and the words that answer it."""

    text: str
    clicks: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]


QUESTIONS = (
    Question(
        "1 which classes are on track, near or over; which breaks the year, how sure",
        (("link", "总览"),),
        ("全年超限概率83%",),
    ),
    Question(
        "2 actual against threshold, what changed since last week, why it moved",
        (("link", "管控曲线"), ("tab", "较上周变化")),
        ("全年超限概率83%", "自 2025-07-20 以来"),
    ),
    Question(
        "3 which branches and causes make the difference",
        (("button", "哪些机构"),),
        ("杭州分行 B01的“预约排队时间长”，56位中25位未达成一致",),
    ),
    Question(
        "4 which cases are open, whose move, what is late",
        (("link", "逐笔盯盘"),),
        ("未结 8 笔：逾期 2 笔", "T20250714-005"),
    ),
    Question("5 what was decided, was it done", (("link", "周复盘"),), ("上次决定 ▲1",)),
)


def asked(page: Page, question: Question) -> float:
    """Click as the question needs; give the seconds until all that answers it can be read."""
    started = time.perf_counter()
    for role, name in question.clicks:
        page.get_by_role(role, name=name, exact=role == "link").first.click()  # type: ignore[arg-type]
    for answer in question.answers:
        page.get_by_test_id("stMain").get_by_text(answer).first.wait_for(timeout=PATIENCE)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return time.perf_counter() - started


def rest(page: Page) -> None:
    """Let the screen finish, as a meeting does that talks about it."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)


def main() -> None:
    """Serve the demo bank, ask the questions round by round, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        store = Store(path)
        load_demo(store)
        store.close()
        took: dict[tuple[int, str], list[float]] = {}
        with (
            serving(ROOT / "app.py", ROOT, {"RESOLUTION_WATCH_STORE": str(path)}) as product,
            sync_playwright() as playwright,
        ):
            browser = launched(playwright)
            for number in range(options.rounds + 1):
                for width, height in SIZES[: 1 if number == 0 else None]:
                    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
                    page.goto(f"{product}/data?class=住房贷款提前还款&year=2025&as_of=2025-07-27&lang=zh")
                    page.get_by_role("link", name="总览", exact=True).wait_for(timeout=PATIENCE)
                    rest(page)
                    for question in QUESTIONS:
                        key = (width if number else 0, question.text)
                        took.setdefault(key, []).append(asked(page, question))
                        rest(page)
                    page.close()
            browser.close()
    for (width, text), seconds in took.items():
        size = f"{width} px" if width else "first  "
        worst = max(seconds)
        print(f"{size:>8}  {statistics.median(seconds):5.1f} s  {worst:5.1f} s  {worst / ALLOWED:5.2f} of 10 s  {text}")


if __name__ == "__main__":
    main()
