"""How numbers, days, money and names are put in words, the same in every picture."""

from __future__ import annotations

from app.domain import dates
from app.domain.dates import FUTURE, PAST


def counted(n: int, noun: str, plural: str = "") -> str:
    """`1 move`, `1,204 moves`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def people(n: int) -> str:
    """`1 person`, `3 people`."""
    return counted(n, "person", "people")


def money(usd: float) -> str:
    """`$14.3B`, `$650M`; three figures at most."""
    for unit, word in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if usd >= unit:
            return f"${usd / unit:.3g}{word}"
    return f"${usd:.0f}"


def bond(amount_usd: float | None, stake_pct: float | None) -> str:
    """Amount and stake of a relation: `$14.3B · 49 %`; blank if neither is known."""
    parts = [money(amount_usd)] if amount_usd else []
    if stake_pct:
        parts.append(f"{stake_pct:.3g} %")
    return " · ".join(parts)


def iso(day: int) -> str:
    """A day as data on screen: 2025-07-31; `beginning` and `end` where it is infinite."""
    return "beginning" if day <= PAST else "end" if day >= FUTURE else dates.text(day)


def written(day: int) -> str:
    """A day as in a title: 31 July 2025."""
    return dates.written(day)


def month(day: int) -> str:
    """June 2026."""
    return dates.written(day).split(" ", 1)[1]


def span(first: int, last: int) -> str:
    """`2015 to June 2026`: the first year, the last month."""
    if first <= PAST or last >= FUTURE:
        return ""
    year = dates.text(first)[:4]
    end = month(last)
    return end if year == end[-4:] and first == last else f"{year} to {end}"


def context(as_of: int, known_by: int, filtered: str) -> str:
    """`As of 2025-07-01 · Known by 2026-06-28 · Filter: none`; where no day is on record (as_of is 0) it says so."""
    days = f"As of {iso(as_of)} · Known by {iso(known_by)}" if as_of else "No day on record"
    return f"{days} · {filtered}"


def initials(name: str) -> str:
    """First letters of the first and the last word of a name, for an avatar; what stands behind a comma is no name."""
    words = [w for w in name.partition(",")[0].split() if w[0].isalnum()]
    if not words:
        return name[:1].upper()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tenure(lo: int, hi: int, day: int) -> str:
    """How long somebody has been there by a day who came in [lo, hi): `11 mo`, `2 y 3 mo`; where the day is known only
    roughly the least and the most, `6–17 mo`, `2–3 y`; blank where one end is not known or nobody has come."""
    if lo <= PAST or hi >= FUTURE or lo > day:
        return ""
    least, most = _months(min(hi - 1, day), day), _months(lo, day)
    if most - least > 1:
        return f"{least}–{most} mo" if most < 24 else f"{least // 12}–{most // 12} y"
    if not least:
        return "< 1 mo"
    years, months = divmod(least, 12)
    parts = ([f"{years} y"] if years else []) + ([f"{months} mo"] if months else [])
    return " ".join(parts)


def _months(first: int, day: int) -> int:
    """Whole months from one day to another."""
    (y0, m0, d0), (y1, m1, d1) = (map(int, dates.text(n).split("-")) for n in (first, day))
    return 12 * (y1 - y0) + m1 - m0 - (d1 < d0)


def shown(value: object) -> str:
    """A value of a field as text."""
    if value is None or value == []:
        return "(blank)"
    return "; ".join(value) if isinstance(value, list) else str(value)
