"""`python -m reports snapshot`: what it writes, what it prints, and how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from data.store import Store
from reports.cli import app
from reports.requests import answer_requests

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("no_browser")


@pytest.fixture
def closed(filled: Store) -> Path:
    """The path of a filled store that no process has open."""
    filled.close()
    return filled.path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["snapshot", *map(str, arguments)])


def test_r24_a_pack_is_written_as_zip_and_folder_with_progress_on_standard_error(closed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("--as-of", "2025-07-27", "--out", out, "--store", closed, "--folder")
    assert done.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["快照_2025-07-27", "快照_2025-07-27.zip"]
    with zipfile.ZipFile(out / "快照_2025-07-27.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert {path.name: path.read_bytes() for path in (out / "快照_2025-07-27").iterdir()} == packed
    assert f"{len(packed)} 个文件" in done.stdout
    assert "没有 PNG 文件" in done.stdout
    steps = 2 * (len(packed) - 1)  # a table and a picture of everything but the manifest
    assert f"0/{steps} 正在写入表格" in done.stderr


def test_json_is_one_object_on_standard_output(closed: Path, tmp_path: Path) -> None:
    done = run(
        "--as-of", "2025-07-27", "--out", tmp_path, "--store", closed, "--class", "提前还款", "--json", "--lang", "en"
    )
    said = json.loads(done.stdout)
    assert said["pack"] == str(tmp_path.resolve() / "snapshot_提前还款_2025-07-27.zip")
    assert said["missing"][0] == "提前还款_threshold-curve_2025W30.png"
    assert said["complete"] is False
    assert any("BROWSER_PATH" in warning for warning in said["warnings"])


def test_a_past_year_is_in_the_packs_name(closed: Path, tmp_path: Path) -> None:
    done = run("--as-of", "2025-07-27", "--year", "2024", "--out", tmp_path, "--store", closed, "--json")
    assert Path(json.loads(done.stdout)["pack"]).name == "快照_2024_2025-07-27.zip"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "2025-07-27", "--class", "没有"], "没有"),
        (["--as-of", "2020-01-01"], "尚无数据"),
        (["--as-of", "2030-01-01"], "2030"),
    ],
    ids=["unknown class", "before the data", "long after the data"],
)
def test_what_cannot_be_shown_is_said_and_leaves_with_1(
    closed: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = run(*arguments, "--out", tmp_path / "out", "--store", closed)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unwritable_folder_is_said_before_the_work_begins(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("--as-of", "2025-07-27", "--out", tmp_path / "file" / "out", "--store", closed, "--json")
    assert done.exit_code == 1
    assert "无法写入" in json.loads(done.stdout)["problem"][0]
    assert done.stderr == ""


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    done = run("--as-of", "2025-07-27", "--out", tmp_path / "out", "--store", tmp_path / "typo.duckdb")
    assert done.exit_code == 1
    assert "typo.duckdb" in done.stderr
    assert not (tmp_path / "typo.duckdb").exists()


def test_a_store_open_in_the_running_app_gives_a_pack_all_the_same(filled: Store, tmp_path: Path) -> None:
    """The app is this process; the command runs in another, as cron would run it."""
    places = ["--store", str(filled.path), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        [sys.executable, "-m", "reports", "snapshot", "--as-of", "2025-07-27", "--json", *places],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=ROOT,
    ) as command:
        until = time.monotonic() + 60
        while command.poll() is None and time.monotonic() < until:
            answer_requests(filled)
            time.sleep(0.05)
        said, progress = command.communicate(timeout=10)
    assert command.returncode == 0, progress
    assert "正在运行的应用" in progress
    assert zipfile.is_zipfile(json.loads(said)["pack"])
