"""Write the shipped templates of letters and minutes: `python -m reports.build_templates`.

The page follows GB/T 9704-2012 (党政机关公文格式): A4, 37 mm above and 28 mm at the left, a type area of 156 × 225 mm,
red heading and line, title in 小标宋 22 pt, body in 仿宋 16 pt with two characters' indent, page numbers in dashes.
A font that a machine lacks is replaced by the next of its kind, which the file names (`ALTERNATIVES`).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.docx_file import settled
from reports.docx_table import bordered

FOLDER = Path(__file__).parent / "templates"
TITLE, HEADING, SUB, BODY, SONG = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
ALTERNATIVES = {
    TITLE: "华文中宋",
    HEADING: "Noto Sans CJK SC",
    SUB: "华文楷体",
    BODY: "华文仿宋",
    SONG: "Noto Serif CJK SC",
}
LATIN = "Times New Roman"
RED = RGBColor(0xC8, 0x10, 0x1E)
LINE = Pt(28.95)  # 22 lines of 16 pt on 225 mm


def build() -> dict[str, bytes]:
    """Give name → content of every shipped template."""
    return {
        "alert_letter.docx": _letter(),
        "advice_letter.docx": _letter(),
        "minutes.docx": _minutes(),
    }


def _page() -> Any:
    """Give an empty document with the page, the fonts and the page number."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)
    section.footer_distance = Mm(25)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = LINE
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    _page_number(section.footer.paragraphs[0])
    _alternatives(document)
    return document


def _alternatives(document: Any) -> None:
    """Name for every font the one to take where it is missing."""
    part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("— ", None), (None, "PAGE"), (" —", None)):
        run = paragraph.add_run(text or "")
        _font(run, SONG, 14)
        if field:
            for kind in ("begin", None, "end"):
                element = OxmlElement("w:instrText" if kind is None else "w:fldChar")
                if kind is None:
                    element.text = field
                else:
                    element.set(qn("w:fldCharType"), kind)
                run._r.append(element)


def _font(run: Any, font: str, size: float, *, red: bool = False, bold: bool = False) -> None:
    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RED


def _paragraph(
    document: Any,
    text: str,
    font: str = BODY,
    size: float = 16,
    *,
    centre: bool = False,
    right: bool = False,
    indent: bool = False,
    red: bool = False,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    keep: bool = False,
) -> Any:
    paragraph = document.add_paragraph()
    _font(paragraph.add_run(text), font, size, red=red)
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.keep_with_next = keep
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape.right_indent = Pt(32)
    if indent:
        shape.first_line_indent = Pt(2 * size)
    if line:
        shape.line_spacing = Pt(line)
    return paragraph


def _tag(document: Any, tag: str) -> None:
    _paragraph(document, f"{{%p {tag} %}}", size=8)


def _letter() -> bytes:
    document = _page()
    _paragraph(document, "{{ bank }}", TITLE, 36, centre=True, red=True, line=50)
    _paragraph(document, "{{ words.heading }}", TITLE, 30, centre=True, red=True, line=46, after=14)
    number = _paragraph(document, "{{ number }}", centre=True, after=4)
    bordered(number, bottom=("C8101E", 18))
    _paragraph(document, "{{ title }}", TITLE, 22, centre=True, before=26, after=20, line=34)
    _paragraph(document, "{{ addressee }}{{ words.colon }}")
    _paragraph(document, "{{ words.opening }}", indent=True)
    _paragraph(document, "{{ words.facts }}", HEADING, indent=True, keep=True)
    _tag(document, "for line in facts")
    _paragraph(document, "{{ line }}", indent=True)
    _tag(document, "endfor")
    _paragraph(document, "{{ table }}")
    _tag(document, "for line in notes")
    _paragraph(document, "{{ line }}", SUB, 12, indent=True, line=20)
    _tag(document, "endfor")
    _paragraph(document, "{{ words.problem }}", HEADING, indent=True, keep=True)
    _paragraph(document, "{{ problem }}", indent=True)
    _paragraph(document, "{{ words.requirements }}", HEADING, indent=True, keep=True)
    _tag(document, "for line in requirements")
    _paragraph(document, "{{ line }}", indent=True)
    _tag(document, "endfor")
    # With the signature on a new page something of the text comes along.
    _paragraph(document, "{{ words.deadline }}", indent=True, keep=True)
    _tag(document, "for line in attachments")
    _paragraph(document, "{{ line }}", indent=True, before=8, keep=True)
    _tag(document, "endfor")
    _paragraph(document, "{{ sender }}", right=True, before=30, keep=True)
    _paragraph(document, "{{ date }}", right=True, after=24, keep=True)  # nor do the copies stand alone on a page
    _tag(document, "if copies")
    copies = _paragraph(document, "{{ words.copies }}{{ copies }}", size=14, line=26)
    bordered(copies, top=("000000", 6), bottom=("000000", 6))
    _tag(document, "endif")
    receipt = _paragraph(document, "{{ words.receipt }}", TITLE, 22, centre=True, after=6, line=34)
    receipt.paragraph_format.page_break_before = True
    _paragraph(document, "{{ words.receipt_hint }}", SUB, 12, centre=True, after=12, line=20)
    _paragraph(document, "{{ receipt }}")
    return settled(_saved(document))


def _minutes() -> bytes:
    document = _page()
    _paragraph(document, "{{ title }}", TITLE, 22, centre=True, after=8, line=34)
    under = _paragraph(document, "{{ subtitle }}", centre=True, after=10)
    bordered(under, bottom=("C8101E", 12))
    _tag(document, "for line in head")
    _paragraph(document, "{{ line }}", size=14, line=25)
    _tag(document, "endfor")
    _paragraph(document, "{{ words.decisions }}", HEADING, before=12, after=4, indent=True, keep=True)
    _paragraph(document, "{{ decisions }}")
    _tag(document, "for section in sections")
    _paragraph(document, "{{ section.title }}", HEADING, before=10, indent=True, keep=True)
    _tag(document, "for line in section.lines")
    _paragraph(document, "{{ line }}", size=14, line=25, indent=True)
    _tag(document, "endfor")
    _tag(document, "endfor")
    _tag(document, "for line in notes")
    # The signature does not stand alone on a page: the notes come along.
    _paragraph(document, "{{ line }}", SUB, 12, indent=True, line=20, before=4, keep=True)
    _tag(document, "endfor")
    _paragraph(document, "{{ signed }}", right=True, before=30, keep=True)
    _paragraph(document, "{{ date }}", right=True)
    return settled(_saved(document))


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def main() -> None:
    """Write the templates into their folder."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in build().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
