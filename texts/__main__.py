"""`python -m texts sync` brings the catalogues up to date with the code, `check` fails where a text is missing."""

from __future__ import annotations

import ast
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from texts.catalogue import LANGUAGES, LOCALE, Language

ROOT = LOCALE.parent
FOLDERS = ("analytics", "answers", "charts", "data", "pages", "reports", "ui")
KEYWORDS = ("N_", "_", "say")
WRITTEN = datetime(2025, 1, 1, tzinfo=UTC)  # a fixed date: a catalogue changes only when a text does
FIELD = re.compile(r"\{(\w+)")


def extracted(folder: str) -> dict[str, set[str]]:
    """Give the ids used in a top-level folder's Python files with the files they stand in; `ui` includes app.py."""
    ids: dict[str, set[str]] = {}
    for path in sorted((ROOT / folder).rglob("*.py")) + ([ROOT / "app.py"] if folder == "ui" else []):
        for text_id in marked(path.read_text(encoding="utf-8")):
            ids.setdefault(text_id, set()).add(path.relative_to(ROOT).as_posix())
    return ids


def marked(source: str) -> list[str]:
    """Give the texts that a Python source hands to one of KEYWORDS, also within an f-string or within another text's
    arguments, where Babel's own reader passes over them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in KEYWORDS and isinstance(node.args[0].value, str):
                found.append(node.args[0].value)
    return found


def po_path(language: Language, folder: str) -> Path:
    """Give the place of a folder's catalogue."""
    return LOCALE / language / "LC_MESSAGES" / f"{folder}.po"


def read_texts(path: Path) -> dict[str, str]:
    """Give id → text of one .po file, empty texts included; nothing where the file is not there yet."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def sync() -> None:
    """Write every catalogue anew: ids of today, texts of before, English filled with the id itself."""
    for language in LANGUAGES:
        before = {folder: read_texts(po_path(language, folder)) for folder in FOLDERS}
        anywhere = {i: text for texts in before.values() for i, text in texts.items() if text}
        for folder in FOLDERS:
            ids = extracted(folder)
            if not ids:
                po_path(language, folder).unlink(missing_ok=True)
                continue
            catalog = Catalog(
                locale=language,
                header_comment=f"# Texts of {folder}/",
                project="resolution-watch",
                version="1",
                last_translator="",
                language_team="",
                msgid_bugs_address="",
                fuzzy=False,
            )
            catalog.creation_date = catalog.revision_date = WRITTEN
            for text_id in sorted(ids):
                text = before[folder].get(text_id) or anywhere.get(text_id, "")
                catalog.add(
                    text_id,
                    text or (text_id if language == "en" else ""),
                    locations=[(place, 0) for place in sorted(ids[text_id])],
                )
            path = po_path(language, folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, catalog, width=110, include_lineno=False, omit_header=False)


def faults() -> list[str]:
    """Give one line for every id without a text, every text whose fields differ from its id's, and every id with two
    texts: readers would be shown whichever catalogue was read last."""
    lines = []
    for language in LANGUAGES:
        said: dict[str, str] = {}
        for folder in FOLDERS:
            texts = read_texts(po_path(language, folder))
            for text_id, text in texts.items():
                if said.setdefault(text_id, text) != text:
                    lines.append(f"{language}/{folder}: another text elsewhere for {text_id!r}")
            for text_id in sorted(extracted(folder)):
                text = texts.get(text_id, "")
                if not text:
                    lines.append(f"{language}/{folder}: no text for {text_id!r}")
                elif set(FIELD.findall(text)) != set(FIELD.findall(text_id)):
                    lines.append(f"{language}/{folder}: other fields than in {text_id!r}")
    return lines


def main(arguments: list[str]) -> int:
    """Run `sync` or `check`; the exit code is 1 where `check` finds a fault."""
    if arguments == ["sync"]:
        sync()
        return 0
    if arguments == ["check"]:
        found = faults()
        print("\n".join(found) if found else "every text stands in both languages")
        return 1 if found else 0
    print("usage: python -m texts sync | check")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
