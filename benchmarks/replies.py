"""How well reply positions are read by rule from replies that nobody coded and that share no wording.

Run alone: `python -m benchmarks.replies`; prints, for each of three sets of written replies, the questions that are
read, the replies read in them, and how well they are grouped (adjusted Rand index: 1 is right, 0 is by chance).
"""

from __future__ import annotations

import pandas as pd
from sklearn.metrics import adjusted_rand_score

from analytics.reply_positions import positions
from benchmarks.reply_writings import FIRST, SECOND
from benchmarks.reply_writings_third import THIRD

Writings = dict[str, dict[str, tuple[str, ...]]]
SETS: dict[str, Writings] = {"first set (mended on it)": FIRST, "second set": SECOND, "third set": THIRD}


def trial(writings: Writings) -> pd.DataFrame:
    """Give a row a question: question, replies, read (0: the question is refused), index (NaN where it is refused)."""
    rows = [
        (question, true, text) for question, told in writings.items() for true, texts in told.items() for text in texts
    ]
    frame = pd.DataFrame(rows, columns=["question_key", "true_position", "reply_text"]).assign(reply_position=None)
    found = positions(frame).replies
    result = []
    for question, own in found.groupby("question_key", sort=False):
        read = own[own["derived"]]
        index = adjusted_rand_score(read["true_position"], read["position"]) if len(read) else float("nan")
        result.append((question, len(own), len(read), index))
    return pd.DataFrame(result, columns=["question", "replies", "read", "index"])


def main() -> None:
    """Print one table a set."""
    for name, writings in SETS.items():
        table = trial(writings)
        own = table[table["read"] > 0]
        print(
            f"\n{name}: {len(own)} of {len(table)} questions read, {own['read'].sum()} of their {own['replies'].sum()} "
            f"replies; worst index {own['index'].min():.2f}\n"
        )
        print(table.to_string(index=False, float_format="{:.2f}".format, na_rep="refused"))


if __name__ == "__main__":
    main()
