"""The shipped Chinese font, and the fontconfig file that hands it to the browser."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from reports.fonts import ChineseFont, chinese_font, font_environment

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Windows and macOS bring Chinese type")


def installed(folder: Path, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fc-list gives this answer."""
    command = folder / "fc-list"
    command.write_text(f"#!/bin/sh\nprintf '{answer}'\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_the_shipped_font_is_used_where_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "NotoSansSC-Regular.ttf").touch()
    assert chinese_font(tmp_path) == ChineseFont("shipped", "Noto Sans SC")


def test_without_it_the_machines_own_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "WenQuanYi Micro Hei,文泉驿微米黑\\n", monkeypatch)
    assert chinese_font(tmp_path) == ChineseFont("system", "WenQuanYi Micro Hei")


def test_without_any_it_is_said_that_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "", monkeypatch)
    assert chinese_font(tmp_path) == ChineseFont("none", None)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert chinese_font(tmp_path) == ChineseFont("none", None), "no fontconfig, nothing known"


def test_the_font_file_adds_the_shipped_fonts_to_the_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    folder = tmp_path / "a & b <fonts>"
    folder.mkdir()
    written = Path(font_environment(tmp_path, folder)["FONTCONFIG_FILE"])
    tree = ET.fromstring(written.read_text("utf-8").replace('<!DOCTYPE fontconfig SYSTEM "fonts.dtd">', ""))
    assert [entry.text for entry in tree.iter("include")] == ["/etc/fonts/fonts.conf"]
    assert str(folder) in [entry.text for entry in tree.iter("dir")]


def test_a_configuration_that_is_set_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/opt/bank/fonts.conf")
    assert "/opt/bank/fonts.conf" in Path(font_environment(tmp_path)["FONTCONFIG_FILE"]).read_text("utf-8")
