"""A picture carries no more of the font along than its words need."""

from __future__ import annotations

from app.render.faces import font_face


def test_more_letters_more_font() -> None:
    basic, western, latin = (
        font_face(words) for words in (["OpenAI → Meta, 1,234"], ["Zürich", "Genève"], ["Łódź", "Zürich"])
    )
    assert 15_000 < len(basic) < len(western) < len(latin) < 60_000
    assert font_face() == latin
    assert font_face(["Ω"]) == latin
    assert font_face([]) == font_face([""]) == basic
