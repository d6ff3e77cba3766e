"""Films as pictures that go round and round in any browser and any chat: WebP and GIF, by Pillow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.render.film import Pixels, Progress, Reel
from app.render.words import told
from app.render.xmp import xmp

QUALITY = 80
SAMPLES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of a film from which the colours of a GIF are taken."""
EXACT = 96
"""Colours of a GIF that are taken as they are, the most frequent ones; the rest stand for all others."""
COLORS = 256
GIF_TICK = 100
"""A GIF counts in hundredths of a second."""


def write_webp(film: Reel, file: BinaryIO, progress: Progress) -> None:
    """An animated WebP, every picture as long as it is to a millisecond."""
    reel = _Reel(film, progress, _rgb)
    edges = np.round(np.arange(film.n_pictures + 1) * 1000 / film.fps).astype(int)
    reel.save(
        file,
        "WEBP",
        save_all=True,
        duration=np.diff(edges).tolist(),
        loop=0,
        quality=QUALITY,
        method=2,
        minimize_size=False,
        xmp=xmp(film.closing).encode(),
    )


def write_gif(film: Reel, file: BinaryIO, progress: Progress) -> None:
    """A GIF with one palette, the colours of the picture, without dithering. Pictures are as long as hundredths of a
    second allow, and all of them together as long as the film."""
    reel = _Reel(film, progress, _Palette(film).painted)
    edges = np.round(np.arange(film.n_pictures + 1) * GIF_TICK / film.fps).astype(int)
    durations = (np.diff(edges) * (1000 // GIF_TICK)).tolist()
    said = told(film.closing).encode()
    reel.save(file, "GIF", save_all=True, duration=durations, loop=0, optimize=False, disposal=1, comment=said)


class _Reel(Image.Image):
    """A film as Pillow reads one: picture by picture, so that not all of them are in memory at once."""

    def __init__(self, film: Reel, progress: Progress, painted: Callable[[Pixels], Image.Image]) -> None:
        super().__init__()
        self._film, self._progress, self._painted = film, progress, painted
        self._pictures: Iterator[Pixels] = iter(())
        self._at, self._done = -1, 0
        self.n_frames = film.n_pictures
        self.is_animated = film.n_pictures > 1
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Go to a picture: the one that is there, the next one, or the first."""
        if frame >= self.n_frames:
            raise EOFError("no more pictures")
        if frame == self._at:
            return
        if frame != self._at + 1:
            self._pictures, self._at = iter(()), -1
        if self._at < 0:
            self._pictures = self._film.pictures()
        for _ in range(frame - self._at):
            pixels = next(self._pictures)
        made = self._painted(pixels)
        self.im, self._mode, self._size = made.im, made.mode, made.size
        self.palette = made.palette
        self._at = frame
        if frame >= self._done:
            self._done = frame + 1
            self._progress(self._done, self.n_frames)

    def tell(self) -> int:
        """The number of the picture that is there."""
        return self._at


def _rgb(pixels: Pixels) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(pixels[..., 2::-1]))


class _Palette:
    """The colours of a film: its most frequent ones as they are, and means of all others. Which one stands for a colour
    is looked up once for each that is met."""

    def __init__(self, film: Reel) -> None:
        samples = np.concatenate([_numbers(film.picture(share * film.whole)).ravel() for share in SAMPLES])
        found, counts = np.unique(samples, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        exact, others = _channels(found[order[:EXACT]]), _channels(found[order[EXACT:]])
        colors = exact.tolist()
        if len(others):
            means = Image.fromarray(others[None].astype(np.uint8)).quantize(COLORS - len(colors)).getpalette() or []
            colors += [means[n : n + 3] for n in range(0, len(means), 3)][: COLORS - len(colors)]
        self.colors = np.array(colors, dtype=np.int32)
        self._nearest = np.zeros(1 << 24, dtype=np.uint8)
        self._known = np.zeros(1 << 24, dtype=np.bool_)

    def painted(self, pixels: Pixels) -> Image.Image:
        """A picture in these colours, without dithering."""
        numbers = _numbers(pixels)
        new = np.unique(numbers[~self._known[numbers]])
        for start in range(0, len(new), 4096):
            part = new[start : start + 4096]
            far = ((_channels(part)[:, None] - self.colors[None]) ** 2).sum(axis=2)
            self._nearest[part] = far.argmin(axis=1)
            self._known[part] = True
        image = Image.fromarray(self._nearest[numbers])
        image.putpalette(self.colors.astype(np.uint8).tobytes())
        return image


def _numbers(pixels: Pixels) -> npt.NDArray[np.int32]:
    """Each pixel as one number, red first."""
    wide = pixels.astype(np.int32)
    numbers: npt.NDArray[np.int32] = wide[..., 2] << 16 | wide[..., 1] << 8 | wide[..., 0]
    return numbers


def _channels(numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Red, green and blue of such numbers, (n, 3)."""
    return np.stack([numbers >> 16 & 255, numbers >> 8 & 255, numbers & 255], axis=-1).astype(np.int32)
