"""A sentence before it has a language, and the one error meant for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark for extraction"
    """Mark a literal for the catalogues and give it back unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence template and what goes into it.

    `id` is the English text with `{named}` fields, as it stands in the catalogues; a value in `params` may itself be
    a Message. `to_json` and `from_json` keep it in the store without a language.
    """

    id: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the message as plain JSON values."""
        return {
            "id": self.id,
            "params": {k: v.to_json() if isinstance(v, Message) else v for k, v in self.params.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Message:
        """Read what `to_json` wrote."""
        params = {
            k: cls.from_json(v) if isinstance(v, dict) and set(v) == {"id", "params"} else v
            for k, v in value["params"].items()
        }
        return cls(value["id"], params)


class Problem(Exception):  # noqa: N818 - it is the word users see: what, where, what to do
    """What went wrong, where, and what the reader can do about it; every other exception is a bug."""

    def __init__(self, what: Message, what_to_do: Message, where: Message | None = None) -> None:
        super().__init__(what.id)
        self.what = what
        self.where = where
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return " ".join(m.id.format_map(dict(m.params)) for m in self.parts())

    def parts(self) -> list[Message]:
        """Give the sentences in reading order: what, where (if any), what to do."""
        return [m for m in (self.what, self.where, self.what_to_do) if m is not None]
