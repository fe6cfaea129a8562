"""Scores of customers' turns: which are missing, and how they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from data.scope import HEAD_OFFICE
from data.store import Store

SCORED_UP_TO, SCORER = "turns_scored_up_to", "turns_scored_by"
EVERYTHING = date.max


def unscored(store: Store, most: int) -> pd.DataFrame:
    """Give at most so many turns of customers without a score, oldest import first: interaction_id, turn,
    content_hash, import_id, text (as it was said)."""
    done = store.read("settings", HEAD_OFFICE, EVERYTHING).set_index("name")["value"]
    after = int(done.get(SCORED_UP_TO, 0))
    return store.read("unscored_turns", HEAD_OFFICE, EVERYTHING, after=after, most=most)


def keep_scores(
    store: Store, turns: pd.DataFrame, p_negative: Sequence[float], tendencies: Sequence[str | None], *, whole: bool
) -> None:
    """Keep the scores of turns of `unscored`. whole: no turn without a score is left, so that the next look begins
    after these imports."""
    scores = turns[["interaction_id", "turn", "content_hash", "import_id"]].assign(
        p_negative=p_negative, tendencies=pd.Series(list(tendencies), index=turns.index, dtype="str")
    )
    with store.hearing() as cursor:
        cursor.register("scored_now", scores)
        cursor.execute(
            "INSERT INTO stored.turn_scores BY NAME SELECT DISTINCT ON (interaction_id, turn, content_hash) * "
            "FROM scored_now"
        )
        cursor.unregister("scored_now")
        if whole and len(turns):
            _note(cursor, SCORED_UP_TO, str(int(turns["import_id"].max()) - 1))


def of_this_scorer(store: Store, scorer: str) -> bool:
    """Say whether the scores kept are of this scorer; scores of another one are thrown away, to be made anew."""
    done = store.read("settings", HEAD_OFFICE, EVERYTHING).set_index("name")["value"]
    if done.get(SCORER) == scorer:
        return True
    with store.hearing() as cursor:
        cursor.execute("DELETE FROM stored.turn_scores")
        _note(cursor, SCORED_UP_TO, "0")
        _note(cursor, SCORER, scorer)
    return False


def _note(cursor, name: str, value: str) -> None:  # type: ignore[no-untyped-def]
    cursor.execute(
        "INSERT INTO stored.settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", [name, value]
    )
