"""What the demo bank's weekly reviews left behind: closed reviews, decisions, hazards, letters and measures.

Rows as in `data.demo.entries`: kind, subject, branch_id, on_day, entered_at, who, body.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from data.demo.bank import BANK_NAME
from data.demo.material import PHRASES
from data.demo.truth import PREPAYMENT

Row = dict[str, Any]
WHO = "王敏（总行消保）"
SENDER = "总行消费者权益保护部"
COPIES = "总行办公室、总行审计部"
NOTE = "演示数据：虚构银行，数据不属于任何真实机构。"
STEP_NAMES = ("kind", "day", "who", "number")


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((PHRASES / "review_entries.toml").read_text(encoding="utf-8"))


def review_entries() -> list[Row]:
    """Give every ledger row of the demo bank's reviews, in the order in which they were entered."""
    rows = [*_bounds(), *_hazards(), *_letters(), *_measures(), *_decisions(), *_reviews()]
    rows.sort(key=lambda row: row["on_day"])
    clock: dict[date, datetime] = {}
    for row in rows:  # one entry after the other, from ten in the morning of its day
        day = row["on_day"]
        clock[day] = clock.get(day, datetime.combine(day, time(10, 0))) + timedelta(minutes=2)
        row["entered_at"] = clock[day]
    return rows


def _row(kind: str, subject: str, day: date, body: Row, branch: str | None = None, who: str = WHO) -> Row:
    return {
        "kind": kind,
        "subject": subject,
        "branch_id": branch,
        "on_day": day,
        "entered_at": None,
        "who": who,
        "body": {key: _plain(value) for key, value in body.items()},
    }


def _steps(subject: str, told: Row, branch: str | None) -> Iterator[Row]:
    for step in told.get("steps", []):
        body = {key: value for key, value in step.items() if key not in STEP_NAMES}
        own, of_branch = subject, branch
        if "number" in step:  # the step of one addressee of a letter
            addressee = told["to"][step["number"] - 1]
            own, of_branch = f"{subject}#{step['number']}", addressee["branch_id"]
            body |= {"addressee": addressee["name"], "branches": [of_branch]}
        yield _row(step["kind"], own, step["day"], body, of_branch, step.get("who", WHO))


def _bounds() -> Iterator[Row]:
    """Most prepayment cases are about a whole mortgage: from which amount they go to mediation is the class's own."""
    own = {"mediation_amount": 1_000_000, "escalation_amount": 2_000_000}
    yield _row("case_limits", f"case_limits:{PREPAYMENT}", date(2025, 7, 7), own)


def _decisions() -> Iterator[Row]:
    for number, told in enumerate(_told()["decisions"], start=1):
        subject, branch = f"decision:2025-{number}", told["about"].get("branch")
        body = {key: told[key] for key in ("what", "owner", "due", "about")} | {"review": told["day"]}
        yield _row("decision_made", subject, told["day"], body, branch)
        yield from _steps(subject, told, branch)


def _hazards() -> Iterator[Row]:
    for number, told in enumerate(_told()["hazards"], start=1):
        subject, branch = f"hazard:2025-{number}", told["about"].get("branch")
        body = {key: told[key] for key in ("what", "source", "about")}
        body |= {"tickets": told.get("tickets", []), "test": told.get("test", "")}
        yield _row("hazard_found", subject, told["day"], body, branch)
        yield from _steps(subject, told, branch)


def _letters() -> Iterator[Row]:
    for told in _told()["letters"]:
        subject, branch = f"letter:{told['key']}", told.get("branch")
        table = None
        if "rows" in told:
            table = {"title": told["table_title"], "columns": told["columns"], "rows": told["rows"]}
        content = {
            "kind": told["key"].partition("-")[0],
            "language": "zh_CN",
            "bank": BANK_NAME,
            "copies": COPIES,
            "table": table,
            "sender": SENDER,
            "day": told["day"],
            "notes": [NOTE],
            "attachments": [],
            **{key: told[key] for key in ("title", "addressee", "facts", "problem", "requirements", "due", "about")},
        }
        body = {"content": {key: _plain(value) for key, value in content.items()}, "file": "", "sha256": ""}
        if "to" in told:
            body |= {"addressees": told["to"], "branches": [one["branch_id"] for one in told["to"]]}
        yield _row("letter_sent", subject, told["day"], body, branch)
        yield from _steps(subject, told, branch)


def _measures() -> Iterator[Row]:
    for number, told in enumerate(_told()["measures"], start=1):
        branch = told["branches"][0] if len(told["branches"]) == 1 else None
        names = ("kind", "title", "text", "class", "branches", "starts", "aim", "owner")
        body = {key: told[key] for key in names} | {"cause": "", "about": {}}
        yield _row("measure_taken", f"measure:2025-{number}", told["day"], body, branch)


def _reviews() -> Iterator[Row]:
    """Reviews come last on their day. Their agenda was not frozen: it is worked out again as known on the day."""
    decided = _told()["decisions"]
    for told in _told()["reviews"]:
        day = told["day"]
        taken = [
            {"number": f"2025-{number}", "what": one["what"], "owner": one["owner"], "due": _plain(one["due"])}
            for number, one in enumerate(decided, start=1)
            if one["day"] == day
        ]
        body = {
            "chair": "总行消保总经理",
            "attendees": told["attendees"],
            "agenda": None,
            "notes": [],
            "decisions": taken,
            "data_notes": [NOTE],
            "language": "zh_CN",
            "minutes": None,
            "pack": None,
        }
        yield _row("review_closed", f"review:{day.isoformat()}", day, body)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
