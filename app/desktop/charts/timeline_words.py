"""The timeline in words: a bar, all bars, the moment. Nothing of it is drawn."""

from __future__ import annotations

from app.domain import dates
from app.pictures.histogram import Histogram
from app.pictures.wording import counted
from app.session.clock import Clock, Mode, length_text


def bar(data: Histogram, q: int, star: str) -> str:
    """`Q2 2025: 41 moves, 23 to Meta, 3 dated by the year only`; `about` where only a share of a year's moves is meant.

    star: the organization in question, blank for none.
    """
    year, month = dates.text(int(data.quarter[q])).split("-")[:2]
    total, spread = float(data.total[q]), float(data.spread[q])
    about = "" if abs(spread - round(spread)) < 0.05 else "about "
    count = f"{about}{counted(round(total), data.noun)}" if total else f"no {data.noun}s"
    words = [f"Q{(int(month) + 2) // 3} {year}: {count}"]
    if data.focus[q] and star:
        words.append(f"{data.focus[q]:,.0f} to {star}")
    if round(spread):
        words.append(f"{about}{round(spread):,} dated by the year only")
    return ", ".join(words)


def bars(data: Histogram, star: str) -> str:
    """All bars on which at least one stands."""
    told = [bar(data, q, star) for q in range(len(data.quarter)) if round(float(data.total[q]))]
    return f"{data.noun.capitalize()}s per quarter: {'; '.join(told)}."


def moment(clock: Clock, known_by: int | None) -> str:
    """Day, mode, length of the window, known-by day, and whether time runs."""
    window = f" of {length_text(clock.window)}" if clock.mode is Mode.WINDOW else ""
    known = f", known by {dates.text(known_by)}" if known_by is not None else ""
    return f"{dates.text(int(clock.day))}, {clock.mode.value}{window}{known}{', playing' if clock.playing else ''}"
