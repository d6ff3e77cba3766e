"""Datasets and files for the tests of reading and writing: one with everything in it, and random ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of
from app.domain.schema import TABLES, Field, Kind
from app.files.canonical import canonical, composed, dataset_of

HEAD = '{"format":"talentflow","version":"1.0"'


def full() -> Dataset:
    """Every kind of field, text that needs every kind of quoting, unknown fields, an unknown table and key."""
    rows: dict[str, list[dict[str, Any]]] = {
        "organizations": [{"id": "meta", "name": "Meta", "kind": "company", "color": "c1"}],
        "people": [
            {
                "id": "ada",
                "name": 'Ada "the first"',
                "aliases": ["A; B", " edge ", "back\\slash", "x, y"],
                "expertise": ["vision"],
                "notes": "two\nlines\r\nand, a comma\ttab",
                "source_ids": ["memo", "post"],
                "extra": '{"grade":[1,2.5,null],"height":"tall"}',
            },
            {"id": "bob", "name": "Zoë Çelik", "notes": "[in brackets]", "extra": '{"extra":{"a":true}}'},
        ],
        "stints": [
            {"id": "st-ada-10", "person_id": "ada", "organization_id": "meta", "rank": 10, "order_stated": False},
            {"id": "st-ada-20", "person_id": "ada", "organization_id": "meta", "start": "2025-06~", "end": ".."},
        ],
        "relations": [
            {
                "id": "r",
                "from_id": "meta",
                "to_id": "meta",
                "kind": "investment",
                "amount_usd": 1.43e10,
                "stake_pct": 0.1,
            }
        ],
        "sources": [{"id": "memo", "published": "2025"}, {"id": "post", "url": "https://example.org/a?b=c;d"}],
        "views": [{"id": "v", "view": "flowmap", "options": '{"pins":{"meta":[1,2.5]}}'}],
    }
    unknown = {"charts": '[{"a":1,"b":"é"},{"a":2}]', "made_by": '{"tool":"x","when":[2025,6]}'}
    return Dataset.of({name: frame_of(name, given) for name, given in rows.items()}, "1.4", unknown)


def written_rows(table: str, *rows: dict[str, Any]) -> str:
    """A file in our layout with the rows of one table."""
    lines = "\n,".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{HEAD}\n,"{table}":[\n{lines}\n]\n}}\n'


def put(path: Path, text: str | bytes) -> Path:
    """Write a file and name it."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def tidy(dataset: Dataset) -> Dataset:
    """A dataset as it is opened after a save."""
    tables = {name: canonical(name, composed(frame)) for name, frame in dataset.tables.items()}
    return dataset_of(tables, dataset.version, dataset.unknown)


def same(one: Dataset, other: Dataset) -> bool:
    """Whether two datasets are equal in all that a file keeps."""
    return (
        all(one[name].equals(other[name]) for name in TABLES)
        and one.version == other.version
        and dict(one.unknown) == dict(other.unknown)
    )


_SIGNS = st.sampled_from('"\\;,:[]{}\n\r\t\x00\x1f\x7f \u00a0\u2028eé\u0301\ud7ff😀ab')
_TEXT = st.text(_SIGNS | st.characters(exclude_categories=["Cs"]), max_size=8)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=4,
)
_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: _TEXT,
    Kind.DATE: st.sampled_from(["2025-06-26", "2025~", "..", "soon"]),
    Kind.INT: st.integers(-(2**63), 2**63 - 1),
    Kind.FLOAT: st.floats(allow_nan=False, allow_infinity=False),
    Kind.FLAG: st.booleans(),
    Kind.LIST: st.lists(_TEXT, max_size=3),
    Kind.SET: st.lists(_TEXT, max_size=3),
    Kind.JSON: _JSON.map(json.dumps),
}


def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.name == "extra":
        names = {name for table in TABLES.values() for name in table.names} - {"extra"}
        keys = _TEXT.filter(lambda key: key not in names)
        return st.none() | st.dictionaries(keys, _JSON, min_size=1, max_size=2).map(json.dumps)
    return st.none() | _VALUES[field.kind]


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Any dataset that can be held: every table with up to three rows of any values."""
    frames = {}
    for name in draw(st.sets(st.sampled_from(list(TABLES)), max_size=3)):
        ids = draw(st.sets(st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,3}\Z"), max_size=3))
        fields = [field for field in TABLES[name].fields if field.name != "id"]
        some = draw(st.lists(st.sampled_from(fields), unique=True, max_size=5))
        rows = [{"id": row_id, **{field.name: draw(_value(field)) for field in some}} for row_id in sorted(ids)]
        frames[name] = frame_of(name, rows)
    keys = _TEXT.filter(lambda key: key not in {*TABLES, "format", "version"})
    unknown = {key: json.dumps(value) for key, value in draw(st.dictionaries(keys, _JSON, max_size=2)).items()}
    return Dataset.of(frames, draw(st.sampled_from(["1.0", "1.7"])), unknown)


_PUT = st.one_of(
    st.sampled_from([b"", b'","', b'"\n"', b'"2"', b"XX", b"-1-", b"Vacant", b"N/D", b"2024-02-29"]),
    st.text(st.characters(codec="utf-8"), max_size=3).map(str.encode),
    st.binary(max_size=1),
)


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes of a CSV file, some of them gone, changed or more."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(changed) - 1, 0)))
        length = draw(st.sampled_from([0, 1, 1, 5, 400]))
        changed[at : at + length] = draw(_PUT)
    return bytes(changed)
