"""One look for every chart: colours, type and frame for light, dark, print and presentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["light", "dark", "print", "present", "present_dark"]

FONT = (
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", '
    '"Noto Sans SC", sans-serif'
)
PICTURE_WIDTH, PICTURE_HEIGHT = 1280, 720


@dataclass(frozen=True)
class Look:
    """Colours (CSS) and sizes (px) of one mode; title_width, line_width: ems of a line of the title, and of the
    line under it, before it is broken.

    Level colours are from Okabe and Ito's palette for colour-blind eyes (jfly.uni-koeln.de/color, 2008), darkened or
    lightened for contrast of at least 4.5:1 on the background; a level is always written out as well.
    """

    background: str
    ink: str
    muted: str
    grid: str
    band: str
    threshold: str
    corridor: str
    projection: str
    projection_over: str
    last_year: str
    on_track: str
    near: str
    over: str
    size: int
    title_size: int
    line: float
    title_width: int
    line_width: int

    def level(self, level: str) -> str:
        """Give the colour of a level: on_track, near or over."""
        return {"on_track": self.on_track, "near": self.near, "over": self.over}[level]


_LIGHT = Look(
    background="#ffffff",
    ink="#1c2733",
    muted="#56636f",
    grid="#e7ebef",
    band="rgba(100,116,139,0.13)",
    threshold="#1f5fa8",
    corridor="rgba(31,95,168,0.11)",
    projection="rgba(86,99,111,0.13)",
    projection_over="rgba(178,58,0,0.11)",
    last_year="#66727e",
    on_track="#00688f",
    near="#8f6200",
    over="#b23a00",
    size=14,
    title_size=21,
    line=2.4,
    title_width=45,
    line_width=62,
)
_DARK = Look(
    background="#12181f",
    ink="#eef2f6",
    muted="#a9b4bf",
    grid="#29323c",
    band="rgba(148,163,184,0.16)",
    threshold="#79b4f2",
    corridor="rgba(121,180,242,0.14)",
    projection="rgba(169,180,191,0.16)",
    projection_over="rgba(255,138,76,0.15)",
    last_year="#94a0ac",
    on_track="#56b4e9",
    near="#f0b429",
    over="#ff8a4c",
    size=14,
    title_size=21,
    line=2.4,
    title_width=45,
    line_width=62,
)


def look(mode: Mode) -> Look:
    """Give the look of a mode; print is light at picture size, presentation is larger."""
    base = _DARK if mode in ("dark", "present_dark") else _LIGHT
    if mode in ("present", "present_dark"):
        return Look(**{**base.__dict__, "size": 22, "title_size": 34, "line": 3.6, "title_width": 37, "line_width": 57})
    if mode == "print":
        return Look(**{**base.__dict__, "size": 16, "title_size": 26, "line": 2.8, "line_width": 70})
    return base


def escaped(text: str) -> str:
    """Make a text harmless inside Plotly's small HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
