"""Files of registers, made up, as large as those that are published or cut out of them.

`python -m tests.benchmarks.registers KIND PATH N` makes one in a process of its own, whose memory is nobody else's.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from tests.files.registers import affiliation, as_xml, author, orcid, related, ror, tarball

_WORKS = "<c:works>{}</c:works></c:activities-summary>"
_WORK = (
    '<c:group><c:work-summary visibility="public" put-code="{}"><c:source><c:source-name>Made up</c:source-name>'
    "</c:source><c:title><c:title>A made-up work</c:title></c:title><c:publication-date><c:year>2020</c:year>"
    "</c:publication-date></c:work-summary></c:group>"
)


def summaries(path: Path, n: int) -> Path:
    """A tarball of ORCID summaries: three affiliations and thirty works each, 500 organizations."""
    works = _WORKS.format("".join(_WORK.format(work) for work in range(30))).encode()
    members = {}
    for person in range(1, n + 1):
        posts = [
            affiliation(
                "employment" if step else "education",
                person * 10 + step,
                f"Organization {(person * 7 + step * 13) % 500}",
                role="Made-up role",
                country="XX",
                start=(str(2000 + step * 4), "09"),
                end=(str(2004 + step * 4), "08", "31") if step < 2 else None,
            )
            for step in range(3)
        ]
        record = as_xml(orcid(person, *posts)).replace(b"</c:activities-summary>", works)
        members[f"summaries/{person % 1000:03}/{person}.xml"] = record
    return tarball(path, members)


def authors(path: Path, n: int) -> Path:
    """Lines of OpenAlex authors, packed: three affiliations each, 5,000 institutions."""
    with gzip.open(path, "wt", compresslevel=1) as file:
        for person in range(1, n + 1):
            posts = [
                ((person * 7 + step * 13) % 5_000, list(range(2000 + step * 8, 2008 + step * 8))) for step in range(3)
            ]
            counts = [{"year": year, "works_count": 1, "cited_by_count": 2} for year in range(2012, 2025)]
            file.write(json.dumps(author(person, *posts, counts_by_year=counts)) + "\n")
    return path


def organizations(path: Path, n: int) -> Path:
    """A dump of ROR: each but the first ten below another."""
    records = []
    for number in range(n):
        found = ror(0, f"Organization {number}", established=1900 + number % 100)
        found["id"] = f"https://ror.org/0{_signs(number)}"
        found["external_ids"] = [{"type": "grid", "preferred": None, "all": [f"grid.{number}.1"]}]
        if number >= 10:
            found["relationships"] = [{**related("parent", 0), "id": f"https://ror.org/0{_signs(number // 10)}"}]
        records.append(found)
    path.write_text(json.dumps(records, indent=1), "utf-8")
    return path


def _signs(number: int) -> str:
    """Six letters and digits, and two digits, as in an id of ROR."""
    return f"{number:06x}{number % 100:02}"


if __name__ == "__main__":
    _, kind, name, count = sys.argv
    {"summaries": summaries, "authors": authors, "organizations": organizations}[kind](Path(name), int(count))
    print(json.dumps({"made": name}))
