"""What the command lines share: a Problem becomes plain lines, or JSON, and the exit code 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from texts import Language, Problem, render


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
