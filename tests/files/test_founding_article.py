"""The article that the project begins with: each of its elements is in the bundled dataset, with a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.dataset import Dataset
from app.files import registry

BUNDLED = Path(__file__).parents[2] / "data" / "ai-labs.json"
TRIO = ("lucas-beyer", "alexander-kolesnikov", "xiaohua-zhai")
TEAM = "meta-superintelligence-labs"

Row = dict[str, Any]


@pytest.fixture(scope="module")
def data() -> Dataset:
    return registry.read(BUNDLED)


def row(data: Dataset, table: str, row_id: str) -> Row:
    found = data.row(table, row_id)
    assert found is not None
    assert found["source_ids"]
    return found


def relations(data: Dataset, origin: str, target: str) -> list[Row]:
    rows = data["relations"].iter_rows(named=True)
    return [r for r in rows if (r["from_id"], r["to_id"]) == (origin, target) and r["source_ids"]]


def path(data: Dataset, person: str) -> list[Row]:
    rows = [r for r in data["stints"].iter_rows(named=True) if r["person_id"] == person and r["source_ids"]]
    return sorted(rows, key=lambda r: r["rank"])


def sides(data: Dataset, topic_of: str) -> dict[str, set[str]]:
    """The claims of one topic by their stance."""
    topic = row(data, "claims", topic_of)["topic"]
    found: dict[str, set[str]] = {}
    for claim in data["claims"].iter_rows(named=True):
        if claim["topic"] == topic:
            found.setdefault(claim["stance"], set()).add(claim["id"])
    return found


def test_the_article_itself_is_a_source(data: Dataset):
    article = data.row("sources", "seed")
    assert article is not None
    assert article["published"] == "2025-06"


@pytest.mark.parametrize("person", TRIO)
def test_the_three_researchers_and_their_path(data: Dataset, person: str):
    assert row(data, "people", person)["expertise"]
    steps = path(data, person)[-4:]
    assert [step["organization_id"] for step in steps] == ["google-brain", "google-deepmind", "openai", TEAM]
    assert steps[2]["unit"] == "Zurich office"
    assert (steps[2]["end"], steps[3]["start"], steps[3]["announced"]) == ("2025-06", "2025-06", "2025-06-26")
    assert row(data, "seats", steps[3]["seat_id"])["organization_id"] == TEAM


def test_their_fields_of_work(data: Dataset):
    fields = " ".join(field for person in TRIO for field in row(data, "people", person)["expertise"])
    for field in ("computer vision", "multimodal", "vision-language", "representation learning"):
        assert field in fields


def test_a_team_of_about_fifty(data: Dataset):
    [target] = data["targets"].iter_rows(named=True)
    assert (target["organization_id"], target["seats"], target["notes"]) == (TEAM, 50, "about")
    assert "seed" in target["source_ids"]


def test_zuckerberg_recruits_in_person(data: Dataset):
    assert path(data, "mark-zuckerberg")[0]["organization_id"] == "meta"
    claim = row(data, "claims", "c-recruiting-party")
    assert "seed" in claim["source_ids"]
    assert claim["stance"] == "supports"


def test_the_group_called_recruiting_party(data: Dataset):
    text = row(data, "claims", "c-recruiting-party")["text"]
    assert "WhatsApp" in text
    assert "Recruiting Party" in text


def test_altman_says_that_the_best_are_sought_and_that_none_has_gone(data: Dataset):
    found = sides(data, "c-altman-poach")
    assert "c-altman-poach" in found["supports"]
    assert "c-best-people" in found["contradicts"]
    assert row(data, "claims", "c-altman-poach")["said_by"] == row(data, "people", "sam-altman")["name"]


def test_the_investment_in_scale_ai(data: Dataset):
    [deal] = relations(data, "meta", "scale-ai")
    assert (deal["kind"], deal["amount_usd"], deal["stake_pct"]) == ("investment", 14.3e9, 49.0)


@pytest.mark.parametrize(
    ("origin", "target", "kind"),
    [("microsoft", "openai", "investment"), ("gemini", "google", "product-of"), ("amazon", "anthropic", "investment")],
)
def test_the_alliances_of_the_other_platforms(data: Dataset, origin: str, target: str, kind: str):
    assert kind in {deal["kind"] for deal in relations(data, origin, target)}
    assert "seed" in row(data, "claims", "c-alliances")["source_ids"]


@pytest.mark.parametrize("product", ["llama", "meta-social-platforms", "meta-ai-assistant", "ray-ban-meta"])
def test_the_products_of_meta(data: Dataset, product: str):
    organization = row(data, "organizations", product)
    assert (organization["kind"], organization["parent_id"]) == ("product-team", "meta")
    assert [deal["kind"] for deal in relations(data, product, "meta")] == ["product-of"]


def test_where_the_model_is_to_serve_first(data: Dataset):
    about = row(data, "claims", "c-products")["about"]
    for product in ("meta-social-platforms", "meta-ai-assistant", "ray-ban-meta"):
        assert f"organizations:{product}" in about


def test_llama_does_not_satisfy(data: Dataset):
    claim = row(data, "claims", "c-llama-unsatisfied")
    assert claim["about"] == ["organizations:llama"]
    assert "seed" in claim["source_ids"]


def test_the_open_source_aim_and_what_speaks_against_it(data: Dataset):
    found = sides(data, "c-open-agi")
    assert {"c-open-agi", "c-closed-rivals"} <= found["supports"]
    assert "c-muse-closed" in found["contradicts"]


def test_the_strategy_of_three_prongs(data: Dataset):
    text = row(data, "claims", "c-strategy")["text"]
    for prong in ("open-source technology", "computing power", "top people"):
        assert prong in text


@pytest.mark.parametrize(
    ("claim", "says", "denies"),
    [
        ("c-bonus", {"c-bonus"}, {"c-bonus-cto", "c-bonus-trio"}),
        ("c-size-50", {"c-size-50"}, {"c-size-msl-3400"}),
        ("c-seed-crossteam", {"c-seed-crossteam"}, {"c-zurich-founders"}),
    ],
)
def test_contested_statements_stand_with_both_sides(data: Dataset, claim: str, says: set[str], denies: set[str]):
    found = sides(data, claim)
    assert says <= found["supports"]
    assert denies <= found["contradicts"]
