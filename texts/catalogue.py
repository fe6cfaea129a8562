"""The gettext catalogues of `locale/`, read with Babel straight from the .po files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from babel.messages.pofile import read_po

from texts.message import Message

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE = Path(__file__).resolve().parent.parent / "locale"


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Give id → text of one language, from all its .po files; ids without a text are left out."""
    texts: dict[str, str] = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            entries = read_po(file, locale=language)
        texts.update(
            (entry.id, entry.string)
            for entry in entries
            if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.id and entry.string
        )
    return texts


def translate(text_id: str, language: Language) -> str:
    """Give the text of an id; the id itself (English) where the catalogue lacks it."""
    return catalogue(language).get(text_id, text_id)


def render(message: Message, language: Language) -> str:
    """Write a message out in a language, inner messages first."""
    params = {k: render(v, language) if isinstance(v, Message) else v for k, v in message.params.items()}
    return translate(message.id, language).format_map(params)


def missing_texts(text_ids: Iterable[str], language: Language) -> list[str]:
    """Give the ids that a language has no text for."""
    known = catalogue(language)
    return sorted(i for i in set(text_ids) if i not in known)
