"""What a pack says about itself: filters, data, plans, pictures, and what its reader must know."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from answers.class_year import ClassYear
from charts.look import PICTURE_HEIGHT, PICTURE_WIDTH
from charts.threshold_caption import READINGS
from data.scope import Scope
from reports.drawing import SCALE
from reports.fonts import chinese_font
from reports.pictures import Drawn
from reports.provenance import DataState
from texts import N_, Language, Message, render

SHANGHAI = ZoneInfo("Asia/Shanghai")
PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def manifest_head(
    language: Language, as_of: date, year: int, scope: Scope, classes: Sequence[str], chosen: bool
) -> dict[str, Any]:
    """Say what made the pack, when, and through which filters; made_at is the one thing that changes from run to run.

    chosen: whether the classes were chosen, or are all there are.
    """
    return {
        "product": render(Message(N_("Resolution Watch")), language),
        "version": product_version(),
        "made_at": datetime.now(SHANGHAI).isoformat(timespec="seconds"),
        "language": language,
        "as_of": str(as_of),
        "year": year,
        "filters": {
            "classes": list(classes) if chosen else "all",
            "role": scope.role,
            "branch": scope.branch_id,
        },
    }


def manifest_body(answers: Sequence[ClassYear], state: DataState, language: Language) -> dict[str, Any]:
    """Say what the data are, which plan each class was held against, and what a reader must know of both."""
    return {
        "data": _data(state),
        "classes": [_class(answer, state, language) for answer in answers],
        "pictures": None,
        "warnings": [render(warning, language) for warning in _warnings(answers, state)],
    }


def manifest_of_drawing(drawn: Drawn, missing: Sequence[str], language: Language) -> dict[str, Any]:
    """Say which pictures are missing and why: `pictures`, and the further `warnings`."""
    return {
        "pictures": _pictures(drawn, missing, language),
        "warnings": [render(warning, language) for warning in _drawing_warnings(drawn)],
    }


def _data(state: DataState) -> dict[str, Any]:
    return {
        "from": _day(state.data_from),
        "through": _day(state.data_through),
        "last_import": _day(state.last_import),
        "days_old": state.days_old,
        "tickets": state.tickets,
        "demo": state.demo,
        "version": {
            "last_import_id": state.last_import_id,
            "imports": state.imports,
            "imports_sha256": state.imports_sha256,
        },
    }


def _class(answer: ClassYear, state: DataState, language: Language) -> dict[str, Any]:
    plan, result = answer.plan, answer.threshold
    return {
        "class": answer.complaint_class,
        "plan": {
            "version": plan.version,
            "decided": not answer.is_trial,
            "valid_from": _day(plan.valid_from),
            "budget": plan.budget,
            "regime": plan.regime,
            "target_fcr": plan.target_fcr,
            "reading": plan.reading,
            "counted": render(Message(READINGS[plan.reading]), language),
            "near": plan.near,
            "over": plan.over,
        },
        "plan_versions": [version.version for version in answer.versions],
        "split": result.split.basis,
        "not_agreed": result.actual,
        "decided": answer.fcr.decided,
        "threshold": result.threshold_now,
        "level": None if result.position is None else result.position.level,
        "open_tickets": answer.open_tickets,
        "stale": state.is_stale(answer.complaint_class),
    }


def _pictures(drawn: Drawn, missing: Sequence[str], language: Language) -> dict[str, Any]:
    font = chinese_font()
    fault = [] if drawn.fault is None else drawn.fault.parts()
    return {
        "pixels": f"{PICTURE_WIDTH * SCALE} × {PICTURE_HEIGHT * SCALE}",
        "drawn": sum(content is not None for content in drawn.pictures),
        "missing": list(missing),
        "reason": " ".join(render(part, language) for part in fault) or None,
        "chinese_font": {"source": font.source, "family": font.family},
    }


def _warnings(answers: Sequence[ClassYear], state: DataState) -> list[Message]:
    """Say what a reader of the pack must know of its numbers: old data, plans not decided."""
    warnings: list[Message] = []
    stale = [answer.complaint_class for answer in answers if state.is_stale(answer.complaint_class)]
    if stale:
        warnings.append(
            Message(
                N_("The data end on {day}, {days} days before the as-of day; that is unusual for: {classes}."),
                {"day": str(state.reaches), "days": state.days_old, "classes": ", ".join(stale)},
            )
        )
    trial = [answer.complaint_class for answer in answers if answer.is_trial]
    if trial:
        warnings.append(Message(N_("No plan is decided, shown on trial: {classes}."), {"classes": ", ".join(trial)}))
    return warnings


def _drawing_warnings(drawn: Drawn) -> list[Message]:
    """Say what a reader of the pack must know of its pictures: missing, or without Chinese."""
    warnings = [] if drawn.fault is None else list(drawn.fault.parts())
    if any(drawn.pictures) and chinese_font().source == "none":
        warnings += [
            Message(N_("There is no font with Chinese characters: the pictures show boxes in their place.")),
            Message(
                N_("Put the fonts back into static/fonts, or install one with Chinese characters, and make it again.")
            ),
        ]
    return warnings


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def product_version() -> str:
    """Give the product's version."""
    return str(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"])
