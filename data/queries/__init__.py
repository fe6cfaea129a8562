"""The named queries: one .sql file each, read once, with the access rule its header states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

PARAMETER = re.compile(r"\$([a-z_]+)")
ONE_CLASS = "-- counts: one class"
RAW_TEXT = re.compile(r"^-- text: raw\b", re.MULTILINE)
TICKET_NAMES = re.compile(r"^-- names: of the ticket$", re.MULTILINE)
ACCESS = re.compile(r"^-- access: (everyone|head_office)\b", re.MULTILINE)
OF_TURNS = re.compile(r"\bseen\.(interactions|turns|unscored_turns|imports|settings)\b")


@dataclass(frozen=True)
class Query:
    """A query's text, the names of its parameters, and who may run it.

    access: 'scoped' where the text applies $branch_scope itself, else what its header declares. of_ledger: whether it
    reads what is kept beside the data: what people enter, and the weekly evaluations; of_turns: whether it reads calls
    and chats or the list of imports, which change without the tickets. raw_text: whether its free text is read as it
    was written, for analyses that give out none of it; every other query's is masked. ticket_names: whether the header
    says that names are masked in it that any text of the row's ticket introduces. counts_one_class: whether the
    header says that it counts outcomes of $complaint_class and reads none of a ticket's texts, so that it can read the
    class's copy (data/class_copies.py).
    """

    name: str
    sql: str
    parameters: frozenset[str]
    access: Literal["scoped", "everyone", "head_office"]
    of_ledger: bool
    of_turns: bool
    raw_text: bool
    counts_one_class: bool = False
    ticket_names: bool = False


@cache
def query(name: str) -> Query:
    """Read a named query.

    Raises ValueError where the file names a base table, or neither applies the reader's scope nor says in its
    header who may run it: a query cannot forget the scope.
    """
    sql = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
    body = re.sub(r"--.*", "", sql)
    if re.search(r"\bstored\s*\.", body):
        raise ValueError(f"query {name} reads base tables; use the macros of schema seen")
    declared = ACCESS.search(sql)
    parameters = frozenset(PARAMETER.findall(body))
    of_ledger = "seen.ledger" in body or "seen.evaluations" in body
    ticket_names = TICKET_NAMES.search(sql) is not None
    of_turns = (bool(OF_TURNS.search(body)) and "kind = 'tickets'" not in body) or ticket_names
    raw_text = RAW_TEXT.search(sql) is not None
    if "branch_scope" in parameters:
        return Query(name, sql, parameters, "scoped", of_ledger, of_turns, raw_text, ONE_CLASS in sql, ticket_names)
    if declared is None:
        raise ValueError(f"query {name} neither applies $branch_scope nor declares its access")
    access: Literal["everyone", "head_office"] = "everyone" if declared[1] == "everyone" else "head_office"
    return Query(name, sql, parameters, access, of_ledger, of_turns, raw_text)


def names() -> list[str]:
    """Give the names of all queries, sorted."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.sql"))
