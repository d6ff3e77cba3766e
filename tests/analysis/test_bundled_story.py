"""The story that comes with the program says only what can be counted in the bundled dataset."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.domain.stories import Step, stories
from app.files.registry import read
from app.places import bundled_dataset
from app.session.telling import Teller, faults

JUNE = dates.day(2025, 6, 30)


@pytest.fixture(scope="module")
def data() -> Dataset:
    return read(bundled_dataset())


@pytest.fixture(scope="module")
def steps(data: Dataset) -> tuple[Step, ...]:
    (story,) = stories(data)
    return story.steps


def figures(data: Dataset, lens: str = "", as_of: int | None = None) -> dict[str, Any]:
    return summary(data, Options(lens=parse(lens), as_of=as_of))


def numbers(text: str) -> list[int]:
    """The numbers of a text without its dates."""
    plain = re.sub(r"\b\d{1,2} (?:May|June|July) \d{4}", "", text)
    return [int(number) for number in re.findall(r"\d+", plain)]


def test_it_begins_with_all_moves_before_the_hiring(data: Dataset, steps: tuple[Step, ...]) -> None:
    found = figures(data, "before:2025-06")
    net = {row["organization"]: row for row in found["net"]}
    most_in, most_out = max(net.values(), key=lambda row: row["in"]), max(net.values(), key=lambda row: row["out"])
    assert (most_in["organization"], most_out["organization"]) == ("openai", "google")
    scope = Teller(data, (1000, 600), stories(data)[0]).told(0).scene().header.scope
    assert numbers(steps[0].text) == [*numbers(scope)[:2], most_in["in"], most_out["out"]]
    assert numbers(scope)[0] == found["moves"]


def test_who_went_from_openai_to_meta_by_june(data: Dataset, steps: tuple[Step, ...]) -> None:
    (flow,) = figures(data, "from:OpenAI to:Meta status:confirmed before:2025-07")["flows"]
    (all_of_it,) = figures(data, "from:OpenAI to:Meta before:2025-07")["flows"]
    assert numbers(steps[1].text) == [flow["moves"]] == [all_of_it["moves"]]
    assert steps[1].focus == (f"flow:{flow['from']}>{flow['to']}",)


def test_how_many_seats_were_filled(data: Dataset, steps: tuple[Step, ...]) -> None:
    (then,) = figures(data, as_of=JUNE)["buildout"]
    came = {row["from"]: row["people"] for row in then["by_origin"]}
    assert numbers(steps[2].head) == [then["filled"], then["seats"]]
    assert numbers(steps[2].text) == [then["filled"], then["possible"], then["filled"], came["openai"], came["google"]]
    (now,) = figures(data)["buildout"]
    came = {row["from"]: row["people"] for row in now["by_origin"]}
    assert numbers(steps[3].head) == [now["filled"], now["over"]]
    origins = [came[name] for name in ("openai", "google", "apple", "scale-ai")]
    assert numbers(steps[3].text) == [now["filled"], now["over"], now["seats"], now["left"], *origins]


def test_who_answers_to_whom(data: Dataset, steps: tuple[Step, ...]) -> None:
    scope = Teller(data, (1000, 600), stories(data)[0]).told(4).scene().header.scope
    assert numbers(steps[4].text) == numbers(scope)[:2]


def test_who_left_since(data: Dataset, steps: tuple[Step, ...]) -> None:
    found = figures(data, "from:Meta after:2025-07")
    counts = sorted((flow["moves"] for flow in found["flows"]), reverse=True)
    assert numbers(steps[5].text) == [found["moves"], *counts]
    first = max(found["flows"], key=lambda flow: flow["moves"])
    assert first["to"] == "openai"


def test_every_step_can_be_shown(data: Dataset, steps: tuple[Step, ...]) -> None:
    teller = Teller(data, (1000, 600), stories(data)[0])
    for number, step in enumerate(steps):
        assert faults(step) == ()
        assert teller.told(number).scene().header.title
