"""Which mapping a file is read with: the one asked for, else the known one that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from data.intake.kinds import kind_named
from data.intake.labels import kind_label
from data.intake.mapping import ColumnMapping, Resolution, from_pairs, load_mapping, resolve
from data.intake.propose import Proposal, best_mapping, missing_columns, propose
from data.intake.source import Source
from texts import N_, Message, Problem

# A mapping's name, a mapping, or canonical column → source column(s) as a person chose them.
Choice = str | ColumnMapping | Mapping[str, str | Sequence[str]]
SAMPLE_ROWS = 200


def choose_mapping(
    source: Source, choice: Choice | None, kind: str | None, known: Mapping[str, ColumnMapping]
) -> Resolution:
    """Lay the mapping that was asked for, or the known one that fits, onto a file's headers; guesses are not used.

    Raises Problem where required columns are not found, with the best guess.
    """
    if choice is None:
        resolution = best_mapping(source.headers, known.values(), kind)
        if resolution is None:
            raise missing_columns(propose_mapping(source, None, kind, known), source.headers)
        return resolution
    resolution = resolve(wanted_mapping(source, choice, kind, known), source.headers)
    if resolution.missing:
        guessed = propose_mapping(source, None, resolution.mapping.kind, known).resolution
        guesses = frozenset(name for name in resolution.missing if name in guessed.found)
        found = {**resolution.found, **{name: guessed.found[name] for name in guesses}}
        merged = Resolution(resolution.mapping, found, resolution.missing, resolution.unmapped)
        raise missing_columns(Proposal(merged, guesses), source.headers)
    return resolution


def propose_mapping(
    source: Source, choice: Choice | None, kind: str | None, known: Mapping[str, ColumnMapping]
) -> Proposal:
    """Lay the mapping that was asked for onto a file's headers, or propose one, guesses included."""
    if choice is None:
        return propose(source.headers, samples_of(source), known.values(), kind)
    return Proposal(resolve(wanted_mapping(source, choice, kind, known), source.headers), frozenset())


def wanted_mapping(
    source: Source, choice: Choice, kind: str | None, known: Mapping[str, ColumnMapping]
) -> ColumnMapping:
    """Give the mapping that a choice means; raises Problem for an unknown name or one of another kind."""
    if isinstance(choice, str):
        wanted = named(choice, known)
    elif isinstance(choice, ColumnMapping):
        wanted = choice
    else:
        base = propose(source.headers, samples_of(source), known.values(), kind).resolution.mapping
        wanted = from_pairs(kind or base.kind, choice, base)
    if kind is not None and wanted.kind != kind:
        raise Problem(
            Message(
                N_("The mapping {name} is for {its_kind}, not for {kind}."),
                {"name": wanted.name, "its_kind": kind_label(wanted.kind), "kind": kind_label(kind_named(kind).name)},
            ),
            Message(N_("Choose another mapping, or leave the kind open.")),
        )
    return wanted


def named(name: str, known: Mapping[str, ColumnMapping]) -> ColumnMapping:
    """Give the known mapping of a name, or that in a TOML file of this path; raises Problem where there is none."""
    if name.endswith(".toml"):
        return load_mapping(Path(name))
    if name not in known:
        raise Problem(
            Message(N_("There is no mapping “{name}”."), {"name": name}),
            Message(N_("Use one of: {names}."), {"names": ", ".join(known)}),
        )
    return known[name]


def samples_of(source: Source) -> dict[str, list[str]]:
    """Give the first texts of every source column."""
    first = next(source.batches(), None)
    if first is None:
        return {}
    return {name: [text or "" for text in first.rows.column(name)[:SAMPLE_ROWS].to_pylist()] for name in source.headers}
