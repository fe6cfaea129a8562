"""Steps that are not columns of a ticket: rework, meetings, solutions, later rounds, mediation, escalation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.handling import from_working_time, later, to_working_time
from data.demo.material import common
from data.demo.outcomes import ROUND_COLUMNS
from data.demo.truth import MEDIATION_ROUNDS
from data.demo.versions import EXPORT_END

EVENT_COLUMNS = ["ticket_id", "event", "at", "party", "detail", "mediator", "result"]
MEDIATOR = "金融消费纠纷调解中心"
REWORK = 0.07
MEETING = 0.75
SOLUTION = 0.80  # of the tickets with a meeting
ESCALATION = 0.18  # of the customers with several rounds


def draw_steps_beside(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give a row a step: ticket_id, event, at, party, detail, mediator, result; sorted by time, up to the last export.

    Events: returned, redispatched, meeting, tailored_solution, round_outcome, mediation_requested, mediation_held,
    escalation.
    """
    words = common()["events"]
    count = len(tickets)
    not_agreed = (tickets["first_outcome"] == "not_agreed").to_numpy()
    moment = {
        column: tickets[column].to_numpy()
        for column in ("dispatched_at", "first_contact_at", "first_outcome_at", "closed_at", *ROUND_COLUMNS)
    }
    parts: list[pd.DataFrame] = []

    def add(chosen: np.ndarray, event: str, at: np.ndarray, party: str, details: np.ndarray) -> None:
        parts.append(
            pd.DataFrame(
                {
                    "ticket_id": tickets["ticket_id"].to_numpy()[chosen],
                    "event": event,
                    "at": at[chosen],
                    "party": party,
                    "detail": details[chosen],
                }
            )
        )

    def said(key: str) -> np.ndarray:
        return np.array(words[key], dtype=object)[rng.integers(0, len(words[key]), count)]

    returned = rng.random(count) < REWORK
    on_the_way = (moment["dispatched_at"], moment["first_contact_at"])
    add(returned, "returned", _between(*on_the_way, 1 / 3), "总行业务主管部门", said("rework"))
    again = _between(*on_the_way, 2 / 3)
    add(returned, "redispatched", again, "总行消保", np.full(count, "重新派发", dtype=object))

    second = moment["round_2_at"]
    to_second = (moment["first_outcome_at"], second)
    met = not_agreed & (rng.random(count) < MEETING)
    add(met, "meeting", _between(*to_second, 1 / 3), "总行消保", said("meeting"))
    solved = met & (rng.random(count) < SOLUTION)
    add(solved, "tailored_solution", _between(*to_second, 2 / 3), "总行业务主管部门", said("solution"))

    rounds = tickets["rounds"].to_numpy(dtype=int)
    ends_agreed = (tickets["final_outcome"] == "agreed").to_numpy()
    qualifies = rounds >= MEDIATION_ROUNDS
    last = np.where(qualifies, _last_round(tickets), np.datetime64("NaT", "us"))
    mediated = tickets["mediated"].to_numpy()
    for number, column in enumerate(ROUND_COLUMNS, start=2):
        held = rounds >= number
        agreed = held & ends_agreed & (rounds == number) & ~mediated
        for chosen, key in ((agreed, "round_yes"), (held & ~agreed, "round_no")):
            details = np.array([text.format(round=number) for text in said(key)], dtype=object)
            add(chosen, "round_outcome", moment[column], "分行", details)
    # Mediation follows the last round and is held before the ticket closes.
    held_at = _between(last, moment["closed_at"], 2 / 3)
    add(
        mediated, "mediation_requested", _between(last, moment["closed_at"], 1 / 3), "分行", said("mediation_requested")
    )
    add(mediated & ends_agreed, "mediation_held", held_at, "调解组织", said("mediation_yes"))
    add(mediated & ~ends_agreed, "mediation_held", held_at, "调解组织", said("mediation_no"))
    raised = qualifies & (rng.random(count) < ESCALATION)
    add(raised, "escalation", later(second, np.full(count, 0.3)), "管理层", said("escalation"))

    events = with_results(pd.concat(parts, ignore_index=True), tickets)
    events["at"] = events["at"].to_numpy().astype("datetime64[m]").astype("datetime64[us]")
    events = events[events["at"] <= EXPORT_END]
    return events.sort_values(["at", "ticket_id", "event"], kind="stable", ignore_index=True)[EVENT_COLUMNS]


def with_results(events: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    """Give the steps with who mediated, and what a mediation came to: what the ticket ended with."""
    ends = tickets.drop_duplicates("ticket_id").set_index("ticket_id")["final_outcome"]
    held, mediation = events["event"] == "mediation_held", events["event"].str.startswith("mediation_")
    return events.assign(
        mediator=pd.Series(MEDIATOR, index=events.index).where(mediation),
        result=events["ticket_id"].map(ends).where(held),
    )


def _between(start: np.ndarray, end: np.ndarray, part: float) -> np.ndarray:
    """Give the working moment after this part of the working time from start to end; NaT where either is."""
    known = ~np.isnat(start) & ~np.isnat(end)
    moment = np.full(len(start), np.datetime64("NaT", "us"))
    first, last = to_working_time(start[known]), to_working_time(end[known])
    moment[known] = np.maximum(from_working_time(first + part * (last - first)), start[known])
    return moment


def _last_round(tickets: pd.DataFrame) -> np.ndarray:
    dates = tickets[["first_outcome_at", *ROUND_COLUMNS]].to_numpy(dtype="datetime64[us]")
    latest: np.ndarray = np.fmax.reduce(dates, axis=1)
    return latest
