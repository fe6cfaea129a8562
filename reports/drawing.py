"""The process that draws: figures as JSON in a folder → PNG beside them, one browser for all of them.

It runs apart (`python -m reports.drawing FOLDER`) so that whoever asked for pictures can end it, and the browser with
it, whatever either hangs in. It says on standard output, one JSON object a line: {"browser": process id}, {"ready":
true}, then {"drawn": number} or {"failed": number, "reason": text} for every figure, in order, and {"closed":
true} once the browser is gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from charts.look import PICTURE_HEIGHT, PICTURE_WIDTH

SCALE = 2
POLITENESS = 5  # of the process and its browser: whoever looks at a screen meanwhile comes first
OPTIONS = {"format": "png", "width": PICTURE_WIDTH, "height": PICTURE_HEIGHT, "scale": SCALE}


def say(**fact: Any) -> None:
    """Tell the process that waits."""
    print(json.dumps(fact), flush=True)


async def draw_folder(folder: Path) -> None:
    """Draw every NUMBER.json of a folder as NUMBER.png. Nothing is timed here: whoever waits ends what hangs."""
    from kaleido import Kaleido

    browser = Kaleido(n=1, timeout=None, mathjax=False)
    opening = asyncio.ensure_future(browser.open())
    while not opening.done() and not hasattr(browser, "subprocess"):
        await asyncio.sleep(0.01)
    if hasattr(browser, "subprocess"):
        say(browser=browser.subprocess.pid)
    await opening
    say(ready=True)
    for source in sorted(folder.glob("*.json")):
        draft = source.with_suffix(".part.png")
        try:
            await browser.write_fig(json.loads(source.read_text("utf-8")), path=draft, opts=OPTIONS)
        except Exception as error:
            say(failed=int(source.stem), reason=f"{type(error).__name__}: {error}")
            continue
        draft.replace(source.with_suffix(".png"))
        say(drawn=int(source.stem))
    await browser.close()
    say(closed=True)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    asyncio.run(draw_folder(Path(sys.argv[1])))
