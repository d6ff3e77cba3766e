"""Whatever happens to the bytes of files of other programs: they are read without errors, or it is said why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as random_given
from hypothesis import strategies as st
from lxml import etree

from app.domain.checks import errors
from app.domain.errors import TalentflowError
from app.files import registry
from tests.files.made import mutated, put
from tests.files.test_graphs import GRAPHML
from tests.files.test_popolo import DOCUMENT

DATA = Path(__file__).parents[1] / "data"
OPENSTACK = {
    "users": [
        {"user_name": "Ada", "companies": [{"company_name": "*robots", "end_date": "2014-Aug-01"},
                                           {"company_name": "B", "end_date": None}]}
    ],
    "companies": [{"company_name": "Beta", "domains": ["b.example"], "aliases": ["B"]}],
}  # fmt: skip
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "dynamics.gexf": ("gexf", (DATA / "graphs" / "dynamics.gexf").read_bytes),
    "dynamics_openintervals.gexf": ("gexf", (DATA / "graphs" / "dynamics_openintervals.gexf").read_bytes),
    "hierarchy2.gexf": ("graph-unnamed", (DATA / "graphs" / "hierarchy2.gexf").read_bytes),
    "yed.graphml": ("graphml", GRAPHML.encode),
    "attributes.graphml": ("graph-unnamed", (DATA / "graphs" / "attributes.graphml").read_bytes),
    "popolo.json": ("popolo", lambda: json.dumps(DOCUMENT).encode()),
    "openstack.json": ("openstack", lambda: json.dumps(OPENSTACK).encode()),
    "executive.yaml": ("congress", (DATA / "congress" / "executive.yaml").read_bytes),
}


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@random_given(st.data())
def test_changed_bytes(name: str, tmp_path: Path, data: st.DataObject):
    in_format, content = FILES[name]
    path = put(tmp_path / name, data.draw(mutated(content())))
    for chosen in (None, in_format):
        with suppress(TalentflowError):
            assert errors(registry.reading(path, chosen).checked) == []


_VALUES = ["", "0", "person", "company", "2009-03-01", "INF", "..", "-5", "1e400", "NaN", "a"]


@pytest.mark.parametrize("name", ["dynamics.gexf", "hierarchy2.gexf", "dynamics_edgeweight.gexf", "attributes.graphml"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@random_given(st.data())
def test_elements_that_are_gone_repeated_moved_or_changed(name: str, tmp_path: Path, data: st.DataObject):
    tree = etree.fromstring((DATA / "graphs" / name).read_bytes())
    parts = [part for part in tree.iterdescendants() if isinstance(part.tag, str)]
    for _ in range(data.draw(st.integers(1, 6))):
        part, other = data.draw(st.sampled_from(parts)), data.draw(st.sampled_from(parts))
        way, home = data.draw(st.sampled_from(["drop", "repeat", "move", "change"])), part.getparent()
        if way == "change" and part.attrib:
            part.set(data.draw(st.sampled_from(sorted(part.attrib))), data.draw(st.sampled_from(_VALUES)))
        elif home is not None and way == "drop":
            home.remove(part)
        elif home is not None and way == "repeat":
            home.insert(0, deepcopy(part))
        elif way == "move" and other is not part and part not in other.iterancestors():
            other.append(part)
    path = put(tmp_path / name, etree.tostring(tree))
    for chosen in (None, "graph-unnamed"):
        with suppress(TalentflowError):
            assert errors(registry.reading(path, chosen).checked) == []


_KEYS = st.sampled_from(
    ["id", "name", "person_id", "organization_id", "user_name", "companies", "company_name", "end_date", "aliases",
     "start_date", "parent_id", "posts", "memberships", "label", "sources", "url"]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "a", "2014", "2014-Aug-01", "*robots", ".."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("in_format", "keys"),
    [
        ("popolo", ("persons", "organizations", "posts", "memberships", "events")),
        ("openstack", ("users", "companies")),
    ],
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@random_given(st.data())
def test_any_json_under_the_known_keys(in_format: str, keys: tuple[str, ...], tmp_path: Path, data: st.DataObject):
    path = put(tmp_path / "d.json", json.dumps({key: data.draw(_JSON) for key in keys}))
    with suppress(TalentflowError):
        assert errors(registry.reading(path, in_format).checked) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "\n" * 60_000 + "- foo"),
        ("b.yaml", "- id:\n" + "  x\n" * 15_000),
        ("c.gexf", f'<gexf><graph><nodes><node id="a" intervals="{"[" * 200_000}"/></nodes></graph></gexf>'),
        ("d.gexf", f'<gexf><graph><nodes><node id="a" start="{"1" * 200_000}x"/></nodes></graph></gexf>'),
        ("e.xml", "<!DOCTYPE a [" + "] " * 30_000),
    ],
)
def test_no_text_takes_more_than_linear_time(name: str, text: str, tmp_path: Path):
    with suppress(TalentflowError):  # a reader that tries every way to cut these would not come back
        assert errors(registry.reading(put(tmp_path / name, text)).checked) == []


def test_one_career_of_very_many_employers(tmp_path: Path):
    spells = [{"company_name": f"Company {n}", "end_date": None} for n in range(5_000)]
    text = json.dumps({"users": [{"user_name": "Ada", "companies": spells}], "companies": []})
    assert registry.read(put(tmp_path / "d.json", text))["stints"].height == 5_000
