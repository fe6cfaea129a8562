"""Names of files that every file system takes and no two exhibits share."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

LONGEST_PART, LONGEST_STEM = 90, 150  # bytes of UTF-8; Linux takes 255 a name, Windows 260 characters a path
REFUSED = re.compile(r'[\\/:*?"<>|\s]+')  # by Windows, or awkward everywhere
# Names that Windows keeps for devices, whatever follows the first dot (learn.microsoft.com, "Naming Files").
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def file_stems(names: Sequence[Sequence[str]]) -> list[str]:
    """Give each name (its parts in order) a file's stem: the parts joined by "_", safe on Windows, macOS and Linux.

    Characters that file systems refuse, white space and invisible characters become "-". Where two names come out
    alike (capitals do not tell them apart on Windows), and where one is cut, six hex digits of its own are added, so
    that a stem depends on what the pack holds and not on the order in which it is written.
    """
    drafts = [_stem(parts) for parts in names]
    alike = Counter(stem.casefold() for stem, _ in drafts)
    stems = [
        f"{stem}_{_digest(parts)}" if cut or alike[stem.casefold()] > 1 else stem
        for (stem, cut), parts in zip(drafts, names, strict=True)
    ]
    taken: Counter[str] = Counter()
    for place, stem in enumerate(stems):
        taken[stem.casefold()] += 1
        if taken[stem.casefold()] > 1:
            stems[place] = f"{stem}_{taken[stem.casefold()]}"
    return stems


def _stem(parts: Sequence[str]) -> tuple[str, bool]:
    """Give the joined parts, and whether something was cut off."""
    safe = [part for part in map(_safe, parts) if part]
    stem = _shortened("_".join(_shortened(part, LONGEST_PART) for part in safe), LONGEST_STEM)
    cut = stem != "_".join(safe)
    usable = stem and stem.split(".", maxsplit=1)[0].strip().casefold() not in DEVICES
    return stem if usable else f"_{stem}", cut


def _safe(part: str) -> str:
    """Give a part without what file systems refuse; dots and spaces at its ends go, Windows drops them."""
    visible = "".join(
        "-" if unicodedata.category(character)[0] == "C" else character
        for character in unicodedata.normalize("NFC", part)
    )
    return REFUSED.sub("-", visible).strip("-. ")


def _shortened(text: str, longest: int) -> str:
    """Cut a text to a number of bytes, never inside a character."""
    if len(text.encode()) <= longest:
        return text
    return text.encode()[:longest].decode(errors="ignore").rstrip("-. ")


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:6]
