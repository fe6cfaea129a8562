"""Described tickets as one sparse table: read from dictionaries once, then cut by tickets and by features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

Feature = tuple[str, str]  # group, value


@dataclass(frozen=True)
class Vocabulary:
    """Features in the order of a model's columns."""

    features: tuple[Feature, ...]

    @cached_property
    def place(self) -> dict[Feature, int]:
        """The column of every feature."""
        return {feature: number for number, feature in enumerate(self.features)}


@dataclass(frozen=True)
class Table:
    """A row a ticket, a column a feature that some ticket has.

    matrix: shape (tickets, features), the features' values; what a ticket has with the value 0 is stored, too. matters:
    the number of each ticket's matter, shape (tickets,); a matter is a class with a cause.
    """

    features: Vocabulary
    matrix: sparse.csr_matrix
    matters: np.ndarray

    def __len__(self) -> int:
        return int(self.matrix.shape[0])

    def where(self, chosen: np.ndarray) -> Table:
        """Give some of the tickets; the columns stay. chosen: bool, shape (tickets,)."""
        rows = np.flatnonzero(chosen)
        return Table(self.features, self.matrix[rows], self.matters[rows])

    def tickets_with(self) -> np.ndarray:
        """Give how many tickets have each feature, shape (features,)."""
        return np.bincount(self.matrix.indices, minlength=self.matrix.shape[1])

    def columns(self, vocabulary: Vocabulary) -> sparse.csr_matrix:
        """Give the values of a vocabulary's features, shape (tickets, its features); 0 for one that no ticket has."""
        place = self.features.place
        known = [(place[feature], column) for feature, column in vocabulary.place.items() if feature in place]
        rows, columns = np.array(known, dtype=int).reshape(-1, 2).T
        shape = (self.matrix.shape[1], len(vocabulary.features))
        return sparse.csr_matrix(self.matrix @ sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape))


def table_of(described: Sequence[dict[Feature, float]]) -> Table:
    """Put described tickets into a table."""
    place: dict[Feature, int] = {}
    matters: dict[tuple[Feature, ...], int] = {}
    starts, columns, values, of_matter = [0], [], [], []
    for of in described:
        for feature, value in of.items():
            columns.append(place.setdefault(feature, len(place)))
            values.append(value)
        starts.append(len(columns))
        matter = tuple(sorted(feature for feature in of if feature[0] in ("class", "cause")))
        of_matter.append(matters.setdefault(matter, len(matters)))
    matrix = sparse.csr_matrix((values, columns, starts), shape=(len(described), len(place)), dtype=float)
    return Table(Vocabulary(tuple(place)), matrix, np.array(of_matter, dtype=int))
