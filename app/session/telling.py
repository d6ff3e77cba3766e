"""The steps of a story as pictures, off the window: still, and as time plays from one step to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.lens import parse
from app.domain.stories import MODES, SHORTEST, Shares, Step, Story
from app.layout.flowmap import Arrangement
from app.pictures.flowmap import FlowMap
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.playing import Play, last_day
from app.pictures.shown import MapShown, MovesShown, Shown
from app.pictures.stilled import Still
from app.render.palette import Level
from app.render.widths import measure
from app.scene.camera import Camera
from app.scene.lettering import LARGEST_TYPE
from app.scene.marks import Bools
from app.scene.motion import Mode, Motion
from app.scene.scene import Header, Measure, Scene
from app.scene.viewed import through
from app.session.pictured import Wanted, bands_of, can_play, depicted, picture_of
from app.session.view import View, untold


def faults(step: Step) -> tuple[str, ...]:
    """What cannot be shown of a step as it is meant, in words; empty where all can."""
    if step.raw is not None:
        return ("is no step",)
    found = [f"its {name} cannot be read" for name in step.unread]
    try:
        parse(str(step.view.get("lens", "")))
    except UsageError as error:
        found.append(error.text.partition("\n")[0])
    return (*found, *(f"its {word} is not known to this version" for word in untold(step.view)))


def shares_of(camera: Camera, shown: Shown) -> Shares | None:
    """A camera at any size; None for that which shows the whole."""
    (left, top, right, bottom), home, (width, height) = shown.world, shown.home, shown.size
    alike = abs(camera.scale / home.scale - 1.0) < 1e-6
    if alike and abs(camera.dx - home.dx) < 0.5 and abs(camera.dy - home.dy) < 0.5:
        return None
    x, y = camera.to_world(width / 2, height / 2)
    across, down = (x - left) / max(right - left, 1.0), (y - top) / max(bottom - top, 1.0)
    return round(camera.scale / home.scale, 4), round(across, 4), round(down, 4)


def camera_of(shares: Shares | None, shown: Shown) -> Camera:
    """The camera of a step for a picture of any size."""
    if shares is None:
        return shown.home
    (left, top, right, bottom), (width, height), (zoom, across, down) = shown.world, shown.size, shares
    scale = min(max(zoom * shown.home.scale, 0.1 * shown.home.scale), max(shown.nearest, shown.home.scale))
    x, y = left + across * (right - left), top + down * (bottom - top)
    return Camera(scale, width / 2 - x * scale, height / 2 - y * scale)


@dataclass(frozen=True, eq=False)
class Told:
    """A step as a picture. shown: laid out; day: None for the whole span; camera: through which it is looked at;
    command, name, remarks: what a file of it says of itself."""

    step: Step
    view: View
    shown: Shown
    day: float | None
    camera: Camera
    command: str
    name: str
    remarks: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether the whole picture is looked at, and nothing has to be cut off."""
        return self.step.camera is None and self.shown.world == (0.0, 0.0, *self.shown.size)

    def scene(self) -> Scene:
        """The still picture as the camera shows it, with what made it."""
        return self.base if self.whole else through(self.base, self.camera, bands_of(self.shown), LARGEST_TYPE)

    def marked(self, scene: Scene) -> Scene:
        """A Scene of it with what made it."""
        digest, remarks = self.shown.gathered.digest, self.remarks
        made = replace(scene.meta, command=self.command, dataset=digest, view=self.name, remarks=remarks)
        return replace(scene, meta=made)

    @property
    def base(self) -> Scene:
        """The still picture as no camera shows it, with what made it."""
        shown, step = self.shown, self.step
        if isinstance(shown, MovesShown):
            made = shown.picture.scene(self.day, mode=mode_of(step), window=step.window, still=True)
        else:
            made = shown.scene(self.day, mode_of(step), step.window)
        return self.marked(made)

    def lit(self, scene: Scene) -> Mapping[int, Level]:
        """What is selected in it, by rows of the keys of a Scene of it."""
        return dict.fromkeys(self.shown.lit(scene, self.step.focus), Level.SELECTED) if self.step.focus else {}

    def goes_on(self, before: Told) -> bool:
        """Whether it shows the same picture as the step before, of which another day or part is looked at."""
        return before.view.own == self.view.own and before._picture is self._picture

    @property
    def _picture(self) -> object:
        return self.shown.picture if isinstance(self.shown, MovesShown) else self.shown

    def play(self, before: Told | None, seconds: float) -> Play | None:
        """Time as it plays from the day of the step before to that of this one; None where the picture stands: another
        picture, one in which time does not play, or an earlier day."""
        shown = self.shown
        if before is None or not self.goes_on(before) or not can_play(self.view) or seconds < SHORTEST:
            return None
        if not isinstance(shown, MovesShown) or shown.motion is None or before.day is None:
            return None
        picture = _Signed(self, shown.picture)
        if before.day >= (self.day if self.day is not None else last_day(picture)):
            return None
        return Play.between(picture, before.day, self.day, seconds, mode_of(self.step), self.step.window)

    def standing(self) -> Play:
        """The still picture as a play in which nothing moves."""
        shown = self.shown
        day = self.day if self.day is not None else float(shown.gathered.as_of)
        return Still(self.scene(), shown.gathered, shown.frame, measure).play(day)


@dataclass(frozen=True, eq=False)
class _Signed:
    """A picture of moves whose Scenes say what made them. picture: one of those in which time plays, which all know
    their frame."""

    told: Told
    picture: Any
    measure: Measure = measure

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""
        return self.told.shown.gathered

    @property
    def frame(self) -> Frame:
        """Where its parts stand."""
        return self.told.shown.frame

    @property
    def motion(self) -> Motion | None:
        """The people in motion."""
        return self.told.shown.motion

    @property
    def rests(self) -> Bools:
        """The paths on which those who have landed stay in sight."""
        found: Bools = self.picture.rests
        return found

    def scene(self, day: float | None = None, *, mode: Mode, window: float, still: bool, said: Header | None) -> Scene:
        """The picture on a day."""
        return self.told.marked(self.picture.scene(day, mode=mode, window=window, still=still, said=said))


@dataclass(eq=False)
class Teller:
    """Makes the pictures of a story for one size. Organizations keep their places from step to step; what steps have in
    common is made once."""

    dataset: Dataset
    size: tuple[int, int]
    story: Story
    command: str = ""
    _flows: dict[View, FlowMap] = field(default_factory=dict)
    begun: FlowMap | Arrangement | None = None
    """Organizations stand as in this flow map, where they stand in it."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """What files of it shall say beside the command, as word → text."""
    _shown: tuple[Wanted, Shown] | None = None

    def told(self, number: int) -> Told:
        """The picture of a step. UsageError that names the step where it cannot be shown as it is meant. IndexError for
        a number without a step."""
        step = self.story.steps[number]
        wrong = faults(step)
        if wrong:
            raise _refused(self.story, number, wrong[0])
        view = View.restored(step.view)
        try:
            return self._made(step, view)
        except UsageError as error:
            raise _refused(self.story, number, error.text.partition("\n")[0]) from error

    def _made(self, step: Step, view: View) -> Told:
        flows = self._flow_map(view)
        name = f"story {self.story.name}"
        day = float(step.day) if step.day is not None else None
        if not view.depicted:
            shown: Shown = MapShown(measure, flows)
        else:
            span = (int(flows.span[0]), int(flows.span[1]))
            plain = replace(view, heat=False)  # a heat map is of the window: elsewhere it is the matrix
            wanted = Wanted(flows, plain, step.day if view.seated else None, self.size, None, span)
            if self._shown is not None and wanted.like(self._shown[0]):
                shown = self._shown[1]
            else:
                shown = depicted(wanted, self._shown[1] if self._shown is not None else None)
            self._shown = wanted, shown
        camera = camera_of(step.camera, shown)
        if not shown.covers(shown.scene(day, mode_of(step), step.window), camera):
            shown = shown.detailed(camera) or shown
        return Told(step, view, shown, day, camera, self.command, name, self.remarks)

    def _flow_map(self, view: View) -> FlowMap:
        """The flow map of a view: what all its pictures are made with."""
        asked = view.flows
        if asked not in self._flows:
            made = picture_of(self.dataset, self.size, self.begun, asked, alone=True)
            self.begun = self._flows[asked] = made
        return self._flows[asked]


def mode_of(step: Step) -> Any:
    """The mode of a step as pictures know it."""
    return step.mode if step.mode in MODES else MODES[0]


def chosen(found: tuple[Story, ...], name: str | None) -> Story:
    """The story of a name; without one the only story. UsageError that lists all names where there is none of that
    name, none at all, or one without steps."""
    names = ", ".join(f"“{story.name}”" for story in found)
    if not found:
        remedy = "Open it in the window and tell one: View, Story."
        raise UsageError(Fault("story", "there is no story in this file", remedy))
    if name is None and len(found) > 1:
        raise UsageError(Fault("story", f"there are {len(found)} stories in this file", f"Name one: --story {names}."))
    story = next((story for story in found if name is None or story.name == name), None)
    if story is None:
        raise UsageError(Fault("story", f"there is no story “{name}” in this file", f"There are {names}."))
    if not story.steps:
        raise UsageError(Fault("story", f"the story “{story.name}” has no steps", "Add some in the window."))
    return story


def _refused(story: Story, number: int, why: str) -> UsageError:
    message = f"step {number + 1} of the story “{story.name}” cannot be shown: {why}"
    return UsageError(Fault("story", message, "Put what it shall show into it in the window, or delete it."))
