"""What the command lines share: the language, the store unless it is open elsewhere, a Problem as lines or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from data.store import OPEN_ELSEWHERE, Store
from texts import N_, Language, Message, Problem, render


def language_named(name: str) -> Language:
    """Give the language of a command's option: English for en…, else Chinese."""
    return "en" if name.lower().startswith("en") else "zh_CN"


def store_unless_open(path: Path | None) -> Store | None:
    """Open a store; None where another process has it open, so that the running app is to do the work.

    Raises Problem where the file cannot be opened for any other reason.
    """
    try:
        return Store(path)
    except Problem as problem:
        if problem.what.id != OPEN_ELSEWHERE:
            raise
        return None


def there_is_a_store(path: Path) -> None:
    """Raise a Problem where there is no file, so that a command that only reads makes no empty store."""
    if not path.is_file():
        raise Problem(
            Message(N_("There is no store at {path}."), {"path": str(path)}),
            Message(N_("Give the store's file with --store, or set RESOLUTION_WATCH_STORE.")),
        )


@contextmanager
def printed_problems(language: Language, as_json: bool) -> Iterator[None]:
    """Print a Problem in the reader's language and leave with code 1."""
    try:
        yield
    except Problem as problem:
        lines = [render(part, language) for part in problem.parts()]
        if as_json:
            typer.echo(json.dumps({"problem": lines}, ensure_ascii=False))
        else:
            typer.echo("\n".join(lines), err=True)
        raise typer.Exit(1) from problem
