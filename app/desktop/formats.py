"""The formats that the file dialogs offer, and in which of them a file can be saved."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import FileError, TalentflowError
from app.files.registry import FORMATS, recognised, target_format

READ = "Datasets (*.json *.json.gz *.talentflow *.csv *.csv.zip *.zip);;All files (*)"
IMPORTED = (
    "Files of other programs (*.csv *.tsv *.xlsx *.xls *.ods *.json *.jsonl *.xml *.gexf *.graphml *.yaml *.yml *.zip"
    " *.gz *.tar *.tgz *.talentflow);;All files (*)"
)
WRITTEN = (
    ("JSON, one record a line (*.json)", ".json"),
    ("JSON, packed (*.json.gz)", ".json.gz"),
    ("Talentflow, the fastest (*.talentflow)", ".talentflow"),
    ("CSV tables in a zip (*.csv.zip)", ".csv.zip"),
)


def writable(path: Path) -> bool:
    """Whether a file is in a format that is also written, by its name and by what is in it: the fact base is only read,
    and so is what a register calls .json too. What is not there yet, or can no longer be read, goes by its name."""
    try:
        if path.is_dir():
            return recognised(path) == "csv"
        target_format(path)
    except TalentflowError:
        return False
    try:
        return FORMATS[recognised(path)].write is not None
    except FileError:
        return True


def with_ending(name: str, ending: str) -> Path:
    """The name, with the ending of the chosen format where it has none of a format."""
    try:
        target_format(name)
    except TalentflowError:
        return Path(name + ending)
    return Path(name)
