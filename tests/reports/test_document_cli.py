"""`python -m reports minutes` and `letter`: the very files of the screen, also while the app has the store open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from answers.decisions import decide
from data.ledger import append
from data.scope import HEAD_OFFICE
from data.store import Store
from reports import document_cli  # noqa: F401 - adds its commands
from reports.cli import app
from reports.letters import send_letter
from reports.minutes import close_review, kept_minutes
from reports.requests import answer_requests
from tests.reports.test_letters import CONTENT

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2025, 7, 28)
NUMBER = "消保提示〔2025〕1号"

pytestmark = pytest.mark.usefixtures("no_browser")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture
def held(filled: Store) -> Store:
    """A store with a letter sent and a review closed."""
    send_letter(filled, HEAD_OFFICE, replace(CONTENT, day=DAY), who="王敏", on_day=DAY)
    close_review(filled, HEAD_OFFICE, DAY, who="王敏", chair="李总", attendees="消保", language="zh_CN")
    return filled


def test_the_command_line_writes_the_bytes_that_the_screen_gives(held: Store, tmp_path: Path) -> None:
    name, minutes = kept_minutes(held, HEAD_OFFICE, DAY, "zh_CN")
    sent = (held.path.parent / "letters" / f"{NUMBER}.docx").read_bytes()
    held.close()
    out = tmp_path / "out"
    asked: list[str | Path] = ["--as-of", "2025-07-28", "--out", out, "--store", held.path]
    done = run("minutes", *asked)
    assert done.exit_code == 0, done.output
    assert (out / name).read_bytes() == minutes
    done = run("letter", NUMBER, *asked, "--json")
    assert json.loads(done.stdout) == {"file": str(out.resolve() / f"{NUMBER}.docx")}
    assert (out / f"{NUMBER}.docx").read_bytes() == sent


def test_r08_minutes_that_were_never_kept_are_made_again_of_the_ledger_the_same_bytes_each_time(
    filled: Store, tmp_path: Path
) -> None:
    """The demo bank's past reviews are such: closed, with neither agenda nor file."""
    body = {"chair": "李总", "attendees": "总行消保", "decisions": []}
    append(filled, HEAD_OFFICE, kind="review_closed", subject=f"review:{DAY}", body=body, who="王敏", on_day=DAY)
    name, made = kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN")
    later = DAY + timedelta(days=7)
    decide(filled, HEAD_OFFICE, what="复查", owner="总行消保", due=later, who="王敏", on_day=later)
    assert kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN") == (name, made)
    filled.close()
    done = run("minutes", "--as-of", DAY.isoformat(), "--out", tmp_path, "--store", filled.path)
    assert done.exit_code == 0, done.output
    assert (tmp_path / name).read_bytes() == made


def test_a_store_open_in_the_running_app_gives_them_all_the_same(held: Store, tmp_path: Path) -> None:
    """The app is this process; the commands run in others, as cron would run them."""
    out = tmp_path / "out"
    asked = ["--as-of", "2025-07-28", "--out", str(out), "--store", str(held.path), "--json"]
    for command in (["minutes"], ["letter", "alert-2025-1"]):
        with subprocess.Popen(
            [sys.executable, "-m", "reports", *command, *asked],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            cwd=ROOT,
        ) as process:
            until = time.monotonic() + 60
            while process.poll() is None and time.monotonic() < until:
                answer_requests(held)
                time.sleep(0.05)
            said, progress = process.communicate(timeout=10)
        assert process.returncode == 0, progress
        assert "正在运行的应用" in progress
        assert Path(json.loads(said)["file"]).is_file()
    assert (out / f"{NUMBER}.docx").read_bytes() == (held.path.parent / "letters" / f"{NUMBER}.docx").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["letter", "消保提示〔2025〕9号"], "没有函件"),
        (["letter", "第七号"], "不是函件编号"),
        (["letter", NUMBER, "--as-of", "2025-07-01"], "没有函件"),
    ],
    ids=["not sent", "no number", "not sent yet"],
)
def test_what_is_not_there_is_said_and_leaves_with_1(
    held: Store, tmp_path: Path, arguments: list[str], said: str
) -> None:
    held.close()
    done = run(*arguments, "--out", tmp_path / "out", "--store", held.path)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_the_shipped_templates_can_be_taken_out_to_be_changed(tmp_path: Path) -> None:
    assert run("templates", "--out", tmp_path).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "advice_letter.docx",
        "alert_letter.docx",
        "minutes.docx",
    ]
