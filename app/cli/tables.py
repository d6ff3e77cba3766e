"""Figures and differences as text for people, and differences as a value for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.pictures.wording import shown

SHOWN = 15
"""Rows of a list in the text form; the JSON form is complete."""


def stats_text(dataset: Dataset, figures: Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
    """The figures of `stats` as aligned tables; `--top` says how many rows each list shows, `--focus` which to keep."""
    names = dataset.names("organizations")
    focus, shown = set(chosen.get("focus") or ()), chosen.get("top") or SHOWN
    window, as_of = figures["window"], figures["as_of"] or "no day known"
    lines = [
        f"As of {as_of} · known by {figures['known_by'] or 'today'} · level {figures['level']} · "
        f"filter {figures['lens'] or 'none'} · moves {_window_text(window)}",
        "",
        *_table(
            ("people", "organizations", "stints", "moves", "undated", "certain"),
            [[figures[k] for k in ("people", "organizations", "stints", "moves", "undated", "certain")]],
        ),
    ]

    def listed(title: str, head: Sequence[str], rows: list[list[Any]], keys: list[tuple[str, ...]]) -> None:
        kept = [row for row, key in zip(rows, keys, strict=True) if not focus or focus & set(key)]
        if kept:
            lines.extend(["", title, *_table(head, kept[:shown])])
            if len(kept) > shown:
                lines.append(f"… and {len(kept) - shown} more (--json has all)")

    flows = figures["flows"]
    if chosen.get("net"):
        flows = _net_flows(flows)
    listed(
        "Flows" if not chosen.get("net") else "Net flows",
        ("from", "to", "moves"),
        [[names.get(f["from"], f["from"]), names.get(f["to"], f["to"]), f["moves"]] for f in flows],
        [(f["from"], f["to"]) for f in flows],
    )
    listed(
        "In, out, net",
        ("organization", "in", "out", "net"),
        [
            [names.get(n["organization"], n["organization"]), n["in"], n["out"], f"{n['net']:+d}"]
            for n in figures["net"]
        ],
        [(n["organization"],) for n in figures["net"]],
    )
    listed(
        "Known people (people in this dataset, not staff numbers)",
        ("organization", "people", "up to"),
        [
            [names.get(k["organization"], k["organization"]), k["people"], k["possible"]]
            for k in figures["known_people"]
        ],
        [(k["organization"],) for k in figures["known_people"]],
    )
    for b in figures["buildout"]:
        lines.extend(
            [
                "",
                f"Build-out of {names.get(b['organization'], b['organization'])}: "
                f"{b['filled']} of {b['seats']} seats filled, "
                f"up to {b['possible']}; {b['open']} open, {b['over']} over, {b['left']} left",
                *_table(
                    ("from", "people"), [[names.get(o["from"], o["from"]), o["people"]] for o in b["by_origin"]][:shown]
                ),
            ]
        )
    if figures["left_out"]:
        lines.extend(["", "Left out", *_table(("reason", "n"), [[r["reason"], r["n"]] for r in figures["left_out"]])])
    return "\n".join(lines)


def _window_text(window: Mapping[str, str | None] | None) -> str:
    if window is None:
        return "of all time"
    return f"from {window['from'] or 'the beginning'} to {window['to'] or 'the end'} (not included)"


def _net_flows(flows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One flow a pair: the difference of its two directions, pairs in balance left out."""
    counts = {(f["from"], f["to"]): f["moves"] for f in flows}
    net = [
        {"from": a, "to": b, "moves": n - counts.get((b, a), 0)}
        for (a, b), n in counts.items()
        if n > counts.get((b, a), 0)
    ]
    return sorted(net, key=lambda f: (-f["moves"], f["from"], f["to"]))


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """Columns aligned: words left, numbers right."""
    cells = [[str(c) for c in row] for row in rows]
    widths = [max(len(head[i]), *(len(row[i]) for row in cells)) for i in range(len(head))] if cells else []
    numeric = [all(c.lstrip("+-").isdigit() for c in column) for column in zip(*cells, strict=True)]

    def line(row: Sequence[str]) -> str:
        parts = (c.rjust(w) if n else c.ljust(w) for c, w, n in zip(row, widths, numeric, strict=True))
        return "  " + "  ".join(parts).rstrip()

    return [line(list(head)), *(line(row) for row in cells)] if cells else []


def difference_value(edit: Edit) -> dict[str, Any]:
    """An Edit as `diff --json` prints it: rows added and removed (blank fields left out), fields old and new."""
    value: dict[str, Any] = {"added": {}, "removed": {}, "changed": {}}
    for table, change in edit.tables.items():
        before = {row["id"]: row for row in change.before.iter_rows(named=True)}
        after = {row["id"]: row for row in change.after.iter_rows(named=True)}
        if added := [_filled(after[i]) for i in after if i not in before]:
            value["added"][table] = added
        if removed := [_filled(before[i]) for i in before if i not in after]:
            value["removed"][table] = removed
        changed = [
            {"id": i, "fields": {k: [before[i][k], after[i][k]] for k in after[i] if before[i][k] != after[i][k]}}
            for i in after
            if i in before
        ]
        if changed:
            value["changed"][table] = changed
    return value


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if v is not None and v != []}


def difference_text(edit: Edit) -> str:
    """An Edit as lines: + added, - removed, ~ changed with old and new value."""
    value = difference_value(edit)
    lines: list[str] = []
    for sign, part in (("+", "added"), ("-", "removed")):
        for table, rows in value[part].items():
            lines.extend(f"{sign} {table} {row['id']}{_label(row)}" for row in rows)
    for table, rows in value["changed"].items():
        for row in rows:
            lines.extend(
                f"~ {table} {row['id']} {name}: {shown(old)} → {shown(new)}"
                for name, (old, new) in row["fields"].items()
            )
    return "\n".join(lines) if lines else "No difference."


def _label(row: Mapping[str, Any]) -> str:
    text = row.get("name") or row.get("title") or row.get("text") or row.get("role") or ""
    return f"  {text}" if text else ""
