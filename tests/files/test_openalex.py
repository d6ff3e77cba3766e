"""OpenAlex: years in which works name somebody somewhere are no dates of coming and going."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import FileError, TalentflowError
from app.files import registry
from app.files.openalex_years import dated, told
from app.files.reading import Reading
from app.pictures.gathered import Gathered
from tests.files.made import mutated, put, same
from tests.files.organograms import rows
from tests.files.registers import an_orcid, author, institution


def of(path: Path, *objects: dict[str, Any]) -> Reading:
    return registry.reading(put(path / "o.json", json.dumps(list(objects))))


def spans(dataset: Dataset) -> dict[str, tuple[str | None, str | None, bool | None]]:
    names = dataset.names("organizations")
    return {
        names[row["organization_id"]]: (row["start"], row["end"], row["order_stated"])
        for row in rows(dataset, "stints")
    }


def moves(dataset: Dataset) -> int:
    gathered = Gathered.of(dataset, Options())
    return len(gathered.moves.joined_lo)


def test_objects_lists_lines_pages_and_packed_files_hold_the_same(tmp_path: Path):
    objects = [author(1, (1, [2016])), author(2, (1, [2017])), institution(1)]
    dataset = of(tmp_path, *objects).dataset
    assert registry.recognised(tmp_path / "o.json") == "openalex"
    texts = ("\n".join(map(json.dumps, objects)), json.dumps({"meta": {"count": 3}, "results": objects}, indent=2))
    for text in texts:
        assert same(registry.read(put(tmp_path / "o.json", text)), dataset)
    assert same(registry.read(put(tmp_path / "o.json", gzip.compress(texts[0].encode()))), dataset)


def test_an_author_has_the_ids_of_all_registers(tmp_path: Path):
    found = of(tmp_path, author(1, (2, [2016]), topics=[{"display_name": "Made-up topic"}], ids={"wikidata": "Q7"}))
    [person] = rows(found.dataset, "people")
    assert (person["openalex"], person["orcid"], person["wikidata"]) == ("A1", an_orcid(1), "Q7")
    assert (person["expertise"], person["aliases"]) == (["Made-up topic"], ["A. 1"])
    [body] = rows(found.dataset, "organizations")
    assert json.loads(body["extra"])["ids"] == {"openalex": "I2", "ror": "https://ror.org/0abcdef02"}
    assert (body["kind"], body["hq_country"]) == ("university", "XX")
    [source] = rows(found.dataset, "sources")
    assert (source["published"], source["url"]) == ("2025-01-31", "https://openalex.org/A1")
    assert found.ignored == (("works_count", 1),)


def test_years_never_become_exact_and_an_end_needs_a_later_year_elsewhere(tmp_path: Path):
    found = of(tmp_path, author(1, (1, [2019, 2017, 2016]), (2, [2020, 2024]))).dataset
    assert spans(found) == {"Institute 1": ("2016?", "2019?", None), "Institute 2": ("2020?", None, None)}
    assert {row["notes"] for row in rows(found, "stints")} == {
        "Named there by works of 2016–2017, 2019", "Named there by works of 2020, 2024",
    }  # fmt: skip
    assert moves(found) == 1


def test_a_visit_beside_a_lasting_affiliation_is_no_move(tmp_path: Path):
    found = of(tmp_path, author(1, (1, list(range(2010, 2025))), (2, [2015, 2016]))).dataset
    assert spans(found) == {"Institute 1": ("2010?", None, None), "Institute 2": ("2015?", "2016?", False)}
    assert moves(found) == 0


@given(
    st.lists(st.lists(st.integers(1990, 2024), min_size=1, max_size=6).map(lambda y: tuple(sorted(set(y)))), max_size=5)
)
def test_whoever_is_named_in_a_year_may_be_there_in_that_year_and_is_never_certain_before_it(
    given: list[tuple[int, ...]],
):
    newest = max((years[-1] for years in given), default=0)
    for years, when in zip(given, dated(given), strict=True):
        start, end = dates.parse(when.start), dates.parse(when.end)
        assert start.uncertain
        assert start.latest == dates.day(years[0] + 1)
        assert (when.end == "") == (years[-1] == newest)
        assert end.latest >= dates.day(years[-1] + 1)
        said = {y for run in told(years).split(", ") for y in range(int(run[:4]), int(run[-4:]) + 1)}
        assert said == set(years)


def test_institutions_stand_below_their_parents(tmp_path: Path):
    found = of(
        tmp_path,
        institution(1, display_name="Top"),
        institution(2, lineage=["https://openalex.org/I2", "https://openalex.org/I1"]),
        institution(3, lineage=[f"https://openalex.org/I{n}" for n in (3, 1, 2)]),
        institution(
            4,
            display_name_acronyms=["IF"],
            display_name_alternatives=["Fourth"],
            geo={"city": "Nowhere"},
            ids={"grid": "grid.4.4", "wikidata": "https://www.wikidata.org/wiki/Q44"},
            associated_institutions=[
                institution(1, relationship="parent"),
                institution(3, relationship="related"),
                institution(9, relationship="child"),
            ],
        ),
    )
    by_name = {row["name"]: row for row in rows(found.dataset, "organizations")}
    assert {name: row["parent_id"] for name, row in by_name.items()} == {
        "Top": None, "Institute 2": "top", "Institute 3": "institute-2", "Institute 4": "top",
    }  # fmt: skip
    fourth = by_name["Institute 4"]
    assert (set(fourth["aliases"]), fourth["hq_city"]) == ({"IF", "Fourth"}, "Nowhere")
    assert json.loads(fourth["extra"])["ids"]["grid"] == "grid.4.4"
    assert dict(found.ignored)["institutions that are not in the file, as parent or child"] == 1


def test_institutions_below_themselves_are_told(tmp_path: Path):
    above = [institution(1, associated_institutions=[institution(2, relationship="parent")])]
    below = [institution(2, associated_institutions=[institution(1, relationship="parent")])]
    found = of(tmp_path, *above, *below)
    assert [fault.code for fault in found.faults] == ["circle"]
    assert not [fault for fault in found.checked if fault.severity == "error"]


def test_one_author_is_one_person_and_the_newer_counts(tmp_path: Path):
    newer = author(1, (2, [2020]), updated_date="2025-06-01")
    for objects in ((author(1, (1, [2020])), newer), (newer, author(1, (1, [2020])))):
        found = of(tmp_path, *objects)
        assert list(spans(found.dataset)) == ["Institute 2"]
        assert [fault.code for fault in found.faults] == ["passed-over"]


def test_works_and_messages_of_errors_are_refused(tmp_path: Path):
    with pytest.raises(FileError, match="no OpenAlex author"):
        of(tmp_path, {"id": "https://openalex.org/W1", "display_name": "A paper"})
    with pytest.raises(FileError, match="message of an error"):
        registry.read(put(tmp_path / "o.json", '{"error": "Invalid query", "message": "no"}'), "openalex")


def test_a_damaged_file_is_told_and_never_a_crash(tmp_path: Path):
    content = json.dumps([author(1, (1, [2016, 2017]), (2, [2018])), institution(2)], indent=1).encode()

    @settings(max_examples=150, deadline=10_000)
    @given(mutated(content))
    def damaged(changed: bytes) -> None:
        with suppress(TalentflowError):
            found = registry.reading(put(tmp_path / "o", changed), "openalex")
            assert not [fault for fault in found.checked if fault.severity == "error"]

    damaged()
