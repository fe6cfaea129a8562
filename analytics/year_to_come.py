"""What the regime filter says of the rest of a year depends on the plan alone, not on what has been counted: it is
worked out once a plan and serves every as-of day, every week of the register, and the week before beside this one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator

import numpy as np

from analytics.regime import REGIME, Regime, staying

MOST_BYTES = 128 * 2**20  # of kept tables together; one that is larger is worked out anew each time
_kept: OrderedDict[Hashable, np.ndarray] = OrderedDict()
_lock = threading.Lock()


def chances_to_stay(plan: np.ndarray, days: np.ndarray, room: int, regime: Regime = REGIME) -> np.ndarray | None:
    """Give `regime.staying` as one read-only table, shape (periods + 1, points, room + 1): [period, θ, n].

    Kept, the least recently used given up first; None where it would be larger than MOST_BYTES.
    """
    shape = (len(plan) + 1, regime.points, room + 1)
    if 8 * int(np.prod(shape)) > MOST_BYTES:
        return None
    key = (plan.tobytes(), days.tobytes(), room, regime)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    table = np.empty(shape)
    for period, chances in staying(plan, days, room, regime):
        table[period] = chances
    table.setflags(write=False)
    with _lock:
        _kept[key] = table
        while sum(one.nbytes for one in _kept.values()) > MOST_BYTES:
            _kept.popitem(last=False)
    return table


def staying_kept(
    plan: np.ndarray, days: np.ndarray, room: int, regime: Regime = REGIME
) -> Iterator[tuple[int, np.ndarray]]:
    """Give what `regime.staying` gives, from the kept table where there is one."""
    table = chances_to_stay(plan, days, room, regime)
    if table is None:
        yield from staying(plan, days, room, regime)
    else:
        yield from ((period, table[period]) for period in range(len(plan), -1, -1))
