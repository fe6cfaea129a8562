"""The benchmark of the import runs, and both ways read every row; its figures belong to a quiet machine."""

from __future__ import annotations

from benchmarks.import_speed import compare


def test_a_small_run_reads_every_row_both_ways_within_the_memory_allowed() -> None:
    best = compare(20_000, 1)
    assert {what: result["rows"] for what, result in best.items()} == {"bare": 20_000, "import": 20_000}
    assert best["import"]["peak_mb"] < 1024
