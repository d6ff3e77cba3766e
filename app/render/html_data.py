"""What a page knows of its picture beside what it draws: tips, sources, moves, names, people on the way. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.pictures.flowmap_tips import move_tip
from app.pictures.playing import Play
from app.render.crossings import Crossings, stands_from
from app.render.html_colors import Colors
from app.render.palette import Palette
from app.render.theme import DARK, LIGHT
from app.scene.motion import FADE_SECONDS
from app.scene.scene import Tip


@dataclass(eq=False)
class Known:
    """Tables in the making; every row has a number, and what is met twice has one."""

    play: Play
    colors: Colors
    keys: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    tips: dict[Tip, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    _by_text: dict[str, Tip] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_text = {tip.text: tip for tip in self.play.closing.tips}

    def key(self, key: str) -> int:
        """The number of what a mark stands for."""
        return self.keys.setdefault(key, len(self.keys))

    def tip(self, tip: Tip) -> int:
        """The number of a tip."""
        return self.tips.setdefault(tip, len(self.tips))

    def tip_of(self, text: str) -> int:
        """The number of the tip with this text; one of another day names no sources."""
        head, *lines = text.split("\n")
        return self.tip(self._by_text.get(text, Tip(head, tuple(lines))))

    def tables(self) -> dict[str, Any]:
        """Everything as JSON."""
        play, gathered = self.play, self.play.picture.gathered
        moves = gathered.moves
        told = [
            {
                "key": self.key(gathered.move_key(moves, row)),
                "tip": self.tip(move_tip(gathered, moves, row)),
                "from": self._id(gathered.ids[moves.origin[row]]),
                "to": self._id(gathered.ids[moves.destination[row]]),
            }
            for row in range(len(moves))
        ]
        dots, before = self._dots()
        names = self._names(told)
        tips = [[tip.head, list(tip.lines), [self._source(link) for link in tip.links]] for tip in self.tips]
        sources = [self._cited(link) for link in self.sources]
        return {
            "size": list(play.closing.size),
            "seconds": play.seconds,
            "steps": play.n_steps,
            "first": play.first,
            "last": play.last,
            "rate": play.days_per_second,
            "fade": FADE_SECONDS,
            "before": before,
            "keys": list(self.keys),
            "ids": list(self.ids),
            "tips": tips,
            "sources": sources,
            "moves": told,
            "dots": dots,
            "names": names,
            "colors": list(self.colors.pairs.values()),
        }

    def _dots(self) -> tuple[list[dict[str, Any]], int]:
        """The people who land while it plays, and how many others have landed before."""
        play, motion, c = self.play, self.play.motion, Crossings.of(self.play)
        if motion is None:
            return [], 0
        scene = play.closing
        light, dark = Palette(LIGHT, scene.meta.colors), Palette(DARK, scene.meta.colors)
        rest_of = dict(zip(play.at_rest.tolist(), play.rest_places.tolist(), strict=True))
        dots = []
        for at, row in enumerate(c.row.tolist()):
            if c.early[at]:
                continue
            organization = scene.styles[motion.style[row]].organization
            color = self.colors.of(light.person(organization), dark.person(organization))
            names = list(self.colors.pairs.values())
            tip, key = int(motion.tip[row]), int(motion.key[row])
            rests, land = bool(c.rests[at]), float(c.land[at])
            dots.append(
                {
                    "key": self.key(scene.keys[key]) if key >= 0 else -1,
                    "tip": self.tip(scene.tips[tip]) if tip >= 0 else -1,
                    "color": names.index(color),
                    "unsure": bool(c.unsure[at]),
                    "appears": round(float(c.appears[at]), 3),
                    "left": round(float(c.left[at]), 3),
                    "out": round(float(c.out[at]), 3),
                    "land": round(land, 3),
                    "rests": rests,
                    "stands": round(play.begin_of(stands_from(play, land)), 3),
                    "rest": [round(x, 1) for x in rest_of[row]] if rests else [],
                    "way": [round(x, 1) for x in c.way[at].ravel().tolist()],
                }
            )
        return dots, int((motion.land <= play.first).sum())

    def _names(self, moves: list[dict[str, Any]]) -> list[list[Any]]:
        """Organizations and people with what is chosen when one of them is looked for."""
        gathered, tips = self.play.picture.gathered, list(self.tips)
        found: dict[str, list[Any]] = {}
        for one in self.ids:
            code = gathered.ids.index(one)
            tip = Tip(gathered.names[code], (), gathered.organization_sources(code))
            found[f"organizations:{one}"] = [gathered.names[code], f"organizations:{one}", self.tip(tip)]
        keys = list(self.keys)
        for move in moves:
            tip = tips[move["tip"]]
            words = f"{tip.head}, {tip.lines[0]}" if tip.lines else tip.head
            found[keys[move["key"]]] = [words, keys[move["key"]], move["tip"]]
        return list(found.values())

    def _id(self, one: str) -> int:
        return self.ids.setdefault(one, len(self.ids))

    def _source(self, one: str) -> int:
        return self.sources.setdefault(one, len(self.sources))

    def _cited(self, one: str) -> dict[str, str]:
        source = self.play.closing.meta.sources.get(one)
        if source is None:
            return {"name": one, "url": ""}
        name = source.publisher or source.title or one
        url = source.url.strip()
        safe = url.lower().startswith(("https://", "http://"))
        return {"name": f"{name}, {source.published}" if source.published else name, "url": url if safe else ""}
