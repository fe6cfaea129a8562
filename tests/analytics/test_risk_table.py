"""The table of described tickets: the same tickets whether cut before or after, features nobody has are zero."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.risk.features import unevenness
from analytics.risk.table import Feature, Vocabulary, table_of

NAMES = [("class", "A"), ("class", "B"), ("cause", "x"), ("word", "愤怒"), ("word", "核实"), ("mood", "")]
TICKETS = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.floats(-2, 2, allow_nan=False), max_size=6), min_size=1, max_size=12
)


@given(TICKETS, st.data())
def test_a_table_holds_what_each_ticket_has(described: list[dict[Feature, float]], data: st.DataObject) -> None:
    table = table_of(described)
    asked = Vocabulary((*NAMES, ("word", "nobody's")))
    whole = table.columns(asked).toarray()
    assert whole.tolist() == [[of.get(feature, 0.0) for feature in asked.features] for of in described]
    counts = dict(zip(table.features.features, table.tickets_with(), strict=True))
    assert counts == {
        name: sum(name in of for of in described) for name in NAMES if any(name in of for of in described)
    }
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(described), max_size=len(described))))
    part = table.where(chosen)
    assert len(part) == chosen.sum()
    assert part.columns(asked).toarray().tolist() == whole[chosen].tolist()
    assert part.tickets_with().sum() == sum(len(of) for of, kept in zip(described, chosen, strict=True) if kept)


def test_a_word_alike_in_every_matter_has_about_its_degrees_of_freedom() -> None:
    rng = np.random.default_rng(2)
    matters = rng.choice([3, 7, 8, 12], 4000)  # numbers of a part of a table need not be dense
    words = np.stack([rng.random(4000) < 0.2, (matters == 7) & (rng.random(4000) < 0.8)], axis=1).astype(float)
    described: list[dict[Feature, float]] = [
        {("word", name): 1.0 for name, here in zip("ab", row, strict=True) if here} for row in words
    ]
    even, uneven = unevenness(matters, table_of(described).columns(Vocabulary((("word", "a"), ("word", "b")))))
    assert even < 3
    assert uneven > 100
