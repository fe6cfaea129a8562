"""docs/data.md says what the intake does: every column with its type, and an example that works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from data.intake.kinds import KINDS, Kind
from data.intake.mapping import SHIPPED, from_table, known_mappings, normalised
from data.intake.words import DEFAULT_WORDS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def table_of(kind: Kind) -> list[list[str]]:
    """Give the rows of the column table below a kind's heading."""
    section = DOCUMENT.split(f"\n## {kind.name.capitalize()}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")
    ]
    return rows[2:]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_column_is_documented_with_its_type_and_whether_it_is_required(kind: Kind) -> None:
    documented = [(row[0].strip("*"), row[1], row[0].startswith("**")) for row in table_of(kind)]
    assert documented == [(column.name, column.type, column.required) for column in kind.columns]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_documented_chinese_headers_are_known(kind: Kind) -> None:
    mapping = known_mappings()["chinese" if kind.name == "tickets" else kind.name]
    for name, _, header, *_ in table_of(kind):
        assert header in mapping.columns[name.strip("*")].columns


def test_every_shipped_mapping_and_word_list_is_named() -> None:
    section = DOCUMENT.split("\n## Mappings\n")[1]
    for path in SHIPPED.glob("*.toml"):
        assert f"`{path.stem}`" in section
    for words in DEFAULT_WORDS:
        assert words in section


def test_the_example_of_a_mapping_is_one() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    mapping = from_table("example", tomllib.loads(example))
    assert mapping.scale == {"amount": 10000}
    assert normalised(mapping.columns["received_at"].columns[0]) == "受理日期"
