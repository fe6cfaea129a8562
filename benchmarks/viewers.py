"""Ten viewers who choose another class in the same moment, each at a machine of his own, against an empty page.

    python benchmarks/viewers.py [--tickets 1000000] [--viewers 10] [--turns 20] [--lean]

`redraw.py` opens ten browsers beside the server, and what it then measures is mostly ten browsers painting on the same
processors. Here all viewers but one speak to the server as a browser does, over the same socket with the same messages,
and paint nothing; the last one is a Chromium. Measured are: how long the server takes to send each viewer's picture,
and the time from the Chromium's press to its painted chart, alone and among the others. It presses first, second and so
on to last, turn by turn. The empty page is that of `redraw.py`, with --lean as there; both are driven in turns. Printed
are medians in milliseconds, the ratio of the medians, and the median of the ratios of neighbouring turns. Needs
requirements-dev.txt and a Chromium.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.redraw import (  # noqa: E402
    AFTER_ALL,
    CLASSES,
    FIRST_DAY,
    LOOKS_AFTER_ALL,
    REST,
    SIZE,
    both_pages,
    change_class,
    open_page,
    painted,
    print_turns,
    ready_for_class,
    usual_options,
)
from benchmarks.running import wait_until_idle  # noqa: E402

PATIENCE = 120.0  # s for a page
SUCCESS = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY


def socket_to(address: str, open_pages: ExitStack) -> ClientConnection:
    """Open the socket over which Streamlit's own pages speak to the server; it is closed with `open_pages`."""
    return open_pages.enter_context(
        connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(address),
            max_size=None,
        )
    )


def run_wish(query: str) -> BackMsg:
    """Give the message with which a page asks for a run."""
    wish = BackMsg()
    wish.rerun_script.query_string = query
    wish.rerun_script.context_info.timezone = "Asia/Shanghai"
    wish.rerun_script.context_info.color_scheme = "light"
    return wish


class Viewer:
    """A viewer without a browser: opens a page and chooses classes, as Streamlit's own pages do, and reads on."""

    def __init__(self, address: str, query: str, open_pages: ExitStack) -> None:
        """Open the page at an address and wait until it is whole; it is closed with `open_pages`."""
        self._query = query
        self._picker = ""
        self._offered: list[str] = []
        self._socket = socket_to(address, open_pages)
        self._run(None)

    def choose(self, name: str) -> float:
        """Choose a class; give the milliseconds until its picture has come, after the page is whole."""
        return self._run(name)

    def _run(self, name: str | None) -> float:
        wish = run_wish(self._query)
        if name is not None:
            picked = wish.rerun_script.widget_states.widgets.add()
            picked.id = self._picker
            picked.string_value = next(offered for offered in self._offered if offered.startswith(name))
        asked = time.perf_counter()
        self._socket.send(wish.SerializeToString())
        came = None
        while True:
            said = ForwardMsg.FromString(bytes(self._socket.recv(timeout=PATIENCE)))  # type: ignore[arg-type]
            element = said.delta.new_element
            if element.HasField("selectbox") and "class_picker" in element.selectbox.id:
                self._picker, self._offered = element.selectbox.id, list(element.selectbox.options)
            if came is None and element.HasField("plotly_chart") and _shows(element.plotly_chart.spec, name):
                came = (time.perf_counter() - asked) * 1000
            if said.HasField("script_finished") and said.script_finished == SUCCESS:
                if came is None:
                    raise RuntimeError(f"the page was made without a picture of {name or 'the first class'}")
                return came


def _shows(spec: str, name: str | None) -> bool:
    return name is None or name in spec or json.dumps(name)[1:-1] in spec


def at_once(page: Page, others: list[Viewer], names: list[str], before: int) -> tuple[float, float]:
    """Have the browser and the others choose in the same moment, `before` of them ahead of it; names: the browser's
    first. Gives milliseconds: the browser's to its painted chart, and the others' median to their pictures."""
    with ThreadPoolExecutor(len(others)) as hands:
        box = ready_for_class(page, names[0])
        page.wait_for_timeout(REST / 5)

        def press(which: range) -> list[Future[float]]:
            return [hands.submit(others[one].choose, names[one + 1]) for one in which]

        ahead = press(range(before))
        box.press("Enter")
        behind = press(range(before, len(others)))
        taken = painted(page)
        return taken, statistics.median(one.result() for one in (*ahead, *behind))


def main() -> None:
    """Fill a store, serve both pages, take turns, print the table."""
    parser = usual_options(__doc__)
    parser.add_argument("--turns", type=int, default=20)
    options = parser.parse_args()
    with both_pages(options) as (browser, product, empty):
        addresses = {"product": (product, f"as_of={FIRST_DAY}"), "empty page": (empty, "")}
        pages = {name: browser.new_page(viewport=SIZE) for name in addresses}
        for name, page in pages.items():
            open_page(page, f"{addresses[name][0]}/?{addresses[name][1]}")
        wait_until_idle(options.settle)
        turns = measured(pages, addresses, options)
    print(f"{options.tickets:,} tickets, {options.turns} turns")
    print_turns(turns)


def measured(
    pages: dict[str, Page], addresses: dict[str, tuple[str, str]], options: argparse.Namespace
) -> dict[str, list[tuple[float, float]]]:
    """Take turns on both pages; give what was measured by name, (product, empty page) for every turn."""
    alone: dict[str, list[float]] = {name: [] for name in pages}
    among: dict[str, list[float]] = {name: [] for name in pages}
    sent: dict[str, list[float]] = {name: [] for name in pages}
    with ExitStack() as open_pages:
        others = {name: [Viewer(*addresses[name], open_pages) for _ in range(options.viewers - 1)] for name in pages}
        wait_until_idle(AFTER_ALL, LOOKS_AFTER_ALL)
        for turn in range(options.turns):
            names = [CLASSES[(turn * 7 + 3 + viewer) % len(CLASSES)] for viewer in range(options.viewers)]
            for name, page in pages.items():
                alone[name].append(change_class(page, CLASSES[(turn * 7 + 20) % len(CLASSES)]))
                page.wait_for_timeout(REST)
                taken, pictures = at_once(page, others[name], names, turn % options.viewers)
                among[name].append(taken)
                sent[name].append(pictures)
                wait_until_idle(AFTER_ALL, LOOKS_AFTER_ALL)

    def paired(taken: dict[str, list[float]]) -> list[tuple[float, float]]:
        return list(zip(taken["product"], taken["empty page"], strict=True))

    return {
        "another class, alone, painted": paired(alone),
        f"one of {options.viewers} at once, painted": paired(among),
        "the others' pictures, sent": paired(sent),
    }


if __name__ == "__main__":
    main()
