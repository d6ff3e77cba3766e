"""Workbooks made by hand for the tests: the few parts that an XLSX file must have."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Sequence
from pathlib import Path

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def cell(place: str, value: object) -> str:
    """A cell: a text, a number, a flag, an error (`#N/A`), or nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = str(value)
    if text.startswith("#"):
        return f'<c r="{place}" t="e"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{html.escape(text)}</t></is></c>'


def sheet_xml(rows: Sequence[Sequence[object]]) -> str:
    """The part of a sheet of at most 26 columns."""
    lines = (
        f'<row r="{n}">' + "".join(cell(f"{chr(65 + m)}{n}", value) for m, value in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]] | str]) -> Path:
    """A workbook with these sheets, as rows or as the text of their parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        book = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        file.writestr("_rels/.rels", f"{_RELATIONS}{book}</Relationships>")
        named = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
        )
        parts = "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        file.writestr("xl/_rels/workbook.xml.rels", f"{_RELATIONS}{parts}</Relationships>")
        for n, rows in enumerate(sheets.values(), 1):
            file.writestr(f"xl/worksheets/sheet{n}.xml", rows if isinstance(rows, str) else sheet_xml(rows))
    return path
