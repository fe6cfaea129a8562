"""Chinese type for pictures: the shipped font handed to the browser, whatever the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

SHIPPED = Path(__file__).resolve().parent.parent / "static" / "fonts"
FAMILY = "Noto Sans SC"
SYSTEM_CONFIGURATION = Path("/etc/fonts/fonts.conf")
SYSTEM_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")  # where there is no configuration that names them

Source = Literal["system", "shipped", "none"]


@dataclass(frozen=True)
class ChineseFont:
    """Where the pictures' Chinese type comes from: a family of the machine, the shipped one, or nowhere."""

    source: Source
    family: str | None


def chinese_font(folder: Path = SHIPPED) -> ChineseFont:
    """Say which font Chinese text will be drawn in.

    Windows and macOS bring Chinese type, and their browsers do not read fontconfig. Elsewhere the shipped font is
    always there beside the machine's own; without it (folder holds no .ttf or .otf) the machine is asked.
    """
    if sys.platform == "win32":
        return ChineseFont("system", "Microsoft YaHei")
    if sys.platform == "darwin":
        return ChineseFont("system", "PingFang SC")
    if any(folder.glob("*.[ot]tf")):
        return ChineseFont("shipped", FAMILY)
    family = _installed_family()
    return ChineseFont("none", None) if family is None else ChineseFont("system", family)


def _installed_family() -> str | None:
    """Ask fontconfig for a family with Chinese characters; None where there is none, or no fontconfig."""
    command = shutil.which("fc-list")
    if command is None:
        return None
    done = subprocess.run(
        [command, ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=30, check=False, encoding="utf-8"
    )
    families = sorted(line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip())
    return families[0] if families else None


def font_environment(workplace: Path, folder: Path = SHIPPED) -> dict[str, str]:
    """Write a fontconfig file into a folder and give the variables that make a browser read it.

    The file adds the shipped fonts to what the machine is configured for; fontconfig's cache stays in the workplace,
    since a service account often has no home to write to.
    """
    own = os.environ.get("FONTCONFIG_FILE")
    system = Path(own) if own else SYSTEM_CONFIGURATION
    lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">', "<fontconfig>"]
    lines.append(f'  <include ignore_missing="yes">{escape(str(system))}</include>')
    if not system.exists():
        lines += [f"  <dir>{path}</dir>" for path in SYSTEM_FONTS]
    lines.append(f"  <dir>{escape(str(folder.resolve()))}</dir>")
    lines.append(f"  <cachedir>{escape(str(workplace / 'fontconfig'))}</cachedir>")
    lines.append("</fontconfig>")
    file = workplace / "fonts.conf"
    file.write_text("\n".join(lines), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(file)}
