"""Every limit and band of the warnings, in one place: value, unit, allowed range, meaning and source.

A plan or a class may override a value; out of its range it is refused with a `Problem`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any

import numpy as np

from texts import N_, Message, Problem


@dataclass(frozen=True)
class Specification:
    """One limit: what it means, in which unit, which values are allowed, and where the default comes from.

    low, high: allowed values, both included. measured: (value, share of false alarms) pairs from
    benchmarks/warning.py, ascending by value; empty where none apply. false_alarms_of: what a false alarm is.
    """

    default: float
    low: float
    high: float
    unit: Message
    meaning: Message
    source: Message
    measured: tuple[tuple[float, float], ...] = ()
    false_alarms_of: Message | None = None


RATIO = Message(N_("actual ÷ threshold"))
CHANCE = Message(N_("chance, 0–1"))
DIFFERENCE = Message(N_("difference in chance"))
SHARE_OF_LIMIT = Message(N_("share of the limit"))
TIMES = Message(N_("times the expected"))
A_YEAR = Message(N_("share of quiet years with a false alarm"))
CUSTOMERS = Message(N_("customers a year"))
SUM = Message(N_("points of the running sum"))
GOOD_YEARS = Message(N_("years that end within the allowance and still see this warning at some week"))

DOCUMENT = Message(N_("the source document, case 2 (“near or over”); the bound itself is this product's choice"))
SIMULATED = Message(N_("simulated years, benchmarks/warning.py"))
STEINER = Message(N_("Steiner et al. 2000, Biostatistics 1:441; limit calibrated by simulation"))
HEAD_START = Message(N_("Lucas and Crosier 1982, Technometrics 24:199; size chosen by simulation"))
CUSTOM = Message(N_("convention of this product"))

# Share of simulated years that end within the allowance and see the warning, by limit (benchmarks/warning.py).
SEEN_BY_GOOD_YEARS = (
    (0.50, 0.51),
    (0.60, 0.33),
    (0.70, 0.21),
    (0.80, 0.11),
    (0.85, 0.08),
    (0.90, 0.04),
    (0.95, 0.02),
)

SPECIFICATIONS: Mapping[str, Specification] = MappingProxyType(
    {
        "near": Specification(
            0.80, 0.10, 1.50, RATIO, Message(N_("From this ratio on the position is “near”.")), DOCUMENT
        ),
        "over": Specification(
            1.00, 0.50, 2.00, RATIO, Message(N_("Above this ratio the position is “over”; at it, it is not.")), DOCUMENT
        ),
        "amber": Specification(
            0.70,
            0.30,
            0.98,
            CHANCE,
            Message(N_("From this chance on that the year breaks its allowance, the warning is amber.")),
            SIMULATED,
            SEEN_BY_GOOD_YEARS,
            GOOD_YEARS,
        ),
        "red": Specification(
            0.85,
            0.30,
            0.99,
            CHANCE,
            Message(N_("From this chance on that the year breaks its allowance, the warning is red.")),
            SIMULATED,
            SEEN_BY_GOOD_YEARS,
            GOOD_YEARS,
        ),
        "breach_margin": Specification(
            0.10,
            0.00,
            0.50,
            DIFFERENCE,
            Message(N_("A warning stands until the chance has fallen this far below its limit.")),
            CUSTOM,
        ),
        "shift_ratio": Specification(
            1.50,
            1.10,
            3.00,
            TIMES,
            Message(N_("The worsening of outcomes that the shift signal looks for: times as many not agreed.")),
            STEINER,
        ),
        "shift_false_alarms": Specification(
            0.05,
            0.01,
            0.20,
            A_YEAR,
            Message(N_("Share of years without any worsening in which the shift signal may stand all the same.")),
            STEINER,
        ),
        "shift_head_start": Specification(
            0.50,
            0.00,
            2.00,
            SUM,
            Message(N_("Where the shift signal's running sum starts on 1 January, so that a bad start shows sooner.")),
            HEAD_START,
        ),
        "volume_ratio": Specification(
            1.30,
            1.05,
            3.00,
            TIMES,
            Message(N_("The rise in complaining customers that the volume signal looks for.")),
            CUSTOM,
        ),
        "volume_false_alarms": Specification(
            0.05,
            0.01,
            0.20,
            A_YEAR,
            Message(N_("Share of years with the forecast volume in which the volume signal may stand all the same.")),
            SIMULATED,
        ),
        "signal_margin": Specification(
            0.50,
            0.00,
            1.00,
            SHARE_OF_LIMIT,
            Message(N_("A shift or volume signal stands until its running sum has fallen by this share of its limit.")),
            CUSTOM,
        ),
        "small_base": Specification(
            20,
            0,
            100,
            CUSTOMERS,
            Message(N_("Below this allowance a class is watched case by case: there is no alarm on rates.")),
            SIMULATED,
        ),
        "corridor": Specification(
            0.80,
            0.50,
            0.99,
            CHANCE,
            Message(N_("Chance that an on-target year is inside its corridor on a given day.")),
            CUSTOM,
        ),
    }
)


@dataclass(frozen=True)
class Limits:
    """The limits in use for one class; each field is explained in SPECIFICATIONS under its name."""

    near: float = SPECIFICATIONS["near"].default
    over: float = SPECIFICATIONS["over"].default
    amber: float = SPECIFICATIONS["amber"].default
    red: float = SPECIFICATIONS["red"].default
    breach_margin: float = SPECIFICATIONS["breach_margin"].default
    shift_ratio: float = SPECIFICATIONS["shift_ratio"].default
    shift_false_alarms: float = SPECIFICATIONS["shift_false_alarms"].default
    shift_head_start: float = SPECIFICATIONS["shift_head_start"].default
    volume_ratio: float = SPECIFICATIONS["volume_ratio"].default
    volume_false_alarms: float = SPECIFICATIONS["volume_false_alarms"].default
    signal_margin: float = SPECIFICATIONS["signal_margin"].default
    small_base: float = SPECIFICATIONS["small_base"].default
    corridor: float = SPECIFICATIONS["corridor"].default

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            _check(name, value)
        _check_order("near", self.near, "over", self.over)
        _check_order("amber", self.amber, "red", self.red)


def limits_with(overrides: Mapping[str, Any]) -> Limits:
    """Give the default limits with a plan's or a class's own values in place.

    overrides: limit name → number. Raises Problem for an unknown name, a value that is no number or out of range, and
    bounds in the wrong order.
    """
    known = {field.name for field in fields(Limits)}
    for name, value in overrides.items():
        if name not in known:
            raise Problem(
                Message(N_("There is no limit called “{name}”."), {"name": name}),
                Message(N_("Use one of: {names}."), {"names": ", ".join(sorted(known))}),
            )
        _check(name, value)
    return Limits(**{name: float(value) for name, value in overrides.items()})


def false_alarm_rate(name: str, value: float) -> float | None:
    """Give the measured share of false alarms at a value of a limit, between the measured values by interpolation.

    None where none was measured, or outside of the measured values.
    """
    measured = SPECIFICATIONS[name].measured
    if not measured or not measured[0][0] <= value <= measured[-1][0]:
        return None
    return float(np.interp(value, [at for at, _ in measured], [rate for _, rate in measured]))


def false_alarms_a_year(classes: Sequence[Limits]) -> Message:
    """Say how many false alarms a year the settings of the classes mean, all together (20 classes at 5% each: one)."""
    return Message(
        N_(
            "With {classes} classes expect about {shift:.1f} false shift signals and {volume:.1f} false volume signals "
            "a year."
        ),
        {
            "classes": len(classes),
            "shift": sum(limits.shift_false_alarms for limits in classes),
            "volume": sum(limits.volume_false_alarms for limits in classes),
        },
    )


def _check(name: str, value: Any) -> None:
    specification = SPECIFICATIONS[name]
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not number or not specification.low <= float(value) <= specification.high:
        raise Problem(
            Message(N_("The limit “{name}” cannot be {value}."), {"name": name, "value": str(value)}),
            Message(
                N_("Give a number from {low:g} to {high:g} ({unit}). {meaning}"),
                {
                    "low": specification.low,
                    "high": specification.high,
                    "unit": specification.unit,
                    "meaning": specification.meaning,
                },
            ),
        )


def _check_order(lower_name: str, lower: float, upper_name: str, upper: float) -> None:
    if lower > upper:
        raise Problem(
            Message(
                N_("The limit “{lower_name}” ({lower:g}) is above “{upper_name}” ({upper:g})."),
                {"lower_name": lower_name, "lower": lower, "upper_name": upper_name, "upper": upper},
            ),
            Message(N_("Lower the first or raise the second.")),
        )
