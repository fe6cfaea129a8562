"""Filling phrases: slots for amounts, dates, places and invented personal data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from data.demo.material import common

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
UNUSED_AREA = "339901"  # no county has this code, so that no number belongs to a person
UNUSED_MOBILE = "154"  # no operator has this prefix
UNUSED_CARD = "62999900"  # no bank has this prefix


class Picker:
    """Choices from phrase lists, drawn from one generator in blocks; the order of the picks fixes the result."""

    def __init__(self, rng: np.random.Generator, block: int = 65_536) -> None:
        self._rng = rng
        self._block = block
        self._uniforms: list[float] = []

    def uniform(self) -> float:
        """Give the next uniform number in [0, 1)."""
        if not self._uniforms:
            self._uniforms = self._rng.random(self._block).tolist()
        return self._uniforms.pop()

    def below(self, end: int) -> int:
        """Give a whole number from 0 to end − 1."""
        return int(self.uniform() * end)

    def one_of(self, choices: Sequence[str]) -> str:
        """Give one of the choices."""
        return choices[self.below(len(choices))]

    def chance(self, probability: float) -> bool:
        """Give True with this probability."""
        return self.uniform() < probability


def slots(pick: Picker, who: str, branch_name: str, amount: float, moment: datetime) -> dict[str, str]:
    """Give the values of every slot a phrase may name.

    who: how the customer is spoken of; amount: yuan; moment: when the text was written.
    """
    words = common()
    road = pick.one_of(words["roads"])
    day = moment - timedelta(days=3 + pick.below(60))
    surname = pick.one_of(words["surnames"])
    return {
        "who": who,
        "branch": branch_name,
        "road": road,
        "outlet": pick.one_of(words["outlets"]).format(road=road, branch=branch_name.removesuffix("分行")),
        "staff": pick.one_of(words["staff"]),
        "wan": f"{max(amount / 1e4, 0.5):.1f}".removesuffix(".0"),
        "yuan": f"{min(amount, 20_000) * (0.1 + 0.9 * pick.uniform()):.2f}",
        "small": str(100 * (1 + pick.below(50))),
        "days": str(3 + pick.below(58)),
        "months": str(2 + pick.below(6)),
        "times": "两三四五六"[pick.below(5)],
        "date": f"{day.year}年{day.month}月{day.day}日" if pick.chance(0.5) else f"{day.month}月{day.day}日",
        "number": str(1 + pick.below(320)),
        "title": surname + ("先生" if pick.chance(0.5) else "女士"),
        "name": surname + pick.one_of(words["givens"]),
        "phone": UNUSED_MOBILE + f"{pick.below(100_000_000):08d}",
        "idcard": id_card(pick),
        "card": bank_card(pick),
    }


def id_card(pick: Picker) -> str:
    """Give a number of the form of an identity card, with a right check digit and an area that does not exist."""
    born = datetime(1950, 1, 1) + timedelta(days=pick.below(20_000))
    body = f"{UNUSED_AREA}{born:%Y%m%d}{pick.below(1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return body + ID_CHECKS[total % 11]


def bank_card(pick: Picker) -> str:
    """Give a 19-digit number of the form of a bank card, with a right Luhn digit and a prefix of no bank."""
    body = UNUSED_CARD + f"{pick.below(10_000_000_000):010d}"
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    total = sum(digit - 9 if digit > 9 else digit for digit in doubled)
    return body + str(-total % 10)
