"""The command line of what is learnt from the store: `python -m answers train`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from analytics.risk.model import RiskModel
from analytics.risk.trial import unusable
from answers.risk import train_model
from answers.risk_training import readings, wish
from answers.turn_scores import score_all
from data.command_line import language_named, printed_problems, store_unless_open, there_is_a_store
from data.risk_models import today
from data.store import default_path
from texts import N_, Language, Message, render

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Resolution Watch: what is learnt from the store.")


@app.callback()
def _commands() -> None:
    """Keep `train` a command of its own name."""


@app.command()
def train(
    store: Annotated[
        Path | None, typer.Option("--store", help="The store's file (else RESOLUTION_WATCH_STORE).")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day beyond which the model knows nothing; else today."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "zh_CN",
) -> None:
    """Train the model of risk on the store's decided tickets, test it by time, and keep it."""
    language = language_named(lang)
    day = as_of.date() if as_of else today()
    with printed_problems(language, as_json):
        path = store or default_path()
        there_is_a_store(path)
        opened = store_unless_open(path)
        if opened is None:
            wish(path, day)
            asked = Message(N_("The running product has the store open; it trains the model within half a minute."))
            typer.echo(json.dumps({"asked": str(day)}) if as_json else render(asked, language))
            return
        try:
            score_all(opened)
            for reading in readings(opened, day):
                _print(train_model(opened, day, reading), language, as_json)
        finally:
            opened.close()


def _print(model: RiskModel, language: Language, as_json: bool) -> None:
    refusal, trial = unusable(model), model.trial
    if as_json:
        scores = None if trial is None else {name: getattr(trial, name) for name in SCORES}
        said = None if refusal is None else render(refusal, language)
        result = {"known_on": str(model.known_on), "reading": model.reading, "decided": model.decided}
        typer.echo(json.dumps(result | {"not_agreed": model.not_agreed, "trial": scores, "refusal": said}))
        return
    trained = Message(
        N_("Model of {day} ({reading}): {decided} decided tickets, {not_agreed} of them not agreed."),
        {
            "day": str(model.known_on),
            "reading": model.reading,
            "decided": model.decided,
            "not_agreed": model.not_agreed,
        },
    )
    typer.echo(render(trained, language))
    if trial is not None:
        tested = Message(
            N_(
                "On {tickets} later tickets: Brier {brier:.4f} (class rate {rate:.4f}), area under the curve {auc:.3f}."
            ),
            {"tickets": trial.tickets, "brier": trial.brier, "rate": trial.rate_brier, "auc": trial.auc},
        )
        typer.echo("  " + render(tested, language))
    if refusal is not None:
        typer.echo("  " + render(refusal, language))


SCORES = ("tickets", "not_agreed", "brier", "rate_brier", "auc", "rate_auc", "calibration_error", "gain", "gain_error")
