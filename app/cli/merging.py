"""`merge`: three files made one, and what it says of that. Fit to be the merge driver of git (docs/merging.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from app.domain.dataset import Dataset
from app.domain.edit import difference
from app.domain.errors import DataError
from app.domain.fieldwise import Conflict
from app.domain.merge import Merged, merge
from app.domain.parallel import MANY_ROWS, at_once
from app.files.registry import format_like, read, write
from app.pictures.wording import shown


def merge_files(base: str, mine: str, theirs: str, output: str) -> Merged:
    """Merge three files and, if they do not conflict, write the result, in the format of A where the name tells none.

    Files with errors are merged too, for one of the two may have mended what the other has not. FileError and DataError
    as `registry.read` has them; also where a file has an id twice.
    """
    chosen = format_like(output, Path(mine))
    works = [partial(_base, Path(base)), partial(_read, Path(mine)), partial(_read, Path(theirs))]
    made = merge(*at_once(works, MANY_ROWS))
    if not made.conflicts:
        write(made.dataset, output, chosen)
    return made


def merged_value(made: Merged, output: str) -> dict[str, Any]:
    """What `merge --json` prints: where the result was written (null if nowhere), its records, the conflicts."""
    return {
        "written": None if made.conflicts else output,
        "records": made.dataset.n_rows,
        "changed": dict(zip("ab", made.n_changed, strict=True)),
        "conflicts": [asdict(conflict) for conflict in made.conflicts],
    }


def merged_text(made: Merged, output: str) -> str:
    """The same as lines: ! for each conflict, with the value of the base, of A and of B."""
    n, (in_a, in_b) = len(made.conflicts), made.n_changed
    if not n:
        return f"{output}: {made.dataset.n_rows:,} records; changed in A {in_a:,}, in B {in_b:,}"
    lines = [_line(conflict) for conflict in made.conflicts]
    lines.append(
        f"{n:,} conflict{'' if n == 1 else 's'}: nothing was written. Make A and B agree there, and merge again."
    )
    return "\n".join(lines)


def _line(conflict: Conflict) -> str:
    place = " ".join(part for part in (conflict.table, conflict.id, conflict.field) if part)
    base, a, b = (_side(value, conflict) for value in (conflict.base, conflict.a, conflict.b))
    return f"! {place}: {conflict.message} ({base} → A {a}, B {b})"


def _side(value: object, conflict: Conflict) -> str:
    """A value of a field; for a whole record the fields that differ."""
    if conflict.field:
        return shown(value)
    if not isinstance(value, Mapping):
        return "removed"
    return ", ".join(f"{name} {shown(part)}" for name, part in value.items())


def _base(path: Path) -> Dataset:
    """The version that both come from. An empty file is what git gives for none: where both have added the file."""
    return Dataset.of() if path.is_file() and path.stat().st_size == 0 else _read(path)


def _read(path: Path) -> Dataset:
    dataset = read(path)
    try:
        difference(Dataset.of(), dataset)
    except DataError as error:
        raise DataError(*(fault.at(str(path)) for fault in error.faults)) from error
    return dataset
