"""A picture carries no more of the font along than its words need."""

from __future__ import annotations

from app.render.faces import font_face, whole_weights
from app.scene.style import Role, Style


def test_more_letters_more_font() -> None:
    basic, western, latin = (
        font_face(words) for words in (["OpenAI → Meta, 1,234"], ["Zürich", "Genève"], ["Łódź", "Zürich"])
    )
    assert 15_000 < len(basic) < len(western) < len(latin) < 60_000
    assert font_face() == latin
    assert font_face(["Ω"]) == latin
    assert font_face([]) == font_face([""]) == basic


def test_programs_that_know_whole_hundreds_only_are_told_the_nearest_one() -> None:
    """What is not understood is passed over: a program without `@supports` reads the first half only."""
    rules = whole_weights([Style(Role.NODE_NAME), Style(Role.LEGEND), Style(Role.TITLE)])
    assert '[font-weight="650"]{font-weight:700}' in rules.partition("@supports")[0]
    assert '[font-weight="430"]{font-weight:400}' in rules.partition("@supports")[0]
    assert '[font-weight="650"]{font-weight:650}' in rules.partition("@supports")[2]
    assert '"700"' not in rules
    assert whole_weights([Style(Role.TITLE)]) == ""
