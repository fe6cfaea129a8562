"""Why a class loses customers: the four analyses of its causes, each worked out once for each state of the store."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.approval_standards import ApprovalStandards, approval_standards
from analytics.demands import Demands, Scripts, demands_and_rounds, scripts_and_outcomes, unreasonable_by_words
from analytics.loan_balance import BalanceRelation, balance_relation
from analytics.reply_divergence import ReplyDivergence, reply_divergence
from analytics.reply_positions import positions
from answers.case_limits import limits_in_force
from answers.kept import kept
from data.ledger import append, entries, standing
from data.scope import Scope
from data.store import Store

MOST_READ = 5_000  # newest replies whose text is read; the counts of coded positions have no limit
MOST_TICKETS = 20_000  # tickets listed behind a mark; where there are more, the list says so
LOANS = "贷款"  # in a JR/T 0169-2018 business type
CHOICE = "unreasonable_demands"  # kind of ledger entry


@dataclass(frozen=True)
class Asked:
    """What is asked for: one reader, class and the days looked at (both included), as known on a day."""

    store: Store
    scope: Scope
    complaint_class: str
    year: int
    as_of: date

    @property
    def first(self) -> date:
        """1 January of the year before: single years are too small to compare branches by."""
        return date(self.year - 1, 1, 1)

    @property
    def last(self) -> date:
        """The as-of day, or the year's last."""
        return min(self.as_of, date(self.year, 12, 31))

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Run a named query for the class and the days."""
        asked = {"complaint_class": self.complaint_class, "first": self.first, "last": self.last}
        return self.store.read(query, self.scope, self.as_of, **(asked | parameters))

    def name(self, what: str, *more: Hashable) -> Hashable:
        """Give the name under which a result is kept."""
        return (what, self.scope, self.complaint_class, self.year, self.as_of, *more)


@dataclass(frozen=True)
class Replies:
    """The comparison of the replies and what it rests on.

    counts: a row a branch, question and position: branch_id, question_key, position, replies.
    questions: a row a question: question_key, replies (with text, read), coded, derived, unknown, way, agreement (see
    analytics.reply_positions). derived: by ticket_id: position, claim of the replies whose position was derived.
    coded_replies, derived_replies, unknown_replies: replies counted. read: replies whose text was read, the newest
    MOST_READ at most.
    """

    divergence: ReplyDivergence
    counts: pd.DataFrame
    questions: pd.DataFrame
    derived: pd.DataFrame
    coded_replies: int
    derived_replies: int
    unknown_replies: int
    read: int


def replies(asked: Asked) -> Replies:
    """Compare what the branches answer to the same questions."""
    return kept(asked.store, asked.name("cause_replies"), lambda: _replies(asked))


def _replies(asked: Asked) -> Replies:
    coded = asked.frame("cause_reply_counts")
    read = asked.frame("cause_replies", most=MOST_READ)
    found = positions(read)
    given = found.replies
    derived = given[given["derived"] & given["position"].notna()]
    counted = derived[derived["counted"]].groupby(["branch_id", "question_key", "position"]).size()
    counts = pd.concat([coded, counted.rename("replies").reset_index()], ignore_index=True)
    unknown = given["counted"] & given["question_key"].notna() & given["position"].isna()
    return Replies(
        divergence=reply_divergence(counts),
        counts=counts,
        questions=found.questions,
        derived=derived.set_index("ticket_id")[["position", "claim"]],
        coded_replies=int(coded["replies"].sum()),
        derived_replies=int(counted.sum()),
        unknown_replies=int(unknown.sum()),
        read=len(read),
    )


def approvals(asked: Asked) -> ApprovalStandards:
    """Compare what the branches grant of the same types of request."""
    return kept(asked.store, asked.name("cause_approvals"), lambda: approval_standards(asked.frame("cause_approvals")))


def balance(asked: Asked) -> BalanceRelation:
    """Compare the branches' customers with their loan balances.

    The result's branches also carry outlets and personal_customers, and the sizes the regulator compares: customers
    per_outlets (1,000), per_customers (10 million personal customers), per_balance (100 million yuan).
    """
    return kept(asked.store, asked.name("cause_balance"), lambda: balance_relation(_with_sizes(asked)))


def _with_sizes(asked: Asked) -> pd.DataFrame:
    frame = asked.frame("cause_customers")
    numbers = frame[["balance", "outlets", "personal_customers"]].astype("float64")
    known = numbers.where(numbers > 0)
    return frame.assign(
        balance=numbers["balance"],
        per_outlets=1_000 * frame["customers"] / known["outlets"],
        per_customers=1e7 * frame["customers"] / known["personal_customers"],
        per_balance=1e8 * frame["customers"] / known["balance"],
    )


def other_business(asked: Asked) -> str | None:
    """Give the class's business where it is not loans, so that the balance only stands for a branch's size; None for
    loans and where the tickets tell no business type."""
    business = asked.frame("cause_business")["business_type"].iloc[0]
    return business if isinstance(business, str) and LOANS not in business else None


def demands(asked: Asked) -> Demands:
    """Compare unreasonable demands with the others, by outcome and rounds."""
    chosen = unreasonable_demands(asked)

    def work() -> Demands:
        return demands_and_rounds(asked.frame("cause_rounds"), chosen)

    return kept(asked.store, asked.name("cause_demands", chosen), work)


def scripts(asked: Asked) -> Scripts:
    """Compare the outcomes by the standing sentences of the replies."""
    return kept(
        asked.store,
        asked.name("cause_scripts"),
        lambda: scripts_and_outcomes(asked.frame("cause_replies", most=MOST_READ)),
    )


def mediation_rounds(asked: Asked) -> int:
    """Give the rounds from which a customer qualifies for mediation: the class's own bound, else the bank's."""
    return int(limits_in_force(asked.store, asked.scope, asked.as_of, asked.complaint_class).mediation_rounds)


def mediation(asked: Asked) -> pd.DataFrame:
    """Give the tickets that qualify for mediation and are not agreed; see the query for the columns."""
    return asked.frame("cause_mediation", rounds=mediation_rounds(asked))


def missing_mediation(found: pd.DataFrame) -> pd.DataFrame:
    """Give those of them for whom nobody has asked for mediation, open ones first, longest waiting first."""
    return found[found["requested_at"].isna() & found["held_at"].isna()]


def all_demands(asked: Asked) -> list[str]:
    """Give the demands of the class, sorted."""
    return sorted(str(demand) for demand in asked.frame("cause_rounds")["demand"].dropna().unique())


def unreasonable_demands(asked: Asked) -> tuple[str, ...]:
    """Give the demands that count as unreasonable: as the head office last chose, else by words."""
    known = all_demands(asked)
    chosen = standing(entries(asked.store, asked.scope, asked.as_of, (CHOICE,), _subject(asked)))
    if not chosen:
        return unreasonable_by_words(known)
    return tuple(demand for demand in chosen[-1].body.get("demands", ()) if demand in known)


def chosen_by(asked: Asked) -> str | None:
    """Say who chose the unreasonable demands; None where they are proposed by words."""
    chosen = standing(entries(asked.store, asked.scope, asked.as_of, (CHOICE,), _subject(asked)))
    return chosen[-1].who if chosen else None


def choose_unreasonable(asked: Asked, chosen: list[str], who: str) -> None:
    """Keep which demands count as unreasonable from the as-of day on. Raises Problem as the ledger does."""
    append(
        asked.store,
        asked.scope,
        kind=CHOICE,
        subject=_subject(asked),
        body={"demands": sorted(chosen)},
        who=who,
        on_day=asked.as_of,
    )


def _subject(asked: Asked) -> str:
    return f"demands:{asked.complaint_class}"


def work_ahead(asked: Asked) -> None:
    """Work out what the screen of causes shows first, before a reader asks."""
    approvals(asked), balance(asked), demands(asked), replies(asked)


def branch_names(asked: Asked) -> dict[str, str]:
    """Give every branch's name as known on the day."""
    frame = asked.store.read("branch_names", asked.scope, asked.as_of)
    return dict(zip(frame["branch_id"].astype(str), frame["branch_name"].astype(str), strict=True))
