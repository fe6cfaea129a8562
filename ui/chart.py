"""A chart on the screen with its exports: the picture drawn by the browser, and the numbers as CSV."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.enlarge import enlarged
from charts.look import PICTURE_HEIGHT, PICTURE_WIDTH, Mode
from ui.exports import file_name, table_download
from ui.picture_library import library_address
from ui.presentation import enlargement, measured, stage_height
from ui.states import calmly
from ui.turns import pages
from ui.view import View

HERE = Path(__file__).parent
HEIGHT = 500  # px; a 1366 × 768 screen shows the chart whole below its figures
SCALE = 2
PAINTING, PAINTED = 0.5, "painted"  # seconds in which a page's first picture is sent and painted before the rest

_picture_button = st.components.v2.component(
    "picture_button",
    html='<button type="button"></button>',
    css=(HERE / "picture.css").read_text(encoding="utf-8"),
    js=(HERE / "picture.js").read_text(encoding="utf-8"),
)


def show_chart(
    view: View,
    figure: go.Figure,
    print_figure: Callable[[], go.Figure],
    table: Callable[[], pd.DataFrame],
    *,
    name: Sequence[str],
    key: str,
    alt: str,
    on_select: str | Callable[[], None] | None = None,
    below: float = 0.0,
) -> Any:
    """Draw a figure as it is, with PNG and CSV under it, and give the selection event (None without on_select).

    In presentation mode the chart has the screen to itself but for `below` root sizes under it. on_select: "rerun",
    or what is called before the page runs again; the chart's own key is `<key>_chart`.

    print_figure draws the picture that leaves the house: white, 1280 × 720 at scale 2, whatever the screen looks
    like; it is drawn only when asked for, and so is the table. name: the parts of the files' name, joined by "_".
    alt: the finding in one sentence, for readers who do not see the chart.
    """
    arguments: dict[str, Any] = {} if on_select is None else {"on_select": on_select, "selection_mode": "points"}
    event = show_picture(view, figure, below=below, key=f"{key}_chart", alt=alt, **arguments)
    if not view.present:
        _export_row(view, print_figure, table, list(name), key)
    return event if on_select is not None else None


def chart_mode(view: View) -> Mode:
    """Give the look that charts have on the reader's screen."""
    if view.present:
        return "present_dark" if view.dark else "present"
    return "dark" if view.dark else "light"


def show_picture(view: View, figure: go.Figure, *, below: float = 0.0, **arguments: Any) -> Any:
    """Draw a figure alone, as tall as every chart (in presentation mode as the window less `below` root sizes);
    `arguments` go to Streamlit.

    After the first picture of a page's run the server rests for a moment, so that the browser paints it before what
    follows arrives and before the next analysis takes the processor; other readers get theirs first, too.
    """
    unmeasured = view.present and not measured()  # drawn for another window: kept from sight until this one is known
    with st.container(key=f"unmeasured_{arguments.get('key', 'picture')}") if unmeasured else nullcontext():
        event = st.plotly_chart(
            enlarged(figure, enlargement()) if view.present else figure,
            theme=None,
            height=stage_height(below) if view.present else int(figure.layout.height or HEIGHT),
            config={"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "scrollZoom": False},
            **arguments,
        )
    if st.session_state.get(PAINTED) is not view:
        st.session_state[PAINTED] = view
        pages.first_picture_sent()
        time.sleep(PAINTING)
        pages.let_others_first()
    return event


@st.fragment
def _export_row(
    view: View,
    print_figure: Callable[[], go.Figure],
    table: Callable[[], pd.DataFrame],
    name: list[str],
    key: str,
) -> None:
    """Show the two buttons; a wish for the picture runs only this row again."""
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"), calmly(view.language):
        _picture(view, print_figure, name, f"{key}_png")
        table_download(view, table, name, f"{key}_csv")


def _picture(view: View, print_figure: Callable[[], go.Figure], name: list[str], key: str) -> None:
    wished: int | None = st.session_state.pop(f"{key}_wished", None)

    def wish() -> None:
        st.session_state[f"{key}_wished"] = st.session_state[key].wished

    _picture_button(
        key=key,
        width="content",
        height="content",
        data={
            "label": "PNG",
            "hint": view.say(
                "A white picture, {width} × {height} pixels, with title, as-of day and source.",
                width=PICTURE_WIDTH * SCALE,
                height=PICTURE_HEIGHT * SCALE,
            ),
            "drawing": view.say("Drawing…"),
            "failed": view.say("No picture: try again"),
            "library": library_address(),
            "file_name": file_name(name, "png"),
            "width": PICTURE_WIDTH,
            "height": PICTURE_HEIGHT,
            "scale": SCALE,
            "wished": wished,
            "figure": None if wished is None else print_figure().to_json(),
        },
        on_wished_change=wish,
    )
