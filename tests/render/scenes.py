"""Synthetic Scenes for the tests of this room: small hands to set marks, and pictures that hold every kind and role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from app.scene.marks import Anchor, AnyMarks, Box, Dot, Label, Path, Ribbon, floats, ints
from app.scene.motion import Motion, build
from app.scene.scene import Header, Layer, Meta, Scene, Source, Tip
from app.scene.style import Certainty, Emphasis, Role, Status, Style

ORGANIZATIONS = (
    *("meta", "openai", "google", "anthropic", "xai", "thinking-machines-lab", "apple", "scale-ai"),
    *("microsoft", "amazon", "mistral-ai", "ssi"),
)
COLORS = {id_: f"c{i}" for i, id_ in enumerate(ORGANIZATIONS, 1)}
HEADER = Header("Who moved between the labs", "A scope", "As of 2026-11-23", "Left out: 1 stint, denied")


class Sketch:
    """Collects styles, keys and tips while marks are made from rows."""

    def __init__(self) -> None:
        self.styles: dict[Style, int] = {}
        self.keys: dict[str, int] = {}
        self.tips: dict[Tip, int] = {}

    def common(self, rows: Sequence[tuple[Style, str, Tip | None]]) -> dict[str, np.ndarray]:
        return {
            "style": ints([self.styles.setdefault(s, len(self.styles)) for s, _, _ in rows]),
            "key": ints([self.keys.setdefault(k, len(self.keys)) if k else -1 for _, k, _ in rows]),
            "tip": ints([self.tips.setdefault(t, len(self.tips)) if t is not None else -1 for _, _, t in rows]),
        }

    def boxes(self, *rows: tuple, tip: Tip | None = None) -> Box:
        """Rows of style, key, x, y, w, h, radius."""
        x, y, w, h, r = (floats(c) for c in zip(*(row[2:] for row in rows), strict=True))
        return Box(**self.common([(row[0], row[1], tip) for row in rows]), x=x, y=y, w=w, h=h, radius=r)

    def dots(self, *rows: tuple, tip: Tip | None = None) -> Dot:
        """Rows of style, key, x, y, r."""
        x, y, r = (floats(c) for c in zip(*(row[2:] for row in rows), strict=True))
        return Dot(**self.common([(row[0], row[1], tip) for row in rows]), x=x, y=y, r=r)

    def labels(self, *rows: tuple, tip: Tip | None = None, angle: float = 0.0, room: float = np.inf) -> Label:
        """Rows of style, key, x, y, anchor, size, text."""
        x, y, anchor, size, text = zip(*(row[2:] for row in rows), strict=True)
        n = len(rows)
        return Label(
            **self.common([(row[0], row[1], tip) for row in rows]),
            x=floats(x),
            y=floats(y),
            anchor=np.array(anchor, dtype=np.int8),
            angle=np.full(n, angle),
            text=tuple(text),
            max_width=np.full(n, room),
            size=floats(size),
        )

    def paths(self, *rows: tuple, tip: Tip | None = None) -> Path:
        """Rows of style, key, points, closed, stroke."""
        points = [floats(row[2]) for row in rows]
        return Path(
            **self.common([(row[0], row[1], tip) for row in rows]),
            points=np.concatenate(points),
            offsets=ints(np.cumsum([0, *(len(p) for p in points)])),
            closed=np.array([row[3] for row in rows], dtype=np.bool_),
            stroke=floats([row[4] for row in rows]),
        )

    def ribbons(self, *rows: tuple, tip: Tip | None = None) -> Ribbon:
        """Rows of style, key, curve (4 points), inner, width, trim (start, end), head, barb."""
        curve, inner, width, trim, head, barb = zip(*(row[2:] for row in rows), strict=True)
        pairs = [
            np.broadcast_to(np.asarray(c, dtype=float).reshape(len(rows), -1), (len(rows), 2)) for c in (inner, width)
        ]
        return Ribbon(
            **self.common([(row[0], row[1], tip) for row in rows]),
            curve=floats(curve),
            inner=floats(pairs[0]),
            width=floats(pairs[1]),
            trim=floats(trim),
            head=floats(head),
            barb=floats(barb),
        )

    def scene(self, *layers: Layer, size: tuple[float, float] = (400.0, 300.0), motion: Motion | None = None) -> Scene:
        meta = Meta(
            view="flowmap",
            dataset="sha256:0123",
            as_of="2026-11-23",
            known_by="",
            window=("2015-01-01", "2026-11-23"),
            level="organization",
            lens="",
            command='talentflow render flowmap --lens "from:OpenAI" -o a.svg',
            colors=MappingProxyType(COLORS),
            sources=MappingProxyType(
                {
                    "s1": Source("WIRED", "A report", "https://example.org/a?b=1&c=2", "2025-07-01"),
                    "s2": Source("Evil", "A script", "javascript:alert(1)", "2025-07-01"),
                }
            ),
            left_out=(("denied", 1),),
        )
        return Scene(size, layers, HEADER, (), motion, tuple(self.keys), tuple(self.styles), tuple(self.tips), meta)


def layer(name: str, z: int, *marks: AnyMarks, **options: Any) -> Layer:
    return Layer(name, z, tuple(marks), **options)


def bow(x0: float, y0: float, x1: float, y1: float, bend: float = 0.15) -> np.ndarray:
    """A quadratic bow as a cubic (4, 2)."""
    start, end = np.array([x0, y0]), np.array([x1, y1])
    along = end - start
    control = (start + end) / 2 + bend * np.array([-along[1], along[0]])
    return np.stack((start, start + (control - start) * 2 / 3, end + (control - end) * 2 / 3, end))


def circle(x: float, y: float, r: float, share: float = 1.0, n: int = 90) -> np.ndarray:
    """Points of an arc from 12 o'clock, clockwise."""
    turn = np.linspace(0, 2 * np.pi * share, max(int(n * share), 2))
    return np.stack((x + r * np.sin(turn), y - r * np.cos(turn)), axis=1)


def flow_rows(
    origin: str, key: str, curve: np.ndarray, confirmed: float, reported: float, trim: tuple[float, float]
) -> tuple[list[tuple], list[tuple]]:
    """Halo rows and coloured rows of one half-arrow, by the rules of the visual language."""
    width = confirmed + reported
    barb = max(3.2, 0.42 * width)
    head = max(9.0, 0.95 * (width + barb))
    small = Emphasis.SMALL if width <= 2 else Emphasis.NORMAL
    body = (trim[0], trim[1] + head)
    halo = Style(Role.HALO)
    halos = [(halo, "", curve, 0.9, width, body, 0.0, 0.0), (halo, "", curve, 0.9, width, trim, head, barb)]
    rows: list[tuple] = []
    if confirmed:
        rows.append((Style(Role.LANE, origin, Status.CONFIRMED, small), key, curve, 0.9, confirmed, body, 0.0, 0.0))
    if reported:
        lane = Style(Role.LANE, origin, Status.REPORTED, small)
        rows.append((lane, key, curve, 0.9 + confirmed, reported, body, 0.0, 0.0))
    rows.append((Style(Role.HEAD, origin, emphasis=small), key, curve, 0.9, width, trim, head, barb))
    return halos, rows


def interleaved(flows: Iterable[tuple[list[tuple], list[tuple]]]) -> list[tuple]:
    return [row for halos, rows in flows for row in (*halos, *rows)]


_WRITTEN = (Role.MARKER, Role.NOTE)


def every_kind(*, labels: bool = True) -> Scene:
    """All mark kinds and all roles in one still picture of 400 by 300."""
    s = Sketch()
    tip = Tip("OpenAI → Meta", ("14 people", "11 < 12 & more"), ("s2", "s1"))
    areas = [
        *(Role.GROUND, Role.BAR, Role.BAR_OTHER, Role.BAR_PALE, Role.SPECIMEN, Role.SPECIMEN_PALE, Role.PLATE),
        *(Role.STUB_IN, Role.STUB_OUT, Role.LANE_PALE, Role.HEAD_PALE, Role.BAND_PALE),
    ]
    boxes = [(Style(Role.GROUND), "", 0, 0, 400, 300, 0)]
    boxes += [
        (Style(role, "meta"), f"bar:{role}", 10 + 30 * i, 10, 24, 14, 4 if i % 2 else 0)
        for i, role in enumerate(areas[1:])
    ]
    boxes += [(Style(role), "seats:s3", 345 + 4 * i, 240 + 4 * i, 40, 30, 6) for i, role in enumerate(_SEATED)]
    boxes += [
        (Style(role, "apple", status), f"stints:{role}", 10 + 16 * i, 230 + 9 * j, 14, 7, 2 if i % 2 else 0)
        for i, role in enumerate(_SPANS)
        for j, status in enumerate((Status.CONFIRMED, Status.REPORTED, Status.RUMORED))
    ]
    statuses = [Status.NONE, *Status]
    flows = interleaved(
        flow_rows(o, f"flow:{o}>meta", bow(30, 60 + 30 * i, 370, 70 + 30 * i, 0.1), 3 + 2 * i, 4, (6, 8))
        for i, o in enumerate(("openai", "google", "apple", "unknown"))
    )
    flows += [
        (Style(Role.LANE, "xai", st), f"move:{st}", bow(40, 200 + 12 * i, 180, 200 + 12 * i), 0, 5, (0, 0), 0, 0)
        for i, st in enumerate(statuses)
    ]
    lines = [
        (Style(role), "", [[10, 280 + i * 3], [390, 280.5 + i * 3]], False, 0)
        for i, role in enumerate((Role.HAIRLINE, Role.GRID, Role.CLOCK))
    ]
    lines += [
        (Style(role), "relation:r1", bow(200, 60, 300, 260), False, 0) for role in (Role.RELATION, Role.RELATION_CORE)
    ]
    lines += [(Style(Role.TAIL, "meta"), "", [[300, 200], [315, 190]], False, 0)]
    lines += [(Style(Role.NOTE_LINE), "", [[320, 40], [340, 50]], False, 0)]
    boxes += [(Style(role), "group:note-0", 330 + 20 * i, 30, 14, 12, 2) for i, role in enumerate(_WRITTEN)]
    steps = [[350, 60], [360, 60], [360, 50], [370, 50]]
    lines += [(Style(role), "group:in-seat", steps, False, 0) for role in (Role.SURE, Role.MAYBE, Role.TARGET)]
    lines += [(Style(Role.AREA, "google"), "organizations:google", [*steps, [370, 70], [350, 70]], True, 0)]
    lines += [(Style(Role.HATCH), "", [[350, 60], [360, 50]], False, 0)]
    lines += [(Style(Role.REPORT, status=Status.DISPUTED), "reports:rp", [[345, 230], [385, 230]], False, 0)]
    lines += [(Style(Role.SHEET), "", [[340, 100], [340, 140]], False, 0)]
    lines += [(Style(Role.SEAT_OPEN), "seats:s2", circle(385, 90, 9), False, 0)]
    lines += [(Style(Role.MARK_INK, status=Status.CONFIRMED), "", [[381, 122], [383, 124], [387, 119]], False, 0)]
    band = [[200, 284], [240, 288], [240, 292], [200, 288]]
    lines += [(Style(Role.BAND, "openai", Status.RUMORED), "flow:openai>xai", band, True, 0)]
    lines += [
        (Style(role), "move:a>b", [[10, 150 + 4 * i], [30, 152 + 4 * i]], False, 0)
        for i, role in enumerate((Role.JOIN, Role.BRACKET, Role.LEADER))
    ]
    lines += [(Style(Role.STINT, "meta", Status.DENIED), "stints:st", [[10, 170], [30, 170]], False, 0)]
    lines += [(Style(Role.SPECIMEN), "", [[320, 200], [340, 200], [330, 215]], True, 0)]
    rings = [
        (Style(Role.RING, "openai"), "organizations:openai", circle(250, 220, 20), True, 4),
        (Style(Role.RING_IN, "openai"), "organizations:openai", circle(250, 220, 20, 0.6), False, 4),
    ]
    people = [
        (Style(Role.PERSON, "google", st, certainty=c), f"move:{i}-{j}", 300 + 12 * i, 230 + 12 * j, 3.3)
        for i, st in enumerate(Status)
        for j, c in enumerate(Certainty)
    ]
    people += [
        (Style(Role.AVATAR, "google", certainty=c), "seats:s1", 385, 60 + 20 * i, 9)
        for i, c in enumerate((Certainty.SURE, Certainty.UNSURE))
    ]
    people += [
        (Style(role, "apple"), "stints:st", 140 + 12 * i, 240, 4) for i, role in enumerate((Role.OFFER, Role.EVENT))
    ]
    people.append((Style(Role.SEATED, "google"), "seats:s2", 385, 101, 4))
    people += [
        (Style(Role.MARK, status=status), "seats:s1", 385, 121 + 14 * i, 5.5)
        for i, status in enumerate((Status.CONFIRMED, Status.RUMORED, Status.DISPUTED))
    ]
    node = s.dots((Style(Role.NODE, "openai"), "organizations:openai", 250, 220, 20), tip=tip)
    layers = [
        layer("ground", 0, s.boxes(*boxes), s.paths(*lines)),
        layer("flows", 1, s.ribbons(*flows, tip=tip)),
        layer("nodes", 2, node, s.paths(*rings)),
        layer("people", 3, s.dots(*people), moving=True),
    ]
    if labels:
        texts = [role for role in Role if role.value in _TEXTS]
        rows = [
            (Style(role, "meta"), f"label:{role}", 10 + 190 * (i % 2), 40 + 15 * i, Anchor(i % 3), 12, f"{role} <&> 12")
            for i, role in enumerate(texts)
        ]
        layers.append(layer("words", 4, s.labels(*rows, tip=tip), space="page"))
    return s.scene(*layers)


_SEATED = (Role.GROUP, Role.CARD, Role.FOLD)
_SPANS = (Role.STINT, Role.STINT_SOFT, Role.STINT_LATE, Role.STINT_STUDY, Role.EVENT_SPAN, Role.VEIL, Role.TALLY)
_TEXTS = {
    *("title", "scope", "context", "left-out", "section", "caption", "legend", "callout-head", "callout-text"),
    *("node-name", "node-number", "node-word", "flow-count", "stub-count", "relation-text", "clock-text"),
    "band-count",
    *("initials", "seat-name", "warning", "stint-name"),
}


def many_flows(n: int, *, size: tuple[float, float] = (1920.0, 1080.0), people: int = 0, seed: int = 7) -> Scene:
    """A busy picture: n half-arrows between 40 nodes with rings and names, and people in motion for ten years."""
    rng = np.random.default_rng(seed)
    s = Sketch()
    ids = [*COLORS, *(f"lab-{i}" for i in range(28))]
    at = rng.uniform((60, 80), (size[0] - 60, size[1] - 80), (len(ids), 2))
    curves, flows = [], []
    for _ in range(n):
        a, b = rng.choice(len(ids), 2, replace=False)
        curve = bow(*at[a], *at[b], float(rng.uniform(-0.2, 0.2)))
        curves.append(curve)
        confirmed, reported = (float(x) for x in rng.integers(1, 10, 2))
        flows.append(flow_rows(ids[a], f"flow:{ids[a]}>{ids[b]}", curve, confirmed, reported, (20, 20)))
    nodes = s.dots(*((Style(Role.NODE, id_), f"organizations:{id_}", *xy, 16) for id_, xy in zip(ids, at, strict=True)))
    rings = s.paths(
        *((Style(Role.RING, i), f"organizations:{i}", circle(*xy, 16), True, 4) for i, xy in zip(ids, at, strict=True)),
        *(
            (Style(Role.RING_IN, i), f"organizations:{i}", circle(*xy, 16, 0.6), False, 4)
            for i, xy in zip(ids, at, strict=True)
        ),
    )
    names = s.labels(
        *(
            (Style(Role.NODE_NAME, i), f"organizations:{i}", x, y - 24, 1, 13.5, i)
            for i, (x, y) in zip(ids, at, strict=True)
        )
    )
    tip = Tip("One person", ("moved",), ("s1",))
    ribbons = s.ribbons(*interleaved(flows), tip=tip)
    motion = None
    if people:
        path = rng.integers(0, n, people)
        leave = rng.uniform(0, 3650, people)
        styles = [Style(Role.PERSON, list(COLORS)[i % 12]) for i in range(people)]
        common = s.common([(style, f"move:{i}", None) for i, style in enumerate(styles)])
        motion = build(
            curve=floats(np.stack(curves)),
            trim=np.full((n, 2), 20.0),
            path=path,
            lane=rng.uniform(1, 12, people),
            rest=rng.uniform(0.05, 0.95, people),
            leave=leave,
            land=leave + rng.uniform(0, 90, people),
            unsure=rng.random(people) < 0.3,
            **common,
        )
    return s.scene(
        layer("flows", 1, ribbons),
        layer("nodes", 2, nodes, rings),
        layer("people", 3, moving=True),
        layer("names", 4, names),
        size=size,
        motion=motion,
    )
