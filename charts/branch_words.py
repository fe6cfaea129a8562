"""The words of the branch screen: verdicts, findings, and what a picture does not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from analytics.branch_findings import PAGE_RATE, BranchFindings
from analytics.contributions import Excess
from analytics.funnel import FINE_FROM, JUDGED_FROM, POWER, Comparison
from charts.warning_words import listed
from texts import N_, Message

NAMED_AT_MOST = 4
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "worse": N_("▲ worse than the others"),
        "better": N_("▼ better than the others"),
        "usual": N_("○ no different beyond chance"),
        "extremes_only": N_("○ no difference found (fewer than 88 customers: only a great one could show)"),
        "not_judged": N_("– fewer than 35 customers, cannot be judged"),
    }
)
NOT_GIVEN = N_("not given")
RATE = Message(N_("share not agreed"))
SIZE = Message(N_("decided customers"))
LATE = Message(N_("share dispatched late"))
TICKETS = Message(N_("tickets"))

Name = Callable[[str], str]


def given(value: str) -> Message:
    """Give a cause or channel as it is written; in words where the tickets give none."""
    return Message(N_("{value}"), {"value": value}) if value else Message(NOT_GIVEN)


def signed(value: float) -> str:
    """Give a number with its sign and one decimal; nothing is −0.0."""
    rounded = round(value, 1) + 0.0
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0"


def more_or_fewer(value: float) -> Message:
    """Give a difference in customers in words, with one decimal."""
    count = f"{abs(value):.1f}"
    if not float(count):
        return Message(N_("no difference"))
    return Message(N_("{count} more") if value > 0 else N_("{count} fewer"), {"count": count})


def excess_sentence(taken: Excess) -> Message:
    """Say what the excess over the threshold (or the room below it) is made of."""
    numbers = {
        "actual": taken.actual,
        "threshold": f"{taken.threshold:.1f}",
        "total": signed(taken.total),
        "volume": signed(taken.volume),
        "rate": signed(taken.everywhere),
        "low": signed(taken.low),
        "high": signed(taken.high),
    }
    if not taken.decided:
        return Message(N_("Nobody is decided yet this year: there is nothing to take apart."))
    if taken.beyond_chance:
        return Message(
            N_(
                "{actual} not agreed against a threshold of {threshold}: {total}. Of it {volume} by the number of "
                "customers, {rate} by how their complaints ended (95%: {low} to {high}; more than chance)."
            ),
            numbers,
        )
    return Message(
        N_(
            "{actual} not agreed against a threshold of {threshold}: {total}. Of it {volume} by the number of "
            "customers, "
            "{rate} by how their complaints ended (95%: {low} to {high}; chance alone may do that)."
        ),
        numbers,
    )


def branch_sentence(found: BranchFindings, name: Name) -> Message:
    """Say which branches, and which causes at which branches, differ beyond chance; in plain words where none does."""
    if not found.may_compare:
        return Message(N_("Only one branch is seen here: there is nothing to compare it with."))
    parts = [
        Message(
            N_("{branch}: {not_agreed} of {decided} not agreed, {expected:.0f} expected"),
            {
                "branch": name(str(row.branch_id)),
                "not_agreed": row.not_agreed,
                "decided": row.decided,
                "expected": row.expected,
            },
        )
        for row in found.branches.marked.head(NAMED_AT_MOST).itertuples()
    ]
    parts += [
        Message(
            N_("{branch}, {cause}: {not_agreed} of {decided} not agreed, {expected:.0f} expected"),
            {
                "branch": name(str(row.branch_id)),
                "cause": given(str(row.cause)),
                "not_agreed": row.not_agreed,
                "decided": row.decided,
                "expected": row.expected,
            },
        )
        for row in found.branch_causes.marked.head(NAMED_AT_MOST).itertuples()
    ]
    if parts:
        return Message(N_("Beyond chance: {parts}."), {"parts": listed(parts)})
    if found.branches.judged == 0:
        return Message(
            N_(
                "No branch has {fewest} decided customers yet ({period}): the branches cannot be told apart, whatever "
                "their rates look like."
            ),
            {"fewest": JUDGED_FROM, "period": found.period},
        )
    if found.branches.judged == 1:
        return Message(
            N_(
                "Only one branch has {fewest} decided customers ({period}): the branches cannot be told "
                "apart, whatever "
                "their rates look like."
            ),
            {"fewest": JUDGED_FROM, "period": found.period},
        )
    return Message(
        N_(
            "None of the {judged} branches (of {units}) with {fewest} customers or more differs from the others "
            "beyond chance, "
            "and no cause at any of them: nothing points to single branches."
        ),
        {"judged": found.branches.judged, "units": len(found.branches.units), "fewest": JUDGED_FROM},
    )


def judged_note(compared: Comparison) -> Message:
    """Say how many branches can be judged, how finely, and what the marks are worth."""
    units = compared.units
    return Message(
        N_(
            "{few} of {units} have fewer than {fewest} customers and cannot be judged; {middle} more have fewer than "
            "{fine}, where only a great difference shows. About {outside:.1f} of those judged lie outside the "
            "95% line by "
            "chance. Where nothing differs, the chance of any mark on this whole screen is at most {rate:.0%}. That "
            "has its price: of branches whose odds of disagreeing are three times the others', {three_few:.0%} are "
            "marked with {fewest} customers and {three:.0%} with {fine}; at twice the odds, {two:.0%} with {fine} and "
            "{two_many:.0%} with 300. No mark does not mean no difference."
        ),
        {
            "few": int((units["decided"] < JUDGED_FROM).sum()),
            "middle": int(((units["decided"] >= JUDGED_FROM) & (units["decided"] < FINE_FROM)).sum()),
            "outside": 0.05 * compared.judged,
            "units": len(units),
            "fewest": JUDGED_FROM,
            "fine": FINE_FROM,
            "rate": PAGE_RATE,
            "three_few": POWER[(3, JUDGED_FROM)],
            "three": POWER[(3, FINE_FROM)],
            "two": POWER[(2, FINE_FROM)],
            "two_many": POWER[(2, 300)],
        },
    )


def spread_note(compared: Comparison) -> Message | None:
    """Say that branches are allowed to differ a little by nature, where they are."""
    if compared.spread <= 0:
        return None
    return Message(
        N_(
            "Branches of a class this large differ by nature: the limits allow for a spread of {spread:.1%} between "
            "them "
            "beyond chance, so that only branches outside of it are marked."
        ),
        {"spread": compared.spread},
    )


def verdict_column(units: pd.DataFrame) -> list[Message]:
    """Give every unit's verdict in words."""
    return [Message(VERDICTS[verdict]) for verdict in units["verdict"]]
