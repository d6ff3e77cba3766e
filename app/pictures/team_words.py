"""Words of a comparison of teams: header, figures of each team, what its marks say, legend, what to do without any."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.buildout import INTERNAL, POSSIBLE, UNKNOWN
from app.pictures import seat_signs as signs
from app.pictures import seat_target, wording
from app.pictures.board import Board, Sheet
from app.pictures.buildout_words import chosen_day
from app.pictures.frame import Frame
from app.pictures.legend import Entry
from app.scene.marks import Anchor
from app.scene.scene import Header, Tip
from app.scene.style import Emphasis, Role, Style

if TYPE_CHECKING:
    from app.pictures.team_compare import Compared, TeamCompare

FEW, NAMED = 2, 3
"""So many teams have their figures in the title; of so many the scope says by name that no seat is on record."""
MONTH = 30.44


def header(picture: TeamCompare) -> Header:
    """Title, scope, days, what is left out and why."""
    gathered = picture.gathered
    out = ", ".join(f"{n:,} {reason}" for reason, n in picture.left_out)
    return Header(
        _title(picture),
        _scope(picture),
        wording.context(gathered.as_of, gathered.known_day, _filter(picture)),
        f"Left out: {out}" if out else "",
    )


def _title(picture: TeamCompare) -> str:
    teams, when = picture.shown, chosen_day(picture.options.filter, picture.gathered.as_of)
    if not teams:
        return "No team to compare"
    if len(teams) > FEW:
        return f"How {len(teams)} teams filled{when}"
    return f"{'; '.join(f'{team.name}: {far(team)}' for team in teams)}{when}"


def _scope(picture: TeamCompare) -> str:
    unseated = [team.name for team in picture.shown if not team.is_seated]
    words = ["One scale of days and people for all"]
    if len(unseated) == len(picture.shown):
        words.append("no seat is on record, so known people are counted")
    elif unseated:
        which = ", ".join(unseated) if len(unseated) <= NAMED else wording.counted(len(unseated), "team")
        words.append(f"known people where no seat is on record ({which})")
    return f"{'; '.join(words)}. Each organization and all below it"


def _filter(picture: TeamCompare) -> str:
    """The lens, and how many of the people it lights."""
    lens = picture.options.filter.lens
    if not lens:
        return "Filter: none"
    there = [place for team in picture.shown for place in team.places if not place.empty and not place.gone]
    lit = sum(place.lit for place in there)
    return f"Filter: {lens}, {lit:,} of {wording.people(len(there))} lit"


def far(team: Compared, filled: str = "") -> str:
    """How far a team is: `38 of about 50 seats`, `53 seats, target about 50`, `12 seats filled`, `20 known people`;
    filled: a word after the seats."""
    b = team.holding.build_out
    if not team.is_seated:
        return wording.counted(b.filled, "known person", "known people")
    if b.wanted and not b.over:
        return f"{b.filled:,} of {seat_target.words(team.holding)}{filled}"
    seats = wording.counted(b.filled, "seat")
    return f"{seats}{filled}, target {seat_target.number(team.holding)}" if b.wanted else f"{seats} filled"


def nobody(team: Compared) -> str:
    """What to do for a team of which nothing is known."""
    return f"No seat and no stint of {team.name} is on record: add some, or choose another team"


def draw_label(board: Board, sheet: Sheet, team: Compared, at: tuple[float, float, float, float], s: float) -> None:
    """The name of a team and what it counts, as many lines as its row has room for."""
    x, y, w, h = at
    key, tip = f"organizations:{team.id}", told(team)
    names = board.wrapped(team.name, (13.5 * s, 650), w)[:2]
    style = Style(Role.SEAT_NAME, emphasis=Emphasis.LARGE)
    base = y + 20 * s
    for line in names:
        sheet.label(x, base, line, style, 13.5 * s, key=key, tip=tip)
        base += 16 * s
    for text in facts(team):
        for line in board.wrapped(text, (11 * s, 450), w):
            if base > y + h - 5 * s:
                return
            sheet.label(x, base, line, Style(Role.CAPTION), 11 * s, key=key, tip=tip)
            base += 14 * s


def facts(team: Compared) -> list[str]:
    """Figures of a team, what matters most first."""
    b = team.holding.build_out
    most = f", up to {b.possible:,}" if b.possible > b.filled else ""
    if team.is_seated:
        found = [f"{far(team, ' filled')}{most}{'' if b.wanted else ', no target on record'}"]
        rest = [f"{b.open:,} open"] if b.open else []
        rest += [f"{b.over:,} over"] if b.over and b.wanted else []
    else:
        found = [f"{far(team)}{most}", "no seat on record"]
        rest = []
    rest += [f"{b.left:,} left again"] if b.left else []
    found += [", ".join(rest)] if rest else []
    return [*found, *pace(team)] if b.possible or b.left else found


def pace(team: Compared) -> list[str]:
    """When the first place was surely filled, and how long the target, or half of it, took from there."""
    b, curve = team.holding.build_out, team.curve
    if team.began is None or team.began > b.day:
        return []
    found = [f"first surely there {wording.iso(team.began)}"]
    for part, words in ((b.wanted, "target"), (-(-b.wanted // 2), "half the target")):
        reached = curve.days[(curve.sure >= part) & (curve.days <= b.day)]
        if part and team.is_seated and len(reached):
            months = round((int(reached[0]) - team.began) / MONTH)
            found.append(f"{words} {wording.counted(months, 'month')} later" if months else f"{words} within a month")
            break
    return found


def told(team: Compared) -> Tip:
    """What the name of a team says when asked."""
    about = seat_target.told(team.holding)
    lines = [*facts(team), *([about.head, *about.lines] if about is not None else [])]
    links = about.links if about is not None else team.holding.gathered.organization_sources(team.code)
    return Tip(team.name, tuple(lines), links)


def level(team: Compared, n: int, most: int, noun: str) -> Tip:
    """What the end of a curve says: how many for certain, and at most."""
    plural = "people" if noun == "person" else ""
    where = "held" if team.is_seated else "known to be there"
    return Tip(f"{team.name}: {wording.counted(n, noun, plural)} {where} for certain, up to {most:,}")


def nothing(board: Board, sheet: Sheet, frame: Frame) -> None:
    """What is missing, and what to do about it, in the middle."""
    x, y, w, h = frame.map
    s = frame.type_scale
    text = board.elided("No team was chosen. Give organizations to compare.", (12 * s, 430), w)
    sheet.label(x + w / 2, y + h / 2, text, Style(Role.SCOPE), 12 * s, anchor=Anchor.MIDDLE)


def entries(picture: TeamCompare, s: float) -> list[Entry]:
    """Signs that occur in the picture and their words."""
    found = _people(picture, s) if picture.is_wide else _origins(picture, s)
    if any(not place.empty for team in picture.shown for place in team.places):
        found.append(Entry(26 * s, "line: for certain", signs.rule(Role.SURE, s)))
    if any(np.any(team.curve.possible > team.curve.sure) for team in picture.shown):
        found.append(Entry(26 * s, "hatched: may be, the day is known only to the month or year", signs.hatch(s)))
    if any(team.holding.build_out.wanted for team in picture.shown):
        found.append(Entry(26 * s, "target", signs.rule(Role.TARGET, s)))
    return found


def _origins(picture: TeamCompare, s: float) -> list[Entry]:
    """The layers of the curves, where no columns name them."""
    words = {INTERNAL: "from inside, in the team's colour", UNKNOWN: "from where is not known"}
    return [
        Entry(18 * s, words.get(c.origins[0], f"from {c.label}"), signs.area(c.organization, s))
        for c in picture.columns
    ]


def _people(picture: TeamCompare, s: float) -> list[Entry]:
    """People and places as dots and rings."""
    places = [place for team in picture.shown for place in team.places]
    taken = [place for place in places if not place.empty]
    color = Counter(place.organization for place in taken).most_common(1)[0][0] if taken else ""
    found = [Entry(18 * s, "a person, colour: organization they came from", signs.dot(color, s))] if taken else []
    if any(place.state == POSSIBLE for place in taken):
        found.append(Entry(18 * s, "tint: may be there (7–9: for certain, at most)", signs.dot(color, s, vague=True)))
    if any(place.gone for place in taken):
        found.append(Entry(18 * s, "hollow: left again", signs.dot(color, s, gone=True)))
    if any(place.empty for place in places):
        found.append(Entry(18 * s, "ring: a place still open", signs.empty(s)))
    if not all(place.lit for place in places):
        found.append(Entry(18 * s, "pale: outside the filter", signs.dot(color, s, quiet=True)))
    return found
