"""A story as a file: a film, a handout on paper, slides. Off the window, for it and for the command line."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.stories import SHORTEST, Story
from app.layout.flowmap import Arrangement
from app.pictures.flowmap import FlowMap
from app.pictures.storyboard import DESIGN, Words, band, band_height, design, page
from app.render.palette import Level
from app.render.theme import THEMES, Theme
from app.render.widths import measure
from app.scene.camera import HOME
from app.scene.scene import Scene
from app.session.pictured import bands_of
from app.session.telling import Teller, Told

if TYPE_CHECKING:
    from app.render.film_story import StoryFilm

Progress = Callable[[int, int], None]
"""Told how much of how much is done; what it raises ends the work."""
FILMS = (".mp4", ".webm", ".gif", ".webp")
PAGES = (".pdf", ".pptx")
ENDINGS = (*FILMS, ".html", *PAGES)
"""What a story can be written as."""
SCREEN, PAPER, SLIDE = (1280, 720), (1123, 794), (1600, 900)
"""Usual sizes: of a film and a page, of a handout on A4 across in pixels of 96 an inch, of a slide."""
INCH = 96.0
LEAF = (1000, 580)
"""The size that pictures of a page are laid out for: beside them stands who says so."""


def usual_size(ending: str) -> tuple[int, int]:
    """The size of a story as a file of an ending, if nobody says."""
    return {".pdf": PAPER, ".pptx": SLIDE}.get(ending, SCREEN)


def refuse(ending: str) -> None:
    """UsageError for an ending that no story can have, and for a film that cannot be written here."""
    if ending not in ENDINGS:
        message = f"a story cannot be written as {ending or 'a file without an ending'!r}"
        raise UsageError(Fault("format", message, f"End the name in {', '.join(ENDINGS)}."))
    if ending in FILMS:
        from app.render import film_files  # loads Qt, which slides need not

        film_files.refuse(ending)


def command_line(
    file: str,
    output: str,
    story: Story,
    size: tuple[int, int] | None,
    *,
    scale: float = 1.0,
    theme: str = "light",
    fps: int | None = None,
    places: str = "",
) -> str:
    """The command that writes a story of a file (blank: the bundled dataset) to an output; None: as usual; places: the
    file that says where organizations stand, blank where the layout does."""
    words = ["main.py", "render", "story", *([file] if file else []), "-o", output, "--story", story.name]
    words += ["--size", f"{size[0]}x{size[1]}"] if size is not None else []
    words += ["--scale", f"{scale:g}"] if scale != 1.0 else []
    words += ["--theme", theme] if theme != "light" else []
    words += ["--fps", str(fps)] if fps is not None else []
    words += ["--places", places] if places else []
    return shlex.join(words)


@dataclass(frozen=True, eq=False)
class StoryFile:
    """How a story is written. size: of a page or picture before scaling; scale: pixels a pixel, of films; fps: pictures
    a second, None for as usual; begun: the flow map in which organizations stand as they shall here; remarks:
    what it shall say of itself beside the command, as word → text."""

    dataset: Dataset
    story: Story
    ending: str
    size: tuple[int, int]
    theme: str = "light"
    scale: float = 1.0
    fps: int | None = None
    command: str = ""
    begun: FlowMap | Arrangement | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)
    _now: list[Told] = field(default_factory=list)  # the step whose page is being painted

    @property
    def paint(self) -> Theme:
        """Its theme."""
        return THEMES[self.theme]

    @property
    def words(self) -> tuple[Words, ...]:
        """What is said of each step."""
        steps, name = self.story.steps, self.story.name
        return tuple(Words(step.head, step.text, n, len(steps), name) for n, step in enumerate(steps, 1))

    def write(self, file: BinaryIO, progress: Progress) -> None:
        """The story into an open file. progress: told how much of how much is done; what it raises ends it. UsageError
        for a step that cannot be shown."""
        if self.ending in FILMS:
            from app.render import film_files

            film_files.write_film(self.film(progress), file, self.ending, progress)
        elif self.ending == ".html":
            file.write(self.html(progress).encode())
        elif self.ending == ".pptx":
            from app.render.slides import pptx  # loads python-pptx

            file.write(pptx(self.pages(progress), self.paint, title=self.story.name))
        else:
            from app.render import image

            pages = self.pages(progress)
            first = next(pages)
            inch = INCH / self._design[1]
            file.write(image.pdf(first, self.paint, more=pages, inch=inch, lit=self._lit, title=self.story.name))

    def pages(self, progress: Progress) -> Iterator[Scene]:
        """A page a step: picture, words, on paper numbered sources."""
        (width, height), _ = self._design
        sources = max(height - DESIGN[1], 0.0) if self.ending == ".pdf" else 0.0
        high = band_height(self.words, (width, height - sources), measure)
        teller = self._teller((width, round(height - sources - high)))
        for number, words in enumerate(self.words):
            told = teller.told(number)
            self._now[:] = [told]
            scene = told.scene()
            yield page(scene, words, high, measure, sources=sources, lit=told.lit(scene))
            progress(number + 1, len(self.words))

    def film(self, progress: Progress) -> StoryFilm:
        """The story as a film: pictures are laid out now, painted when they are asked for. progress: told that nothing
        is done yet, before each step, so that it can end it."""
        from app.render import film_files
        from app.render.film_story import Part, StoryFilm

        (width, height), factor = self._design
        high = band_height(self.words, (width, height), measure)
        teller = self._teller((width, round(height - high)))
        parts: list[Part] = []
        before: Told | None = None
        for number, words in enumerate(self.words):
            progress(0, 1)
            told = teller.told(number)
            loose = told.whole or told.shown.world == (0.0, 0.0, *told.shown.size)
            start = before.camera if before is not None and told.goes_on(before) else told.camera
            still = told.base if loose else told.scene()
            strip = None
            if high:
                margin = told.shown.frame.margin
                strip = band(words, (width, height - still.size[1]), margin, still.meta, measure)
            parts.append(
                Part(
                    told.step.seconds,
                    still,
                    strip,
                    told.play(before, told.step.seconds),
                    (start, told.camera) if loose else (HOME, HOME),
                    bands_of(told.shown),
                    told.lit,
                )
            )
            before = told
        closing = parts[0].still
        closing = replace(closing, header=replace(closing.header, title=self.story.name))
        fps = self.fps or film_files.usual_fps(self.ending)
        return StoryFilm(parts, closing, self.paint, fps, factor * self.scale)

    def html(self, progress: Progress) -> str:
        """The story as a page of one file."""
        from app.render.html_story import Leaf, story_page

        teller = self._teller(LEAF)
        leaves: list[Leaf] = []
        before: Told | None = None
        for number, words in enumerate(self.words):
            told = teller.told(number)
            play = told.play(before, max(told.step.seconds, SHORTEST)) if told.step.camera is None else None
            focus = next(iter(told.step.focus), "")
            leaves.append(Leaf(play or told.standing(), play is not None, focus, words.head, words.text))
            before = told
            progress(number + 1, len(self.words) + 1)
        return story_page(leaves, self.story.name, theme="dark" if self.theme == "dark" else None)

    @cached_property
    def _design(self) -> tuple[tuple[int, int], float]:
        return design((float(self.size[0]), float(self.size[1])))

    def _teller(self, size: tuple[int, int]) -> Teller:
        return Teller(self.dataset, size, self.story, self.command, begun=self.begun, remarks=self.remarks)

    def _lit(self, scene: Scene) -> Mapping[int, Level]:
        return self._now[0].lit(scene) if self._now else {}
