"""How wide a text is, and where it is broken into lines: titles, the line under them, names beside a picture."""

from __future__ import annotations

import re

_PAUSE = r"[，、；：。; ]|[,:](?!\d)"
PIECE = re.compile(f"(?:(?!{_PAUSE}).)*(?:(?:{_PAUSE})+|$)")  # a text is broken after a pause; 1,133 has none
BETWEEN = " · "  # a line under a title is broken here first
NAME, PROSE = 0.56, 0.5  # ems of a letter: of names and numbers, with room to spare, and on average of a sentence


def ems(text: str, letter: float = NAME) -> float:
    """Give a text's width in ems: Chinese characters and Chinese quotation marks are one wide, others about half."""
    return sum(1.0 if ord(character) > 0x2E7F or character in "“”‘’…·" else letter for character in text)


def broken(text: str, width: float) -> list[str]:
    """Break a text into lines of at most `width` ems at its pauses; what has none stays whole."""
    lines = [""]
    for piece in PIECE.findall(text):
        if lines[-1] and ems((lines[-1] + piece).rstrip(), PROSE) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def wrapped(text: str, width: float) -> list[str]:
    """Break the line under a title at its “·” so that no line is wider than `width` ems; what is wider between two of
    them is broken at its pauses."""
    lines: list[str] = []
    for part in text.split(BETWEEN):
        joined = f"{lines[-1]}{BETWEEN}{part}" if lines else part
        if lines and ems(joined, PROSE) <= width:
            lines[-1] = joined
        else:
            lines.extend(broken(part, width))
    return lines or [""]
