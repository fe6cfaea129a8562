"""`python -m reports minutes` and `python -m reports letter`: the documents of the screens, without a screen."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from data.command_line import language_named, printed_problems, store_unless_open, there_is_a_store
from data.store import default_path
from reports.cli import app
from reports.docx_file import SHIPPED
from reports.letters import keep_file
from reports.manifest import SHANGHAI
from reports.pack import writable_folder
from reports.requests import DocumentRequest, ask, document, unzipped
from texts import N_, Message, render

Out = Annotated[Path, typer.Option("--out", help="The folder the file is written to.")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="As known on this day (else today).")
]
AStore = Annotated[Path | None, typer.Option("--store", help="The store's file (else RESOLUTION_WATCH_STORE).")]
Lang = Annotated[str, typer.Option("--lang", help="zh_CN or en.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def minutes(out: Out, as_of: AsOf = None, store: AStore = None, lang: Lang = "zh_CN", as_json: AsJson = False) -> None:
    """Write the minutes of a day's review: those it was closed with, or a draft."""
    _write(out, as_of, store, lang, as_json, None)


@app.command()
def letter(
    number: Annotated[str, typer.Argument(help="The letter's number, e.g. 消保提示〔2025〕7号 or alert-2025-7.")],
    out: Out,
    as_of: AsOf = None,
    store: AStore = None,
    lang: Lang = "zh_CN",
    as_json: AsJson = False,
) -> None:
    """Write a letter that was sent."""
    _write(out, as_of, store, lang, as_json, number)


@app.command()
def templates(out: Out, lang: Lang = "zh_CN", as_json: AsJson = False) -> None:
    """Write the shipped templates, to be changed and put into the folder `templates` beside the store."""
    with printed_problems(language_named(lang), as_json):
        folder = writable_folder(out)
        for shipped in sorted(SHIPPED.glob("*.docx")):
            keep_file(folder / shipped.name, shipped.read_bytes())
            typer.echo(str(folder / shipped.name))


def _write(out: Path, as_of: datetime | None, store: Path | None, lang: str, as_json: bool, number: str | None) -> None:
    language = language_named(lang)
    with printed_problems(language, as_json):
        folder = writable_folder(out)
        day = as_of.date() if as_of else datetime.now(SHANGHAI).date()
        name, content = _made(store or default_path(), DocumentRequest(day, language, number))
        keep_file(folder / name, content)
        typer.echo(json.dumps({"file": str(folder / name)}, ensure_ascii=False) if as_json else str(folder / name))


def _made(path: Path, request: DocumentRequest) -> tuple[str, bytes]:
    """Make the document, or have it made by the running app where that has the store open."""
    there_is_a_store(path)
    opened = store_unless_open(path)
    if opened is None:
        asked = Message(N_("The running app has the store open and is making the file."))
        return unzipped(ask(path, request, lambda: typer.echo(render(asked, request.language), err=True)))
    try:
        return document(opened, request)
    finally:
        opened.close()
