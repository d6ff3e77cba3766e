"""Organograms of the UK government → a Dataset: who holds which senior post, who answers to whom, staff under each.

Read from one CSV file, or a folder or zip of them: senior and junior files of one or several departments and days
(`organogram_sheets`). Departments, organisations and units are organizations (`organogram_bodies`), posts are seats
with lines between them (`organogram_posts`), names are people with stints from snapshot to snapshot
(`organogram_people`), numbers of junior staff are claims (`organogram_staff`). Whatever contradicts itself in the files
is read as far as it goes and told as a warning.
"""

from __future__ import annotations

from pathlib import Path

from app.domain.dataset import Row
from app.files import csvs
from app.files.idents import Ids
from app.files.organogram_bodies import Bodies
from app.files.organogram_people import Holders
from app.files.organogram_posts import Posts
from app.files.organogram_sheets import series, sheets
from app.files.organogram_staff import Staff
from app.files.reading import Reading, Warnings
from app.files.texts import refused


def read(path: Path) -> Reading:
    """The Dataset of organograms, and what is doubtful in their files.

    FileError where a file cannot be read or none is an organogram, DataError where a file lacks a column or a row of it
    has too many cells or too few.
    """
    ids, warnings = Ids(), Warnings()
    with csvs.opened(path) as tables:
        found, sources = sheets(tables, ids, warnings)
    if not found:
        raise refused(
            path, "no-tables", "it holds no organogram", "Name its files <department>-<YYYY-MM-DD>-senior.csv."
        )
    departments = series(found)
    bodies = Bodies(ids, warnings, departments)
    rows: dict[str, list[Row]] = {name: [] for name in ("people", "stints", "seats", "reports", "claims")}
    for department in departments:
        posts = Posts(department, bodies, ids, warnings)
        holders = Holders(posts, bodies, ids, warnings)
        rows["people"] += holders.people()
        rows["stints"] += holders.stints()
        rows["seats"] += posts.seats()
        rows["reports"] += posts.reports()
        rows["claims"] += Staff(posts, bodies, ids, warnings).claims()
    rows["organizations"] = bodies.rows()
    rows["sources"] = sources
    return warnings.reading(rows)
