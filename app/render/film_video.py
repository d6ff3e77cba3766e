"""Films as video: MP4 (H.264) and WebM (VP9), by PyAV, which is installed only if it is asked for."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, BinaryIO

from app.domain.errors import Fault, UsageError
from app.render.film import Progress, Reel
from app.render.words import told

CODECS: dict[str, tuple[str, dict[str, str]]] = {
    "mp4": ("libx264", {"crf": "18", "preset": "medium", "tune": "animation", "x264-params": "mbtree=0"}),
    "webm": ("libvpx-vp9", {"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1"}),
}
"""Container → encoder and its options. With its macroblock tree x264 writes other bytes in every run."""
BT709 = 1
"""What colours and brightness mean, by the number of ITU-T H.273 that all players know."""


def refuse_without_av(ending: str) -> None:
    """UsageError, which says how to get it, where the package for video is not installed."""
    if find_spec("av") is None:
        remedy = "Install it: pip install 'talentflow[video]', or pip install av. WebP and GIF need nothing more."
        raise UsageError(
            Fault("format", f"{ending[1:].upper()} needs the package “av”, which is not installed", remedy)
        )


def write_video(film: Reel, file: BinaryIO, kind: str, progress: Progress) -> None:
    """An `mp4` or `webm` of a film, every picture equally long. UsageError where the package is missing."""
    refuse_without_av(f".{kind}")
    import av
    from av.video.reformatter import Colorspace

    name, options = CODECS[kind]
    width, height = film.size
    with av.open(file, "w", format=kind, options={"fflags": "+bitexact"}) as container:
        stream: Any = container.add_stream(name, rate=film.fps, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.color_primaries = stream.codec_context.color_trc = BT709
        stream.codec_context.colorspace = BT709
        container.metadata["title"] = film.closing.header.title
        container.metadata["comment"] = film.closing.meta.command
        container.metadata["description"] = told(film.closing)
        for number, pixels in enumerate(film.pictures()):
            frame = av.VideoFrame.from_ndarray(pixels, format="bgra")
            frame = frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)
            frame.pts = number
            container.mux(stream.encode(frame))
            progress(number + 1, film.n_pictures)
        container.mux(stream.encode())
