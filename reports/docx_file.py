"""A .docx from a template: filled, its tables laid, and the same bytes every time it is made of the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reports.docx_table import table_at
from texts import N_, Message, Problem

SHIPPED = Path(__file__).parent / "templates"
OWN = "templates"  # the folder beside the store with a bank's own templates
EPOCH = date(2025, 1, 1)
STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


@dataclass(frozen=True)
class Table:
    """A table to lay where the template names it. widths: shares of the width; row_height: mm at least."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    widths: Sequence[float] = ()
    row_height: float | None = None


def template(store: Path, name: str) -> tuple[bytes, bool]:
    """Give a template and whether it is the bank's own: `templates/NAME.docx` beside the store goes first."""
    own = store.resolve().parent / OWN / f"{name}.docx"
    if own.is_file():
        return own.read_bytes(), True
    return (SHIPPED / f"{name}.docx").read_bytes(), False


def filled(content: bytes, context: Mapping[str, Any], tables: Mapping[str, Table | None], day: date) -> bytes:
    """Fill a template and give the .docx.

    context: name → text or list of texts, set into the template's {{ fields }}; whatever they contain is text, never
    markup. tables: name → table, laid in the place of the paragraph that holds {{ name }}; None leaves it out. day:
    the one that the file's own time stamps bear. Raises Problem where the template cannot be used.
    """
    from docx import Document
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    marks = {name: f"\ue000{name}\ue001" for name in tables}
    try:
        form = DocxTemplate(io.BytesIO(content))
        environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        form.render(_clean({**context, **marks}), environment, autoescape=True)
        stream = io.BytesIO()
        form.save(stream)
    except (TemplateError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise Problem(
            Message(N_("The template cannot be filled: {reason}"), {"reason": str(error) or type(error).__name__}),
            Message(
                N_("Mend it, or take it out of the folder {folder}: the shipped one is used then."), {"folder": OWN}
            ),
        ) from error
    document = Document(io.BytesIO(stream.getvalue()))
    for paragraph in list(document.paragraphs):
        for name, mark in marks.items():
            if mark in paragraph.text:
                _lay(document, paragraph, tables[name])
    stream = io.BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), day)


def _lay(document: Any, paragraph: Any, table: Table | None) -> None:
    if table is None or not table.rows:
        paragraph._p.getparent().remove(paragraph._p)
        return
    table_at(
        document,
        paragraph,
        table.columns,
        table.rows,
        title=table.title,
        widths=table.widths,
        row_height=table.row_height,
    )


def settled(content: bytes, day: date = EPOCH) -> bytes:
    """Give a .docx whose entries and own time stamps bear one day: the same content is the same bytes."""
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(stream, "w") as archive:
        # The list of types comes first, as office programs write it.
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = made.read(name)
            if name == "docProps/core.xml":
                data = STAMPS.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            archive.writestr(entry, data)
    return stream.getvalue()


def _clean(value: Any) -> Any:
    """Take away the control characters that XML does not allow."""
    if isinstance(value, str):
        return "".join(
            c
            for c in value
            if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
        )
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value
