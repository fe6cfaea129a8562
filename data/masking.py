"""Masking of personal data in free text: names, telephone, identity, card, account and policy numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from data.masking_names import mask_again, mask_names
from data.masking_numbers import mask_numbers
from data.name_again import Known

# Columns of any query that hold what people wrote or said. A query that needs the words themselves says so in its
# header (`-- text: raw`), and what it gives is never shown.
FREE_TEXT = frozenset({"narrative", "reply_text", "detail", "text", "demand", "said_before", "words", "example"})
_MAY_BE_PERSONAL = re.compile(r"[\u4e00-\u9fff@＠]|[0-9０-９]{11}")


def mask_text(text: str) -> str:
    """Give a text in which names, numbers, addresses and e-mail of people are replaced by what stood there (〔姓名〕).

    A pure function that never fails; masking a masked text changes nothing.
    """
    return mask_alone(text)[0]


@lru_cache(maxsize=50_000)
def mask_alone(text: str) -> tuple[str, frozenset[Known]]:
    """Mask a text, and give the names found in it, which may be said again in another of the same conversation."""
    known: frozenset[Known] = frozenset()
    while True:  # what is masked can show what stands beside it; every round leaves less, so it ends
        masked, found = mask_names(mask_numbers(text))
        known |= found
        if masked == text:
            return masked, known
        text = masked


def mask_together(texts: Sequence[str], others: Iterable[str] = ()) -> list[str]:
    """Mask the texts of one conversation or ticket: a name that one of them or of the others introduces goes in all."""
    known = frozenset[Known]().union(*(mask_alone(text)[1] for text in (*texts, *others)))
    return [_mask_with(*mask_alone(text), known) for text in texts]


def _mask_with(masked: str, own: frozenset[Known], known: frozenset[Known]) -> str:
    further = known - own
    while further and (again := mask_again(masked, further)) != masked:
        masked = mask_text(again)
    return masked


def mask_columns(frame: pd.DataFrame, others: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give a table whose columns of free text are masked; the same table where it has none. What is no text stays.

    A name that one text of a ticket or conversation introduces goes in all of its texts. others: further texts of the
    tickets (ticket_id, text), which are not given out.
    """
    found = [str(name) for name in frame if name in FREE_TEXT]
    if not found:
        return frame
    whose = _whose(frame)
    known: dict[Hashable, frozenset[Known]] = {}
    alone = {name: _mask_alone_each(frame[name]) for name in found}
    for name in found:
        _collect(known, whose, frame[name], alone[name])
    if others is not None:
        _collect(known, others["ticket_id"], others["text"], _mask_alone_each(others["text"]))
    return frame.assign(**{name: _mask_each(frame[name], whose, known, alone[name]) for name in found})


def _whose(frame: pd.DataFrame) -> pd.Series:
    """Give what each row belongs to: its ticket, else its call or chat, else only itself."""
    whose = pd.Series([("row", place) for place in range(len(frame))], index=frame.index, dtype=object)
    for name in ("interaction_id", "ticket_id"):
        if name in frame:
            whose = frame[name].astype(object).where(frame[name].notna(), whose)
    return whose


Alone = Mapping[str, tuple[str, frozenset[Known]]]


def _mask_alone_each(texts: pd.Series) -> Alone:
    return {text: mask_alone(text) for text in texts.dropna().unique() if isinstance(text, str)}


def _collect(known: dict[Hashable, frozenset[Known]], whose: pd.Series, texts: pd.Series, alone: Alone) -> None:
    named = {text: names for text, (_, names) in alone.items() if names}
    for owner, text in zip(whose, texts, strict=True) if named else ():
        if isinstance(text, str) and text in named:
            known[owner] = known.get(owner, frozenset()) | named[text]


def _mask_each(
    texts: pd.Series, whose: pd.Series, known: Mapping[Hashable, frozenset[Known]], alone: Alone
) -> pd.Series:
    nothing = frozenset[Known]()
    masked = [
        _mask_with(*alone[text], known.get(owner, nothing)) if isinstance(text, str) else text
        for text, owner in zip(texts, whose, strict=True)
    ]
    return pd.Series(masked, index=texts.index, dtype=texts.dtype, name=texts.name)


def mask_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Mask a table as a file has it, its columns unknown: every cell with Chinese, an @ or a long number.

    For looking at a file's rows on screen; identifiers of letters and digits stay, so that rows can be told apart.
    """

    def masked(cell: object) -> object:
        return mask_text(cell) if isinstance(cell, str) and _MAY_BE_PERSONAL.search(cell) else cell

    return frame.map(masked)
