"""Which mapping fits a file: a known one where its headers are known, else a proposal from likeness and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from data.intake.check import READERS, ValueReader
from data.intake.kinds import KINDS, kind_named
from data.intake.labels import column_label, column_labels, kind_label, listed
from data.intake.mapping import DEFAULT_FALLBACK, ColumnMapping, Resolution, Source, normalised, resolve
from texts import N_, Message, Problem

# Headers less alike than this are not the same column. Measured on headers of the shipped mappings with a character
# or a word changed: those stay above .6, different columns of one mapping below .5, save pairs told apart by values.
LIKENESS = 0.55
READABLE = 0.6


@dataclass(frozen=True)
class Proposal:
    """A resolution, and which of its columns are guesses from likeness."""

    resolution: Resolution
    guesses: frozenset[str]


def best_mapping(
    headers: Sequence[str], mappings: Iterable[ColumnMapping], kind: str | None = None
) -> Resolution | None:
    """Give the mapping that reads every required column from known headers, and most columns; None where none does."""
    complete = [
        resolution
        for mapping in mappings
        if kind in (None, mapping.kind) and not (resolution := resolve(mapping, headers)).missing
    ]
    if not complete:
        mixed = _mixed(headers, mappings, kind)
        return None if mixed is None or mixed.missing else mixed
    return max(complete, key=lambda resolution: (len(resolution.found), -len(resolution.unmapped)))


def propose(
    headers: Sequence[str],
    samples: Mapping[str, Sequence[str]],
    mappings: Iterable[ColumnMapping],
    kind: str | None = None,
) -> Proposal:
    """Propose a mapping for a file: a complete known one, else known headers of any mapping filled up by likeness.

    `samples` holds the first texts of each source column; a column of dates, numbers or words is only guessed from a
    header whose texts read as such.
    """
    mappings = list(mappings)
    known = best_mapping(headers, mappings, kind)
    if known is not None:
        return Proposal(known, frozenset())
    reader = ValueReader()
    proposals = []
    for name in KINDS if kind is None else (kind,):
        start = _mixed(headers, mappings, name) or resolve(ColumnMapping("proposed", name, {}), headers)
        proposals.append(_with_guesses(start, headers, samples, mappings, reader))
    return max(proposals, key=_completeness)


def missing_columns(proposal: Proposal, headers: Sequence[str]) -> Problem:
    """Give the problem of a file that lacks required columns, with what it has and the best guess."""
    resolution = proposal.resolution
    lacking = [c for c in kind_named(resolution.mapping.kind).required if c in (*resolution.missing, *proposal.guesses)]
    guesses = [
        Message(
            N_("{column} ← {headers}"),
            {"column": column_label(name), "headers": " + ".join(resolution.found[name])},
        )
        for name in lacking
        if name in proposal.guesses
    ]
    if guesses:
        advice = Message(
            N_("Best guess: {guesses}. Confirm it on the data screen, or name the columns in a mapping."),
            {"guesses": listed(guesses)},
        )
    else:
        advice = Message(N_("Add the columns to the export, or name them in a mapping."))
    return Problem(
        Message(
            N_("The file lacks columns that it needs ({kind}): {columns}."),
            {"kind": kind_label(resolution.mapping.kind), "columns": column_labels(lacking)},
        ),
        advice,
        Message(N_("Columns found: {headers}."), {"headers": ", ".join(headers)}),
    )


def _mixed(headers: Sequence[str], mappings: Iterable[ColumnMapping], kind: str | None) -> Resolution | None:
    """Lay the headers of all general mappings of a kind together; give the kind whose columns are named best."""
    candidates = []
    for name in KINDS if kind is None else (kind,):
        columns: dict[str, tuple[str, ...]] = {}
        general = [m for m in mappings if m.kind == name and not m.date_formats]
        for mapping in general:
            for column, source in mapping.columns.items():
                if source.how == "any_of":
                    columns[column] = columns.get(column, ()) + source.columns
        fallback = DEFAULT_FALLBACK if name == "tickets" else {}
        sources = {column: Source(synonyms) for column, synonyms in columns.items()}
        resolution = resolve(ColumnMapping("proposed", name, sources, fallback=fallback), headers)
        if resolution.found:
            candidates.append(resolution)

    return max(candidates, key=lambda c: _completeness(Proposal(c, frozenset()))) if candidates else None


def _completeness(proposal: Proposal) -> tuple[float, int]:
    """Rank proposals of different kinds: by required columns found, a guess as half a find, then by all columns."""
    resolution = proposal.resolution
    required = kind_named(resolution.mapping.kind).required
    found = [0.5 if name in proposal.guesses else 1.0 for name in required if name not in resolution.missing]
    return (sum(found) / len(required), len(resolution.found))


def _with_guesses(
    start: Resolution,
    headers: Sequence[str],
    samples: Mapping[str, Sequence[str]],
    mappings: Sequence[ColumnMapping],
    reader: ValueReader,
) -> Proposal:
    kind = kind_named(start.mapping.kind)
    synonyms: dict[str, set[str]] = {c.name: {normalised(c.name)} for c in kind.columns}
    for mapping in mappings:
        if mapping.kind == kind.name and not mapping.date_formats:
            for name, source in mapping.columns.items():
                synonyms[name] |= {normalised(column) for column in source.columns}
    scored = []
    for column in kind.columns:
        if column.name in start.found:
            continue
        for header in start.unmapped:
            likeness = max(_likeness(normalised(header), synonym) for synonym in synonyms[column.name])
            if likeness < LIKENESS:
                continue
            share = reader.share(column.type, samples.get(header, ()))
            if column.type in READERS and share is not None and share < READABLE:
                continue
            scored.append((likeness * (1.0 if share is None else 0.5 + 0.5 * share), column.name, header))
    taken: dict[str, str] = {}
    for _score, name, header in sorted(scored, key=lambda item: (-item[0], kind.names.index(item[1]))):
        if name not in taken and header not in taken.values():
            taken[name] = header
    columns = {**start.mapping.columns, **{name: Source((header,)) for name, header in taken.items()}}
    resolution = resolve(replace(start.mapping, columns=columns), headers)
    return Proposal(resolution, frozenset(taken))


def _likeness(header: str, synonym: str) -> float:
    """Give how alike two normalised headers are, 0 to 1; one within the other counts by its share, at least .6."""
    if not header or not synonym:
        return 0.0
    ratio = SequenceMatcher(None, header, synonym, autojunk=False).ratio()
    if len(synonym) > 1 and (synonym in header or header in synonym):
        return max(ratio, 0.6)
    return ratio
