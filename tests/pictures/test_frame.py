"""The header of a picture in as much room as there is."""

from __future__ import annotations

import pytest

from app.pictures.board import Board
from app.pictures.frame import framed, header
from app.scene.marks import Label
from app.scene.scene import Header
from app.scene.style import Role
from tests.pictures.made import fixed

WORDS = Header(
    "A finding", "First sentence of some length. A second one. The third", "As of a day", "Left out: nothing"
)


def said(words: Header, width: float) -> dict[Role, list[str]]:
    """What stands in the header of a picture of a width, from above, by role."""
    size = (width, 900.0)
    board, frame = Board(size, fixed), framed(size)
    sheet = board.sheet("header", 0)
    header(board, sheet, frame, words)
    found: dict[Role, list[tuple[float, str]]] = {}
    scene = board.finished()
    for layer in scene:
        for mark in layer.marks:
            if isinstance(mark, Label):
                for style, y, text in zip(mark.style.tolist(), mark.y.tolist(), mark.text, strict=True):
                    found.setdefault(board.styles[style].role, []).append((y, text))
    return {role: [text for _, text in sorted(lines)] for role, lines in found.items()}


@pytest.mark.parametrize(
    ("width", "scope"),
    [
        (1600.0, ["First sentence of some length. A second one. The third"]),
        (440.0, ["First sentence of some length. A second one.", "The third"]),
        (330.0, ["First sentence of some length.", "A second one. The third"]),
        (260.0, ["First sentence of some", "length. A second…"]),
    ],
)
def test_what_does_not_fit_of_the_scope_goes_on_in_the_line_below(width: float, scope: list[str]) -> None:
    found = said(WORDS, width)
    assert found[Role.SCOPE] == scope
    assert found[Role.CONTEXT] == ["As of a day"]
    assert found[Role.LEFT_OUT] == ["Left out: nothing"]


@pytest.mark.parametrize("scope", ["", "Averylongwordwithoutanyblankinitthatfitsnowhereatallinthisheader"])
def test_a_scope_that_cannot_be_parted_is_shortened(scope: str) -> None:
    found = said(Header("A finding of some words", scope, "As of a day", "Left out: nothing"), 330.0)
    shown = found.get(Role.SCOPE, [])
    assert len(shown) == bool(scope)
    assert all(text.endswith("…") and scope.startswith(text[:-1]) for text in shown)
