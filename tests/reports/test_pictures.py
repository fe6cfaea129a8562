"""Pictures: whole and in Chinese with a browser, in time and with a plain reason without a good one."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

import plotly.graph_objects as go
import pytest

import reports.pictures
from reports.fonts import chinese_font, font_environment
from reports.pictures import Drawn, Limits, draw

posix = pytest.mark.skipif(sys.platform == "win32", reason="the fake browsers are shell scripts")

# Stands in for reports/drawing.py: draws every figure at once, but sleeps at number 1.
SLEEPER = """
import json, pathlib, sys, time
print(json.dumps({"ready": True}), flush=True)
for source in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    if int(source.stem) == 1:
        time.sleep(600)
    source.with_suffix(".png").write_bytes(b"picture " + source.stem.encode())
    print(json.dumps({"drawn": int(source.stem)}), flush=True)
"""
# Says that number 0 cannot be drawn, then ends as a crashed browser does.
CRASHER = """
import json
print(json.dumps({"ready": True}), flush=True)
print(json.dumps({"failed": 0, "reason": "ValueError: no such axis"}), flush=True)
"""


def figures(*texts: str) -> list[go.Figure]:
    """White pictures with one word each."""
    return [
        go.Figure(
            layout={
                "template": "none",
                "annotations": [{"text": text, "x": 0.5, "y": 0.5, "showarrow": False, "font": {"size": 80}}],
                "font": {"family": '"Noto Sans SC", sans-serif'},
                "xaxis": {"visible": False},
                "yaxis": {"visible": False},
            }
        )
        for text in texts
    ]


def browser_script(place: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(place))
    return place


def drawing_script(place: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write_text(text, encoding="utf-8")
    monkeypatch.setenv("BROWSER_PATH", sys.executable)
    monkeypatch.setattr(reports.pictures, "DRAWING", (str(place),))


def said(drawn: Drawn) -> str:
    assert drawn.fault is not None
    return str(drawn.fault)


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_r24_chinese_text_is_drawn_and_not_boxes_in_its_place() -> None:
    if chinese_font().source == "none":
        pytest.skip("there is no Chinese font, shipped or installed")
    one, other, same, title = draw(figures("提", "款", "提", "提前还款：超出管控值")).pictures
    assert one is not None
    assert title is not None
    assert one != other, "two characters look alike: boxes"
    assert one == same, "the same figure gives the same bytes"


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_without_the_shipped_font_a_machine_without_chinese_draws_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "fonts"
    empty.mkdir()
    if chinese_font(empty).source != "none":
        pytest.skip("this machine has a Chinese font of its own")
    monkeypatch.setattr(reports.pictures, "font_environment", partial(font_environment, folder=empty))
    one, other = draw(figures("提", "款")).pictures
    assert one == other, "this is how boxes are told from characters"


@posix
def test_a_browser_that_hangs_at_the_start_is_ended_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "pid"
    browser_script(tmp_path / "hanging", f"echo $$ > '{trace}'\nexec sleep 600", monkeypatch)
    began = time.monotonic()
    drawn = draw(figures("a", "b"), limits=Limits(start=4))
    assert time.monotonic() - began < 300, "half of what the browser would have hung"
    assert drawn.pictures == (None, None)
    assert "did not start within 4 seconds" in said(drawn)
    if sys.platform == "linux":
        left = Path(f"/proc/{trace.read_text().strip()}/cmdline")
        until = time.monotonic() + 5
        while left.exists() and left.read_bytes() and time.monotonic() < until:
            time.sleep(0.05)
        assert not left.exists() or left.read_bytes() == b"", "the browser itself is ended too"


@posix
def test_a_browser_that_ends_at_once_is_a_plain_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = browser_script(tmp_path / "broken", "exit 127", monkeypatch)
    drawn = draw(figures("a"))
    assert drawn.pictures == (None,)
    assert f"The browser {place} stopped" in said(drawn)


def test_a_picture_that_hangs_is_given_up_and_the_others_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing_script(tmp_path / "sleeper.py", SLEEPER, monkeypatch)
    steps: list[int] = []
    drawn = draw(figures("a", "b", "c"), steps.append, limits=Limits(start=30, picture=1))
    assert drawn.pictures == (b"picture 00000", None, b"picture 00002")
    assert "not finished within 1 seconds" in said(drawn)
    assert steps == [1, 3]


def test_the_limit_on_all_pictures_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing_script(tmp_path / "sleeper.py", SLEEPER, monkeypatch)
    drawn = draw(figures("a", "b", "c"), limits=Limits(start=30, picture=30, overall=1.5))
    assert drawn.pictures == (b"picture 00000", None, None)
    assert "within 1.5 seconds" in said(drawn)


def test_a_figure_the_browser_refuses_and_a_crash_are_faults_and_no_exceptions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing_script(tmp_path / "crasher.py", CRASHER, monkeypatch)
    drawn = draw(figures("a"))
    assert drawn.pictures == (None,)
    assert "no such axis" in said(drawn)
    assert "stopped" in said(draw(figures("a", "b")))


def test_without_a_browser_there_is_nothing_drawn_and_it_is_said(
    no_browser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = draw(figures("a"))
    assert drawn.pictures == (None,)
    assert "which is not a program" in said(drawn)
    monkeypatch.delenv("BROWSER_PATH")
    monkeypatch.setattr("reports.browsers.shutil.which", lambda name: None)
    monkeypatch.setattr("choreographer.browsers.chromium.Chromium.find_browser", lambda skip_local: None)
    assert "apt install chromium" in said(draw(figures("a")))


def test_nothing_to_draw_needs_no_browser(no_browser: None) -> None:
    assert draw([]) == Drawn((), None)
