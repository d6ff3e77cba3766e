"""The board: what it interns, measures once, and orders."""

from __future__ import annotations

from collections.abc import Sequence

from app.pictures.board import Board
from app.scene.marks import Dot, Floats, Label, Path
from app.scene.scene import FontRole, Header, Meta, Scene, Tip
from app.scene.style import Role, Style
from app.scene.tips import Later
from tests.pictures.made import fixed


def closed(board: Board) -> Scene:
    """The Scene of a board without words."""
    meta = Meta("board", "", "", "", ("", ""), "", "", "")
    return board.scene(Header("", "", "", ""), (), None, meta)


def test_by_kind_puts_discs_below_lines_below_words() -> None:
    board = Board((100.0, 100.0), fixed)
    sheet = board.sheet("seats", 1)
    style = Style(Role.SEATED)
    sheet.dot(0, 0, 1, style, key="a")
    with sheet.by_kind() as heap:
        for n in range(3):
            heap.label(n, 0, "x", style, 10, key=f"k{n}")
            heap.line(n, 0, n, 1, style)
            heap.dot(n, 0, 1, style, key=f"k{n}")
    sheet.dot(9, 9, 1, style)
    found = closed(board).layer("seats").marks

    assert [(type(m), len(m)) for m in found] == [(Dot, 1), (Dot, 3), (Path, 3), (Label, 3), (Dot, 1)]
    assert found[1].x.tolist() == [0.0, 1.0, 2.0]


def test_what_is_known_is_not_measured_again() -> None:
    asked: list[list[str]] = []

    def measure(texts: Sequence[str], font: FontRole) -> Floats:
        asked.append(list(texts))
        return fixed(texts, font)

    board = Board((100.0, 100.0), measure)
    board.know(["one", "two", "one"], (10.0, 400))
    board.know(["two"], (10.0, 400))

    assert [board.width(text, (10.0, 400)) for text in ("one", "two", "three", "three")] == [15.0, 15.0, 25.0, 25.0]
    assert asked == [["one", "two"], ["three"]]


def test_a_scene_holds_plain_tips_unless_one_is_made_later() -> None:
    board = Board((100.0, 100.0), fixed)
    sheet = board.sheet("seats", 1)
    sheet.dot(0, 0, 1, Style(Role.SEATED), tip=Tip("Plain"))
    assert closed(board).tips == (Tip("Plain"),)

    board = Board((100.0, 100.0), fixed)
    sheet = board.sheet("seats", 1)
    sheet.dot(0, 0, 1, Style(Role.SEATED), tip=Tip("Plain"))
    later = Later(Tip, "Plain")
    for _ in range(2):
        sheet.dot(0, 0, 1, Style(Role.SEATED), tip=later)
    scene = closed(board)
    assert scene.layer("seats").marks[0].tip.tolist() == [0, 1, 1]
    assert scene.tips == (Tip("Plain"), Tip("Plain"))
