"""A real sample as a dataset: the employers of OpenStack's developers. See tests/data/openstack/ORIGIN.md."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from app.domain.dataset import Dataset, frame_of
from tests.analysis.cases import Tables, full, tables_of

SAMPLE = Path(__file__).parent.parent / "data" / "openstack" / "stints.csv"


def openstack_tables() -> Tables:
    """Its rows by table."""
    tables = tables_of("")
    tables["people"].clear()
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    companies = {name: f"o{nth:03}" for nth, name in enumerate(sorted({line["company"] for line in lines}))}
    for name, code in companies.items():
        tables["organizations"].append(full("organizations", id=code, name=name))
    for person in sorted({line["person"] for line in lines}):
        tables["people"].append(full("people", id=person, name=person))
    last = {line["person"]: line["seq"] for line in lines}
    for line in lines:
        raw = line["end_date_raw"]
        row = full("stints", id=f"{line['person']}-{line['seq']}", person_id=line["person"], rank=int(line["seq"]))
        row["organization_id"] = companies[line["company"]]
        row["end"] = datetime.strptime(raw, "%Y-%b-%d").date().isoformat() if raw else None
        if not raw and line["seq"] == last[line["person"]]:
            row["end"] = ".."
        tables["stints"].append(row)
    return tables


def openstack() -> Dataset:
    """The same as a Dataset."""
    return Dataset.of({name: frame_of(name, rows) for name, rows in openstack_tables().items() if rows})
