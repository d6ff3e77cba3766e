"""Options of the command line as values: dates as days, a lens from its text, a window from its two ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.analysis.comparing import Side, usual
from app.analysis.options import Options, newest_published
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST, Span
from app.domain.errors import Fault, UsageError
from app.domain.lens import parse

FLAGS = {"since": "--from", "until": "--to", "other": "--with"}
"""Options whose flag is not their name."""
NAMED_FILES = ("other", "places")
"""Options that are files: in a command they stand by their names."""
NAMES = (
    "as_of", "since", "until", "known_by", "lens", "level", "focus", "net", "top", "dpi", "caption", "transparent",
    "period", "multiples", "no_relations", "sort", "group", "seconds", "arrangement", "open_levels", "turned",
    "first_page", "zoom", "centre", "places", "fps", "before", "after", "known_before", "known_after", "other",
)  # fmt: skip
"""All options of a picture, in the order in which a command says them."""
DEFAULTS = {
    "level": "organization",
    "lens": "",
    "net": False,
    "focus": (),
    "multiples": False,
    "transparent": False,
    "caption": False,
    "no_relations": False,
    "turned": (),
    "first_page": False,
}
"""What options are if they are not given; all others are None."""


def nothing_chosen() -> dict[str, Any]:
    """All options of a picture as they are if none is given."""
    return {name: DEFAULTS.get(name) for name in NAMES}


def filter_options(chosen: Mapping[str, Any]) -> Options:
    """What is counted. `--from D` means the first day of D; `--to`, `--as-of`, `--known-by` the last day of D.

    UsageError for a date that cannot be read, a window that ends before it begins, or a lens that cannot be read.
    """
    since, until = _date(chosen, "since", "--from"), _date(chosen, "until", "--to")
    window = None
    if since is not None or until is not None:
        window = (since.earliest if since is not None else PAST, until.latest if until is not None else FUTURE)
        if window[0] >= window[1]:
            raise UsageError(
                Fault(
                    "window",
                    f"--to {chosen['until']} lies before --from {chosen['since']}",
                    "Give the earlier date as --from.",
                )
            )
    return Options(
        level=chosen["level"],
        window=window,
        as_of=last_day(chosen, "as_of", "--as-of"),
        known_by=last_day(chosen, "known_by", "--known-by"),
        lens=parse(chosen["lens"]),
    )


def last_day(chosen: Mapping[str, Any], name: str, option: str) -> int | None:
    """The last day of the date of an option; None where it is not given. UsageError for what is no day."""
    span = _date(chosen, name, option)
    return dates.last_day(span) if span is not None else None


def refuse(view: str, chosen: Mapping[str, Any], names: Sequence[str], remedy: str = "") -> None:
    """UsageError for an option that was given and that a view has no use for, rather than a picture that ignores it.
    remedy: what sets the day and whom the picture is about, where that is not as usual."""
    for name in names:
        if chosen[name] is not None and chosen[name] != DEFAULTS.get(name):
            flag = flag_of(name)
            instead = f"Leave {flag} away; {remedy or '--as-of sets the day, --focus the organization.'}"
            raise UsageError(Fault("options", f"{flag} means nothing in a picture `{view}`", instead))


def flag_of(name: str) -> str:
    """How an option is written."""
    return FLAGS.get(name, f"--{name.replace('_', '-')}")


def sides(chosen: Mapping[str, Any]) -> tuple[Side, Side]:
    """The two moments that are compared. UsageError for what is no day."""
    before, after = (
        Side(last_day(chosen, name, f"--{name}"), last_day(chosen, f"known_{name}", f"--known-{name}"))
        for name in ("before", "after")
    )
    return before, after


def differing(dataset: Dataset, other: Dataset | None, asked: tuple[Side, Side]) -> tuple[Side, Side]:
    """Both moments with their days. UsageError where both are the same."""
    newest = newest_published(dataset), newest_published(other if other is not None else dataset)
    before, after = usual(*asked, newest, files=other is not None)
    if other is None and before == after and before.day is not None:
        remedy = "Give another day --before or --after, or --known-before, or a second file."
        raise UsageError(Fault("options", "both moments are the same", remedy))
    return before, after


def foci(chosen: Mapping[str, Any]) -> tuple[str, ...]:
    """What is in focus, each once; blank is nothing."""
    return tuple(dict.fromkeys(name for name in chosen["focus"] if name))


def one_focus(view: str, chosen: Mapping[str, Any]) -> str:
    """The focus, blank for none. UsageError for several, in a view that shows one organization."""
    found = foci(chosen)
    if len(found) > 1:
        message = f"--focus was given {len(found)} times, and a picture `{view}` shows one organization"
        raise UsageError(Fault("options", message, "Give one; `buildout` compares several."))
    return "".join(found)


def _date(chosen: Mapping[str, Any], name: str, option: str) -> Span | None:
    text = chosen[name]
    if text is None:
        return None
    try:
        span = dates.parse(text.strip())
    except ValueError as error:
        raise UsageError(Fault("date", f"{option}: {error}", "Write a date as 2025-06-26, 2025-06 or 2025.")) from None
    if span.earliest <= PAST or span.latest >= FUTURE:
        raise UsageError(Fault("date", f"{option}: {text!r} is no day", "Write a date as 2025-06-26, 2025-06 or 2025."))
    return span
