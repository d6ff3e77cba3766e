"""For each fault of a dataset the ways out of it that assert nothing which is not on record.

What only a person can know (a name, which of two days is right) is no fix: there the record has to be edited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.analysis import fixes_fields as fields
from app.analysis import fixes_records as records
from app.analysis.fixing import Fix
from app.domain.dataset import Dataset, Row
from app.domain.errors import Fault

_WAYS: Mapping[str, Callable[[Dataset, Fault, Row], Iterator[Fix]]] = MappingProxyType(
    {
        "unknown-word": fields.word,
        "unreadable-date": fields.date,
        "open-date": fields.open_date,
        "bad-form": fields.form,
        "bad-id": fields.identity,
        "duplicate-id": fields.identity,
        "dangling": fields.dangling,
        "end-before-start": records.backward,
        "overlap": records.overlap,
        "after-dissolved": records.lifetime,
        "before-founded": records.lifetime,
        "cycle": records.circle,
        "unsourced": records.unsourced,
        "undated-source": records.undated,
    }
)


def fixes(dataset: Dataset, fault: Fault) -> tuple[Fix, ...]:
    """The fixes of a fault that `checks` has found in this dataset, the likeliest first; empty where there is none.

    There is none where it is a file that has to be mended: for what that file says, and where an edit cannot speak of
    the record, for it has no id, or one that another record of its table has too. Costs passes over columns: work for
    a job.
    """
    way, at = _WAYS.get(fault.code), _alone(dataset, fault.table, fault.id) if fault.table else None
    if way is None or at is None or fault.file:
        return ()
    return tuple(way(dataset, fault, dataset[fault.table].row(at, named=True)))


def _alone(dataset: Dataset, table: str, row_id: str) -> int | None:
    """Where the one record of an id stands; None if there is none, or more than one."""
    at = dataset.position(table, row_id) if row_id else None
    ids = dataset[table].get_column("id")
    return None if at is None or (at + 1 < len(ids) and ids[at + 1] == row_id) else at
