"""What is claimed, matter by matter."""

from __future__ import annotations

from app.domain.dataset import Dataset
from app.files.registry import read
from app.pictures.matters import NO_TOPIC, matters
from app.places import bundled_dataset
from tests.domain.worlds import dataset


def test_both_sides_stand_together_and_sources_that_repeat_others_do_not_count() -> None:
    sources = [
        {"id": "memo", "publisher": "Memo"},
        {"id": "copy", "publisher": "Copy", "derived_from": "memo"},
        {"id": "again", "publisher": "Again", "derived_from": "copy"},
        {"id": "own", "publisher": "Own"},
    ]
    claims = [
        {"id": "c1", "topic": "size", "text": "Fifty", "stance": "supports", "source_ids": ["memo", "again"]},
        {
            "id": "c2",
            "topic": "size",
            "text": "Sixty",
            "stance": "contradicts",
            "source_ids": ["own"],
            "ruling": "rejected",
        },
        {"id": "c3", "topic": "size", "text": "Denied", "stance": "supports", "status": "denied"},
        {"id": "c4", "text": "Loose", "about": ["people:nobody"], "field": "role", "value": "lead"},
    ]  # fmt: skip
    size, loose = matters(dataset(sources=sources, claims=claims))
    assert (size.topic, size.contested, size.line) == ("size", True, "1 for · 1 against · 1 open")
    assert (size.n_sources, size.n_independent) == (3, 2)
    assert size.evidence == "3 sources, 2 independent"
    assert {said.id: said.derived for said in size.supports[0].sources} == {"memo": False, "again": True}
    assert (loose.topic, loose.neutral[0].gives, loose.neutral[0].about) == (
        NO_TOPIC, "role: lead", (("people:nobody", "nobody"),),
    )  # fmt: skip


def test_every_claim_of_the_bundled_dataset_has_its_place() -> None:
    data = read(bundled_dataset())
    found = matters(data)
    assert sum(len(one.claims) for one in found) == data["claims"].height
    contested = [one.contested for one in found]
    assert contested == sorted(contested, reverse=True)
    assert matters(Dataset.of()) == []
