"""The browser that draws pictures: found on the machine, and said plainly where it is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from texts import N_, Message, Problem

BROWSER_VARIABLE = "BROWSER_PATH"
SMALLEST = ("chromium-headless-shell", "chrome-headless-shell")  # no window, half the size, faster to start


def find_browser() -> Path:
    """Give a Chromium, Chrome or Edge of this machine: BROWSER_PATH, a headless shell, else any usual place.

    Raises Problem where there is none, or BROWSER_PATH names something that is not a program.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    if named:
        return _named(Path(named))
    for name in SMALLEST:
        if found := shutil.which(name):
            return Path(found)
    from choreographer.browsers.chromium import Chromium

    if usual := Chromium.find_browser(skip_local=False):
        return Path(usual)
    raise Problem(
        Message(N_("There is no browser on this machine to draw pictures with; the pack has no PNG files.")),
        Message(
            N_(
                "Install Chromium, Google Chrome or Microsoft Edge (on Debian and Ubuntu: apt install chromium), or "
                "set {variable} to one, and make the pack again. The CSV files are complete."
            ),
            {"variable": BROWSER_VARIABLE},
        ),
    )


def _named(path: Path) -> Path:
    if path.is_file() and os.access(path, os.X_OK):
        return path
    raise Problem(
        Message(
            N_("{variable} names {path}, which is not a program; the pack has no PNG files."),
            {"variable": BROWSER_VARIABLE, "path": str(path)},
        ),
        Message(
            N_("Set {variable} to a Chromium, Chrome or Edge, or leave it out so that one is looked for."),
            {"variable": BROWSER_VARIABLE},
        ),
    )
