"""Who may come in after signing in: the file readers.toml beside the store, kept by the bank.

others = "viewer"               # the role of everybody else who can sign in; left out: they may not come in

[[reader]]
email = "wang.min@bank.example"
name = "王敏"                   # what entries are signed with; left out: the name the sign-in gives
role = "branch"                 # head_office, department, branch, viewer
branch = "B01"                  # with the role "branch" only
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from data.scope import Role, Scope
from texts import N_, Message, Problem

READERS_FILE = "readers.toml"
KEYS = {"email", "name", "role", "branch"}


@dataclass(frozen=True)
class Reader:
    """One person who may come in. name: None where the sign-in's own name is used."""

    scope: Scope
    name: str | None


@dataclass(frozen=True)
class Readers:
    """Everybody who may come in: by e-mail in small letters; `others`: the scope of anybody else, None for nobody."""

    named: Mapping[str, Reader]
    others: Scope | None

    def find(self, email: str) -> Reader | None:
        """Give who has an e-mail; None for somebody who may not come in."""
        known = self.named.get(email.strip().lower())
        return known or (Reader(self.others, None) if self.others is not None else None)


def read_readers(path: Path) -> Readers:
    """Read the file.

    Raises Problem, with what is wrong and where, for a file that is missing or cannot be read, and for entries that
    would let somebody see other things than was meant: unknown keys or roles, a branch without its role or the other
    way round, an e-mail twice.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise Problem(
            Message(N_("Nobody has been given a role yet.")),
            Message(N_("Write the file {path}; docs/operations.md shows how."), {"path": str(path)}),
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, Message(N_("it cannot be read: {reason}"), {"reason": str(error)})) from error
    if unknown := set(raw) - {"others", "reader"}:
        raise _wrong(path, Message(N_("“{name}” is not known"), {"name": ", ".join(sorted(unknown))}))
    entries = raw.get("reader", [])
    if not isinstance(entries, list):
        raise _wrong(path, Message(N_("every reader begins with [[reader]]")))
    named: dict[str, Reader] = {}
    for number, entry in enumerate(entries, 1):
        email, reader = _reader(path, number, entry)
        if email in named:
            raise _wrong(path, Message(N_("{email} stands there twice"), {"email": email}))
        named[email] = reader
    return Readers(named, _others(path, raw.get("others")))


def _reader(path: Path, number: int, entry: Any) -> tuple[str, Reader]:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise _wrong(path, Message(N_("reader {number}: every value is a text in quotes"), {"number": number}))
    if unknown := set(entry) - KEYS:
        raise _wrong(
            path,
            Message(
                N_("reader {number}: “{name}” is not known"), {"number": number, "name": ", ".join(sorted(unknown))}
            ),
        )
    email = entry.get("email", "").strip().lower()
    if "@" not in email:
        raise _wrong(path, Message(N_("reader {number}: an e-mail is missing"), {"number": number}))
    try:
        scope = Scope(cast(Role, entry.get("role", "")), entry.get("branch"))
    except Problem as problem:
        raise Problem(
            _wrong(path, Message(N_("the role of {email}"), {"email": email})).what, problem.what
        ) from problem
    return email, Reader(scope, entry.get("name"))


def _others(path: Path, role: Any) -> Scope | None:
    if role is None:
        return None
    if role not in ("viewer", "department"):
        raise _wrong(path, Message(N_("`others` may be “viewer” or “department”")))
    return Scope(role)


def _wrong(path: Path, fault: Message) -> Problem:
    return Problem(
        Message(N_("The file {path} is not right: {fault}."), {"path": str(path), "fault": fault}),
        Message(N_("Nobody can come in until it is put right.")),
    )
