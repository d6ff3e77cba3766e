"""Where the people of several teams came from: one column an origin, the same for all, one dot a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.buildout import INTERNAL, POSSIBLE, UNKNOWN
from app.pictures import wording
from app.pictures.avatar import empty_place, point
from app.pictures.board import Board, Sheet
from app.pictures.seat_counts import DOT, PITCH, OriginRow
from app.pictures.seat_layers import Group, arranged
from app.pictures.seat_places import Place
from app.pictures.seat_tips import NAMED
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style
from app.scene.tips import Later

if TYPE_CHECKING:
    from app.pictures.team_compare import Compared

COLUMN, LEAST_PITCH = 58.0, 2.5
"""Width that a column takes at least; from dot to dot, at least: closer ones are a bar."""
ABOVE, BELOW = 22.0, 6.0
"""Room for the count above the dots of a cell, and what stays free below them."""
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Column:
    """People from one origin, or from several small ones, in all teams. organization: whose colour the head wears."""

    label: str
    organization: str
    origins: tuple[str, ...]


def columns(teams: Sequence[Compared], colors: Mapping[str, str], most: int, named: int | None) -> tuple[Column, ...]:
    """The origins of all teams, in the order in which curves stack them: those with a colour, grey ones by size, the
    small ones together, people from inside, people of whom nobody says. most: columns at most; named: origins that
    stand for themselves at most, if somebody says."""
    totals: Counter[str] = Counter()
    for team in teams:
        totals.update(dict.fromkeys(team.curve.origins, 0))
        totals.update(place.origin for place in team.places if not place.empty)
    last = [origin for origin in (INTERNAL, UNKNOWN) if origin in totals]
    kept, small = arranged(colors, totals, named, max(most - len(last), 2))
    holding = teams[0].holding
    found = [Column(holding.origin_label(origin), origin, (origin,)) for origin in kept]
    if small:
        found.append(Column(wording.counted(len(small), "other"), "", tuple(small)))
    return (*found, *(Column("inside" if origin == INTERNAL else "not known", "", (origin,)) for origin in last))


def layers(team: Compared, found: Sequence[Column]) -> list[Group]:
    """The columns as layers of a team's curve, in their order; those from inside in the team's own colour."""
    number = {origin: at for at, origin in enumerate(team.curve.origins)}
    groups = []
    for column in found:
        own = tuple(number[origin] for origin in column.origins if origin in number)
        inside = column.origins == (INTERNAL,)
        groups.append(Group(column.label, team.holding.own if inside else column.organization, own))
    return groups


def draw(
    board: Board,
    sheet: Sheet,
    at: tuple[float, float, float, float],
    tops: Sequence[float],
    tall: float,
    teams: Sequence[Compared],
    found: Sequence[Column],
    s: float,
) -> None:
    """Set heads into the top of `at` (x, y, w, h: the height of the heads), and below, at each of `tops`, the people
    of a team. Dots are as large as they can be so that every cell holds its own; where they would be points, a bar."""
    x, y, w, h = at
    shown = [column for column in found if any(_of(team, column) for team in teams)]
    has_open = any(place.empty for team in teams for place in team.places)
    wide = w / max(len(shown) + has_open, 1)
    for nth, column in enumerate(shown):
        n_people = sum(len(_of(team, column)) for team in teams)
        n_teams = sum(bool(_of(team, column)) for team in teams)
        tip = Tip(f"{column.label}: {wording.people(n_people)} in {wording.counted(n_teams, 'team')}")
        _head(board, sheet, column, x + nth * wide, y + h, wide, s, tip)
    if has_open:
        tip = Tip("Places that nobody holds yet")
        _head(board, sheet, Column("still open", "", ()), x + len(shown) * wide, y + h, wide, s, tip)
    cells = [(team, column, _of(team, column)) for team in teams for column in shown]
    size = (wide - 8 * s, tall - (ABOVE + BELOW) * s)
    largest = max((len(places) for *_, places in cells), default=0)
    pitch = _pitch(largest, size, s)
    for team, top in zip(teams, tops, strict=True):
        for nth, column in enumerate(shown):
            _cell(sheet, team, column, _of(team, column), (x + nth * wide, top, *size), pitch, largest, s)
        if has_open:
            _open(sheet, team, (x + len(shown) * wide, top, *size), pitch, s)


def _of(team: Compared, column: Column) -> list[Place]:
    return [place for place in team.places if place.origin in column.origins and not place.empty]


def _head(board: Board, sheet: Sheet, column: Column, x: float, base: float, wide: float, s: float, tip: Tip) -> None:
    """The name of a column in one line or two, a dot in its colour above it."""
    lines = board.wrapped(column.label, (10.5 * s, 500), wide - 4 * s)[:2]
    key = f"organizations:{column.organization}" if column.organization else f"group:origin:{column.label}"
    if column.organization:
        sheet.dot(
            x + 4 * s, base - (23 + 13 * (len(lines) - 1)) * s, 4 * s, point(column.organization), key=key, tip=tip
        )
    for nth, line in enumerate(lines):
        style = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG)
        sheet.label(x, base - (6 + 13 * (len(lines) - 1 - nth)) * s, line, style, 10.5 * s, key=key, tip=tip)


def _pitch(largest: int, size: tuple[float, float], s: float) -> float:
    """From dot to dot, so that so many fit into a cell; 0 if not even the smallest ones do."""
    for pitch in np.arange(PITCH, LEAST_PITCH, -0.5).tolist():
        if int(size[0] // (pitch * s)) * int(size[1] // (pitch * s)) >= largest:
            return float(pitch) * s
    return 0.0


def _cell(
    sheet: Sheet, team: Compared, column: Column, places: list[Place], at: tuple[float, float, float, float],
    pitch: float, largest: int, s: float,
) -> None:  # fmt: skip
    """How many people of a team came from an origin, and each of them: full if certain, a tint if perhaps, hollow if
    they have left."""
    if not places:
        return
    x, y, w, _ = at
    key, tip = f"cell:{_slug(column)}>{team.id}", Later(partial(_told, team, column), places)
    words = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG)
    sheet.label(x, y + 15 * s, _count(places), words, 11 * s, key=key, tip=tip)
    if not pitch:
        style = Style(Role.BAR, column.organization) if column.organization else Style(Role.BAR_OTHER)
        sheet.box(x, y + ABOVE * s, max(w * len(places) / largest, s), 8 * s, style, key=key, tip=tip)
        return
    per = int(w // pitch)
    r = min(DOT * s, 0.385 * pitch)
    order = sorted(places, key=lambda p: (p.gone, p.state == POSSIBLE, not p.lit))
    for nth, place in enumerate(order):
        line, across = divmod(nth, per)
        vague = place.state == POSSIBLE
        style = point(place.organization, gone=place.gone, vague=vague, quiet=not place.lit)
        radius = max(r - (0.75 * s if place.gone or vague else 0.0), 0.6)
        sheet.dot(x + (across + 0.5) * pitch, y + ABOVE * s + (line + 0.5) * pitch, radius, style,
                  key=place.key, tip=place.tip)  # fmt: skip


def _open(sheet: Sheet, team: Compared, at: tuple[float, float, float, float], pitch: float, s: float) -> None:
    """How many places nobody holds yet, and as many rings, if there is room for them."""
    x, y, w, h = at
    empty = [place for place in team.places if place.empty]
    if not empty:
        return
    told = Tip(f"{team.name}: {wording.counted(len(empty), 'place')} still open")
    key = f"cell:{OPEN}>{team.id}"
    sheet.label(x, y + 15 * s, f"{len(empty):,}", Style(Role.CAPTION), 11 * s, key=key, tip=told)
    per = int(w // pitch) if pitch else 0
    if not per or len(empty) > per * int(h // pitch):
        return
    r = min(DOT * s, 0.385 * pitch) - 0.75 * s
    for nth, place in enumerate(empty):
        line, across = divmod(nth, per)
        middle = (x + (across + 0.5) * pitch, y + ABOVE * s + (line + 0.5) * pitch)
        planned = place.stated == "planned"
        empty_place(sheet, *middle, max(r, 0.6), planned=planned, key=_own_key(place, team), tip=place.tip)


def _own_key(place: Place, team: Compared) -> str:
    """The key of an empty place; those without a record are told apart by their team."""
    return f"{place.key}:{team.id}" if place.key.startswith("group:") else place.key


def _count(places: Sequence[Place]) -> str:
    """`7`, or `7–9` where up to nine may be there."""
    sure = sum(not place.gone and place.state != POSSIBLE for place in places)
    most = sum(not place.gone for place in places)
    return f"{sure:,}–{most:,}" if most > sure else f"{sure:,}"


def _slug(column: Column) -> str:
    return column.origins[0] if len(column.origins) == 1 else "others"


def _told(team: Compared, column: Column, places: Sequence[Place]) -> Tip:
    """How many, and who."""
    who = [f"{place.name}, {place.lost or place.word}" for place in places[:NAMED]]
    more = [f"and {len(places) - NAMED} more"] if len(places) > NAMED else []
    holders = np.array([place.holder for place in places[:NAMED]], dtype=np.intp)
    head = f"{team.name}, from {column.label}: {OriginRow(column.label, tuple(places)).text}"
    return Tip(head, (*who, *more), team.holding.sources(holders))
