"""Column mappings: how a bank's own headers become the product's columns. TOML in, frozen objects out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from data.intake.kinds import kind_named
from data.intake.labels import kind_label
from data.intake.words import DEFAULT_WORDS, UNITS
from texts import N_, Message, Problem

SHIPPED = Path(__file__).resolve().parent.parent / "mappings"
LONGEST_HEADER = 1_000  # characters; no name of a column is longer, and a broken file's first cell may be without end
BRACKETED = re.compile(r"[(\[【〔](.*?)[)\]】〕]")

DEFAULT_FALLBACK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"first_outcome_at": ("first_reply_at", "closed_at"), "closed_at": ("updated_at",)}
)

SECTIONS = ("columns", "dates", "words", "fallback", "scale")
How = Literal["any_of", "join", "digest", "same_as", "constant"]


@dataclass(frozen=True)
class Source:
    """Where a canonical column's text comes from.

    any_of: the first of these headers that the file has; join: all of them, joined by a space; digest: a short hash
    of them all; same_as: another canonical column; constant: the text itself. `repeats` says what rows with the same
    digest are: one ticket, or a ticket each.
    """

    columns: tuple[str, ...]
    how: How = "any_of"
    repeats: Literal["one", "each"] = "one"


@dataclass(frozen=True)
class ColumnMapping:
    """A named mapping of one kind of file.

    `date_formats` (strptime) are tried before the general reading of dates; `fallback` gives a date column the
    columns to take its value from when an outcome lacks a date; `scale` multiplies an amount column.
    """

    name: str
    kind: str
    columns: Mapping[str, Source]
    date_formats: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_WORDS)
    fallback: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scale: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Resolution:
    """A mapping laid onto a file's headers: what is read from where, what is missing, what is left over."""

    mapping: ColumnMapping
    found: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    unmapped: tuple[str, ...]


def normalised(header: str) -> str:
    """Give a header without case, width, spaces, punctuation and units, for comparing."""
    text = unicodedata.normalize("NFKC", header[:LONGEST_HEADER]).casefold()
    text = BRACKETED.sub(lambda m: "" if re.sub(r"^单位[:：]?", "", m[1]).strip() in UNITS else m[1], text)
    return "".join(c for c in text if c.isalnum())


def unit_of(header: str) -> float:
    """Give the factor of a unit named in brackets in a header, as in 贷款余额(亿元); 1 where there is none."""
    for inner in BRACKETED.findall(unicodedata.normalize("NFKC", header[:LONGEST_HEADER]).casefold()):
        unit = re.sub(r"^单位[:：]?", "", inner).strip()
        if unit in UNITS:
            return UNITS[unit]
    return 1.0


def resolve(mapping: ColumnMapping, headers: Sequence[str]) -> Resolution:
    """Lay a mapping onto the headers of a file; headers are compared without case, width, spaces and units."""
    kind = kind_named(mapping.kind)
    by_likeness: dict[str, str] = {}
    for header in headers:
        by_likeness.setdefault(normalised(header), header)

    def located(columns: Sequence[str]) -> list[str]:
        exact = [c if c in headers else by_likeness.get(normalised(c), "") for c in columns]
        return [header for header in exact if header]

    narrowed: dict[str, Source] = {}
    scale = dict(mapping.scale)
    for name, source in mapping.columns.items():
        if source.how in ("same_as", "constant"):
            narrowed[name] = source
            continue
        present = located(source.columns)
        if source.how == "any_of" and present:
            narrowed[name] = Source((present[0],))
            if unit_of(present[0]) != 1:
                scale.setdefault(name, unit_of(present[0]))
        elif source.how != "any_of" and len(present) == len(source.columns):
            narrowed[name] = replace(source, columns=tuple(present))
    for name, source in list(narrowed.items()):
        if source.how == "same_as" and source.columns[0] not in narrowed:
            del narrowed[name]
    found = {
        name: narrowed[name].columns
        for name in kind.names
        if name in narrowed and narrowed[name].how not in ("same_as", "constant")
    }
    used = {header for columns in found.values() for header in columns}
    return Resolution(
        replace(mapping, columns=narrowed, scale=scale),
        found,
        tuple(name for name in kind.required if name not in narrowed),
        tuple(header for header in headers if header not in used),
    )


def load_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file; raises Problem where it is not one."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return from_table(path.stem, table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Problem(
            Message(N_("The mapping {name} cannot be read: {reason}"), {"name": path.name, "reason": str(error)}),
            Message(N_("Compare it with the mappings shipped in data/mappings and docs/data.md.")),
        ) from error


def from_table(name: str, table: Mapping[str, Any]) -> ColumnMapping:
    """Build a mapping from its TOML table; KeyError, TypeError or ValueError where an entry is not as documented."""
    kind = kind_named(str(table.get("kind", "tickets")))
    if not all(isinstance(table.get(section, {}), Mapping) for section in SECTIONS):
        raise TypeError("a section is a table: [columns], [dates], [words], [fallback], [scale]")
    unknown = set(table) - {"kind", *SECTIONS}
    if unknown:
        raise ValueError(f"unknown section {sorted(unknown)[0]}")
    words = {**DEFAULT_WORDS, **{k: _strings(v) for k, v in table.get("words", {}).items()}}
    if set(words) != set(DEFAULT_WORDS):
        raise ValueError(f"unknown words {sorted(set(words) - set(DEFAULT_WORDS))[0]}")
    columns = {k: _source(v) for k, v in table["columns"].items()}
    fallback = {k: _strings(v) for k, v in table.get("fallback", {}).items()}
    scale = {k: float(v) for k, v in table.get("scale", {}).items()}
    named = [*columns, *fallback, *scale, *(c for chain in fallback.values() for c in chain)]
    named += [s.columns[0] for s in columns.values() if s.how == "same_as"]
    for column in named:
        if column not in kind.names:
            raise ValueError(f"{kind.name} has no column {column}")
    formats = _strings(table.get("dates", {}).get("formats", []))
    words = {key: tuple(word.casefold() for word in entries) for key, entries in words.items()}
    return ColumnMapping(name, kind.name, columns, formats, words, fallback, scale)


def from_pairs(kind: str, pairs: Mapping[str, str | Sequence[str]], base: ColumnMapping | None = None) -> ColumnMapping:
    """Build a mapping from what a person chose: canonical column → source column, or several to be joined.

    Words, date formats and fallbacks come from `base` (the mapping that was proposed). Raises Problem for a name
    that is not a column of the kind.
    """
    columns: dict[str, Source] = {}
    for name, chosen in pairs.items():
        if name not in kind_named(kind).names:
            raise Problem(
                Message(N_("There is no column {column} ({kind})."), {"kind": kind_label(kind), "column": name}),
                Message(N_("Use one of: {columns}."), {"columns": ", ".join(kind_named(kind).names)}),
            )
        headers = (chosen,) if isinstance(chosen, str) else tuple(chosen)
        if headers:
            columns[name] = Source(headers, "any_of" if len(headers) == 1 else "join")
    if base is None:
        return ColumnMapping("by hand", kind, columns, fallback=DEFAULT_FALLBACK if kind == "tickets" else {})
    for name, source in base.columns.items():
        if source.how in ("digest", "same_as", "constant") and (
            name not in columns or columns[name].columns == source.columns
        ):
            columns[name] = source
    return replace(base, name="by hand", columns=columns)


def to_toml(mapping: ColumnMapping) -> str:
    """Write a mapping as a TOML file that `load_mapping` reads back."""
    lines = [f"kind = {_quoted(mapping.kind)}", "", "[columns]"]
    for name, source in mapping.columns.items():
        listed = "[" + ", ".join(_quoted(c) for c in source.columns) + "]"
        if source.how == "any_of":
            lines.append(f"{name} = {listed}")
        elif source.how in ("same_as", "constant"):
            lines.append(f"{name} = {{ {source.how} = {_quoted(source.columns[0])} }}")
        else:
            repeats = f', repeats = "{source.repeats}"' if source.how == "digest" else ""
            lines.append(f"{name} = {{ {source.how} = {listed}{repeats} }}")
    if mapping.date_formats:
        lines += ["", "[dates]", "formats = [" + ", ".join(_quoted(f) for f in mapping.date_formats) + "]"]
    changed = {k: v for k, v in mapping.words.items() if v != DEFAULT_WORDS[k]}
    for title, lists in (("words", changed), ("fallback", mapping.fallback)):
        if lists:
            lines += ["", f"[{title}]"]
            lines += [f"{k} = [" + ", ".join(_quoted(w) for w in v) + "]" for k, v in lists.items()]
    if mapping.scale:
        lines += ["", "[scale]", *(f"{k} = {v!r}" for k, v in mapping.scale.items())]
    return "\n".join(lines) + "\n"


def known_mappings(folders: Iterable[Path] = ()) -> dict[str, ColumnMapping]:
    """Give name → mapping of the shipped mappings and those in further folders; a later folder's name wins."""
    paths = [path for folder in (SHIPPED, *folders) for path in sorted(folder.glob("*.toml"))]
    return {path.stem: load_mapping(path) for path in paths}


def _source(value: Any) -> Source:
    if isinstance(value, str | list):
        return Source(_strings(value))
    if not isinstance(value, Mapping):
        raise TypeError("a column is a list of headers, or a table with join, digest, same_as or constant")
    repeats = value.get("repeats", "one")
    ways = [how for how in ("join", "digest", "same_as", "constant") if how in value]
    if len(ways) != 1 or set(value) - {*ways, "repeats"} or repeats not in ("one", "each"):
        raise ValueError("a column is a list of headers, or a table with join, digest, same_as or constant")
    return Source(_strings(value[ways[0]]), cast(How, ways[0]), repeats)


def _strings(value: Any) -> tuple[str, ...]:
    entries = (value,) if isinstance(value, str) else tuple(value)
    if not all(isinstance(entry, str) for entry in entries):
        raise TypeError("a text, or a list of texts, is wanted")
    return entries


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
