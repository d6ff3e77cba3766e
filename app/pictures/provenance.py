"""What made a picture: the part of a Scene with which it can defend itself and be made again."""

from __future__ import annotations

from types import MappingProxyType

from app.domain import dates
from app.pictures import wording
from app.pictures.gathered import Gathered
from app.scene.scene import Meta


def meta(
    gathered: Gathered,
    view: str,
    command: str,
    as_of: str,
    left_out: tuple[tuple[str, int], ...],
    *,
    digest: str | None = None,
) -> Meta:
    """Provenance of a picture, with the colours, names and sources that its marks refer to.

    command: that re-makes it; digest: the hash of the dataset, worked out if None.
    """
    options = gathered.options
    return Meta(
        view=view,
        dataset=gathered.digest if digest is None else digest,
        as_of=as_of,
        known_by=wording.iso(options.known_by) if options.known_by is not None else "",
        window=gathered.window_text,
        level=options.level,
        lens=str(options.lens),
        command=command,
        colors=gathered.colors,
        names=MappingProxyType({i: gathered.labels[c] for c, i in enumerate(gathered.ids)}),
        sources=gathered.sources,
        left_out=left_out,
    )


def meta_on(gathered: Gathered, view: str, command: str, day: float | None, *, dataset: bool) -> Meta:
    """Provenance of a picture of moves on a day; None: on the as-of day. dataset: with its hash, which takes half a
    second for a million stints."""
    as_of = dates.text(int(day) if day is not None else gathered.as_of)
    return meta(gathered, view, command, as_of, gathered.left_out, digest=None if dataset else "")
