"""The rules of the house: imports run one way, every text stands in both languages, modules stay readable."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from texts.__main__ import faults

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("analytics", "answers", "charts", "data", "pages", "reports", "texts", "ui")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MAY_IMPORT = {
    "texts": set(),
    "analytics": {"texts"},
    "data": {"texts"},
    "answers": {"analytics", "data", "texts"},
    "charts": {"analytics", "texts"},
    "reports": {"analytics", "answers", "charts", "data", "texts"},
    "ui": {"analytics", "answers", "charts", "data", "reports", "texts"},
    "pages": {"analytics", "answers", "charts", "data", "reports", "texts", "ui"},
}
OUTSIDE = {
    "streamlit": {"pages", "ui"},
    "plotly": {"charts", "reports", "ui", "pages"},
    "duckdb": {"data"},
}


def imported(path: Path) -> set[str]:
    """Top-level names a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    allowed = MAY_IMPORT[folder] | {folder}
    if path.is_relative_to(ROOT / "data" / "demo"):
        allowed = allowed | {"analytics"}
        modules = [
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("analytics")
        ]
        assert set(modules) <= {"analytics.calendar"}, "the demo may use the calendar only"
    found = imported(path)
    assert found & set(FOLDERS) <= allowed
    assert all(folder in homes for library, homes in OUTSIDE.items() if library in found)


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_text_stands_in_both_languages() -> None:
    assert faults() == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_page_of_reading(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


def test_every_table_is_shown_in_one_way() -> None:
    """Empty cells and row numbers are looked after in one place (`ui/table.py`)."""
    for path in MODULES:
        if path.name != "table.py":
            assert ".dataframe(" not in path.read_text(encoding="utf-8"), path


def test_the_catalogues_do_not_hide_the_standard_library() -> None:
    assert not (ROOT / "locale" / "__init__.py").exists()
    assert not (ROOT / "pages" / "__init__.py").exists()


def test_sql_stays_in_the_store() -> None:
    outside = [p for p in ROOT.rglob("*.sql") if not p.is_relative_to(ROOT / "data") and ".venv" not in p.parts]
    assert outside == []
