"""The store's command line: `python -m data demo | import FILE | status`."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.arrival import bring_in
from data.command_line import language_named, printed_problems, store_unless_open
from data.demo_store import load_demo
from data.inbox import hand_over, report_json
from data.intake import Progress
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import N_, Language, Message, Problem, render

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Resolution Watch: the store.")

StorePath = Annotated[Path | None, typer.Option("--store", help="The store's file (else RESOLUTION_WATCH_STORE).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
InLanguage = Annotated[str, typer.Option("--lang", help="zh_CN or en.")]


def _print_report(report: dict[str, Any], language: Language, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, default=str))
        return
    counted = Message(
        N_("{file_name}: {rows_read} rows read, {accepted} accepted, {unchanged} unchanged, {set_aside} set aside."),
        {key: report[key] for key in ("file_name", "rows_read", "accepted", "unchanged", "set_aside")},
    )
    typer.echo(render(counted, language))
    for note in report["notes"]:
        typer.echo("  " + render(Message.from_json(note), language))


@app.command()
def demo(store: StorePath = None, as_json: AsJson = False, lang: InLanguage = "zh_CN") -> None:
    """Write the demo bank into an empty store."""
    language = language_named(lang)
    with printed_problems(language, as_json):
        opened = Store(store)
        try:
            load_demo(opened)
            _print_status(opened, language, as_json)
        finally:
            opened.close()


@app.command(name="import")
def import_(
    file: Path,
    store: StorePath = None,
    mapping: Annotated[str | None, typer.Option("--mapping", help="A mapping's name, or a TOML file.")] = None,
    known_on: Annotated[
        datetime | None,
        typer.Option("--known-on", formats=["%Y-%m-%d"], help="The day on which the file was exported."),
    ] = None,
    as_json: AsJson = False,
    lang: InLanguage = "zh_CN",
) -> None:
    """Import a file; where the app has the store open, put it into the app's inbox and wait for the result."""
    language = language_named(lang)

    def show(progress: Progress) -> None:
        if not as_json:
            typer.echo(render(progress.phase, language), err=True)

    with printed_problems(language, as_json):
        if not file.is_file():
            raise Problem(Message(N_("There is no file {path}."), {"path": str(file)}), Message(N_("Check the path.")))
        opened = store_unless_open(store)
        if opened is None:
            report = hand_over(Store.inbox_of(store), file, mapping=mapping, recorded_on=known_on and known_on.date())
            _print_report(report, language, as_json)
            return
        try:
            imported = bring_in(opened, file, mapping=mapping, recorded_on=known_on and known_on.date(), progress=show)
        finally:
            opened.close()
        _print_report(report_json(imported), language, as_json)


@app.command()
def status(store: StorePath = None, as_json: AsJson = False, lang: InLanguage = "zh_CN") -> None:
    """Say what the store holds."""
    language = language_named(lang)
    with printed_problems(language, as_json):
        opened = Store(store)
        try:
            _print_status(opened, language, as_json)
        finally:
            opened.close()


def _print_status(store: Store, language: Language, as_json: bool) -> None:
    today = date.max
    fresh = store.read("freshness", HEAD_OFFICE, today).iloc[0]
    classes = store.read("class_years", HEAD_OFFICE, today)
    imports = store.read("imports", HEAD_OFFICE, today)
    held = {
        "store": str(store.path),
        "inbox": str(store.inbox),
        "tickets": int(fresh["tickets"]),
        "data_from": _day(fresh["data_from"]),
        "data_through": _day(fresh["data_through"]),
        "last_import": _day(fresh["last_import"]),
        "imports": len(imports),
        "demo": bool(imports["demo"].any()),
        "classes": json.loads(classes.to_json(orient="records", force_ascii=False)),
    }
    if as_json:
        typer.echo(json.dumps(held, ensure_ascii=False))
        return
    lines = [
        Message(N_("Store: {store}"), held),
        Message(N_("Inbox: {inbox}"), held),
        Message(N_("{tickets} tickets, received {data_from} to {data_through}; {imports} imports."), held),
    ]
    if held["demo"]:
        lines.append(Message(N_("The store holds the demo bank.")))
    lines += [
        Message(
            N_("{year} {complaint_class}: {customers} customers, {decided} decided, {not_agreed} not agreed"),
            {str(key): value for key, value in row.items()},
        )
        for row in classes.to_dict("records")
    ]
    typer.echo("\n".join(render(line, language) for line in lines))


def _day(value: Any) -> str | None:
    return None if value is None or value != value else str(value)[:10]
