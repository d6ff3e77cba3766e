"""Organograms for tests: rows that are made up, written as files, and what was read of them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from app.domain.checks import errors
from app.domain.dataset import Dataset
from app.files import registry
from app.files.reading import Reading

Row = dict[str, Any]


def rows(dataset: Dataset, table: str, **wanted: Any) -> list[Row]:
    found = dataset[table].iter_rows(named=True)
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


SENIOR = ("Post Unique Reference", "Name", "Job Title", "Parent Department", "Organisation", "Unit",
          "Reports to Senior Post", "FTE", "Grade (or equivalent)", "Job/Team Function", "Notes")  # fmt: skip
JUNIOR = ("Organisation", "Unit", "Reporting Senior Post", "Generic Job Title", "Number of Posts in FTE", "source_line")


def written(path: Path, columns: tuple[str, ...], *lines: Row) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({column: line.get(column, "") for column in columns} for line in lines)
    return path


def post(reference: str, name: str, manager: str = "XX", **more: str) -> Row:
    cells = {"Parent Department": "Ministry", "Organisation": "Body", "Unit": "Unit", "FTE": "1",
             "Job Title": f"Head {reference}"}  # fmt: skip
    given = {"Post Unique Reference": reference, "Name": name, "Reports to Senior Post": manager}
    return {**cells, **given, **{key.replace("_", " ").title(): value for key, value in more.items()}}


def snapshots(folder: Path, *days: list[Row]) -> Reading:
    """A body with one senior file a day, half a year apart."""
    for n, lines in enumerate(days):
        written(folder / f"body-{2011 + n // 2}-{('03-31', '09-30')[n % 2]}-senior.csv", SENIOR, *lines)
    found = registry.reading(folder)
    assert errors(found.checked) == []
    return found


def codes(found: Reading) -> list[str]:
    return [fault.code for fault in found.faults]


def holders(found: Reading) -> list[tuple[str, str, str | None, str | None]]:
    names = found.dataset.names("people")
    return sorted(
        (row["seat_id"].removeprefix("seat-body-"), names[row["person_id"]], row["start"], row["end"])
        for row in rows(found.dataset, "stints")
    )
