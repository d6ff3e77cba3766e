"""Tips that wait until somebody asks."""

from __future__ import annotations

import pytest

from app.scene.scene import Tip
from app.scene.tips import Later, Tips


def test_a_tip_is_made_when_it_is_asked_for_and_once() -> None:
    asked: list[int] = []

    def make(about: int) -> Tip:
        asked.append(about)
        return Tip("Later")

    tips = Tips([Tip("Now"), Later(make, 1)])
    assert (len(tips), tips[0], asked) == (2, Tip("Now"), [])
    assert [tips[1], tips[-1], *tips] == [Tip("Later"), Tip("Later"), Tip("Now"), Tip("Later")]
    assert asked == [1]


def test_tips_equal_every_sequence_that_says_the_same() -> None:
    tips = Tips([Tip("A"), Later(Tip, "B")])

    assert tips == (Tip("A"), Tip("B"))
    assert (Tip("A"), Tip("B")) == tips
    assert tips == Tips([Later(Tip, "A"), Tip("B")])
    assert tips != (Tip("A"),)
    assert tips != (Tip("A"), Tip("C"))
    assert tips != "AB"
    assert tips[:1] == (Tip("A"),)
    with pytest.raises(IndexError):
        tips[2]
