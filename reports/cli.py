"""The command line of what is written: `python -m reports snapshot`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.command_line import language_named, printed_problems, store_unless_open, there_is_a_store
from data.scope import HEAD_OFFICE
from data.store import default_path
from reports.file_names import file_stems
from reports.manifest import SHANGHAI
from reports.pack import Pack, writable_folder, write_folder, write_zip
from reports.requests import Request, ask
from reports.snapshot import Progress, snapshot_pack
from texts import N_, Language, Message, render

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Resolution Watch: files to send around.")


@app.callback()
def reports() -> None:
    """Keep `snapshot` a command of its own, beside those to come."""


@app.command()
def snapshot(
    out: Annotated[Path, typer.Option("--out", help="The folder the pack is written to.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="As known on this day (else today).")
    ] = None,
    classes: Annotated[
        list[str] | None, typer.Option("--class", help="A complaint class; may be given again (else all).")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", min=1970, max=2200, help="Else the year of --as-of.")] = None,
    folder: Annotated[bool, typer.Option("--folder", help="Write the plain folder as well as the ZIP.")] = False,
    store: Annotated[
        Path | None, typer.Option("--store", help="The store's file (else RESOLUTION_WATCH_STORE).")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "zh_CN",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a snapshot pack: every chart as PNG and CSV, and a manifest."""
    language = language_named(lang)
    with printed_problems(language, as_json):
        target = writable_folder(out)
        request = Request(
            as_of=as_of.date() if as_of else datetime.now(SHANGHAI).date(),
            year=year,
            classes=tuple(classes or ()),
            language=language,
        )
        pack, content = _made(store or default_path(), request)
        stem = pack_stem(request)
        written = write_zip(content, target, stem)
        plain = write_folder(pack, target, stem) if folder else None
        _print_result(pack, written, plain, language, as_json)


def pack_stem(request: Request) -> str:
    """Give the pack's name without its ending, e.g. 快照_提前还款_2025-07-27; the same request, the same name."""
    parts = [render(Message(N_("snapshot")), request.language), *request.classes]
    if request.year not in (None, request.as_of.year):
        parts.append(str(request.year))
    return file_stems([(*parts, request.as_of.isoformat())])[0]


def _made(path: Path, request: Request) -> tuple[Pack, bytes]:
    """Make the pack, or have it made by the running app where that has the store open."""
    there_is_a_store(path)
    opened = store_unless_open(path)
    if opened is None:
        asked = Message(N_("The running app has the store open and is making the pack."))
        content = ask(path, request, lambda: typer.echo(render(asked, request.language), err=True))
        return Pack.from_zip(content), content
    try:
        with _progress(request.language) as show:
            pack = snapshot_pack(
                opened, HEAD_OFFICE, request.as_of, request.classes, request.language, show, year=request.year
            )
    finally:
        opened.close()
    return pack, pack.zip_bytes()


@contextmanager
def _progress(language: Language) -> Iterator[Callable[[Progress], None]]:
    """Show progress on standard error: a bar where somebody looks on, else a line for each step."""
    if not sys.stderr.isatty():
        yield lambda step: typer.echo(f"{step.done}/{step.total} {render(step.doing, language)}", err=True)
        return
    with typer.progressbar(length=1, file=sys.stderr, label=" ") as bar:

        def show(step: Progress) -> None:
            bar.length = step.total
            bar.label = render(step.doing, language)
            bar.update(step.done - bar.pos)

        yield show


def _print_result(pack: Pack, written: Path, plain: Path | None, language: Language, as_json: bool) -> None:
    manifest = pack.manifest
    result: dict[str, Any] = {
        "pack": str(written),
        "folder": None if plain is None else str(plain),
        "as_of": manifest["as_of"],
        "files": len(pack.files),
        "complete": not manifest["pictures"]["missing"],
        "missing": manifest["pictures"]["missing"],
        "warnings": manifest["warnings"],
    }
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    typer.echo(render(Message(N_("{pack}: {files} files as of {as_of}."), result), language))
    for warning in manifest["warnings"]:
        typer.echo("  " + warning)
