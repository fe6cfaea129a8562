"""One chart or table of a pack, with its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go


@dataclass(frozen=True)
class Exhibit:
    """One chart or table with its files.

    name: the parts of the files' name, e.g. 提前还款, 管控曲线, 2025W30. title: the finding in one sentence. figure:
    draws the picture (print look), None for a table alone; table: the exact numbers, None for a picture alone. Both
    are called once, when the pack is made.
    """

    name: tuple[str, ...]
    title: str
    figure: Callable[[], go.Figure] | None
    table: Callable[[], pd.DataFrame] | None
