"""Nothing personal reaches the reader's browser: looked for in everything that the server sends."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, WebSocket

from tests.browser.driver import Screen, Server

NUMBER = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|\d{17}[\dX]|\d{16}|\d{19})(?![\d.])")
NAME = re.compile(r"(?:姓名|联系人|户名|我叫)([\u4e00-\u9fff]{3})(?=[,，。]|\()")


def _personal_in(store: Path) -> set[str]:
    """Give the telephone, identity and card numbers and the full names that stand in a store's texts."""
    with duckdb.connect(str(store), read_only=True) as connection:
        rows = connection.execute(
            "SELECT narrative FROM stored.ticket_versions UNION ALL SELECT text FROM stored.interactions"
        ).fetchall()
    texts = [str(text) for (text,) in rows if text]
    return {found for text in texts for pattern in (NUMBER, NAME) for found in pattern.findall(text)}


def test_r13_no_name_and_no_number_of_a_person_is_sent(browser: Browser, demo_store: Path, demo_server: Server) -> None:
    personal = _personal_in(demo_store)
    assert len(personal) > 1_000
    context = browser.new_context(viewport={"width": 1366, "height": 1600})
    opened = context.new_page()
    sent = bytearray()

    def keep(payload: str | bytes) -> None:
        sent.extend(payload if isinstance(payload, bytes) else payload.encode())

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    opened.on("websocket", listen)
    screen = Screen(opened, demo_server, demo_server.log.parent)
    for page in ("causes", "cases"):
        screen.open(page, class_="提前还款", year="2025", as_of="2025-10-19")
        text = sent.decode("utf-8", "ignore") + opened.inner_text("body")
        assert len(sent) > 10_000
        assert {found for found in personal if found in text} == set()
        sent.clear()
    context.close()
