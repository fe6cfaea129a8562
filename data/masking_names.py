"""Names of people in free text: found by the words around them, by surnames and by the word segmentation."""

from __future__ import annotations

from data.name_acts import names_by_acts
from data.name_again import Known, known_names, places_again
from data.name_called import called_spans, names_beside
from data.name_characters import names_by_given_names, names_by_introduction
from data.name_segments import tokens_of
from data.name_tokens import name_around_dot, names_by_tokens
from data.name_words import (
    COUNTED,
    DOT,
    FIELD,
    GAPPED,
    HAN,
    LATIN,
    NO_NAME_BEGINS,
    NOT_IN_A_FIELD,
)
from texts.simplified import simplified

NAME = "〔姓名〕"


def mask_names(text: str) -> tuple[str, frozenset[Known]]:
    """Replace names of people in a text, also where it says one again, and give what to look for elsewhere."""
    spans = name_spans(text)
    if not spans:
        return text, frozenset()
    known = known_names(text, spans)
    return mask_again(_replaced(text, spans), known), known


def mask_again(text: str, known: frozenset[Known]) -> str:
    """Replace names that were found elsewhere."""
    return _replaced(text, places_again(text, known))


def _replaced(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{NAME}{text[end:]}"
    return text


def name_spans(text: str) -> list[tuple[int, int]]:
    """Give the places (start, end) of names, in order and without overlaps."""
    if not HAN.search(text):
        return []
    text = simplified(text)  # the lists are of simplified characters; places stay the same
    spans = [match.span() for match in LATIN.finditer(text)]
    for match in FIELD.finditer(text):
        if not NOT_IN_A_FIELD.match(match["name"]):
            spans.append(match.span("name"))
    spans.extend(match.span("name") for match in GAPPED.finditer(text))
    tokens = tokens_of(text)
    spans.extend(names_by_tokens(tokens))
    spans.extend(called_spans(text, tokens))
    spans.extend(names_by_acts(text, tokens))
    spans.extend(names_by_introduction(text, tokens))
    spans.extend(names_by_given_names(text, tokens))
    spans.extend(name_around_dot(tokens, match) for match in DOT.finditer(text))
    spans.extend(names_beside([span for span in spans if span is not None], text, tokens))
    spans = [span for span in spans if not COUNTED.search(text[: span[0] + 1])]
    spans = [span for span in spans if not text.startswith(NO_NAME_BEGINS, span[0])]
    spans.sort(key=lambda span: (span[0], -span[1]))
    apart: list[tuple[int, int]] = []
    for span in spans:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
        elif span[1] > apart[-1][1]:
            apart[-1] = (apart[-1][0], span[1])
    return apart
