"""The SQL of the intake: one statement a file in sql/, run by name with the parameters it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

PARAMETER = re.compile(r"\$(\w+)")


@cache
def sql(name: str) -> str:
    """Give the text of a query."""
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def parameters(name: str) -> frozenset[str]:
    """Give the names of a query's parameters; comments do not count."""
    code = "\n".join(line.split("--")[0] for line in sql(name).splitlines())
    return frozenset(PARAMETER.findall(code))


def run(connection: duckdb.DuckDBPyConnection, name: str, **values: Any) -> duckdb.DuckDBPyConnection:
    """Run a query with those of the values that it uses."""
    return connection.execute(sql(name), {key: values[key] for key in parameters(name)})


def run_one(connection: duckdb.DuckDBPyConnection, name: str, **values: Any) -> tuple[Any, ...]:
    """Run a query that gives one row, and give the row."""
    (row,) = run(connection, name, **values).fetchall()
    return tuple(row)


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **tables: pa.Table | pa.RecordBatchReader) -> Iterator[None]:
    """Let queries see Arrow tables, or streams that can be read once, under names."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            connection.unregister(name)
