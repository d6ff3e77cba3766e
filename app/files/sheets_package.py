"""The zip of a workbook, looked at before it is believed: its sizes and checksums, how far its sheets reach, and the
cells that hold an error, of which `calamine` says only that they are blank.

Nothing of it is ever unpacked to disk, so that the paths of its members can do no harm.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import FileError
from app.files.archive import MOST_MEMBERS, MOST_RATIO, SMALL
from app.files.texts import read_error, refused

MOST_BYTES = 2**29
"""Bytes of all members together, unpacked: 512 MiB."""
MOST_CELLS = 20_000_000
"""Cells that the used part of a sheet may have, blank ones included: they are held in memory, all of them."""

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?(?<!/)>")
"""Cells that hold something; of those that do not, however far away, nothing is kept."""
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<',
    re.DOTALL,
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ODS_TABLE = re.compile(rb"<table:table\s")
_ODS_REPEATED = re.compile(rb"<table:(table-cell|table-row|covered-table-cell)\b([^>]*?)(/?)>")
_REPEAT = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,9})"')
_FRAGMENT = 4_000

Errors = dict[tuple[int, int], str]
"""Row and column, counted from 0 → the error that a cell holds: `#N/A`."""


def holds_workbook(path: Path) -> bool:
    """Whether a zip holds a workbook."""
    try:
        with zipfile.ZipFile(path) as package:
            names = {_plain(member.filename) for member in package.infolist()[:MOST_MEMBERS]}
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    tails = {name.rpartition("/")[2] for name in names}
    if "[Content_Types].xml" in names:
        return bool(tails & {"workbook.xml", "workbook.bin"}) or any(name.startswith("xl/") for name in names)
    return {"mimetype", "content.xml"} <= names


class Package:
    """A workbook that is a zip and has been found harmless. FileError where it is damaged, or unpacks to too much."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._members: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(path) as package:
                infos = package.infolist()
                self._refuse_bombs(infos)
                for info in infos:
                    held = package.read(info)  # which compares its checksum
                    name = _plain(info.orig_filename)
                    if name.endswith((".xml", ".bin", ".rels")) and "/media/" not in name:
                        self._members[name] = held
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
            raise damaged(path, str(error)) from error
        except OSError as error:
            raise read_error(path, error) from error

    def _refuse_bombs(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > MOST_MEMBERS:
            raise refused(self._path, "unsafe-archive", f"it has more than {MOST_MEMBERS:,} parts", _UNTRUSTED)
        if sum(info.file_size for info in infos) > MOST_BYTES:
            message = f"it unpacks to more than {MOST_BYTES / 2**20:.0f} MB"
            raise refused(self._path, "unsafe-archive", message, "Save the sheet that is needed as CSV.")
        for info in infos:
            if info.flag_bits & 0x1:
                raise protected(self._path)
            if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
                message = f"its part {info.filename} unpacks to {info.file_size:,} bytes out of {info.compress_size:,}"
                raise refused(self._path, "unsafe-archive", message, _UNTRUSTED)

    def refuse_reach(self) -> None:
        """FileError where the used part of any sheet has more than MOST_CELLS cells."""
        for name, content in self._members.items():
            if name.endswith(".xml") and re.search(rb"<(?:\w+:)?worksheet[\s>]", content[:_FRAGMENT]):
                self._refuse_reach(*_reach(content))
            elif name.endswith(".bin") and "worksheets/" in name and "_rels" not in name:
                self._refuse_reach(*_binary_reach(content))
            elif name == "content.xml":
                self._refuse_reach(*_ods_reach(content))

    def errors(self, sheet: str) -> Errors:
        """The errors that stand in the cells of a sheet, if it is one of XML."""
        content = self._members.get(self._member_of(sheet), b"")
        return {(int(row) - 1, _column(letters)): _text(what) for letters, row, what in _ERROR.findall(content)}

    def _refuse_reach(self, n_rows: int, n_columns: int) -> None:
        if n_rows * n_columns > MOST_CELLS:
            message = f"a sheet of it reaches over {n_rows:,} rows and {n_columns:,} columns"
            remedy = "Delete what stands far from the table, or save the sheet as CSV."
            raise refused(self._path, "too-large", message, remedy)

    def _member_of(self, sheet: str) -> str:
        """The name of the member that holds a sheet of an Office workbook, blank if there is none."""
        book = next((name for name in self._members if name.rpartition("/")[2] == "workbook.xml"), "")
        folder = posixpath.dirname(book)
        relations = self._members.get(posixpath.join(folder, "_rels", "workbook.xml.rels"), b"")
        targets = {}
        for (attributes,) in _groups(_RELATION, relations):
            found = _attributes(attributes)
            targets[found.get("Id", "")] = found.get("Target", "")
        for (attributes,) in _groups(_SHEET, self._members.get(book, b"")):
            found = _attributes(attributes)
            if found.get("name") == sheet:
                target = next((targets.get(value, "") for name, value in found.items() if name.endswith(":id")), "")
                return (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
        return ""


_UNTRUSTED = "It was not opened: fetch it from where you trust it."


def damaged(path: Path, reason: str) -> FileError:
    """The FileError for a workbook that cannot be read."""
    message = f"the workbook is damaged: {reason}"
    return refused(path, "damaged", message, "Open it in a spreadsheet program and save it anew, or fetch it again.")


def protected(path: Path) -> FileError:
    """The FileError for a workbook that is encrypted."""
    remedy = "Open it with its password in a spreadsheet program, and save it without one."
    return refused(path, "protected", "it is protected by a password", remedy)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _groups(pattern: re.Pattern[bytes], content: bytes) -> Iterator[tuple[bytes]]:
    return ((match[1],) for match in pattern.finditer(content))


def _attributes(content: bytes) -> dict[str, str]:
    return {name.decode("ascii", "replace"): _text(value) for name, value in _ATTRIBUTE.findall(content)}


def _text(content: bytes) -> str:
    import html

    return html.unescape(content.decode("utf-8", "replace"))


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


def _reach(content: bytes) -> tuple[int, int]:
    """How many rows and columns a sheet of XML needs at most, by the places that it names."""
    columns, rows, n_placed = set[bytes](), 1, 0
    for match in _CELL.finditer(content):
        columns.add(match[1])
        rows = max(rows, int(match[2]))
        n_placed += 1
    widest = max(map(_column, columns), default=0) + 1
    if len(_ANY_CELL.findall(content)) > n_placed:  # cells without a place follow one another in their rows
        parts = re.split(rb"<(?:\w+:)?row[\s>]", content)
        widest += max(len(_ANY_CELL.findall(part)) for part in parts)
        rows += len(parts)
    return rows, widest


def _ods_reach(content: bytes) -> tuple[int, int]:
    """The same of OpenDocument, where cells and rows say how often they are repeated; blank ones at the end do not
    count."""
    most = (0, 0)
    for table in _ODS_TABLE.split(content)[1:]:
        rows = columns = across = waiting_rows = waiting = row_times = 0
        filled = False
        for match in _ODS_REPEATED.finditer(table):
            repeat = _REPEAT.search(match[2])
            times = int(repeat[1]) if repeat else 1
            if match[1] == b"table-row":
                if filled:
                    rows, waiting_rows = rows + waiting_rows + row_times, 0
                else:
                    waiting_rows += row_times
                across = waiting = 0
                filled, row_times = False, times
            elif match[3]:
                waiting += times
            else:
                across, waiting, filled = across + waiting + times, 0, True
                columns = max(columns, across)
        rows += waiting_rows + row_times if filled else 0
        most = max(most, (rows, columns), key=lambda reach: reach[0] * reach[1])
    return most


def _binary_reach(content: bytes) -> tuple[int, int]:
    """The same of a sheet of XLSB: records with a type and a length, a row header (0) before the cells of a row (1 is a
    blank one)."""
    at = rows = columns = 0
    size = len(content)
    while at < size:
        kind, at = _number(content, at, 2)
        length, at = _number(content, at, 4)
        if kind == 0 and at + 4 <= size:
            rows = max(rows, int.from_bytes(content[at : at + 4], "little") + 1)
        elif 2 <= kind <= 11 and at + 4 <= size:
            columns = max(columns, int.from_bytes(content[at : at + 4], "little") + 1)
        at += length
    return rows, columns


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for n in range(most):
        if at >= len(content):
            break
        value |= (content[at] & 0x7F) << (7 * n)
        at += 1
        if not content[at - 1] & 0x80:
            break
    return value, at
