"""`convert`: a dataset in another format, to be opened again or for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.analysis.coloring import colors
from app.analysis.hierarchy import Hierarchy
from app.cli.reading import report
from app.domain.errors import Fault, UsageError
from app.files.exports import export_of
from app.files.outgoing import Outgoing, command_of
from app.files.registry import reading, sound, write
from app.pictures.wording import counted
from app.render.theme import LIGHT, hex_colors
from app.wishes.options import DEFAULTS, filter_options, flag_of


def converted(
    source: str,
    target: str,
    in_format: str | None,
    as_format: str | None,
    chosen: Mapping[str, Any],
    said: Mapping[str, Any],
) -> tuple[list[str], str]:
    """Write one file as another one: (lines about the file that was read, what was written, in words). chosen: what
    narrows flows; said: what is said of a table that is read.

    UsageError for a name that says no format, and for options that mean nothing in it.
    """
    export = export_of(target, as_format)  # a name that says nothing is refused before a large file is read
    if export is None or not export.of_flows:
        _refuse(export.name if export is not None else as_format or Path(target).suffix or target, chosen)
    options = filter_options(chosen)
    found = reading(Path(source), "table" if said and in_format is None else in_format, **said)
    lines = report(source, found, sound(found, source))
    dataset = found.dataset
    if export is None:
        write(dataset, target, as_format)
        return lines, counted(dataset.n_rows, "record")
    names = Path(source).name, Path(target).name
    command = command_of(*names, options, as_format=as_format, read_as=_read_as(in_format, said))
    paint = hex_colors(colors(dataset, Hierarchy.of(dataset)), LIGHT)
    outgoing = Outgoing(dataset, options, command, paint)
    export.write(outgoing, Path(target))
    if export.of_flows:
        n_flows = len(outgoing.figures.flows)
        return lines, f"{counted(outgoing.figures.n_moves, 'move')} in {counted(n_flows, 'flow')}"
    return lines, counted(dataset.n_rows, "record")


def _read_as(in_format: str | None, said: Mapping[str, Any]) -> list[str]:
    """The options with which the file was read, as they are written."""
    words = ["--in", in_format] if in_format is not None else []
    for name, value in said.items():
        flag = "--map" if name == "columns" else f"--{name}"
        words += [word for each in (value if isinstance(value, tuple) else (value,)) for word in (flag, each)]
    return words


def _refuse(name: str, chosen: Mapping[str, Any]) -> None:
    """UsageError for an option that narrows flows, where every record is written."""
    for option, value in chosen.items():
        if value is not None and value != DEFAULTS.get(option):
            message = f"{flag_of(option)} means nothing for {name}, which holds every record"
            remedy = "Leave it away, or write flows: .flows.gexf, .flows.graphml or .dot."
            raise UsageError(Fault("options", message, remedy))
