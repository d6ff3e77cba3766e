"""The bundled dataset: known people whose moves are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.analysis.buildout import build_out
from app.analysis.careers import Careers
from app.analysis.figures import Figures
from app.analysis.moves import Moves
from app.analysis.options import Options
from app.analysis.seat_curve import seat_curve
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.files import registry
from tests.analysis.cases import written

BUNDLED = Path(__file__).parent.parent.parent / "data" / "ai-labs.json"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return registry.read(BUNDLED)


def of_person(dataset: Dataset, moves: Moves, person: str) -> list[str]:
    code = dataset["people"]["id"].to_list().index(person)
    ids = dataset["organizations"]["id"]
    own = moves.take(moves.person == code)
    joined = zip(own.joined_lo.tolist(), own.joined_hi.tolist(), strict=True)
    rows = zip(ids.gather(own.origin), ids.gather(own.destination), joined, own.undated, strict=True)
    return [f"{a}>{b} {'undated' if undated else written(*bounds)}" for a, b, bounds, undated in rows]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("rishabh-agarwal", ["google>meta 2025-04", "meta>periodic-labs 2025"]),
        ("christian-szegedy", ["google>xai 2023", "xai>morph-labs 2025-02", "morph-labs>math-inc 2025"]),
        ("lucas-beyer", ["google>openai 2024-12", "openai>meta 2025-06"]),
        ("yann-lecun", ["meta>ami-labs 2025-12"]),
        ("david-silver", ["google>ineffable-intelligence 2026-01-16"]),
        ("john-schulman", ["openai>anthropic 2024-08", "anthropic>thinking-machines-lab 2025-02"]),
        ("jack-rae", ["google>meta 2025-06"]),
        ("igor-babuschkin", ["google>xai 2023", "xai>babuschkin-vc 2025-08"]),
        ("mustafa-suleyman", ["google>greylock 2022-01", "inflection-ai>microsoft 2024-03-19"]),
        ("noam-shazeer", ["google>character-ai 2021", "character-ai>google 2024-08", "google>openai 2026-06"]),
        ("ioannis-antonoglou", ["google>reflection-ai undated"]),
    ],
)
def test_people_move_as_the_sources_tell(dataset: Dataset, person: str, expected: list[str]) -> None:
    assert of_person(dataset, Careers.of(dataset).moves, person) == expected


def test_there_are_about_260_steps_of_which_some_45_are_undated(dataset: Dataset) -> None:
    careers = Careers.of(dataset)
    undated = np.count_nonzero(careers.moves.undated) + np.count_nonzero(careers.unstated.undated)

    assert 250 <= len(careers.moves) + len(careers.unstated) <= 275
    assert 40 <= undated <= 50


def test_the_merger_of_two_labs_moves_nobody(dataset: Dataset) -> None:
    succeeded = Careers.of(dataset, "lab").succeeded
    ids = dataset["organizations"]["id"]

    assert len(succeeded)
    assert set(ids.gather(succeeded.origin)) == {"google-brain"}
    assert set(ids.gather(succeeded.destination)) == {"google-deepmind"}


def test_the_three_of_the_founding_article_are_found_by_a_lens(dataset: Dataset) -> None:
    lens = parse("from:OpenAI to:Meta after:2025-06-26 before:2025-06-27 status:confirmed expertise:vision")
    selection = Figures.of(dataset, Options(lens=lens)).selection
    people = dataset["people"]["id"].filter(selection.people.tolist())

    assert {"lucas-beyer", "alexander-kolesnikov", "xiaohua-zhai"} <= set(people)


def test_the_team_was_built_out_from_nothing(dataset: Dataset) -> None:
    def filled(day: int) -> int:
        return Figures.of(dataset, Options(as_of=day)).build_outs[0].filled

    assert filled(dates.day(2025, 5)) == 0
    assert 0 < filled(dates.day(2025, 7, 10)) < filled(dates.day(2025, 9, 1))


def test_a_known_by_day_changes_the_curve_of_a_team(dataset: Dataset) -> None:
    code = dataset.position("organizations", "meta-superintelligence-labs")
    assert code is not None

    def levels(known_by: str | None) -> list[tuple[int, int]]:
        known = dates.parse(known_by).latest - 1 if known_by else None
        careers = Careers.of(dataset, "organization", known)
        curve = seat_curve(build_out(dataset, careers, dates.day(2026, 6, 28), code))
        days = [dates.day(2025, month, 28) for month in (6, 7, 8, 9)]
        return [(int(curve.at(day)[0].sum()), curve.at(day)[1]) for day in days]

    assert levels("2025-07-10") == [(1, 17), (17, 20), (20, 20), (20, 20)]
    assert levels("2025-08") == [(1, 29), (18, 43), (30, 47), (34, 44)]
    assert levels(None) == [(1, 31), (18, 45), (30, 50), (35, 49)]
