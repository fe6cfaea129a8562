import logging
from pathlib import Path

import pytest

from ui.picture_library import library_name, place_library


def test_the_library_is_placed_whole_and_an_older_one_goes(tmp_path: Path) -> None:
    (tmp_path / "plotly-1.0.0.min.js").write_text("old")
    placed = place_library(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [library_name()]
    assert placed.stat().st_size > 1_000_000
    before = placed.stat().st_mtime_ns
    place_library(tmp_path)
    assert placed.stat().st_mtime_ns == before, "a library that is there is left alone"


def test_a_folder_that_cannot_be_written_is_said_in_the_log_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "static"
    in_the_way.write_text("a file where the folder should be")
    with caplog.at_level(logging.ERROR, "resolution_watch"):
        place_library(in_the_way)
    assert "cannot be saved as pictures" in caplog.text
