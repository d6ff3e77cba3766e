"""Formats that other programs read and that do not come back as the same dataset: for `convert` and for File > Export
data, never for Save (those are in `registry`)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Fault, UsageError
from app.files import dot_out, gexf_out, graphml_out, jsonld_out, markdowns, parquets, registry, xlsx
from app.files.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class Export:
    """ending: names it, but for formats that share one, of which the first is meant. of_flows: whether it holds flows,
    which a lens, a level and days narrow; the others hold every record."""

    name: str
    about: str
    ending: str
    write: Callable[[Outgoing, Path], None]
    of_flows: bool = False


EXPORTS = {
    export.name: export
    for export in (
        Export("xlsx", "a workbook, one sheet a table", ".xlsx", xlsx.write),
        Export("parquet", "a folder of Parquet tables", ".parquet", parquets.write_folder),
        Export("parquet.zip", "a zip of Parquet tables", ".parquet.zip", parquets.write_zip),
        Export("gexf", "a graph of people and organizations for Gephi", ".gexf", gexf_out.write_people),
        Export("gexf-flows", "a graph of flows for Gephi", ".flows.gexf", gexf_out.write_flows, of_flows=True),
        Export("graphml", "a graph of people and organizations", ".graphml", graphml_out.write_people),
        Export("graphml-flows", "a graph of flows", ".flows.graphml", graphml_out.write_flows, of_flows=True),
        Export("dot", "flows for Graphviz", ".dot", dot_out.write, of_flows=True),
        Export("jsonld", "linked data in the W3C's Organization Ontology", ".jsonld", jsonld_out.write),
        Export("markdown", "tables to read", ".md", markdowns.write),
    )
}
"""By the names that `--as` takes."""


def export_of(path: str | Path, as_format: str | None = None) -> Export | None:
    """What a file of this name is written as; None where it is a format in which a dataset is saved.

    UsageError where neither the ending nor `as_format` names any.
    """
    if as_format is not None and as_format in EXPORTS:
        return EXPORTS[as_format]
    text = str(path).lower().replace(os.sep, "/").removesuffix("/")
    if as_format is None:
        for export in sorted(EXPORTS.values(), key=lambda export: -len(export.ending)):
            if text.endswith(export.ending):
                return export
    try:
        registry.target_format(path, as_format)
    except UsageError as error:
        endings = dict.fromkeys(export.ending for export in EXPORTS.values())
        more = f"For other programs: {', '.join(endings if as_format is None else EXPORTS)}."
        fault = error.fault
        raise UsageError(Fault(fault.code, fault.message, f"{fault.remedy} {more}", file=fault.file)) from None
    return None
