"""What a pack shows of calls and of the risk of open tickets: the pictures of the voice screen, the whole bank's."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd

from answers.risk import open_risks, risk_basis
from answers.voice import voice
from charts.risk_bars import risk_figure, risk_rows
from charts.voice_captions import Heard, grid_caption, risk_caption, weeks_caption
from charts.voice_grid import grid_figure
from charts.voice_weeks import weeks_figure
from data.scope import Scope
from data.store import Store
from reports.exhibit import Exhibit
from texts import N_, Language, Message, render


def voice_exhibits(store: Store, scope: Scope, as_of: date, year: int, demo: bool, language: Language) -> list[Exhibit]:
    """Give the exhibits of the voice screen: open tickets by risk where a model stands, calls by week and weak points
    where there are calls."""

    def said(text_id: str) -> str:
        return render(Message(text_id), language)

    exhibits: list[Exhibit] = []
    heard = voice(store, scope, as_of)
    source = Heard(heard.first, as_of, demo)
    day = str(as_of)
    basis = risk_basis(store, as_of)
    risks = open_risks(store, scope, None, year, as_of)
    if basis.refusal is None and len(risks):
        rows = risk_rows(risks, language)
        caption = risk_caption(risks, basis.model, basis.refusal, source)
        exhibits.append(
            Exhibit(
                name=(said(N_("open tickets by risk")), day),
                title=render(caption.finding, language),
                figure=partial(risk_figure, rows, caption, language, "print"),
                table=lambda: rows,
            )
        )
    if heard.calls.empty:
        return exhibits
    named = store.read("branch_names", scope, as_of).set_index("branch_id")["branch_name"].to_dict()
    weeks_words = weeks_caption(heard.weeks, source)
    grid_words = grid_caption(heard.weak, named, source)
    exhibits.append(
        Exhibit(
            name=(said(N_("calls by week")), day),
            title=render(weeks_words.finding, language),
            figure=partial(weeks_figure, heard.weeks, weeks_words, language, "print"),
            table=lambda: heard.weeks,
        )
    )
    exhibits.append(
        Exhibit(
            name=(said(N_("weak points")), day),
            title=render(grid_words.finding, language),
            figure=partial(grid_figure, heard.weak, named, grid_words, language, "print"),
            table=partial(_with_names, heard.weak.cells, named),
        )
    )
    return exhibits


def _with_names(cells: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    return cells.assign(branch=cells["branch_id"].map(lambda branch: named.get(str(branch), str(branch))))
