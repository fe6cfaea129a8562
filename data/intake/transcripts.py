"""Calls and chats as JSON Lines: one turn a line, or one conversation a line with its turns in a list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from data.intake.batch import RawBatch, text_table
from data.intake.report import SetAsideRow
from data.intake.speech import conversation
from texts import N_, Message

LINE = "line"


def first_headers(lines: list[str]) -> tuple[str, ...]:
    """Give the names used in the first lines, in order of appearance."""
    names: dict[str, None] = {}
    for line in lines:
        for turn in _turns(line) or []:
            names.update(dict.fromkeys(turn))
    return tuple(names)


def batches(blocks: Iterator[bytes], headers: tuple[str, ...]) -> Iterator[RawBatch]:
    """Give the turns as rows of text; every turn is a row, and so is a line that is not JSON."""
    number = 0
    for block in blocks:
        rows: list[list[str]] = []
        numbers: list[int] = []
        broken: list[SetAsideRow] = []
        for raw in block.split(b"\n")[:-1]:
            number += 1
            line = raw.decode("utf-8", "replace").replace("\0", "")
            if not line.strip():
                continue
            turns = _turns(line)
            if turns is None:
                reason = Message(N_("The line is not a JSON record of a turn or a conversation."))
                broken.append(SetAsideRow(number, {LINE: line}, (reason,)))
                continue
            for turn in turns:
                rows.append([turn.get(name, "") for name in headers])
                numbers.append(number)
        yield RawBatch(text_table(headers, rows), np.array(numbers, np.int64), broken)


def _turns(line: str) -> list[dict[str, str]] | None:
    """Give the turns of one line as name → text; None where the line is no record."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    turns = conversation(record)
    if turns is None:
        return [_texts(record)]
    return [_texts(turn) for turn in turns] or None


def _texts(record: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): _text(value) for name, value in record.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode().replace("\0", "")
