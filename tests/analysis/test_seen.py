"""The last seen day of stints."""

from __future__ import annotations

from app.analysis.seen import last_seen
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.dates import PAST


def seen(known_by: str = "") -> dict[str, int]:
    """Last seen day by stint: of two sources, of one, of an undated one, of one that is nowhere, of none."""
    cited = {"two": ["new", "old"], "one": ["old"], "undated": ["blank"], "lost": ["gone"], "none": []}
    stints = [{"id": i, "person_id": "ada", "organization_id": "lab", "source_ids": s} for i, s in cited.items()]
    sources = [{"id": "old", "published": "2024-03-05"}, {"id": "new", "published": "2025-06"}, {"id": "blank"}]
    rows = {"people": [{"id": "ada"}], "organizations": [{"id": "lab"}], "stints": stints, "sources": sources}
    data = Dataset.of({table: frame_of(table, some) for table, some in rows.items()})
    ids = data["stints"].get_column("id").gather(data.index.row).to_list()
    found = last_seen(data, dates.parse(known_by).latest - 1 if known_by else None)
    return dict(zip(ids, found.tolist(), strict=True))


def test_a_stint_was_last_seen_on_the_day_of_its_newest_source() -> None:
    old, new = (dates.parse(day).earliest for day in ("2024-03-05", "2025-06-01"))

    assert seen() == {"two": new, "one": old, "undated": PAST, "lost": PAST, "none": PAST}


def test_sources_published_after_the_known_by_day_are_passed_over() -> None:
    old = dates.parse("2024-03-05").earliest

    assert seen("2025-06-29") == {"two": old, "one": old, "undated": PAST, "lost": PAST, "none": PAST}
    assert seen("2025-06")["two"] == dates.parse("2025-06").earliest
    assert len(last_seen(Dataset.of({}))) == 0
