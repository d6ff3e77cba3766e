"""Every format that is read or written. `read` goes by the content first, `write` by the ending of the name."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from app.domain.checks import errors
from app.domain.dataset import Dataset
from app.domain.errors import Fault, FileError, UnsoundError, UsageError
from app.domain.schema import FORMAT, TABLES
from app.files import (
    archive,
    congress,
    csvs,
    factbase,
    graphs,
    native,
    objects,
    openalex,
    openstack,
    orcid,
    organogram,
    organogram_sheets,
    packed,
    popolo,
    register_files,
    registers,
    ror,
    sheets,
    table,
    teams,
    texts,
    wikidata,
)
from app.files.mapping_guess import guessed
from app.files.reading import Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `endings` name it on writing; `write` is None where it is only read.

    read: takes the path, and of a table also what is said of its columns; gives a Reading where the format has warnings
    of its own. recognises: for a dialect of CSV, whether files are of it; alone: whether one file of it can be read
    without the others. begins: whether a file with these first bytes is of it; keys: whether a JSON object with these
    top-level keys is.
    """

    name: str
    about: str
    read: Callable[..., Dataset | Reading]
    write: Callable[[Dataset, Path], None] | None = None
    endings: tuple[str, ...] = ()
    recognises: Callable[[csvs.Tables], bool] | None = None
    alone: bool = False
    begins: Callable[[bytes], bool] | None = None
    keys: Callable[[Set[str]], bool] | None = None


FORMATS = {
    f.name: f
    for f in (
        Format("json", "JSON, one record a line", native.read, native.write, (".json",)),
        Format("json.gz", "the same, packed by gzip", native.read, native.write_packed, (".json.gz",)),
        Format("talentflow", "a zip of Parquet tables, the fastest", packed.read, packed.write, (".talentflow",)),
        Format("csv", "a folder of CSV tables", csvs.read, csvs.write_folder, ("/",)),
        Format("csv.zip", "a zip of CSV tables", csvs.read, csvs.write_zip, (".csv.zip",)),
        Format(
            "factbase",
            "a folder or zip of the fact base's CSV files (read only)",
            factbase.read,
            recognises=factbase.recognises,
        ),
        Format(
            "organogram",
            "a UK government organogram as CSV, or a folder or zip of several (read only)",
            organogram.read,
            recognises=organogram_sheets.recognises,
            alone=True,
        ),
        Format(
            "teams",
            "members of teams as CSV (org, team_path, role, person, start, end), or a folder or zip of it (read only)",
            teams.read,
            recognises=teams.recognises,
            alone=True,
        ),
        Format(
            "table",
            "any table of people, organizations, stints or moves, as CSV or a workbook (read only)",
            table.read,
        ),
        Format("gexf", "a graph in GEXF 1.1 to 1.3 (read only)", graphs.read, begins=graphs.is_gexf),
        Format("graphml", "a graph in GraphML (read only)", graphs.read, begins=graphs.is_graphml),
        Format(
            "graph-unnamed",
            "a graph in GEXF or GraphML, with an unnamed person for each whom a flow counts (read only)",
            graphs.read_with_unnamed,
        ),
        Format(
            "popolo",
            "people, organizations and memberships in Popolo JSON (read only)",
            popolo.read,
            keys=popolo.recognises,
        ),
        Format(
            "openstack",
            "employers of developers, default_data.json of OpenStack (read only)",
            openstack.read,
            keys=openstack.recognises,
        ),
        Format(
            "congress",
            "members of the US Congress and presidents, YAML (read only)",
            congress.read,
            begins=congress.recognises,
        ),
        Format("orcid", "ORCID records in XML or JSON, a folder, zip or tarball of them (read only)", orcid.read),
        Format("openalex", "OpenAlex authors and institutions as JSON (read only)", openalex.read),
        Format("ror", "a dump or single records of ROR as JSON, packed or not (read only)", ror.read),
        Format("wikidata", "entities of Wikidata as JSON, or lines of its dumps (read only)", wikidata.read),
    )
}
"""Formats by the names that `--in` and `--as` take."""

_START = 65_536
_TABLES = (csvs.SUFFIX, ".tsv", ".tab", ".psv")
"""Endings of text tables: what of such a file cannot be read is said, not that it is of no format."""


def read(path: str | Path, in_format: str | None = None) -> Dataset:
    """The dataset in a file or folder, known by its content; `in_format` overrides that.

    FileError where it cannot be read or is of no known format, DataError where its values do not fit the tables,
    UsageError for a format that does not exist.
    """
    return reading(path, in_format).dataset


def reading(path: str | Path, in_format: str | None = None, **said: Any) -> Reading:
    """The same with the warnings of the file itself. said: what `table.read` takes, of a table."""
    place = Path(path)
    chosen = FORMATS[recognised(place)] if in_format is None else _named(in_format, "read")
    if said and chosen.name != "table":
        message = f"what columns, sheets and rows are can be said of a table, not of {chosen.name}"
        raise UsageError(Fault("format", message, "Leave it out, or write --in table.", file=str(place)))
    found = chosen.read(place, **said)
    return found if isinstance(found, Reading) else Reading(found)


def read_sound(path: str | Path, in_format: str | None = None) -> tuple[Dataset, list[Fault]]:
    """A dataset and its warnings, first those of the file. Raises what `read` does, and UnsoundError where the data
    have errors."""
    found = reading(path, in_format)
    return found.dataset, sound(found, path)


def sound(found: Reading, path: str | Path) -> list[Fault]:
    """The warnings of what was read, first those of the file. UnsoundError where the data have errors."""
    faults = found.checked
    if wrong := errors(faults):
        raise UnsoundError(*(fault.at(str(path)) for fault in wrong))
    return faults


def write(dataset: Dataset, path: str | Path, as_format: str | None = None) -> None:
    """Save a dataset in the format of the name's ending, or in `as_format`. FileError where it cannot be written."""
    chosen = FORMATS[target_format(path, as_format)]
    assert chosen.write is not None  # target_format names none that is only read
    chosen.write(dataset, Path(path))


def target_format(path: str | Path, as_format: str | None = None) -> str:
    """The name of the format that a file of this name is written in. UsageError if its ending names none."""
    if as_format is not None:
        return _named(as_format, "written").name
    text = str(path).lower().replace(os.sep, "/")
    written = [f for f in FORMATS.values() if f.write is not None]
    for ending, found in sorted(((e, f) for f in written for e in f.endings), key=lambda pair: -len(pair[0])):
        if text.endswith(ending):
            return found.name
    if Path(path).is_dir():
        message, remedy = "it is a folder", "End the name in / to write a folder of CSV tables."
    else:
        message = "its ending names no format"
        remedy = f"End it in {', '.join(e for f in written for e in f.endings)} or choose a format: {_names(written)}."
    raise UsageError(Fault("format", message, remedy, file=str(path)))


def format_like(path: str | Path, other: Path) -> str:
    """The name of the format that a file of this name is written in; that of another file if its ending names none.

    UsageError where that one is only read, FileError where it is of no known format.
    """
    try:
        return target_format(path)
    except UsageError:
        return _named(recognised(other), "written").name


def recognised(path: Path) -> str:
    """The name of the format of an existing file or folder, by what is in it. FileError if it is none."""
    if path.is_dir():
        return _of_tables(path, "csv")
    start = _beginning(path)
    if sheets.is_workbook(path):
        return "table"
    if start.startswith(archive.MAGIC):
        with archive.opened(path, most=register_files.MOST_FILES, folders=True) as box:
            names = [PurePosixPath(name).name for name in box.names]
        if any(f"{table}{packed.SUFFIX}" in names for table in TABLES):
            return "talentflow"
        if any(name.endswith(csvs.SUFFIX) for name in names):
            return _of_tables(path, "csv.zip")
        if found := registers.recognised(path):
            return found
        raise _unknown(path, "it is a zip file in which no table is known")
    if found := registers.recognised(path):
        return found
    if start.startswith(texts.GZIP):
        return "json.gz"
    if start.startswith(b"PAR1"):
        raise _unknown(path, "it is a single Parquet table")
    for known in FORMATS.values():
        if known.begins is not None and known.begins(start):
            return known.name
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") or path.suffix.lower() == ".json":
        return _of_keys(path, start)
    if not start:
        raise texts.refused(path, "empty", "it is empty", "Open another file, or take this one from a backup.")
    with csvs.opened(path) as tables:
        if found := _dialect(tables):
            return found
    if path.suffix.lower() in _TABLES or _is_text(start):
        return _of_cells(path)
    raise _unknown(path, "it is of no format that is known")


def _of_cells(path: Path) -> str:
    """The name of the format of a text that may be a table of any make; FileError or DataError if it is none that can
    be read as it is."""
    try:
        held = sheets.beginning(path)
    except FileError:
        if path.suffix.lower() in _TABLES:
            raise
        raise _unknown(path, "it is of no format that is known") from None
    if any("id" in held.header and {*held.header} <= {*own.names} for own in TABLES.values()):
        raise _unknown(path, "it is a single CSV table of a dataset", "Give the folder that holds all of its tables.")
    guess = guessed(held)
    if guess.sure:
        return "table"
    if path.suffix.lower() in _TABLES:
        raise table.unplaced(held, guess)
    raise _unknown(path, "it is of no format that is known")


def _of_keys(path: Path, start: bytes) -> str:
    """The name of the format of a JSON file: ours, unless it does not name itself and its keys are those of another."""
    if f'"{FORMAT}"'.encode() in start:
        return "json"
    keys = objects.keys(path)
    return next((f.name for f in FORMATS.values() if f.keys is not None and f.keys(keys)), "json")


def _is_text(start: bytes) -> bool:
    """Whether bytes are the beginning of a text in UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return b"\0" not in start


def _dialect(tables: csvs.Tables) -> str | None:
    """The name of the dialect of CSV files, None if they are of none."""
    for found in FORMATS.values():
        if found.recognises is not None and (found.alone or not tables.alone) and found.recognises(tables):
            return found.name
    return None


def _of_tables(path: Path, otherwise: str) -> str:
    with csvs.opened(path) as tables:
        if found := _dialect(tables):
            return found
        if any(f"{table}{csvs.SUFFIX}" in tables.names for table in TABLES):
            return otherwise
    if of_register := registers.recognised(path):
        return of_register
    raise csvs.no_tables(path)


def _beginning(path: Path) -> bytes:
    """The first bytes of a file."""
    try:
        with path.open("rb") as file:
            return file.read(_START)
    except OSError as error:
        raise texts.read_error(path, error) from error


def _named(name: str, done: str) -> Format:
    fitting = [f for f in FORMATS.values() if done == "read" or f.write is not None]
    for found in fitting:
        if found.name == name:
            return found
    known = name in FORMATS
    message = f"{name} is only read" if known else f"there is no format {name!r}"
    raise UsageError(Fault("format", message, f"Formats that are {done}: {_names(fitting)}."))


def _names(formats: list[Format]) -> str:
    return ", ".join(f.name for f in formats)


def _unknown(path: Path, message: str, remedy: str = "") -> FileError:
    known = "; ".join(f"{f.name}: {f.about}" for f in FORMATS.values())
    return texts.refused(path, "wrong-format", message, remedy or f"What is read: {known}.")
