"""`convert`: a dataset in another format, to be opened again or for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.analysis.coloring import colors
from app.analysis.hierarchy import Hierarchy
from app.cli.options import DEFAULTS, filter_options, flag_of
from app.domain.errors import Fault, UsageError
from app.files.exports import export_of
from app.files.outgoing import Outgoing, command_of
from app.files.registry import read_sound, write
from app.pictures.wording import counted
from app.render.theme import LIGHT, hex_colors


def converted(
    source: str, target: str, in_format: str | None, as_format: str | None, chosen: Mapping[str, Any]
) -> tuple[int, str]:
    """Write one file as another one: (warnings about the file that was read, what was written, in words).

    UsageError for a name that says no format, and for options that mean nothing in it.
    """
    export = export_of(target, as_format)  # a name that says nothing is refused before a large file is read
    if export is None or not export.of_flows:
        _refuse(export.name if export is not None else as_format or Path(target).suffix or target, chosen)
    options = filter_options(chosen)
    dataset, faults = read_sound(Path(source), in_format)
    n_warnings = sum(fault.n for fault in faults if fault.file)  # those of the file, not of the records made of it
    if export is None:
        write(dataset, target, as_format)
        return n_warnings, counted(dataset.n_rows, "record")
    names = Path(source).name, Path(target).name
    command = command_of(*names, options, in_format=in_format, as_format=as_format)
    paint = hex_colors(colors(dataset, Hierarchy.of(dataset)), LIGHT)
    outgoing = Outgoing(dataset, options, command, paint)
    export.write(outgoing, Path(target))
    if export.of_flows:
        n_flows = len(outgoing.figures.flows)
        return n_warnings, f"{counted(outgoing.figures.n_moves, 'move')} in {counted(n_flows, 'flow')}"
    return n_warnings, counted(dataset.n_rows, "record")


def _refuse(name: str, chosen: Mapping[str, Any]) -> None:
    """UsageError for an option that narrows flows, where every record is written."""
    for option, value in chosen.items():
        if value is not None and value != DEFAULTS.get(option):
            message = f"{flag_of(option)} means nothing for {name}, which holds every record"
            remedy = "Leave it away, or write flows: .flows.gexf, .flows.graphml or .dot."
            raise UsageError(Fault("options", message, remedy))
