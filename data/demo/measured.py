"""What a planted measure changes: complaints at its branches that would have ended not agreed end agreed.

It is applied to what was drawn, without drawing anything: the rest of the bank stays what its seed made of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.outcomes import ROUND_COLUMNS
from data.demo.truth import MEASURE_WORKS

CLOSED_AFTER = np.timedelta64(30, "h")


def with_measure(tickets: pd.DataFrame) -> pd.DataFrame:
    """Give the tickets with the outcomes that the planted measure changed.

    Of those concerned that ended not agreed, evenly in the order of their outcomes, so many end agreed that the risk is
    the planted ratio of what it was. What the truth says of their risk is changed for all of them.
    """
    effect = MEASURE_WORKS
    concerned = (
        (tickets["complaint_class"] == effect.complaint_class)
        & tickets["branch_id"].isin(effect.branches)
        & (tickets["first_outcome_at"] >= pd.Timestamp(effect.starts))
    )
    failed = tickets[concerned & (tickets["first_outcome"] == "not_agreed")].sort_values("first_outcome_at")
    place = np.arange(len(failed))
    stays = np.floor((place + 1) * effect.size) > np.floor(place * effect.size)
    turned = failed.index[~stays]
    changed = tickets.copy()
    changed.loc[concerned, ["p_not_agreed", "p_final_not_agreed"]] *= effect.size
    changed.loc[turned, "first_outcome"] = "agreed"
    changed.loc[turned, "final_outcome"] = "agreed"
    changed.loc[turned, "rounds"] = 1
    changed.loc[turned, "mediated"] = False
    changed.loc[turned, ROUND_COLUMNS] = pd.NaT
    changed.loc[turned, "corrected_at"] = pd.NaT
    changed.loc[turned, "closed_at"] = changed.loc[turned, "first_outcome_at"] + CLOSED_AFTER
    return changed
