"""The phrase material of the demo bank, read from phrases/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PHRASES = Path(__file__).parent / "phrases"

# File name of each class, in the order in which the demo bank lists its classes.
CLASS_FILES = (
    "prepayment",
    "card_fees",
    "card_instalment",
    "collection",
    "account_control",
    "wealth",
    "payment",
    "mobile_bank",
    "outlet_service",
    "personal_data",
    "insurance",
)


@dataclass(frozen=True)
class Cause:
    """A cause: its share within the class, the industry's cause above it, and the facts customers tell."""

    name: str
    share: float
    industry_cause: str
    facts: tuple[str, ...]
    question: str | None


@dataclass(frozen=True)
class Demand:
    """What customers ask for; `approval` is the type of approval it needs, `fits` the causes it usually follows."""

    name: str
    share: float
    texts: tuple[str, ...]
    unreasonable: bool
    approval: str | None
    fits: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """One answer to a question: its share among all branches, and its wordings."""

    name: str
    share: float
    texts: tuple[str, ...]


@dataclass(frozen=True)
class ClassMaterial:
    """Everything a complaint class is told with."""

    key: str
    name: str
    products: tuple[str, ...]
    business_type: str
    department: str
    amount_median: float
    replies: tuple[str, ...]
    causes: tuple[Cause, ...]
    demands: tuple[Demand, ...]
    questions: dict[str, tuple[Position, ...]]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((PHRASES / f"{name}.toml").read_text(encoding="utf-8"))


def _class(key: str) -> ClassMaterial:
    raw = _table(key)
    return ClassMaterial(
        key=key,
        name=raw["name"],
        products=tuple(raw["products"]),
        business_type=raw["business_type"],
        department=raw["department"],
        amount_median=float(raw["amount_median"]),
        replies=tuple(raw["replies"]),
        causes=tuple(
            Cause(c["name"], c["share"], c["industry_cause"], tuple(c["facts"]), c.get("question"))
            for c in raw["causes"]
        ),
        demands=tuple(
            Demand(
                d["name"],
                d["share"],
                tuple(d["texts"]),
                d.get("unreasonable", False),
                d.get("approval"),
                tuple(d.get("fits", ())),
            )
            for d in raw["demands"]
        ),
        questions={
            q["key"]: tuple(Position(p["name"], p["share"], tuple(p["texts"])) for p in q["positions"])
            for q in raw["questions"]
        },
    )


@cache
def classes() -> dict[str, ClassMaterial]:
    """Give the material of every class, by the class's name."""
    return {material.name: material for material in map(_class, CLASS_FILES)}


@cache
def common() -> dict[str, Any]:
    """Give the phrases that all classes share: openings, tempers, threats, replies, event texts."""
    return _table("common")


@cache
def conversation_phrases() -> dict[str, Any]:
    """Give the phrases of calls and chats, by step, speaker and emotion."""
    return _table("conversation")
