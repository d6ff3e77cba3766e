"""Films by the ending of their file."""

from __future__ import annotations

from typing import BinaryIO

from app.render.film import Progress, Reel
from app.render.film_video import refuse_without_av

LOOPS = (".webp", ".gif")
VIDEOS = (".mp4", ".webm")
ENDINGS = (*LOOPS, *VIDEOS)
USUAL_FPS = {".gif": 20}
"""Pictures a second, if nobody says; 30 where it is not here."""
FPS = 30


def usual_fps(ending: str) -> int:
    """Pictures a second of a film with this ending, if nobody says."""
    return USUAL_FPS.get(ending, FPS)


def refuse(ending: str) -> None:
    """UsageError for a film that cannot be written here."""
    if ending in VIDEOS:
        refuse_without_av(ending)


def write_film(film: Reel, file: BinaryIO, ending: str, progress: Progress) -> None:
    """A film into an open file. progress: told after each picture; what it raises ends the film."""
    if ending in VIDEOS:
        from app.render.film_video import write_video

        write_video(film, file, ending[1:], progress)
        return
    from app.render.film_loops import write_gif, write_webp  # needs Pillow

    (write_gif if ending == ".gif" else write_webp)(film, file, progress)
