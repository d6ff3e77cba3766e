"""What an edit makes wrong is found by a look at few records: the same as a check of everything finds."""

from __future__ import annotations

import pytest

from app.analysis.consequences import new_faults
from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply, drop, put
from app.domain.errors import Fault
from app.files.registry import read
from app.places import bundled_dataset
from app.session.document import Document
from tests.session.walking import Walker

Told = tuple[str, str, str, str]


def told(fault: Fault) -> Told:
    """A circle may be told from any of its records."""
    return fault.code, fault.table, "" if fault.code == "cycle" else fault.id, fault.field


def found(before: Dataset, after: Dataset, edit: Edit) -> tuple[set[Told], set[Told]]:
    """What is new by a look at few records, and by a check of everything."""
    was = {(told(fault), fault.code != "cycle" and fault.message) for fault in check(before)}
    every = {told(fault) for fault in check(after) if (told(fault), fault.code != "cycle" and fault.message) not in was}
    return {told(fault) for fault in new_faults(before, after, edit)}, every


@pytest.mark.parametrize("seed", range(4))
def test_few_records_tell_as_much_as_all(seed: int) -> None:
    document = Document(read(bundled_dataset()), None, "bundled")
    walker = Walker(seed)
    for _ in range(25):
        edit = walker.edit(document)
        if edit.n_rows > 200:
            continue
        before = document.dataset
        document = document.done(edit)
        few, every = found(before, document.dataset, edit)
        assert few == every, edit.name


def test_a_circle_is_found_however_far_round_it_leads() -> None:
    organizations = [{"id": f"o{n}", "name": f"O{n}", "parent_id": f"o{n + 1}" if n < 9 else None} for n in range(10)]
    before = apply(Dataset.of(), put(Dataset.of(), "Made up", {"organizations": organizations}))
    edit = put(before, "Close it", {"organizations": [{**organizations[9], "parent_id": "o0"}]})
    (fault,) = [one for one in new_faults(before, apply(before, edit), edit) if one.code == "cycle"]
    assert fault.table == "organizations"


def test_who_names_what_is_removed_is_told() -> None:
    dataset = read(bundled_dataset())
    edit = drop(dataset, "Drop", {"organizations": ["openai"]})
    after = apply(dataset, edit)
    few, every = found(dataset, after, edit)
    assert few == every
    assert ("dangling", "claims", "c-best-people", "about") in few
    assert new_faults(dataset, dataset, Edit("Nothing")) == ()
