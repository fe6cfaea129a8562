"""The selection every screen is seen through, and its place in the address of the page.

Pure functions: an address is read into what was asked for, what was asked for is settled against what the store
offers (a wrong value is repaired and said), and a settled selection is written as an address that opens the same view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from texts import N_, Language, Message

LANGUAGE_CODES: Mapping[str, Language] = {"zh": "zh_CN", "en": "en"}
DEFAULT_LANGUAGE: Language = "zh_CN"
# What a reader tries on the plan screen and has not saved.
DRAFT = ("set_by", "target", "allowance", "regime", "reading", "near", "over")
# What a reader has drilled down to, chosen or unfolded, by the name it has in the address.
FOCUS = (
    "branch",
    "cause",
    "channel",
    "question",
    "ticket",
    "week",
    "letter",
    "review",
    "hazard",
    "measure",
    "call",
    "mark",
    "step",
    "part",
    "excess_by",
    "fcr_by",
    "worse_by",
    "counted",
    "basis",
    "register",
    "only",
    "show",
    "from_row",
    "course",
    "threat",
    "topic",
    "kind",
    "drawn_from",
    "addressee",
    "open",
    "row",
    *DRAFT,
)
# let go when another class is chosen
OF_ONE_CLASS = (
    *("cause", "channel", "question", "ticket", "week", "call", "mark", "step"),
    *("show", "from_row", "topic", "row"),
    *DRAFT,
)
LONGEST_FOCUS = 1000  # characters: of a list, all its parts chosen
BETWEEN = "|"  # the parts of a value that is a list
NO_FOCUS: Mapping[str, str] = MappingProxyType({})
ARCHIVE_DAYS = 31  # a store whose last ticket is older than this at the last import is an archive, not a living bank


@dataclass(frozen=True)
class Offer:
    """What the store has to choose from, as a reader may see it.

    first_day, last_day: the first day with a ticket, and the last day anything is known of; None in an empty store.
    """

    first_day: date | None
    last_day: date | None
    home: date | None
    last_data_year: int | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years with tickets, newest first."""
        if self.first_day is None or self.last_data_year is None:
            return ()
        return tuple(range(self.last_data_year, self.first_day.year - 1, -1))


@dataclass(frozen=True)
class Asked:
    """What an address asks for; None where it says nothing. `faults` name the values that cannot be read."""

    complaint_class: str | None = None
    year: int | None = None
    as_of: date | None = None
    language: Language | None = None
    present: bool = False
    focus: Mapping[str, str] = field(default_factory=lambda: NO_FOCUS)
    faults: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Selection:
    """A settled selection: every part of it exists in the store. complaint_class is None in an empty store.

    focus: what the reader has drilled down to (names of FOCUS); each screen settles its own, since only it knows what
    there is.
    """

    complaint_class: str | None
    year: int
    as_of: date
    language: Language
    present: bool
    focus: Mapping[str, str] = field(default_factory=lambda: NO_FOCUS)


def offer(
    *,
    data_from: date | None,
    data_through: date | None,
    last_import: date | None,
    all_known: bool,
    demo_as_of: date | None,
) -> Offer:
    """Say what there is to choose from.

    The home day of the demo is its own; of a living bank the day of the last import, so that everything imported is
    known; of an archive (its last ticket lies ARCHIVE_DAYS or more before the import) the day of its last ticket,
    never a today with empty weeks. all_known: whether every ticket is already known on the day of the last ticket.
    """
    if data_from is None or data_through is None:
        return Offer(None, None, None)
    last_day = max(data_through, last_import or data_through)
    is_archive = all_known and (last_day - data_through).days >= ARCHIVE_DAYS
    home = demo_as_of if demo_as_of is not None else (data_through if is_archive else last_day)
    return Offer(data_from, last_day, max(data_from, min(home, last_day)), data_through.year)


def read_address(params: Mapping[str, str]) -> Asked:
    """Read an address's parameters; what cannot be read becomes a fault and counts as not asked for."""
    faults: list[Message] = []

    def fault(name: str, value: str) -> None:
        faults.append(
            Message(N_("“{value}” is not a value for {name}; the usual one is used."), {"name": name, "value": value})
        )

    year: int | None = None
    if text := params.get("year"):
        if text.isascii() and text.isdigit() and len(text) == 4:
            year = int(text)
        else:
            fault("year", text)
    as_of: date | None = None
    if text := params.get("as_of"):
        try:
            as_of = date.fromisoformat(text)
        except ValueError:
            fault("as_of", text)
    language: Language | None = None
    if text := params.get("lang"):
        language = LANGUAGE_CODES.get(text.split("_")[0].split("-")[0].lower())
        if language is None:
            fault("lang", text)
    present = params.get("present", "")
    if present not in ("", "0", "1"):
        fault("present", present)
    focus = {name: params[name][:LONGEST_FOCUS] for name in FOCUS if params.get(name)}
    return Asked(params.get("class") or None, year, as_of, language, present == "1", focus, tuple(faults))


def settled_days(asked: Asked, offered: Offer, today: date) -> tuple[date, int, list[Message]]:
    """Settle the as-of day and the year: a day the store reaches, a year that has begun by then, and what was said.

    Without an as-of day the home day is taken, or for a past year asked for alone, still the home day: the whole
    year as it is known now. Without a year, the year of the as-of day, or the last one with tickets.
    """
    if offered.first_day is None or offered.last_day is None or offered.home is None:
        return asked.as_of or today, asked.year or (asked.as_of or today).year, []
    notes: list[Message] = []
    as_of = asked.as_of or offered.home
    if not offered.first_day <= as_of <= offered.last_day:
        as_of = min(max(as_of, offered.first_day), offered.last_day)
        notes.append(
            Message(
                N_("There are no data as of {asked}; the view shows {as_of}."),
                {"asked": str(asked.as_of), "as_of": str(as_of)},
            )
        )
    year = asked.year or min(as_of.year, offered.years[0])
    if year not in offered.years or year > as_of.year:
        nearest = min(as_of.year, offered.years[0])
        notes.append(
            Message(
                N_("There is nothing to show of {asked} as of {as_of}; the view shows {year}."),
                {"asked": year, "as_of": str(as_of), "year": nearest},
            )
        )
        year = nearest
    return as_of, year, notes


def settled_class(asked: Asked, classes: Sequence[str], usual: str | None) -> tuple[str | None, list[Message]]:
    """Settle the class: the one asked for where there is such a class, else the usual one, and what was said."""
    if asked.complaint_class is None or asked.complaint_class in classes:
        return asked.complaint_class or usual, []
    if not classes:
        return None, []
    return usual, [
        Message(
            N_("There is no complaint class “{asked}” here; the view shows {usual}."),
            {"asked": asked.complaint_class, "usual": usual},
        )
    ]


def address(selection: Selection) -> dict[str, str]:
    """Write a selection as address parameters, complete: what is usual today may not be tomorrow."""
    codes = {language: code for code, language in LANGUAGE_CODES.items()}
    params = {"class": selection.complaint_class} if selection.complaint_class else {}
    params |= {
        "year": str(selection.year),
        "as_of": selection.as_of.isoformat(),
        "lang": codes[selection.language],
    }
    params |= {"present": "1"} if selection.present else {}
    return params | {name: selection.focus[name] for name in FOCUS if name in selection.focus}


def as_asked(selection: Selection) -> Asked:
    """Give a selection as something asked for again."""
    return Asked(
        selection.complaint_class,
        selection.year,
        selection.as_of,
        selection.language,
        selection.present,
        selection.focus,
    )


def with_focus(selection: Selection, changes: Mapping[str, str | None]) -> Selection:
    """Drill down, or let go of what is None.

    Raises KeyError for a name that is not one of FOCUS.
    """
    if unknown := set(changes) - set(FOCUS):
        raise KeyError(f"no such focus: {sorted(unknown)}")
    focus = {**selection.focus, **changes}
    return replace(selection, focus={name: value for name, value in focus.items() if value})


def with_class(selection: Selection, name: str) -> Selection:
    """Choose a class; what belongs to the class before is let go."""
    if name == selection.complaint_class:
        return selection
    return replace(with_focus(selection, dict.fromkeys(OF_ONE_CLASS)), complaint_class=name)


def with_year(selection: Selection, year: int, offered: Offer) -> Selection:
    """Choose a year: the as-of day stays where it has been reached, else it moves into the year."""
    chosen = selection if year == selection.year else with_focus(selection, dict.fromkeys(("week", *DRAFT)))
    if year <= selection.as_of.year or offered.last_day is None:
        return replace(chosen, year=year)
    return replace(chosen, year=year, as_of=min(offered.last_day, date(year, 12, 31)))


def with_as_of(selection: Selection, as_of: date, offered: Offer) -> Selection:
    """Choose an as-of day: the year becomes the day's own, or the last one with tickets before it."""
    return replace(selection, as_of=as_of, year=min(as_of.year, *offered.years[:1] or (as_of.year,)))


def of_list(text: str) -> list[str]:
    """Give the parts of a value that is a list."""
    return [part for part in text.split(BETWEEN) if part]


def in_list(parts: Sequence[str]) -> str | None:
    """Write a list as one value; None for an empty one. A part that cannot stand in a list is left out."""
    return BETWEEN.join(part for part in parts if part and BETWEEN not in part) or None


def with_toggled(text: str, name: str) -> str | None:
    """Give a list with a name in it that was not, or without one that was."""
    parts = of_list(text)
    return in_list([part for part in parts if part != name] if name in parts else [*parts, name])


def with_entry(text: str, name: str, value: str | None) -> str | None:
    """Give a list of `name:value` with another value for a name, or without it where the value is None."""
    others = [part for part in of_list(text) if not part.startswith(f"{name}:")]
    return in_list(others if value is None else [*others, f"{name}:{value}"])


def followed(selection: Selection, before: Offer, now: Offer) -> Asked:
    """Take a selection along when the store has changed: who stood at the home day stays there, whoever looked at a
    day of the past stays at that day while the store still reaches it."""
    if selection.as_of == before.home and before.home != now.home:
        return Asked(selection.complaint_class, None, None, selection.language, selection.present, selection.focus)
    return as_asked(selection)
