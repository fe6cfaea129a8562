"""Texts that people wrote, shown as they are inside Streamlit's Markdown."""

from __future__ import annotations

import re

# Everything that Markdown, Streamlit's directives (:red[…], :material/…:), formulas or HTML could take for its own.
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=])")


def plain(text: str, most: int | None = None) -> str:
    """Give a text that Markdown shows as it is written, line breaks kept; longer than `most` characters it is cut."""
    cut = f"{text[:most].rstrip()}…" if most is not None and len(text) > most else text
    lines = [SPECIAL.sub(r"\\\1", line.strip()) for line in cut.splitlines() if line.strip()]
    return "  \n".join(lines)
