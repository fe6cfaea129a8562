"""Files broken in every way: a Problem or a full account of the rows, never anything else."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

from data.intake import ImportReport, import_file
from data.store import Store
from tests.data.bank_files import HEADERS, RECORDED_ON, csv_text, tickets, write_xlsx
from texts import LANGUAGES, Problem, render

# 1,000 files in full: RESOLUTION_WATCH_BROKEN_FILES=1000
EXAMPLES = int(os.environ.get("RESOLUTION_WATCH_BROKEN_FILES", "30"))
full = settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize=EXAMPLES <= 30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
SPLINTERS = st.sampled_from(
    [
        *(
            b'"',
            b'""',
            b",",
            b",,,,",
            b"\n",
            b"\r",
            b"\r\n\r\n",
            b"\0",
            b"\x00\x01",
            b"\xff",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ),
        *(
            b"\x81",
            b"\xe5",
            b"\t",
            b";",
            b"=1+1",
            "“".encode(),
            "年".encode("gb18030"),
            b"9" * 400,
            b'"\n"',
            b'","',
            b" ",
        ),
        *("２０２５年１３月４５日".encode(), b"1e999", b"nan", b"-inf", b"2025-02-30", b"99999", b"\\", b"'", b"\x1a"),
    ]
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "T1", "2025-03-05", "2025年3月5日", "达成一致", "是", "-5", "1,5", "45721.5", "N/A", '"', "\ud7ff"]
    ),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        opened = Store(Path(folder) / "store.duckdb")
        yield opened
        opened.close()


def account_or_problem(
    store: Store, content: bytes, suffix: str, to_be_found: Sequence[str] = ()
) -> ImportReport | None:
    """Import bytes as a file: either a Problem (None), or every row accounted for in report and store.

    `to_be_found`: texts that must then stand in the store, be it among the tickets or the rows set aside.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"t{suffix}"
        path.write_bytes(content)
        cursor = store.cursor()
        cursor.execute("BEGIN")
        try:
            report = import_file(cursor, path, recorded_on=RECORDED_ON)
            assert report.rows_read == report.accepted + report.unchanged + report.set_aside
            counts = cursor.execute(
                "SELECT (SELECT count(*) FROM stored.ticket_versions) + (SELECT count(*) FROM stored.events)"
                " + (SELECT count(*) FROM stored.branches) + (SELECT count(*) FROM stored.branch_balances)"
                " + (SELECT count(*) FROM stored.interactions), (SELECT count(*) FROM stored.set_aside)"
            ).fetchall()
            assert counts == [(report.accepted, report.set_aside)]
            reasons = cursor.execute("SELECT count(*) FROM stored.set_aside WHERE json_array_length(reasons) = 0")
            assert reasons.fetchall() == [(0,)]
            for row in report.examples:
                for reason in row.reasons:
                    assert all(render(reason, language) for language in LANGUAGES)
            if to_be_found:
                held = cursor.execute(
                    "SELECT ticket_versions::VARCHAR FROM stored.ticket_versions"
                    " UNION ALL SELECT raw::VARCHAR FROM stored.set_aside"
                )
                everything = "\n".join(text for (text,) in held.fetchall())
                assert [text for text in to_be_found if text not in everything] == []
            return report
        except Problem as problem:
            told = [render(part, language) for part in problem.parts() for language in LANGUAGES]
        finally:
            cursor.execute("ROLLBACK")
    if not all(told):
        raise AssertionError(f"a sentence without words: {told}")
    return None


@full
@given(
    count=st.integers(1, 30),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]),
    splinters=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), SPLINTERS), max_size=8),
)
def test_a_file_with_splinters_in_it(
    store: Store, count: int, encoding: str, splinters: list[tuple[float, int, bytes]]
) -> None:
    content = csv_text(tickets(count)).encode(encoding)
    for place, removed, splinter in splinters:
        at = int(place * len(content))
        content = content[:at] + splinter + content[at + removed :]
    # A line that no splinter touched must be found again; in UTF-16 a splinter shifts everything behind it.
    lines = set(content.split(b"\n")) if not encoding.startswith("utf-16") else set()
    written = {
        row["ticket_id"]: csv_text([row]).splitlines()[1].encode(encoding.removesuffix("-sig"))
        for row in tickets(count)
    }
    whole = [ticket_id for ticket_id, line in written.items() if line in lines]
    account_or_problem(store, content, ".csv", whole)


@full
@given(rows=st.lists(st.lists(CELLS, min_size=len(HEADERS), max_size=len(HEADERS)), min_size=1, max_size=20))
@example(rows=[["\\u0000"] * len(HEADERS)])
@example(rows=[["", "\x1f", *[""] * (len(HEADERS) - 3), "\\\\u0000"]])
def test_a_well_formed_file_of_nonsense_loses_no_row(store: Store, rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(HEADERS)
    # Line ends and NUL inside a field make other rows of it by the documented rules; here each row is one line.
    clean = [["".join(c for c in cell if c not in "\r\n\0") for cell in row] for row in rows]
    writer.writerows(clean)
    report = account_or_problem(store, out.getvalue().encode(), ".csv")
    assert report is not None
    assert report.rows_read == len(clean)


@full
@given(content=st.binary(max_size=3000), suffix=st.sampled_from([".csv", ".xlsx", ".xls", ".parquet", ".jsonl"]))
def test_any_bytes_at_all(store: Store, content: bytes, suffix: str) -> None:
    account_or_problem(store, content, suffix)


@full
@given(
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6),
    cut=st.floats(0.3, 1),
    kind=st.sampled_from(["xlsx", "xls", "parquet"]),
)
def test_a_damaged_workbook_or_parquet_file(
    store: Store, whole_files: dict[str, bytes], damage: list[tuple[float, bytes]], cut: float, kind: str
) -> None:
    content = bytearray(whole_files[kind])
    for place, bytes_ in damage:
        at = int(place * (len(content) - 1))
        content[at : at + len(bytes_)] = bytes_
    account_or_problem(store, bytes(content[: int(len(content) * cut)]), f".{kind}")


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    import pandas as pd
    import xlwt

    folder = tmp_path_factory.mktemp("whole")
    write_xlsx(folder / "t.xlsx", tickets(20))
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for column, header in enumerate(HEADERS):
        sheet.write(0, column, header)
        sheet.write(1, column, "T1")
    book.save(str(folder / "t.xls"))
    pd.DataFrame(tickets(20)).to_parquet(folder / "t.parquet")
    return {kind: (folder / f"t.{kind}").read_bytes() for kind in ("xlsx", "xls", "parquet")}
