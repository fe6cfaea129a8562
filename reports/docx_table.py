"""Tables and lines of a .docx, where python-docx has no words for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

WIDTH = 156.0  # mm of the type area
HEAD, CELL = "黑体", "仿宋"
EM = 12 * 25.4 / 72  # mm, of the type that tables are set in
PADDING = 1.5  # ems beside the text of a cell
SHORT = 12  # characters: a column that holds nothing longer is centred
TOGETHER = 12  # rows up to which a table stays on one page


def bordered(paragraph: Any, **sides: tuple[str, int]) -> None:
    """Draw lines beside a paragraph: side → colour (hex) and width in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom"):
        if side in sides:
            colour, width = sides[side]
            borders.append(_line(f"w:{side}", colour, width))
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants borders before spacing, indents and alignment.
    later = [child for child in properties if child.tag in (qn("w:spacing"), qn("w:ind"), qn("w:jc"), qn("w:rPr"))]
    if later:
        later[0].addprevious(borders)
    else:
        properties.append(borders)


def table_at(
    document: Any,
    paragraph: Any,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str = "",
    widths: Sequence[float] = (),
    row_height: float | None = None,
) -> None:
    """Put a table in the place of a paragraph, as wide as the type area.

    columns: headings, none for a table without. widths: shares of the width. row_height: mm at least.
    """
    count = len(columns) or len(rows[0])
    if title:
        above = paragraph.insert_paragraph_before()
        _written(above, title, HEAD, 12, centre=True)
        above.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=count)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _framed(table)
    shares = list(widths) or _shares(columns, rows, count)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(WIDTH * share / sum(shares))
    together = len(rows) <= TOGETHER
    centred = [bool(columns) and all(len(row[column]) <= SHORT for row in rows) for column in range(count)]
    for number, texts in enumerate([*([columns] if columns else []), *rows]):
        row = table.add_row()
        if row_height is not None:
            row.height = Mm(row_height)
        heading = bool(columns) and number == 0
        _whole(row, repeat=heading)
        for cell, text, share, short in zip(row.cells, texts, shares, centred, strict=True):
            cell.width = Mm(WIDTH * share / sum(shares))
            _written(cell.paragraphs[0], text, HEAD if heading else CELL, 12, centre=heading or short)
            cell.paragraphs[0].paragraph_format.keep_with_next = together and number < len(rows)
    paragraph._p.addprevious(table._tbl)
    for run in paragraph.runs:
        run.text = ""
    paragraph.paragraph_format.line_spacing = Pt(8)


def _shares(columns: Sequence[str], rows: Sequence[Sequence[str]], count: int) -> list[float]:
    """Give widths in ems: the longest text of each column, none too narrow; where that is more than the page holds,
    the widest columns give way, so that dates and names stay on one line."""
    longest = [
        max((_ems(row[column]) for row in [*([columns] if columns else []), *rows]), default=1)
        for column in range(count)
    ]
    wanted = [max(width, 4.0) + PADDING for width in longest]
    left, shares = WIDTH / EM, dict.fromkeys(range(count), 0.0)
    for place, column in enumerate(sorted(shares, key=lambda column: wanted[column])):
        shares[column] = min(wanted[column], left / (count - place))
        left -= shares[column]
    return [share + left / count for share in shares.values()]


def _ems(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text)


def _written(paragraph: Any, text: str, font: str, size: float, *, centre: bool) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.line_spacing = Pt(20)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _framed(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(f"w:{side}", "000000", 4))
    table._tbl.tblPr.append(borders)


def _whole(row: Any, *, repeat: bool) -> None:
    """Keep a row on one page, and repeat the heading on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def _line(tag: str, colour: str, width: int) -> Any:
    line = OxmlElement(tag)
    for name, value in (("val", "single"), ("sz", str(width)), ("space", "4"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line
